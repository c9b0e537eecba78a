//! Leaflet wrapped: nothing outside this room knows it.
//!
//! Leaflet is a classic script that must have run before (`L` is a global). Its events only set signals; all
//! changes to the map happen in effects, because Leaflet fires events in the middle of its own calls.

mod basemap;
mod canvas;
mod gathering;
mod ground;
mod handle;
mod land;
mod leaflet_ext;
mod marks;
mod me;
mod participants_layer;
mod pin_picker;
mod reports_map;
mod spot;
mod zoom_buttons;

pub(crate) use canvas::Canvas;
pub(crate) use gathering::{Gathering, closer, gather};
pub(crate) use ground::Ground;
pub(crate) use marks::Mark;
pub(crate) use participants_layer::show_participants;
pub(crate) use pin_picker::PinPicker;
pub(crate) use reports_map::{ReportsMap, Target};
pub(crate) use spot::SpotMap;
