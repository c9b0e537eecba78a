//! Values of the browser as serde's data model.

use std::fmt;

use js_sys::{Array, Object, Reflect};
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
    Visitor,
    value::{StrDeserializer, StringDeserializer, U32Deserializer},
};
use wasm_bindgen::{JsCast as _, JsValue};

use super::Misfit;

/// A value that `JSON.parse` made.
pub(super) struct Reader(pub(super) JsValue);

// None of these writes a message: the code that would format one is what this module saves.
impl de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if let Some(number) = self.0.as_f64() {
            visitor.visit_f64(number)
        } else if let Some(truth) = self.0.as_bool() {
            visitor.visit_bool(truth)
        } else if Array::is_array(&self.0) {
            visitor.visit_seq(Items::of(&self.0))
        } else if self.0.is_object() {
            visitor.visit_map(Entries::of(&self.0))
        } else {
            visitor.visit_unit()
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if !self.0.is_object() {
            return Err(Misfit);
        }
        visitor.visit_map(Fields { of: self.0, fields, next: 0, value: JsValue::UNDEFINED })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_enum(Word(self.0.as_string().ok_or(Misfit)?))
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        // JavaScript's whole numbers are exact up to 2^53, and `as` saturates.
        let number = self.0.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0);
        visitor.visit_u64(number.ok_or(Misfit)? as u64)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_u64(visitor)
    }

    // Each kind is read for itself: a visitor of one kind then needs no code for the others.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_string(self.0.as_string().ok_or(Misfit)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_f64(self.0.as_f64().ok_or(Misfit)?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_bool(self.0.as_bool().ok_or(Misfit)?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if Array::is_array(&self.0) { visitor.visit_seq(Items::of(&self.0)) } else { Err(Misfit) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_object() { visitor.visit_map(Entries::of(&self.0)) } else { Err(Misfit) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 f32 char bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// The items of an array.
struct Items {
    of: Array,
    next: u32,
}

impl Items {
    fn of(array: &JsValue) -> Self {
        Self { of: array.unchecked_ref::<Array>().clone(), next: 0 }
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        if self.next >= self.of.length() {
            return Ok(None);
        }
        self.next += 1;
        seed.deserialize(Reader(self.of.get(self.next - 1))).map(Some)
    }
}

/// The fields a struct asks for. Its keys are handed on as numbers, so that nothing compares names again.
struct Fields {
    of: JsValue,
    fields: &'static [&'static str],
    next: u32,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        while let Some(name) = self.fields.get(self.next as usize) {
            self.next += 1;
            self.value = Reflect::get(&self.of, &JsValue::from_str(name)).map_err(|_| Misfit)?;
            if !self.value.is_undefined() {
                let key: U32Deserializer<Misfit> = (self.next - 1).into_deserializer();
                return seed.deserialize(key).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(Reader(std::mem::replace(&mut self.value, JsValue::UNDEFINED)))
    }
}

/// The entries of an object of whatever keys.
struct Entries {
    of: Items,
    value: JsValue,
}

impl Entries {
    fn of(object: &JsValue) -> Self {
        let entries = Object::entries(object.unchecked_ref());
        Self { of: Items { of: entries, next: 0 }, value: JsValue::UNDEFINED }
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        if self.of.next >= self.of.of.length() {
            return Ok(None);
        }
        let entry: Array = self.of.of.get(self.of.next).unchecked_into();
        self.of.next += 1;
        self.value = entry.get(1);
        let key: StringDeserializer<Misfit> = entry.get(0).as_string().ok_or(Misfit)?.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(Reader(std::mem::replace(&mut self.value, JsValue::UNDEFINED)))
    }
}

/// A variant without content: all our enums are words.
struct Word(String);

impl<'de> EnumAccess<'de> for Word {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Misfit> {
        let word: StrDeserializer<'_, Misfit> = self.0.as_str().into_deserializer();
        Ok((seed.deserialize(word)?, self))
    }
}

impl<'de> VariantAccess<'de> for Word {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Misfit> {
        Err(Misfit)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Misfit> {
        Err(Misfit)
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Misfit> {
        Err(Misfit)
    }
}
