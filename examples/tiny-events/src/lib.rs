//! A small event library, written as an example of something to judge: targets, a tree of them, abort signals.
//!
//! Nothing in here knows of `bgfspec`; `tests/conformance.rs` does.

mod dispatch;
mod signal;

use std::cell::{Cell, Ref, RefCell};
use std::error::Error;
use std::fmt;
use std::rc::Rc;

pub use signal::AbortController;

/// What a listener may fail with. Whoever dispatches finds it in [`Event::errors`].
pub type ListenerError = Box<dyn Error>;

/// Something that events are dispatched to. Clones are the same target.
#[derive(Clone, Default)]
pub struct EventTarget(Rc<TargetData>);

#[derive(Default)]
struct TargetData {
    parent: Option<EventTarget>,
    listeners: RefCell<Vec<Rc<Registered>>>,
    /// Only that of a controller is ever aborted.
    aborted: Cell<bool>,
    /// What goes when it is aborted.
    bound: RefCell<Vec<(EventTarget, Rc<Registered>)>>,
}

/// A listener of a target.
struct Registered {
    kind: String,
    listener: Listener,
    options: Options,
    removed: Cell<bool>,
}

/// A function that listens. Clones are the same listener.
#[derive(Clone)]
pub struct Listener(Rc<Function>);

type Function = dyn Fn(&Event) -> Result<(), ListenerError>;

/// How a listener listens.
#[derive(Clone, Default)]
pub struct Options {
    /// On the way to the target, not back.
    pub capture: bool,
    /// Once, and then no more.
    pub once: bool,
    /// Without canceling anything.
    pub passive: bool,
    /// Until this signal is aborted.
    pub signal: Option<EventTarget>,
}

/// Something that happens. Clones are the same event.
#[derive(Clone, Default)]
pub struct Event(Rc<EventData>);

#[derive(Default)]
struct EventData {
    kind: RefCell<String>,
    init: Cell<Init>,
    trusted: Cell<bool>,
    target: RefCell<Option<EventTarget>>,
    current_target: RefCell<Option<EventTarget>>,
    path: RefCell<Vec<EventTarget>>,
    phase: Cell<Phase>,
    stopped: Cell<bool>,
    stopped_at_once: Cell<bool>,
    canceled: Cell<bool>,
    in_passive_listener: Cell<bool>,
    dispatching: Cell<bool>,
    errors: RefCell<Vec<ListenerError>>,
}

/// What an event is made with.
#[derive(Clone, Copy, Default)]
pub struct Init {
    /// It goes on to the target's ancestors.
    pub bubbles: bool,
    /// It can be canceled.
    pub cancelable: bool,
    /// It leaves a shadow tree. There are none here.
    pub composed: bool,
}

/// Where on its way an event is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Phase {
    /// Nowhere.
    #[default]
    None,
    /// On the way to the target.
    Capturing,
    /// At the target.
    AtTarget,
    /// On the way back.
    Bubbling,
}

/// An event that is on its way can't be dispatched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvalidState;

impl EventTarget {
    /// One that stands alone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One whose events go through another.
    #[must_use]
    pub fn with_parent(parent: &EventTarget) -> Self {
        EventTarget(Rc::new(TargetData { parent: Some(parent.clone()), ..TargetData::default() }))
    }

    /// Has a listener called for events of a kind, unless it is there already.
    pub fn add_listener(&self, kind: &str, listener: &Listener, options: Options) {
        if options.signal.as_ref().is_some_and(EventTarget::is_aborted) {
            return;
        }
        let mut listeners = self.0.listeners.borrow_mut();
        if listeners.iter().any(|one| one.is(kind, listener, options.capture)) {
            return;
        }
        let signal = options.signal.clone();
        let added =
            Registered { kind: kind.to_owned(), listener: listener.clone(), options, removed: Cell::new(false) };
        let added = Rc::new(added);
        if let Some(signal) = signal {
            signal.0.bound.borrow_mut().push((self.clone(), Rc::clone(&added)));
        }
        listeners.push(added);
    }

