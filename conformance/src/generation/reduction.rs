//! Makes a deviating scenario small: nothing is left in it that can go.
//!
//! All that can be left out of a scenario is offered at once, so an implementation plays many candidates in one batch; the
//! largest step that still deviates in the same way is taken, and so on until none does. That takes fewer rounds than walking a
//! value tree, whose next candidate depends on what became of the one before, and it holds for any scenario, drawn or written.

use std::collections::{BTreeMap, BTreeSet};

use super::events::starts_anew;
use super::names;
use crate::reference::Reference;
use crate::scenario::{Capability, Detail, Member, Observe, Operation, Outcome, Scenario, Value};

/// A scenario while it is made small.
#[derive(Clone, Debug)]
pub struct Reduction {
    best: Scenario,
    /// Whether it may need script: what begins without stays without.
    has_script: bool,
    /// What was offered last.
    offered: Vec<Candidate>,
    /// Several steps at once, each of which was good alone.
    together: Option<Scenario>,
}

/// A scenario with something left out.
#[derive(Clone, Debug)]
struct Candidate {
    scenario: Scenario,
    /// The operations that are left out, where it is no other change.
    without: BTreeSet<usize>,
}

impl Reduction {
    /// Begins with a scenario.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        let has_script = !needs_no_script(&scenario);
        Reduction { best: scenario, has_script, offered: Vec::new(), together: None }
    }

    /// The smallest so far.
    #[must_use]
    pub fn best(&self) -> &Scenario {
        &self.best
    }

    /// What might do instead, each a little smaller; the greatest steps first.
    pub fn candidates(&mut self, reference: &mut Reference) -> Vec<Scenario> {
        let size = size(&self.best);
        let mut offered: Vec<Candidate> = Vec::new();
        let together = self.together.take().map(|scenario| Candidate { scenario, without: BTreeSet::new() });
        let mut seen = BTreeSet::new();
        for candidate in together.into_iter().chain(smaller(&self.best)) {
            let is_new = seen.insert(candidate.scenario.id());
            let is_playable = self.has_script || needs_no_script(&candidate.scenario);
            if is_new
                && is_playable
                && self::size(&candidate.scenario) < size
                && is_whole(&candidate.scenario, reference)
            {
                offered.push(candidate);
            }
        }
        self.offered = offered;
        self.offered.iter().map(|candidate| candidate.scenario.clone()).collect()
    }

    /// Takes the greatest step of those that were offered and still deviate in the same way; whether there was one.
    pub fn take(&mut self, deviates: &[bool]) -> bool {
        let offered = std::mem::take(&mut self.offered);
        let good: Vec<Candidate> = offered
            .into_iter()
            .zip(deviates)
            .filter(|(_, deviates)| **deviates)
            .map(|(candidate, _)| candidate)
            .collect();
        let without: BTreeSet<usize> = good.iter().flat_map(|candidate| candidate.without.iter().copied()).collect();
        let several = good.iter().filter(|candidate| !candidate.without.is_empty()).count() > 1;
        self.together = several.then(|| without_operations(&self.best, &without));
        match good.into_iter().min_by_key(|candidate| size(&candidate.scenario)) {
            Some(candidate) => {
                self.best = candidate.scenario;
                true
            }
            None => false,
        }
    }
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

/// How much there is of it.
fn size(scenario: &Scenario) -> usize {
    let text = serde_json::to_string(scenario).map_or(usize::MAX, |text| text.len());
    // That all details count is the shortest to write and the most to look at.
    text + if scenario.observe == Observe::All { 1_000 } else { 0 }
}

/// Whether it speaks of nothing that it does not have.
fn is_whole(scenario: &Scenario, reference: &mut Reference) -> bool {
    reference.compile(scenario).is_ok_and(|program| reference.is_sound(&program))
}

