//! Reports from other systems: a file, a profile that says what its columns mean, and the store they go into.
//!
//! Nothing of a file is lost and nothing is mended in silence: a row is either taken in as it stands, known
//! already, or written to the rejects with the reason.

mod builtin;
mod columns;
pub mod csv;
mod error;
pub(crate) mod ids;
pub mod jurisdictions;
mod profile;
mod reject;
mod rejects_file;
mod row;
mod source_file;
mod summary;
mod time;

pub use error::{CutReason, ImportError, ProfileError};
pub use summary::Summary;
