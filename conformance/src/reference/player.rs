//! Plays a program on the model.

use bgfspec_model::atom::{self, Atom};
use bgfspec_model::background_fetch::{self, FailureReason, click, perform};
use bgfspec_model::dom::event::{Event, Payload};
use bgfspec_model::ecmascript::promise::{self, Reaction};
use bgfspec_model::html::event_loop::{self, Microtask, Task, TaskSource};
use bgfspec_model::html::report_an_exception::report_an_exception;
use bgfspec_model::machine::Scope;
use bgfspec_model::service_worker::{
    self, client_unload, extendable_event, install, post_message, run_service_worker, terminate,
};
use bgfspec_model::value::{BackgroundFetchId, RegistrationId};
use bgfspec_model::web_idl::call::{Called, call_method, call_with_this};
use bgfspec_model::web_idl::interfaces::{self, Interface};
use bgfspec_model::web_idl::{callback, construct, describe, get, set};
use bgfspec_model::{Completion, Host, Kind, Machine, ObjectId, Observed, Property, Quirk, RealmId, ScriptId, Value};

use super::knowledge;
use super::program::{Made, Make, MakeMember, Op, Path, Program, Role, Root, Step};
use super::recorder::{Recorder, Seen};
use crate::scenario::{CallbackKind, Ending, PagePlace, Permission};

/// What an implementation can show beside the results of operations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct View {
    /// Exceptions that are reported.
    pub reported: bool,
    /// Rejections that nobody handles.
    pub unhandled: bool,
}

/// Plays programs one after the other.
#[derive(Debug, Default)]
pub(super) struct Player {
    slots: Vec<Value>,
    /// The realms in which the slots got what they hold.
    homes: Vec<Option<RealmId>>,
    /// Whether an operation spoke of something that was not there, or not in its realm.
    pub(super) strays: bool,
    /// Whether it showed what is for the implementation to say.
    pub(super) unsaid: bool,
    /// Whether it is to be noted what the model does not know.
    pub(super) careful: bool,
    /// Why nothing can be said of the scenario, if that was noted.
    pub(super) doubt: Option<String>,
    /// The functions of the callbacks, by realm.
    functions: Vec<(RealmId, Vec<Option<ObjectId>>)>,
    instances: Vec<Instance>,
    pub(super) recorder: Recorder,
    pub(super) log: bool,
    ended: bool,
}

/// One run of a program.
struct Run<'a> {
    program: &'a Program,
    player: &'a mut Player,
    view: View,
}

/// A piece of script with what it captured.
#[derive(Debug)]
struct Instance {
    body: usize,
    this: Value,
    arguments: Vec<Value>,
    settled: Value,
    calls: u32,
}

/// Where a piece of script runs.
#[derive(Clone, Copy)]
struct Frame<'a> {
    this: Value,
    arguments: &'a [Value],
    settled: Value,
}

/// What a bent model does may never end; after so many observations its script runs no more.
const MOST_OBSERVED: u32 = 1_000;

/// Nor does it where so many scripts run inside each other.
const DEEPEST: u32 = 60;

const OUTSIDE: Frame<'_> = Frame { this: Value::Undefined, arguments: &[], settled: Value::Undefined };

/// What an operation came to.
enum Flow {
    Go,
    Return(Value),
}

impl Player {
    /// Plays a program from the start.
    pub(super) fn play(&mut self, m: &mut Machine, program: &Program, view: View) {
        m.reset();
        if self.log {
            m.keep_log();
        }
        self.slots.clear();
        self.slots.resize(program.slots, Value::Undefined);
        self.homes.clear();
        self.homes.resize(program.slots, None);
        self.strays = false;
        self.unsaid = false;
        self.doubt = None;
        self.functions.clear();
        self.instances.clear();
        self.recorder.reset();
        self.ended = false;
        let mut run = Run { program, player: self, view };
        let registration = run.start(m);
        for step in &program.steps {
            if run.player.ended {
                break;
            }
            run.step(m, registration, step);
        }
    }
}

impl Player {
    fn keep(&mut self, m: &Machine, slot: usize, value: Value) {
        self.slots[slot] = value;
        self.homes[slot] = Some(m.current);
    }

    fn slot(&mut self, m: &Machine, slot: usize) -> Value {
        if self.homes[slot] != Some(m.current) {
            self.strays = true;
            self.doubt(|| "it speaks of an object before it is made, or in another realm".to_owned());
        }
        self.slots[slot]
    }

    /// Notes why nothing can be said; the first reason stays.
    fn doubt(&mut self, why: impl FnOnce() -> String) {
        if self.careful && self.doubt.is_none() {
            self.doubt = Some(why());
        }
    }
}

/// The page, unless there is none or it was closed.
fn live_page(m: &Machine) -> Option<RealmId> {
    let found = m.realms.iter().position(|realm| realm.scope == Scope::Window && !realm.ended);
    found.map(|index| RealmId(index as u32))
}

