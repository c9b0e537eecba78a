//! Everything as it will be sent, before it is.

use leptos::prelude::*;
use model::{AttributeDatatype as Datatype, AttributeValue, Submission, Timestamp};

use super::{
    nearby::Nearby,
    photos::pictures,
    place,
    state::{Form, Trouble},
    who::words_of,
};
use crate::{
    components::{Failure, Icon},
    format,
    outbox::Draft,
    ui::{IntoPart as _, Part, aria, dynamic, flag},
    words::{Words, speech},
};

#[component]
pub(super) fn Review(form: Form) -> impl IntoView {
    let speech = speech();
    let sealed = Memo::new(move |_| form.draft.with(Draft::is_sealed));
    // The button stands where another one may have been: its second press is not meant for this one.
    let once = |event: web_sys::MouseEvent| {
        if event.detail() > 1 {
            event.prevent_default();
        }
    };
    let name = speech.text(move |words| match (form.sending.get(), form.photo_up.get()) {
        (false, _) => words.new_send().to_owned(),
        (true, 0) => words.new_sending().to_owned(),
        (true, photo) => {
            let number = |n: usize| format::number(words, n as u64);
            words.photo_sending(&number(photo), &number(form.shots.with(Vec::len)))
        }
    });
    let progress = speech.text(move |_| if form.sending.get() { name.get() } else { String::new() });
    view! {
        <div class="review-head">
            <h2 id="review-title" tabindex="-1">{speech.say(Words::review_title)}</h2>
            <p class="hint">{speech.say(Words::review_hint)}</p>
        </div>
        {dynamic(move || form.letter().ok().map(|letter| view! { <Letter form letter /> }.into_part()))}
        <Nearby form />
        {dynamic(move || form.trouble.get().map(|trouble| {
            let on_retry = Callback::new(move |()| form.send());
            match trouble {
                Trouble::Report(error) => view! { <Failure what=Words::new_not_sent error on_retry /> }.into_part(),
                Trouble::Photo(error) => view! { <Failure what=Words::photo_not_sent error on_retry /> }.into_part(),
                Trouble::Taken => view! {
                    <p class="notice" role="alert">{speech.say(Words::new_conflict)}</p>
                }.into_part(),
            }
        }))}
        <p class="notice" hidden=flag(move || !sealed.get() || form.sending.get())>
            {speech.say(Words::new_try_again)}
        </p>
        <p class="unseen" role="status">{progress}</p>
        <button type="button" class="button form-send" hidden=flag(move || form.draft.with(Draft::is_sealed) || form.sending.get())
            on:click=move |_| form.edit("form-title")>
            {speech.say(Words::new_back_to_edit)}
        </button>
        <button type="submit" class="button button-main form-send" on:click=once aria-disabled=aria(move || form.sending.get())>
            <Icon name="send" />{name}
        </button>
    }
}

/// The letter, part by part.
#[component]
fn Letter(form: Form, letter: Submission) -> impl IntoView {
    let speech = speech();
    let words = speech.words();
    let missing = move || view! { <p class="hint">{words.review_none()}</p> }.into_part();
    let (by_words, accuracy) = form.draft.with(|draft| (draft.by_words, draft.accuracy));
    let place_id = if by_words { "jurisdiction" } else { "place" };
    let pin = (!by_words).then(|| place::in_words(words, [letter.lat, letter.lng], accuracy));
    let answers = answers(form, words, &letter);
    let (visibility, explained, icon) = words_of(letter.visibility);
    let contact = letter.contact.unwrap_or_default();
    let reached: Vec<String> = contact.email.into_iter().chain(contact.phone).collect();
    let photos = if letter.photos.is_empty() {
        missing()
    } else {
        view! { <div class="photos">{dynamic(move || Some(pictures(form, None)))}</div> }.into_part()
    };
    view! {
        <div class="review">
            <Reviewed form name=Words::new_part_place id=place_id>
                {letter.address.map(|address| view! { <p>{address}</p> })}
                {pin.map(|pin| view! { <p class="hint">{pin}</p> })}
            </Reviewed>
            <Reviewed form name=Words::new_category id="category">
                <p class="review-category">
                    <Icon name=format!("cat-{}", letter.category) />
                    {words.category(&form.site.categories(), &letter.category)}
                </p>
                {answers}
            </Reviewed>
            <Reviewed form name=Words::new_description id="description"><p class="report-text">{letter.description}</p></Reviewed>
            <Reviewed form name=Words::photo_title id="photos">{photos}</Reviewed>
            <Reviewed form name=Words::new_visibility id="visibility">
                <p class="review-category"><Icon name=icon />{visibility(words)}{letter.name.map(|name| format!(": {name}"))}</p>
                <p class="hint">{explained(words)}</p>
            </Reviewed>
            <Reviewed form name=Words::review_contact id="email">
                {if reached.is_empty() { missing() } else { view! { <p>{reached.join(" · ")}</p> }.into_part() }}
            </Reviewed>
        </div>
    }
}

/// A part with the way back to its field.
#[component]
fn Reviewed(
    form: Form,
    name: fn(Words) -> &'static str,
    id: &'static str,
    children: Children,
) -> impl IntoView {
    let speech = speech();
    let fixed = flag(move || form.sending.get() || form.draft.with(Draft::is_sealed));
    view! {
        <section class="reviewed">
            <h3>{speech.say(name)}</h3>
            <button type="button" class="quiet" hidden=fixed on:click=move |_| form.edit(id)
                aria-label=speech.text(move |words| format!("{}: {}", words.review_edit(), name(words)))>
                {speech.say(Words::review_edit)}
            </button>
            <div class="reviewed-text">{children()}</div>
        </section>
    }
}

/// The questions that were answered, with the answers as they are read.
fn answers(form: Form, words: Words, letter: &Submission) -> Part {
    let category = form.site.categories().into_iter().find(|category| category.code == letter.category);
    let questions = category.map(|category| category.attributes).unwrap_or_default();
    let rows = questions.into_iter().filter_map(|question| {
        let named = |key: &String| {
            let value = question.values.iter().find(|value| value.key == *key);
            value.map_or_else(|| key.clone(), |value| words.of(&value.name))
        };
        let said = match letter.attributes.get(&question.code)? {
            AttributeValue::Text(text) if question.datatype == Datatype::Datetime => {
                text.parse::<Timestamp>().map_or_else(|_| text.clone(), |at| format::date_time(words, at))
            }
            AttributeValue::Text(text) => named(text),
            AttributeValue::Keys(keys) => keys.iter().map(named).collect::<Vec<_>>().join(", "),
            AttributeValue::Number(number) => format::decimal(words, *number),
        };
        Some(view! { <div><dt>{words.of(&question.description)}</dt><dd>{said}</dd></div> })
    });
    view! { <dl class="answers">{rows.collect_view()}</dl> }.into_part()
}
