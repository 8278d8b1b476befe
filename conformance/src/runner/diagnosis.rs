//! The diagnosis of a run, in the words of the report.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_model::{Quirk, step};
use bgfspec_report as reports;

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
                ..cause(quirk, &run.deviations, catalogue)
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
fn cause(quirk: Quirk, deviations: &[reports::Deviation], catalogue: &Catalogue) -> reports::Cause {
    let behind: Vec<&reports::Deviation> =
        deviations.iter().filter(|deviation| deviation.quirks.iter().any(|id| id == quirk.id())).collect();
    let reached: BTreeSet<&str> =
        behind.iter().flat_map(|deviation| &deviation.requirements).map(String::as_str).collect();
    let reached: Vec<&Requirement> =
        catalogue.adopted().filter(|requirement| reached.contains(requirement.id.as_str())).collect();
    // A scenario that was written for a rule says which rule is broken.
    let ease = |deviation: &&&reports::Deviation| {
        (deviation.quirks.len(), deviation.requirements.is_empty(), deviation.scenario.to_string().len())
    };
    let shortest = behind.iter().min_by_key(ease);
    reports::Cause {
        id: quirk.id().to_owned(),
        does: quirk.title().to_owned(),
        should: should(quirk, &reached, shortest.map_or(&[], |deviation| &deviation.requirements)),
        step: quirk.step_name().to_owned(),
        link: quirk.step().link().unwrap_or_default().to_owned(),
        scenarios: behind.iter().map(|deviation| deviation.occurrences).sum(),
        requirements: reached.iter().map(|requirement| requirement.id.clone()).collect(),
        example: shortest.map(|deviation| (*deviation).into()),
        contradicted_by: Vec::new(),
        links: Vec::new(),
    }
}

/// What should be done instead: the rule that the example is written for, of several the one at the step; or else what the step is for.
fn should(quirk: Quirk, reached: &[&Requirement], example: &[String]) -> String {
    let of_algorithm = |requirement: &Requirement| {
        requirement.step.strip_prefix(quirk.step().algorithm()).is_some_and(|rest| rest.starts_with('/'))
    };
    let nearness = |requirement: &&&Requirement| {
        (example.contains(&requirement.id), requirement.step == quirk.step_name(), of_algorithm(requirement))
    };
    // The first of those that are as near.
    if let Some(rule) = reached.iter().rev().max_by_key(nearness) {
        return format!("{}.", rule.statement.trim_end_matches('.'));
    }
    let clause = step::effects().chain(step::conditions()).find(|(step, _)| *step == quirk.step());
    clause.map(|(_, clause)| format!("The step is about this: {clause}.")).unwrap_or_default()
}
