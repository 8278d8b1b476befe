//! The values of a scenario as expressions.

use serde_json::{Map, Value};

use super::words::{identifier, is_identifier, literal, path};

/// The value as an expression.
#[must_use]
pub fn value(json: &Value) -> String {
    match json {
        Value::Null | Value::Bool(_) | Value::Number(_) => json.to_string(),
        Value::String(text) => text.strip_prefix('@').map_or_else(|| literal(text), path),
        Value::Array(values) => format!("[{}]", list(values)),
        Value::Object(members) => special(members).unwrap_or_else(|| object(members)),
    }
}

/// The values as arguments.
#[must_use]
pub fn list(values: &[Value]) -> String {
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// What a scenario's error is called.
#[must_use]
pub fn error(name: &str) -> String {
    identifier(&format!("{name}Error"))
}

/// A value that JSON has no word for.
fn special(members: &Map<String, Value>) -> Option<String> {
    let mut all = members.iter();
    let (Some((name, inner)), None) = (all.next(), all.next()) else { return None };
    match (name.as_str(), inner) {
        ("$", Value::String(word)) => constant(word).map(str::to_owned),
        ("$string", Value::String(text)) => Some(literal(text)),
        ("$error", Value::String(name)) => Some(error(name)),
        ("$converts", result) => Some(format!("{{ [Symbol.toPrimitive]() {{ {} }} }}", outcome(result))),
        _ => None,
    }
}

/// Returns the expression of a special value, by its word in scenarios.
#[must_use]
pub fn constant(word: &str) -> Option<&'static str> {
    Some(match word {
        "undefined" => "undefined",
        "NaN" => "NaN",
        "Infinity" => "Infinity",
        "-Infinity" => "-Infinity",
        "-0" => "-0",
        "symbol" => "Symbol()",
        "bigint" => "1n",
        "bigint0" => "0n",
        _ => return None,
    })
}

fn object(members: &Map<String, Value>) -> String {
    if members.is_empty() {
        return "{}".to_owned();
    }
    // No scenario means such a member; whatever it is, it has to be seen.
    if members.keys().any(|name| name.starts_with('$')) {
        let json = Value::Object(members.clone()).to_string();
        return format!("undefined /* {} */", json.replace("*/", "*\\/"));
    }
    let members: Vec<String> = members.iter().map(|(name, value)| member(name, value)).collect();
    format!("{{ {} }}", members.join(", "))
}

fn member(name: &str, json: &Value) -> String {
    let key = match name {
        // Between quotes or bare, it would set the prototype.
        "__proto__" => "[\"__proto__\"]".to_owned(),
        _ if is_identifier(name) => name.to_owned(),
        _ => literal(name),
    };
    match json.as_object().filter(|members| members.len() == 1).and_then(|members| members.get("$getter")) {
        Some(result) => format!("get {key}() {{ {} }}", outcome(result)),
        None => format!("{key}: {}", value(json)),
    }
}

/// How a recorded getter or conversion ends.
fn outcome(result: &Value) -> String {
    match result.as_object().filter(|members| members.len() == 1).and_then(|members| members.get("$throws")) {
        Some(thrown) => format!("throw {};", value(thrown)),
        None => format!("return {};", value(result)),
    }
}
