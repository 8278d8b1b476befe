//! Named scenarios in other company: seen in more or less detail, one after another, inside of a dispatch, with an operation
//! more or less.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::{Strategy, any};
use proptest::sample::{Index, select};
use proptest::strategy::{BoxedStrategy, Union};

use super::Can;
use super::events::{call, new, observe, path, text};
use super::names;
use crate::scenario::{Callback, Capability, Observe, Operation, Scenario, True};

type Pool = Arc<[Scenario]>;

fn pool(scenarios: &[&Scenario]) -> Pool {
    scenarios.iter().map(|scenario| Scenario { requirements: Vec::new(), ..(*scenario).clone() }).collect()
}

fn one_of(pool: &Pool) -> BoxedStrategy<Scenario> {
    let pool = Arc::clone(pool);
    any::<Index>().prop_map(move |index| index.get(&pool).clone()).boxed()
}

/// Whether it has to do with a clock: what is done in another order there may come out in more ways than the model knows.
fn tells_time(scenario: &Scenario) -> bool {
    let capabilities = scenario.capabilities();
    let looks = |operation: &Operation| match operation {
        Operation::Ordered { .. } => true,
        Operation::Get { get } => get.ends_with(".timeStamp"),
        _ => false,
    };
    capabilities.contains(&Capability::Timers)
        || capabilities.contains(&Capability::Performance)
        || scenario.operations().any(looks)
}

/// Variations of scenarios without a worker of their own.
pub(super) fn of_plain(scenarios: &[&Scenario], can: Can) -> BoxedStrategy<Scenario> {
    let all = pool(scenarios);
    let (timed, timeless): (Vec<&Scenario>, Vec<&Scenario>) =
        scenarios.iter().copied().partition(|scenario| tells_time(scenario));
    let (timed, pool) = (pool(&timed), pool(&timeless));
    if pool.is_empty() {
        return one_of(&all);
    }
    let seen = (one_of(&all), observe()).prop_map(|(scenario, observe)| {
        if tells_time(&scenario) { scenario } else { Scenario { observe, ..scenario } }
    });
    let joined = (one_of(&pool), one_of(&pool)).prop_map(|(first, second)| one_after_another(first, second));
    let changed = (one_of(&pool), any::<[Index; 3]>(), select(Change::ALL.to_vec()))
        .prop_map(|(scenario, places, change)| with(scenario, change, places));
    let mut kinds = vec![(3, seen.boxed()), (3, joined.boxed()), (4, changed.boxed())];
    if !timed.is_empty() {
        // Nothing else of these is drawn.
        kinds.push((1, one_of(&timed)));
    }
    if can.constructor {
        kinds.push((2, one_of(&pool).prop_map(inside_a_dispatch).boxed()));
    }
    Union::new_weighted(kinds).boxed()
}

/// Variations of lives of workers.
pub(super) fn of_lives(scenarios: &[&Scenario]) -> BoxedStrategy<Scenario> {
    let pool = pool(scenarios);
    let joined = (one_of(&pool), one_of(&pool)).prop_map(|(first, second)| {
        if first.worker.is_some() == second.worker.is_some() && !(fetches(&first) && fetches(&second)) {
            one_after_another(first, second)
        } else {
            first
        }
    });
    Union::new_weighted(vec![(1, one_of(&pool)), (2, joined.boxed())]).boxed()
}

/// Whether it is about background fetches: two that are would get into each other's way.
fn fetches(scenario: &Scenario) -> bool {
    scenario.capabilities().contains(&Capability::BackgroundFetch)
}

