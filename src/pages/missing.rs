//! An address that is no page of ours.

use leptos::prelude::*;

use crate::{
    route::Route,
    words::{Words, speech},
};

/// Says so and leads back.
#[component]
pub(crate) fn MissingPage() -> impl IntoView {
    let speech = speech();
    view! {
        <article class="page">
            <h1>{speech.say(Words::missing_title)}</h1>
            <p>{speech.say(Words::missing_text)}</p>
            <p><a class="button" href=Route::whole_map().href()>{speech.say(Words::report_back)}</a></p>
        </article>
    }
}
