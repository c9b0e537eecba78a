//! A view of the map as runs of cells.

use geo::{WorldPoint, cover};
use model::BBox;

/// Runs of cells that a view is cut into.
const RUNS: usize = 16;

/// The first and last cells of runs that hold everything in a view; none overlaps another.
pub(super) fn runs_of(bbox: &BBox) -> Vec<(i64, i64)> {
    let halves = bbox.split();
    let each = RUNS / halves.len();
    let mut runs: Vec<(i64, i64)> = halves
        .iter()
        .flat_map(|half| {
            let north_west = WorldPoint::from_degrees(half.north, half.west);
            let south_east = WorldPoint::from_degrees(half.south, half.east);
            cover(north_west, south_east, each)
        })
        .map(|run| (run.first, run.last))
        .collect();
    // Where a view goes nearly all around the earth, what sticks out of one half lies in the other as well; a
    // report in two runs would stand twice in the page.
    runs.sort_unstable();
    runs.dedup_by(|next, run| {
        let overlaps = next.0 <= run.1;
        if overlaps {
            run.1 = run.1.max(next.1);
        }
        overlaps
    });
    runs
}
