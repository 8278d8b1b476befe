//! The diagnosis of a run, in the words of the report.

use bgfspec_report as reports;

use super::kept::KEPT_AFTER;
use crate::diagnosis::{Case, diagnose};
use crate::scenario::{Capability, Scenario};

/// What the report says of a run's quirks.
pub(super) struct Diagnosed {
    pub(super) quirks: Vec<reports::Quirk>,
    pub(super) unexplained: u64,
}

/// Finds the quirks behind deviations, and notes them there.
pub(super) fn of_deviations(
    deviations: &mut [reports::Deviation],
    conforming: &[&Scenario],
    capabilities: &[Capability],
) -> Diagnosed {
    let (mut places, mut cases) = (Vec::new(), Vec::new());
    for (place, deviation) in deviations.iter().enumerate() {
        // Of a trace that was cut nobody knows how it would have gone on.
        let whole = deviation.observed.len() < deviation.first_difference + KEPT_AFTER;
        if let (true, Ok(scenario)) = (whole, serde_json::from_value(deviation.scenario.clone())) {
            places.push(place);
            cases.push(Case { scenario, observed: deviation.observed.clone() });
        }
    }
    let diagnosis = diagnose(&cases, conforming, capabilities);
    for (place, quirks) in places.into_iter().zip(&diagnosis.cases) {
        let deviation = &mut deviations[place];
        deviation.quirks = quirks.iter().map(|quirk| quirk.id().to_owned()).collect();
        // The judge sees where traces part. Where the implementation departs the cause says.
        if let Some(cause) = quirks.iter().next() {
            deviation.step = cause.step_name().to_owned();
            deviation.link = cause.step().link().unwrap_or_default().to_owned();
        }
    }
    let quirks = diagnosis.quirks.iter().map(|&(quirk, scenarios)| reports::Quirk {
        id: quirk.id().to_owned(),
        title: quirk.title().to_owned(),
        step: quirk.step_name().to_owned(),
        scenarios,
    });
    let unexplained = deviations.iter().filter(|deviation| deviation.quirks.is_empty());
    Diagnosed { quirks: quirks.collect(), unexplained: unexplained.map(|deviation| deviation.occurrences).sum() }
}
