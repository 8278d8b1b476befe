//! Event loops: tasks, microtasks, and steps that run in parallel to them.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-loops>

use std::collections::VecDeque;

use crate::atom::Atom;
use crate::background_fetch::{self, perform, update_instances};
use crate::dom::{abort_signal, dispatch};
use crate::ecmascript::promise::{self, Settlement};
use crate::latitude::Latitude;
use crate::machine::{Host, Machine, Observed, Scope};
use crate::quirk::Quirk;
use crate::service_worker::{
    self, activate, fire_functional_event, install, lifecycle_event, open_window, post_message, skip_waiting,
    try_activate, try_clear_registration, update,
};
use crate::step::{Algorithm, branch, step};
use crate::value::{
    BackgroundFetchId, Completion, EventId, ObjectId, PromiseId, RealmId, RegistrationId, ScriptId, SignalId, Value,
    WorkerId,
};

const CHECKPOINT: Algorithm = Algorithm::of("html/perform a microtask checkpoint");
const CLEAN_UP: Algorithm = Algorithm::of("html/clean up after running script");
const NOTIFY: Algorithm = Algorithm::of("html/notify about rejected promises");

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
    performing_a_microtask_checkpoint: bool,
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
    /// A reaction to a promise.
    Reaction(promise::Reaction, Completion),
    /// Ask an object that has a `then` for its value.
    Thenable(PromiseId, ObjectId, Option<ObjectId>),
    /// A promise that extended the lifetime of an event has settled.
    LifetimePromiseSettled(EventId),
    /// A dispatch that only a bent machine puts off.
    Dispatch(EventId, ObjectId),
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

/// Queue a task. <https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-task>
pub fn queue_a_task(m: &mut Machine, realm: RealmId, source: TaskSource, task: Task) {
    if m.realm(realm).ended {
        return;
    }
    let number = m.next_task_number();
    let queues = &mut m.realm_mut(realm).event_loop.queues;
    match queues.iter_mut().find(|(of, _)| *of == source) {
        Some((_, queue)) => queue.push_back((number, task)),
        None => queues.push((source, VecDeque::from([(number, task)]))),
    }
}

/// Queue a microtask. <https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-microtask>
pub fn queue_a_microtask(m: &mut Machine, realm: RealmId, microtask: Microtask) {
    // Nothing runs any more in the realm of a worker that was terminated.
    if m.realm(realm).ended {
        return;
    }
    m.realm_mut(realm).event_loop.microtasks.push_back(microtask);
}

/// Runs something as script: prepare to run script, and clean up after it.
/// <https://html.spec.whatwg.org/multipage/webappapis.html#clean-up-after-running-script>
pub fn run_script<H: Host, R>(
    m: &mut Machine,
    h: &mut H,
    realm: RealmId,
    script: impl FnOnce(&mut Machine, &mut H) -> R,
) -> R {
    let outer = m.current;
    m.current = realm;
    m.realm_mut(realm).event_loop.stack += 1;
    let result = script(m, h);
    m.realm_mut(realm).event_loop.stack -= 1;
    m.current = outer;
    if branch!(m, CLEAN_UP, "microtask checkpoint", m.realm(realm).event_loop.stack == 0) {
        step!(m, CLEAN_UP, "microtask checkpoint");
        perform_a_microtask_checkpoint(m, h, realm);
    }
    result
}

/// Perform a microtask checkpoint.
/// <https://html.spec.whatwg.org/multipage/webappapis.html#perform-a-microtask-checkpoint>
pub fn perform_a_microtask_checkpoint(m: &mut Machine, h: &mut impl Host, realm: RealmId) {
    step!(m, CHECKPOINT, "already performing");
    if branch!(m, CHECKPOINT, "already performing", m.realm(realm).event_loop.performing_a_microtask_checkpoint) {
        return;
    }
    m.realm_mut(realm).event_loop.performing_a_microtask_checkpoint = true;
    while branch!(m, CHECKPOINT, "run the oldest microtask", !m.realm(realm).event_loop.microtasks.is_empty())
        && let Some(microtask) = m.realm_mut(realm).event_loop.microtasks.pop_front()
    {
        step!(m, CHECKPOINT, "run the oldest microtask");
        run_microtask(m, h, realm, microtask);
    }
    m.realm_mut(realm).event_loop.performing_a_microtask_checkpoint = false;
    step!(m, CHECKPOINT, "notify about rejected promises");
    let rejected = std::mem::take(&mut m.realm_mut(realm).event_loop.about_to_be_notified);
    if !branch!(m, NOTIFY, "body", rejected.is_empty()) && !m.is_bent(Quirk::RejectionsUnannounced) {
        step!(m, NOTIFY, "body");
        queue_a_task(m, realm, TaskSource::DomManipulation, Task::UnhandledRejections(rejected));
    }
}

