//! Quirks of the functions of operations. <https://webidl.spec.whatwg.org/#dfn-create-operation-function>

use crate::atom::{self, Atom};
use crate::dom::abort_signal;
use crate::dom::create_an_event::{self, EventInit};
use crate::dom::event_target::{self, Options};
use crate::ecmascript::conversions::{to_boolean, to_string};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::quirk::aside::{call_own_method, has_own_method, plain_error};
use crate::quirk::hook::quirks;
use crate::value::{Completion, EventId, Kind, ListenerId, ObjectId, Property, SignalId, Value};
use crate::watch::NoScript;
use crate::web_idl::construct::argument;
use crate::web_idl::convert;
use crate::web_idl::create_an_operation_function::{OperationCall, Values, convert_arguments, listener_options};
use crate::web_idl::dom_string::convert_to_dom_string;
use crate::web_idl::interfaces::Interface;
use crate::web_idl::overload_resolution::check_arguments;

quirks! {
    OperationCall<'_>, "webidl/create an operation function" => Completion, |v, m, h, holds|;

    subject { v.idl_object }

    named {
        "promise-methods-throw" "OPW BGR" never "2.+1":
            "A method that gives a promise throws where its this or its arguments are wrong, instead of giving a rejected one.";
    }

    written {
        "null-this-refused" "TGT" at "2.1.2.1" []:
            "A method of EventTarget.prototype called with undefined or null as this throws a TypeError.",
            "A method of EventTarget called with undefined or null as this takes the global." {
                ends "2.1.2.1" if matches!(v.this, Value::Undefined | Value::Null) => Err(m.type_error());
            }
        "this-unchecked" "TGT" at "2.1.2.1" []:
            "A method of EventTarget called with what is no EventTarget as this takes the global." {
                after "2.1.2.1" if v.operation.target == Interface::EventTarget && !is_target(m, v.js_value) =>
                    v.js_value = Value::Object(m.realm(m.current).global);
            }
        "abort-signal-apart" "TGT ABT" at "3" of "webidl/create an interface prototype object" ["webidl/create an operation function"]:
            "AbortSignal does not inherit from EventTarget, whose methods throw a TypeError when called on a signal." {
                always "2.1.2.3" if v.operation.read_from == Interface::EventTarget && is_signal(m, v.js_value);
            }
        "this-after-arguments" "TGT" at "2.1.2.3" []:
            "addEventListener() reads the option capture before it finds that it was called on what is no EventTarget.",
            "A method of EventTarget called on what is no EventTarget throws a TypeError before it converts any argument." {
                ends "2.1.2.3" if is_addition(v) =>
                    late(m, |m| convert::member(m, h, argument(v.args, 2).object(), atom::CAPTURE));
            }
        "init-this-late" "INI" at "2.1.2.3" []:
            "initEvent() converts the type before it finds that it was called on what is no event." {
                ends "2.1.2.3" if is_init(v) && !matches!(v.this, Value::Undefined | Value::Null) =>
                    late(m, |m| convert_to_dom_string(m, h, argument(v.args, 0)));
            }
        "stopping-this-unchecked" "FLG" at "2.1.2.3" []:
            "stopPropagation() and stopImmediatePropagation() can be called on any object." {
                ends "2.1.2.3" if matches!(v.operation.id, atom::STOP_PROPAGATION | atom::STOP_IMMEDIATE_PROPAGATION)
                    && v.this.object().is_some() => Ok(Value::Undefined);
            }
        "canceling-this-unchecked" "FLG" at "2.1.2.3" []:
            "preventDefault() and composedPath() do not throw when called on what is no event, unless undefined or null." {
                ends "2.1.2.3" if v.operation.id == atom::PREVENT_DEFAULT
                    && !matches!(v.this, Value::Undefined | Value::Null) => Ok(Value::Undefined);
                ends "2.1.2.3" if v.operation.id == atom::COMPOSED_PATH
                    && !matches!(v.this, Value::Undefined | Value::Null) =>
                    Ok(Value::Object(m.create_object(Kind::Array(Vec::new()))));
            }
        "init-this-unchecked" "INI" at "2.1.2.3" []:
            "initEvent() called on an object that is no event returns instead of throwing a TypeError." {
                ends "2.1.2.3" if v.operation.id == atom::INIT_EVENT && v.this.object().is_some() => Ok(Value::Undefined);
            }
        "aborted-this-unchecked" "ABT" at "2.1.2.3" []:
            "throwIfAborted() called on an object that is no AbortSignal does not throw a TypeError." {
                ends "2.1.2.3" if v.operation.id == atom::THROW_IF_ABORTED && v.this.object().is_some() =>
                    Ok(Value::Undefined);
            }
        "prototype-as-target" "TGT" at "2.1.2.3" []:
            "addEventListener() and removeEventListener() do not throw when called on EventTarget.prototype." {
                ends "2.1.2.3" if is_for_listeners(v) && is_prototype(m, v.this) => Ok(Value::Undefined);
            }
        "constructor-looked-up" "TGT" at "2.1.2.3" []:
            "A method of EventTarget throws a TypeError where script gave the target another constructor property." {
                ends "2.1.5" if v.operation.target == Interface::EventTarget
                    && v.idl_object.is_some_and(|target| m.own_property(target, atom::CONSTRUCTOR).is_some()) =>
                    Err(m.type_error());
            }
        "remove-null-ends-early" "REM ADD" at "2.1.5" []:
            "removeEventListener() ends at once for a null callback, or a type that never had a listener.",
            "removeEventListener() converts its arguments whether or not there is such a listener." {
                ends "2.1.5" if is_removal(v) && v.args.len() > 1 && (v.args[1] == Value::Null || !is_ever_heard(m, v)) =>
                    Ok(Value::Undefined);
            }
        "removal-of-null-ends" "REM" at "2.1.5" []:
            "removeEventListener() converts and reads nothing where the callback is undefined or null." {
                ends "2.1.5" if is_removal(v) && v.args.len() > 1 && is_null(v) => Ok(Value::Undefined);
            }
        "null-callback-ends-early" "ADD" at "2.1.5" []:
            "addEventListener() reads no options where the callback is null." {
                ends "2.1.5" if is_addition(v) && v.args.len() > 1 && is_null(v) =>
                    convert_to_dom_string(m, h, v.args[0]).map(|_| Value::Undefined);
            }
        "options-must-be-object" "ADD" at "18" of "webidl/convert a JavaScript value to union" ["webidl/create an operation function"]:
            "addEventListener() throws a TypeError for a third argument that is given and no object." {
                ends "2.1.5" if is_addition(v) && v.args.get(2).is_some_and(|options| options.object().is_none()) =>
                    Err(m.type_error());
            }
        "callback-before-type" "ADD" at "2.1.5" []:
            "addEventListener() looks at the callback before it looks at the type." {
                instead "2.1.5" if is_addition(v) => v.values = convert_in_order(m, h, v, &[Part::Callback, Part::Type, Part::Options]);
            }
        "removal-callback-first" "REM" at "2.1.5" []:
            "removeEventListener() looks at the callback before it converts the type." {
                instead "2.1.5" if is_removal(v) => v.values = convert_in_order(m, h, v, &[Part::Callback, Part::Type, Part::Options]);
            }
        "options-before-type" "ADD" at "2.1.5" []:
            "addEventListener() reads the options first, then looks at the callback, and converts the type last.",
            "addEventListener() converts the type first, then looks at the callback, and reads the options last." {
                instead "2.1.5" if is_addition(v) => v.values = convert_in_order(m, h, v, &[Part::Options, Part::Callback, Part::Type]);
            }
        "listener-type-at-use" "ADD" at "2.1.5" []:
            "addEventListener() takes the type for a property key, up to four times and after the options.",
            "addEventListener() converts the type to a string once, before the callback and the options; a symbol throws a TypeError." {
                instead "2.1.5" if is_addition(v) =>
                    v.values = convert_in_order(m, h, v, &[Part::Options, Part::Callback, Part::Type, Part::Type, Part::Type, Part::Type]);
            }
        "listener-type-refused" "ADD REM" at "2" of "webidl/convert a JavaScript value to DOMString" ["webidl/create an operation function"]:
            "addEventListener() and removeEventListener() take strings and symbols as the type, and else throw an Error.",
            "addEventListener() and removeEventListener() convert a type that is no string; only a symbol throws a TypeError." {
                instead "2.1.5" if is_for_listeners(v) => v.values = convert_in_order(m, h, v, &[Part::Type, Part::Callback, Part::Options]);
            }
        "listener-type-unconverted" "ADD" at "2" of "webidl/convert a JavaScript value to DOMString" ["webidl/create an operation function"]:
            "addEventListener() does not convert a type that is no string, and then no string equals it." {
                instead "2.1.5" if is_addition(v) => v.values = convert_in_order(m, h, v, &[Part::Type, Part::Callback, Part::Options]);
            }
        "removal-type-unconverted" "REM" at "2" of "webidl/convert a JavaScript value to DOMString" ["webidl/create an operation function"]:
            "removeEventListener() does not convert a type that is no string, and then no string equals it." {
                instead "2.1.5" if is_removal(v) => v.values = convert_in_order(m, h, v, &[Part::Type, Part::Callback, Part::Options]);
            }
        "init-unconverted" "INI" at "2.1.5" []:
            "initEvent() converts no arguments while the event is being dispatched." {
                ends "2.1.5" if is_init(v) && !v.args.is_empty() && event(m, v).is_some_and(|id| m.event(id).dispatch) =>
                    Ok(Value::Undefined);
            }
        "anything-dispatched" "DSP" at "2.1.5" []:
            "dispatchEvent() returns true for what is no event." {
                ends "2.1.5" if is_no_event(m, v) => Ok(Value::Bool(true));
            }
        "event-like-invalid" "DSP" at "2" of "webidl/convert a JavaScript value to interface" ["webidl/create an operation function"]:
            "dispatchEvent() throws an InvalidStateError for an object that is no event, but has a type that is listened to." {
                ends "2.1.5" if is_no_event(m, v) && is_listened_to(m, v) =>
                    Err(m.dom_exception(atom::INVALID_STATE_ERROR));
            }
        "event-like-dispatched" "DSP" at "2" of "webidl/convert a JavaScript value to interface" ["webidl/create an operation function"]:
            "dispatchEvent() takes any value but undefined and null, and dispatches a new event of the type that its property type is.",
            "dispatchEvent() throws a TypeError for what is no event." {
                instead "2.1.5" if is_no_event(m, v) && read_type(m, v).is_some() =>
                    if let Some(event_type) = read_type(m, v) {
                        v.values = Ok(Values::Event(event_of(m, event_type)));
                    };
            }
        "event-like-handed-over" "DSP" at "2.1.5" []:
            "dispatchEvent() hands an object that has a type to the listeners." {
                instead "2.1.5" if is_no_event(m, v) && own_type(m, v).is_some() =>
                    if let (Some(event_type), Some(object)) = (own_type(m, v), v.args[0].object()) {
                        let event = event_of(m, event_type);
                        m.event_mut(event).object = object;
                        v.values = Ok(Values::Event(event));
                    };
            }
        "composed-path-by-method" "DSP" at "6.3" of "dom/dispatch" ["webidl/create an operation function"]:
            "The path of a dispatch is asked from the composedPath() that script gave the event." {
                ends "2.1.8" if has_own_path(m, v) => dispatch_by_method(m, h, v);
            }
        "signal-by-method" "SIG" at "6" of "dom/add an event listener" ["webidl/create an operation function", "dom/AbortSignal.add", "dom/run the abort steps"]:
            "For the option signal, addEventListener() of the signal and removeEventListener() of the target are called." {
                ends "2.1.8" if signal_with_method(m, v).is_some() => add_by_method(m, h, v);
            }
        "remove-unknown-refused" "REM" at "2.1.8" []:
            "Removing a listener that is not there throws." {
                ends "2.1.8" if is_removal(v) && !is_known(m, v) => Err(m.type_error());
            }
        "null-callback-added" "ADD" at "3" of "dom/add an event listener" ["webidl/create an operation function", "webidl/call a user object's operation"]:
            "A listener that is undefined or null is added.",
            "A callback that is undefined or null is ignored: no listener is added." {
                before "2.1.8" if is_addition(v) => add_for_null(m, v);
            }
        "undefined-callback-added" "ADD" at "3" of "webidl/convert a JavaScript value to nullable" ["webidl/create an operation function", "webidl/call a user object's operation"]:
            "A listener that is undefined is added." {
                before "2.1.8" if is_addition(v) && argument(v.args, 1) == Value::Undefined => add_for_null(m, v);
            }
        "options-live" "ADD" at "2.1.8" ["dom/dispatch"]:
            "The options once and passive of a listener are read again for each dispatch." {
                instead "2.1.8" if is_addition(v) => v.r = add(m, h, v);
            }
        "add-gives-target" "ADD REM" at "2.1.9" []:
            "addEventListener() and removeEventListener() return the target.",
            "addEventListener() and removeEventListener() return undefined." {
                after "2.1.8" if is_for_listeners(v) && v.r.is_ok() => v.r = Ok(v.idl_object.into());
            }
        "listener-methods-give-true" "ADD REM" at "2.1.8" []:
            "addEventListener() and removeEventListener() return true." {
                after "2.1.8" if is_for_listeners(v) && v.r.is_ok() => v.r = Ok(Value::Bool(true));
            }
        "methods-give-event" "FLG" at "2.1.8" []:
            "stopPropagation(), stopImmediatePropagation() and preventDefault() return the event." {
                after "2.1.8" if matches!(
                    v.operation.id,
                    atom::STOP_PROPAGATION | atom::STOP_IMMEDIATE_PROPAGATION | atom::PREVENT_DEFAULT
                ) => v.r = Ok(v.idl_object.into());
            }
    }

    also {
        "handle-event-kept" {
            instead "2.1.5" if is_addition(v) => v.values = convert_in_order(m, h, v, &[Part::Type, Part::Callback, Part::Keep, Part::Options]);
        }
        "options-read-late" {
            instead "2.1.8" if is_addition(v) => v.r = add(m, h, v);
        }
        "signal-checked-late" {
            instead "2.1.8" if is_addition(v) => v.r = add(m, h, v);
        }
        "type-unconverted" {
            instead "2.1.5" if is_any_init(v) && !v.args.is_empty() && !matches!(v.args[0], Value::String(_)) => {
                let args: Vec<Value> = [Value::String(atom::EMPTY)].into_iter().chain(v.args[1..].iter().copied()).collect();
                v.values = convert_arguments(m, h, v.operation, &args);
            };
            before "2.1.8" if is_any_init(v) => if let Some(event) = initialised(m, v) {
                let given = Some(argument(v.args, 0)).filter(|given| !matches!(given, Value::String(_)));
                m.watch.aside.keep_attribute(event, atom::TYPE, given);
            };
        }
        "booleans-kept" {
            before "2.1.8" if is_any_init(v) => if let Some(event) = initialised(m, v) {
                let given = |index| Some(argument(v.args, index)).filter(|value| *value != Value::Undefined);
                m.watch.aside.keep_attribute(event, atom::BUBBLES, given(1));
                m.watch.aside.keep_attribute(event, atom::CANCELABLE, given(2));
            };
        }
    }

    shared {
        after "2.1.8" if v.operation.target == Interface::AbortController => if let Some(exception) = m.watch.aside.escaped.take() {
            v.r = Err(exception);
        };
    }
}

