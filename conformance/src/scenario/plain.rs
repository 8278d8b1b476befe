//! Which scenarios need no script: those that a library without a JavaScript engine can play.
//!
//! `SCENARIOS.md` says what they are made of. Nothing in them is converted, everything in them has the type that the interfaces ask
//! for, and nobody looks at functions, properties or prototypes: that is another language's business, or nobody's.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Member, Value};
use super::{Callback, CallbackKind, Detail, Observe, Operation, Scenario};

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Target,
    Event,
    Controller,
    Signal,
    /// What `dispatchEvent()` gave.
    Flag,
}

/// Whether a scenario can be played without script.
pub(super) fn is_plain(scenario: &Scenario) -> bool {
    let names = Names::of(scenario);
    names.are_plain
        && scenario.worker.is_none()
        && is_plain_view(scenario)
        && scenario.callbacks.values().all(|Callback { kind, body, .. }| {
            *kind == CallbackKind::Function
                && body.iter().all(|operation| names.are_plain_in(operation, Place::Callback))
        })
        && scenario.steps.iter().all(|operation| names.are_plain_in(operation, Place::Steps))
}

/// Whether a scenario looks only at what there is without script. That a method gives nothing holds by type there: results count only
/// where a method is called that gives something.
fn is_plain_view(scenario: &Scenario) -> bool {
    let gives = |operation: &Operation| match operation {
        Operation::Call { call, .. } => call.ends_with(".dispatchEvent") || call.ends_with(".composedPath"),
        _ => false,
    };
    match &scenario.observe {
        Observe::All => false,
        Observe::Details(details) => details.iter().all(|detail| match detail {
            Detail::Start | Detail::This | Detail::Arguments | Detail::Registration => false,
            Detail::Returns => scenario.operations().any(gives),
            _ => true,
        }),
    }
}

/// What is left of a scenario without script: the operations that are plain, and the details that can be seen.
pub(super) fn made_plain(mut scenario: Scenario) -> Scenario {
    scenario.worker = None;
    for callback in scenario.callbacks.values_mut() {
        callback.kind = CallbackKind::Function;
    }
    // What one operation gives a name may be all that made another plain.
    loop {
        let whole = scenario.clone();
        let names = Names::of(&whole);
        scenario.steps.retain(|operation| names.are_plain_in(operation, Place::Steps));
        for callback in scenario.callbacks.values_mut() {
            callback.body.retain(|operation| names.are_plain_in(operation, Place::Callback));
        }
        if scenario == whole {
            break;
        }
    }
    let details = match &scenario.observe {
        Observe::All => Detail::MEMBERS.iter().map(|(detail, _)| *detail).collect(),
        Observe::Details(details) => details.clone(),
    };
    let seen = |detail: &Detail| {
        scenario.observe = Observe::Details(vec![*detail]);
        is_plain_view(&scenario)
    };
    let seen: Vec<Detail> = details.into_iter().filter(seen).collect();
    Scenario { observe: Observe::Details(seen), ..scenario }
}

/// Where an operation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Steps,
    Callback,
}

/// What the names of a scenario stand for, as far as they are plain.
struct Names<'a> {
    objects: BTreeMap<&'a str, Kind>,
    callbacks: &'a BTreeMap<String, Callback>,
    /// Whether each stands for one kind of things that is plain.
    are_plain: bool,
}

