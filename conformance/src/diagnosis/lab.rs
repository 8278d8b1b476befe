//! Plays scenarios on bent models and compares: what both the search and the belief rest on.

use std::sync::LazyLock;

use bgfspec_model::{Quirk, QuirkSet};
use serde_json::Value as Json;

use super::Case;
use crate::judge::{Judge, Nearness};
use crate::reference::Program;
use crate::scenario::{Capability, Scenario};

/// A scenario that is played again and again.
pub(super) struct Subject<'a> {
    pub(super) scenario: &'a Scenario,
    /// What counts of what was observed, where the implementation deviates.
    observed: &'a [Json],
    program: Program,
    /// What the model does without quirks.
    plain: Played,
    has_choices: bool,
}

/// What a bent model did.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Played {
    /// The trace, none where the bent model doesn't end.
    pub(super) trace: Option<String>,
    /// The quirks that it met.
    pub(super) met: QuirkSet,
}

/// A judge with the capabilities of an implementation.
pub(super) struct Lab<'a> {
    judge: Judge,
    capabilities: &'a [Capability],
}

impl<'a> Lab<'a> {
    pub(super) fn new(capabilities: &'a [Capability]) -> Self {
        Lab { judge: Judge::new(), capabilities }
    }

    pub(super) fn case(&mut self, case: &'a Case) -> Option<Subject<'a>> {
        self.subject(&case.scenario, &case.observed)
    }

    pub(super) fn conforming(&mut self, scenario: &'a Scenario) -> Option<Subject<'a>> {
        self.subject(scenario, &[])
    }

    fn subject(&mut self, scenario: &'a Scenario, observed: &'a [Json]) -> Option<Subject<'a>> {
        let program = self.judge.reference().compile(scenario).ok()?;
        let has_choices = self.judge.has_choices(&program, self.capabilities);
        let mut subject = Subject { scenario, observed, program, plain: Played::default(), has_choices };
        subject.plain = self.plays(&subject, QuirkSet::NONE);
        if has_choices {
            // Other choices may lead by other quirks.
            self.nearness(&subject, QuirkSet::NONE);
            subject.plain.met = subject.plain.met.union(self.met());
        }
        Some(subject)
    }

    /// The quirks that the model met, of those with names: a diagnosis speaks in these. A derived quirk that is found in implementations
    /// gets a name.
    fn met(&self) -> QuirkSet {
        static WITHOUT_NAMES: LazyLock<QuirkSet> =
            LazyLock::new(|| Quirk::with_names().fold(Quirk::all().collect(), QuirkSet::without));
        self.judge.met().difference(*WITHOUT_NAMES)
    }

    /// What the bent model does where the first alternative is always taken.
    pub(super) fn plays(&mut self, subject: &Subject<'_>, quirks: QuirkSet) -> Played {
        let trace = self.judge.plays(quirks, &subject.program, self.capabilities);
        Played { trace: trace.map(|trace| trace.0), met: self.met() }
    }

    /// How near the bent model comes to what was observed.
    pub(super) fn nearness(&mut self, subject: &Subject<'_>, quirks: QuirkSet) -> Nearness {
        let Subject { scenario, program, observed, .. } = subject;
        self.judge.nearness(quirks, scenario, program, self.capabilities, observed)
    }

    /// Whether the bent model permits what was observed.
    pub(super) fn explains(&mut self, subject: &Subject<'_>, quirks: QuirkSet) -> bool {
        self.nearness(subject, quirks) == Nearness::There
    }

    /// Whether the bent model deviates from the specifications. One that doesn't end says nothing of anybody.
    pub(super) fn breaks(&mut self, subject: &Subject<'_>, quirks: QuirkSet) -> bool {
        let Played { trace: Some(trace), .. } = self.plays(subject, quirks) else { return false };
        if subject.plain.trace.as_ref() == Some(&trace) {
            return false;
        }
        let Subject { scenario, program, .. } = subject;
        let Ok(observed) = crate::trace::Trace(trace).observations() else { return false };
        !self.judge.permits(QuirkSet::NONE, scenario, program, self.capabilities, &observed)
    }
}

impl Subject<'_> {
    /// What the model does without quirks.
    pub(super) fn plain(&self) -> &Played {
        &self.plain
    }

    /// Whether two runs come to the same. Where there are choices, a difference may show with others than the first.
    pub(super) fn is_same(&self, one: &Played, other: &Played) -> bool {
        !self.has_choices && one.trace == other.trace
    }
}
