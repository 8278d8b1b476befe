//! The machine that the algorithms run on: arenas of objects, realms with their event loops, and the record of a run.

use crate::atom::{Atom, Atoms};
use crate::background_fetch::BackgroundFetch;
use crate::dom::abort_signal::AbortSignal;
use crate::dom::event::Event;
use crate::dom::event_target::{Listener, Target};
use crate::ecmascript::promise::Promise;
use crate::html::event_loop::EventLoop;
use crate::latitude::{Choices, Latitude};
use crate::service_worker::{Registration, Worker};
use crate::step::{Condition, Coverage, StepId};
use crate::value::{
    BackgroundFetchId, Completion, EventId, Kind, ListenerId, Object, ObjectId, PromiseId, Property, RealmId,
    RegistrationId, ScriptId, SignalId, TargetId, Value, WorkerId,
};
use crate::watch::Watch;
use crate::web_idl::interfaces::Interface;

/// Runs script for the machine, and is told what a script or a page can see.
pub trait Host {
    /// Runs a piece of script.
    ///
    /// # Errors
    /// The value that the script threw.
    fn run(&mut self, machine: &mut Machine, script: ScriptId, this: Value, arguments: &[Value]) -> Completion;

    /// Takes note of something that can be seen.
    fn observe(&mut self, machine: &mut Machine, what: Observed);
}

/// Something that can be seen and is not the result of an operation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Observed {
    /// A getter of a script's object was read.
    Accessed(Atom),
    /// A script's object was converted to a primitive.
    Converted,
    /// An exception was reported for a realm's global object.
    Reported(Value),
    /// The rejection of a promise, with this reason, was announced as one that nobody handles.
    Unhandled(Value, ObjectId),
    /// The worker's script began to be evaluated.
    Evaluated(WorkerId),
    /// The user agent opened a window at this address.
    Opened(Atom),
}

/// A step taken, with what it decided about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The step.
    pub step: StepId,
    /// The function or object that the step dealt with, where it is one.
    pub subject: Option<ObjectId>,
    /// How many observations there were before it.
    pub after: u32,
}

/// What kind of global object a realm has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// A `Window`.
    Window,
    /// A `ServiceWorkerGlobalScope`, with its service worker.
    ServiceWorker(WorkerId),
}

/// A realm.
#[derive(Clone, Debug)]
pub struct Realm {
    /// Its global object.
    pub global: ObjectId,
    /// What kind of global object that is.
    pub scope: Scope,
    /// Whether that is a `Window`, or stands for one where nothing is asked but what all globals have and the current event.
    pub is_window: bool,
    /// The event loop that runs its tasks.
    pub event_loop: EventLoop,
    /// Whether an exception is being reported for its global object.
    pub in_error_reporting_mode: bool,
    /// Whether a `Window` of its origin has transient activation that its scripts may use.
    pub activation: bool,
    /// How many windows were opened on the strength of it.
    pub windows_opened: u32,
    /// The current event of a `Window`. <https://dom.spec.whatwg.org/#window-current-event>
    pub current_event: Option<EventId>,
    /// Whether its worker was terminated.
    pub ended: bool,
    /// The one `ServiceWorkerRegistration` object of the realm.
    pub registration_object: Option<ObjectId>,
    /// The one `BackgroundFetchManager` of the realm.
    pub manager: Option<ObjectId>,
    /// The `BackgroundFetchRegistration` objects of the realm.
    pub instances: Vec<(BackgroundFetchId, ObjectId)>,
    /// The one `Clients` object of the realm.
    pub clients: Option<ObjectId>,
    /// The interface objects and interface prototype objects made so far.
    pub interfaces: Vec<(Interface, ObjectId, ObjectId)>,
    /// The timers that are running: when they end, and what for.
    pub timers: Vec<(f64, SignalId)>,
}

