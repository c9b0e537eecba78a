//! A map that others draw on as well: what comes with a part of its own finds it here.

use leptos::prelude::*;

use super::{handle::MapHandle, pins::Pins};
use crate::ui::signal_of;

/// The map of a page, from before it is made until after it is gone.
#[derive(Clone, Copy)]
pub(crate) struct Ground {
    pub(super) map: StoredValue<Option<(Pins, MapHandle)>, LocalStorage>,
    /// Counts each change of what the map shows; its making is the first.
    pub(super) moves: RwSignal<u32>,
}

impl Ground {
    /// One without a map.
    pub(crate) fn new() -> Self {
        Self { map: StoredValue::new_local(None), moves: signal_of(0) }
    }
}
