//! The participants on a map: a half of its own beside the reports, which comes with its own part.

use leptos::prelude::*;

use super::{
    ground::Ground,
    marks::{Mark, Marks},
};
use crate::ui::effect;

/// Draws marks on a map, as long as what it was called from lives. `on_press` is told the key of the one that is pressed.
pub(crate) fn show_participants(ground: Ground, marks: Memo<Vec<Mark>>, on_press: Callback<String>) {
    // They go with the effect.
    let mut standing = None::<Marks>;
    effect(move || {
        ground.moves.track();
        let marks = marks.get();
        ground.map.with_value(|map| {
            if standing.is_none() {
                standing = map.as_ref().and_then(|map| Marks::new(map.handle.leaflet(), on_press));
            }
            standing.iter().for_each(|standing| standing.show(&marks));
        });
    });
}
