//! Why an implementation deviates: the quirks under which the model does what was observed.
//!
//! A set of quirks explains a deviating scenario if the model bent by it permits what was observed there. A quirk is contradicted by
//! a scenario on which the implementation conforms although the bent model would not. A quirk is believed if it explains more than
//! twice as much as contradicts it, since an implementation may have a departure in part; among quirks that explain as much the one that is
//! contradicted less comes first, and then the one that stands first in the list.
//!
//! Quirks are believed one after the other, each the one that explains most of what is left: first those that explain alone, then
//! those that do so together with what was believed before, for which `climb` looks. Where a scenario needs several at once that
//! nothing else tells of, they are believed together: two for one scenario, and one more for each further one. What others came to
//! explain as well is dropped in the end. The result is the same for the same observations.
//!
//! Those that are believed are then looked at as one set: together they should give what was observed on every scenario. What one of them
//! explains and all together do not has another cause, which is looked for beside them. Where none is found, the diagnosis says so, with
//! the scenario. What is contradicted by half as many scenarios as it has a part in, once all are known, is taken back.

mod climb;
mod lab;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use bgfspec_model::{Quirk, QuirkSet};
use serde_json::Value as Json;

use self::climb::{climb, reduced};
use self::lab::{Lab, Subject};
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
    /// The places of the cases that their own quirks explain, and all quirks together do not.
    pub apart: Vec<usize>,
    /// Where the implementation conforms and would not with all quirks together: a quirk that is to blame, and the id of the scenario.
    pub contradictions: Vec<(Quirk, String)>,
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
    loop {
        while let Some(quirks) = search.next() {
            search.believe(quirks);
        }
        while let Some((quirks, apart)) = search.missing() {
            search.believe_beside(quirks, &apart);
        }
        while search.drop_what_is_superfluous() {}
        let contradictions = search.contradicted(search.believed);
        if !search.refuse(&contradictions) {
            return search.finish(contradictions);
        }
    }
}

/// The quirks that explain a case alone, in the order of the list.
#[must_use]
pub fn explaining(case: &Case, capabilities: &[Capability]) -> Vec<Quirk> {
    let cases = [case.clone()];
    let search = Search::new(&cases, &[], capabilities);
    search.cases.iter().flatten().flat_map(|open| open.alone.iter()).collect()
}

/// The scenarios on which an implementation conforms although it would not with this quirk.
#[must_use]
pub fn contradicting<'a>(
    quirk: Quirk,
    conforming: &[&'a Scenario],
    capabilities: &'a [Capability],
) -> Vec<&'a Scenario> {
    let mut search = Search::new(&[], conforming, capabilities);
    let places = search.contradicted_alone(quirk.into()).to_vec();
    places.into_iter().map(|place| search.conforming[place].scenario).collect()
}

/// A case while it is looked into.
struct Open<'a> {
    subject: Subject<'a>,
    /// The quirks that explain it, none while it is open.
    explained: QuirkSet,
    /// Quirks that explain it alone.
    alone: QuirkSet,
    /// Quirks that the model has come by so far.
    met: QuirkSet,
    /// Sets that explain it with others than those that are believed, unless they have to be looked for again.
    ways: Option<Vec<QuirkSet>>,
}

struct Search<'a> {
    lab: Lab<'a>,
    /// None where a scenario can't be played.
    cases: Vec<Option<Open<'a>>>,
    conforming: Vec<Subject<'a>>,
    /// Where a set of quirks alone is contradicted, by the places of scenarios.
    contradicted: BTreeMap<QuirkSet, Vec<usize>>,
    believed: QuirkSet,
    /// What was believed, and contradicted in the end by half as many as it has a part in.
    refused: QuirkSet,
}