    /// Has it called no more.
    pub fn remove_listener(&self, kind: &str, listener: &Listener, capture: bool) {
        let found = self.0.listeners.borrow().iter().find(|one| one.is(kind, listener, capture)).cloned();
        if let Some(found) = found {
            self.remove(&found);
        }
    }

    fn remove(&self, listener: &Rc<Registered>) {
        listener.removed.set(true);
        self.0.listeners.borrow_mut().retain(|other| !Rc::ptr_eq(other, listener));
    }
}

impl PartialEq for EventTarget {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Registered {
    fn is(&self, kind: &str, listener: &Listener, capture: bool) -> bool {
        self.kind == kind && self.listener == *listener && self.options.capture == capture
    }
}

impl Listener {
    /// One that calls this.
    pub fn new(function: impl Fn(&Event) -> Result<(), ListenerError> + 'static) -> Self {
        Listener(Rc::new(function))
    }
}

impl PartialEq for Listener {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Event {
    /// One of a kind.
    #[must_use]
    pub fn new(kind: &str, init: Init) -> Self {
        Event(Rc::new(EventData { kind: RefCell::new(kind.to_owned()), init: Cell::new(init), ..EventData::default() }))
    }

    fn trusted(kind: &str) -> Self {
        Event(Rc::new(EventData {
            kind: RefCell::new(kind.to_owned()),
            trusted: Cell::new(true),
            ..EventData::default()
        }))
    }

    /// What happens.
    #[must_use]
    pub fn kind(&self) -> Ref<'_, str> {
        Ref::map(self.0.kind.borrow(), String::as_str)
    }

    /// What it was made with.
    #[must_use]
    pub fn init(&self) -> Init {
        self.0.init.get()
    }

    /// What it is dispatched to.
    #[must_use]
    pub fn target(&self) -> Option<EventTarget> {
        self.0.target.borrow().clone()
    }

    /// Whose listeners are called.
    #[must_use]
    pub fn current_target(&self) -> Option<EventTarget> {
        self.0.current_target.borrow().clone()
    }

    /// The targets on its way, from the inside out.
    #[must_use]
    pub fn path(&self) -> Vec<EventTarget> {
        self.0.path.borrow().clone()
    }

    /// Where on its way it is.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.0.phase.get()
    }

    /// Whether it was canceled.
    #[must_use]
    pub fn is_canceled(&self) -> bool {
        self.0.canceled.get()
    }

    /// Whether it goes no further.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.get()
    }

    /// Whether this library dispatched it of its own accord.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        self.0.trusted.get()
    }

    /// Cancels it, if that can be done.
    pub fn cancel(&self) {
        if self.0.init.get().cancelable && !self.0.in_passive_listener.get() {
            self.0.canceled.set(true);
        }
    }

    /// Lets it go no further than the current target.
    pub fn stop(&self) {
        self.0.stopped.set(true);
    }

    /// Lets it go no further at all.
    pub fn stop_at_once(&self) {
        self.0.stopped.set(true);
        self.0.stopped_at_once.set(true);
    }

    /// Makes another of it, unless it is on its way.
    pub fn reinit(&self, kind: &str, init: Init) {
        if !self.0.dispatching.get() {
            self.0.stopped.set(false);
            self.0.stopped_at_once.set(false);
            self.0.canceled.set(false);
            self.0.target.replace(None);
            self.0.kind.replace(kind.to_owned());
            self.0.init.set(init);
        }
    }

    /// What listeners failed with.
    #[must_use]
    pub fn errors(&self) -> Ref<'_, [ListenerError]> {
        Ref::map(self.0.errors.borrow(), Vec::as_slice)
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Display for InvalidState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the event is on its way")
    }
}

impl Error for InvalidState {}
