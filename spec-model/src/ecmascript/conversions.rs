//! Type conversion. <https://tc39.es/ecma262/#sec-type-conversion>

use crate::atom::{self, Atom};
use crate::machine::{Host, Machine, Observed};
use crate::value::{Completion, Kind, ObjectId, Value};

/// ToBoolean. <https://tc39.es/ecma262/#sec-toboolean>
#[must_use]
pub fn to_boolean(value: Value) -> bool {
    match value {
        Value::Undefined | Value::Null => false,
        Value::Bool(value) => value,
        Value::Number(number) => number != 0.0 && !number.is_nan(),
        Value::String(text) => text != atom::EMPTY,
        Value::Symbol | Value::Object(_) => true,
        Value::BigInt(nonzero) => nonzero,
    }
}

/// ToPrimitive. <https://tc39.es/ecma262/#sec-toprimitive>
///
/// # Errors
/// What the conversion of an object threw.
pub fn to_primitive(m: &mut Machine, h: &mut impl Host, value: Value) -> Completion {
    let Value::Object(object) = value else { return Ok(value) };
    match m.object(object).kind {
        Kind::Converting(result) => {
            m.observe(h, Observed::Converted);
            result
        }
        Kind::Array(ref items) => {
            let items = items.clone();
            let mut texts = Vec::new();
            for item in items {
                texts.push(match item {
                    Value::Undefined | Value::Null => String::new(),
                    item => {
                        let text = to_string(m, h, item)?;
                        m.atoms.text(text).to_owned()
                    }
                });
            }
            Ok(Value::String(m.atoms.intern(&texts.join(","))))
        }
        _ => Ok(Value::String(text_of_object(m, object))),
    }
}

/// ToString. <https://tc39.es/ecma262/#sec-tostring>
///
/// # Errors
/// What the conversion of an object threw, or a `TypeError` for a symbol.
pub fn to_string(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Atom, Value> {
    match to_primitive(m, h, value)? {
        Value::Undefined => Ok(atom::UNDEFINED),
        Value::Null => Ok(atom::NULL),
        Value::Bool(true) => Ok(atom::TRUE),
        Value::Bool(false) => Ok(atom::FALSE),
        Value::Number(number) => Ok(number_to_string(m, number)),
        Value::String(text) => Ok(text),
        Value::BigInt(nonzero) => Ok(m.atoms.intern(if nonzero { "1" } else { "0" })),
        Value::Symbol => Err(m.type_error()),
        Value::Object(_) => Ok(atom::EMPTY),
    }
}

/// ToNumber. <https://tc39.es/ecma262/#sec-tonumber>
///
/// # Errors
/// What the conversion of an object threw, or a `TypeError` for a symbol or BigInt.
pub fn to_number(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<f64, Value> {
    match to_primitive(m, h, value)? {
        Value::Undefined | Value::Object(_) => Ok(f64::NAN),
        Value::Null | Value::Bool(false) => Ok(0.0),
        Value::Bool(true) => Ok(1.0),
        Value::Number(number) => Ok(number),
        Value::String(text) => {
            let text = m.atoms.text(text).trim();
            Ok(if text.is_empty() { 0.0 } else { text.parse().unwrap_or(f64::NAN) })
        }
        Value::Symbol | Value::BigInt(_) => Err(m.type_error()),
    }
}

fn number_to_string(m: &mut Machine, number: f64) -> Atom {
    if number.is_nan() {
        return atom::NAN;
    }
    if number == 0.0 {
        return atom::ZERO;
    }
    let text = if number.is_infinite() {
        if number > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
    } else {
        number.to_string()
    };
    m.atoms.intern(&text)
}

fn text_of_object(m: &mut Machine, object: ObjectId) -> Atom {
    let kind = &m.object(object).kind;
    let text = format!("[object {}]", crate::web_idl::interfaces::class_string(kind, m));
    m.atoms.intern(&text)
}
