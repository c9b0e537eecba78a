//! A map that others draw on as well: what comes with a part of its own finds it here.

use leptos::prelude::*;

use super::{
    handle::MapHandle,
    marks::{Mark, Marks},
    me::Me,
};
use crate::ui::signal_of;

/// The map of a page, from before it is made until after it is gone.
#[derive(Clone, Copy)]
pub(crate) struct Ground {
    pub(super) map: StoredValue<Option<Drawn>, LocalStorage>,
    /// Counts each change of what the map shows; its making is the first.
    pub(super) moves: RwSignal<u32>,
}

/// A map and what stands on it, which goes before the map does.
pub(super) struct Drawn {
    pub(super) marks: Option<Marks>,
    pub(super) me: Option<Me>,
    pub(super) handle: MapHandle,
}

impl Ground {
    /// One without a map.
    pub(crate) fn new() -> Self {
        Self { map: StoredValue::new_local(None), moves: signal_of(0) }
    }

    /// Draws the reports, in place of those that stood there.
    pub(crate) fn draw(self, marks: &[Mark]) {
        self.map.with_value(|map| map.iter().flat_map(|map| &map.marks).for_each(|drawn| drawn.show(marks)));
    }
}
