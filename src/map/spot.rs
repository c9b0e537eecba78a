//! One place on a small map that stands still: a picture, not something to move.

use leaflet::{LatLng, MapOptions};
use leptos::{html::Div, prelude::*};
use model::Status;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::{
    basemap::{self, Attribution},
    leaflet_ext,
};
use crate::{
    settings::{Settings, settings},
    ui::{effect, flag},
    words::{Words, speech},
};

/// The zoom at which the surroundings of a place are recognised.
const CLOSE: u8 = 16;
/// How far below the screen a map may be when its pictures are asked for.
const AHEAD: &str = "200px";

/// The surroundings of a place, with a pin in their middle.
#[component]
pub(crate) fn SpotMap(
    /// Degrees north.
    lat: f64,
    /// Degrees east.
    lng: f64,
    /// Decides the pin's colour and shape; a place that is no report's has none.
    #[prop(optional, into)]
    status: Option<Status>,
    /// How close.
    #[prop(default = CLOSE)]
    zoom: u8,
    /// The place in words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let speech = speech();
    let settings = settings();
    let node = NodeRef::<Div>::new();
    let near = RwSignal::new(false);
    let failed = RwSignal::new(!leaflet_ext::is_loaded());
    let watch = StoredValue::new_local(None::<Watch>);
    let map = StoredValue::new_local(None::<StillMap>);

    effect(move || {
        let Some(element) = node.get() else { return };
        // Tiles are paid for by whoever looks at them: they wait until the map is nearly on the screen.
        let begun = Watch::begin(&element, move || near.set(true));
        // A browser that cannot tell shows the map at once.
        near.set(begun.is_none());
        watch.set_value(begun);
    });
    effect(move || {
        let (true, Some(element)) = (near.get(), node.get()) else { return };
        watch.set_value(None);
        if !failed.get_untracked() {
            let made = StillMap::new(&element, &settings, lat, lng, zoom);
            failed.set(made.is_none());
            map.set_value(made);
        }
    });
    on_cleanup(move || {
        watch.set_value(None);
        map.set_value(None);
    });

    view! {
        <div class="map map-spot">
            <div class="map-ground" node_ref=node role="img" aria-label=label></div>
            <p class="map-failed" hidden=flag(move || !failed.get())>{speech.say(Words::report_map_failed)}</p>
            <span class="pin map-spot-pin" data-status=status.map(Status::as_str) hidden=failed aria-hidden="true"></span>
            <Attribution />
        </div>
    }
}

/// A map without handlers: a finger that scrolls the page is never caught by it, and no key stops at it.
struct StillMap(leaflet::Map);

impl StillMap {
    fn new(element: &HtmlElement, settings: &Settings, lat: f64, lng: f64, zoom: u8) -> Option<Self> {
        let options = MapOptions::new();
        options.set_zoom_control(false);
        options.set_attribution_control(false);
        options.set_box_zoom(false);
        options.set_double_click_zoom(false.into());
        options.set_dragging(false);
        options.set_keyboard(false);
        options.set_scroll_wheel_zoom(false);
        options.set_touch_zoom(false);
        options.set_zoom_animation(false);
        options.set_fade_animation(false);
        let map = leaflet::Map::new_with_element(element, &options).ok()?;
        map.set_view(&LatLng::new(lat, lng), f64::from(zoom));
        basemap::add_to(&map, settings);
        Some(Self(map))
    }
}

impl Drop for StillMap {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Waits until an element is nearly on the screen. Dropping it ends the waiting.
struct Watch {
    observer: IntersectionObserver,
    _seen: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watch {
    fn begin(element: &HtmlElement, seen: impl Fn() + 'static) -> Option<Self> {
        let seen = Closure::new(move |entries: js_sys::Array| {
            let on_screen =
                |entry| JsValue::unchecked_into::<IntersectionObserverEntry>(entry).is_intersecting();
            if entries.iter().any(on_screen) {
                seen();
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(AHEAD);
        let observer =
            IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _seen: seen })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
