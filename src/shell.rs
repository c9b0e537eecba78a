//! What `index.html` shows before and instead of the portal.

use std::sync::Arc;

use leptos::prelude::{document, provide_context};

/// Takes away what stood there before the portal, and what would have stood there instead of it.
pub(crate) fn started() {
    remove("waiting");
    remove("not-started");
}

fn remove(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.remove();
    }
}

/// Says that the portal could not start, with a way to try again.
pub(crate) fn not_started() {
    remove("waiting");
    if let Some(sorry) = document().get_element_by_id("not-started") {
        // Only fails for a name that is no attribute's.
        let _ = sorry.remove_attribute("hidden");
    }
}

/// Where the sprite of drawings is. Provided once at the root.
#[derive(Clone)]
pub(crate) struct Icons(pub(crate) Arc<str>);

impl Icons {
    /// Reads what the bundle calls it and provides that to everything below.
    pub(crate) fn provide() {
        let meta = document().query_selector("meta[name=warga-icons]").ok().flatten();
        let name = meta.and_then(|meta| meta.get_attribute("data-file")).unwrap_or_default();
        provide_context(Self(name.into()));
    }
}

/// Where the drawing of the land is.
pub(crate) fn land() -> String {
    let meta = document().query_selector("meta[name=warga-land]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}
