//! Conversions of JavaScript values to the types of arguments and dictionary members. <https://webidl.spec.whatwg.org/#js-type-mapping>
//!
//! An IDL value is written as the JavaScript value that it would be converted back to. The algorithms for each kind of type are in the
//! files named after it; this one says what the types of arguments in scope are.

use crate::atom::{self, Atom};
use crate::dom::create_an_event::EventInit;
use crate::dom::event::{ErrorInformation, Message, Payload};
use crate::dom::event_target::Options;
use crate::ecmascript::conversions::to_boolean;
use crate::machine::{Host, Machine};
use crate::service_worker::post_message;
use crate::value::{Completion, EventId, Kind, SignalId, Value};
use crate::web_idl::dictionary_types::{
    ADD_EVENT_LISTENER_OPTIONS, BACKGROUND_FETCH_EVENT_INIT, CUSTOM_EVENT_INIT, ERROR_EVENT_INIT, EVENT_INIT,
    EVENT_LISTENER_OPTIONS, EXTENDABLE_MESSAGE_EVENT_INIT,
};
use crate::web_idl::dom_string::convert_to_dom_string;
use crate::web_idl::interfaces::Interface;
use crate::web_idl::to_dictionary::{IdlDictionary, convert_to_dictionary};
use crate::web_idl::to_interface::convert_to_interface;
use crate::web_idl::to_numbers::{convert_to_unsigned_long, convert_to_unsigned_long_long};
use crate::web_idl::to_sequence::convert_to_sequence;
use crate::web_idl::to_union::{Converted, Union, convert_to_union};
use crate::web_idl::usv_string::convert_to_usv_string;

pub use crate::web_idl::to_dictionary::{dictionary, member};
pub use crate::web_idl::to_nullable::{event_handler, event_listener};

/// The type of a dictionary member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Type {
    Any,
    Boolean,
    DomString,
    UsvString,
    UnsignedLong,
    UnsignedLongLong,
    Interface(Interface),
    /// A union without dictionaries.
    Union(Union),
    /// `sequence<MessagePort>`.
    MessagePorts,
}

/// Converts a value to a type.
///
/// # Errors
/// What the conversion throws.
pub(crate) fn convert(m: &mut Machine, h: &mut impl Host, value: Value, to: Type) -> Completion {
    match to {
        Type::Any => Ok(value),
        Type::Boolean => Ok(Value::Bool(to_boolean(value))),
        Type::DomString => convert_to_dom_string(m, h, value).map(Value::String),
        Type::UsvString => convert_to_usv_string(m, h, value).map(Value::String),
        Type::UnsignedLong => convert_to_unsigned_long(m, h, value).map(Value::Number),
        Type::UnsignedLongLong => convert_to_unsigned_long_long(m, h, value, false).map(Value::Number),
        Type::Interface(interface) => convert_to_interface(m, interface, value),
        Type::Union(union) => match convert_to_union(m, h, union, value)? {
            Converted::Value(value) => Ok(value),
            Converted::Dictionary(_) => unreachable!("members of these types are no dictionaries"),
        },
        // There are no objects of this interface, so that only an empty sequence is one of them.
        Type::MessagePorts => match value.object().map(|object| &m.object(object).kind) {
            Some(Kind::Array(items)) if items.is_empty() => Ok(value),
            _ => Err(m.type_error()),
        },
    }
}

/// Converts a value to the dictionary that the constructor of an event takes.
///
/// # Errors
/// What the conversion throws.
pub fn event_init(m: &mut Machine, h: &mut impl Host, interface: Interface, value: Value) -> Result<EventInit, Value> {
    let dictionary = match interface {
        Interface::CustomEvent => &CUSTOM_EVENT_INIT,
        Interface::ErrorEvent => &ERROR_EVENT_INIT,
        Interface::ExtendableMessageEvent => &EXTENDABLE_MESSAGE_EVENT_INIT,
        Interface::BackgroundFetchEvent | Interface::BackgroundFetchUpdateUIEvent => &BACKGROUND_FETCH_EVENT_INIT,
        _ => &EVENT_INIT,
    };
    let init = convert_to_dictionary(m, h, dictionary, value)?;
    let payload = match interface {
        Interface::CustomEvent => Payload::Detail(init.value(atom::DETAIL)),
        Interface::ErrorEvent => Payload::Error(ErrorInformation {
            message: init.text(atom::MESSAGE),
            filename: init.text(atom::FILENAME),
            lineno: init.number(atom::LINENO),
            colno: init.number(atom::COLNO),
            error: init.value(atom::ERROR),
        }),
        Interface::ExtendableMessageEvent => {
            let realm = m.current;
            Payload::Message(Message {
                data: init.value(atom::DATA),
                origin: init.text(atom::ORIGIN),
                last_event_id: init.text(atom::LAST_EVENT_ID),
                source: init.value(atom::SOURCE).object(),
                ports: post_message::no_ports(m, realm),
            })
        }
        _ => init.value(atom::REGISTRATION).object().map_or(Payload::None, Payload::Registration),
    };
    Ok(EventInit {
        bubbles: init.is(atom::BUBBLES),
        cancelable: init.is(atom::CANCELABLE),
        composed: init.is(atom::COMPOSED),
        payload,
    })
}

