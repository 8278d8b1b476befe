//! What happens to a worker: messages, stops, updates, background fetches and the user's acts.
//!
//! Each stimulus is followed by a drain, since the specifications leave open how much of it has happened before the next.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Union};

use super::Can;
use super::events::{call, observe, on_event, path, text};
use crate::scenario::{Callback, CallbackKind, Ending, Operation, Scenario, True, Value};

type Operations = Vec<Operation>;

const CALLBACKS: [&str; 3] = ["f", "g", "h"];

/// The background fetch that all is about.
const FETCH: &str = "film";

/// Lives for who can do this.
pub(super) fn scenarios(can: Can) -> BoxedStrategy<Scenario> {
    let callbacks = vec(vec(inside(can), 0..4), CALLBACKS.len());
    let script = vec(listen(can), 1..4);
    let steps = vec(stimulus(can), 1..6);
    (callbacks, script, any::<bool>(), steps, observe())
        .prop_map(move |(callbacks, script, fetches, steps, observe)| {
            let named = CALLBACKS.iter().zip(callbacks).map(|(name, body)| {
                let body = body.into_iter().flatten().collect();
                ((*name).to_owned(), Callback { kind: CallbackKind::Function, times: None, body })
            });
            let begin = (fetches && can.background_fetch).then(|| vec![start()]);
            let steps = begin.into_iter().chain(steps).flat_map(|step| step.into_iter().chain([drain()]));
            Scenario {
                title: "A generated life of a worker".to_owned(),
                requirements: Vec::new(),
                observe,
                needs: Vec::new(),
                callbacks: named.collect::<BTreeMap<_, _>>(),
                // Each time that the worker starts there is a promise, whoever settles it.
                worker: Some(script.into_iter().flatten().chain([promise()]).collect()),
                steps: steps.collect(),
            }
        })
        .boxed()
}

fn drain() -> Operation {
    Operation::Drain { drain: True }
}

fn promise() -> Operation {
    Operation::Promise { promise: "p".to_owned() }
}

/// A page starts the background fetch.
fn start() -> Operation {
    let fetch = call("registration.backgroundFetch.fetch".to_owned(), vec![text(FETCH), text("/film")]);
    Operation::Page { page: vec![fetch] }
}

fn types(can: Can) -> Vec<&'static str> {
    let mut types = vec!["install", "activate"];
    if can.messages {
        types.extend(["message"; 3]);
    }
    if can.background_fetch {
        types.extend(["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"]);
    }
    if can.real_click {
        types.extend(["backgroundfetchclick"; 5]);
    }
    types
}

/// A way to listen.
fn listen(can: Can) -> BoxedStrategy<Operations> {
    let options = select(vec![None, None, None, Some("once"), Some("capture")]);
    (select(types(can)), select(CALLBACKS.to_vec()), options, 0_u8..4)
        .prop_map(|(kind, callback, option, how)| {
            if how == 0 {
                return vec![Operation::Set { set: format!("self.on{kind}"), to: path(callback) }];
            }
            let mut args = vec![text(kind), path(callback)];
            args.extend(option.map(|option| super::events::object([(option, Value::Bool(true))])));
            vec![call("self.addEventListener".to_owned(), args)]
        })
        .boxed()
}

/// Something that a callback of the worker does.
fn inside(can: Can) -> BoxedStrategy<Operations> {
    let extend = select(vec![Value::Number(1.0), path("p"), path("p"), Value::Null])
        .prop_map(|value| vec![call("event.waitUntil".to_owned(), vec![value])]);
    let promise =
        Just(vec![Operation::Promise { promise: "p".to_owned() }, call("event.waitUntil".to_owned(), vec![path("p")])]);
    let later = Union::new_weighted(vec![
        (2, Just(vec![Operation::Note { note: "later".to_owned() }]).boxed()),
        (3, Just(vec![call("event.waitUntil".to_owned(), vec![Value::Number(1.0)])]).boxed()),
        (1, on_event("event")),
    ]);
    let later = (later, any::<bool>()).prop_map(|(list, soon)| {
        vec![if soon { Operation::Microtask { microtask: list } } else { Operation::Task { task: list } }]
    });
    let mut kinds = vec![
        (3, select(vec!["1", "2"]).prop_map(|note| vec![Operation::Note { note: note.to_owned() }]).boxed()),
        (3, on_event("event")),
        (3, extend.boxed()),
        (3, promise.boxed()),
        (2, later.boxed()),
        (2, listen(can)),
        (1, Just(vec![Operation::Throw { throw: Value::Error("boom".to_owned()) }]).boxed()),
        (1, Just(vec![Operation::Return { value: Value::Bool(false) }]).boxed()),
    ];
    if can.background_fetch {
        let members = vec!["id", "downloaded", "downloadTotal", "result", "failureReason", "recordsAvailable"];
        let get = select(members);
        kinds.push((
            2,
            get.prop_map(|member| vec![Operation::Get { get: format!("event.registration.{member}") }]).boxed(),
        ));
    }
    if can.real_click && can.windows {
        let open = Operation::Call {
            call: "self.clients.openWindow".to_owned(),
            args: vec![text("/opened")],
            name: Some("w".to_owned()),
            catch: None,
            quiet: None,
        };
        let open = vec![open, call("event.waitUntil".to_owned(), vec![path("w")])];
        kinds.push((1, Just(open).boxed()));
    }
    Union::new_weighted(kinds).boxed()
}

/// Something from outside, or something that the running worker does.
fn stimulus(can: Can) -> BoxedStrategy<Operations> {
    let settle = any::<bool>().prop_map(|well| {
        let (name, with) = ("p".to_owned(), Value::Number(1.0));
        vec![if well { Operation::Resolve { resolve: name, with } } else { Operation::Reject { reject: name, with } }]
    });
    let update = (vec(listen(can), 0..3), subsequence(vec![()], 0..=1)).prop_map(|(script, skip)| {
        let mut update: Operations =
            skip.into_iter().map(|()| call("self.skipWaiting".to_owned(), Vec::new())).collect();
        update.extend(script.into_iter().flatten());
        vec![Operation::Update { update }]
    });
    let mut kinds = vec![(2, settle.boxed()), (2, update.boxed()), (1, listen(can))];
    if can.messages {
        kinds.push((5, Just(vec![Operation::Message { message: "hello".to_owned() }]).boxed()));
    }
    if can.worker_stop {
        kinds.push((2, Just(vec![Operation::Stop { stop: True }]).boxed()));
    }
    if can.background_fetch {
        let ends = select(vec![Ending::Success, Ending::BadStatus, Ending::FetchError]);
        kinds.push((1, Just(vec![start()]).boxed()));
        kinds.push((1, Just(vec![Operation::Progress { progress: FETCH.to_owned(), bytes: 3 }]).boxed()));
        kinds.push((2, ends.prop_map(|how| vec![Operation::Finish { finish: FETCH.to_owned(), how }]).boxed()));
        kinds.push((1, Just(vec![Operation::ClosePage { close_page: True }]).boxed()));
    }
    if can.real_click {
        kinds.push((6, Just(vec![Operation::Click { click: FETCH.to_owned(), newest: true }]).boxed()));
        kinds.push((1, Just(vec![Operation::UserAbort { user_abort: FETCH.to_owned() }]).boxed()));
    }
    Union::new_weighted(kinds).boxed()
}
