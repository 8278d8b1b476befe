//! Property descriptors, as Web IDL prescribes them for members. <https://webidl.spec.whatwg.org/#js-interfaces>

use crate::atom::{self, Atom};
use crate::machine::{Machine, Scope};
use crate::quirk::Quirk;
use crate::step::{Algorithm, step};
use crate::value::{Kind, ObjectId, Property, Value};
use crate::web_idl::get::interface_objects;
use crate::web_idl::interfaces::{self, Interface, Member};

const ATTRIBUTES: Algorithm = Algorithm::of("webidl/define the attributes");
const OPERATIONS: Algorithm = Algorithm::of("webidl/define the operations");
const CONSTANTS: Algorithm = Algorithm::of("webidl/define the constants");

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
pub fn describe(m: &mut Machine, object: ObjectId, name: Atom) -> Option<Descriptor> {
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
        Kind::InterfacePrototype(Interface::AbortSignal) if repeats(m, name) => {
            Some(of_member(m, name, Member::Operation(2)))
        }
        Kind::InterfacePrototype(interface) => own_member(m, interface, name).and_then(|member| match member {
            Member::Unforgeable if m.is_bent(Quirk::TrustedOnPrototype) => Some(of_member(m, name, member)),
            Member::Unforgeable if m.is_bent(Quirk::TrustedOnPrototypeOpen) => {
                Some(of_member(m, name, Member::ReadOnly))
            }
            Member::Constant(_) if m.is_bent(Quirk::ConstantsNotOnPrototype) => None,
            Member::Constant(_) if m.is_bent(Quirk::ConstantsOnInstances) => None,
            Member::Constant(_) if m.is_bent(Quirk::PrototypeConstantsGetters) => {
                let holds = Holds::Accessor { setter: false };
                Some(Descriptor { holds, enumerable: false, configurable: true })
            }
            Member::Operation(_) if interface == Interface::EventTarget && m.is_bent(Quirk::MethodsAbove) => None,
            Member::Unforgeable | Member::Static(_) => None,
            member => Some(of_member(m, name, member)),
        }),
        Kind::InterfaceObject(interface) => match name {
            atom::PROTOTYPE => {
                let prototype = interface_objects(m, data.realm, interface).1;
                let writable = m.is_bent(Quirk::PrototypePropertyOpen);
                let holds = Holds::Data { value: Some(Value::Object(prototype)), writable };
                Some(Descriptor { holds, enumerable: false, configurable: false })
            }
            atom::LENGTH if m.is_bent(Quirk::ConstructorLengthMissing) => None,
            atom::LENGTH => {
                let length = interfaces::constructor_length(m, interface);
                let holds = Holds::Data { value: Some(Value::Number(length)), writable: false };
                Some(Descriptor { holds, enumerable: false, configurable: true })
            }
            name => own_member(m, interface, name).and_then(|member| match member {
                Member::Constant(_) | Member::Static(_) => Some(of_member(m, name, member)),
                _ => None,
            }),
        },
        Kind::Event(_) => own_member(m, Interface::Event, name).and_then(|member| match member {
            Member::Unforgeable
                if !m.is_bent(Quirk::TrustedOnPrototype) && !m.is_bent(Quirk::TrustedOnPrototypeOpen) =>
            {
                Some(of_member(m, name, member))
            }
            _ => None,
        }),
        Kind::Global => {
            let scope = m.realm(data.realm).scope;
            if Interface::named(m.atoms.text(name)).is_some_and(|of| interfaces::exists_in(m, of, scope)) {
                if m.is_bent(Quirk::InterfacesInherited) {
                    return None;
                }
                let holds = Holds::Data { value: None, writable: true };
                let enumerable = m.is_bent(Quirk::InterfacesEnumerable);
                return Some(Descriptor { holds, enumerable, configurable: true });
            }
            match scope {
                Scope::ServiceWorker(_) => {
                    own_member(m, Interface::ServiceWorkerGlobalScope, name).map(|member| of_member(m, name, member))
                }
                Scope::Window => None,
            }
        }
        _ => None,
    }
}

