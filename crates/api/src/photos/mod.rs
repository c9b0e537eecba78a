//! Photos: read within limits, made anew, kept beside the database.
//!
//! What a phone sends is never kept. It is decoded, turned upright, scaled and encoded again, so that nothing the
//! camera wrote beside the picture (where it was taken, by which device) can come out of this server.

mod decode;
mod error;
mod format;
mod objects;
mod render;
mod workshop;

pub(crate) use error::PhotoError;
pub use objects::OpenError;
pub(crate) use objects::PhotoObjects;
pub(crate) use render::{Rendered, Size};
pub(crate) use workshop::{Room, Workshop};
