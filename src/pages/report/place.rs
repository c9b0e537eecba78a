//! Where it is: on a small map, and in words that stand without it.

use leptos::prelude::*;
use model::{Degrees, Report};

use super::summary;
use crate::{
    components::Icon,
    map::SpotMap,
    route::{Route, View},
    site::site,
    words::{Words, speech},
};

/// The zoom at which a report's surroundings are recognised.
const CLOSE: u8 = 16;

/// The place of a report.
#[component]
pub(super) fn PlaceOf(report: Report) -> impl IntoView {
    let speech = speech();
    let site = site();
    let (lat, lng) = (report.lat, report.lng);
    let on_map = Route::Home(Some(View { lat, lng, zoom: CLOSE })).href();
    let coordinates =
        move |words: Words| words.report_coordinates(&Degrees(lat).to_string(), &Degrees(lng).to_string());
    let (status, address, agency) = (report.status, report.address.clone(), report.agency.clone());
    let of_name = report.clone();
    let government = move || summary::jurisdiction(site, &of_name);
    let in_words = {
        let (address, government) = (address.clone(), government.clone());
        speech.text(move |words| {
            let place = address.clone().or_else(&government).unwrap_or_else(|| coordinates(words));
            words.report_small_map(&place)
        })
    };
    view! {
        <section class="report-place" aria-labelledby="place-title">
            <h2 id="place-title">{speech.say(Words::report_place)}</h2>
            <SpotMap lat lng status label=in_words />
            {address.map(|address| view! { <p class="report-address">{address}</p> })}
            {government().map(|name| view! {
                <p class="hint">{speech.text(move |words| words.report_jurisdiction(&name))}</p>
            })}
            {agency.map(|agency| view! {
                <p class="hint">{speech.text(move |words| words.report_agency(&agency))}</p>
            })}
            <p class="hint">{speech.text(coordinates)}</p>
            <a class="button" href=on_map><Icon name="map" />{speech.say(Words::report_see_on_map)}</a>
        </section>
    }
}
