//! Programs about events in one realm: listeners, dispatches, and what changes them while they run.
//!
//! All speak of the same few names, so that operations meet. Bodies run a few times at most, so that every program ends.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Union};

use super::Can;
use crate::scenario::{
    Callback, CallbackKind, Detail, Member, Observe, Operation, Outcome, Scenario, Special, True, Value,
};

/// Where a program's events are dispatched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum World {
    /// At targets that stand alone.
    Alone,
    /// In a tree.
    Tree,
    /// At a signal that aborts.
    Signal,
    /// At the global object.
    Global,
}

impl World {
    /// The targets, one more often than another.
    fn targets(self, can: Can) -> Vec<&'static str> {
        let mut targets = match self {
            World::Alone => vec!["t", "t", "t", "u"],
            World::Tree => vec!["a", "b", "c", "c"],
            World::Signal => vec!["c.signal", "c.signal", "d.signal", "t"],
            World::Global => vec!["self", "self", "t"],
        };
        if can.abort && self == World::Alone {
            targets.push("c.signal");
        }
        targets
    }

    /// The types, one more often than another.
    fn types(self) -> Vec<&'static str> {
        match self {
            World::Signal => vec!["abort", "abort", "abort", "x"],
            World::Global => vec!["x", "x", "install", "y"],
            World::Alone | World::Tree => vec!["x", "x", "x", "x", "y", ""],
        }
    }

    fn handlers(self, can: Can) -> Vec<&'static str> {
        match self {
            World::Signal => vec!["c.signal.onabort", "d.signal.onabort"],
            World::Global if can.service_worker => vec!["self.oninstall", "self.onactivate"],
            World::Alone | World::Tree if can.abort => vec!["c.signal.onabort"],
            _ => Vec::new(),
        }
    }
}

const CALLBACKS: [&str; 4] = ["f", "g", "h", "k"];

/// Programs for who can do this.
pub(super) fn scenarios(can: Can) -> BoxedStrategy<Scenario> {
    let mut worlds = vec![(4, World::Alone)];
    if can.tree {
        worlds.push((3, World::Tree));
    }
    if can.abort {
        worlds.push((2, World::Signal));
    }
    if can.global {
        worlds.push((1, World::Global));
    }
    // Made once: that takes longer than to draw from it.
    Union::new_weighted(worlds.into_iter().map(|(weight, world)| (weight, in_world(world, can))).collect()).boxed()
}

fn in_world(world: World, can: Can) -> BoxedStrategy<Scenario> {
    let body = vec(inside(world, can), 0..4);
    let callback = (body, select(vec![None, None, Some(1), Some(2)]));
    let callbacks = vec(callback, CALLBACKS.len());
    let first = vec(add(world, can), 1..5);
    let rest = vec(outside(world, can), 1..7);
    (events(can), callbacks, first, rest, observe())
        .prop_map(move |(events, callbacks, first, rest, observe)| {
            let named = CALLBACKS.iter().zip(callbacks).map(|(name, (body, times))| {
                let body: Operations = body.into_iter().flatten().collect();
                // What starts something anew might go on for ever.
                let most = body.iter().any(starts_anew).then_some(2);
                let times = if body.is_empty() { None } else { times.or(most) };
                ((*name).to_owned(), Callback { kind: CallbackKind::Function, times, body })
            });
            let mut steps = preamble(world, can);
            steps.extend(events);
            steps.extend(first.into_iter().chain(rest).flatten());
            if can.promises {
                steps.push(Operation::Drain { drain: True });
            }
            Scenario {
                title: "A generated scenario".to_owned(),
                requirements: Vec::new(),
                observe,
                needs: Vec::new(),
                callbacks: named.collect::<BTreeMap<_, _>>(),
                worker: None,
                steps,
            }
        })
        .boxed()
}

/// Whether an operation may bring about that callbacks are called again.
pub(super) fn starts_anew(operation: &Operation) -> bool {
    match operation {
        Operation::Call { call, .. } => call.ends_with(".dispatchEvent") || call.ends_with(".abort"),
        Operation::Microtask { .. } | Operation::Task { .. } => true,
        _ => false,
    }
}

