//! The way of an event: who ran when, as far as scenario and trace tell it.
//!
//! A trace says what was seen, not who was at work. An observation carries the text of its operation, and the scenario
//! says where that operation stands: among the steps, in a callback, in a microtask. Where it stands in several places
//! the one that was at work last is taken, and marked as a guess. What comes from outside stands between the steps around
//! it; the trace does not say more, and neither does this.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use bgfspec_report::javascript::stimulus;
use serde::Serialize;
use serde_json::Value;

/// Who can be at work. The script of the page has the names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Lane {
    /// The user, the user agent and the network.
    Outside,
    /// The script of a page.
    Page,
    /// The script itself: its steps.
    Script,
    /// Listeners and other callbacks.
    Callback,
    /// Microtasks, reactions to promises among them.
    Microtask,
    /// Tasks that the script queued.
    Task,
}

/// Who was at work at an observation, as a number. A guess has so much more, and so has what is in no order with the
/// observations of others: what a page saw, and what no script saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub(super) struct At(u8);

const GUESS: u8 = 8;
const APART: u8 = 16;

/// Where the operations of a scenario stand.
pub(super) struct Places<'a> {
    by_text: BTreeMap<String, BTreeSet<Place<'a>>>,
    /// The steps: what is recorded of each, or what comes from outside.
    steps: Vec<Step<'a>>,
}

/// Whose the operations of a list are, and what is seen before any of them: a call, or a promise that settled.
type Place<'a> = (Lane, Option<(&'static str, &'a str)>);

enum Step<'a> {
    Operation(String),
    Outside(&'a Value),
}

impl<'a> Places<'a> {
    pub(super) fn of(scenario: &'a Value) -> Self {
        let mut places = Self { by_text: BTreeMap::new(), steps: Vec::new() };
        for list in ["worker", "steps"] {
            places.list(scenario.get(list), (Lane::Script, None));
        }
        for (name, callback) in scenario.get("callbacks").and_then(Value::as_object).into_iter().flatten() {
            places.list(callback.get("do"), (Lane::Callback, Some(("called", name))));
        }
        for step in scenario.get("steps").and_then(Value::as_array).into_iter().flatten() {
            if let Some(text) = recorded(step) {
                places.steps.push(Step::Operation(text));
            } else if comes_from_outside(step) {
                places.steps.push(Step::Outside(step));
            }
        }
        places
    }

    fn list(&mut self, operations: Option<&'a Value>, place: Place<'a>) {
        for operation in operations.and_then(Value::as_array).into_iter().flatten() {
            if let Some(text) = recorded(operation) {
                self.by_text.entry(text).or_default().insert(place);
            }
            for (inner, lane) in [
                ("microtask", Lane::Microtask),
                ("task", Lane::Task),
                ("worker", Lane::Script),
                ("update", Lane::Script),
                ("page", Lane::Page),
            ] {
                self.list(operation.get(inner), (lane, place.1));
            }
            if let Some(promise) = operation.get("then") {
                let after = promise.as_str().map(|promise| ("settled", promise));
                self.list(operation.get("do"), (Lane::Microtask, after));
                self.list(operation.get("catch"), (Lane::Microtask, after));
            }
        }
    }

    /// Who was at work at each observation.
    pub(super) fn lanes(&self, trace: &[Value]) -> Vec<At> {
        let mut last = Lane::Script;
        let mut seen = BTreeSet::new();
        let mut lanes = Vec::with_capacity(trace.len());
        for observation in trace {
            for kind in ["called", "settled"] {
                seen.extend(observation.get(kind).and_then(Value::as_str).map(|name| (kind, name)));
            }
            let (lane, more) = match self.lane(observation, last, &seen) {
                Ok(lane) if observation.get("in").is_some() => (lane, APART),
                Ok(lane) => (lane, 0),
                Err(lane) => (lane, GUESS),
            };
            if more != APART {
                last = lane;
            }
            lanes.push(At(lane as u8 + more));
        }
        lanes
    }

