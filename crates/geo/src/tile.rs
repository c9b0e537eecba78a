//! What a tile of the map holds: single reports where they are few, cells with counts where they are many.

use std::{fmt, ops::Range};

use crate::{Point, Points, WorldPoint, columns::Columns, counts::Counts, morton::order, points::STATUSES};

/// The deepest zoom that tiles are made of.
pub const TILE_ZOOM_MAX: u8 = 18;
/// Positions in a tile, along one axis.
pub const TILE_SIDE: u16 = 4096;
/// So many reports a tile still lists one by one.
pub const TILE_POINTS_MAX: usize = 300;
/// So many reports on one and the same spot are still listed one by one.
pub const SPOT_POINTS_MAX: usize = 20;
/// Above that a tile is a grid of so many cells along one axis.
const GRID: u32 = 8;

/// The address of a tile in the scheme of OpenStreetMap: z, then x from the west and y from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TileAddress {
    zoom: u8,
    x: u32,
    y: u32,
}

impl TileAddress {
    /// An address, if there is such a tile: zoom 0 to [`TILE_ZOOM_MAX`], x and y below `2^zoom`.
    #[must_use]
    pub fn new(zoom: u8, x: u32, y: u32) -> Option<Self> {
        (zoom <= TILE_ZOOM_MAX && x >> zoom == 0 && y >> zoom == 0).then_some(Self { zoom, x, y })
    }

    /// The tile of a zoom that a place lies in.
    #[must_use]
    pub fn of(at: WorldPoint, zoom: u8) -> Option<Self> {
        (zoom <= TILE_ZOOM_MAX).then(|| Self { zoom, x: above(at.x, zoom), y: above(at.y, zoom) })
    }

    /// From the west.
    #[must_use]
    pub fn x(self) -> u32 {
        self.x
    }

    /// From the north.
    #[must_use]
    pub fn y(self) -> u32 {
        self.y
    }

    /// The tile of the zoom before that it is part of; none of the world.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        Some(Self { zoom: self.zoom.checked_sub(1)?, x: self.x / 2, y: self.y / 2 })
    }

    /// The place that a position of the tile stands for (0 to 4095 from its western and its northern edge): the middle
    /// of its step.
    #[must_use]
    pub fn place(self, x: u16, y: u16) -> WorldPoint {
        let (first, below) = self.start();
        // The zoom is at most 18, so at least two bits are left over.
        let step =
            |first: u32, position: u16| first + ((2 * u32::from(position % TILE_SIDE) + 1) << (below - 13));
        WorldPoint { x: step(first.x, x), y: step(first.y, y) }
    }

    /// A position of the tile stands for a square of so many bits of steps along each axis.
    #[must_use]
    pub fn place_bits(self) -> u32 {
        // The zoom is at most 18.
        20 - u32::from(self.zoom)
    }

    /// The same for its cells, an eighth of its side.
    #[must_use]
    pub fn cell_bits(self) -> u32 {
        32 - u32::from(self.zoom) - GRID.ilog2()
    }

    /// The four tiles of the next zoom that it is made of; none at the deepest.
    #[must_use]
    pub fn children(self) -> Option<[Self; 4]> {
        let child = |east, south| Self::new(self.zoom + 1, self.x * 2 + east, self.y * 2 + south);
        Some([child(0, 0)?, child(1, 0)?, child(0, 1)?, child(1, 1)?])
    }

    /// Whether a place lies in it. The western and the northern edge are its own, the others its neighbours'.
    #[must_use]
    pub fn holds(self, at: WorldPoint) -> bool {
        above(at.x, self.zoom) == self.x && above(at.y, self.zoom) == self.y
    }

    /// The first place on the curve that lies in it, and how many bits of a place are below it.
    fn start(self) -> (WorldPoint, u32) {
        let below = 32 - u32::from(self.zoom);
        let first = |step: u32| if below == 32 { 0 } else { step << below };
        (WorldPoint { x: first(self.x), y: first(self.y) }, below)
    }

    /// A place in it as its own positions count, 0 to 4095.
    fn inside(self, at: WorldPoint) -> (u16, u16) {
        let (first, below) = self.start();
        // The zoom is at most 18, so at least two bits are left over; what lies inside is below 2^12 then.
        let shift = below - 12;
        (((at.x - first.x) >> shift) as u16, ((at.y - first.y) >> shift) as u16)
    }
}

/// `z/x/y`, as in a URL.
impl fmt::Display for TileAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.zoom, self.x, self.y)
    }
}

/// The bits of a place that tell tiles of a zoom apart.
fn above(step: u32, zoom: u8) -> u32 {
    step.checked_shr(32 - u32::from(zoom)).unwrap_or(0)
}

/// What a tile holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tile {
    /// Where many are.
    pub cells: Vec<TileCell>,
    /// Single reports.
    pub points: Vec<TilePoint>,
}

/// Reports that are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileCell {
    /// The mean of their positions, from the tile's western edge.
    pub x: u16,
    /// The same from its northern edge.
    pub y: u16,
    /// How many there are of each category and status, `(category, status, reports)`, pairs that occur, in their order.
    pub by: Vec<(u16, u8, u32)>,
}

