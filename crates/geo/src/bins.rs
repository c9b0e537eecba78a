//! Many reports as the few markers that a screen has room for.
//!
//! Reports are counted in squares of the world ([`BinGrid`]); squares whose markers would hide each other are gathered
//! into clusters ([`Bins::clusters`]). Both are the same whatever the screen shows: a marker does not change because the
//! map was moved.

use crate::{TILE_ZOOM_MAX, WorldPoint};

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
    /// at most two further in each round, and a cluster's sum on the fate of its root's neighbours; each of these steps is
    /// shorter than [`NEAR_PX`], from anywhere in the first square.
    pub const MARGIN: u32 = (SIDE_PX + (2 * ROUNDS + 1) * NEAR_PX).div_ceil(SIDE_PX) - 1;

    /// The grid of a screen: squares of 64 pixels, or twice, four times … as large where the screen is so large that
    /// there would be more than 300. Never anything of the data.
    ///
    /// `zoom` as in maps of 256 pixel tiles, of which 28 is the deepest that counts; `width` and `height` in pixels.
    #[must_use]
    pub fn of_screen(zoom: u8, width: u32, height: u32) -> Self {
        let mut doubled = 0;
        // One more on each axis: a screen seldom begins with a square.
        let along = |pixels: u32, doubled: u32| pixels.div_ceil(SIDE_PX << doubled) + 1;
        while doubled < 16 && along(width, doubled).saturating_mul(along(height, doubled)) > MOST {
            doubled += 1;
        }
        // The world is 2^32 steps and 256 * 2^zoom pixels wide.
        let bits = (32 + SIDE_PX.ilog2() + doubled).saturating_sub(8 + u32::from(zoom.min(28)));
        Self { bits: bits.min(31) }
    }

    /// The zoom of the tiles whose cells (8 × 8 a tile) are its squares; smaller ones where a tile could not be larger, and
    /// larger ones where none is deeper.
    #[must_use]
    pub fn tile_zoom(self) -> u8 {
        // A tile is eight squares wide: three bits. At most 31 are taken from 29, so what is left fits.
        (29_u32.saturating_sub(self.bits) as u8).min(TILE_ZOOM_MAX)
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
    pub(crate) fn columns(self) -> u32 {
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
pub(crate) struct Square {
    row_and_column: (u32, u32),
    pub(crate) reports: u64,
    /// The places of its reports, added up.
    pub(crate) x: u64,
    pub(crate) y: u64,
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
            let weight = u64::from(reports);
            let square = self.square(self.grid.square(at));
            // 2^32 steps times 2^32 reports: there are fewer people.
            square.reports += weight;
            square.x += u64::from(at.x) * weight;
            square.y += u64::from(at.y) * weight;
        }
    }

    /// The square of a column and a row, made if there is none. Whoever comes by row and column never searches.
    pub(crate) fn square(&mut self, (column, row): (u32, u32)) -> &mut Square {
        let row_and_column = (row, column);
        let known = self.squares.last().is_some_and(|last| row_and_column <= last.row_and_column);
        let found = match known {
            true => self.squares.binary_search_by_key(&row_and_column, |square| square.row_and_column),
            false => Err(self.squares.len()),
        };
        let index = found.unwrap_or_else(|index| {
            self.squares.insert(index, Square { row_and_column, reports: 0, x: 0, y: 0 });
            index
        });
        &mut self.squares[index]
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
        let bins = self.decided();
        let mut reports = vec![0; bins.len()];
        for (index, bin) in bins.iter().enumerate() {
            reports[bin.root_or(index)] += bin.reports;
        }
        let clusters = bins.iter().zip(reports).filter(|(_, reports)| *reports > 0);
        clusters.map(|(bin, reports)| Cluster { square: bin.square, at: bin.at, reports }).collect()
    }

    /// For each square that holds something, by row and column, the one whose cluster it belongs to: itself, where it is
    /// the root or stands alone.
    #[must_use]
    pub fn roots(&self) -> Vec<((u32, u32), (u32, u32))> {
        let bins = self.decided();
        bins.iter().enumerate().map(|(index, bin)| (bin.square, bins[bin.root_or(index)].square)).collect()
    }

    /// The squares, each with its root.
    fn decided(&self) -> Vec<Bin> {
        let mut bins: Vec<Bin> = self.squares.iter().map(Bin::new).collect();
        self.lean(&mut bins);
        for _ in 0..ROUNDS {
            // A root of an earlier round has no undecided neighbour left: all roots seen from one are of this round.
            for index in 0..bins.len() {
                let free = |&other: &usize| bins[other].root != UNDECIDED && bins[other].root != other;
                if bins[index].root == UNDECIDED && bins[index].higher().all(|other| free(&other)) {
                    bins[index].root = index;
                }
            }
            for index in 0..bins.len() {
                if bins[index].root == UNDECIDED {
                    let mut roots = bins[index].higher().filter(|&other| bins[other].root == other);
                    let first = roots.next().unwrap_or(UNDECIDED);
                    let highest = |a: usize, b: usize| if bins[b].outranks(&bins[a]) { b } else { a };
                    bins[index].root = roots.fold(first, highest);
                }
            }
        }
        bins
    }

    /// Finds for each square those that outrank it and whose markers would hide its own.
    fn lean(&self, bins: &mut [Bin]) {
        let last = self.grid.columns() - 1;
        let mut below = 0;
        for index in 0..bins.len() {
            let (row, column) = bins[index].square;
            // To the east and, a row further south, from west to east: the others find this one.
            let start = (row + 1, column.saturating_sub(1));
            while bins.get(below).is_some_and(|bin| bin.square < start) {
                below += 1;
            }
            for other in (index + 1..index + 2).chain(below..below + 3) {
                let touches = |bin: &Bin| bin.square.0 <= row + 1 && bin.square.1 <= column.saturating_add(1);
                if bins.get(other).is_some_and(touches) {
                    self.lean_on(bins, index, other);
                }
            }
            // West of the first column lies the last.
            if column == 0 {
                for row in row.saturating_sub(1)..=row + 1 {
                    if let Ok(other) = bins.binary_search_by_key(&(row, last), |bin| bin.square) {
                        self.lean_on(bins, index, other);
                    }
                }
            }
        }
    }

    /// Notes with the lower of two squares that the higher would hide it.
    fn lean_on(&self, bins: &mut [Bin], one: usize, other: usize) {
        if self.grid.near(bins[one].at, bins[other].at) {
            let up = bins[one].outranks(&bins[other]);
            let (low, high) = if up { (other, one) } else { (one, other) };
            let bin = &mut bins[low];
            // In a world of two columns the neighbour to the east is the one to the west.
            if !bin.higher().any(|known| known == high) {
                bin.higher[bin.highers] = high;
                bin.highers += 1;
            }
        }
    }
}

