//! What the model knows of the objects that specifications define. Of any other member it can't say that it is missing.

use bgfspec_model::atom::{self, Atom};
use bgfspec_model::machine::Scope;
use bgfspec_model::web_idl::get;
use bgfspec_model::web_idl::interfaces::{self, Interface};
use bgfspec_model::{Kind, Machine, ObjectId};

/// What all objects inherit, and plain ones of the scenario too.
const OF_ALL_OBJECTS: &[&str] = &[
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
];

/// Handlers that windows have as well as workers.
const EVERYWHERE: &[Atom] = &[atom::ON_ERROR, atom::ON_MESSAGE, atom::ON_MESSAGE_ERROR];

/// What no object has: scenarios ask for it because it is not there.
const INVENTED: &[&str] = &["onx"];

/// Whether the model knows that an object has a member, or that it has none of that name.
pub(super) fn is_known(m: &Machine, object: ObjectId, name: Atom) -> bool {
    if m.has_quirks() || get::has_property(m, object, name) {
        return true;
    }
    let data = m.object(object);
    let text = || m.atoms.text(name);
    if INVENTED.contains(&text()) {
        return true;
    }
    match data.kind {
        Kind::Plain | Kind::Converting(_) => !OF_ALL_OBJECTS.contains(&text()),
        Kind::Array(_) => text().parse::<usize>().is_ok(),
        Kind::InterfaceObject(interface) => has(interface, name),
        Kind::InterfacePrototype(interface) => decides(interface, name),
        Kind::Node(_) => has(Interface::EventTarget, name),
        Kind::Global => {
            let global = Interface::ServiceWorkerGlobalScope;
            let is_worker = matches!(m.realm(data.realm).scope, Scope::ServiceWorker(_));
            name == atom::EVENT_LOWER
                || Interface::named(text()).is_some()
                || (has(global, name) && (is_worker || !EVERYWHERE.contains(&name)))
        }
        ref kind => interfaces::of(kind, m, Scope::Window).is_some_and(|interface| decides(interface, name)),
    }
}

/// Whether it is known if objects of an interface have a member: of some interfaces all members are known, so they have none of another's.
fn decides(interface: Interface, name: Atom) -> bool {
    let is_whole = interface.is(Interface::Event)
        || matches!(
            interface,
            Interface::EventTarget
                | Interface::AbortController
                | Interface::AbortSignal
                | Interface::DOMException
                | Interface::BackgroundFetchManager
                | Interface::BackgroundFetchRegistration
        );
    // That of an event of a worker's installation has more than the model follows.
    let is_whole = is_whole && interface != Interface::InstallEvent;
    has(interface, name) || (is_whole && interfaces::ALL.iter().any(|(_, other)| has(*other, name)))
}

fn has(interface: Interface, name: Atom) -> bool {
    interface.member(name).is_some()
}

/// Whether an object may have event handlers that the model does not know.
pub(super) fn may_have_handlers(m: &Machine, object: ObjectId) -> bool {
    match m.object(object).kind {
        Kind::Global | Kind::Node(_) => true,
        Kind::EventTarget | Kind::AbortSignal(_) | Kind::Event(_) => false,
        ref kind => interfaces::of(kind, m, Scope::Window).is_some(),
    }
}

/// Whether it is a property that the model knows and has no description of.
pub(super) fn is_undescribed(m: &Machine, object: ObjectId, name: Atom) -> bool {
    let is_of_global =
        matches!(name, atom::SELF | atom::EVENT_LOWER | atom::ORIGIN | atom::IS_SECURE_CONTEXT | atom::PERFORMANCE);
    let is_plain = m.own_property(object, name).is_some();
    !is_plain
        && match m.object(object).kind {
            Kind::Global => is_of_global && get::has_property(m, object, name),
            Kind::Array(_) | Kind::NativeError(_) => true,
            _ => false,
        }
}

/// Whose member it is, for a message.
pub(super) fn owner(m: &Machine, object: ObjectId) -> String {
    let data = m.object(object);
    match data.kind {
        Kind::Global => "the global object".to_owned(),
        Kind::Node(_) => "a node".to_owned(),
        Kind::InterfaceObject(interface) => format!("the interface object {}", interface.name()),
        Kind::InterfacePrototype(interface) => format!("{}.prototype", interface.name()),
        Kind::Plain | Kind::Converting(_) => "a plain object".to_owned(),
        ref kind => interfaces::class_string(kind, m).to_owned(),
    }
}
