//! Calling operations. <https://webidl.spec.whatwg.org/#dfn-create-operation-function>

use crate::atom::{self, Atom};
use crate::background_fetch::{abort, fetch, get, get_ids, match_all, update_ui};
use crate::dom::create_an_event::{self, EventInit};
use crate::dom::event_target::Options;
use crate::dom::{abort_controller, abort_signal, event, event_target};
use crate::ecmascript::conversions::to_boolean;
use crate::ecmascript::promise;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::service_worker::{extendable_event, focus, open_window, skip_waiting, unregister};
use crate::step::{Algorithm, branch, step};
use crate::value::{Completion, EventId, Kind, ListenerId, ObjectId, PromiseId, Property, Value};
use crate::web_idl::callback;
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string as to_string;
use crate::web_idl::get::get;
use crate::web_idl::interfaces::{self, Interface, Member};

const OVERLOAD: Algorithm = Algorithm::of("webidl/overload resolution algorithm");
const BRAND: Algorithm = Algorithm::of("webidl/create an operation function");

/// What became of a call.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Called {
    /// There is no such operation: the object has nothing of that name that can be called.
    Missing,
    /// It ended so.
    Ended(Completion),
}

/// Calls the method of an object by name.
pub fn call_method(m: &mut Machine, h: &mut impl Host, object: ObjectId, name: Atom, arguments: &[Value]) -> Called {
    if let Some(Property::Data(value)) = m.own_property(object, name) {
        return match value.object().filter(|function| m.is_callable(*function)) {
            Some(function) => Called::Ended(callback::call(m, h, function, Value::Object(object), arguments)),
            None => Called::Missing,
        };
    }
    if let Kind::InterfaceObject(interface) = m.object(object).kind {
        return call_static(m, h, interface, name, arguments);
    }
    if matches!(m.object(object).kind, Kind::Performance) && name == atom::NOW {
        return Called::Ended(Ok(Value::Number(m.now())));
    }
    if let Kind::Array(ref items) = m.object(object).kind
        && let Ok(index) = m.atoms.text(name).parse::<usize>()
    {
        // An item that is a function, called as a method of the array: `arguments[0](…)`.
        let item = items.get(index).and_then(|item| item.object()).filter(|item| m.is_callable(*item));
        return match item {
            Some(function) => Called::Ended(callback::call(m, h, function, Value::Object(object), arguments)),
            None => Called::Missing,
        };
    }
    let scope = m.realm(m.object(object).realm).scope;
    let member = interfaces::of(&m.object(object).kind, m, scope).and_then(|of| interfaces::member(m, of, name));
    match member {
        Some((declared_by, Member::Operation(required))) => {
            Called::Ended(call_operation(m, h, declared_by, name, required, Value::Object(object), arguments))
        }
        _ => Called::Missing,
    }
}

/// Calls the operation that an interface declares, with any value as `this`.
pub fn call_with_this(
    m: &mut Machine,
    h: &mut impl Host,
    interface: Interface,
    name: Atom,
    this: Value,
    arguments: &[Value],
) -> Called {
    let is_signal = this.object().is_some_and(|object| matches!(m.object(object).kind, Kind::AbortSignal(_)));
    if interface == Interface::EventTarget && is_signal && m.is_bent(Quirk::AbortSignalApart) {
        return Called::Ended(Err(m.type_error()));
    }
    match interfaces::member(m, interface, name) {
        Some((declared_by, Member::Operation(required))) => {
            Called::Ended(call_operation(m, h, declared_by, name, required, this, arguments))
        }
        _ => Called::Missing,
    }
}

fn call_static(m: &mut Machine, h: &mut impl Host, interface: Interface, name: Atom, arguments: &[Value]) -> Called {
    let Some((_, Member::Static(required))) = interfaces::member(m, interface, name) else {
        return Called::Missing;
    };
    step!(m, OVERLOAD, "too few arguments");
    if branch!(m, OVERLOAD, "too few arguments", arguments.len() < usize::from(required))
        && !m.is_bent(Quirk::MissingArguments)
    {
        return Called::Ended(Err(m.type_error()));
    }
    let first = arguments.first().copied().unwrap_or(Value::Undefined);
    Called::Ended(match name {
        atom::ABORT => Ok(Value::Object(abort_signal::abort(m, first))),
        atom::TIMEOUT => convert::enforce_range(m, h, first)
            .map(|milliseconds| Value::Object(abort_signal::timeout(m, milliseconds))),
        _ => convert::abort_signals(m, first).map(|signals| Value::Object(abort_signal::any(m, &signals))),
    })
}

