//! Quirks of inner invoke. <https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke>

use crate::atom::{self, Atom};
use crate::dom::event_target::{Callback, Listener, remove_an_event_listener};
use crate::dom::inner_invoke::InnerInvoke;
use crate::ecmascript::conversions::to_boolean;
use crate::html::event_loop;
use crate::machine::{Host, Machine};
use crate::quirk::aside;
use crate::quirk::dom::deed;
use crate::quirk::dom::dispatch::is_node;
use crate::quirk::dom::run_the_abort_steps::alike;
use crate::quirk::hook::quirks;
use crate::service_worker::extendable_event;
use crate::value::{Kind, ListenerId, Value};
use crate::web_idl::callback;
use crate::web_idl::get::get;

quirks! {
    InnerInvoke<'_>, "dom/inner invoke" => bool, |v, m, h, holds|;

    subject { m.listeners.get(v.listener.index()).and_then(Listener::subject) }

    named {
        "once-ignored" "ADD MUT" never "2.5":
            "A once listener stays.";
        "passive-ignored" "FLG ADD" never "2.9":
            "A listener is never passive.";
        "exception-swallowed" "CB" skip "2.11.1":
            "The exception of a listener is not reported.";
        "passive-for-all" "FLG" skip "2.12":
            "After a passive listener the others can't cancel the event either.";
        "current-event-kept" "CB" never "2.13":
            "The event of a window stays the one that the last listener was called for.";
        "stop-immediate-ignored" "FLG DSP MUT" never "2.14":
            "stopImmediatePropagation() does not keep the event from the other listeners of the target.";
    }

    written {
        "readded-called" "MUT" at "2" []:
            "A listener that was removed and added again in the same pass is called in its old place." {
                holds "2" if !holds && added_again(m, v).is_some() => {
                    v.listener = added_again(m, v).unwrap_or(v.listener);
                    true
                };
            }
        "handler-type-lowercased" "EH" at "2.1" []:
            "An event handler is also called for events whose type becomes its own in lower case, as Abort for onabort.",
            "Types are compared exactly: onabort is called for abort events, and not for Abort." {
                never "2.1" if is_alike(m, v);
            }
        "once-removed-after" "MUT" at "2.5" []:
            "A once listener is removed after its call." {
                never "2.5";
                before "2.12" if m.listener(v.listener).once =>
                    remove_an_event_listener(m, v.current_target, v.listener);
            }
        "once-by-method" "MUT" at "2.5" []:
            "A once listener is removed by the removeEventListener that script gave the target." {
                instead "2.5" => if aside::call_own_method(m, h, v.current_target, atom::REMOVE_EVENT_LISTENER).is_none() {
                    remove_an_event_listener(m, v.current_target, v.listener);
                };
            }
        "once-by-method-after" "MUT" at "2.5" []:
            "A once listener is removed by the removeEventListener that script gave the target, and only once it was called." {
                never "2.5";
                before "2.12" if m.listener(v.listener).once =>
                    if aside::call_own_method(m, h, v.current_target, atom::REMOVE_EVENT_LISTENER).is_none() {
                        remove_an_event_listener(m, v.current_target, v.listener);
                    };
            }
        "once-removed-by-index" "MUT" at "2.5" []:
            "Instead of a once listener, whichever is in its former place in the list by then is removed." {
                instead "2.5" => if let Some(&other) = m.target(v.current_target).listeners.get(v.index) {
                    remove_an_event_listener(m, v.current_target, other);
                };
            }
        "outer-event-stays-current" "CB" at "2.8.2" []:
            "The event of a window stays that of the outermost dispatch." {
                skip "2.8.2" if v.current_event.is_some();
            }
        "current-event-forgotten" "CB" at "2.13" []:
            "The event of a window is undefined after each listener, also where another listener is still running." {
                instead "2.13" => m.realm_mut(v.global).current_event = None;
            }
        "abort-without-event" "ABT" at "2.11" []:
            "When a signal is aborted, the listeners of its abort event are called without an argument.",
            "Every listener is called with the event as its only argument, also when a signal is aborted." {
                instead "2.11" if m.event(v.event).event_type == atom::ABORT
                    && m.event(v.event).is_trusted
                    && deed::of(m, v.listener).is_none()
                    && m.listener(v.listener).subject().is_some() =>
                {
                    if let Some(object) = m.listener(v.listener).subject() {
                        let this = Value::Object(v.current_target);
                        v.result = callback::call_a_user_objects_operation(m, h, object, &[], this);
                    }
                };
            }
        "false-cancels" "CB" at "2.11" []:
            "A listener cancels the event by returning false." {
                after "2.11" if v.result == Ok(Value::Bool(false)) => m.event_mut(v.event).canceled = true;
            }
        "returned-promise-waits" "CB EXT" at "2.11" []:
            "A promise that a listener returns extends the lifetime of the event." {
                after "2.11" if matches!(v.result, Ok(Value::Object(_))) => if let Ok(value) = v.result {
                    // An event that no promise can keep alive stays as it is.
                    let _ = extendable_event::wait_until(m, h, v.event, value);
                };
            }
        "exception-escapes" "CB" at "2.11" ["dom/EventTarget.dispatchEvent(event)"]:
            "The exception of a listener leaves dispatchEvent() once the others were called." {
                after "2.11" if v.result.is_err() => m.watch.aside.thrown = v.result.err();
            }
        "exception-cancels" "CB" at "2.11" []:
            "The exception of a listener cancels the event." {
                after "2.11" if v.result.is_err() => m.event_mut(v.event).canceled = true;
            }
        "throwing-listener-fails-install" "SWL" at "2.11" []:
            "An exception in a listener for install makes the installation fail." {
                after "2.11" if v.result.is_err() => m.event_mut(v.event).lifetime.rejected = true;
            }
        "exception-ends-dispatch" "CB" at "2.11.1" ["dom/dispatch", "dom/EventTarget.dispatchEvent(event)"]:
            "The exception of a listener ends the dispatch, and leaves dispatchEvent() or whatever fired the event." {
                instead "2.11.1" => m.watch.aside.escaped = v.result.err();
            }
        "handle-event-escapes" "CB" at "2.11.1" ["dom/dispatch", "dom/EventTarget.dispatchEvent(event)"]:
            "An exception of reading a listener's handleEvent or option ends the dispatch and leaves dispatchEvent()." {
                instead "2.11.1" if m.watch.aside.misread => m.watch.aside.escaped = v.result.err();
            }
        "error-listener-escapes" "CB" at "2.11.1" ["dom/dispatch", "dom/EventTarget.dispatchEvent(event)"]:
            "An exception of a listener for the error event of the global object ends all dispatches and leaves dispatchEvent().",
            "An exception of an error listener of the global object ends no dispatch and does not leave dispatchEvent()." {
                instead "2.11.1" if is_error_at_global(m, v) => m.watch.aside.escaped = v.result.err();
            }
        "nullish-escapes" "CB" at "2.11.1" ["dom/dispatch", "dom/EventTarget.dispatchEvent(event)"]:
            "Reporting an exception that is undefined or null throws a TypeError, which leaves dispatchEvent()." {
                instead "2.11.1" if matches!(v.result, Err(Value::Undefined | Value::Null)) =>
                    m.watch.aside.escaped = Some(m.type_error());
            }
        "exception-reported-first" "CB" at "3" of "html/clean up after running script" ["dom/inner invoke"]:
            "Under an event of the user agent, the exception of a listener is reported before microtasks run." {
                before "2.11" => m.realm_mut(v.global).event_loop.stack += 1;
                before "2.12" => {
                    m.realm_mut(v.global).event_loop.stack -= 1;
                    if m.realm(v.global).event_loop.stack == 0 {
                        event_loop::perform_a_microtask_checkpoint(m, h, v.global);
                    }
                };
            }
        "exception-ends-pass" "CB" at "2.14" []:
            "After an exception the listeners that remain are not called." {
                never "2.13" if v.result.is_err();
                always "2.14" if v.result.is_err();
            }
        "first-listener-ends" "DSP" at "10" of "dom/dispatch" ["dom/inner invoke", "dom/Event.composedPath()", "dom/EventTarget.dispatchEvent(event)", "webidl/attribute getter"]:
            "Once its first listener has returned, an event no longer counts as being dispatched while the others are called.",
            "The dispatch flag is set for the whole dispatch and unset when the last listener has returned." {
                before "2.12" if v.result.is_ok() => m.event_mut(v.event).dispatch = false;
            }
    }

    also {
        "redispatch-joins" {
            after "1" => v.current_target = m.watch.aside.joined.unwrap_or(v.current_target);
        }
        "options-read-late" {
            before "2.11" => {
                let passive = late_option(m, h, v.listener, atom::PASSIVE);
                m.event_mut(v.event).in_passive_listener |= passive;
            };
            before "2.12" if m.watch.aside.escaped.is_none() => if late_option(m, h, v.listener, atom::ONCE) {
                remove_an_event_listener(m, v.current_target, v.listener);
            };
        }
        "signal-listens-on" {
            before "1" => m.watch.aside.stopped.retain(|event| *event != v.event);
            never "2" if m.watch.aside.stopped.contains(&v.event) && deed::of(m, v.listener).is_none();
            holds "2.14" => {
                if holds {
                    m.watch.aside.stopped.push(v.event);
                }
                false
            };
        }
        "one-pass-at-target" {
            never "2.3" if at_target(m, v);
        }
        "one-pass-off-nodes" {
            never "2.3" if at_target(m, v) && !is_node(m, v.current_target);
        }
        "late-listeners-called" {
            never "2.3" if m.watch.aside.in_both_phases;
        }
    }

    shared {
        before "2.11" => m.watch.aside.misread = false;
        instead "2.11" if deed::of(m, v.listener).is_some() => deed::perform(m, h, v.current_target, v.listener);
        skip "2.11" if m.watch.aside.escaped.is_some();
        // What escapes ends the algorithm there and then.
        skip "2.12" if m.watch.aside.escaped.is_some();
        never "2.13" if m.watch.aside.escaped.is_some();
        always "2.14" if m.watch.aside.escaped.is_some();
    }
}

