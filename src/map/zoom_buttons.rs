//! Plus and minus, for those who cannot pinch.

use leptos::prelude::*;

use crate::{
    ui::{on, soon},
    words::{Words, speech},
};

/// Calls `zoom` with the steps to go: 1 or -1.
#[component]
pub(super) fn ZoomButtons(zoom: Callback<f64>) -> impl IntoView {
    let speech = speech();
    // A closer look takes a slow phone longer than a press should: it begins once the press was seen.
    let press = move |steps| on(move |_| soon(move || zoom.try_run(steps).unwrap_or_default()));
    view! {
        <div class="map-zoom">
            <button type="button" aria-label=speech.say(Words::map_zoom_in) on:click=press(1.0)>
                "+"
            </button>
            <button type="button" aria-label=speech.say(Words::map_zoom_out) on:click=press(-1.0)>
                "−"
            </button>
        </div>
    }
}