/// What all programs of a world speak of.
fn preamble(world: World, can: Can) -> Vec<Operation> {
    let mut made = vec![new("EventTarget", Vec::new(), "t")];
    if world == World::Alone {
        made.push(new("EventTarget", Vec::new(), "u"));
    }
    if world == World::Tree {
        made.push(Operation::Tree { tree: ["a", "b", "c"].map(str::to_owned).into() });
    }
    if can.abort {
        made.push(new("AbortController", Vec::new(), "c"));
        if world == World::Signal {
            made.push(new("AbortController", Vec::new(), "d"));
        }
    }
    let handler = ("handleEvent".to_owned(), Member::Data(path("h")));
    made.push(Operation::Object { object: Value::Object(vec![handler]), name: "o".to_owned() });
    made
}

/// Two events.
fn events(can: Can) -> BoxedStrategy<Vec<Operation>> {
    let event = move |name: &'static str| {
        let interface = if can.custom_event { vec!["Event", "Event", "Event", "CustomEvent"] } else { vec!["Event"] };
        let kind = select(vec!["x", "x", "x", "abort", "install", "y"]);
        let members = subsequence(vec!["bubbles", "cancelable", "composed"], 0..=3);
        (select(interface), kind, members).prop_map(move |(interface, kind, members)| {
            let mut args = vec![text(kind)];
            if !members.is_empty() {
                args.push(object(members.into_iter().map(|member| (member, Value::Bool(true)))));
            }
            new(interface, args, name)
        })
    };
    (event("e"), event("i")).prop_map(|(e, i)| vec![e, i]).boxed()
}

/// What of the trace counts: nothing but who is called, a few members, or all.
pub(super) fn observe() -> BoxedStrategy<Observe> {
    let flags = vec![Detail::This, Detail::Arguments, Detail::Returns, Detail::Reported];
    let members: Vec<Detail> = Detail::MEMBERS.into_iter().map(|(detail, _)| detail).collect();
    let members: Vec<Detail> = members.into_iter().filter(|detail| *detail != Detail::Registration).collect();
    let some = Union::new_weighted(vec![
        (3, Just(Vec::new()).boxed()),
        (3, subsequence(members.clone(), 1..4).boxed()),
        (1, Just(members).boxed()),
    ]);
    (subsequence(flags, 0..=4), some)
        .prop_map(|(flags, members)| Observe::Details(flags.into_iter().chain(members).collect()))
        .boxed()
}

type Operations = Vec<Operation>;

/// Something that a script does outside of callbacks.
fn outside(world: World, can: Can) -> BoxedStrategy<Operations> {
    let mut kinds = vec![
        (8, dispatch(world, can, "i")),
        (5, add(world, can)),
        (2, remove(world, can)),
        (1, on_event("e")),
        (1, Just(vec![Operation::Read { read: "e".to_owned() }]).boxed()),
    ];
    kinds.extend(anywhere(world, can));
    if can.promises {
        kinds.push((1, Just(vec![Operation::Drain { drain: True }]).boxed()));
    }
    Union::new_weighted(kinds).boxed()
}

/// Something that a callback does.
fn inside(world: World, can: Can) -> BoxedStrategy<Operations> {
    let value = select(vec![Value::Bool(true), Value::Bool(false), Value::Null, Value::Special(Special::Undefined)]);
    let mut kinds = vec![
        (3, select(vec!["1", "2"]).prop_map(|note| vec![Operation::Note { note: note.to_owned() }]).boxed()),
        (4, add(world, can)),
        (4, remove(world, can)),
        (3, dispatch(world, can, "event")),
        (6, on_event("event")),
        (1, Just(vec![Operation::Read { read: "event".to_owned() }]).boxed()),
        (1, value.prop_map(|value| vec![Operation::Return { value }]).boxed()),
        (1, Just(vec![Operation::Throw { throw: Value::Error("boom".to_owned()) }]).boxed()),
    ];
    kinds.extend(anywhere(world, can));
    if can.promises {
        let later = vec(
            Union::new_weighted(vec![
                (2, Just(vec![Operation::Note { note: "later".to_owned() }]).boxed()),
                (2, on_event("event")),
                (1, dispatch(world, can, "event")),
                (1, add(world, can)),
                (1, remove(world, can)),
            ]),
            1..3,
        );
        let later = (later, any::<bool>()).prop_map(|(list, soon)| {
            let list: Operations = list.into_iter().flatten().collect();
            vec![if soon { Operation::Microtask { microtask: list } } else { Operation::Task { task: list } }]
        });
        kinds.push((3, later.boxed()));
    }
    Union::new_weighted(kinds).boxed()
}

