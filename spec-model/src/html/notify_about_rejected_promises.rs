//! Notify about rejected promises.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#notify-about-rejected-promises>

use crate::html::event_loop::{Task, TaskSource};
use crate::html::queue_a_global_task::queue_a_global_task;
use crate::machine::{Host, Machine, Observed};
use crate::step::Algorithm;
use crate::value::{PromiseId, RealmId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/notify about rejected promises");

/// The variables of notify about rejected promises.
pub(crate) struct NotifyAboutRejectedPromises {
    pub(crate) list: Vec<PromiseId>,
}

/// Queues a task that tells of the promises that were rejected and that nobody handles.
pub(crate) fn notify_about_rejected_promises(m: &mut Machine, global: RealmId) {
    let mut v = NotifyAboutRejectedPromises { list: Vec::new() };
    set!(m, v, "1", v.list = m.realm(global).event_loop.about_to_be_notified.clone());
    if branch!(m, v, "2", v.list.is_empty()) {
        return;
    }
    step!(m, v, "3", m.realm_mut(global).event_loop.about_to_be_notified.clear());
    let task = Task::UnhandledRejections(std::mem::take(&mut v.list));
    step!(m, v, "4", queue_a_global_task(m, TaskSource::DomManipulation, global, task));
}

/// Tells of the promises that are still not handled.
pub(crate) fn notify_about_rejected_promises_in_task(m: &mut Machine, h: &mut impl Host, list: &[PromiseId]) {
    for &promise in list {
        let p;
        set!(m, "4.1", p = promise);
        if branch!(m, "4.1.1", m.promise(p).handled) {
            continue;
        }
        // A listener for unhandledrejection is out of scope: the host is told instead.
        if let Some(Err(reason)) = m.promise(p).settled {
            let object = m.promise(p).object;
            step!(m, "4.1.2", m.observe(h, Observed::Unhandled(reason, object)));
        }
        // 4.1.3. Unobservable: no script sees a developer console.
        // 4.1.4. Out of scope: nobody is told of a rejection that is handled later.
    }
}