/// No operation requires more arguments.
const MOST_REQUIRED: usize = 4;

fn call_operation(
    m: &mut Machine,
    h: &mut impl Host,
    interface: Interface,
    name: Atom,
    required: u8,
    this: Value,
    arguments: &[Value],
) -> Completion {
    // Operations that give a promise never throw: whatever goes wrong rejects it.
    let gives_promise = matches!(
        interface,
        Interface::BackgroundFetchManager
            | Interface::BackgroundFetchRegistration
            | Interface::BackgroundFetchUpdateUIEvent
            | Interface::Clients
            | Interface::WindowClient
    ) || matches!(name, atom::UNREGISTER | atom::SKIP_WAITING);
    let result = checked_operation(m, h, interface, name, required, this, arguments);
    match result {
        Err(exception) if gives_promise && !m.is_bent(Quirk::PromiseMethodsThrow) => {
            let promise = promise::rejected_with(m, exception);
            Ok(Value::Object(m.promise(promise).object))
        }
        result => result,
    }
}

fn checked_operation(
    m: &mut Machine,
    h: &mut impl Host,
    interface: Interface,
    name: Atom,
    required: u8,
    this: Value,
    arguments: &[Value],
) -> Completion {
    step!(m, BRAND, "this");
    let given = this;
    let this = match this {
        // Operations of a global take `undefined` and `null` for the global itself.
        Value::Undefined | Value::Null if m.is_bent(Quirk::NullThisRefused) => return Err(m.type_error()),
        Value::Undefined | Value::Null => m.realm(m.current).global,
        Value::Object(object) if m.object(object).target.is_none() && takes_global(m, interface) => {
            m.realm(m.current).global
        }
        Value::Object(object) => object,
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Symbol | Value::BigInt(_) => {
            if takes_global(m, interface) {
                m.realm(m.current).global
            } else {
                return refused_this(m, h, name, this, arguments);
            }
        }
    };
    let scope = m.realm(m.object(this).realm).scope;
    let implements = interfaces::of(&m.object(this).kind, m, scope).is_some_and(|of| of.is(interface));
    if branch!(m, BRAND, "this", !implements) {
        return refused_this(m, h, name, given, arguments);
    }
    if interface == Interface::EventTarget
        && m.is_bent(Quirk::ConstructorLookedUp)
        && m.own_property(this, atom::CONSTRUCTOR).is_some()
    {
        return Err(m.type_error());
    }
    step!(m, OVERLOAD, "too few arguments");
    if branch!(m, OVERLOAD, "too few arguments", arguments.len() < usize::from(required))
        && !m.is_bent(Quirk::MissingArguments)
    {
        return Err(m.type_error());
    }
    let mut padded = [Value::Undefined; MOST_REQUIRED];
    let arguments = if arguments.len() < usize::from(required) {
        padded[..arguments.len()].copy_from_slice(arguments);
        &padded[..usize::from(required)]
    } else {
        arguments
    };
    step!(m, BRAND, "convert arguments");
    match m.object(this).kind {
        Kind::Event(event) => event_operation(m, h, event, name, arguments),
        Kind::AbortController(signal) => {
            let reason = arguments.first().copied().unwrap_or(Value::Undefined);
            abort_controller::abort(m, h, signal, reason);
            m.watch.aside.escaped.take().map_or(Ok(Value::Undefined), Err)
        }
        Kind::AbortSignal(signal) if name == atom::THROW_IF_ABORTED => abort_signal::throw_if_aborted(m, signal),
        Kind::BackgroundFetchManager(of) => {
            let promise = match name {
                atom::FETCH => fetch::fetch(m, h, of, arguments)?,
                atom::GET => {
                    let id = to_string(m, h, arguments[0])?;
                    get::get(m, of, id)
                }
                _ => get_ids::get_ids(m, of),
            };
            Ok(promise_object(m, promise))
        }
        Kind::BackgroundFetchRegistration(ref instance)
            if matches!(name, atom::ABORT | atom::MATCH | atom::MATCH_ALL) =>
        {
            let instance = *instance;
            let promise = match name {
                atom::ABORT => abort::abort(m, instance.background_fetch),
                atom::MATCH => match_all::match_first(m, h, &instance, arguments)?,
                _ => match_all::match_all_of(m, h, &instance, arguments)?,
            };
            Ok(promise_object(m, promise))
        }
        Kind::Clients => {
            let url = to_string(m, h, arguments[0])?;
            let promise = open_window::open_window(m, url);
            Ok(promise_object(m, promise))
        }
        Kind::WindowClient(_) => {
            let promise = focus::focus(m, this);
            Ok(promise_object(m, promise))
        }
        Kind::ServiceWorkerRegistration(registration) if name == atom::UNREGISTER => {
            let promise = unregister::unregister(m, registration);
            Ok(promise_object(m, promise))
        }
        Kind::Global if name == atom::SKIP_WAITING => {
            let promise = skip_waiting::skip_waiting(m);
            Ok(promise_object(m, promise))
        }
        _ => event_target_operation(m, h, this, name, arguments),
    }
}

