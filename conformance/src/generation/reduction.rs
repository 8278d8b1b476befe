//! Reduces a scenario until no single thing can be taken from it without losing what it shows.
//!
//! A thing is an operation, a callback, a body, an argument, an option, a node of a tree, an observed detail, a need, a limit of calls, a name or
//! the result of a call. Things are found in the JSON form of a scenario, so a new word of the language needs code here only if it contains operations. Only scenarios that
//! can be judged are offered: [`Reference::is_sound`] decides.
//!
//! A round offers every smaller scenario at once, so an implementation plays them as a batch. The next round also offers what several of them
//! leave together. [`minimal`] does all rounds with a function, and [`minimal_under`] with the model bent by quirks.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_model::{Quirk, QuirkSet};
use serde_json::Value as Json;

use super::events::starts_anew;
use super::{captures, names};
use crate::judge::Judge;
use crate::reference::Reference;
use crate::scenario::{Capability, Detail, Observe, Operation, Scenario};

/// At most this many parts of the good cuts are tried together.
const MOST_PARTS: usize = 8;

/// Reduces a scenario as long as a function holds for what is left. The result has plain names and decides no requirement.
pub fn minimal(scenario: &Scenario, reference: &mut Reference, still: impl FnMut(&Scenario) -> bool) -> Scenario {
    reduced(Reduction::new(scenario.clone()), reference, still)
}

fn reduced(mut reduction: Reduction, reference: &mut Reference, mut still: impl FnMut(&Scenario) -> bool) -> Scenario {
    loop {
        let still: Vec<bool> = reduction.candidates(reference).iter().map(&mut still).collect();
        if !reduction.take(&still) {
            return Scenario { requirements: Vec::new(), ..with_plain_names(reduction.best()) };
        }
    }
}

/// How a scenario shows a quirk of a bent model that may have others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shown {
    /// It does not, or nobody can tell.
    Not,
    /// The model deviates, and otherwise than it would without the quirk.
    AmongOthers,
    /// The model deviates, and would not without the quirk.
    Alone,
    /// So it does, and in the same way with this quirk and no other.
    Plainly,
}

/// How a scenario shows a quirk of a model that is bent by it and others.
pub fn shown(
    judge: &mut Judge,
    quirk: Quirk,
    all: QuirkSet,
    scenario: &Scenario,
    capabilities: &[Capability],
) -> Shown {
    let Ok(program) = judge.reference().compile(scenario) else { return Shown::Not };
    let mut plays = |quirks: QuirkSet| {
        let trace = judge.plays(quirks, &program, capabilities)?;
        // On an implementation it would end where the stack does.
        let ends = !judge.reference().ran_out();
        trace.observations().ok().filter(|_| ends)
    };
    let without = all.without(quirk);
    let Some(observed) = plays(all) else { return Shown::Not };
    let otherwise = plays(without);
    let mut permits =
        |quirks: QuirkSet, observed: &[Json]| judge.permits(quirks, scenario, &program, capabilities, observed);
    if permits(QuirkSet::NONE, &observed) || permits(without, &observed) {
        return Shown::Not;
    }
    match otherwise.is_some_and(|observed| permits(QuirkSet::NONE, &observed)) {
        true if permits(quirk.into(), &observed) => Shown::Plainly,
        true => Shown::Alone,
        false => Shown::AmongOthers,
    }
}

/// Reduces a scenario to what shows a quirk, on the model that is bent by it and others; none if the scenario doesn't show it.
///
/// A scenario that shows it alone, or plainly, still does in the end. A scenario that compares times is not reduced: in the model time passes at each
/// reading, but an implementation needs what the scenario does between two readings.
///
/// An implementation may have a quirk only in part, so the caller plays the result on it.
#[must_use]
pub fn minimal_under(
    quirk: Quirk,
    all: QuirkSet,
    scenario: &Scenario,
    capabilities: &[Capability],
) -> Option<Scenario> {
    if scenario.compares_times() {
        return None;
    }
    let mut judge = Judge::new();
    let mut shows = |scenario: &Scenario| shown(&mut judge, quirk, all, scenario, capabilities);
    let least = shows(scenario);
    (least != Shown::Not).then(|| {
        let reduction = Reduction { sees_ends: true, ..Reduction::new(scenario.clone()) };
        reduced(reduction, &mut Reference::new(), |scenario| shows(scenario) >= least)
    })
}

