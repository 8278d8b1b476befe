//! Queue a global task. <https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-global-task>

use crate::html::event_loop::{Task, TaskSource};
use crate::html::queue_a_task::queue_a_task;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::RealmId;
use crate::watch::{set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/queue a global task");

/// Queues a task on the event loop of a global object, which its realm stands for.
pub(crate) fn queue_a_global_task(m: &mut Machine, source: TaskSource, global: RealmId, task: Task) {
    let event_loop;
    set!(m, "1", event_loop = global);
    // 2. Out of scope: no task in scope has a document.
    step!(m, "3", queue_a_task(m, event_loop, source, task));
}
