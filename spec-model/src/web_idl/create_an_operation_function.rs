//! Create an operation function. <https://webidl.spec.whatwg.org/#dfn-create-operation-function>

use crate::atom::{self, Atom};
use crate::background_fetch::{abort, fetch, get, get_ids, match_all, update_ui};
use crate::dom::event_target::Options;
use crate::dom::{abort_controller, abort_signal, event, event_target};
use crate::ecmascript::conversions::to_boolean;
use crate::ecmascript::promise;
use crate::machine::{Host, Machine};
use crate::service_worker::{extendable_event, focus, open_window, post_message, skip_waiting, unregister};
use crate::step::Algorithm;
use crate::value::{Completion, EventId, Kind, ObjectId, PromiseId, SignalId, Value};
use crate::watch::{branch, looked_up, returns, set, step};
use crate::web_idl::construct::argument;
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string;
use crate::web_idl::interfaces::{self, Interface, MemberLookup, On};
use crate::web_idl::overload_resolution::check_arguments;

const ALGORITHM: Algorithm = Algorithm::of("webidl/create an operation function");

/// An operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    /// Its identifier.
    pub(crate) id: Atom,
    /// The interface that declares it.
    pub(crate) target: Interface,
    /// The interface whose prototype or interface object it was read from.
    pub(crate) read_from: Interface,
    /// How many arguments it requires.
    pub(crate) required: u8,
    pub(crate) is_static: bool,
}

/// The arguments of an operation, converted.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    /// The operation takes none or any value, or its method steps convert them.
    Unconverted,
    /// Those of `addEventListener()` and `removeEventListener()`, of whose options the second takes capture alone.
    Listener { event_type: Atom, callback: Option<ObjectId>, options: Options },
    /// That of `dispatchEvent()`.
    Event(EventId),
    /// Those of `initEvent()` and `initCustomEvent()`.
    Init { event_type: Atom, bubbles: bool, cancelable: bool, detail: Value },
    /// A string.
    Text(Atom),
    /// An `unsigned long long`.
    Number(f64),
    /// A sequence of signals.
    Signals(Vec<SignalId>),
}

/// The variables of the steps of an operation function, which run when it is called.
pub(crate) struct OperationCall<'a> {
    pub(crate) operation: Operation,
    /// The `this` value.
    pub(crate) this: Value,
    pub(crate) args: &'a [Value],
    pub(crate) js_value: Value,
    pub(crate) idl_object: Option<ObjectId>,
    pub(crate) values: Result<Values, Value>,
    pub(crate) r: Completion,
}

/// Calls the function of an operation.
///
/// # Errors
/// What the operation throws.
pub(crate) fn call_operation(
    m: &mut Machine,
    h: &mut impl Host,
    operation: Operation,
    this: Value,
    args: &[Value],
) -> Completion {
    let mut v = OperationCall {
        operation,
        this,
        args,
        js_value: Value::Undefined,
        idl_object: None,
        values: Ok(Values::Unconverted),
        r: Ok(Value::Undefined),
    };
    let completion = try_running(m, h, &mut v);
    finish(m, v, completion)
}

/// Steps 2.1.
fn try_running(m: &mut Machine, h: &mut impl Host, v: &mut OperationCall<'_>) -> Completion {
    let (operation, args) = (v.operation, v.args);
    // 1, 2, 2.1. Holds by type: this function is the steps of the operation of this identifier.
    set!(m, h, v, "2.1.1", v.idl_object = None);
    if branch!(m, v, "2.1.2", !operation.is_static) {
        set!(
            m,
            h,
            v,
            "2.1.2.1",
            v.js_value = match v.this {
                Value::Undefined | Value::Null => Value::Object(m.realm(m.current).global),
                this => this,
            }
        );
        // 2.1.2.2. Out of scope: there is one origin.
        if branch!(m, v, "2.1.2.3", !implements(m, v.js_value, operation.target)) {
            return returns!(m, h, v, "2.1.2.3", Err(m.type_error()));
        }
        set!(m, h, v, "2.1.2.4", v.idl_object = v.js_value.object());
    }
    // 2.1.3, 2.1.4. Holds by type: the arguments are a slice, and no operation in scope is overloaded.
    set!(m, h, v, "2.1.5", v.values = convert_arguments(m, h, operation, args));
    v.values.as_ref().map_err(|exception| *exception)?;
    // 2.1.6. Holds by type: the result is set below.
    // 2.1.7, 2.1.7.1, 2.1.7.2. Out of scope: no operation in scope has default method steps.
    step!(m, h, v, "2.1.8", v.r = run_the_method_steps(m, h, operation, v.idl_object, v.values.clone()?, args));
    returns!(m, h, v, "2.1.9", v.r)
}

