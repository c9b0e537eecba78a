//! The portal: a single page that runs entirely in the browser.
//!
//! Imports run one way: `pages -> components -> map | outbox | client -> model`. The modules that stand beside
//! these rooms (`route`, `words`, `format`, …) are open to all of them.

// A view is a deeply nested type; the documentation of messages lives in `locales/`.
#![recursion_limit = "256"]

mod app;
mod client;
mod components;
mod crash;
mod filter;
mod focus;
mod format;
mod head;
mod json;
mod later;
mod layer;
mod local;
mod map;
mod matching;
mod navigation;
mod outbox;
mod pages;
mod position;
mod random;
mod route;
mod settings;
mod shell;
mod site;
mod ui;
mod words;
mod world;

/// Reads the settings, then shows the portal in place of the shell's waiting picture.
pub fn start() {
    crash::install();
    // Not through leptos yet: it has an executor only once something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        match settings::Settings::load().await {
            Ok(settings) => app::mount(settings),
            Err(_) => shell::not_started(),
        }
    });
}
