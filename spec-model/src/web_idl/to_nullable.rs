//! Convert a JavaScript value to a nullable type, to a callback interface and to a callback function.
//! <https://webidl.spec.whatwg.org/#js-to-nullable>

use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, ObjectId, Value};
use crate::watch::{NoScript, branch, returns};

/// The inner types of the nullable types in scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Inner {
    /// `EventListener`, a callback interface.
    EventListener,
    /// `EventHandlerNonNull`, a callback function.
    EventHandler,
}

/// The variables of the conversion to a nullable type.
pub(crate) struct ToNullable {
    /// V.
    pub(crate) value: Value,
    /// T.
    pub(crate) inner: Inner,
}

/// The variables of the conversion to a callback interface.
pub(crate) struct ToCallbackInterface {
    /// V.
    pub(crate) value: Value,
}

/// Converts a value to `EventListener?`: any object will do.
///
/// # Errors
/// A `TypeError` for a primitive other than `undefined` and `null`.
pub fn event_listener(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Option<ObjectId>, Value> {
    convert_to_nullable(m, h, Inner::EventListener, value).map(Value::object)
}

/// Converts a value to `EventHandler`: whatever is not an object counts as null.
pub fn event_handler(m: &mut Machine, value: Value) -> Option<ObjectId> {
    convert_to_nullable(m, &mut NoScript, Inner::EventHandler, value).ok()?.object()
}

/// Converts a value to a nullable type.
///
/// # Errors
/// What the conversion to the inner type throws.
fn convert_to_nullable(m: &mut Machine, h: &mut impl Host, inner: Inner, value: Value) -> Completion {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to nullable");
    let mut v = ToNullable { value, inner };
    if branch!(m, v, "1", inner == Inner::EventHandler && value.object().is_none()) {
        return Ok(Value::Null);
    }
    // 2. Out of scope: no inner type in scope includes undefined.
    if branch!(m, v, "3", matches!(value, Value::Undefined | Value::Null)) {
        return returns!(m, h, v, "3", Ok(Value::Null));
    }
    returns!(
        m,
        h,
        v,
        "4",
        match inner {
            Inner::EventListener => convert_to_callback_interface(m, h, value),
            Inner::EventHandler => convert_to_callback_function(m, value),
        }
    )
}

/// Converts a value to a callback interface.
///
/// # Errors
/// A `TypeError` for a primitive.
fn convert_to_callback_interface(m: &mut Machine, h: &mut impl Host, value: Value) -> Completion {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to callback interface");
    let mut v = ToCallbackInterface { value };
    if branch!(m, v, "1", value.object().is_none()) {
        return Err(m.type_error());
    }
    returns!(m, h, v, "2", Ok(value))
}

/// Converts a value to a callback function.
///
/// # Errors
/// Nothing is refused: the callback functions in scope are types of attributes that treat what can't be called as null.
fn convert_to_callback_function(m: &mut Machine, value: Value) -> Completion {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to callback function");
    // 1. Out of scope: the only callback functions in scope are types of event handler attributes.
    returns!(m, "2", Ok(value))
}