/// Whether a bent machine has an operation of `EventTarget` on `AbortSignal.prototype` once more.
fn repeats(m: &Machine, name: Atom) -> bool {
    let listens = matches!(name, atom::ADD_EVENT_LISTENER | atom::REMOVE_EVENT_LISTENER);
    (listens && m.is_bent(Quirk::ListenerMethodsPerInterface))
        || ((listens || name == atom::DISPATCH_EVENT) && m.is_bent(Quirk::TargetMethodsPerInterface))
}

fn own_member(m: &mut Machine, interface: Interface, name: Atom) -> Option<Member> {
    step!(m, OPERATIONS, "body");
    let aborts = matches!(interface, Interface::AbortController | Interface::AbortSignal);
    if (aborts && m.is_bent(Quirk::AbortMembersInherited))
        || (interface == Interface::ErrorEvent && m.is_bent(Quirk::ErrorMembersOnInstances))
    {
        return None;
    }
    interfaces::member(m, interface, name)
        .filter(|(declared_by, _)| *declared_by == interface)
        .map(|(_, member)| member)
}

fn of_member(m: &mut Machine, name: Atom, member: Member) -> Descriptor {
    step!(m, ATTRIBUTES, "body");
    step!(m, CONSTANTS, "body");
    let of_signal = matches!(name, atom::ABORTED | atom::REASON | atom::ON_ABORT);
    let fixed = m.is_bent(Quirk::AttributesFixed) || (of_signal && m.is_bent(Quirk::SignalAttributesFixed));
    let hidden = fixed
        || is_hidden(m, name, member)
        || m.is_bent(Quirk::AttributesHidden)
        || (name == atom::CANCEL_BUBBLE && m.is_bent(Quirk::CancelBubbleHidden));
    match member {
        Member::ReadOnly => {
            let setter = (name == atom::SRC_ELEMENT && m.is_bent(Quirk::SrcElementWritable))
                || (name == atom::REASON && m.is_bent(Quirk::ReasonWritable));
            Descriptor { holds: Holds::Accessor { setter }, enumerable: !hidden, configurable: !fixed }
        }
        Member::Attribute if name == atom::RETURN_VALUE && m.is_bent(Quirk::ReturnValueReadOnly) => {
            of_member(m, name, Member::ReadOnly)
        }
        Member::Attribute if name == atom::CANCEL_BUBBLE && m.is_bent(Quirk::CancelBubbleReadOnly) => {
            of_member(m, name, Member::ReadOnly)
        }
        Member::Attribute | Member::Handler => {
            Descriptor { holds: Holds::Accessor { setter: true }, enumerable: !hidden, configurable: !fixed }
        }
        Member::Unforgeable => {
            Descriptor { holds: Holds::Accessor { setter: false }, enumerable: true, configurable: false }
        }
        Member::Operation(_) | Member::Static(_) => {
            let enumerable = !m.is_bent(Quirk::MethodsHidden) && !is_hidden(m, name, member);
            Descriptor { holds: Holds::Data { value: None, writable: true }, enumerable, configurable: true }
        }
        Member::Constant(_) if m.is_bent(Quirk::ConstantsGetters) => {
            Descriptor { holds: Holds::Accessor { setter: false }, enumerable: true, configurable: true }
        }
        Member::Constant(value) => {
            let value = Some(Value::Number(f64::from(value)));
            Descriptor {
                holds: Holds::Data { value, writable: m.is_bent(Quirk::ConstantsWritable) },
                enumerable: true,
                configurable: m.is_bent(Quirk::ConstantsConfigurable),
            }
        }
    }
}

/// Whether a bent machine keeps just this member from being listed.
fn is_hidden(m: &Machine, name: Atom, member: Member) -> bool {
    match name {
        atom::STOP_PROPAGATION
        | atom::STOP_IMMEDIATE_PROPAGATION
        | atom::PREVENT_DEFAULT
        | atom::COMPOSED_PATH
        | atom::INIT_EVENT => m.is_bent(Quirk::EventMethodsHidden),
        atom::INIT_CUSTOM_EVENT => m.is_bent(Quirk::InitCustomEventHidden),
        atom::THROW_IF_ABORTED | atom::REASON => m.is_bent(Quirk::AbortMembersHidden),
        _ => matches!(member, Member::Static(_)) && m.is_bent(Quirk::AbortMembersHidden),
    }
}
