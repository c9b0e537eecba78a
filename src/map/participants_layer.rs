//! The participants on a map: a half of its own beside the reports, which comes with its own part.

use leptos::prelude::*;
use model::ParticipantId;

use super::{
    ground::Ground,
    participant_mark::{ParticipantMark, Standing},
};
use crate::ui::effect;

/// Draws marks on a map, as long as what it was called from lives. `on_press` is told the first of those that the pressed
/// mark stands for.
pub(crate) fn show_participants(
    ground: Ground,
    marks: Memo<Vec<ParticipantMark>>,
    on_press: Callback<ParticipantId>,
) {
    // They go with the effect.
    let mut standing: Vec<Standing> = Vec::new();
    effect(move || {
        ground.moves.track();
        let marks = marks.get();
        ground.map.with_value(|map| {
            if let Some((_, handle)) = map {
                show(handle.leaflet(), &mut standing, &marks, on_press);
            }
        });
    });
}

/// A mark that stands already stays the same button, so that a finger or the focus on it is not lost.
fn show(
    map: &leaflet::Map,
    standing: &mut Vec<Standing>,
    marks: &[ParticipantMark],
    on_press: Callback<ParticipantId>,
) {
    standing.retain(|standing| marks.iter().any(|mark| mark.id == standing.mark.id));
    for mark in marks {
        match standing.iter_mut().find(|standing| standing.mark.id == mark.id) {
            Some(standing) => standing.update(mark),
            None => standing.extend(Standing::new(map, mark, on_press)),
        }
    }
}
