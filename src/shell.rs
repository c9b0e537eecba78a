//! What `index.html` shows before and instead of the portal.

use leptos::prelude::document;

/// Takes the waiting picture away.
pub(crate) fn started() {
    if let Some(waiting) = document().get_element_by_id("waiting") {
        waiting.remove();
    }
}

/// Says that the portal could not start, with a way to try again.
pub(crate) fn not_started() {
    started();
    if let Some(sorry) = document().get_element_by_id("not-started") {
        // Only fails for a name that is no attribute's.
        let _ = sorry.remove_attribute("hidden");
    }
}