impl<'a> Search<'a> {
    fn new(cases: &'a [Case], conforming: &[&'a Scenario], capabilities: &'a [Capability]) -> Self {
        let mut lab = Lab::new(capabilities);
        let cases = cases.iter().map(|case| look_at(&mut lab, case)).collect();
        let conforming = conforming.iter().filter_map(|scenario| lab.conforming(scenario)).collect();
        Search {
            lab,
            cases,
            conforming,
            contradicted: BTreeMap::new(),
            believed: QuirkSet::NONE,
            refused: QuirkSet::NONE,
        }
    }

    /// The quirks to be believed next.
    fn next(&mut self) -> Option<QuirkSet> {
        let mut gains: BTreeMap<QuirkSet, u64> = BTreeMap::new();
        for open in self.cases.iter().flatten().filter(|open| open.explained.is_empty()) {
            let believing = self.lab.plays(&open.subject, self.believed);
            for quirk in open.alone.difference(self.believed).difference(self.refused).iter() {
                // Whoever has what is believed may not be able to show another there.
                let more = self.lab.plays(&open.subject, self.believed.with(quirk));
                if !open.subject.is_same(&more, &believing) {
                    *gains.entry(quirk.into()).or_default() += 1;
                }
            }
        }
        if let Some(best) = self.best(&gains) {
            return Some(best);
        }
        gains.clear();
        for open in self.cases.iter_mut().flatten().filter(|open| open.explained.is_empty()) {
            let ways = open.ways.get_or_insert_with(|| climb(&mut self.lab, &open.subject, self.believed));
            ways.retain(|way| way.difference(self.refused) == *way);
            let mut new: Vec<QuirkSet> = ways.iter().map(|way| way.difference(self.believed)).collect();
            new.sort();
            new.dedup();
            if let Some(way) = ways.iter().find(|way| way.difference(self.believed).is_empty()) {
                open.explained = *way;
                continue;
            }
            new.into_iter().for_each(|new| *gains.entry(new).or_default() += 1);
        }
        self.best(&gains)
    }

    fn best(&mut self, gains: &BTreeMap<QuirkSet, u64>) -> Option<QuirkSet> {
        let believed = gains.iter().filter_map(|(&quirks, &gain)| {
            let against = self.contradictions(quirks);
            let enough = outweighs(gain, against) && gain + 1 >= quirks.len() as u64;
            enough.then(|| (gain - against, Reverse(against), Reverse(quirks.len()), Reverse(quirks)))
        });
        believed.max().map(|(_, _, _, quirks)| quirks.0)
    }

    /// Believes in quirks, and looks what they explain.
    fn believe(&mut self, quirks: QuirkSet) {
        self.believed = self.believed.union(quirks);
        for open in self.cases.iter_mut().flatten().filter(|open| open.explained.is_empty()) {
            if let Some(quirk) = quirks.iter().find(|quirk| open.alone.contains(*quirk)) {
                open.explained = quirk.into();
                continue;
            }
            if let Some(way) = open.ways.iter().flatten().find(|way| way.difference(self.believed).is_empty()) {
                open.explained = *way;
                continue;
            }
            if quirks.difference(open.met) == quirks {
                continue;
            }
            open.ways = None;
            let played = self.lab.plays(&open.subject, self.believed);
            open.met = open.met.union(played.met);
            if self.lab.explains(&open.subject, self.believed) {
                open.explained = reduced(&mut self.lab, &open.subject, self.believed, self.believed);
            }
        }
    }

    /// The quirk that explains most of what those that are believed explain one by one and not together, and the places of all of that.
    fn missing(&mut self) -> Option<(QuirkSet, Vec<usize>)> {
        let mut gains: BTreeMap<QuirkSet, u64> = BTreeMap::new();
        let apart = self.apart(self.believed);
        let Search { lab, cases, believed, refused, .. } = self;
        for open in apart.iter().filter_map(|place| cases[*place].as_ref()) {
            let met = lab.plays(&open.subject, *believed).met.union(open.met);
            let others = met.difference(*believed).difference(*refused);
            for quirk in others.iter().filter(|quirk| lab.explains(&open.subject, believed.with(*quirk))) {
                *gains.entry(quirk.into()).or_default() += 1;
            }
        }
        Some((self.best(&gains)?, apart))
    }

    /// Believes in quirks beside the others, and lays to them what all explain together now of what they did not.
    fn believe_beside(&mut self, quirks: QuirkSet, apart: &[usize]) {
        self.believed = self.believed.union(quirks);
        let Search { lab, cases, believed, .. } = self;
        for place in apart {
            if let Some(open) = &mut cases[*place]
                && lab.explains(&open.subject, *believed)
            {
                open.explained = reduced(lab, &open.subject, *believed, believed.difference(quirks));
            }
        }
    }

    /// Takes back a quirk that half as many scenarios contradict as it has a part in, now that all are known; returns whether there is one.
    fn refuse(&mut self, contradictions: &[(Quirk, String)]) -> bool {
        let against = |quirk: Quirk| contradictions.iter().filter(|(contradicted, _)| *contradicted == quirk).count();
        let behind = |quirk: Quirk| self.cases.iter().flatten().filter(|open| open.explained.contains(quirk)).count();
        let weak = self.believed.iter().filter(|quirk| !outweighs(behind(*quirk) as u64, against(*quirk) as u64));
        let Some(weakest) = weak.max_by_key(|quirk| (2 * against(*quirk) - behind(*quirk), Reverse(*quirk))) else {
            return false;
        };
        self.refused = self.refused.with(weakest);
        self.believed = self.believed.without(weakest);
        let Search { lab, cases, believed, .. } = self;
        for open in cases.iter_mut().flatten().filter(|open| open.explained.contains(weakest)) {
            open.ways = None;
            open.explained = QuirkSet::NONE;
            if !believed.is_empty() && lab.explains(&open.subject, *believed) {
                open.explained = reduced(lab, &open.subject, *believed, *believed);
            }
        }
        true
    }

    /// What was believed may have become superfluous: all that it has a part in, the others explain without it, and no less of it together
    /// than before. The least goes first, and what it leaves may make another superfluous. Returns whether any was dropped.
    fn drop_what_is_superfluous(&mut self) -> bool {
        let behind = |cases: &[Option<Open<'_>>], quirk: Quirk| {
            cases.iter().flatten().filter(|open| open.explained.contains(quirk)).count()
        };
        let mut quirks: Vec<Quirk> = self.believed.iter().collect();
        quirks.sort_by_key(|quirk| (behind(&self.cases, *quirk), Reverse(*quirk)));
        let before = self.believed;
        for quirk in quirks {
            let others = self.believed.without(quirk);
            let Search { lab, cases, believed, .. } = self;
            let mut without: Vec<(usize, QuirkSet)> = Vec::new();
            let concerned = cases.iter().enumerate().filter_map(|(place, open)| Some((place, open.as_ref()?)));
            let is_superfluous = concerned.filter(|(_, open)| open.explained.contains(quirk)).all(|(place, open)| {
                let explained = explained_by(lab, open, others);
                without.extend(explained.map(|explained| (place, explained)));
                explained.is_some() && (lab.explains(&open.subject, others) || !lab.explains(&open.subject, *believed))
            });
            if is_superfluous {
                for (place, explained) in without {
                    cases[place].as_mut().expect("it was looked at").explained = explained;
                }
                self.believed = others;
            }
        }
        self.believed != before
    }

    fn finish(mut self, contradictions: Vec<(Quirk, String)>) -> Diagnosis {
        let cases = self.cases.iter().map(|open| open.as_ref().map_or(QuirkSet::NONE, |open| open.explained));
        let cases: Vec<QuirkSet> = cases.collect();
        let part = |quirk: Quirk| cases.iter().filter(|explained| explained.contains(quirk)).count() as u64;
        // Each has a part: what has none was superfluous.
        let mut quirks: Vec<(Quirk, u64)> = self.believed.iter().map(|quirk| (quirk, part(quirk))).collect();
        quirks.sort_by_key(|(quirk, cases)| (Reverse(*cases), *quirk));
        Diagnosis { apart: self.apart(self.believed), contradictions, cases, quirks }
    }

    /// The places of the explained cases that all quirks together don't explain.
    fn apart(&mut self, together: QuirkSet) -> Vec<usize> {
        let Search { lab, cases, .. } = self;
        let explained = cases.iter().enumerate().filter_map(|(place, open)| Some((place, open.as_ref()?)));
        let explained = explained.filter(|(_, open)| !open.explained.is_empty() && open.explained != together);
        explained.filter(|(_, open)| !lab.explains(&open.subject, together)).map(|(place, _)| place).collect()
    }

    /// The scenarios on which the implementation would not conform with all quirks together, with each quirk that is to blame: that breaks
    /// it alone, or else that nothing breaks without.
    fn contradicted(&mut self, together: QuirkSet) -> Vec<(Quirk, String)> {
        let alone: Vec<(Quirk, Vec<usize>)> =
            together.iter().map(|quirk| (quirk, self.contradicted_alone(quirk.into()).to_vec())).collect();
        let Search { lab, conforming, .. } = self;
        let mut found = Vec::new();
        for (place, subject) in conforming.iter().enumerate() {
            let met = together.difference(together.difference(subject.plain().met));
            if met.is_empty() || !lab.breaks(subject, together) {
                continue;
            }
            let mut to_blame: Vec<Quirk> =
                alone.iter().filter(|(_, places)| places.contains(&place)).map(|(quirk, _)| *quirk).collect();
            if to_blame.is_empty() {
                to_blame = met.iter().filter(|quirk| !lab.breaks(subject, together.without(*quirk))).collect();
            }
            found.extend(to_blame.into_iter().map(|quirk| (quirk, subject.scenario.id())));
        }
        found
    }

    /// On how many scenarios the implementation conforms and would not if it had the quirks: neither with them alone, nor with
    /// all that was believed before, which may hide them.
    fn contradictions(&mut self, quirks: QuirkSet) -> u64 {
        let all = self.believed.union(quirks);
        let alone = self.contradicted_alone(quirks).to_vec();
        let Search { lab, conforming, .. } = self;
        alone.into_iter().filter(|place| lab.breaks(&conforming[*place], all)).count() as u64
    }

    /// The places of the scenarios on which the implementation would not conform with the quirks alone.
    fn contradicted_alone(&mut self, quirks: QuirkSet) -> &[usize] {
        let Search { lab, conforming, contradicted, .. } = self;
        contradicted.entry(quirks).or_insert_with(|| {
            let comes_by = |subject: &Subject<'_>| subject.plain().met.difference(quirks) != subject.plain().met;
            let places = conforming.iter().enumerate().filter(|(_, subject)| comes_by(subject));
            places.filter(|(_, subject)| lab.breaks(subject, quirks)).map(|(place, _)| place).collect()
        })
    }
}

