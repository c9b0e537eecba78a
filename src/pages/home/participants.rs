//! The other half of the map: who takes part in making cities smart. Comes with a part of its own.

mod cards;
mod cohort;
mod find;
mod kept;
mod kinds;
mod marks;
mod named;
mod panel;
mod years;

use leptos::{html, prelude::*};
use model::BBox;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    components::Coming,
    map::{Ground, Target},
    route::View,
    ui::{IntoPart as _, Part, dynamic},
};
use panel::Participants;

/// What this half needs of the page.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    /// Whether it is this half that is looked at.
    pub(super) on: Memo<bool>,
    /// What scrolls the list.
    pub(super) body: NodeRef<html::Div>,
    pub(super) go_to: RwSignal<Option<Target>>,
    /// What the map shows.
    pub(super) shown: RwSignal<Option<(View, BBox)>>,
    /// Where the marks are drawn.
    pub(super) ground: Ground,
    /// What the head of the list says, once there is something to say.
    pub(super) summary: RwSignal<Option<String>>,
}

/// Asks for the list's content, which also draws the marks.
pub(super) fn coming(stage: Stage) -> Coming {
    Box::pin(participants(stage))
}

#[wasm_split(participants, fallible)]
fn participants(stage: Stage) -> Result<Part, SplitLoaderError> {
    // Begun where it is shown: of a part that comes when nobody waits for it any more, nothing is drawn on the map.
    Ok(dynamic(move || Some(view! { <Participants stage /> }.into_part())).into_part())
}
