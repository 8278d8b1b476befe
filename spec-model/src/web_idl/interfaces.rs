//! The interfaces in scope: what they inherit, where they are exposed, what members they have.

use crate::atom::{self, Atom};
use crate::machine::{Machine, Scope};
use crate::step::Algorithm;
use crate::value::{Kind, Value};
use crate::watch::looked_up;
use crate::web_idl::construct::length_of_interface_object;
use crate::web_idl::create_an_interface_prototype_object::inherit;
use crate::web_idl::define_the_attributes::exposed_attribute;
use crate::web_idl::define_the_constants::exposed_constant;
use crate::web_idl::define_the_global_property_references::is_exposed;
use crate::web_idl::define_the_operations::exposed_operation;
use crate::web_idl::describe::Descriptor;

pub use crate::web_idl::create_an_operation_function::operation_length;

/// An interface.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "each is named as in its specification")]
pub enum Interface {
    Event,
    CustomEvent,
    ErrorEvent,
    ExtendableEvent,
    InstallEvent,
    ExtendableMessageEvent,
    BackgroundFetchEvent,
    BackgroundFetchUpdateUIEvent,
    EventTarget,
    AbortController,
    AbortSignal,
    DOMException,
    ServiceWorkerGlobalScope,
    ServiceWorkerRegistration,
    ServiceWorker,
    BackgroundFetchManager,
    BackgroundFetchRegistration,
    BackgroundFetchRecord,
    Clients,
    WindowClient,
    Request,
}

use Interface as I;

/// Where an interface object exists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exposed {
    /// In every realm.
    Everywhere,
    /// In windows and workers.
    WindowAndWorker,
    /// In service workers alone.
    ServiceWorker,
}

/// What a member of an interface is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Member {
    /// A read-only attribute.
    ReadOnly,
    /// An attribute that can be set.
    Attribute,
    /// An event handler attribute.
    Handler,
    /// An attribute of each object itself, that can't be redefined.
    Unforgeable,
    /// An operation with so many required arguments.
    Operation(u8),
    /// A static operation with so many required arguments.
    Static(u8),
    /// A constant.
    Constant(u8),
}

/// All interfaces.
pub const ALL: &[(&str, Interface)] = &[
    ("Event", I::Event),
    ("CustomEvent", I::CustomEvent),
    ("ErrorEvent", I::ErrorEvent),
    ("ExtendableEvent", I::ExtendableEvent),
    ("InstallEvent", I::InstallEvent),
    ("ExtendableMessageEvent", I::ExtendableMessageEvent),
    ("BackgroundFetchEvent", I::BackgroundFetchEvent),
    ("BackgroundFetchUpdateUIEvent", I::BackgroundFetchUpdateUIEvent),
    ("EventTarget", I::EventTarget),
    ("AbortController", I::AbortController),
    ("AbortSignal", I::AbortSignal),
    ("DOMException", I::DOMException),
    ("ServiceWorkerGlobalScope", I::ServiceWorkerGlobalScope),
    ("ServiceWorkerRegistration", I::ServiceWorkerRegistration),
    ("ServiceWorker", I::ServiceWorker),
    ("BackgroundFetchManager", I::BackgroundFetchManager),
    ("BackgroundFetchRegistration", I::BackgroundFetchRegistration),
    ("BackgroundFetchRecord", I::BackgroundFetchRecord),
    ("Clients", I::Clients),
    ("WindowClient", I::WindowClient),
    ("Request", I::Request),
];

