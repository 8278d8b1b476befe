//! What is found out while a run goes on.
//!
//! Findings are kept by the place of their scenario in the catalogue, so a report is the same in whatever order
//! scenarios are played and confirmed. Of scenarios that conform only their places are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use bgfspec_model::step::Coverage;
use bgfspec_report as reports;
use bgfspec_report::trace::observation_line;
use serde_json::Value as Json;

use super::kept::{self, KEPT_AFTER};
use super::order::Item;
use super::{Options, Shard};
use crate::adapter::Failure;
use crate::catalogue::{Catalogue, Requirement};
use crate::judge::{Departure, Judge, Judgement};
use crate::reference::Reference;
use crate::scenario::{Capability, Scenario};
use crate::trace::{Trace, counted};

/// What is known of one requirement.
#[derive(Default)]
struct Tally {
    conforming: u64,
    deviations: Vec<String>,
    inconclusive: Vec<String>,
    not_applicable: BTreeSet<Capability>,
    /// How many scenarios are in other shares.
    elsewhere: u64,
}

impl Tally {
    /// Whether something was found out here.
    fn is_played(&self) -> bool {
        self.conforming > 0 || !self.deviations.is_empty() || !self.inconclusive.is_empty()
    }
}

/// What there is to say about a scenario that does not conform.
enum Finding {
    Deviates(Box<reports::Deviation>),
    Failed(reports::Failure),
}

/// What a run is made of.
pub(super) struct Record<'a> {
    catalogue: &'a Catalogue,
    capabilities: Vec<Capability>,
    /// Why others are lacking, where somebody knows.
    lacks: BTreeMap<Capability, String>,
    judge: Judge,
    tallies: BTreeMap<String, Tally>,
    conforming: BTreeSet<usize>,
    findings: BTreeMap<usize, Finding>,
    /// What deviated once.
    unconfirmed: BTreeMap<usize, Box<Departure>>,
}

/// What a run found.
pub(super) struct Findings {
    pub(super) outcomes: Vec<reports::Outcome>,
    pub(super) deviations: Vec<reports::Deviation>,
    pub(super) failures: Vec<reports::Failure>,
    /// The places of the scenarios that conform.
    pub(super) conforming: BTreeSet<usize>,
}