fn run_microtask(m: &mut Machine, h: &mut impl Host, realm: RealmId, microtask: Microtask) {
    match microtask {
        Microtask::Script(script) => {
            let result = run_script(m, h, realm, |m, h| h.run(m, script, Value::Undefined, &[]));
            if let Err(exception) = result {
                super::report_an_exception::report_an_exception(m, h, exception, realm);
            }
        }
        Microtask::Reaction(reaction, settled) => promise::react(m, h, realm, reaction, settled),
        Microtask::Thenable(promise, thenable, then) => {
            promise::ask_thenable(m, h, realm, promise, thenable, then);
        }
        Microtask::LifetimePromiseSettled(event) => service_worker::add_lifetime_promise_in_microtask(m, realm, event),
        Microtask::Dispatch(event, target) => {
            m.event_mut(event).is_trusted = false;
            dispatch::dispatch(m, h, event, target);
        }
    }
}

fn run_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, task: Task) {
    m.current = realm;
    match task {
        Task::Script(script) => {
            let result = run_script(m, h, realm, |m, h| h.run(m, script, Value::Undefined, &[]));
            if let Err(exception) = result {
                super::report_an_exception::report_an_exception(m, h, exception, realm);
            }
        }
        Task::TimedOut(signal) => abort_signal::timeout_in_task(m, h, signal),
        Task::FunctionalEvent(event) => fire_functional_event::fire_functional_event_in_task(m, h, realm, &event),
        Task::LifecycleEvent(event) => lifecycle_event::dispatch_in_task(m, h, realm, event),
        Task::Message(posted) => post_message::post_message_in_task(m, h, realm, posted),
        Task::UpdateInstance(copy) => update_instances::update_instance_in_task(m, h, realm, &copy),
        Task::ResolveWithInstance(promise, fetch) => {
            let instance = background_fetch::get_instance::get_an_instance(m, fetch, realm);
            promise::resolve(m, h, promise, Value::Object(instance));
        }
        Task::Settle(promise, Settlement::Resolve(value)) => promise::resolve(m, h, promise, value),
        Task::Settle(promise, Settlement::Reject(value)) => promise::reject(m, promise, value),
        Task::ResolveWithRecords(promise, count) => {
            background_fetch::match_all::resolve_with_records_in_task(m, h, promise, count);
        }
        Task::OpenedWindow(promise, window) => open_window::open_window_in_task(m, h, promise, window),
        Task::UnhandledRejections(promises) => {
            for promise in promises {
                if let Some(reason) = m.promise(promise).unhandled_reason() {
                    let object = m.promise(promise).object;
                    m.observe(h, Observed::Unhandled(reason, object));
                }
            }
        }
    }
    // Only in a bent machine anything leaves a dispatch that no script waits for.
    if let Some(exception) = m.watch.aside.escaped.take() {
        super::report_an_exception::report_an_exception(m, h, exception, realm);
    }
    perform_a_microtask_checkpoint(m, h, realm);
}

/// Runs all event loops, and what runs in parallel to them, until nothing is left to be done.
pub fn run_until_idle(m: &mut Machine, h: &mut impl Host) {
    while run_in_parallel(m, h) || run_next_task(m, h) || end_next_timer(m) {}
}

/// Runs the steps in parallel that have something to do; tells whether any had.
fn run_in_parallel(m: &mut Machine, h: &mut impl Host) -> bool {
    let mut any = false;
    for _ in 0..m.in_parallel.len() {
        let Some(steps) = m.in_parallel.pop_front() else { break };
        if may_go_on(m, h, &steps) {
            any = true;
        } else {
            m.in_parallel.push_back(steps);
        }
    }
    any
}

