//! HostPromiseRejectionTracker.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#the-hostpromiserejectiontracker-implementation>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{PromiseId, RealmId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/HostPromiseRejectionTracker");

/// What happened to a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Operation {
    /// It was rejected, and nobody handles it.
    Reject,
    /// It is handled for the first time, having been rejected before.
    Handle,
}

/// Keeps the list of rejected promises that nobody handles.
pub(crate) fn host_promise_rejection_tracker(m: &mut Machine, promise: PromiseId, operation: Operation) {
    // 1, 2. Out of scope: no script in scope has muted errors.
    // 3, 4. Abstracted: the promise is of the realm of the script.
    let global: RealmId;
    set!(m, "5", global = m.object(m.promise(promise).object).realm);
    if branch!(m, "6", operation == Operation::Reject) {
        step!(m, "6.1", m.realm_mut(global).event_loop.about_to_be_notified.push(promise));
    }
    if branch!(m, "7", operation == Operation::Handle)
        && branch!(m, "7.1", m.realm(global).event_loop.about_to_be_notified.contains(&promise))
    {
        step!(m, "7.1", m.realm_mut(global).event_loop.about_to_be_notified.retain(|other| *other != promise));
    }
    // 7.2, 7.3, 7.4. Out of scope: nobody is told of a rejection that is handled later.
}