/// A scenario while it is reduced.
#[derive(Clone, Debug)]
pub struct Reduction {
    best: Scenario,
    /// What an implementation has that plays the scenario.
    allowed: BTreeSet<Capability>,
    /// What was offered last.
    offered: Vec<Candidate>,
    /// Several cuts at once, each of which was good alone.
    together: Vec<Candidate>,
    /// What was offered so far, as JSON text.
    seen: BTreeSet<String>,
    /// Whether limits of calls may be removed: `still` holds for no scenario that doesn't end.
    sees_ends: bool,
    /// Whether calls are made quiet too. That comes last: what a call gives may be the shortest way to show something.
    makes_quiet: bool,
}

/// A smaller scenario.
#[derive(Clone, Debug)]
struct Candidate {
    scenario: Scenario,
    weight: usize,
    /// How it comes from the scenario before.
    cuts: Vec<Cut>,
}

impl Reduction {
    /// Begins with a scenario.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        let mut allowed = scenario.capabilities();
        if allowed.contains(&Capability::ServiceWorker) || allowed.contains(&Capability::BackgroundFetch) {
            // A service worker has these, so its scenarios don't name them.
            let implied =
                [Capability::Script, Capability::EventTarget, Capability::Exceptions, Capability::GlobalEvents];
            allowed.extend(implied);
        }
        let observe = match scenario.observe {
            Observe::All => {
                let others =
                    [Detail::This, Detail::Arguments, Detail::Returns, Detail::Reported, Detail::Unhandled].into_iter();
                Observe::Details(others.chain(Detail::MEMBERS.map(|(detail, _)| detail)).collect())
            }
            details @ Observe::Details(_) => details,
        };
        let best = Scenario { observe, ..scenario };
        let (offered, together) = (Vec::new(), Vec::new());
        Reduction { best, allowed, offered, together, seen: BTreeSet::new(), sees_ends: false, makes_quiet: false }
    }

    /// Returns the smallest scenario so far.
    #[must_use]
    pub fn best(&self) -> &Scenario {
        &self.best
    }

    /// Returns smaller scenarios that can be judged, the smallest first. None is offered twice.
    pub fn candidates(&mut self, reference: &mut Reference) -> Vec<Scenario> {
        let whole = to_json(&self.best);
        let most = weight(&whole);
        let mut all = std::mem::take(&mut self.together);
        let mut quiet = Vec::new();
        each_cut(&whole, &mut |cuts| {
            let is_quiet = cuts.iter().any(|cut| cut.how == How::Quiet);
            if is_quiet {
                quiet.extend(cuts.iter().cloned());
            }
            if !is_quiet || self.makes_quiet {
                all.extend(candidate(&whole, cuts));
            }
        });
        if self.makes_quiet {
            all.extend(candidate(&whole, quiet));
        }
        all.retain(|candidate| {
            candidate.weight < most
                && self.seen.insert(to_json(&candidate.scenario).to_string())
                && self.is_allowed(&candidate.scenario)
                && reference.compile(&candidate.scenario).is_ok_and(|program| reference.is_sound(&program))
        });
        all.sort_by_key(|candidate| candidate.weight);
        self.offered = all;
        self.offered.iter().map(|candidate| candidate.scenario.clone()).collect()
    }

    /// Takes the smallest of the offered scenarios for which `still` holds; returns whether there may be a smaller one.
    pub fn take(&mut self, still: &[bool]) -> bool {
        let offered = std::mem::take(&mut self.offered).into_iter().zip(still);
        let good: Vec<Candidate> = offered.filter(|(_, still)| **still).map(|(candidate, _)| candidate).collect();
        let whole = to_json(&self.best);
        let mut single: Vec<&Cut> =
            good.iter().filter(|good| good.cuts.len() == 1).flat_map(|good| &good.cuts).collect();
        single.sort();
        let mut length = single.len();
        while length > 1 && length * MOST_PARTS >= single.len() {
            let parts = single.chunks(length).map(|part| part.iter().map(|cut| (*cut).clone()).collect());
            self.together.extend(parts.filter_map(|cuts| candidate(&whole, cuts)));
            length = length.div_ceil(2);
        }
        match good.into_iter().next() {
            Some(candidate) => {
                self.best = candidate.scenario;
                true
            }
            None => !std::mem::replace(&mut self.makes_quiet, true),
        }
    }

    /// Whether an implementation that plays the first scenario can play this one, and ends.
    fn is_allowed(&self, scenario: &Scenario) -> bool {
        // What calls itself for ever ends where the stack does, which is never the same place.
        let was_limited = |name| self.best.callbacks.get(name).is_some_and(|callback| callback.times.is_some());
        let is_limited = scenario.callbacks.iter().all(|(name, callback)| {
            self.sees_ends || callback.times.is_some() || !was_limited(name) || !callback.body.iter().any(starts_anew)
        });
        let names_capture = |scenario: &Scenario| scenario.needs.contains(&Capability::Capture);
        let needs_capture = names_capture(&self.best) && scenario.operations().any(captures);
        is_limited && (!needs_capture || names_capture(scenario)) && scenario.capabilities().is_subset(&self.allowed)
    }
}

