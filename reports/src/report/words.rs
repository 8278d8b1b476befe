//! The words of a report, and what follows from its parts.

use super::{FailureKind, Generated, Implementation, Level, Report, Run, Verdict};

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

impl Report {
    /// Whether the report and each of its runs is complete.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete && self.runs.iter().all(|run| run.complete)
    }
}

impl Run {
    /// What came of scenarios that were drawn, and of all up to a size.
    pub fn sweeps(&self) -> impl Iterator<Item = &Generated> {
        self.generated.iter().chain(self.exhaustive.iter().map(|exhaustive| &exhaustive.result))
    }

    /// The same, to be changed.
    pub fn sweeps_mut(&mut self) -> impl Iterator<Item = &mut Generated> {
        self.generated.iter_mut().chain(self.exhaustive.iter_mut().map(|exhaustive| &mut exhaustive.result))
    }

    /// Whether everything that could be tested was tested and conforms: nothing deviates, failed or is undecided.
    #[must_use]
    pub fn conforms(&self) -> bool {
        let undecided = self.requirements.iter().any(|outcome| outcome.verdict == Verdict::Inconclusive);
        self.complete && self.scenarios > 0 && !self.deviates() && self.failures.is_empty() && !undecided
    }

    /// Whether anything in the run deviates.
    #[must_use]
    pub fn deviates(&self) -> bool {
        !self.deviations.is_empty()
            || self.unexplained > 0
            || self.sweeps().any(|generated| generated.deviating > 0)
            || self.requirements.iter().any(|outcome| outcome.verdict == Verdict::Deviates)
    }
}
