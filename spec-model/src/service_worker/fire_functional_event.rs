//! Fire Functional Event and Should Skip Event.
//! <https://w3c.github.io/ServiceWorker/#fire-functional-event-algorithm>
//!
//! No registration is ever stale here: updates come from outside (3.1, 5.1 and 8 are out of scope).

use crate::atom::{self, Atom};
use crate::background_fetch::{get_instance, registration};
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event::Payload;
use crate::html::event_loop::{self, InParallel, Task, TaskSource};
use crate::html::report_an_exception::report_an_exception;
use crate::latitude::Latitude;
use crate::machine::{Host, Machine, Scope};
use crate::quirk::Quirk;
use crate::service_worker::terminate::terminate_service_worker;
use crate::service_worker::{State, run_service_worker};
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, EventId, RealmId, RegistrationId, WorkerId};
use crate::web_idl::interfaces::Interface;

const SHOULD_SKIP: Algorithm = Algorithm::of("service-workers/Should Skip Event");
const FIRE: Algorithm = Algorithm::of("service-workers/Fire Functional Event");
const UPDATE_SET: Algorithm = Algorithm::of("service-workers/Update Service Worker Extended Events Set");

/// A functional event on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FunctionalEvent {
    /// Its type.
    pub event_type: Atom,
    /// Its interface.
    pub interface: Interface,
    /// The worker that was active when it was fired.
    pub worker: WorkerId,
    /// The background fetch that it tells of.
    pub background_fetch: BackgroundFetchId,
    /// What follows its dispatch.
    pub then: Then,
}

/// The post-dispatch steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// Nothing; it was fired by a click.
    Nothing,
    /// The records of the fetch go once the event is no longer active.
    UnsetRecordsAvailable,
}

/// Should Skip Event: only where no listener was known may the user agent skip it.
pub fn should_skip_event(m: &mut Machine, event_type: Atom, worker: WorkerId) -> bool {
    step!(m, SHOULD_SKIP, "1");
    if m.is_bent(Quirk::HandlersUnknown) && !m.worker(worker).types_to_handle.contains(&event_type) {
        return true;
    }
    if m.is_bent(Quirk::SkipsWithListener) && m.worker(worker).types_to_handle.contains(&event_type) {
        return true;
    }
    let is_unknown = !m.worker(worker).types_to_handle.contains(&event_type);
    if branch!(m, SHOULD_SKIP, "1", is_unknown) && m.choose(Latitude::SkipEvent, 2) == 1 {
        return true;
    }
    step!(m, SHOULD_SKIP, "2");
    false
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
    // A registration that was cleared has no active worker; its fetches are gone with it.
    step!(m, FIRE, "2");
    let Some(worker) = m.registration(registration).active else { return };
    step!(m, FIRE, "3");
    if branch!(m, FIRE, "3", should_skip_event(m, event_type, worker)) {
        step!(m, FIRE, "3.2");
        return;
    }
    let event = FunctionalEvent { event_type, interface, worker, background_fetch, then };
    m.in_parallel.push_back(InParallel::FireFunctionalEvent(event));
    let known = m.worker(worker).types_to_handle.contains(&event_type);
    if m.is_bent(Quirk::DispatchesTwice) || (m.is_bent(Quirk::UnknownHeardTwice) && !known) {
        m.in_parallel.push_back(InParallel::FireFunctionalEvent(event));
    }
}

/// Goes on once the worker is activated; tells whether it did.
pub fn go_on(m: &mut Machine, h: &mut impl Host, event: &FunctionalEvent) -> bool {
    step!(m, FIRE, "4");
    let is_activating = m.worker(event.worker).state == State::Activating;
    if branch!(m, FIRE, "4", is_activating) && !m.is_bent(Quirk::FiresWhileActivating) {
        return false;
    }
    step!(m, FIRE, "5");
    if m.is_bent(Quirk::StartsAgain) {
        terminate_service_worker(m, event.worker);
    }
    if m.is_bent(Quirk::StartsNothing) && m.worker(event.worker).realm.is_none() {
        return true;
    }
    let realm = run_service_worker::run_service_worker(m, h, event.worker);
    branch!(m, FIRE, "5", realm.is_none());
    let Some(realm) = realm else {
        step!(m, FIRE, "5.2");
        if m.is_bent(Quirk::FailedStartTold) {
            tell_the_pages(m, h);
        }
        return true;
    };
    step!(m, FIRE, "6");
    let source = TaskSource::HandleFunctionalEvent(event.event_type);
    event_loop::queue_a_task(m, realm, source, Task::FunctionalEvent(*event));
    true
}

/// Reports an exception in each page, as only a bent machine does.
fn tell_the_pages(m: &mut Machine, h: &mut impl Host) {
    for realm in (0..m.realms.len() as u32).map(RealmId) {
        if m.realm(realm).scope == Scope::Window {
            m.current = realm;
            let exception = m.type_error();
            report_an_exception(m, h, exception, realm);
        }
    }
}

/// What the task does.
pub fn dispatch_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, fired: &FunctionalEvent) {
    step!(m, FIRE, "6.1");
    let event = create_an_event(m, fired.interface, realm);
    // The text never gives the event its type (erratum `functional-event-type`).
    if !m.is_bent(Quirk::FunctionalEventUntyped) {
        m.event_mut(event).event_type = fired.event_type;
    }
    step!(m, FIRE, "6.2");
    let instance = get_instance::get_an_instance(m, fired.background_fetch, realm);
    if fired.event_type == atom::BACKGROUND_FETCH_CLICK && m.is_bent(const { Quirk::of("click-claims-records") }) {
        registration::instance_mut(m, instance).records_available = true;
    }
    let lacks_it = m.is_bent(Quirk::ClickWithoutRegistration);
    m.event_mut(event).payload = if lacks_it { Payload::None } else { Payload::Registration(instance) };
    if m.is_bent(Quirk::FunctionalEventCancelable) {
        (m.event_mut(event).bubbles, m.event_mut(event).cancelable) = (true, true);
    }
    step!(m, FIRE, "6.3");
    if fired.then == Then::Nothing {
        m.realm_mut(realm).activation = true;
    }
    let global = m.realm(realm).global;
    dispatch(m, h, event, global);
    step!(m, FIRE, "6.4");
    if let Scope::ServiceWorker(worker) = m.realm(realm).scope {
        update_extended_events_set(m, worker, event);
    }
    step!(m, FIRE, "6.5");
    branch!(m, FIRE, "6.5", fired.then != Then::Nothing);
    match fired.then {
        Then::Nothing => {}
        Then::UnsetRecordsAvailable => {
            m.in_parallel.push_back(InParallel::UnsetRecordsAvailable(fired.background_fetch, event));
        }
    }
}

/// Update Service Worker Extended Events Set.
/// <https://w3c.github.io/ServiceWorker/#update-service-worker-extended-events-set-algorithm>
pub(super) fn update_extended_events_set(m: &mut Machine, worker: WorkerId, event: EventId) {
    step!(m, UPDATE_SET, "2.1");
    let mut events = std::mem::take(&mut m.worker_mut(worker).extended_events);
    events.retain(|&extended| !branch!(m, UPDATE_SET, "2.1", !m.event(extended).is_active()));
    step!(m, UPDATE_SET, "3");
    if branch!(m, UPDATE_SET, "3", m.event(event).is_active()) && !events.contains(&event) {
        events.push(event);
    }
    m.worker_mut(worker).extended_events = events;
}
