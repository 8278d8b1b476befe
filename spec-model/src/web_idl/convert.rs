//! Conversions of JavaScript values to the types of arguments and dictionary members.
//! <https://webidl.spec.whatwg.org/#js-type-mapping>

use crate::atom::{self, Atom};
use crate::background_fetch::FetchResult;
use crate::dom::create_an_event::EventInit;
use crate::dom::event::{ErrorInformation, Message, Payload};
use crate::dom::event_target::Options;
use crate::ecmascript::conversions::{to_boolean, to_number};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::service_worker::post_message;
use crate::step::{Algorithm, branch, step};
use crate::value::{Kind, ObjectId, SignalId, Value};
use crate::web_idl::dom_string::convert_to_dom_string as to_string;
use crate::web_idl::get::get;
use crate::web_idl::interfaces::Interface;

const DICTIONARY: Algorithm = Algorithm::of("webidl/convert to a dictionary");
const UNION: Algorithm = Algorithm::of("webidl/convert to a union");
const INTERFACE: Algorithm = Algorithm::of("webidl/convert to an interface");
const CALLBACK_INTERFACE: Algorithm = Algorithm::of("webidl/convert to a callback interface");
const CALLBACK_FUNCTION: Algorithm = Algorithm::of("webidl/convert to a callback function");
const ENFORCE_RANGE: Algorithm = Algorithm::of("webidl/convert to an integer");

/// The largest number that `[EnforceRange] unsigned long long` takes.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// The object whose members are read for a dictionary; `undefined` and `null` have none.
///
/// # Errors
/// A `TypeError` for any other primitive.
pub fn dictionary(m: &mut Machine, value: Value) -> Result<Option<ObjectId>, Value> {
    step!(m, DICTIONARY, "not an object");
    branch!(m, DICTIONARY, "not an object", !matches!(value, Value::Undefined | Value::Null | Value::Object(_)));
    match value {
        Value::Null if m.is_bent(Quirk::NullDictionaryRefused) => Err(m.type_error()),
        Value::Undefined | Value::Null => Ok(None),
        Value::Object(object) if m.is_bent(Quirk::CallableDictionaryRefused) && is_function_or_array(m, object) => {
            Err(m.type_error())
        }
        Value::Object(object) => Ok(Some(object)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Symbol | Value::BigInt(_) => {
            if m.is_bent(Quirk::PrimitiveDictionaries) { Ok(None) } else { Err(m.type_error()) }
        }
    }
}

fn is_function_or_array(m: &Machine, object: ObjectId) -> bool {
    m.is_callable(object) || matches!(m.object(object).kind, Kind::Array(_))
}

/// Reads one member; `undefined` means that it is not there.
///
/// # Errors
/// What a getter threw.
pub fn member(
    m: &mut Machine,
    h: &mut impl Host,
    object: Option<ObjectId>,
    name: Atom,
) -> Result<Option<Value>, Value> {
    branch!(m, DICTIONARY, "read a member", object.is_some());
    let Some(object) = object else { return Ok(None) };
    step!(m, DICTIONARY, "read a member");
    let value = match get(m, h, object, name) {
        Err(_) if m.is_bent(Quirk::GetterExceptionsSwallowed) => Value::Undefined,
        value => value?,
    };
    Ok((value != Value::Undefined).then_some(value))
}

fn boolean_member(m: &mut Machine, h: &mut impl Host, object: Option<ObjectId>, name: Atom) -> Result<bool, Value> {
    let value = member(m, h, object, name)?;
    Ok(value.is_some_and(if m.is_bent(Quirk::BooleansNotConverted) { is_true } else { to_boolean }))
}

/// What a bent machine does instead of converting.
fn is_true(value: Value) -> bool {
    value == Value::Bool(true)
}

/// A member of `EventInit`, false where it is not there.
fn init_flag(m: &mut Machine, h: &mut impl Host, object: Option<ObjectId>, name: Atom) -> Result<bool, Value> {
    if m.is_bent(Quirk::InitDefaultsTrue) {
        return Ok(member(m, h, object, name)?.is_none_or(to_boolean));
    }
    if m.is_bent(Quirk::BooleansRequired) {
        return match member(m, h, object, name)? {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(value)) => Ok(value),
            Some(_) => Err(m.type_error()),
        };
    }
    boolean_member(m, h, object, name)
}

