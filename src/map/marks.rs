//! What stands on a map: real buttons with names, kept while the map moves.
//!
//! Leaflet's own markers are an object, two elements and a dozen listeners each. These are one element each and five
//! listeners for all of them: on a slow phone the difference is a frame that is not lost.

use std::{cell::RefCell, rc::Rc};

use geo::WorldPoint;
use leaflet::{Event, Evented, EventedHandle, MouseEvent, Point};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, Node};

use super::leaflet_ext::{new_origin, origin};

/// A thing on a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// What it is, while others come and go: the same key stays the same element, with the focus on it.
    pub(crate) key: String,
    /// Where.
    pub(crate) at: WorldPoint,
    /// How it is drawn (style/map.css, style/layer.css).
    pub(crate) class: &'static str,
    /// What a screen reader says; a thing without it is no button.
    pub(crate) label: String,
    /// What is written on it.
    pub(crate) text: String,
    /// Further attributes; those that begin with `--` are properties of its style.
    pub(crate) data: Vec<(&'static str, String)>,
}

/// The marks of one kind on one map. Dropping them takes them away.
pub(super) struct Marks {
    map: leaflet::Map,
    ground: HtmlElement,
    standing: Rc<RefCell<Vec<Standing>>>,
    // Dropped before the map is: a listener must not outlive what it listens to.
    _moves: Vec<EventedHandle<Event>>,
    _presses: EventedHandle<MouseEvent>,
}

struct Standing {
    mark: Mark,
    element: HtmlElement,
    /// What moves it to its place.
    moved: String,
}

impl Marks {
    /// None yet. `on_press` is told the key of the one that is pressed.
    pub(super) fn new(map: &leaflet::Map, on_press: Callback<String>) -> Option<Self> {
        let ground = element("div")?;
        ground.set_class_name("marks");
        map.get_pane_by_name("markerPane").append_child(&ground).ok()?;
        let standing = Rc::<RefCell<Vec<Standing>>>::default();
        // Dragging moves the ground under them; only zooming moves them among themselves.
        let moves = ["zoom", "viewreset", "zoomanim"].map(|name| {
            let (map, standing) = (map.clone(), standing.clone());
            Evented::on_leaflet_event(&&map.clone(), name, move |event: Event| {
                let (zoom, origin) =
                    new_origin(&map, &event).unwrap_or_else(|| (map.get_zoom(), origin(&map)));
                standing.borrow_mut().iter_mut().for_each(|standing| standing.put(zoom, &origin));
            })
        });
        // Leaflet knows which click was the end of a drag, and tells of none then.
        let all = standing.clone();
        let presses = Evented::on_leaflet_event(&map, "click", move |event: MouseEvent| {
            let target = event.original_event().target().and_then(|target| target.dyn_into::<Node>().ok());
            let of = |one: &&Standing| one.element.contains(target.as_ref());
            let key = all.borrow().iter().find(of).map(|one| one.mark.key.clone());
            if let Some(key) = key {
                on_press.run(key);
            }
        });
        Some(Self { map: map.clone(), ground, standing, _moves: moves.into(), _presses: presses })
    }

    /// Draws these, and takes the others away. They are tabbed through in this order.
    pub(super) fn show(&self, marks: &[Mark]) {
        let (zoom, origin) = (self.map.get_zoom(), origin(&self.map));
        let mut standing = self.standing.borrow_mut();
        let mut before = std::mem::take(&mut *standing);
        let mut last = None::<Element>;
        for mark in marks {
            let known = before.iter().position(|one| one.mark.key == mark.key);
            let mut one = match known {
                Some(at) => {
                    let mut one = before.swap_remove(at);
                    one.update(mark);
                    one
                }
                None => {
                    let Some(one) = Standing::new(mark) else { continue };
                    // Beside the one before it, which stays where it is: what is moved in a page loses the focus.
                    let _ = match &last {
                        Some(last) => last.after_with_node_1(&one.element),
                        None => self.ground.prepend_with_node_1(&one.element),
                    };
                    one
                }
            };
            one.put(zoom, &origin);
            last = Some(one.element.clone().into());
            standing.push(one);
        }
        let active = document().active_element();
        let focused =
            before.iter().any(|gone| active.as_ref().is_some_and(|active| *active == *gone.element));
        before.iter().for_each(|gone| gone.element.remove());
        if focused {
            // Whoever stood on one of them stays on the map instead of falling back to the page's beginning.
            let _ = self.map.get_container().focus();
        }
    }
}

impl Drop for Marks {
    fn drop(&mut self) {
        self.show(&[]);
        self.ground.remove();
    }
}

impl Standing {
    fn new(mark: &Mark) -> Option<Self> {
        let element = element(if mark.label.is_empty() { "span" } else { "button" })?;
        let one = Self { mark: mark.clone(), element, moved: String::new() };
        one.set("class", mark.class);
        if !mark.label.is_empty() {
            one.set("type", "button");
        }
        one.dress();
        Some(one)
    }

    fn update(&mut self, mark: &Mark) {
        if self.mark != *mark {
            for (name, _) in &self.mark.data {
                let _ = self.element.remove_attribute(name);
            }
            self.mark = mark.clone();
            self.dress();
        }
    }

    /// Everything is set as text: nothing a citizen wrote is ever read as HTML.
    fn dress(&self) {
        let Mark { label, text, data, .. } = &self.mark;
        if !label.is_empty() {
            self.set("aria-label", label);
            self.set("title", label);
        }
        self.element.set_text_content(Some(text));
        for (name, value) in data {
            if name.starts_with("--") {
                // Only fails for a name that is no property's.
                let _ = self.element.style().set_property(name, value);
            } else {
                self.set(name, value);
            }
        }
    }

    fn set(&self, name: &str, value: &str) {
        // Only fails for a name that is no attribute's.
        let _ = self.element.set_attribute(name, value);
    }

    fn put(&mut self, zoom: f64, origin: &Point) {
        let moved = moved_to(self.mark.at, zoom, origin);
        if self.moved != moved {
            // Only fails for a name that is no property's.
            let _ = self.element.style().set_property("transform", &moved);
            self.moved = moved;
        }
    }
}

/// What moves an element to where a place is at a zoom, on the copy of the world that is looked at; `origin` is the pixel
/// of the world that the map counts from.
pub(super) fn moved_to(at: WorldPoint, zoom: f64, origin: &Point) -> String {
    let side = 256.0 * js_sys::Math::pow(2.0, zoom);
    let pixel = |steps: u32| f64::from(steps) / 4_294_967_296.0 * side;
    let (mut x, y) = (pixel(at.x) - origin.x(), pixel(at.y) - origin.y());
    // The origin is at the map's edge, and no map is wider than half the world where it matters.
    if x > side / 2.0 {
        x -= side;
    } else if x < -side / 2.0 {
        x += side;
    }
    let [x, y] = [x, y].map(|at| js_sys::Math::round(at) as i32);
    format!("translate3d({x}px,{y}px,0)")
}

fn element(name: &str) -> Option<HtmlElement> {
    document().create_element(name).ok()?.dyn_into().ok()
}