/// The machine.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Strings.
    pub atoms: Atoms,
    /// Objects.
    pub objects: Vec<Object>,
    /// Listener lists and handler maps.
    pub targets: Vec<Target>,
    /// Event listeners, removed ones included.
    pub listeners: Vec<Listener>,
    /// Events.
    pub events: Vec<Event>,
    /// Abort signals.
    pub signals: Vec<AbortSignal>,
    /// Promises.
    pub promises: Vec<Promise>,
    /// Realms, ended ones included.
    pub realms: Vec<Realm>,
    /// Service workers.
    pub workers: Vec<Worker>,
    /// Service worker registrations.
    pub registrations: Vec<Registration>,
    /// Background fetches, ended ones included.
    pub background_fetches: Vec<BackgroundFetch>,
    /// Steps that wait in parallel, in the order in which they were started.
    pub in_parallel: std::collections::VecDeque<crate::html::event_loop::InParallel>,
    /// The realm whose code runs.
    pub current: RealmId,
    /// The choices of this run.
    pub choices: Choices,
    /// The steps taken, and which way they went.
    pub coverage: Coverage,
    /// The state of the permission to fetch in the background.
    pub permission: crate::background_fetch::Permission,
    /// Whether it came to something of which it does not know what is right.
    pub unknown: bool,
    pub(crate) watch: Watch,
    clock: f64,
    observed: u32,
    task_number: u32,
}

impl Default for Machine {
    fn default() -> Self {
        Machine::new()
    }
}

impl Machine {
    /// A machine in which nothing has happened.
    #[must_use]
    pub fn new() -> Self {
        Machine {
            atoms: Atoms::new(),
            objects: Vec::new(),
            targets: Vec::new(),
            listeners: Vec::new(),
            events: Vec::new(),
            signals: Vec::new(),
            promises: Vec::new(),
            realms: Vec::new(),
            workers: Vec::new(),
            registrations: Vec::new(),
            background_fetches: Vec::new(),
            in_parallel: std::collections::VecDeque::new(),
            current: RealmId(0),
            choices: Choices::default(),
            coverage: Coverage::default(),
            permission: crate::background_fetch::Permission::Granted,
            unknown: false,
            watch: Watch::default(),
            clock: 0.0,
            observed: 0,
            task_number: 0,
        }
    }

    /// Forgets all that happened. The strings, the step coverage and whatever watches the machine stay.
    pub fn reset(&mut self) {
        self.objects.clear();
        self.targets.clear();
        self.listeners.clear();
        self.events.clear();
        self.signals.clear();
        self.promises.clear();
        self.realms.clear();
        self.workers.clear();
        self.registrations.clear();
        self.background_fetches.clear();
        self.in_parallel.clear();
        self.watch.reset();
        self.current = RealmId(0);
        self.permission = crate::background_fetch::Permission::Granted;
        self.unknown = false;
        self.clock = 0.0;
        self.observed = 0;
        self.task_number = 0;
    }

    /// Keeps a list of the decisions of this run.
    pub fn keep_log(&mut self) {
        self.watch.log = Some(Vec::new());
        self.watch.on = true;
    }

    /// The decisions of this run, where [`keep_log`](Machine::keep_log) asked for them.
    #[must_use]
    pub fn log(&self) -> &[Decision] {
        self.watch.log.as_deref().unwrap_or_default()
    }

    /// Adds a step to the list of decisions, where one is kept.
    pub(crate) fn log_step(&mut self, step: StepId, subject: Option<ObjectId>) {
        if let Some(log) = &mut self.watch.log {
            log.push(Decision { step, subject, after: self.observed });
        }
    }

    /// Marks a step as taken; returns whether somebody watches.
    #[inline]
    pub(crate) fn takes(&mut self, step: StepId) -> bool {
        self.coverage.insert(step);
        self.watch.on
    }

    /// Marks which way a step goes; returns whether somebody watches.
    #[inline]
    pub(crate) fn decides(&mut self, condition: Condition, holds: bool) -> bool {
        self.coverage.insert(condition.step());
        self.coverage.insert_branch(condition.branch(holds));
        self.watch.on
    }

