//! Whether verdicts stay the same when all is played again, in other orders.
//!
//! What deviates is played twice in any run. That shows accidents of a moment, but not what depends on the order of play, nor
//! what happens once in a hundred times and looks like conforming the other times. What varies between repetitions is no
//! verdict: its requirements are inconclusive, and the scenario is listed as unstable.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::{Deviation, Failure, FailureKind, Run, Varied, Verdict, Verification, Way};
use serde_json::Value as Json;

use crate::adapter::AdapterError;
use crate::scenario::Scenario;

/// One more run of all of it.
#[derive(Debug)]
pub struct Repetition {
    /// The seed of its order.
    pub seed: u64,
    /// What came of it.
    pub outcome: Result<Run, AdapterError>,
}

/// A scenario that somebody did not conform on.
struct Case {
    title: String,
    requirements: Vec<String>,
    scenario: Json,
}

/// Holds a run against its repetitions. Takes back what was not the same each time, and notes it in the run.
pub fn verify(run: &mut Run, repetitions: &[Repetition]) {
    let problems = repetitions.iter().flat_map(|repetition| problems(run, repetition)).collect();
    let whole = repetitions.iter().filter_map(|repetition| repetition.outcome.as_ref().ok());
    let others: Vec<&Run> = whole.filter(|other| other.complete).collect();
    let mut varied = scenarios(run, &others);
    for one in &varied {
        take_back(run, one, &others);
    }
    let requirements = requirements(run, &others, &varied);
    for one in &requirements {
        doubt(run, one);
    }
    varied.extend(requirements);
    let seeds = repetitions.iter().map(|repetition| repetition.seed).collect();
    run.verification = Some(Verification { repetitions: repetitions.len() as u64, seeds, varied, problems });
}

/// What came of repeating two shares of a run. One that was not repeated proves nothing of the whole.
pub(crate) fn merged(one: Option<Verification>, other: Option<Verification>) -> Option<Verification> {
    let (one, other) = (one?, other?);
    let mut varied = [one.varied, other.varied].concat();
    varied.sort_by(|a, b| (&a.scenario, &a.requirements).cmp(&(&b.scenario, &b.requirements)));
    let seeds: Vec<u64> = one.seeds.into_iter().filter(|seed| other.seeds.contains(seed)).collect();
    let mut problems = [one.problems, other.problems].concat();
    problems.sort();
    problems.dedup();
    Some(Verification { repetitions: seeds.len() as u64, seeds, varied, problems })
}

/// Why a repetition says less than it should.
fn problems(run: &Run, repetition: &Repetition) -> Vec<String> {
    let which = format!("The repetition in the order of seed {}", repetition.seed);
    let again = match &repetition.outcome {
        Ok(again) => again,
        Err(error) => return vec![format!("{which} was not to be had: {error}")],
    };
    let mut problems = Vec::new();
    if !again.complete {
        problems.push(format!("{which} is not whole"));
    }
    let (before, now) = (&run.implementation, &again.implementation);
    if (&before.name, &before.version, &before.scope) != (&now.name, &now.version, &now.scope) {
        problems.push(format!("{which} was of another: {} instead of {}", now.label(), before.label()));
    }
    let words = |one: &[String]| one.iter().cloned().collect::<BTreeSet<String>>();
    let (before, now) = (words(&before.capabilities), words(&now.capabilities));
    let differing: Vec<&str> = before.symmetric_difference(&now).map(String::as_str).collect();
    if !differing.is_empty() {
        problems.push(format!("{which} differs in capabilities: {}", differing.join(", ")));
    }
    let generated = |run: &Run| run.sweeps().map(|all| (all.played, all.deviating, all.undecided)).collect::<Vec<_>>();
    if again.complete && generated(again) != generated(run) {
        problems.push(format!("{which} came to something else on generated scenarios"));
    }
    problems
}

/// What a run did not conform on, by the id of the scenario.
fn verdicts(run: &Run) -> BTreeMap<String, (Verdict, Case)> {
    let failures = run.failures.iter().filter_map(|failure| {
        let Failure { title, requirements, .. } = failure.clone();
        let scenario = failure.scenario.clone()?;
        Some((Scenario::id_of(&scenario)?, (Verdict::Inconclusive, Case { title, requirements, scenario })))
    });
    let deviations = run.deviations.iter().map(|deviation| {
        let Deviation { id, title, requirements, scenario, .. } = deviation.clone();
        (id, (Verdict::Deviates, Case { title, requirements, scenario }))
    });
    failures.chain(deviations).collect()
}