/// What may stand in callbacks and outside.
fn anywhere(world: World, can: Can) -> Vec<(u32, BoxedStrategy<Operations>)> {
    let mut kinds = Vec::new();
    let handlers = world.handlers(can);
    if !handlers.is_empty() {
        let value = Union::new_weighted(vec![
            (6, select(vec!["f", "g", "h"]).prop_map(path).boxed()),
            (2, Just(Value::Null).boxed()),
            (1, select(vec![path("o"), Value::Number(1.0), text("f"), Value::Special(Special::Undefined)]).boxed()),
        ]);
        let set =
            (select(handlers.clone()), value).prop_map(|(set, to)| vec![Operation::Set { set: set.to_owned(), to }]);
        kinds.push((2, set.boxed()));
        kinds.push((1, select(handlers).prop_map(|get| vec![Operation::Get { get: get.to_owned() }]).boxed()));
    }
    if can.abort {
        let (weight, controllers) = if world == World::Signal { (4, vec!["c", "c", "d"]) } else { (1, vec!["c"]) };
        let reason = select(vec![None, Some(text("why")), Some(Value::Null), Some(Value::Special(Special::Undefined))]);
        let abort = (select(controllers.clone()), reason);
        let abort = abort.prop_map(|(name, reason)| vec![call(format!("{name}.abort"), reason.into_iter().collect())]);
        kinds.push((weight, abort.boxed()));
        let read = (select(controllers), select(vec!["aborted", "reason", "throwIfAborted"]));
        let read = read.prop_map(|(name, member)| {
            let path = format!("{name}.signal.{member}");
            vec![if member == "throwIfAborted" { call(path, Vec::new()) } else { Operation::Get { get: path } }]
        });
        kinds.push((1, read.boxed()));
        if world == World::Signal {
            kinds.push((1, dependent()));
        }
    }
    kinds
}

/// A signal that depends on others, with a listener.
fn dependent() -> BoxedStrategy<Operations> {
    let sources = subsequence(vec!["c.signal", "d.signal"], 1..=2);
    (sources, select(vec!["f", "g"]))
        .prop_map(|(sources, callback)| {
            let sources = Value::Array(sources.into_iter().map(path).collect());
            let any = Operation::Call {
                call: "AbortSignal.any".to_owned(),
                args: vec![sources],
                name: Some("s".to_owned()),
                catch: None,
                quiet: Some(True),
            };
            vec![any, call("s.addEventListener".to_owned(), vec![text("abort"), path(callback)])]
        })
        .boxed()
}

/// What a script does to an event or asks of it.
pub(super) fn on_event(name: &'static str) -> BoxedStrategy<Operations> {
    let calls = vec![
        "preventDefault",
        "preventDefault",
        "stopPropagation",
        "stopPropagation",
        "stopImmediatePropagation",
        "stopImmediatePropagation",
        "composedPath",
    ];
    let calls = select(calls).prop_map(move |method| vec![call(format!("{name}.{method}"), Vec::new())]);
    let sets = vec![("returnValue", false), ("returnValue", true), ("cancelBubble", true), ("cancelBubble", false)];
    let sets = select(sets)
        .prop_map(move |(member, to)| vec![Operation::Set { set: format!("{name}.{member}"), to: Value::Bool(to) }]);
    // What the path is has a method of its own, and only some events have a registration.
    let has_getter = |detail: &Detail| !matches!(detail, Detail::ComposedPath | Detail::Registration);
    let members = Detail::MEMBERS.into_iter().filter(|(detail, _)| has_getter(detail)).map(|(_, name)| name);
    let members: Vec<&str> = members.collect();
    let gets = select(members).prop_map(move |member| vec![Operation::Get { get: format!("{name}.{member}") }]);
    let init =
        (select(vec!["x", "y", ""]), any::<bool>(), any::<bool>()).prop_map(move |(kind, bubbles, cancelable)| {
            let args = vec![text(kind), Value::Bool(bubbles), Value::Bool(cancelable)];
            vec![call(format!("{name}.initEvent"), args)]
        });
    Union::new_weighted(vec![(5, calls.boxed()), (1, sets.boxed()), (2, gets.boxed()), (1, init.boxed())]).boxed()
}

/// A dispatch of one of the two events, or, seldom, of something else.
fn dispatch(world: World, can: Can, else_what: &'static str) -> BoxedStrategy<Operations> {
    let event = Union::new_weighted(vec![
        (12, Just(path("e")).boxed()),
        (5, Just(path("i")).boxed()),
        (1, select(vec![path(else_what), Value::Null, path("o")]).boxed()),
    ]);
    (select(world.targets(can)), event)
        .prop_map(|(target, event)| vec![call(format!("{target}.dispatchEvent"), vec![event])])
        .boxed()
}

