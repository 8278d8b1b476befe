//! Getting a property. <https://webidl.spec.whatwg.org/#dfn-attribute-getter>

use crate::atom::{self, Atom};
use crate::background_fetch::registration as background_fetch_registration;
use crate::dom::event::Payload;
use crate::html::event_handler_idl_attribute_getter::event_handler_idl_attribute_getter;
use crate::machine::{Host, Machine, Observed, Scope};
use crate::quirk::Quirk;
use crate::service_worker::{open_window, worker_object};
use crate::value::{Completion, EventId, Kind, ObjectId, Property, RealmId, Value, WorkerId};
use crate::web_idl::interfaces::{self, Interface, Member};

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
        Kind::Event(event) if name == atom::PORTS && m.is_bent(Quirk::PortsPerUse) => {
            Ok(match event_attribute(m, event, name) {
                Value::Object(_) => Value::Object(m.create_object_in(realm, Kind::Array(Vec::new()))),
                value => value,
            })
        }
        Kind::Event(event) => Ok(event_attribute(m, event, name)),
        Kind::AbortController(signal) => Ok(match name {
            atom::SIGNAL if m.is_bent(Quirk::SignalPerUse) => {
                let kind = m.object(signal).kind.clone();
                Value::Object(m.create_object_in(realm, kind))
            }
            atom::SIGNAL => Value::Object(signal),
            _ => Value::Undefined,
        }),
        Kind::AbortSignal(signal) => Ok(match name {
            atom::ABORTED => Value::Bool(m.signal(signal).is_aborted()),
            atom::REASON if !m.signal(signal).is_aborted() && m.is_bent(Quirk::ReasonNullBefore) => Value::Null,
            atom::REASON => m.signal(signal).reason,
            atom::ON_ABORT => event_handler_idl_attribute_getter(m, object, name),
            _ => Value::Undefined,
        }),
        Kind::NativeError(error) if name == atom::NAME => Ok(Value::String(error)),
        Kind::NativeError(_) if name == atom::MESSAGE => Ok(Value::String(atom::EMPTY)),
        Kind::DomException { name: error, message } => Ok(match name {
            atom::NAME => Value::String(error),
            atom::MESSAGE => Value::String(message.unwrap_or(atom::EMPTY)),
            atom::CODE if m.is_bent(Quirk::ExceptionCodeMissing) => Value::Undefined,
            atom::CODE => Value::Number(legacy_code(m, error)),
            name => constant(m, Interface::DOMException, name),
        }),
        Kind::Array(ref items) => Ok(item(m, items, name)),
        Kind::Global => Ok(global_attribute(m, object, realm, name)),
        Kind::ServiceWorkerRegistration(registration) => {
            let data = m.registration(registration);
            let (active, waiting, installing) = (data.active, data.waiting, data.installing);
            let mut object = |worker: Option<WorkerId>| match worker {
                Some(worker) => Value::Object(worker_object(m, realm, worker)),
                None => Value::Null,
            };
            Ok(match name {
                atom::ACTIVE => object(active),
                atom::WAITING => object(waiting),
                atom::INSTALLING => object(installing),
                atom::BACKGROUND_FETCH => Value::Object(crate::background_fetch::manager::of(m, realm, registration)),
                _ => Value::Undefined,
            })
        }
        Kind::ServiceWorker(_) if name == atom::STATE && m.is_bent(Quirk::WorkerStateFixed) => {
            Ok(Value::String(atom::ACTIVATED))
        }
        Kind::ServiceWorker(worker) if name == atom::STATE => Ok(Value::String(m.worker(worker).state.name())),
        Kind::BackgroundFetchRegistration(ref instance) => match name {
            atom::ON_PROGRESS => Ok(event_handler_idl_attribute_getter(m, object, name)),
            _ => Ok(background_fetch_registration::attribute(instance, name)),
        },
        Kind::WindowClient(_) if name == atom::FRAME_TYPE && m.is_bent(Quirk::WindowClientAuxiliary) => {
            Ok(Value::String(m.atoms.intern("auxiliary")))
        }
        Kind::WindowClient(_) if name == atom::ANCESTOR_ORIGINS && m.is_bent(Quirk::NoAncestorOrigins) => {
            Ok(Value::Undefined)
        }
        Kind::WindowClient(_) if name == atom::ANCESTOR_ORIGINS => {
            // A frozen array, the same at each reading; that of a new window is empty.
            let origins = m.create_object_in(realm, Kind::Array(Vec::new()));
            m.objects[origins.index()].frozen = true;
            m.define_property(object, name, Property::Data(Value::Object(origins)));
            Ok(Value::Object(origins))
        }
        Kind::WindowClient(ref window) => Ok(open_window::attribute(window, name)),
        Kind::InterfaceObject(interface) => Ok(match name {
            atom::PROTOTYPE => Value::Object(interface_objects(m, realm, interface).1),
            atom::LENGTH => Value::Number(interfaces::constructor_length(m, interface)),
            atom::NAME if m.is_bent(Quirk::ConstructorNameMissing) => Value::String(atom::EMPTY),
            atom::NAME => Value::String(m.atoms.intern(interface.name())),
            _ => constant(m, interface, name),
        }),
        Kind::InterfacePrototype(interface) => match (name, interfaces::member(m, interface, name)) {
            (atom::CONSTRUCTOR, _) if m.is_bent(Quirk::ConstructorPropertyMissing) => Ok(Value::Undefined),
            (atom::CONSTRUCTOR, _) => Ok(Value::Object(interface_objects(m, realm, interface).0)),
            // A prototype has the getters of its interface, and does not implement it.
            (_, Some((_, Member::ReadOnly | Member::Attribute | Member::Handler)))
                if interface != Interface::ServiceWorkerGlobalScope && !m.is_bent(Quirk::PrototypeGettersSilent) =>
            {
                Err(m.type_error())
            }
            _ if interface.is(Interface::Event) && m.is_bent(Quirk::ConstantsNotOnPrototype) => Ok(Value::Undefined),
            _ if interface.is(Interface::Event) && m.is_bent(Quirk::ConstantsOnInstances) => Ok(Value::Undefined),
            _ => Ok(constant(m, interface, name)),
        },
        _ => Ok(Value::Undefined),
    }
}

