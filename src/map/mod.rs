//! Leaflet wrapped: nothing outside this room knows it.
//!
//! Leaflet is a classic script that must have run before (`L` is a global). Its events only set signals; all
//! changes to the map happen in effects, because Leaflet fires events in the middle of its own calls.

mod basemap;
mod gathering;
mod ground;
mod handle;
mod land;
mod leaflet_ext;
mod me;
mod participant_mark;
mod participants_layer;
mod pin_picker;
mod pins;
mod reports_map;
mod spot;
mod zoom_buttons;

pub(crate) use gathering::{Gathering, closer, gather};
pub(crate) use ground::Ground;
pub(crate) use participant_mark::ParticipantMark;
pub(crate) use participants_layer::show_participants;
pub(crate) use pin_picker::PinPicker;
pub(crate) use pins::Pin;
pub(crate) use reports_map::{ReportsMap, Target};
pub(crate) use spot::SpotMap;