fn is_addition(v: &OperationCall<'_>) -> bool {
    v.operation.id == atom::ADD_EVENT_LISTENER
}

fn is_removal(v: &OperationCall<'_>) -> bool {
    v.operation.id == atom::REMOVE_EVENT_LISTENER
}

fn is_for_listeners(v: &OperationCall<'_>) -> bool {
    is_addition(v) || is_removal(v)
}

fn is_init(v: &OperationCall<'_>) -> bool {
    v.operation.id == atom::INIT_EVENT
}

fn is_any_init(v: &OperationCall<'_>) -> bool {
    is_init(v) || v.operation.id == atom::INIT_CUSTOM_EVENT
}

/// Whether the callback is undefined or null.
fn is_null(v: &OperationCall<'_>) -> bool {
    matches!(argument(v.args, 1), Value::Undefined | Value::Null)
}

fn is_target(m: &Machine, value: Value) -> bool {
    value.object().is_some_and(|object| m.object(object).target.is_some())
}

fn is_signal(m: &Machine, value: Value) -> bool {
    value.object().is_some_and(|object| matches!(m.object(object).kind, Kind::AbortSignal(_)))
}

fn is_prototype(m: &Machine, value: Value) -> bool {
    let is = |object| matches!(m.object(object).kind, Kind::InterfacePrototype(Interface::EventTarget));
    value.object().is_some_and(is)
}

