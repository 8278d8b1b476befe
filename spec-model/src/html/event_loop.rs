//! Event loops: what tasks, microtasks and steps in parallel there are.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-loops>

use std::collections::VecDeque;

use crate::atom::Atom;
use crate::background_fetch::{self, update_instances};
use crate::ecmascript::promise::{Job, Settlement};
use crate::service_worker::{fire_functional_event, lifecycle_event, open_window, post_message};
use crate::value::{BackgroundFetchId, EventId, PromiseId, RealmId, RegistrationId, ScriptId, SignalId, WorkerId};

pub use crate::html::clean_up_after_running_script::run_script;
pub use crate::html::perform_a_microtask_checkpoint::perform_a_microtask_checkpoint;
pub use crate::html::queue_a_microtask::queue_a_microtask;
pub use crate::html::queue_a_task::queue_a_task;
pub use crate::html::run_until_idle::{run_before_timers, run_until_idle};

/// An event loop.
#[derive(Clone, Default, Debug)]
pub struct EventLoop {
    /// How many scripts and callbacks are running, one inside the other.
    pub stack: u32,
    /// The microtask queue.
    pub microtasks: VecDeque<Microtask>,
    /// The task queues, one for each task source that is in use.
    pub queues: Vec<(TaskSource, VecDeque<(u32, Task)>)>,
    /// Promises that were rejected while nobody handled them.
    pub about_to_be_notified: Vec<PromiseId>,
    pub(super) performing_a_microtask_checkpoint: bool,
}

impl EventLoop {
    /// Whether nothing waits to be run.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.microtasks.is_empty() && self.queues.iter().all(|(_, queue)| queue.is_empty())
    }
}

/// Where a task comes from. Tasks of one source keep their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaskSource {
    /// What the scenario's script and its timers queue.
    Timer,
    /// The DOM manipulation task source.
    DomManipulation,
    /// The handle functional event task source; as is permitted, each type of event has one of its own.
    HandleFunctionalEvent(Atom),
    /// The background fetch task source.
    BackgroundFetch,
}

/// A task.
#[derive(Clone, PartialEq, Debug)]
pub enum Task {
    /// A piece of script.
    Script(ScriptId),
    /// An `AbortSignal.timeout()` has passed.
    TimedOut(SignalId),
    /// Dispatch a functional event.
    FunctionalEvent(fire_functional_event::FunctionalEvent),
    /// Dispatch `install` or `activate`.
    LifecycleEvent(lifecycle_event::LifecycleEvent),
    /// Dispatch `message`.
    Message(post_message::Posted),
    /// Update a registration's object from what was copied of the fetch.
    UpdateInstance(update_instances::Copy),
    /// Give a promise the registration's object for a fetch.
    ResolveWithInstance(PromiseId, BackgroundFetchId),
    /// Settle a promise.
    Settle(PromiseId, Settlement),
    /// Give a promise the records of a fetch.
    ResolveWithRecords(PromiseId, u32),
    /// Settle the promise of `openWindow()`.
    OpenedWindow(PromiseId, open_window::Window),
    /// Tell of rejections that nobody handled.
    UnhandledRejections(Vec<PromiseId>),
}

/// A microtask.
#[derive(Clone, PartialEq, Debug)]
pub enum Microtask {
    /// A piece of script.
    Script(ScriptId),
    /// A job of a promise.
    PromiseJob(Job),
    /// A promise that extended the lifetime of an event has settled.
    LifetimePromiseSettled(EventId),
}

/// Steps that run in parallel, once nothing else runs.
#[derive(Clone, PartialEq, Debug)]
pub enum InParallel {
    /// What remains of Fire Functional Event after its first steps.
    FireFunctionalEvent(fire_functional_event::FunctionalEvent),
    /// What remains of `postMessage()`.
    PostMessage(post_message::Posted),
    /// What remains of `fetch()`.
    StartFetch(background_fetch::fetch::Call),
    /// What remains of `get()`.
    Get(PromiseId, RegistrationId, Atom, RealmId),
    /// What remains of `getIds()`.
    GetIds(PromiseId, RegistrationId, RealmId),
    /// What remains of a registration's `abort()`.
    Abort(PromiseId, BackgroundFetchId),
    /// The end of a background fetch.
    Settle(BackgroundFetchId),
    /// Wait for the event that tells of the end of a fetch, then take its records away.
    UnsetRecordsAvailable(BackgroundFetchId, EventId),
    /// Copy what a fetch has come to into its registration's objects.
    UpdateInstances(BackgroundFetchId),
    /// Open a window.
    OpenWindow(PromiseId, Atom, RealmId),
    /// Give a registration a new worker, once no other is being installed.
    Install(RegistrationId, ScriptId),
    /// Wait for the `install` event to end.
    Installed(RegistrationId, EventId),
    /// Wait for the `activate` event to end.
    Activated(RegistrationId, EventId),
    /// Activate a waiting worker.
    TryActivate(RegistrationId),
    /// Clear an unregistered registration.
    TryClearRegistration(RegistrationId),
    /// The same, once the tasks that are queued in its workers have run.
    TryClearRegistrationAfterTasks(RegistrationId),
    /// What remains of `skipWaiting()`.
    SkipWaiting(PromiseId, WorkerId, RealmId),
    /// Wait for the activation that `skipWaiting()` set off.
    SkippedWaiting(PromiseId, WorkerId, RealmId),
}