/// Converts a value to `(EventListenerOptions or boolean)`; returns `capture`.
///
/// # Errors
/// What a getter threw.
pub fn event_listener_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<bool, Value> {
    let union = Union { dictionary: Some(&EVENT_LISTENER_OPTIONS), has_boolean: true, ..Union::NOTHING };
    // The flatten steps of the DOM Standard.
    Ok(match convert_to_union(m, h, union, value)? {
        Converted::Dictionary(options) => options.is(atom::CAPTURE),
        Converted::Value(value) => value == Value::Bool(true),
    })
}

/// Converts a value to `(AddEventListenerOptions or boolean)`.
///
/// # Errors
/// What a getter threw; a `TypeError` for a signal that is none.
pub fn add_event_listener_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Options, Value> {
    let union = Union { dictionary: Some(&ADD_EVENT_LISTENER_OPTIONS), has_boolean: true, ..Union::NOTHING };
    // The flatten more steps of the DOM Standard.
    Ok(match convert_to_union(m, h, union, value)? {
        Converted::Dictionary(options) => Options {
            capture: options.is(atom::CAPTURE),
            passive: options.get(atom::PASSIVE).map(|passive| passive == Value::Bool(true)),
            once: options.is(atom::ONCE),
            signal: options.get(atom::SIGNAL).and_then(|signal| signal_of(m, signal)),
        },
        Converted::Value(value) => Options { capture: value == Value::Bool(true), ..Options::default() },
    })
}

/// Converts a value to `AbortSignal`.
///
/// # Errors
/// A `TypeError` for anything else.
pub fn abort_signal(m: &mut Machine, value: Value) -> Result<SignalId, Value> {
    let value = convert_to_interface(m, Interface::AbortSignal, value)?;
    signal_of(m, value).ok_or_else(|| m.type_error())
}

/// Converts a value to `sequence<AbortSignal>`.
///
/// # Errors
/// A `TypeError` for anything that is not an array of signals.
pub fn abort_signals(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Vec<SignalId>, Value> {
    let signals = convert_to_sequence(m, h, Type::Interface(Interface::AbortSignal), value)?;
    Ok(signals.into_iter().filter_map(|signal| signal_of(m, signal)).collect())
}

/// Converts a value to `Event`.
///
/// # Errors
/// A `TypeError` for anything else.
pub fn event(m: &mut Machine, value: Value) -> Result<EventId, Value> {
    let value = convert_to_interface(m, Interface::Event, value)?;
    match value.object().map(|object| &m.object(object).kind) {
        Some(Kind::Event(event)) => Ok(*event),
        _ => Err(m.type_error()),
    }
}

/// Converts a value to `[EnforceRange] unsigned long long`.
///
/// # Errors
/// A `TypeError` for what is not a finite number from 0 to 2^53 - 1; what a conversion threw.
pub fn enforce_range(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<f64, Value> {
    convert_to_unsigned_long_long(m, h, value, true)
}

fn signal_of(m: &Machine, value: Value) -> Option<SignalId> {
    match m.object(value.object()?).kind {
        Kind::AbortSignal(signal) => Some(signal),
        _ => None,
    }
}

impl IdlDictionary {
    /// Returns the value of a member, or `undefined` where it has none.
    fn value(&self, key: Atom) -> Value {
        self.get(key).unwrap_or(Value::Undefined)
    }

    /// Returns whether a boolean member is true.
    fn is(&self, key: Atom) -> bool {
        self.get(key) == Some(Value::Bool(true))
    }

    fn text(&self, key: Atom) -> Atom {
        match self.get(key) {
            Some(Value::String(text)) => text,
            _ => atom::EMPTY,
        }
    }

    pub(crate) fn number(&self, key: Atom) -> f64 {
        match self.get(key) {
            Some(Value::Number(number)) => number,
            _ => 0.0,
        }
    }
}