impl<'a> Record<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue,
        capabilities: &BTreeSet<Capability>,
        lacks: BTreeMap<Capability, String>,
    ) -> Self {
        Record {
            catalogue,
            capabilities: capabilities.iter().copied().collect(),
            lacks,
            judge: Judge::new(),
            tallies: BTreeMap::new(),
            conforming: BTreeSet::new(),
            findings: BTreeMap::new(),
            unconfirmed: BTreeMap::new(),
        }
    }

    /// Notes which scenarios the implementation can't play; gives those of the others that are in the share.
    ///
    /// What it lacks is the same in every share; a requirement whose scenarios are all played elsewhere is left to the others.
    pub(super) fn set_aside<'s>(&mut self, wanted: &[Item<'s>], shard: Shard) -> Vec<Item<'s>> {
        let can: BTreeSet<Capability> = self.capabilities.iter().copied().collect();
        let mut to_play = Vec::new();
        for &item in wanted {
            let lacking: Vec<Capability> = item.scenario.capabilities().difference(&can).copied().collect();
            let here = shard.has(item.position as u64);
            if lacking.is_empty() && here {
                to_play.push(item);
            }
            for id in &item.scenario.requirements {
                let tally = self.tallies.entry(id.clone()).or_default();
                tally.not_applicable.extend(&lacking);
                tally.elsewhere += u64::from(lacking.is_empty() && !here);
            }
        }
        to_play
    }

    /// The model that is judged by.
    pub(super) fn reference(&mut self) -> &mut Reference {
        self.judge.reference()
    }

    /// Whether what counts of two traces is the same.
    pub(super) fn same(&self, scenario: &Scenario, first: &[Json], second: &[Json]) -> bool {
        let counts = |trace: &[Json]| -> Vec<Json> {
            counted(trace, scenario, &self.capabilities).into_iter().map(|(_, part)| part).collect()
        };
        counts(first) == counts(second)
    }

    /// A departure, for the report.
    pub(super) fn deviation(&self, scenario: &Scenario, departure: Departure) -> reports::Deviation {
        deviation(self.catalogue, scenario, departure)
    }

    /// How many scenarios are decided, one way or the other.
    pub(super) fn decided(&self) -> u64 {
        (self.conforming.len() + self.findings.len()) as u64
    }

    /// The steps that the model took.
    pub(super) fn coverage(&mut self) -> Coverage {
        self.judge.reference().coverage().clone()
    }

    /// Judges what an implementation answered. Gives the scenario back if it is to be played again: what deviates
    /// once may be no more than an accident.
    pub(super) fn judge<'s>(&mut self, item: Item<'s>, answer: Result<Trace, Failure>) -> Option<Item<'s>> {
        let scenario = item.scenario;
        match answer.and_then(|trace| self.judgement(scenario, &trace)) {
            Ok(Judgement::Conforms) => {
                self.conforming.insert(item.position);
                for id in &scenario.requirements {
                    self.tallies.entry(id.clone()).or_default().conforming += 1;
                }
            }
            Ok(Judgement::Deviates(departure)) => {
                self.unconfirmed.insert(item.position, departure);
                return Some(item);
            }
            Ok(Judgement::Inconclusive(reason)) => self.fail(item, reports::FailureKind::Undecided, reason),
            Err(failure) => {
                let message = failure.to_string();
                self.fail(item, kind(&failure), message);
            }
        }
        None
    }

    /// Compares with what was observed before; whether it is the same. Anything else is nobody's.
    pub(super) fn confirm(&mut self, item: Item<'_>, answer: Result<Trace, Failure>) -> bool {
        let Some(departure) = self.unconfirmed.get(&item.position) else { return false };
        let answer = answer.and_then(|trace| trace.observations().map_err(Failure::Protocol));
        let (kind, message) = match answer {
            Ok(observed) => {
                let counted =
                    |trace: &[Json]| -> Vec<(usize, Json)> { counted(trace, item.scenario, &self.capabilities) };
                let (before, now) = (counted(&departure.observed), counted(&observed));
                let counts = |parts: &[(usize, Json)], at: usize| parts.get(at).map(|(_, part)| part.clone());
                let differs = (0..before.len().max(now.len())).find(|at| counts(&before, *at) != counts(&now, *at));
                let Some(at) = differs else { return true };
                let message = format!(
                    "it gave different traces when it was played again: observation {} was: {}. Then it was: {}.",
                    at + 1,
                    line(counts(&before, at).as_ref()),
                    line(counts(&now, at).as_ref()),
                );
                (reports::FailureKind::Unstable, message)
            }
            Err(failure) => {
                let message = format!("it deviated, but gave no trace when it was played again: {failure}");
                (kind(&failure), message)
            }
        };
        self.unconfirmed.remove(&item.position);
        self.fail(item, kind, message);
        false
    }

    /// Takes what was confirmed for a deviation.
    pub(super) fn believe(&mut self, item: Item<'_>) {
        if let Some(departure) = self.unconfirmed.remove(&item.position) {
            let deviation = deviation(self.catalogue, item.scenario, *departure);
            self.findings.insert(item.position, Finding::Deviates(Box::new(deviation)));
        }
    }

    /// What was found, in the order of the catalogue.
    pub(super) fn findings(mut self, options: &Options) -> Findings {
        let (mut deviations, mut failures) = (Vec::new(), Vec::new());
        for finding in std::mem::take(&mut self.findings).into_values() {
            let mut each = |requirements: &[String], note: &dyn Fn(&mut Tally)| {
                for id in requirements {
                    note(self.tallies.entry(id.clone()).or_default());
                }
            };
            match finding {
                Finding::Deviates(deviation) => {
                    each(&deviation.requirements, &|tally| tally.deviations.push(deviation.id.clone()));
                    deviations.push(*deviation);
                }
                Finding::Failed(failure) => {
                    each(&failure.requirements, &|tally| tally.inconclusive.push(failure.message.clone()));
                    failures.push(failure);
                }
            }
        }
        Findings { outcomes: self.outcomes(options), deviations, failures, conforming: self.conforming }
    }

    /// Judges a trace.
    pub(super) fn judgement(&mut self, scenario: &Scenario, trace: &Trace) -> Result<Judgement, Failure> {
        let program = match self.judge.reference().compile(scenario) {
            Ok(program) => program,
            Err(error) => return Ok(Judgement::Inconclusive(error.to_string())),
        };
        let rule = self.catalogue.rule_of(scenario);
        let Self { judge, capabilities, .. } = self;
        // A panic of the model is a bug in it, and takes nobody else's verdict away.
        let judged = AssertUnwindSafe(|| judge.judge(scenario, &program, capabilities, trace, &rule));
        let judgement = catch_unwind(judged).unwrap_or_else(|_| {
            self.judge = Judge::new();
            Judgement::Inconclusive("the model panicked".to_owned())
        });
        let fault = match &judgement {
            Judgement::Conforms => None,
            // What is no trace to the letter is a fault of the agent's.
            Judgement::Inconclusive(_) => trace.observations().err(),
            Judgement::Deviates(departure) => kept::refusal(&departure.observed),
        };
        fault.map_or(Ok(judgement), |reason| Err(Failure::Protocol(reason)))
    }

    fn fail(&mut self, item: Item<'_>, kind: reports::FailureKind, message: String) {
        self.findings.insert(item.position, Finding::Failed(failure(kind, item.scenario, message, None)));
    }

    fn outcomes(&self, options: &Options) -> Vec<reports::Outcome> {
        let counts = self.catalogue.counts();
        self.catalogue
            .adopted()
            .filter_map(|requirement| {
                let tally = self.tallies.get(&requirement.id);
                if tally.is_none() && counts.contains_key(requirement.id.as_str()) {
                    // Its scenarios were not asked for.
                    return None;
                }
                if tally.is_none() && !options.wants_all() {
                    return None;
                }
                if tally.is_some_and(|tally| tally.elsewhere > 0 && !tally.is_played()) {
                    return None;
                }
                Some(outcome(requirement, tally, &self.lacks))
            })
            .collect()
    }
}

