//! How a value that counts stands in the log, and in the array that the log is compared with.

use bgfspec_report::javascript::value::{constant, error};
use bgfspec_report::javascript::words::literal;
use serde_json::Value;

use super::place::Place;
use super::scope::own;

/// How a value is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As it is.
    Raw,
    /// By the name that exceptions have.
    Name,
    /// By that name if it has one, else as it is.
    NameOrRaw,
    /// As a string, for objects that the scenario has no name for.
    Text,
    /// By its type.
    Type,
    /// By whether it is this object, because a posted log holds no objects.
    Is(String),
    /// By which of these objects it is, for the same reason.
    Which(Vec<String>),
    /// Element by element.
    Each(Box<Form>),
}

impl Form {
    /// Returns the form that suits all values that are permitted at one place.
    ///
    /// # Errors
    /// Names the values that no form suits.
    pub(super) fn of(values: &[&Value], place: Place) -> Result<Self, String> {
        let unsuitable =
            || format!("no plain comparison suits these values: {}", Value::from_iter(values.iter().copied().cloned()));
        let all = |is: fn(&Value) -> bool| values.iter().all(|value| is(value));
        let any = |is: fn(&Value) -> bool| values.iter().any(|value| is(value));
        if any(Value::is_array) {
            let elements: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
            if !all(Value::is_array) || elements.iter().any(|element| element.is_array()) {
                return Err(unsuitable());
            }
            return Ok(Form::Each(Box::new(Form::of(&elements, place)?)));
        }
        if any(|value| is(value, "$exception")) {
            return Ok(if all(|value| is(value, "$exception")) { Form::Name } else { Form::NameOrRaw });
        }
        if any(|value| is(value, "$object")) {
            let is_text = |value: &Value| is(value, "$object") || !value.is_object() && reference(value).is_none();
            return if values.iter().all(|value| is_text(value)) { Ok(Form::Text) } else { Err(unsuitable()) };
        }
        if any(is_symbol_or_bigint) {
            return if all(is_symbol_or_bigint) { Ok(Form::Type) } else { Err(unsuitable()) };
        }
        if place == Place::Worker && any(|value| reference(value).is_some() || is(value, "$error")) {
            let mut objects: Vec<String> = values.iter().map(|value| raw(value)).collect();
            objects.sort_unstable();
            objects.dedup();
            return match objects.as_slice() {
                [only] => Ok(Form::Is(only.clone())),
                _ if all(|value| reference(value).is_some() || is(value, "$error")) => Ok(Form::Which(objects)),
                _ => Err(unsuitable()),
            };
        }
        if any(|value| value.is_object() && !is(value, "$") && !is(value, "$error") && !is(value, "$string")) {
            return Err(unsuitable());
        }
        Ok(Form::Raw)
    }

    /// Returns the expression that is logged for a value.
    pub(super) fn logged(&self, value: &str) -> String {
        match self {
            Form::Raw => value.to_owned(),
            Form::Name => format!("{value}.name"),
            Form::NameOrRaw => format!("{value}?.name ?? {value}"),
            Form::Text => format!("String({value})"),
            Form::Type => format!("typeof {value}"),
            Form::Is(object) => format!("{value} === {object}"),
            Form::Which(objects) => format!("[{}].indexOf({value})", objects.join(", ")),
            Form::Each(inner) => match inner.as_ref() {
                Form::Raw => format!("...{value}"),
                Form::Text => format!("...{value}.map(String)"),
                inner => format!("...{value}.map((one) => {})", inner.logged("one")),
            },
        }
    }

    /// Returns the entries of the expected array for a value.
    pub(super) fn expected(&self, value: &Value) -> Vec<String> {
        let one = match self {
            Form::Raw => raw(value),
            Form::Name | Form::NameOrRaw => text(value, "$exception").map_or_else(|| raw(value), literal),
            Form::Text => match text(value, "$object") {
                Some(class) => literal(&format!("[object {class}]")),
                None => literal(raw(value).trim_matches('"')),
            },
            Form::Type => literal(text(value, "$").unwrap_or_default().trim_end_matches('0')),
            Form::Is(_) => "true".to_owned(),
            Form::Which(objects) => {
                let object = raw(value);
                objects.iter().position(|one| *one == object).map_or("-1".to_owned(), |at| at.to_string())
            }
            Form::Each(inner) => {
                return value.as_array().into_iter().flatten().flat_map(|one| inner.expected(one)).collect();
            }
        };
        vec![one]
    }
}

/// A value of a trace as an expression.
fn raw(value: &Value) -> String {
    match reference(value) {
        Some("self") => return "self".to_owned(),
        Some(path) => return own(path),
        None => {}
    }
    match (text(value, "$"), text(value, "$error"), text(value, "$string")) {
        (Some(word), _, _) => constant(word).unwrap_or("undefined").to_owned(),
        (_, Some(name), _) => error(name),
        (_, _, Some(string)) => literal(string),
        _ => value.to_string(),
    }
}

/// The name of an object of the scenario.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix('@')
}

fn is(value: &Value, member: &str) -> bool {
    text(value, member).is_some()
}

fn text<'v>(value: &'v Value, member: &str) -> Option<&'v str> {
    value.as_object().filter(|members| members.len() == 1)?.get(member)?.as_str()
}

fn is_symbol_or_bigint(value: &Value) -> bool {
    matches!(text(value, "$"), Some("symbol" | "bigint" | "bigint0"))
}
