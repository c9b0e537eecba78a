//! A region's reports in numbers.

use leptos::prelude::*;
use model::{Dimension, Statistics, Status};

use crate::{
    components::{Bar, bars, hundredths, paragraph},
    format,
    site::site,
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

/// The six dimensions of the Smart City Movement, in its own order, as people read them.
const DIMENSIONS: [(Dimension, Say); 6] = [
    (Dimension::Governance, Words::participant_governance),
    (Dimension::Branding, Words::participant_branding),
    (Dimension::Economy, Words::participant_economy),
    (Dimension::Living, Words::participant_living),
    (Dimension::Society, Words::participant_society),
    (Dimension::Environment, Words::participant_environment),
];

pub(super) fn parts(counted: &Statistics) -> Vec<Part> {
    let speech = speech();
    let all = counted.reports;
    let of_status =
        |status: Status| counted.by.iter().filter(|by| by.status == status).map(|by| by.reports).sum();
    let waiting: u64 = of_status(Status::Received);
    let (moved_on, resolved) = (all.saturating_sub(waiting), of_status(Status::Resolved));
    let shares = speech.text(move |words| {
        let number = |n: u64| format::number(words, n);
        words.participant_reports_share(
            &number(moved_on),
            &number(hundredths(moved_on, all)),
            &number(resolved),
            &number(hundredths(resolved, all)),
        )
    });
    let statuses = Status::ALL.map(|status| Bar {
        name: speech.text(move |words| words.status(status).to_owned()),
        number: of_status(status),
    });
    let categories = site().categories_untracked();
    let of_dimension = |dimension: Dimension| {
        let within = |code: &str| categories.iter().any(|one| one.code == code && one.dimension == dimension);
        counted.by.iter().filter(|by| within(&by.category)).map(|by| by.reports).sum()
    };
    let mut dimensions: Vec<Bar> = DIMENSIONS
        .map(|(dimension, say)| Bar { name: speech.say(say), number: of_dimension(dimension) })
        .into();
    // Of categories that are offered no more.
    let others = all.saturating_sub(dimensions.iter().map(|bar| bar.number).sum());
    if others > 0 {
        dimensions.push(Bar { name: speech.say(Words::participant_no_dimension), number: others });
    }
    vec![
        paragraph("reports-total", speech.text(move |words| words.participant_reports_total(all))),
        paragraph("", shares),
        view! { <h3>{speech.say(Words::participant_by_status)}</h3> }.into_part(),
        bars(statuses.into()),
        view! { <h3>{speech.say(Words::participant_by_dimension)}</h3> }.into_part(),
        bars(dimensions),
    ]
}
