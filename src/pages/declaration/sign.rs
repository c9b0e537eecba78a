//! Choosing a province and joining.

use leptos::prelude::*;

use super::state::{Slip, State};
use crate::{
    components::{Failure, Icon},
    site::Load,
    ui::{IntoPart as _, Part, aria, dynamic, flag, memo},
    words::{Words, speech},
};

/// The form. What was chosen stays when it could not be sent.
#[component]
pub(super) fn SignForm(state: State) -> impl IntoView {
    let speech = speech();
    // Only their names: another count does not build the list anew under the finger.
    let provinces = memo(move || {
        state.counts.with(|counts| match counts {
            Load::Ready(counts) => {
                counts.provinces.iter().map(|one| (one.code.clone(), one.name.clone())).collect()
            }
            _ => Vec::new(),
        })
    });
    let slip = speech.text(move |words| match state.slip.get() {
        None => String::new(),
        Some(Slip::Unchosen) => words.declaration_choose_needed().to_owned(),
        Some(Slip::Unknown) => words.declaration_unknown().to_owned(),
    });
    let send = Callback::new(move |()| state.sign());
    view! {
        <form class="sign-form" novalidate on:submit=move |event| { event.prevent_default(); send.run(()); }>
            <div class="field">
                <label for="province">{speech.say(Words::declaration_province)}</label>
                <select id="province" required aria-describedby="province-error"
                    aria-invalid=aria(move || state.slip.with(Option::is_some))
                    on:change=move |event| state.choose(event_target_value(&event))>
                    <option value="" selected=flag(move || state.chosen.with(String::is_empty))>
                        {speech.say(Words::declaration_choose)}
                    </option>
                    {dynamic(move || {
                        let options: Vec<Part> =
                            provinces.get().into_iter().map(|(code, name)| option(state, code, name)).collect();
                        Some(options.into_part())
                    })}
                </select>
                <p class="field-error" id="province-error" role="alert">{slip}</p>
            </div>
            {dynamic(move || state.failure.get().map(|error| view! {
                <Failure what=Words::declaration_failed error on_retry=send />
            }.into_part()))}
            <p class="buttons">
                <button type="submit" class="button button-main" aria-disabled=aria(move || state.busy.get())>
                    <Icon name="check" />
                    {speech.text(move |words| {
                        let said = if state.busy.get() { words.declaration_signing() } else { words.declaration_sign() };
                        said.to_owned()
                    })}
                </button>
            </p>
        </form>
    }
}

fn option(state: State, code: String, name: String) -> Part {
    let value = code.clone();
    view! { <option value=value selected=flag(move || state.chosen.with(|chosen| *chosen == code))>{name}</option> }
        .into_part()
}
