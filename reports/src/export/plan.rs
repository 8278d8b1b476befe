//! What a program logs: the forms of values, the exceptions that are asserted where they are thrown, and the permitted logs.

use std::collections::BTreeMap;

use bgfspec_report::Export;
use bgfspec_report::javascript::Lines;
use bgfspec_report::javascript::words::literal;
use bgfspec_report::trace::{EVENT, KINDS};
use serde_json::Value;

use super::form::{Form, reference};
use super::place::Place;
use super::scope::accessed;

/// At most this many different logs stand in a program.
const MOST_PERMITTED: usize = 4;

/// What a program logs.
pub(super) struct Plan<'a> {
    pub(super) export: &'a Export,
    pub(super) place: Place,
    /// The permitted traces, as this place sees them.
    pub(super) permitted: Vec<Vec<Value>>,
    /// The forms of values, by their kind and by the operation or callback that they belong to.
    forms: BTreeMap<(String, String), Form>,
    /// The operations whose exceptions are asserted where they are thrown.
    asserted: Vec<String>,
}

/// A part of what an observation adds to the log.
enum Part<'v> {
    Word(String),
    /// A value that counts; none if an event is missing.
    Value {
        kind: String,
        of: &'v str,
        value: Option<&'v Value>,
    },
}

impl<'a> Plan<'a> {
    /// Returns the plan of a program in this place. No exception is asserted where it is thrown.
    ///
    /// # Errors
    /// Says why no log decides the scenario.
    pub(super) fn of(export: &'a Export, place: Place) -> Result<Self, String> {
        if !export.complete {
            return Err(format!("{} traces and more are permitted", export.permitted.len()));
        }
        let seen = |trace: &Vec<Value>| trace.iter().filter(|item| place.sees(item)).cloned().collect();
        let permitted: Vec<Vec<Value>> = export.permitted.iter().map(seen).collect();
        let mut values: BTreeMap<(String, String), Vec<&Value>> = BTreeMap::new();
        for part in permitted.iter().flatten().flat_map(|item| parts(export, item)) {
            if let Part::Value { kind, of, value: Some(value) } = part {
                values.entry((kind, of.to_owned())).or_default().push(value);
            }
        }
        let forms = values.into_iter().map(|(key, values)| Ok((key, Form::of(&values, place)?)));
        let forms = forms.collect::<Result<_, String>>()?;
        Ok(Plan { export, place, permitted, forms, asserted: Vec::new() })
    }

    /// Asserts exceptions where they are thrown: those of operations that run at the top only, and always throw. `top` and `everywhere`
    /// name all operations.
    pub(super) fn assert_thrown(&mut self, top: &[String], everywhere: &[String]) {
        let throwing = self.observations().filter(|item| item.get("threw").is_some());
        let thrown: Vec<&str> = throwing.filter_map(|item| item.get("from")?.as_str()).collect();
        let is_asserted = |from: &str| {
            let at_top = top.iter().filter(|one| *one == from).count();
            at_top == everywhere.iter().filter(|one| *one == from).count()
                && at_top == thrown.iter().filter(|one| **one == from).count()
        };
        let throwing = self.forms.keys().filter(|(kind, from)| kind == "threw" && is_asserted(from));
        self.asserted = throwing.map(|(_, from)| from.clone()).collect();
    }

    /// Returns whether the exceptions of an operation are asserted where they are thrown.
    pub(super) fn asserts(&self, from: &str) -> bool {
        self.asserted.iter().any(|one| one == from)
    }

    /// Returns the form of the values of this kind that belong to an operation or a callback.
    pub(super) fn form(&self, kind: &str, of: &str) -> Option<&Form> {
        self.forms.get(&(kind.to_owned(), of.to_owned()))
    }

    fn observations(&self) -> impl Iterator<Item = &Value> {
        self.permitted.iter().flatten()
    }

    /// Returns what an operation throws.
    pub(super) fn thrown(&self, from: &str) -> Option<&Value> {
        self.observations()
            .find_map(|item| item.get("threw").filter(|_| item.get("from").is_some_and(|one| one == from)))
    }

    /// Returns whether an operation describes a property.
    pub(super) fn describes(&self, from: &str) -> bool {
        self.observations()
            .any(|item| item.get("described").is_some() && item.get("from").is_some_and(|one| one == from))
    }

    /// Returns whether a callback may be called without an event.
    pub(super) fn lacks_event(&self, callback: &str) -> bool {
        self.observations()
            .any(|item| item.get("called").is_some_and(|one| one == callback) && item.get("event").is_none())
    }

    /// Returns whether an observation of this kind is permitted.
    pub(super) fn expects(&self, kind: &str) -> bool {
        self.observations().any(|item| item.get(kind).is_some())
    }

    /// Returns whether a detail counts. A scenario that needs rejections to be announced is about them.
    pub(super) fn counts(&self, detail: &str) -> bool {
        let needed = self.export.scenario.get("needs").and_then(Value::as_array).into_iter().flatten();
        self.export.observes(detail)
            || detail == "unhandled" && needed.into_iter().any(|need| need == "unhandled-rejections")
    }

