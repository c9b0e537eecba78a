//! A field of the form with everything that belongs to it: its name, a hint, what is wrong.

use leptos::prelude::*;

use super::{errors, state::Form};
use crate::{
    ui::{IntoPart as _, aria, flag},
    words::{Words, speech},
};

/// What a field is filled in with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// One line.
    Text,
    /// Several lines.
    Lines,
    /// Digits; as text, because a browser gives away what it does not take for a number.
    Number,
    /// A person's name.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
}

impl Kind {
    /// `type`, `inputmode` and `autocomplete`.
    fn attributes(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Text | Self::Lines => ("text", "text", "off"),
            Self::Number => ("text", "decimal", "off"),
            Self::Name => ("text", "text", "name"),
            Self::Email => ("email", "email", "email"),
            Self::Phone => ("tel", "tel", "tel"),
        }
    }
}

/// A field to be typed into. It begins with `value` and then keeps what the citizen types by itself.
#[component]
pub(super) fn Line(
    form: Form,
    /// The id of what is typed into.
    #[prop(into)]
    id: String,
    /// Its name in what is sent.
    #[prop(into)]
    field: String,
    kind: Kind,
    #[prop(into)] label: Signal<String>,
    /// How to fill it in.
    #[prop(into)]
    hint: Signal<String>,
    value: String,
    on_input: Callback<String>,
    #[prop(into)] required: Signal<bool>,
) -> impl IntoView {
    let described_by = format!("{id}-hint {id}-error");
    let wrong = {
        let field = field.clone();
        aria(move || errors::has_error(form, &field))
    };
    let typed = move |event: web_sys::Event| on_input.run(event_target_value(&event));
    let (kind_name, mode, autocomplete) = kind.attributes();
    let input = if kind == Kind::Lines {
        view! {
            <textarea id=id.clone() rows="3" prop:value=value aria-describedby=described_by aria-invalid=wrong
                aria-required=aria(move || required.get()) on:input=typed></textarea>
        }
        .into_part()
    } else {
        view! {
            <input id=id.clone() type=kind_name inputmode=mode autocomplete=autocomplete prop:value=value
                aria-describedby=described_by aria-invalid=wrong aria-required=aria(move || required.get())
                on:input=typed />
        }
        .into_part()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label} <Required required /></label>
            <p class="hint" id=format!("{id}-hint") hidden=flag(move || hint.with(String::is_empty))>{hint}</p>
            {input}
            <FieldProblem form field id=format!("{id}-error") />
        </div>
    }
}

/// Says that a field must be filled in.
#[component]
pub(super) fn Required(#[prop(into)] required: Signal<bool>) -> impl IntoView {
    let speech = speech();
    view! { <span class="required" hidden=flag(move || !required.get())>{speech.say(Words::new_required)}</span> }
}

/// What is wrong with a field, beside it.
#[component]
pub(super) fn FieldProblem(
    form: Form,
    #[prop(into)] field: String,
    #[prop(into)] id: String,
) -> impl IntoView {
    let speech = speech();
    let text = speech.text(move |words| {
        let found = form.errors.with(|all| all.iter().find(|error| errors::concerns(error, &field)).cloned());
        found.map(|error| errors::problem(words, &error).to_owned()).unwrap_or_default()
    });
    view! { <p class="field-error" id=id>{text}</p> }
}
