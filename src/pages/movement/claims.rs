//! Every claim, and beside it what our list counts of the same.

use leptos::prelude::*;
use model::{Claim, ClaimAbout, MovementSummary, YearCount};

use super::{
    figures::said,
    gaps::{against_cohort, against_total, doubts},
};
use crate::{
    components::{paragraph, table},
    format,
    ui::{IntoPart as _, Part},
    words::{Words, speech},
};

pub(super) fn parts(summary: &MovementSummary) -> Vec<Part> {
    let speech = speech();
    let heads = [Words::movement_what, Words::movement_claim, Words::movement_count];
    let rows = summary.claims.iter().map(|claim| {
        let until = summary.counted.years.iter().filter(|year| year.year <= claim.year).cloned().collect();
        vec![what(claim), claimed(claim), counted(claim, until)]
    });
    vec![table(
        speech.say(Words::movement_claims),
        heads.map(|head| speech.say(head)).to_vec(),
        rows.collect(),
    )]
}

fn what(claim: &Claim) -> Part {
    let (about, year) = (claim.about, claim.year.to_string());
    let what = speech().text(move |words| match about {
        ClaimAbout::Cohort => words.movement_cohort_of(&year),
        ClaimAbout::Total => words.movement_total_until(&year),
    });
    what.into_part()
}

fn claimed(claim: &Claim) -> Part {
    let (number, out_of) = (claim.number, claim.out_of);
    let figure = speech().text(move |words| {
        let number = format::number(words, number.into());
        match out_of {
            Some(all) => words.movement_part_of(&number, &format::number(words, all.into())),
            None => number,
        }
    });
    view! { <p class="claim-number">{figure}</p>{said(claim)} }.into_part()
}

/// `until`: the years to the one that was spoken of.
fn counted(claim: &Claim, until: Vec<YearCount>) -> Part {
    let speech = speech();
    let Some(year) = until.last().filter(|year| year.year == claim.year).cloned() else {
        return paragraph("hint", speech.say(Words::movement_not_counted));
    };
    let (about, claimed) = (claim.about, claim.number);
    let number = match about {
        ClaimAbout::Cohort => year.rows,
        ClaimAbout::Total => year.regions_so_far,
    };
    let notes = speech.text(move |words| match about {
        ClaimAbout::Cohort => {
            let mut notes = vec![against_cohort(words, claimed, &year)];
            notes.extend(doubts(words, std::slice::from_ref(&year)));
            notes.join(" ")
        }
        ClaimAbout::Total => {
            let mut notes =
                vec![format!("{}.", words.movement_different()), against_total(words, claimed, number)];
            notes.extend(doubts(words, &until));
            notes.join(" ")
        }
    });
    view! {
        <p class="claim-number">{speech.text(move |words| format::number(words, number.into()))}</p>
        {paragraph("hint", notes)}
    }
    .into_part()
}
