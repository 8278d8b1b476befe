//! Getting a property. <https://webidl.spec.whatwg.org/#dfn-attribute-getter>

use crate::atom::{self, Atom};
use crate::background_fetch::{manager, registration as background_fetch_registration};
use crate::dom::event::Payload;
use crate::html::event_handler_idl_attribute_getter::event_handler_idl_attribute_getter;
use crate::machine::{Host, Machine, Observed, Scope};
use crate::service_worker::{open_window, worker_object};
use crate::step::Algorithm;
use crate::value::{Completion, EventId, Kind, ObjectId, Property, RealmId, RegistrationId, Value, WorkerId};
use crate::watch::{branch, looked_up, returns, set};
use crate::web_idl::construct::create_the_function;
use crate::web_idl::create_an_interface_prototype_object;
use crate::web_idl::define_the_attributes::has_attribute;
use crate::web_idl::define_the_constants::value_of_the_constant;
use crate::web_idl::interfaces::{self, Interface, Member, MemberLookup, On};

const ALGORITHM: Algorithm = Algorithm::of("webidl/attribute getter");

/// The variables of an attribute getter.
pub(crate) struct AttributeGetter {
    pub(crate) js_value: ObjectId,
    /// The attribute's identifier.
    pub(crate) id: Atom,
    pub(crate) r: Value,
}

/// The variables of the getter steps of an attribute of an event.
pub(crate) struct EventAttribute {
    pub(crate) event: EventId,
    pub(crate) name: Atom,
    pub(crate) value: Value,
}

/// Gets a property of an object; one that does not exist is `undefined`.
///
/// # Errors
/// What a getter of the script threw.
pub fn get(m: &mut Machine, h: &mut impl Host, object: ObjectId, name: Atom) -> Completion {
    match m.own_property(object, name) {
        Some(Property::Data(value)) => return Ok(value),
        Some(Property::Getter(result)) => {
            m.observe(h, Observed::Accessed(name));
            return result;
        }
        None => {}
    }
    let realm = m.object(object).realm;
    match m.object(object).kind {
        Kind::NativeError(error) if name == atom::NAME => Ok(Value::String(error)),
        Kind::NativeError(_) if name == atom::MESSAGE => Ok(Value::String(atom::EMPTY)),
        Kind::Array(ref items) => Ok(item(m, items, name)),
        Kind::InterfaceObject(interface) => Ok(match name {
            atom::PROTOTYPE => Value::Object(interface_objects(m, realm, interface).1),
            atom::LENGTH => Value::Number(interfaces::constructor_length(m, interface)),
            atom::NAME => {
                let mut v = MemberLookup::of(On::InterfaceObject, interface, name);
                v.value = Value::String(m.atoms.intern(interface.name()));
                create_the_function(m, &mut v);
                v.value
            }
            _ => constant(m, On::InterfaceObject, interface, name),
        }),
        Kind::InterfacePrototype(interface) => match (name, interfaces::member(m, interface, name)) {
            (atom::CONSTRUCTOR, _) => {
                let constructor = Value::Object(interface_objects(m, realm, interface).0);
                Ok(if has_constructor(m, interface) { constructor } else { Value::Undefined })
            }
            (_, Some((_, Member::ReadOnly | Member::Attribute | Member::Handler)))
                if interface != Interface::ServiceWorkerGlobalScope =>
            {
                call_getter(m, object, name)
            }
            _ => Ok(constant(m, On::Prototype, interface, name)),
        },
        Kind::Global => match global_property(m, object, name) {
            Some(value) => Ok(value),
            None => call_getter(m, object, name),
        },
        Kind::Plain
        | Kind::Function { .. }
        | Kind::ResolvingFunction { .. }
        | Kind::Converting(_)
        | Kind::Error
        | Kind::NativeError(_)
        | Kind::Promise(_)
        | Kind::Performance => Ok(Value::Undefined),
        Kind::DomException { .. }
        | Kind::EventTarget
        | Kind::Node(_)
        | Kind::Event(_)
        | Kind::AbortController(_)
        | Kind::AbortSignal(_)
        | Kind::ServiceWorkerRegistration(_)
        | Kind::ServiceWorker(_)
        | Kind::BackgroundFetchManager(_)
        | Kind::BackgroundFetchRegistration(_)
        | Kind::Request(_)
        | Kind::BackgroundFetchRecord
        | Kind::Clients
        | Kind::WindowClient(_) => call_getter(m, object, name),
    }
}

