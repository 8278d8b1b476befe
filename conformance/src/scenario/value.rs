//! Values as a scenario writes them.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// A named object, or what a path of members gives.
    Path(String),
    /// A value that JSON has no word for.
    Special(Special),
    /// The `Error` of this name.
    Error(String),
    /// An object whose conversion to a primitive is recorded.
    Converts(Box<Outcome>),
    /// A new array.
    Array(Vec<Value>),
    /// A new object.
    Object(Vec<(String, Member)>),
}

/// A value that JSON has no word for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is the value of its name")]
pub enum Special {
    Undefined,
    NaN,
    Infinity,
    NegativeInfinity,
    NegativeZero,
    Symbol,
    BigInt,
    BigIntZero,
}

impl Special {
    /// All of them with their names.
    pub const ALL: [(Special, &'static str); 8] = [
        (Special::Undefined, "undefined"),
        (Special::NaN, "NaN"),
        (Special::Infinity, "Infinity"),
        (Special::NegativeInfinity, "-Infinity"),
        (Special::NegativeZero, "-0"),
        (Special::Symbol, "symbol"),
        (Special::BigInt, "bigint"),
        (Special::BigIntZero, "bigint0"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(special, _)| *special == self).map_or("", |(_, name)| name)
    }
}

/// What reading or converting something comes to.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// It gives a value.
    Gives(Value),
    /// It throws a value.
    Throws(Value),
}

/// A member of a new object.
#[derive(Clone, PartialEq, Debug)]
pub enum Member {
    /// A value.
    Data(Value),
    /// A getter that is recorded.
    Getter(Outcome),
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) if *number == 0.0 && number.is_sign_negative() => tagged(serializer, "$", "-0"),
            Value::Number(number) if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 => {
                serializer.serialize_i64(*number as i64)
            }
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::String(text) if text.starts_with('@') => tagged(serializer, "$string", text),
            Value::String(text) => serializer.serialize_str(text),
            Value::Path(path) => serializer.serialize_str(&format!("@{path}")),
            Value::Special(special) => tagged(serializer, "$", special.name()),
            Value::Error(name) => tagged(serializer, "$error", name),
            Value::Converts(outcome) => tagged(serializer, "$converts", outcome),
            Value::Array(items) => items.serialize(serializer),
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, member) in members {
                    map.serialize_entry(name, member)?;
                }
                map.end()
            }
        }
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Outcome::Gives(value) => value.serialize(serializer),
            Outcome::Throws(value) => tagged(serializer, "$throws", value),
        }
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Member::Data(value) => value.serialize(serializer),
            Member::Getter(outcome) => tagged(serializer, "$getter", outcome),
        }
    }
}

fn tagged<S: Serializer>(serializer: S, tag: &str, value: impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, &value)?;
    map.end()
}

/// What JSON comes to before it is known where it stands.
enum Parsed {
    Value(Value),
    Throws(Value),
    Getter(Outcome),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(ParsedVisitor)? {
            Parsed::Value(value) => Ok(value),
            Parsed::Throws(_) => Err(de::Error::custom("`$throws` stands only inside `$getter` and `$converts`")),
            Parsed::Getter(_) => Err(de::Error::custom("`$getter` stands only as a member of an object")),
        }
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(ParsedVisitor)? {
            Parsed::Value(value) => Ok(Outcome::Gives(value)),
            Parsed::Throws(value) => Ok(Outcome::Throws(value)),
            Parsed::Getter(_) => Err(de::Error::custom("`$getter` stands only as a member of an object")),
        }
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(ParsedVisitor)? {
            Parsed::Value(value) => Ok(Member::Data(value)),
            Parsed::Getter(outcome) => Ok(Member::Getter(outcome)),
            Parsed::Throws(_) => Err(de::Error::custom("`$throws` stands only inside `$getter` and `$converts`")),
        }
    }
}

struct ParsedVisitor;

impl<'de> Visitor<'de> for ParsedVisitor {
    type Value = Parsed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value: null, a boolean, a number, a string, `@name`, an array or an object")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Parsed, E> {
        Ok(Parsed::Value(Value::Null))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Parsed, E> {
        Ok(Parsed::Value(Value::Bool(value)))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Parsed, E> {
        Ok(Parsed::Value(Value::Number(value as f64)))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Parsed, E> {
        Ok(Parsed::Value(Value::Number(value as f64)))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Parsed, E> {
        Ok(Parsed::Value(Value::Number(value)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Parsed, E> {
        Ok(Parsed::Value(match text.strip_prefix('@') {
            Some(path) => Value::Path(path.to_owned()),
            None => Value::String(text.to_owned()),
        }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Parsed, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Parsed::Value(Value::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parsed, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if !key.starts_with('$') {
                members.push((key, map.next_value()?));
                continue;
            }
            let parsed = match key.as_str() {
                "$" => Parsed::Value(Value::Special(special(&map.next_value::<String>()?)?)),
                "$string" => Parsed::Value(Value::String(map.next_value()?)),
                "$error" => Parsed::Value(Value::Error(map.next_value()?)),
                "$converts" => Parsed::Value(Value::Converts(Box::new(map.next_value()?))),
                "$throws" => Parsed::Throws(map.next_value()?),
                "$getter" => Parsed::Getter(map.next_value()?),
                other => {
                    return Err(de::Error::custom(format!(
                        "unknown tag `{other}`; known are `$`, `$string`, `$error`, `$converts`, `$throws`, `$getter`"
                    )));
                }
            };
            if !members.is_empty() || map.next_key::<String>()?.is_some() {
                return Err(de::Error::custom(format!("`{key}` stands alone in its object")));
            }
            return Ok(parsed);
        }
        Ok(Parsed::Value(Value::Object(members)))
    }
}

fn special<E: de::Error>(name: &str) -> Result<Special, E> {
    let found = Special::ALL.iter().find(|(_, known)| *known == name).map(|(special, _)| *special);
    found.ok_or_else(|| {
        let known: Vec<&str> = Special::ALL.iter().map(|(_, known)| *known).collect();
        E::custom(format!("unknown value `{name}`; known are {}", known.join(", ")))
    })
}

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Special::ALL.iter().map(|(_, name)| *name).collect();
        let value = serde_json::json!({ "$ref": "#/$defs/Value" });
        let outcome = serde_json::json!({ "anyOf": [
            { "type": "object", "required": ["$throws"], "properties": { "$throws": value }, "additionalProperties": false },
            value,
        ] });
        json_schema!({
            "description": "A value of a scenario; a string that begins with @ names an object.",
            "anyOf": [
                { "type": ["null", "boolean", "number", "string"] },
                { "type": "array", "items": value },
                { "type": "object", "required": ["$"], "properties": { "$": { "enum": names } }, "additionalProperties": false },
                { "type": "object", "required": ["$string"], "properties": { "$string": { "type": "string" } }, "additionalProperties": false },
                { "type": "object", "required": ["$error"], "properties": { "$error": { "type": "string" } }, "additionalProperties": false },
                { "type": "object", "required": ["$converts"], "properties": { "$converts": outcome }, "additionalProperties": false },
                { "type": "object", "propertyNames": { "pattern": "^[^$]" }, "additionalProperties": { "anyOf": [
                    value,
                    { "type": "object", "required": ["$getter"], "properties": { "$getter": outcome }, "additionalProperties": false },
                ] } },
            ],
        })
    }
}
