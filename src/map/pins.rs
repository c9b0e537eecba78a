//! Reports as pins: real buttons with names, kept while the map moves.

use leaflet::{Evented, EventedHandle, LatLng, Marker, MarkerOptions, MouseEvent};
use leptos::prelude::*;
use model::{ReportId, Status};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::leaflet_ext::icon_of;

/// A side of a pin's touch area, in pixels (WCAG 2.2, 2.5.5).
const SIDE: f64 = 44.0;
/// Pins closer than this hide each other; the later ones wait for a closer look. Their touch areas may overlap
/// a little, their shapes do not.
const GAP: f64 = 30.0;

/// A report as the map draws it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pin {
    /// The report.
    pub(crate) id: ReportId,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lng: f64,
    /// Decides colour and shape.
    pub(crate) status: Status,
    /// What a screen reader says.
    pub(crate) label: String,
}

/// The pins on one map.
pub(super) struct Pins {
    /// A hundred at most, where a look at each is quicker than the code of a table.
    standing: Vec<Standing>,
    on_open: Callback<ReportId>,
}

struct Standing {
    pin: Pin,
    button: HtmlElement,
    marker: Marker,
    _listener: EventedHandle<MouseEvent>,
}

impl Pins {
    pub(super) fn new(on_open: Callback<ReportId>) -> Self {
        Self { standing: Vec::new(), on_open }
    }

    /// Draws those of `pins` that there is room for, the first ones first, and takes the others away.
    pub(super) fn show(&mut self, map: &leaflet::Map, pins: &[Pin]) {
        let pixels: Vec<(f64, f64)> = pins
            .iter()
            .map(|pin| {
                let point = map.lat_lng_to_container_point(&LatLng::new(pin.lat, pin.lng));
                (point.x(), point.y())
            })
            .collect();
        let shown: Vec<&Pin> =
            geo::thin(&pixels, GAP).into_iter().filter_map(|index| pins.get(index)).collect();

        let stays = |standing: &Standing| shown.iter().any(|pin| pin.id == standing.pin.id);
        let (stay, gone): (Vec<_>, Vec<_>) = std::mem::take(&mut self.standing).into_iter().partition(stays);
        self.standing = stay;
        gone.into_iter().for_each(|standing| standing.take_away(map));
        for pin in shown {
            match self.standing.iter_mut().find(|standing| standing.pin.id == pin.id) {
                Some(standing) => standing.update(pin),
                None => self.standing.extend(Standing::new(map, pin, self.on_open)),
            }
        }
    }
}

impl Standing {
    fn new(map: &leaflet::Map, pin: &Pin, on_open: Callback<ReportId>) -> Option<Self> {
        let button = document().create_element("button").ok()?.dyn_into::<HtmlElement>().ok()?;
        dress(&button, pin);
        let options = MarkerOptions::new();
        options.set_icon(icon_of(&button, SIDE).unchecked_into());
        // The button takes the focus; Leaflet's own would be a second stop around it.
        options.set_keyboard(false);
        let marker = Marker::new_with_options(&LatLng::new(pin.lat, pin.lng), &options);
        let id = pin.id;
        let listener = Evented::on_leaflet_event(&marker, "click", move |_: MouseEvent| on_open.run(id));
        marker.add_to(map);
        Some(Self { pin: pin.clone(), button, marker, _listener: listener })
    }

    fn update(&mut self, pin: &Pin) {
        if self.pin != *pin {
            dress(&self.button, pin);
            self.marker.set_lat_lng(&LatLng::new(pin.lat, pin.lng));
            self.pin = pin.clone();
        }
    }

    fn take_away(self, map: &leaflet::Map) {
        let focused = document().active_element().is_some_and(|element| element == *self.button);
        map.remove_layer(&self.marker);
        if focused {
            // Whoever stood on this pin stays on the map instead of falling back to the page's beginning.
            let _ = map.get_container().focus();
        }
    }
}

/// Attributes are set as text: nothing a citizen wrote is ever read as HTML.
fn dress(button: &HtmlElement, pin: &Pin) {
    for (name, value) in [
        ("type", "button"),
        ("class", "pin"),
        ("data-status", pin.status.as_str()),
        ("data-report", &pin.id.to_string()),
        ("aria-label", &pin.label),
        ("title", &pin.label),
    ] {
        // Only fails for a name that is no attribute's.
        let _ = button.set_attribute(name, value);
    }
}
