//! Interface `EventTarget`: listeners, and how they come and go. <https://dom.spec.whatwg.org/#interface-eventtarget>

use std::collections::HashSet;
use std::iter;

use crate::atom::{self, Atom};
use crate::dom::event::EventPhase;
use crate::dom::invoke::Phase;
use crate::dom::{abort_signal, dispatch, inner_invoke};
use crate::html::event_handlers::{self, Handler};
use crate::html::event_loop::{self, Microtask};
use crate::machine::{Host, Machine, Scope};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{Completion, EventId, Kind, ListenerId, ObjectId, Property, RealmId, SignalId, Value};
use crate::web_idl::callback;
use crate::web_idl::interfaces::Interface;

const DEFAULT_PASSIVE_VALUE: Algorithm = Algorithm::of("dom/default passive value");
const ADD: Algorithm = Algorithm::of("dom/add an event listener");
const REMOVE: Algorithm = Algorithm::of("dom/remove an event listener");
const ADD_EVENT_LISTENER: Algorithm = Algorithm::of("dom/EventTarget.addEventListener(type, callback, options)");
const REMOVE_EVENT_LISTENER: Algorithm = Algorithm::of("dom/EventTarget.removeEventListener(type, callback, options)");
const DISPATCH_EVENT: Algorithm = Algorithm::of("dom/EventTarget.dispatchEvent(event)");

/// The listeners and event handlers of an `EventTarget`.
#[derive(Clone, Default, Debug)]
pub struct Target {
    /// The event listener list.
    pub listeners: Vec<ListenerId>,
    /// The event handler map, without the handlers that were never set.
    pub handlers: Vec<Handler>,
    /// What tells the listeners of a long list apart, so that a duplicate is found without going over all.
    keys: Option<HashSet<Key>>,
}

/// What no two listeners of a list share.
type Key = (Atom, Callback, bool);

impl Target {
    /// The longest list that is gone over for a duplicate.
    const SHORT: usize = 32;

    fn contains(&self, listeners: &[Listener], key: Key) -> bool {
        if self.listeners.len() > Self::SHORT {
            return self.keys.as_ref().is_some_and(|keys| keys.contains(&key));
        }
        self.listeners.iter().any(|id| listeners[id.index()].key() == key)
    }

    fn push(&mut self, listeners: &[Listener], id: ListenerId) {
        self.listeners.push(id);
        if self.listeners.len() == Self::SHORT + 1 {
            self.keys = Some(self.listeners.iter().map(|id| listeners[id.index()].key()).collect());
        } else if let Some(keys) = &mut self.keys {
            keys.insert(listeners[id.index()].key());
        }
    }

    fn remove(&mut self, listeners: &[Listener], id: ListenerId) {
        let before = self.listeners.len();
        self.listeners.retain(|&other| other != id);
        if self.listeners.len() == Self::SHORT {
            self.keys = None;
        } else if let Some(keys) = &mut self.keys
            && self.listeners.len() < before
        {
            keys.remove(&listeners[id.index()].key());
        }
    }
}

/// What a listener calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Callback {
    /// An object that script gave.
    Object(ObjectId),
    /// The event handler of this name, of the object that the listener belongs to.
    Handler(Atom),
}

/// An event listener.
#[derive(Clone, Debug)]
pub struct Listener {
    /// The type.
    pub event_type: Atom,
    /// The callback.
    pub callback: Callback,
    /// Whether it is called on the way to the target.
    pub capture: bool,
    /// Whether it can't cancel.
    pub passive: bool,
    /// Whether it is removed when called.
    pub once: bool,
    /// Whether it was removed.
    pub removed: bool,
}

impl Listener {
    fn key(&self) -> Key {
        (self.event_type, self.callback, self.capture)
    }

    /// The object that script gave, if it did.
    #[must_use]
    pub fn subject(&self) -> Option<ObjectId> {
        match self.callback {
            Callback::Object(object) => Some(object),
            Callback::Handler(_) => None,
        }
    }
}

