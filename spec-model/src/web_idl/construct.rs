//! Constructors. <https://webidl.spec.whatwg.org/#create-an-interface-object>

use crate::atom::{self, Atom};
use crate::background_fetch::request;
use crate::dom::{abort_controller, create_an_event};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{Completion, EventId, Kind, Property, Value};
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string as to_string;
use crate::web_idl::get::interface_objects;
use crate::web_idl::interfaces::Interface;

const OVERLOAD: Algorithm = Algorithm::of("webidl/overload resolution algorithm");
const CONSTRUCTOR: Algorithm = Algorithm::of("webidl/internally create a new object");

/// Constructs an object with an interface object, or with a class that extends one.
///
/// # Errors
/// A `TypeError` for what is no constructor; what the constructor throws.
pub fn construct_with(m: &mut Machine, h: &mut impl Host, constructor: Value, arguments: &[Value]) -> Completion {
    let Some(object) = constructor.object() else { return Err(m.type_error()) };
    let Kind::InterfaceObject(interface) = m.object(object).kind else { return Err(m.type_error()) };
    let realm = m.object(object).realm;
    let refuses = interface == Interface::EventTarget && m.is_bent(Quirk::SubclassesRefused);
    if refuses && interface_objects(m, realm, interface).0 != object {
        return Err(m.type_error());
    }
    construct(m, h, interface, arguments)
}

/// Constructs an object of an interface.
///
/// # Errors
/// A `TypeError` where the interface has no constructor or arguments are missing; what their conversion threw.
pub fn construct(m: &mut Machine, h: &mut impl Host, interface: Interface, arguments: &[Value]) -> Completion {
    step!(m, CONSTRUCTOR, "body");
    let Some(required) = interface.constructor() else {
        if m.is_bent(Quirk::IllegalConstructorsWork) {
            return Ok(Value::Object(m.create_object(Kind::Plain)));
        }
        return Err(m.type_error());
    };
    step!(m, OVERLOAD, "too few arguments");
    let alone = arguments.len() == 1 && required == 2 && m.is_bent(Quirk::RequiredInitOptional);
    if branch!(m, OVERLOAD, "too few arguments", arguments.len() < usize::from(required))
        && !m.is_bent(Quirk::MissingArguments)
        && !alone
    {
        return Err(m.type_error());
    }
    let argument = |index: usize| arguments.get(index).copied().unwrap_or(Value::Undefined);
    let object = match interface {
        Interface::EventTarget if m.is_bent(Quirk::EventTargetAbstract) => return Err(m.type_error()),
        Interface::EventTarget if m.is_bent(Quirk::EventTargetTakesNothing) && !arguments.is_empty() => {
            return Err(m.type_error());
        }
        Interface::EventTarget => m.create_object(Kind::EventTarget),
        Interface::AbortController => abort_controller::construct(m),
        Interface::DOMException => {
            let message = match argument(0) {
                Value::Undefined => atom::EMPTY,
                value => to_string(m, h, value)?,
            };
            let name = match argument(1) {
                Value::Undefined if m.is_bent(Quirk::ExceptionNameEmpty) => atom::EMPTY,
                Value::Undefined => atom::ERROR_NAME,
                value => to_string(m, h, value)?,
            };
            let message = if m.is_bent(Quirk::ExceptionMessageMissing) { atom::EMPTY } else { message };
            m.create_object(Kind::DomException { name, message: Some(message) })
        }
        Interface::Request => request::construct(m, h, argument(0), argument(1))?,
        interface => {
            let strange = !matches!(argument(0), Value::String(_));
            if strange && m.is_bent(Quirk::TypeMustBeString) {
                return Err(m.type_error());
            }
            let kept = strange && m.is_bent(Quirk::TypeUnconverted);
            let (event_type, init) = if kept {
                (atom::EMPTY, convert::event_init(m, h, interface, argument(1))?)
            } else if m.is_bent(Quirk::InitBeforeType) {
                let init = convert::event_init(m, h, interface, argument(1))?;
                (to_string(m, h, argument(0))?, init)
            } else {
                let event_type = to_string(m, h, argument(0))?;
                (event_type, convert::event_init(m, h, interface, argument(1))?)
            };
            if event_type == atom::EMPTY && m.is_bent(Quirk::EmptyTypeRefused) {
                return Err(m.type_error());
            }
            if interface == Interface::BackgroundFetchEvent
                && m.is_bent(Quirk::BackgroundFetchTypesAlone)
                && !m.atoms.text(event_type).starts_with("backgroundfetch")
            {
                return Err(m.type_error());
            }
            let event = create_an_event::construct(m, interface, event_type, init);
            if kept {
                m.watch.aside.keep_attribute(event, atom::TYPE, Some(argument(0)));
            }
            if m.is_bent(Quirk::BooleansKept) {
                keep_members(m, event, argument(1), &[atom::BUBBLES, atom::CANCELABLE, atom::COMPOSED], false);
            }
            if interface == Interface::ErrorEvent && m.is_bent(Quirk::ErrorInitUnconverted) {
                let names = [atom::MESSAGE, atom::FILENAME, atom::LINENO, atom::COLNO];
                keep_members(m, event, argument(1), &names, !m.is_bent(Quirk::ErrorInitNullMissing));
            }
            m.event(event).object
        }
    };
    Ok(Value::Object(object))
}

/// Keeps what a bent machine was given for attributes of an event: what is undefined counts as missing, and null unless it is to be kept.
fn keep_members(m: &mut Machine, event: EventId, init: Value, names: &[Atom], with_null: bool) {
    for &name in names {
        if let Some(Property::Data(value)) = init.object().and_then(|init| m.own_property(init, name))
            && value != Value::Undefined
            && (with_null || value != Value::Null)
        {
            m.watch.aside.keep_attribute(event, name, Some(value));
        }
    }
}
