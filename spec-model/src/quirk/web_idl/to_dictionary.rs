//! Quirks of the conversion to a dictionary. <https://webidl.spec.whatwg.org/#js-to-dictionary>

use crate::atom;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{Kind, ObjectId, Value};
use crate::web_idl::convert::Type;
use crate::web_idl::dictionary_types::{
    ADD_EVENT_LISTENER_OPTIONS, BACKGROUND_FETCH_OPTIONS, BACKGROUND_FETCH_UI_OPTIONS, BUBBLES, CANCELABLE, CAPTURE,
    COLNO, COMPOSED, CUSTOM_EVENT_INIT, DATA, DOWNLOAD_TOTAL, Dictionary, DictionaryMember, ERROR, ERROR_EVENT_INIT,
    EVENT_INIT, EVENT_LISTENER_OPTIONS, EXTENDABLE_MESSAGE_EVENT_INIT, FILENAME, ICONS, LAST_EVENT_ID, LINENO, MESSAGE,
    ONCE, ORIGIN, PASSIVE, PORTS, SIGNAL, SOURCE, TITLE,
};
use crate::web_idl::get::get;
use crate::web_idl::to_dictionary::{IdlDictionary, ToDictionary};

quirks! {
    ToDictionary<'_>, "webidl/convert a JavaScript value to dictionary" => Result<IdlDictionary, Value>, |v, m, h, holds|;

    subject { v.js_dict.object() }

    named {
        "primitive-dictionaries" "EVC" never "1":
            "A primitive given for a dictionary counts as an empty one.";
        "required-member-optional" "BGE" never "4.1.6":
            "A BackgroundFetchEvent can be constructed without a registration.";
    }

    written {
        "null-dictionary-refused" "EVC" at "1" []:
            "null given as the init dictionary of an event throws a TypeError." {
                always "1" if v.js_dict == Value::Null && !is_of_options(v);
            }
        "callable-dictionary-refused" "EVC" at "1" []:
            "A function or an array given as the init dictionary of an event throws a TypeError.",
            "A function or an array is an object: as the init dictionary of an event it is read like any other." {
                always "1" if !is_of_options(v) && v.js_dict.object().is_some_and(|object| is_function_or_array(m, object));
            }
        "composed-read-first" "EVC BGE EXT" at "4" []:
            "The init dictionary of an event is read from composed to bubbles." {
                after "4" if is_of_flags(v) => v.members = &[COMPOSED, CANCELABLE, BUBBLES];
            }
        "error-init-order" "EVC" at "4.1" []:
            "The members of ErrorEventInit are read in the order in which they are declared." {
                after "4" if is_own_of(v, &ERROR_EVENT_INIT) => v.members = &[MESSAGE, FILENAME, LINENO, COLNO, ERROR];
            }
        "error-init-unread" "EVC" at "4" []:
            "Of ErrorEventInit only message and error are read." {
                after "4" if is_own_of(v, &ERROR_EVENT_INIT) => v.members = &[ERROR, MESSAGE];
            }
        "error-init-together" "EVC" at "4.1" []:
            "The members of EventInit are read once more among those of ErrorEventInit, all in the order of their names." {
                after "4" if is_own_of(v, &ERROR_EVENT_INIT) =>
                    v.members = &[BUBBLES, CANCELABLE, COLNO, COMPOSED, ERROR, FILENAME, LINENO, MESSAGE];
            }
        "message-init-order" "EXT" at "4" []:
            "ExtendableMessageEvent reads source before the other members of its own." {
                after "4" if is_own_of(v, &EXTENDABLE_MESSAGE_EVENT_INIT) => v.members = &[
                    DictionaryMember { to: Type::Any, ..SOURCE }, DATA, LAST_EVENT_ID, ORIGIN, PORTS, SOURCE,
                ];
            }
        "once-read-first" "ADD" at "4" []:
            "addEventListener() reads the option once before capture." {
                after "4" if is_of_capture(v) => v.members = &[ONCE, CAPTURE];
                after "4" if is_own_of(v, &ADD_EVENT_LISTENER_OPTIONS) => v.members = &[PASSIVE, SIGNAL];
            }
        "options-in-other-order" "ADD" at "4.1" []:
            "addEventListener() reads the option passive before once." {
                after "4" if is_own_of(v, &ADD_EVENT_LISTENER_OPTIONS) => v.members = &[PASSIVE, ONCE, SIGNAL];
            }
        "capture-unread" "ADD" at "4.1.3.1" ["webidl/convert a JavaScript value to union"]:
            "addEventListener() takes no account of capture: it does not read the option, and true counts as false.",
            "addEventListener() reads the option capture and uses it." {
                after "4" if is_of_capture(v) => v.members = &[];
            }
        "passive-unread" "ADD FLG" at "4.1.3.1" []:
            "addEventListener() does not read the option passive.",
            "addEventListener() reads the option passive." {
                skip "4.1.3.1" if is_option(v, &[PASSIVE]);
            }
        "signal-unread" "ADD SIG" at "4.1.3.1" []:
            "addEventListener() does not read the option signal.",
            "addEventListener() reads the option signal." {
                skip "4.1.3.1" if is_option(v, &[SIGNAL]);
            }
        "options-read-late" "ADD" at "4.1.3.1" ["dom/inner invoke", "webidl/create an operation function"]:
            "The options passive and once are not read when a listener is added, but before and after each call of it." {
                skip "4.1.3.1" if is_option(v, &[ONCE, PASSIVE]);
            }
        "signal-checked-late" "SIG" at "4.1.4.1" ["webidl/create an operation function"]:
            "The signal is looked at once the listener was added, and throws only if truthy and no EventTarget.",
            "A signal that is no AbortSignal throws a TypeError, and no listener is added." {
                skip "4.1.3.1" if is_option(v, &[SIGNAL]);
            }
        "fetch-total-read-first" "BGR" at "4" []:
            "fetch() reads downloadTotal before the other members of its options." {
                after "4" if std::ptr::eq(v.dictionary, &BACKGROUND_FETCH_OPTIONS) && v.members == BACKGROUND_FETCH_OPTIONS.inherited =>
                    v.members = &[DictionaryMember { to: Type::Any, ..DOWNLOAD_TOTAL }, ICONS, TITLE];
            }
        "getter-exceptions-swallowed" "EVC ADD REM" at "4.1.3.1" []:
            "A member of a dictionary whose getter throws counts as missing." {
                instead "4.1.3.1" => if let Some(object) = v.js_dict.object() {
                    v.js_member_value = get(m, h, object, v.member.key).unwrap_or(Value::Undefined);
                };
            }
        "error-init-null-missing" "EVC" at "4.1.4" []:
            "Null as the message, filename, lineno or colno of ErrorEventInit counts as missing." {
                never "4.1.4" if v.js_member_value == Value::Null && is_of_error(v) && v.member.key != atom::ERROR;
            }
        "booleans-required" "EVC" at "4.1.4.1" []:
            "The constructor of an event throws for a bubbles, cancelable or composed that is neither a boolean nor null." {
                ends "4.1.4.1" if is_of_flags(v) && !matches!(v.js_member_value, Value::Null | Value::Bool(_)) =>
                    Err(m.type_error());
            }
        "booleans-not-converted" "EVC ADD" at "4.1.4.1" []:
            "A boolean member of a dictionary is true only for true itself." {
                instead "4.1.4.1" if v.member.to == Type::Boolean && v.member.key != atom::PASSIVE => is_true(v);
            }
        "error-init-unconverted" "EVC" at "4.1.4.1" ["webidl/create an interface object"]:
            "message, filename, lineno and colno of ErrorEventInit are kept as they were given." {
                instead "4.1.4.1" if is_of_error(v) && v.member.key != atom::ERROR =>
                    v.idl_member_value = v.member.default.unwrap_or(Value::Undefined);
            }
        "removal-capture-unconverted" "REM" at "4.1.4.1" []:
            "The option capture counts as true in removeEventListener() only where it is true itself." {
                instead "4.1.4.1" if std::ptr::eq(v.dictionary, &EVENT_LISTENER_OPTIONS) => is_true(v);
            }
        "registration-copied" "BGE" at "4.1.4.1" []:
            "The registration of a constructed BackgroundFetchEvent is a copy of the one given." {
                after "4.1.4.1" if v.member.key == atom::REGISTRATION => v.idl_member_value = copy(m, v.idl_member_value);
            }
        "target-as-signal" "SIG" at "4.1.4.1" []:
            "Any EventTarget counts as a signal." {
                instead "4.1.4.1" if *v.member == SIGNAL && is_target(m, v.js_member_value) =>
                    v.idl_member_value = v.js_member_value;
            }
        "null-signal" "SIG" at "4.1.4.1" []:
            "A signal that is null counts as none." {
                instead "4.1.4.1" if *v.member == SIGNAL && v.js_member_value == Value::Null =>
                    v.idl_member_value = Value::Null;
            }
        "any-signal" "SIG" at "4.1.4.1" []:
            "null and any EventTarget are accepted as a signal." {
                instead "4.1.4.1" if *v.member == SIGNAL
                    && (v.js_member_value == Value::Null || is_target(m, v.js_member_value)) =>
                    v.idl_member_value = v.js_member_value;
            }
        "fetch-title-unconverted" "BGR" at "4.1.4.1" []:
            "fetch() does not convert the title." {
                instead "4.1.4.1" if *v.member == TITLE && std::ptr::eq(v.dictionary, &BACKGROUND_FETCH_OPTIONS) =>
                    v.idl_member_value = v.js_member_value;
            }
        "ui-title-unconverted" "BGR" at "4.1.4.1" []:
            "updateUI() does not convert the title." {
                instead "4.1.4.1" if *v.member == TITLE && std::ptr::eq(v.dictionary, &BACKGROUND_FETCH_UI_OPTIONS) =>
                    v.idl_member_value = v.js_member_value;
            }
        "error-null-by-default" "EVC" at "4.1.5" []:
            "The error of an ErrorEvent is null where its dictionary has none.",
            "The error of an ErrorEvent whose init dictionary has none is undefined: the member has no default value." {
                always "4.1.5" if *v.member == ERROR;
                after "4.1.5.1" if *v.member == ERROR => v.idl_member_value = Value::Null;
            }
        "undefined-detail" "EVC" at "4.1.5.1" []:
            "The detail of a CustomEvent is undefined where none was given." {
                after "4.1.5.1" if is_own_of(v, &CUSTOM_EVENT_INIT) => v.idl_member_value = Value::Undefined;
            }
        "init-defaults-true" "EVC" at "4.1.5.1" []:
            "bubbles, cancelable and composed of a constructed event are true where nothing was given for them." {
                after "4.1.5.1" if is_of_flags(v) => v.idl_member_value = Value::Bool(true);
            }
        "undefined-signal-refused" "SIG" at "4.1.6" []:
            "A signal that is undefined throws a TypeError." {
                always "4.1.6" if *v.member == SIGNAL
                    && v.js_dict.object().is_some_and(|dict| m.own_property(dict, atom::SIGNAL).is_some());
            }
    }

    also {
        "custom-event-bare" {
            skip "4.1.3.1" if is_of_flags(v) && std::ptr::eq(v.dictionary, &CUSTOM_EVENT_INIT);
        }
        "capture-refused" {
            ends "4.1.4.2" if *v.member == CAPTURE && v.idl_member_value == Value::Bool(true) => Err(m.type_error());
        }
        "required-init-optional" {
            never "4.1.6" if v.js_dict == Value::Undefined;
        }
    }
}

