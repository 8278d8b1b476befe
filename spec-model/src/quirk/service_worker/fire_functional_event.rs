//! Quirks of Fire Functional Event. <https://w3c.github.io/ServiceWorker/#fire-functional-event-algorithm>

use crate::atom;
use crate::background_fetch::registration;
use crate::dom::event::Payload;
use crate::html::event_loop::{Task, TaskSource, queue_a_task};
use crate::html::report_an_exception::report_an_exception;
use crate::machine::{Host, Machine, Scope};
use crate::quirk::hook::quirks;
use crate::service_worker::fire_functional_event::FireFunctionalEvent;
use crate::service_worker::terminate::terminate_service_worker;
use crate::value::RealmId;

quirks! {
    FireFunctionalEvent, "service-workers/Fire Functional Event" => (), |v, m, h, holds|;

    named {
        "fires-while-activating" "FFE SWL" never "4":
            "A functional event does not wait until the worker is activated.";
        "click-without-registration" "BGE CLK MDN" skip "6.2":
            "A functional event has no registration.";
    }

    written {
        "starts-again" "FFE MDN" at "5" []:
            "A worker that runs is started anew for each functional event." {
                before "5" => terminate_service_worker(m, v.fired.worker);
            }
        "starts-nothing" "FFE MDN" at "5" []:
            "A functional event for a worker that does not run is lost." {
                ends "5" if m.worker(v.fired.worker).realm.is_none() => ();
            }
        "failed-start-told" "FFE" at "5.2" []:
            "Where a worker can't be started for a functional event, an exception is reported in its pages." {
                before "5.2" => report_in_pages(m, h);
            }
        "dispatches-twice" "FFE" at "6" []:
            "A functional event is dispatched twice." {
                after "6" => queue_again(m, v);
            }
        "unknown-heard-twice" "FFE" at "6" []:
            "A functional event is dispatched twice if no listener for it was known." {
                after "6" if !is_known(m, v) => queue_again(m, v);
            }
        "functional-event-untyped" "FFE CLK" at "6.1" []:
            "A functional event has the empty string for its type." {
                after "6.1" => m.event_mut(v.event).event_type = atom::EMPTY;
            }
        "functional-event-cancelable" "CLK FFE MDN" at "6.2" []:
            "Functional events bubble and can be canceled." {
                after "6.2" => (m.event_mut(v.event).bubbles, m.event_mut(v.event).cancelable) = (true, true);
            }
        "click-claims-records" "CLK" at "6.2" ["background-fetch/matchAll(request, options)"]:
            "At a click, records count as available although they are gone; match() and matchAll() then find none." {
                after "6.2" if v.fired.event_type == atom::BACKGROUND_FETCH_CLICK =>
                    if let Payload::Registration(instance) = m.event(v.event).payload {
                        registration::instance_mut(m, instance).records_available = true;
                    };
            }
    }
}

fn is_known(m: &Machine, v: &FireFunctionalEvent) -> bool {
    m.worker(v.fired.worker).types_to_handle.contains(&v.fired.event_type)
}

/// Queues the task of the event once more.
fn queue_again(m: &mut Machine, v: &FireFunctionalEvent) {
    if let Some(realm) = v.realm {
        let source = TaskSource::HandleFunctionalEvent(v.fired.event_type);
        queue_a_task(m, realm, source, Task::FunctionalEvent(v.fired));
    }
}

/// Reports an exception in each page.
fn report_in_pages(m: &mut Machine, h: &mut impl Host) {
    for realm in (0..m.realms.len() as u32).map(RealmId) {
        if m.realm(realm).scope == Scope::Window {
            m.current = realm;
            let exception = m.type_error();
            report_an_exception(m, h, exception, realm);
        }
    }
}
