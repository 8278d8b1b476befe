//! Promises. <https://tc39.es/ecma262/#sec-promise-objects>

use crate::atom;
use crate::html::event_loop::{self, Microtask};
use crate::html::host_enqueue_promise_job::host_enqueue_promise_job;
use crate::html::host_promise_rejection_tracker::{Operation, host_promise_rejection_tracker};
use crate::latitude::Latitude;
use crate::machine::{Host, Machine};
use crate::value::{Completion, EventId, Kind, ObjectId, PromiseId, RealmId, ScriptId, Value};
use crate::web_idl::callback;
use crate::web_idl::get::get;

/// A promise.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The object that script sees.
    pub object: ObjectId,
    /// How it was settled, if it was.
    pub settled: Option<Completion>,
    /// Whether it was resolved, perhaps with a promise that is still pending.
    pub already_resolved: bool,
    /// Whether somebody reacts to it.
    pub handled: bool,
    reactions: Vec<Reaction>,
}

/// What is done when a promise settles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reaction {
    /// Run a piece of script, which gets the value as its argument.
    Script {
        /// What runs on fulfilment.
        fulfilled: ScriptId,
        /// What runs on rejection.
        rejected: ScriptId,
    },
    /// Settle another promise alike.
    Settle(PromiseId),
    /// End one extension of the lifetime of an event.
    LifetimePromise(EventId),
    /// Settle another promise with the first item of the array.
    First(PromiseId),
}

/// A job of a promise.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Job {
    /// A reaction, with how the promise was settled.
    Reaction(Reaction, Completion),
    /// Asks an object that has a `then` for its value, to resolve a promise; without a function, the object is a promise.
    ResolveThenable(PromiseId, ObjectId, Option<ObjectId>),
}

/// How to settle a promise.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Settlement {
    /// Resolve it.
    Resolve(Value),
    /// Reject it.
    Reject(Value),
}

/// A new promise, in the current realm.
pub fn create(m: &mut Machine) -> PromiseId {
    let id = PromiseId(m.promises.len() as u32);
    let object = m.create_object(Kind::Promise(id));
    m.promises.push(Promise { object, settled: None, already_resolved: false, handled: false, reactions: Vec::new() });
    id
}

/// A promise rejected with a value.
pub fn rejected_with(m: &mut Machine, reason: Value) -> PromiseId {
    let promise = create(m);
    reject(m, promise, reason);
    promise
}

/// A value as a promise: itself if it is one, else a new promise resolved with it.
/// <https://tc39.es/ecma262/#sec-promise-resolve>
pub fn from_value(m: &mut Machine, h: &mut impl Host, value: Value) -> PromiseId {
    if let Value::Object(object) = value
        && let Kind::Promise(promise) = m.object(object).kind
    {
        return promise;
    }
    let promise = create(m);
    resolve(m, h, promise, value);
    promise
}

/// Resolves a promise. <https://tc39.es/ecma262/#sec-promise-resolve-functions>
pub fn resolve(m: &mut Machine, h: &mut impl Host, promise: PromiseId, value: Value) {
    if std::mem::replace(&mut m.promise_mut(promise).already_resolved, true) {
        return;
    }
    let Value::Object(object) = value else { return settle(m, promise, Ok(value)) };
    if object == m.promise(promise).object {
        let error = m.type_error();
        return settle(m, promise, Err(error));
    }
    let function = if matches!(m.object(object).kind, Kind::Promise(_)) {
        None
    } else {
        match get(m, h, object, atom::THEN) {
            Err(exception) => return settle(m, promise, Err(exception)),
            Ok(then) => match then.object().filter(|then| m.is_callable(*then)) {
                None => return settle(m, promise, Ok(value)),
                function => function,
            },
        }
    };
    let realm = m.object(m.promise(promise).object).realm;
    host_enqueue_promise_job(m, Job::ResolveThenable(promise, object, function), realm);
}

/// Rejects a promise.
pub fn reject(m: &mut Machine, promise: PromiseId, reason: Value) {
    if !std::mem::replace(&mut m.promise_mut(promise).already_resolved, true) {
        settle(m, promise, Err(reason));
    }
}

