//! Tiles as a portal reads them.

use std::{collections::BTreeMap, time::Duration};

use model::{Tile, TileStatus};

use super::{Api, Server};

/// Reports by category and status, in words.
pub(crate) type Pairs = BTreeMap<(String, String), u32>;

/// What a tile counts, in cells and points together.
pub(crate) fn pairs(tile: &Tile) -> Pairs {
    let mut pairs = Pairs::new();
    let counted = tile.cells.iter().flat_map(|cell| &cell.by).map(|by| (by.category, by.status, by.reports));
    let single = tile.points.iter().map(|point| (point.category, point.status, 1));
    for (category, status, reports) in counted.chain(single) {
        let category = tile.categories[usize::from(category)].clone();
        let status = tile.statuses[usize::from(status)];
        *pairs.entry((category, String::from(status))).or_default() += reports;
    }
    pairs
}

/// Two counts together.
pub(crate) fn sum(all: impl IntoIterator<Item = Pairs>) -> Pairs {
    let mut sum = Pairs::new();
    for (pair, reports) in all.into_iter().flatten() {
        *sum.entry(pair).or_default() += reports;
    }
    sum
}

/// How many reports a tile holds.
pub(crate) fn reports(tile: &Tile) -> u32 {
    pairs(tile).values().sum()
}

/// The tile of a zoom that a place lies in, by the formula of the OpenStreetMap wiki ("Slippy map tilenames").
pub(crate) fn tile_of(lat: f64, lng: f64, zoom: u8) -> (u8, u32, u32) {
    let side = f64::from(1_u32 << zoom);
    let x = (lng + 180.0) / 360.0 * side;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side;
    // `as` saturates at zero, and beyond the last tile is the last one.
    let within = |step: f64| (step.floor() as u32).min((1 << zoom) - 1);
    (zoom, within(x), within(y))
}

impl Api {
    /// A tile that has to be there.
    pub(crate) async fn tile(&self, (z, x, y): (u8, u32, u32)) -> Tile {
        self.get(&format!("/tiles/{z}/{x}/{y}")).await.expect(200).read()
    }

    /// Asks for a tile until it is as it should be. There is no other end to waiting than the test's own.
    pub(crate) async fn tile_until(&self, address: (u8, u32, u32), right: impl Fn(&Tile) -> bool) -> Tile {
        let mut tile = self.tile(address).await;
        for _ in 0..600 {
            if right(&tile) {
                return tile;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            tile = self.tile(address).await;
        }
        panic!("{address:?} does not become right: {tile:?}");
    }
}

impl Server {
    /// Waits until it says that it is ready, its map loaded.
    pub(crate) async fn ready(&self) {
        let beside = self.nobody().beside();
        for _ in 0..600 {
            if beside.get("/readyz").await.status == 200 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the server does not become ready: {}", self.log());
    }
}

/// The word of a status.
pub(crate) fn word(tile: &Tile, status: u16) -> String {
    let told: TileStatus = tile.statuses[usize::from(status)];
    told.into()
}
