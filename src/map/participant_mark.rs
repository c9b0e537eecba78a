//! A mark of the participants' layer: a real button with a name.

use leaflet::{Evented, EventedHandle, LatLng, Marker, MarkerOptions, MouseEvent};
use leptos::prelude::*;
use model::ParticipantId;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::{gathering::SIDE, leaflet_ext::icon_of};

/// A participant, or several that stand too near to each other, as the map draws them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParticipantMark {
    /// The first of those it stands for. Its button stays the same while others join or leave.
    pub(crate) id: ParticipantId,
    /// All of them, with spaces between: their cards in the list carry the same ids.
    pub(crate) ids: String,
    /// Where, `[lat, lng]` in degrees.
    pub(crate) place: [f64; 2],
    /// The word of its drawing (style/layer.css): a kind, or `group`.
    pub(crate) shape: &'static str,
    /// The number that stands on it; none on the mark of one.
    pub(crate) count: Option<usize>,
    /// What a screen reader says.
    pub(crate) label: String,
    /// Whether it belongs to an earlier year than the one that is looked at.
    pub(crate) faded: bool,
    /// Whether it is not sure that it belongs here.
    pub(crate) doubtful: bool,
    /// Whether it was searched for.
    pub(crate) chosen: bool,
}

/// A mark that stands on a map. Dropping it takes it away.
pub(super) struct Standing {
    pub(super) mark: ParticipantMark,
    button: HtmlElement,
    marker: Marker,
    map: leaflet::Map,
    _listener: EventedHandle<MouseEvent>,
}

impl Standing {
    pub(super) fn new(
        map: &leaflet::Map,
        mark: &ParticipantMark,
        on_press: Callback<ParticipantId>,
    ) -> Option<Self> {
        let button = document().create_element("button").ok()?.dyn_into::<HtmlElement>().ok()?;
        dress(&button, mark);
        let options = MarkerOptions::new();
        options.set_icon(icon_of(&button, SIDE).unchecked_into());
        // The button takes the focus; Leaflet's own would be a second stop around it.
        options.set_keyboard(false);
        let marker = Marker::new_with_options(&at(mark), &options);
        let id = mark.id.clone();
        let press = move |_: MouseEvent| on_press.run(id.clone());
        let listener = Evented::on_leaflet_event(&marker, "click", press);
        marker.add_to(map);
        Some(Self { mark: mark.clone(), button, marker, map: map.clone(), _listener: listener })
    }

    pub(super) fn update(&mut self, mark: &ParticipantMark) {
        if self.mark != *mark {
            dress(&self.button, mark);
            self.marker.set_lat_lng(&at(mark));
            self.mark = mark.clone();
        }
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        let focused = document().active_element().is_some_and(|element| element == *self.button);
        self.map.remove_layer(&self.marker);
        if focused {
            // Whoever stood on this mark stays on the map instead of falling back to the page's beginning.
            let _ = self.map.get_container().focus();
        }
    }
}

fn at(mark: &ParticipantMark) -> LatLng {
    let [lat, lng] = mark.place;
    LatLng::new(lat, lng)
}

/// Attributes and the number are set as text: nothing is ever read as HTML.
fn dress(button: &HtmlElement, mark: &ParticipantMark) {
    for (name, value) in [
        ("type", "button"),
        ("class", "mark"),
        ("data-mark", mark.shape),
        ("data-participant", &mark.ids),
        ("aria-label", &mark.label),
        ("title", &mark.label),
    ] {
        // Only fails for a name that is no attribute's, like the ones below.
        let _ = button.set_attribute(name, value);
    }
    for (name, is) in
        [("data-faded", mark.faded), ("data-doubtful", mark.doubtful), ("data-chosen", mark.chosen)]
    {
        let _ = if is { button.set_attribute(name, "") } else { button.remove_attribute(name) };
    }
    button.set_text_content(mark.count.map(|count| count.to_string()).as_deref());
}
