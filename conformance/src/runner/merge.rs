//! Puts the reports of shares together.
//!
//! What comes of it is the same, but for the examples of causes, into however many shares a run was cut, as long as the implementation does the
//! same each time. Times depend on the machine and are left out: they are zero in what is put together.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::{self as reports, Report, Run, Verdict};

use super::generated::{MOST_FAILURES, MOST_WAYS};
use super::{Options, Shard, conclusion};
use crate::catalogue::Catalogue;
use crate::cross_check::{CrossCheck, Published, cross_check};
use crate::scenario::{Capability, Scenario};
use crate::verification;

/// Puts reports together: the shares of each run, and the runs of reports that are whole.
///
/// # Errors
/// Says which share is missing or stands twice, or in what the reports differ that should not.
pub fn merge(mut reports: Vec<Report>, catalogue: &Catalogue) -> Result<Report, String> {
    let Some(first) = reports.first().cloned() else { return Err("there is nothing to put together".to_owned()) };
    let options = Options::of_report(&first)?;
    for report in &reports {
        check_alike(&first, report)?;
    }
    let count = shares(&reports)?;
    // Whoever gives them in another order gets the same.
    reports.sort_by_key(|report| report.selection.shard.as_deref().and_then(|shard| shard.parse::<Shard>().ok()));
    let mut together: Vec<(String, Vec<Run>)> = Vec::new();
    for run in reports.iter().flat_map(|report| report.runs.iter().cloned()) {
        let label = run.implementation.label();
        match together.iter_mut().find(|(other, _)| *other == label) {
            Some((_, runs)) => runs.push(run),
            None => together.push((label, vec![run])),
        }
    }
    let mut whole = Report {
        date: reports.iter().map(|report| report.date.clone()).max().unwrap_or_default(),
        complete: reports.iter().all(|report| report.complete),
        selection: reports::Selection { shard: None, ..first.selection.clone() },
        missing: Vec::new(),
        // What a share could not tell, all of them together may.
        expectations: None,
        runs: Vec::new(),
        ..first
    };
    for missing in reports.into_iter().flat_map(|report| report.missing) {
        if !whole.missing.contains(&missing) {
            whole.missing.push(missing);
        }
    }
    // Hashing them takes its time, and one whole report needs none of them.
    let ids: LazyCell<Vec<String>, _> = LazyCell::new(|| catalogue.scenarios.iter().map(Scenario::id).collect());
    for (label, runs) in together {
        if runs.len() != count {
            return Err(match (runs.len(), count) {
                (many, 1) => format!("{label} stands in {many} reports, each of which is whole: give one of them"),
                (some, all) => format!("{label} stands in {some} of {all} reports"),
            });
        }
        whole.runs.push(if count == 1 { without_times(runs) } else { one_run(runs, catalogue, &ids, &options)? });
    }
    let deviations = whole.runs.iter_mut().flat_map(|run| &mut run.deviations);
    deviations.for_each(|deviation| deviation.expected_by.clear());
    CrossCheck { requirements: whole.suspects, scenarios: whole.suspect_scenarios } =
        cross_check(&whole.runs, &Published::known());
    Ok(whole)
}

/// What must be the same in all.
fn check_alike(first: &Report, other: &Report) -> Result<(), String> {
    let differs = |what: &str, a: &dyn std::fmt::Display, b: &dyn std::fmt::Display| {
        Err(format!("these are not shares of one run: the {what} is {a} in one and {b} in another"))
    };
    if first.bgfspec != other.bgfspec {
        return differs("version of bgfspec", &first.bgfspec, &other.bgfspec);
    }
    if first.seed != other.seed {
        return differs("seed", &first.seed, &other.seed);
    }
    if first.specs != other.specs {
        return Err("the specifications are not the same in all".to_owned());
    }
    let all = |report: &Report| reports::Selection { shard: None, ..report.selection.clone() };
    if all(first) != all(other) {
        return Err("not all were asked for the same scenarios".to_owned());
    }
    Ok(())
}

