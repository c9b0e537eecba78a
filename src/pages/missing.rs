//! An address that is no page of ours.

use leptos::prelude::*;

use crate::{
    components::Icon,
    navigation::navigation,
    route::{Route, Text},
    ui::text,
    words::{Words, speech},
};

/// Says so, with ways on.
#[component]
pub(crate) fn MissingPage() -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    view! {
        <article class="page">
            <h1>{speech.say(Words::missing_title)}</h1>
            <p>{speech.say(Words::missing_text)}" "{speech.say(Words::missing_hint)}</p>
            <ul class="ways-on">
                <li><a class="button button-main" href=text(move || navigation.map().href())><Icon name="map" />{speech.say(Words::app_home)}</a></li>
                <li><a class="button" href=Route::NewReport(None).href()><Icon name="plus" />{speech.say(Words::app_report)}</a></li>
                <li><a class="button" href=Route::Text(Text::About).href()><Icon name="info" />{speech.say(Words::menu_about)}</a></li>
            </ul>
        </article>
    }
}
