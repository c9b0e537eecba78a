//! The way to the participants on the map.

use crate::{
    layer::Layer,
    route::{Look, Route, View},
};

/// The address of the map with its layer of participants, at a place or as a whole.
pub(crate) fn participants_map(at: Option<View>) -> String {
    Route::Home(Look { at, layer: Layer::Participants(None), ..Look::default() }).href()
}
