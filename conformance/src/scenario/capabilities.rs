//! What a scenario needs of an implementation.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::{Member, Outcome, Value};
use super::{CallbackKind, Operation, Scenario};

/// What an implementation lets a test do and see.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// Construct `Event` and `EventTarget`, dispatch.
    EventTarget,
    /// The interface `CustomEvent`.
    CustomEvent,
    /// The interface `ErrorEvent`.
    ErrorEventInterface,
    /// The interface `DOMException`.
    DomException,
    /// `AbortController` and `AbortSignal`.
    Abort,
    /// Real time passes: `AbortSignal.timeout()` ends.
    Timers,
    /// `performance.now()`.
    Performance,
    /// Promises, microtasks and tasks can be waited for.
    Promises,
    /// The global object is an `EventTarget` whose `error` event shows reported exceptions.
    GlobalEvents,
    /// Rejections that nobody handles are announced.
    UnhandledRejections,
    /// A tree of nodes.
    Tree,
    /// The main realm is a service worker.
    ServiceWorker,
    /// A worker is started, stopped and updated on demand.
    WorkerLife,
    /// Background Fetch, with an abstract network.
    BackgroundFetch,
    /// The interface of a background fetch can be activated.
    RealClick,
    /// The WebDriver command.
    Webdriver,
    /// Opened windows are seen.
    Windows,
}

use Capability as C;

impl Capability {
    /// All capabilities.
    pub const ALL: [Capability; 17] = [
        C::EventTarget,
        C::CustomEvent,
        C::ErrorEventInterface,
        C::DomException,
        C::Abort,
        C::Timers,
        C::Performance,
        C::Promises,
        C::GlobalEvents,
        C::UnhandledRejections,
        C::Tree,
        C::ServiceWorker,
        C::WorkerLife,
        C::BackgroundFetch,
        C::RealClick,
        C::Webdriver,
        C::Windows,
    ];

    /// Its name, as agents and the command line say it.
    #[must_use]
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The capability of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capability| capability.name() == name)
    }
}

impl Scenario {
    /// All that it needs of an implementation.
    #[must_use]
    pub fn capabilities(&self) -> BTreeSet<Capability> {
        let mut needs: BTreeSet<Capability> = self.needs.iter().copied().collect();
        if self.worker.is_some() {
            needs.extend([C::ServiceWorker, C::WorkerLife]);
        }
        if self.callbacks.values().any(|callback| callback.kind == CallbackKind::Async) {
            needs.insert(C::Promises);
        }
        for operation in self.operations() {
            of_operation(operation, &mut needs);
        }
        if needs.contains(&C::ServiceWorker) {
            // A service worker has all that every global has.
            needs.remove(&C::EventTarget);
        }
        needs
    }
}

fn of_operation(operation: &Operation, needs: &mut BTreeSet<Capability>) {
    match operation {
        Operation::New { interface, args, .. } => {
            of_name(interface, needs);
            of_values(args, needs);
        }
        Operation::Construct { construct: path, args, .. } | Operation::Call { call: path, args, .. } => {
            of_path(path, needs);
            of_values(args, needs);
        }
        Operation::Class { class, .. } => of_name(class, needs),
        Operation::Apply { apply, this, args } => {
            of_path(apply, needs);
            of_value(this, needs);
            of_values(args, needs);
        }
        Operation::Get { get: path }
        | Operation::Describe { describe: path }
        | Operation::In { path }
        | Operation::ClassOf { path }
        | Operation::Read { read: path } => of_path(path, needs),
        // Whether something exists can be asked wherever there is a global to ask.
        Operation::Typeof { path } => {
            if let Some(name) = path.split('.').nth(1) {
                of_name(name, needs);
            }
        }
        Operation::Set { set, to } => {
            of_path(set, needs);
            of_value(to, needs);
        }
        Operation::Setter { setter, this, to } => {
            of_path(setter, needs);
            of_value(this, needs);
            of_value(to, needs);
        }
        Operation::Instanceof { instanceof, interface } => {
            of_value(instanceof, needs);
            of_name(interface, needs);
        }
        Operation::Same { same } => of_values(same, needs),
        Operation::Prototype { prototype, of } => {
            of_path(prototype, needs);
            of_path(of, needs);
        }
        Operation::Ordered { ordered } => of_values(ordered, needs),
        Operation::Object { object, .. } => of_value(object, needs),
        Operation::Throw { throw: value } | Operation::Return { value } => of_value(value, needs),
        Operation::Note { .. } => {}
        Operation::Microtask { .. } | Operation::Task { .. } | Operation::Drain { .. } | Operation::Promise { .. } => {
            needs.insert(C::Promises);
        }
        Operation::Resolve { with, .. } | Operation::Reject { with, .. } => of_value(with, needs),
        Operation::Then { then, .. } => {
            needs.insert(C::Promises);
            of_path(then, needs);
        }
        Operation::Tree { .. } => {
            needs.insert(C::Tree);
        }
        Operation::Worker { .. } | Operation::Page { .. } => {
            needs.insert(C::ServiceWorker);
        }
        Operation::Stop { .. }
        | Operation::Update { .. }
        | Operation::Timeout { .. }
        | Operation::FailStarts { .. } => needs.extend([C::ServiceWorker, C::WorkerLife]),
        Operation::Click { .. } => needs.extend([C::BackgroundFetch, C::RealClick]),
        Operation::Progress { .. }
        | Operation::Upload { .. }
        | Operation::Finish { .. }
        | Operation::UserAbort { .. }
        | Operation::Pause { .. }
        | Operation::Resume { .. }
        | Operation::Permission { .. } => {
            needs.insert(C::BackgroundFetch);
        }
        Operation::Webdriver { .. } => needs.extend([C::BackgroundFetch, C::Webdriver]),
    }
}