/// The steps of an attribute's getter; what is no attribute is `undefined`.
///
/// # Errors
/// A `TypeError` for a prototype, which has the getters of its interface and does not implement it.
fn call_getter(m: &mut Machine, object: ObjectId, id: Atom) -> Completion {
    let mut v = AttributeGetter { js_value: object, id, r: Value::Undefined };
    // 1, 1.1, 1.1.1, 1.1.2. Holds by type: this function is the steps of the attribute of this identifier.
    // 1.1.2.1. Abstracted: a scenario calls no getter on undefined or null.
    // 1.1.2.2. Out of scope: there is one origin.
    if branch!(m, v, "1.1.2.3", matches!(m.object(object).kind, Kind::InterfacePrototype(_))) {
        // 1.1.2.3.1. Out of scope: no attribute in scope is declared with [LegacyLenientThis].
        return returns!(m, v, "1.1.2.3.2", Err(m.type_error()));
    }
    // 1.1.2.4. Out of scope: there are no observable arrays.
    // 1.1.2.5. Holds by type: the object is the value.
    set!(m, v, "1.1.3", v.r = run_the_getter_steps(m, object, id));
    returns!(m, v, "1.1.4", Ok(v.r))
    // 1.+1. Out of scope: no attribute in scope is a promise but `responseReady`, which is not read.
    // 1.+2. Holds by type: the completion is the exception.
    // 2, 3, 4. Abstracted: a scenario reads attributes by their names.
}

fn run_the_getter_steps(m: &mut Machine, object: ObjectId, name: Atom) -> Value {
    let realm = m.object(object).realm;
    match m.object(object).kind {
        Kind::Event(event) => event_attribute(m, event, name),
        Kind::AbortController(signal) if name == atom::SIGNAL => Value::Object(signal),
        Kind::AbortSignal(signal) => match name {
            atom::ABORTED => Value::Bool(m.signal(signal).is_aborted()),
            atom::REASON => m.signal(signal).reason,
            atom::ON_ABORT => event_handler_idl_attribute_getter(m, object, name),
            _ => Value::Undefined,
        },
        Kind::DomException { name: error, message } => match name {
            atom::NAME => Value::String(error),
            atom::MESSAGE => Value::String(message.unwrap_or(atom::EMPTY)),
            atom::CODE => Value::Number(legacy_code(m, error)),
            name => constant(m, On::Instance, Interface::DOMException, name),
        },
        Kind::Global => global_attribute(m, object, realm, name),
        Kind::ServiceWorkerRegistration(registration) => {
            let data = m.registration(registration);
            let (active, waiting, installing) = (data.active, data.waiting, data.installing);
            let mut object = |worker: Option<WorkerId>| match worker {
                Some(worker) => Value::Object(worker_object(m, realm, worker)),
                None => Value::Null,
            };
            match name {
                atom::ACTIVE => object(active),
                atom::WAITING => object(waiting),
                atom::INSTALLING => object(installing),
                atom::BACKGROUND_FETCH => Value::Object(manager::of(m, realm, registration)),
                _ => Value::Undefined,
            }
        }
        Kind::ServiceWorker(worker) if name == atom::STATE => Value::String(m.worker(worker).state.name()),
        Kind::BackgroundFetchRegistration(ref instance) => match name {
            atom::ON_PROGRESS => event_handler_idl_attribute_getter(m, object, name),
            _ => background_fetch_registration::attribute(instance, name),
        },
        Kind::WindowClient(_) if name == atom::ANCESTOR_ORIGINS => {
            // A frozen array, the same at each reading; that of a new window is empty.
            let origins = m.create_object_in(realm, Kind::Array(Vec::new()));
            m.objects[origins.index()].frozen = true;
            m.define_property(object, name, Property::Data(Value::Object(origins)));
            Value::Object(origins)
        }
        Kind::WindowClient(ref window) => open_window::attribute(window, name),
        _ => Value::Undefined,
    }
}

fn item(m: &Machine, items: &[Value], name: Atom) -> Value {
    if name == atom::LENGTH {
        return Value::Number(items.len() as f64);
    }
    let index = m.atoms.text(name).parse::<usize>().ok();
    index.and_then(|index| items.get(index)).copied().unwrap_or(Value::Undefined)
}

/// Returns the value of a constant, where an object has it or inherits it; `undefined` for any other name.
fn constant(m: &Machine, on: On, interface: Interface, name: Atom) -> Value {
    let Some((_, Member::Constant(value))) = interfaces::member(m, interface, name) else { return Value::Undefined };
    value_of_the_constant(m, &mut MemberLookup::of(on, interface, name), value)
}

/// Returns whether an interface prototype object has the property `constructor`.
fn has_constructor(m: &Machine, interface: Interface) -> bool {
    create_an_interface_prototype_object::has_constructor(
        m,
        &mut MemberLookup::of(On::Prototype, interface, atom::CONSTRUCTOR),
    )
}

/// Returns an attribute of an event.
#[must_use]
pub fn event_attribute(m: &Machine, event: EventId, name: Atom) -> Value {
    let mut v = EventAttribute { event, name, value: attribute_of_event(m, event, name) };
    looked_up!(m, v, "1.1.3");
    v.value
}

