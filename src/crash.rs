//! When the program itself fails: say so, and keep what was typed.

use std::panic;

use leptos::prelude::document;
use web_sys::Element;

use crate::{
    local,
    words::{Language, Words},
};

/// After a panic the page's state is not to be trusted any more: it is replaced by a sentence and a way on. The
/// draft is in the browser's storage, untouched.
pub(crate) fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Every step may fail on a broken page; there is nothing left to tell it to.
        let _ = show();
    }));
}

fn show() -> Option<()> {
    let words = Words::new(Language::kept());
    let body = document().body()?;
    body.set_inner_html("");
    document().set_title(&words.app_title(words.app_crashed_title()));
    let page = below(&body, "main", "")?;
    page.set_class_name("crash");
    let said = below(&page, "div", "")?;
    // Before its words are there, so that they are announced.
    said.set_attribute("role", "alert").ok()?;
    below(&said, "h1", words.app_crashed_title())?;
    below(&said, "p", words.app_crashed())?;
    if local::works() {
        below(&said, "p", words.app_kept())?;
    }
    let link = below(&page, "a", words.app_reload())?;
    link.set_class_name("button button-main");
    // With a target of its own: the portal, or what is left of it, takes the other links for itself.
    link.set_attribute("target", "_self").ok()?;
    link.set_attribute("href", &document().location()?.href().ok()?).ok()
}

fn below(parent: &Element, name: &str, text: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}
