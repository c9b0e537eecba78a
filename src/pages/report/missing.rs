//! A report that is not there, or not for this device.

use leptos::prelude::*;

use super::pieces::way;
use crate::{
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
                {way("button", "map", speech.say(Words::report_missing_map), text(move || navigation.map().href()))}
                {way("button", "plus", speech.say(Words::app_report), Route::NewReport(None).href().into())}
            </p>
        </div>
    }
}
