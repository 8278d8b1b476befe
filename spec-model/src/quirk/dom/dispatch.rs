//! Quirks of dispatch. <https://dom.spec.whatwg.org/#concept-event-dispatch>

use crate::atom;
use crate::dom::dispatch::Dispatch;
use crate::dom::event::EventPhase;
use crate::dom::event_target::{get_the_parent, has_listener};
use crate::dom::inner_invoke::inner_invoke;
use crate::dom::invoke::Phase;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::quirk::hook::quirks;
use crate::value::{EventId, Kind, ObjectId, Property, Value};

quirks! {
    Dispatch, "dom/dispatch" => bool, |v, m, h, holds|;

    named {
        "bubbles-regardless" "DSP TGT" never "6.14.2.1":
            "An event that does not bubble goes from its target to the parents all the same.";
        "phase-kept" "DSP" skip "7":
            "eventPhase keeps its value after the dispatch.";
        "current-target-kept" "DSP" skip "8":
            "currentTarget keeps its value after the dispatch.";
    }

    written {
        "dispatch-unsets-canceled" "FLG" at "1" []:
            "A dispatch begins by taking back an earlier cancelation.",
            "An event already canceled before dispatch makes dispatchEvent return false even if no listener cancels it." {
                after "1" => m.event_mut(v.event).canceled = false;
            }
        "time-stamp-of-dispatch" "EVC" at "1" []:
            "Each dispatch gives the event the timeStamp of its beginning." {
                after "1" => m.event_mut(v.event).time_stamp = m.now();
            }
        "global-is-parent" "TGT" at "6.8" []:
            "The global object is the parent of constructed targets." {
                after "6.8" => v.parent = parent_of(m, v.target);
                after "6.9.9" => v.parent = m.event(v.event).path.last().and_then(|item| parent_of(m, item.invocation_target));
            }
        "parent-constructor-read" "DSP" at "6.9.6.2" ["dom/EventTarget.dispatchEvent(event)"]:
            "A dispatch throws a TypeError where script has set the constructor property of a parent to null." {
                after "6.9.6.2" if v.parent.is_some_and(|parent| has_null_constructor(m, parent)) =>
                    m.watch.aside.escaped = Some(m.type_error());
            }
        "capturing-at-target" "DSP TGT" at "6.13.1" []:
            "A capture listener at the target sees the capturing phase." {
                instead "6.13.1" => m.event_mut(v.event).event_phase = EventPhase::Capturing;
            }
        "no-capturing-pass" "DSP" at "6.13.2" []:
            "Capture listeners of the parents are not called." {
                skip "6.13.2";
                skip "6.13.3" if !at_target(m, v);
            }
        "bubbling-outermost-first" "DSP" at "6.14" []:
            "The bubbling pass calls the nodes of the path in the order of the capturing pass." {
                after "6.14" => v.item = m.event(v.event).path.len() - 1 - v.item;
            }
        "bubbling-at-target" "DSP TGT" at "6.14.1" []:
            "A non-capture listener at the target sees the bubbling phase." {
                instead "6.14.1" => m.event_mut(v.event).event_phase = EventPhase::Bubbling;
            }
        "no-bubbling-pass" "DSP" at "6.14.2.2" []:
            "Non-capture listeners of the parents are not called." {
                skip "6.14.2.2";
                skip "6.14.3" if !at_target(m, v);
            }
        "target-bubbles-alone" "DSP" at "6.14.3" []:
            "An event that does not bubble reaches no non-capture listener, not even at its target." {
                skip "6.14.3" if at_target(m, v) && !m.event(v.event).bubbles;
            }
        "one-pass-at-target" "DSP MUT FLG EH" at "6.13.3" ["dom/inner invoke"]:
            "At its target an event reaches capture listeners and others in one pass, in the order in which they were added.",
            "At its target an event makes two passes: first for capture listeners, then, over a new clone of the list, for the others." {
                skip "6.14.3" if at_target(m, v);
            }
        "one-pass-off-nodes" "DSP MUT FLG EH" at "6.13.3" ["dom/inner invoke"]:
            "At a target that is no node an event reaches capture listeners and others in one pass, in the order in which they were added.",
            "At its target an event makes two passes: first for capture listeners, then, over a new clone of the list, for the others." {
                skip "6.14.3" if at_target(m, v) && !is_node(m, v.target);
            }
        "late-listeners-called" "MUT" at "7" ["dom/inner invoke"]:
            "As a dispatch ends, the listeners that were added during it are called." {
                after "6.13" if v.item + 1 == m.event(v.event).path.len() =>
                    m.watch.aside.listeners_before.push((v.event, m.listeners.len()));
                before "7" => call_late_listeners(m, h, v.event);
            }
        "target-cleared" "DSP" at "11" []:
            "target is null again after the dispatch." {
                after "8" => m.event_mut(v.event).target = None;
            }
        "path-kept" "DSP" at "9" ["dom/Event.composedPath()"]:
            "composedPath() keeps its value after the dispatch." {
                before "1" => m.event_mut(v.event).path.clear();
                skip "9";
            }
        "stop-flags-kept" "DSP FLG" at "10" []:
            "Neither the stop propagation flag nor the stop immediate propagation flag is unset after the dispatch.",
            "A dispatch ends by unsetting both stop flags." {
                instead "10" => unset_flags(m, v);
            }
        "stop-propagation-kept" "DSP FLG" at "10" []:
            "The stop propagation flag is not unset after the dispatch.",
            "The stop propagation flag is unset when dispatch ends (cancelBubble reads false)." {
                instead "10" => unset_flags(m, v);
            }
        "stop-immediate-kept" "DSP FLG" at "10" []:
            "The stop immediate propagation flag is not unset after the dispatch." {
                instead "10" => unset_flags(m, v);
            }
        "stop-flags-kept-off-nodes" "DSP FLG" at "10" []:
            "Neither of the two stop flags is unset after a dispatch at a target that is no node.",
            "A dispatch ends by unsetting both stop flags." {
                instead "10" if !is_node(m, v.target) => unset_flags(m, v);
            }
        "unheard-goes-on" "DSP" at "10" []:
            "An event whose dispatch reached no listener counts as being dispatched for ever." {
                instead "10" if !is_heard(m, v.target, v.event) => unset_flags(m, v);
            }
        "canceled-cleared" "FLG" at "13" []:
            "A dispatch ends by taking the cancelation back." {
                holds "13" => {
                    m.event_mut(v.event).canceled = false;
                    holds
                };
            }
        "unheard-uncanceled" "DSP" at "13" []:
            "Dispatching a canceled event at a target that never had a listener of any type returns true.",
            "An event already canceled before its dispatch makes dispatchEvent() return false, also where nobody listens." {
                never "13" if !is_node(m, v.target) && m.watch.aside.ever_heard.iter().all(|(target, _)| *target != v.target);
            }
        "prevented-regardless" "DSP FLG" at "13" ["dom/set the canceled flag"]:
            "dispatchEvent() returns false after preventDefault() although the event can not be canceled." {
                always "13" if m.watch.aside.canceled_in_vain.contains(&v.event);
            }
    }

    also {
        "options-live" {
            after "1" => read_options_again(m);
        }
        "lists-cloned-first" {
            after "6.13" if v.item + 1 == m.event(v.event).path.len() => clone_lists(m, v.event);
        }
    }

    shared {
        // What escapes ends the dispatch.
        skip "6.13.3" if m.watch.aside.escaped.is_some();
        skip "6.14.3" if m.watch.aside.escaped.is_some();
    }
}

