//! The index of raw points as a module that a page can load, without the portal around it.
//!
//! Only measured, never shipped.

#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(not(target_arch = "wasm32"))]
mod indonesia;

#[cfg(not(target_arch = "wasm32"))]
pub use indonesia::{Random, Report, indonesia};
