//! The constructors of interface objects. <https://webidl.spec.whatwg.org/#create-an-interface-object>

use crate::atom::{self, Atom};
use crate::background_fetch::request;
use crate::dom::abort_controller;
use crate::dom::create_an_event::{self, EventInit};
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, Kind, ObjectId, Value};
use crate::watch::{branch, looked_up, returns, set, step};
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string;
use crate::web_idl::interfaces::{Interface, Member, MemberLookup};
use crate::web_idl::overload_resolution::check_arguments;

const ALGORITHM: Algorithm = Algorithm::of("webidl/create an interface object");

/// What `new` was applied to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NewTarget {
    /// Nothing: the interface object was called as a function.
    Undefined,
    /// The interface object, by its name.
    Named,
    /// An interface object, or a class that extends one.
    Object(ObjectId),
}

/// The arguments of a constructor, converted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Values {
    /// It takes none, or converts them itself.
    Unconverted,
    /// Those of the constructor of an event.
    Event { event_type: Atom, init: EventInit },
    /// Those of the constructor of `DOMException`.
    Exception { message: Atom, name: Atom },
}

/// The variables of the steps of an interface object, which run when it is called.
pub(crate) struct ConstructorCall<'a> {
    /// I.
    pub(crate) interface: Interface,
    pub(crate) new_target: NewTarget,
    pub(crate) args: &'a [Value],
    pub(crate) values: Result<Values, Value>,
    pub(crate) object: Completion,
}

/// Constructs an object with an interface object, or with a class that extends one.
///
/// # Errors
/// A `TypeError` for what is no constructor; what the constructor throws.
pub fn construct_with(m: &mut Machine, h: &mut impl Host, constructor: Value, arguments: &[Value]) -> Completion {
    let Some(object) = constructor.object() else { return Err(m.type_error()) };
    let Kind::InterfaceObject(interface) = m.object(object).kind else { return Err(m.type_error()) };
    call_interface_object(m, h, interface, NewTarget::Object(object), arguments)
}

/// Constructs an object of an interface.
///
/// # Errors
/// A `TypeError` where the interface has no constructor or arguments are missing; what their conversion threw.
pub fn construct(m: &mut Machine, h: &mut impl Host, interface: Interface, arguments: &[Value]) -> Completion {
    call_interface_object(m, h, interface, NewTarget::Named, arguments)
}

/// Calls an interface object as a function.
///
/// # Errors
/// A `TypeError`.
pub fn call_without_new(m: &mut Machine, h: &mut impl Host, interface: Interface, arguments: &[Value]) -> Completion {
    call_interface_object(m, h, interface, NewTarget::Undefined, arguments)
}

/// The steps of an interface object.
fn call_interface_object(
    m: &mut Machine,
    h: &mut impl Host,
    interface: Interface,
    new_target: NewTarget,
    args: &[Value],
) -> Completion {
    let mut v =
        ConstructorCall { interface, new_target, args, values: Ok(Values::Unconverted), object: Ok(Value::Undefined) };
    // 1. Holds by type: this function is the steps.
    if branch!(m, v, "1.1", interface.constructor().is_none()) {
        return Err(m.type_error());
    }
    if branch!(m, v, "1.2", new_target == NewTarget::Undefined) {
        return Err(m.type_error());
    }
    // 1.3, 1.4, 1.5, 1.6. Holds by type: the arguments are a slice, and no constructor is overloaded.
    set!(m, h, v, "1.7", v.values = convert_arguments(m, h, interface, args));
    let values = v.values?;
    // 1.8. Abstracted: the constructor steps make the object.
    step!(m, h, v, "1.9", v.object = perform_the_constructor_steps(m, h, interface, values, args));
    // 1.10, 1.11, 1.12. Holds by type: the object is a JavaScript value.
    returns!(m, h, v, "1.13", v.object)
}