/// The parent of a target, also where a quirk gives it one.
fn parent_of(m: &Machine, target: ObjectId) -> Option<ObjectId> {
    let object = m.object(target);
    let has_global = matches!(object.kind, Kind::EventTarget) && m.meets(const { Quirk::of("global-is-parent") });
    if has_global { Some(m.realm(object.realm).global) } else { get_the_parent(m, target) }
}

/// Whether a target or one of its parents has a listener for the type of an event.
pub(super) fn is_heard(m: &Machine, target: ObjectId, event: EventId) -> bool {
    let event_type = m.event(event).event_type;
    let mut path = std::iter::successors(Some(target), |node| parent_of(m, *node));
    path.any(|node| has_listener(m, node, event_type))
}

/// Whether a listener for the type of an event was ever added to a target or one of its parents.
pub(super) fn was_ever_heard(m: &Machine, target: ObjectId, event: EventId) -> bool {
    let event_type = m.event(event).event_type;
    let mut path = std::iter::successors(Some(target), |node| parent_of(m, *node));
    path.any(|node| m.watch.aside.ever_heard.contains(&(node, event_type)))
}

pub(super) fn is_node(m: &Machine, target: ObjectId) -> bool {
    matches!(m.object(target).kind, Kind::Node(_))
}

/// Gives listeners the options that their objects have by now.
fn read_options_again(m: &mut Machine) {
    for (listener, options) in m.watch.aside.kept_options.clone() {
        let is = |m: &Machine, name| matches!(m.own_property(options, name), Some(Property::Data(Value::Bool(true))));
        let (once, passive) = (is(m, atom::ONCE), is(m, atom::PASSIVE));
        let listener = &mut m.listeners[listener.index()];
        (listener.once, listener.passive) = (once, passive);
    }
}