impl Interface {
    /// The interface of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|(text, _)| *text == name).map(|(_, interface)| *interface)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(_, interface)| *interface == self).map_or("", |(text, _)| text)
    }

    /// The interface that it inherits from.
    #[must_use]
    pub fn parent(self) -> Option<Interface> {
        match self {
            I::CustomEvent | I::ErrorEvent | I::ExtendableEvent => Some(I::Event),
            I::InstallEvent | I::ExtendableMessageEvent | I::BackgroundFetchEvent => Some(I::ExtendableEvent),
            I::BackgroundFetchUpdateUIEvent => Some(I::BackgroundFetchEvent),
            I::AbortSignal
            | I::ServiceWorkerGlobalScope
            | I::ServiceWorkerRegistration
            | I::ServiceWorker
            | I::BackgroundFetchRegistration => Some(I::EventTarget),
            I::Event
            | I::EventTarget
            | I::AbortController
            | I::DOMException
            | I::BackgroundFetchManager
            | I::BackgroundFetchRecord
            | I::Clients
            | I::WindowClient
            | I::Request => None,
        }
    }

    /// Whether it is another interface or inherits from it.
    #[must_use]
    pub fn is(self, other: Interface) -> bool {
        self == other || self.parent().is_some_and(|parent| parent.is(other))
    }

    /// Where it is exposed.
    #[must_use]
    pub fn exposed(self) -> Exposed {
        match self {
            I::Event
            | I::CustomEvent
            | I::ErrorEvent
            | I::EventTarget
            | I::AbortController
            | I::AbortSignal
            | I::DOMException => Exposed::Everywhere,
            I::ServiceWorkerRegistration
            | I::ServiceWorker
            | I::BackgroundFetchManager
            | I::BackgroundFetchRegistration
            | I::BackgroundFetchRecord
            | I::Request => Exposed::WindowAndWorker,
            I::ExtendableEvent
            | I::InstallEvent
            | I::ExtendableMessageEvent
            | I::BackgroundFetchEvent
            | I::BackgroundFetchUpdateUIEvent
            | I::ServiceWorkerGlobalScope
            | I::Clients
            | I::WindowClient => Exposed::ServiceWorker,
        }
    }

    /// Whether a realm of this kind has the interface object.
    #[must_use]
    pub fn exists_in(self, scope: Scope) -> bool {
        match self.exposed() {
            Exposed::Everywhere | Exposed::WindowAndWorker => true,
            Exposed::ServiceWorker => matches!(scope, Scope::ServiceWorker(_)),
        }
    }

    /// How many arguments its constructor requires; none where it has no constructor.
    #[must_use]
    pub fn constructor(self) -> Option<u8> {
        match self {
            I::Event
            | I::CustomEvent
            | I::ErrorEvent
            | I::ExtendableEvent
            | I::InstallEvent
            | I::ExtendableMessageEvent
            | I::Request => Some(1),
            I::BackgroundFetchEvent | I::BackgroundFetchUpdateUIEvent => Some(2),
            I::EventTarget | I::AbortController | I::DOMException => Some(0),
            I::AbortSignal
            | I::ServiceWorkerGlobalScope
            | I::ServiceWorkerRegistration
            | I::ServiceWorker
            | I::BackgroundFetchManager
            | I::BackgroundFetchRegistration
            | I::BackgroundFetchRecord
            | I::Clients
            | I::WindowClient => None,
        }
    }

    /// The members that it declares itself and the model knows.
    #[must_use]
    pub fn members(self) -> &'static [(Atom, Member)] {
        use Member::{Attribute, Constant, Handler, Operation, ReadOnly, Static, Unforgeable};
        match self {
            I::Event => &[
                (atom::TYPE, ReadOnly),
                (atom::TARGET, ReadOnly),
                (atom::SRC_ELEMENT, ReadOnly),
                (atom::CURRENT_TARGET, ReadOnly),
                (atom::COMPOSED_PATH, Operation(0)),
                (atom::NONE, Constant(0)),
                (atom::CAPTURING_PHASE, Constant(1)),
                (atom::AT_TARGET, Constant(2)),
                (atom::BUBBLING_PHASE, Constant(3)),
                (atom::EVENT_PHASE, ReadOnly),
                (atom::STOP_PROPAGATION, Operation(0)),
                (atom::CANCEL_BUBBLE, Attribute),
                (atom::STOP_IMMEDIATE_PROPAGATION, Operation(0)),
                (atom::BUBBLES, ReadOnly),
                (atom::CANCELABLE, ReadOnly),
                (atom::RETURN_VALUE, Attribute),
                (atom::PREVENT_DEFAULT, Operation(0)),
                (atom::DEFAULT_PREVENTED, ReadOnly),
                (atom::COMPOSED, ReadOnly),
                (atom::IS_TRUSTED, Unforgeable),
                (atom::TIME_STAMP, ReadOnly),
                (atom::INIT_EVENT, Operation(1)),
            ],
            I::CustomEvent => &[(atom::DETAIL, ReadOnly), (atom::INIT_CUSTOM_EVENT, Operation(1))],
            I::ErrorEvent => &[
                (atom::MESSAGE, ReadOnly),
                (atom::FILENAME, ReadOnly),
                (atom::LINENO, ReadOnly),
                (atom::COLNO, ReadOnly),
                (atom::ERROR, ReadOnly),
            ],
            I::ExtendableEvent => &[(atom::WAIT_UNTIL, Operation(1))],
            I::ExtendableMessageEvent => &[
                (atom::DATA, ReadOnly),
                (atom::ORIGIN, ReadOnly),
                (atom::LAST_EVENT_ID, ReadOnly),
                (atom::SOURCE, ReadOnly),
                (atom::PORTS, ReadOnly),
            ],
            I::BackgroundFetchEvent => &[(atom::REGISTRATION, ReadOnly)],
            I::BackgroundFetchUpdateUIEvent => &[(atom::UPDATE_UI, Operation(0))],
            I::EventTarget => &[
                (atom::ADD_EVENT_LISTENER, Operation(2)),
                (atom::REMOVE_EVENT_LISTENER, Operation(2)),
                (atom::DISPATCH_EVENT, Operation(1)),
            ],
            I::AbortController => &[(atom::SIGNAL, ReadOnly), (atom::ABORT, Operation(0))],
            I::AbortSignal => &[
                (atom::ABORT, Static(0)),
                (atom::TIMEOUT, Static(1)),
                (atom::ANY, Static(1)),
                (atom::ABORTED, ReadOnly),
                (atom::REASON, ReadOnly),
                (atom::THROW_IF_ABORTED, Operation(0)),
                (atom::ON_ABORT, Handler),
            ],
            I::DOMException => &[
                (atom::NAME, ReadOnly),
                (atom::MESSAGE, ReadOnly),
                (atom::CODE, ReadOnly),
                (atom::INDEX_SIZE_ERR, Constant(1)),
                (atom::DOMSTRING_SIZE_ERR, Constant(2)),
                (atom::HIERARCHY_REQUEST_ERR, Constant(3)),
                (atom::WRONG_DOCUMENT_ERR, Constant(4)),
                (atom::INVALID_CHARACTER_ERR, Constant(5)),
                (atom::NO_DATA_ALLOWED_ERR, Constant(6)),
                (atom::NO_MODIFICATION_ALLOWED_ERR, Constant(7)),
                (atom::NOT_FOUND_ERR, Constant(8)),
                (atom::NOT_SUPPORTED_ERR, Constant(9)),
                (atom::INUSE_ATTRIBUTE_ERR, Constant(10)),
                (atom::INVALID_STATE_ERR, Constant(11)),
                (atom::SYNTAX_ERR, Constant(12)),
                (atom::INVALID_MODIFICATION_ERR, Constant(13)),
                (atom::NAMESPACE_ERR, Constant(14)),
                (atom::INVALID_ACCESS_ERR, Constant(15)),
                (atom::VALIDATION_ERR, Constant(16)),
                (atom::TYPE_MISMATCH_ERR, Constant(17)),
                (atom::SECURITY_ERR, Constant(18)),
                (atom::NETWORK_ERR, Constant(19)),
                (atom::ABORT_ERR, Constant(20)),
                (atom::URL_MISMATCH_ERR, Constant(21)),
                (atom::QUOTA_EXCEEDED_ERR, Constant(22)),
                (atom::TIMEOUT_ERR, Constant(23)),
                (atom::INVALID_NODE_TYPE_ERR, Constant(24)),
                (atom::DATA_CLONE_ERR, Constant(25)),
            ],
            I::ServiceWorkerGlobalScope => &[
                (atom::CLIENTS, ReadOnly),
                (atom::REGISTRATION, ReadOnly),
                (atom::SKIP_WAITING, Operation(0)),
                (atom::ON_INSTALL, Handler),
                (atom::ON_ACTIVATE, Handler),
                (atom::ON_MESSAGE, Handler),
                (atom::ON_MESSAGE_ERROR, Handler),
                (atom::ON_ERROR, Handler),
                (atom::ON_BACKGROUND_FETCH_SUCCESS, Handler),
                (atom::ON_BACKGROUND_FETCH_FAIL, Handler),
                (atom::ON_BACKGROUND_FETCH_ABORT, Handler),
                (atom::ON_BACKGROUND_FETCH_CLICK, Handler),
            ],
            I::ServiceWorkerRegistration => &[
                (atom::INSTALLING, ReadOnly),
                (atom::WAITING, ReadOnly),
                (atom::ACTIVE, ReadOnly),
                (atom::UNREGISTER, Operation(0)),
                (atom::BACKGROUND_FETCH, ReadOnly),
            ],
            I::ServiceWorker => &[(atom::STATE, ReadOnly), (atom::POST_MESSAGE, Operation(1))],
            I::BackgroundFetchManager => {
                &[(atom::FETCH, Operation(2)), (atom::GET, Operation(1)), (atom::GET_IDS, Operation(0))]
            }
            I::BackgroundFetchRegistration => &[
                (atom::ID, ReadOnly),
                (atom::UPLOAD_TOTAL, ReadOnly),
                (atom::UPLOADED, ReadOnly),
                (atom::DOWNLOAD_TOTAL, ReadOnly),
                (atom::DOWNLOADED, ReadOnly),
                (atom::RESULT, ReadOnly),
                (atom::FAILURE_REASON, ReadOnly),
                (atom::RECORDS_AVAILABLE, ReadOnly),
                (atom::ON_PROGRESS, Handler),
                (atom::ABORT, Operation(0)),
                (atom::MATCH, Operation(1)),
                (atom::MATCH_ALL, Operation(0)),
            ],
            I::BackgroundFetchRecord => &[(atom::REQUEST, ReadOnly), (atom::RESPONSE_READY, ReadOnly)],
            I::Clients => &[(atom::OPEN_WINDOW, Operation(1))],
            I::WindowClient => &[
                (atom::URL, ReadOnly),
                (atom::FRAME_TYPE, ReadOnly),
                (atom::ID, ReadOnly),
                (atom::TYPE, ReadOnly),
                (atom::VISIBILITY_STATE, ReadOnly),
                (atom::FOCUSED, ReadOnly),
                (atom::ANCESTOR_ORIGINS, ReadOnly),
                (atom::FOCUS, Operation(0)),
            ],
            I::InstallEvent | I::Request => &[],
        }
    }

    /// The member of this name, with the interface that declares it.
    #[must_use]
    pub fn member(self, name: Atom) -> Option<(Interface, Member)> {
        let own = self.members().iter().find(|(key, _)| *key == name).map(|(_, member)| (self, *member));
        own.or_else(|| self.parent().and_then(|parent| parent.member(name)))
    }
}

