//! `ExtendableEvent`, its lifetime and `waitUntil()`. <https://w3c.github.io/ServiceWorker/#extendableevent-interface>

use crate::dom::event::Event;
use crate::ecmascript::promise;
use crate::latitude::Latitude;
use crate::machine::{Host, Machine};
use crate::service_worker::add_lifetime_promise::add_lifetime_promise;
use crate::step::Algorithm;
use crate::value::{EventId, Kind, PromiseId, Value};
use crate::watch::returns;

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

/// The variables of `waitUntil()`.
pub(crate) struct WaitUntil {
    pub(crate) event: EventId,
    pub(crate) f: Value,
}

/// `waitUntil()`. <https://w3c.github.io/ServiceWorker/#dom-extendableevent-waituntil>
///
/// # Errors
/// An `InvalidStateError` where the lifetime can't be extended.
pub fn wait_until(m: &mut Machine, h: &mut impl Host, event: EventId, f: Value) -> Result<(), Value> {
    const ALGORITHM: Algorithm = Algorithm::of("service-workers/waitUntil");
    let mut v = WaitUntil { event, f };
    returns!(m, h, v, "body", {
        let promise = to_promise(m, h, f);
        add_lifetime_promise(m, event, promise)
    })
}

/// Converts the argument of `waitUntil()`, before anything is checked. Read literally the conversion wraps a promise in a
/// new one, which settles later; engines take it as it is (erratum `lifetime-promise-wrapped`).
fn to_promise(m: &mut Machine, h: &mut impl Host, value: Value) -> PromiseId {
    let is_promise = value.object().is_some_and(|object| matches!(m.object(object).kind, Kind::Promise(_)));
    if is_promise && m.choose(Latitude::PromiseArgument, 2) == 1 {
        let wrapper = promise::create(m);
        promise::resolve(m, h, wrapper, value);
        wrapper
    } else {
        promise::from_value(m, h, value)
    }
}

/// Sets the timed out flag of an event, as the user agent may while promises are pending.
pub fn time_out(m: &mut Machine, event: EventId) {
    if m.event(event).lifetime.pending > 0 {
        m.event_mut(event).lifetime.timed_out = true;
    }
}
