//! Setting a property. <https://webidl.spec.whatwg.org/#dfn-attribute-setter>

use crate::atom::{self, Atom};
use crate::dom::event;
use crate::ecmascript::conversions::to_boolean;
use crate::html::event_handler_idl_attribute_setter::event_handler_idl_attribute_setter;
use crate::machine::{Machine, Scope};
use crate::quirk::Quirk;
use crate::value::{Kind, ObjectId, Property, Value};
use crate::web_idl::convert;
use crate::web_idl::interfaces::{self, Member};

/// Sets a property of an object.
///
/// # Errors
/// A `TypeError` for an attribute that can't be set and for a frozen object: script is strict here.
pub fn set(m: &mut Machine, object: ObjectId, name: Atom, value: Value) -> Result<(), Value> {
    if m.object(object).frozen {
        return Err(m.type_error());
    }
    let scope = m.realm(m.object(object).realm).scope;
    let member = interfaces::of(&m.object(object).kind, m, scope).and_then(|of| interfaces::member(m, of, name));
    match member.map(|(_, member)| member) {
        Some(Member::Handler) => {
            if m.is_bent(Quirk::HandlerMustBeCallable) && !value.object().is_some_and(|object| m.is_callable(object)) {
                return Err(m.type_error());
            }
            if m.is_bent(Quirk::HandlersPlain) {
                m.define_property(object, name, Property::Data(value));
            }
            let value = convert::event_handler(m, value);
            event_handler_idl_attribute_setter(m, object, name, value);
        }
        Some(Member::Attribute) if name == atom::RETURN_VALUE && m.is_bent(Quirk::ReturnValueReadOnly) => {
            return Err(m.type_error());
        }
        Some(Member::Attribute) if name == atom::CANCEL_BUBBLE && m.is_bent(Quirk::CancelBubbleReadOnly) => {
            return Err(m.type_error());
        }
        Some(Member::Attribute) => {
            let Kind::Event(id) = m.object(object).kind else { unreachable!("only events have such attributes") };
            if name == atom::CANCEL_BUBBLE {
                event::set_cancel_bubble(m, id, to_boolean(value));
            } else {
                event::set_return_value(m, id, to_boolean(value));
            }
        }
        Some(Member::ReadOnly) if m.is_bent(Quirk::ReadOnlyWritable) => {}
        Some(Member::ReadOnly) if name == atom::REASON && m.is_bent(Quirk::ReasonWritable) => {
            m.define_property(object, name, Property::Data(value));
        }
        Some(Member::ReadOnly)
            if matches!(m.object(object).kind, Kind::AbortController(_) | Kind::AbortSignal(_))
                && m.is_bent(Quirk::SignalAttributesInert) => {}
        Some(Member::ReadOnly) if name == atom::SRC_ELEMENT && m.is_bent(Quirk::SrcElementWritable) => {}
        Some(Member::ReadOnly | Member::Unforgeable | Member::Constant(_)) => return Err(m.type_error()),
        Some(Member::Operation(_) | Member::Static(_)) | None => {
            // Event handlers that are not known here.
            if matches!(name, atom::ON_UNHANDLED_REJECTION | atom::ON_REJECTION_HANDLED) {
                m.unknown |= matches!(m.object(object).kind, Kind::Global);
            }
            m.define_property(object, name, Property::Data(value));
        }
    }
    Ok(())
}

/// Calls the setter of an event handler attribute on something else than the object it belongs to.
///
/// # Errors
/// A `TypeError`, unless it is the global object of a service worker after all.
pub fn call_global_setter(m: &mut Machine, this: Value, name: Atom, value: Value) -> Result<(), Value> {
    let this = match this {
        // A global's attributes take `undefined` and `null` for the global itself.
        Value::Undefined | Value::Null if m.is_bent(Quirk::SetterNeedsThis) => return Err(m.type_error()),
        Value::Undefined | Value::Null => m.realm(m.current).global,
        Value::Object(object) => object,
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Symbol | Value::BigInt(_) => {
            return Err(m.type_error());
        }
    };
    let is_worker = matches!(m.realm(m.object(this).realm).scope, Scope::ServiceWorker(_));
    if is_worker && matches!(m.object(this).kind, Kind::Global) {
        set(m, this, name, value)
    } else {
        Err(m.type_error())
    }
}