/// The event that an operation is called on.
fn event(m: &Machine, v: &OperationCall<'_>) -> Option<EventId> {
    match m.object(v.idl_object?).kind {
        Kind::Event(event) => Some(event),
        _ => None,
    }
}

/// The event that is going to be initialised.
fn initialised(m: &Machine, v: &OperationCall<'_>) -> Option<EventId> {
    event(m, v).filter(|id| !m.event(*id).dispatch || m.meets(const { Quirk::of("init-during-dispatch") }))
}

/// Whether an event is to be dispatched that is none.
fn is_no_event(m: &Machine, v: &OperationCall<'_>) -> bool {
    let is_event = |value: &Value| value.object().is_some_and(|object| matches!(m.object(object).kind, Kind::Event(_)));
    v.operation.id == atom::DISPATCH_EVENT && v.args.first().is_some_and(|event| !is_event(event))
}

/// The type that script gave an object that is no event.
fn own_type(m: &Machine, v: &OperationCall<'_>) -> Option<Atom> {
    match m.own_property(argument(v.args, 0).object()?, atom::TYPE) {
        Some(Property::Data(Value::String(event_type))) => Some(event_type),
        _ => None,
    }
}

fn is_listened_to(m: &Machine, v: &OperationCall<'_>) -> bool {
    own_type(m, v).zip(target(m, v)).is_some_and(|(of, target)| event_target::has_listener(m, target, of))
}

