//! All scenarios up to a size, up to renaming.
//!
//! Callbacks are named in the order in which a scenario first speaks of them, so of all that differ in names alone one is there.

use std::collections::BTreeMap;

use super::events::{call, new, object, path, text};
use crate::reference::Reference;
use crate::scenario::{Callback, Observe, Operation, Scenario, True, Value};

/// A set of scenarios that is gone through to its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Space {
    /// Listeners that change the list of listeners while an event is dispatched.
    Dispatch,
    /// What a worker lives through.
    Lives,
}

/// At most so many listeners are added before the first dispatch.
const LISTENERS: usize = 3;

/// At most so many operations stand in all callbacks together.
const OPERATIONS: usize = 3;

/// At most so many stimuli make a life.
const STIMULI: usize = 5;

const CALLBACKS: [&str; 3] = ["f", "g", "h"];

impl Space {
    /// All spaces.
    pub const ALL: [Space; 2] = [Space::Dispatch, Space::Lives];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Space::Dispatch => "dispatch",
            Space::Lives => "lives",
        }
    }

    /// How far it goes, as a sentence.
    #[must_use]
    pub fn bound(self) -> String {
        match self {
            Space::Dispatch => format!(
                "Up to {LISTENERS} listeners of one target, plain or once, of up to {} callbacks; up to {OPERATIONS} operations in \
                 the callbacks, of which those that dispatch do it in their first three calls: add a listener, remove one, stopImmediatePropagation(), dispatch another event; one dispatch or two.",
                CALLBACKS.len()
            ),
            Space::Lives => format!(
                "Up to {STIMULI} stimuli of a worker whose message listener extends the event by a promise: a message, a stop, \
                 settling the promise, a listener added late."
            ),
        }
    }

    /// Its scenarios, in an order that is always the same.
    #[must_use]
    pub fn scenarios(self) -> Box<dyn Iterator<Item = Scenario>> {
        match self {
            Space::Dispatch => Box::new(dispatches()),
            Space::Lives => Box::new(lives()),
        }
    }
}

/// What a callback does to the list of listeners.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Act {
    Add(usize),
    Remove(usize),
    StopNow,
    Dispatch,
}

/// A listener: the callback, and whether it is called once.
type Listener = (usize, bool);

fn dispatches() -> impl Iterator<Item = Scenario> {
    lists().into_iter().flat_map(|list| {
        bodies(&list).into_iter().flat_map(move |bodies| {
            let list = list.clone();
            [1, 2].into_iter().map(move |times| dispatch(&list, &bodies, times))
        })
    })
}

/// The lists of listeners, shortest first.
fn lists() -> Vec<Vec<Listener>> {
    let mut all: Vec<Vec<Listener>> = Vec::new();
    let mut longest: Vec<Vec<Listener>> = vec![Vec::new()];
    for _ in 0..LISTENERS {
        longest = longest.iter().flat_map(|list| longer(list)).collect();
        all.extend(longest.iter().cloned());
    }
    all
}

fn longer(list: &[Listener]) -> Vec<Vec<Listener>> {
    let known = list.iter().map(|(callback, _)| callback + 1).max().unwrap_or(0);
    let callbacks = 0..=known.min(CALLBACKS.len() - 1);
    let with = |callback, once| list.iter().copied().chain([(callback, once)]).collect();
    callbacks.flat_map(|callback| [with(callback, false), with(callback, true)]).collect()
}

/// What the callbacks of a list may do, in all ways.
fn bodies(list: &[Listener]) -> Vec<Vec<Vec<Act>>> {
    let known = list.iter().map(|(callback, _)| callback + 1).max().unwrap_or(0);
    let mut all = Vec::new();
    extend(0, known, OPERATIONS, &mut vec![Vec::new(); CALLBACKS.len()], &mut all);
    all
}

fn extend(at: usize, known: usize, left: usize, bodies: &mut Vec<Vec<Act>>, all: &mut Vec<Vec<Vec<Act>>>) {
    if at + 1 < known {
        extend(at + 1, known, left, bodies, all);
    } else {
        all.push(bodies.clone());
    }
    if left == 0 {
        return;
    }
    let add = (0..=known.min(CALLBACKS.len() - 1)).map(Act::Add);
    let acts = add.chain((0..known).map(Act::Remove)).chain([Act::StopNow, Act::Dispatch]);
    for act in acts.collect::<Vec<_>>() {
        let known = if let Act::Add(callback) = act { known.max(callback + 1) } else { known };
        bodies[at].push(act);
        extend(at, known, left - 1, bodies, all);
        bodies[at].pop();
    }
}

