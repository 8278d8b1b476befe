//! Quirks of invoke. <https://dom.spec.whatwg.org/#concept-event-listener-invoke>

use crate::atom;
use crate::dom::event_target::{Callback, ListenerList, remove_an_event_listener};
use crate::dom::inner_invoke::inner_invoke;
use crate::dom::invoke::{Invoke, Phase, legacy_event_type};
use crate::html::report_an_exception::report_an_exception;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::quirk::dom::add_an_event_listener::share_the_list;
use crate::quirk::dom::deed;
use crate::quirk::dom::dispatch::is_node;
use crate::quirk::hook::quirks;
use crate::value::{Kind, ListenerId, ObjectId, Property, Value};
use crate::web_idl::get::is_handler;
use crate::web_idl::{callback, interfaces};

quirks! {
    Invoke, "dom/invoke" => (), |v, m, h, holds|;

    written {
        "target-is-current-target" "DSP TGT" at "3" []:
            "In the listeners of a parent the target is that parent." {
                after "3" => m.event_mut(v.event).target = Some(current_target(m, v));
            }
        "stop-unchecked-between-passes" "DSP FLG EH" at "6" []:
            "Between the two passes at the target nobody looks whether the event was stopped." {
                never "6" if at_target(m, v)
                    && !m.event(v.event).stop_immediate_propagation
                    && v.phase == Phase::Bubbling;
            }
        "stop-unchecked-at-target" "DSP" at "6" []:
            "At a target without parents the stop propagation flag keeps no listener from being called." {
                never "6" if at_target(m, v)
                    && !m.event(v.event).stop_immediate_propagation
                    && m.event(v.event).path.len() == 1;
            }
        "stop-unchecked-off-nodes" "DSP" at "6" []:
            "At a target that is no node the stop propagation flag keeps no listener from being called." {
                never "6" if at_target(m, v)
                    && !m.event(v.event).stop_immediate_propagation
                    && m.event(v.event).path.len() == 1
                    && !is_node(m, current_target(m, v));
            }
        "stop-unchecked-beyond-target" "DSP" at "6" []:
            "On the way back from the target nobody looks whether the event was stopped." {
                never "6" if !at_target(m, v) && v.phase == Phase::Bubbling;
            }
        "stop-checked-after" "DSP" at "6" []:
            "An event stopped before its dispatch still reaches the capture listeners of the outermost target of its path." {
                never "6" if v.phase == Phase::Capturing && v.path_item + 1 == m.event(v.event).path.len();
            }
        "lists-cloned-first" "MUT EH" at "2" of "dom/inner invoke" ["dom/invoke", "dom/dispatch", "dom/remove an event listener"]:
            "A listener that is removed during a dispatch is called in it all the same." {
                after "8" => v.listeners = ListenerList::of(cloned_list(m, v));
            }
        "indexed-listeners" "MUT" at "10" []:
            "A pass counts its way through the list, and passes over a listener when one before it is removed." {
                instead "10" => v.found = invoke_by_index(m, h, v);
            }
        "live-listeners" "MUT EH" at "10" []:
            "A listener that is added to the current target is called in the same pass." {
                instead "10" => v.found = invoke_live(m, h, v);
            }
        "live-but-last" "MUT" at "8" []:
            "A listener added to the current target during a pass is called in it, unless the last listener of the list added it." {
                instead "10" => v.found = invoke_live_but_last(m, h, v);
            }
        "handlers-looked-up-last" "EH" at "6" of "html/activate an event handler" ["dom/invoke"]:
            "Event handlers are looked up and called once all listeners of the pass were called.",
            "The handler's place in the listener order is fixed when it is first set to an object." {
                instead "10" => v.found = invoke_handlers_last(m, h, v);
            }
        "handlers-last" "EH" at "8" []:
            "Event handlers are called after all listeners." {
                after "8" => {
                    let mut sorted = v.listeners.as_slice().to_vec();
                    sorted.sort_by_key(|id| m.listener(*id).subject().is_none());
                    v.listeners = ListenerList::of(sorted);
                };
            }
        "once-removed-first" "MUT" at "2.5" of "dom/inner invoke" ["dom/invoke"]:
            "All once listeners that a pass is going to call are removed before it calls the first.",
            "A once listener is removed just before its own call: a dispatch that an earlier listener makes still calls it." {
                after "8" => remove_once_listeners(m, v);
            }
        "once-of-all" "MUT" at "10" []:
            "A pass removes all once listeners of the target, of whatever type, called or not." {
                after "10" => for &listener in v.listeners.as_slice() {
                    if m.listener(listener).once {
                        remove_an_event_listener(m, current_target(m, v), listener);
                    }
                };
            }
        "on-property-first" "EH" at "10" []:
            "A function that script stored at a target as on<type> is called like an event handler, before the listeners." {
                before "10" if v.phase == Phase::Bubbling => call_on_property(m, h, v);
            }
        "on-property-last" "EH" at "10" []:
            "A function stored as on<type> at a signal, a node or the window is called like a handler, after the listeners." {
                after "10" if v.phase == Phase::Bubbling && !is_constructed(m, v) => call_on_property(m, h, v);
            }
        "legacy-types-for-all" "DSP" at "11" []:
            "Events of script too are offered under the old names of their types." {
                holds "11" if !v.found => true;
            }
        "legacy-type-for-every" "DSP" at "11.1" []:
            "Every event of the user agent that a pass finds no listener for loses its type." {
                after "11.1" if legacy_event_type(v.original_event_type).is_none() =>
                    m.event_mut(v.event).event_type = atom::EMPTY;
            }
    }

    also {
        "one-listener-list" {
            before "8" => share_the_list(m, current_target(m, v));
        }
    }
}

