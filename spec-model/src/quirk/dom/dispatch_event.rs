//! Quirks of `dispatchEvent()`. <https://dom.spec.whatwg.org/#dom-eventtarget-dispatchevent>

use crate::atom;
use crate::dom::dispatch::dispatch;
use crate::dom::dispatch_event::DispatchEvent;
use crate::dom::event::EventPhase;
use crate::dom::inner_invoke::inner_invoke;
use crate::dom::invoke::Phase;
use crate::html::event_loop::{self, Microtask};
use crate::machine::{Host, Machine};
use crate::quirk::aside;
use crate::quirk::dom::dispatch::was_ever_heard;
use crate::quirk::hook::quirks;
use crate::value::{Completion, Property, Value};
use crate::web_idl::interfaces::Interface;

quirks! {
    DispatchEvent, "dom/EventTarget.dispatchEvent(event)" => Completion, |v, m, h, holds|;

    named {
        "stays-trusted" "DSP EXT" skip "2":
            "An event of the user agent stays trusted when script dispatches it.";
    }

    written {
        "unheard-unchecked" "DSP" at "1" []:
            "dispatchEvent() where nobody ever listened to the type does nothing but set the target and return true.",
            "Also where nobody listens, a dispatch is refused for an event being dispatched, unsets the stop flags and heeds a cancelation." {
                ends "1" if !was_ever_heard(m, v.this, v.event) => {
                    m.event_mut(v.event).target = Some(v.this);
                    Ok(Value::Bool(true))
                };
            }
        "unheard-untouched" "DSP" at "1" []:
            "dispatchEvent() where nobody ever listened to the type does nothing at all and returns true.",
            "Also where nobody listens, a dispatch sets the target, unsets the stop flags and returns false for a canceled event." {
                ends "1" if !was_ever_heard(m, v.this, v.event) => Ok(Value::Bool(true));
            }
        "recursion-error-plain" "DSP" at "1" []:
            "Dispatching an event while it is being dispatched throws a plain Error." {
                ends "1" if m.event(v.event).dispatch => Err(aside::plain_error(m));
            }
        "recursion-error-coded" "DSP" at "1" []:
            "Dispatching an event while it is being dispatched throws an Error whose code is ERR_EVENT_RECURSION." {
                ends "1" if m.event(v.event).dispatch => Err(coded_error(m, "ERR_EVENT_RECURSION"));
            }
        "redispatch-joins" "DSP" at "1" ["dom/inner invoke"]:
            "Dispatching an event while it is being dispatched calls the listeners of the new target amid the old dispatch." {
                ends "1" if m.event(v.event).dispatch && !is_too_deep(m, v) => Ok(Value::Bool(join(m, h, v)));
            }
        "redispatch-allowed" "DSP" at "1" []:
            "dispatchEvent() allows an event that is being dispatched." {
                never "1" if m.event(v.event).dispatch;
                skip "2" if m.event(v.event).dispatch;
            }
        "nested-dispatch-refused" "DSP FLG" at "1" []:
            "dispatchEvent() throws while another event is being dispatched." {
                always "1" if m.events.iter().any(|event| event.dispatch);
            }
        "untyped-undispatched" "DSP" at "1" []:
            "An event whose type is empty can not be dispatched." {
                always "1" if m.event(v.event).event_type == atom::EMPTY;
            }
        "dispatched-once" "DSP" at "1" []:
            "An event can be dispatched once only." {
                always "1" if m.event(v.event).target.is_some();
            }
        "functional-undispatchable" "BGE EXT" at "1" []:
            "dispatchEvent() calls nobody for an ExtendableEvent." {
                ends "1" if m.event(v.event).interface.is(Interface::ExtendableEvent) => Ok(Value::Bool(true));
            }
        "dispatch-queued" "DSP" at "3" ["html/perform a microtask checkpoint"]:
            "dispatchEvent() returns true at once, and the listeners run in a microtask." {
                // The microtask sets isTrusted to false.
                skip "2";
                ends "3" if v.result.is_none() => {
                    let realm = m.object(v.this).realm;
                    m.watch.aside.put_off.push((v.event, v.this));
                    event_loop::queue_a_microtask(m, realm, Microtask::LifetimePromiseSettled(v.event));
                    Ok(Value::Bool(true))
                };
            }
        "dispatch-gives-nothing" "DSP" at "3" []:
            "dispatchEvent() returns undefined.",
            "dispatchEvent() returns true, or false for an event that is canceled." {
                ends "3" if v.result.is_some() && !is_escaping(m) => Ok(Value::Undefined);
            }
    }

    shared {
        // Without a quirk, no listener of the event is still to be called here.
        instead "3" if v.result.is_none() && is_amid(m, v) => v.result = Some(dispatch_amid(m, h, v));
        // What escapes leaves the algorithm.
        ends "3" if v.result.is_some() && is_escaping(m) => escape(m);
        // What a quirk begins may never end.
        ends "1" if m.has_quirks() && is_too_deep(m, v) => Ok(Value::Bool(true));
    }
}

/// How deep a dispatch may recur.
const DEEPEST: u32 = 40;

fn is_too_deep(m: &Machine, v: &DispatchEvent) -> bool {
    m.realm(m.object(v.this).realm).event_loop.stack > DEEPEST
}

/// Whether the event is on its way along a path, whatever its dispatch flag says.
fn is_amid(m: &Machine, v: &DispatchEvent) -> bool {
    m.event(v.event).event_phase != EventPhase::None && !m.event(v.event).path.is_empty()
}

fn is_escaping(m: &Machine) -> bool {
    m.watch.aside.escaped.is_some() || m.watch.aside.thrown.is_some()
}

/// Throws what leaves the dispatch.
fn escape(m: &mut Machine) -> Completion {
    let escaped = m.watch.aside.escaped.take().or_else(|| m.watch.aside.thrown.take());
    escaped.map_or(Ok(Value::Undefined), Err)
}

/// An `Error` with a code.
fn coded_error(m: &mut Machine, code: &str) -> Value {
    let error = aside::plain_error(m);
    if let Value::Object(object) = error {
        let code = Value::String(m.atoms.intern(code));
        m.define_property(object, atom::CODE, Property::Data(code));
    }
    error
}

/// Invokes the listeners of another target amid a dispatch; returns whether the canceled flag is unset.
fn join(m: &mut Machine, h: &mut impl Host, v: &DispatchEvent) -> bool {
    let outer = m.watch.aside.joined.replace(v.this);
    let capturing = m.event(v.event).event_phase == EventPhase::Capturing;
    let phase = if capturing { Phase::Capturing } else { Phase::Bubbling };
    let listeners = m.target(v.this).listeners.clone();
    inner_invoke(m, h, v.event, &listeners, phase);
    m.watch.aside.joined = outer;
    !m.event(v.event).canceled
}

/// Dispatches an event that is being dispatched. The outer dispatch finds what it left, but for the flags.
fn dispatch_amid(m: &mut Machine, h: &mut impl Host, v: &DispatchEvent) -> bool {
    let outer = m.event(v.event).clone();
    m.event_mut(v.event).path.clear();
    let result = dispatch(m, h, v.event, v.this);
    let event = m.event_mut(v.event);
    (event.path, event.dispatch) = (outer.path, outer.dispatch);
    (event.current_target, event.event_phase) = (outer.current_target, outer.event_phase);
    result
}
