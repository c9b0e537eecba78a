//! Erasing what this device keeps, after a question.

use leptos::{html::Dialog, prelude::*, task::spawn_local};

use super::points;
use crate::{
    client::client,
    components::Icon,
    focus,
    outbox::{self, JustSent},
    route::Route,
    ui::{IntoPart as _, aria, dynamic},
    words::{Words, speech},
};

/// The id of what is said afterwards.
const OUTCOME: &str = "erase-outcome";

/// The button, the question, and afterwards what became of it. The dialog is the browser's own: it keeps the focus
/// inside, closes by Escape and gives the focus back.
#[component]
pub(super) fn Erase() -> impl IntoView {
    let speech = speech();
    let client = StoredValue::new(client());
    let node = NodeRef::<Dialog>::new();
    let erased = RwSignal::new(None::<bool>);
    let busy = RwSignal::new(false);
    let sent = JustSent::get();
    let ask = move || {
        erased.set(None);
        if let Some(dialog) = node.get_untracked() {
            // Only fails for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    };
    let close = move || node.get_untracked().iter().for_each(|dialog| dialog.close());
    let confirm = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let client = client.get_value();
        spawn_local(async move {
            let done = outbox::erase(&client).await.is_ok();
            sent.forget();
            // Whoever has gone on meanwhile is told nothing; it is erased all the same.
            if busy.try_set(false).is_some() {
                return;
            }
            close();
            erased.set(Some(done));
            // The dialog gives the focus back to the button; what became of it stands below, perhaps out of sight.
            focus::once_drawn(OUTCOME);
        });
    };
    view! {
        <div class="text-erase">
            <button type="button" class="button button-danger" aria-haspopup="dialog" on:click=move |_| ask()>
                <Icon name="trash" />{speech.say(Words::erase_open)}
            </button>
            {dynamic(move || erased.get().map(|done| {
                let (class, say): (_, fn(Words) -> _) =
                    if done { ("notice", Words::erase_done) } else { ("failure", Words::erase_remains) };
                view! { <p class=class id=OUTCOME tabindex="-1">{speech.say(say)}</p> }.into_part()
            }))}
            <dialog class="question" node_ref=node aria-labelledby="erase-title" aria-describedby="erase-means">
                <h2 id="erase-title">{speech.say(Words::erase_sure)}</h2>
                <div id="erase-means">
                    {points(vec![
                        Words::erase_draft,
                        Words::erase_private,
                        Words::erase_support,
                        Words::erase_declaration,
                        Words::erase_stays,
                    ])}
                </div>
                <p><a href=Route::Declaration.href()>{speech.say(Words::erase_declaration_link)}</a></p>
                <div class="question-answers">
                    <button type="button" class="button" autofocus=true on:click=move |_| close()>{speech.say(Words::erase_cancel)}</button>
                    <button type="button" class="button button-danger" aria-disabled=aria(move || busy.get()) on:click=move |_| confirm()>
                        {speech.say(Words::erase_confirm)}
                    </button>
                </div>
            </dialog>
        </div>
    }
}