fn current_target(m: &Machine, v: &Invoke) -> ObjectId {
    m.event(v.event).path[v.path_item].invocation_target
}

fn at_target(m: &Machine, v: &Invoke) -> bool {
    m.event(v.event).path[v.path_item].shadow_adjusted_target.is_some()
}

/// Whether it is a target that script made with `new EventTarget()`.
fn is_constructed(m: &Machine, v: &Invoke) -> bool {
    matches!(m.object(current_target(m, v)).kind, Kind::EventTarget)
}

/// Calls what script stored as `on` and the event's type, unless that is an event handler.
fn call_on_property(m: &mut Machine, h: &mut impl Host, v: &Invoke) {
    let target = current_target(m, v);
    let name = format!("on{}", m.atoms.text(m.event(v.event).event_type));
    let name = m.atoms.intern(&name);
    let object = m.object(target);
    let interface = interfaces::of(&object.kind, m, m.realm(object.realm).scope);
    if interface.is_some_and(|interface| is_handler(interface, name)) {
        return;
    }
    let Some(Property::Data(Value::Object(function))) = m.own_property(target, name) else { return };
    let argument = [Value::Object(m.event(v.event).object)];
    let result = callback::invoke_a_callback_function(m, h, function, Value::Object(target), &argument);
    if let Err(exception) = result {
        let realm = m.object(target).realm;
        report_an_exception(m, h, exception, realm);
    }
}

/// Takes the once listeners of a phase out of the list. They stay callable.
fn remove_once_listeners(m: &mut Machine, v: &Invoke) {
    let in_one_pass = m.meets(const { Quirk::of("one-pass-at-target") })
        || m.meets(const { Quirk::of("one-pass-off-nodes") }) && !is_node(m, current_target(m, v));
    let in_both = v.phase == Phase::Capturing && at_target(m, v) && in_one_pass;
    for &id in v.listeners.as_slice() {
        let listener = m.listener(id);
        let matches = in_both || listener.capture == (v.phase == Phase::Capturing);
        if listener.once && !listener.removed && matches && listener.event_type == m.event(v.event).event_type {
            remove_an_event_listener(m, current_target(m, v), id);
            m.listeners[id.index()].removed = false;
        }
    }
}