/// What comes of a call on something that the operation is none of: a `TypeError`, unless the machine is bent.
fn refused_this(m: &mut Machine, h: &mut impl Host, name: Atom, this: Value, arguments: &[Value]) -> Completion {
    let argument = |index: usize| arguments.get(index).copied().unwrap_or(Value::Undefined);
    let is_prototype = |object: ObjectId| {
        matches!(m.object(object).kind, Kind::InterfacePrototype(Interface::EventTarget))
            && m.is_bent(Quirk::PrototypeAsTarget)
    };
    let passes = match name {
        atom::STOP_PROPAGATION | atom::STOP_IMMEDIATE_PROPAGATION => {
            this.object().is_some() && m.is_bent(Quirk::StoppingThisUnchecked)
        }
        atom::PREVENT_DEFAULT | atom::COMPOSED_PATH => {
            !matches!(this, Value::Undefined | Value::Null) && m.is_bent(Quirk::CancelingThisUnchecked)
        }
        atom::INIT_EVENT => this.object().is_some() && m.is_bent(Quirk::InitThisUnchecked),
        atom::THROW_IF_ABORTED => this.object().is_some() && m.is_bent(Quirk::AbortedThisUnchecked),
        atom::ADD_EVENT_LISTENER | atom::REMOVE_EVENT_LISTENER => this.object().is_some_and(is_prototype),
        _ => false,
    };
    if passes && name == atom::COMPOSED_PATH {
        return Ok(Value::Object(m.create_object(Kind::Array(Vec::new()))));
    }
    if passes {
        return Ok(Value::Undefined);
    }
    match name {
        atom::INIT_EVENT if m.is_bent(Quirk::InitThisLate) => {
            to_string(m, h, argument(0))?;
        }
        atom::ADD_EVENT_LISTENER | atom::REMOVE_EVENT_LISTENER if m.is_bent(Quirk::ThisAfterArguments) => {
            let (_, _, options) = listener_arguments(m, h, name, arguments)?;
            if options.is_none() {
                convert::add_event_listener_options(m, h, argument(2))?;
            }
        }
        _ => {}
    }
    Err(m.type_error())
}

/// Whether a bent machine calls an operation on the global where `this` is no `EventTarget`.
fn takes_global(m: &Machine, interface: Interface) -> bool {
    interface == Interface::EventTarget && m.is_bent(Quirk::ThisUnchecked)
}

fn promise_object(m: &Machine, promise: PromiseId) -> Value {
    Value::Object(m.promise(promise).object)
}