fn needs_no_script(scenario: &Scenario) -> bool {
    let needs = scenario.capabilities();
    ![Capability::Script, Capability::ServiceWorker, Capability::BackgroundFetch].iter().any(|one| needs.contains(one))
}

fn smaller(scenario: &Scenario) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let count = scenario.operations().count();
    let mut length = count;
    while length > 0 {
        for start in (0..count).step_by(length) {
            let without: BTreeSet<usize> = (start..(start + length).min(count)).collect();
            candidates.push(Candidate { scenario: without_operations(scenario, &without), without });
        }
        length /= 2;
    }
    let mut other = |scenario: Scenario| candidates.push(Candidate { scenario, without: BTreeSet::new() });
    for at in 0..count {
        for edited in edited(scenario, at) {
            other(edited);
        }
    }
    for (name, callback) in &scenario.callbacks {
        let mut without = scenario.clone();
        without.callbacks.remove(name);
        other(without);
        // What calls itself for ever comes to an end where the stack does, which is never the same place.
        if callback.times.is_some() && !callback.body.iter().any(starts_anew) {
            let mut always = scenario.clone();
            if let Some(callback) = always.callbacks.get_mut(name) {
                callback.times = None;
            }
            other(always);
        }
    }
    if scenario.worker.as_ref().is_some_and(Vec::is_empty) {
        other(Scenario { worker: None, ..scenario.clone() });
    }
    for observe in less(&scenario.observe) {
        other(Scenario { observe, ..scenario.clone() });
    }
    for at in 0..scenario.needs.len() {
        let mut without = scenario.clone();
        without.needs.remove(at);
        other(without);
    }
    candidates
}

/// Fewer details.
fn less(observe: &Observe) -> Vec<Observe> {
    match observe {
        Observe::All => {
            let members = Detail::MEMBERS.into_iter().map(|(detail, _)| detail);
            let flags = [Detail::This, Detail::Arguments, Detail::Returns, Detail::Reported];
            vec![Observe::Details(Vec::new()), Observe::Details(flags.into_iter().chain(members).collect())]
        }
        Observe::Details(details) if details.is_empty() => Vec::new(),
        Observe::Details(details) => {
            let without = |at: usize| {
                let mut fewer = details.clone();
                fewer.remove(at);
                Observe::Details(fewer)
            };
            std::iter::once(Observe::Details(Vec::new())).chain((0..details.len()).map(without)).collect()
        }
    }
}

/// The scenario without the operations of these numbers, and without what is inside of them.
fn without_operations(scenario: &Scenario, numbers: &BTreeSet<usize>) -> Scenario {
    change(scenario, &mut |number, operation| {
        if numbers.contains(&number) { Vec::new() } else { vec![operation.clone()] }
    })
}

/// The scenario with simpler forms of the operation of a number.
fn edited(scenario: &Scenario, at: usize) -> Vec<Scenario> {
    let mut forms = Vec::new();
    change(scenario, &mut |number, operation| {
        if number == at {
            forms = simpler(operation);
        }
        vec![operation.clone()]
    });
    let with = |form: Vec<Operation>| {
        change(scenario, &mut |number, operation| if number == at { form.clone() } else { vec![operation.clone()] })
    };
    forms.into_iter().map(with).collect()
}

/// Gives each operation, with its number, to a function that says what stands there instead. Operations are numbered as they
/// stand, those inside of another after it. What comes instead is not looked into.
fn change(scenario: &Scenario, instead: &mut dyn FnMut(usize, &Operation) -> Vec<Operation>) -> Scenario {
    let mut next = 0;
    let mut changed = scenario.clone();
    for callback in changed.callbacks.values_mut() {
        callback.body = list(&callback.body, &mut next, instead);
    }
    changed.worker = changed.worker.as_deref().map(|operations| list(operations, &mut next, instead));
    changed.steps = list(&changed.steps, &mut next, instead);
    changed
}

