//! An id that nobody in our tables has.

use leptos::prelude::*;

use crate::{
    components::Icon,
    route::Route,
    words::{Words, speech},
};

/// Says so, and that the list is known not to be whole; leads on.
#[component]
pub(super) fn NotThere() -> impl IntoView {
    let speech = speech();
    view! {
        <h1>{speech.say(Words::participant_missing)}</h1>
        <p>{speech.say(Words::participant_missing_hint)}</p>
        <p class="buttons">
            <a class="button" href=Route::Participants.href()><Icon name="list" />{speech.say(Words::participant_all)}</a>
            <a class="button" href=Route::whole_map().href()><Icon name="map" />{speech.say(Words::app_home)}</a>
        </p>
    }
}