fn settle(m: &mut Machine, promise: PromiseId, how: Completion) {
    m.promise_mut(promise).settled = Some(how);
    let realm = m.object(m.promise(promise).object).realm;
    if how.is_err() && !m.promise(promise).handled {
        host_promise_rejection_tracker(m, promise, Operation::Reject);
    }
    for reaction in std::mem::take(&mut m.promise_mut(promise).reactions) {
        host_enqueue_promise_job(m, Job::Reaction(reaction, how), realm);
    }
}

/// Adds a reaction. <https://tc39.es/ecma262/#sec-performpromisethen>
pub fn then(m: &mut Machine, promise: PromiseId, reaction: Reaction) {
    match m.promise(promise).settled {
        None => m.promise_mut(promise).reactions.push(reaction),
        Some(how) => {
            if how.is_err() && !m.promise(promise).handled {
                host_promise_rejection_tracker(m, promise, Operation::Handle);
            }
            let realm = m.object(m.promise(promise).object).realm;
            host_enqueue_promise_job(m, Job::Reaction(reaction, how), realm);
        }
    }
    m.promise_mut(promise).handled = true;
}

/// Performs a job in the realm whose code runs.
pub(crate) fn perform(m: &mut Machine, h: &mut impl Host, realm: RealmId, job: Job) {
    match job {
        Job::Reaction(reaction, settled) => react(m, h, realm, reaction, settled),
        Job::ResolveThenable(promise, thenable, then) => resolve_thenable(m, h, promise, thenable, then),
    }
}

/// The job of a reaction. <https://tc39.es/ecma262/#sec-newpromisereactionjob>
fn react(m: &mut Machine, h: &mut impl Host, realm: RealmId, reaction: Reaction, settled: Completion) {
    match reaction {
        Reaction::Script { fulfilled, rejected } => {
            let (script, value) = match settled {
                Ok(value) => (fulfilled, value),
                Err(reason) => (rejected, reason),
            };
            if let Err(exception) = h.run(m, script, Value::Undefined, &[value]) {
                rejected_with(m, exception);
            }
        }
        Reaction::Settle(promise) => match settled {
            Ok(value) => {
                m.promise_mut(promise).already_resolved = false;
                resolve(m, h, promise, value);
            }
            Err(reason) => settle(m, promise, Err(reason)),
        },
        Reaction::LifetimePromise(event) => {
            m.event_mut(event).lifetime.rejected |= settled.is_err();
            // Read literally, the text reacts to fulfillment alone first, and that passes the rejection on into a promise of
            // its own (erratum `lifetime-promise-reacted-to-twice`).
            if let Err(reason) = settled
                && m.choose(Latitude::DerivedPromise, 2) == 1
            {
                rejected_with(m, reason);
            }
            event_loop::queue_a_microtask(m, realm, Microtask::LifetimePromiseSettled(event));
        }
        Reaction::First(promise) => match settled {
            Ok(Value::Object(array)) => {
                let first = match &m.object(array).kind {
                    Kind::Array(items) => items.first().copied().unwrap_or(Value::Undefined),
                    _ => Value::Undefined,
                };
                resolve(m, h, promise, first);
            }
            Ok(_) => resolve(m, h, promise, Value::Undefined),
            Err(reason) => reject(m, promise, reason),
        },
    }
}

/// The job that asks a thenable. <https://tc39.es/ecma262/#sec-newpromiseresolvethenablejob>
fn resolve_thenable(
    m: &mut Machine,
    h: &mut impl Host,
    promise: PromiseId,
    thenable: ObjectId,
    then_function: Option<ObjectId>,
) {
    let Some(function) = then_function else {
        let Kind::Promise(inner) = m.object(thenable).kind else { return };
        return then(m, inner, Reaction::Settle(promise));
    };
    m.promise_mut(promise).already_resolved = false;
    let resolve_function = m.create_object(Kind::ResolvingFunction { promise, rejects: false });
    let reject_function = m.create_object(Kind::ResolvingFunction { promise, rejects: true });
    let arguments = [Value::Object(resolve_function), Value::Object(reject_function)];
    let result = callback::call(m, h, function, Value::Object(thenable), &arguments);
    if let Err(exception) = result {
        reject(m, promise, exception);
    }
}
