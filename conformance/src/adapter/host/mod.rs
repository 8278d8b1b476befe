//! A Rust library of events as an implementation: it says how its primitives are called, and scenarios are played for it.
//!
//! What such a library can be asked is what needs no script (`SCENARIOS.md` says what that is): everything has the type that it
//! should have, and nobody looks at properties or prototypes. So implement [`Host`], give it to a [`HostAdapter`], and judge that as
//! any other [`Adapter`]. The guide [`docs::rust`](crate::docs::rust) shows how.

mod callback;
mod play;
mod scene;
mod thrown;

use std::any::Any;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Adapter, Failure, Identity};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

pub use callback::Callback;
pub use thrown::Thrown;

/// A library of events: how each primitive is called in it.
///
/// A handle of a target or an event is cheap to clone, and two are equal if they stand for the same object. Nothing here is judged:
/// do what the library does, and give what it gives.
pub trait Host: Sized {
    /// A handle of an `EventTarget`; of a node or an `AbortSignal` too, where there are any.
    type Target: Clone + PartialEq;
    /// A handle of an `Event`.
    type Event: Clone + PartialEq;

    /// Makes a target that stands alone: `new EventTarget()`.
    fn create_target(&mut self) -> Self::Target;

    /// Makes an event: `new Event(kind, init)`.
    fn create_event(&mut self, kind: &str, init: EventInit) -> Self::Event;

    /// `target.addEventListener(kind, callback, options)`. The listener calls [`Callback::call`].
    fn add_listener(
        &mut self,
        target: &Self::Target,
        kind: &str,
        callback: Callback<Self>,
        options: ListenerOptions<Self::Target>,
    );

    /// `target.removeEventListener(kind, callback, { capture })`. A callback equals the one that was added, if it is the same.
    fn remove_listener(&mut self, target: &Self::Target, kind: &str, callback: &Callback<Self>, capture: bool);

    /// `target.dispatchEvent(event)`.
    ///
    /// # Errors
    /// What the library refuses with, [`Thrown::exception`] of `InvalidStateError` say; or what a callback threw, where that goes
    /// through the library.
    fn dispatch(&mut self, target: &Self::Target, event: &Self::Event) -> Result<bool, Thrown>;

    /// Acts on an event; none if the library has nothing of the kind, which then shows as missing.
    fn act(&mut self, event: &Self::Event, act: Act<'_>) -> Option<()>;

    /// Gives an attribute of an event; none if the library has no such attribute, which then shows as undefined.
    fn get(&mut self, event: &Self::Event, attribute: Attribute) -> Option<Got<Self::Target>>;

    /// Makes a node whose parent is this one, if any. Needed for the capability `tree`.
    fn create_node(&mut self, parent: Option<&Self::Target>) -> Option<Self::Target> {
        let _ = parent;
        None
    }

    /// Makes the signal of a new `AbortController`. Needed for the capability `abort`.
    fn create_signal(&mut self) -> Option<Self::Target> {
        None
    }

    /// Aborts a signal, as `abort()` of its controller does. Needed for the capability `abort`.
    fn abort(&mut self, signal: &Self::Target) {
        let _ = signal;
    }

    /// Whether a signal is aborted. Needed for the capability `abort`.
    fn is_aborted(&mut self, signal: &Self::Target) -> Option<bool> {
        let _ = signal;
        None
    }
}

/// The second argument of `new Event()`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct EventInit {
    /// Whether it goes on to the target's ancestors.
    pub bubbles: bool,
    /// Whether it can be canceled.
    pub cancelable: bool,
    /// Whether it leaves a shadow tree.
    pub composed: bool,
}

/// The third argument of `addEventListener()`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListenerOptions<Target> {
    /// Whether it is a listener for the capturing phase.
    pub capture: bool,
    /// Whether it is removed once it is called.
    pub once: bool,
    /// Whether it promises not to cancel; the library's own default where that is not said.
    pub passive: Option<bool>,
    /// The signal that removes it.
    pub signal: Option<Target>,
}

impl<Target> Default for ListenerOptions<Target> {
    fn default() -> Self {
        ListenerOptions { capture: false, once: false, passive: None, signal: None }
    }
}