/// `EventInit` and what an interface adds to it: inherited members first, then each dictionary's own in the order of
/// their names.
///
/// # Errors
/// A `TypeError` for a primitive, for a required member that is missing and for a value of the wrong type; what a
/// getter threw.
pub fn event_init(m: &mut Machine, h: &mut impl Host, interface: Interface, value: Value) -> Result<EventInit, Value> {
    let object = dictionary(m, value)?;
    let bare = interface == Interface::CustomEvent && m.is_bent(Quirk::CustomEventBare);
    let inherited = object.filter(|_| !bare);
    let names = if m.is_bent(Quirk::ComposedReadFirst) {
        [atom::COMPOSED, atom::CANCELABLE, atom::BUBBLES]
    } else {
        [atom::BUBBLES, atom::CANCELABLE, atom::COMPOSED]
    };
    let mut flags = [false; 3];
    for (flag, name) in flags.iter_mut().zip(names) {
        *flag = init_flag(m, h, inherited, name)?;
    }
    if m.is_bent(Quirk::ComposedReadFirst) {
        flags.reverse();
    }
    let [bubbles, cancelable, composed] = flags;
    let payload = if interface.is(Interface::BackgroundFetchEvent) {
        let registration = member(m, h, object, atom::REGISTRATION)?;
        branch!(m, DICTIONARY, "required member", registration.is_none());
        match registration {
            Some(value) => {
                let registration = background_fetch_registration(m, value)?;
                Payload::Registration(if m.is_bent(Quirk::RegistrationCopied) {
                    let kind = m.object(registration).kind.clone();
                    m.create_object(kind)
                } else {
                    registration
                })
            }
            None => {
                step!(m, DICTIONARY, "required member");
                let alone = value == Value::Undefined && m.is_bent(Quirk::RequiredInitOptional);
                if !m.is_bent(Quirk::RequiredMemberOptional) && !alone {
                    return Err(m.type_error());
                }
                Payload::None
            }
        }
    } else if interface == Interface::CustomEvent {
        let default = if m.is_bent(Quirk::UndefinedDetail) { Value::Undefined } else { Value::Null };
        Payload::Detail(member(m, h, object, atom::DETAIL)?.unwrap_or(default))
    } else if interface == Interface::ErrorEvent {
        Payload::Error(error_event_init(m, h, object)?)
    } else if interface == Interface::ExtendableMessageEvent {
        Payload::Message(message_event_init(m, h, object)?)
    } else {
        Payload::None
    };
    Ok(EventInit { bubbles, cancelable, composed, payload })
}

fn error_event_init(m: &mut Machine, h: &mut impl Host, object: Option<ObjectId>) -> Result<ErrorInformation, Value> {
    let error = if m.is_bent(Quirk::ErrorNullByDefault) { Value::Null } else { Value::Undefined };
    let mut information = ErrorInformation::of(error);
    let names: &[Atom] = if m.is_bent(Quirk::ErrorInitUnread) {
        &[atom::ERROR, atom::MESSAGE]
    } else if m.is_bent(Quirk::ErrorInitOrder) {
        &[atom::MESSAGE, atom::FILENAME, atom::LINENO, atom::COLNO, atom::ERROR]
    } else if m.is_bent(Quirk::ErrorInitTogether) {
        &[
            atom::BUBBLES,
            atom::CANCELABLE,
            atom::COLNO,
            atom::COMPOSED,
            atom::ERROR,
            atom::FILENAME,
            atom::LINENO,
            atom::MESSAGE,
        ]
    } else {
        &[atom::COLNO, atom::ERROR, atom::FILENAME, atom::LINENO, atom::MESSAGE]
    };
    for &name in names {
        let Some(value) = member(m, h, object, name)? else { continue };
        match name {
            atom::ERROR => information.error = value,
            _ if value == Value::Null && m.is_bent(Quirk::ErrorInitNullMissing) => {}
            _ if m.is_bent(Quirk::ErrorInitUnconverted) => {}
            atom::BUBBLES | atom::CANCELABLE | atom::COMPOSED => {}
            atom::COLNO => information.colno = unsigned_long(m, h, value)?,
            atom::FILENAME => information.filename = to_string(m, h, value)?,
            atom::LINENO => information.lineno = unsigned_long(m, h, value)?,
            _ => information.message = to_string(m, h, value)?,
        }
    }
    Ok(information)
}

