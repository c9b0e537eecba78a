//! Where the device is, on a map: a dot, and around it how sure the device is.

use js_sys::Math;
use leptos::prelude::Callback;

use super::marks::{Mark, Marks};
use crate::{position::Fix, world::world};

/// Metres a pixel is wide at the equator at zoom 0 (Web Mercator, tiles of 256 pixels).
const METRES_PER_PIXEL: f64 = 156_543.033_92;
/// Wider than any screen; a circle that covers everything says nothing more.
const WIDEST: f64 = 4000.0;

/// The dot on one map.
pub(super) struct Me(Marks);

impl Me {
    /// None yet.
    pub(super) fn new(map: &leaflet::Map) -> Option<Self> {
        // It is no button.
        Marks::new(map, Callback::new(|_| {})).map(Self)
    }

    /// Draws a position, and the circle as large as it is at a zoom.
    pub(super) fn show(&self, fix: Fix, zoom: f64) {
        // The browser's own functions: those of the compiler would be loaded first.
        let narrower = Math::cos(fix.lat.to_radians());
        let metres_per_pixel = METRES_PER_PIXEL * narrower / Math::pow(2.0, zoom);
        let across = (2.0 * fix.accuracy / metres_per_pixel).min(WIDEST) as u32;
        self.0.show(&[Mark {
            key: "me".to_owned(),
            at: world(fix.lat, fix.lng),
            class: "me",
            label: String::new(),
            text: String::new(),
            data: vec![("--across", format!("{across}px"))],
        }]);
    }
}
