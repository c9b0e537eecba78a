//! The report that has just arrived, so that its page can say so.

use leptos::prelude::*;
use model::ReportId;

/// Provided once at the root.
#[derive(Clone, Copy)]
pub(crate) struct JustSent(RwSignal<Option<ReportId>>);

impl JustSent {
    /// Provides itself, empty, to everything below.
    pub(crate) fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    pub(crate) fn get() -> Self {
        expect_context()
    }

    pub(crate) fn note(self, id: ReportId) {
        self.0.set(Some(id));
    }

    /// The one that arrived and has not been seen yet.
    pub(crate) fn unseen(self) -> Option<ReportId> {
        self.0.get_untracked()
    }

    /// Whether it is this one; from then on it is no news any more.
    pub(crate) fn take(self, id: ReportId) -> bool {
        let is_news = self.0.get_untracked() == Some(id);
        if is_news {
            self.0.set(None);
        }
        is_news
    }
}
