//! The way out: what was entered is deleted from this device, after a question.

use leptos::prelude::*;

use super::state::{Form, Step};
use crate::{
    components::Icon,
    focus,
    outbox::Draft,
    ui::{IntoPart as _, dynamic, flag},
    words::{Words, speech},
};

#[component]
pub(super) fn Discard(form: Form) -> impl IntoView {
    let speech = speech();
    let asking = RwSignal::new(false);
    let done = RwSignal::new(false);
    let ask = move |_| {
        done.set(false);
        asking.set(true);
        focus::once_drawn("discard-no");
    };
    let cancel = move |_| {
        asking.set(false);
        focus::once_drawn("discard");
    };
    let discard = move |_| {
        asking.set(false);
        form.discard(done);
        focus::once_drawn("form-title");
    };
    let question = speech.text(move |words| {
        let sealed = form.draft.with(Draft::is_sealed);
        (if sealed { words.new_discard_sealed() } else { words.new_discard_ask() }).to_owned()
    });
    let told = speech.text(move |words| {
        let is_new = done.get() && matches!(form.step.get(), Step::Write(_));
        (if is_new { words.new_discarded() } else { "" }).to_owned()
    });
    view! {
        <div class="discard">
            <button type="button" class="quiet" id="discard" on:click=ask
                hidden=flag(move || asking.get() || form.sending.get())>
                <Icon name="trash" />{speech.say(Words::new_discard)}
            </button>
            {dynamic(move || (asking.get() && !form.sending.get()).then(|| view! {
                <div class="failure" role="group" aria-labelledby="discard-question">
                    <p id="discard-question">{question}</p>
                    <div class="buttons">
                        <button type="button" class="button button-danger" on:click=discard>{speech.say(Words::new_discard_yes)}</button>
                        <button type="button" class="button" id="discard-no" on:click=cancel>{speech.say(Words::new_discard_no)}</button>
                    </div>
                </div>
            }.into_part()))}
            <p class="hint" role="status">{told}</p>
        </div>
    }
}
