//! What is known of a participant in a word each, with what it is called.

use leptos::prelude::*;
use model::ParticipantKind;

use crate::{
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

/// Names and what they stand for; those that are not known are left out.
pub(super) fn facts(all: Vec<(Say, Option<Signal<String>>)>) -> Part {
    let speech = speech();
    let all: Vec<Part> = all
        .into_iter()
        .filter_map(|(name, value)| {
            value.map(|value| view! { <div><dt>{speech.say(name)}</dt><dd>{value}</dd></div> }.into_part())
        })
        .collect();
    view! { <dl class="facts">{all}</dl> }.into_part()
}

/// A kind in the reader's words.
pub(super) fn kind(kind: ParticipantKind) -> Say {
    match kind {
        ParticipantKind::Kabupaten => Words::participant_kabupaten,
        ParticipantKind::Kota => Words::participant_kota,
        ParticipantKind::Declarator => Words::participant_declarator,
        ParticipantKind::Ministry => Words::participant_ministry,
        ParticipantKind::Industry => Words::participant_industry,
        ParticipantKind::Initiator => Words::participant_initiator,
    }
}

/// A participant's kind above its name.
pub(super) fn heading(of: ParticipantKind, title: Signal<String>) -> Part {
    view! {
        <div class="participant-head">
            <p class="hint">{speech().say(kind(of))}</p>
            <h1>{title}</h1>
        </div>
    }
    .into_part()
}
