//! Who else is behind the movement and the declaration.

use leptos::prelude::*;
use model::ParticipantKind;

use crate::{
    client::Participant,
    components::source_links,
    route::Route,
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

pub(super) fn parts(participants: &[Participant]) -> Vec<Part> {
    let kinds: [(ParticipantKind, Say); 3] = [
        (ParticipantKind::Ministry, Words::movement_ministries),
        (ParticipantKind::Industry, Words::movement_industry),
        (ParticipantKind::Initiator, Words::movement_initiator),
    ];
    kinds
        .into_iter()
        .map(|(kind, title)| {
            let all: Vec<Part> = participants.iter().filter(|one| one.id.kind == kind).map(partner).collect();
            view! { <h3>{speech().say(title)}</h3><ul class="partners">{all}</ul> }.into_part()
        })
        .collect()
}

fn partner(one: &Participant) -> Part {
    let name = one.name.clone().unwrap_or_else(|| one.id.code.clone());
    let role = one
        .role
        .clone()
        .map(|role| view! { <p>{speech().text(move |words| words.of(&role))}</p> }.into_part());
    let years: Vec<Part> = one
        .years
        .iter()
        .map(|year| view! { <span class="year">{year.to_string()}</span>" " }.into_part())
        .collect();
    view! {
        <li class="partner">
            <p class="partner-name"><a href=Route::Participant(one.id.clone()).href()>{name}</a>" "{years}</p>
            {role}
            {source_links(&one.sources)}
        </li>
    }
    .into_part()
}
