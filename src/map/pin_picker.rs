//! Choosing a place: the pin stands in the middle, the map moves under it. So it works by finger, mouse and
//! arrow keys alike.

use leptos::{html::Div, prelude::*};

use super::{basemap::Attribution, handle::MapHandle, zoom_buttons::ZoomButtons};
use crate::{
    route::View,
    settings::settings,
    ui::{effect, flag, text},
    words::{Words, speech},
};

/// A map that reports its centre whenever the visitor moves it or taps a place, or `look_at` does.
#[component]
pub(crate) fn PinPicker(
    /// Where to look at first.
    start: Option<View>,
    /// A place to go to, whenever it is set.
    #[prop(into)]
    look_at: Signal<Option<View>>,
    /// How far off the place may be, in metres, where that is known: drawn as a circle around the pin.
    #[prop(into)]
    accuracy: Signal<Option<f64>>,
    on_place: Callback<View>,
    /// The id of the element that explains the map.
    described_by: &'static str,
) -> impl IntoView {
    let speech = speech();
    let settings = settings();
    let node = NodeRef::<Div>::new();
    let map = StoredValue::new_local(None::<MapHandle>);
    let failed = RwSignal::new(false);
    let moves = RwSignal::new(0_u32);
    let tapped = RwSignal::new(None::<View>);
    let shown = RwSignal::new(None::<View>);
    // A map also moves by itself, when the phone is turned or the page grows. Only a visitor chooses a place.
    let touched = StoredValue::new(false);
    let touch = move || touched.set_value(true);

    effect(move || {
        let Some(element) = node.get() else { return };
        let Some(mut handle) = MapHandle::new(&element, &settings, start) else {
            failed.set(true);
            return;
        };
        handle.on_moved(move || moves.update(|count| *count += 1));
        handle.on_tapped(move |view| tapped.set(Some(view)));
        map.set_value(Some(handle));
        moves.update(|count| *count += 1);
    });
    effect(move || {
        moves.track();
        let view = map.with_value(|map| map.as_ref().map(MapHandle::view));
        shown.set(view);
        if let Some(view) = view.filter(|_| touched.get_value()) {
            on_place.run(view);
        }
    });
    effect(move || {
        if let Some(view) = look_at.get() {
            touch();
            map.with_value(|map| map.iter().for_each(|handle| handle.look_at(view)));
            // Without a map the device's own position still is a place.
            if failed.get_untracked() {
                on_place.run(view);
            }
        }
    });
    effect(move || {
        if let Some(view) = tapped.get() {
            map.with_value(|map| map.iter().for_each(|handle| handle.look_at(view)));
        }
    });
    on_cleanup(move || map.set_value(None));
    let zoom = Callback::new(move |steps| {
        touch();
        map.with_value(|map| map.iter().for_each(|handle| handle.zoom_by(steps)));
    });

    let circle = text(move || {
        let pixels =
            shown.get().zip(accuracy.get()).map(|(view, metres)| 2.0 * metres / metres_a_pixel(view));
        // Whole pixels: writing fractions would bring the general routines for floating point.
        pixels.map(|pixels| format!("{}px", pixels as u32)).unwrap_or_default()
    });

    view! {
        <div class="map map-picker" on:pointerdown=move |_| touch() on:keydown=move |_| touch() on:wheel=move |_| touch()>
            <div class="map-ground" node_ref=node role="application" aria-describedby=described_by
                aria-label=speech.say(Words::new_place_map)></div>
            <ZoomButtons zoom />
            <p class="map-failed" hidden=flag(move || !failed.get())>{speech.say(Words::new_map_unavailable)}</p>
            <span class="map-accuracy" aria-hidden="true" style:width=circle style:height=circle></span>
            <span class="map-pin" aria-hidden="true" hidden=flag(move || failed.get())></span>
            <Attribution />
        </div>
    }
}

/// The ground a pixel covers, in metres: the equator's length over the width of the map, less towards the poles (Web
/// Mercator, 256-pixel tiles).
fn metres_a_pixel(view: View) -> f64 {
    // The browser's own cosine: ours would bring its tables.
    let shrunk = js_sys::Math::cos(view.lat.to_radians());
    40_075_016.7 / 256.0 * shrunk / f64::from(1_u32 << view.zoom.min(24))
}
