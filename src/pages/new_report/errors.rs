//! What is to be mended: all of it in one place, each leading to its field, and the words for it.

use leptos::prelude::*;
use model::{FieldCode, FieldError};

use super::state::Form;
use crate::{
    focus,
    ui::{IntoPart as _, dynamic, flag},
    words::{Words, speech},
};

/// Everything that is to be mended. Announced, and takes the focus.
#[component]
pub(super) fn ErrorSummary(form: Form) -> impl IntoView {
    let speech = speech();
    let line = move |error: FieldError| {
        let id = id_of(&error.field);
        let target = id.clone();
        let jump = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            focus::on(&target);
        };
        view! {
            <li><a href=format!("#{id}") on:click=jump>
                {speech.text(move |words| format!("{} – {}", name(form, words, &error.field), problem(words, &error)))}
            </a></li>
        }
    };
    view! {
        <div class="failure" role="alert" id="form-errors" tabindex="-1"
            hidden=flag(move || form.summary.with(Vec::is_empty))>
            <p><strong>{speech.say(Words::new_fix)}</strong></p>
            <ul>{dynamic(move || Some(form.summary.get().into_iter().map(line).collect_view().into_part()))}</ul>
        </div>
    }
}

pub(super) fn has_error(form: Form, field: &str) -> bool {
    form.errors.with(|errors| errors.iter().any(|error| concerns(error, field)))
}

/// The place is one field to the citizen and two to the API; its photos are one to the citizen.
pub(super) fn concerns(error: &FieldError, field: &str) -> bool {
    let said = error.field.as_str();
    said == field
        || (field == "place" && matches!(said, "lat" | "lng"))
        || (field == "photos" && said.starts_with("photos["))
}

/// The id of what the citizen can change.
fn id_of(field: &str) -> String {
    match field {
        "lat" | "lng" => "place".to_owned(),
        "contact.email" => "email".to_owned(),
        "contact.phone" => "phone".to_owned(),
        "category" | "description" | "address" | "jurisdiction" | "name" => field.to_owned(),
        _ if field.starts_with("photos") => "photos".to_owned(),
        _ => match field.strip_prefix("attributes.") {
            Some(question) => format!("answer-{question}"),
            // Nothing of the form's own: a clock, a secret.
            None => "form-title".to_owned(),
        },
    }
}

/// A field's name for people.
fn name(form: Form, words: Words, field: &str) -> String {
    let name = match field {
        "lat" | "lng" => words.new_place(),
        "category" => words.new_category(),
        "description" => words.new_description(),
        "address" => words.new_address(),
        "jurisdiction" => words.new_jurisdiction(),
        "name" => words.new_name(),
        "contact.email" => words.new_email(),
        "contact.phone" => words.new_phone(),
        _ if field.starts_with("photos") => words.photo_title(),
        _ => {
            let code = field.strip_prefix("attributes.");
            let category = form.category();
            let question = category.iter().flat_map(|it| &it.attributes).find(|it| Some(&*it.code) == code);
            return question.map_or_else(|| words.new_title().to_owned(), |it| words.of(&it.description));
        }
    };
    name.to_owned()
}

/// What is wrong with a field, in the words of this form where the general ones would leave the citizen alone.
pub(super) fn problem(words: Words, error: &FieldError) -> &'static str {
    match (error.field.as_str(), error.code) {
        ("lat" | "lng", _) => words.new_place_needed(),
        ("category", FieldCode::Blank) => words.new_category_needed(),
        ("jurisdiction", FieldCode::Blank) => words.new_jurisdiction_needed(),
        ("contact.email", FieldCode::Malformed) => words.new_email_wrong(),
        ("contact.phone", FieldCode::Malformed) => words.new_phone_wrong(),
        // Every other kind of answer is of its type by the way it is chosen.
        (_, FieldCode::WrongType) => words.new_answer_number(),
        (_, code) => words.field(code),
    }
}