/// The `type` property of a value that is no event, as a string; `"undefined"` where it has none. Undefined and null give nothing.
fn read_type(m: &mut Machine, v: &OperationCall<'_>) -> Option<Atom> {
    let given = argument(v.args, 0);
    if matches!(given, Value::Undefined | Value::Null) {
        return None;
    }
    let object = given.object();
    let has_getter = object.is_some_and(
        |object| matches!(m.object(object).kind, Kind::InterfacePrototype(interface) if interface.is(Interface::Event)),
    );
    let event_type = match object.and_then(|object| m.own_property(object, atom::TYPE)) {
        Some(Property::Data(given) | Property::Getter(Ok(given))) => given,
        // What a getter throws leaves the method. Event's own getter throws, as the value is no event.
        Some(Property::Getter(Err(_))) => return None,
        None if has_getter => return None,
        None => Value::Undefined,
    };
    to_string(m, &mut NoScript, event_type).ok()
}

fn event_of(m: &mut Machine, event_type: Atom) -> EventId {
    create_an_event::construct(m, Interface::Event, event_type, EventInit::default())
}

/// The target that an operation is called on.
fn target(m: &Machine, v: &OperationCall<'_>) -> Option<ObjectId> {
    v.idl_object.filter(|object| m.object(*object).target.is_some())
}