    /// Tells the host of something that can be seen.
    pub(crate) fn observe(&mut self, host: &mut impl Host, what: Observed) {
        host.observe(self, what);
    }

    /// Tells the machine how many observations there are, for its log and its choices.
    pub fn set_observed(&mut self, count: u32) {
        self.observed = count;
    }

    pub(crate) fn choose(&mut self, latitude: Latitude, alternatives: u8) -> u8 {
        self.choices.choose(latitude, alternatives, self.observed)
    }

    /// The time of an idealised clock: each reading is later than the one before.
    pub fn now(&mut self) -> f64 {
        self.clock += 1.0;
        self.clock
    }

    /// Moves the clock on to a time, when that is later.
    pub(crate) fn wait_until(&mut self, time: f64) {
        self.clock = self.clock.max(time);
    }

    /// Tasks are numbered in the order in which they are queued.
    pub(crate) fn next_task_number(&mut self) -> u32 {
        self.task_number += 1;
        self.task_number
    }

    /// Makes a realm with its global object.
    pub fn create_realm(&mut self, scope: Scope) -> RealmId {
        let realm = RealmId(self.realms.len() as u32);
        let global = ObjectId(self.objects.len() as u32);
        self.realms.push(Realm {
            global,
            scope,
            is_window: scope == Scope::Window,
            event_loop: EventLoop::default(),
            in_error_reporting_mode: false,
            activation: false,
            windows_opened: 0,
            current_event: None,
            ended: false,
            registration_object: None,
            manager: None,
            instances: Vec::new(),
            clients: None,
            interfaces: Vec::new(),
            timers: Vec::new(),
        });
        let target = Some(self.create_target());
        self.objects.push(Object { realm, kind: Kind::Global, target, frozen: false, properties: Vec::new() });
        realm
    }

    /// Makes an object in the current realm.
    pub fn create_object(&mut self, kind: Kind) -> ObjectId {
        self.create_object_in(self.current, kind)
    }

    /// Makes an object in a realm.
    pub fn create_object_in(&mut self, realm: RealmId, kind: Kind) -> ObjectId {
        let target = match kind {
            Kind::EventTarget
            | Kind::Node(_)
            | Kind::AbortSignal(_)
            | Kind::ServiceWorkerRegistration(_)
            | Kind::ServiceWorker(_)
            | Kind::BackgroundFetchRegistration(_) => Some(self.create_target()),
            Kind::Plain
            | Kind::Array(_)
            | Kind::Function { .. }
            | Kind::ResolvingFunction { .. }
            | Kind::Converting(_)
            | Kind::Error
            | Kind::NativeError(_)
            | Kind::DomException { .. }
            | Kind::Event(_)
            | Kind::AbortController(_)
            | Kind::Promise(_)
            | Kind::Global
            | Kind::Performance
            | Kind::BackgroundFetchManager(_)
            | Kind::BackgroundFetchRecord
            | Kind::Clients
            | Kind::Request(_)
            | Kind::WindowClient(_)
            | Kind::InterfaceObject(_)
            | Kind::InterfacePrototype(_) => None,
        };
        let object = ObjectId(self.objects.len() as u32);
        self.objects.push(Object { realm, kind, target, frozen: false, properties: Vec::new() });
        object
    }

    fn create_target(&mut self) -> TargetId {
        let target = TargetId(self.targets.len() as u32);
        self.targets.push(Target::default());
        target
    }

    /// A new exception of ECMAScript.
    pub fn native_error(&mut self, name: Atom) -> Value {
        Value::Object(self.create_object(Kind::NativeError(name)))
    }

    /// A new `TypeError`.
    pub fn type_error(&mut self) -> Value {
        self.native_error(crate::atom::TYPE_ERROR)
    }

    /// A new `DOMException`.
    pub fn dom_exception(&mut self, name: Atom) -> Value {
        Value::Object(self.create_object(Kind::DomException { name, message: None }))
    }

