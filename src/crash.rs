//! When the program itself fails: say so, and keep what was typed.

use std::panic;

use leptos::prelude::document;

use crate::words::{Language, Words};

/// After a panic the page's state is not to be trusted any more: it is replaced by a sentence and a way on. The
/// draft is in the browser's storage, untouched.
pub(crate) fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show();
    }));
}

fn show() {
    // Every step may fail on a broken page; there is nothing left to tell it to.
    let words = Words::new(Language::kept());
    let Some(body) = document().body() else { return };
    let Ok(page) = document().create_element("main") else { return };
    let Ok(text) = document().create_element("p") else { return };
    let Ok(link) = document().create_element("a") else { return };
    text.set_text_content(Some(words.app_crashed()));
    link.set_text_content(Some(words.app_reload()));
    let _ = page.set_attribute("class", "crash");
    let _ = page.set_attribute("role", "alert");
    let _ = link.set_attribute("class", "button");
    // An empty reference is this very page.
    let _ =
        link.set_attribute("href", &document().location().and_then(|l| l.href().ok()).unwrap_or_default());
    let _ = page.append_with_node_2(&text, &link);
    body.set_inner_html("");
    let _ = body.append_child(&page);
}