    /// Who was at work: for certain, or as a guess.
    fn lane(&self, observation: &Value, last: Lane, seen: &BTreeSet<(&str, &str)>) -> Result<Lane, Lane> {
        let has = |name: &str| observation.get(name).is_some();
        match observation.get("in").and_then(Value::as_str) {
            Some("page") => return Ok(Lane::Page),
            Some("user-agent") => return Ok(Lane::Outside),
            _ => {}
        }
        if has("called") {
            return Ok(Lane::Callback);
        }
        if has("settled") {
            return Ok(Lane::Microtask);
        }
        if ["reported", "unhandled", "evaluated", "opened", "answered"].into_iter().any(has) {
            return Ok(Lane::Outside);
        }
        // What has no text can be of any operation.
        let places = match text_of(observation) {
            Some(text) => self.by_text.range::<str, _>((Bound::Included(text), Bound::Included(text))),
            None => self.by_text.range::<str, _>(..),
        };
        let places = places.flat_map(|(_, places)| places);
        let can_be = places.filter(|(_, after)| after.is_none_or(|after| seen.contains(&after)));
        let lanes: BTreeSet<Lane> = can_be.map(|(lane, _)| *lane).collect();
        match (lanes.len(), lanes.first()) {
            (1, Some(only)) => Ok(*only),
            (_, Some(first)) if !lanes.contains(&last) => Err(*first),
            _ => Err(last),
        }
    }

    /// What came from outside, before which observation of the trace. Steps are recorded in their order, so what stands
    /// between two of them came after the first. From where a step can only be guessed, it is said.
    pub(super) fn outside(&self, trace: &[Value], lanes: &[At]) -> Vec<(usize, String)> {
        let mut outside: Vec<(usize, String)> = Vec::new();
        let (mut at, mut steps, mut where_it_is) = (0, self.steps.as_slice(), "");
        loop {
            let upto = steps.iter().position(|step| matches!(step, Step::Operation(_))).unwrap_or(steps.len());
            let stimuli: Vec<String> = steps[..upto].iter().filter_map(Step::words).collect();
            if !stimuli.is_empty() {
                outside.push((at, format!("{where_it_is}{}", stimuli.join(", then "))));
            }
            let Some((Step::Operation(text), rest)) = steps[upto..].split_first() else { return outside };
            let find = |can_be: fn(At) -> bool| {
                let mut left = trace[at..].iter().zip(&lanes[at..]);
                left.position(|(observation, lane)| can_be(*lane) && text_of(observation) == Some(text))
            };
            // A step that was not recorded is passed over.
            if let Some(found) = find(|lane| lane == At(Lane::Script as u8)) {
                at += found + 1;
            } else if let Some(found) = find(|lane| lane.0 & GUESS > 0) {
                at += found + 1;
                where_it_is = "about here: ";
            }
            steps = rest;
        }
    }
}

impl Step<'_> {
    fn words(&self) -> Option<String> {
        let Self::Outside(step) = self else { return None };
        let (name, value) = step.as_object()?.iter().next()?;
        Some(match value {
            Value::String(text) => format!("{name} {text}"),
            _ => name.clone(),
        })
    }
}

/// The operations that are recorded with their text.
const RECORDED: [&str; 17] = [
    "call",
    "apply",
    "get",
    "setter",
    "set",
    "new",
    "construct",
    "read",
    "describe",
    "in",
    "typeof",
    "instanceof",
    "same",
    "prototype",
    "class-of",
    "ordered",
    "note",
];

/// The text that an observation of this operation has.
fn recorded(operation: &Value) -> Option<String> {
    let kind = RECORDED.into_iter().find(|kind| operation.get(*kind).is_some())?;
    Some(match operation.get(kind)? {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}

/// Whether a step comes from outside, but for waiting and for what is done in a realm.
fn comes_from_outside(step: &Value) -> bool {
    let mut outside = stimulus::words().filter(|word| !matches!(*word, "drain" | "worker" | "page"));
    outside.any(|word| step.get(word).is_some())
}

fn text_of(observation: &Value) -> Option<&str> {
    ["from", "of", "noted"].into_iter().find_map(|name| observation.get(name)).and_then(Value::as_str)
}