/// Whether some listener of the target calls the callback.
fn is_known(m: &Machine, v: &OperationCall<'_>) -> bool {
    let Some((object, target)) = argument(v.args, 1).object().zip(target(m, v)) else { return false };
    m.target(target).listeners.iter().any(|id| m.listener(*id).subject() == Some(object))
}

/// Whether the target ever had a listener for the type that is given, which is no object.
fn is_ever_heard(m: &mut Machine, v: &OperationCall<'_>) -> bool {
    let event_type = match argument(v.args, 0) {
        Value::Symbol | Value::Object(_) => return false,
        given => to_string(m, &mut NoScript, given),
    };
    let heard = v.idl_object.zip(event_type.ok());
    heard.is_some_and(|heard| m.watch.aside.ever_heard.contains(&heard))
}

/// Throws a `TypeError` once something was converted, which may throw too.
fn late<T>(m: &mut Machine, convert: impl FnOnce(&mut Machine) -> Result<T, Value>) -> Completion {
    match convert(m) {
        Ok(_) => Err(m.type_error()),
        Err(exception) => Err(exception),
    }
}

/// What is converted in some order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Type,
    Callback,
    /// The `handleEvent` of the callback is read, and has to be callable.
    Keep,
    Options,
}

fn convert_in_order(
    m: &mut Machine,
    h: &mut impl Host,
    v: &OperationCall<'_>,
    order: &[Part],
) -> Result<Values, Value> {
    check_arguments(m, v.args, v.operation.required, None)?;
    let (mut event_type, mut callback, mut options) = (atom::EMPTY, None, Options::default());
    for part in order {
        match part {
            Part::Type => event_type = listener_type(m, h, v)?,
            Part::Callback => callback = convert::event_listener(m, h, argument(v.args, 1))?,
            Part::Keep => keep_operation(m, h, callback)?,
            Part::Options => options = listener_options(m, h, v.operation.id, argument(v.args, 2))?,
        }
    }
    Ok(Values::Listener { event_type, callback, options })
}

