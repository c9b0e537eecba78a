//! How the movement grew: for each year what our list counts, beside it what was claimed.
//!
//! Across, the drawing is measured in shares of its width, and along in pixels: its letters keep their size on every
//! screen. Shades are told apart by drawing as well: full, striped, hollow; the claim is a dashed frame.

use leptos::prelude::*;
use model::{ClaimAbout, CohortEvidence, MovementSummary, YearCount};

use super::gaps::{rows_of, sure_rows};
use crate::{
    components::{folded, paragraph, percent, table},
    format,
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

/// Pixels from the top of the drawing to the highest line, from there to the lowest, and below it for the years.
const ABOVE: u32 = 24;
const HIGH: u32 = 200;
const BELOW: u32 = 28;
/// The scale beside the bars, in thousandths of the width.
const SCALE: u64 = 80;
/// Regions from one line of the scale to the next.
const STEP: u32 = 10;

/// A place on the axis of years.
struct Slot {
    year: u16,
    /// None for a year without a cohort.
    count: Option<YearCount>,
    claim: Option<u32>,
}

pub(super) fn parts(summary: &MovementSummary) -> Vec<Part> {
    let speech = speech();
    let slots = slots(summary);
    vec![
        paragraph("hint", speech.say(Words::movement_growth_hint)),
        legend(),
        chart(&slots),
        folded("growth-table", speech.say(Words::movement_table), as_table(&slots)),
    ]
}

/// Every year from the first to the last: one without a cohort is a gap, and seen as such.
fn slots(summary: &MovementSummary) -> Vec<Slot> {
    let years = &summary.counted.years;
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
    let claim = |year| {
        let of_it = |claim: &&model::Claim| claim.about == ClaimAbout::Cohort && claim.year == year;
        summary.claims.iter().find(of_it).map(|claim| claim.number)
    };
    (first.year..=last.year)
        .map(|year| Slot {
            year,
            count: years.iter().find(|count| count.year == year).cloned(),
            claim: claim(year),
        })
        .collect()
}

fn chart(slots: &[Slot]) -> Part {
    let most = slots
        .iter()
        .map(|slot| slot.count.as_ref().map_or(0, |count| count.rows).max(slot.claim.unwrap_or(0)));
    let top = most.max().unwrap_or(0).div_ceil(STEP).max(1) * STEP;
    let lines: Vec<Part> = (0..=top / STEP).map(|nth| line(nth * STEP, top)).collect();
    let wide = (1000 - SCALE) / (slots.len() as u64).max(1);
    let bars: Vec<Part> =
        (0_u64..).zip(slots).map(|(nth, slot)| bars(slot, SCALE + nth * wide, wide, top)).collect();
    let told: Vec<(u16, Option<u32>, Option<u32>)> = slots
        .iter()
        .map(|slot| (slot.year, slot.count.as_ref().map(|count| count.rows), slot.claim))
        .collect();
    let label = speech().text(move |words| {
        let years: Vec<String> =
            told.iter().map(|(year, count, claim)| sentence(words, *year, *count, *claim)).collect();
        words.movement_growth_label(&years.join(" "))
    });
    view! {
        <svg class="growth" role="img" aria-label=label width="100%" height=(ABOVE + HIGH + BELOW).to_string()>
            {lines}{bars}
        </svg>
    }
    .into_part()
}

fn sentence(words: Words, year: u16, count: Option<u32>, claim: Option<u32>) -> String {
    let number = |n: u32| format::number(words, n.into());
    let year = year.to_string();
    match (count, claim) {
        (Some(count), Some(claim)) => words.movement_growth_year(&year, &number(count), &number(claim)),
        (Some(count), None) => words.movement_growth_year_unclaimed(&year, &number(count)),
        (None, _) => words.movement_no_cohort_year(&year),
    }
}

/// How far down a number of regions stands.
fn down(n: u32, top: u32) -> u32 {
    ABOVE + HIGH - n * HIGH / top
}

/// A line of the scale with its number.
fn line(n: u32, top: u32) -> Part {
    let y = down(n, top);
    view! {
        <line class="growth-line" x1=percent(SCALE - 10, 1000) x2="100%" y1=y.to_string() y2=y.to_string()></line>
        <text class="growth-scale" x=percent(SCALE - 20, 1000) y=(y + 4).to_string() text-anchor="end">{n.to_string()}</text>
    }
    .into_part()
}

/// What stands above a year: our bar at the left, the claim's frame at the right.
fn bars(slot: &Slot, left: u64, wide: u64, top: u32) -> Part {
    let middle = percent(left + wide / 2, 1000);
    let foot = down(0, top);
    let year = view! {
        <text class="growth-year" x=middle.clone() y=(foot + 20).to_string() text-anchor="middle">{slot.year.to_string()}</text>
    };
    let Some(count) = &slot.count else {
        // The table and the label say it in words; here is no room for them.
        return view! {
            <text class="growth-none" x=middle y=(foot - 6).to_string() text-anchor="middle">"–"</text>
            {year}
        }
        .into_part();
    };
    // Two bars of a third of the room each, with a little between them.
    let (bar, gap) = (wide * 36 / 100, wide * 4 / 100);
    let (ours, theirs) = (left + wide / 2 - bar - gap / 2, left + wide / 2 + gap / 2);
    let grades = [
        ("growth-sure", sure_rows(count)),
        ("growth-inferred", rows_of(count, CohortEvidence::Inferred)),
        ("growth-disputed", rows_of(count, CohortEvidence::Disputed)),
    ];
    let mut below = 0;
    let mut stack = Vec::new();
    for (class, rows) in grades {
        if rows > 0 {
            let (from, to) = (down(below, top), down(below + rows, top));
            stack.push(block(class, ours, bar, to, from - to));
            below += rows;
        }
    }
    let claim = slot.claim.map(|claim| {
        let y = down(claim, top);
        view! {
            {block("growth-claim", theirs, bar, y, foot - y)}
            <text class="growth-claimed" x=percent(theirs + bar / 2, 1000) y=(y - 5).to_string() text-anchor="middle">{claim.to_string()}</text>
        }
        .into_part()
    });
    view! {
        {stack}
        <text class="growth-counted" x=percent(ours + bar / 2, 1000) y=(down(count.rows, top) - 5).to_string() text-anchor="middle">{count.rows.to_string()}</text>
        {claim}
        {year}
    }
    .into_part()
}

/// A piece of a bar; what is only inferred is striped.
fn block(class: &'static str, left: u64, wide: u64, y: u32, high: u32) -> Part {
    let (x1, x2) = (percent(left, 1000), percent(left + wide, 1000));
    let stripes = (class == "growth-inferred").then(|| {
        let stripe = |y: u32| {
            view! { <line class="growth-stripe" x1=x1.clone() x2=x2.clone() y1=y.to_string() y2=y.to_string()></line> }
                .into_part()
        };
        (1..high.div_ceil(5)).map(|nth| stripe(y + nth * 5)).collect::<Vec<Part>>()
    });
    view! {
        <rect class=class x=x1 y=y.to_string() width=percent(wide, 1000) height=high.to_string()></rect>
        {stripes}
    }
    .into_part()
}

/// What each drawing means.
fn legend() -> Part {
    let speech = speech();
    let all: [(&'static str, Say); 4] = [
        ("growth-sure", Words::movement_sure),
        ("growth-inferred", Words::movement_inferred_short),
        ("growth-disputed", Words::movement_disputed_short),
        ("growth-claim", Words::movement_claim),
    ];
    let entries: Vec<Part> = all
        .into_iter()
        .map(|(class, say)| {
            let sample =
                view! { <svg class="legend-sample" aria-hidden="true">{block(class, 50, 900, 1, 16)}</svg> };
            view! { <li>{sample}{speech.say(say)}</li> }.into_part()
        })
        .collect();
    view! { <ul class="legend">{entries}</ul> }.into_part()
}

fn as_table(slots: &[Slot]) -> Part {
    let speech = speech();
    let heads: [Say; 6] = [
        Words::movement_year,
        Words::movement_count,
        Words::movement_sure,
        Words::movement_inferred_short,
        Words::movement_disputed_short,
        Words::movement_claim,
    ];
    let number = |n: u32| speech.text(move |words| format::number(words, n.into())).into_part();
    let rows = slots.iter().map(|slot| {
        let mut cells = vec![slot.year.to_string().into_part()];
        match &slot.count {
            Some(count) => cells.extend([
                number(count.rows),
                number(sure_rows(count)),
                number(rows_of(count, CohortEvidence::Inferred)),
                number(rows_of(count, CohortEvidence::Disputed)),
            ]),
            None => {
                cells.push(speech.say(Words::movement_no_cohort).into_part());
                cells.extend([(); 3].map(|()| "–".into_part()));
            }
        }
        cells.push(slot.claim.map_or_else(|| "–".into_part(), number));
        cells
    });
    table(speech.say(Words::movement_growth), heads.map(|head| speech.say(head)).to_vec(), rows.collect())
}
