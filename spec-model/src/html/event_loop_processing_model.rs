//! The processing model of event loops.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-loop-processing-model>

use crate::background_fetch::{self, update_instances};
use crate::dom::abort_signal;
use crate::ecmascript::promise::{self, Settlement};
use crate::html::clean_up_after_running_script::run_script;
use crate::html::event_loop::Task;
use crate::html::notify_about_rejected_promises::notify_about_rejected_promises_in_task;
use crate::html::perform_a_microtask_checkpoint::perform_a_microtask_checkpoint;
use crate::html::report_an_exception::report_an_exception;
use crate::latitude::Latitude;
use crate::machine::{Host, Machine};
use crate::service_worker::{fire_functional_event, lifecycle_event, open_window, post_message};
use crate::step::Algorithm;
use crate::value::{RealmId, Value};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/event loop processing model");

/// The variables of the event loop processing model.
pub(crate) struct EventLoopProcessing {
    /// The realm of the event loop.
    pub(crate) realm: RealmId,
    pub(crate) oldest_task: Option<Task>,
    /// The place of the task queue among the event loop's, where one has a task.
    pub(crate) task_queue: Option<usize>,
}

/// Takes one turn of the event loop that comes next; returns whether there was a task.
pub(crate) fn event_loop_processing_model(m: &mut Machine, h: &mut impl Host) -> bool {
    let queues = queues_with_a_task(m);
    let realm = queues.first().map_or(m.current, |(_, realm, _)| *realm);
    let mut v = EventLoopProcessing { realm, oldest_task: None, task_queue: None };
    set!(m, h, v, "1", v.oldest_task = None);
    if branch!(m, v, "2", !queues.is_empty()) {
        set!(m, h, v, "2.1", v.task_queue = choose(m, &queues));
        // 2.2. Unobservable: timing.
        set!(m, h, v, "2.3", v.oldest_task = take_a_task(m, v.realm, v.task_queue));
        // 2.4. Unobservable: timing.
        // 2.5. Unobservable: nothing in scope asks for the currently running task.
        step!(m, h, v, "2.6", perform(m, h, v.realm, v.oldest_task.as_ref()));
        // 2.7. Unobservable: nothing in scope asks for the currently running task.
        step!(m, h, v, "2.8", perform_a_microtask_checkpoint(m, h, v.realm));
    }
    // 3, 4, 4.1, 4.2, 4.2.1, 4.2.2, 4.2.3, 4.2.4, 4.2.5, 4.3, 4.4. Unobservable: timing.
    // 5, 5.1, 5.2, 5.2.1, 5.2.2, 5.2.3, 5.2.3.1, 5.2.3.2, 5.2.3.3. Out of scope: there are no idle periods.
    // 5.2.4, 5.2.4.1, 5.2.4.2, 5.2.5, 5.3. Out of scope: there are no idle periods.
    // 6, 6.1, 6.1.1, 6.1.2, 6.1.3. Out of scope: no worker in scope renders anything.
    // 6.2. Out of scope: no worker in scope closes itself.
    v.oldest_task.is_some()
}

/// Returns the task queues of one event loop that have a task, the longest waiting one first: the number of its first task, the realm, and the
/// place of the queue.
///
/// Realms can't see each other's order, so the choice is only among the queues of one.
fn queues_with_a_task(m: &Machine) -> Vec<(u32, RealmId, usize)> {
    let mut heads: Vec<(u32, RealmId, usize)> = Vec::new();
    for (index, realm) in m.realms.iter().enumerate() {
        for (queue_index, (_, queue)) in realm.event_loop.queues.iter().enumerate() {
            if let Some((number, _)) = queue.front() {
                heads.push((*number, RealmId(index as u32), queue_index));
            }
        }
    }
    heads.sort_unstable();
    if let Some(&(_, first, _)) = heads.first() {
        heads.retain(|(_, realm, _)| *realm == first);
    }
    heads
}

/// Returns the place of one of the task queues, as the user agent chooses.
fn choose(m: &mut Machine, queues: &[(u32, RealmId, usize)]) -> Option<usize> {
    let chosen = m.choose(Latitude::TaskQueue, queues.len() as u8);
    queues.get(usize::from(chosen)).map(|(_, _, queue)| *queue)
}

/// Removes the first task of a task queue, and returns it.
fn take_a_task(m: &mut Machine, realm: RealmId, task_queue: Option<usize>) -> Option<Task> {
    let (_, task) = m.realm_mut(realm).event_loop.queues[task_queue?].1.pop_front()?;
    Some(task)
}

/// Performs the steps of a task.
fn perform(m: &mut Machine, h: &mut impl Host, realm: RealmId, task: Option<&Task>) {
    let Some(task) = task else { return };
    m.current = realm;
    match *task {
        // The callback of a timer, which is invoked with "report".
        Task::Script(script) => {
            let result = run_script(m, h, realm, |m, h| h.run(m, script, Value::Undefined, &[]));
            if let Err(exception) = result {
                report_an_exception(m, h, exception, realm);
            }
        }
        Task::TimedOut(signal) => abort_signal::timeout_in_task(m, h, signal),
        Task::FunctionalEvent(ref event) => fire_functional_event::fire_functional_event_in_task(m, h, realm, event),
        Task::LifecycleEvent(event) => lifecycle_event::dispatch_in_task(m, h, realm, event),
        Task::Message(posted) => post_message::post_message_in_task(m, h, realm, posted),
        Task::UpdateInstance(ref copy) => update_instances::update_instance_in_task(m, h, realm, copy),
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
        Task::UnhandledRejections(ref list) => notify_about_rejected_promises_in_task(m, h, list),
    }
}
