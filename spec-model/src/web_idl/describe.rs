//! Property descriptors, as Web IDL prescribes them for members. <https://webidl.spec.whatwg.org/#js-interfaces>

use crate::atom::{self, Atom};
use crate::machine::{Machine, Scope};
use crate::value::{Kind, ObjectId, Property, Value};
use crate::web_idl::interfaces::{Interface, Member};

/// An own property as script sees it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Descriptor {
    /// What it holds.
    pub holds: Holds,
    /// Whether it is enumerable.
    pub enumerable: bool,
    /// Whether it can be redefined or deleted.
    pub configurable: bool,
}

/// What a property holds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Holds {
    /// A getter, with or without a setter.
    Accessor {
        /// Whether it can be set.
        setter: bool,
    },
    /// A value; functions show no value.
    Data {
        /// The value, if it is no function.
        value: Option<Value>,
        /// Whether it can be changed.
        writable: bool,
    },
}

/// The descriptor of an own property, if the object has it.
#[must_use]
pub fn describe(m: &Machine, object: ObjectId, name: Atom) -> Option<Descriptor> {
    match m.own_property(object, name) {
        Some(Property::Data(value)) => {
            let holds = Holds::Data { value: Some(value), writable: true };
            return Some(Descriptor { holds, enumerable: true, configurable: true });
        }
        Some(Property::Getter(_)) => {
            let holds = Holds::Accessor { setter: false };
            return Some(Descriptor { holds, enumerable: true, configurable: true });
        }
        None => {}
    }
    let data = m.object(object);
    match data.kind {
        // The members of a global's interface are on the global itself.
        Kind::InterfacePrototype(Interface::ServiceWorkerGlobalScope) => None,
        Kind::InterfacePrototype(interface) => own_member(interface, name).and_then(|member| match member {
            Member::Unforgeable | Member::Static(_) => None,
            member => Some(of_member(member)),
        }),
        Kind::InterfaceObject(interface) => match name {
            atom::LENGTH => {
                let length = f64::from(interface.constructor().unwrap_or(0));
                let holds = Holds::Data { value: Some(Value::Number(length)), writable: false };
                Some(Descriptor { holds, enumerable: false, configurable: true })
            }
            name => own_member(interface, name).and_then(|member| match member {
                Member::Constant(_) | Member::Static(_) => Some(of_member(member)),
                _ => None,
            }),
        },
        Kind::Event(_) => own_member(Interface::Event, name).and_then(|member| match member {
            Member::Unforgeable => Some(of_member(member)),
            _ => None,
        }),
        Kind::Global => {
            let scope = m.realm(data.realm).scope;
            if Interface::named(m.atoms.text(name)).is_some_and(|interface| interface.exists_in(scope)) {
                let holds = Holds::Data { value: None, writable: true };
                return Some(Descriptor { holds, enumerable: false, configurable: true });
            }
            match scope {
                Scope::ServiceWorker(_) => own_member(Interface::ServiceWorkerGlobalScope, name).map(of_member),
                Scope::Window => None,
            }
        }
        _ => None,
    }
}

fn own_member(interface: Interface, name: Atom) -> Option<Member> {
    interface.members().iter().find(|(key, _)| *key == name).map(|(_, member)| *member)
}

fn of_member(member: Member) -> Descriptor {
    match member {
        Member::ReadOnly => {
            Descriptor { holds: Holds::Accessor { setter: false }, enumerable: true, configurable: true }
        }
        Member::Attribute | Member::Handler => {
            Descriptor { holds: Holds::Accessor { setter: true }, enumerable: true, configurable: true }
        }
        Member::Unforgeable => {
            Descriptor { holds: Holds::Accessor { setter: false }, enumerable: true, configurable: false }
        }
        Member::Operation(_) | Member::Static(_) => {
            Descriptor { holds: Holds::Data { value: None, writable: true }, enumerable: true, configurable: true }
        }
        Member::Constant(value) => {
            let value = Some(Value::Number(f64::from(value)));
            Descriptor { holds: Holds::Data { value, writable: false }, enumerable: true, configurable: false }
        }
    }
}
