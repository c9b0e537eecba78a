//! A card and its pin show that they belong together: what the pointer or the focus is on lights up in both.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event};

/// What both carry, with the id of a report or a participant. A mark of several participants has all their ids.
const NAMES: [&str; 2] = ["data-report", "data-participant"];
/// What both carry while they are lit.
const LIT: &str = "data-lit";

/// Lights what belongs to the report or the participant under an event, and darkens what was lit before.
pub(super) fn light(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    each("[data-lit]", |lit| {
        // Only fails for a name that is no attribute's, like the one below.
        let _ = lit.remove_attribute(LIT);
    });
    for name in NAMES {
        let on = target.as_ref().and_then(|target| target.closest(&format!("[{name}]")).ok().flatten());
        let ids = on.and_then(|on| on.get_attribute(name)).unwrap_or_default();
        for id in ids.split(' ').filter(|id| !id.is_empty()) {
            each(&format!("[{name}~=\"{id}\"]"), |element| {
                let _ = element.set_attribute(LIT, "");
            });
        }
    }
}

fn each(selector: &str, change: impl Fn(Element)) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok()).for_each(change);
}