/// Where a member is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum On {
    /// On the interface prototype object.
    Prototype,
    /// On the interface object.
    InterfaceObject,
    /// On an object that implements the interface.
    Instance,
    /// On a global object that implements the interface.
    Global,
}

/// The variables of lookups: what the model says of a member, or of an interface.
pub(crate) struct MemberLookup {
    pub(crate) on: On,
    pub(crate) interface: Interface,
    pub(crate) name: Atom,
    /// The member, with the interface that declares it.
    pub(crate) member: Option<(Interface, Member)>,
    /// What the interface inherits from.
    pub(crate) parent: Option<Interface>,
    /// Whether the realm has the interface object.
    pub(crate) exists: bool,
    /// The length of a function.
    pub(crate) length: Option<f64>,
    /// The property that stands for it.
    pub(crate) descriptor: Option<Descriptor>,
    /// What the property holds.
    pub(crate) value: Value,
}

impl MemberLookup {
    pub(crate) fn of(on: On, interface: Interface, name: Atom) -> Self {
        MemberLookup {
            on,
            interface,
            name,
            member: None,
            parent: None,
            exists: true,
            length: None,
            descriptor: None,
            value: Value::Undefined,
        }
    }
}

/// Returns the member of this name that an interface has, with the interface that declares it.
#[must_use]
pub fn member(m: &Machine, interface: Interface, name: Atom) -> Option<(Interface, Member)> {
    let member = interface.member(name)?;
    let mut v = MemberLookup { member: Some(member), ..MemberLookup::of(On::Instance, interface, name) };
    match member.1 {
        Member::Constant(_) => exposed_constant(m, &mut v),
        Member::Operation(_) | Member::Static(_) => exposed_operation(m, &mut v),
        Member::ReadOnly | Member::Attribute | Member::Handler | Member::Unforgeable => exposed_attribute(m, &mut v),
    }?;
    inherit(m, &mut v);
    v.member
}

