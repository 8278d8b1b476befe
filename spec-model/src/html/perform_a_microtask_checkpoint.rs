//! Perform a microtask checkpoint.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#perform-a-microtask-checkpoint>

use crate::html::clean_up_after_running_script::run_script;
use crate::html::event_loop::Microtask;
use crate::html::host_enqueue_promise_job::host_enqueue_promise_job_in_microtask;
use crate::html::notify_about_rejected_promises::notify_about_rejected_promises;
use crate::html::report_an_exception::report_an_exception;
use crate::machine::{Host, Machine};
use crate::service_worker::add_lifetime_promise_in_microtask;
use crate::step::Algorithm;
use crate::value::{RealmId, Value};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/perform a microtask checkpoint");

/// The variables of perform a microtask checkpoint.
pub(crate) struct Checkpoint {
    pub(crate) oldest_microtask: Option<Microtask>,
}

/// Runs the microtasks of the event loop of a realm.
pub fn perform_a_microtask_checkpoint(m: &mut Machine, h: &mut impl Host, event_loop: RealmId) {
    let mut v = Checkpoint { oldest_microtask: None };
    if branch!(m, "1", m.realm(event_loop).event_loop.performing_a_microtask_checkpoint) {
        return;
    }
    step!(m, "2", m.realm_mut(event_loop).event_loop.performing_a_microtask_checkpoint = true);
    while branch!(m, "3", !m.realm(event_loop).event_loop.microtasks.is_empty()) {
        set!(m, "3.1", v.oldest_microtask = m.realm_mut(event_loop).event_loop.microtasks.pop_front());
        // 3.2. Unobservable: nothing in scope asks for the currently running task.
        step!(m, h, v, "3.3", run(m, h, event_loop, v.oldest_microtask.take()));
        // 3.4. Unobservable: nothing in scope asks for the currently running task.
    }
    step!(m, "4", notify_about_rejected_promises(m, event_loop));
    // 5. Out of scope: there are no databases.
    // 6. Unobservable: no script in scope holds weak references.
    step!(m, "7", m.realm_mut(event_loop).event_loop.performing_a_microtask_checkpoint = false);
    // 8. Unobservable: timing.
}

/// Runs a microtask.
fn run(m: &mut Machine, h: &mut impl Host, realm: RealmId, microtask: Option<Microtask>) {
    match microtask {
        // The callback of `queueMicrotask()`, which is invoked with "report".
        Some(Microtask::Script(script)) => {
            let result = run_script(m, h, realm, |m, h| h.run(m, script, Value::Undefined, &[]));
            if let Err(exception) = result {
                report_an_exception(m, h, exception, realm);
            }
        }
        Some(Microtask::PromiseJob(job)) => host_enqueue_promise_job_in_microtask(m, h, realm, job),
        Some(Microtask::LifetimePromiseSettled(event)) => add_lifetime_promise_in_microtask(m, realm, event),
        None => {}
    }
}