/// The type that a listener is added or removed for.
fn listener_type(m: &mut Machine, h: &mut impl Host, v: &OperationCall<'_>) -> Result<Atom, Value> {
    let value = argument(v.args, 0);
    let unconverted = if is_addition(v) {
        m.meets(const { Quirk::of("listener-type-unconverted") })
    } else {
        m.meets(const { Quirk::of("removal-type-unconverted") })
    };
    let refused = m.meets(const { Quirk::of("listener-type-refused") });
    let at_use = is_addition(v) && m.meets(const { Quirk::of("listener-type-at-use") });
    match value {
        Value::String(text) => Ok(text),
        Value::Symbol if refused || at_use => Ok(no_type(m)),
        _ if refused => Err(plain_error(m)),
        _ if unconverted => Ok(no_type(m)),
        value => convert_to_dom_string(m, h, value),
    }
}

/// A type that no event has.
fn no_type(m: &mut Machine) -> Atom {
    m.atoms.intern("\0")
}

fn keep_operation(m: &mut Machine, h: &mut impl Host, callback: Option<ObjectId>) -> Result<(), Value> {
    let Some(object) = callback.filter(|object| !m.is_callable(*object)) else { return Ok(()) };
    let operation = crate::web_idl::get::get(m, h, object, atom::HANDLE_EVENT)?;
    if !operation.object().is_some_and(|operation| m.is_callable(operation)) {
        return Err(m.type_error());
    }
    m.watch.aside.kept_operations.retain(|(of, _)| *of != object);
    m.watch.aside.kept_operations.push((object, operation));
    Ok(())
}