/// The scenarios whose verdict was not the same each time.
fn scenarios(run: &Run, others: &[&Run]) -> Vec<Varied> {
    let each: Vec<BTreeMap<String, (Verdict, Case)>> =
        std::iter::once(run).chain(others.iter().copied()).map(verdicts).collect();
    let ids: BTreeSet<&String> = each.iter().flat_map(BTreeMap::keys).collect();
    let varied = ids.into_iter().filter_map(|id| {
        let of_each = each.iter().map(|verdicts| verdicts.get(id).map_or(Verdict::Conforms, |(verdict, _)| *verdict));
        let verdicts: Vec<Verdict> = of_each.collect();
        let (_, case) = each.iter().find_map(|verdicts| verdicts.get(id))?;
        let differs = verdicts.iter().any(|verdict| *verdict != verdicts[0]);
        differs.then(|| Varied {
            requirements: case.requirements.clone(),
            scenario: Some(id.clone()),
            title: case.title.clone(),
            verdicts,
        })
    });
    varied.collect()
}

/// The requirements whose verdict was not the same each time, where no scenario tells it.
fn requirements(run: &Run, others: &[&Run], told: &[Varied]) -> Vec<Varied> {
    let is_told = |id: &String| told.iter().any(|varied| varied.requirements.contains(id));
    let verdict = |run: &Run, id: &str| {
        run.requirements.iter().find(|outcome| outcome.id == id).map_or(Verdict::Untested, |outcome| outcome.verdict)
    };
    let varied = run.requirements.iter().filter(|outcome| !is_told(&outcome.id)).filter_map(|outcome| {
        let again = others.iter().map(|other| verdict(other, &outcome.id));
        let verdicts: Vec<Verdict> = std::iter::once(outcome.verdict).chain(again).collect();
        let differs = verdicts.iter().any(|verdict| *verdict != outcome.verdict);
        differs.then(|| Varied {
            requirements: vec![outcome.id.clone()],
            scenario: None,
            title: String::new(),
            verdicts,
        })
    });
    varied.collect()
}

/// Takes back a scenario's verdict.
fn take_back(run: &mut Run, varied: &Varied, others: &[&Run]) {
    let Some(id) = &varied.scenario else { return };
    if let Some(at) = run.deviations.iter().position(|deviation| deviation.id == *id) {
        let deviation = run.deviations.remove(at);
        if deviation.quirks.is_empty() {
            run.unexplained = run.unexplained.saturating_sub(deviation.occurrences);
        }
        for cause in run.causes.iter_mut().filter(|cause| deviation.quirks.contains(&cause.id)) {
            cause.scenarios = cause.scenarios.saturating_sub(deviation.occurrences);
            cause.example.take_if(|example| example.id == *id);
        }
        run.causes.retain(|cause| cause.scenarios > 0);
        for generated in run.sweeps_mut() {
            let (of_it, others) =
                std::mem::take(&mut generated.ways).into_iter().partition(|way| way.deviation.as_ref() == Some(id));
            let of_it: Vec<Way> = of_it;
            let scenarios: u64 = of_it.iter().map(|way| way.scenarios).sum();
            (generated.ways, generated.deviating) = (others, generated.deviating.saturating_sub(scenarios));
        }
    }
    // One that failed in this run is listed already, with what was seen.
    if varied.verdicts.first() != Some(&Verdict::Inconclusive) {
        let scenario = std::iter::once(&*run).chain(others.iter().copied()).find_map(|one| verdicts(one).remove(id));
        run.failures.push(Failure {
            kind: FailureKind::Unstable,
            title: varied.title.clone(),
            scenario: scenario.map(|(_, case)| case.scenario),
            message: reason(varied),
            requirements: varied.requirements.clone(),
            case: None,
        });
    }
    doubt(run, varied);
}

/// Makes the requirements of what varied inconclusive, but for those that deviate elsewhere.
fn doubt(run: &mut Run, varied: &Varied) {
    for outcome in run.requirements.iter_mut().filter(|outcome| varied.requirements.contains(&outcome.id)) {
        outcome.deviations.retain(|id| Some(id) != varied.scenario.as_ref());
        if outcome.deviations.is_empty() && outcome.verdict != Verdict::Inconclusive {
            outcome.verdict = Verdict::Inconclusive;
            outcome.reason = Some(reason(varied));
        }
    }
}

fn reason(varied: &Varied) -> String {
    let words: Vec<&str> = varied.verdicts.iter().map(|verdict| verdict.words()).collect();
    format!("its verdict was not the same each time that all was played: {}", words.join(", "))
}
