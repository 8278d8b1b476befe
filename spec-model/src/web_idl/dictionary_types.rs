//! The dictionaries in scope, with their members in the order in which they are read.

use crate::atom::{self, Atom};
use crate::value::Value;
use crate::web_idl::convert::Type;
use crate::web_idl::interfaces::Interface;
use crate::web_idl::to_union::Union;

/// A dictionary.
#[derive(PartialEq, Debug)]
pub(crate) struct Dictionary<'a> {
    /// The members of the dictionary that it inherits from.
    pub(crate) inherited: &'a [DictionaryMember],
    /// Its own members.
    pub(crate) own: &'a [DictionaryMember],
}

/// A member of a dictionary.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct DictionaryMember {
    pub(crate) key: Atom,
    pub(crate) to: Type,
    pub(crate) default: Option<Value>,
    pub(crate) required: bool,
}

const fn optional(key: Atom, to: Type) -> DictionaryMember {
    DictionaryMember { key, to, default: None, required: false }
}

const fn with_default(key: Atom, to: Type, default: Value) -> DictionaryMember {
    DictionaryMember { key, to, default: Some(default), required: false }
}

const fn flag(key: Atom) -> DictionaryMember {
    with_default(key, Type::Boolean, Value::Bool(false))
}

const fn text(key: Atom) -> DictionaryMember {
    with_default(key, Type::DomString, Value::String(atom::EMPTY))
}

pub(crate) const BUBBLES: DictionaryMember = flag(atom::BUBBLES);
pub(crate) const CANCELABLE: DictionaryMember = flag(atom::CANCELABLE);
pub(crate) const COMPOSED: DictionaryMember = flag(atom::COMPOSED);
pub(crate) const COLNO: DictionaryMember = with_default(atom::COLNO, Type::UnsignedLong, Value::Number(0.0));
pub(crate) const ERROR: DictionaryMember = optional(atom::ERROR, Type::Any);
pub(crate) const FILENAME: DictionaryMember = with_default(atom::FILENAME, Type::UsvString, Value::String(atom::EMPTY));
pub(crate) const LINENO: DictionaryMember = with_default(atom::LINENO, Type::UnsignedLong, Value::Number(0.0));
pub(crate) const MESSAGE: DictionaryMember = text(atom::MESSAGE);
pub(crate) const DATA: DictionaryMember = with_default(atom::DATA, Type::Any, Value::Null);
pub(crate) const LAST_EVENT_ID: DictionaryMember = text(atom::LAST_EVENT_ID);
pub(crate) const ORIGIN: DictionaryMember = with_default(atom::ORIGIN, Type::UsvString, Value::String(atom::EMPTY));
pub(crate) const PORTS: DictionaryMember = optional(atom::PORTS, Type::MessagePorts);
/// `(Client or ServiceWorker or MessagePort)?`, of which the model has two.
pub(crate) const SOURCE: DictionaryMember = with_default(
    atom::SOURCE,
    Type::Union(Union {
        is_nullable: true,
        interfaces: &[Interface::WindowClient, Interface::ServiceWorker],
        ..Union::NOTHING
    }),
    Value::Null,
);
pub(crate) const CAPTURE: DictionaryMember = flag(atom::CAPTURE);
pub(crate) const ONCE: DictionaryMember = flag(atom::ONCE);
pub(crate) const PASSIVE: DictionaryMember = optional(atom::PASSIVE, Type::Boolean);
pub(crate) const SIGNAL: DictionaryMember = optional(atom::SIGNAL, Type::Interface(Interface::AbortSignal));

pub(crate) const DOWNLOAD_TOTAL: DictionaryMember =
    with_default(atom::DOWNLOAD_TOTAL, Type::UnsignedLongLong, Value::Number(0.0));
/// No rule is about the images, so that they are not converted.
pub(crate) const ICONS: DictionaryMember = optional(atom::ICONS, Type::Any);
pub(crate) const TITLE: DictionaryMember = optional(atom::TITLE, Type::DomString);

pub(crate) static EVENT_INIT: Dictionary<'_> = Dictionary { inherited: &[], own: &[BUBBLES, CANCELABLE, COMPOSED] };

pub(crate) static CUSTOM_EVENT_INIT: Dictionary<'_> =
    Dictionary { inherited: EVENT_INIT.own, own: &[with_default(atom::DETAIL, Type::Any, Value::Null)] };

pub(crate) static ERROR_EVENT_INIT: Dictionary<'_> =
    Dictionary { inherited: EVENT_INIT.own, own: &[COLNO, ERROR, FILENAME, LINENO, MESSAGE] };

pub(crate) static EXTENDABLE_MESSAGE_EVENT_INIT: Dictionary<'_> =
    Dictionary { inherited: EVENT_INIT.own, own: &[DATA, LAST_EVENT_ID, ORIGIN, PORTS, SOURCE] };

pub(crate) static BACKGROUND_FETCH_EVENT_INIT: Dictionary<'_> = Dictionary {
    inherited: EVENT_INIT.own,
    own: &[DictionaryMember {
        required: true,
        ..optional(atom::REGISTRATION, Type::Interface(Interface::BackgroundFetchRegistration))
    }],
};

pub(crate) static EVENT_LISTENER_OPTIONS: Dictionary<'_> = Dictionary { inherited: &[], own: &[CAPTURE] };

pub(crate) static ADD_EVENT_LISTENER_OPTIONS: Dictionary<'_> =
    Dictionary { inherited: EVENT_LISTENER_OPTIONS.own, own: &[ONCE, PASSIVE, SIGNAL] };

pub(crate) static BACKGROUND_FETCH_UI_OPTIONS: Dictionary<'_> = Dictionary { inherited: &[], own: &[ICONS, TITLE] };

pub(crate) static BACKGROUND_FETCH_OPTIONS: Dictionary<'_> =
    Dictionary { inherited: BACKGROUND_FETCH_UI_OPTIONS.own, own: &[DOWNLOAD_TOTAL] };
