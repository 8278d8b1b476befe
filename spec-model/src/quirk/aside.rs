//! What a bent machine keeps beside the state that the specifications know.

use crate::atom::Atom;
use crate::ecmascript::promise::{self, Reaction};
use crate::machine::{Host, Machine};
use crate::quirk::dom::deed::Deed;
use crate::value::{Completion, EventId, ListenerId, ObjectId, PromiseId, Property, Value};
use crate::web_idl::callback;

/// What a bent machine keeps. It is empty unless a quirk put something there.
#[derive(Clone, Default, Debug)]
pub(crate) struct Aside {
    /// Attributes of events that give something else than what the event was initialised with.
    pub(crate) attributes: Vec<(EventId, Atom, Value)>,
    /// Events whose stop propagation flag is set, but does not show.
    pub(crate) stopped_unseen: Vec<EventId>,
    /// Events that can't be canceled, where it was tried.
    pub(crate) canceled_in_vain: Vec<EventId>,
    /// Options that are read again for each call of a listener.
    pub(crate) options: Vec<(ListenerId, ObjectId)>,
    /// What a listener threw that leaves the dispatch.
    pub(crate) escaped: Option<Value>,
    /// What a listener threw that leaves the dispatch once the others were called.
    pub(crate) thrown: Option<Value>,
    /// The listeners of a target as they were when the dispatch of an event began.
    pub(crate) cloned_lists: Vec<(EventId, ObjectId, Vec<ListenerId>)>,
    /// Options that are read again for each dispatch.
    pub(crate) kept_options: Vec<(ListenerId, ObjectId)>,
    /// Whether the last exception was thrown where something was read, and not by a listener.
    pub(crate) misread: bool,
    /// What stands for a callback that is null.
    pub(crate) nulls: Vec<ObjectId>,
    /// Targets, and the types that listeners were ever added for.
    pub(crate) ever_heard: Vec<(ObjectId, Atom)>,
    /// Events that the user agent created, which start out trusted.
    pub(crate) fired: Vec<EventId>,
    /// Primitives that were given as listeners, with the objects that stand for them.
    pub(crate) primitives: Vec<(Value, ObjectId)>,
    /// The target whose listeners are called amid the dispatch to another.
    pub(crate) joined: Option<ObjectId>,
    /// Objects that stand for a listener that no script gave, with what it does.
    pub(crate) deeds: Vec<(ObjectId, Deed)>,
    /// Events whose stop immediate propagation flag only ends what script gave.
    pub(crate) stopped: Vec<EventId>,
    /// How many listeners there were when the dispatch of an event began.
    pub(crate) listeners_before: Vec<(EventId, usize)>,
    /// The `handleEvent` of callback objects that is not read again.
    pub(crate) kept_operations: Vec<(ObjectId, Value)>,
    /// Whether listeners of both phases are called at once.
    pub(crate) in_both_phases: bool,
    /// Dispatches that a microtask makes up for.
    pub(crate) put_off: Vec<(EventId, ObjectId)>,
    /// How many scripts ran in the realms of the callbacks that run, one inside the other.
    pub(crate) callbacks: Vec<u32>,
    /// Promises that follow one whose rejection is reported as an exception.
    pub(crate) reported: Vec<PromiseId>,
}

/// Lets the rejection of a promise be reported as an exception.
pub(crate) fn report_rejection_of(m: &mut Machine, promise: PromiseId) {
    let follower = promise::create(m);
    m.watch.aside.reported.push(follower);
    promise::then(m, promise, Reaction::Settle(follower));
}

/// Whether script gave a value a method under a name.
pub(crate) fn has_own_method(m: &Machine, object: Value, name: Atom) -> bool {
    let own = object.object().and_then(|object| m.own_property(object, name));
    matches!(own, Some(Property::Data(Value::Object(_))))
}

/// Calls the method that script gave an object under a name, if it did.
pub(crate) fn call_own_method(m: &mut Machine, h: &mut impl Host, object: ObjectId, name: Atom) -> Option<Completion> {
    let Some(Property::Data(Value::Object(method))) = m.own_property(object, name) else { return None };
    Some(callback::call(m, h, method, Value::Object(object), &[]))
}

/// A new plain `Error`.
pub(crate) fn plain_error(m: &mut Machine) -> Value {
    let name = m.atoms.intern("Error");
    m.native_error(name)
}

impl Aside {
    /// The `handleEvent` of a callback object that is not read again.
    pub(crate) fn kept_operation(&self, object: ObjectId) -> Option<Value> {
        self.kept_operations.iter().find(|(of, _)| *of == object).map(|(_, operation)| *operation)
    }

    /// What an attribute of an event gives, if it is something else.
    pub(crate) fn attribute(&self, event: EventId, name: Atom) -> Option<Value> {
        self.attributes.iter().find(|(of, key, _)| (*of, *key) == (event, name)).map(|(_, _, value)| *value)
    }

    /// Lets an attribute of an event give something else, or not any more.
    pub(crate) fn keep_attribute(&mut self, event: EventId, name: Atom, value: Option<Value>) {
        self.attributes.retain(|(of, key, _)| (*of, *key) != (event, name));
        self.attributes.extend(value.map(|value| (event, name, value)));
    }

    /// The options that a listener is given anew.
    pub(crate) fn options(&self, listener: ListenerId) -> Option<ObjectId> {
        self.options.iter().find(|(of, _)| *of == listener).map(|(_, options)| *options)
    }
}
