//! Many reports as the few markers that a screen has room for.
//!
//! Reports are counted in squares of the world ([`BinGrid`]); squares whose markers would hide each other are gathered
//! into clusters ([`Bins::clusters`]). Both are the same whatever the screen shows: a marker does not change because the
//! map was moved.

use crate::WorldPoint;

/// A side of the smallest square, in pixels.
const SIDE_PX: u32 = 64;
/// Markers closer than this hide each other, in pixels of the smallest square. Less than a side: only squares that
/// touch can hold two such markers.
const NEAR_PX: u32 = 50;
/// The most squares a screen may hold.
const MOST: u32 = 300;
/// Rounds of gathering. What is undecided after them stands by itself: with three rounds that takes a staircase of
/// counts that no real data has.
const ROUNDS: u32 = 3;

/// How the world is divided: squares of `2^bits` steps, anchored at the world's north-western corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BinGrid {
    bits: u32,
}

impl BinGrid {
    /// So many squares around a view must be known for every cluster in it to be whole. A square's fate depends on those
    /// at most two further in each round, and a cluster's sum on the fate of its root's neighbours.
    pub const MARGIN: u32 = 2 * ROUNDS + 1;

    /// The grid of a screen: squares of 64 pixels, or twice, four times … as large where the screen is so large that
    /// there would be more than 300. Never anything of the data.
    ///
    /// `zoom` as in maps of 256 pixel tiles, at most 28; `width` and `height` in pixels.
    #[must_use]
    pub fn of_screen(zoom: u8, width: u32, height: u32) -> Self {
        let mut doubled = 0;
        // One more on each axis: a screen seldom begins with a square.
        let along = |pixels: u32, doubled: u32| pixels.div_ceil(SIDE_PX << doubled) + 1;
        while doubled < 16 && along(width, doubled).saturating_mul(along(height, doubled)) > MOST {
            doubled += 1;
        }
        // The world is 2^32 steps and 256 * 2^zoom pixels wide.
        let bits = (32 + SIDE_PX.ilog2() + doubled).saturating_sub(8 + u32::from(zoom));
        Self { bits: bits.min(31) }
    }

    /// Steps of a square's side.
    #[must_use]
    pub fn side(self) -> u32 {
        1 << self.bits
    }

    /// Column and row of the square that a place lies in.
    #[must_use]
    pub fn square(self, at: WorldPoint) -> (u32, u32) {
        (at.x >> self.bits, at.y >> self.bits)
    }

    /// Squares along one axis of the world.
    fn columns(self) -> u32 {
        1 << (32 - self.bits)
    }

    /// Whether two markers hide each other. East of the last square lies the first.
    fn near(self, a: WorldPoint, b: WorldPoint) -> bool {
        let reach = u64::from(self.side()) * u64::from(NEAR_PX) / u64::from(SIDE_PX);
        let across = u64::from((a.x.wrapping_sub(b.x) as i32).unsigned_abs());
        let down = u64::from(a.y.abs_diff(b.y));
        // Both are below 2^32, so neither square is beyond a u128; beyond a u64 the first test has ended it.
        across < reach && down < reach && across * across + down * down < reach * reach
    }
}

/// Reports counted by square.
#[derive(Debug, Clone)]
pub struct Bins {
    grid: BinGrid,
    /// By row and column. Some hundreds, which an insertion into a list moves quicker than a tree is walked, and in a
    /// tenth of its code.
    squares: Vec<Square>,
}

#[derive(Debug, Clone, Copy)]
struct Square {
    row_and_column: (u32, u32),
    reports: u64,
    /// The places of its reports, added up.
    x: u64,
    y: u64,
}

/// Reports that share a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster {
    /// The square it stands for, by row and column: its name while the map moves.
    pub square: (u32, u32),
    /// Where its marker stands: amid the reports of that square, the one that has most.
    pub at: WorldPoint,
    /// How many reports there are, in this square and those gathered into it.
    pub reports: u64,
}

impl Bins {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(grid: BinGrid) -> Self {
        Self { grid, squares: Vec::new() }
    }

