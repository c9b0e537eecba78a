//! What the map draws of those who are shown.

use geo::WorldPoint;
use model::ParticipantId;

use super::{cohort::Shown, named};
use crate::{
    client::Participant,
    map::{Gathering, Mark},
    words::Words,
};

/// A mark for those who stand together; nothing for nobody.
pub(super) fn mark(
    words: Words,
    all: &[Participant],
    shown: &[Shown],
    gathering: &Gathering,
    chosen: Option<&ParticipantId>,
) -> Option<Mark> {
    let members: Vec<(&Shown, &Participant)> = gathering
        .members
        .iter()
        .filter_map(|&at| {
            let one = shown.get(at)?;
            Some((one, all.get(one.index)?))
        })
        .collect();
    // The same one names it in every year, whoever is vivid then: its button stays.
    let &(first, participant) = members.iter().min_by_key(|(one, _)| one.index)?;
    let ids: Vec<String> = members.iter().map(|(_, participant)| participant.id.to_string()).collect();
    let alone = members.len() == 1;
    // Those of the year that is looked at; the number on a group is theirs, as long as there is one.
    let vivid = members.iter().filter(|(one, _)| !one.faded).count();
    let label = if alone {
        named::label(words, participant, first.doubtful)
    } else {
        let (_, nearest) = members.iter().copied().min_by(|(a, _), (b, _)| {
            let far = |one: &Shown| far(one.place, gathering.place);
            far(a).total_cmp(&far(b))
        })?;
        // A declarator stands for a province, which is no place to be near to.
        let near = match &nearest.name {
            Some(name) if nearest.id.kind.is_region() => name.clone(),
            _ => named::province(nearest),
        };
        match vivid {
            now if now > 0 && now < members.len() => {
                let (now, earlier) = (words.layer_count(now as u64), (members.len() - now).to_string());
                words.layer_group_mixed(&now, &earlier, &near)
            }
            _ => words.layer_group_mark(&words.layer_count(members.len() as u64), &near),
        }
    };
    let number = if vivid > 0 { vivid } else { members.len() };
    let mut data = vec![
        ("data-mark", if alone { participant.id.kind.as_str() } else { "group" }.to_owned()),
        // Their cards in the list carry the same ids.
        ("data-participant", ids.join(" ")),
    ];
    for (name, is) in [
        ("data-faded", members.iter().all(|(one, _)| one.faded)),
        ("data-doubtful", members.iter().all(|(one, _)| one.doubtful)),
        ("data-chosen", chosen.is_some_and(|chosen| members.iter().any(|(_, one)| one.id == *chosen))),
    ] {
        data.extend(is.then(|| (name, String::new())));
    }
    let [lat, lng] = gathering.place;
    Some(Mark {
        // The first of those it stands for: its button stays the same while others join or leave.
        key: participant.id.to_string(),
        at: WorldPoint::from_degrees(lat, lng),
        class: "mark",
        label,
        text: if alone { String::new() } else { number.to_string() },
        data,
    })
}

/// How far two places are from each other; only to be compared.
fn far(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (lat, lng) = (a[0] - b[0], a[1] - b[1]);
    lat * lat + lng * lng
}
