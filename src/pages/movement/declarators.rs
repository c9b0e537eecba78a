//! Those who read the declaration of 2019, one for each province of that time.

use leptos::prelude::*;
use model::ParticipantKind;

use crate::{
    client::Participant,
    components::{folded, paragraph, source_links, table},
    format,
    route::Route,
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

pub(super) fn parts(participants: &[Participant]) -> Vec<Part> {
    let speech = speech();
    let all: Vec<&Participant> =
        participants.iter().filter(|one| one.id.kind == ParticipantKind::Declarator).collect();
    let n = all.len() as u64;
    let named = all.iter().filter(|one| one.name.is_some()).count() as u64;
    let told = speech.text(move |words| {
        words.movement_declarators_text(&format::number(words, n), &format::number(words, named))
    });
    let heads: [Say; 3] = [Words::movement_province, Words::movement_name, Words::movement_sources];
    let rows = all.iter().map(|one| {
        let province = one.province.clone().unwrap_or_else(|| one.id.code.clone());
        let name = match &one.name {
            Some(name) => name.clone().into_part(),
            None => view! { <span class="hint">{speech.say(Words::movement_unnamed)}</span> }.into_part(),
        };
        let href = Route::Participant(one.id.clone()).href();
        vec![view! { <a href=href>{province}</a> }.into_part(), name, source_links(&one.sources)]
    });
    let table = table(
        speech.say(Words::movement_declarators),
        heads.map(|head| speech.say(head)).to_vec(),
        rows.collect(),
    );
    let line = speech.text(move |words| words.movement_declarators_open(n));
    vec![paragraph("", told), folded("declarators-table", line, table)]
}
