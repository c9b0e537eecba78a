//! The two figures: what officials said of the whole, and what our list counts. They stand beside each other and
//! are never one; where they differ is said further down (gaps.rs).

use leptos::prelude::*;
use model::{Claim, ClaimAbout, Counted, MovementSummary};

use crate::{
    components::{paragraph, source_link},
    format,
    ui::{IntoPart as _, Part},
    words::{Words, speech},
};

pub(super) fn parts(summary: &MovementSummary) -> Vec<Part> {
    let speech = speech();
    // The last of them: the claims stand in the order of their years.
    let claim = summary.claims.iter().rfind(|claim| claim.about == ClaimAbout::Total);
    let both: Vec<Part> =
        claim.map(claimed).into_iter().chain([counted(&summary.counted, summary.provinces.len())]).collect();
    vec![
        paragraph("hint", speech.say(Words::movement_figures_hint)),
        view! { <div class="figures">{both}</div> }.into_part(),
    ]
}

fn claimed(claim: &Claim) -> Part {
    let speech = speech();
    let (year, out_of) = (claim.year.to_string(), claim.out_of);
    let what = speech.text(move |words| match out_of {
        Some(all) => words.movement_claimed_of(&format::number(words, all.into()), &year),
        None => words.movement_claimed_until(&year),
    });
    view! {
        <div class="figure figure-claimed">
            <h3>{speech.say(Words::movement_claimed)}</h3>
            {number(claim.number)}
            <p>{what}</p>
            {said(claim)}
        </div>
    }
    .into_part()
}

fn counted(counted: &Counted, provinces: usize) -> Part {
    let speech = speech();
    let (rows, within) = (counted.rows, counted.provinces);
    let what = speech.text(move |words| {
        let number = |n: u64| format::number(words, n);
        words.movement_counted_where(&number(within.into()), &number(provinces as u64))
    });
    view! {
        <div class="figure figure-counted">
            <h3>{speech.say(Words::movement_counted)}</h3>
            {number(counted.regions)}
            <p>{what}</p>
            {paragraph("hint", speech.text(move |words| words.movement_counted_rows(rows.into())))}
        </div>
    }
    .into_part()
}

fn number(n: u32) -> Part {
    let number = speech().text(move |words| format::number(words, n.into()));
    view! { <p class="figure-number">{number}</p> }.into_part()
}

/// Who said it, when, and where that can be read; what no source tells is said to be unknown.
pub(super) fn said(claim: &Claim) -> Part {
    let speech = speech();
    let speaker = claim.speaker.clone();
    let who = speech.text(move |words| match &speaker {
        Some(speaker) => words.movement_said_by(&words.of(speaker)),
        None => words.movement_speaker_unknown().to_owned(),
    });
    let day = claim.said_on.clone();
    let when = speech.text(move |words| {
        let known = day.as_deref().and_then(|day| format::day(words, day));
        known.map_or_else(|| words.movement_date_unknown().to_owned(), |day| words.movement_said_on(&day))
    });
    view! {
        <p class="hint">{who}" "{when}</p>
        <p>{source_link(&claim.source)}</p>
    }
    .into_part()
}