/// Something that is taken from the JSON form of a scenario.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Cut {
    /// The place of the item in its container, after those of the containers around it.
    at: Vec<usize>,
    how: How,
}

/// What becomes of an item.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum How {
    /// It goes.
    Remove,
    /// It goes, and what it gives a name to, a path or an object, stands where the name stood.
    Inline,
    /// The event that it makes is a plain one.
    Plain,
    /// What its member of this name contains stands there instead.
    Unwrap(&'static str),
    /// The body of the callback stands among the steps instead, at their end.
    Hoist,
    /// The result of the call is not recorded.
    Quiet,
}

/// Operations that contain operations, and values that contain a value.
const WRAPPERS: &[&str] = &["microtask", "task", "worker", "page", "update", "do", "catch", "$getter", "$converts"];

/// Offers the cuts of a scenario: single things, and lists in parts.
fn each_cut(scenario: &Json, offer: &mut dyn FnMut(Vec<Cut>)) {
    for (place, (name, value)) in scenario.as_object().into_iter().flatten().enumerate() {
        let mut at = vec![place];
        match name.as_str() {
            "title" | "requirements" => {}
            "worker" => {
                offer(vec![Cut { at: at.clone(), how: How::Remove }]);
                inside(name, value, &mut at, offer);
            }
            "callbacks" => {
                for (of_callback, callback) in value.as_object().into_iter().flatten().map(|(_, it)| it).enumerate() {
                    if callback.get("do").is_some() {
                        offer(vec![Cut { at: vec![place, of_callback], how: How::Hoist }]);
                    }
                }
                inside(name, value, &mut at, offer);
            }
            _ => inside(name, value, &mut at, offer),
        }
    }
}

/// Offers the cuts inside of the value of a member.
fn inside(name: &str, json: &Json, at: &mut Vec<usize>, offer: &mut dyn FnMut(Vec<Cut>)) {
    let removed = |at: &[usize], places: std::ops::Range<usize>| {
        let cut = |place| Cut { at: at.iter().copied().chain([place]).collect(), how: How::Remove };
        places.map(cut).collect::<Vec<Cut>>()
    };
    let children: Vec<(&str, &Json)> = match json {
        Json::Array(items) => {
            let count = items.len();
            let mut length = count;
            while length > 0 {
                // An argument means what it does by its place, so only the last ones go.
                let first = if name == "args" { count - length } else { 0 };
                for start in (first..count).step_by(length) {
                    offer(removed(at, start..(start + length).min(count)));
                }
                length /= 2;
            }
            items.iter().map(|item| ("", item)).collect()
        }
        Json::Object(members) => {
            for (place, (name, _)) in members.iter().enumerate() {
                if !name.starts_with('$') {
                    offer(removed(at, place..place + 1));
                }
            }
            members.iter().map(|(name, value)| (name.as_str(), value)).collect()
        }
        _ => return,
    };
    for (place, (name, child)) in children.into_iter().enumerate() {
        at.push(place);
        for name in WRAPPERS {
            if child.get(name).is_some_and(|content| *name != "page" || !starts_a_fetch(content)) {
                offer(vec![Cut { at: at.clone(), how: How::Unwrap(name) }]);
            }
        }
        if alias(child).is_some() || literal(child).is_some() {
            offer(vec![Cut { at: at.clone(), how: How::Inline }]);
        }
        if is_special_event(child) {
            offer(vec![Cut { at: at.clone(), how: How::Plain }]);
        }
        if is_heard(child) {
            offer(vec![Cut { at: at.clone(), how: How::Quiet }]);
        }
        inside(name, child, at, offer);
        at.pop();
    }
}

