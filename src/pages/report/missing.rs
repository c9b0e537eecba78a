//! A report that is not there, or not for this device.

use leptos::prelude::*;

use crate::{
    components::Icon,
    navigation::navigation,
    route::Route,
    ui::text,
    words::{Words, speech},
};

/// Says what may be the reason (the server tells nobody which) and leads on.
#[component]
pub(super) fn NotThere() -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    view! {
        <div class="report-missing">
            <h1>{speech.say(Words::report_missing)}</h1>
            <p>{speech.say(Words::report_missing_hint)}</p>
            <ul>
                <li>{speech.say(Words::report_missing_link)}</li>
                <li>{speech.say(Words::report_missing_withdrawn)}</li>
                <li>{speech.say(Words::report_missing_private)}</li>
            </ul>
            <p class="buttons">
                <a class="button" href=text(move || navigation.map().href())>
                    <Icon name="map" />{speech.say(Words::report_missing_map)}
                </a>
                <a class="button" href=Route::NewReport(None).href()>
                    <Icon name="plus" />{speech.say(Words::app_report)}
                </a>
            </p>
        </div>
    }
}
