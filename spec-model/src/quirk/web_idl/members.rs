//! The table of quirks that are about members of interfaces: what exists where, and as what kind of property.
//! <https://webidl.spec.whatwg.org/#js-interfaces>

use crate::atom;
use crate::quirk::web_idl::rows::{
    Change::{
        Configurable, Empty, Enumerable, Exists, Fixed, Getter, Here, Hidden, HiddenGetter, IsFalse, Length, Missing,
        NoParent, NoProperty, NotHere, ReadOnly, Setter, Undefined, Writable,
    },
    is_one_of, rows,
};
use crate::web_idl::interfaces::{Interface, Member, On};

rows! { |v|
    "constants-missing" "EVC" at "webidl/define the constants" "1.1" []:
        "The constants of Event do not exist." {
            "webidl/define the constants" "1.1" Missing,
                is_one_of(v, &[atom::NONE, atom::CAPTURING_PHASE, atom::AT_TARGET, atom::BUBBLING_PHASE]);
        }
    "exception-constants-missing" "ABT" at "webidl/define the constants" "1.1" []:
        "DOMException and its prototype have no constants." {
            "webidl/define the constants" "1.1" Missing, v.interface == Interface::DOMException;
        }
    "constants-writable" "EVC" at "webidl/define the constants" "1.3" []:
        "The constants of Event can be written." {
            "webidl/define the constants" "1.3" Writable, is_constant_of_event(v.member);
        }
    "constants-configurable" "EVC" at "webidl/define the constants" "1.3" []:
        "The constants of an interface can be redefined." {
            "webidl/define the constants" "1.3" Configurable, true;
        }
    "constants-getters" "EVC" at "webidl/define the constants" "1.3" []:
        "The constants of Event are getters, which can be redefined." {
            "webidl/define the constants" "1.3" Getter, is_constant_of_event(v.member);
        }
    "prototype-constants-getters" "EVC" at "webidl/define the constants" "1.3" []:
        "The constants of Event.prototype are getters, not enumerable, and can be redefined." {
            "webidl/define the constants" "1.3" HiddenGetter, v.on == On::Prototype && is_constant_of_event(v.member);
        }
    "constants-not-on-prototype" "EVC" at "webidl/create an interface prototype object" "13" ["webidl/define the constants"]:
        "The constants of Event are on Event, but not on Event.prototype.",
        "Event and Event.prototype carry NONE 0, CAPTURING_PHASE 1, AT_TARGET 2, BUBBLING_PHASE 3." {
            "webidl/create an interface prototype object" "13" NotHere, is_constant_of_event(v.member);
            "webidl/define the constants" "1.5" Undefined,
                v.interface.is(Interface::Event) && matches!(v.on, On::Prototype | On::Instance);
        }
    "constants-on-instances" "EVC" at "webidl/create an interface prototype object" "13" ["webidl/define the constants", "webidl/internally create a new object implementing the interface"]:
        "The constants of Event are on each event, and not on Event.prototype.",
        "Event and Event.prototype carry NONE 0, CAPTURING_PHASE 1, AT_TARGET 2, BUBBLING_PHASE 3." {
            "webidl/create an interface prototype object" "13" NotHere, is_constant_of_event(v.member);
            "webidl/define the constants" "1.5" Undefined, v.interface.is(Interface::Event) && v.on == On::Prototype;
            "webidl/internally create a new object implementing the interface" "11.3.2" Here(Member::Constant(0)), v.name == atom::NONE;
            "webidl/internally create a new object implementing the interface" "11.3.2" Here(Member::Constant(1)), v.name == atom::CAPTURING_PHASE;
            "webidl/internally create a new object implementing the interface" "11.3.2" Here(Member::Constant(2)), v.name == atom::AT_TARGET;
            "webidl/internally create a new object implementing the interface" "11.3.2" Here(Member::Constant(3)), v.name == atom::BUBBLING_PHASE;
        }
    "targets-missing" "DSP EVC" at "webidl/define the attributes" "1.1" []:
        "target and currentTarget do not exist.",
        "Event has the attributes target and currentTarget." {
            "webidl/define the attributes" "1.1" Missing, is_one_of(v, &[atom::TARGET, atom::CURRENT_TARGET]);
        }
    "event-phase-missing" "EVC DSP" at "webidl/define the attributes" "1.1" []:
        "eventPhase does not exist." {
            "webidl/define the attributes" "1.1" Missing, v.name == atom::EVENT_PHASE;
        }
    "default-prevented-missing" "EVC FLG" at "webidl/define the attributes" "1.1" []:
        "defaultPrevented does not exist.",
        "Event has the attribute defaultPrevented." {
            "webidl/define the attributes" "1.1" Missing, v.name == atom::DEFAULT_PREVENTED;
        }
    "cancel-bubble-missing" "FLG" at "webidl/define the attributes" "1.1" []:
        "cancelBubble does not exist." {
            "webidl/define the attributes" "1.1" Missing, v.name == atom::CANCEL_BUBBLE;
        }
    "time-stamp-missing" "EVC" at "webidl/define the attributes" "1.1" []:
        "timeStamp does not exist.",
        "Event has the attribute timeStamp." {
            "webidl/define the attributes" "1.1" Missing, v.name == atom::TIME_STAMP;
        }
    "is-trusted-missing" "ABT EVC DSP" at "webidl/define the attributes" "1.1" []:
        "isTrusted does not exist.",
        "Each event has the attribute isTrusted, which is false for one that script made." {
            "webidl/define the attributes" "1.1" Missing, v.name == atom::IS_TRUSTED;
        }
    "attributes-undefined" "FLG DSP EVC" at "webidl/define the attributes" "1.1" []:
        "The legacy attributes srcElement and returnValue of an event do not exist.",
        "Event has the legacy attributes srcElement and returnValue." {
            "webidl/define the attributes" "1.1" Missing, is_one_of(v, &[atom::SRC_ELEMENT, atom::RETURN_VALUE]);
        }
    "global-event" "CB" at "webidl/define the attributes" "1.1" []:
        "The global of a worker has an attribute event." {
            "webidl/define the attributes" "1.1" Exists, v.on == On::Global && v.name == atom::EVENT_LOWER;
        }
    "current-event-missing" "CB" at "webidl/define the attributes" "1.1" []:
        "A window has no attribute event." {
            "webidl/define the attributes" "1.1" NotHere, v.on == On::Global && v.name == atom::EVENT_LOWER;
        }
    "worker-handlers-everywhere" "EH" at "webidl/define the attributes" "1.1" []:
        "Windows too have the event handlers of a service worker." {
            "webidl/define the attributes" "1.1" Exists, v.on == On::Global
                && matches!(Interface::ServiceWorkerGlobalScope.member(v.name), Some((_, Member::Handler)));
        }
    "cancel-bubble-read-only" "FLG" at "webidl/attribute setter" "2" ["webidl/define the attributes"]:
        "cancelBubble has no setter.",
        "cancelBubble is an accessor with a setter." {
            "webidl/define the attributes" "1.3" ReadOnly, v.name == atom::CANCEL_BUBBLE;
        }
    "return-value-read-only" "FLG" at "webidl/attribute setter" "2" ["webidl/define the attributes"]:
        "returnValue has no setter." {
            "webidl/define the attributes" "1.3" ReadOnly, v.name == atom::RETURN_VALUE;
        }
    "src-element-writable" "EVC" at "webidl/attribute setter" "2" ["webidl/define the attributes"]:
        "srcElement has a setter, which does nothing." {
            "webidl/define the attributes" "1.5" Setter, v.name == atom::SRC_ELEMENT;
        }
    "reason-writable" "ABT" at "webidl/attribute setter" "2" ["webidl/define the attributes"]:
        "The reason of a signal can be set." {
            "webidl/define the attributes" "1.5" Setter, v.name == atom::REASON;
        }
    "attributes-hidden" "EVC" at "webidl/define the attributes" "1.5" []:
        "The attributes of Event and CustomEvent are not enumerable.",
        "Attributes of an interface are enumerable." {
            "webidl/define the attributes" "1.5" Hidden, is_forgeable(v.member) && matches!(v.interface, Interface::Event | Interface::CustomEvent);
        }
    "attributes-fixed" "EVC" at "webidl/define the attributes" "1.5" []:
        "The attributes of Event, CustomEvent, AbortController and AbortSignal can't be listed or redefined.",
        "Attributes of an interface can be listed and, unless unforgeable, redefined." {
            "webidl/define the attributes" "1.5" Fixed, is_forgeable(v.member) && matches!(
                v.interface,
                Interface::Event | Interface::CustomEvent | Interface::AbortController | Interface::AbortSignal
            );
        }
    "signal-attributes-fixed" "ABT" at "webidl/define the attributes" "1.5" []:
        "The attributes of AbortSignal can neither be listed nor redefined." {
            "webidl/define the attributes" "1.5" Fixed, is_one_of(v, &[atom::ABORTED, atom::REASON, atom::ON_ABORT]);
        }
    "cancel-bubble-hidden" "FLG" at "webidl/define the attributes" "1.5" []:
        "cancelBubble is not enumerable." {
            "webidl/define the attributes" "1.5" Hidden, v.name == atom::CANCEL_BUBBLE;
        }
    "error-members-on-instances" "EVC" at "webidl/create an interface prototype object" "12.1" []:
        "The attributes of ErrorEvent are properties of each event, and none of the prototype." {
            "webidl/create an interface prototype object" "12.1" NotHere, v.interface == Interface::ErrorEvent;
        }
    "trusted-on-prototype" "EVC" at "webidl/define the regular attributes" "2" ["webidl/create an interface prototype object", "webidl/internally create a new object implementing the interface"]:
        "isTrusted is on Event.prototype and not on each event, and it can't be redefined there." {
            "webidl/create an interface prototype object" "12.1" Here(Member::Unforgeable), is_trusted_on_prototype(v);
            "webidl/internally create a new object implementing the interface" "11.3.2" NotHere, true;
        }
    "trusted-on-prototype-open" "EVC" at "webidl/define the regular attributes" "2" ["webidl/create an interface prototype object", "webidl/internally create a new object implementing the interface"]:
        "isTrusted is on Event.prototype and not on each event, and it can be redefined there." {
            "webidl/create an interface prototype object" "12.1" Here(Member::ReadOnly), is_trusted_on_prototype(v);
            "webidl/internally create a new object implementing the interface" "11.3.2" NotHere, true;
        }
    "trusted-twice" "EVC" at "webidl/define the regular attributes" "2" ["webidl/create an interface prototype object", "webidl/define the attributes"]:
        "isTrusted is an accessor on Event.prototype, which can be redefined, and a value on each event.",
        "isTrusted is an accessor on each event, and not on Event.prototype." {
            "webidl/create an interface prototype object" "12.1" Here(Member::ReadOnly), is_trusted_on_prototype(v);
            "webidl/define the attributes" "1.5" IsFalse, v.on == On::Instance && v.name == atom::IS_TRUSTED;
        }
    "init-event-missing" "INI" at "webidl/define the operations" "1.1" []:
        "initEvent() does not exist.",
        "Event has the method initEvent()." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::INIT_EVENT;
        }
    "init-custom-event-missing" "EVC" at "webidl/define the operations" "1.1" []:
        "initCustomEvent() does not exist.",
        "CustomEvent has the method initCustomEvent()." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::INIT_CUSTOM_EVENT;
        }
    "composed-path-missing" "FLG DSP EVC" at "webidl/define the operations" "1.1" []:
        "composedPath() does not exist.",
        "Event has the method composedPath()." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::COMPOSED_PATH;
        }
    "prevent-default-missing" "FLG" at "webidl/define the operations" "1.1" []:
        "preventDefault() does not exist.",
        "Event has the method preventDefault()." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::PREVENT_DEFAULT;
        }
    "stop-propagation-missing" "FLG DSP" at "webidl/define the operations" "1.1" []:
        "stopPropagation() does not exist.",
        "Event has the method stopPropagation()." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::STOP_PROPAGATION;
        }
    "stop-immediate-missing" "FLG DSP" at "webidl/define the operations" "1.1" []:
        "stopImmediatePropagation() does not exist.",
        "Event has the method stopImmediatePropagation()." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::STOP_IMMEDIATE_PROPAGATION;
        }
    "throw-if-aborted-missing" "ABT" at "webidl/define the operations" "1.1" []:
        "throwIfAborted() does not exist." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::THROW_IF_ABORTED;
        }
    "abort-signal-any-missing" "ABT" at "webidl/define the operations" "1.1" []:
        "AbortSignal.any() does not exist." {
            "webidl/define the operations" "1.1" Missing, v.name == atom::ANY && v.interface == Interface::AbortSignal;
        }
    "methods-hidden" "TGT" at "webidl/define the operations" "1.4" []:
        "Methods are not enumerable.",
        "Methods of an interface are enumerable." {
            "webidl/define the operations" "1.4" Hidden, true;
        }
    "event-methods-hidden" "FLG INI" at "webidl/define the operations" "1.4" []:
        "The methods of Event are not enumerable." {
            "webidl/define the operations" "1.4" Hidden, is_one_of(v, &[
                atom::STOP_PROPAGATION,
                atom::STOP_IMMEDIATE_PROPAGATION,
                atom::PREVENT_DEFAULT,
                atom::COMPOSED_PATH,
                atom::INIT_EVENT,
            ]);
        }
    "init-custom-event-hidden" "EVC" at "webidl/define the operations" "1.4" []:
        "initCustomEvent() is not enumerable." {
            "webidl/define the operations" "1.4" Hidden, v.name == atom::INIT_CUSTOM_EVENT;
        }
    "abort-members-hidden" "ABT" at "webidl/define the operations" "1.4" ["webidl/define the attributes"]:
        "The static methods of AbortSignal, throwIfAborted() and reason are not enumerable." {
            "webidl/define the operations" "1.4" Hidden,
                v.name == atom::THROW_IF_ABORTED || matches!(v.member, Some((_, Member::Static(_))));
            "webidl/define the attributes" "1.5" Hidden, v.name == atom::REASON;
        }
    "methods-above" "TGT ABT" at "webidl/create an interface prototype object" "12.2" []:
        "EventTarget.prototype and AbortSignal.prototype both inherit the methods of EventTarget from a third prototype.",
        "The methods of EventTarget are on EventTarget.prototype, from which AbortSignal.prototype inherits." {
            "webidl/create an interface prototype object" "12.2" NotHere,
                v.interface == Interface::EventTarget && matches!(v.member, Some((_, Member::Operation(_))));
            // Another prototype stands between.
            "webidl/create an interface prototype object" "10" NoParent,
                v.on == On::Prototype && v.parent == Some(Interface::EventTarget);
            "webidl/create an interface prototype object" "10" NotHere, v.on == On::Instance
                && v.interface != Interface::EventTarget
                && v.parent == Some(Interface::EventTarget);
        }
    "abort-members-inherited" "ABT" at "webidl/create an interface prototype object" "12.2" ["webidl/create an interface object"]:
        "AbortController.prototype, AbortSignal.prototype and AbortSignal have no members of their own.",
        "The attributes and methods of AbortController and AbortSignal are on their prototypes, static methods on AbortSignal." {
            "webidl/create an interface prototype object" "12.2" NotHere, is_of_aborts(v.interface);
            "webidl/create an interface object" "15" NotHere, is_of_aborts(v.interface);
        }
    "listener-methods-per-interface" "ABT" at "webidl/create an interface prototype object" "12.2" []:
        "AbortSignal.prototype has addEventListener() and removeEventListener() of its own." {
            "webidl/create an interface prototype object" "12.2" Here(Member::Operation(2)),
                v.interface == Interface::AbortSignal
                    && is_one_of(v, &[atom::ADD_EVENT_LISTENER, atom::REMOVE_EVENT_LISTENER]);
        }
    "target-methods-per-interface" "ABT" at "webidl/create an interface prototype object" "12.2" []:
        "AbortSignal.prototype has addEventListener(), removeEventListener() and dispatchEvent() of its own." {
            "webidl/create an interface prototype object" "12.2" Here(Member::Operation(2)),
                v.interface == Interface::AbortSignal && is_one_of(
                    v,
                    &[atom::ADD_EVENT_LISTENER, atom::REMOVE_EVENT_LISTENER, atom::DISPATCH_EVENT],
                );
        }
    "optional-arguments-count" "TGT" at "webidl/create an operation function" "4" []:
        "The length of addEventListener() and removeEventListener() counts their optional argument too.",
        "The length of a method is the number of its required arguments." {
            "webidl/create an operation function" "4" Length(3),
                is_one_of(v, &[atom::ADD_EVENT_LISTENER, atom::REMOVE_EVENT_LISTENER]);
        }
    "abort-length-whole" "ABT" at "webidl/create an operation function" "4" []:
        "The length of the method abort() of AbortController counts its optional argument too.",
        "The length of a method is the number of its required arguments." {
            "webidl/create an operation function" "4" Length(1),
                v.name == atom::ABORT && v.interface == Interface::AbortController;
        }
    "static-abort-length-whole" "ABT" at "webidl/create an operation function" "4" []:
        "The length of the static method AbortSignal.abort() counts its optional argument too.",
        "The length of a method is the number of its required arguments." {
            "webidl/create an operation function" "4" Length(1),
                v.name == atom::ABORT && v.interface == Interface::AbortSignal;
        }
    "add-length-whole" "TGT" at "webidl/create an operation function" "4" []:
        "The length of addEventListener() counts its optional argument too." {
            "webidl/create an operation function" "4" Length(3), v.name == atom::ADD_EVENT_LISTENER;
        }
    "init-length-whole" "INI EVC" at "webidl/create an operation function" "4" []:
        "The length of initEvent() and initCustomEvent() counts their optional arguments too." {
            "webidl/create an operation function" "4" Length(3), v.name == atom::INIT_EVENT;
            "webidl/create an operation function" "4" Length(4), v.name == atom::INIT_CUSTOM_EVENT;
        }
    "operations-without-length" "TGT ABT INI EVC EXT BGR" at "webidl/create an operation function" "4" []:
        "The length of every method is 0.",
        "The length of a method is the number of its required arguments." {
            "webidl/create an operation function" "4" Length(0), true;
        }
    "constructors-unlinked" "EVC" at "webidl/create an interface object" "3" []:
        "The prototype of an interface object is not the interface object of its parent interface." {
            "webidl/create an interface object" "3" NoParent, v.parent.is_some();
        }
    "error-event-length-two" "EVC" at "webidl/create an interface object" "9.2" []:
        "The length of ErrorEvent is 2." {
            "webidl/create an interface object" "9.2" Length(2), v.interface == Interface::ErrorEvent;
        }
    "constructors-without-length" "IDL EVC BGE EXT" at "webidl/create an interface object" "9.2" []:
        "The length of every constructor is 0." {
            "webidl/create an interface object" "9.2" Length(0), true;
        }
    "constructor-length-missing" "EVC TGT" at "webidl/create an interface object" "10" []:
        "A constructor has no length of its own.",
        "An interface object has a length of its own: the number of arguments that its constructor requires." {
            "webidl/create an interface object" "10" NoProperty, v.name == atom::LENGTH;
        }
    "constructor-name-missing" "EVC" at "webidl/create an interface object" "10" []:
        "The name of a constructor is the empty string." {
            "webidl/create an interface object" "10" Empty, v.name == atom::NAME;
        }
    "prototype-property-open" "ABT" at "webidl/create an interface object" "12" []:
        "The prototype property of an interface object is writable." {
            "webidl/create an interface object" "12" Writable, true;
        }
    "custom-event-bare" "EVC" at "webidl/create an interface prototype object" "3" ["webidl/convert a JavaScript value to dictionary"]:
        "CustomEvent does not inherit from Event: its objects have type and detail alone, its init detail alone.",
        "CustomEvent and its prototype inherit from Event and Event.prototype." {
            "webidl/create an interface prototype object" "3" NoParent,
                v.interface == Interface::CustomEvent && v.parent.is_some();
            "webidl/create an interface prototype object" "3" Missing, v.interface == Interface::CustomEvent
                && v.member.is_some()
                && !is_one_of(v, &[atom::TYPE, atom::DETAIL, atom::INIT_CUSTOM_EVENT]);
        }
    "flat-prototypes" "EVC ABT BGE EXT" at "webidl/create an interface prototype object" "3" []:
        "Interfaces do not inherit: their objects have the members of others, but not their prototypes." {
            "webidl/create an interface prototype object" "3" NoParent, v.parent.is_some();
        }
    "constructor-property-missing" "EVC" at "webidl/create an interface prototype object" "14.3" []:
        "An interface prototype object has no property constructor." {
            "webidl/create an interface prototype object" "14.3" NotHere, true;
        }
    "custom-event-missing" "IDL EVC" at "webidl/define the global property references" "1" []:
        "CustomEvent does not exist." {
            "webidl/define the global property references" "1" NotHere, v.interface == Interface::CustomEvent;
        }
    "background-fetch-event-missing" "BGE IDL" at "webidl/define the global property references" "1" []:
        "BackgroundFetchEvent does not exist." {
            "webidl/define the global property references" "1" NotHere, v.interface == Interface::BackgroundFetchEvent;
        }
    "background-fetch-interfaces-hidden" "IDL" at "webidl/define the global property references" "1" []:
        "The interface objects of BackgroundFetchManager, BackgroundFetchRegistration and BackgroundFetchRecord do not exist." {
            "webidl/define the global property references" "1" NotHere, matches!(
                v.interface,
                Interface::BackgroundFetchManager
                    | Interface::BackgroundFetchRegistration
                    | Interface::BackgroundFetchRecord
            );
        }
    "worker-interfaces-everywhere" "IDL BGE EXT MDN" at "webidl/define the global property references" "1" []:
        "Interfaces of service workers exist in windows too." {
            "webidl/define the global property references" "1" Exists, !v.exists;
        }
    "interfaces-enumerable" "EVC" at "webidl/define the global property references" "3.1.3" []:
        "The properties of the global object that hold interface objects are enumerable." {
            "webidl/define the global property references" "3.1.3" Enumerable, true;
        }
    "interfaces-inherited" "EVC" at "webidl/define the global property references" "3.1.3" []:
        "The interface objects are properties of what the global object inherits from." {
            "webidl/define the global property references" "3.1.3" NoProperty, true;
        }
    "registration-per-use" "SWL" at "webidl/attribute getter" "1.1.3" []:
        "self.registration gives a new object each time." {
            "webidl/attribute getter" "1.1.3" Undefined, v.interface == Interface::ServiceWorkerRegistration;
        }

    also {
        "abort-signal-apart" {
            "webidl/create an interface prototype object" "3" NoParent,
                v.interface == Interface::AbortSignal && v.parent.is_some();
        }
    }
}

fn is_constant_of_event(member: Option<(Interface, Member)>) -> bool {
    matches!(member, Some((Interface::Event, Member::Constant(_))))
}

fn is_forgeable(member: Option<(Interface, Member)>) -> bool {
    !matches!(member, Some((_, Member::Unforgeable)))
}

fn is_trusted_on_prototype(v: &crate::web_idl::interfaces::MemberLookup) -> bool {
    v.interface == Interface::Event && v.name == atom::IS_TRUSTED
}

fn is_of_aborts(interface: Interface) -> bool {
    matches!(interface, Interface::AbortController | Interface::AbortSignal)
}
