//! The way to the participants on the map.

use crate::route::{Route, View};

/// The address of the map with its layer of participants, at a place or as a whole.
pub(crate) fn participants_map(at: Option<View>) -> String {
    let map = at.map_or_else(Route::whole_map, Route::map_at).href();
    let between = if map.contains('?') { "&" } else { "?" };
    format!("{map}{between}layer=participants")
}
