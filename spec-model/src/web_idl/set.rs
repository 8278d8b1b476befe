//! Setting a property. <https://webidl.spec.whatwg.org/#dfn-attribute-setter>

use crate::atom::{self, Atom};
use crate::dom::event;
use crate::ecmascript::conversions::to_boolean;
use crate::html::event_handler_idl_attribute_setter::event_handler_idl_attribute_setter;
use crate::machine::{Machine, Scope};
use crate::step::Algorithm;
use crate::value::{Kind, ObjectId, Property, Value};
use crate::watch::{branch, returns, set, step};
use crate::web_idl::convert;
use crate::web_idl::describe::{Holds, describe};
use crate::web_idl::interfaces::{self, Interface, Member};
use crate::web_idl::prototypes::prototype_of;

const ALGORITHM: Algorithm = Algorithm::of("webidl/attribute setter");

/// The variables of an attribute setter.
pub(crate) struct AttributeSetter {
    /// What kind of attribute it is.
    pub(crate) attribute: Member,
    /// Its identifier.
    pub(crate) id: Atom,
    /// The `this` value.
    pub(crate) this: Value,
    /// V.
    pub(crate) value: Value,
    pub(crate) js_value: Value,
    pub(crate) valid_this: bool,
    pub(crate) idl_object: Option<ObjectId>,
    pub(crate) idl_value: IdlValue,
}

/// The value that an attribute is set to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IdlValue {
    Boolean(bool),
    EventHandler(Option<ObjectId>),
}

/// Sets a property of an object.
///
/// # Errors
/// A `TypeError` for a property that can't be set and for a frozen object: script is strict here.
pub fn set(m: &mut Machine, object: ObjectId, name: Atom, value: Value) -> Result<(), Value> {
    if m.object(object).frozen {
        return Err(m.type_error());
    }
    let scope = m.realm(m.object(object).realm).scope;
    let member = interfaces::of(&m.object(object).kind, m, scope).and_then(|of| interfaces::member(m, of, name));
    match member.map(|(_, member)| member) {
        Some(Member::Operation(_) | Member::Static(_)) | None => {
            // Event handlers that are not known here.
            if matches!(name, atom::ON_UNHANDLED_REJECTION | atom::ON_REJECTION_HANDLED) {
                m.unknown |= matches!(m.object(object).kind, Kind::Global);
            }
            match found_along_the_chain(m, object, name) {
                Found::ReadOnly => return Err(m.type_error()),
                Found::Attribute(attribute) => return call_setter(m, attribute, name, Value::Object(object), value),
                Found::Writable => m.define_property(object, name, Property::Data(value)),
            }
            Ok(())
        }
        Some(attribute) => call_setter(m, attribute, name, Value::Object(object), value),
    }
}

/// What an assignment finds on an object or along its prototype chain. <https://tc39.es/ecma262/#sec-ordinaryset>
enum Found {
    /// Nothing, or data that can be written: the object gets the property.
    Writable,
    /// Data that can't be written, or a getter of the script, which has no setter.
    ReadOnly,
    /// An attribute.
    Attribute(Member),
}

fn found_along_the_chain(m: &mut Machine, object: ObjectId, name: Atom) -> Found {
    match m.own_property(object, name) {
        Some(Property::Data(_)) => return Found::Writable,
        Some(Property::Getter(_)) => return Found::ReadOnly,
        None => {}
    }
    let mut holder = Some(object);
    while let Some(on) = holder {
        let interface = match m.object(on).kind {
            Kind::InterfaceObject(_) if name == atom::NAME => return Found::ReadOnly,
            Kind::InterfaceObject(interface) | Kind::InterfacePrototype(interface) => interface,
            _ => return Found::Writable,
        };
        match describe(m, on, name).map(|descriptor| descriptor.holds) {
            Some(Holds::Data { writable: true, .. }) => return Found::Writable,
            Some(Holds::Data { writable: false, .. }) => return Found::ReadOnly,
            Some(Holds::Accessor { .. }) => {
                let member = interfaces::member(m, interface, name);
                return member.map_or(Found::ReadOnly, |(_, member)| Found::Attribute(member));
            }
            None => holder = prototype_of(m, on),
        }
    }
    Found::Writable
}

