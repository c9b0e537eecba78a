//! The tiles of what the map shows: asked for once, kept for the way back, given up when nobody looks there any more.

use std::time::Duration;

use geo::{BinGrid, Frame, TileAddress};
use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

use super::picture::{Group, Spot};
use crate::{
    client::{Client, ClientError, MapTile, Stop},
    outbox::{JustSent, Own},
    ui::signal_of,
};

/// After so many milliseconds a tile is asked for again when it is looked at; what is known is shown meanwhile.
const FRESH: f64 = 60_000.0;
/// So long the browser may answer by itself, in milliseconds (`stale-while-revalidate` and `max-age` of the API).
const KEPT_BY_BROWSER: f64 = 310_000.0;
/// So many tiles are kept: a dozen screens, some hundred kilobytes.
const MOST: usize = 160;
/// So many neighbours are on their way at once: on a slow phone each request takes a millisecond or two to begin.
const AT_ONCE: usize = 4;
/// The neighbours of what is looked at wait until it has been looked at for so long.
const IDLE: Duration = Duration::from_millis(400);

/// What the map looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// What is on the screen.
    pub(super) frame: Frame,
    /// The squares it is counted in.
    pub(super) grid: BinGrid,
    /// How close, at most [`Self::CLOSEST`].
    pub(super) zoom: u8,
}

impl Sight {
    /// The closest a map can be looked at.
    pub(super) const CLOSEST: u8 = 19;

    /// What a map shows of a frame at a zoom.
    pub(super) fn new(frame: Frame, zoom: u8) -> Self {
        let zoom = zoom.min(Self::CLOSEST);
        let grid = BinGrid::of_screen(zoom, pixels(frame.across(), zoom), pixels(frame.down(), zoom));
        Self { frame, grid, zoom }
    }

    /// Width and height in pixels.
    pub(super) fn size(self) -> [u32; 2] {
        [self.frame.across(), self.frame.down()].map(|steps| pixels(steps, self.zoom))
    }

    /// The tiles of the screen.
    pub(super) fn screen(self) -> Vec<TileAddress> {
        self.frame.tiles(self.grid.tile_zoom())
    }

    /// The tiles of all that the clusters on the screen hang on.
    pub(super) fn around(self) -> Vec<TileAddress> {
        self.frame.widened(BinGrid::MARGIN * self.grid.side()).tiles(self.grid.tile_zoom())
    }
}

/// A tile, and since when it is known.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) address: TileAddress,
    pub(super) tile: MapTile,
    /// When it was asked for, in milliseconds by this device's clock.
    pub(super) at: f64,
}

impl Known {
    /// Whether a report of this device is in the tile's counts, if it lies in it.
    pub(super) fn counts(&self, own: &Own) -> bool {
        own.in_tiles_from.is_some_and(|from| from <= self.at)
    }
}

/// The tiles. Kept at the root, so that the way back from a report leads to the same picture at once.
#[derive(Clone, Copy)]
pub(crate) struct Tiles {
    pub(super) sent: JustSent,
    kept: StoredValue<Kept, LocalStorage>,
    /// Counts what has come.
    pub(super) arrivals: RwSignal<u32>,
    /// Why something of the screen did not come.
    pub(super) failure: RwSignal<Option<ClientError>>,
}

struct Kept {
    client: Client,
    /// The latest last.
    known: Vec<Known>,
    asked: Vec<(TileAddress, Stop)>,
    sight: Option<Sight>,
    /// What was drawn last: as clusters, or as a picture of a sight.
    groups: Option<(Vec<Group>, Sight)>,
    spots: Option<(Vec<Spot>, Sight)>,
}

impl Tiles {
    /// None yet.
    pub(super) fn new(client: &Client) -> Self {
        let kept = Kept {
            client: client.clone(),
            known: Vec::new(),
            asked: Vec::new(),
            sight: None,
            groups: None,
            spots: None,
        };
        Self {
            sent: JustSent::get(),
            kept: StoredValue::new_local(kept),
            arrivals: signal_of(0),
            failure: signal_of(None),
        }
    }

    /// Asks for what is not known of a sight: first what is on the screen, then, once nothing else is on its way, what
    /// lies around it. What was asked for elsewhere is given up.
    pub(super) fn look_at(self, sight: Sight) {
        self.failure.set(None);
        self.turn_to(Some(sight), &sight.around());
        sight.screen().into_iter().for_each(|address| self.ask(address));
        set_timeout(move || self.ask_around(sight), IDLE);
        // What this device has only just sent is in some of the answers, perhaps: they are asked for again when it is in all.
        let now = Date::now();
        let seen = untrack(|| self.sent.own()).into_iter().filter_map(|own| own.in_tiles_from);
        let wait = seen.fold(0.0, f64::max) - now;
        if wait > 0.0 {
            let again = move || {
                if self.is_at(sight) {
                    self.look_at(sight);
                }
            };
            set_timeout(again, Duration::from_millis(wait as u64 + 1));
        }
    }

    /// Nobody looks at the tiles any more.
    pub(super) fn leave(self) {
        self.turn_to(None, &[]);
        self.failure.set(None);
    }

    /// Asks again for what did not come.
    pub(super) fn again(self) {
        if let Some(sight) = self.kept.with_value(|kept| kept.sight) {
            self.look_at(sight);
        }
    }

    /// Whether this is what is looked at.
    pub(super) fn is_at(self, sight: Sight) -> bool {
        self.kept.with_value(|kept| kept.sight == Some(sight))
    }