/// A single report in a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TilePoint {
    /// From the tile's western edge, 0 to 4095.
    pub x: u16,
    /// From its northern edge.
    pub y: u16,
    /// The report; its place is exact.
    pub point: Point,
}

impl Points {
    /// What a tile holds now.
    ///
    /// Work: two binary searches; where few are in it, a look at each; else for each cell one more search, a look at
    /// some two thousand reports at most, and a sum over all others that were counted a thousand at a time.
    #[must_use]
    pub fn tile(&self, address: TileAddress) -> Tile {
        let (first, below) = address.start();
        let run = self.sorted.run(first, below);
        let live = self.sorted.live_in(run.clone(), TILE_POINTS_MAX + 1);
        let tail: Vec<&Point> = self.tail.iter().filter(|point| address.holds(point.at)).collect();
        if live + tail.len() <= TILE_POINTS_MAX {
            let mut points: Vec<Point> = self.sorted.points(run).collect();
            points.extend(tail.into_iter().copied());
            few(address, points)
        } else {
            grid(address, &self.sorted, run, &tail)
        }
    }
}

/// A tile of few reports: each by itself, but for crowds on one spot.
fn few(address: TileAddress, mut points: Vec<Point>) -> Tile {
    // Together on a spot, and in an order that does not depend on when they came.
    points.sort_unstable_by_key(|point| (point.at.y, point.at.x, point.id));
    let mut tile = Tile::default();
    for spot in points.chunk_by(|a, b| a.at == b.at) {
        if spot.len() > SPOT_POINTS_MAX {
            let mut count = CellCount::default();
            spot.iter().for_each(|point| count.add(point.at, point.category, point.status));
            tile.cells.extend(count.take(address));
        } else {
            tile.points.extend(spot.iter().map(|&point| {
                let (x, y) = address.inside(point.at);
                TilePoint { x, y, point }
            }));
        }
    }
    tile
}

/// A tile of many: cells of an eighth of its side, in the order of the curve.
fn grid(address: TileAddress, sorted: &Columns, run: Range<usize>, tail: &[&Point]) -> Tile {
    let (first, _) = address.start();
    // A cell is a tile three zooms deeper, and so a run of the curve as well, that begins where the one before ends.
    let side = address.cell_bits();
    let step = 1_u64 << (2 * side);
    let mut late = vec![Vec::new(); (GRID * GRID) as usize];
    for point in tail {
        late[((order(point.at) - order(first)) / step) as usize].push(*point);
    }
    let mut count = CellCount::default();
    let mut cells = Vec::new();
    let mut from = run.start;
    for (number, late) in (1..).zip(&late) {
        // The last cell of the world ends where no number is; it ends with the tile, as every last one does.
        let last = number == u64::from(GRID * GRID);
        let to = if last { run.end } else { sorted.place_of(order(first) + number * step, from..run.end) };
        count.add_run(sorted, from..to);
        late.iter().for_each(|point| count.add(point.at, point.category, point.status));
        cells.extend(count.take(address));
        from = to;
    }
    Tile { cells, points: Vec::new() }
}

/// A cell while it is counted.
#[derive(Default)]
struct CellCount {
    x: u64,
    y: u64,
    /// By category and, within it, by status: dense, since both are small numbers.
    pairs: Vec<u32>,
}

impl CellCount {
    fn add(&mut self, at: WorldPoint, category: u16, status: u8) {
        let pair = usize::from(category) * STATUSES + usize::from(status) % STATUSES;
        self.make_room(pair + 1);
        self.pairs[pair] += 1;
        self.x += u64::from(at.x);
        self.y += u64::from(at.y);
    }

    /// Counts the rows of a run that are still there: whole blocks at once.
    fn add_run(&mut self, sorted: &Columns, run: Range<usize>) {
        let (before, blocks, after) = Counts::whole(run);
        for rows in [before, after] {
            sorted.each(rows, |at, category, status| self.add(at, category, status));
        }
        for (pairs, (x, y)) in sorted.counts().of(blocks) {
            self.make_room(pairs.len());
            self.pairs.iter_mut().zip(pairs).for_each(|(sum, &reports)| *sum += u32::from(reports));
            (self.x, self.y) = (self.x + x, self.y + y);
        }
    }

    fn make_room(&mut self, pairs: usize) {
        if pairs > self.pairs.len() {
            self.pairs.resize(pairs, 0);
        }
    }

    /// The cell, if anything was counted; counting begins anew.
    fn take(&mut self, address: TileAddress) -> Option<TileCell> {
        let by: Vec<(u16, u8, u32)> = self
            .pairs
            .iter_mut()
            .enumerate()
            .filter(|(_, reports)| **reports > 0)
            .map(|(pair, reports)| {
                ((pair / STATUSES) as u16, (pair % STATUSES) as u8, std::mem::take(reports))
            })
            .collect();
        let reports: u64 = by.iter().map(|&(_, _, reports)| u64::from(reports)).sum();
        let (x, y) = (std::mem::take(&mut self.x), std::mem::take(&mut self.y));
        if reports == 0 {
            return None;
        }
        // A mean of 32-bit numbers is one.
        let mean = WorldPoint { x: (x / reports) as u32, y: (y / reports) as u32 };
        let (x, y) = address.inside(mean);
        Some(TileCell { x, y, by })
    }
}

#[cfg(test)]
mod tests;
