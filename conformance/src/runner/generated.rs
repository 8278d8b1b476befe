//! Generated scenarios: played in batches, sorted by the way in which they deviate, and made small, one for each way.
//!
//! What is kept does not grow with the number of cases, and does not depend on how they are shared out: of each way to
//! deviate it is the case with the lowest number, of the ways those whose lowest numbers are the lowest.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report as reports;
use serde_json::Value as Json;

use super::player::Stage;
use super::record::{self, Record};
use super::{Progress, conclusion};
use crate::adapter::Failure;
use crate::generation::reduction::{Reduction, with_plain_names};
use crate::judge::{Departure, Judgement};
use crate::scenario::Scenario;
use crate::trace::{Trace, kind};

/// Of so many ways to deviate the scenario is made small; the others are counted.
pub(super) const MOST_WAYS: usize = 200;

/// So many generated scenarios that could not be judged are named.
pub(super) const MOST_FAILURES: usize = 20;

/// One way to deviate.
struct Way {
    count: u64,
    first: u64,
    scenario: Scenario,
}

/// What generated scenarios came to.
#[derive(Default)]
pub(super) struct Found {
    pub(super) complete: bool,
    cases: u64,
    played: u64,
    deviating: u64,
    undecided: u64,
    ways: Vec<reports::Way>,
    deviations: Vec<reports::Deviation>,
    failures: Vec<reports::Failure>,
}

impl Found {
    /// How many were played.
    pub(super) fn played(&self) -> u64 {
        self.played
    }

    /// What was found, and what could not be judged, for the report.
    pub(super) fn into_report(self) -> (Option<reports::Generated>, Vec<reports::Failure>) {
        let generated = reports::Generated {
            cases: self.cases,
            played: self.played,
            deviating: self.deviating,
            undecided: self.undecided,
            ways: self.ways,
            found: self.deviations,
        };
        ((self.cases > 0).then_some(generated), self.failures)
    }
}

/// Plays the cases of this share, of so many in all, or of as many as there turn out to be.
pub(super) fn play(
    cases: Option<u64>,
    source: impl Iterator<Item = (u64, Scenario)>,
    stage: &mut Stage<'_>,
    record: &mut Record<'_>,
    progress: &mut dyn Progress,
) -> Found {
    let mut found = Found::default();
    let mut ways: BTreeMap<String, Way> = BTreeMap::new();
    let whole = stage.play_each(source.map(|(number, scenario)| (number, Cow::Owned(scenario))), |batch| {
        let count = batch.len();
        for (number, scenario, answer) in batch {
            found.played += 1;
            match answer.and_then(|trace| record.judgement(&scenario, &trace)) {
                Ok(Judgement::Conforms) => {}
                Ok(Judgement::Inconclusive(_)) => found.undecided += 1,
                Ok(Judgement::Deviates(departure)) => {
                    found.deviating += 1;
                    let new = || Way { count: 0, first: number, scenario: scenario.into_owned() };
                    ways.entry(way_of(&departure)).or_insert_with(new).count += 1;
                }
                Err(failure) if found.failures.len() < MOST_FAILURES => {
                    let kind = record::kind(&failure);
                    found.failures.push(record::failure(kind, &scenario, failure.to_string(), Some(number)));
                }
                Err(_) => {}
            }
        }
        progress.judged(count);
    });
    found.cases = cases.unwrap_or(found.played);
    found.complete = whole.and_then(|()| reduce(ways, stage, record, &mut found)).is_some();
    found
}

/// Makes one scenario of each way small and keeps those that are believed; nothing once the player has ended.
fn reduce(
    ways: BTreeMap<String, Way>,
    stage: &mut Stage<'_>,
    record: &mut Record<'_>,
    found: &mut Found,
) -> Option<()> {
    let mut ways: Vec<(String, Way)> = ways.into_iter().collect();
    ways.sort_by_key(|(_, way)| way.first);
    let looked_into: Vec<&(String, Way)> = ways.iter().take(MOST_WAYS).collect();
    let mut small = shrunk(&looked_into, Care::Little, stage, record)?;
    // What did not come back may have been another scenario's doing, while it was made small or from the start.
    let doubtful: Vec<usize> = (0..small.len()).filter(|at| small[*at].1.is_none()).collect();
    let again: Vec<&(String, Way)> = doubtful.iter().map(|at| looked_into[*at]).collect();
    for (at, again) in doubtful.into_iter().zip(shrunk(&again, Care::Much, stage, record)?) {
        small[at] = again;
    }
    let mut small = small.into_iter();
    for (key, way) in ways {
        let deviation = match small.next() {
            None => None,
            Some((scenario, Some(departure))) => Some(found.keep(record, &scenario, departure, way.count)),
            Some((scenario, None)) => {
                found.take_back(&scenario, &way);
                continue;
            }
        };
        found.ways.push(reports::Way { way: key, scenarios: way.count, first: way.first, deviation });
    }
    Some(())
}

/// How much is done so that what one scenario leaves behind is not held against another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// What is small is played once more by an implementation that was just started.
    Little,
    /// So is every step on the way there.
    Much,
}

