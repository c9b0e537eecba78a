//! While a report is on its way.

use leptos::prelude::*;

use crate::words::{Words, speech};

/// Grey shapes where the report will stand, as high as a screen, so that what stands below never jumps.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let speech = speech();
    view! {
        <div class="report-waiting">
            <h1 class="unseen">{speech.say(Words::report_title)}</h1>
            <p class="unseen" role="status">{speech.say(Words::report_loading)}</p>
            <span class="bone bone-short"></span>
            <span class="bone bone-title"></span>
            <span class="bone bone-short"></span>
            <span class="bone bone-block"></span>
            <span class="bone"></span>
            <span class="bone"></span>
            <span class="bone bone-block"></span>
        </div>
    }
}
