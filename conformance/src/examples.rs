//! Examples of the scenario language: scenarios, each with the one trace that it gives.
//!
//! `docs/examples.md` holds them, and `bgfspec smoke` plays them. They judge agents and no implementation, so none depends on a rule that an
//! implementation might break and still be worth judging.

use serde_json::Value as Json;

use crate::scenario::{Capability, Scenario};
use crate::trace::{Trace, counted};

const PAGE: &str = include_str!("../docs/examples.md");

/// A scenario whose title says what the agent has to do, and its trace.
#[derive(Clone, Debug)]
pub struct Example {
    /// The scenario.
    pub scenario: Scenario,
    /// The observations of it that count.
    pub trace: Vec<Json>,
}

/// Returns the examples in the order of the page.
///
/// # Panics
/// Panics when the page is broken, which a test excludes.
#[must_use]
pub fn all() -> Vec<Example> {
    let mut blocks = PAGE.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let mut examples = Vec::new();
    while let Some(scenario) = blocks.next() {
        let scenario = Scenario::from_json(scenario).unwrap_or_else(|error| panic!("{error} in {scenario}"));
        let trace = blocks.next().unwrap_or_else(|| panic!("`{}` has no trace", scenario.title));
        let trace = serde_json::from_str(trace).unwrap_or_else(|error| panic!("{error} in {trace}"));
        examples.push(Example { scenario, trace });
    }
    examples
}

impl Example {
    /// Whether an agent that claims these capabilities can play it.
    #[must_use]
    pub fn is_for(&self, capabilities: &[Capability]) -> bool {
        self.scenario.capabilities().iter().all(|needed| capabilities.contains(needed))
    }

    /// Compares the trace of an agent that claims these capabilities with the one of the page.
    ///
    /// # Errors
    /// Says what was expected at the first observation that differs, and what was there instead.
    pub fn check(&self, trace: &Trace, capabilities: &[Capability]) -> Result<(), String> {
        let observed = trace.observations()?;
        // Of an operation that the implementation lacks nothing can be seen.
        let expects_missing = self.trace.iter().any(|item| item.get("missing").is_some());
        if !expects_missing && observed.last().is_some_and(|item| item.get("missing").is_some()) {
            return Ok(());
        }
        let parts = |trace: &[Json]| counted(trace, &self.scenario, capabilities);
        let (ours, theirs) = (parts(&self.trace), parts(&observed));
        let differs = |at: &usize| ours.get(*at).map(|(_, item)| item) != theirs.get(*at).map(|(_, item)| item);
        let Some(at) = (0..ours.len().max(theirs.len())).find(differs) else { return Ok(()) };
        let show = |parts: &[(usize, Json)], trace: &[Json]| {
            parts.get(at).map_or_else(|| "the end of the trace".to_owned(), |(index, _)| trace[*index].to_string())
        };
        Err(format!("expected {}, got {}", show(&ours, &self.trace), show(&theirs, &observed)))
    }
}
