//! Add lifetime promise. <https://w3c.github.io/ServiceWorker/#extendableevent-add-lifetime-promise>

use crate::atom;
use crate::ecmascript::promise::{self, Reaction};
use crate::html::event_loop::InParallel;
use crate::machine::{Machine, Scope};
use crate::step::Algorithm;
use crate::value::{EventId, PromiseId, RealmId, Value};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/add lifetime promise");

/// The variables of add lifetime promise.
pub(crate) struct AddLifetimePromise {
    pub(crate) event: EventId,
}

/// Lets a promise extend the lifetime of an event.
pub(super) fn add_lifetime_promise(m: &mut Machine, event: EventId, promise: PromiseId) -> Result<(), Value> {
    let mut v = AddLifetimePromise { event };
    if branch!(m, v, "1", !m.event(event).is_trusted) {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    if branch!(m, v, "2", !m.event(event).is_active()) {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    // 3. Abstracted: the count of pending promises, and whether one was rejected, is all that is asked of the list.
    step!(m, v, "4", m.event_mut(event).lifetime.pending += 1);
    step!(m, v, "5", promise::then(m, promise, Reaction::LifetimePromise(event)));
    Ok(())
}

/// Runs in the microtask that is queued once such a promise has settled.
pub fn add_lifetime_promise_in_microtask(m: &mut Machine, realm: RealmId, event: EventId) {
    let mut v = AddLifetimePromise { event };
    step!(m, "5.1", {
        let lifetime = &mut m.event_mut(event).lifetime;
        lifetime.pending = lifetime.pending.saturating_sub(1);
    });
    if branch!(m, v, "5.2", m.event(event).lifetime.pending == 0) {
        let Scope::ServiceWorker(worker) = m.realm(realm).scope else { return };
        let registration;
        set!(m, "5.2.1", registration = m.worker(worker).registration);
        if branch!(m, "5.2.2", m.registration(registration).unregistered) {
            step!(m, "5.2.2", m.in_parallel.push_back(InParallel::TryClearRegistration(registration)));
        }
        step!(m, "5.2.3", m.in_parallel.push_back(InParallel::TryActivate(registration)));
    }
}
