//! A value that the browser's parser made, read field by field.
//!
//! serde's derived code is five times as large: it reads fields in any order and tells which one was wrong. What the
//! first page needs is read by hand; what comes later, by serde.

use std::str::FromStr;

use js_sys::{Array, JSON, Reflect, Uint32Array};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};

use super::read::Reader;

/// A value of JSON. Every way to read it gives nothing for what is missing, or of another kind.
pub(crate) struct Value(JsValue);

impl Value {
    /// Reads a text; nothing for what is not JSON.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
    }

    /// A field.
    #[inline(never)]
    pub(crate) fn get(&self, name: &str) -> Self {
        Self(Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED))
    }

    /// Whether there is such a field; one that is `null` is none.
    #[inline(never)]
    pub(crate) fn has(&self, name: &str) -> bool {
        let field = self.get(name).0;
        !field.is_undefined() && !field.is_null()
    }

    /// A text among the fields.
    #[inline(never)]
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).0.as_string()
    }

    /// A number among the fields.
    #[inline(never)]
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.get(name).as_number()
    }

    /// A whole number that is not negative.
    #[inline(never)]
    pub(crate) fn whole(&self, name: &str) -> Option<u64> {
        whole(self.number(name)?)
    }

    /// A whole number that fits where it is to stand.
    pub(crate) fn small<T: TryFrom<u64>>(&self, name: &str) -> Option<T> {
        self.whole(name)?.try_into().ok()
    }

    /// True or false.
    #[inline(never)]
    pub(crate) fn truth(&self, name: &str) -> Option<bool> {
        self.get(name).0.as_bool()
    }

    /// A text that means something else.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }

    /// A list; nothing if one of its items cannot be read.
    pub(crate) fn list<T>(&self, name: &str, read: fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        self.get(name).items()?.iter().map(read).collect()
    }

    /// A list of so many numbers.
    pub(crate) fn numbers<const N: usize>(&self, name: &str) -> Option<[f64; N]> {
        self.list(name, Self::as_number)?.try_into().ok()
    }

    /// A list of numbers, or of lists of them, one after the other; each whole, from 0 to 2^32: what is not is cut to fit.
    /// One copy, however many there are.
    #[inline(never)]
    pub(crate) fn row(&self) -> Option<Vec<u32>> {
        Array::is_array(&self.0).then(|| Uint32Array::new(&self.0.unchecked_ref::<Array>().flat(1)).to_vec())
    }

    /// This value itself, as a list.
    #[inline(never)]
    pub(crate) fn items(&self) -> Option<Vec<Self>> {
        Array::is_array(&self.0).then(|| self.0.unchecked_ref::<Array>().iter().map(Self).collect())
    }

    /// A word that serde reads.
    pub(crate) fn word<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(Reader(self.get(name).0)).ok()
    }

    /// This value itself, as a text.
    pub(crate) fn as_text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// This value itself, as a whole number that is not negative.
    pub(crate) fn as_whole<T: TryFrom<u64>>(&self) -> Option<T> {
        whole(self.as_number()?)?.try_into().ok()
    }

    fn as_number(&self) -> Option<f64> {
        self.0.as_f64()
    }
}

/// JavaScript's whole numbers are exact up to 2^53, and `as` saturates.
fn whole(number: f64) -> Option<u64> {
    (number >= 0.0 && number.fract() == 0.0).then_some(number as u64)
}
