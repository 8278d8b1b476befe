//! The names in a scenario, and giving it others.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::scenario::Scenario;

/// Members of an operation that hold a path, whose first part may be a name.
const PATHS: &[&str] = &[
    "construct",
    "call",
    "apply",
    "get",
    "set",
    "setter",
    "read",
    "describe",
    "in",
    "typeof",
    "prototype",
    "of",
    "class-of",
    "then",
    "timeout",
];

/// Members that hold a name.
const NAMES: &[&str] = &["as", "catch", "promise", "resolve", "reject"];

/// Members whose text is no path and no value, whatever it looks like.
const WORDS: &[&str] = &[
    "new",
    "class",
    "interface",
    "note",
    "message",
    "click",
    "progress",
    "upload",
    "finish",
    "how",
    "userAbort",
    "pause",
    "resume",
    "permission",
    "webdriver",
    "page",
    "$",
    "$string",
    "$error",
];

/// Calls a function with each name that stands somewhere in a scenario, in order.
pub fn each(scenario: &Scenario, mut name: impl FnMut(&str)) {
    let mut json = to_json(scenario);
    rewrite(&mut json, &mut |found| {
        name(found);
        None
    });
}

/// The scenario with other names.
///
/// Gives nothing where the result is no scenario, which no name of [`each`] can bring about.
#[must_use]
pub fn renamed(scenario: &Scenario, names: &BTreeMap<String, String>) -> Option<Scenario> {
    let mut json = to_json(scenario);
    rewrite(&mut json, &mut |found| names.get(found).cloned());
    serde_json::from_value(json).ok()
}

/// The names that a scenario gives: to what it makes, and to its callbacks.
#[must_use]
pub fn given(scenario: &Scenario) -> Vec<String> {
    let mut given: Vec<String> = scenario.callbacks.keys().cloned().collect();
    scenario.operations().for_each(|operation| operation.each_given(|name| given.push(name.clone())));
    given.sort();
    given.dedup();
    given
}

fn to_json(scenario: &Scenario) -> Json {
    serde_json::to_value(scenario).unwrap_or_default()
}

/// Offers every name of a scenario to a function, which may give another for it.
fn rewrite(scenario: &mut Json, other: &mut dyn FnMut(&str) -> Option<String>) {
    let Some(scenario) = scenario.as_object_mut() else { return };
    for part in ["worker", "steps"] {
        if let Some(operations) = scenario.get_mut(part) {
            in_value(operations, other);
        }
    }
    if let Some(Json::Object(callbacks)) = scenario.get_mut("callbacks") {
        for (name, mut callback) in std::mem::take(callbacks) {
            if let Some(body) = callback.get_mut("do") {
                in_value(body, other);
            }
            callbacks.insert(other(&name).unwrap_or(name), callback);
        }
    }
}

fn in_value(json: &mut Json, other: &mut dyn FnMut(&str) -> Option<String>) {
    match json {
        Json::String(text) => {
            if let Some(path) = text.strip_prefix('@')
                && let Some(path) = in_path(path, other)
            {
                *text = format!("@{path}");
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| in_value(item, other)),
        Json::Object(members) => {
            for (key, value) in members {
                match value {
                    Json::String(text) if PATHS.contains(&key.as_str()) => {
                        if let Some(path) = in_path(text, other) {
                            *text = path;
                        }
                    }
                    Json::String(text) if NAMES.contains(&key.as_str()) => {
                        if let Some(name) = other(text) {
                            *text = name;
                        }
                    }
                    Json::String(_) if WORDS.contains(&key.as_str()) => {}
                    Json::Array(names) if key == "tree" => {
                        for name in names {
                            if let Json::String(text) = name
                                && let Some(name) = other(text)
                            {
                                *text = name;
                            }
                        }
                    }
                    value => in_value(value, other),
                }
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn in_path(path: &str, other: &mut dyn FnMut(&str) -> Option<String>) -> Option<String> {
    let (root, rest) = path.split_at(path.find('.').unwrap_or(path.len()));
    other(root).map(|name| name + rest)
}
