//! Where the device is, on a map: a dot, and around it how sure the device is.

use js_sys::Math;
use leaflet::{LatLng, Marker, MarkerOptions};
use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::leaflet_ext::icon_of;
use crate::position::Fix;

/// Metres a pixel is wide at the equator at zoom 0 (Web Mercator, tiles of 256 pixels).
const METRES_PER_PIXEL: f64 = 156_543.033_92;
/// Wider than any screen; a circle that covers everything says nothing more.
const WIDEST: f64 = 4000.0;

/// The dot on one map.
pub(super) struct Me {
    fix: Fix,
    element: HtmlElement,
    marker: Marker,
}

impl Me {
    /// Draws a position, or moves the dot that `before` drew.
    pub(super) fn show(before: Option<Self>, map: &leaflet::Map, fix: Fix) -> Option<Self> {
        let at = LatLng::new(fix.lat, fix.lng);
        let me = match before {
            Some(me) => {
                me.marker.set_lat_lng(&at);
                Self { fix, ..me }
            }
            None => {
                let element = document().create_element("span").ok()?.dyn_into::<HtmlElement>().ok()?;
                element.set_class_name("me");
                let options = MarkerOptions::new();
                options.set_icon(icon_of(&element, 0.0).unchecked_into());
                options.set_keyboard(false);
                options.set_interactive(false);
                let marker = Marker::new_with_options(&at, &options);
                marker.add_to(map);
                Self { fix, element, marker }
            }
        };
        me.fit(map.get_zoom());
        Some(me)
    }

    /// Draws the circle as large as it is at a zoom.
    pub(super) fn fit(&self, zoom: f64) {
        // The browser's own functions: those of the compiler would be loaded first.
        let narrower = Math::cos(self.fix.lat.to_radians());
        let metres_per_pixel = METRES_PER_PIXEL * narrower / Math::pow(2.0, zoom);
        let across = (2.0 * self.fix.accuracy / metres_per_pixel).min(WIDEST) as u32;
        // Only fails for a name that is no property's.
        let _ = self.element.style().set_property("--across", &format!("{across}px"));
    }
}
