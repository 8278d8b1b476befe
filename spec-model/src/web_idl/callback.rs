//! Calling back into script. <https://webidl.spec.whatwg.org/#js-user-objects>

use crate::atom::{self, Atom};
use crate::ecmascript::promise;
use crate::html::event_loop::run_script;
use crate::machine::{Host, Machine};
use crate::quirk::{Quirk, aside};
use crate::step::{Algorithm, branch, step};
use crate::value::{Completion, Kind, ObjectId, PromiseId, Property, RealmId, Value};
use crate::web_idl::construct;
use crate::web_idl::get::get;

const CALL_OPERATION: Algorithm = Algorithm::of("webidl/call a user object's operation");
const INVOKE_FUNCTION: Algorithm = Algorithm::of("webidl/invoke a callback function");

/// Calls an event listener: a function with the current target as `this`, any other object by its `handleEvent`.
/// <https://webidl.spec.whatwg.org/#call-a-user-objects-operation>
///
/// # Errors
/// What the callback threw, or a `TypeError` where there is nothing to call.
pub fn call_a_user_objects_operation(
    m: &mut Machine,
    h: &mut impl Host,
    object: ObjectId,
    arguments: &[Value],
    this: Value,
) -> Completion {
    let realm = m.object(object).realm;
    run_callback(m, h, realm, |m, h| {
        m.took(const { CALL_OPERATION.step("callable") }, Some(object));
        let by_operation =
            m.is_bent(Quirk::HandleEventOfFunction) && m.own_property(object, atom::HANDLE_EVENT).is_some();
        let (function, this) = if branch!(m, CALL_OPERATION, "callable", m.is_callable(object)) && !by_operation {
            (object, listener_this(m, realm, this))
        } else {
            m.took(const { CALL_OPERATION.step("get operation") }, Some(object));
            let operation = match m.kept_operation(object) {
                Some(kept) => kept,
                None => read_operation(m, h, object)?,
            };
            let operation =
                if m.is_bent(Quirk::HandleEventReadTwice) { get(m, h, object, atom::HANDLE_EVENT)? } else { operation };
            let callable = operation.object().filter(|operation| m.is_callable(*operation));
            branch!(m, CALL_OPERATION, "not callable", callable.is_none());
            match callable {
                Some(function) if m.is_bent(Quirk::HandleEventThis) => (function, this),
                Some(function) => (function, Value::Object(object)),
                None => {
                    m.took(const { CALL_OPERATION.step("not callable") }, Some(object));
                    if m.is_bent(Quirk::UncallableSilent) {
                        return Ok(Value::Undefined);
                    }
                    let alone = m.realm(realm).event_loop.stack == 1;
                    if alone && m.is_bent(Quirk::UncallableNull) {
                        return Err(Value::Null);
                    }
                    return Err(m.type_error());
                }
            }
        };
        m.took(const { CALL_OPERATION.step("call") }, Some(object));
        let result = if m.is_bent(Quirk::CallbackGetsTwo) {
            let two: Vec<Value> = arguments.iter().copied().chain([this]).collect();
            call(m, h, function, this, &two)
        } else if (m.is_bent(Quirk::CallLookedUp) || (function == object && m.is_bent(Quirk::FunctionCallLookedUp)))
            && let Some(result) = call_own_method(m, h, function, atom::CALL)
        {
            result
        } else {
            call(m, h, function, this, arguments)
        };
        if let Ok(Value::Object(object)) = result
            && let Kind::Promise(promise) = m.object(object).kind
        {
            returned(m, promise);
        }
        result
    })
}

/// Calls the method that script gave an object under a name, if it did, as only a bent machine does.
pub(crate) fn call_own_method(m: &mut Machine, h: &mut impl Host, object: ObjectId, name: Atom) -> Option<Completion> {
    let Some(Property::Data(Value::Object(method))) = m.own_property(object, name) else { return None };
    Some(call(m, h, method, Value::Object(object), &[]))
}

/// What a listener that is a function gets as `this`.
fn listener_this(m: &Machine, realm: RealmId, this: Value) -> Value {
    if m.is_bent(Quirk::CallbackThisUndefined) {
        Value::Undefined
    } else if m.is_bent(Quirk::CallbackThisGlobal) {
        Value::Object(m.realm(realm).global)
    } else {
        this
    }
}

fn read_operation(m: &mut Machine, h: &mut impl Host, object: ObjectId) -> Completion {
    if m.watch.aside.nulls.contains(&object) {
        m.watch.aside.misread = true;
        return Err(m.type_error());
    }
    let result = get(m, h, object, atom::HANDLE_EVENT);
    m.watch.aside.misread = result.is_err();
    result
}

/// Nobody looks at a promise that a listener returned, unless the machine is bent.
fn returned(m: &mut Machine, promise: PromiseId) {
    if m.is_bent(Quirk::ReturnedPromiseHandled) {
        m.promise_mut(promise).handled = true;
    }
    if m.is_bent(Quirk::ReturnedPromiseReported) {
        aside::report_rejection_of(m, promise);
    }
}

/// Invokes an event handler's function; an object that can't be called counts as one that returned `undefined`.
/// <https://webidl.spec.whatwg.org/#invoke-a-callback-function>
///
/// # Errors
/// What the function threw.
pub fn invoke_a_callback_function(
    m: &mut Machine,
    h: &mut impl Host,
    function: ObjectId,
    this: Value,
    arguments: &[Value],
) -> Completion {
    m.took(const { INVOKE_FUNCTION.step("callable") }, Some(function));
    if !branch!(m, INVOKE_FUNCTION, "callable", m.is_callable(function)) {
        if m.is_bent(Quirk::UncallableHandlerThrows) {
            return Err(m.type_error());
        }
        if m.is_bent(Quirk::HandlerHandleEvent)
            && let Some(operation) = get(m, h, function, atom::HANDLE_EVENT)?.object()
            && m.is_callable(operation)
        {
            return call(m, h, operation, Value::Object(function), arguments);
        }
        return Ok(Value::Undefined);
    }
    let realm = m.object(function).realm;
    run_callback(m, h, realm, |m, h| {
        step!(m, INVOKE_FUNCTION, "call", function);
        call(m, h, function, this, arguments)
    })
}

/// Runs a callback as script, with what comes before it and after it.
fn run_callback<H: Host, R>(
    m: &mut Machine,
    h: &mut H,
    realm: RealmId,
    script: impl FnOnce(&mut Machine, &mut H) -> R,
) -> R {
    let holds = m.is_bent(const { Quirk::of("no-checkpoint-between-listeners") });
    run_script(m, h, realm, |m, h| {
        let result = script(m, h);
        m.watch.aside.callback_ends = holds;
        result
    })
}

/// Calls a function. <https://tc39.es/ecma262/#sec-call>
///
/// # Errors
/// What it threw, or a `TypeError` for one that can only be constructed.
pub fn call(m: &mut Machine, h: &mut impl Host, function: ObjectId, this: Value, arguments: &[Value]) -> Completion {
    match m.object(function).kind {
        Kind::Function { class: false, script } => h.run(m, script, this, arguments),
        Kind::ResolvingFunction { promise, rejects } => {
            let value = arguments.first().copied().unwrap_or(Value::Undefined);
            if rejects {
                promise::reject(m, promise, value);
            } else {
                promise::resolve(m, h, promise, value);
            }
            Ok(Value::Undefined)
        }
        Kind::InterfaceObject(interface) if m.is_bent(Quirk::ConstructorsCallable) => {
            construct::construct(m, h, interface, arguments)
        }
        // A class, an interface object, or nothing that can be called.
        _ => Err(m.type_error()),
    }
}