/// Whether a quirk that is behind so many cases is believed, against so many that contradict it.
fn outweighs(behind: u64, against: u64) -> bool {
    behind > 2 * against
}

/// What explains a case of some quirks: one alone, or else as few as it takes.
fn explained_by(lab: &mut Lab<'_>, open: &Open<'_>, quirks: QuirkSet) -> Option<QuirkSet> {
    if let Some(alone) = quirks.iter().find(|quirk| open.alone.contains(*quirk)) {
        return Some(alone.into());
    }
    let met = lab.plays(&open.subject, quirks).met;
    let is_concerned = met.difference(quirks) != met;
    (is_concerned && lab.explains(&open.subject, quirks)).then(|| reduced(lab, &open.subject, quirks, quirks))
}

/// Finds out which quirks explain a case alone.
fn look_at<'a>(lab: &mut Lab<'a>, case: &'a Case) -> Option<Open<'a>> {
    let subject = lab.case(case)?;
    let met = subject.plain().met;
    let mut alone = QuirkSet::NONE;
    for quirk in met.iter() {
        let played = lab.plays(&subject, quirk.into());
        if !subject.is_same(&played, subject.plain()) && lab.explains(&subject, quirk.into()) {
            alone = alone.with(quirk);
        }
    }
    Some(Open { subject, explained: QuirkSet::NONE, alone, met, ways: None })
}