    /// The object of an id.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> &Object {
        &self.objects[id.index()]
    }

    /// Whether the object can be called.
    #[must_use]
    pub fn is_callable(&self, id: ObjectId) -> bool {
        matches!(
            self.object(id).kind,
            Kind::Function { .. } | Kind::ResolvingFunction { .. } | Kind::InterfaceObject(_)
        )
    }

    /// The listeners and handlers of an object that is an `EventTarget`.
    ///
    /// # Panics
    /// Panics when the object is none.
    #[must_use]
    pub fn target(&self, id: ObjectId) -> &Target {
        &self.targets[self.object(id).target.expect("an EventTarget").index()]
    }

    pub(crate) fn target_mut(&mut self, id: ObjectId) -> &mut Target {
        let target = self.object(id).target.expect("an EventTarget");
        &mut self.targets[target.index()]
    }

    /// The listeners and handlers of an object, beside all listeners.
    pub(crate) fn target_and_listeners(&mut self, id: ObjectId) -> (&mut Target, &[Listener]) {
        let target = self.object(id).target.expect("an EventTarget");
        (&mut self.targets[target.index()], &self.listeners)
    }

    /// An event.
    #[must_use]
    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id.index()]
    }

    pub(crate) fn event_mut(&mut self, id: EventId) -> &mut Event {
        &mut self.events[id.index()]
    }

    /// A listener.
    #[must_use]
    pub fn listener(&self, id: ListenerId) -> &Listener {
        &self.listeners[id.index()]
    }

    /// An abort signal.
    #[must_use]
    pub fn signal(&self, id: SignalId) -> &AbortSignal {
        &self.signals[id.index()]
    }

    pub(crate) fn signal_mut(&mut self, id: SignalId) -> &mut AbortSignal {
        &mut self.signals[id.index()]
    }

    /// A promise.
    #[must_use]
    pub fn promise(&self, id: PromiseId) -> &Promise {
        &self.promises[id.index()]
    }

    pub(crate) fn promise_mut(&mut self, id: PromiseId) -> &mut Promise {
        &mut self.promises[id.index()]
    }

    /// A realm.
    #[must_use]
    pub fn realm(&self, id: RealmId) -> &Realm {
        &self.realms[id.index()]
    }

    /// A realm, to change.
    pub fn realm_mut(&mut self, id: RealmId) -> &mut Realm {
        &mut self.realms[id.index()]
    }

    /// A service worker.
    #[must_use]
    pub fn worker(&self, id: WorkerId) -> &Worker {
        &self.workers[id.index()]
    }

    pub(crate) fn worker_mut(&mut self, id: WorkerId) -> &mut Worker {
        &mut self.workers[id.index()]
    }

    /// A service worker registration.
    #[must_use]
    pub fn registration(&self, id: RegistrationId) -> &Registration {
        &self.registrations[id.index()]
    }

    pub(crate) fn registration_mut(&mut self, id: RegistrationId) -> &mut Registration {
        &mut self.registrations[id.index()]
    }

    /// A background fetch.
    #[must_use]
    pub fn background_fetch(&self, id: BackgroundFetchId) -> &BackgroundFetch {
        &self.background_fetches[id.index()]
    }

    pub(crate) fn background_fetch_mut(&mut self, id: BackgroundFetchId) -> &mut BackgroundFetch {
        &mut self.background_fetches[id.index()]
    }

    /// The own property that script gave the object under a name.
    #[must_use]
    pub fn own_property(&self, id: ObjectId, name: Atom) -> Option<Property> {
        self.object(id).properties.iter().find(|(key, _)| *key == name).map(|(_, property)| *property)
    }

    /// Gives an object an own property, or changes it.
    pub fn define_property(&mut self, id: ObjectId, name: Atom, property: Property) {
        let properties = &mut self.objects[id.index()].properties;
        match properties.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = property,
            None => properties.push((name, property)),
        }
    }
}