/// At most this many listeners are called from a list that goes on growing.
const MOST_LIVE: usize = 100;

/// Invokes listeners until the list has no more, ones that were added in the meantime included.
fn invoke_live(m: &mut Machine, h: &mut impl Host, v: &Invoke) -> bool {
    let target = current_target(m, v);
    let mut seen: Vec<ListenerId> = Vec::new();
    let mut found = false;
    while let Some(next) = m.target(target).listeners.iter().copied().find(|id| !seen.contains(id)) {
        seen.push(next);
        found |= inner_invoke(m, h, v.event, &[next], v.phase);
        if m.event(v.event).stop_immediate_propagation || seen.len() > MOST_LIVE {
            break;
        }
    }
    found
}

/// The same along a chain of the listeners of the type, whose next link is looked up before a listener is called: one that is added is
/// reached only behind one that is still to come.
fn invoke_live_but_last(m: &mut Machine, h: &mut impl Host, v: &Invoke) -> bool {
    let of_type = |m: &Machine| -> Vec<ListenerId> {
        let listeners = m.target(current_target(m, v)).listeners.iter().copied();
        listeners.filter(|id| m.listener(*id).event_type == m.event(v.event).event_type).collect()
    };
    // What a signal removes its listeners by may resist.
    let resists = |m: &Machine, id| m.meets(const { Quirk::of("signal-listens-on") }) && deed::of(m, id).is_some();
    let mut order = of_type(m);
    let (mut found, mut at, mut is_stopped) = (false, 0, false);
    while at < order.len() && at <= MOST_LIVE {
        if !is_stopped || resists(m, order[at]) {
            found |= inner_invoke(m, h, v.event, &[order[at]], v.phase);
        }
        is_stopped |= m.event(v.event).stop_immediate_propagation;
        at += 1;
        for pair in of_type(m).windows(2) {
            if order[at..].contains(&pair[0]) && !order.contains(&pair[1]) {
                order.push(pair[1]);
            }
        }
    }
    found
}

/// The listeners of the target as they were when the dispatch began.
fn cloned_list(m: &Machine, v: &Invoke) -> Vec<ListenerId> {
    let target = current_target(m, v);
    let cloned = m.watch.aside.cloned_lists.iter().rev().find(|(of, at, _)| (*of, *at) == (v.event, target));
    cloned.map(|(_, _, listeners)| listeners.clone()).unwrap_or_default()
}

fn invoke_by_index(m: &mut Machine, h: &mut impl Host, v: &Invoke) -> bool {
    let target = current_target(m, v);
    let mut found = false;
    for index in 0..m.target(target).listeners.len() {
        let Some(next) = m.target(target).listeners.get(index).copied() else { break };
        found |= inner_invoke(m, h, v.event, &[next], v.phase);
        if m.event(v.event).stop_immediate_propagation {
            break;
        }
    }
    found
}

/// Invokes listeners, and then the event handlers that there are by then.
fn invoke_handlers_last(m: &mut Machine, h: &mut impl Host, v: &Invoke) -> bool {
    let target = current_target(m, v);
    let of_kind = |m: &Machine, handlers: bool| -> Vec<ListenerId> {
        let is_handler = |id: &ListenerId| matches!(m.listener(*id).callback, Callback::Handler(_));
        m.target(target).listeners.iter().copied().filter(|id| is_handler(id) == handlers).collect()
    };
    let listeners = of_kind(m, false);
    let found = inner_invoke(m, h, v.event, &listeners, v.phase);
    if m.event(v.event).stop_immediate_propagation {
        return found;
    }
    let handlers = of_kind(m, true);
    inner_invoke(m, h, v.event, &handlers, v.phase) || found
}