/// A clone of a listener list, on the stack while it is short.
#[derive(Clone, Debug)]
pub(crate) enum ListenerList {
    Few([ListenerId; Self::FEW], usize),
    Many(Vec<ListenerId>),
}

impl ListenerList {
    const FEW: usize = 8;

    pub(crate) fn clone_of(target: &Target) -> Self {
        let listeners = target.listeners.as_slice();
        if listeners.len() > Self::FEW {
            return ListenerList::Many(listeners.to_vec());
        }
        let mut few = [ListenerId(0); Self::FEW];
        few[..listeners.len()].copy_from_slice(listeners);
        ListenerList::Few(few, listeners.len())
    }

    pub(crate) fn of(listeners: Vec<ListenerId>) -> Self {
        ListenerList::Many(listeners)
    }

    pub(crate) fn as_slice(&self) -> &[ListenerId] {
        match self {
            ListenerList::Few(listeners, length) => &listeners[..*length],
            ListenerList::Many(listeners) => listeners,
        }
    }
}

impl Default for ListenerList {
    fn default() -> Self {
        ListenerList::Few([ListenerId(0); Self::FEW], 0)
    }
}

/// The associated realm of a listener's callback; that of the target whose handler it is.
pub(crate) fn realm_of_callback(m: &Machine, target: ObjectId, listener: ListenerId) -> RealmId {
    m.object(m.listener(listener).subject().unwrap_or(target)).realm
}

/// Calls the callback of a listener with an event.
///
/// # Errors
/// What the callback threw.
pub(crate) fn call(
    m: &mut Machine,
    h: &mut impl Host,
    listener: ListenerId,
    event: EventId,
    current_target: ObjectId,
) -> Completion {
    match m.listener(listener).callback {
        Callback::Object(object) => {
            let arguments = [Value::Object(m.event(event).object)];
            callback::call_a_user_objects_operation(m, h, object, &arguments, Value::Object(current_target))
        }
        Callback::Handler(name) => event_handlers::process(m, h, current_target, name, event),
    }
}

/// What `addEventListener()` reads from its third argument.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Options {
    /// `capture`.
    pub capture: bool,
    /// `passive`, null where it was not given.
    pub passive: Option<bool>,
    /// `once`.
    pub once: bool,
    /// `signal`.
    pub signal: Option<SignalId>,
}

/// Get the parent. <https://dom.spec.whatwg.org/#get-the-parent>
#[must_use]
pub fn get_the_parent(m: &Machine, target: ObjectId) -> Option<ObjectId> {
    match m.object(target).kind {
        Kind::Node(parent) => parent,
        Kind::EventTarget if m.is_bent(Quirk::GlobalIsParent) => Some(m.realm(m.object(target).realm).global),
        _ => None,
    }
}

/// The default passive value. <https://dom.spec.whatwg.org/#default-passive-value>
fn default_passive_value(m: &mut Machine, event_type: Atom, target: ObjectId) -> bool {
    step!(m, DEFAULT_PASSIVE_VALUE, "1.*1");
    let is_type = matches!(event_type, atom::TOUCH_START | atom::TOUCH_MOVE | atom::WHEEL | atom::MOUSE_WHEEL);
    branch!(m, DEFAULT_PASSIVE_VALUE, "1.*1", is_type);
    step!(m, DEFAULT_PASSIVE_VALUE, "1.*2");
    let object = m.object(target);
    let is_window = matches!(object.kind, Kind::Global) && m.realm(object.realm).is_window;
    branch!(m, DEFAULT_PASSIVE_VALUE, "1.*2", is_window);
    step!(m, DEFAULT_PASSIVE_VALUE, "2");
    let unknown = event_type != atom::WHEEL && m.is_bent(Quirk::OnlyWheelPassive);
    is_type && ((is_window && !unknown) || m.is_bent(Quirk::PassiveByDefault))
}