/// Returns the interface whose interface object is the prototype of another's.
pub(crate) fn parent_of_interface_object(m: &Machine, v: &mut MemberLookup) -> Option<Interface> {
    // 2. Abstracted: prototypes that ECMAScript defines are not told apart.
    looked_up!(m, v, "3");
    v.parent
}

/// Returns the length of an interface object: how many arguments the constructor requires.
pub(crate) fn length_of_interface_object(m: &Machine, v: &mut MemberLookup) -> f64 {
    // 4, 5, 6, 7. Abstracted: `internally_create_a_new_object` says which attributes are unforgeable.
    // 8. Holds by type: an interface without a constructor requires no arguments.
    v.length = Some(f64::from(v.interface.constructor().unwrap_or(0)));
    // 9, 9.1. Holds by type: no constructor in scope is overloaded.
    looked_up!(m, v, "9.2");
    v.length.unwrap_or(0.0)
}

/// Amends a property that every function has: `length` or `name`.
pub(crate) fn create_the_function(m: &Machine, v: &mut MemberLookup) {
    looked_up!(m, v, "10");
}

/// Amends the property `prototype`.
pub(crate) fn define_the_prototype(m: &mut Machine, v: &mut MemberLookup) {
    // 11. Abstracted: `interface_objects` makes the two objects together.
    looked_up!(m, v, "12");
}

/// Returns the member of a lookup, where it is on the interface object.
pub(crate) fn member_on_interface_object(m: &mut Machine, v: &mut MemberLookup) -> Option<(Interface, Member)> {
    v.member = v.member.filter(|(_, member)| matches!(member, Member::Constant(_) | Member::Static(_)));
    looked_up!(m, v, "13");
    // 14. Out of scope: no attribute in scope is static.
    looked_up!(m, v, "15");
    v.member
    // 16. Holds by type: `interface_objects` returns the object.
}

/// Checks and converts the arguments.
///
/// # Errors
/// A `TypeError` where there are too few; what their conversion threw.
pub(crate) fn convert_arguments(
    m: &mut Machine,
    h: &mut impl Host,
    interface: Interface,
    args: &[Value],
) -> Result<Values, Value> {
    check_arguments(m, args, interface.constructor().unwrap_or(0), Some(interface))?;
    if interface.is(Interface::Event) {
        let event_type = convert_to_dom_string(m, h, argument(args, 0))?;
        return Ok(Values::Event { event_type, init: convert::event_init(m, h, interface, argument(args, 1))? });
    }
    if interface != Interface::DOMException {
        return Ok(Values::Unconverted);
    }
    let mut text = |value: Value, default: Atom| match value {
        Value::Undefined => Ok(default),
        value => convert_to_dom_string(m, h, value),
    };
    let message = text(argument(args, 0), atom::EMPTY)?;
    Ok(Values::Exception { message, name: text(argument(args, 1), atom::ERROR_NAME)? })
}

fn perform_the_constructor_steps(
    m: &mut Machine,
    h: &mut impl Host,
    interface: Interface,
    values: Values,
    args: &[Value],
) -> Completion {
    let object = match (interface, values) {
        (_, Values::Event { event_type, init }) => {
            let event = create_an_event::construct(m, interface, event_type, init);
            m.event(event).object
        }
        (_, Values::Exception { message, name }) => {
            m.create_object(Kind::DomException { name, message: Some(message) })
        }
        (Interface::EventTarget, _) => m.create_object(Kind::EventTarget),
        (Interface::AbortController, _) => abort_controller::construct(m),
        (Interface::Request, _) => request::construct(m, h, argument(args, 0), argument(args, 1))?,
        // No other interface has a constructor.
        (_, _) => m.create_object(Kind::Plain),
    };
    Ok(Value::Object(object))
}

/// Returns an argument, `undefined` where it was not given.
pub(crate) fn argument(args: &[Value], index: usize) -> Value {
    args.get(index).copied().unwrap_or(Value::Undefined)
}
