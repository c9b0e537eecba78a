//! Where all of it comes from, how it was counted, and what is still missing.

use leptos::prelude::*;
use model::{ClaimAbout, MovementSummary};

use super::gaps::{against_cohort, doubts};
use crate::{
    components::{GeoNames, evidence, paragraph},
    ui::{IntoPart as _, Part},
    words::{Words, speech},
};

pub(super) fn parts(summary: &MovementSummary) -> Vec<Part> {
    let speech = speech();
    vec![
        paragraph("", speech.say(Words::movement_method_open)),
        paragraph("", speech.say(Words::movement_method_units)),
        view! { <h3>{speech.say(Words::movement_method_gaps)}</h3> }.into_part(),
        gaps(summary),
        view! { <h3>{speech.say(Words::movement_method_grades)}</h3> }.into_part(),
        grades(),
        view! { <p>{speech.say(Words::movement_places)}" "<GeoNames /></p> }.into_part(),
    ]
}

/// The years of which rows are missing, or may be wrong.
fn gaps(summary: &MovementSummary) -> Part {
    let speech = speech();
    let gaps: Vec<Part> = summary
        .counted
        .years
        .iter()
        .filter_map(|year| {
            let of_it = |claim: &&model::Claim| claim.about == ClaimAbout::Cohort && claim.year == year.year;
            let claimed =
                summary.claims.iter().find(of_it).map(|claim| claim.number).filter(|n| *n != year.rows);
            let doubtful = year.evidence.iter().any(|count| count.evidence.is_doubtful());
            (claimed.is_some() || doubtful).then(|| {
                let year = year.clone();
                let told = speech.text(move |words| {
                    let mut told: Vec<String> =
                        claimed.map(|claimed| against_cohort(words, claimed, &year)).into_iter().collect();
                    told.extend(doubts(words, std::slice::from_ref(&year)));
                    words.movement_gap(&year.year.to_string(), &told.join(" "))
                });
                view! { <li>{told}</li> }.into_part()
            })
        })
        .collect();
    view! { <ul class="text-points">{gaps}</ul> }.into_part()
}

/// What each grade of evidence means.
fn grades() -> Part {
    let speech = speech();
    let grades: Vec<Part> = model::CohortEvidence::ALL
        .into_iter()
        .map(|grade| {
            let (name, means) = evidence(grade);
            view! { <div><dt>{speech.say(name)}</dt><dd>{speech.say(means)}</dd></div> }.into_part()
        })
        .collect();
    view! { <dl class="grades">{grades}</dl> }.into_part()
}
