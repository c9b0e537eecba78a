//! Which tiles are asked for: from the whole world down, the fullest of every zoom and some of the others.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Tiles of one zoom that are asked for, at most: half of them the fullest, the others evenly out of the rest.
const MOST: usize = 1000;
/// The middle of a tile, where its children meet.
const MIDDLE: u16 = 2048;

/// A tile: zoom, then from the west and from the north.
pub(super) type Address = (u8, u32, u32);

/// What is read of a tile.
#[derive(Deserialize)]
pub(super) struct Tile {
    cells: Vec<Cell>,
    points: Vec<(String, u16, u16, u16, u16, u32, u16)>,
}

#[derive(Deserialize)]
struct Cell {
    x: u16,
    y: u16,
    by: Vec<(u16, u16, u64)>,
}

impl Tile {
    /// Reads a tile as it was sent.
    pub(super) fn unpack(mut packed: &[u8]) -> Result<Self> {
        let mut json = Vec::new();
        brotli::BrotliDecompress(&mut packed, &mut json).context("a tile that is not brotli")?;
        serde_json::from_slice(&json).context("a tile in another form")
    }

    /// How many reports it counts.
    pub(super) fn reports(&self) -> u64 {
        self.cells.iter().map(Cell::reports).sum::<u64>() + self.points.len() as u64
    }

    /// Whether it shows a report by itself.
    pub(super) fn shows(&self, id: &str) -> bool {
        self.points.iter().any(|point| point.0 == id)
    }

    /// Its children that hold anything, with how much: a cell lies in one of them, and so does the middle of what it holds.
    fn children(&self, (zoom, x, y): Address) -> BTreeMap<Address, u64> {
        let mut children = BTreeMap::new();
        let cells = self.cells.iter().map(|cell| (cell.x, cell.y, cell.reports()));
        for (east, south, reports) in cells.chain(self.points.iter().map(|point| (point.1, point.2, 1))) {
            let child = (zoom + 1, x * 2 + u32::from(east >= MIDDLE), y * 2 + u32::from(south >= MIDDLE));
            *children.entry(child).or_default() += reports;
        }
        children
    }
}

impl Cell {
    fn reports(&self) -> u64 {
        self.by.iter().map(|by| by.2).sum()
    }
}

/// The tiles of one zoom after the other.
pub(super) struct Pyramid {
    next: BTreeMap<Address, u64>,
}

impl Pyramid {
    /// The whole world.
    pub(super) fn new() -> Self {
        Self { next: BTreeMap::from([((0, 0, 0), 0)]) }
    }

    /// The tiles of the next zoom; their children are looked for from now on.
    pub(super) fn zoom(&mut self) -> Vec<Address> {
        let mut fullest: Vec<(u64, Address)> =
            std::mem::take(&mut self.next).into_iter().map(|(address, reports)| (reports, address)).collect();
        fullest.sort_unstable_by(|a, b| b.cmp(a));
        let rest = fullest.split_off(fullest.len().min(MOST / 2));
        let some = rest.iter().step_by(rest.len().div_ceil(MOST / 2).max(1));
        fullest.iter().chain(some).map(|(_, address)| *address).collect()
    }

    /// Tells what a tile of the zoom holds.
    pub(super) fn holds(&mut self, address: Address, tile: &Tile) {
        self.next.append(&mut tile.children(address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tile_holds_is_looked_for_in_its_children() {
        let json = r#"{"cells":[{"x":2047,"y":5,"by":[[0,0,17],[0,1,4]]},{"x":0,"y":2047,"by":[[0,0,1]]}],
            "points":[["a",2048,2048,0,0,0,0]],"categories":[],"statuses":[]}"#;
        let tile: Tile = serde_json::from_str(json).expect("a tile");
        assert_eq!((tile.reports(), tile.shows("a"), tile.shows("b")), (23, true, false));
        let mut pyramid = Pyramid::new();
        assert_eq!(pyramid.zoom(), [(0, 0, 0)]);
        pyramid.holds((3, 1, 2), &tile);
        assert_eq!(pyramid.zoom(), [(4, 2, 4), (4, 3, 5)]);
        assert_eq!(pyramid.zoom(), []);
    }

    #[test]
    fn of_many_tiles_the_fullest_and_some_others_are_asked_for() {
        let next = (0..7000).map(|n| ((13, n, 0), u64::from(n))).collect();
        let asked = Pyramid { next }.zoom();
        assert_eq!((asked.len(), asked[0], asked[499]), (1000, (13, 6999, 0), (13, 6500, 0)));
        assert_eq!(asked.last(), Some(&(13, 12, 0)));
    }
}