/// The listener like the one that was removed, if it is there again.
fn added_again(m: &Machine, v: &InnerInvoke<'_>) -> Option<ListenerId> {
    if matches!(m.listener(v.listener).callback, Callback::Handler(_)) {
        return None;
    }
    alike(m, v.current_target, v.listener)
}

/// Whether the listener is a handler whose type is the event's in lower case.
fn is_alike(m: &Machine, v: &InnerInvoke<'_>) -> bool {
    let listener = m.listener(v.listener);
    matches!(listener.callback, Callback::Handler(_))
        && m.atoms.text(m.event(v.event).event_type).to_lowercase() == m.atoms.text(listener.event_type)
}

fn is_error_at_global(m: &Machine, v: &InnerInvoke<'_>) -> bool {
    let at_global = m.event(v.event).current_target.is_some_and(|target| matches!(m.object(target).kind, Kind::Global));
    at_global && m.event(v.event).event_type == atom::ERROR
}

/// Whether the event is at its target.
fn at_target(m: &Machine, v: &InnerInvoke<'_>) -> bool {
    let path = &m.event(v.event).path;
    let item = path.iter().find(|item| Some(item.invocation_target) == m.event(v.event).current_target);
    item.is_some_and(|item| item.shadow_adjusted_target.is_some())
}

/// An option that is read again for each call.
fn late_option(m: &mut Machine, h: &mut impl Host, listener: ListenerId, name: Atom) -> bool {
    let Some(options) = m.watch.aside.options(listener) else { return false };
    match get(m, h, options, name) {
        Ok(value) => to_boolean(value),
        Err(exception) => {
            if m.meets(const { crate::Quirk::of("handle-event-escapes") }) {
                m.watch.aside.escaped = Some(exception);
            }
            false
        }
    }
}
