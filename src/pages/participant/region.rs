//! A regency or a city: its years in the movement, where it is, and its reports.

use leptos::prelude::*;
use model::Cohort;

use super::{
    facts::{facts, heading},
    reports::Reports,
};
use crate::{
    client::Participant,
    components::{GeoNames, Icon, chapter, evidence, paragraph, participants_map, source_link},
    map::SpotMap,
    route::View,
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

/// The zoom at which a region is seen with its neighbours.
const AROUND: u8 = 9;
/// The zoom of the map at which it stands apart from its neighbours.
const CLOSE: u8 = 12;

/// All that is known of it.
#[component]
pub(super) fn Region(one: Participant) -> impl IntoView {
    let name = one.name.clone().unwrap_or_else(|| one.id.code.clone());
    let cohorts: Vec<Part> = one.cohorts.iter().map(|cohort| year(cohort, &name)).collect();
    let years = chapter(
        "years",
        Words::participant_years,
        vec![view! { <ol class="cohorts">{cohorts}</ol> }.into_part()],
    );
    let code = one.id.code.clone();
    view! {
        {heading(one.id.kind, name.clone().into())}
        {facts(vec![
            (Words::participant_province, one.province.clone().map(Into::into)),
            (Words::participant_seat, one.seat.clone().map(Into::into)),
            (Words::participant_code, Some(code.clone().into())),
        ])}
        {years}
        {one.place.map(|place| whereabouts(Words::participant_place, place, one.seat.clone().unwrap_or_else(|| name.clone())))}
        <Reports code name />
    }
}

/// A year, how well it is known, and from where.
fn year(cohort: &Cohort, name: &str) -> Part {
    let speech = speech();
    let (grade, means) = evidence(cohort.evidence);
    let published = cohort.name_as_published.clone();
    let published = (published != name)
        .then(|| paragraph("hint", speech.text(move |words| words.participant_published_as(&published))));
    let note = cohort.note.clone().map(|note| paragraph("", speech.text(move |words| words.of(&note))));
    view! {
        <li class="cohort" data-doubtful=cohort.evidence.is_doubtful().to_string()>
            <h3>
                <span class="year">{cohort.year.to_string()}</span>
                " "
                {speech.say(grade)}
            </h3>
            {paragraph("", speech.say(means))}
            {note}
            {published}
            <p>{source_link(&cohort.source)}</p>
        </li>
    }
    .into_part()
}

/// Its seat on a small map, and the way to the large one.
pub(super) fn whereabouts(title: Say, [lat, lng]: [f64; 2], seat: String) -> Part {
    let speech = speech();
    let label = speech.text(move |words| words.participant_small_map(&seat));
    chapter(
        "place",
        title,
        vec![
            view! { <SpotMap lat lng zoom=AROUND label /> }.into_part(),
            view! { <p class="hint">{speech.say(Words::movement_places)}" "<GeoNames /></p> }.into_part(),
            view! {
                <p class="buttons">
                    <a class="button" href=participants_map(Some(View { lat, lng, zoom: CLOSE }))>
                        <Icon name="map" />{speech.say(Words::movement_see_on_map)}
                    </a>
                </p>
            }
            .into_part(),
        ],
    )
}
