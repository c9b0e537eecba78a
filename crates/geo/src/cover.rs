//! A rectangle as a few runs of cells.

use crate::{Cell, WorldPoint, cell};

/// A run of cells, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellRange {
    /// The first cell.
    pub first: Cell,
    /// The last cell.
    pub last: Cell,
}

/// Squares that are kept at most for each run that may come out: more than that is work for nothing.
const SQUARES_PER_RUN: usize = 8;

/// A square of the quadtree: `bits` of x and y are free in it.
#[derive(Clone, Copy)]
struct Square {
    x: u32,
    y: u32,
    bits: u32,
}

/// At most `max` runs of cells, in order, that hold every place of the rectangle and as little else as possible.
///
/// `north_west` and `south_east` are its corners; a rectangle over the antimeridian is asked for in two halves.
/// What lies in the runs beside the rectangle is for the caller to leave out.
#[must_use]
pub fn cover(north_west: WorldPoint, south_east: WorldPoint, max: usize) -> Vec<CellRange> {
    let touches = |s: &Square| {
        let (right, bottom) = s.far_corner();
        s.x <= south_east.x && right >= north_west.x && s.y <= south_east.y && bottom >= north_west.y
    };
    let inside = |s: &Square| {
        let (right, bottom) = s.far_corner();
        s.x >= north_west.x && right <= south_east.x && s.y >= north_west.y && bottom <= south_east.y
    };

    // Level by level: every square that sticks out of the rectangle gives way to those of its quarters that
    // touch it, while the number of squares stays within bounds. Squares stay in Morton order throughout.
    let mut squares = vec![Square { x: 0, y: 0, bits: 32 }];
    loop {
        let next: Vec<Square> = squares
            .iter()
            .flat_map(|square| {
                if square.bits == 1 || inside(square) {
                    vec![*square]
                } else {
                    square.quarters().into_iter().filter(touches).collect()
                }
            })
            .collect();
        let settled = next.iter().all(|square| square.bits == 1 || inside(square));
        // Runs alone are no bound: along an edge just short of a line of the grid all squares join into one run
        // while their number doubles at every level.
        if next.len() > max.max(1) * SQUARES_PER_RUN || runs(&next).len() > max.max(1) {
            return runs(&squares);
        }
        squares = next;
        if settled {
            return runs(&squares);
        }
    }
}

impl Square {
    fn far_corner(&self) -> (u32, u32) {
        let extent = ((1_u64 << self.bits) - 1) as u32;
        (self.x | extent, self.y | extent)
    }

    fn quarters(&self) -> [Square; 4] {
        let bits = self.bits - 1;
        let half = 1_u32 << bits;
        let at = |x, y| Square { x: self.x | x, y: self.y | y, bits };
        [at(0, 0), at(half, 0), at(0, half), at(half, half)]
    }

    fn range(&self) -> CellRange {
        let (x, y) = self.far_corner();
        CellRange { first: cell(WorldPoint { x: self.x, y: self.y }), last: cell(WorldPoint { x, y }) }
    }
}

/// Neighbouring squares join into one run.
fn runs(squares: &[Square]) -> Vec<CellRange> {
    let mut runs: Vec<CellRange> = Vec::new();
    for range in squares.iter().map(Square::range) {
        match runs.last_mut() {
            Some(run) if run.last + 1 == range.first => run.last = range.last,
            _ => runs.push(range),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds(ranges: &[CellRange], at: WorldPoint) -> bool {
        ranges.iter().any(|range| (range.first..=range.last).contains(&cell(at)))
    }

    #[test]
    fn the_world_is_one_run() {
        let world = cover(WorldPoint { x: 0, y: 0 }, WorldPoint { x: u32::MAX, y: u32::MAX }, 16);
        assert_eq!(world, [CellRange { first: 0, last: (1 << 62) - 1 }]);
    }

    #[test]
    fn a_city_is_cut_out_closely() {
        let north_west = WorldPoint::from_degrees(-6.8, 107.5);
        let south_east = WorldPoint::from_degrees(-7.0, 107.75);
        let area = f64::from(south_east.x - north_west.x) * f64::from(south_east.y - north_west.y);
        // A cell of 62 bits stands for four places of 64.
        let covered: f64 =
            cover(north_west, south_east, 16).iter().map(|r| (r.last - r.first + 1) as f64 * 4.0).sum();
        assert!(covered / area < 2.0, "covers {} times the city", covered / area);
    }

    #[test]
    fn an_edge_just_short_of_a_line_costs_no_more_than_any_other() {
        // Each of these kept all its squares in one run, and doubled them down to the last bit.
        let edges = [u32::MAX - 1, (1 << 31) - 1, (1 << 31) - 2, (3 << 30) - 1];
        for x in edges {
            for y in edges {
                let south_east = WorldPoint { x, y };
                let ranges = cover(WorldPoint { x: 0, y: 0 }, south_east, 16);
                assert!(ranges.len() <= 16 && holds(&ranges, south_east));
            }
        }
    }

    proptest! {
        #[test]
        fn no_place_of_the_rectangle_is_left_out(
            (x1, x2) in any::<(u32, u32)>(), (y1, y2) in any::<(u32, u32)>(),
            (u, v) in (0.0..=1.0, 0.0..=1.0), max in 1_usize..40,
        ) {
            let north_west = WorldPoint { x: x1.min(x2), y: y1.min(y2) };
            let south_east = WorldPoint { x: x1.max(x2), y: y1.max(y2) };
            let ranges = cover(north_west, south_east, max);
            prop_assert!(ranges.len() <= max);
            prop_assert!(ranges.windows(2).all(|pair| pair[0].last < pair[1].first));
            prop_assert!(holds(&ranges, north_west) && holds(&ranges, south_east));
            let between = |from: u32, to: u32, f: f64| from + (f64::from(to - from) * f) as u32;
            let inner = WorldPoint {
                x: between(north_west.x, south_east.x, u),
                y: between(north_west.y, south_east.y, v),
            };
            prop_assert!(holds(&ranges, inner));
        }
    }
}
