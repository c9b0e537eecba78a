//! The form: where, what, a look at it all, and send.

mod category;
mod choice;
mod description;
mod discard;
mod errors;
mod line;
mod nearby;
mod photos;
mod place;
mod position;
mod questions;
mod review;
mod shrink;
mod state;
mod steps;
mod who;

use leptos::prelude::*;

use crate::{
    focus,
    navigation::navigation,
    outbox::{Draft, JustSent, UnderWay},
    route::{Route, View},
    ui::{IntoPart as _, dynamic, effect},
    words::{Words, speech},
};
use {
    category::CategoryField,
    description::DescriptionField,
    discard::Discard,
    errors::ErrorSummary,
    photos::PhotosField,
    place::PlaceField,
    questions::Questions,
    review::Review,
    state::{Form, Step},
    who::{ContactFields, VisibilityField},
};

/// The form, at the place that was looked at. What is typed is kept on this device until it has arrived.
#[component]
pub(crate) fn NewReportPage(view: Option<View>) -> impl IntoView {
    let speech = speech();
    let (navigation, just_sent, under_way) = (navigation(), JustSent::get(), UnderWay::get());
    // Whoever left while it was being sent, and comes back meanwhile, waits for the answer with it: the same draft must
    // not be open for changes here and on its way there.
    let waiting = RwSignal::new(untrack(|| under_way.is()));
    effect(move || {
        if !under_way.is() && waiting.get_untracked() {
            match just_sent.unseen() {
                Some(id) => navigation.go(Route::Report(id)),
                None => waiting.set(false),
            }
        }
    });
    let unseen = just_sent.unseen().map(|id| {
        view! {
            <p class="notice" role="status">
                {speech.say(Words::new_sent_before)} " "
                <a href=Route::Report(id).href()>{speech.say(Words::new_see_sent)}</a>
            </p>
        }
    });
    view! {
        <article class="page">
            <h1 id="form-title" tabindex="-1">{speech.say(Words::new_title)}</h1>
            {unseen}
            {dynamic(move || Some(match (waiting.get(), Draft::kept_or_new()) {
                (true, _) => view! { <p class="notice" role="status">{speech.say(Words::new_sending)}</p> }.into_part(),
                (false, Some(draft)) => view! { <ReportForm draft view /> }.into_part(),
                // Without randomness there are no ids, and without ids nothing can be sent exactly once.
                (false, None) => view! { <p class="notice">{speech.say(Words::error_server)}</p> }.into_part(),
            }))}
        </article>
    }
}

#[component]
fn ReportForm(draft: Draft, view: Option<View>) -> impl IntoView {
    let speech = speech();
    let form = Form::new(draft);
    // What is checked is looked at; what is being looked at is sent.
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match form.step.get_untracked() {
            Step::Write(_) => form.review(),
            Step::Review => form.send(),
        }
    };
    effect(move || {
        if !form.summary.with(Vec::is_empty) {
            focus::once_drawn("form-errors");
        }
    });
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorSummary form />
            {dynamic(move || Some(match form.step.get() {
                Step::Write(_) => view! { <Fields form view /> }.into_part(),
                Step::Review => view! { <Review form /> }.into_part(),
            }))}
            <p class="hint">{speech.text(move |words| {
                let note = if form.kept.get() { words.new_draft_kept() } else { words.new_draft_unkept() };
                note.to_owned()
            })}</p>
        </form>
        <Discard form />
    }
}

/// Everything that can be filled in.
#[component]
fn Fields(form: Form, view: Option<View>) -> impl IntoView {
    let speech = speech();
    view! {
        <p class="hint">{speech.say(Words::new_intro)}</p>
        <section class="form-part" aria-labelledby="part-place">
            <h2 id="part-place">{speech.say(Words::new_part_place)}</h2>
            <PlaceField form view />
        </section>
        <section class="form-part" aria-labelledby="part-problem">
            <h2 id="part-problem">{speech.say(Words::new_part_problem)}</h2>
            <CategoryField form />
            <Questions form />
            <DescriptionField form />
        </section>
        <section class="form-part" aria-labelledby="part-photos">
            <h2 id="part-photos">{speech.say(Words::photo_title)}</h2>
            <PhotosField form />
        </section>
        <section class="form-part" aria-labelledby="part-who">
            <h2 id="part-who">{speech.say(Words::new_part_who)}</h2>
            <VisibilityField form />
            <ContactFields form />
        </section>
        <button type="submit" class="button button-main form-send">{speech.say(Words::new_next)}</button>
    }
}