/// Returns the length of the interface object of an interface: how many arguments its constructor requires.
#[must_use]
pub fn constructor_length(m: &Machine, interface: Interface) -> f64 {
    length_of_interface_object(m, &mut MemberLookup::of(On::InterfaceObject, interface, atom::LENGTH))
}

/// Returns the interface whose prototype is that of another's prototype.
#[must_use]
pub fn parent(m: &Machine, interface: Interface) -> Option<Interface> {
    let mut v =
        MemberLookup { parent: interface.parent(), ..MemberLookup::of(On::Prototype, interface, atom::PROTOTYPE) };
    inherit(m, &mut v);
    v.parent
}

/// Returns whether an interface is another or inherits from it.
#[must_use]
pub fn inherits(m: &Machine, interface: Interface, other: Interface) -> bool {
    interface == other || parent(m, interface).is_some_and(|parent| inherits(m, parent, other))
}

/// Returns whether a realm of this kind has the interface object.
#[must_use]
pub fn exists_in(m: &Machine, interface: Interface, scope: Scope) -> bool {
    let exists = interface.exists_in(scope);
    let mut v = MemberLookup { exists, ..MemberLookup::of(On::Global, interface, atom::PROTOTYPE) };
    is_exposed(m, &mut v)
}

/// The interface that an object implements, if it is one of a specification's.
#[must_use]
pub fn of(kind: &Kind, m: &Machine, scope: Scope) -> Option<Interface> {
    match kind {
        Kind::EventTarget | Kind::Node(_) => Some(I::EventTarget),
        Kind::Event(event) => Some(m.event(*event).interface),
        Kind::AbortController(_) => Some(I::AbortController),
        Kind::AbortSignal(_) => Some(I::AbortSignal),
        Kind::DomException { .. } => Some(I::DOMException),
        Kind::Global => match scope {
            Scope::ServiceWorker(_) => Some(I::ServiceWorkerGlobalScope),
            Scope::Window => Some(I::EventTarget),
        },
        Kind::ServiceWorkerRegistration(_) => Some(I::ServiceWorkerRegistration),
        Kind::ServiceWorker(_) => Some(I::ServiceWorker),
        Kind::BackgroundFetchManager(_) => Some(I::BackgroundFetchManager),
        Kind::BackgroundFetchRegistration(_) => Some(I::BackgroundFetchRegistration),
        Kind::BackgroundFetchRecord => Some(I::BackgroundFetchRecord),
        Kind::Clients => Some(I::Clients),
        Kind::WindowClient(_) => Some(I::WindowClient),
        Kind::Request(_) => Some(I::Request),
        Kind::Plain
        | Kind::Array(_)
        | Kind::Function { .. }
        | Kind::ResolvingFunction { .. }
        | Kind::Converting(_)
        | Kind::Error
        | Kind::NativeError(_)
        | Kind::Promise(_)
        | Kind::Performance
        | Kind::InterfaceObject(_)
        | Kind::InterfacePrototype(_) => None,
    }
}

/// The variables of a class string.
pub(crate) struct ClassString<'a> {
    pub(crate) kind: &'a Kind,
    pub(crate) string: &'static str,
}

/// Returns the class string of an object: what `Object.prototype.toString` puts after `object`.
/// <https://webidl.spec.whatwg.org/#dfn-class-string>
#[must_use]
pub fn class_string(kind: &Kind, m: &Machine) -> &'static str {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/class string");
    let string = match kind {
        Kind::Plain | Kind::Converting(_) => "Object",
        Kind::Array(_) => "Array",
        Kind::Function { .. } | Kind::ResolvingFunction { .. } | Kind::InterfaceObject(_) => "Function",
        Kind::Error | Kind::NativeError(_) => "Error",
        Kind::Promise(_) => "Promise",
        Kind::Performance => "Performance",
        Kind::InterfacePrototype(interface) => interface.name(),
        kind => of(kind, m, Scope::Window).map_or("Object", Interface::name),
    };
    let mut v = ClassString { kind, string };
    looked_up!(m, v, "body");
    v.string
}