/// Add an event listener, and give its id if it was added. <https://dom.spec.whatwg.org/#add-an-event-listener>
///
/// Step 1 warns on a console, which no script can see.
pub fn add_an_event_listener(
    m: &mut Machine,
    target: ObjectId,
    event_type: Atom,
    callback: Option<Callback>,
    options: Options,
) -> Option<ListenerId> {
    let subject = callback.and_then(|callback| match callback {
        Callback::Object(object) => Some(object),
        Callback::Handler(_) => None,
    });
    // 2: an aborted signal leaves nothing to add.
    m.took(const { ADD.step("2") }, subject);
    let is_aborted = options.signal.is_some_and(|signal| m.signal(signal).is_aborted());
    if branch!(m, ADD, "2", is_aborted) && !m.is_bent(Quirk::AbortedSignalIgnored) {
        if let Some(callback) = callback.filter(|_| m.is_bent(Quirk::AbortedSignalRemoves)) {
            let key = (event_type, callback, options.capture);
            let mut listeners = m.target(target).listeners.iter().copied();
            if let Some(found) = listeners.find(|id| m.listener(*id).key() == key) {
                remove_an_event_listener(m, target, found);
            }
        }
        return None;
    }
    // 3: nor does a null callback.
    m.took(const { ADD.step("3") }, subject);
    branch!(m, ADD, "3", callback.is_none());
    let callback = callback?;
    let event_type = if m.minds_quirks() { bent_type(m, target, event_type)? } else { event_type };
    // 4: passive gets its default only now.
    branch!(m, ADD, "4", options.passive.is_none());
    let passive = match options.passive {
        Some(passive) => passive,
        None => {
            m.took(const { ADD.step("4") }, subject);
            default_passive_value(m, event_type, target)
        }
    };
    // 5: of listeners alike in type, callback and capture the first stays.
    m.took(const { ADD.step("5") }, subject);
    let key = (event_type, callback, options.capture);
    let mut exists = !branch!(m, ADD, "5", !m.target(target).contains(&m.listeners, key));
    if m.is_bent(Quirk::DuplicatesKept) {
        exists = false;
    }
    if m.is_bent(Quirk::DuplicatesRegardlessOfCapture) {
        exists |= m.target(target).contains(&m.listeners, (event_type, callback, !options.capture));
    }
    if exists && m.is_bent(Quirk::DuplicateReplacesOptions) {
        let first = first_of(m, target, key);
        let listener = &mut m.listeners[first.index()];
        (listener.once, listener.passive) = (options.once, passive);
    }
    let id = ListenerId(m.listeners.len() as u32);
    m.listeners.push(Listener {
        event_type,
        callback,
        capture: options.capture,
        passive,
        once: options.once,
        removed: exists,
    });
    if !exists {
        let again = m.is_bent(Quirk::ReaddedComesFirst)
            && m.listeners[..id.index()].iter().any(|listener| listener.removed && listener.key() == key);
        let (target, listeners) = m.target_and_listeners(target);
        target.push(listeners, id);
        if again {
            target.listeners.rotate_right(1);
        }
    }
    // 6: the signal removes this listener, and not the one that was there already.
    branch!(m, ADD, "6", options.signal.is_some());
    if let Some(signal) = options.signal.filter(|_| !m.is_bent(Quirk::SignalIgnored)) {
        m.took(const { ADD.step("6") }, subject);
        let binds = exists && m.is_bent(Quirk::DuplicateBindsSignal);
        if exists && !binds && m.is_bent(Quirk::SignalRemovesByCallback) {
            return None;
        }
        let listener = if binds { first_of(m, target, key) } else { id };
        abort_signal::add(m, signal, abort_signal::Steps { target, listener });
    }
    (!exists).then_some(id)
}

/// The type that a bent machine keeps a listener for; none if it keeps none.
fn bent_type(m: &mut Machine, target: ObjectId, event_type: Atom) -> Option<Atom> {
    let text = m.atoms.text(event_type).to_owned();
    let of_prototype = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"].contains(&text.as_str());
    if (of_prototype && m.is_bent(Quirk::PrototypeNamesUnheard))
        || (m.is_bent(Quirk::LateListenersIgnored) && is_late(m, target, event_type))
    {
        return None;
    }
    Some(if m.is_bent(Quirk::ListenerTypeLowercased) { m.atoms.intern(&text.to_lowercase()) } else { event_type })
}