/// The name that an operation gives to the value of a path, and the path.
fn alias(operation: &Json) -> Option<(String, String)> {
    let path = operation.get("object")?.as_str()?.strip_prefix('@')?;
    Some((operation.get("as")?.as_str()?.to_owned(), path.to_owned()))
}

/// The name that an operation gives to an object, and the object.
fn literal(operation: &Json) -> Option<(String, Json)> {
    let object = operation.get("object").filter(|object| object.is_object())?;
    Some((operation.get("as")?.as_str()?.to_owned(), object.clone()))
}

/// Puts an object where its name stands.
fn put(json: &mut Json, name: &str, object: &Json) {
    match json {
        Json::String(text) if text.strip_prefix('@') == Some(name) => *json = object.clone(),
        Json::Array(items) => items.iter_mut().for_each(|item| put(item, name, object)),
        Json::Object(members) => members.values_mut().for_each(|member| put(member, name, object)),
        _ => {}
    }
}

/// Whether an operation makes an event of another interface than `Event`, of those that are constructed alike.
fn is_special_event(operation: &Json) -> bool {
    let interface = operation.get("new").and_then(Json::as_str);
    interface.is_some_and(|interface| ["CustomEvent", "ErrorEvent", "ExtendableEvent"].contains(&interface))
}

/// Whether these operations start a background fetch. Where else than in a page one may be started is a rule of its own.
fn starts_a_fetch(operations: &Json) -> bool {
    operations.to_string().contains(".backgroundFetch.fetch\"")
}

/// The scenario that cuts leave, if it is one.
fn candidate(whole: &Json, mut cuts: Vec<Cut>) -> Option<Candidate> {
    // From the end, so that the places before stay what they are.
    cuts.sort();
    cuts.dedup_by(|next, kept| next.at == kept.at);
    let mut json = whole.clone();
    let mut aliases = BTreeMap::new();
    let mut literals = Vec::new();
    for cut in cuts.iter().rev() {
        if cut.how == How::Inline {
            let operation = cut.at.iter().try_fold(&mut json, |json, place| child(json, *place));
            aliases.extend(operation.as_deref().and_then(alias));
            literals.extend(operation.as_deref().and_then(literal));
        }
        apply(&mut json, cut)?;
    }
    // What is asked for a member is not one object any more.
    let is_asked = |name: &String| json.to_string().matches(&format!("@{name}\"")).count() != 1;
    if literals.iter().any(|(name, _)| is_asked(name) || json.to_string().contains(&format!("{name}."))) {
        return None;
    }
    literals.iter().for_each(|(name, object)| put(&mut json, name, object));
    let mut scenario: Scenario = serde_json::from_value(json).ok()?;
    if !aliases.is_empty() {
        scenario = names::renamed(&scenario, &aliases)?;
        // A path can't be named again.
        names::given(&scenario).iter().all(|name| !name.contains('.')).then_some(())?;
    }
    let weight = weight(&to_json(&scenario));
    Some(Candidate { scenario, weight, cuts })
}