fn item(m: &Machine, items: &[Value], name: Atom) -> Value {
    if name == atom::LENGTH {
        return Value::Number(items.len() as f64);
    }
    let index = m.atoms.text(name).parse::<usize>().ok();
    index.and_then(|index| items.get(index)).copied().unwrap_or(Value::Undefined)
}

fn constant(m: &Machine, interface: Interface, name: Atom) -> Value {
    match interfaces::member(m, interface, name) {
        Some((_, Member::Constant(value))) => Value::Number(f64::from(value)),
        _ => Value::Undefined,
    }
}

/// The number of a line or a column.
fn place(m: &Machine, number: u32) -> Value {
    let signed = m.is_bent(Quirk::ErrorInitSigned);
    Value::Number(if signed { f64::from(number.cast_signed()) } else { f64::from(number) })
}

/// An attribute of an event.
pub fn event_attribute(m: &Machine, event: EventId, name: Atom) -> Value {
    if m.minds_quirks() {
        if let Some(kept) = m.watch.aside.attribute(event, name) {
            return kept;
        }
        if interfaces::lacks(m, m.event(event).interface, name) {
            return Value::Undefined;
        }
        let unseen = m.watch.aside.stopped_unseen.contains(&event);
        if name == atom::CANCEL_BUBBLE && unseen && m.is_bent(Quirk::CancelBubblePartial) {
            return Value::Bool(false);
        }
    }
    let is_over = m.is_bent(const { Quirk::of("first-listener-ends") }) && !m.event(event).dispatch;
    let event = m.event(event);
    match (name, event.payload) {
        (atom::CURRENT_TARGET, _) if is_over => Value::Null,
        (atom::EVENT_PHASE, _) if is_over => Value::Number(0.0),
        (atom::TYPE, _) => Value::String(event.event_type),
        (atom::IS_TRUSTED, _) if m.is_bent(Quirk::IsTrustedMissing) => Value::Undefined,
        (atom::TARGET | atom::SRC_ELEMENT, _) if event.target.is_none() && m.is_bent(Quirk::TargetsUndefined) => {
            Value::Undefined
        }
        (atom::CURRENT_TARGET, _) if event.current_target.is_none() && m.is_bent(Quirk::TargetsUndefined) => {
            Value::Undefined
        }
        (atom::SRC_ELEMENT | atom::RETURN_VALUE, _) if m.is_bent(Quirk::AttributesUndefined) => Value::Undefined,
        (atom::SRC_ELEMENT, _) if m.is_bent(Quirk::SrcElementNull) => Value::Null,
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
        (atom::LINENO, Payload::Error(error)) => place(m, error.lineno),
        (atom::COLNO, Payload::Error(error)) => place(m, error.colno),
        (atom::DATA, Payload::Message(message)) => message.data,
        (atom::ORIGIN, Payload::Message(message)) => Value::String(message.origin),
        (atom::LAST_EVENT_ID, Payload::Message(message)) => Value::String(message.last_event_id),
        (atom::SOURCE, Payload::Message(message)) => message.source.into(),
        (atom::PORTS, Payload::Message(message)) => Value::Object(message.ports),
        (atom::REGISTRATION, Payload::Registration(registration)) => Value::Object(registration),
        (_, _) if m.is_bent(Quirk::ConstantsNotOnPrototype) => Value::Undefined,
        (name, _) => constant(m, Interface::Event, name),
    }
}