    /// Counts `reports` whose mean place is `at`. They must lie in one square of the grid.
    pub fn add(&mut self, at: WorldPoint, reports: u32) {
        if reports > 0 {
            let (column, row) = self.grid.square(at);
            let row_and_column = (row, column);
            let found = self.squares.binary_search_by_key(&row_and_column, |square| square.row_and_column);
            let index = found.unwrap_or_else(|index| {
                self.squares.insert(index, Square { row_and_column, reports: 0, x: 0, y: 0 });
                index
            });
            let (square, weight) = (&mut self.squares[index], u64::from(reports));
            // 2^32 steps times 2^32 reports: there are fewer people.
            square.reports += weight;
            square.x += u64::from(at.x) * weight;
            square.y += u64::from(at.y) * weight;
        }
    }

    /// All that was counted.
    #[must_use]
    pub fn reports(&self) -> u64 {
        self.squares.iter().map(|square| square.reports).sum()
    }

    /// Gathers squares whose markers would hide each other.
    ///
    /// In each of three rounds, a square that outranks every undecided one near it becomes a root, and the undecided ones
    /// near a new root join the highest of them. Rank is the number of reports, then north before south, then west
    /// before east. The clusters come by row and column; what lies within [`BinGrid::MARGIN`] squares of where the
    /// counting ended may not be whole.
    #[must_use]
    pub fn clusters(&self) -> Vec<Cluster> {
        let bins: Vec<Bin> = self.squares.iter().map(Bin::new).collect();
        let near: Vec<Vec<usize>> = bins.iter().map(|bin| self.near(&bins, bin)).collect();
        // The root that each has joined: itself, if it is one.
        let mut root: Vec<Option<usize>> = vec![None; bins.len()];
        for _ in 0..ROUNDS {
            let highest = |index: usize| {
                let undecided = near[index].iter().filter(|&&other| root[other].is_none());
                root[index].is_none()
                    && undecided.into_iter().all(|&other| bins[index].outranks(&bins[other]))
            };
            let new: Vec<usize> = (0..bins.len()).filter(|&index| highest(index)).collect();
            new.iter().for_each(|&index| root[index] = Some(index));
            for &index in &new {
                for &other in &near[index] {
                    let joined = root[other];
                    // Its own round's roots only: an earlier one was nearer to it in rank, or it would not be undecided.
                    let rises = joined.is_none_or(|now| {
                        now != other && new.binary_search(&now).is_ok() && bins[index].outranks(&bins[now])
                    });
                    if rises {
                        root[other] = Some(index);
                    }
                }
            }
        }
        let mut reports = vec![0; bins.len()];
        for (index, bin) in bins.iter().enumerate() {
            reports[root[index].unwrap_or(index)] += bin.reports;
        }
        let clusters = bins.iter().zip(reports).filter(|(_, reports)| *reports > 0);
        clusters.map(|(bin, reports)| Cluster { square: bin.square, at: bin.at, reports }).collect()
    }

    /// The squares around one whose markers would hide its own.
    fn near(&self, bins: &[Bin], bin: &Bin) -> Vec<usize> {
        let (row, column) = bin.square;
        let wrap = self.grid.columns() - 1;
        let mut near = Vec::new();
        for other_row in row.saturating_sub(1)..=row.saturating_add(1) {
            for step in [wrap, 0, 1] {
                let square = (other_row, column.wrapping_add(step) & wrap);
                let Ok(index) = bins.binary_search_by_key(&square, |other| other.square) else { continue };
                // In a world of two squares the neighbour to the east is the one to the west.
                if square != bin.square && !near.contains(&index) && self.grid.near(bin.at, bins[index].at) {
                    near.push(index);
                }
            }
        }
        near
    }
}

/// A square that holds something.
struct Bin {
    square: (u32, u32),
    at: WorldPoint,
    reports: u64,
}

impl Bin {
    fn new(square: &Square) -> Self {
        // A mean of 32-bit numbers is one, and a square that holds nothing is not kept.
        let mean = |total: u64| (total / square.reports) as u32;
        let at = WorldPoint { x: mean(square.x), y: mean(square.y) };
        Self { square: square.row_and_column, at, reports: square.reports }
    }

    fn outranks(&self, other: &Self) -> bool {
        (other.reports, self.square) < (self.reports, other.square)
    }
}

#[cfg(test)]
mod tests;
