//! What participants are called.

use model::ParticipantKind;

use crate::{client::Participant, words::Words};

/// A region by its name, a declarator by the province; who that is stands beside it.
pub(super) fn name(words: Words, participant: &Participant) -> String {
    match participant.id.kind {
        ParticipantKind::Declarator => words.layer_declarator(&province(participant)),
        _ => participant.name.clone().unwrap_or_else(|| participant.id.to_string()),
    }
}

/// The name of its province.
pub(super) fn province(participant: &Participant) -> String {
    participant.province.clone().unwrap_or_default()
}

/// What tells it from its namesakes: a region's province, a declarator's name.
pub(super) fn beside(words: Words, participant: &Participant) -> String {
    match (participant.id.kind, &participant.name) {
        (ParticipantKind::Declarator, Some(name)) => name.clone(),
        (ParticipantKind::Declarator, None) => words.layer_unnamed().to_owned(),
        _ => province(participant),
    }
}

/// All that its mark tells.
pub(super) fn label(words: Words, participant: &Participant, doubtful: bool) -> String {
    let told = if participant.id.kind == ParticipantKind::Declarator {
        format!("{}: {}", name(words, participant), beside(words, participant))
    } else {
        let years: Vec<String> = participant.years.iter().map(u16::to_string).collect();
        words.layer_region_mark(&name(words, participant), &province(participant), &years.join(", "))
    };
    if doubtful { words.layer_unsure_mark(&told) } else { told }
}