/// The first scenario of each way, as small as it gets, and how it departs; no departure where it does not any more when it is played
/// again, by an implementation that was just started and in the opposite order. Nothing once the player has ended.
fn shrunk(
    ways: &[&(String, Way)],
    care: Care,
    stage: &mut Stage<'_>,
    record: &mut Record<'_>,
) -> Option<Vec<(Scenario, Option<Departure>)>> {
    let mut reductions: Vec<Reduction> = ways.iter().map(|(_, way)| Reduction::new(way.scenario.clone())).collect();
    let mut open: Vec<usize> = (0..reductions.len()).collect();
    while !open.is_empty() {
        if care == Care::Much {
            stage.renew();
        }
        let mut offered = Vec::new();
        for &at in &open {
            let candidates = reductions[at].candidates(record.reference());
            offered.extend(candidates.into_iter().map(|scenario| (at, Cow::Owned(scenario))));
        }
        let mut deviates: Vec<Vec<bool>> = vec![Vec::new(); reductions.len()];
        stage.play_each(offered, |batch| {
            for (at, scenario, answer) in batch {
                let now = departure(record, &scenario, answer);
                deviates[at].push(now.is_some_and(|now| way_of(&now) == ways[at].0));
            }
        })?;
        open.retain(|at| reductions[*at].take(&deviates[*at]));
    }
    let small: Vec<Scenario> = reductions.iter().map(|reduction| with_plain_names(reduction.best())).collect();
    let mut deviating = Vec::new();
    let mut departures: Vec<Option<Departure>> = small.iter().map(|_| None).collect();
    stage.play_each(small.iter().cloned().map(Cow::Owned).enumerate(), |batch| {
        for (at, scenario, answer) in batch {
            departures[at] = departure(record, &scenario, answer);
            if departures[at].is_some() {
                deviating.push((at, scenario));
            }
        }
    })?;
    let (came_back, whole) = stage.play_again(deviating, |at, scenario, answer| {
        let again = departure(record, scenario, answer);
        let both = departures[at].as_ref().zip(again);
        both.is_some_and(|(before, again)| record.same(scenario, &before.observed, &again.observed))
    });
    whole?;
    let came_back: BTreeSet<usize> = came_back.into_iter().collect();
    let believed = departures.into_iter().enumerate().map(|(at, found)| found.filter(|_| came_back.contains(&at)));
    Some(small.into_iter().zip(believed).collect())
}

impl Found {
    /// Takes back what did not come back: it was another scenario's doing, or an accident.
    fn take_back(&mut self, scenario: &Scenario, way: &Way) {
        self.deviating = self.deviating.saturating_sub(way.count);
        let message = "it deviated after others, and did not when an implementation that was just started played it";
        let kind = reports::FailureKind::Unstable;
        self.failures.push(record::failure(kind, scenario, message.to_owned(), Some(way.first)));
    }

    /// Keeps a deviation, and gives its id.
    fn keep(&mut self, record: &Record<'_>, scenario: &Scenario, departure: Departure, count: u64) -> String {
        let mut scenario = scenario.clone();
        scenario.title = format!("Generated: a departure at {}", departure.step);
        let mut deviation = record.deviation(&scenario, departure);
        deviation.occurrences = count;
        let id = deviation.id.clone();
        conclusion::add(&mut self.deviations, deviation);
        id
    }
}

/// How a scenario departs, if it does.
fn departure(record: &mut Record<'_>, scenario: &Scenario, answer: Result<Trace, Failure>) -> Option<Departure> {
    match answer.and_then(|trace| record.judgement(scenario, &trace)) {
        Ok(Judgement::Deviates(departure)) => Some(*departure),
        _ => None,
    }
}

/// In which way a scenario departs: the step, and what was seen there instead of what, whoever it was that it was seen of.
fn way_of(departure: &Departure) -> String {
    let at = departure.first_difference;
    let (expected, observed) = (departure.expected.get(at), departure.observed.get(at));
    let details = match (expected, observed) {
        (Some(expected), Some(observed)) if kind(expected).is_some() && kind(expected) == kind(observed) => {
            differences(expected, observed)
        }
        _ => String::new(),
    };
    format!("{}: {} instead of {}{details}", departure.step, shape(observed), shape(expected))
}

/// The kind of an observation, and the member that it is about.
fn shape(observation: Option<&Json>) -> String {
    let Some(observation) = observation else { return "nothing".to_owned() };
    let what = kind(observation).unwrap_or("?");
    let from = observation.get("from").and_then(Json::as_str).and_then(|from| from.rsplit('.').next());
    match from {
        Some(from) if from.chars().all(char::is_alphanumeric) => format!("{what} {from}"),
        _ => what.to_owned(),
    }
}

/// The members in which two observations of one kind differ.
fn differences(expected: &Json, observed: &Json) -> String {
    let mut names = Vec::new();
    let (Some(expected), Some(observed)) = (expected.as_object(), observed.as_object()) else { return String::new() };
    for (name, value) in expected {
        match (value, observed.get(name)) {
            (Json::Object(inner), Some(Json::Object(other))) => {
                names
                    .extend(inner.iter().filter(|(name, value)| other.get(*name) != Some(value)).map(|(name, _)| name));
            }
            (value, other) if other != Some(value) => names.push(name),
            _ => {}
        }
    }
    if names.is_empty() {
        String::new()
    } else {
        format!(" ({})", names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", "))
    }
}