impl Run<'_> {
    fn start(&mut self, m: &mut Machine) -> RegistrationId {
        let Some(worker) = self.program.worker else {
            let realm = service_worker::create_plain_realm(m);
            m.realm_mut(realm).is_window = self.program.asks_window;
            m.current = realm;
            return RegistrationId(0);
        };
        let registration = service_worker::create_registration(m);
        let script = self.script(worker, OUTSIDE);
        install::install(m, self, registration, script);
        event_loop::run_until_idle(m, self);
        if !self.program.keeps_start {
            self.player.recorder.forget();
            m.set_observed(0);
            m.choices.forget_places();
        }
        registration
    }

    fn step(&mut self, m: &mut Machine, registration: RegistrationId, step: &Step) {
        let find = |m: &Machine, id: Atom| click::find(m, registration, id, click::Which::Newest);
        match *step {
            Step::Main(body) => self.run_main(m, registration, body),
            Step::Page(body) => {
                let realm = self.page(m, registration);
                self.run_task(m, realm, body);
            }
            Step::ClosePage => {
                if let Some(page) = live_page(m) {
                    client_unload::handle_client_unload(m, registration, page);
                }
            }
            Step::Drain => event_loop::run_until_idle(m, self),
            Step::Stop => {
                if let Some(worker) = m.registration(registration).active {
                    terminate::terminate_service_worker(m, worker);
                }
            }
            Step::Update(body) => {
                let script = self.script(body, OUTSIDE);
                install::update(m, registration, script);
            }
            Step::Timeout(ref path) => {
                if let Ok(Value::Object(object)) = self.path(m, path, OUTSIDE)
                    && let Kind::Event(event) = m.object(object).kind
                {
                    extendable_event::time_out(m, event);
                }
            }
            Step::FailStarts => {
                if let Some(worker) = m.registration(registration).active {
                    m.workers[worker.index()].fails_to_start = true;
                }
            }
            Step::Message(text) => {
                if let Some(worker) = m.registration(registration).active {
                    // An agent hears of what it is to do by messages: it had a listener for them from the start.
                    let types = &mut m.workers[worker.index()].types_to_handle;
                    if !types.contains(&atom::MESSAGE) {
                        types.push(atom::MESSAGE);
                    }
                    post_message::post_message(m, worker, text);
                }
            }
            Step::Click { id, newest } => {
                let which = if newest { click::Which::Newest } else { click::Which::Oldest };
                if let Some(fetch) = click::find(m, registration, id, which) {
                    click::activate_the_interface(m, fetch);
                }
            }
            Step::Progress { id, bytes } => {
                on(m, find(m, id), |m, fetch| perform::received(m, fetch, f64::from(bytes)))
            }
            Step::Upload { id, bytes } => on(m, find(m, id), |m, fetch| perform::sent(m, fetch, f64::from(bytes))),
            Step::Finish { id, how } => {
                let reason = match how {
                    Ending::Success => FailureReason::None,
                    Ending::BadStatus => FailureReason::BadStatus,
                    Ending::FetchError => FailureReason::FetchError,
                    Ending::QuotaExceeded => FailureReason::QuotaExceeded,
                    Ending::DownloadTotalExceeded => FailureReason::DownloadTotalExceeded,
                };
                on(m, find(m, id), |m, fetch| perform::end(m, fetch, reason));
            }
            Step::UserAbort(id) => on(m, find(m, id), click::abort_from_the_interface),
            Step::Pause(id) => on(m, find(m, id), |m, fetch| m.background_fetches[fetch.index()].paused = true),
            Step::Resume(id) => on(m, find(m, id), |m, fetch| m.background_fetches[fetch.index()].paused = false),
            Step::Permission(permission) => {
                m.permission = match permission {
                    Permission::Granted => background_fetch::Permission::Granted,
                    Permission::Denied => background_fetch::Permission::Denied,
                    Permission::Prompt => background_fetch::Permission::Prompt,
                };
            }
            Step::Webdriver { id, place } => {
                let page = match place {
                    PagePlace::Inside => click::Page::Inside,
                    PagePlace::Outside => click::Page::Outside,
                    PagePlace::Closed => click::Page::Closed,
                };
                let answer = click::background_fetch_click(m, registration, id, page);
                let error = answer.error.map_or("null".to_owned(), |error| format!("\"{error}\""));
                let json = format!("{{\"status\":{},\"error\":{error}}}", answer.status);
                self.player.recorder.record_as(m, Seen::Outside, |entry| entry.raw("answered", &json));
            }
        }
    }

    fn run_main(&mut self, m: &mut Machine, registration: RegistrationId, body: usize) {
        let Some(worker) = m.registration(registration).active else { return };
        // Operations need a running worker: one that was stopped is started for them.
        if let Some(realm) = run_service_worker::run_service_worker(m, self, worker) {
            self.run_task(m, realm, body);
        }
    }

    fn page(&mut self, m: &mut Machine, registration: RegistrationId) -> RealmId {
        if let Some(page) = live_page(m) {
            return page;
        }
        m.registrations[registration.index()].clients = 1;
        m.create_realm(Scope::Window)
    }

    fn run_task(&mut self, m: &mut Machine, realm: RealmId, body: usize) {
        m.current = realm;
        let script = self.script(body, OUTSIDE);
        let result = event_loop::run_script(m, self, realm, |m, host| host.run(m, script, Value::Undefined, &[]));
        if let Err(exception) = result {
            report_an_exception(m, self, exception, realm);
        }
    }

    /// A body with what it captures of the place where it stands.
    fn script(&mut self, body: usize, frame: Frame<'_>) -> ScriptId {
        let Frame { this, arguments, settled } = frame;
        self.player.instances.push(Instance { body, this, arguments: arguments.to_vec(), settled, calls: 0 });
        ScriptId(self.player.instances.len() as u32 - 1)
    }

    /// Runs operations until one returns or throws.
    fn ops(&mut self, m: &mut Machine, ops: &[Op], frame: Frame<'_>) -> Completion {
        for op in ops {
            if self.player.ended {
                return Ok(Value::Undefined);
            }
            match self.op(m, op, frame) {
                Ok(Flow::Go) => {}
                Ok(Flow::Return(value)) => return Ok(value),
                Err(exception) if matches!(op, Op::Throw(_)) => return Err(exception),
                // What a call is made on and with is part of it.
                Err(exception)
                    if matches!(op, Op::Apply { .. } | Op::New { .. } | Op::Construct { .. } | Op::Setter { .. }) =>
                {
                    self.ended_so(m, Err(exception), op.text());
                }
                // Any other operation that throws ends the list, and is no exception of the callback.
                Err(exception) => {
                    self.player.recorder.record(m, |entry| {
                        entry.value("threw", exception);
                        entry.string("from", op.text());
                    });
                    return Ok(Value::Undefined);
                }
            }
        }
        Ok(Value::Undefined)
    }

    fn op(&mut self, m: &mut Machine, op: &Op, frame: Frame<'_>) -> Result<Flow, Value> {
        match op {
            Op::New { interface, name, args, into } => {
                let exists =
                    interface.filter(|interface| interfaces::exists_in(m, *interface, m.realm(m.current).scope));
                let Some(interface) = exists else {
                    if interface.is_none() {
                        self.player
                            .doubt(|| format!("the model does not know the interface `{}`", m.atoms.text(*name)));
                    }
                    self.missing(m, *name);
                    return Ok(Flow::Go);
                };
                let args = self.makes(m, args, frame)?;
                let result = construct::construct(m, self, interface, &args);
                self.constructed(m, result, *name, *into);
            }
            Op::Construct { path, args, into } => {
                let constructor = self.path(m, path, frame)?;
                if constructor == Value::Undefined && !path.members.is_empty() {
                    let (object, name) = self.owner(m, path, frame)?;
                    let text = object.and_then(|object| member_text(m, object, name)).unwrap_or(path.text);
                    self.missing(m, text);
                    return Ok(Flow::Go);
                }
                let args = self.makes(m, args, frame)?;
                let result = construct::construct_with(m, self, constructor, &args);
                self.constructed(m, result, path.text, *into);
            }
            Op::Class { interface, into: (slot, name) } => {
                let object = m.create_object(Kind::InterfaceObject(*interface));
                self.player.recorder.name(object, *name);
                self.player.keep(m, *slot, Value::Object(object));
            }
            Op::Call { path, args, into, catch, quiet } => {
                let result = match self.call(m, path, args, frame) {
                    Ok(None) => return Ok(Flow::Go),
                    Ok(Some(result)) => result,
                    // What a call is made on and with is part of it.
                    Err(exception) => Err(exception),
                };
                if !quiet {
                    self.ended_so(m, result, path.text);
                }
                if let Some((slot, name)) = if result.is_ok() { into } else { catch } {
                    let (Ok(value) | Err(value)) = result;
                    self.player.keep(m, *slot, value);
                    if let Value::Object(object) = value {
                        self.player.recorder.name(object, *name);
                    }
                }
            }
            Op::Apply { path, this, args } => {
                let this = self.make(m, this, frame)?;
                let args = self.makes(m, args, frame)?;
                let Some(result) = self.apply(m, path, this, &args, frame)? else { return Ok(Flow::Go) };
                self.ended_so(m, result, path.text);
            }
            Op::Get(path) => {
                let value = self.path(m, path, frame)?;
                self.got(m, value, path.text);
            }
            Op::Set(path, to) => {
                let (object, name) = self.owner(m, path, frame)?;
                let value = self.make(m, to, frame)?;
                if let Some(object) = object {
                    // A handler that the model does not know would become a property like any other.
                    if self.player.careful
                        && m.atoms.text(name).starts_with("on")
                        && knowledge::may_have_handlers(m, object)
                        && !knowledge::is_known(m, object, name)
                    {
                        self.not_known(m, object, name);
                    }
                    set::set(m, object, name, value)?;
                }
            }
            Op::Setter { path, this, to } => {
                let (_, name) = self.owner(m, path, frame)?;
                let this = self.make(m, this, frame)?;
                let value = self.make(m, to, frame)?;
                let result = set::call_global_setter(m, this, name, value).map(|()| Value::Undefined);
                self.ended_so(m, result, path.text);
            }
            Op::Read(path) => {
                let value = self.path(m, path, frame)?;
                if matches!(value, Value::Undefined | Value::Null) {
                    self.player.strays = true;
                    return Err(m.type_error());
                }
                if let Value::Object(object) = value
                    && let Kind::Event(event) = m.object(object).kind
                {
                    self.player.recorder.record(m, |entry| {
                        entry.event("read", event, &self.program.members);
                        entry.string("of", path.text);
                    });
                }
            }
            Op::Describe(path) => {
                let (object, name) = self.owner(m, path, frame)?;
                if let Some(object) = object {
                    self.asks_for(m, object, name);
                    if knowledge::is_undescribed(m, object, name) {
                        self.not_known(m, object, name);
                    }
                }
                let descriptor = object.and_then(|object| describe::describe(m, object, name));
                self.player.recorder.record(m, |entry| {
                    entry.descriptor("described", descriptor);
                    entry.string("from", path.text);
                });
            }
            Op::In(path) => {
                let (object, name) = self.owner(m, path, frame)?;
                let Some(object) = object else { return Err(m.type_error()) };
                self.asks_for(m, object, name);
                let exists = get::has_property(m, object, name);
                self.got(m, Value::Bool(exists), path.text);
            }
            Op::Typeof(path) => {
                let name = self.type_at(m, path, frame)?;
                self.got(m, Value::String(name), path.text);
            }
            Op::Instanceof(value, interface, text) => {
                let value = self.make(m, value, frame)?;
                let is = value.object().is_some_and(|object| self.is_instance(m, object, *interface));
                self.got(m, Value::Bool(is), *text);
            }
            Op::Same(a, b, text) => {
                let (a, b) = (self.make(m, a, frame)?, self.make(m, b, frame)?);
                self.got(m, Value::Bool(a == b), *text);
            }
            Op::Prototype(prototype, of, text) => {
                let (prototype, of) = (self.path(m, prototype, frame)?, self.path(m, of, frame)?);
                if matches!(of, Value::Undefined | Value::Null) {
                    return Err(m.type_error());
                }
                let is = self.prototype_of(m, of) == prototype.object();
                self.got(m, Value::Bool(is), *text);
            }
            Op::ClassOf(path) => {
                let value = self.path(m, path, frame)?;
                let class = match value {
                    Value::Object(object) => interfaces::class_string(&m.object(object).kind, m),
                    Value::Undefined => "Undefined",
                    Value::Null => "Null",
                    _ => "Object",
                };
                let class = m.atoms.intern(&format!("[object {class}]"));
                self.got(m, Value::String(class), path.text);
            }
            Op::Ordered(values, text) => {
                let values = self.makes(m, values, frame)?;
                let numbers: Option<Vec<f64>> = values
                    .into_iter()
                    .map(|value| if let Value::Number(number) = value { Some(number) } else { None })
                    .collect();
                let ordered = numbers.is_some_and(|numbers| numbers.is_sorted());
                self.got(m, Value::Bool(ordered), *text);
            }
            Op::Object(make, (slot, name), _) => {
                let value = self.make(m, make, frame)?;
                self.player.keep(m, *slot, value);
                if let Value::Object(object) = value {
                    self.player.recorder.name(object, *name);
                }
            }
            Op::Throw(make) => return Err(self.make(m, make, frame)?),
            Op::Return(make) => return Ok(Flow::Return(self.make(m, make, frame)?)),
            Op::Note(text) => self.player.recorder.record(m, |entry| entry.string("noted", *text)),
            Op::Microtask(body) => {
                let (realm, script) = (m.current, self.script(*body, frame));
                event_loop::queue_a_microtask(m, realm, Microtask::Script(script));
            }
            Op::Task(body) => {
                let script = self.script(*body, frame);
                event_loop::queue_a_task(m, m.current, TaskSource::Timer, Task::Script(script));
            }
            Op::Promise((slot, name)) => {
                let promise = promise::create(m);
                let object = m.promise(promise).object;
                self.player.recorder.name(object, *name);
                self.player.keep(m, *slot, Value::Object(object));
            }
            Op::Resolve(slot, with) => {
                let value = self.make(m, with, frame)?;
                let promise = self.player.slot(m, *slot);
                if let Some(promise) = self.promise(m, promise) {
                    promise::resolve(m, self, promise, value);
                }
            }
            Op::Reject(slot, with) => {
                let value = self.make(m, with, frame)?;
                let promise = self.player.slot(m, *slot);
                if let Some(promise) = self.promise(m, promise) {
                    promise::reject(m, promise, value);
                }
            }
            Op::Then { path, fulfilled, rejected } => {
                let value = self.path(m, path, frame)?;
                if let Some(promise) = self.promise(m, value) {
                    let (fulfilled, rejected) = (self.script(*fulfilled, frame), self.script(*rejected, frame));
                    promise::then(m, promise, Reaction::Script { fulfilled, rejected });
                }
            }
            Op::Tree(names) => {
                let mut parent = None;
                for (slot, name) in names {
                    let node = m.create_object(Kind::Node(parent));
                    self.player.recorder.name(node, *name);
                    self.player.keep(m, *slot, Value::Object(node));
                    parent = Some(node);
                }
            }
        }
        Ok(Flow::Go)
    }

    fn promise(&self, m: &Machine, value: Value) -> Option<bgfspec_model::value::PromiseId> {
        match m.object(value.object()?).kind {
            Kind::Promise(promise) => Some(promise),
            _ => None,
        }
    }

    /// Records that there is no such member; the scenario ends.
    fn missing(&mut self, m: &mut Machine, name: Atom) {
        self.player.recorder.record(m, |entry| entry.string("missing", name));
        self.player.recorder.end();
        self.player.ended = true;
        self.player.strays = true;
    }

    fn constructed(&mut self, m: &mut Machine, result: Completion, from: Atom, into: Option<(usize, Atom)>) {
        match result {
            Ok(value) => {
                if let Some((slot, name)) = into {
                    self.player.keep(m, slot, value);
                    if let Value::Object(object) = value {
                        self.player.recorder.name(object, name);
                    }
                }
            }
            Err(exception) => self.player.recorder.record(m, |entry| {
                entry.value("threw", exception);
                entry.string("from", from);
            }),
        }
    }

    fn ended_so(&mut self, m: &mut Machine, result: Completion, from: Atom) {
        self.player.recorder.record(m, |entry| {
            match result {
                Ok(value) => entry.value("returned", value),
                Err(exception) => entry.value("threw", exception),
            }
            entry.string("from", from);
        });
    }

    fn got(&mut self, m: &mut Machine, value: Value, from: Atom) {
        self.player.recorder.record(m, |entry| {
            entry.value("got", value);
            entry.string("from", from);
        });
    }

    fn call(
        &mut self,
        m: &mut Machine,
        path: &Path,
        args: &[Make],
        frame: Frame<'_>,
    ) -> Result<Option<Completion>, Value> {
        if path.members.is_empty() {
            let function = self.path(m, path, frame)?;
            let args = self.makes(m, args, frame)?;
            return match function.object().filter(|object| m.is_callable(*object)) {
                Some(function) => Ok(Some(callback::call(m, self, function, Value::Undefined, &args))),
                None => Err(m.type_error()),
            };
        }
        let (object, name) = self.owner(m, path, frame)?;
        let args = self.makes(m, args, frame)?;
        let called = match object {
            Some(object) => call_method(m, self, object, name, &args),
            None => Called::Missing,
        };
        let text = object.and_then(|object| member_text(m, object, name)).unwrap_or(path.text);
        match (called, object) {
            (Called::Ended(result), _) => Ok(Some(result)),
            // What is there and no function can't be called; only what is not there is missing.
            (Called::Missing, Some(object)) if get::get(m, self, object, name)? != Value::Undefined => {
                Err(m.type_error())
            }
            (Called::Missing, object) => {
                if let Some(object) = object {
                    self.asks_for(m, object, name);
                }
                self.missing(m, text);
                Ok(None)
            }
        }
    }

    fn apply(
        &mut self,
        m: &mut Machine,
        path: &Path,
        this: Value,
        args: &[Value],
        frame: Frame<'_>,
    ) -> Result<Option<Completion>, Value> {
        if let Some(&name) = path.members.last() {
            let (object, _) = self.owner(m, path, frame)?;
            let interface = object.and_then(|object| match m.object(object).kind {
                Kind::InterfacePrototype(interface) => Some(interface),
                ref kind => interfaces::of(kind, m, m.realm(m.object(object).realm).scope),
            });
            if let Some(interface) = interface
                && let Called::Ended(result) = call_with_this(m, self, interface, name, this, args)
            {
                return Ok(Some(result));
            }
        }
        let owner = if path.members.is_empty() { None } else { self.owner(m, path, frame)?.0 };
        let text = owner.zip(path.members.last()).and_then(|(object, name)| member_text(m, object, *name));
        let text = text.unwrap_or(path.text);
        let function = self.path(m, path, frame)?;
        match function.object().filter(|object| m.is_callable(*object)) {
            Some(function) => Ok(Some(callback::call(m, self, function, this, args))),
            None if function == Value::Undefined && !path.members.is_empty() => {
                self.missing(m, text);
                Ok(None)
            }
            None => Err(m.type_error()),
        }
    }

    fn is_instance(&self, m: &Machine, object: ObjectId, interface: Interface) -> bool {
        let data = m.object(object);
        let of = interfaces::of(&data.kind, m, m.realm(data.realm).scope);
        // Bent, what inherits from EventTarget does so from a prototype above it.
        let above = of != Some(interface) && interface == Interface::EventTarget && m.is_bent(Quirk::MethodsAbove);
        !above && of.is_some_and(|of| interfaces::inherits(m, of, interface))
    }

    fn prototype_of(&mut self, m: &mut Machine, value: Value) -> Option<ObjectId> {
        let object = value.object()?;
        let realm = m.object(object).realm;
        let interface = match m.object(object).kind {
            Kind::InterfacePrototype(interface) => {
                let parent = interfaces::parent(m, interface)?;
                // Bent, another prototype stands between.
                if parent == Interface::EventTarget && m.is_bent(Quirk::MethodsAbove) {
                    return None;
                }
                parent
            }
            Kind::InterfaceObject(interface) => {
                let parent = interfaces::parent(m, interface).filter(|_| !m.is_bent(Quirk::ConstructorsUnlinked))?;
                return Some(get::interface_objects(m, realm, parent).0);
            }
            ref kind => interfaces::of(kind, m, m.realm(realm).scope)?,
        };
        Some(get::interface_objects(m, realm, interface).1)
    }

    /// Of what type it is what a path gives; nothing behind null or undefined is of a type.
    fn type_at(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<Atom, Value> {
        let mut value = self.root(m, path.root, frame)?;
        let mut is_operation = false;
        for &name in &path.members {
            value = match value {
                Value::Object(object) => {
                    let got = get::get(m, self, object, name)?;
                    self.got_of(m, object, name, got);
                    // Operations are not values here, but script sees functions.
                    is_operation = got == Value::Undefined && operation_of(m, object, name).is_some();
                    got
                }
                _ => Value::Undefined,
            };
        }
        Ok(match value {
            Value::Undefined if is_operation => atom::FUNCTION,
            Value::Undefined => atom::UNDEFINED,
            Value::Null => atom::OBJECT,
            Value::Bool(_) => atom::BOOLEAN,
            Value::Number(_) => atom::NUMBER,
            Value::String(_) => atom::STRING,
            Value::Symbol => atom::SYMBOL,
            Value::BigInt(_) => atom::BIGINT,
            Value::Object(object) if m.is_callable(object) => atom::FUNCTION,
            Value::Object(_) => atom::OBJECT,
        })
    }

    fn root(&mut self, m: &mut Machine, root: Root, frame: Frame<'_>) -> Completion {
        Ok(match root {
            Root::Slot(slot) => self.player.slot(m, slot),
            Root::Callback(callback) => Value::Object(self.function(m, callback)),
            Root::Global => Value::Object(m.realm(m.current).global),
            Root::This => frame.this,
            Root::Event => frame.arguments.first().copied().unwrap_or(Value::Undefined),
            Root::Arguments => Value::Object(m.create_object(Kind::Array(frame.arguments.to_vec()))),
            Root::Settled => frame.settled,
            Root::Registration => {
                let realm = m.current;
                Value::Object(get::registration_object(m, realm, RegistrationId(0)))
            }
            Root::Name(name) => {
                let global = m.realm(m.current).global;
                get::get(m, self, global, name)?
            }
        })
    }

    fn path(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Completion {
        self.follow(m, path, path.members.len(), frame)
    }

    /// What a path gives after so many of its members. An interface that is not there ends the scenario.
    fn follow(&mut self, m: &mut Machine, path: &Path, count: usize, frame: Frame<'_>) -> Completion {
        let mut value = self.root(m, path.root, frame)?;
        if let (Root::Name(name), Value::Undefined) = (path.root, value) {
            self.missing(m, name);
        }
        self.player.unsaid |= path.root == Root::Arguments && tells_of_an_exception(m, path, frame);
        for (at, &name) in path.members[..count].iter().enumerate() {
            // Operations are not values here, but script sees functions, which have a length.
            if at + 2 == count
                && path.members[at + 1] == atom::LENGTH
                && let Value::Object(object) = value
                && m.own_property(object, name).is_none()
                && let Some(required) = operation_of(m, object, name)
            {
                return Ok(Value::Number(f64::from(interfaces::operation_length(m, name, required))));
            }
            value = match value {
                Value::Object(object) => {
                    self.player.unsaid |= is_for_the_implementation_to_say(m, object, name);
                    let got = get::get(m, self, object, name)?;
                    self.got_of(m, object, name, got);
                    if got == Value::Undefined && operation_of(m, object, name).is_some() {
                        self.player.doubt(|| {
                            let of = knowledge::owner(m, object);
                            format!("the model has no value for the operation `{}` of {of}", m.atoms.text(name))
                        });
                    }
                    got
                }
                // Script throws, whoever plays; what is made up has no need to say it.
                Value::Undefined | Value::Null => {
                    self.player.strays = true;
                    return Err(m.type_error());
                }
                _ => {
                    self.player.strays = true;
                    self.player
                        .doubt(|| format!("the model does not know `{}` of a primitive value", m.atoms.text(name)));
                    Value::Undefined
                }
            };
        }
        Ok(value)
    }

    /// The object that the last member of a path belongs to, and the name of that member.
    fn owner(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<(Option<ObjectId>, Atom), Value> {
        let Some((count, &name)) = path.members.len().checked_sub(1).zip(path.members.last()) else {
            return Ok((Some(m.realm(m.current).global), path.text));
        };
        let value = self.follow(m, path, count, frame)?;
        self.player.strays |= value.object().is_none();
        match value {
            Value::Undefined | Value::Null => Err(m.type_error()),
            value => Ok((value.object(), name)),
        }
    }

    /// Notes that a member is not known, or that the model does not follow what it gives.
    fn got_of(&mut self, m: &Machine, object: ObjectId, name: Atom, got: Value) {
        if !self.player.careful {
            return;
        }
        let unfollowed = matches!(m.object(object).kind, Kind::BackgroundFetchRecord) && got == Value::Undefined;
        if unfollowed {
            self.not_known(m, object, name);
        }
        self.asks_for(m, object, name);
    }

    /// Notes that a member is not known: the model can't say that it is missing.
    fn asks_for(&mut self, m: &Machine, object: ObjectId, name: Atom) {
        let is_own = || self.program.given.contains(&name);
        if self.player.careful && !knowledge::is_known(m, object, name) && !is_own() {
            self.not_known(m, object, name);
        }
    }

    fn not_known(&mut self, m: &Machine, object: ObjectId, name: Atom) {
        self.player.doubt(|| {
            let of = knowledge::owner(m, object);
            format!("the model does not know `{}` of {of}", m.atoms.text(name))
        });
    }

    /// The function of a callback in the current realm.
    fn function(&mut self, m: &mut Machine, callback: usize) -> ObjectId {
        let realm = m.current;
        let entry = match self.player.functions.iter().position(|(of, _)| *of == realm) {
            Some(entry) => entry,
            None => {
                self.player.functions.push((realm, vec![None; self.program.callbacks.len()]));
                self.player.functions.len() - 1
            }
        };
        if let Some(object) = self.player.functions[entry].1[callback] {
            return object;
        }
        let body = self.program.callbacks[callback];
        let Role::Callback { name, kind, .. } = self.program.bodies[body].role else {
            unreachable!("callbacks have this role")
        };
        let class = kind == CallbackKind::Class;
        let script = self.script(body, OUTSIDE);
        let object = m.create_object(Kind::Function { script, class });
        self.player.recorder.name(object, name);
        self.player.functions[entry].1[callback] = Some(object);
        object
    }

    fn makes(&mut self, m: &mut Machine, makes: &[Make], frame: Frame<'_>) -> Result<Vec<Value>, Value> {
        makes.iter().map(|make| self.make(m, make, frame)).collect()
    }

    fn make(&mut self, m: &mut Machine, make: &Make, frame: Frame<'_>) -> Completion {
        Ok(match make {
            Make::Just(value) => *value,
            Make::Path(path) => self.path(m, path, frame)?,
            Make::Error(name) => Value::Object(self.error(m, *name)),
            Make::Converts(outcome) => {
                let outcome = self.outcome(m, outcome, frame)?;
                Value::Object(m.create_object(Kind::Converting(outcome)))
            }
            Make::Array(items) => {
                let items = self.makes(m, items, frame)?;
                Value::Object(m.create_object(Kind::Array(items)))
            }
            Make::Object(members) => {
                let object = m.create_object(Kind::Plain);
                for (name, member) in members {
                    let property = match member {
                        MakeMember::Data(make) => Property::Data(self.make(m, make, frame)?),
                        MakeMember::Getter(outcome) => Property::Getter(self.outcome(m, outcome, frame)?),
                    };
                    m.define_property(object, *name, property);
                }
                Value::Object(object)
            }
        })
    }

    fn outcome(&mut self, m: &mut Machine, made: &Made, frame: Frame<'_>) -> Result<Completion, Value> {
        Ok(match made {
            Made::Gives(make) => Ok(self.make(m, make, frame)?),
            Made::Throws(make) => Err(self.make(m, make, frame)?),
        })
    }

    fn error(&mut self, m: &mut Machine, name: Atom) -> ObjectId {
        self.player.recorder.error_named(name).unwrap_or_else(|| {
            let object = m.create_object(Kind::Error);
            self.player.recorder.name_error(object, name);
            object
        })
    }
}

impl Host for Run<'_> {
    fn run(&mut self, m: &mut Machine, script: ScriptId, this: Value, arguments: &[Value]) -> Completion {
        let too_deep = || m.realm(m.current).event_loop.stack > DEEPEST;
        if self.player.ended || (m.has_quirks() && (self.player.recorder.count() > MOST_OBSERVED || too_deep())) {
            return Ok(Value::Undefined);
        }
        let program = self.program;
        let instance = &mut self.player.instances[script.index()];
        let body = &program.bodies[instance.body];
        let captured = std::mem::take(&mut instance.arguments);
        let frame = Frame { this: instance.this, arguments: &captured, settled: instance.settled };
        match body.role {
            Role::Plain => self.ops(m, &body.ops, frame),
            Role::Settled { of, fulfilled } => {
                let value = arguments.first().copied().unwrap_or(Value::Undefined);
                self.player.recorder.record(m, |entry| {
                    entry.string("settled", of);
                    entry.text("as", if fulfilled { "fulfilled" } else { "rejected" });
                    entry.value("value", value);
                });
                self.ops(m, &body.ops, Frame { settled: value, ..frame })
            }
            Role::Callback { name, times, kind } => {
                let frame = Frame { this, arguments, settled: Value::Undefined };
                self.called(m, name, this, arguments);
                self.player.instances[script.index()].calls += 1;
                let number = self.player.instances[script.index()].calls;
                let ops: &[Op] = if times.is_some_and(|times| number > times) { &[] } else { &body.ops };
                if kind != CallbackKind::Async {
                    return self.ops(m, ops, frame);
                }
                let promise = promise::create(m);
                match self.ops(m, ops, frame) {
                    Ok(value) => promise::resolve(m, self, promise, value),
                    Err(exception) => promise::reject(m, promise, exception),
                }
                Ok(Value::Object(m.promise(promise).object))
            }
        }
    }

    fn observe(&mut self, m: &mut Machine, what: Observed) {
        match what {
            Observed::Accessed(name) => self.player.recorder.record(m, |entry| entry.string("accessed", name)),
            Observed::Converted => self.player.recorder.record(m, |entry| entry.raw("converted", "true")),
            Observed::Reported(value) if self.view.reported => {
                self.player.recorder.record(m, |entry| entry.value("reported", value));
            }
            Observed::Unhandled(reason, promise) if self.view.unhandled => {
                self.player.recorder.record(m, |entry| {
                    entry.value("unhandled", reason);
                    entry.value("promise", Value::Object(promise));
                });
            }
            Observed::Reported(_) | Observed::Unhandled(..) => {}
            Observed::Evaluated(worker) => {
                let number = worker.0 + 1;
                self.player.recorder.record_as(m, Seen::InMain, |entry| entry.number("evaluated", number));
            }
            Observed::Opened(url) => {
                self.player.recorder.record_as(m, Seen::Outside, |entry| entry.string("opened", url));
            }
        }
    }
}

impl Run<'_> {
    fn called(&mut self, m: &mut Machine, name: Atom, this: Value, arguments: &[Value]) {
        let event = arguments.first().and_then(|value| value.object()).and_then(|object| match m.object(object).kind {
            // Bent, it may not be known for one.
            Kind::Event(event) => Some(event).filter(|_| self.is_instance(m, object, Interface::Event)),
            _ => None,
        });
        self.player.recorder.record(m, |entry| {
            entry.string("called", name);
            entry.value("this", this);
            entry.number("arguments", arguments.len() as u32);
            if let Some(event) = event {
                entry.event("event", event, &self.program.members);
            }
        });
    }
}