fn attribute_of_event(m: &Machine, event: EventId, name: Atom) -> Value {
    let event = m.event(event);
    match (name, event.payload) {
        (atom::TYPE, _) => Value::String(event.event_type),
        (atom::TARGET | atom::SRC_ELEMENT, _) => event.target.into(),
        (atom::CURRENT_TARGET, _) => event.current_target.into(),
        (atom::EVENT_PHASE, _) => Value::Number(f64::from(event.event_phase.number())),
        (atom::BUBBLES, _) => Value::Bool(event.bubbles),
        (atom::CANCELABLE, _) => Value::Bool(event.cancelable),
        (atom::COMPOSED, _) => Value::Bool(event.composed),
        (atom::DEFAULT_PREVENTED, _) => Value::Bool(event.canceled),
        (atom::RETURN_VALUE, _) => Value::Bool(!event.canceled),
        (atom::CANCEL_BUBBLE, _) => Value::Bool(event.stop_propagation),
        (atom::IS_TRUSTED, _) => Value::Bool(event.is_trusted),
        (atom::TIME_STAMP, _) => Value::Number(event.time_stamp),
        (atom::DETAIL, Payload::Detail(detail)) => detail,
        (atom::ERROR, Payload::Error(error)) => error.error,
        (atom::MESSAGE, Payload::Error(error)) => Value::String(error.message),
        (atom::FILENAME, Payload::Error(error)) => Value::String(error.filename),
        (atom::LINENO, Payload::Error(error)) => Value::Number(error.lineno),
        (atom::COLNO, Payload::Error(error)) => Value::Number(error.colno),
        (atom::DATA, Payload::Message(message)) => message.data,
        (atom::ORIGIN, Payload::Message(message)) => Value::String(message.origin),
        (atom::LAST_EVENT_ID, Payload::Message(message)) => Value::String(message.last_event_id),
        (atom::SOURCE, Payload::Message(message)) => message.source.into(),
        (atom::PORTS, Payload::Message(message)) => Value::Object(message.ports),
        (atom::REGISTRATION, Payload::Registration(registration)) => Value::Object(registration),
        (name, _) => constant(m, On::Instance, Interface::Event, name),
    }
}

/// Returns a property of a global that is no attribute: itself, and the interface objects.
fn global_property(m: &mut Machine, global: ObjectId, name: Atom) -> Option<Value> {
    if name == atom::SELF {
        return Some(Value::Object(global));
    }
    let realm = m.object(global).realm;
    let scope = m.realm(realm).scope;
    let interface = Interface::named(m.atoms.text(name)).filter(|of| interfaces::exists_in(m, *of, scope))?;
    Some(Value::Object(interface_objects(m, realm, interface).0))
}

fn global_attribute(m: &mut Machine, object: ObjectId, realm: RealmId, name: Atom) -> Value {
    match (m.realm(realm).scope, name) {
        (_, atom::IS_SECURE_CONTEXT) => Value::Bool(true),
        (_, atom::ORIGIN) => Value::String(atom::THE_ORIGIN),
        (_, atom::PERFORMANCE) => Value::Object(m.create_object_in(realm, Kind::Performance)),
        (Scope::ServiceWorker(worker), atom::REGISTRATION) => {
            let registration = m.worker(worker).registration;
            Value::Object(registration_object(m, realm, registration))
        }
        (Scope::ServiceWorker(_), atom::CLIENTS) => {
            let clients = m.realm(realm).clients.unwrap_or_else(|| m.create_object_in(realm, Kind::Clients));
            m.realm_mut(realm).clients = Some(clients);
            Value::Object(clients)
        }
        (Scope::ServiceWorker(_), name) if is_handler(Interface::ServiceWorkerGlobalScope, name) => {
            event_handler_idl_attribute_getter(m, object, name)
        }
        (_, atom::EVENT_LOWER) if global_has(m, realm, name, m.realm(realm).is_window) => {
            let event = m.realm(realm).current_event;
            event.map_or(Value::Undefined, |event| Value::Object(m.event(event).object))
        }
        _ => Value::Undefined,
    }
}

/// Returns whether a global has a member.
fn global_has(m: &Machine, realm: RealmId, name: Atom, exists: bool) -> bool {
    let interface = match m.realm(realm).scope {
        Scope::ServiceWorker(_) => Interface::ServiceWorkerGlobalScope,
        Scope::Window => Interface::EventTarget,
    };
    let mut v = MemberLookup { exists, ..MemberLookup::of(On::Global, interface, name) };
    has_attribute(m, &mut v)
}

