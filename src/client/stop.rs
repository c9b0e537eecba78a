//! Breaking off a request whose answer nobody waits for any more: its bytes would be paid for all the same.

use web_sys::AbortController;

/// A way to break off requests. Empty only in a browser that cannot.
#[derive(Debug, Clone)]
pub(crate) struct Stop(pub(super) Option<AbortController>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// Breaks off whatever was begun with it.
    pub(crate) fn now(&self) {
        self.0.iter().for_each(AbortController::abort);
    }

    /// Whether the two break off the same requests.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.0.as_ref().is_some_and(|abort| abort.signal().aborted())
    }
}