    /// What is known, for a picture.
    pub(super) fn with<T>(self, read: impl FnOnce(&[Known]) -> T) -> T {
        self.kept.with_value(|kept| read(&kept.known))
    }

    /// Notes what was drawn.
    pub(super) fn note(self, groups: Vec<Group>, sight: Sight) {
        self.kept.update_value(|kept| (kept.groups, kept.spots) = (Some((groups, sight)), None));
    }

    /// Notes what is to be drawn as a picture.
    pub(super) fn note_spots(self, spots: Vec<Spot>, sight: Sight) {
        self.kept.update_value(|kept| kept.spots = Some((spots, sight)));
    }

    /// What is to be drawn as a picture of what is looked at now.
    pub(super) fn with_spots(self, draw: impl FnOnce(&[Spot], Sight)) {
        self.kept.with_value(|kept| match &kept.spots {
            Some((spots, sight)) if kept.sight == Some(*sight) => draw(spots, *sight),
            _ => {}
        });
    }

    /// One of what was drawn, which may be of a sight that was left a moment ago.
    pub(super) fn group(self, is_it: impl Fn(&Group, Sight) -> bool) -> Option<Group> {
        self.kept.with_value(|kept| {
            let (groups, sight) = kept.groups.as_ref()?;
            groups.iter().find(|group| is_it(group, *sight)).cloned()
        })
    }

    /// A tile, from what is known or from the server.
    pub(super) async fn one(self, address: TileAddress) -> Result<MapTile, ClientError> {
        if let Some(tile) = self.with(|known| find(known, address).map(|known| known.tile.clone())) {
            return Ok(tile);
        }
        let at = Date::now();
        let client = self.kept.with_value(|kept| kept.client.clone());
        let tile = client.tile(address, Stop::new(), false).await?;
        self.keep(Known { address, tile: tile.clone(), at });
        Ok(tile)
    }

    /// Gives up what is asked for and not among these.
    fn turn_to(self, sight: Option<Sight>, wanted: &[TileAddress]) {
        self.kept.update_value(|kept| {
            kept.sight = sight;
            kept.asked.retain(|(address, stop)| {
                let stays = wanted.contains(address);
                if !stays {
                    stop.now();
                }
                stays
            });
        });
    }

    /// Asks for the next of what lies around, once nothing of the screen is on its way.
    fn ask_around(self, sight: Sight) {
        if !self.is_at(sight) || self.failure.with_untracked(Option::is_some) {
            return;
        }
        let screen = sight.screen();
        if self.kept.with_value(|kept| kept.asked.iter().any(|(address, _)| screen.contains(address))) {
            return;
        }
        for address in sight.around() {
            if self.kept.with_value(|kept| kept.asked.len() >= AT_ONCE) {
                return;
            }
            self.ask(address);
        }
    }

    fn ask(self, address: TileAddress) {
        let now = Date::now();
        // A report of this device has come into it since. The browser need not know of that for a while.
        let from = untrack(|| self.sent.own())
            .iter()
            .filter(|own| address.holds(own.at()))
            .filter_map(|own| own.in_tiles_from)
            .fold(0.0, f64::max);
        let asked = self.kept.try_update_value(|kept| {
            let fresh_enough = |known: &Known| now - known.at < FRESH && !(known.at < from && from <= now);
            let known = find(&kept.known, address);
            // What the browser keeps may be what is known already.
            let fresh = known.is_some() || now - from < KEPT_BY_BROWSER;
            let is_asked = kept.asked.iter().any(|(other, _)| *other == address);
            (!known.is_some_and(fresh_enough) && !is_asked).then(|| {
                let stop = Stop::new();
                kept.asked.push((address, stop.clone()));
                (kept.client.clone(), stop, fresh)
            })
        });
        let Some((client, stop, fresh)) = asked.flatten() else { return };
        spawn_local(async move {
            let answer = client.tile(address, stop.clone(), fresh).await;
            let on_screen = self.kept.try_update_value(|kept| {
                let at = kept.asked.iter().position(|(_, other)| other.is(&stop))?;
                kept.asked.swap_remove(at);
                kept.sight.map(|sight| (sight, sight.screen().contains(&address)))
            });
            // Given up: nobody waits for it.
            let Some((sight, on_screen)) = on_screen.flatten() else { return };
            match answer {
                Ok(tile) => {
                    self.keep(Known { address, tile, at: now });
                    self.ask_around(sight);
                }
                Err(error) if on_screen => self.failure.set(Some(error)),
                // The margin is missed by nobody, and the next of it would not come either.
                Err(_) => {}
            }
            // What lies around changes little, and is drawn once it is all there.
            if on_screen || self.kept.with_value(|kept| kept.asked.is_empty()) {
                self.arrivals.update(|count| *count += 1);
            }
        });
    }

    fn keep(self, tile: Known) {
        self.kept.update_value(|kept| {
            kept.known.retain(|other| other.address != tile.address);
            kept.known.push(tile);
            let over = kept.known.len().saturating_sub(MOST);
            kept.known.drain(..over);
        });
    }
}

/// Steps of the world, 2^32 of them, in pixels, 256 * 2^zoom of them.
pub(super) fn pixels(steps: u32, zoom: u8) -> u32 {
    steps >> (24 - zoom)
}

/// What is known of an address.
pub(super) fn find(known: &[Known], address: TileAddress) -> Option<&Known> {
    known.iter().find(|known| known.address == address)
}