/// Into how many shares a run was cut; all of them must be there, once.
fn shares(reports: &[Report]) -> Result<usize, String> {
    let mut shards: BTreeMap<Shard, usize> = BTreeMap::new();
    for report in reports {
        let shard = report.selection.shard.as_deref().map_or(Ok(Shard::default()), str::parse)?;
        *shards.entry(shard).or_default() += 1;
    }
    let Some(first) = shards.keys().next().copied() else { return Ok(0) };
    if first.is_all() {
        return if shards.len() == 1 { Ok(1) } else { Err("a whole report stands among shares".to_owned()) };
    }
    if let Some((shard, _)) = shards.iter().find(|(_, times)| **times > 1) {
        return Err(format!("share {shard} stands twice"));
    }
    match first.all().find(|shard| !shards.contains_key(shard)) {
        Some(missing) => Err(format!("share {missing} is missing")),
        None if shards.len() as u64 == first.count() => Ok(shards.len()),
        None => Err("the shares are of different numbers".to_owned()),
    }
}

fn without_times(mut runs: Vec<Run>) -> Run {
    let mut run = runs.swap_remove(0);
    (run.elapsed_ms, run.playing_ms) = (0, 0);
    run
}

/// One run of its shares; `ids` are those of the catalogue's scenarios.
fn one_run(runs: Vec<Run>, catalogue: &Catalogue, ids: &[String], options: &Options) -> Result<Run, String> {
    let places: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(place, id)| (id.as_str(), place)).collect();
    let place = |id: &str| places.get(id).copied().unwrap_or(usize::MAX);
    let mut shares = runs.into_iter();
    let Some(mut whole) = shares.next() else { return Err("there is no share".to_owned()) };
    (whole.elapsed_ms, whole.playing_ms) = (0, 0);
    for share in shares {
        if share.implementation != whole.implementation {
            return Err(format!("{} can do different things in different shares", share.implementation.label()));
        }
        if share.configuration != whole.configuration {
            // Shares may be played on machines that differ; then nothing can be said of the whole.
            whole.configuration = reports::Configuration::default();
        }
        whole.scenarios += share.scenarios;
        whole.complete &= share.complete;
        whole.steps.missed.retain(|step| share.steps.missed.contains(step));
        let branches = whole.steps.branches.take().zip(share.steps.branches);
        whole.steps.branches = branches.map(|(mut ours, theirs)| {
            ours.missed.retain(|branch| theirs.missed.contains(branch));
            ours.taken = ours.reachable - ours.missed.len() as u32;
            ours
        });
        whole.deviations.extend(share.deviations);
        whole.failures.extend(share.failures);
        whole.verification = verification::merged(whole.verification.take(), share.verification);
        for (ours, theirs) in [(&mut whole.kept, share.kept), (&mut whole.generated, share.generated)] {
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| add_generated(ours, theirs));
        }
        let theirs = share.exhaustive.into_iter().map(|exhaustive| exhaustive.result);
        let ours = whole.exhaustive.iter_mut().map(|exhaustive| &mut exhaustive.result);
        ours.zip(theirs).for_each(|(ours, theirs)| add_generated(ours, theirs));
        add_outcomes(&mut whole.requirements, share.requirements);
    }
    whole.steps.taken = whole.steps.reachable - whole.steps.missed.len() as u32;
    whole.deviations.sort_by_key(|deviation| place(&deviation.id));
    whole.deviations.iter_mut().for_each(|deviation| deviation.quirks.clear());
    let rules: BTreeMap<&str, usize> =
        catalogue.adopted().enumerate().map(|(place, requirement)| (requirement.id.as_str(), place)).collect();
    whole.requirements.sort_by_key(|outcome| rules.get(outcome.id.as_str()).copied());
    whole.requirements.iter_mut().for_each(|outcome| outcome.deviations.sort_by_key(|id| place(id)));
    let (named, mut generated): (Vec<_>, Vec<_>) =
        std::mem::take(&mut whole.failures).into_iter().partition(|failure| failure.case.is_none());
    whole.failures = named;
    let id_of = |failure: &reports::Failure| failure.scenario.as_ref().and_then(Scenario::id_of);
    whole.failures.sort_by_cached_key(|failure| id_of(failure).map(|id| place(&id)));
    generated.sort_by_key(|failure| (failure.kind == reports::FailureKind::Unstable, failure.case));
    let unstable = generated.iter().filter(|failure| failure.kind == reports::FailureKind::Unstable).count();
    let judged = generated.len() - unstable;
    generated.drain(judged.min(MOST_FAILURES)..judged);
    let not_conforming: BTreeSet<String> = whole
        .deviations
        .iter()
        .map(|deviation| deviation.id.clone())
        .chain(whole.failures.iter().filter_map(id_of))
        .collect();
    whole.failures.extend(generated);
    whole.sweeps_mut().for_each(limit_ways);
    let can: BTreeSet<Capability> =
        whole.implementation.capabilities.iter().filter_map(|name| Capability::named(name)).collect();
    let conforms = |(scenario, id): &(&Scenario, &String)| {
        options.wants(scenario) && scenario.capabilities().is_subset(&can) && !not_conforming.contains(*id)
    };
    let conforming = catalogue.scenarios.iter().zip(ids).filter(conforms).map(|(scenario, _)| scenario);
    let conforming: Vec<&Scenario> = conforming.collect();
    conclusion::conclude(&mut whole, &conforming, catalogue);
    Ok(whole)
}

