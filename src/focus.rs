//! Moving the focus.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Gives the focus to the element of this id, if there is one that takes it.
pub(crate) fn on(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What cannot take the focus keeps its place on the page.
        let _ = element.focus();
    }
}

/// The same once the page has been drawn: what has only just been shown does not take the focus yet.
pub(crate) fn once_drawn(id: &'static str) {
    request_animation_frame(move || on(id));
}