/// A member by the name of the interface or the class of its object.
fn member_text(m: &mut Machine, object: ObjectId, name: Atom) -> Option<Atom> {
    let data = m.object(object);
    let owner = match data.kind {
        Kind::InterfacePrototype(interface) | Kind::InterfaceObject(interface) => interface.name(),
        // Functions go by their own names, which is for whoever made them to say.
        Kind::Function { .. } | Kind::ResolvingFunction { .. } => return None,
        ref kind => match interfaces::of(kind, m, m.realm(data.realm).scope) {
            Some(interface) => interface.name(),
            None => interfaces::class_string(kind, m),
        },
    };
    let text = format!("{owner}.{}", m.atoms.text(name));
    Some(m.atoms.intern(&text))
}

/// Whether an event tells of an exception that was reported: what it says of it but the exception itself is for the implementation to
/// say. <https://html.spec.whatwg.org/#extract-error>
fn is_report(event: &Event) -> bool {
    event.is_trusted && matches!(event.payload, Payload::Error(_))
}

/// Whether what a member gives is left to the implementation.
fn is_for_the_implementation_to_say(m: &Machine, object: ObjectId, name: Atom) -> bool {
    match m.object(object).kind {
        Kind::Event(event) => {
            is_report(m.event(event)) && matches!(name, atom::MESSAGE | atom::FILENAME | atom::LINENO | atom::COLNO)
        }
        Kind::DomException { message: None, .. } | Kind::NativeError(_) => name == atom::MESSAGE,
        _ => false,
    }
}

