//! Convert a JavaScript value to an interface type. <https://webidl.spec.whatwg.org/#js-to-interface>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{Completion, Value};
use crate::watch::{branch, returns};
use crate::web_idl::interfaces::{self, Interface};

const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to interface");

/// The variables of the conversion.
pub(crate) struct ToInterface {
    /// V.
    pub(crate) value: Value,
    /// I.
    pub(crate) interface: Interface,
}

/// Converts a value to an interface type.
///
/// # Errors
/// A `TypeError` for what does not implement the interface.
pub(crate) fn convert_to_interface(m: &mut Machine, interface: Interface, value: Value) -> Completion {
    let mut v = ToInterface { value, interface };
    let implements = value.object().is_some_and(|object| {
        let data = m.object(object);
        interfaces::of(&data.kind, m, m.realm(data.realm).scope).is_some_and(|of| of.is(interface))
    });
    if branch!(m, v, "1", implements) {
        return Ok(value);
    }
    returns!(m, v, "2", Err(m.type_error()))
}