/// The steps for exceptions.
fn finish(m: &mut Machine, mut v: OperationCall<'_>, completion: Completion) -> Completion {
    if branch!(m, v, "2.+1", completion.is_err() && returns_a_promise(v.operation))
        && let Err(exception) = completion
    {
        let promise = promise::rejected_with(m, exception);
        return Ok(promise_object(m, promise));
    }
    // 2.+2. Holds by type: the completion is the exception.
    completion
}

/// Returns the length of the function of an operation of an interface: how many arguments it requires.
#[must_use]
pub fn operation_length(m: &Machine, interface: Interface, name: Atom, required: u8) -> u8 {
    // 3. Holds by type: no operation in scope is overloaded.
    let mut v = MemberLookup::of(On::Prototype, interface, name);
    v.length = Some(f64::from(required));
    looked_up!(m, v, "4");
    // 5, 6. Abstracted: the player of a scenario calls operations by their names.
    v.length.map_or(0, |length| length as u8)
}

/// Returns whether a value implements an interface. <https://webidl.spec.whatwg.org/#implements>
fn implements(m: &Machine, value: Value, interface: Interface) -> bool {
    let Some(object) = value.object() else { return false };
    let scope = m.realm(m.object(object).realm).scope;
    interfaces::of(&m.object(object).kind, m, scope).is_some_and(|of| of.is(interface))
}

fn returns_a_promise(operation: Operation) -> bool {
    matches!(
        operation.target,
        Interface::BackgroundFetchManager
            | Interface::BackgroundFetchRegistration
            | Interface::BackgroundFetchUpdateUIEvent
            | Interface::Clients
            | Interface::WindowClient
    ) || matches!(operation.id, atom::UNREGISTER | atom::SKIP_WAITING)
}

/// Checks and converts the arguments.
///
/// # Errors
/// A `TypeError` where there are too few; what their conversion threw.
pub(crate) fn convert_arguments(
    m: &mut Machine,
    h: &mut impl Host,
    operation: Operation,
    args: &[Value],
) -> Result<Values, Value> {
    check_arguments(m, args, operation.required, None)?;
    let first = argument(args, 0);
    Ok(match (operation.target, operation.id) {
        (Interface::EventTarget, atom::DISPATCH_EVENT) => Values::Event(convert::event(m, first)?),
        (Interface::EventTarget, id) => {
            let event_type = convert_to_dom_string(m, h, first)?;
            let callback = convert::event_listener(m, h, argument(args, 1))?;
            let options = listener_options(m, h, id, argument(args, 2))?;
            Values::Listener { event_type, callback, options }
        }
        (Interface::Event | Interface::CustomEvent, atom::INIT_EVENT | atom::INIT_CUSTOM_EVENT) => {
            let event_type = convert_to_dom_string(m, h, first)?;
            let (bubbles, cancelable) = (to_boolean(argument(args, 1)), to_boolean(argument(args, 2)));
            let detail = args.get(3).copied().filter(|detail| *detail != Value::Undefined).unwrap_or(Value::Null);
            Values::Init { event_type, bubbles, cancelable, detail }
        }
        (Interface::AbortSignal, atom::TIMEOUT) => Values::Number(convert::enforce_range(m, h, first)?),
        (Interface::AbortSignal, atom::ANY) => Values::Signals(convert::abort_signals(m, h, first)?),
        (Interface::BackgroundFetchManager, atom::GET) | (Interface::Clients | Interface::ServiceWorker, _) => {
            Values::Text(convert_to_dom_string(m, h, first)?)
        }
        _ => Values::Unconverted,
    })
}

/// Converts the options of `addEventListener()` or `removeEventListener()`.
///
/// # Errors
/// What the conversion throws.
pub(crate) fn listener_options(m: &mut Machine, h: &mut impl Host, id: Atom, value: Value) -> Result<Options, Value> {
    if id == atom::ADD_EVENT_LISTENER {
        return convert::add_event_listener_options(m, h, value);
    }
    Ok(Options { capture: convert::event_listener_options(m, h, value)?, ..Options::default() })
}

/// No operation whose method steps convert its arguments requires more of them.
const MOST_REQUIRED: usize = 4;

