//! Event handlers and event handler IDL attributes.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes>
//!
//! Content attributes, and with them handlers that are kept as source text, don't exist where this model applies.

use crate::atom::{self, Atom};
use crate::dom::event::{Payload, set_the_canceled_flag};
use crate::dom::event_target::{Callback, Listener, Options, add_an_event_listener, is_busy, remove_an_event_listener};
use crate::ecmascript::conversions::to_boolean;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{Completion, EventId, Kind, ListenerId, ObjectId, Value};
use crate::web_idl::callback;
use crate::web_idl::interfaces::Interface;

const SETTER: Algorithm = Algorithm::of("html/event handler IDL attribute setter");
const GETTER: Algorithm = Algorithm::of("html/getting the current value of the event handler");
const ACTIVATE: Algorithm = Algorithm::of("html/activate an event handler");
const DEACTIVATE: Algorithm = Algorithm::of("html/deactivate an event handler");
const PROCESS: Algorithm = Algorithm::of("html/the event handler processing algorithm");

/// An event handler that was set at some time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// Its name, for example `onabort`.
    pub name: Atom,
    /// Its value; an object that can't be called is kept too.
    pub value: Option<ObjectId>,
    /// Its listener.
    pub listener: Option<ListenerId>,
}

/// The event handler event type of a handler that the model knows.
#[must_use]
pub fn event_type(name: Atom) -> Option<Atom> {
    match name {
        atom::ON_ABORT => Some(atom::ABORT),
        atom::ON_ERROR => Some(atom::ERROR),
        atom::ON_PROGRESS => Some(atom::PROGRESS),
        atom::ON_INSTALL => Some(atom::INSTALL),
        atom::ON_ACTIVATE => Some(atom::ACTIVATE),
        atom::ON_MESSAGE => Some(atom::MESSAGE),
        atom::ON_MESSAGE_ERROR => Some(atom::MESSAGE_ERROR),
        atom::ON_BACKGROUND_FETCH_CLICK => Some(atom::BACKGROUND_FETCH_CLICK),
        atom::ON_BACKGROUND_FETCH_SUCCESS => Some(atom::BACKGROUND_FETCH_SUCCESS),
        atom::ON_BACKGROUND_FETCH_FAIL => Some(atom::BACKGROUND_FETCH_FAIL),
        atom::ON_BACKGROUND_FETCH_ABORT => Some(atom::BACKGROUND_FETCH_ABORT),
        _ => None,
    }
}

fn find(m: &Machine, target: ObjectId, name: Atom) -> Option<usize> {
    m.target(target).handlers.iter().position(|handler| handler.name == name)
}

/// The getter of an event handler IDL attribute: the current value, which is never source text here.
#[must_use]
pub fn get(m: &mut Machine, target: ObjectId, name: Atom) -> Value {
    step!(m, GETTER, "body");
    if m.is_bent(Quirk::HandlersPileUp) {
        // The first function that listens.
        let event_type = event_type(name);
        let listeners = m.target(target).listeners.iter().map(|id| m.listener(*id));
        let mut functions = listeners.filter(|of| Some(of.event_type) == event_type).filter_map(Listener::subject);
        return functions.next().map_or(Value::Undefined, Value::Object);
    }
    let value = find(m, target, name).and_then(|index| m.target(target).handlers[index].value);
    let value = value.filter(|_| !m.is_bent(Quirk::HandlerUnreadable));
    if value.is_none() && m.is_bent(Quirk::HandlerUndefined) { Value::Undefined } else { value.into() }
}

/// The setter of an event handler IDL attribute, with a value that was converted already.
pub fn set(m: &mut Machine, target: ObjectId, name: Atom, value: Option<ObjectId>) {
    m.took(const { SETTER.step("body") }, value);
    if m.is_bent(Quirk::HandlersPileUp) {
        let event_type = event_type(name).expect("only known handlers are set");
        add_an_event_listener(m, target, event_type, value.map(Callback::Object), Options::default());
        return;
    }
    if m.is_bent(Quirk::HandlersFixed) && is_busy(m, target) {
        return;
    }
    let index = find(m, target, name).unwrap_or_else(|| {
        let handlers = &mut m.target_mut(target).handlers;
        handlers.push(Handler { name, value: None, listener: None });
        handlers.len() - 1
    });
    m.target_mut(target).handlers[index].value = value;
    let null_activates = m.is_bent(Quirk::NullActivates) && m.target(target).handlers[index].listener.is_none();
    if branch!(m, SETTER, "body", value.is_none()) && !null_activates {
        deactivate(m, target, index);
    } else {
        activate(m, target, index);
    }
}