/// What can be done to an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act<'a> {
    /// `preventDefault()`.
    PreventDefault,
    /// `stopPropagation()`.
    StopPropagation,
    /// `stopImmediatePropagation()`.
    StopImmediatePropagation,
    /// `initEvent()`.
    InitEvent {
        /// The type.
        kind: &'a str,
        /// Whether it goes on to the target's ancestors.
        bubbles: bool,
        /// Whether it can be canceled.
        cancelable: bool,
    },
    /// `cancelBubble` is set.
    SetCancelBubble(bool),
    /// `returnValue` is set.
    SetReturnValue(bool),
}

/// An attribute of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words are those of the specification")]
pub enum Attribute {
    Type,
    Target,
    SrcElement,
    CurrentTarget,
    EventPhase,
    ComposedPath,
    Bubbles,
    Cancelable,
    Composed,
    DefaultPrevented,
    ReturnValue,
    CancelBubble,
    IsTrusted,
}

/// What an attribute of an event is.
#[derive(Clone, PartialEq, Debug)]
pub enum Got<Target> {
    /// A string.
    Text(String),
    /// A boolean.
    Flag(bool),
    /// A number.
    Number(u16),
    /// A target, or null.
    Target(Option<Target>),
    /// Targets.
    Path(Vec<Target>),
}

/// An implementation that is a Rust library.
#[derive(Debug)]
pub struct HostAdapter<Start> {
    identity: Identity,
    capabilities: BTreeSet<Capability>,
    start: Start,
}

impl<H: Host, Start: FnMut() -> H> HostAdapter<Start> {
    /// What needs no script, and so all that a library can be asked.
    const PLAYABLE: [Capability; 6] = [
        Capability::EventTarget,
        Capability::EventTargetConstructor,
        Capability::Capture,
        Capability::Exceptions,
        Capability::Tree,
        Capability::Abort,
    ];

    /// The library of this name and version, started anew for each scenario.
    ///
    /// `more` is what it has beside targets that stand alone: `Capture`, `Exceptions` (a callback's error does not end the program
    /// or get lost in a type), `Tree`, `Abort`. Other capabilities only script can show; they are passed over.
    pub fn new(name: &str, version: &str, more: impl IntoIterator<Item = Capability>, start: Start) -> Self {
        let has = [Capability::EventTarget, Capability::EventTargetConstructor];
        let capabilities = has.into_iter().chain(more).filter(|one| Self::PLAYABLE.contains(one)).collect();
        let identity = Identity { name: name.to_owned(), version: version.to_owned(), scope: "library".to_owned() };
        HostAdapter { identity, capabilities, start }
    }
}

impl<H: Host, Start: FnMut() -> H> Adapter for HostAdapter<Start> {
    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        self.capabilities.clone()
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        let played = catch_unwind(AssertUnwindSafe(|| play::play(&mut (self.start)(), scenario)));
        played.unwrap_or_else(|payload| Err(Failure::Crash(format!("it panicked: {}", panic_message(&*payload)))))
    }
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it did not say why".to_owned())
}

impl Attribute {
    const NAMES: [(Attribute, &'static str); 13] = [
        (Attribute::Type, "type"),
        (Attribute::Target, "target"),
        (Attribute::SrcElement, "srcElement"),
        (Attribute::CurrentTarget, "currentTarget"),
        (Attribute::EventPhase, "eventPhase"),
        (Attribute::ComposedPath, "composedPath"),
        (Attribute::Bubbles, "bubbles"),
        (Attribute::Cancelable, "cancelable"),
        (Attribute::Composed, "composed"),
        (Attribute::DefaultPrevented, "defaultPrevented"),
        (Attribute::ReturnValue, "returnValue"),
        (Attribute::CancelBubble, "cancelBubble"),
        (Attribute::IsTrusted, "isTrusted"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(attribute, _)| *attribute)
    }
}

macro_rules! got_from {
    ($($variant:ident: $type:ty),*) => {$(
        impl<Target> From<$type> for Got<Target> {
            fn from(value: $type) -> Self {
                Got::$variant(value.into())
            }
        }
    )*};
}

got_from!(Text: &str, Text: String, Flag: bool, Number: u16);

impl<Target> From<Option<Target>> for Got<Target> {
    fn from(target: Option<Target>) -> Self {
        Got::Target(target)
    }
}

impl<Target> From<Vec<Target>> for Got<Target> {
    fn from(path: Vec<Target>) -> Self {
        Got::Path(path)
    }
}