/// The root of a square that has none yet.
const UNDECIDED: usize = usize::MAX;

/// A square that holds something.
struct Bin {
    square: (u32, u32),
    at: WorldPoint,
    reports: u64,
    /// The root it has joined: itself, if it is one.
    root: usize,
    /// The squares near it that outrank it: no more than touch it.
    higher: [usize; 8],
    highers: usize,
}

impl Bin {
    fn new(square: &Square) -> Self {
        // A mean of 32-bit numbers is one, and a square that holds nothing is not kept.
        let mean = |total: u64| (total / square.reports) as u32;
        let at = WorldPoint { x: mean(square.x), y: mean(square.y) };
        let (square, reports) = (square.row_and_column, square.reports);
        Self { square, at, reports, root: UNDECIDED, higher: [UNDECIDED; 8], highers: 0 }
    }

    /// What it belongs to; it is at `index` itself.
    fn root_or(&self, index: usize) -> usize {
        if self.root == UNDECIDED { index } else { self.root }
    }

    fn higher(&self) -> impl Iterator<Item = usize> + '_ {
        self.higher[..self.highers].iter().copied()
    }

    fn outranks(&self, other: &Self) -> bool {
        (other.reports, self.square) < (self.reports, other.square)
    }
}

#[cfg(test)]
mod tests;
