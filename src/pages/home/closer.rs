//! A closer look at a cluster: so close that it comes apart. What lies on one spot never does; it opens as a list.

use geo::{Frame, TileAddress, WorldPoint};
use leptos::{prelude::*, task::spawn_local};
use model::BBox;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    listing::{Listing, Narrowed},
    picture::{Group, Spot, of_tile},
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
        // One place is as wide as a tile can tell; how far its reports are apart, the tiles below it tell.
        let mut one = is_one(&self.group.places);
        let mut zoom = self.sight.grid.tile_zoom();
        while one {
            // Nothing is told apart any more: by the list, whose places are exact, or by the deepest tiles.
            if around.across() == 0 || zoom == geo::TILE_ZOOM_MAX || !in_tiles(&self.filter) {
                return self.list(around, reports);
            }
            zoom = (zoom + CELL).min(geo::TILE_ZOOM_MAX);
            let below = self.below(around, zoom).await;
            // Whoever has moved the map meanwhile is not taken elsewhere.
            if !self.listing.tiles.is_at(self.sight) {
                return;
            }
            let Ok(places) = below else { return self.step() };
            if let Some(below) = self::around(&places) {
                (around, one) = (below, is_one(&places));
            }
        }
        self.look(around);
    }

    /// Where the reports of a place lie, as the tile of a zoom tells it.
    async fn below(&self, place: Frame, zoom: u8) -> Result<Vec<Frame>, ClientError> {
        let Some(address) = TileAddress::of(middle(place), zoom) else { return Ok(Vec::new()) };
        let tile = self.listing.tiles.one(address).await?;
        let known = Known { address, tile, at: 0.0 };
        let here = |spot: &Spot| place.holds(spot.at);
        Ok(of_tile(&known, &self.filter).filter(here).map(|spot| spot.place()).collect())
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
        let [lat, lng] = degrees(middle(around));
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

/// The middle of a frame.
fn middle(Frame { from, to }: Frame) -> WorldPoint {
    WorldPoint { x: from.x.wrapping_add(to.x.wrapping_sub(from.x) / 2), y: from.y.midpoint(to.y) }
}

/// Whether some places are one.
fn is_one(places: &[Frame]) -> bool {
    places.windows(2).all(|two| two[0] == two[1])
}

/// The smallest frame around some places; it may lie across the line of 180 degrees.
fn around(places: &[Frame]) -> Option<Frame> {
    let first = places.first()?.from;
    // From the first one, as far east or west as the nearer way round is.
    let east = |at: WorldPoint| at.x.wrapping_sub(first.x) as i32;
    let (mut west, mut last) = (0, 0);
    let (mut north, mut south) = (first.y, first.y);
    for Frame { from, to } in places {
        (west, last) = (west.min(east(*from)), last.max(east(*to)));
        (north, south) = (north.min(from.y), south.max(to.y));
    }
    let x = |steps: i32| first.x.wrapping_add_signed(steps);
    Some(Frame { from: WorldPoint { x: x(west), y: north }, to: WorldPoint { x: x(last), y: south } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_frame_goes_the_nearer_way_round() {
        let point = |x, y| WorldPoint { x, y };
        let place = |x, y| Frame { from: point(x, y), to: point(x + 2, y + 3) };
        assert_eq!(around(&[]), None);
        assert_eq!(around(&[place(7, 8)]), Some(place(7, 8)));
        let across = around(&[place(5, 10), place(u32::MAX - 4, 30), place(9, 20)]);
        let whole = Frame { from: point(u32::MAX - 4, 10), to: point(11, 33) };
        assert_eq!(across, Some(whole));
        assert_eq!(middle(whole), point(3, 21));
        assert!(is_one(&[place(7, 8), place(7, 8)]) && !is_one(&[place(7, 8), place(7, 9)]));
    }
}
