//! What Warga is.

use leptos::prelude::*;
use model::Status;

use super::{Say, heading, lead, paragraph};
use crate::{
    components::{GeoNames, StatusBadge},
    settings::settings,
    ui::{IntoPart as _, Part},
    words::{Words, speech},
};

pub(super) fn parts() -> Vec<Part> {
    vec![
        lead(Words::about_lead),
        paragraph(Words::about_no_account),
        view! { <p class="notice">{speech().say(Words::about_emergency)}</p> }.into_part(),
        heading(Words::about_journey),
        journey(),
        paragraph(Words::about_closed),
        heading(Words::about_answer),
        paragraph(Words::about_answer_text),
        heading(Words::about_open_source),
        paragraph(Words::about_open_source_text),
        heading(Words::about_sources),
        sources(),
    ]
}

/// What each status means, in the order a report has them.
fn journey() -> Part {
    let speech = speech();
    let steps: [(Status, Say); 4] = [
        (Status::Received, Words::about_received),
        (Status::Verified, Words::about_verified),
        (Status::InProgress, Words::about_in_progress),
        (Status::Resolved, Words::about_resolved),
    ];
    let steps: Vec<Part> = steps
        .into_iter()
        .map(|(status, say)| view! { <li><StatusBadge status /><p>{speech.say(say)}</p></li> }.into_part())
        .collect();
    view! { <ol class="text-journey">{steps}</ol> }.into_part()
}

/// Whose data is shown here. The street map is the one that this site has chosen.
fn sources() -> Part {
    let speech = speech();
    let settings = settings();
    let streets = settings.tiles.map(|tiles| {
        view! {
            <li>
                {speech.say(Words::about_source_streets)}
                " "
                <a href=tiles.attribution_url>{tiles.attribution}</a>
            </li>
        }
    });
    view! {
        <ul class="text-points">
            {streets}
            <li>{speech.say(Words::about_source_land)}</li>
            <li>{speech.say(Words::about_source_participants)}</li>
            <li>{speech.say(Words::about_source_places)}" "<GeoNames /></li>
            <li>{speech.say(Words::about_source_reports)}</li>
        </ul>
    }
    .into_part()
}