/// Whether an interface has an event handler attribute of this name.
#[must_use]
pub fn is_handler(interface: Interface, name: Atom) -> bool {
    interface.member(name).is_some_and(|(_, member)| member == Member::Handler)
}

/// The one object that stands for a registration in a realm.
pub fn registration_object(m: &mut Machine, realm: RealmId, registration: RegistrationId) -> ObjectId {
    let mut v = MemberLookup::of(On::Instance, Interface::ServiceWorkerRegistration, atom::REGISTRATION);
    v.value = m.realm(realm).registration_object.into();
    looked_up!(m, v, "1.1.3");
    if let Value::Object(object) = v.value {
        return object;
    }
    let object = m.create_object_in(realm, Kind::ServiceWorkerRegistration(registration));
    m.realm_mut(realm).registration_object = Some(object);
    object
}

/// The interface object and the interface prototype object of an interface in a realm.
pub fn interface_objects(m: &mut Machine, realm: RealmId, interface: Interface) -> (ObjectId, ObjectId) {
    let known = m.realm(realm).interfaces.iter().find(|(of, _, _)| *of == interface);
    if let Some((_, object, prototype)) = known {
        return (*object, *prototype);
    }
    let object = m.create_object_in(realm, Kind::InterfaceObject(interface));
    let prototype = m.create_object_in(realm, Kind::InterfacePrototype(interface));
    m.realm_mut(realm).interfaces.push((interface, object, prototype));
    (object, prototype)
}

/// Whether a property exists on an object or its prototypes.
#[must_use]
pub fn has_property(m: &Machine, object: ObjectId, name: Atom) -> bool {
    if m.own_property(object, name).is_some() {
        return true;
    }
    let data = m.object(object);
    let scope = m.realm(data.realm).scope;
    let interface = match data.kind {
        Kind::InterfacePrototype(Interface::ServiceWorkerGlobalScope) => Some(Interface::EventTarget),
        Kind::InterfacePrototype(interface) => Some(interface),
        ref kind => interfaces::of(kind, m, scope),
    };
    let is_member = interface.is_some_and(|interface| {
        interfaces::member(m, interface, name).is_some_and(|(_, member)| !matches!(member, Member::Static(_)))
    });
    let is_own = match data.kind {
        Kind::InterfaceObject(interface) => {
            matches!(name, atom::PROTOTYPE | atom::LENGTH | atom::NAME)
                || interfaces::member(m, interface, name)
                    .is_some_and(|(_, member)| matches!(member, Member::Static(_) | Member::Constant(_)))
        }
        Kind::InterfacePrototype(interface) => name == atom::CONSTRUCTOR && has_constructor(m, interface),
        Kind::Global => matches!(name, atom::ORIGIN | atom::IS_SECURE_CONTEXT | atom::PERFORMANCE),
        Kind::Array(ref items) => {
            name == atom::LENGTH || m.atoms.text(name).parse::<usize>().is_ok_and(|index| index < items.len())
        }
        Kind::NativeError(_) => matches!(name, atom::NAME | atom::MESSAGE),
        Kind::Performance => name == atom::NOW,
        _ => false,
    };
    if !matches!(data.kind, Kind::Global) {
        return is_member || is_own;
    }
    let is_interface = name == atom::SELF
        || Interface::named(m.atoms.text(name)).is_some_and(|of| interfaces::exists_in(m, of, scope));
    let is_event = name == atom::EVENT_LOWER && m.realm(data.realm).is_window;
    global_has(m, data.realm, name, is_member || is_own || is_interface || is_event)
}

/// The code that a name of a `DOMException` had once. <https://webidl.spec.whatwg.org/#idl-DOMException-error-names>
fn legacy_code(m: &Machine, name: Atom) -> f64 {
    let text = m.atoms.text(name);
    LEGACY_CODES.iter().find(|(of, _)| *of == text).map_or(0.0, |(_, code)| f64::from(*code))
}

/// The names that have a code.
const LEGACY_CODES: &[(&str, u8)] = &[
    ("IndexSizeError", 1),
    ("HierarchyRequestError", 3),
    ("WrongDocumentError", 4),
    ("InvalidCharacterError", 5),
    ("NoModificationAllowedError", 7),
    ("NotFoundError", 8),
    ("NotSupportedError", 9),
    ("InUseAttributeError", 10),
    ("InvalidStateError", 11),
    ("SyntaxError", 12),
    ("InvalidModificationError", 13),
    ("NamespaceError", 14),
    ("InvalidAccessError", 15),
    ("TypeMismatchError", 17),
    ("SecurityError", 18),
    ("NetworkError", 19),
    ("AbortError", 20),
    ("URLMismatchError", 21),
    ("QuotaExceededError", 22),
    ("TimeoutError", 23),
    ("InvalidNodeTypeError", 24),
    ("DataCloneError", 25),
];
