//! Whether a draft is being sent: the form may be left meanwhile, and must not offer the same draft a second time.

use leptos::prelude::*;

use crate::ui::provided;

/// Provided once at the root.
#[derive(Clone, Copy)]
pub(crate) struct UnderWay(RwSignal<bool>);

impl UnderWay {
    /// Provides itself to everything below; nothing is under way.
    pub(crate) fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }

    pub(crate) fn get() -> Self {
        provided()
    }

    pub(crate) fn begin(self) {
        self.0.set(true);
    }

    pub(crate) fn end(self) {
        self.0.set(false);
    }

    /// Tracked.
    pub(crate) fn is(self) -> bool {
        self.0.get()
    }
}
