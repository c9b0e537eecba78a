//! The index of raw points as a module that a page can load, without the portal around it.
//!
//! Only measured, never shipped.

#[cfg(target_arch = "wasm32")]
mod counted;
#[cfg(target_arch = "wasm32")]
mod wasm;

mod indonesia;

pub use indonesia::{Random, Report, indonesia};
