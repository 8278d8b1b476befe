//! The words of a report, and what follows from its parts.

use crate::printable::count;
use std::collections::BTreeSet;

use super::{
    Cause, Deviation, Example, Expectation, FailureKind, Generated, Implementation, Level, Outcome, Report, Run,
    Standing, Verdict,
};

impl Level {
    /// The word that stands for it in a report.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
            Self::Documented => "documented",
        }
    }
}

impl Verdict {
    /// The words that stand for it on a page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Deviates => "deviates",
            Self::Blocked => "blocked",
            Self::NotApplicable => "not applicable",
            Self::Inconclusive => "inconclusive",
            Self::Untested => "untested",
        }
    }
}

impl FailureKind {
    /// The word that stands for it in a report.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Crash => "crash",
            Self::Protocol => "protocol",
            Self::Unstable => "unstable",
            Self::Undecided => "undecided",
        }
    }
}

impl Implementation {
    /// Name, version and scope, for people.
    #[must_use]
    pub fn label(&self) -> String {
        let mut label = self.name.clone();
        if !self.version.is_empty() {
            label += &format!(" {}", self.version);
        }
        if !self.scope.is_empty() {
            label += &format!(" ({})", self.scope);
        }
        label
    }
}

impl From<&Deviation> for Example {
    fn from(deviation: &Deviation) -> Self {
        Example {
            id: deviation.id.clone(),
            title: deviation.title.clone(),
            scenario: deviation.scenario.clone(),
            expected: deviation.expected.clone(),
            observed: deviation.observed.clone(),
            first_difference: deviation.first_difference,
        }
    }
}

impl Report {
    /// Whether the report and each of its runs is complete.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete && self.runs.iter().all(|run| run.complete)
    }

    /// The expectations that fail the run: stale or expired.
    pub fn broken_expectations(&self) -> impl Iterator<Item = &Expectation> {
        self.expectations.iter().flat_map(|all| &all.entries).filter(|entry| entry.problem.is_some())
    }

    /// The expectations behind a deviation.
    pub fn expectations_of(&self, deviation: &Deviation) -> impl Iterator<Item = &Expectation> {
        let entries = self.expectations.iter().flat_map(|all| &all.entries);
        entries.filter(|entry| deviation.expected_by.contains(&entry.line))
    }
}

impl Standing {
    /// The words that stand for it on a page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Stale => "stale",
            Self::Expired => "expired",
            Self::NotJudged => "not judged",
        }
    }
}

impl Expectation {
    /// The quirk, requirement or deviation that is expected.
    #[must_use]
    pub fn what(&self) -> String {
        let of = |kind: &str, id: &Option<String>| id.as_ref().map(|id| format!("{kind} {id}"));
        of("quirk", &self.quirk)
            .or_else(|| of("requirement", &self.requirement))
            .or_else(|| of("deviation", &self.deviation))
            .unwrap_or_default()
    }

    /// Of whom it is expected.
    #[must_use]
    pub fn whose(&self) -> String {
        let (version, scope) = (self.version.clone().unwrap_or_default(), self.scope.clone().unwrap_or_default());
        Implementation { name: self.implementation.clone(), version, scope, capabilities: Vec::new() }.label()
    }
}

impl Run {
    /// What came of scenarios that are kept, of those that were drawn, and of all up to a size.
    pub fn sweeps(&self) -> impl Iterator<Item = &Generated> {
        self.kept.iter().chain(&self.generated).chain(self.exhaustive.iter().map(|exhaustive| &exhaustive.result))
    }

    /// The same, to be changed.
    pub fn sweeps_mut(&mut self) -> impl Iterator<Item = &mut Generated> {
        self.kept
            .iter_mut()
            .chain(&mut self.generated)
            .chain(self.exhaustive.iter_mut().map(|exhaustive| &mut exhaustive.result))
    }

    /// Whether everything that could be tested was tested and conforms: nothing deviates, failed or is undecided.
    #[must_use]
    pub fn conforms(&self) -> bool {
        self.scenarios > 0 && !self.deviates() && !self.is_undecided()
    }