/// Whether the event is at its target.
fn at_target(m: &Machine, v: &Dispatch) -> bool {
    m.event(v.event).path[v.item].shadow_adjusted_target.is_some()
}

fn has_null_constructor(m: &Machine, object: ObjectId) -> bool {
    matches!(m.own_property(object, atom::CONSTRUCTOR), Some(Property::Data(Value::Null)))
}

/// Unsets the flags that no quirk keeps.
fn unset_flags(m: &mut Machine, v: &Dispatch) {
    let goes_on = m.meets(const { Quirk::of("unheard-goes-on") }) && !is_heard(m, v.target, v.event);
    let keeps_both = m.meets(const { Quirk::of("stop-flags-kept") })
        || !is_node(m, v.target) && m.meets(const { Quirk::of("stop-flags-kept-off-nodes") });
    let keeps_stop = keeps_both || m.meets(const { Quirk::of("stop-propagation-kept") });
    let keeps_immediate = keeps_both || m.meets(const { Quirk::of("stop-immediate-kept") });
    let event = m.event_mut(v.event);
    event.dispatch = goes_on;
    event.stop_propagation &= keeps_stop;
    event.stop_immediate_propagation &= keeps_immediate;
}

fn clone_lists(m: &mut Machine, event: EventId) {
    for index in 0..m.event(event).path.len() {
        let target = m.event(event).path[index].invocation_target;
        let listeners = m.target(target).listeners.clone();
        m.watch.aside.cloned_lists.push((event, target, listeners));
    }
}

/// Calls the listeners that were added since the dispatch began.
fn call_late_listeners(m: &mut Machine, h: &mut impl Host, event: EventId) {
    let before = m.watch.aside.listeners_before.iter().rposition(|(of, _)| *of == event);
    let Some((_, before)) = before.map(|index| m.watch.aside.listeners_before.remove(index)) else { return };
    for index in 0..m.event(event).path.len() {
        let target = m.event(event).path[index].invocation_target;
        let late = m.target(target).listeners.iter().copied().filter(|id| id.index() >= before).collect::<Vec<_>>();
        m.event_mut(event).current_target = Some(target);
        m.watch.aside.in_both_phases = true;
        inner_invoke(m, h, event, &late, Phase::Capturing);
        m.watch.aside.in_both_phases = false;
    }
}
