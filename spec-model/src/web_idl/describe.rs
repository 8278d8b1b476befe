//! Property descriptors, as Web IDL prescribes them for members. <https://webidl.spec.whatwg.org/#js-interfaces>

use crate::atom::{self, Atom};
use crate::machine::{Machine, Scope};
use crate::step::Algorithm;
use crate::value::{Kind, ObjectId, Property, Value};
use crate::watch::looked_up;
use crate::web_idl::get::interface_objects;
use crate::web_idl::interfaces::{self, Interface, Member, MemberLookup, On};

const CONSTANTS: Algorithm = Algorithm::of("webidl/define the constants");
const ATTRIBUTES: Algorithm = Algorithm::of("webidl/define the attributes");
const OPERATIONS: Algorithm = Algorithm::of("webidl/define the operations");
const INTERFACE_OBJECT: Algorithm = Algorithm::of("webidl/create an interface object");
const PROTOTYPE_OBJECT: Algorithm = Algorithm::of("webidl/create an interface prototype object");
const INSTANCE: Algorithm = Algorithm::of("webidl/internally create a new object implementing the interface");
const GLOBAL_REFERENCES: Algorithm = Algorithm::of("webidl/define the global property references");

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
                looked_up!(covered m, v, INTERFACE_OBJECT, "12");
                v.descriptor
            }
            atom::LENGTH => {
                let value = Some(Value::Number(interfaces::constructor_length(m, interface)));
                let holds = Holds::Data { value, writable: false };
                let mut v = MemberLookup::of(On::InterfaceObject, interface, name);
                v.descriptor = Some(Descriptor { holds, enumerable: false, configurable: true });
                looked_up!(covered m, v, INTERFACE_OBJECT, "10");
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
    // Unforgeable attributes are on each object, static operations on the interface object.
    v.member =
        own_member(m, interface, name).filter(|(_, member)| !matches!(member, Member::Unforgeable | Member::Static(_)));
    looked_up!(covered m, v, PROTOTYPE_OBJECT, "12.1");
    looked_up!(covered m, v, PROTOTYPE_OBJECT, "12.2");
    looked_up!(covered m, v, PROTOTYPE_OBJECT, "13");
    define(m, v)
}

fn of_interface_object(m: &mut Machine, interface: Interface, name: Atom) -> Option<Descriptor> {
    let mut v = MemberLookup::of(On::InterfaceObject, interface, name);
    v.member =
        own_member(m, interface, name).filter(|(_, member)| matches!(member, Member::Constant(_) | Member::Static(_)));
    looked_up!(covered m, v, INTERFACE_OBJECT, "13");
    looked_up!(covered m, v, INTERFACE_OBJECT, "15");
    define(m, v)
}

fn of_event(m: &mut Machine, name: Atom) -> Option<Descriptor> {
    let mut v = MemberLookup::of(On::Instance, Interface::Event, name);
    v.member = own_member(m, Interface::Event, name).filter(|(_, member)| *member == Member::Unforgeable);
    looked_up!(covered m, v, INSTANCE, "11.3.2");
    define(m, v)
}

fn of_global(m: &mut Machine, scope: Scope, name: Atom) -> Option<Descriptor> {
    let interface = Interface::named(m.atoms.text(name));
    if let Some(interface) = interface.filter(|interface| interfaces::exists_in(m, *interface, scope)) {
        let holds = Holds::Data { value: None, writable: true };
        let mut v = MemberLookup::of(On::Global, interface, name);
        v.descriptor = Some(Descriptor { holds, enumerable: false, configurable: true });
        looked_up!(covered m, v, GLOBAL_REFERENCES, "3.1.3");
        return v.descriptor;
    }
    let Scope::ServiceWorker(_) = scope else { return None };
    let mut v = MemberLookup::of(On::Global, Interface::ServiceWorkerGlobalScope, name);
    v.member = own_member(m, Interface::ServiceWorkerGlobalScope, name);
    looked_up!(covered m, v, INSTANCE, "12.1");
    looked_up!(covered m, v, INSTANCE, "12.2");
    define(m, v)
}

/// Returns the member of this name that the interface declares itself.
fn own_member(m: &Machine, interface: Interface, name: Atom) -> Option<(Interface, Member)> {
    interfaces::member(m, interface, name).filter(|(declared_by, _)| *declared_by == interface)
}

/// Defines the property of a member.
fn define(m: &mut Machine, mut v: MemberLookup) -> Option<Descriptor> {
    match v.member?.1 {
        Member::ReadOnly | Member::Attribute | Member::Handler | Member::Unforgeable => define_the_attribute(m, &mut v),
        Member::Operation(_) | Member::Static(_) => define_the_operation(m, &mut v),
        Member::Constant(value) => define_the_constant(m, &mut v, value),
    }
    v.descriptor
}

fn define_the_constant(m: &mut Machine, v: &mut MemberLookup, value: u8) {
    let holds = Holds::Data { value: Some(Value::Number(f64::from(value))), writable: false };
    v.descriptor = Some(Descriptor { holds, enumerable: true, configurable: false });
    looked_up!(covered m, v, CONSTANTS, "1.3");
}

fn define_the_attribute(m: &mut Machine, v: &mut MemberLookup) {
    let member = v.member.map(|(_, member)| member);
    let setter = matches!(member, Some(Member::Attribute | Member::Handler));
    let configurable = member != Some(Member::Unforgeable);
    v.descriptor = Some(Descriptor { holds: Holds::Accessor { setter }, enumerable: true, configurable });
    looked_up!(covered m, v, ATTRIBUTES, "1.5");
}

fn define_the_operation(m: &mut Machine, v: &mut MemberLookup) {
    let holds = Holds::Data { value: None, writable: true };
    v.descriptor = Some(Descriptor { holds, enumerable: true, configurable: true });
    looked_up!(covered m, v, OPERATIONS, "1.4");
}
