//! Generated scenarios: played in batches, sorted by the way in which they deviate, and made small, one for each way.
//!
//! What is kept does not grow with the number of cases, and does not depend on how they are shared out: of each way to
//! deviate it is the case with the lowest number, of the ways those whose lowest numbers are the lowest.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use bgfspec_reports::report as reports;
use serde_json::Value as Json;

use super::named::MOST_PASSES;
use super::player::{AHEAD, BATCH, Stage, was_ended};
use super::record::Record;
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

/// After so many rounds a scenario is as small as it gets.
const MOST_ROUNDS: usize = 60;

/// After so many batches the implementation is started anew: some keep a little of each scenario for ever.
const FRESH_AFTER: usize = 250;

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

    /// Notes that time ended the drawing, so that there are no other cases.
    pub(super) fn cases_are_what_was_played(&mut self) {
        self.cases = self.played;
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

/// Plays the cases of this share, of so many in all.
pub(super) fn play(
    cases: u64,
    source: impl Iterator<Item = (u64, Scenario)>,
    stage: &mut Stage<'_>,
    record: &mut Record<'_>,
    progress: &mut dyn Progress,
) -> Found {
    let mut found = Found { cases, ..Found::default() };
    let mut ways: BTreeMap<String, Way> = BTreeMap::new();
    let mut source = source.peekable();
    let mut waiting: VecDeque<Vec<u64>> = VecDeque::new();
    let mut asked = 0;
    while source.peek().is_some() || !waiting.is_empty() {
        while waiting.len() < AHEAD && source.peek().is_some() {
            let (numbers, batch) = source.by_ref().take(BATCH).map(|(number, case)| (number, Cow::Owned(case))).unzip();
            if asked > 0 && asked % FRESH_AFTER == 0 {
                stage.renew();
            }
            asked += 1;
            stage.ask(batch);
            waiting.push_back(numbers);
        }
        let (Some(batch), Some(played)) = (waiting.pop_front(), stage.hear()) else { return found };
        let count = batch.len();
        for ((number, scenario), answer) in batch.into_iter().zip(played.batch).zip(played.answers) {
            if was_ended(&answer) {
                return found;
            }
            found.played += 1;
            match answer.and_then(|trace| record.judgement(&scenario, &trace)) {
                Ok(Judgement::Conforms) => {}
                Ok(Judgement::Inconclusive(_)) => found.undecided += 1,
                Ok(Judgement::Deviates(departure)) => {
                    found.deviating += 1;
                    let new = || Way { count: 0, first: number, scenario: scenario.into_owned() };
                    ways.entry(way_of(&departure)).or_insert_with(new).count += 1;
                }
                Err(failure) => found.fail(number, &scenario, &failure),
            }
        }
        progress.judged(count);
    }
    found.complete = reduce(ways, stage, record, &mut found).is_some();
    found
}

impl Found {
    fn fail(&mut self, case: u64, scenario: &Scenario, failure: &Failure) {
        if self.failures.len() < MOST_FAILURES {
            self.failures.push(reports::Failure {
                kind: super::record::kind(failure),
                title: scenario.title.clone(),
                scenario: serde_json::to_value(scenario).ok(),
                message: super::kept::message(failure.to_string()),
                requirements: Vec::new(),
                case: Some(case),
            });
        }
    }
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
    let is_of = |at: usize, departure: &Departure| way_of(departure) == ways[at].0;
    let mut reductions: Vec<Reduction> = ways.iter().map(|(_, way)| Reduction::new(way.scenario.clone())).collect();
    let mut open: Vec<usize> = (0..reductions.len()).collect();
    for _ in 0..MOST_ROUNDS {
        if open.is_empty() {
            break;
        }
        if care == Care::Much {
            stage.renew();
        }
        let offers: Vec<Vec<Scenario>> = open.iter().map(|at| reductions[*at].candidates(record.reference())).collect();
        // Whose way each candidate should go.
        let mut whose = open.iter().zip(&offers).flat_map(|(at, offered)| offered.iter().map(move |_| *at));
        let mut deviates: Vec<bool> = Vec::new();
        stage.play_each(offers.iter().flatten().cloned(), |scenario, answer| {
            let now = departure(record, scenario, answer);
            deviates.push(whose.next().zip(now).is_some_and(|(at, now)| is_of(at, &now)));
        })?;
        let mut deviates = deviates.into_iter();
        let mut still_open = Vec::new();
        for (at, offered) in open.into_iter().zip(&offers) {
            let deviates: Vec<bool> = deviates.by_ref().take(offered.len()).collect();
            if reductions[at].take(&deviates) {
                still_open.push(at);
            }
        }
        open = still_open;
    }
    let small: Vec<Scenario> = reductions.iter().map(|reduction| with_plain_names(reduction.best())).collect();
    let mut departures: Vec<Option<Departure>> = Vec::new();
    stage.play_each(small.clone(), |scenario, answer| departures.push(departure(record, scenario, answer)))?;
    for _ in 0..MOST_PASSES {
        let asked: Vec<usize> = (0..small.len()).rev().filter(|at| departures[*at].is_some()).collect();
        stage.renew();
        let mut places = asked.iter();
        let mut all_came_back = true;
        stage.play_each(asked.iter().map(|at| small[*at].clone()), |scenario, answer| {
            let again = departure(record, scenario, answer);
            let Some(before) = places.next().map(|at| &mut departures[*at]) else { return };
            let is_same =
                |before: &Departure, again: &Departure| record.same(scenario, &before.observed, &again.observed);
            if !before.as_ref().zip(again).is_some_and(|(before, again)| is_same(before, &again)) {
                *before = None;
                all_came_back = false;
            }
        })?;
        // Whoever did not come back may have left something behind as well.
        if all_came_back {
            break;
        }
    }
    Some(small.into_iter().zip(departures).collect())
}

impl Found {
    /// Takes back what did not come back: it was another scenario's doing, or an accident.
    fn take_back(&mut self, scenario: &Scenario, way: &Way) {
        self.deviating = self.deviating.saturating_sub(way.count);
        self.failures.push(reports::Failure {
            kind: reports::FailureKind::Unstable,
            title: scenario.title.clone(),
            scenario: serde_json::to_value(scenario).ok(),
            message: "it deviated after others, and did not when an implementation that was just started played it"
                .to_owned(),
            requirements: Vec::new(),
            case: Some(way.first),
        });
    }
}

impl Found {
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
