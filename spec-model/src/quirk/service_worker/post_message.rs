//! Quirks of `postMessage()`. <https://w3c.github.io/ServiceWorker/#service-worker-postmessage-options>

use crate::atom;
use crate::dom::event::{Event, Message, Payload};
use crate::machine::{Machine, Scope};
use crate::quirk::hook::quirks;
use crate::service_worker::post_message::PostMessage;
use crate::value::{EventId, Kind, Value};

quirks! {
    PostMessage, "service-workers/ServiceWorker.postMessage(message, options)" => (), |v, m, h, holds|;

    named {
        "messages-hold-nothing" "EXT" skip "6.2.7":
            "A message whose lifetime was extended does not hold back a waiting worker.";
    }

    written {
        "messages-start-nothing" "EXT" at "6.1" []:
            "A message to a worker that does not run is lost." {
                ends "6.1" if m.worker(v.posted.worker).realm.is_none() => ();
            }
        "message-without-data" "EXT" at "6.2.5.3" []:
            "A message arrives without its data." {
                after "6.2.5.3" => if let Some(message) = message(m, v.e) {
                    message.data = Value::Null;
                };
            }
        "message-without-source" "EXT" at "6.2.5.3" []:
            "A message arrives without origin and source." {
                after "6.2.5.3" => if let Some(message) = message(m, v.e) {
                    (message.origin, message.source) = (atom::EMPTY, None);
                };
            }
        "message-source-anew" "EXT" at "6.2.1" []:
            "A message from a service worker has a new ServiceWorker object for its source." {
                instead "6.2.1" if matches!(v.posted.from, Scope::ServiceWorker(_)) => anew(m, v);
            }
        "message-event-reused" "EXT" at "6.2.5.3" []:
            "All messages to a worker come in the same event." {
                after "6.2.5.3" => reuse_first_event(m, v);
            }
    }
}

fn anew(m: &mut Machine, v: &mut PostMessage) {
    if let (Scope::ServiceWorker(worker), Some(realm)) = (v.posted.from, v.realm) {
        v.source = Some(m.create_object_in(realm, Kind::ServiceWorker(worker)));
    }
}

fn message(m: &mut Machine, event: EventId) -> Option<&mut Message> {
    match &mut m.event_mut(event).payload {
        Payload::Message(message) => Some(message),
        _ => None,
    }
}

/// Gives the message to the event of the first message that arrived in the realm.
fn reuse_first_event(m: &mut Machine, v: &mut PostMessage) {
    let is_message =
        |event: &Event| matches!(event.payload, Payload::Message(_)) && Some(m.object(event.object).realm) == v.realm;
    if let Some(first) = m.events.iter().position(is_message) {
        let (event_type, payload) = (m.event(v.e).event_type, m.event(v.e).payload);
        v.e = EventId(first as u32);
        (m.event_mut(v.e).event_type, m.event_mut(v.e).payload) = (event_type, payload);
    }
}
