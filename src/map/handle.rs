//! A Leaflet map that cleans up after itself.

use leaflet::{Evented, EventedHandle, LatLng, LatLngBounds, MapOptions};
use leptos::prelude::window;
use model::BBox;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

use super::{basemap, leaflet_ext};
use crate::{route::View, settings::Settings};

/// The farthest and the closest a citizen can look.
const ZOOM_MIN: f64 = 3.0;
const ZOOM_MAX: f64 = 19.0;

/// A map in an element. Dropping it takes the map and its listeners away.
pub(super) struct MapHandle {
    // Dropped before the map is removed: a listener must not outlive what it listens to.
    listeners: Vec<EventedHandle<leaflet::Event>>,
    taps: Vec<EventedHandle<leaflet::MouseEvent>>,
    resizes: Vec<Resizes>,
    map: leaflet::Map,
}

/// Watches an element's size until it is dropped.
struct Resizes {
    observer: ResizeObserver,
    _listener: Closure<dyn FnMut()>,
}

impl Drop for Resizes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl MapHandle {
    /// Makes a map; none when Leaflet did not load.
    pub(super) fn new(element: &HtmlElement, settings: &Settings, view: Option<View>) -> Option<Self> {
        if !leaflet_ext::is_loaded() {
            return None;
        }
        let options = MapOptions::new();
        // Our own controls speak the visitor's language.
        options.set_zoom_control(false);
        options.set_attribution_control(false);
        options.set_min_zoom(ZOOM_MIN);
        options.set_max_zoom(ZOOM_MAX);
        options.set_world_copy_jump(true);
        // A picture a frame for each piece of the street map that comes, while a slow phone has enough to draw.
        options.set_fade_animation(false);
        if prefers_reduced_motion() {
            options.set_zoom_animation(false);
            options.set_inertia(false);
        }
        let map = leaflet::Map::new_with_element(element, &options).ok()?;
        let mut handle = Self { listeners: Vec::new(), taps: Vec::new(), resizes: Vec::new(), map };
        match view {
            Some(view) => handle.look_at(view),
            None => handle.fit(settings.bounds),
        }
        handle.listeners = basemap::add_to(&handle.map, settings);
        Some(handle)
    }

    pub(super) fn leaflet(&self) -> &leaflet::Map {
        &self.map
    }

    /// Calls `listener` after each change of what the map shows. It must only set signals: Leaflet is in the
    /// middle of its own work then.
    pub(super) fn on_moved(&mut self, mut listener: impl FnMut() + 'static) {
        self.listeners
            .push(Evented::on_leaflet_event(&&self.map, "moveend", move |_: leaflet::Event| listener()));
    }

    /// Calls `listener` with the place that was tapped, at the zoom of the moment.
    pub(super) fn on_tapped(&mut self, mut listener: impl FnMut(View) + 'static) {
        let map = self.map.clone();
        self.taps.push(Evented::on_leaflet_event(&&self.map, "click", move |event: leaflet::MouseEvent| {
            let at = event.lat_lng();
            listener(View { lat: at.lat(), lng: wrap(at.lng()), zoom: map.get_zoom() as u8 });
        }));
    }

    /// Calls `listener` whenever the map's element has another size; Leaflet itself only follows the window's.
    pub(super) fn on_resized(&mut self, listener: impl FnMut() + 'static) {
        let listener = Closure::<dyn FnMut()>::new(listener);
        if let Ok(observer) = ResizeObserver::new(listener.as_ref().unchecked_ref()) {
            observer.observe(&self.map.get_container());
            self.resizes.push(Resizes { observer, _listener: listener });
        }
    }

    /// Fits the map into the size its element has now; its middle stays the middle.
    pub(super) fn resize(&self) {
        self.map.invalidate_size(false);
    }

    pub(super) fn look_at(&self, view: View) {
        self.map.set_view(&LatLng::new(view.lat, view.lng), f64::from(view.zoom));
    }

    /// Shows a whole rectangle, `[west, south, east, north]`.
    pub(super) fn fit(&self, [west, south, east, north]: [f64; 4]) {
        self.map.fit_bounds(&LatLngBounds::new(&LatLng::new(south, west), &LatLng::new(north, east)));
    }

    pub(super) fn zoom_by(&self, steps: f64) {
        self.map.set_zoom(self.map.get_zoom() + steps);
    }

    pub(super) fn view(&self) -> View {
        let center = self.map.get_center();
        View { lat: center.lat(), lng: wrap(center.lng()), zoom: self.map.get_zoom() as u8 }
    }

    /// What the map shows. Leaflet counts on beyond 180°; the API does not.
    pub(super) fn bbox(&self) -> Option<BBox> {
        let bounds = self.map.get_bounds();
        let (south_west, north_east) = (bounds.get_south_west(), bounds.get_north_east());
        let (west, east) = if north_east.lng() - south_west.lng() >= 360.0 {
            (-180.0, 180.0)
        } else {
            (wrap(south_west.lng()), wrap(north_east.lng()))
        };
        BBox::new(west, south_west.lat().max(-90.0), east, north_east.lat().min(90.0)).ok()
    }
}

impl Drop for MapHandle {
    fn drop(&mut self) {
        self.listeners.clear();
        self.taps.clear();
        self.resizes.clear();
        leaflet_ext::forget_zoom(&self.map);
        self.map.remove();
    }
}

/// A longitude within ±180°.
fn wrap(lng: f64) -> f64 {
    lng - ((lng + 180.0) / 360.0).floor() * 360.0
}

fn prefers_reduced_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}