/// What is left of the options of a listener once a bent machine has asked the signal's own method to bind it.
fn bound_by_method(m: &mut Machine, h: &mut impl Host, options: Options) -> Result<Options, Value> {
    let Some(signal) = options.signal.filter(|_| m.is_bent(Quirk::SignalByMethod)) else { return Ok(options) };
    let object = m.signal(signal).object;
    Ok(match callback::call_own_method(m, h, object, atom::ADD_EVENT_LISTENER) {
        Some(result) => {
            result?;
            Options { signal: None, ..options }
        }
        None => options,
    })
}

fn event_target_operation(
    m: &mut Machine,
    h: &mut impl Host,
    this: ObjectId,
    name: Atom,
    arguments: &[Value],
) -> Completion {
    if name == atom::DISPATCH_EVENT {
        let is_null = matches!(arguments[0], Value::Undefined | Value::Null);
        let event = match convert::event(m, arguments[0]) {
            Err(_) if m.is_bent(Quirk::AnythingDispatched) || (!is_null && m.is_bent(Quirk::NonNullDispatched)) => {
                let gives_nothing = m.is_bent(const { Quirk::of("dispatch-gives-nothing") });
                return Ok(if gives_nothing { Value::Undefined } else { Value::Bool(true) });
            }
            Err(_)
                if own_type(m, arguments[0]).is_some_and(|of| event_target::has_listener(m, this, of))
                    && m.is_bent(Quirk::EventLikeInvalid) =>
            {
                return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
            }
            Err(error) => event_of(m, arguments[0]).ok_or(error)?,
            event => event?,
        };
        if m.is_bent(Quirk::ComposedPathByMethod) {
            let object = m.event(event).object;
            let path = callback::call_own_method(m, h, object, atom::COMPOSED_PATH).transpose()?;
            let is_list = |path: Value| path.object().is_some_and(|path| matches!(m.object(path).kind, Kind::Array(_)));
            if path.is_some_and(|path| !is_list(path)) {
                return Err(m.type_error());
            }
        }
        return event_target::dispatch_event(m, h, this, event);
    }
    let adds = name == atom::ADD_EVENT_LISTENER;
    if !adds && m.is_bent(Quirk::RemoveNullEndsEarly) && !is_known(m, this, arguments[1]) {
        return Ok(Value::Undefined);
    }
    let is_null = matches!(arguments[1], Value::Undefined | Value::Null);
    if !adds && is_null && m.is_bent(Quirk::RemovalOfNullEnds) {
        return Ok(Value::Undefined);
    }
    let (event_type, callback, options) = listener_arguments(m, h, name, arguments)?;
    if let Some(object) = callback.filter(|object| adds && m.is_bent(Quirk::HandleEventKept) && !m.is_callable(*object))
    {
        let operation = get(m, h, object, atom::HANDLE_EVENT)?;
        if !operation.object().is_some_and(|operation| m.is_callable(operation)) {
            return Err(m.type_error());
        }
        m.kept_operations.retain(|(of, _)| *of != object);
        m.kept_operations.push((object, operation));
    }
    let callback = match callback.and_then(|object| m.own_property(object, atom::HANDLE_EVENT)) {
        Some(Property::Data(Value::Object(operation))) if m.is_bent(Quirk::HandleEventTaken) => Some(operation),
        _ => callback,
    };
    if adds && callback.is_none() && m.is_bent(Quirk::NullCallbackEndsEarly) {
        return Ok(Value::Undefined);
    }
    if adds {
        let given = argument(arguments, 2).object().filter(|_| m.is_bent(Quirk::OptionsLive));
        let options = match options {
            Some(options) => options,
            None => convert::add_event_listener_options(m, h, argument(arguments, 2))?,
        };
        let options = bound_by_method(m, h, options)?;
        let callback = callback.or_else(|| added_null(m, arguments[1]));
        let listener = event_target::add_event_listener(m, this, event_type, callback, options);
        m.watch.aside.kept_options.extend(listener.zip(given));
        late_options(m, h, this, listener, argument(arguments, 2))?;
    } else {
        let capture = convert::removal_options(m, h, argument(arguments, 2))?;
        if m.is_bent(Quirk::RemoveUnknownRefused) && !is_known(m, this, arguments[1]) {
            return Err(m.type_error());
        }
        event_target::remove_event_listener(m, this, event_type, callback, capture);
    }
    if m.is_bent(Quirk::ListenerMethodsGiveTrue) {
        return Ok(Value::Bool(true));
    }
    Ok(if m.is_bent(Quirk::AddGivesTarget) { Value::Object(this) } else { Value::Undefined })
}

