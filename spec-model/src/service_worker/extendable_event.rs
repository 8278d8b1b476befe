//! `ExtendableEvent` and its lifetime. <https://w3c.github.io/ServiceWorker/#extendableevent-interface>

use crate::atom;
use crate::dom::event::Event;
use crate::ecmascript::promise::{self, Reaction};
use crate::html::event_loop::InParallel;
use crate::latitude::Latitude;
use crate::machine::{Host, Machine, Scope};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{EventId, Kind, RealmId, Value};

const WAIT_UNTIL: Algorithm = Algorithm::of("service-workers/waitUntil");
const ADD: Algorithm = Algorithm::of("service-workers/add lifetime promise");

/// What keeps an event alive.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Lifetime {
    /// The pending promises count.
    pub pending: u32,
    /// The timed out flag.
    pub timed_out: bool,
    /// Whether one of its promises was rejected, which matters to `install`.
    pub rejected: bool,
}

impl Event {
    /// Whether the event is active. <https://w3c.github.io/ServiceWorker/#extendableevent-active>
    #[must_use]
    pub fn is_active(&self) -> bool {
        is_active(self.lifetime, self.dispatch)
    }
}

/// Whether an event with this lifetime is active, given its dispatch flag.
#[must_use]
pub fn is_active(lifetime: Lifetime, dispatch: bool) -> bool {
    !lifetime.timed_out && (lifetime.pending > 0 || dispatch)
}

/// `waitUntil()`. <https://w3c.github.io/ServiceWorker/#dom-extendableevent-waituntil>
///
/// # Errors
/// An `InvalidStateError` where the lifetime can't be extended.
pub fn wait_until(m: &mut Machine, h: &mut impl Host, event: EventId, value: Value) -> Result<(), Value> {
    // The argument is a promise: it is converted before anything is checked. Read literally the conversion wraps a
    // promise in a new one, which settles later; engines take it as it is (erratum `lifetime-promise-wrapped`).
    let is_object = value.object().is_some();
    if !is_object && m.is_bent(Quirk::WaitUntilTypeChecked) {
        return Err(m.type_error());
    }
    if m.is_bent(Quirk::WaitsUnchecked) && !(m.event(event).is_trusted && m.event(event).is_active()) {
        return Ok(());
    }
    if m.is_bent(Quirk::TrustCheckedFirst) && !m.event(event).is_trusted {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    let is_promise = value.object().is_some_and(|object| matches!(m.object(object).kind, Kind::Promise(_)));
    let promise = if is_promise && m.choose(Latitude::PromiseArgument, 2) == 1 {
        let wrapper = promise::create(m);
        promise::resolve(m, h, wrapper, value);
        wrapper
    } else {
        promise::from_value(m, h, value)
    };
    step!(m, WAIT_UNTIL, "body");
    step!(m, ADD, "1");
    if branch!(m, ADD, "1", !m.event(event).is_trusted) && !m.is_bent(Quirk::UntrustedWaits) {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    step!(m, ADD, "2");
    let refused = m.is_bent(Quirk::WaitsDuringDispatchAlone) && !m.event(event).dispatch;
    let refused =
        refused || (branch!(m, ADD, "2", !m.event(event).is_active()) && !m.is_bent(Quirk::WaitsWheneverCalled));
    if refused {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    step!(m, ADD, "3");
    step!(m, ADD, "4");
    if m.is_bent(Quirk::LifetimeNotCounted) {
        return Ok(());
    }
    m.event_mut(event).lifetime.pending += 1;
    step!(m, ADD, "5");
    promise::then(m, promise, Reaction::LifetimePromise(event));
    Ok(())
}

/// What the microtask does that is queued once such a promise has settled.
pub fn lifetime_promise_settled(m: &mut Machine, realm: RealmId, event: EventId) {
    step!(m, ADD, "5.1");
    let lifetime = &mut m.event_mut(event).lifetime;
    lifetime.pending = lifetime.pending.saturating_sub(1);
    step!(m, ADD, "5.2");
    if m.is_bent(Quirk::FirstPromiseEnds) {
        m.event_mut(event).lifetime.pending = 0;
    }
    if !branch!(m, ADD, "5.2", m.event(event).lifetime.pending == 0) {
        return;
    }
    step!(m, ADD, "5.2.1");
    let Scope::ServiceWorker(worker) = m.realm(realm).scope else { return };
    let registration = m.worker(worker).registration;
    step!(m, ADD, "5.2.2");
    if branch!(m, ADD, "5.2.2", m.registration(registration).unregistered) {
        m.in_parallel.push_back(InParallel::TryClearRegistration(registration));
    }
    step!(m, ADD, "5.2.3");
    m.in_parallel.push_back(InParallel::TryActivate(registration));
}

/// The user agent sets the timed out flag, as it may while promises are pending.
pub fn time_out(m: &mut Machine, event: EventId) {
    if m.event(event).lifetime.pending > 0 {
        m.event_mut(event).lifetime.timed_out = true;
    }
}
