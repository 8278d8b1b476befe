//! `ServiceWorker.postMessage()`, called by a page. <https://w3c.github.io/ServiceWorker/#service-worker-postmessage-options>
//!
//! A message is a string here, which is its own clone: nothing is transferred, and no message fails to be deserialized.

use crate::atom::{self, Atom};
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event::{Event, Message, Payload};
use crate::html::event_loop::{self, InParallel, Task, TaskSource};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::service_worker::fire_functional_event::{should_skip_event, update_extended_events_set};
use crate::service_worker::open_window::Window;
use crate::service_worker::run_service_worker::run_service_worker;
use crate::step::{Algorithm, branch, step};
use crate::value::{EventId, Kind, ObjectId, RealmId, Value, WorkerId};
use crate::web_idl::interfaces::Interface;

const POST_MESSAGE: Algorithm = Algorithm::of("service-workers/ServiceWorker.postMessage(message, options)");

/// A message on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Posted {
    /// The service worker that it was posted to.
    pub worker: WorkerId,
    /// What it says.
    pub text: Atom,
}

/// A page posts a message to a service worker, running or not.
pub fn post_message(m: &mut Machine, worker: WorkerId, text: Atom) {
    step!(m, POST_MESSAGE, "5");
    if branch!(m, POST_MESSAGE, "5", should_skip_event(m, atom::MESSAGE, worker)) {
        return;
    }
    step!(m, POST_MESSAGE, "6");
    m.in_parallel.push_back(InParallel::PostMessage(Posted { worker, text }));
}

/// What runs in parallel: the worker is started, and gets a task.
pub fn go_on(m: &mut Machine, h: &mut impl Host, posted: Posted) {
    step!(m, POST_MESSAGE, "6.1");
    if m.worker(posted.worker).realm.is_none() && m.is_bent(Quirk::MessagesStartNothing) {
        return;
    }
    let realm = run_service_worker(m, h, posted.worker);
    branch!(m, POST_MESSAGE, "6.1", realm.is_none());
    let Some(realm) = realm else { return };
    step!(m, POST_MESSAGE, "6.2");
    event_loop::queue_a_task(m, realm, TaskSource::DomManipulation, Task::Message(posted));
}

/// What the task does.
pub fn dispatch_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, posted: Posted) {
    step!(m, POST_MESSAGE, "6.2.1");
    let page = Window { url: atom::THE_ORIGIN, same_origin: true };
    let client = m.create_object_in(realm, Kind::WindowClient(page));
    let anonymous = m.is_bent(Quirk::MessageWithoutSource);
    let source = Some(client).filter(|_| !anonymous);
    step!(m, POST_MESSAGE, "6.2.5.2");
    let ports = no_ports(m, realm);
    step!(m, POST_MESSAGE, "6.2.5.3");
    let event = create_an_event(m, Interface::ExtendableMessageEvent, realm);
    let event = if m.is_bent(Quirk::MessageEventReused) { first_message(m, realm).unwrap_or(event) } else { event };
    let silent = m.is_bent(Quirk::MessageWithoutData);
    let data = if silent { Value::Null } else { Value::String(posted.text) };
    let origin = if anonymous { atom::EMPTY } else { atom::THE_ORIGIN };
    let message = Message { data, origin, last_event_id: atom::EMPTY, source, ports };
    let created = m.event_mut(event);
    created.event_type = atom::MESSAGE;
    created.payload = Payload::Message(message);
    step!(m, POST_MESSAGE, "6.2.6");
    let global = m.realm(realm).global;
    dispatch(m, h, event, global);
    step!(m, POST_MESSAGE, "6.2.7");
    if m.is_bent(Quirk::MessagesHoldNothing) {
        return;
    }
    update_extended_events_set(m, posted.worker, event);
}

/// The event of the first message that came in a realm.
fn first_message(m: &Machine, realm: RealmId) -> Option<EventId> {
    let is_message =
        |event: &Event| matches!(event.payload, Payload::Message(_)) && m.object(event.object).realm == realm;
    m.events.iter().position(is_message).map(|index| EventId(index as u32))
}

/// A frozen array of no ports.
pub(crate) fn no_ports(m: &mut Machine, realm: RealmId) -> ObjectId {
    let ports = m.create_object_in(realm, Kind::Array(Vec::new()));
    m.objects[ports.index()].frozen = true;
    ports
}