fn argument(arguments: &[Value], index: usize) -> Value {
    arguments.get(index).copied().unwrap_or(Value::Undefined)
}

/// The type and the callback that a listener is added or removed with; the options too, where a bent machine has read them already.
fn listener_arguments(
    m: &mut Machine,
    h: &mut impl Host,
    name: Atom,
    arguments: &[Value],
) -> Result<(Atom, Option<ObjectId>, Option<Options>), Value> {
    let adds = name == atom::ADD_EVENT_LISTENER;
    let mut callback = None;
    if m.is_bent(if adds { Quirk::CallbackBeforeType } else { Quirk::RemovalCallbackFirst }) {
        callback = Some(convert::event_listener(m, h, argument(arguments, 1))?);
    }
    let is_strange = arguments.get(2).is_some_and(|options| options.object().is_none());
    if adds && is_strange && m.is_bent(Quirk::OptionsMustBeObject) {
        return Err(m.type_error());
    }
    let mut options = None;
    let at_use = adds && m.is_bent(Quirk::ListenerTypeAtUse);
    if adds && (m.is_bent(Quirk::OptionsBeforeType) || at_use) {
        options = Some(convert::add_event_listener_options(m, h, argument(arguments, 2))?);
        if callback.is_none() {
            callback = Some(convert::event_listener(m, h, argument(arguments, 1))?);
        }
    }
    if at_use && argument(arguments, 0) != Value::Symbol {
        for _ in 1..4 {
            to_string(m, h, argument(arguments, 0))?;
        }
    }
    let event_type = listener_type(m, h, argument(arguments, 0), adds)?;
    let callback = match callback {
        Some(callback) => callback,
        None => convert::event_listener(m, h, argument(arguments, 1))?,
    };
    Ok((event_type, callback, options))
}

/// The type that a listener is added or removed for.
fn listener_type(m: &mut Machine, h: &mut impl Host, value: Value, adds: bool) -> Result<Atom, Value> {
    let unconverted = if adds { Quirk::ListenerTypeUnconverted } else { Quirk::RemovalTypeUnconverted };
    match value {
        Value::String(text) => Ok(text),
        Value::Symbol if m.is_bent(Quirk::ListenerTypeRefused) => Ok(no_type(m)),
        Value::Symbol if adds && m.is_bent(Quirk::ListenerTypeAtUse) => Ok(no_type(m)),
        _ if m.is_bent(Quirk::ListenerTypeRefused) => Err(m.plain_error()),
        _ if m.is_bent(unconverted) => Ok(no_type(m)),
        value => to_string(m, h, value),
    }
}

/// A type that no event has.
fn no_type(m: &mut Machine) -> Atom {
    m.atoms.intern("\0")
}

/// What a bent machine adds where the callback is null.
fn added_null(m: &mut Machine, callback: Value) -> Option<ObjectId> {
    let added = m.is_bent(Quirk::NullCallbackAdded)
        || (callback == Value::Undefined && m.is_bent(Quirk::UndefinedCallbackAdded));
    added.then(|| {
        let object = m.create_object(Kind::Plain);
        m.watch.aside.nulls.push(object);
        object
    })
}

/// What a bent machine does with the options of a listener that was added already.
fn late_options(
    m: &mut Machine,
    h: &mut impl Host,
    target: ObjectId,
    listener: Option<ListenerId>,
    options: Value,
) -> Result<(), Value> {
    let Some(listener) = listener else { return Ok(()) };
    if let Some(options) = options.object().filter(|_| m.is_bent(Quirk::OptionsReadLate)) {
        m.watch.aside.options.push((listener, options));
    }
    if m.is_bent(Quirk::SignalCheckedLate)
        && let Some(signal) = convert::late_signal(m, h, options)?
    {
        abort_signal::add(m, signal, abort_signal::Steps { target, listener });
    }
    Ok(())
}

