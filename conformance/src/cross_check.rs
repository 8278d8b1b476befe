//! Where implementations that share nothing agree against the model.
//!
//! A model can be wrong, and so can a text. Both look alike in a report: everybody deviates, and in the same way. That
//! proves nothing, since engines have been wrong together before; so verdicts stand, and the places are listed to be
//! read again. A false alarm costs a reading, a missed one a wrong verdict.
//!
//! What is read here is the report, and what the published fleet conforms on: a rule that some engine is known to follow is no
//! mistake of the model. The model's own run is left out: it agrees with itself.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::{Deviation, Outcome, Report, Run, Suspect, SuspectScenario, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::catalogue::Catalogue;
use crate::scenario::{Capability, Scenario};
use crate::trace::counted;

/// The scope in which the model itself is run.
const MODEL: &str = "model";

/// So many implementations have to agree. Scopes and versions of one do not count: they share their code.
const FEWEST: usize = 2;

/// What is suspect.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct CrossCheck {
    /// Whole requirements.
    pub requirements: Vec<Suspect>,
    /// Scenarios of other requirements.
    pub scenarios: Vec<SuspectScenario>,
}

/// What at least one implementation of the published fleet conforms on, by id. Nothing of it is suspect. `cargo dev publish` writes it.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Published {
    /// Requirements.
    pub requirements: BTreeSet<String>,
    /// Scenarios of the catalogue.
    pub scenarios: BTreeSet<String>,
}

impl Published {
    /// That of the report that is published.
    ///
    /// # Panics
    /// Panics when the file is broken, which a test excludes.
    #[must_use]
    pub fn known() -> Self {
        serde_json::from_str(include_str!("../catalogue/published.json"))
            .unwrap_or_else(|error| panic!("catalogue/published.json: {error}"))
    }

    /// That of a report. Scenarios of a requirement that has others now than when it was judged are left out.
    #[must_use]
    pub fn of(report: &Report, catalogue: &Catalogue) -> Self {
        let mut published = Published::default();
        for run in subjects(&report.runs) {
            let conforming = run.run.requirements.iter().filter(|outcome| outcome.verdict == Verdict::Conforms);
            published.requirements.extend(conforming.map(|outcome| outcome.id.clone()));
            for Outcome { id, scenarios, .. } in &run.run.requirements {
                let of = catalogue.scenarios_of(id).map(|scenario| (scenario.id(), scenario));
                let playable: Vec<(String, &Scenario)> =
                    of.filter(|(_, scenario)| scenario.capabilities().is_subset(&run.capabilities)).collect();
                if playable.len() as u64 == *scenarios {
                    let judged = playable.into_iter().filter(|(id, scenario)| run.was_judged_on(id, scenario));
                    let ids = judged.map(|(id, _)| id).filter(|id| !run.deviations.contains_key(id.as_str()));
                    published.scenarios.extend(ids);
                }
            }
        }
        published
    }
}

/// The runs, but for the model's.
fn subjects(runs: &[Run]) -> Vec<Subject<'_>> {
    runs.iter().filter(|run| run.implementation.scope != MODEL).map(Subject::of).collect()
}

/// Finds what is suspect in runs of the same scenarios.
///
/// A requirement is suspect if at least two implementations deviate from it, no run conforms, and all runs that deviate
/// do so alike on at least one scenario. A scenario is suspect if all runs that could play it deviate on it alike, again
/// at least two implementations; it points at the model even where other scenarios of its requirement differ, or where
/// somebody conforms on those. What an implementation conforms on in the published fleet is never suspect. Whoever lacks the capabilities, and whoever's verdict is inconclusive, speaks neither for
/// a suspicion nor against it.
///
/// Traces are alike if what counts of them for the scenario is the same, as far as all of the runs can show it, and if
/// each of them departs from the model within that.
#[must_use]
pub fn cross_check(runs: &[Run], published: &Published) -> CrossCheck {
    let runs = subjects(runs);
    let mut cases = BTreeMap::new();
    for deviation in runs.iter().flat_map(|run| &run.run.deviations) {
        if !cases.contains_key(deviation.id.as_str())
            && let Ok(scenario) = serde_json::from_value::<Scenario>(deviation.scenario.clone())
        {
            cases.insert(deviation.id.as_str(), scenario);
        }
    }
    let doubtful = ids(&runs).into_iter().filter(|id| !published.requirements.contains(*id));
    let requirements: Vec<Suspect> = doubtful.filter_map(|id| suspect_requirement(id, &runs, &cases)).collect();
    let covered: BTreeSet<&str> =
        requirements.iter().flat_map(|suspect| &suspect.scenarios).map(String::as_str).collect();
    let scenarios = in_order(&runs)
        .into_iter()
        .filter(|id| !covered.contains(id) && !published.scenarios.contains(*id))
        .filter_map(|id| suspect_scenario(id, cases.get(id)?, &runs))
        .collect();
    CrossCheck { requirements, scenarios }
}

/// A run, and what is asked of it often.
struct Subject<'a> {
    run: &'a Run,
    capabilities: BTreeSet<Capability>,
    verdicts: BTreeMap<&'a str, Verdict>,
    deviations: BTreeMap<&'a str, &'a Deviation>,
    /// The ids of scenarios on which the harness could not tell.
    failed: BTreeSet<String>,
}

