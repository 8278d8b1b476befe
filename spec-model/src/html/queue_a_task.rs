//! Queue a task. <https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-task>

use std::collections::VecDeque;

use crate::html::event_loop::{Task, TaskSource};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::RealmId;
use crate::watch::{set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/queue a task");

/// Queues a task on the event loop of a realm.
pub fn queue_a_task(m: &mut Machine, event_loop: RealmId, source: TaskSource, task: Task) {
    // The event loop of a terminated worker is gone.
    if m.realm(event_loop).ended {
        return;
    }
    // 1. Holds by type: the event loop is always given.
    // 2. Out of scope: no task in scope has a document.
    // 3, 4, 5. Holds by type: a task is its steps, and stands in a queue of its source.
    // 6. Out of scope: no task in scope has a document.
    // 7. Unobservable: only the report of long tasks reads the set.
    let queue;
    set!(m, "8", queue = task_queue(m, event_loop, source));
    let number = m.next_task_number();
    step!(m, "9", m.realm_mut(event_loop).event_loop.queues[queue].1.push_back((number, task)));
}

/// Returns the place of the task queue of a source; each source has a queue of its own.
fn task_queue(m: &mut Machine, event_loop: RealmId, source: TaskSource) -> usize {
    let queues = &mut m.realm_mut(event_loop).event_loop.queues;
    queues.iter().position(|(of, _)| *of == source).unwrap_or_else(|| {
        queues.push((source, VecDeque::new()));
        queues.len() - 1
    })
}
