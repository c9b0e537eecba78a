//! A card and its pin show that they belong together: what the pointer or the focus is on lights up in both.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event};

/// What both carry, with the report's id.
const REPORT: &str = "data-report";
/// What both carry while they are lit.
const LIT: &str = "data-lit";

/// Lights what belongs to the report under an event, and darkens what was lit before.
pub(super) fn light(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let on = target.and_then(|target| target.closest("[data-report]").ok().flatten());
    let id = on.and_then(|on| on.get_attribute(REPORT));
    each("[data-lit]", |lit| {
        if lit.get_attribute(REPORT) != id {
            // Only fails for a name that is no attribute's, like the one below.
            let _ = lit.remove_attribute(LIT);
        }
    });
    if let Some(id) = id {
        each(&format!("[data-report=\"{id}\"]"), |element| {
            let _ = element.set_attribute(LIT, "");
        });
    }
}

fn each(selector: &str, change: impl Fn(Element)) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok()).for_each(change);
}
