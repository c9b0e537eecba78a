//! What `index.html` shows before and instead of the portal.

use std::sync::Arc;

use js_sys::Promise;
use leptos::prelude::{document, provide_context};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::HtmlLinkElement;

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
    named("warga-land")
}

/// What the page calls a file of the bundle.
fn named(meta: &str) -> String {
    let meta = document().query_selector(&format!("meta[name={meta}]")).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// The id of the stylesheet that comes later.
const DRESS: &str = "later-style";

/// Asks for the styles of what is no part of the map page, unless they are here. Kept when they are; broken when they
/// did not come.
pub(crate) fn dress() -> Promise {
    Promise::new(&mut |here, broken| {
        let listened = dressing().and_then(|link| {
            if link.sheet().is_some() {
                return here.call0(&JsValue::NULL).map(drop);
            }
            link.add_event_listener_with_callback("load", &here)?;
            link.add_event_listener_with_callback("error", &broken)
        });
        if let Err(error) = listened {
            // Breaking a promise does not fail.
            let _ = broken.call1(&JsValue::NULL, &error);
        }
    })
}

/// Takes away what did not come, so that it can be asked for again.
pub(crate) fn undress() {
    if let Some(link) = document().get_element_by_id(DRESS) {
        link.remove();
    }
}

fn dressing() -> Result<HtmlLinkElement, JsValue> {
    if let Some(link) = document().get_element_by_id(DRESS) {
        return Ok(link.unchecked_into());
    }
    let link: HtmlLinkElement = document().create_element("link")?.unchecked_into();
    link.set_id(DRESS);
    link.set_rel("stylesheet");
    link.set_href(&named("warga-later"));
    let head = document().query_selector("head")?.ok_or(JsValue::NULL)?;
    head.append_child(&link)?;
    Ok(link)
}