/// Whether a type is of a service worker's own events, and the script of that worker was evaluated already.
fn is_late(m: &Machine, target: ObjectId, event_type: Atom) -> bool {
    let object = m.object(target);
    let Scope::ServiceWorker(worker) = m.realm(object.realm).scope else { return false };
    let is_own = matches!(
        event_type,
        atom::BACKGROUND_FETCH_CLICK
            | atom::BACKGROUND_FETCH_SUCCESS
            | atom::BACKGROUND_FETCH_FAIL
            | atom::BACKGROUND_FETCH_ABORT
            | atom::MESSAGE
    );
    is_own && matches!(object.kind, Kind::Global) && m.worker(worker).has_ever_been_evaluated
}

/// Gives listeners the options that a bent machine has kept of them.
pub(crate) fn read_options_again(m: &mut Machine) {
    for (listener, options) in m.watch.aside.kept_options.clone() {
        let is = |m: &Machine, name| matches!(m.own_property(options, name), Some(Property::Data(Value::Bool(true))));
        let (once, passive) = (is(m, atom::ONCE), is(m, atom::PASSIVE));
        let listener = &mut m.listeners[listener.index()];
        (listener.once, listener.passive) = (once, passive);
    }
}

/// The listener of a list that a key stands for.
fn first_of(m: &Machine, target: ObjectId, key: Key) -> ListenerId {
    let listeners = &m.target(target).listeners;
    *listeners.iter().find(|id| m.listener(**id).key() == key).expect("it is there")
}

/// The listener of an object that has the type, callback and capture of another, which may have been removed.
pub(crate) fn alike(m: &Machine, target: ObjectId, listener: ListenerId) -> Option<ListenerId> {
    let key = m.listener(listener).key();
    m.target(target).listeners.iter().copied().find(|id| m.listener(*id).key() == key)
}

/// Whether an object has a listener for a type.
#[must_use]
pub fn has_listener(m: &Machine, target: ObjectId, event_type: Atom) -> bool {
    m.target(target).listeners.iter().any(|id| m.listener(*id).event_type == event_type)
}

/// Whether an object or one of its parents has a listener for the type of an event.
#[must_use]
pub fn is_heard(m: &Machine, target: ObjectId, event: EventId) -> bool {
    let event_type = m.event(event).event_type;
    let mut path = iter::successors(Some(target), |node| get_the_parent(m, *node));
    path.any(|node| has_listener(m, node, event_type))
}

/// Remove an event listener. <https://dom.spec.whatwg.org/#remove-an-event-listener>
///
/// Step 1 warns on a console, which no script can see.
pub fn remove_an_event_listener(m: &mut Machine, target: ObjectId, listener: ListenerId) {
    m.took(const { REMOVE.step("2") }, m.listener(listener).subject());
    let stays = m.is_bent(const { Quirk::of("lists-cloned-first") });
    m.listeners[listener.index()].removed = !m.is_bent(Quirk::RemoveLeavesMark) && !stays;
    let (target, listeners) = m.target_and_listeners(target);
    target.remove(listeners, listener);
}

/// `addEventListener()`, which gives the id of the listener if it was added.
/// <https://dom.spec.whatwg.org/#dom-eventtarget-addeventlistener>
pub fn add_event_listener(
    m: &mut Machine,
    target: ObjectId,
    event_type: Atom,
    callback: Option<ObjectId>,
    options: Options,
) -> Option<ListenerId> {
    // Rejections are announced here, and no event tells of them.
    if matches!(event_type, atom::UNHANDLED_REJECTION | atom::REJECTION_HANDLED) {
        m.unknown |= matches!(m.object(target).kind, Kind::Global);
    }
    step!(m, ADD_EVENT_LISTENER, "2");
    add_an_event_listener(m, target, event_type, callback.map(Callback::Object), options)
}