fn list(
    operations: &[Operation],
    next: &mut usize,
    instead: &mut dyn FnMut(usize, &Operation) -> Vec<Operation>,
) -> Vec<Operation> {
    let mut changed = Vec::with_capacity(operations.len());
    for operation in operations {
        let number = *next;
        *next += 1;
        let mut inner = operation.clone();
        for operations in inner.inner_mut() {
            *operations = list(operations, next, instead);
        }
        let now = instead(number, operation);
        // Only what stays as it was has changes inside.
        if now.len() == 1 && now[0] == *operation { changed.push(inner) } else { changed.extend(now) }
    }
    changed
}

/// Simpler forms of an operation.
fn simpler(operation: &Operation) -> Vec<Vec<Operation>> {
    let mut forms: Vec<Vec<Operation>> = Vec::new();
    match operation {
        Operation::Microtask { microtask: list } | Operation::Task { task: list } => forms.push(list.clone()),
        Operation::Call { args, name, catch, .. } => {
            for args in simpler_list(args) {
                let mut form = operation.clone();
                if let Operation::Call { args: place, .. } = &mut form {
                    *place = args;
                }
                forms.push(vec![form]);
            }
            if name.is_some() || catch.is_some() {
                let mut form = operation.clone();
                if let Operation::Call { name, catch, .. } = &mut form {
                    (*name, *catch) = (None, None);
                }
                forms.push(vec![form]);
            }
        }
        Operation::New { args, .. } | Operation::Construct { args, .. } | Operation::Apply { args, .. } => {
            for args in simpler_list(args) {
                let mut form = operation.clone();
                if let Operation::New { args: place, .. }
                | Operation::Construct { args: place, .. }
                | Operation::Apply { args: place, .. } = &mut form
                {
                    *place = args;
                }
                forms.push(vec![form]);
            }
        }
        Operation::Set { set, to } => {
            forms.extend(simpler_value(to).into_iter().map(|to| vec![Operation::Set { set: set.clone(), to }]));
        }
        Operation::Object { object, name } => {
            let named = |object| vec![Operation::Object { object, name: name.clone() }];
            forms.extend(simpler_value(object).into_iter().map(named));
        }
        Operation::Tree { tree } if tree.len() > 1 => {
            forms.push(vec![Operation::Tree { tree: tree[1..].to_vec() }]);
            forms.push(vec![Operation::Tree { tree: tree[..tree.len() - 1].to_vec() }]);
        }
        _ => {}
    }
    forms
}

/// Arguments with the last one left out, or one of them simpler.
fn simpler_list(values: &[Value]) -> Vec<Vec<Value>> {
    let mut forms = Vec::new();
    if let Some((_, before)) = values.split_last() {
        forms.push(before.to_vec());
    }
    for (at, value) in values.iter().enumerate() {
        for simple in simpler_value(value) {
            let mut form = values.to_vec();
            form[at] = simple;
            forms.push(form);
        }
    }
    forms
}

fn simpler_value(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(members) => {
            let without = |at: usize| {
                let mut fewer = members.clone();
                fewer.remove(at);
                Value::Object(fewer)
            };
            let mut forms: Vec<Value> = (0..members.len()).map(without).collect();
            for (at, (_, member)) in members.iter().enumerate() {
                let simple = match member {
                    Member::Getter(Outcome::Gives(value)) => vec![value.clone()],
                    Member::Getter(Outcome::Throws(_)) => Vec::new(),
                    Member::Data(value) => simpler_value(value),
                };
                for value in simple {
                    let mut form = members.clone();
                    form[at].1 = Member::Data(value);
                    forms.push(Value::Object(form));
                }
            }
            forms
        }
        Value::Array(items) => {
            let without = |at: usize| {
                let mut fewer = items.clone();
                fewer.remove(at);
                Value::Array(fewer)
            };
            (0..items.len()).map(without).collect()
        }
        Value::Converts(outcome) => match outcome.as_ref() {
            Outcome::Gives(value) => vec![value.clone()],
            Outcome::Throws(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}
