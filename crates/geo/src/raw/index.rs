//! Sorted points, of which a view sees no more than it shows.

use std::ops::Range;

use super::{
    Counting, Filter,
    counting::Sum,
    filter::KINDS,
    leaves::{Leaves, Place},
};
use crate::{BinGrid, WorldPoint, morton::order};

/// Points in squares along the Morton curve, with the sums of all squares before each: what lies in a square of any
/// size is the difference of two of them.
///
/// Where the squares of a view are smaller than those, it looks at their points, of which there are few; so every zoom is
/// served, and nothing is counted twice or in halves. Memory: 12 bytes a point and about 3 for sums.
#[derive(Debug, Clone)]
pub struct RawIndex {
    places: Vec<Place>,
    leaves: Leaves,
    filter: Filter,
    masks: [u32; KINDS],
    /// What passes the filter before each leaf, and in all.
    before: Vec<Sum>,
}

impl RawIndex {
    pub(super) fn new(places: Vec<Place>, leaves: Leaves) -> Self {
        let before = Vec::with_capacity(leaves.len() + 1);
        let mut index = Self { places, leaves, filter: Filter::ALL, masks: Filter::ALL.masks(), before };
        index.sum();
        index
    }

    /// How many points there are, whatever the filter.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Counts only what passes from now on. Work: one look at each point.
    pub fn filter(&mut self, filter: Filter) {
        if filter != self.filter {
            (self.filter, self.masks) = (filter, filter.masks());
            self.sum();
        }
    }

    /// Counts what passes the filter in and around the view that `counting` is for.
    ///
    /// Work: two lookups for each square that holds something, and one look at each of the few points of squares that
    /// the view divides further.
    pub fn count(&self, counting: &mut Counting) {
        let world = Node { corner: WorldPoint { x: 0, y: 0 }, start: 0, bits: 32 };
        self.descend(0..self.leaves.len(), world, counting);
    }

    /// The numbers of the points in a square that pass the filter, the square given as clusters name theirs: by row and
    /// column. In no particular order, and found as they are asked for: whoever shows twenty looks at twenty.
    pub fn points_of(&self, grid: BinGrid, (row, column): (u32, u32)) -> impl Iterator<Item = u32> + '_ {
        let side = grid.side();
        let corner = WorldPoint { x: column.wrapping_mul(side), y: row.wrapping_mul(side) };
        let (start, length) = (order(corner), u64::from(side) * u64::from(side));
        // The last leaf that begins before the square may hold it.
        let first = self.leaves.starts.partition_point(|&leaf| leaf <= start).saturating_sub(1);
        let last = self.leaves.starts.partition_point(|&leaf| leaf - start.min(leaf) < length);
        let places = &self.places[self.leaves.rows(first..last)];
        let wanted =
            move |place: &&Place| self.masks[place.kind()] != 0 && grid.square(place.at()) == (column, row);
        places.iter().filter(wanted).map(|place| place.row())
    }

    fn sum(&mut self) {
        self.before.clear();
        let (mut sum, mut start) = (Sum::default(), 0);
        for &end in &self.leaves.ends {
            self.before.push(sum);
            for place in &self.places[start..end as usize] {
                // All bits or none: whether one passes is never guessed.
                let mask = self.masks[place.kind()];
                sum.x += u64::from(place.x & mask);
                sum.y += u64::from(place.y & mask);
                sum.reports += u64::from(mask & 1);
            }
            start = end as usize;
        }
        self.before.push(sum);
    }

    /// Counts the leaves that lie in an aligned square, which are these.
    fn descend(&self, leaves: Range<usize>, node: Node, counting: &mut Counting) {
        let grid = counting.around().grid();
        counting.work.squares += 1;
        match leaves.len() {
            0 => {}
            1 if 1 << self.leaves.bits[leaves.start] > u64::from(grid.side()) => {
                for place in &self.places[self.leaves.rows(leaves)] {
                    if self.masks[place.kind()] != 0 {
                        counting.add(place.at());
                    }
                }
            }
            length => {
                let inside = length == 1 || 1 << node.bits <= u64::from(grid.side());
                if inside {
                    let one = self.places[self.leaves.rows(leaves.clone()).start];
                    let sum = self.before[leaves.end].since(self.before[leaves.start]);
                    counting.add_all(one.at(), sum);
                } else if counting.around().touches(node.corner, node.bits) {
                    let half = |leaves: &Range<usize>, start: u64| {
                        let starts = &self.leaves.starts[leaves.clone()];
                        leaves.start + starts.partition_point(|&leaf| leaf < start)
                    };
                    let quarters = node.quarters();
                    let middle = half(&leaves, quarters[2].start);
                    let (north, south) = (leaves.start..middle, middle..leaves.end);
                    let east = [half(&north, quarters[1].start), half(&south, quarters[3].start)];
                    let runs = [north.start..east[0], east[0]..middle, middle..east[1], east[1]..south.end];
                    for (leaves, quarter) in runs.into_iter().zip(quarters) {
                        self.descend(leaves, quarter, counting);
                    }
                }
            }
        }
    }
}

/// An aligned square of `2^bits` steps.
#[derive(Debug, Clone, Copy)]
struct Node {
    corner: WorldPoint,
    /// Its first place on the curve.
    start: u64,
    bits: u32,
}

impl Node {
    /// Its four quarters along the curve. Not of a single step.
    fn quarters(self) -> [Self; 4] {
        let bits = self.bits - 1;
        std::array::from_fn(|quarter| {
            let (east, south) = (quarter as u32 & 1, quarter as u32 >> 1);
            let corner = WorldPoint { x: self.corner.x | (east << bits), y: self.corner.y | (south << bits) };
            Self { corner, start: self.start + ((quarter as u64) << (2 * bits)), bits }
        })
    }
}