fn add_generated(whole: &mut reports::Generated, share: reports::Generated) {
    whole.played += share.played;
    whole.deviating += share.deviating;
    whole.undecided += share.undecided;
    whole.found.extend(share.found);
    for way in share.ways {
        match whole.ways.iter_mut().find(|other| other.way == way.way) {
            Some(known) => {
                known.scenarios += way.scenarios;
                if way.first < known.first {
                    (known.first, known.deviation) = (way.first, way.deviation);
                }
            }
            None => whole.ways.push(way),
        }
    }
}

/// Of each way what its first case became stays, for as many ways as one run would have looked into.
fn limit_ways(generated: &mut reports::Generated) {
    generated.ways.sort_by_key(|way| way.first);
    generated.ways.iter_mut().skip(MOST_WAYS).for_each(|way| way.deviation = None);
    let mut found: Vec<reports::Deviation> = Vec::new();
    for way in &generated.ways {
        let small = generated.found.iter().find(|deviation| way.deviation.as_ref() == Some(&deviation.id));
        if let Some(deviation) = small {
            conclusion::add(&mut found, reports::Deviation { occurrences: way.scenarios, ..deviation.clone() });
        }
    }
    generated.found = found;
}

/// Adds what shares found out about requirements.
fn add_outcomes(whole: &mut Vec<reports::Outcome>, share: Vec<reports::Outcome>) {
    for outcome in share {
        let Some(known) = whole.iter_mut().find(|known| known.id == outcome.id) else {
            whole.push(outcome);
            continue;
        };
        let (decided, reason) = match weight(outcome.verdict).cmp(&weight(known.verdict)) {
            std::cmp::Ordering::Greater => (outcome.verdict, outcome.reason),
            std::cmp::Ordering::Less => (known.verdict, known.reason.take()),
            // What kept it from being decided is the first in order, whichever share that was in.
            std::cmp::Ordering::Equal => (known.verdict, known.reason.take().min(outcome.reason)),
        };
        (known.verdict, known.reason) = (decided, reason);
        known.scenarios += outcome.scenarios;
        known.deviations.extend(outcome.deviations);
    }
}

/// Which verdict goes before which.
fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Untested => 0,
        Verdict::NotApplicable => 1,
        Verdict::Conforms => 2,
        Verdict::Inconclusive => 3,
        Verdict::Deviates | Verdict::Blocked => 4,
    }
}
