//! Values of the script, and the objects that they may refer to.

use crate::atom::Atom;
use crate::web_idl::interfaces::Interface;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in the machine's arena.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// An object.
    ObjectId
}
id! {
    /// What makes an object an `EventTarget`: its listeners and its event handlers.
    TargetId
}
id! {
    /// An event.
    EventId
}
id! {
    /// An event listener.
    ListenerId
}
id! {
    /// An abort signal.
    SignalId
}
id! {
    /// A promise.
    PromiseId
}
id! {
    /// A realm, with its global object and its event loop.
    RealmId
}
id! {
    /// A piece of script that the [`Host`](crate::Host) can run.
    ScriptId
}
id! {
    /// A service worker.
    WorkerId
}
id! {
    /// A service worker registration.
    RegistrationId
}
id! {
    /// A background fetch.
    BackgroundFetchId
}

/// A value of the script.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(Atom),
    /// Some symbol.
    Symbol,
    /// Some BigInt: only whether it is zero can be seen.
    BigInt(bool),
    /// An object.
    Object(ObjectId),
}

impl Value {
    /// The object, if it is one.
    #[must_use]
    pub fn object(self) -> Option<ObjectId> {
        match self {
            Value::Object(object) => Some(object),
            Value::Undefined
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Symbol
            | Value::BigInt(_) => None,
        }
    }
}

impl From<Option<ObjectId>> for Value {
    fn from(object: Option<ObjectId>) -> Self {
        object.map_or(Value::Null, Value::Object)
    }
}

/// How a piece of script ended: with a value, or with the value that it threw.
pub type Completion = Result<Value, Value>;

/// An object of the script.
#[derive(Clone, Debug)]
pub struct Object {
    /// The realm it was made in.
    pub realm: RealmId,
    /// What it is.
    pub kind: Kind,
    /// Its listeners, for an `EventTarget`.
    pub target: Option<TargetId>,
    /// Whether its properties can't be changed.
    pub frozen: bool,
    /// Its own properties that script gave it.
    pub properties: Vec<(Atom, Property)>,
}

/// An own property that script gave an object.
#[derive(Clone, Copy, Debug)]
pub enum Property {
    /// A value.
    Data(Value),
    /// A getter that tells the [`Host`](crate::Host) of each reading and then ends so.
    Getter(Completion),
}

/// What an object is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// An object literal.
    Plain,
    /// An array.
    Array(Vec<Value>),
    /// A function of the script.
    Function {
        /// What it runs.
        script: ScriptId,
        /// Whether it is a class constructor, which can't be called.
        class: bool,
    },
    /// One of the two functions that a thenable is called with.
    ResolvingFunction {
        /// The promise that they settle.
        promise: PromiseId,
        /// Which of the two it is.
        rejects: bool,
    },
    /// An object whose conversion to a primitive is observed, and ends so.
    Converting(Completion),
    /// An `Error` object made by script.
    Error,
    /// An exception of ECMAScript, by the name of its constructor.
    NativeError(Atom),
    /// A `DOMException`.
    DomException {
        /// Its name.
        name: Atom,
        /// Its message, where script made it: that of the implementation's own is left to the implementation.
        message: Option<Atom>,
    },
    /// An `EventTarget` made by its constructor.
    EventTarget,
    /// A node of a tree, with its parent.
    Node(Option<ObjectId>),
    /// An event.
    Event(EventId),
    /// An `AbortController`, with its signal.
    AbortController(ObjectId),
    /// An `AbortSignal`.
    AbortSignal(SignalId),
    /// A promise.
    Promise(PromiseId),
    /// A realm's global object.
    Global,
    /// The `Performance` object of a global.
    Performance,
    /// A `ServiceWorkerRegistration`.
    ServiceWorkerRegistration(RegistrationId),
    /// A `ServiceWorker`.
    ServiceWorker(WorkerId),
    /// A `BackgroundFetchManager`.
    BackgroundFetchManager(RegistrationId),
    /// A `BackgroundFetchRegistration`.
    BackgroundFetchRegistration(crate::background_fetch::registration::Instance),
    /// A `Request`.
    Request(crate::background_fetch::request::Request),
    /// A `BackgroundFetchRecord`.
    BackgroundFetchRecord,
    /// The `Clients` object of a worker.
    Clients,
    /// A `WindowClient`.
    WindowClient(crate::service_worker::open_window::Window),
    /// An interface object, for example `Event`.
    InterfaceObject(Interface),
    /// An interface prototype object, for example `Event.prototype`.
    InterfacePrototype(Interface),
}
