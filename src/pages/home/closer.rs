//! A closer look at a cluster: so close that it comes apart. What lies on one spot never does; it opens as a list.

use geo::{Frame, TileAddress, WorldPoint};
use leptos::{prelude::*, task::spawn_local};
use model::BBox;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    listing::{Listing, Narrowed},
    picture::{Group, of_tile},
    reports::in_tiles,
    tiles::{Known, Sight, pixels},
};
use crate::{client::ClientError, filter::Filter, map::Target, route::View, world::degrees};

/// What is looked at closer should fit into this, in pixels: less than the map of the smallest phone under a half-drawn
/// sheet.
const ROOM: [u32; 2] = [200, 140];
/// Zooms from a tile to the one that is one of its cells: 8 × 8.
const CELL: u8 = 3;
/// As far as an address in five decimals of a degree may be off, in steps of the world: two metres at the equator.
const NEAR: u32 = 256;

/// A cluster that was pressed.
pub(super) struct Press {
    pub(super) listing: Listing,
    pub(super) go_to: RwSignal<Option<Target>>,
    pub(super) filter: Filter,
    pub(super) view: View,
    pub(super) sight: Sight,
    pub(super) group: Group,
}

/// Goes to where the cluster comes apart, or lists it. What that takes comes with the first press.
pub(super) fn closer(press: Press) {
    spawn_local(async move {
        let (go_to, [lat, lng], zoom) = (press.go_to, degrees(press.group.whole.at), press.sight.zoom);
        // Where it does not come, a step closer is what there is.
        if go_closer(press).await.is_err() {
            go_to.try_set(Some(Target::View(View { lat, lng, zoom: zoom + 1 })));
        }
    });
}

#[wasm_split(panels, fallible)]
fn go_closer(press: Press) -> Result<(), SplitLoaderError> {
    spawn_local(press.go());
    Ok(())
}

impl Press {
    async fn go(self) {
        let reports = u64::from(self.group.whole.reports);
        let Some(mut around) = around(&self.group.places) else { return };
        if self.sight.zoom >= Sight::CLOSEST {
            return self.list(around, reports);
        }
        // A cell tells where its middle is, not how far its reports are apart: the tiles below it do.
        let mut zoom = self.sight.grid.tile_zoom();
        while around.from == around.to {
            // What no tile tells is not in those below either.
            if !in_tiles(&self.filter) {
                return self.step();
            }
            zoom = (zoom + CELL).min(geo::TILE_ZOOM_MAX);
            match self.below(around.from, zoom).await {
                Ok(Some(below)) => around = below,
                Ok(None) => {}
                Err(_) if self.listing.tiles.is_at(self.sight) => return self.step(),
                Err(_) => return,
            }
            // Whoever has moved the map meanwhile is not taken elsewhere.
            if !self.listing.tiles.is_at(self.sight) {
                return;
            }
            if zoom == geo::TILE_ZOOM_MAX && around.from == around.to {
                return self.list(around, reports);
            }
        }
        self.look(around);
    }

    /// How far apart the reports lie that the tile of a zoom has at a place.
    async fn below(&self, at: WorldPoint, zoom: u8) -> Result<Option<Frame>, ClientError> {
        let Some(address) = TileAddress::of(at, zoom) else { return Ok(None) };
        let tile = self.listing.tiles.one(address).await?;
        let known = Known { address, tile, at: 0.0 };
        let places: Vec<WorldPoint> = of_tile(&known, &self.filter).map(|spot| spot.at).collect();
        Ok(self::around(&places))
    }

    /// Without an answer, a step closer is what there is.
    fn step(&self) {
        let [lat, lng] = degrees(self.group.whole.at);
        self.go_to.try_set(Some(Target::View(View { lat, lng, zoom: self.sight.zoom + 1 })));
    }

    fn look(&self, around: Frame) {
        let fits =
            |zoom: u8| pixels(around.across(), zoom) <= ROOM[0] && pixels(around.down(), zoom) <= ROOM[1];
        let closer = self.sight.zoom + 1..=Sight::CLOSEST;
        let zoom = closer.clone().rev().find(|&zoom| fits(zoom)).unwrap_or(*closer.start());
        let middle = WorldPoint {
            x: around.from.x.wrapping_add(around.across() / 2),
            y: around.from.y + around.down() / 2,
        };
        let [lat, lng] = degrees(middle);
        self.go_to.try_set(Some(Target::View(View { lat, lng, zoom })));
    }

    fn list(&self, around: Frame, reports: u64) {
        let Frame { from, to } = around.widened(NEAR);
        let ([north, west], [south, east]) = (degrees(from), degrees(to));
        if let Ok(bbox) = BBox::new(west, south, east, north) {
            self.listing.narrow(Narrowed { bbox, reports, view: self.view });
        }
    }
}

/// The smallest frame around some places; it may lie across the line of 180 degrees.
fn around(places: &[WorldPoint]) -> Option<Frame> {
    let first = places.first()?;
    // From the first one, as far east or west as the nearer way round is.
    let east = |at: &WorldPoint| at.x.wrapping_sub(first.x) as i32;
    let (west, last) = (places.iter().map(east).min()?, places.iter().map(east).max()?);
    let (north, south) = (places.iter().map(|at| at.y).min()?, places.iter().map(|at| at.y).max()?);
    let x = |steps: i32| first.x.wrapping_add_signed(steps);
    Some(Frame { from: WorldPoint { x: x(west), y: north }, to: WorldPoint { x: x(last), y: south } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_frame_goes_the_nearer_way_round() {
        let point = |x, y| WorldPoint { x, y };
        assert_eq!(around(&[]), None);
        assert_eq!(around(&[point(7, 8)]), Some(Frame { from: point(7, 8), to: point(7, 8) }));
        let across = around(&[point(5, 10), point(u32::MAX - 4, 30), point(9, 20)]);
        assert_eq!(across, Some(Frame { from: point(u32::MAX - 4, 10), to: point(9, 30) }));
    }
}