/// Activate an event handler: the first time, it gets its place among the listeners.
fn activate(m: &mut Machine, target: ObjectId, index: usize) {
    let Handler { name, value, listener } = m.target(target).handlers[index];
    m.took(const { ACTIVATE.step("body") }, value);
    branch!(m, ACTIVATE, "body", listener.is_some());
    if let Some(listener) = listener {
        if !m.is_bent(Quirk::HandlerLosesPlace) && !m.is_bent(Quirk::HandlersAreListeners) {
            return;
        }
        remove_an_event_listener(m, target, listener);
    }
    let event_type = event_type(name).expect("only known handlers are set");
    let options = Options {
        once: m.is_bent(Quirk::HandlerOnce),
        passive: m.is_bent(Quirk::HandlerPassive).then_some(true),
        ..Options::default()
    };
    let function = value.filter(|_| m.is_bent(Quirk::HandlersAreListeners)).map(Callback::Object);
    let callback = function.unwrap_or(Callback::Handler(name));
    let listener = add_an_event_listener(m, target, event_type, Some(callback), options);
    m.target_mut(target).handlers[index].listener = listener;
}

/// Deactivate an event handler: its place among the listeners is lost.
fn deactivate(m: &mut Machine, target: ObjectId, index: usize) {
    step!(m, DEACTIVATE, "body");
    if m.is_bent(Quirk::HandlerKeepsPlace) {
        return;
    }
    let listener = m.target_mut(target).handlers[index].listener.take();
    branch!(m, DEACTIVATE, "body", listener.is_some());
    if let Some(listener) = listener {
        remove_an_event_listener(m, target, listener);
    }
}

/// The event handler processing algorithm.
///
/// # Errors
/// What the handler threw.
pub fn process(m: &mut Machine, h: &mut impl Host, target: ObjectId, name: Atom, event: EventId) -> Completion {
    let value = find(m, target, name).and_then(|index| m.target(target).handlers[index].value);
    m.took(const { PROCESS.step("callback") }, value);
    branch!(m, PROCESS, "callback", value.is_none());
    let Some(value) = value else { return Ok(Value::Undefined) };
    let data = m.event(event);
    if (!data.is_trusted && m.is_bent(Quirk::HandlersNeedTrust))
        || (data.interface == Interface::CustomEvent && m.is_bent(Quirk::HandlersNeedInterface))
    {
        return Ok(Value::Undefined);
    }
    // A global's onerror gets what an ErrorEvent tells as five arguments.
    let error = match (m.event(event).interface, m.event(event).payload) {
        (Interface::ErrorEvent, Payload::Error(error))
            if (name == atom::ON_ERROR && is_global(m, target)) || m.is_bent(Quirk::ErrorEventsSpread) =>
        {
            Some(error)
        }
        _ => None,
    };
    let error = error.filter(|_| !m.is_bent(Quirk::OnerrorOneArgument));
    let no_this = m.is_bent(Quirk::HandlerThisUndefined) || (error.is_some() && m.is_bent(Quirk::OnerrorThisUndefined));
    let this = if no_this {
        Value::Undefined
    } else if m.is_bent(Quirk::HandlerThisGlobal) {
        Value::Object(m.realm(m.object(target).realm).global)
    } else {
        Value::Object(target)
    };
    let result = if branch!(m, PROCESS, "special error event handling", error.is_some())
        && let Some(error) = error
    {
        m.took(const { PROCESS.step("special error event handling") }, Some(value));
        let arguments = [
            Value::String(error.message),
            Value::String(error.filename),
            Value::Number(f64::from(error.lineno)),
            Value::Number(f64::from(error.colno)),
            error.error,
        ];
        callback::invoke_a_callback_function(m, h, value, this, &arguments)?
    } else {
        let argument = Value::Object(m.event(event).object);
        let arguments = [argument, Value::Object(target)];
        let count = if m.is_bent(Quirk::HandlerGetsTwo) { 2 } else { 1 };
        callback::invoke_a_callback_function(m, h, value, this, &arguments[..count])?
    };
    m.took(const { PROCESS.step("return value") }, Some(value));
    if (result == Value::Bool(true) && m.is_bent(Quirk::ReturnTrueCancels))
        || (!to_boolean(result) && m.is_bent(Quirk::FalsyCancels))
        || (result.object().is_some() && m.is_bent(Quirk::ObjectCancels))
    {
        set_the_canceled_flag(m, event);
    }
    if branch!(m, PROCESS, "return value", result == Value::Bool(error.is_some()))
        && !m.is_bent(Quirk::ReturnFalseIgnored)
    {
        set_the_canceled_flag(m, event);
        if m.is_bent(Quirk::ReturnFalseCancelsAll) {
            m.event_mut(event).canceled = true;
        }
    }
    Ok(Value::Undefined)
}

fn is_global(m: &Machine, target: ObjectId) -> bool {
    matches!(m.object(target).kind, Kind::Global)
}
