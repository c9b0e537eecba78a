//! How many devices have joined, by province.

use leptos::prelude::*;
use model::{DeclarationCounts, ProvinceDeclarations};

use super::state::State;
use crate::{
    components::{Bar, bars, folded, paragraph, table},
    format,
    site::Load,
    ui::{IntoPart as _, Part, dynamic, memo},
    words::{Say, Words, speech},
};

pub(super) fn parts(state: State) -> Vec<Part> {
    let speech = speech();
    let counts = memo(move || {
        state.counts.with(|counts| match counts {
            Load::Ready(DeclarationCounts { total, provinces, .. }) => (*total, provinces.clone()),
            _ => (0, Vec::new()),
        })
    });
    let total = speech.text(move |words| match counts.with(|(total, _)| *total) {
        0 => words.declaration_total_none().to_owned(),
        n => words.declaration_total(n),
    });
    let joined = dynamic(move || counts.with(|(_, provinces)| as_bars(provinces)));
    let all = dynamic(move || Some(counts.with(|(_, provinces)| as_table(provinces))));
    vec![
        paragraph("count-total", total),
        paragraph("hint", speech.say(Words::declaration_not_votes)),
        joined.into_part(),
        folded("counts-table", speech.say(Words::movement_table), all.into_part()),
    ]
}

/// Those provinces that somebody has joined for, the most first.
fn as_bars(provinces: &[ProvinceDeclarations]) -> Option<Part> {
    let mut joined: Vec<&ProvinceDeclarations> = provinces.iter().filter(|one| one.count > 0).collect();
    // Those of one count stay in the order of their codes.
    joined.sort_by_key(|one| std::cmp::Reverse(one.count));
    let joined: Vec<Bar> =
        joined.into_iter().map(|one| Bar { name: one.name.clone().into(), number: one.count }).collect();
    (!joined.is_empty()).then(|| bars(joined))
}

fn as_table(provinces: &[ProvinceDeclarations]) -> Part {
    let speech = speech();
    let heads: [Say; 2] = [Words::movement_province, Words::declaration_count];
    let rows = provinces.iter().map(|one| {
        let n = one.count;
        vec![one.name.clone().into_part(), speech.text(move |words| format::number(words, n)).into_part()]
    });
    table(speech.say(Words::declaration_counts), heads.map(|head| speech.say(head)).to_vec(), rows.collect())
}