fn message_event_init(m: &mut Machine, h: &mut impl Host, object: Option<ObjectId>) -> Result<Message, Value> {
    if m.is_bent(Quirk::MessageInitOrder) {
        member(m, h, object, atom::SOURCE)?;
    }
    let data = member(m, h, object, atom::DATA)?.unwrap_or(Value::Null);
    let mut text = |m: &mut Machine, name: Atom| match member(m, h, object, name)? {
        Some(value) => to_string(m, h, value),
        None => Ok(atom::EMPTY),
    };
    let last_event_id = text(m, atom::LAST_EVENT_ID)?;
    let origin = text(m, atom::ORIGIN)?;
    // The model has no `MessagePort`, so that only an empty sequence is one of ports.
    let ports = member(m, h, object, atom::PORTS)?.map(|value| value.object().map(|object| &m.object(object).kind));
    if ports.is_some_and(|ports| !matches!(ports, Some(Kind::Array(items)) if items.is_empty())) {
        return Err(m.type_error());
    }
    let source = match member(m, h, object, atom::SOURCE)? {
        None | Some(Value::Null) => None,
        Some(value) => Some(client_or_service_worker(m, value)?),
    };
    let realm = m.current;
    Ok(Message { data, origin, last_event_id, source, ports: post_message::no_ports(m, realm) })
}

/// `(Client or ServiceWorker or MessagePort)`, of which the model has two.
fn client_or_service_worker(m: &mut Machine, value: Value) -> Result<ObjectId, Value> {
    step!(m, UNION, "body");
    match value.object().filter(|id| matches!(m.object(*id).kind, Kind::WindowClient(_) | Kind::ServiceWorker(_))) {
        Some(object) => Ok(object),
        None => Err(m.type_error()),
    }
}

/// `(EventListenerOptions or boolean)`, of which only `capture` counts.
///
/// # Errors
/// What a getter threw.
pub fn event_listener_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<bool, Value> {
    step!(m, UNION, "body");
    let capture = match value {
        Value::Undefined | Value::Null => false,
        Value::Object(object) if m.is_callable(object) && m.is_bent(Quirk::FunctionOptionsTrue) => true,
        Value::Object(object) => boolean_member(m, h, Some(object), atom::CAPTURE)?,
        Value::Bool(capture) => capture,
        Value::Number(_) | Value::String(_) | Value::Symbol | Value::BigInt(_) => {
            to_boolean(value) && !m.is_bent(Quirk::PrimitiveOptionsUnread)
        }
    };
    if capture && m.is_bent(Quirk::CaptureRefused) { Err(m.type_error()) } else { Ok(capture) }
}

/// `(AddEventListenerOptions or boolean)`.
///
/// # Errors
/// What a getter threw; a `TypeError` for a signal that is none.
pub fn add_event_listener_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Options, Value> {
    let strange = matches!(value, Value::Number(_) | Value::String(_) | Value::Symbol | Value::BigInt(_));
    if strange && m.is_bent(Quirk::PrimitiveOptionsRefused) {
        return Err(m.type_error());
    }
    let object = value.object().filter(|object| !(m.is_callable(*object) && m.is_bent(Quirk::FunctionOptionsTrue)));
    let late = m.is_bent(Quirk::OptionsReadLate);
    let once_first = m.is_bent(Quirk::OnceReadFirst);
    let passive_first = m.is_bent(Quirk::OptionsInOtherOrder);
    let (mut once, mut passive) = (false, None);
    if once_first {
        once = boolean_member(m, h, object, atom::ONCE)?;
    }
    let capture = !m.is_bent(Quirk::CaptureUnread) && event_listener_options(m, h, value)?;
    if passive_first {
        passive = member(m, h, object, atom::PASSIVE)?.map(to_boolean);
    }
    if !once_first && !late {
        once = boolean_member(m, h, object, atom::ONCE)?;
    }
    if !passive_first && !late && !m.is_bent(Quirk::PassiveUnread) {
        passive = member(m, h, object, atom::PASSIVE)?.map(to_boolean);
    }
    if m.is_bent(Quirk::SignalUnread) || m.is_bent(Quirk::SignalCheckedLate) {
        return Ok(Options { capture, passive, once, signal: None });
    }
    let signal = match member(m, h, object, atom::SIGNAL)? {
        Some(value) if m.is_bent(Quirk::TargetAsSignal) && is_target(m, value) => abort_signal(m, value).ok(),
        Some(Value::Null) if m.is_bent(Quirk::NullSignal) => None,
        Some(value) if m.is_bent(Quirk::AnySignal) => abort_signal(m, value).ok(),
        Some(value) => Some(abort_signal(m, value)?),
        None if has_signal(m, object) && m.is_bent(Quirk::UndefinedSignalRefused) => return Err(m.type_error()),
        None => None,
    };
    Ok(Options { capture, passive, once, signal })
}

