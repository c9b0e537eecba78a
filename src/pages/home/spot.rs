//! The reports of one spot, which no closer look parts: what stands above their list.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::listing::Listing;
use crate::{
    components::{Coming, Icon},
    focus,
    ui::{IntoPart as _, Part, dynamic, on},
    words::{Words, speech},
};

/// The id of what stands above the list.
const SPOT: &str = "spot";

/// Asks for what stands above the list.
pub(super) fn coming(listing: Listing) -> Coming {
    Box::pin(spot(listing))
}

#[wasm_split(panels, fallible)]
fn spot(listing: Listing) -> Result<Part, SplitLoaderError> {
    // Begun where it is shown: only there can it have the focus.
    Ok(dynamic(move || Some(view! { <Spot listing /> }.into_part())).into_part())
}

/// How many they are, and the way back to all of them.
#[component]
fn Spot(listing: Listing) -> impl IntoView {
    let speech = speech();
    if listing.to_spot.try_update_value(std::mem::take) == Some(true) {
        focus::once_drawn(SPOT);
    }
    let told = speech.text(move |words| {
        let narrowed = listing.narrowed.get();
        narrowed.map(|narrowed| words.home_on_spot(&words.map_reports(narrowed.reports))).unwrap_or_default()
    });
    view! {
        <div class="spot">
            <h3 id=SPOT tabindex="-1">{told}</h3>
            <button type="button" class="button" on:click=on(move |_| listing.widen())>
                <Icon name="close" />{speech.say(Words::home_spot_close)}
            </button>
        </div>
    }
}
