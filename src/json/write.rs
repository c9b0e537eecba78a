//! serde's data model as values of the browser, ready for `JSON.stringify`.

use std::fmt;

use js_sys::{Array, Object, Reflect};
use serde::ser::{self, Impossible, Serialize, Serializer};
use wasm_bindgen::JsValue;

use super::Misfit;

/// Makes values of the kinds that what we send is made of.
pub(super) struct Writer;

impl ser::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Never = Impossible<JsValue, Misfit>;

/// A kind of value whose JSON form is a single call.
macro_rules! plain {
    ($($method:ident: $type:ty => $value:expr;)*) => {
        $(fn $method(self, value: $type) -> Result<JsValue, Misfit> {
            let make: fn($type) -> JsValue = $value;
            Ok(make(value))
        })*
    };
}

impl Serializer for Writer {
    type Ok = JsValue;
    type Error = Misfit;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Never;

    plain! {
        serialize_bool: bool => JsValue::from_bool;
        serialize_i8: i8 => |n| JsValue::from_f64(f64::from(n));
        serialize_i16: i16 => |n| JsValue::from_f64(f64::from(n));
        serialize_i32: i32 => |n| JsValue::from_f64(f64::from(n));
        // JSON's numbers are JavaScript's; whole ones are exact up to 2^53.
        serialize_i64: i64 => |n| JsValue::from_f64(n as f64);
        serialize_u8: u8 => |n| JsValue::from_f64(f64::from(n));
        serialize_u16: u16 => |n| JsValue::from_f64(f64::from(n));
        serialize_u32: u32 => |n| JsValue::from_f64(f64::from(n));
        serialize_u64: u64 => |n| JsValue::from_f64(n as f64);
        serialize_f32: f32 => |n| JsValue::from_f64(f64::from(n));
        serialize_f64: f64 => JsValue::from_f64;
        serialize_char: char => |c| JsValue::from_str(c.encode_utf8(&mut [0; 4]));
    }

    fn serialize_str(self, text: &str) -> Result<JsValue, Misfit> {
        Ok(JsValue::from_str(text))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<JsValue, Misfit> {
        Err(Misfit)
    }
    fn serialize_none(self) -> Result<JsValue, Misfit> {
        Ok(JsValue::NULL)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<JsValue, Misfit> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<JsValue, Misfit> {
        Ok(JsValue::NULL)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<JsValue, Misfit> {
        Ok(JsValue::NULL)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, word: &'static str) -> Result<JsValue, Misfit> {
        Ok(JsValue::from_str(word))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<JsValue, Misfit> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<JsValue, Misfit> {
        Err(Misfit)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Misfit> {
        Ok(Items(Array::new()))
    }
    fn serialize_tuple(self, _: usize) -> Result<Items, Misfit> {
        Ok(Items(Array::new()))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, Misfit> {
        Err(Misfit)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Misfit> {
        Err(Misfit)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Entries, Misfit> {
        Ok(Entries { object: Object::new(), key: JsValue::UNDEFINED })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries, Misfit> {
        self.serialize_map(None)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Misfit> {
        Err(Misfit)
    }
}

/// An array in the making.
pub(super) struct Items(Array);

impl Items {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        self.0.push(&value.serialize(Writer)?);
        Ok(())
    }
}

impl ser::SerializeSeq for Items {
    type Ok = JsValue;
    type Error = Misfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        self.push(value)
    }
    fn end(self) -> Result<JsValue, Misfit> {
        Ok(self.0.into())
    }
}

impl ser::SerializeTuple for Items {
    type Ok = JsValue;
    type Error = Misfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        self.push(value)
    }
    fn end(self) -> Result<JsValue, Misfit> {
        Ok(self.0.into())
    }
}

/// An object in the making.
pub(super) struct Entries {
    object: Object,
    key: JsValue,
}

impl ser::SerializeMap for Entries {
    type Ok = JsValue;
    type Error = Misfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Misfit> {
        self.key = key.serialize(Writer)?;
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        Reflect::set(&self.object, &self.key, &value.serialize(Writer)?).map(drop).map_err(|_| Misfit)
    }
    fn end(self) -> Result<JsValue, Misfit> {
        Ok(self.object.into())
    }
}

impl ser::SerializeStruct for Entries {
    type Ok = JsValue;
    type Error = Misfit;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Misfit> {
        self.key = JsValue::from_str(name);
        ser::SerializeMap::serialize_value(self, value)
    }
    fn end(self) -> Result<JsValue, Misfit> {
        Ok(self.object.into())
    }
}