fn global_attribute(m: &mut Machine, object: ObjectId, realm: RealmId, name: Atom) -> Value {
    if name == atom::SELF {
        return Value::Object(object);
    }
    let scope = m.realm(realm).scope;
    if let Some(interface) = Interface::named(m.atoms.text(name)).filter(|of| interfaces::exists_in(m, *of, scope)) {
        return Value::Object(interface_objects(m, realm, interface).0);
    }
    match (scope, name) {
        (_, atom::IS_SECURE_CONTEXT) => Value::Bool(!m.is_bent(Quirk::InsecureContext)),
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
        (_, atom::EVENT_LOWER) if m.realm(realm).is_window && !m.is_bent(Quirk::CurrentEventMissing) => {
            let event = m.realm(realm).current_event;
            event.map_or(Value::Undefined, |event| Value::Object(m.event(event).object))
        }
        _ => Value::Undefined,
    }
}

/// Whether an interface has an event handler attribute of this name.
#[must_use]
pub fn is_handler(interface: Interface, name: Atom) -> bool {
    interface.member(name).is_some_and(|(_, member)| member == Member::Handler)
}

/// The one object that stands for a registration in a realm.
pub fn registration_object(m: &mut Machine, realm: RealmId, registration: crate::value::RegistrationId) -> ObjectId {
    if let Some(object) = m.realm(realm).registration_object
        && !m.is_bent(Quirk::RegistrationPerUse)
    {
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
        Kind::InterfacePrototype(_) => name == atom::CONSTRUCTOR && !m.is_bent(Quirk::ConstructorPropertyMissing),
        Kind::Global => matches!(name, atom::ORIGIN | atom::IS_SECURE_CONTEXT | atom::PERFORMANCE),
        Kind::Array(ref items) => {
            name == atom::LENGTH || m.atoms.text(name).parse::<usize>().is_ok_and(|index| index < items.len())
        }
        Kind::NativeError(_) => matches!(name, atom::NAME | atom::MESSAGE),
        Kind::Performance => name == atom::NOW,
        _ => false,
    };
    let is_interface = matches!(data.kind, Kind::Global)
        && (name == atom::SELF
            || (name == atom::EVENT_LOWER && m.realm(data.realm).is_window && !m.is_bent(Quirk::CurrentEventMissing))
            || Interface::named(m.atoms.text(name)).is_some_and(|of| interfaces::exists_in(m, of, scope)));
    is_member || is_own || is_interface || (matches!(data.kind, Kind::Global) && is_bent_member(m, name))
}

/// Whether a global of a bent machine has one member more.
fn is_bent_member(m: &Machine, name: Atom) -> bool {
    (m.is_bent(Quirk::GlobalEvent) && name == atom::EVENT_LOWER)
        || (m.is_bent(Quirk::WorkerHandlersEverywhere) && is_handler(Interface::ServiceWorkerGlobalScope, name))
}

/// The code that a name of a `DOMException` had once. <https://webidl.spec.whatwg.org/#idl-DOMException-error-names>
fn legacy_code(m: &Machine, name: Atom) -> f64 {
    let in_use = [atom::INVALID_STATE_ERROR, atom::INVALID_ACCESS_ERROR, atom::ABORT_ERROR, atom::TIMEOUT_ERROR];
    if !in_use.contains(&name) && m.is_bent(Quirk::ExceptionCodesFew) {
        return 0.0;
    }
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