    /// Whether there is anything that the harness could not tell.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        let undecided = self.requirements.iter().any(|outcome| outcome.verdict == Verdict::Inconclusive);
        undecided || !self.complete || !self.failures.is_empty()
    }

    /// What was done at the browser's own interface, as a sentence without its end; nothing if nothing was.
    #[must_use]
    pub fn acts(&self) -> Option<String> {
        if self.clicks.is_empty() {
            return None;
        }
        let scenarios = count(self.clicks.len() as u64, "scenario", "scenarios");
        let pictures = self.clicks.iter().flat_map(|click| &click.acts).filter_map(|act| act.picture.as_ref());
        let seen = match pictures.clone().count() {
            0 => "no pictures were kept, for want of --out".to_owned(),
            many => count(many as u64, "picture of it before an act is kept", "pictures of it before an act are kept"),
        };
        Some(format!("{scenarios} acted on the browser's own interface; {seen}"))
    }

    /// Whether anything in the run deviates.
    #[must_use]
    pub fn deviates(&self) -> bool {
        !self.deviations.is_empty()
            || self.unexplained > 0
            || self.sweeps().any(|generated| generated.deviating > 0)
            || self.requirements.iter().any(|outcome| outcome.verdict == Verdict::Deviates)
    }

    /// Whether the run deviates, and not all of it was expected.
    #[must_use]
    pub fn surprises(&self) -> bool {
        let unexpected = |deviation: &Deviation| deviation.expected_by.is_empty();
        let is_surprising = self.deviations.is_empty() || self.deviations.iter().any(unexpected);
        self.deviates() && (is_surprising || self.unnamed_ways() > 0)
    }

    /// In how many ways generated scenarios deviated that no deviation stands for: nobody can expect those.
    #[must_use]
    pub fn unnamed_ways(&self) -> u64 {
        self.sweeps().flat_map(|generated| &generated.ways).filter(|way| way.deviation.is_none()).count() as u64
    }

    /// The deviations that are no requirement's: generated scenarios have none.
    #[must_use]
    pub fn generated_deviations(&self) -> Vec<&Deviation> {
        let of_rules: BTreeSet<&String> = self.requirements.iter().flat_map(|outcome| &outcome.deviations).collect();
        self.deviations.iter().filter(|deviation| !of_rules.contains(&deviation.id)).collect()
    }

    /// The deviations from a requirement.
    pub fn deviations_from(&self, outcome: &Outcome) -> impl Iterator<Item = &Deviation> {
        self.deviations.iter().filter(|deviation| outcome.deviations.contains(&deviation.id))
    }

    /// Whether a requirement is deviated from as was expected and in no other way.
    #[must_use]
    pub fn is_expected(&self, outcome: &Outcome) -> bool {
        let mut deviations = self.deviations_from(outcome).peekable();
        deviations.peek().is_some() && deviations.all(|deviation| !deviation.expected_by.is_empty())
    }

    /// Whether all that a cause is behind was expected.
    #[must_use]
    pub fn is_expected_cause(&self, cause: &Cause) -> bool {
        let mut behind = self.deviations.iter().filter(|deviation| deviation.quirks.contains(&cause.id)).peekable();
        behind.peek().is_some() && behind.all(|deviation| !deviation.expected_by.is_empty())
    }

    /// The deviations that no cause explains, those with the shortest scenarios first.
    #[must_use]
    pub fn unexplained_deviations(&self) -> Vec<&Deviation> {
        let mut unexplained: Vec<&Deviation> = self.deviations.iter().filter(|one| one.quirks.is_empty()).collect();
        unexplained.sort_by_cached_key(|deviation| deviation.scenario.to_string().len());
        unexplained
    }

    /// Whether all of it was played again as often as was asked for, with the same verdicts; or nobody asked.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.verification.as_ref().is_none_or(|all| all.varied.is_empty() && all.problems.is_empty())
    }
}
