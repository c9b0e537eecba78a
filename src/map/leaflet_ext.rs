//! What the `leaflet` crate lacks.

use wasm_bindgen::prelude::*;

/// Whether Leaflet's script has run. Every call into it would throw otherwise.
pub(super) fn is_loaded() -> bool {
    js_sys::Reflect::has(&js_sys::global(), &"L".into()).unwrap_or(false)
}

/// A `DivIcon` around an element of our own. The crate's options take a text only, which Leaflet would read as
/// HTML: what citizens write must never get there.
pub(super) fn icon_of(element: &web_sys::HtmlElement, size: f64) -> leaflet::DivIcon {
    let options = leaflet::DivIconOptions::new();
    options.set_class_name("pin-place".to_owned());
    options.set_icon_size(leaflet::Point::new(size, size));
    // Setting a property of a plain object does not fail.
    let _ = js_sys::Reflect::set(&options, &JsValue::from_str("html"), element);
    leaflet::DivIcon::new(&options)
}

/// Ends a zoom that is under way. Leaflet finishes it by a timer that `remove` leaves running, and which then reaches
/// for panes that are gone (`_onZoomTransitionEnd`, 1.9.4).
pub(super) fn forget_zoom(map: &leaflet::Map) {
    let _ = js_sys::Reflect::set(map, &"_animatingZoom".into(), &JsValue::FALSE);
}