fn of_values(values: &[Value], needs: &mut BTreeSet<Capability>) {
    values.iter().for_each(|value| of_value(value, needs));
}

fn of_value(value: &Value, needs: &mut BTreeSet<Capability>) {
    match value {
        Value::Path(path) => of_path(path, needs),
        Value::Converts(outcome) => of_outcome(outcome, needs),
        Value::Array(items) => of_values(items, needs),
        Value::Object(members) => {
            for (_, member) in members {
                match member {
                    Member::Data(value) => of_value(value, needs),
                    Member::Getter(outcome) => of_outcome(outcome, needs),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Special(_) | Value::Error(_) => {}
    }
}

fn of_outcome(outcome: &Outcome, needs: &mut BTreeSet<Capability>) {
    match outcome {
        Outcome::Gives(value) | Outcome::Throws(value) => of_value(value, needs),
    }
}

fn of_path(path: &str, needs: &mut BTreeSet<Capability>) {
    let mut parts = path.split('.');
    let root = parts.next().unwrap_or_default();
    let member = parts.next().unwrap_or_default();
    match root {
        "self" => {
            needs.insert(C::GlobalEvents);
            match member {
                "registration" | "clients" | "skipWaiting" => {
                    needs.insert(C::ServiceWorker);
                }
                member if member.starts_with("onbackgroundfetch") => {
                    needs.extend([C::ServiceWorker, C::BackgroundFetch]);
                }
                member => of_name(member, needs),
            }
        }
        "registration" => {
            needs.insert(C::ServiceWorker);
        }
        "performance" => {
            needs.insert(C::Performance);
        }
        "AbortSignal" if member == "timeout" => needs.extend([C::Abort, C::Timers, C::Promises]),
        root => of_name(root, needs),
    }
    if path.ends_with(".openWindow") {
        needs.insert(C::Windows);
    }
    if path.contains(".backgroundFetch") {
        needs.insert(C::BackgroundFetch);
    }
    if path.ends_with(".waitUntil") {
        needs.insert(C::ServiceWorker);
    }
}

fn of_name(name: &str, needs: &mut BTreeSet<Capability>) {
    match name {
        "Event" | "EventTarget" => needs.insert(C::EventTarget),
        "CustomEvent" => needs.insert(C::CustomEvent),
        "ErrorEvent" => needs.insert(C::ErrorEventInterface),
        "DOMException" => needs.insert(C::DomException),
        "AbortController" | "AbortSignal" => needs.insert(C::Abort),
        "ExtendableEvent"
        | "InstallEvent"
        | "ServiceWorkerGlobalScope"
        | "Clients"
        | "WindowClient"
        | "ServiceWorkerRegistration"
        | "ServiceWorker" => needs.insert(C::ServiceWorker),
        "BackgroundFetchEvent" | "BackgroundFetchUpdateUIEvent" => {
            needs.extend([C::ServiceWorker, C::BackgroundFetch]);
            true
        }
        "BackgroundFetchManager" | "BackgroundFetchRegistration" | "BackgroundFetchRecord" => {
            needs.insert(C::BackgroundFetch)
        }
        _ => false,
    };
}
