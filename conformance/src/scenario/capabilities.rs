//! What a scenario needs of an implementation.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plain::{is_plain, made_plain};
use super::value::{Member, Outcome, Value};
use super::{CallbackKind, Ending, Operation, Scenario};

/// What an implementation lets a test do and see.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// Construct `Event`, have targets that stand alone, dispatch.
    EventTarget,
    /// Construct `EventTarget` itself. Where that can't be done and there is a tree of nodes, a node without a parent stands in.
    EventTargetConstructor,
    /// A listener can be added for the capturing phase.
    Capture,
    /// Script sees it: values of any type are converted, and functions, interfaces and properties are there to be looked at.
    Script,
    /// A callback can throw.
    Exceptions,
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
    /// The global object is a `Window` with a document.
    WindowGlobal,
    /// The main realm is a service worker.
    ServiceWorker,
    /// A page can post messages to the service worker.
    Messages,
    /// A worker is installed, activated and updated on demand.
    WorkerLife,
    /// A running worker is stopped on demand.
    WorkerStop,
    /// The timed out flag of an event is set, and starts of a worker fail, on demand.
    WorkerFaults,
    /// Background Fetch, with an abstract network that the harness controls.
    BackgroundFetch,
    /// Several background fetches of one registration are under way at a time.
    ParallelFetches,
    /// The bytes that a background fetch sends are the harness's to say.
    UploadProgress,
    /// The state of the permission to fetch in the background is the harness's to say.
    Permissions,
    /// A background fetch can be made to run out of quota.
    Quota,
    /// The user's acts on the interface of a background fetch can be done.
    RealClick,
    /// The WebDriver command.
    Webdriver,
    /// Opened windows are seen. Only a scenario with a click or the WebDriver command opens any.
    Windows,
}

use Capability as C;

impl Capability {
    /// All capabilities.
    pub const ALL: [Capability; 29] = [
        C::EventTarget,
        C::EventTargetConstructor,
        C::Capture,
        C::Script,
        C::Exceptions,
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
        C::WindowGlobal,
        C::ServiceWorker,
        C::Messages,
        C::WorkerLife,
        C::WorkerStop,
        C::WorkerFaults,
        C::BackgroundFetch,
        C::ParallelFetches,
        C::UploadProgress,
        C::Permissions,
        C::Quota,
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
        let mut needs = BTreeSet::new();
        if self.worker.is_some() {
            needs.extend([C::ServiceWorker, C::WorkerLife]);
        }
        if self.callbacks.values().any(|callback| callback.kind == CallbackKind::Async) {
            needs.insert(C::Promises);
        }
        for operation in self.operations() {
            of_operation(operation, &mut needs);
        }
        // Only a click gives the activation that a window needs, so without one there is none to be seen.
        if !needs.contains(&C::RealClick) && !needs.contains(&C::Webdriver) {
            needs.remove(&C::Windows);
        }
        needs.extend(&self.needs);
        if needs.contains(&C::ServiceWorker) {
            // A service worker has all that every global has, and its global object is an event target.
            needs.remove(&C::EventTarget);
            needs.remove(&C::Exceptions);
            needs.remove(&C::WindowGlobal);
            if !self.needs.contains(&C::GlobalEvents) && !self.operations().any(looks_for_errors) {
                needs.remove(&C::GlobalEvents);
            }
        } else if !needs.contains(&C::BackgroundFetch) && !is_plain(self) {
            needs.insert(C::Script);
        }
        needs
    }

    /// What is left of it for who has no script.
    #[must_use]
    pub fn without_script(self) -> Scenario {
        made_plain(self)
    }
}

/// Whether an operation has to do with the `error` event of the global object.
fn looks_for_errors(operation: &Operation) -> bool {
    match operation {
        Operation::Call { call, args, .. } => {
            let is_global = call.strip_prefix("self.").is_some_and(|method| method.ends_with("EventListener"));
            is_global && args.first() == Some(&Value::String("error".to_owned()))
        }
        Operation::Set { set: path, .. } | Operation::Get { get: path } => path == "self.onerror",
        _ => false,
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
        Operation::Class { class, .. } => {
            of_name(class, needs);
            if class == "EventTarget" {
                needs.insert(C::EventTargetConstructor);
            }
        }
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
        Operation::Throw { throw } => {
            needs.insert(C::Exceptions);
            of_value(throw, needs);
        }
        Operation::Return { value } => of_value(value, needs),
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
        Operation::Worker { .. } | Operation::Page { .. } | Operation::ClosePage { .. } => {
            needs.insert(C::ServiceWorker);
        }
        Operation::Message { .. } => needs.extend([C::ServiceWorker, C::Messages]),
        Operation::Update { .. } => needs.extend([C::ServiceWorker, C::WorkerLife]),
        Operation::Stop { .. } => needs.extend([C::ServiceWorker, C::WorkerStop]),
        Operation::Timeout { .. } | Operation::FailStarts { .. } => needs.extend([C::ServiceWorker, C::WorkerFaults]),
        Operation::Click { .. } | Operation::UserAbort { .. } | Operation::Pause { .. } | Operation::Resume { .. } => {
            needs.extend([C::BackgroundFetch, C::RealClick]);
        }
        Operation::Finish { how: Ending::QuotaExceeded, .. } => needs.extend([C::BackgroundFetch, C::Quota]),
        Operation::Progress { .. } | Operation::Finish { .. } => {
            needs.insert(C::BackgroundFetch);
        }
        Operation::Upload { .. } => needs.extend([C::BackgroundFetch, C::UploadProgress]),
        Operation::Permission { .. } => needs.extend([C::BackgroundFetch, C::Permissions]),
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
                "registration" | "clients" | "skipWaiting" | "oninstall" | "onactivate" | "onmessage"
                | "onmessageerror" => {
                    needs.insert(C::ServiceWorker);
                }
                member if member.starts_with("onbackgroundfetch") => {
                    needs.extend([C::ServiceWorker, C::BackgroundFetch]);
                }
                "event" => {
                    needs.insert(C::WindowGlobal);
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
    if path.ends_with(".postMessage") {
        needs.extend([C::ServiceWorker, C::Messages]);
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
        | "ExtendableMessageEvent"
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
