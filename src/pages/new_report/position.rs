//! The device's own position.

use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Position, PositionError, PositionOptions};

/// Where the device is, and how far off that may be in metres (for 95 of 100 readings).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fix {
    pub(super) lat: f64,
    pub(super) lng: f64,
    pub(super) accuracy: f64,
}

/// Asks the browser for the position; says whether the visitor refused when it does not come.
pub(super) fn ask(found: impl Fn(Fix) + 'static, failed: impl Fn(bool) + Clone + 'static) {
    let Ok(geolocation) = window().navigator().geolocation() else { return failed(false) };
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(20_000);
    options.set_maximum_age(60_000);
    let on_found = Closure::once_into_js(move |position: Position| {
        let at = position.coords();
        found(Fix { lat: at.latitude(), lng: at.longitude(), accuracy: at.accuracy() });
    });
    let on_failed = failed.clone();
    let on_error = Closure::once_into_js(move |error: PositionError| {
        on_failed(error.code() == PositionError::PERMISSION_DENIED);
    });
    let asked = geolocation.get_current_position_with_error_callback_and_options(
        on_found.unchecked_ref(),
        Some(on_error.unchecked_ref()),
        &options,
    );
    if asked.is_err() {
        failed(false);
    }
}
