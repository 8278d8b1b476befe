//! Report an exception. <https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception>

use crate::atom;
use crate::dom::event::{ErrorInformation, Payload};
use crate::dom::fire_an_event::fire_an_event;
use crate::machine::{Host, Machine, Observed};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{RealmId, Value};
use crate::web_idl::interfaces::Interface;

const REPORT: Algorithm = Algorithm::of("html/report an exception");

/// How many callbacks may run inside each other where a bent machine reports exceptions of error listeners.
const DEEPEST: u32 = 20;

/// Reports an exception for the global object of a realm: once, and not while another is being reported for it.
pub fn report_an_exception(m: &mut Machine, h: &mut impl Host, exception: Value, realm: RealmId) {
    step!(m, REPORT, "in error reporting mode");
    let again = m.is_bent(Quirk::ErrorsInErrors) && m.realm(realm).event_loop.stack < DEEPEST;
    if branch!(m, REPORT, "in error reporting mode", m.realm(realm).in_error_reporting_mode) && !again {
        return;
    }
    m.realm_mut(realm).in_error_reporting_mode = true;
    step!(m, REPORT, "fire");
    m.observe(h, Observed::Reported(exception));
    let global = m.realm(realm).global;
    let cancelable = !m.is_bent(Quirk::ErrorEventUncancelable);
    let (bubbles, trusted) = (m.is_bent(Quirk::ErrorEventBubbles), !m.is_bent(Quirk::ErrorEventUntrusted));
    if m.is_bent(Quirk::NoErrorEvent) {
        m.realm_mut(realm).in_error_reporting_mode = false;
        return;
    }
    fire_an_event(m, h, atom::ERROR, global, Interface::ErrorEvent, |event| {
        event.cancelable = cancelable;
        event.bubbles = bubbles;
        event.is_trusted &= trusted;
        event.payload = Payload::Error(ErrorInformation::of(exception));
    });
    m.realm_mut(realm).in_error_reporting_mode = false;
}