fn run_the_method_steps(
    m: &mut Machine,
    h: &mut impl Host,
    operation: Operation,
    idl_object: Option<ObjectId>,
    values: Values,
    args: &[Value],
) -> Completion {
    let Some(this) = idl_object else { return run_the_static_steps(m, values, args) };
    if operation.target == Interface::EventTarget && m.object(this).target.is_none() {
        // The conditions above leave no such object.
        return Ok(Value::Undefined);
    }
    let mut padded = [Value::Undefined; MOST_REQUIRED];
    let required = usize::from(operation.required).min(MOST_REQUIRED);
    let args = if args.len() < required {
        padded[..args.len()].copy_from_slice(args);
        &padded[..required]
    } else {
        args
    };
    let promise = match (&m.object(this).kind, operation.id, values) {
        (_, atom::ADD_EVENT_LISTENER, Values::Listener { event_type, callback, options }) => {
            event_target::add_event_listener(m, this, event_type, callback, options);
            return Ok(Value::Undefined);
        }
        (_, _, Values::Listener { event_type, callback, options }) => {
            event_target::remove_event_listener(m, this, event_type, callback, options.capture);
            return Ok(Value::Undefined);
        }
        (_, _, Values::Event(event)) => return event_target::dispatch_event(m, h, this, event),
        (&Kind::Event(event), id, values) => return run_the_steps_of_an_event(m, h, event, id, values, args),
        (&Kind::AbortController(signal), _, _) => {
            abort_controller::abort(m, h, signal, argument(args, 0));
            return Ok(Value::Undefined);
        }
        (&Kind::AbortSignal(signal), atom::THROW_IF_ABORTED, _) => return abort_signal::throw_if_aborted(m, signal),
        (&Kind::BackgroundFetchManager(of), atom::FETCH, _) => fetch::fetch(m, h, of, args)?,
        (&Kind::BackgroundFetchManager(of), _, Values::Text(id)) => get::get(m, of, id),
        (&Kind::BackgroundFetchManager(of), _, _) => get_ids::get_ids(m, of),
        (Kind::BackgroundFetchRegistration(instance), id, _) => {
            let instance = *instance;
            match id {
                atom::ABORT => abort::abort(m, instance.background_fetch),
                atom::MATCH => match_all::match_first(m, h, &instance, args)?,
                _ => match_all::match_all_of(m, h, &instance, args)?,
            }
        }
        (&Kind::Clients, _, Values::Text(url)) => open_window::open_window(m, url),
        (&Kind::ServiceWorker(worker), _, Values::Text(message)) => {
            post_message::post_message(m, worker, message, m.realm(m.current).scope);
            return Ok(Value::Undefined);
        }
        (&Kind::WindowClient(_), _, _) => focus::focus(m, this),
        (&Kind::ServiceWorkerRegistration(registration), atom::UNREGISTER, _) => {
            unregister::unregister(m, registration)
        }
        (&Kind::Global, atom::SKIP_WAITING, _) => skip_waiting::skip_waiting(m),
        // No other object has operations.
        _ => return Ok(Value::Undefined),
    };
    Ok(promise_object(m, promise))
}

fn run_the_static_steps(m: &mut Machine, values: Values, args: &[Value]) -> Completion {
    Ok(Value::Object(match values {
        Values::Number(milliseconds) => abort_signal::timeout(m, milliseconds),
        Values::Signals(signals) => abort_signal::any(m, &signals),
        _ => abort_signal::abort(m, argument(args, 0)),
    }))
}

fn run_the_steps_of_an_event(
    m: &mut Machine,
    h: &mut impl Host,
    event: EventId,
    id: Atom,
    values: Values,
    args: &[Value],
) -> Completion {
    match (id, values) {
        (atom::COMPOSED_PATH, _) => {
            let mut path = Vec::new();
            event::composed_path(m, event, &mut path);
            let items = path.into_iter().map(Value::Object).collect();
            return Ok(Value::Object(m.create_object(Kind::Array(items))));
        }
        (atom::STOP_PROPAGATION, _) => event::stop_propagation(m, event),
        (atom::STOP_IMMEDIATE_PROPAGATION, _) => event::stop_immediate_propagation(m, event),
        (atom::PREVENT_DEFAULT, _) => event::set_the_canceled_flag(m, event),
        (atom::INIT_EVENT, Values::Init { event_type, bubbles, cancelable, .. }) => {
            event::init_event(m, event, event_type, bubbles, cancelable);
        }
        (_, Values::Init { event_type, bubbles, cancelable, detail }) => {
            event::init_custom_event(m, event, event_type, bubbles, cancelable, detail);
        }
        (atom::WAIT_UNTIL, _) => extendable_event::wait_until(m, h, event, argument(args, 0))?,
        _ => {
            let promise = update_ui::update_ui(m, h, event, argument(args, 0))?;
            return Ok(promise_object(m, promise));
        }
    }
    Ok(Value::Undefined)
}

fn promise_object(m: &Machine, promise: PromiseId) -> Value {
    Value::Object(m.promise(promise).object)
}