/// Whether the dictionary is part of a union, which converts the value.
fn is_of_options(v: &ToDictionary<'_>) -> bool {
    std::ptr::eq(v.dictionary, &EVENT_LISTENER_OPTIONS) || std::ptr::eq(v.dictionary, &ADD_EVENT_LISTENER_OPTIONS)
}

/// Whether the members are those of `EventInit`.
fn is_of_flags(v: &ToDictionary<'_>) -> bool {
    std::ptr::eq(v.members, EVENT_INIT.own)
        || (v.members.len() == 3 && v.members.iter().all(|member| EVENT_INIT.own.contains(member)))
}

/// Whether the members are those that `AddEventListenerOptions` inherits.
fn is_of_capture(v: &ToDictionary<'_>) -> bool {
    std::ptr::eq(v.dictionary, &ADD_EVENT_LISTENER_OPTIONS) && v.members == ADD_EVENT_LISTENER_OPTIONS.inherited
}

/// Whether the member is one of these of addEventListener().
fn is_option(v: &ToDictionary<'_>, members: &[DictionaryMember]) -> bool {
    std::ptr::eq(v.dictionary, &ADD_EVENT_LISTENER_OPTIONS) && members.contains(v.member)
}

/// Whether the members are a dictionary's own.
fn is_own_of(v: &ToDictionary<'_>, dictionary: &'static Dictionary<'static>) -> bool {
    std::ptr::eq(v.dictionary, dictionary) && v.members == dictionary.own
}

/// Whether the member is `ErrorEventInit`'s own.
fn is_of_error(v: &ToDictionary<'_>) -> bool {
    std::ptr::eq(v.dictionary, &ERROR_EVENT_INIT) && ERROR_EVENT_INIT.own.contains(v.member)
}

fn is_function_or_array(m: &Machine, object: ObjectId) -> bool {
    m.is_callable(object) || matches!(m.object(object).kind, Kind::Array(_))
}

fn is_target(m: &Machine, value: Value) -> bool {
    value.object().is_some_and(|object| m.object(object).target.is_some())
}

/// Does not convert to a boolean.
fn is_true(v: &mut ToDictionary<'_>) {
    v.idl_member_value = Value::Bool(v.js_member_value == Value::Bool(true));
}

/// Another object like the one given.
fn copy(m: &mut Machine, registration: Value) -> Value {
    let Some(object) = registration.object() else { return registration };
    let kind = m.object(object).kind.clone();
    Value::Object(m.create_object(kind))
}