fn add(world: World, can: Can) -> BoxedStrategy<Operations> {
    (select(world.targets(can)), select(world.types()), callback(), options(can))
        .prop_map(|(target, kind, callback, options)| {
            let args = [text(kind), callback].into_iter().chain(options).collect();
            vec![call(format!("{target}.addEventListener"), args)]
        })
        .boxed()
}

fn remove(world: World, can: Can) -> BoxedStrategy<Operations> {
    let options = Union::new_weighted(vec![
        (5, Just(None).boxed()),
        (2, any::<bool>().prop_map(|capture| Some(Value::Bool(capture))).boxed()),
        (2, any::<bool>().prop_map(|capture| Some(object([("capture", Value::Bool(capture))]))).boxed()),
        (
            1,
            select(vec![Value::Null, object([("once", Value::Bool(true))]), Value::Number(1.0)]).prop_map(Some).boxed(),
        ),
    ]);
    (select(world.targets(can)), select(world.types()), callback(), options)
        .prop_map(|(target, kind, callback, options)| {
            let args = [text(kind), callback].into_iter().chain(options).collect();
            vec![call(format!("{target}.removeEventListener"), args)]
        })
        .boxed()
}

fn callback() -> BoxedStrategy<Value> {
    Union::new_weighted(vec![
        (20, select(vec!["f", "f", "g", "g", "h", "k"]).prop_map(path).boxed()),
        (3, Just(path("o")).boxed()),
        (1, Just(Value::Null).boxed()),
        (1, odd_callback()),
    ])
    .boxed()
}

fn odd_callback() -> BoxedStrategy<Value> {
    let handler = |member| Value::Object(vec![("handleEvent".to_owned(), member)]);
    select(vec![
        Value::Special(Special::Undefined),
        Value::Number(1.0),
        text("f"),
        Value::Object(Vec::new()),
        handler(Member::Getter(Outcome::Gives(path("f")))),
        handler(Member::Getter(Outcome::Throws(Value::Error("get".to_owned())))),
        handler(Member::Data(Value::Number(1.0))),
    ])
    .boxed()
}

/// The third argument, or nothing.
fn options(can: Can) -> BoxedStrategy<Option<Value>> {
    let flags = subsequence(vec!["capture", "once", "passive"], 1..=3);
    let flags = (flags, 0_u8..8).prop_map(|(members, unset)| {
        object(members.into_iter().enumerate().map(|(at, member)| (member, Value::Bool(unset != at as u8))))
    });
    let odd = select(vec![
        Value::Null,
        Value::Special(Special::Undefined),
        Value::Number(0.0),
        Value::Number(1.0),
        text("capture"),
        Value::Object(Vec::new()),
        Value::Object(vec![("capture".to_owned(), Member::Getter(Outcome::Gives(Value::Bool(true))))]),
        Value::Object(vec![("once".to_owned(), Member::Getter(Outcome::Throws(Value::Error("get".to_owned()))))]),
        object([("capture", Value::Number(1.0)), ("once", Value::Null)]),
    ]);
    let mut kinds = vec![
        (8, Just(None).boxed()),
        (3, any::<bool>().prop_map(|capture| Some(Value::Bool(capture))).boxed()),
        (7, flags.prop_map(Some).boxed()),
        (1, odd.prop_map(Some).boxed()),
    ];
    if can.abort {
        let signal = (any::<bool>(), any::<bool>()).prop_map(|(once, capture)| {
            let mut members = vec![("signal", path("c.signal"))];
            members.extend(once.then_some(("once", Value::Bool(true))));
            members.extend(capture.then_some(("capture", Value::Bool(true))));
            object(members)
        });
        let wrong =
            select(vec![object([("signal", Value::Null)]), object([("signal", Value::Special(Special::Undefined))])]);
        kinds.push((3, signal.prop_map(Some).boxed()));
        kinds.push((1, wrong.prop_map(Some).boxed()));
    }
    Union::new_weighted(kinds).boxed()
}

pub(super) fn new(interface: &str, args: Vec<Value>, name: &str) -> Operation {
    Operation::New { interface: interface.to_owned(), args, name: Some(name.to_owned()) }
}

pub(super) fn call(path: String, args: Vec<Value>) -> Operation {
    Operation::Call { call: path, args, name: None, catch: None, quiet: None }
}

pub(super) fn path(name: &str) -> Value {
    Value::Path(name.to_owned())
}

pub(super) fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

pub(super) fn object<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), Member::Data(value))).collect())
}