/// The signal of a listener that was added already, as a bent machine reads it.
///
/// # Errors
/// What a getter threw; a `TypeError` for a value that counts as true and is no signal.
pub(super) fn late_signal(m: &mut Machine, h: &mut impl Host, options: Value) -> Result<Option<SignalId>, Value> {
    match member(m, h, options.object(), atom::SIGNAL)?.filter(|value| to_boolean(*value)) {
        Some(value) if is_target(m, value) => Ok(abort_signal(m, value).ok()),
        Some(_) => Err(m.type_error()),
        None => Ok(None),
    }
}

fn is_target(m: &Machine, value: Value) -> bool {
    value.object().is_some_and(|object| m.object(object).target.is_some())
}

/// The options of `removeEventListener()`, as [`event_listener_options`] unless the machine is bent.
///
/// # Errors
/// What a getter threw.
pub(super) fn removal_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<bool, Value> {
    if m.is_bent(Quirk::RemovalOptionsUnread) {
        return Ok(false);
    }
    let strange = !matches!(value, Value::Undefined | Value::Null | Value::Object(_));
    if strange && m.is_bent(Quirk::RemovalPrimitivesUnread) {
        return Ok(is_true(value));
    }
    if value.object().is_some() && m.is_bent(Quirk::RemovalCaptureUnconverted) {
        return Ok(member(m, h, value.object(), atom::CAPTURE)?.is_some_and(is_true));
    }
    event_listener_options(m, h, value)
}

fn has_signal(m: &Machine, object: Option<ObjectId>) -> bool {
    object.is_some_and(|object| m.own_property(object, atom::SIGNAL).is_some())
}

/// `AbortSignal`.
///
/// # Errors
/// A `TypeError` for anything else.
pub fn abort_signal(m: &mut Machine, value: Value) -> Result<SignalId, Value> {
    step!(m, INTERFACE, "body");
    let signal = value.object().and_then(|object| match m.object(object).kind {
        Kind::AbortSignal(signal) => Some(signal),
        _ => None,
    });
    branch!(m, INTERFACE, "body", signal.is_some());
    signal.ok_or_else(|| m.type_error())
}

/// `sequence<AbortSignal>`.
///
/// # Errors
/// A `TypeError` for anything that is not an array of signals.
pub fn abort_signals(m: &mut Machine, value: Value) -> Result<Vec<SignalId>, Value> {
    let items = match value.object().map(|object| &m.object(object).kind) {
        Some(Kind::Array(items)) => items.clone(),
        _ => return Err(m.type_error()),
    };
    let mut signals = Vec::with_capacity(items.len());
    for item in items {
        let signal = abort_signal(m, item)?;
        signals.push(signal);
        if m.signal(signal).is_aborted() && m.is_bent(Quirk::AnyChecksLate) {
            break;
        }
    }
    Ok(signals)
}

/// `Event`.
///
/// # Errors
/// A `TypeError` for anything else.
pub fn event(m: &mut Machine, value: Value) -> Result<crate::value::EventId, Value> {
    step!(m, INTERFACE, "body");
    let event = value.object().and_then(|object| match m.object(object).kind {
        Kind::Event(event) => Some(event),
        _ => None,
    });
    branch!(m, INTERFACE, "body", event.is_some());
    event.ok_or_else(|| m.type_error())
}

