//! Traces: what was seen while a scenario was played.

pub use bgfspec_report::trace::KINDS;
use serde_json::{Map, Value as Json};

use crate::scenario::{Capability, Detail, Scenario};

/// A trace as JSON text: an array of observations, as `SCENARIOS.md` describes them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace(pub String);

impl Trace {
    /// The observations.
    ///
    /// # Errors
    /// Says what is no array of observations.
    pub fn observations(&self) -> Result<Vec<Json>, String> {
        let items: Vec<Json> = serde_json::from_str(&self.0).map_err(|error| format!("not a trace: {error}"))?;
        match items.iter().find(|item| kind(item).is_none()) {
            Some(strange) => Err(format!("not an observation: {strange}")),
            None => Ok(items),
        }
    }
}

/// The word that an observation begins with.
#[must_use]
pub fn kind(observation: &Json) -> Option<&str> {
    let first = observation.as_object()?.keys().next()?;
    KINDS.contains(&first.as_str()).then_some(first)
}

/// The realm that an observation was made in.
#[must_use]
pub fn realm(observation: &Json) -> &str {
    observation.get("in").and_then(Json::as_str).unwrap_or("main")
}

/// What counts of a trace for the verdict of a scenario, realm by realm, each with its place in the trace.
#[must_use]
pub fn counted(trace: &[Json], scenario: &Scenario, capabilities: &[Capability]) -> Vec<(usize, Json)> {
    let mut parts: Vec<(usize, Json)> = trace
        .iter()
        .enumerate()
        .filter_map(|(index, item)| Some((index, what_counts(item, scenario, capabilities)?)))
        .collect();
    parts.sort_by(|(_, a), (_, b)| realm(a).cmp(realm(b)));
    parts
}

/// What counts of an observation for the verdict of a scenario; none where the implementation can't show it.
#[must_use]
pub fn what_counts(observation: &Json, scenario: &Scenario, capabilities: &[Capability]) -> Option<Json> {
    let mut counts = observation.clone();
    normalise(&mut counts);
    let map = counts.as_object_mut()?;
    match kind(observation)? {
        "called" => {
            if !scenario.observe.counts(Detail::This) {
                map.shift_remove("this");
            }
            if !scenario.observe.counts(Detail::Arguments) {
                map.shift_remove("arguments");
            }
            keep_members(map.get_mut("event"), scenario);
            // Whether the first argument is an event at all is a detail of the arguments.
            if !scenario.observe.counts(Detail::Arguments) && map.get("event") == Some(&Json::Object(Map::new())) {
                map.shift_remove("event");
            }
        }
        "returned" if !scenario.observe.counts(Detail::Returns) => {
            map.insert("returned".to_owned(), Json::Null);
        }
        "read" => keep_members(map.get_mut("read"), scenario),
        "reported"
            if !scenario.observe.counts(Detail::Reported) || !capabilities.contains(&Capability::GlobalEvents) =>
        {
            return None;
        }
        "unhandled" if !counts_rejections(scenario) || !capabilities.contains(&Capability::UnhandledRejections) => {
            return None;
        }
        "opened" if !capabilities.contains(&Capability::Windows) => return None,
        _ => {}
    }
    Some(counts)
}

/// Exceptions are reported and rejections announced as a consequence of much that has nothing to do with them, so only a
/// scenario that is about them compares them. One that needs rejections to be announced is about them.
pub(crate) fn counts_rejections(scenario: &Scenario) -> bool {
    scenario.observe.counts(Detail::Unhandled) || scenario.needs.contains(&Capability::UnhandledRejections)
}

/// A number is one value however it is written: `0.0` is `0`.
fn normalise(json: &mut Json) {
    match json {
        Json::Number(number) => {
            let whole = number.as_f64().filter(|value| value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0);
            if let Some(whole) = whole {
                *json = Json::from(whole as i64);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(normalise),
        Json::Object(members) => members.values_mut().for_each(normalise),
        Json::Null | Json::Bool(_) | Json::String(_) => {}
    }
}

fn keep_members(event: Option<&mut Json>, scenario: &Scenario) {
    let Some(event) = event.and_then(Json::as_object_mut) else { return };
    for (detail, name) in Detail::MEMBERS {
        if !scenario.observe.counts(detail) {
            event.shift_remove(name);
        }
    }
}
