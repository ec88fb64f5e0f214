//! Reads answers. JSON is parsed once without knowing what is asked; then each type takes what it
//! needs from the parsed value. A mismatch says nothing about itself, since nobody is shown it:
//! this way the code which the types' readers are made of is less than half as large in a browser.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map};
use std::fmt;

/// Reads JSON.
pub fn read<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    read_value(&parsed(json)?)
}

/// Reads a part of something that was read as any JSON, such as what a problem tells.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(Reader(value)).ok()
}

/// Reads JSON of any shape.
pub fn parsed(json: &[u8]) -> Option<Value> {
    serde_json::from_slice(json).ok()
}

/// The value is of another shape than the type.
#[derive(Debug)]
struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("of another shape")
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
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

#[derive(Clone, Copy)]
struct Reader<'de>(&'de Value);

impl<'de> Reader<'de> {
    fn text(self) -> Result<&'de str, Mismatch> {
        self.0.as_str().ok_or(Mismatch)
    }

    fn items(self) -> Result<Items<'de>, Mismatch> {
        let items = self.0.as_array().ok_or(Mismatch)?;
        Ok(Items(items.iter()))
    }

    fn fields(self) -> Result<Fields<'de>, Mismatch> {
        let fields = self.0.as_object().ok_or(Mismatch)?;
        Ok(Fields::of(fields))
    }

    fn variant(self) -> Result<Variant<'de>, Mismatch> {
        if let Value::String(name) = self.0 {
            return Ok(Variant { name, value: None });
        }
        let mut fields = self.0.as_object().ok_or(Mismatch)?.iter();
        match (fields.next(), fields.next()) {
            (Some((name, value)), None) => Ok(Variant {
                name,
                value: Some(value),
            }),
            _ => Err(Mismatch),
        }
    }
}

macro_rules! integers {
    ($($method:ident)*, $visit:ident, $as:ident) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            visitor.$visit(self.0.$as().ok_or(Mismatch)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Mismatch;

    integers!(deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64, visit_i64, as_i64);
    integers!(deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64, visit_u64, as_u64);
    integers!(deserialize_f32 deserialize_f64, visit_f64, as_f64);
    integers!(deserialize_bool, visit_bool, as_bool);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), ..) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, Some(value)) => visitor.visit_f64(value),
                _ => Err(Mismatch),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            _ => Err(Mismatch),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, v: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(v)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_map(self.fields()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(self.variant()?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 bytes byte_buf }
}

struct Items<'de>(std::slice::Iter<'de, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mismatch> {
        match self.0.next() {
            Some(item) => seed.deserialize(Reader(item)).map(Some),
            None => Ok(None),
        }
    }
}

struct Fields<'de> {
    rest: map::Iter<'de>,
    value: Option<&'de Value>,
}

impl<'de> Fields<'de> {
    fn of(fields: &'de Map<String, Value>) -> Self {
        Self {
            rest: fields.iter(),
            value: None,
        }
    }

    fn next_name(&mut self) -> Option<&'de str> {
        let (name, value) = self.rest.next()?;
        self.value = Some(value);
        Some(name)
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        match self.next_name() {
            Some(name) => seed.deserialize(Name(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        seed.deserialize(Reader(self.value.take().ok_or(Mismatch)?))
    }
}

/// The name of a field, or a key of a map.
struct Name<'de>(&'de str);

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(Variant {
            name: self.0,
            value: None,
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A variant by its name, with what belongs to it.
struct Variant<'de> {
    name: &'de str,
    value: Option<&'de Value>,
}

impl<'de> Variant<'de> {
    fn content(&self) -> Result<Reader<'de>, Mismatch> {
        self.value.map(Reader).ok_or(Mismatch)
    }
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Mismatch;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Mismatch> {
        let name = seed.deserialize(StrDeserializer::<Mismatch>::new(self.name))?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        match self.value {
            None | Some(Value::Null) => Ok(()),
            Some(_) => Err(Mismatch),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.content()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.content()?.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde::Deserialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "snake_case")]
    enum Plain {
        One,
        Two,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(tag = "shape", rename_all = "snake_case")]
    enum Tagged {
        Dot,
        Box { width: u32 },
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(untagged)]
    enum Either {
        Number(f64),
        Text(String),
        Several(Vec<String>),
    }

    #[derive(Debug, Deserialize, PartialEq)]
    enum Outer {
        Nothing,
        Pair(i32, bool),
        Named { left: Option<i8> },
    }

    #[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
    struct Id(String);

    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        name: String,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Everything {
        #[serde(flatten)]
        inner: Inner,
        plain: Plain,
        tagged: Vec<Tagged>,
        either: (Either, Either, Either),
        outer: Vec<Outer>,
        keyed: BTreeMap<Id, i64>,
        by_kind: BTreeMap<Plain, f32>,
        #[serde(default)]
        absent: Option<u8>,
        cleared: Option<u8>,
        any: serde_json::Value,
        nothing: (),
        letter: char,
    }

    fn everything() -> serde_json::Value {
        json!({
            "name": "n", "plain": "two", "tagged": [{"shape": "dot"}, {"shape": "box", "width": 2}],
            "either": [1.5, "x", ["y"]],
            "outer": ["Nothing", {"Pair": [-1, true]}, {"Named": {"left": null}}],
            "keyed": {"a": -3}, "by_kind": {"one": 1}, "cleared": null,
            "any": {"deep": [1, null]}, "nothing": null, "letter": "l", "unknown": [1]
        })
    }

    #[test]
    fn every_shape_is_read_as_the_usual_reader_reads_it() {
        let json = everything().to_string();
        let usual: Everything = serde_json::from_str(&json).unwrap();
        assert_eq!(read(json.as_bytes()), Some(usual));
    }

    #[test]
    fn a_value_of_another_shape_is_refused() {
        for (field, wrong) in [
            ("plain", json!("three")),
            ("plain", json!({"one": 1})),
            ("tagged", json!({"shape": "dot"})),
            ("tagged", json!([{"shape": "box", "width": -2}])),
            ("either", json!([1.5])),
            ("outer", json!([{"Pair": [1, true], "Nothing": null}])),
            ("outer", json!(["Pair"])),
            ("keyed", json!({"a": 1.5})),
            ("by_kind", json!({"three": 1})),
            ("cleared", json!(256)),
            ("nothing", json!(false)),
            ("letter", json!("")),
            ("name", json!(1)),
        ] {
            let mut json = everything();
            json[field] = wrong.clone();
            let found: Option<Everything> = read(json.to_string().as_bytes());
            assert_eq!(found, None, "{field}: {wrong}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        assert_eq!(read::<serde_json::Value>(b"{"), None);
    }
}
