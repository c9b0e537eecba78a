//! The word that there is no network.

use leptos::{ev, prelude::*};

use super::Icon;
use crate::{
    outbox,
    ui::{IntoPart as _, dynamic},
    words::{Words, speech},
};

/// Stands over the page, so that nothing on it moves, as long as the browser is offline or until it is closed.
#[component]
pub(super) fn Offline() -> impl IntoView {
    let speech = speech();
    let shown = RwSignal::new(!window().navigator().on_line());
    // Both live as long as the page does.
    window_event_listener(ev::offline, move |_| shown.set(true));
    window_event_listener(ev::online, move |_| shown.set(false));
    view! {
        <div class="offline" role="status">
            {dynamic(move || shown.get().then(|| view! {
                <p>
                    <strong>{speech.say(Words::offline_now)}</strong>
                    " "
                    {outbox::keeps().then(|| speech.say(Words::offline_kept))}
                </p>
                <button type="button" aria-label=speech.say(Words::offline_close) on:click=move |_| shown.set(false)>
                    <Icon name="close" />
                </button>
            }.into_part()))}
        </div>
    }
}
