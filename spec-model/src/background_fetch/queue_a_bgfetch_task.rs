//! Queue a bgfetch task. <https://wicg.github.io/background-fetch/#queue-a-bgfetch-task>

use crate::html::event_loop::{Task, TaskSource, queue_a_task};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::RealmId;
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/queue a bgfetch task");

/// Queues a task on the background fetch task source of a realm.
pub(crate) fn queue_a_bgfetch_task(m: &mut Machine, realm: RealmId, task: Task) {
    step!(m, "body", queue_a_task(m, realm, TaskSource::BackgroundFetch, task));
}
