//! JSON by the browser's own parser.
//!
//! The browser parses the text; serde only reads the values it made of it. `serde_json` in its place would bring
//! 40 KB to the phone and `serde-wasm-bindgen` 20, most of it for floating point and for error messages that
//! nobody here reads.

mod read;
mod value;
mod write;

use js_sys::JSON;
use serde::{Serialize, de::DeserializeOwned};

pub(crate) use value::Value;

/// A value of another shape than asked for. Where it matters, whoever reads says so in words of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not of the expected shape")]
struct Misfit;

/// Reads a value; none for what is not JSON, or is JSON of another shape.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(read::Reader(JSON::parse(text).ok()?)).ok()
}

/// Writes a value; none only for what has no JSON form.
pub(crate) fn write<T: Serialize>(value: &T) -> Option<String> {
    let value = value.serialize(write::Writer).ok()?;
    JSON::stringify(&value).ok()?.as_string()
}