/// What kept a scenario from being judged; `case` is its number if it was generated.
pub(super) fn failure(
    kind: reports::FailureKind,
    scenario: &Scenario,
    message: String,
    case: Option<u64>,
) -> reports::Failure {
    reports::Failure {
        kind,
        title: scenario.title.clone(),
        scenario: serde_json::to_value(scenario).ok(),
        message: kept::message(message),
        requirements: scenario.requirements.clone(),
        case,
    }
}

pub(super) fn kind(failure: &Failure) -> reports::FailureKind {
    match failure {
        Failure::Timeout(_) => reports::FailureKind::Timeout,
        Failure::Crash(_) => reports::FailureKind::Crash,
        Failure::Protocol(_) => reports::FailureKind::Protocol,
    }
}

fn line(observation: Option<&Json>) -> String {
    observation.map_or_else(|| "nothing more".to_owned(), observation_line)
}

pub(super) fn deviation(catalogue: &Catalogue, scenario: &Scenario, mut departure: Departure) -> reports::Deviation {
    let at = departure.first_difference;
    kept::cut_texts(&mut departure.observed);
    let mut explanation = format!(
        "Observation {} should be: {}. It was: {}.",
        at + 1,
        line(departure.expected.get(at)),
        line(departure.observed.get(at))
    );
    let cut = departure.observed.len().saturating_sub(at + KEPT_AFTER);
    if cut > 0 {
        explanation += &format!(" The last {cut} observations are left out here.");
    }
    departure.expected.truncate(at + KEPT_AFTER);
    departure.observed.truncate(at + KEPT_AFTER);
    reports::Deviation {
        id: scenario.id(),
        requirements: scenario.requirements.clone(),
        title: scenario.title.clone(),
        link: link(catalogue, scenario, &departure.step),
        explanation,
        step: departure.step,
        quirks: Vec::new(),
        expected_by: Vec::new(),
        first_difference: at,
        scenario: serde_json::to_value(scenario).unwrap_or_default(),
        expected: departure.expected,
        observed: departure.observed,
        occurrences: 1,
    }
}

/// Where the text of a step stands: at the requirement whose step it is, or else at the scenario's own.
fn link(catalogue: &Catalogue, scenario: &Scenario, step: &str) -> String {
    let own = scenario.requirements.first().and_then(|id| catalogue.requirement(id).ok());
    let of_step = catalogue.adopted().find(|requirement| requirement.step == step);
    of_step.or(own).map(|requirement| requirement.link.clone()).unwrap_or_default()
}

fn outcome(requirement: &Requirement, tally: Option<&Tally>, lacks: &BTreeMap<Capability, String>) -> reports::Outcome {
    use reports::Verdict;
    let (verdict, reason) = match tally {
        None => (Verdict::Untested, requirement.untested.clone()),
        Some(tally) if !tally.deviations.is_empty() => (Verdict::Deviates, None),
        Some(tally) if !tally.inconclusive.is_empty() => {
            (Verdict::Inconclusive, tally.inconclusive.iter().min().cloned())
        }
        Some(tally) if tally.conforming > 0 => (Verdict::Conforms, None),
        Some(tally) if tally.not_applicable.is_empty() => {
            (Verdict::Untested, Some("the run ended before any of its scenarios was judged".to_owned()))
        }
        Some(tally) => (Verdict::NotApplicable, Some(lacking(&tally.not_applicable, lacks))),
    };
    let scenarios =
        tally.map_or(0, |tally| tally.conforming + tally.deviations.len() as u64 + tally.inconclusive.len() as u64);
    reports::Outcome {
        id: requirement.id.clone(),
        level: requirement.level,
        verdict,
        scenarios,
        deviations: tally.map(|tally| tally.deviations.clone()).unwrap_or_default(),
        reason,
    }
}

/// Which capabilities are lacking, why, and how to get them.
#[must_use]
pub fn lacking(lacking: &BTreeSet<Capability>, lacks: &BTreeMap<Capability, String>) -> String {
    let names: Vec<String> = lacking.iter().map(|capability| capability.name()).collect();
    let names = names.join(", ");
    let reasons: BTreeSet<&str> =
        lacking.iter().filter_map(|capability| Some(lacks.get(capability)?.as_str())).collect();
    let is_shown = |capability: &Capability| matches!(capability, Capability::RealClick | Capability::Windows);
    if !reasons.is_empty() {
        format!("lacks {names}: {}", reasons.into_iter().collect::<Vec<_>>().join("; "))
    } else if lacking.iter().all(is_shown) {
        // What lacks nothing else may have a window for the asking.
        format!("lacks {names}; browsers that can be shown have it with --capability real-click")
    } else {
        format!("lacks {names}")
    }
}
