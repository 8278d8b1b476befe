//! Why an implementation deviates: the quirks under which the model does what was observed.
//!
//! A quirk explains a deviating scenario if the model bent by it permits what was observed there. It is contradicted by a scenario
//! on which the implementation conforms although the bent model would not. A quirk is believed if it explains more than contradicts
//! it, since an implementation may have a departure in part; among quirks that explain as much the one that is contradicted less
//! comes first, and then the one that stands first in the list.
//!
//! Quirks are taken one after the other, each the one that explains most of what is left, alone or together with those that were
//! taken before. What others came to explain as well is dropped in the end. The result is the same for the same observations.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bgfspec_model::{Quirk, QuirkSet};
use serde_json::Value as Json;

use crate::judge::Judge;
use crate::reference::Program;
use crate::scenario::{Capability, Scenario};

/// A deviating scenario, with what was observed.
#[derive(Clone, Debug)]
pub struct Case {
    /// The scenario.
    pub scenario: Scenario,
    /// What counts of what was observed.
    pub observed: Vec<Json>,
}

/// Why an implementation deviates.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Diagnosis {
    /// The quirks behind each case, in the order of the cases; none where it is not explained.
    pub cases: Vec<QuirkSet>,
    /// The quirks, with the number of cases that each has a part in; most first.
    pub quirks: Vec<(Quirk, u64)>,
}

impl Diagnosis {
    /// How many cases are not explained.
    #[must_use]
    pub fn unexplained(&self) -> u64 {
        self.cases.iter().filter(|quirks| quirks.is_empty()).count() as u64
    }
}

/// Finds the quirks behind the cases of an implementation that conforms on other scenarios.
#[must_use]
pub fn diagnose(cases: &[Case], conforming: &[&Scenario], capabilities: &[Capability]) -> Diagnosis {
    let mut search = Search::new(cases, conforming, capabilities);
    while let Some(quirk) = search.next() {
        search.take(quirk);
    }
    search.finish()
}

/// The quirks that explain a case alone, in the order of the list.
#[must_use]
pub fn explaining(case: &Case, capabilities: &[Capability]) -> Vec<Quirk> {
    let cases = [case.clone()];
    let search = Search::new(&cases, &[], capabilities);
    search.cases.iter().flat_map(|open| open.alone.iter()).collect()
}

/// A case while it is looked into.
struct Open<'a> {
    case: &'a Case,
    program: Program,
    /// The quirks that explain it, none while it is open.
    explained: QuirkSet,
    /// Quirks that explain it alone.
    alone: QuirkSet,
    /// Quirks without which the model does the same.
    idle: QuirkSet,
}

struct Search<'a> {
    judge: Judge,
    capabilities: &'a [Capability],
    cases: Vec<Open<'a>>,
    conforming: Vec<(&'a Scenario, Program)>,
    /// Where a quirk alone is contradicted, by the places of scenarios.
    contradicted: BTreeMap<Quirk, Vec<usize>>,
    taken: Vec<Quirk>,
}

