//! Quirks of the constructors of interface objects. <https://webidl.spec.whatwg.org/#create-an-interface-object>

use crate::atom::{self, Atom};
use crate::machine::{Host, Machine};
use crate::quirk::hook::quirks;
use crate::value::{Completion, Kind, Property, Value};
use crate::web_idl::construct::{ConstructorCall, NewTarget, Values, argument, convert_arguments};
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string;
use crate::web_idl::get::interface_objects;
use crate::web_idl::interfaces::Interface;
use crate::web_idl::overload_resolution::check_arguments;

quirks! {
    ConstructorCall<'_>, "webidl/create an interface object" => Completion, |v, m, h, holds|;

    named {
        "constructors-callable" "EVC TGT BGE" never "1.2":
            "A constructor that is called without new makes an object all the same.";
    }

    written {
        "abort-signal-constructible" "ABT" at "1.1" []:
            "AbortSignal can be constructed.",
            "new AbortSignal() throws a TypeError: the interface has no constructor." {
                never "1.1" if v.interface == Interface::AbortSignal;
            }
        "illegal-constructors-work" "BGR" at "1.1" []:
            "An interface without a constructor, other than AbortSignal, can be constructed." {
                never "1.1" if v.interface != Interface::AbortSignal;
            }
        "subclasses-refused" "TGT" at "1.7" []:
            "A class that extends EventTarget can not be constructed." {
                ends "1.7" if v.interface == Interface::EventTarget && is_subclass(m, v) => Err(m.type_error());
            }
        "type-must-be-string" "EVC" at "2" of "webidl/convert a JavaScript value to DOMString" ["webidl/create an interface object"]:
            "The constructor of an event throws a TypeError for a type that is no string." {
                ends "1.7" if is_strange(v) => Err(m.type_error());
            }
        "type-unconverted" "EVC INI" at "2" of "webidl/convert a JavaScript value to DOMString" ["webidl/create an interface object", "webidl/create an operation function"]:
            "The type of an event is kept as it was given." {
                instead "1.7" if is_strange(v) && !v.args.is_empty() => v.values = without_type(m, h, v);
                after "1.9" if is_strange(v) => keep_type(m, v);
            }
        "init-before-type" "EVC" at "1.7" []:
            "The init dictionary is read before the type is converted." {
                instead "1.7" if v.interface.is(Interface::Event) => v.values = init_first(m, h, v);
            }
        "exception-name-empty" "ABT" at "1.7" []:
            "The name of a DOMException that script makes without one is empty." {
                after "1.7" if argument(v.args, 1) == Value::Undefined =>
                    if let Ok(Values::Exception { name, .. }) = &mut v.values { *name = atom::EMPTY };
            }
        "exception-message-missing" "ABT" at "1.7" []:
            "The message of a DOMException that script makes is empty." {
                after "1.7" => if let Ok(Values::Exception { message, .. }) = &mut v.values { *message = atom::EMPTY };
            }
        "empty-type-refused" "EVC" at "1.9" []:
            "The constructor of an event throws a TypeError for an empty type." {
                ends "1.9" if event_type(v) == Some(atom::EMPTY) => Err(m.type_error());
            }
        "background-fetch-types-alone" "BGE" at "1.9" []:
            "A BackgroundFetchEvent can only be constructed with a type that begins with backgroundfetch." {
                ends "1.9" if v.interface == Interface::BackgroundFetchEvent
                    && !event_type(v).is_some_and(|text| m.atoms.text(text).starts_with("backgroundfetch")) =>
                    Err(m.type_error());
            }
        "event-target-abstract" "TGT" at "1.9" []:
            "new EventTarget() throws a TypeError." {
                ends "1.9" if v.interface == Interface::EventTarget => Err(m.type_error());
            }
        "event-target-takes-nothing" "TGT" at "1.9" []:
            "new EventTarget() throws a TypeError where it gets an argument." {
                ends "1.9" if v.interface == Interface::EventTarget && !v.args.is_empty() => Err(m.type_error());
            }
        "booleans-kept" "EVC INI" at "4.1.4.1" of "webidl/convert a JavaScript value to dictionary" ["webidl/create an interface object", "webidl/create an operation function"]:
            "bubbles, cancelable and composed of an event are kept as they were given." {
                after "1.9" if v.interface.is(Interface::Event) =>
                    keep_members(m, v, &[atom::BUBBLES, atom::CANCELABLE, atom::COMPOSED], false);
            }
    }

    also {
        "error-init-unconverted" {
            after "1.9" if v.interface == Interface::ErrorEvent =>
                keep_members(m, v, &[atom::MESSAGE, atom::FILENAME, atom::LINENO, atom::COLNO], true);
        }
    }
}

/// Whether `new` was applied to a class that extends the interface object.
fn is_subclass(m: &mut Machine, v: &ConstructorCall<'_>) -> bool {
    match v.new_target {
        NewTarget::Object(object) => {
            let realm = m.object(object).realm;
            interface_objects(m, realm, v.interface).0 != object
        }
        NewTarget::Undefined | NewTarget::Named => false,
    }
}

/// Whether it is the constructor of an event, and the type is no string.
fn is_strange(v: &ConstructorCall<'_>) -> bool {
    v.interface.is(Interface::Event) && !matches!(argument(v.args, 0), Value::String(_))
}

fn event_type(v: &ConstructorCall<'_>) -> Option<Atom> {
    match v.values {
        Ok(Values::Event { event_type, .. }) => Some(event_type),
        _ => None,
    }
}

fn without_type(m: &mut Machine, h: &mut impl Host, v: &ConstructorCall<'_>) -> Result<Values, Value> {
    let mut args = v.args.to_vec();
    args[0] = Value::String(atom::EMPTY);
    convert_arguments(m, h, v.interface, &args)
}

fn init_first(m: &mut Machine, h: &mut impl Host, v: &ConstructorCall<'_>) -> Result<Values, Value> {
    check_arguments(m, v.args, v.interface.constructor().unwrap_or(0), Some(v.interface))?;
    let init = convert::event_init(m, h, v.interface, argument(v.args, 1))?;
    Ok(Values::Event { event_type: convert_to_dom_string(m, h, argument(v.args, 0))?, init })
}

fn keep_type(m: &mut Machine, v: &ConstructorCall<'_>) {
    if let Some(Kind::Event(event)) = v.object.ok().and_then(Value::object).map(|object| m.object(object).kind.clone())
    {
        m.watch.aside.keep_attribute(event, atom::TYPE, Some(argument(v.args, 0)));
    }
}

/// Keeps what was given for attributes of an event: what is undefined counts as missing, and null unless it is to be kept.
fn keep_members(m: &mut Machine, v: &ConstructorCall<'_>, names: &[Atom], with_null: bool) {
    let Some(Kind::Event(event)) = v.object.ok().and_then(Value::object).map(|object| m.object(object).kind.clone())
    else {
        return;
    };
    let init = argument(v.args, 1).object();
    for &name in names {
        if let Some(Property::Data(value)) = init.and_then(|init| m.own_property(init, name))
            && value != Value::Undefined
            && (with_null || value != Value::Null)
        {
            m.watch.aside.keep_attribute(event, name, Some(value));
        }
    }
}
