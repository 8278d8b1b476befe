//! The diagnosis of a run, in the words of the report.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_model::{Quirk, QuirkSet, step};
use bgfspec_report as reports;

use super::examples;
use super::kept::KEPT_AFTER;
use crate::catalogue::{Catalogue, Requirement};
use crate::diagnosis::{Case, diagnose};
use crate::mutation;
use crate::scenario::{Capability, Scenario};

/// Finds the causes of a run's deviations, and notes them there.
pub(super) fn of_deviations(run: &mut reports::Run, conforming: &[&Scenario], catalogue: &Catalogue) {
    let capabilities: Vec<Capability> =
        run.implementation.capabilities.iter().filter_map(|name| Capability::named(name)).collect();
    let (mut places, mut cases) = (Vec::new(), Vec::new());
    for (place, deviation) in run.deviations.iter().enumerate() {
        // Of a trace that was cut nobody knows how it would have gone on.
        let whole = deviation.observed.len() < deviation.first_difference + KEPT_AFTER;
        if let (true, Ok(scenario)) = (whole, serde_json::from_value(deviation.scenario.clone())) {
            places.push(place);
            cases.push(Case { scenario, observed: deviation.observed.clone() });
        }
    }
    let diagnosis = diagnose(&cases, conforming, &capabilities);
    for (place, quirks) in places.iter().zip(&diagnosis.cases) {
        let deviation = &mut run.deviations[*place];
        deviation.quirks = quirks.iter().map(|quirk| quirk.id().to_owned()).collect();
        // The judge sees where traces part. Where the implementation departs the cause says.
        if let Some(cause) = quirks.iter().next() {
            deviation.step = cause.step_name().to_owned();
            deviation.link = cause.step().link().unwrap_or_default().to_owned();
        }
    }
    let titles: BTreeMap<String, &str> =
        conforming.iter().map(|scenario| (scenario.id(), scenario.title.as_str())).collect();
    let links = mutation::links();
    let all: QuirkSet = diagnosis.quirks.iter().map(|(quirk, _)| *quirk).collect();
    let mut causes: Vec<reports::Cause> = diagnosis
        .quirks
        .iter()
        .map(|&(quirk, _)| {
            let against = diagnosis.contradictions.iter().filter(|(contradicted, _)| *contradicted == quirk);
            reports::Cause {
                contradicted_by: against
                    .map(|(_, id)| reports::Contradiction {
                        scenario: id.clone(),
                        title: titles.get(id).copied().unwrap_or_default().to_owned(),
                    })
                    .collect(),
                links: links.get(quirk.id()).cloned().unwrap_or_default(),
                ..cause(quirk, all, &run.deviations, &capabilities, catalogue)
            }
        })
        .collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.scenarios));
    run.causes = causes;
    run.apart = diagnosis.apart.iter().map(|case| run.deviations[places[*case]].id.clone()).collect();
    let unexplained = run.deviations.iter().filter(|deviation| deviation.quirks.is_empty());
    run.unexplained = unexplained.map(|deviation| deviation.occurrences).sum();
}

/// A cause with what it is behind.
fn cause(
    quirk: Quirk,
    all: QuirkSet,
    deviations: &[reports::Deviation],
    capabilities: &[Capability],
    catalogue: &Catalogue,
) -> reports::Cause {
    let behind = examples::behind(quirk, all, deviations, capabilities);
    let reached: BTreeSet<&str> =
        behind.iter().flat_map(|deviation| &deviation.requirements).map(String::as_str).collect();
    let reached = catalogue.adopted().map(|requirement| &requirement.id).filter(|id| reached.contains(id.as_str()));
    let best = behind.first();
    let mut cause = reports::Cause {
        id: quirk.id().to_owned(),
        does: quirk.title().to_owned(),
        should: String::new(),
        step: quirk.step_name().to_owned(),
        link: quirk.step().link().unwrap_or_default().to_owned(),
        scenarios: behind.iter().map(|deviation| deviation.occurrences).sum(),
        requirements: reached.cloned().collect(),
        example: best.map(|deviation| (*deviation).into()),
        contradicted_by: Vec::new(),
        links: Vec::new(),
    };
    cause.should = should(quirk, &cause, best.map_or(&[], |deviation| &deviation.requirements), catalogue);
    cause
}

/// What should be done instead: what the quirk says, or else the rule at its step; without one, the rule that the example is written
/// for, or what the step is for.
pub(super) fn should(quirk: Quirk, cause: &reports::Cause, example: &[String], catalogue: &Catalogue) -> String {
    if let Some(should) = quirk.should() {
        return should.to_owned();
    }
    let of_algorithm = |requirement: &Requirement| {
        requirement.step.strip_prefix(quirk.step().algorithm()).is_some_and(|rest| rest.starts_with('/'))
    };
    let nearness = |requirement: &&Requirement| {
        (requirement.step == quirk.step_name(), example.contains(&requirement.id), of_algorithm(requirement))
    };
    let reached: Vec<&Requirement> =
        catalogue.adopted().filter(|requirement| cause.requirements.contains(&requirement.id)).collect();
    // The first of those that are as near.
    if let Some(rule) = reached.into_iter().rev().max_by_key(nearness) {
        return format!("{}.", rule.statement.trim_end_matches('.'));
    }
    let clause = step::effects().chain(step::conditions()).find(|(step, _)| *step == quirk.step());
    clause.map(|(_, clause)| format!("The step is about this: {clause}.")).unwrap_or_default()
}
