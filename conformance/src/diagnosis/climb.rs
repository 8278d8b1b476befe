//! Looks for the quirks behind one case, from the first observation to the last.
//!
//! A quirk is added where it brings the model nearer to what was observed: along with more observations, or with more values of the
//! next. Of many such sets a few go on. Quirks that are believed come first, so that a case is laid to as few others as can be.

use std::cmp::Reverse;

use bgfspec_model::{Quirk, QuirkSet};

use super::lab::{Lab, Played, Subject};
use crate::judge::Nearness;

/// So many sets go on after each quirk.
const WIDTH: usize = 4;

/// A case is laid to so many quirks at most.
const MOST: usize = 8;

/// A set of quirks on its way.
struct State {
    quirks: QuirkSet,
    played: Played,
    nearness: Nearness,
}

/// Sets of quirks that explain a case, with as few that are not believed as were found; each needs all of its quirks.
pub(super) fn climb(lab: &mut Lab<'_>, subject: &Subject<'_>, believed: QuirkSet) -> Vec<QuirkSet> {
    let mut found = from(lab, subject, QuirkSet::NONE, believed);
    if !believed.is_empty() {
        found.extend(from(lab, subject, believed, believed));
    }
    let mut sets: Vec<QuirkSet> = Vec::new();
    for set in found {
        let set = reduced(lab, subject, set, believed);
        sets.extend(std::iter::once(set).chain(alternatives(lab, subject, set, believed)));
    }
    let fewest = sets.iter().map(|set| set.difference(believed).len()).min().unwrap_or_default();
    sets.retain(|set| set.difference(believed).len() == fewest);
    sets.sort();
    sets.dedup();
    sets
}

/// The set without quirks that it does not need; those that are not believed go first.
pub(super) fn reduced(lab: &mut Lab<'_>, subject: &Subject<'_>, mut set: QuirkSet, believed: QuirkSet) -> QuirkSet {
    let new = set.difference(believed);
    for quirk in new.iter().chain(set.difference(new).iter()) {
        if set.len() > 1 && lab.explains(subject, set.without(quirk)) {
            set = set.without(quirk);
        }
    }
    set
}

fn from(lab: &mut Lab<'_>, subject: &Subject<'_>, start: QuirkSet, believed: QuirkSet) -> Vec<QuirkSet> {
    let nearness = lab.nearness(subject, start);
    if nearness == Nearness::There && !start.is_empty() {
        return vec![start];
    }
    let played = lab.plays(subject, start);
    let mut states = vec![State { quirks: start, played, nearness }];
    let mut found = Vec::new();
    for _ in 0..MOST {
        let mut next: Vec<State> = Vec::new();
        for state in &states {
            grow(lab, subject, state, believed, &mut next, &mut found);
        }
        if !found.is_empty() {
            return found;
        }
        let rank = |state: &State| (Reverse(state.nearness), state.quirks.difference(believed).len(), state.quirks);
        next.sort_by_key(rank);
        next.truncate(WIDTH);
        states = next;
    }
    found
}

/// The sets of one quirk more that are nearer; what explains the case is found.
fn grow(
    lab: &mut Lab<'_>,
    subject: &Subject<'_>,
    state: &State,
    believed: QuirkSet,
    next: &mut Vec<State>,
    found: &mut Vec<QuirkSet>,
) {
    let candidates = state.played.met.union(subject.plain().met).difference(state.quirks);
    let old = candidates.difference(candidates.difference(believed));
    for quirk in old.iter().chain(candidates.difference(believed).iter()) {
        let quirks = state.quirks.with(quirk);
        let played = lab.plays(subject, quirks);
        let is_known = |known: &State| subject.is_same(&known.played, &played);
        if is_known(state) || next.iter().any(is_known) {
            continue;
        }
        let nearness = lab.nearness(subject, quirks);
        if nearness == Nearness::There {
            found.push(quirks);
        } else if nearness > state.nearness {
            next.push(State { quirks, played, nearness });
        }
    }
}

/// The sets that do the same with another quirk in the place of one that is not believed.
fn alternatives(lab: &mut Lab<'_>, subject: &Subject<'_>, set: QuirkSet, believed: QuirkSet) -> Vec<QuirkSet> {
    let mut sets = Vec::new();
    for quirk in set.difference(believed).iter() {
        let rest = set.without(quirk);
        let asked = lab.plays(subject, rest).met.union(subject.plain().met);
        let others: Vec<Quirk> = asked.difference(set).iter().collect();
        for other in others {
            if lab.explains(subject, rest.with(other)) {
                sets.push(rest.with(other));
            }
        }
    }
    sets
}