impl<'a> Names<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let mut names = Names { objects: BTreeMap::new(), callbacks: &scenario.callbacks, are_plain: true };
        let mut clashing = BTreeSet::new();
        let mut aliases = Vec::new();
        for operation in scenario.operations() {
            match operation {
                Operation::New { interface, name: Some(name), .. } => match interface.as_str() {
                    "EventTarget" => names.give(name, Kind::Target, &mut clashing),
                    "Event" => names.give(name, Kind::Event, &mut clashing),
                    "AbortController" => names.give(name, Kind::Controller, &mut clashing),
                    _ => names.are_plain = false,
                },
                Operation::Call { name: Some(name), .. } => names.give(name, Kind::Flag, &mut clashing),
                Operation::Tree { tree } => tree.iter().for_each(|name| names.give(name, Kind::Target, &mut clashing)),
                Operation::Object { object: Value::Path(path), name } => aliases.push((name.as_str(), path.as_str())),
                Operation::Object { name, .. } => {
                    clashing.insert(name.as_str());
                }
                _ => {}
            }
        }
        // An alias may be one of an alias.
        while !aliases.is_empty() {
            let before = aliases.len();
            let mut open = Vec::new();
            for (name, path) in aliases {
                match names.kind(path) {
                    Some(kind) => names.give(name, kind, &mut clashing),
                    None => open.push((name, path)),
                }
            }
            if open.len() == before {
                clashing.extend(open.into_iter().map(|(name, _)| name));
                break;
            }
            aliases = open;
        }
        names.are_plain &= clashing.is_empty();
        names.objects.retain(|name, _| !clashing.contains(name));
        names
    }

    fn give(&mut self, name: &'a str, kind: Kind, clashing: &mut BTreeSet<&'a str>) {
        let before = self.objects.insert(name, kind);
        if before.is_some_and(|before| before != kind) || self.callbacks.contains_key(name) {
            clashing.insert(name);
        }
    }

    /// The kind of the object that a path gives.
    fn kind(&self, path: &str) -> Option<Kind> {
        let (owner, member) = match path.rsplit_once('.') {
            Some((owner, member)) => (self.kind(owner)?, member),
            None if path == "event" => return Some(Kind::Event),
            None => return self.objects.get(path).copied(),
        };
        match (owner, member) {
            (Kind::Event, "target" | "currentTarget" | "srcElement") => Some(Kind::Target),
            (Kind::Controller, "signal") => Some(Kind::Signal),
            _ => None,
        }
    }

    fn is(&self, value: &Value, wanted: Kind) -> bool {
        let kind = if let Value::Path(path) = value { self.kind(path) } else { None };
        kind == Some(wanted) || (wanted == Kind::Target && kind == Some(Kind::Signal))
    }

    fn is_object(&self, value: &Value) -> bool {
        matches!(value, Value::Path(path) if self.kind(path).is_some_and(|kind| kind != Kind::Flag))
    }

    fn is_callback(&self, value: &Value) -> bool {
        matches!(value, Value::Path(path) if self.callbacks.contains_key(path))
    }

    fn are_plain_in(&self, operation: &Operation, place: Place) -> bool {
        match operation {
            Operation::New { interface, args, .. } => match (interface.as_str(), args.as_slice()) {
                ("EventTarget" | "AbortController", []) | ("Event", [Value::String(_)]) => true,
                ("Event", [Value::String(_), Value::Object(init)]) => {
                    are_flags(init, &["bubbles", "cancelable", "composed"])
                }
                _ => false,
            },
            Operation::Call { call, args, name, catch: None, .. } => {
                call.rsplit_once('.').is_some_and(|(owner, method)| {
                    (name.is_none() || method == "dispatchEvent") && self.is_plain_call(owner, method, args)
                })
            }
            Operation::Get { get } if self.kind(get) == Some(Kind::Flag) => true,
            Operation::Get { get } => get.rsplit_once('.').is_some_and(|(owner, member)| match self.kind(owner) {
                Some(Kind::Event) => {
                    !matches!(member, "composedPath" | "registration")
                        && Detail::MEMBERS.iter().any(|(_, known)| *known == member)
                }
                Some(Kind::Signal) => member == "aborted",
                _ => false,
            }),
            Operation::Set { set, to: Value::Bool(_) } => set.rsplit_once('.').is_some_and(|(owner, member)| {
                self.kind(owner) == Some(Kind::Event) && matches!(member, "cancelBubble" | "returnValue")
            }),
            Operation::Read { read } => self.kind(read) == Some(Kind::Event),
            Operation::Same { same } => same.iter().all(|value| self.is_object(value)),
            Operation::Object { object, .. } => self.is_object(object),
            Operation::Throw { throw: Value::Error(_) } => place == Place::Callback,
            Operation::Note { .. } | Operation::Tree { .. } => true,
            _ => false,
        }
    }

    fn is_plain_call(&self, owner: &str, method: &str, args: &[Value]) -> bool {
        match (self.kind(owner), method, args) {
            (Some(Kind::Target | Kind::Signal), "addEventListener", [Value::String(_), callback, options @ ..]) => {
                self.is_callback(callback) && self.are_options(options, &["capture", "once", "passive"])
            }
            (Some(Kind::Target | Kind::Signal), "removeEventListener", [Value::String(_), callback, options @ ..]) => {
                self.is_callback(callback) && self.are_options(options, &["capture"])
            }
            (Some(Kind::Target | Kind::Signal), "dispatchEvent", [event]) => self.is(event, Kind::Event),
            (
                Some(Kind::Event),
                "preventDefault" | "stopPropagation" | "stopImmediatePropagation" | "composedPath",
                [],
            ) => true,
            (Some(Kind::Event), "initEvent", [Value::String(_), Value::Bool(_), Value::Bool(_)]) => true,
            (Some(Kind::Controller), "abort", []) => true,
            _ => false,
        }
    }

    /// Whether these are the last argument of `addEventListener` and its like, or nothing.
    fn are_options(&self, options: &[Value], flags: &[&str]) -> bool {
        match options {
            [] | [Value::Bool(_)] => true,
            [Value::Object(members)] => members.iter().all(|(name, member)| match member {
                Member::Data(Value::Bool(_)) => flags.contains(&name.as_str()),
                Member::Data(value) => name == "signal" && flags.contains(&"once") && self.is(value, Kind::Signal),
                Member::Getter(_) => false,
            }),
            _ => false,
        }
    }
}

fn are_flags(members: &[(String, Member)], flags: &[&str]) -> bool {
    members
        .iter()
        .all(|(name, member)| flags.contains(&name.as_str()) && matches!(member, Member::Data(Value::Bool(_))))
}
