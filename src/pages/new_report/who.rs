//! Who may see the report, and how its reporter is reached.

use leptos::prelude::*;
use model::Visibility;

use super::{
    choice::{Choice, Of},
    line::{Kind, Line},
    state::Form,
};
use crate::{
    ui::{IntoPart as _, dynamic, flag},
    words::{Words, speech},
};

/// A message.
type Say = fn(Words) -> &'static str;

/// The words of a visibility: its name, a sentence about it, its symbol.
pub(super) fn words_of(visibility: Visibility) -> (Say, Say, &'static str) {
    match visibility {
        Visibility::Anonymous => (Words::new_anonymous, Words::new_anonymous_hint, "mask"),
        Visibility::Public => (Words::new_named, Words::new_named_hint, "person"),
        Visibility::Private => (Words::new_private, Words::new_private_hint, "lock"),
    }
}

#[component]
pub(super) fn VisibilityField(form: Form) -> impl IntoView {
    let speech = speech();
    let one = |visibility: Visibility| {
        let (name, hint, icon) = words_of(visibility);
        view! {
            <Choice of=Of::One group="visibility" value=visibility.as_str() icon label=speech.say(name)
                hint=speech.say(hint) chosen=flag(move || form.draft.with(|draft| draft.visibility == visibility))
                on_choose=Callback::new(move |_| form.draft.update(|draft| draft.visibility = visibility)) />
        }
    };
    let named = Memo::new(move |_| form.draft.with(|draft| draft.visibility == Visibility::Public));
    view! {
        <fieldset class="field" id="visibility" tabindex="-1">
            <legend class="label">{speech.say(Words::new_visibility)}</legend>
            <div class="stack">
                {[Visibility::Anonymous, Visibility::Public, Visibility::Private].map(one).into_iter().collect_view()}
            </div>
        </fieldset>
        {dynamic(move || named.get().then(|| view! {
            <Line form id="name" field="name" kind=Kind::Name label=speech.say(Words::new_name) hint=Signal::stored(String::new())
                value=form.draft.with_untracked(|draft| draft.name.clone()) required=true
                on_input=Callback::new(move |text| form.draft.update(|draft| draft.name = text)) />
        }.into_part()))}
    }
}

#[component]
pub(super) fn ContactFields(form: Form) -> impl IntoView {
    let speech = speech();
    let none = Signal::stored(String::new());
    let (email, phone) = form.draft.with_untracked(|draft| (draft.email.clone(), draft.phone.clone()));
    view! {
        <fieldset class="field" aria-describedby="contact-hint">
            <legend class="label">{speech.say(Words::new_contact)}</legend>
            <p class="hint" id="contact-hint">{speech.say(Words::new_contact_hint)}</p>
            <div class="contact">
                <Line form id="email" field="contact.email" kind=Kind::Email label=speech.say(Words::new_email)
                    hint=none value=email required=false
                    on_input=Callback::new(move |text| form.draft.update(|draft| draft.email = text)) />
                <Line form id="phone" field="contact.phone" kind=Kind::Phone label=speech.say(Words::new_phone)
                    hint=none value=phone required=false
                    on_input=Callback::new(move |text| form.draft.update(|draft| draft.phone = text)) />
            </div>
        </fieldset>
    }
}