/// The steps of one scenario after those of the other.
fn one_after_another(first: Scenario, second: Scenario) -> Scenario {
    let others: BTreeMap<String, String> =
        names::given(&second).into_iter().map(|name| (name.clone(), format!("{name}2"))).collect();
    let Some(second) = names::renamed(&second, &others) else { return first };
    let mut both = first;
    let stimuli = both.steps.iter().chain(&second.steps).any(Operation::is_stimulus);
    both.title = format!("{}; then: {}", both.title, second.title);
    both.observe = union(both.observe, second.observe);
    both.needs.extend(second.needs);
    both.needs.sort();
    both.needs.dedup();
    both.callbacks.extend(second.callbacks);
    both.worker = match (both.worker, second.worker) {
        (None, None) => None,
        (first, second) => Some(first.into_iter().chain(second).flatten().collect()),
    };
    // What the first left to be done is not the second's.
    both.steps.extend(stimuli.then_some(Operation::Drain { drain: True }));
    both.steps.extend(second.steps);
    both
}

fn union(first: Observe, second: Observe) -> Observe {
    match (first, second) {
        (Observe::Details(mut first), Observe::Details(second)) => {
            first.extend(second);
            first.sort();
            first.dedup();
            Observe::Details(first)
        }
        _ => Observe::All,
    }
}

/// The steps of a scenario as what a listener does.
fn inside_a_dispatch(scenario: Scenario) -> Scenario {
    let ends = |operation: &Operation| operation.is_stimulus() || matches!(operation, Operation::Throw { .. });
    let at = scenario.steps.iter().position(ends).unwrap_or(scenario.steps.len());
    let mut scenario = scenario;
    let rest = scenario.steps.split_off(at);
    let body = std::mem::take(&mut scenario.steps);
    scenario.title = format!("In a listener: {}", scenario.title);
    scenario.callbacks.insert("outer".to_owned(), Callback { times: Some(1), body, ..Callback::default() });
    scenario.steps = vec![
        new("EventTarget", Vec::new(), "outer-target"),
        call("outer-target.addEventListener".to_owned(), vec![text("outer"), path("outer")]),
        new("Event", vec![text("outer")], "outer-event"),
        call("outer-target.dispatchEvent".to_owned(), vec![path("outer-event")]),
    ];
    scenario.steps.extend(rest);
    scenario
}

/// A small change of a scenario.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// One operation is left out.
    Drop,
    /// One operation is done twice.
    Repeat,
    /// Two neighbours change places.
    Swap,
    /// A callback of the scenario gets the body of another as well.
    Share,
}

impl Change {
    const ALL: [Change; 4] = [Change::Drop, Change::Repeat, Change::Swap, Change::Share];
}

/// A scenario with a change, or as it was where the change makes none of it.
fn with(scenario: Scenario, change: Change, places: [Index; 3]) -> Scenario {
    let mut changed = scenario.clone();
    match change {
        Change::Share if changed.callbacks.len() > 1 => {
            let keys: Vec<String> = changed.callbacks.keys().cloned().collect();
            let from = changed.callbacks[places[0].get(&keys)].body.clone();
            // Bodies that call each other would go on for ever.
            if let Some(callback) = changed.callbacks.get_mut(places[1].get(&keys)) {
                callback.body.extend(from);
                callback.times = Some(callback.times.unwrap_or(2).min(2));
            }
        }
        _ => {
            let mut lists: Vec<&mut Vec<Operation>> = vec![&mut changed.steps];
            lists.extend(changed.callbacks.values_mut().map(|callback| &mut callback.body));
            lists.retain(|list| list.len() > 1);
            if lists.is_empty() {
                return scenario;
            }
            let list = places[0].index(lists.len());
            let list = &mut *lists[list];
            let at = places[1].index(list.len() - 1);
            match change {
                Change::Drop => drop(list.remove(at)),
                Change::Repeat => list.insert(at, list[at].clone()),
                Change::Swap => list.swap(at, at + 1),
                Change::Share => {}
            }
            for callback in changed.callbacks.values_mut().filter(|callback| !callback.body.is_empty()) {
                callback.times = Some(callback.times.unwrap_or(3).min(3));
            }
        }
    }
    changed
}