/// `removeEventListener()`. <https://dom.spec.whatwg.org/#dom-eventtarget-removeeventlistener>
pub fn remove_event_listener(
    m: &mut Machine,
    target: ObjectId,
    event_type: Atom,
    callback: Option<ObjectId>,
    capture: bool,
) {
    // 2: type, callback and capture must be the same; nothing else is compared.
    m.took(const { REMOVE_EVENT_LISTENER.step("2") }, callback);
    let Some(callback) = callback.map(Callback::Object) else {
        branch!(m, REMOVE_EVENT_LISTENER, "2", false);
        return;
    };
    if m.minds_quirks() && keeps_listeners(m, target, event_type) {
        return;
    }
    if m.is_bent(Quirk::RemovesEverywhere) {
        let key = (event_type, callback, capture);
        for other in (0..m.objects.len() as u32).map(ObjectId) {
            let found = m.object(other).target.and_then(|list| {
                let mut listeners = m.targets[list.index()].listeners.iter().copied();
                listeners.find(|id| other != target && m.listener(*id).key() == key)
            });
            if let Some(found) = found {
                remove_an_event_listener(m, other, found);
            }
        }
    }
    let is_meant = |id: &ListenerId| {
        let listener = m.listener(*id);
        listener.event_type == event_type
            && listener.callback == callback
            && (listener.capture == capture
                || m.is_bent(Quirk::RemoveRegardlessOfCapture)
                || m.is_bent(Quirk::RemovalPrefersBubbling)
                || m.is_bent(const { Quirk::of("removal-options-unread") }))
            && !(m.is_bent(Quirk::BoundListenersStay) && is_bound(m, *id))
    };
    let mut meant = m.target(target).listeners.iter().copied().filter(is_meant);
    let found = if m.is_bent(Quirk::RemovalPrefersBubbling) {
        meant.min_by_key(|id| m.listener(*id).capture)
    } else {
        meant.next()
    };
    branch!(m, REMOVE_EVENT_LISTENER, "2", found.is_some());
    if let Some(found) = found {
        remove_an_event_listener(m, target, found);
    }
}

/// Whether a bent machine removes nothing from a target now.
fn keeps_listeners(m: &Machine, target: ObjectId, event_type: Atom) -> bool {
    (m.is_bent(Quirk::RemovalWaits) && is_busy(m, target))
        || (m.is_bent(Quirk::LateRemovalIgnored) && is_late(m, target, event_type))
}

/// Whether an event is being dispatched that has come to a target.
#[must_use]
pub fn is_busy(m: &Machine, target: ObjectId) -> bool {
    m.events.iter().any(|event| event.dispatch && event.current_target == Some(target))
}

/// Whether a listener has an option that says how long it stays or what it can do.
fn is_bound(m: &Machine, id: ListenerId) -> bool {
    let listener = m.listener(id);
    let by_signal = || m.signals.iter().any(|signal| signal.algorithms.iter().any(|steps| steps.listener == id));
    listener.once || listener.passive || by_signal()
}

/// How deep a dispatch may recur where a bent machine lets it.
const DEEPEST: u32 = 40;

