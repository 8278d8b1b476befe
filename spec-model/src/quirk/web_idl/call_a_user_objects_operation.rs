//! Quirks of call a user object's operation. <https://webidl.spec.whatwg.org/#call-a-user-objects-operation>

use crate::atom;
use crate::machine::Machine;
use crate::quirk::aside;
use crate::quirk::aside::{call_own_method, has_own_method};
use crate::quirk::hook::quirks;
use crate::value::{Completion, Kind, PromiseId, Value};
use crate::web_idl::call_a_user_objects_operation::CallAUserObjectsOperation;
use crate::web_idl::callback;
use crate::web_idl::get::get;

quirks! {
    CallAUserObjectsOperation<'_>, "webidl/call a user object's operation" => Completion, |v, m, h, holds|;

    subject { Some(v.object) }

    named {
        "uncallable-silent" "CB" skip "10.4":
            "A callback object without a callable handleEvent is passed over in silence.";
    }

    written {
        "handle-event-of-function" "CB" at "10" []:
            "Where a listener is a function with a property handleEvent, that is called instead of it." {
                always "10" if m.own_property(v.object, atom::HANDLE_EVENT).is_some();
            }
        "handle-event-read-twice" "CB" at "10.1" []:
            "handleEvent is read twice for each call." {
                after "10.1" if v.get_result.is_ok() => v.get_result = get(m, h, v.object, v.op_name);
            }
        "handle-event-kept" "CB ADD" at "10.1" ["webidl/create an operation function"]:
            "handleEvent is read when the listener is added, where it has to be callable, and kept.",
            "handleEvent is read at each call of the listener, and not when it is added, where any object will do." {
                instead "10.1" if m.watch.aside.kept_operation(v.object).is_some() =>
                    v.get_result = Ok(m.watch.aside.kept_operation(v.object).unwrap_or(Value::Undefined));
            }
        "uncallable-null" "CB" at "10.4" []:
            "A callback object without a callable handleEvent, called while no script runs, makes null be reported." {
                instead "10.4" if m.realm(v.realm).event_loop.stack == 1 => v.completion = Err(Value::Null);
            }
        "handle-event-this" "CB" at "10.5" []:
            "handleEvent is called with the current target as this." {
                skip "10.5";
            }
        "callback-this-undefined" "CB" at "12" []:
            "Listeners are called with undefined as this." {
                before "12" if v.x == Value::Object(v.object) => v.this_arg = Value::Undefined;
            }
        "callback-this-global" "CB" at "12" []:
            "Listeners are called with the global object as this." {
                before "12" if v.x == Value::Object(v.object) => v.this_arg = Value::Object(m.realm(v.realm).global);
            }
        "callback-gets-two" "CB" at "12" []:
            "Listeners get the current target as a second argument." {
                instead "12" => if let Some(x) = v.x.object() {
                    let two: Vec<Value> = v.args.iter().copied().chain([v.this_arg]).collect();
                    v.call_result = callback::call(m, h, x, v.this_arg, &two);
                };
            }
        "call-looked-up" "CB" at "12" []:
            "A listener's function or handleEvent is called by the property call that script gave it." {
                instead "12" if has_own_method(m, v.x, atom::CALL) => call_by_property(m, h, v);
            }
        "function-call-looked-up" "CB" at "12" []:
            "A listener that is a function, but no handleEvent, is called by the property call that script gave it." {
                instead "12" if v.x == Value::Object(v.object) && has_own_method(m, v.x, atom::CALL) =>
                    call_by_property(m, h, v);
            }
        "returned-promise-handled" "CB" at "12" []:
            "A rejected promise that a listener returned counts as handled, so no unhandledrejection is fired." {
                after "12" if returned(m, v).is_some() => if let Some(promise) = returned(m, v) {
                    m.promise_mut(promise).handled = true;
                };
            }
        "returned-promise-reported" "CB" at "14" ["html/HostEnqueuePromiseJob"]:
            "The rejection of a promise that a listener returned is reported as an exception." {
                after "12" if returned(m, v).is_some() => if let Some(promise) = returned(m, v) {
                    aside::report_rejection_of(m, promise);
                };
            }
    }

    also {
        "no-checkpoint-between-listeners" {
            after "5" => m.watch.aside.callbacks.push(m.realm(v.realm).event_loop.stack);
            before "15.3" => { m.watch.aside.callbacks.pop(); };
        }
    }

    shared {
        instead "10.1" if m.watch.aside.nulls.contains(&v.object) => {
            m.watch.aside.misread = true;
            v.get_result = Err(m.type_error());
        };
        after "10.1" => m.watch.aside.misread = v.get_result.is_err();
    }
}

fn call_by_property(m: &mut Machine, h: &mut impl crate::Host, v: &mut CallAUserObjectsOperation<'_>) {
    let result = v.x.object().and_then(|x| call_own_method(m, h, x, atom::CALL));
    v.call_result = result.unwrap_or(Ok(Value::Undefined));
}

/// The promise that the listener returned, if it did.
fn returned(m: &Machine, v: &CallAUserObjectsOperation<'_>) -> Option<PromiseId> {
    match m.object(v.call_result.ok()?.object()?).kind {
        Kind::Promise(promise) => Some(promise),
        _ => None,
    }
}
