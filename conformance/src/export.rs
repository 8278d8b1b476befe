//! What others need to check a scenario without this suite.

use std::collections::BTreeSet;

use bgfspec_report as report;
use bgfspec_report::Export;
use serde_json::Value as Json;

use crate::catalogue::Catalogue;
use crate::reference::{Reference, View};
use crate::scenario::{Capability, Scenario};
use crate::trace::{Trace, counted};

/// So many runs of the model are tried for a scenario.
const MOST_RUNS: usize = 20_000;
/// So many different traces are kept.
const MOST_TRACES: usize = 200;

/// A scenario with its rules and with all that is permitted.
///
/// # Errors
/// Says what the model can't play.
pub fn export(catalogue: &Catalogue, scenario: &Scenario) -> Result<Export, String> {
    let mut reference = Reference::new();
    let program = reference.compile(scenario).map_err(|error| error.to_string())?;
    let view = View { reported: true, unhandled: true };
    let mut traces: BTreeSet<String> = BTreeSet::new();
    let mut permitted: Vec<Vec<Json>> = Vec::new();
    let mut plans: Vec<Vec<u8>> = vec![Vec::new()];
    let (mut runs, mut uncaught) = (0, false);
    while runs < MOST_RUNS && permitted.len() < MOST_TRACES {
        let Some(plan) = plans.pop() else { break };
        runs += 1;
        let played = reference.play(&program, view, &plan);
        plans.extend(played.others(plan.len()));
        let observations = Trace(played.trace).observations()?;
        uncaught |= observations.iter().any(|item| item.get("reported").is_some() || item.get("unhandled").is_some());
        let parts = counted(&observations, scenario, &Capability::ALL);
        let trace: Vec<Json> = parts.into_iter().map(|(_, item)| item).collect();
        if traces.insert(Json::from(trace.clone()).to_string()) {
            permitted.push(trace);
        }
    }
    let requirements = scenario.requirements.iter().map(|id| requirement(catalogue, id)).collect::<Result<_, _>>()?;
    Ok(Export {
        bgfspec: env!("CARGO_PKG_VERSION").to_owned(),
        id: scenario.id(),
        requirements,
        scenario: serde_json::to_value(scenario).map_err(|error| error.to_string())?,
        capabilities: scenario.capabilities().into_iter().map(Capability::name).collect(),
        permitted,
        complete: plans.is_empty(),
        uncaught,
    })
}

fn requirement(catalogue: &Catalogue, id: &str) -> Result<report::Requirement, String> {
    let found = catalogue.requirement(id)?;
    let area = catalogue.areas.iter().find(|area| area.code == found.area());
    Ok(found.in_report(area.map_or("", |area| &area.title)))
}
