//! A scenario that is being played: what there is in it, and what was seen so far.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};

use super::{Got, Host};
use crate::scenario::Scenario;

/// A scenario that gives more observations than this does not end.
const MOST_OBSERVED: usize = 10_000;

/// A scenario that is being played.
pub(super) struct Scene<H: Host> {
    pub(super) scenario: Scenario,
    /// Never locked while the library is called.
    state: Mutex<State<H>>,
}

pub(super) struct State<H: Host> {
    pub(super) trace: Vec<Json>,
    pub(super) objects: BTreeMap<String, Thing<H>>,
    /// The names by which targets show, the first that each was given.
    targets: Vec<(H::Target, String)>,
    pub(super) calls: BTreeMap<String, u32>,
    pub(super) depth: u32,
    pub(super) ended: bool,
    pub(super) failed: Option<String>,
}

/// What a path gives.
pub(super) enum Thing<H: Host> {
    Target(H::Target),
    Event(H::Event),
    /// A controller, by its signal.
    Controller(H::Target),
    Flag(bool),
    Nothing,
}

impl<H: Host> Scene<H> {
    /// Returns a scenario in which nothing was done so far.
    pub(super) fn new(scenario: Scenario) -> Self {
        let state = State {
            trace: Vec::new(),
            objects: BTreeMap::new(),
            targets: Vec::new(),
            calls: BTreeMap::new(),
            depth: 0,
            ended: false,
            failed: None,
        };
        Scene { scenario, state: Mutex::new(state) }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State<H>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn record(&self, observation: Json) {
        let mut state = self.state();
        if state.trace.len() >= MOST_OBSERVED {
            state.fail(format!("there are more than {MOST_OBSERVED} observations"));
        } else if !state.ended {
            state.trace.push(observation);
        }
    }

    /// Keeps what a name stands for from now on.
    pub(super) fn name(&self, name: &str, thing: Thing<H>) {
        let mut state = self.state();
        if let Thing::Target(target) = &thing
            && state.label_of_target(target).is_none()
        {
            state.targets.push((target.clone(), format!("@{name}")));
        }
        state.objects.insert(name.to_owned(), thing);
    }

    /// Returns what a value shows as in a trace.
    pub(super) fn show(&self, got: &Option<Got<H::Target>>) -> Json {
        let state = self.state();
        let target = |target: &H::Target| match state.label_of_target(target) {
            Some(label) => json!(label),
            // Every other target has had a name from the start.
            None => json!({ "$object": "AbortSignal" }),
        };
        match got {
            None => json!({ "$": "undefined" }),
            Some(Got::Text(text)) if text.starts_with('@') => json!({ "$string": text }),
            Some(Got::Text(text)) => json!(text),
            Some(Got::Flag(flag)) => json!(flag),
            Some(Got::Number(number)) => json!(number),
            Some(Got::Target(None)) => Json::Null,
            Some(Got::Target(Some(one))) => target(one),
            Some(Got::Path(path)) => path.iter().map(target).collect(),
        }
    }
}

impl<H: Host> State<H> {
    pub(super) fn fail(&mut self, message: String) {
        self.failed.get_or_insert(message);
        self.ended = true;
    }

    fn label_of_target(&self, target: &H::Target) -> Option<&str> {
        self.targets.iter().find(|(named, _)| named == target).map(|(_, label)| label.as_str())
    }
}

impl<H: Host> Clone for Thing<H> {
    fn clone(&self) -> Self {
        match self {
            Thing::Target(target) => Thing::Target(target.clone()),
            Thing::Event(event) => Thing::Event(event.clone()),
            Thing::Controller(signal) => Thing::Controller(signal.clone()),
            Thing::Flag(flag) => Thing::Flag(*flag),
            Thing::Nothing => Thing::Nothing,
        }
    }
}

impl<H: Host> PartialEq for Thing<H> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Thing::Target(one), Thing::Target(other)) | (Thing::Controller(one), Thing::Controller(other)) => {
                one == other
            }
            (Thing::Event(one), Thing::Event(other)) => one == other,
            (Thing::Flag(one), Thing::Flag(other)) => one == other,
            (Thing::Nothing, Thing::Nothing) => true,
            _ => false,
        }
    }
}