/// Runs steps unless what they wait for has not happened yet; tells whether they ran.
fn may_go_on(m: &mut Machine, h: &mut impl Host, steps: &InParallel) -> bool {
    match *steps {
        InParallel::FireFunctionalEvent(ref event) => {
            return fire_functional_event::fire_functional_event_in_parallel(m, h, event);
        }
        InParallel::PostMessage(posted) => post_message::post_message_in_parallel(m, h, posted),
        InParallel::StartFetch(ref request) => background_fetch::fetch::fetch_in_parallel(m, request),
        InParallel::Get(promise, registration, id, realm) => {
            background_fetch::get::get_in_parallel(m, promise, registration, id, realm);
        }
        InParallel::GetIds(promise, registration, realm) => {
            background_fetch::get_ids::get_ids_in_parallel(m, promise, registration, realm);
        }
        InParallel::Abort(promise, fetch) => background_fetch::abort::abort_in_parallel(m, promise, fetch),
        InParallel::Settle(fetch) => perform::perform_in_parallel(m, fetch),
        InParallel::UnsetRecordsAvailable(fetch, event) => {
            if m.event(event).is_active() {
                return false;
            }
            perform::unset_records_available_in_parallel(m, fetch);
        }
        InParallel::UpdateInstances(fetch) => update_instances::update_background_fetch_instances_in_parallel(m, fetch),
        InParallel::OpenWindow(promise, url, realm) => open_window::open_window_in_parallel(m, h, promise, url, realm),
        InParallel::Install(registration, script) => {
            if m.registration(registration).installing.is_some() {
                return false;
            }
            update::update_in_parallel(m, h, registration, script);
        }
        InParallel::Installed(registration, event) => {
            if m.event(event).is_active() {
                return false;
            }
            install::install_in_parallel(m, h, registration, event);
        }
        InParallel::Activated(registration, event) => {
            if m.event(event).is_active() {
                return false;
            }
            activate::activate_in_parallel(m, registration, Some(event));
        }
        InParallel::TryActivate(registration) => try_activate::try_activate(m, h, registration),
        InParallel::TryClearRegistration(registration) => {
            try_clear_registration::try_clear_registration(m, registration)
        }
        InParallel::TryClearRegistrationAfterTasks(registration) => {
            let of_registration = |scope: Scope| match scope {
                Scope::ServiceWorker(worker) => m.worker(worker).registration == registration,
                Scope::Window => false,
            };
            if m.realms.iter().any(|realm| of_registration(realm.scope) && !realm.event_loop.is_idle()) {
                return false;
            }
            try_clear_registration::try_clear_registration(m, registration);
        }
        InParallel::SkipWaiting(promise, worker, realm) => {
            skip_waiting::skip_waiting_in_parallel(m, h, promise, worker, realm)
        }
        InParallel::SkippedWaiting(promise, worker, realm) => {
            return skip_waiting::settle_in_parallel(m, promise, worker, realm);
        }
    }
    true
}

/// Takes the next task of some event loop and runs it; tells whether there was one.
fn run_next_task(m: &mut Machine, h: &mut impl Host) -> bool {
    let mut heads: Vec<(u32, RealmId, usize)> = Vec::new();
    for (index, realm) in m.realms.iter().enumerate() {
        for (queue_index, (_, queue)) in realm.event_loop.queues.iter().enumerate() {
            if let Some((number, _)) = queue.front() {
                heads.push((*number, RealmId(index as u32), queue_index));
            }
        }
    }
    heads.sort_unstable();
    let Some(&(_, first, _)) = heads.first() else { return false };
    // Realms can't see each other's order, so the choice is among the queues of one.
    heads.retain(|(_, realm, _)| *realm == first);
    let chosen = m.choose(Latitude::TaskQueue, heads.len() as u8);
    let (_, realm, queue) = heads[usize::from(chosen)];
    let (_, task) = m.realm_mut(realm).event_loop.queues[queue].1.pop_front().expect("the queue has a head");
    run_task(m, h, realm, task);
    true
}

/// Ends the timer that is next, once nothing else is left to be done; tells whether there was one.
fn end_next_timer(m: &mut Machine) -> bool {
    let next = m
        .realms
        .iter()
        .enumerate()
        .flat_map(|(realm, data)| data.timers.iter().map(move |&(end, signal)| (end, RealmId(realm as u32), signal)))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((end, realm, signal)) = next else { return false };
    m.realm_mut(realm).timers.retain(|timer| *timer != (end, signal));
    m.wait_until(end);
    queue_a_task(m, realm, TaskSource::Timer, Task::TimedOut(signal));
    true
}
