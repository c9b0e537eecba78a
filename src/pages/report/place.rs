//! Where it is: on a small map, and in words that stand without it.

use leptos::prelude::*;
use model::{Degrees, Report};

use super::{
    pieces::{heading, paragraph, way},
    summary,
};
use crate::{
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
    let on_map = Route::map_at(View { lat, lng, zoom: CLOSE }).href();
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
            {heading("place-title", speech.say(Words::report_place))}
            <SpotMap lat lng status label=in_words />
            {address.map(|address| paragraph("report-address", address.into()))}
            {government().map(|name| {
                paragraph("hint", speech.text(move |words| words.report_jurisdiction(&name)))
            })}
            {agency.map(|agency| paragraph("hint", speech.text(move |words| words.report_agency(&agency))))}
            {paragraph("hint", speech.text(coordinates))}
            {way("button", "map", speech.say(Words::report_see_on_map), on_map.into())}
        </section>
    }
}