/// Calls the setter of an event handler attribute on something else than the object it belongs to.
///
/// # Errors
/// A `TypeError`, unless it is the global object of a service worker after all.
pub fn call_global_setter(m: &mut Machine, this: Value, name: Atom, value: Value) -> Result<(), Value> {
    call_setter(m, Member::Handler, name, this, value)
}

/// The steps of an attribute's setter.
fn call_setter(m: &mut Machine, attribute: Member, id: Atom, this: Value, value: Value) -> Result<(), Value> {
    let mut v = AttributeSetter {
        attribute,
        id,
        this,
        value,
        js_value: this,
        valid_this: true,
        idl_object: None,
        idl_value: IdlValue::EventHandler(None),
    };
    // 1, 1.1, 1.2. Out of scope: there are no namespaces.
    if branch!(m, v, "2", !matches!(attribute, Member::Attribute | Member::Handler)) {
        // Without a setter, an assignment of strict code throws.
        return returns!(m, v, "2", Err(m.type_error()));
    }
    // 3. Unobservable: an assertion.
    // 4, 4.1, 4.2, 4.3, 4.4, 4.5. Holds by type: this function is the steps of the attribute of this identifier.
    set!(
        m,
        v,
        "4.5.1",
        v.js_value = match v.this {
            Value::Undefined | Value::Null => Value::Object(m.realm(m.current).global),
            this => this,
        }
    );
    // 4.5.2. Out of scope: there is one origin.
    set!(m, v, "4.5.3", v.valid_this = has_attribute(m, v.js_value, id));
    if branch!(m, v, "4.5.4", !v.valid_this) {
        return Err(m.type_error());
    }
    // 4.5.5, 4.5.5.1, 4.5.5.2, 4.5.6, 4.5.7, 4.5.8, 4.5.8.1, 4.5.8.2, 4.5.8.3, 4.5.8.4, 4.5.8.5. Out of scope: no attribute in scope has these extended attributes.
    set!(m, v, "4.5.9", v.idl_object = v.js_value.object());
    // 4.5.10, 4.5.10.1, 4.5.10.2, 4.5.10.3, 4.5.10.4, 4.5.10.5, 4.5.10.5.1, 4.5.10.5.2, 4.5.10.6. Out of scope: there are no observable arrays.
    // 4.6, 4.6.*1, 4.6.*1.1, 4.6.*1.2, 4.6.*1.3. Out of scope: no attribute that can be set is an enumeration.
    set!(
        m,
        v,
        "4.6.*2",
        v.idl_value = match attribute {
            Member::Handler => IdlValue::EventHandler(convert::event_handler(m, value)),
            _ => IdlValue::Boolean(to_boolean(value)),
        }
    );
    step!(m, v, "4.7", perform_the_setter_steps(m, id, v.idl_object, v.idl_value));
    returns!(m, v, "4.8", Ok(()))
    // 5, 6, 7. Abstracted: the player of a scenario calls setters by the names of their attributes.
}

/// Returns whether a value is a platform object that has an attribute, where the attribute is an event handler of a global: only these are
/// set on anything but their object.
fn has_attribute(m: &Machine, value: Value, id: Atom) -> bool {
    let Some(object) = value.object() else { return false };
    let data = m.object(object);
    let scope = m.realm(data.realm).scope;
    match data.kind {
        Kind::Global => matches!(scope, Scope::ServiceWorker(_)),
        ref kind => interfaces::of(kind, m, scope)
            .is_some_and(|of| of != Interface::ServiceWorkerGlobalScope && of.member(id).is_some()),
    }
}

fn perform_the_setter_steps(m: &mut Machine, id: Atom, idl_object: Option<ObjectId>, value: IdlValue) {
    let Some(object) = idl_object else { return };
    match (value, &m.object(object).kind) {
        (IdlValue::EventHandler(value), _) if m.object(object).target.is_some() => {
            event_handler_idl_attribute_setter(m, object, id, value)
        }
        (IdlValue::Boolean(value), &Kind::Event(event)) if id == atom::CANCEL_BUBBLE => {
            event::set_cancel_bubble(m, event, value);
        }
        (IdlValue::Boolean(value), &Kind::Event(event)) if id == atom::RETURN_VALUE => {
            event::set_return_value(m, event, value);
        }
        // Only a target has event handlers, and no other attribute is a boolean.
        (IdlValue::EventHandler(_) | IdlValue::Boolean(_), _) => {}
    }
}
