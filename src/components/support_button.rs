//! "This concerns me too": goes up at once, is taken back with a word when the server refuses.

use leptos::{prelude::*, task::spawn_local};
use model::ReportId;

use super::Failure;
use crate::{
    client::{ClientError, client},
    ui::{IntoPart as _, aria, dynamic},
    words::{Words, speech},
};

/// Supports a report, and takes it back when pressed again.
#[component]
pub(crate) fn SupportButton(id: ReportId, supports: u64, supported: bool) -> impl IntoView {
    let speech = speech();
    let client = StoredValue::new(client());
    let shown = RwSignal::new((supports, supported));
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);

    let press = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (count, was) = shown.get_untracked();
        shown.set((if was { count.saturating_sub(1) } else { count + 1 }, !was));
        spawn_local(async move {
            match client.get_value().set_support(id, !was).await {
                Ok(support) => {
                    // Only now: whoever pressed "try again" keeps the button under the finger until then.
                    failure.set(None);
                    shown.set((support.supports, support.supported));
                }
                Err(error) => {
                    shown.set((count, was));
                    failure.set(Some(error));
                }
            }
            busy.set(false);
        });
    };

    view! {
        <div class="support">
            <button type="button" class="button support-button" on:click=move |_| press()
                aria-pressed=aria(move || shown.get().1) aria-describedby="support-explain">
                <span class="support-mark" aria-hidden="true"></span>
                {speech.text(move |words| {
                    let message = if shown.get().1 { words.support_added() } else { words.support_add() };
                    message.to_owned()
                })}
            </button>
            <p class="support-count" aria-live="polite">{speech.text(move |words| words.support_count(shown.get().0))}</p>
            <p class="hint" id="support-explain">{speech.say(Words::support_explain)}</p>
            {dynamic(move || failure.get().map(|error| view! {
                <Failure what=Words::support_failed error on_retry=Callback::new(move |()| press()) />
            }.into_part()))}
        </div>
    }
}