/// Adds a listener, and does what is left to be done with its options.
fn add(m: &mut Machine, h: &mut impl Host, v: &OperationCall<'_>) -> Completion {
    let (Ok(Values::Listener { event_type, callback, options }), Some(target)) = (&v.values, v.idl_object) else {
        return Ok(Value::Undefined);
    };
    let listener = event_target::add_event_listener(m, target, *event_type, *callback, *options);
    let (Some(listener), Some(given)) = (listener, argument(v.args, 2).object()) else { return Ok(Value::Undefined) };
    if m.meets(const { Quirk::of("options-live") }) {
        m.watch.aside.kept_options.push((listener, given));
    }
    if m.meets(const { Quirk::of("options-read-late") }) {
        m.watch.aside.options.push((listener, given));
    }
    if m.meets(const { Quirk::of("signal-checked-late") }) {
        bind_late(m, h, target, listener, given)?;
    }
    Ok(Value::Undefined)
}

/// Binds a listener that was added already to the signal of its options.
fn bind_late(
    m: &mut Machine,
    h: &mut impl Host,
    target: ObjectId,
    listener: ListenerId,
    options: ObjectId,
) -> Result<(), Value> {
    let Some(value) = convert::member(m, h, Some(options), atom::SIGNAL)?.filter(|value| to_boolean(*value)) else {
        return Ok(());
    };
    if !is_target(m, value) {
        return Err(m.type_error());
    }
    if let Ok(signal) = convert::abort_signal(m, value) {
        abort_signal::add(m, signal, abort_signal::Steps { target, listener });
    }
    Ok(())
}

/// Lets an object stand for a callback that is null.
fn add_for_null(m: &mut Machine, v: &mut OperationCall<'_>) {
    if let Ok(Values::Listener { callback: callback @ None, .. }) = &mut v.values {
        let object = m.create_object(Kind::Plain);
        m.watch.aside.nulls.push(object);
        *callback = Some(object);
    }
}

/// The signal of the options, if script gave it a method to add listeners with.
fn signal_with_method(m: &Machine, v: &OperationCall<'_>) -> Option<SignalId> {
    let Ok(Values::Listener { options: Options { signal: Some(signal), .. }, .. }) = v.values else { return None };
    let object = Value::Object(m.signal(signal).object);
    (is_addition(v) && has_own_method(m, object, atom::ADD_EVENT_LISTENER)).then_some(signal)
}

fn add_by_method(m: &mut Machine, h: &mut impl Host, v: &mut OperationCall<'_>) -> Completion {
    let object = signal_with_method(m, v).map(|signal| m.signal(signal).object);
    if let Some(result) = object.and_then(|object| call_own_method(m, h, object, atom::ADD_EVENT_LISTENER)) {
        result?;
    }
    if let Ok(Values::Listener { options, .. }) = &mut v.values {
        options.signal = None;
    }
    add(m, h, v)
}

/// Whether script gave the event to be dispatched a `composedPath`.
fn has_own_path(m: &Machine, v: &OperationCall<'_>) -> bool {
    match v.values {
        Ok(Values::Event(event)) => has_own_method(m, Value::Object(m.event(event).object), atom::COMPOSED_PATH),
        _ => false,
    }
}

fn dispatch_by_method(m: &mut Machine, h: &mut impl Host, v: &OperationCall<'_>) -> Completion {
    let (Ok(Values::Event(event)), Some(target)) = (&v.values, v.idl_object) else { return Ok(Value::Undefined) };
    let object = m.event(*event).object;
    if let Some(path) = call_own_method(m, h, object, atom::COMPOSED_PATH).transpose()?
        && !path.object().is_some_and(|path| matches!(m.object(path).kind, Kind::Array(_)))
    {
        return Err(m.type_error());
    }
    event_target::dispatch_event(m, h, target, *event)
}
