//! Calls of methods, by the name of the method. <https://tc39.es/ecma262/#sec-function-calls>

use crate::atom::{self, Atom};
use crate::machine::{Host, Machine};
use crate::value::{Completion, Kind, ObjectId, Property, Value};
use crate::web_idl::callback;
use crate::web_idl::create_an_operation_function::{Operation, call_operation};
use crate::web_idl::interfaces::{self, Interface, Member};

/// What became of a call.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Called {
    /// There is no such operation: the object has nothing of that name that can be called.
    Missing,
    /// It ended so.
    Ended(Completion),
}

/// Calls the method of an object by name.
pub fn call_method(m: &mut Machine, h: &mut impl Host, object: ObjectId, name: Atom, arguments: &[Value]) -> Called {
    if let Some(Property::Data(value)) = m.own_property(object, name) {
        return match value.object().filter(|function| m.is_callable(*function)) {
            Some(function) => Called::Ended(callback::call(m, h, function, Value::Object(object), arguments)),
            None => Called::Missing,
        };
    }
    if let Kind::InterfaceObject(interface) = m.object(object).kind {
        return match interfaces::member(m, interface, name) {
            Some((target, Member::Static(required))) => {
                let operation = Operation { id: name, target, read_from: interface, required, is_static: true };
                Called::Ended(call_operation(m, h, operation, Value::Object(object), arguments))
            }
            _ => Called::Missing,
        };
    }
    if matches!(m.object(object).kind, Kind::Performance) && name == atom::NOW {
        return Called::Ended(Ok(Value::Number(m.now())));
    }
    if let Kind::Array(ref items) = m.object(object).kind
        && let Ok(index) = m.atoms.text(name).parse::<usize>()
    {
        // An item that is a function, called as a method of the array: `arguments[0](…)`.
        let item = items.get(index).and_then(|item| item.object()).filter(|item| m.is_callable(*item));
        return match item {
            Some(function) => Called::Ended(callback::call(m, h, function, Value::Object(object), arguments)),
            None => Called::Missing,
        };
    }
    let scope = m.realm(m.object(object).realm).scope;
    match interfaces::of(&m.object(object).kind, m, scope) {
        Some(interface) => call_with_this(m, h, interface, name, Value::Object(object), arguments),
        None => Called::Missing,
    }
}

/// Calls the operation that the prototype of an interface has, with any value as `this`.
pub fn call_with_this(
    m: &mut Machine,
    h: &mut impl Host,
    interface: Interface,
    name: Atom,
    this: Value,
    arguments: &[Value],
) -> Called {
    match interfaces::member(m, interface, name) {
        Some((target, Member::Operation(required))) => {
            let operation = Operation { id: name, target, read_from: interface, required, is_static: false };
            Called::Ended(call_operation(m, h, operation, this, arguments))
        }
        _ => Called::Missing,
    }
}