/// Whether a path reads one of the arguments of an `onerror` that say what is left to the implementation of a reported exception.
fn tells_of_an_exception(m: &Machine, path: &Path, frame: Frame<'_>) -> bool {
    let reads = |name: &Atom| ["0", "1", "2", "3"].contains(&m.atoms.text(*name));
    frame.arguments.len() == 5
        && path.members.first().is_some_and(reads)
        && m.events.iter().any(|event| event.dispatch && is_report(event))
}

/// How many arguments the operation of an object requires that has this name; none if there is no such operation.
fn operation_of(m: &Machine, object: ObjectId, name: Atom) -> Option<u8> {
    use bgfspec_model::web_idl::interfaces::Member;
    let data = m.object(object);
    let interface = match data.kind {
        Kind::InterfacePrototype(interface) | Kind::InterfaceObject(interface) => Some(interface),
        ref kind => interfaces::of(kind, m, m.realm(data.realm).scope),
    };
    let is_static = matches!(data.kind, Kind::InterfaceObject(_));
    match interface.and_then(|interface| interfaces::member(m, interface, name)) {
        Some((_, Member::Operation(required))) if !is_static => Some(required),
        Some((_, Member::Static(required))) if is_static => Some(required),
        _ => None,
    }
}

fn on(m: &mut Machine, fetch: Option<BackgroundFetchId>, act: impl FnOnce(&mut Machine, BackgroundFetchId)) {
    if let Some(fetch) = fetch {
        act(m, fetch);
    }
}

/// The `BackgroundFetchRegistration` of an event, if it has one.
pub(super) trait WithRegistration {
    /// The registration's object.
    fn registration(&self) -> Option<ObjectId>;
}

impl WithRegistration for Event {
    fn registration(&self) -> Option<ObjectId> {
        match self.payload {
            bgfspec_model::dom::event::Payload::Registration(object) => Some(object),
            _ => None,
        }
    }
}
