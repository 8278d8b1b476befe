//! Traces for people: one observation in one line.

use serde_json::{Map, Value};

use crate::printable;

/// One observation in one readable line.
///
/// Members of an event that have their usual value are left out, so two observations that differ may give the same
/// line; whoever compares them shows the members that differ as well.
#[must_use]
pub fn observation_line(observation: &Value) -> String {
    let Some(members) = observation.as_object() else { return shown(observation) };
    let mut rest = members.clone();
    let realm = rest.shift("in").map(|realm| format!("[{}] ", word(&realm))).unwrap_or_default();
    let mut parts = known(&mut rest).unwrap_or_default();
    parts.extend(rest.iter().map(|(name, value)| format!("{}={}", printable::line(name), shown(value))));
    realm + &parts.join("  ")
}

/// A value of a trace.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if is_reference(text) => text.clone(),
        Value::String(text) => printable::source(&Value::from(text.as_str()).to_string()),
        Value::Array(values) => format!("[{}]", values.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => special(members).unwrap_or_else(|| {
            let members = members.iter().map(|(name, value)| format!("{}: {}", printable::line(name), shown(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }),
    }
}

/// The members in the order of the format, with the words that stand for them in a line.
pub const EVENT: [(&str, &str); 14] = [
    ("type", "type"),
    ("target", "target"),
    ("srcElement", "srcElement"),
    ("currentTarget", "currentTarget"),
    ("eventPhase", "phase"),
    ("composedPath", "path"),
    ("bubbles", "bubbles"),
    ("cancelable", "cancelable"),
    ("composed", "composed"),
    ("defaultPrevented", "defaultPrevented"),
    ("returnValue", "returnValue"),
    ("cancelBubble", "cancelBubble"),
    ("isTrusted", "isTrusted"),
    ("registration", "registration"),
];

/// Takes the members that say what was observed; the others stay and are shown as they are.
fn known(rest: &mut Map<String, Value>) -> Option<Vec<String>> {
    let kind = KINDS.into_iter().find(|kind| rest.contains_key(*kind))?;
    let value = rest.shift(kind)?;
    Some(match kind {
        "called" => {
            let mut parts = vec![format!("called {}", word(&value))];
            parts.extend(rest.shift("this").map(|this| format!("this={}", shown(&this))));
            rest.shift_if("arguments", |count| *count == 1);
            parts.extend(rest.shift("event").map(|members| event(&members)).filter(|event| !event.is_empty()));
            parts
        }
        "read" => {
            let of = rest.shift("of").map(|of| format!("read {}", word(&of)));
            vec![of.unwrap_or_else(|| "read".to_owned()), event(&value)]
        }
        "settled" => {
            let how = rest.shift("as").map(|how| format!(" {}", word(&how))).unwrap_or_default();
            let with = rest.shift("value").map(|with| format!(" with {}", shown(&with))).unwrap_or_default();
            vec![format!("settled {}{how}{with}", word(&value))]
        }
        "unhandled" => {
            let of = rest.shift("promise").map(|promise| format!("of {}", shown(&promise)));
            std::iter::once(format!("unhandled {}", shown(&value))).chain(of).collect()
        }
        "accessed" | "missing" => vec![format!("{kind} {}", word(&value))],
        "converted" if value == true => vec![kind.to_owned()],
        _ => {
            let from = rest.shift("from").map(|from| format!("from {}", word(&from)));
            std::iter::once(format!("{kind} {}", shown(&value))).chain(from).collect()
        }
    })
}

/// The words that an observation begins with: each names what was observed.
pub const KINDS: [&str; 16] = [
    "called",
    "returned",
    "threw",
    "got",
    "read",
    "described",
    "accessed",
    "converted",
    "noted",
    "reported",
    "unhandled",
    "settled",
    "missing",
    "evaluated",
    "opened",
    "answered",
];

fn event(members: &Value) -> String {
    let Some(members) = members.as_object() else { return shown(members) };
    let known = EVENT.into_iter().filter_map(|(name, short)| members.get(name).map(|value| (name, short, value)));
    let is_usual = |name: &str, value: &Value| match name {
        "srcElement" => members.get("target") == Some(value),
        "returnValue" => *value == true,
        _ => *value == false,
    };
    let known = known.filter(|(name, _, value)| !is_usual(name, value)).map(|(_, short, value)| match value {
        Value::Bool(true) => short.to_owned(),
        _ => format!("{short}={}", shown(value)),
    });
    let others = members.iter().filter(|(name, _)| EVENT.iter().all(|(known, _)| known != name));
    let others = others.map(|(name, value)| format!("{}={}", printable::line(name), shown(value)));
    known.chain(others).collect::<Vec<_>>().join(" ")
}

/// A value that JSON has no word for.
pub(crate) fn special(members: &Map<String, Value>) -> Option<String> {
    let mut all = members.iter();
    let (Some((name, Value::String(text))), None) = (all.next(), all.next()) else { return None };
    match name.as_str() {
        "$" => Some(printable::line(text)),
        "$string" => Some(printable::source(&Value::from(text.as_str()).to_string())),
        "$exception" => Some(format!("exception {}", printable::line(text))),
        "$error" => Some(format!("error {}", printable::line(text))),
        "$object" => Some(format!("[object {}]", printable::line(text))),
        _ => None,
    }
}

/// A name that needs no quotes; whatever is not one is shown as a value.
fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| shown(value), printable::line)
}

fn is_reference(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)))
}

/// Removal that keeps the order of the other members, whether or not maps keep an order in this build.
trait Shift {
    fn shift(&mut self, name: &str) -> Option<Value>;
    fn shift_if(&mut self, name: &str, condition: impl Fn(&Value) -> bool);
}

impl Shift for Map<String, Value> {
    fn shift(&mut self, name: &str) -> Option<Value> {
        let value = self.get(name)?.clone();
        self.retain(|other, _| other != name);
        Some(value)
    }

    fn shift_if(&mut self, name: &str, condition: impl Fn(&Value) -> bool) {
        self.retain(|other, value| other != name || !condition(value));
    }
}
