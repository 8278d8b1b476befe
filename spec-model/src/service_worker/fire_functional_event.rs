//! Fire Functional Event. <https://w3c.github.io/ServiceWorker/#fire-functional-event-algorithm>
//!
//! No registration is ever stale here: updates come from outside.

use crate::atom::Atom;
use crate::background_fetch::get_instance::get_an_instance;
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event::Payload;
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine, Scope};
use crate::service_worker::State;
use crate::service_worker::run_service_worker::run_service_worker;
use crate::service_worker::should_skip_event::should_skip_event;
use crate::service_worker::update_extended_events_set::update_extended_events_set;
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, EventId, RealmId, RegistrationId, WorkerId};
use crate::watch::{branch, returns, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Fire Functional Event");

/// A functional event before its dispatch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FunctionalEvent {
    /// Its type.
    pub event_type: Atom,
    /// Its interface.
    pub interface: Interface,
    /// The worker that was active when it was fired.
    pub worker: WorkerId,
    /// The background fetch that it is about.
    pub background_fetch: BackgroundFetchId,
    /// What follows its dispatch.
    pub then: Then,
}

/// The post-dispatch steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// None: a click fired the event.
    Nothing,
    /// The records of the fetch are unavailable once the event is no longer active.
    UnsetRecordsAvailable,
}

/// The variables of Fire Functional Event, from the start of the worker on.
pub(crate) struct FireFunctionalEvent {
    pub(crate) fired: FunctionalEvent,
    /// The realm of the active worker's global object.
    pub(crate) realm: Option<RealmId>,
    pub(crate) event: EventId,
}

/// Fires a functional event about a background fetch at the registration's active worker.
pub fn fire_functional_event(
    m: &mut Machine,
    registration: RegistrationId,
    event_type: Atom,
    interface: Interface,
    background_fetch: BackgroundFetchId,
    then: Then,
) {
    // 1. Unobservable: an assertion (erratum `fires-without-worker`).
    let active_worker;
    set!(m, "2", active_worker = m.registration(registration).active);
    // A registration that was cleared has no active worker, and no fetches any more.
    let Some(worker) = active_worker else { return };
    if branch!(m, "3", should_skip_event(m, event_type, worker)) {
        // 3.1. Out of scope: a registration never becomes stale.
        return returns!(m, "3.2", ());
    }
    let fired = FunctionalEvent { event_type, interface, worker, background_fetch, then };
    m.in_parallel.push_back(InParallel::FireFunctionalEvent(fired));
}

/// Waits until the worker is activated, then starts it for the event; returns whether the wait is over.
pub fn fire_functional_event_in_parallel(m: &mut Machine, h: &mut impl Host, fired: &FunctionalEvent) -> bool {
    if branch!(m, "4", m.worker(fired.worker).state == State::Activating) {
        return false;
    }
    queue_for_active_worker(m, h, fired);
    true
}

fn queue_for_active_worker(m: &mut Machine, h: &mut impl Host, fired: &FunctionalEvent) {
    let mut v = FireFunctionalEvent { fired: *fired, realm: None, event: EventId(0) };
    set!(m, h, v, "5", v.realm = run_service_worker(m, h, fired.worker));
    if branch!(m, v, "5", v.realm.is_none()) {
        // 5.1. Out of scope: a registration never becomes stale.
        return returns!(m, h, v, "5.2", ());
    }
    let Some(realm) = v.realm else { return };
    step!(m, h, v, "6", {
        let source = TaskSource::HandleFunctionalEvent(fired.event_type);
        queue_a_task(m, realm, source, Task::FunctionalEvent(*fired));
    });
}

/// Dispatches the event.
pub fn fire_functional_event_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, fired: &FunctionalEvent) {
    let mut v = FireFunctionalEvent { fired: *fired, realm: Some(realm), event: EventId(0) };
    set!(m, h, v, "6.1", {
        v.event = create_an_event(m, fired.interface, realm);
        // The text never gives the event its type (erratum `functional-event-type`).
        m.event_mut(v.event).event_type = fired.event_type;
    });
    step!(m, h, v, "6.2", {
        let instance = get_an_instance(m, fired.background_fetch, realm);
        m.event_mut(v.event).payload = Payload::Registration(instance);
    });
    step!(m, h, v, "6.3", {
        // No step grants the activation that a click gives (erratum `click-grants-no-activation`).
        if fired.then == Then::Nothing {
            m.realm_mut(realm).activation = true;
        }
        let global = m.realm(realm).global;
        dispatch(m, h, v.event, global);
    });
    if let Scope::ServiceWorker(worker) = m.realm(realm).scope {
        step!(m, h, v, "6.4", update_extended_events_set(m, worker, v.event));
    }
    if branch!(m, v, "6.5", fired.then == Then::UnsetRecordsAvailable) {
        let steps = InParallel::UnsetRecordsAvailable(fired.background_fetch, v.event);
        step!(m, h, v, "6.5", m.in_parallel.push_back(steps));
    }
    // 7. Abstracted: callers do not wait here; what has to wait for the event does so itself.
    // 8. Out of scope: a registration never becomes stale.
    // 8.1, 8.1.1, 8.2. Out of scope: the numbers are those of an example that follows the algorithm.
}
