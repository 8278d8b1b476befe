//! Step coverage of the catalogue: how many scenarios take each step of the modelled algorithms.

use bgfspec_model::status;
use bgfspec_model::step::StepId;

use crate::catalogue::Catalogue;
use crate::reference::{Reference, View};

/// So many runs are tried for a scenario.
const MOST_RUNS: usize = 64;

/// How many scenarios take each step that has code, in the order of the registry.
///
/// # Panics
/// Panics when the catalogue has a scenario that is none, which a test excludes.
#[must_use]
pub fn of_catalogue(catalogue: &Catalogue) -> Vec<(StepId, usize)> {
    let reachable = StepId::all().filter(|step| status::without_code(*step).is_none());
    let mut counts: Vec<(StepId, usize)> = reachable.map(|step| (step, 0)).collect();
    let mut reference = Reference::new();
    for scenario in &catalogue.scenarios {
        reference.clear_coverage();
        let program = reference.compile(scenario).expect("a test compiles the catalogue");
        reference.permitted(&program, View { reported: true, unhandled: true }, MOST_RUNS);
        for (step, scenarios) in &mut counts {
            *scenarios += usize::from(reference.took(*step));
        }
    }
    counts
}

/// The table that `bgfspec list --steps` prints.
#[must_use]
pub fn table(counts: &[(StepId, usize)]) -> String {
    let mut text = String::new();
    for (step, scenarios) in counts {
        let reason = status::UNREACHED.iter().find(|(name, _)| *name == step.name());
        let reason = reason.map(|(_, why)| format!(" {why}")).unwrap_or_default();
        text.push_str(&format!("{scenarios:>6}  {}{reason}\n", step.name()));
    }
    let taken = counts.iter().filter(|(_, scenarios)| *scenarios > 0).count();
    text.push_str(&format!("\n{taken} of {} steps with code are taken by the catalogue.\n", counts.len()));
    text
}