    /// Returns the permitted logs, without the exceptions that are asserted.
    ///
    /// # Errors
    /// Says that there are too many.
    pub(super) fn logs(&self) -> Result<Vec<Vec<String>>, String> {
        let mut logs: Vec<Vec<String>> = Vec::new();
        for trace in &self.permitted {
            let global = |entry: String| if entry == "self" { self.place.global().to_owned() } else { entry };
            let log: Vec<String> = trace.iter().flat_map(|item| self.entries(item)).map(global).collect();
            if !logs.contains(&log) {
                logs.push(log);
            }
        }
        if logs.len() > MOST_PERMITTED {
            return Err(format!(
                "{} logs are permitted, and a program compares with {MOST_PERMITTED} at most",
                logs.len()
            ));
        }
        Ok(logs)
    }

    /// The entries of the log for an observation.
    fn entries(&self, item: &Value) -> Vec<String> {
        let is_asserted = item.get("from").and_then(Value::as_str).is_some_and(|from| self.asserts(from));
        if item.get("threw").is_some() && is_asserted {
            return Vec::new();
        }
        let entries: Vec<String> = parts(self.export, item).into_iter().flat_map(|part| self.expected(part)).collect();
        if item.get("reported").is_some() && self.place == Place::Script {
            return vec![format!("...(firesError ? [{}] : [])", entries.join(", "))];
        }
        entries
    }

    fn expected(&self, part: Part<'_>) -> Vec<String> {
        match part {
            Part::Word(word) => vec![literal(&word)],
            Part::Value { kind, of, value } => match (self.form(&kind, of), value) {
                (None, _) => Vec::new(),
                (Some(_), None) => vec!["undefined".to_owned()],
                (Some(form), Some(value)) => form.expected(value),
            },
        }
    }
}

/// The kinds of observations that are not logged: such scenarios are refused, or end there.
const NOT_LOGGED: [&str; 3] = ["missing", "opened", "answered"];

/// What an observation adds to the log.
fn parts<'v>(export: &Export, item: &'v Value) -> Vec<Part<'v>> {
    let text = |member: &str| item.get(member).and_then(Value::as_str).unwrap_or_default();
    let word = |text: &str| vec![Part::Word(text.to_owned())];
    let value = |kind: &str, of, value: Option<&'v Value>| {
        value.map(|value| Part::Value { kind: kind.to_owned(), of, value: Some(value) })
    };
    let members = |kind: &str, of, event: Option<&'v Value>| -> Vec<Part<'v>> {
        let observed = EVENT.iter().filter(|(member, _)| export.observes(member));
        let counted = |(member, _): &(&str, _)| {
            let value = event.and_then(|event| event.get(*member));
            Part::Value { kind: format!("{kind}.{member}"), of, value }
        };
        observed.map(counted).collect()
    };
    let kind = KINDS.into_iter().find(|kind| item.get(kind).is_some());
    let Some(kind) = kind.filter(|kind| !NOT_LOGGED.contains(kind)) else { return Vec::new() };
    let (from, observed) = (text("from"), &item[kind]);
    let (mut parts, value) = match kind {
        "called" => {
            let name = text(kind);
            let mut parts = word(name);
            parts.extend(["this", "arguments"].into_iter().filter_map(|kind| value(kind, name, item.get(kind))));
            parts.extend(members("event", name, item.get("event")));
            (parts, None)
        }
        "returned" if !export.observes("returns") => (Vec::new(), None),
        "returned" | "threw" | "got" => (Vec::new(), value(kind, from, Some(observed))),
        "read" => (members(kind, text("of"), Some(observed)), None),
        "described" => (word(&attributes(observed)), value(kind, from, observed.get("value"))),
        "accessed" => (word(&accessed(text(kind))), None),
        "noted" => (word(text(kind)), None),
        "evaluated" => (word(&format!("evaluated {observed}")), None),
        "reported" | "unhandled" => (word(kind), value(kind, "", Some(observed))),
        "settled" if item.get("value").is_none() => (Vec::new(), None),
        "settled" => {
            let how = text("as");
            (word(how), value(&format!("settled {how}"), text(kind), item.get("value")))
        }
        _ => (word(kind), None),
    };
    parts.extend(value);
    parts
}

/// The helper that property descriptors are logged with.
const ATTRIBUTES: &str = "// What a property has: \"get enumerable configurable\", say.
const attributes = (object, name) => Object.entries(Object.getOwnPropertyDescriptor(object, name) ?? {})
  .filter(([key, value]) => typeof value === \"function\" || value === true && key !== \"value\")
  .map(([key]) => key).join(\" \");";

/// Returns the helpers that these lines use.
pub(super) fn helpers(lines: &[String]) -> Lines {
    let is_used = lines.iter().any(|line| line.contains("attributes("));
    if is_used { ATTRIBUTES.lines().map(str::to_owned).collect() } else { Lines::new() }
}

/// What that helper gives for a descriptor of a trace.
fn attributes(described: &Value) -> String {
    let is = |member: &str| described.get(member).is_some_and(|value| *value == true);
    let is_function =
        described.get("writable").is_some() && described.get("value").is_none_or(|value| reference(value).is_some());
    let value = if is_function { vec!["value"] } else { Vec::new() };
    let others = ["writable", "get", "set", "enumerable", "configurable"].into_iter().filter(|member| is(member));
    value.into_iter().chain(others).collect::<Vec<_>>().join(" ")
}