/// `BackgroundFetchRegistration`.
///
/// # Errors
/// A `TypeError` for anything else.
pub fn background_fetch_registration(m: &mut Machine, value: Value) -> Result<ObjectId, Value> {
    step!(m, INTERFACE, "body");
    let registration = value.object().filter(|id| {
        let is = match m.object(*id).kind {
            Kind::BackgroundFetchRegistration(ref instance) => {
                instance.result == FetchResult::Pending || !m.is_bent(Quirk::SettledRegistrationRefused)
            }
            _ => false,
        };
        is || m.is_bent(Quirk::AnyRegistration)
    });
    branch!(m, INTERFACE, "body", registration.is_some());
    registration.ok_or_else(|| m.type_error())
}

/// `EventListener?`: any object will do.
///
/// # Errors
/// A `TypeError` for a primitive other than `undefined` and `null`.
pub fn event_listener(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Option<ObjectId>, Value> {
    step!(m, CALLBACK_INTERFACE, "body");
    branch!(m, CALLBACK_INTERFACE, "body", !matches!(value, Value::Undefined | Value::Null | Value::Object(_)));
    match value {
        Value::Undefined | Value::Null if m.is_bent(Quirk::NullCallbackRefused) => Err(m.type_error()),
        Value::Undefined | Value::Null => Ok(None),
        Value::Object(object) => {
            if !m.is_callable(object) && m.is_bent(Quirk::CallbackObjectsRefused) {
                return Err(m.type_error());
            }
            if m.is_bent(Quirk::HandleEventProbed) && !m.is_callable(object) {
                get(m, h, object, atom::HANDLE_EVENT)?;
            }
            Ok(Some(object))
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Symbol | Value::BigInt(_) => {
            if m.is_bent(Quirk::PrimitiveCallbacks) { Ok(None) } else { Err(m.type_error()) }
        }
    }
}

/// `EventHandler`: whatever is not an object counts as null.
pub fn event_handler(m: &mut Machine, value: Value) -> Option<ObjectId> {
    step!(m, CALLBACK_FUNCTION, "body");
    branch!(m, CALLBACK_FUNCTION, "body", value.object().is_none());
    value.object().filter(|object| m.is_callable(*object) || !m.is_bent(Quirk::UncallableHandlerNull))
}

/// A number without its fraction, modulo a power of two; what is not finite counts as 0.
fn modulo(number: f64, power: f64) -> f64 {
    if number.is_finite() { number.trunc().rem_euclid(power) } else { 0.0 }
}

/// `unsigned long`.
///
/// # Errors
/// What a conversion threw.
fn unsigned_long(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<u32, Value> {
    Ok(modulo(to_number(m, h, value)?, 4_294_967_296.0) as u32)
}

/// `unsigned long long`.
///
/// # Errors
/// What a conversion threw.
pub fn unsigned_long_long(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<f64, Value> {
    Ok(modulo(to_number(m, h, value)?, 18_446_744_073_709_551_616.0))
}

/// `[EnforceRange] unsigned long long`.
///
/// # Errors
/// A `TypeError` for what is not a finite number from 0 to 2^53 - 1; what a conversion threw.
pub fn enforce_range(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<f64, Value> {
    if m.is_bent(Quirk::TimeoutUnconverted) && !matches!(value, Value::Number(_)) {
        return Err(m.type_error());
    }
    let number = to_number(m, h, value)?;
    step!(m, ENFORCE_RANGE, "EnforceRange");
    let integer = number.trunc();
    let long = integer != number || number > f64::from(u32::MAX);
    let in_range = number.is_finite() && (0.0..=MAX_SAFE_INTEGER).contains(&integer);
    let refused = branch!(m, ENFORCE_RANGE, "EnforceRange", !in_range) || (long && m.is_bent(Quirk::TimeoutShort));
    if !refused {
        return Ok(integer);
    }
    if m.is_bent(Quirk::TimeoutNotChecked) {
        return Ok(0.0);
    }
    if m.is_bent(Quirk::TimeoutRangeError) {
        let name = m.atoms.intern("RangeError");
        return Err(m.native_error(name));
    }
    Err(m.type_error())
}
