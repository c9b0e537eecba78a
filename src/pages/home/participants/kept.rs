//! What this half of the map keeps while another page is open: who takes part, and what was chosen of it.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::cohort::Kinds;
use crate::{
    client::{Client, Participant, client},
    route::View,
    site::Load,
    ui::signal_of,
};

/// What a list was about: where, until which year, and of which kinds.
pub(super) type Question = (View, Option<u16>, Kinds);

/// Kept at the root by whoever needs it first: the map page itself carries nothing of it.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    /// Everybody, once per life of the document.
    pub(super) everybody: RwSignal<Load<Arc<[Participant]>>>,
    pub(super) kinds: RwSignal<Kinds>,
    /// How many cards are listed.
    pub(super) listed: RwSignal<usize>,
    /// What they were listed for.
    pub(super) question: StoredValue<Option<Question>>,
    /// How far the list was scrolled, in pixels.
    pub(super) scrolled: StoredValue<i32>,
}

impl Kept {
    /// What is kept; asks for everybody where nobody has, or where they did not come.
    pub(super) fn at_the_root(listed: usize) -> Self {
        let kept = use_context().unwrap_or_else(|| {
            let make = || {
                let kept = Self {
                    everybody: signal_of(Load::Waiting),
                    kinds: signal_of(Kinds::default()),
                    listed: signal_of(listed),
                    question: StoredValue::new(None),
                    scrolled: StoredValue::new(0),
                };
                provide_context(kept);
                kept.load(client());
                kept
            };
            root().map_or_else(make, |root| root.with(make))
        });
        if kept.everybody.with_untracked(|load| matches!(load, Load::Failed(_))) {
            kept.load(client());
        }
        kept
    }

    /// Asks (again).
    pub(super) fn load(self, client: Client) {
        self.everybody.set(Load::Waiting);
        spawn_local(async move {
            let answer = client.participants().await;
            self.everybody.set(answer.map_or_else(Load::Failed, |all| Load::Ready(all.into())));
        });
    }

    /// Those who are here, tracked; nobody while they are on their way.
    pub(super) fn all(self) -> Arc<[Participant]> {
        self.everybody.with(|load| match load {
            Load::Ready(all) => all.clone(),
            _ => Arc::default(),
        })
    }
}

/// The owner that lives as long as the document does.
fn root() -> Option<Owner> {
    let mut root = Owner::current()?;
    while let Some(parent) = root.parent() {
        root = parent;
    }
    Some(root)
}
