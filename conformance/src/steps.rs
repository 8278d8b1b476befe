//! Step coverage of the catalogue: how many scenarios take each step of the modelled algorithms, and each branch of it.

use std::collections::BTreeMap;

use bgfspec_model::status;
use bgfspec_model::step::{Branch, StepId};
use serde_json::{Value as Json, json};

use crate::catalogue::Catalogue;
use crate::reference::{Reference, View};

/// So many runs are tried for a scenario.
const MOST_RUNS: usize = 64;

/// How many scenarios take each step that has code and each branch, in the order of the registry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counts {
    /// The steps.
    pub steps: Vec<(StepId, usize)>,
    /// The branches of those of them that decide something.
    pub branches: Vec<(Branch, usize)>,
}

/// How many scenarios take each step and each branch.
///
/// # Panics
/// Panics when the catalogue has a scenario that is none, which a test excludes.
#[must_use]
pub fn of_catalogue(catalogue: &Catalogue) -> Counts {
    let reachable = StepId::all().filter(|step| status::without_code(*step).is_none());
    let mut counts = Counts {
        steps: reachable.map(|step| (step, 0)).collect(),
        branches: Branch::all().map(|branch| (branch, 0)).collect(),
    };
    let mut reference = Reference::new();
    for scenario in &catalogue.scenarios {
        reference.clear_coverage();
        let program = reference.compile(scenario).expect("a test compiles the catalogue");
        reference.permitted(&program, View { reported: true, unhandled: true }, MOST_RUNS);
        for (step, scenarios) in &mut counts.steps {
            *scenarios += usize::from(reference.took(*step));
        }
        for (branch, scenarios) in &mut counts.branches {
            *scenarios += usize::from(reference.took_branch(*branch));
        }
    }
    counts
}

/// The table that `bgfspec list --steps` prints.
#[must_use]
pub fn table(counts: &Counts) -> String {
    let mut text = String::new();
    let mut branches = counts.branches.iter().peekable();
    for (step, scenarios) in &counts.steps {
        text.push_str(&format!("{scenarios:>6}  {}{}\n", step.name(), reason(status::UNREACHED, step.name())));
        while let Some((branch, scenarios)) = branches.next_if(|(branch, _)| branch.step() == *step) {
            let way = if branch.holds() { "holds" } else { "does not hold" };
            text.push_str(&format!("{scenarios:>12}  {way}{}\n", reason(status::UNTAKEN, &branch.name())));
        }
    }
    text.push_str(&format!(
        "\n{} of {} steps with code and {} of {} branches are taken by the catalogue.\n",
        taken(&counts.steps),
        counts.steps.len(),
        taken(&counts.branches),
        counts.branches.len()
    ));
    text
}

/// The same as JSON: one object a step, with its branches.
#[must_use]
pub fn json(counts: &Counts) -> Vec<Json> {
    // It takes a search to find a branch's step.
    let mut branches: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for (branch, scenarios) in &counts.branches {
        let ways = branches.entry(branch.step().name()).or_default();
        ways.push(json!({ "holds": branch.holds(), "scenarios": scenarios }));
    }
    let mut one = |(step, scenarios): &(StepId, usize)| {
        let branches = branches.remove(step.name()).unwrap_or_default();
        json!({ "step": step.name(), "scenarios": scenarios, "branches": branches })
    };
    counts.steps.iter().map(&mut one).collect()
}

/// How many were taken by any scenario.
fn taken<T>(counts: &[(T, usize)]) -> usize {
    counts.iter().filter(|(_, scenarios)| *scenarios > 0).count()
}

/// The reason why a step or a branch is not taken, after a space; nothing if it has none.
fn reason(reasons: &[(&str, &str)], name: &str) -> String {
    reasons.iter().find(|(of, _)| *of == name).map(|(_, why)| format!(" {why}")).unwrap_or_default()
}
