//! What a suite says at its end: what is behind all that deviates, as `bgfspec run` tells it, and why tests are ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use bgfspec_report::printable::{count, line, wrap};
use bgfspec_report::{Cause, Run};

use super::verdict::WIDTH;
use crate::catalogue::Catalogue;
use crate::runner;
use crate::scenario::{Capability, Scenario};

/// So many causes are told; the tests tell of all.
const MOST_CAUSES: usize = 20;

/// So many capabilities are named that are lacking.
const MOST_LACKING: usize = 6;

/// The number of scenarios stands in so many characters, before the sentence.
const NUMBER: usize = 7;

/// The runs of all tests so far, each with the requirement whose scenarios it played, if it was for one.
#[derive(Default)]
pub(super) struct Collected(Mutex<Vec<(Option<String>, Run)>>);

impl Collected {
    /// Adds what a test saw.
    pub(super) fn add(&self, requirement: Option<&str>, run: &Run) {
        let entry = (requirement.map(str::to_owned), run.clone());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    /// All of them as one run, with what is behind it; nothing where nothing deviates.
    fn together(&self, catalogue: &Catalogue) -> Option<Run> {
        let mut runs = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_iter();
        let (first, mut whole) = runs.next()?;
        let mut played: BTreeSet<String> = first.into_iter().collect();
        for (requirement, run) in runs {
            played.extend(requirement);
            whole.failures.extend(run.failures);
            // A scenario of two requirements was played for both.
            let known: BTreeSet<String> = whole.deviations.iter().map(|deviation| deviation.id.clone()).collect();
            whole.deviations.extend(run.deviations.into_iter().filter(|deviation| !known.contains(&deviation.id)));
        }
        if whole.deviations.is_empty() {
            return None;
        }
        let capabilities: BTreeSet<Capability> =
            whole.implementation.capabilities.iter().filter_map(|name| Capability::named(name)).collect();
        let failed: BTreeSet<&str> = whole.failures.iter().map(|failure| failure.title.as_str()).collect();
        let deviating: BTreeSet<&str> = whole.deviations.iter().map(|deviation| deviation.id.as_str()).collect();
        let conforms = |scenario: &&Scenario| {
            scenario.requirements.iter().any(|id| played.contains(id))
                && scenario.capabilities().is_subset(&capabilities)
                && !failed.contains(scenario.title.as_str())
                && !deviating.contains(scenario.id().as_str())
        };
        let conforming: Vec<&Scenario> = catalogue.scenarios.iter().filter(conforms).collect();
        runner::diagnose(&mut whole, &conforming, catalogue);
        Some(whole)
    }
}

/// What is behind the deviations that nobody expects, that of most scenarios first; nothing where there are none.
pub(super) fn causes(collected: &Collected, catalogue: &Catalogue) -> String {
    let Some(run) = collected.together(catalogue) else { return String::new() };
    let unexpected: Vec<&Cause> = run.causes.iter().filter(|cause| !run.is_expected_cause(cause)).collect();
    let mut unexplained = run.unexplained_deviations();
    unexplained.retain(|deviation| deviation.expected_by.is_empty());
    if unexpected.is_empty() && unexplained.is_empty() {
        return String::new();
    }
    let mut text = "What is behind the deviations, with the number of scenarios:\n".to_owned();
    for cause in unexpected.iter().take(MOST_CAUSES) {
        let partly = if cause.contradicted_by.is_empty() { "" } else { " (in part)" };
        numbered(&mut text, cause.scenarios, &format!("{}{partly} ({})", line(&cause.does), line(&cause.id)));
    }
    let more = unexpected.len().saturating_sub(MOST_CAUSES);
    if more > 0 {
        let _ = writeln!(text, "{:>NUMBER$}  {}", "…", count(more as u64, "more cause", "more causes"));
    }
    if let Some(first) = unexplained.first() {
        let number = unexplained.iter().map(|deviation| deviation.occurrences).sum();
        let others = if unexplained.len() > 1 { " and others" } else { "" };
        numbered(&mut text, number, &format!("not explained: {} ({}){others}", line(&first.title), first.id));
    }
    text
}

/// Why requirements are not asked: the rarest capability that each lacks, the most frequent first.
#[derive(Default)]
pub(super) struct Ignored {
    lacking: BTreeMap<String, u64>,
    untested: u64,
}

impl Ignored {
    /// Counts one that lacks this capability, or that no scenario decides.
    pub(super) fn count(&mut self, lacking: Option<&str>) {
        match lacking {
            Some(capability) => *self.lacking.entry(capability.to_owned()).or_default() += 1,
            None => self.untested += 1,
        }
    }

    /// Why so many are ignored; nothing if none is.
    pub(super) fn text(&self) -> String {
        let mut lacking: Vec<(&String, &u64)> = self.lacking.iter().collect();
        lacking.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
        let all: u64 = self.lacking.values().sum();
        let mut text = String::new();
        if all + self.untested > 0 {
            let _ = writeln!(text, "Why {} ignored, which is no pass:", count(all + self.untested, "is", "are"));
        }
        if all > 0 {
            let most = lacking.iter().take(MOST_LACKING).map(|(name, number)| format!("{name} ({number})"));
            let others = if lacking.len() > MOST_LACKING { ", others" } else { "" };
            let most = most.collect::<Vec<_>>().join(", ");
            numbered(&mut text, all, &format!("need a capability that the adapter does not claim: {most}{others}"));
        }
        if self.untested > 0 {
            numbered(&mut text, self.untested, "can be decided by no scenario");
        }
        text
    }
}

/// A sentence behind its number, wrapped under itself.
fn numbered(text: &mut String, number: u64, sentence: &str) {
    for (at, row) in wrap(sentence, WIDTH - NUMBER - 2).iter().enumerate() {
        let number = if at == 0 { number.to_string() } else { String::new() };
        let _ = writeln!(text, "{number:>NUMBER$}  {row}");
    }
}
