//! Where the device is, as the browser tells.

use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Position, PositionError, PositionOptions};

/// How long to wait for the device, in milliseconds.
const PATIENCE: u32 = 20_000;
/// A position of the last minute is as good as a new one, and there at once.
const FRESH: u32 = 60_000;

/// Where the device believes to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fix {
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lng: f64,
    /// The radius in metres within which it is, most likely.
    pub(crate) accuracy: f64,
}

/// Why there is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoFix {
    /// The visitor, or the page that embeds us, did not allow it.
    Refused,
    /// The device does not know, or not in time.
    Failed,
    /// This browser cannot be asked.
    Unavailable,
}

/// Asks the browser for the position of the device; `answer` is called once, perhaps long after.
pub(crate) fn ask(answer: impl Fn(Result<Fix, NoFix>) + Clone + 'static) {
    let Ok(geolocation) = window().navigator().geolocation() else { return answer(Err(NoFix::Unavailable)) };
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(PATIENCE);
    options.set_maximum_age(FRESH);
    let (found, failed) = (answer.clone(), answer.clone());
    let on_found = Closure::once_into_js(move |position: Position| {
        let at = position.coords();
        found(Ok(Fix { lat: at.latitude(), lng: at.longitude(), accuracy: at.accuracy() }));
    });
    let on_error = Closure::once_into_js(move |error: PositionError| {
        let refused = error.code() == PositionError::PERMISSION_DENIED;
        failed(Err(if refused { NoFix::Refused } else { NoFix::Failed }));
    });
    let asked = geolocation.get_current_position_with_error_callback_and_options(
        on_found.unchecked_ref(),
        Some(on_error.unchecked_ref()),
        &options,
    );
    if asked.is_err() {
        answer(Err(NoFix::Unavailable));
    }
}