/// The type that script gave an object that is no event.
fn own_type(m: &Machine, value: Value) -> Option<Atom> {
    match m.own_property(value.object()?, atom::TYPE) {
        Some(Property::Data(Value::String(event_type))) => Some(event_type),
        _ => None,
    }
}

/// What a bent machine dispatches for an object that is no event: an event of the type that script gave the object.
fn event_of(m: &mut Machine, value: Value) -> Option<EventId> {
    let itself = m.is_bent(Quirk::EventLikeHandedOver);
    if !itself && !m.is_bent(Quirk::EventLikeDispatched) {
        return None;
    }
    let object = value.object()?;
    let event_type = own_type(m, value)?;
    let event = create_an_event::construct(m, Interface::Event, event_type, EventInit::default());
    if itself {
        m.event_mut(event).object = object;
    }
    Some(event)
}

/// Whether some listener of an object calls this.
fn is_known(m: &Machine, target: ObjectId, callback: Value) -> bool {
    let listeners = &m.target(target).listeners;
    callback.object().is_some_and(|object| listeners.iter().any(|id| m.listener(*id).subject() == Some(object)))
}

fn event_operation(m: &mut Machine, h: &mut impl Host, id: EventId, name: Atom, arguments: &[Value]) -> Completion {
    let argument = |index: usize| arguments.get(index).copied().unwrap_or(Value::Undefined);
    if name == atom::INIT_EVENT && m.event(id).dispatch && m.is_bent(Quirk::InitUnconverted) {
        return Ok(Value::Undefined);
    }
    match name {
        atom::COMPOSED_PATH => {
            let mut path = Vec::new();
            event::composed_path(m, id, &mut path);
            let items = path.into_iter().map(Value::Object).collect();
            return Ok(Value::Object(m.create_object(Kind::Array(items))));
        }
        atom::STOP_PROPAGATION => event::stop_propagation(m, id),
        atom::STOP_IMMEDIATE_PROPAGATION => event::stop_immediate_propagation(m, id),
        atom::PREVENT_DEFAULT => event::set_the_canceled_flag(m, id),
        atom::INIT_EVENT => {
            let kept = !matches!(argument(0), Value::String(_)) && m.is_bent(Quirk::TypeUnconverted);
            let event_type = if kept { atom::EMPTY } else { to_string(m, h, argument(0))? };
            if m.minds_quirks() && (!m.event(id).dispatch || m.is_bent(const { Quirk::of("init-during-dispatch") })) {
                let booleans = m.is_bent(Quirk::BooleansKept);
                let given = |value: Value| Some(value).filter(|value| booleans && *value != Value::Undefined);
                m.watch.aside.keep_attribute(id, atom::TYPE, Some(argument(0)).filter(|_| kept));
                m.watch.aside.keep_attribute(id, atom::BUBBLES, given(argument(1)));
                m.watch.aside.keep_attribute(id, atom::CANCELABLE, given(argument(2)));
            }
            event::init_event(m, id, event_type, to_boolean(argument(1)), to_boolean(argument(2)));
        }
        atom::INIT_CUSTOM_EVENT => {
            let event_type = to_string(m, h, argument(0))?;
            let detail =
                if arguments.len() > 3 && arguments[3] != Value::Undefined { arguments[3] } else { Value::Null };
            let (bubbles, cancelable) = (to_boolean(argument(1)), to_boolean(argument(2)));
            event::init_custom_event(m, id, event_type, bubbles, cancelable, detail);
        }
        atom::WAIT_UNTIL => extendable_event::wait_until(m, h, id, argument(0))?,
        _ => {
            let promise = update_ui::update_ui(m, h, id, argument(0))?;
            return Ok(promise_object(m, promise));
        }
    }
    let is_flag = matches!(name, atom::STOP_PROPAGATION | atom::STOP_IMMEDIATE_PROPAGATION | atom::PREVENT_DEFAULT);
    if is_flag && m.is_bent(Quirk::MethodsGiveEvent) {
        return Ok(Value::Object(m.event(id).object));
    }
    Ok(Value::Undefined)
}
