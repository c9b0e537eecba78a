//! Where the problem is: by the pin, or by the device's own position.

use leptos::prelude::*;
use model::{Degrees, FieldError};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Position, PositionError, PositionOptions};

use super::{FieldProblem, has_error};
use crate::{
    map::PinPicker,
    outbox::Draft,
    route::View,
    ui::aria,
    words::{Words, speech},
};

/// From this zoom on a pixel is a few metres, and a pin means a place.
const EXACT: u8 = 14;
/// The zoom at which a known position is shown.
const CLOSE: u8 = 17;

/// What came of asking for the device's position.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Locating {
    No,
    Asked,
    Failed,
    Refused,
}

/// The place of a draft.
#[component]
pub(super) fn PlaceField(
    draft: RwSignal<Draft>,
    errors: RwSignal<Vec<FieldError>>,
    /// Where to begin when the draft has no place yet.
    view: Option<View>,
) -> impl IntoView {
    let speech = speech();
    let kept = draft.with_untracked(|draft| draft.place);
    let start = kept.map(|[lat, lng]| View { lat, lng, zoom: CLOSE }).or(view);
    let look_at = RwSignal::new(None::<View>);
    let locating = RwSignal::new(Locating::No);
    let too_far = RwSignal::new(false);

    let on_place = Callback::new(move |view: View| {
        too_far.set(view.zoom < EXACT);
        // Whoever places the pin does not want it moved by a position that comes later.
        locating.set(Locating::No);
        // Six decimals are a decimetre; more would only pretend.
        let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
        let place = (view.zoom >= EXACT).then(|| [rounded(view.lat), rounded(view.lng)]);
        if draft.with_untracked(|draft| draft.place != place && !draft.is_sealed()) {
            draft.update(|draft| draft.place = place);
        }
    });
    let locate = move |_| {
        locating.set(Locating::Asked);
        ask_position(
            move |view| {
                if locating.try_get_untracked() == Some(Locating::Asked) {
                    look_at.set(Some(view));
                }
            },
            move |refused| {
                if locating.try_get_untracked() == Some(Locating::Asked) {
                    locating.set(if refused { Locating::Refused } else { Locating::Failed });
                }
            },
        );
    };
    let state = speech.text(move |words| match (locating.get(), draft.with(|draft| draft.place)) {
        (Locating::Asked, _) => words.new_locating().to_owned(),
        (Locating::Failed, None) => words.new_locate_failed().to_owned(),
        (Locating::Refused, None) => words.new_locate_refused().to_owned(),
        (_, Some([lat, lng])) => words.new_place_at(&Degrees(lat).to_string(), &Degrees(lng).to_string()),
        (_, None) if too_far.get() => words.new_zoom_in_first().to_owned(),
        (_, None) => words.new_place_unset().to_owned(),
    });

    view! {
        <div class="field" role="group" aria-labelledby="place-label">
            <p class="label" id="place-label">{speech.say(Words::new_place)}</p>
            <p class="hint" id="place-hint">{speech.say(Words::new_place_hint)}</p>
            <button type="button" class="button" id="place" on:click=locate
                aria-describedby="place-error" aria-invalid=aria(move || has_error(errors, "place"))>
                {speech.say(Words::new_locate)}
            </button>
            <PinPicker start look_at on_place described_by="place-hint" />
            <p class="place-state" role="status">{state}</p>
            <FieldProblem id="place-error" field="place" errors />
        </div>
    }
}

/// Asks the browser for the position; says whether the visitor refused when it does not come.
fn ask_position(found: impl Fn(View) + 'static, failed: impl Fn(bool) + Clone + 'static) {
    let Ok(geolocation) = window().navigator().geolocation() else { return failed(false) };
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(20_000);
    options.set_maximum_age(60_000);
    let on_found = Closure::once_into_js(move |position: Position| {
        let at = position.coords();
        found(View { lat: at.latitude(), lng: at.longitude(), zoom: CLOSE });
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
