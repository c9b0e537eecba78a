//! Plus and minus, for those who cannot pinch.

use leptos::prelude::*;

use crate::{
    ui::on,
    words::{Words, speech},
};

/// Calls `zoom` with the steps to go: 1 or -1.
#[component]
pub(super) fn ZoomButtons(zoom: Callback<f64>) -> impl IntoView {
    let speech = speech();
    view! {
        <div class="map-zoom">
            <button type="button" aria-label=speech.say(Words::map_zoom_in) on:click=on(move |_| zoom.run(1.0))>
                "+"
            </button>
            <button type="button" aria-label=speech.say(Words::map_zoom_out) on:click=on(move |_| zoom.run(-1.0))>
                "−"
            </button>
        </div>
    }
}
