//! The interfaces in scope: what they inherit, where they are exposed, what members they have.

use crate::atom::{self, Atom};
use crate::machine::{Machine, Scope};
use crate::quirk::Quirk;
use crate::value::Kind;

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
            I::ServiceWorker => &[(atom::STATE, ReadOnly)],
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

/// The member of this name that an interface has in a machine, with the interface that declares it: all that the specifications
/// declare, unless the machine is bent.
#[must_use]
pub fn member(m: &Machine, interface: Interface, name: Atom) -> Option<(Interface, Member)> {
    interface.member(name).filter(|_| !lacks(m, interface, name))
}

/// The length of the function of an operation in a machine: how many arguments it requires.
#[must_use]
pub fn operation_length(m: &Machine, name: Atom, required: u8) -> u8 {
    match name {
        _ if m.is_bent(Quirk::OperationsWithoutLength) => 0,
        atom::ADD_EVENT_LISTENER | atom::REMOVE_EVENT_LISTENER if m.is_bent(Quirk::OptionalArgumentsCount) => 3,
        atom::ADD_EVENT_LISTENER if m.is_bent(Quirk::AddLengthWhole) => 3,
        atom::ABORT if m.is_bent(Quirk::OptionalArgumentsCount) => 1,
        atom::INIT_EVENT if m.is_bent(Quirk::InitLengthWhole) => 3,
        atom::INIT_CUSTOM_EVENT if m.is_bent(Quirk::InitLengthWhole) => 4,
        _ => required,
    }
}

/// The length of the interface object of an interface in a machine: how many arguments its constructor requires.
#[must_use]
pub fn constructor_length(m: &Machine, interface: Interface) -> f64 {
    if m.is_bent(Quirk::ConstructorsWithoutLength) {
        0.0
    } else if interface == Interface::ErrorEvent && m.is_bent(Quirk::ErrorEventLengthTwo) {
        2.0
    } else {
        f64::from(interface.constructor().unwrap_or(0))
    }
}

/// The interface whose prototype is that of another's prototype, in a machine.
#[must_use]
pub fn parent(m: &Machine, interface: Interface) -> Option<Interface> {
    let bare = interface == I::CustomEvent && m.is_bent(Quirk::CustomEventBare);
    let apart = interface == I::AbortSignal && m.is_bent(Quirk::AbortSignalApart);
    interface.parent().filter(|_| !bare && !apart && !m.is_bent(Quirk::FlatPrototypes))
}

/// Whether an interface is another or inherits from it, in a machine.
#[must_use]
pub fn inherits(m: &Machine, interface: Interface, other: Interface) -> bool {
    interface == other || parent(m, interface).is_some_and(|parent| inherits(m, parent, other))
}

/// Whether a realm of this kind has the interface object in a machine.
#[must_use]
pub fn exists_in(m: &Machine, interface: Interface, scope: Scope) -> bool {
    let hidden = match interface {
        I::CustomEvent => m.is_bent(Quirk::CustomEventMissing),
        I::BackgroundFetchEvent => m.is_bent(Quirk::BackgroundFetchEventMissing),
        I::BackgroundFetchManager | I::BackgroundFetchRegistration | I::BackgroundFetchRecord => {
            m.is_bent(Quirk::BackgroundFetchInterfacesHidden)
        }
        _ => false,
    };
    !hidden && (interface.exists_in(scope) || m.is_bent(Quirk::WorkerInterfacesEverywhere))
}

/// Whether a bent machine lacks a member of an interface.
pub(super) fn lacks(m: &Machine, interface: Interface, name: Atom) -> bool {
    let own = matches!(name, atom::TYPE | atom::DETAIL | atom::INIT_CUSTOM_EVENT);
    if interface == I::CustomEvent && !own && m.is_bent(Quirk::CustomEventBare) {
        return true;
    }
    match name {
        atom::PREVENT_DEFAULT => m.is_bent(Quirk::PreventDefaultMissing),
        atom::STOP_PROPAGATION => m.is_bent(Quirk::StopPropagationMissing),
        atom::STOP_IMMEDIATE_PROPAGATION => m.is_bent(Quirk::StopImmediateMissing),
        atom::TARGET | atom::CURRENT_TARGET => m.is_bent(Quirk::TargetsMissing),
        atom::EVENT_PHASE => m.is_bent(Quirk::EventPhaseMissing),
        atom::DEFAULT_PREVENTED => m.is_bent(Quirk::DefaultPreventedMissing),
        atom::CANCEL_BUBBLE => m.is_bent(Quirk::CancelBubbleMissing),
        atom::TIME_STAMP => m.is_bent(Quirk::TimeStampMissing),
        atom::NONE | atom::CAPTURING_PHASE | atom::AT_TARGET | atom::BUBBLING_PHASE => {
            m.is_bent(Quirk::ConstantsMissing)
        }
        atom::INIT_EVENT => m.is_bent(Quirk::InitEventMissing),
        atom::INIT_CUSTOM_EVENT => m.is_bent(Quirk::InitCustomEventMissing),
        atom::COMPOSED_PATH => m.is_bent(Quirk::ComposedPathMissing),
        atom::THROW_IF_ABORTED => m.is_bent(Quirk::ThrowIfAbortedMissing),
        atom::IS_TRUSTED => m.is_bent(Quirk::IsTrustedMissing),
        atom::ANY if interface == I::AbortSignal => m.is_bent(Quirk::AbortSignalAnyMissing),
        atom::SRC_ELEMENT | atom::RETURN_VALUE => m.is_bent(Quirk::AttributesUndefined),
        _ if matches!(interface.member(name), Some((I::DOMException, Member::Constant(_)))) => {
            m.is_bent(Quirk::ExceptionConstantsMissing)
        }
        _ => false,
    }
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

/// What `Object.prototype.toString` puts after `object`.
#[must_use]
pub fn class_string(kind: &Kind, m: &Machine) -> &'static str {
    match kind {
        Kind::Plain | Kind::Converting(_) => "Object",
        Kind::Event(_) if m.is_bent(Quirk::EventClassStringObject) => "Object",
        Kind::EventTarget | Kind::Node(_) if m.is_bent(Quirk::TargetClassStringObject) => "Object",
        Kind::Array(_) => "Array",
        Kind::Function { .. } | Kind::ResolvingFunction { .. } | Kind::InterfaceObject(_) => "Function",
        Kind::Error | Kind::NativeError(_) => "Error",
        Kind::Promise(_) => "Promise",
        Kind::Performance => "Performance",
        Kind::InterfacePrototype(_) if m.is_bent(Quirk::PrototypeClassStringObject) => "Object",
        Kind::InterfacePrototype(interface) => interface.name(),
        Kind::AbortController(_)
            if m.is_bent(Quirk::AbortClassStringObject) || m.is_bent(Quirk::ControllerClassStringObject) =>
        {
            "Object"
        }
        Kind::AbortSignal(_) if m.is_bent(Quirk::AbortClassStringObject) => "EventTarget",
        _ if m.is_bent(Quirk::ClassStringObject) => "Object",
        kind => of(kind, m, Scope::Window).map_or("Object", Interface::name),
    }
}
