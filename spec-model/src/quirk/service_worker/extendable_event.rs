//! Quirks of `waitUntil()`. <https://w3c.github.io/ServiceWorker/#dom-extendableevent-waituntil>

use crate::atom;
use crate::quirk::hook::quirks;
use crate::service_worker::extendable_event::WaitUntil;
use crate::value::Value;

quirks! {
    WaitUntil, "service-workers/waitUntil" => Result<(), Value>, |v, m, h, holds|;

    written {
        "wait-until-type-checked" "EXT" at "body" []:
            "waitUntil() throws a TypeError for what is no promise." {
                ends "body" if v.f.object().is_none() => Err(m.type_error());
            }
        "waits-unchecked" "EXT" at "body" []:
            "waitUntil() checks nothing: it does nothing where it can't extend a lifetime." {
                ends "body" if !(m.event(v.event).is_trusted && m.event(v.event).is_active()) => Ok(());
            }
        "trust-checked-first" "EXT" at "body" []:
            "waitUntil() checks whether the event is trusted before it converts its argument." {
                ends "body" if !m.event(v.event).is_trusted => Err(m.dom_exception(atom::INVALID_STATE_ERROR));
            }
    }
}
