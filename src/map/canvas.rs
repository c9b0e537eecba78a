//! A picture on the ground of a map, under its marks.

use geo::WorldPoint;
use leaflet::{Event, Evented, EventedHandle};
use leptos::prelude::*;
use wasm_bindgen::{Clamped, JsCast as _};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, ImageData};

use super::{ground::Ground, leaflet_ext::origin, marks::moved_to};

/// A canvas on a map. Dropping it takes it away.
pub(crate) struct Canvas {
    element: HtmlCanvasElement,
    map: leaflet::Map,
    // A zoom moves what is drawn to where it is not; it is drawn anew afterwards.
    _zooms: EventedHandle<Event>,
}

impl Canvas {
    /// An empty one; none where there is no map.
    pub(crate) fn new(ground: Ground) -> Option<Self> {
        let map = ground.map.with_value(|map| map.as_ref().map(|map| map.handle.leaflet().clone()))?;
        let element: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        element.set_class_name("heat leaflet-zoom-hide");
        // What it shows is said by the list's head and by the legend.
        element.set_attribute("aria-hidden", "true").ok()?;
        map.get_pane_by_name("overlayPane").append_child(&element).ok()?;
        let cleared = element.clone();
        let zooms = Evented::on_leaflet_event(&&map, "zoomend", move |_: Event| cleared.set_width(0));
        Some(Self { element, map, _zooms: zooms })
    }

    /// Draws a picture of so many pixels with its north-western corner at a place, each of them `coarse` wide.
    pub(crate) fn draw(&self, at: WorldPoint, [width, height]: [u32; 2], rgba: &[u8], coarse: u32) {
        self.element.set_width(width);
        self.element.set_height(height);
        let style = HtmlElement::style(&self.element);
        for (name, value) in [
            ("width", format!("{}px", width * coarse)),
            ("height", format!("{}px", height * coarse)),
            ("transform", moved_to(at, self.map.get_zoom(), &origin(&self.map))),
        ] {
            // Only fails for a name that is no property's.
            let _ = style.set_property(name, &value);
        }
        let context = self.element.get_context("2d").ok().flatten();
        let context = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
        if let (Some(context), Ok(image)) =
            (context, ImageData::new_with_u8_clamped_array(Clamped(rgba), width))
        {
            // Only fails for a picture whose size is not what it says.
            let _ = context.put_image_data(&image, 0.0, 0.0);
        }
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        self.element.remove();
    }
}
