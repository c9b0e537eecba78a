//! What blocks of rows hold, added up beforehand: a tile of the whole world needs to look at few single rows then.

use std::ops::Range;

use crate::{WorldPoint, points::STATUSES};

/// Rows in a block. A cell looks singly at less than a block at each of its ends, and adds up the others: with a
/// million rows, smaller ones would make the adding up dearer and larger ones the looking. Tests have fewer rows, and smaller
/// blocks, so that there are whole ones among them.
const BLOCK: usize = if cfg!(test) { 16 } else { 1024 };

/// For every block of rows how many of each category and status it holds, and the sum of their positions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    /// Categories that there is room for.
    width: usize,
    /// Block after block, in each by category and, within it, by status. A block has too few rows for more bits.
    pairs: Vec<u16>,
    /// For every block the sums of x and of y.
    sums: Vec<(u64, u64)>,
    /// All that are counted.
    live: usize,
}

impl Counts {
    /// Room for so many rows and categories.
    pub(crate) fn new(rows: usize, width: usize) -> Self {
        let blocks = rows.div_ceil(BLOCK);
        Self { width, pairs: vec![0; blocks * width * STATUSES], sums: vec![(0, 0); blocks], live: 0 }
    }

    pub(crate) fn live(&self) -> usize {
        self.live
    }

    pub(crate) fn has_room_for(&self, category: u16) -> bool {
        usize::from(category) < self.width
    }

    /// Counts a row that was not counted.
    pub(crate) fn add(&mut self, row: usize, at: WorldPoint, category: u16, status: u8) {
        let place = self.place(row, category, status);
        self.pairs[place] += 1;
        let (x, y) = &mut self.sums[row / BLOCK];
        (*x, *y) = (*x + u64::from(at.x), *y + u64::from(at.y));
        self.live += 1;
    }

    /// Counts a row no more that was counted as this.
    pub(crate) fn remove(&mut self, row: usize, at: WorldPoint, category: u16, status: u8) {
        let place = self.place(row, category, status);
        self.pairs[place] -= 1;
        let (x, y) = &mut self.sums[row / BLOCK];
        (*x, *y) = (*x - u64::from(at.x), *y - u64::from(at.y));
        self.live -= 1;
    }

    fn place(&self, row: usize, category: u16, status: u8) -> usize {
        (row / BLOCK * self.width + usize::from(category)) * STATUSES + usize::from(status) % STATUSES
    }

    /// The blocks that lie whole in a run, and the rows before and after them. Where there are none, all rows are
    /// before.
    pub(crate) fn whole(run: Range<usize>) -> (Range<usize>, Range<usize>, Range<usize>) {
        let blocks = run.start.div_ceil(BLOCK)..run.end / BLOCK;
        if blocks.is_empty() {
            return (run.clone(), 0..0, run.end..run.end);
        }
        (run.start..blocks.start * BLOCK, blocks.clone(), blocks.end * BLOCK..run.end)
    }

    /// What blocks hold: the counts of each as one slice, by category and status, and the sums of their positions.
    pub(crate) fn of(&self, blocks: Range<usize>) -> impl Iterator<Item = (&[u16], (u64, u64))> {
        let length = self.width * STATUSES;
        blocks.map(move |block| (&self.pairs[block * length..(block + 1) * length], self.sums[block]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_its_whole_blocks_and_what_is_around_them() {
        let (one, four) = (BLOCK, 4 * BLOCK);
        for run in [
            0..0,
            5..9,
            0..one,
            1..one,
            0..one - 1,
            one - 1..one + 1,
            12..four + 9,
            2 * one..four,
            1..four + 1,
        ] {
            let (before, blocks, after) = Counts::whole(run.clone());
            let inside = blocks.start * BLOCK..blocks.end * BLOCK;
            let rows = before.clone().chain(inside).chain(after.clone());
            assert_eq!(rows.collect::<Vec<_>>(), run.clone().collect::<Vec<_>>(), "{run:?}");
            assert!(!blocks.is_empty() || run.len() < 2 * BLOCK, "{run:?}");
            assert!(blocks.is_empty() || before.len() < BLOCK && after.len() < BLOCK, "{run:?}");
        }
    }
}
