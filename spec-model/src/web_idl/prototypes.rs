//! Prototype chains, as script sees them: what an object is an instance of, what its prototype is, and the members of an event that are
//! found on it or along its chain.

use crate::atom::{self, Atom};
use crate::dom::event;
use crate::machine::Machine;
use crate::value::{EventId, Kind, ObjectId, Property, Value};
use crate::web_idl::construct::parent_of_interface_object;
use crate::web_idl::create_an_interface_prototype_object::prototype_behind;
use crate::web_idl::get::{event_attribute, interface_objects};
use crate::web_idl::interfaces::{self, Interface, MemberLookup, On};

/// Returns whether the interface prototype object of an interface is on the prototype chain of an object.
/// <https://tc39.es/ecma262/#sec-ordinaryhasinstance>
#[must_use]
pub fn is_instance(m: &Machine, object: ObjectId, interface: Interface) -> bool {
    let data = m.object(object);
    let Some(of) = interfaces::of(&data.kind, m, m.realm(data.realm).scope) else { return false };
    let mut v = MemberLookup { parent: Some(interface), ..MemberLookup::of(On::Instance, of, atom::PROTOTYPE) };
    v.exists = interfaces::inherits(m, of, interface);
    prototype_behind(m, &mut v);
    v.exists
}

/// Returns the prototype of an object, where it is one that Web IDL defines. <https://webidl.spec.whatwg.org/#interface-prototype-object>
pub fn prototype_of(m: &mut Machine, object: ObjectId) -> Option<ObjectId> {
    let realm = m.object(object).realm;
    let interface = match m.object(object).kind {
        Kind::InterfacePrototype(interface) => {
            let parent = interfaces::parent(m, interface);
            let mut v = MemberLookup { parent, ..MemberLookup::of(On::Prototype, interface, atom::PROTOTYPE) };
            prototype_behind(m, &mut v)?
        }
        Kind::InterfaceObject(interface) => {
            let parent = interfaces::parent(m, interface);
            let mut v = MemberLookup { parent, ..MemberLookup::of(On::InterfaceObject, interface, atom::PROTOTYPE) };
            let parent = parent_of_interface_object(m, &mut v)?;
            return Some(interface_objects(m, realm, parent).0);
        }
        ref kind => interfaces::of(kind, m, m.realm(realm).scope)?,
    };
    Some(interface_objects(m, realm, interface).1)
}

/// Returns the value of an attribute of an event: an own property that script gave the event comes before the attribute of its interface.
#[must_use]
pub fn event_member(m: &Machine, event: EventId, name: Atom) -> Value {
    match m.own_property(m.event(event).object, name) {
        Some(Property::Data(value)) => value,
        Some(Property::Getter(_)) | None => event_attribute(m, event, name),
    }
}

/// Returns what `composedPath()` of an event returns, where its interface has this operation.
pub fn composed_path(m: &mut Machine, event: EventId) -> Option<Vec<ObjectId>> {
    interfaces::member(m, m.event(event).interface, atom::COMPOSED_PATH)?;
    let mut path = Vec::new();
    event::composed_path(m, event, &mut path);
    Some(path)
}