/// `dispatchEvent()`. <https://dom.spec.whatwg.org/#dom-eventtarget-dispatchevent>
///
/// # Errors
/// Throws an `InvalidStateError` for an event that is being dispatched or was never initialised.
pub fn dispatch_event(m: &mut Machine, h: &mut impl Host, target: ObjectId, event: EventId) -> Completion {
    step!(m, DISPATCH_EVENT, "1");
    if m.is_bent(Quirk::UnheardUnchecked) && !is_heard(m, target, event) {
        m.event_mut(event).target = Some(target);
        return Ok(Value::Bool(true));
    }
    if m.is_bent(Quirk::UnheardUntouched) && !is_heard(m, target, event) {
        return Ok(Value::Bool(true));
    }
    let recursive = m.event(event).dispatch;
    if recursive && m.is_bent(Quirk::RecursionErrorPlain) {
        return Err(crate::quirk::aside::plain_error(m));
    }
    if recursive && m.is_bent(Quirk::RecursionErrorCoded) {
        return Err(coded_error(m, "ERR_EVENT_RECURSION"));
    }
    let too_deep = m.realm(m.object(target).realm).event_loop.stack > DEEPEST;
    if recursive && m.is_bent(Quirk::RedispatchJoins) && !too_deep {
        return Ok(Value::Bool(join(m, h, event, target)));
    }
    let unbound =
        !recursive && !m.event(event).path.is_empty() && m.is_bent(const { Quirk::of("first-listener-ends") });
    if ((recursive && m.is_bent(Quirk::RedispatchAllowed)) || unbound) && !too_deep {
        // The outer dispatch has to find what it left, but for the flags.
        let outer = m.event(event).clone();
        m.event_mut(event).path.clear();
        let result = dispatch::dispatch(m, h, event, target);
        let event = m.event_mut(event);
        (event.path, event.dispatch) = (outer.path, recursive);
        (event.current_target, event.event_phase) = (outer.current_target, outer.event_phase);
        return Ok(Value::Bool(result));
    }
    if m.minds_quirks()
        && let Some(result) = bent_dispatch(m, target, event)
    {
        return result;
    }
    let refused = m.event(event).dispatch || !m.event(event).initialized;
    if branch!(m, DISPATCH_EVENT, "1", refused) || (unbound && too_deep) {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    step!(m, DISPATCH_EVENT, "2");
    if !m.is_bent(Quirk::StaysTrusted) {
        m.event_mut(event).is_trusted = false;
    }
    step!(m, DISPATCH_EVENT, "3");
    let result = dispatch::dispatch(m, h, event, target);
    if let Some(exception) = m.watch.aside.escaped.take().or_else(|| m.watch.aside.thrown.take()) {
        return Err(exception);
    }
    Ok(self::result(m, result))
}

/// What `dispatchEvent()` returns.
pub(crate) fn result(m: &Machine, not_canceled: bool) -> Value {
    if m.is_bent(Quirk::DispatchGivesNothing) { Value::Undefined } else { Value::Bool(not_canceled) }
}

/// What a bent machine does instead of dispatching; none if it dispatches all the same.
fn bent_dispatch(m: &mut Machine, target: ObjectId, event: EventId) -> Option<Completion> {
    // What a bent machine begins may never end.
    if m.has_quirks() && m.realm(m.object(target).realm).event_loop.stack > DEEPEST {
        return Some(Ok(Value::Bool(true)));
    }
    let data = m.event(event);
    let refused = (m.is_bent(Quirk::NestedDispatchRefused) && m.events.iter().any(|event| event.dispatch))
        || (m.is_bent(Quirk::UntypedUndispatched) && data.event_type == atom::EMPTY)
        || (m.is_bent(Quirk::DispatchedOnce) && data.target.is_some());
    if refused {
        return Some(Err(m.dom_exception(atom::INVALID_STATE_ERROR)));
    }
    if m.is_bent(Quirk::FunctionalUndispatchable) && data.interface.is(Interface::ExtendableEvent) {
        return Some(Ok(Value::Bool(true)));
    }
    if m.is_bent(Quirk::DispatchQueued) && !data.dispatch {
        let realm = m.object(target).realm;
        event_loop::queue_a_microtask(m, realm, Microtask::Dispatch(event, target));
        return Some(Ok(Value::Bool(true)));
    }
    None
}

/// An `Error` with a code, which only a bent machine throws.
fn coded_error(m: &mut Machine, code: &str) -> Value {
    let error = crate::quirk::aside::plain_error(m);
    if let Value::Object(object) = error {
        let code = Value::String(m.atoms.intern(code));
        m.define_property(object, atom::CODE, Property::Data(code));
    }
    error
}

/// Calls the listeners of another target amid a dispatch, as a bent machine does, and tells whether nobody canceled the event.
fn join(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId) -> bool {
    let outer = m.watch.aside.joined.replace(target);
    let capturing = m.event(event).event_phase == EventPhase::Capturing;
    let phase = if capturing { Phase::Capturing } else { Phase::Bubbling };
    let listeners = m.target(target).listeners.clone();
    inner_invoke::inner_invoke(m, h, event, &listeners, phase);
    m.watch.aside.joined = outer;
    !m.event(event).canceled
}