fn dispatch(list: &[Listener], bodies: &[Vec<Act>], times: usize) -> Scenario {
    let mut steps = vec![
        new("EventTarget", Vec::new(), "t"),
        new("Event", vec![text("x")], "e"),
        new("Event", vec![text("x")], "i"),
    ];
    for &(callback, once) in list {
        let options = once.then(|| object([("once", Value::Bool(true))]));
        let args = [text("x"), path(CALLBACKS[callback])].into_iter().chain(options).collect();
        steps.push(call("t.addEventListener".to_owned(), args));
    }
    steps.extend((0..times).map(|_| call("t.dispatchEvent".to_owned(), vec![path("e")])));
    let callback = |acts: &Vec<Act>| Callback {
        // Whoever lets an event be dispatched while it is being dispatched would go on for ever.
        times: acts.contains(&Act::Dispatch).then_some(3),
        body: acts.iter().map(|act| operation(*act)).collect(),
        ..Callback::default()
    };
    let callbacks = CALLBACKS.iter().zip(bodies).map(|(name, acts)| ((*name).to_owned(), callback(acts)));
    scenario("All ways to change the list of listeners", callbacks.collect(), None, steps)
}

fn operation(act: Act) -> Operation {
    match act {
        Act::Add(callback) => call("t.addEventListener".to_owned(), vec![text("x"), path(CALLBACKS[callback])]),
        Act::Remove(callback) => call("t.removeEventListener".to_owned(), vec![text("x"), path(CALLBACKS[callback])]),
        Act::StopNow => call("event.stopImmediatePropagation".to_owned(), Vec::new()),
        Act::Dispatch => call("t.dispatchEvent".to_owned(), vec![path("i")]),
    }
}

fn scenario(
    title: &str,
    callbacks: BTreeMap<String, Callback>,
    worker: Option<Vec<Operation>>,
    steps: Vec<Operation>,
) -> Scenario {
    Scenario {
        title: title.to_owned(),
        requirements: Vec::new(),
        observe: Observe::Details(Vec::new()),
        needs: Vec::new(),
        callbacks,
        worker,
        steps,
    }
}

/// What happens to a worker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stimulus {
    Message,
    Stop,
    Settle,
    Listen,
}

fn lives() -> impl Iterator<Item = Scenario> {
    let kinds = [Stimulus::Message, Stimulus::Stop, Stimulus::Settle, Stimulus::Listen];
    let mut all: Vec<Vec<Stimulus>> = Vec::new();
    let mut longest: Vec<Vec<Stimulus>> = vec![Vec::new()];
    for _ in 0..STIMULI {
        let with = |life: &Vec<Stimulus>| kinds.map(|kind| life.iter().copied().chain([kind]).collect::<Vec<_>>());
        longest = longest.iter().flat_map(with).collect();
        all.extend(longest.iter().cloned());
    }
    let mut reference = Reference::new();
    // Two stops are one, and what was made before a stop can't be spoken of after it.
    let twice = |life: &[Stimulus]| life.windows(2).any(|pair| pair == [Stimulus::Stop, Stimulus::Stop]);
    all.into_iter()
        .filter(move |stimuli| !twice(stimuli))
        .map(|stimuli| life(&stimuli))
        .filter(move |scenario| reference.compile(scenario).is_ok_and(|program| reference.is_sound(&program)))
}

fn life(stimuli: &[Stimulus]) -> Scenario {
    let drain = || Operation::Drain { drain: True };
    let listen = |name: &str| call("self.addEventListener".to_owned(), vec![text("message"), path(name)]);
    let promise = Operation::Promise { promise: "p".to_owned() };
    let extend = |value| call("event.waitUntil".to_owned(), vec![value]);
    let f = Callback { body: vec![promise, extend(path("p"))], ..Callback::default() };
    let g = Callback { body: vec![extend(Value::Number(1.0))], ..Callback::default() };
    let steps = stimuli.iter().flat_map(|stimulus| {
        let step = match stimulus {
            Stimulus::Message => Operation::Message { message: "hello".to_owned() },
            Stimulus::Stop => Operation::Stop { stop: True },
            Stimulus::Settle => Operation::Resolve { resolve: "p".to_owned(), with: Value::Number(1.0) },
            Stimulus::Listen => listen("g"),
        };
        [step, drain()]
    });
    let callbacks = BTreeMap::from([("f".to_owned(), f), ("g".to_owned(), g)]);
    scenario("All lives of a worker", callbacks, Some(vec![listen("f")]), steps.collect())
}
