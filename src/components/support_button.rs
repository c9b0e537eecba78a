//! "This concerns me too": goes up at once, is taken back with a word when the server refuses.

use leptos::{prelude::*, task::spawn_local};
use model::ReportId;

use super::{Failure, Icon};
use crate::{
    client::{ClientError, client},
    ui::{IntoPart as _, aria, dynamic},
    words::{Words, speech},
};

/// Supports a report, and takes it back when pressed again.
///
/// What is shown is what the visitor wants. Presses while an answer is on its way are not lost: the last one is sent
/// after it.
#[component]
pub(crate) fn SupportButton(id: ReportId, supports: u64, supported: bool) -> impl IntoView {
    let speech = speech();
    let client = client();
    let shown = RwSignal::new((supports, supported));
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);

    let press = Callback::new(move |()| {
        let (count, was) = shown.get_untracked();
        shown.set((if was { count.saturating_sub(1) } else { count + 1 }, !was));
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let client = client.clone();
        spawn_local(async move {
            // What the server is known to have: to that it goes back when it refuses.
            let mut known = (count, was);
            let mut wanted = !was;
            let refused = loop {
                match client.set_support(id, wanted).await {
                    Ok(support) => known = (support.supports, support.supported),
                    Err(error) => break Some(error),
                }
                // Nothing is wanted any more once the page is left.
                let now = shown.try_get_untracked().map_or(wanted, |(_, now)| now);
                if now == wanted {
                    break None;
                }
                wanted = now;
            };
            // Only now: whoever pressed "try again" keeps the button under the finger until then.
            let _ = failure.try_set(refused);
            let _ = shown.try_set(known);
            let _ = busy.try_set(false);
        });
    });
    let is = move || shown.get().1;

    view! {
        <div class="support">
            <p class="support-count" role="status">{speech.text(move |words| words.support_count(shown.get().0))}</p>
            <button type="button" class="button support-button" on:click=move |_| press.run(())
                aria-pressed=aria(is) aria-describedby="support-explain">
                {dynamic(move || Some(view! { <Icon name=if is() { "check" } else { "support" } /> }.into_part()))}
                {speech.text(move |words| {
                    let message = if is() { words.support_added() } else { words.support_add() };
                    message.to_owned()
                })}
            </button>
            <p class="hint" id="support-explain">{speech.text(move |words| {
                let message = if is() { words.support_undo() } else { words.support_explain() };
                message.to_owned()
            })}</p>
            {dynamic(move || failure.get().map(|error| view! {
                <Failure what=Words::support_failed error on_retry=press />
            }.into_part()))}
        </div>
    }
}
