//! What the `leaflet` crate lacks.

use js_sys::Reflect;
use leaflet::{Event, LatLng, Point};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A map with what Leaflet's own layers use of it (Leaflet 1.9.4).
    type Inside;

    #[wasm_bindgen(method, js_name = getPixelOrigin)]
    fn pixel_origin(this: &Inside) -> Point;

    #[wasm_bindgen(method, js_name = _getNewPixelOrigin)]
    fn new_pixel_origin(this: &Inside, center: &LatLng, zoom: f64) -> Point;
}

/// Whether Leaflet's script has run. Every call into it would throw otherwise.
pub(super) fn is_loaded() -> bool {
    Reflect::has(&js_sys::global(), &"L".into()).unwrap_or(false)
}

/// The pixel of the world that a map counts its layers from.
pub(super) fn origin(map: &leaflet::Map) -> Point {
    map.unchecked_ref::<Inside>().pixel_origin()
}

/// The zoom that an animation leads to, and the pixel it will be counted from; nothing for other events.
pub(super) fn new_origin(map: &leaflet::Map, event: &Event) -> Option<(f64, Point)> {
    let of = |name: &str| Reflect::get(event, &name.into()).ok();
    let (zoom, center) = (of("zoom")?.as_f64()?, of("center")?);
    // Whatever has both has a place there.
    Some((zoom, map.unchecked_ref::<Inside>().new_pixel_origin(center.unchecked_ref::<LatLng>(), zoom)))
}

/// Ends a zoom that is under way. Leaflet finishes it by a timer that `remove` leaves running, and which then reaches
/// for panes that are gone (`_onZoomTransitionEnd`, 1.9.4).
pub(super) fn forget_zoom(map: &leaflet::Map) {
    let _ = Reflect::set(map, &"_animatingZoom".into(), &JsValue::FALSE);
}
