//! A status, by word, colour and shape.

use leptos::prelude::*;
use model::Status;

use crate::words::speech;

/// The word of a status beside its shape; the shape is for the eye only.
#[component]
pub(crate) fn StatusBadge(status: Status) -> impl IntoView {
    let speech = speech();
    view! {
        <span class="badge" data-status=status.as_str()>
            <span class="shape" aria-hidden="true"></span>
            {speech.text(move |words| words.status(status).to_owned())}
        </span>
    }
}
