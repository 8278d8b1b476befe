//! The files of the catalogue: scenarios without what most of them share.
//!
//! A file names its area. That tells it from scenarios by themselves, for which no default changes. `SCENARIOS.md` describes both.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::{Callback, Capability, Observe, Operation, Scenario, True};

/// A file of the catalogue.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The code of its area.
    pub area: String,
    /// The scenarios that decide the requirements of the area.
    scenarios: Vec<Entry>,
}

/// A scenario of a file of the catalogue. Its members are those of a scenario.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The rule as a sentence.
    title: String,
    /// The ids of the requirements that it decides.
    requirements: Vec<String>,
    /// The details that count for the verdict; none where it is left out.
    #[serde(default = "nothing")]
    observe: Observe,
    /// Capabilities that can't be seen from its operations.
    #[serde(default)]
    needs: Vec<Capability>,
    /// Named functions.
    #[serde(default)]
    callbacks: BTreeMap<String, Callback>,
    /// The script of the service worker.
    #[serde(default)]
    worker: Option<Vec<Operation>>,
    /// Operations and stimuli, in order; a `drain` follows where they leave something to wait for.
    steps: Vec<Operation>,
}

fn nothing() -> Observe {
    Observe::Details(Vec::new())
}

impl Written {
    /// Returns the scenarios in full, with what the file leaves out.
    #[must_use]
    pub fn expanded(self) -> Vec<Scenario> {
        self.scenarios.into_iter().map(Entry::expanded).collect()
    }
}

impl Entry {
    fn expanded(self) -> Scenario {
        let Entry { title, requirements, observe, needs, callbacks, worker, mut steps } = self;
        if leaves_something(&steps) {
            steps.push(Operation::Drain { drain: True });
        }
        Scenario { title, requirements, observe, needs, callbacks, worker, steps }
    }
}

/// Whether the steps leave something to wait for: they end with a stimulus, or queue something after their last `drain`.
///
/// The operations of `worker` and `page` are one task, which is over when its step is.
fn leaves_something(steps: &[Operation]) -> bool {
    let is_drain = |step: &Operation| matches!(step, Operation::Drain { .. });
    let since = steps.iter().rposition(is_drain).map_or(steps, |last| &steps[last + 1..]);
    let is_list = |step: &Operation| matches!(step, Operation::Worker { .. } | Operation::Page { .. });
    since.last().is_some_and(|last| last.is_stimulus() && !is_list(last)) || since.iter().any(queues)
}

/// Whether an operation queues a microtask, a task or a reaction, itself or inside.
fn queues(operation: &Operation) -> bool {
    matches!(operation, Operation::Microtask { .. } | Operation::Task { .. } | Operation::Then { .. })
        || operation.inner().into_iter().flatten().any(queues)
}

/// Reads a file with one scenario, a list of scenarios, or the scenarios of an area of the catalogue.
///
/// The catalogue's defaults hold only in the last.
///
/// # Errors
/// Says in which line and column what was expected.
pub fn scenarios_from_json(text: &str) -> Result<Vec<Scenario>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text);
    }
    if is_of_the_catalogue(text) {
        return serde_json::from_str(text).map(Written::expanded);
    }
    Scenario::from_json(text).map(|scenario| vec![scenario])
}

/// Whether a text begins as a file of the catalogue does. What follows may be broken, and is then reported as such.
fn is_of_the_catalogue(text: &str) -> bool {
    let first = text.trim_start().strip_prefix('{').map_or("", str::trim_start);
    first.starts_with("\"area\"") || first.starts_with("\"scenarios\"")
}