impl<'a> Subject<'a> {
    fn of(run: &'a Run) -> Self {
        let scenario = |written: &Json| serde_json::from_value::<Scenario>(written.clone()).ok();
        Subject {
            run,
            capabilities: run.implementation.capabilities.iter().filter_map(|name| Capability::named(name)).collect(),
            verdicts: run.requirements.iter().map(|outcome| (outcome.id.as_str(), outcome.verdict)).collect(),
            deviations: run.deviations.iter().map(|deviation| (deviation.id.as_str(), deviation)).collect(),
            failed: run
                .failures
                .iter()
                .filter_map(|failure| Some(scenario(failure.scenario.as_ref()?)?.id()))
                .collect(),
        }
    }

    fn verdict(&self, requirement: &str) -> Option<Verdict> {
        self.verdicts.get(requirement).copied()
    }

    /// Whether it was judged on the scenario. A run that is not whole counts as if it had been: what it did not come to
    /// is no evidence, and the report is no result anyway.
    fn was_judged_on(&self, id: &str, scenario: &Scenario) -> bool {
        scenario.capabilities().is_subset(&self.capabilities) && !self.failed.contains(id)
    }
}

fn suspect_requirement(id: &str, runs: &[Subject<'_>], scenarios: &BTreeMap<&str, Scenario>) -> Option<Suspect> {
    if runs.iter().any(|run| run.verdict(id) == Some(Verdict::Conforms)) {
        return None;
    }
    let deviating: Vec<&Subject<'_>> = runs.iter().filter(|run| run.verdict(id) == Some(Verdict::Deviates)).collect();
    if !are_enough(&deviating) {
        return None;
    }
    let decides = |deviation: &&Deviation| deviation.requirements.iter().any(|of| of == id);
    let shared: Vec<String> = deviating
        .first()?
        .run
        .deviations
        .iter()
        .filter(decides)
        .filter(|deviation| {
            scenarios.get(deviation.id.as_str()).is_some_and(|scenario| alike(&deviation.id, scenario, &deviating))
        })
        .map(|deviation| deviation.id.clone())
        .collect();
    (!shared.is_empty()).then(|| Suspect {
        requirement: id.to_owned(),
        scenarios: shared,
        implementations: labels(&deviating),
    })
}

fn suspect_scenario(id: &str, scenario: &Scenario, runs: &[Subject<'_>]) -> Option<SuspectScenario> {
    let judged: Vec<&Subject<'_>> = runs.iter().filter(|run| run.was_judged_on(id, scenario)).collect();
    (are_enough(&judged) && alike(id, scenario, &judged)).then(|| SuspectScenario {
        scenario: id.to_owned(),
        title: scenario.title.clone(),
        requirements: scenario.requirements.clone(),
        implementations: labels(&judged),
    })
}

/// Whether all of the runs deviate on the scenario in the same way, as far as all of them can show it.
fn alike(id: &str, scenario: &Scenario, runs: &[&Subject<'_>]) -> bool {
    let mut common: BTreeSet<Capability> = Capability::ALL.into_iter().collect();
    for run in runs {
        common.retain(|capability| run.capabilities.contains(capability));
    }
    let common: Vec<Capability> = common.into_iter().collect();
    let what_counts = |trace: &[Json]| -> Vec<Json> {
        counted(trace, scenario, &common).into_iter().map(|(_, observation)| observation).collect()
    };
    let mut first: Option<Vec<Json>> = None;
    runs.iter().all(|run| {
        let Some(deviation) = run.deviations.get(id) else { return false };
        let observed = what_counts(&deviation.observed);
        // What departs where the others can't show it is not what they have in common.
        observed != what_counts(&deviation.expected) && *first.get_or_insert_with(|| observed.clone()) == observed
    })
}

fn are_enough(runs: &[&Subject<'_>]) -> bool {
    let names: BTreeSet<&str> = runs.iter().map(|run| run.run.implementation.name.as_str()).collect();
    names.len() >= FEWEST
}

fn labels(runs: &[&Subject<'_>]) -> Vec<String> {
    runs.iter().map(|run| run.run.implementation.label()).collect()
}

/// The requirements, in the order in which the runs have them, which is the catalogue's.
fn ids<'a>(runs: &[Subject<'a>]) -> Vec<&'a str> {
    once(runs.iter().flat_map(|run| &run.run.requirements).map(|outcome| outcome.id.as_str()))
}

/// The scenarios that somebody deviates on, by the first requirement of each.
fn in_order<'a>(runs: &[Subject<'a>]) -> Vec<&'a str> {
    let places: BTreeMap<&str, usize> = ids(runs).into_iter().enumerate().map(|(place, id)| (id, place)).collect();
    let mut deviations: Vec<&'a Deviation> = runs.iter().flat_map(|run| &run.run.deviations).collect();
    let place = |deviation: &Deviation| deviation.requirements.first().and_then(|id| places.get(id.as_str())).copied();
    deviations.sort_by(|a, b| (place(a), &a.id).cmp(&(place(b), &b.id)));
    once(deviations.into_iter().map(|deviation| deviation.id.as_str()))
}

/// Each once, where it is first.
fn once<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).collect()
}
