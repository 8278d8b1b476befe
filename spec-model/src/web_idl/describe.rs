//! Property descriptors, as Web IDL prescribes them for members. <https://webidl.spec.whatwg.org/#js-interfaces>

use crate::atom::{self, Atom};
use crate::machine::{Machine, Scope};
use crate::value::{Kind, ObjectId, Property, Value};
use crate::web_idl::construct::{create_the_function, define_the_prototype, member_on_interface_object};
use crate::web_idl::create_an_interface_prototype_object::member_on_prototype;
use crate::web_idl::define_the_attributes::describe_the_attribute;
use crate::web_idl::define_the_constants::describe_the_constant;
use crate::web_idl::define_the_global_property_references::describe_the_reference;
use crate::web_idl::define_the_operations::describe_the_operation;
use crate::web_idl::get::interface_objects;
use crate::web_idl::interfaces::{self, Interface, Member, MemberLookup, On};
use crate::web_idl::internally_create_a_new_object::{member_of_global, unforgeable_member};

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

/// Returns the descriptor of an own property, if the object has it.
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
    let realm = m.object(object).realm;
    match m.object(object).kind {
        // The members of a global's interface are on the global itself.
        Kind::InterfacePrototype(Interface::ServiceWorkerGlobalScope) => None,
        Kind::InterfacePrototype(interface) => of_prototype(m, interface, name),
        Kind::InterfaceObject(interface) => match name {
            atom::PROTOTYPE => {
                let value = Some(Value::Object(interface_objects(m, realm, interface).1));
                let holds = Holds::Data { value, writable: false };
                let mut v = MemberLookup::of(On::InterfaceObject, interface, name);
                v.descriptor = Some(Descriptor { holds, enumerable: false, configurable: false });
                define_the_prototype(m, &mut v);
                v.descriptor
            }
            atom::LENGTH => {
                let value = Some(Value::Number(interfaces::constructor_length(m, interface)));
                let holds = Holds::Data { value, writable: false };
                let mut v = MemberLookup::of(On::InterfaceObject, interface, name);
                v.descriptor = Some(Descriptor { holds, enumerable: false, configurable: true });
                create_the_function(m, &mut v);
                v.descriptor
            }
            name => of_interface_object(m, interface, name),
        },
        Kind::Event(_) => of_event(m, name),
        Kind::Global => of_global(m, m.realm(realm).scope, name),
        _ => None,
    }
}

fn of_prototype(m: &mut Machine, interface: Interface, name: Atom) -> Option<Descriptor> {
    let mut v = MemberLookup::of(On::Prototype, interface, name);
    v.member = own_member(m, interface, name);
    member_on_prototype(m, &mut v)?;
    define(m, v)
}

fn of_interface_object(m: &mut Machine, interface: Interface, name: Atom) -> Option<Descriptor> {
    let mut v = MemberLookup::of(On::InterfaceObject, interface, name);
    v.member = own_member(m, interface, name);
    member_on_interface_object(m, &mut v)?;
    define(m, v)
}

fn of_event(m: &mut Machine, name: Atom) -> Option<Descriptor> {
    let mut v = MemberLookup::of(On::Instance, Interface::Event, name);
    v.member = own_member(m, Interface::Event, name);
    unforgeable_member(m, &mut v)?;
    define(m, v)
}

fn of_global(m: &mut Machine, scope: Scope, name: Atom) -> Option<Descriptor> {
    let interface = Interface::named(m.atoms.text(name));
    if let Some(interface) = interface.filter(|interface| interfaces::exists_in(m, *interface, scope)) {
        return describe_the_reference(m, &mut MemberLookup::of(On::Global, interface, name));
    }
    let Scope::ServiceWorker(_) = scope else { return None };
    let mut v = MemberLookup::of(On::Global, Interface::ServiceWorkerGlobalScope, name);
    v.member = own_member(m, Interface::ServiceWorkerGlobalScope, name);
    member_of_global(m, &mut v)?;
    define(m, v)
}

/// Returns the member of this name that the interface declares itself.
fn own_member(m: &Machine, interface: Interface, name: Atom) -> Option<(Interface, Member)> {
    interfaces::member(m, interface, name).filter(|(declared_by, _)| *declared_by == interface)
}

/// Returns the descriptor of a member.
fn define(m: &mut Machine, mut v: MemberLookup) -> Option<Descriptor> {
    match v.member?.1 {
        Member::ReadOnly | Member::Attribute | Member::Handler | Member::Unforgeable => {
            describe_the_attribute(m, &mut v);
        }
        Member::Operation(_) | Member::Static(_) => describe_the_operation(m, &mut v),
        Member::Constant(value) => describe_the_constant(m, &mut v, value),
    }
    v.descriptor
}
