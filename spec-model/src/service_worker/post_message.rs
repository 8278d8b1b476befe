//! `ServiceWorker.postMessage()`. <https://w3c.github.io/ServiceWorker/#service-worker-postmessage-options>
//!
//! A message is a string here, which is its own clone: nothing is transferred, and no message fails to be deserialized. So the overload that
//! lists what is transferred is out of scope.

use crate::atom::{self, Atom};
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event::{Message, Payload};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine, Scope};
use crate::service_worker::open_window::Window;
use crate::service_worker::run_service_worker::run_service_worker;
use crate::service_worker::should_skip_event::should_skip_event;
use crate::service_worker::update_extended_events_set::update_extended_events_set;
use crate::service_worker::worker_object;
use crate::step::Algorithm;
use crate::value::{EventId, Kind, ObjectId, RealmId, Value, WorkerId};
use crate::watch::{branch, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("service-workers/ServiceWorker.postMessage(message, options)");

/// A message before it arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Posted {
    /// The service worker that it was posted to.
    pub worker: WorkerId,
    /// Its text.
    pub text: Atom,
    /// Where it was posted: by a service worker, or by a page.
    pub from: Scope,
}

/// The variables of `postMessage()`, from the start of the worker on.
pub(crate) struct PostMessage {
    pub(crate) posted: Posted,
    /// The realm of *destination*.
    pub(crate) realm: Option<RealmId>,
    pub(crate) source: Option<ObjectId>,
    pub(crate) e: EventId,
}

/// Posts a message to a service worker, running or not.
pub fn post_message(m: &mut Machine, worker: WorkerId, text: Atom, from: Scope) {
    // 1. Holds by type: the worker is an argument.
    // 2, 3. Holds by type: an argument says whose script posts the message.
    // 4. Abstracted: a message is a string, which is its own clone.
    if branch!(m, "5", should_skip_event(m, atom::MESSAGE, worker)) {
        return;
    }
    step!(m, "6", m.in_parallel.push_back(InParallel::PostMessage(Posted { worker, text, from })));
}

/// Starts the worker, and queues the task that dispatches the message.
pub fn post_message_in_parallel(m: &mut Machine, h: &mut impl Host, posted: Posted) {
    let mut v = PostMessage { posted, realm: None, source: None, e: EventId(0) };
    set!(m, h, v, "6.1", v.realm = run_service_worker(m, h, posted.worker));
    if branch!(m, v, "6.1", v.realm.is_none()) {
        return;
    }
    let Some(realm) = v.realm else { return };
    step!(m, h, v, "6.2", queue_a_task(m, realm, TaskSource::DomManipulation, Task::Message(posted)));
}

/// Dispatches the message.
pub fn post_message_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, posted: Posted) {
    let mut v = PostMessage { posted, realm: Some(realm), source: None, e: EventId(0) };
    set!(m, h, v, "6.2.1", {
        v.source = Some(match posted.from {
            Scope::ServiceWorker(worker) => worker_object(m, realm, worker),
            Scope::Window => {
                let page = Window { url: atom::THE_ORIGIN, same_origin: true };
                m.create_object_in(realm, Kind::WindowClient(page))
            }
        });
    });
    // 6.2.2. Abstracted: the model has one origin.
    // 6.2.3. Holds by type: the worker's realm has its global object.
    // 6.2.4, 6.2.5, 6.2.5.1. Abstracted: a message is a string, which is its own clone.
    let new_ports;
    set!(m, "6.2.5.2", new_ports = no_ports(m, realm));
    set!(m, h, v, "6.2.5.3", {
        v.e = create_an_event(m, Interface::ExtendableMessageEvent, realm);
        let event = m.event_mut(v.e);
        event.event_type = atom::MESSAGE;
        event.payload = Payload::Message(Message {
            data: Value::String(posted.text),
            origin: atom::THE_ORIGIN,
            last_event_id: atom::EMPTY,
            source: v.source,
            ports: new_ports,
        });
    });
    let destination = m.realm(realm).global;
    step!(m, h, v, "6.2.6", dispatch(m, h, v.e, destination));
    step!(m, h, v, "6.2.7", update_extended_events_set(m, posted.worker, v.e));
}

/// A frozen array of no ports.
pub(crate) fn no_ports(m: &mut Machine, realm: RealmId) -> ObjectId {
    let ports = m.create_object_in(realm, Kind::Array(Vec::new()));
    m.objects[ports.index()].frozen = true;
    ports
}