impl<'a> Search<'a> {
    fn new(cases: &'a [Case], conforming: &[&'a Scenario], capabilities: &'a [Capability]) -> Self {
        let mut judge = Judge::new();
        let open = |case: &'a Case| {
            let program = judge.reference().compile(&case.scenario).ok()?;
            let none = QuirkSet::NONE;
            Some(Open { case, program, explained: none, alone: none, idle: none })
        };
        let cases: Vec<Option<Open<'_>>> = cases.iter().map(open).collect();
        let cases = cases.into_iter().flatten().collect();
        let compiled = |scenario: &&'a Scenario| Some((*scenario, judge.reference().compile(scenario).ok()?));
        let conforming = conforming.iter().filter_map(compiled).collect();
        let mut search =
            Search { judge, capabilities, cases, conforming, contradicted: BTreeMap::new(), taken: Vec::new() };
        for at in 0..search.cases.len() {
            search.look_at(at);
        }
        search
    }

    /// Finds out which quirks explain a case alone, and which make no difference to it.
    fn look_at(&mut self, at: usize) {
        let plain = self.plays(QuirkSet::NONE, at);
        let has_choices = self.judge.has_choices(&self.cases[at].program, self.capabilities);
        for &quirk in Quirk::ALL {
            // Where there are choices, a quirk may show with another than the first.
            if !has_choices && self.plays(quirk.into(), at) == plain {
                self.cases[at].idle = self.cases[at].idle.with(quirk);
            } else if self.explains(quirk.into(), at) {
                self.cases[at].alone = self.cases[at].alone.with(quirk);
            }
        }
    }

    /// The quirk that explains most of what is left.
    fn next(&mut self) -> Option<Quirk> {
        let mut gains: BTreeMap<Quirk, u64> = BTreeMap::new();
        for at in 0..self.cases.len() {
            if !self.cases[at].explained.is_empty() {
                continue;
            }
            for quirk in self.cases[at].alone.iter().filter(|quirk| !self.taken.contains(quirk)).collect::<Vec<_>>() {
                if !self.is_hidden(quirk, at) {
                    *gains.entry(quirk).or_default() += 1;
                }
            }
        }
        if let Some(best) = self.best(&gains) {
            return Some(best);
        }
        // Nothing explains anything alone any more: what together with the quirks that were taken?
        let mut gains: BTreeMap<Quirk, u64> = BTreeMap::new();
        for at in 0..self.cases.len() {
            if !self.cases[at].explained.is_empty() {
                continue;
            }
            let candidates = Quirk::ALL.iter().copied().filter(|quirk| !self.taken.contains(quirk));
            let candidates: Vec<Quirk> = candidates.filter(|quirk| !self.cases[at].alone.contains(*quirk)).collect();
            for quirk in candidates {
                if self.together(quirk, at).is_some() {
                    *gains.entry(quirk).or_default() += 1;
                }
            }
        }
        self.best(&gains)
    }

    /// Whether the quirks that were taken leave no room for another: whoever has them can't show it there.
    fn is_hidden(&mut self, quirk: Quirk, at: usize) -> bool {
        let taken: QuirkSet = self.taken.iter().copied().collect();
        let has_choices = self.judge.has_choices(&self.cases[at].program, self.capabilities);
        !has_choices && self.plays(taken.with(quirk), at) == self.plays(taken, at)
    }

    fn best(&mut self, gains: &BTreeMap<Quirk, u64>) -> Option<Quirk> {
        let believed = gains.iter().filter_map(|(&quirk, &gain)| {
            let against = self.contradictions(quirk);
            (gain > against).then(|| (gain - against, std::cmp::Reverse(against), std::cmp::Reverse(quirk)))
        });
        believed.max().map(|(_, _, quirk)| quirk.0)
    }

    /// Believes in a quirk, and looks what it explains.
    fn take(&mut self, quirk: Quirk) {
        self.taken.push(quirk);
        for at in 0..self.cases.len() {
            if !self.cases[at].explained.is_empty() {
                continue;
            }
            if self.cases[at].alone.contains(quirk) {
                self.cases[at].explained = quirk.into();
            } else if let Some(set) = self.together(quirk, at) {
                self.cases[at].explained = self.reduced(set, at);
            }
        }
    }

    /// A set of quirks that were taken which explains a case together with another one: a pair, or all that make a difference.
    fn together(&mut self, quirk: Quirk, at: usize) -> Option<QuirkSet> {
        let differs: Vec<Quirk> = self
            .taken
            .iter()
            .copied()
            .filter(|taken| *taken != quirk && !self.cases[at].idle.contains(*taken))
            .collect();
        let all: QuirkSet = differs.iter().copied().chain([quirk]).collect();
        let has_choices = self.judge.has_choices(&self.cases[at].program, self.capabilities);
        if differs.is_empty() || (!has_choices && self.plays(all, at) == self.plays(all.without(quirk), at)) {
            return None;
        }
        let pairs = differs.iter().map(|taken| QuirkSet::from(quirk).with(*taken));
        let sets: Vec<QuirkSet> = pairs.chain([all]).collect();
        sets.into_iter().find(|set| self.explains(*set, at))
    }

    /// The set without quirks that it does not need.
    fn reduced(&mut self, mut set: QuirkSet, at: usize) -> QuirkSet {
        for quirk in set.iter() {
            if set != QuirkSet::from(quirk) && self.explains(set.without(quirk), at) {
                set = set.without(quirk);
            }
        }
        set
    }

    fn finish(mut self) -> Diagnosis {
        // What came first may have become superfluous: all that it explains alone, others do.
        for quirk in self.taken.clone() {
            let needed = self.cases.iter().any(|open| {
                let others = self.taken.iter().any(|other| *other != quirk && open.alone.contains(*other));
                open.explained.contains(quirk) && !(open.explained == quirk.into() && others)
            });
            if needed {
                continue;
            }
            self.taken.retain(|taken| *taken != quirk);
            for open in self.cases.iter_mut().filter(|open| open.explained == quirk.into()) {
                let other = self.taken.iter().copied().find(|other| open.alone.contains(*other));
                open.explained = other.map(QuirkSet::from).unwrap_or_default();
            }
        }
        let part = |quirk: Quirk| self.cases.iter().filter(|open| open.explained.contains(quirk)).count() as u64;
        let mut quirks: Vec<(Quirk, u64)> = self.taken.iter().map(|quirk| (*quirk, part(*quirk))).collect();
        quirks.sort_by_key(|(quirk, cases)| (std::cmp::Reverse(*cases), *quirk));
        Diagnosis { cases: self.cases.iter().map(|open| open.explained).collect(), quirks }
    }

    /// On how many scenarios the implementation conforms and would not if it had the quirk: neither with the quirk alone, nor with
    /// all that was believed before, which may hide it.
    fn contradictions(&mut self, quirk: Quirk) -> u64 {
        if !self.contradicted.contains_key(&quirk) {
            let against = (0..self.conforming.len()).filter(|at| self.breaks(quirk.into(), *at)).collect();
            self.contradicted.insert(quirk, against);
        }
        let all: QuirkSet = self.taken.iter().copied().chain([quirk]).collect();
        let against = self.contradicted[&quirk].clone();
        against.into_iter().filter(|at| self.breaks(all, *at)).count() as u64
    }

    /// Whether the bent model deviates on a scenario on which the implementation conforms.
    fn breaks(&mut self, quirks: QuirkSet, at: usize) -> bool {
        let Self { judge, capabilities, conforming, .. } = self;
        let (scenario, program) = &conforming[at];
        guarded(judge, |judge| {
            let bent = judge.plays(quirks, program, capabilities);
            bent != judge.plays(QuirkSet::NONE, program, capabilities)
                && bent
                    .observations()
                    .is_ok_and(|observed| !judge.permits(QuirkSet::NONE, scenario, program, capabilities, &observed))
        })
    }

    fn plays(&mut self, quirks: QuirkSet, at: usize) -> Option<String> {
        let Self { judge, capabilities, cases, .. } = self;
        let program = &cases[at].program;
        guarded(judge, |judge| Some(judge.plays(quirks, program, capabilities).0))
    }

    fn explains(&mut self, quirks: QuirkSet, at: usize) -> bool {
        let Self { judge, capabilities, cases, .. } = self;
        let Open { case, program, .. } = &cases[at];
        guarded(judge, |judge| judge.permits(quirks, &case.scenario, program, capabilities, &case.observed))
    }
}

/// A panic of a bent model says nothing about anybody.
fn guarded<T: Default>(judge: &mut Judge, ask: impl FnOnce(&mut Judge) -> T) -> T {
    catch_unwind(AssertUnwindSafe(|| ask(judge))).unwrap_or_else(|_| {
        judge.reference().bend(QuirkSet::NONE);
        T::default()
    })
}