fn apply(json: &mut Json, cut: &Cut) -> Option<()> {
    let (&last, containers) = cut.at.split_last()?;
    let container = containers.iter().try_fold(&mut *json, |json, place| child(json, *place))?;
    match cut.how {
        How::Remove | How::Inline => match container {
            Json::Array(items) => drop(items.remove(last)),
            Json::Object(members) => {
                let name = members.keys().nth(last)?.clone();
                members.shift_remove(&name);
            }
            _ => return None,
        },
        How::Plain => *child(container, last)?.get_mut("new")? = "Event".into(),
        How::Unwrap(name) => {
            let content = child(container, last)?.get_mut(name)?.take();
            match (container, content) {
                (Json::Array(items), Json::Array(content)) if !name.starts_with('$') => {
                    items.splice(last..=last, content);
                }
                (container, content) => *child(container, last)? = content,
            }
        }
        How::Hoist => {
            let body = child(container, last)?.as_object_mut()?.shift_remove("do")?;
            let steps = json.get_mut("steps")?.as_array_mut()?;
            let ends_with_drain = steps.last().is_some_and(|last| last.get("drain").is_some());
            let end = steps.len() - usize::from(ends_with_drain);
            steps.splice(end..end, body.as_array()?.iter().cloned());
        }
        How::Quiet => {
            child(container, last)?.as_object_mut()?.insert("quiet".to_owned(), true.into());
        }
    }
    Some(())
}

fn child(json: &mut Json, place: usize) -> Option<&mut Json> {
    match json {
        Json::Array(items) => items.get_mut(place),
        Json::Object(members) => members.values_mut().nth(place),
        _ => None,
    }
}

fn to_json(scenario: &Scenario) -> Json {
    serde_json::to_value(scenario).unwrap_or_default()
}

/// Returns the number of things in a JSON form. A call whose result is recorded is one more, and so is an event that is no plain one.
fn weight(json: &Json) -> usize {
    match json {
        Json::Array(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Json::Object(members) => {
            let things = members.iter().filter(|(name, _)| *name != "quiet").map(|(_, value)| weight(value));
            1 + things.sum::<usize>() + usize::from(is_heard(json)) + usize::from(is_special_event(json))
        }
        _ => 1,
    }
}

/// Whether it is a call whose result is recorded.
fn is_heard(json: &Json) -> bool {
    json.as_object().is_some_and(|members| members.contains_key("call") && !members.contains_key("quiet"))
}

/// The scenario with the names that its kind of objects usually has, in the order in which they are given: two that differ in
/// nothing else become the same.
#[must_use]
pub fn with_plain_names(scenario: &Scenario) -> Scenario {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut give = |name: &str, plain: &str| {
        if names.contains_key(name) {
            return;
        }
        let numbered = (2..).map(|number| format!("{plain}{number}"));
        let free = std::iter::once(plain.to_owned()).chain(numbered).find(|name| !used.contains(name));
        let free = free.unwrap_or_else(|| name.to_owned());
        used.insert(free.clone());
        names.insert(name.to_owned(), free);
    };
    for operation in scenario.steps.iter().chain(scenario.worker.iter().flatten()).chain(scenario.operations()) {
        match operation {
            Operation::New { interface, name: Some(name), .. } => give(name, plain(interface)),
            Operation::Promise { promise } => give(promise, "p"),
            Operation::Object { name, .. } => give(name, "o"),
            Operation::Class { name, .. } => give(name, "Sub"),
            Operation::Tree { tree } => tree.iter().for_each(|name| give(name, "n")),
            Operation::Construct { name: Some(name), .. } | Operation::Call { name: Some(name), .. } => give(name, "r"),
            _ => {}
        }
        if let Operation::Call { catch: Some(name), .. } = operation {
            give(name, "x");
        }
    }
    names::each(scenario, |name| {
        if scenario.callbacks.contains_key(name) {
            give(name, "f");
        }
    });
    names::renamed(scenario, &names).unwrap_or_else(|| scenario.clone())
}

fn plain(interface: &str) -> &'static str {
    match interface {
        "EventTarget" => "t",
        "AbortController" => "c",
        interface if interface.ends_with("Event") => "e",
        _ => "o",
    }
}
