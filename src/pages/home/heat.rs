//! How dense the reports lie: a picture on the map in place of the clusters. Comes with a part of its own.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{
    density::{COARSE, raster},
    listing::Listing,
};
use crate::{
    components::Coming,
    map::{Canvas, Ground},
    ui::{IntoPart as _, Part, dynamic, effect},
    words::{Words, speech},
};

/// Asks for the picture and its legend.
pub(super) fn coming(listing: Listing, ground: Ground) -> Coming {
    Box::pin(heat(listing, ground))
}

#[wasm_split(panels, fallible)]
fn heat(listing: Listing, ground: Ground) -> Result<Part, SplitLoaderError> {
    // Begun where it is shown: of a part that comes when nobody waits for it any more, nothing is drawn on the map.
    Ok(dynamic(move || Some(view! { <Heat listing ground /> }.into_part())).into_part())
}

#[component]
fn Heat(listing: Listing, ground: Ground) -> impl IntoView {
    let speech = speech();
    // It goes with the effect.
    let mut canvas = None::<Canvas>;
    effect(move || {
        listing.drawn.track();
        if canvas.is_none() {
            canvas = Canvas::new(ground);
        }
        listing.tiles.with_spots(|spots, sight| {
            let picture = raster(spots, sight.frame, sight.size());
            let size = [picture.width, picture.height];
            canvas.iter().for_each(|canvas| canvas.draw(sight.frame.from, size, &picture.rgba, COARSE));
        });
    });
    view! {
        <p class="heat-legend notice">
            <span>{speech.say(Words::map_heat_thin)}</span>
            <span class="heat-ramp" aria-hidden="true"></span>
            <span>{speech.say(Words::map_heat_dense)}</span>
        </p>
    }
}
