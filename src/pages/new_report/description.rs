//! What the citizen tells, and how much room is left.

use leptos::prelude::*;

use super::{
    errors::has_error,
    line::{FieldProblem, Required},
    state::Form,
};
use crate::{
    format,
    ui::aria,
    words::{Words, speech},
};

/// When this many characters are left it is said aloud, and again at each of the lower ones: not with every letter.
const TOLD_AT: [usize; 5] = [10, 20, 50, 100, 200];

#[component]
pub(super) fn DescriptionField(form: Form) -> impl IntoView {
    let speech = speech();
    let used = Memo::new(move |_| form.draft.with(|draft| draft.description.trim().chars().count()));
    let max = move || form.site.limits().description;
    let length = speech.text(move |words| {
        let number = |n: usize| format::number(words, n as u64);
        words.new_length(&number(used.get()), &number(max()))
    });
    let step = Memo::new(move |_| {
        let left = max().checked_sub(used.get());
        left.map(|left| TOLD_AT.into_iter().find(|step| left <= *step))
    });
    let told = speech.text(move |words| match step.get() {
        None => words.new_description_over().to_owned(),
        Some(Some(left)) => words.new_description_left(left as u64),
        Some(None) => String::new(),
    });
    view! {
        <div class="field">
            <label for="description">{speech.say(Words::new_description)} <Required required=true /></label>
            <p class="hint" id="description-hint">{speech.say(Words::new_description_hint)}</p>
            <textarea id="description" rows="5" aria-describedby="description-hint description-error"
                aria-required="true" aria-invalid=aria(move || has_error(form, "description"))
                prop:value=form.draft.with_untracked(|draft| draft.description.clone())
                on:input=move |event| form.draft.update(|draft| draft.description = event_target_value(&event))></textarea>
            <p class="length hint" data-over=aria(move || step.get().is_none())>{length}</p>
            <p class="unseen" role="status">{told}</p>
            <FieldProblem form field="description" id="description-error" />
        </div>
    }
}
