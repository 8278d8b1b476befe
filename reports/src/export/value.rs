//! Values as expressions of a program that runs, and traces as literals.

use std::cell::RefCell;
use std::collections::BTreeSet;

use bgfspec_report::javascript::value::error;
use bgfspec_report::javascript::words::{identifier, is_identifier, literal, member};
use serde_json::{Map, Value};

/// What the names of a scenario mean, and what its program needs of the global object.
pub(super) struct Scope {
    /// The names that the scenario gives to what it makes.
    pub(super) given: BTreeSet<String>,
    /// The expression for the service worker registration.
    pub(super) registration: &'static str,
    /// The names of interfaces that were asked for.
    pub(super) globals: RefCell<BTreeSet<String>>,
    /// The errors that were asked for.
    pub(super) errors: RefCell<BTreeSet<String>>,
}

impl Scope {
    /// A path of members, with or without its `@`.
    pub(super) fn path(&self, path: &str) -> String {
        let path = path.strip_prefix('@').unwrap_or(path);
        let mut members = path.split('.');
        let first = members.next().unwrap_or_default();
        let start = match first {
            given if self.given.contains(given) => identifier(given),
            "registration" => self.registration.to_owned(),
            "performance" => "self.performance".to_owned(),
            // A copy, as nobody else has it.
            "arguments" if path == first => "Array.from(arguments)".to_owned(),
            "self" | "this" | "event" | "arguments" | "value" => first.to_owned(),
            global if global.starts_with(|c: char| c.is_ascii_uppercase()) => {
                self.globals.borrow_mut().insert(global.to_owned());
                global.to_owned()
            }
            other => identifier(other),
        };
        members.fold(start, |start, name| member(&start, name))
    }

    /// A path as an object and the name of its last member; a path of one name is a member of the global object.
    pub(super) fn split<'p>(&self, whole: &'p str) -> (String, &'p str) {
        let split = whole.rsplit_once('.');
        split.map_or_else(|| ("self".to_owned(), whole), |(object, member)| (self.path(object), member))
    }

    /// The value as an expression.
    pub(super) fn value(&self, json: &Value) -> String {
        match json {
            Value::Null | Value::Bool(_) | Value::Number(_) => json.to_string(),
            Value::String(text) if text.starts_with('@') => self.path(text),
            Value::String(text) => literal(text),
            Value::Array(values) => format!("[{}]", self.list(values)),
            Value::Object(members) => self.special(members).unwrap_or_else(|| self.object(members)),
        }
    }

    /// The values as arguments.
    pub(super) fn list(&self, values: &[Value]) -> String {
        values.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", ")
    }

    /// A value that JSON has no word for.
    fn special(&self, members: &Map<String, Value>) -> Option<String> {
        let (name, inner) = only(members)?;
        match (name, inner) {
            ("$", Value::String(word)) => constant(word).map(str::to_owned),
            ("$string", Value::String(text)) => Some(literal(text)),
            ("$error", Value::String(name)) => {
                self.errors.borrow_mut().insert(name.clone());
                Some(error(name))
            }
            ("$converts", result) => {
                let ends = self.outcome(result);
                Some(format!("{{ [Symbol.toPrimitive]() {{ $see({{ converted: true }}); {ends} }} }}"))
            }
            _ => None,
        }
    }

    fn object(&self, members: &Map<String, Value>) -> String {
        let members: Vec<String> = members.iter().map(|(name, value)| self.member(name, value)).collect();
        if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join(", ")) }
    }

    fn member(&self, name: &str, json: &Value) -> String {
        let key = match name {
            // Between quotes or bare, it would set the prototype.
            "__proto__" => "[\"__proto__\"]".to_owned(),
            _ => key(name),
        };
        match json.as_object().and_then(only) {
            Some(("$getter", result)) => {
                let seen = literal(name);
                format!("get {key}() {{ $see({{ accessed: {seen} }}); {} }}", self.outcome(result))
            }
            _ => format!("{key}: {}", self.value(json)),
        }
    }

    /// How a recorded getter or conversion ends.
    fn outcome(&self, result: &Value) -> String {
        match result.as_object().and_then(only) {
            Some(("$throws", thrown)) => format!("throw {};", self.value(thrown)),
            _ => format!("return {};", self.value(result)),
        }
    }
}

/// JSON as a literal that people like to read.
pub(super) fn data(json: &Value) -> String {
    match json {
        Value::Array(items) => format!("[{}]", items.iter().map(data).collect::<Vec<_>>().join(", ")),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{}: {}", key(name), data(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        _ => json.to_string(),
    }
}

fn key(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { literal(name) }
}

fn only(members: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut all = members.iter();
    match (all.next(), all.next()) {
        (Some((name, inner)), None) => Some((name.as_str(), inner)),
        _ => None,
    }
}

fn constant(word: &str) -> Option<&'static str> {
    match word {
        "symbol" => Some("Symbol(\"symbol\")"),
        // Not as literals, which old hosts can't read.
        "bigint" => Some("BigInt(1)"),
        "bigint0" => Some("BigInt(0)"),
        _ => bgfspec_report::javascript::value::constant(word),
    }
}
