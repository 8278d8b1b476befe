//! A host for tests: script is Rust.

use std::rc::Rc;

use bgfspec_model::atom::Atom;
use bgfspec_model::background_fetch::{BackgroundFetch, FailureReason, FetchResult};
use bgfspec_model::dom::create_an_event::create_an_event;
use bgfspec_model::dom::event_target::{self, Options};
use bgfspec_model::html::event_loop;
use bgfspec_model::value::{BackgroundFetchId, EventId, PromiseId, RegistrationId, WorkerId};
use bgfspec_model::web_idl::interfaces::Interface;
use bgfspec_model::{Completion, Host, Kind, Machine, ObjectId, Observed, RealmId, ScriptId, Value};

type Body = Rc<dyn Fn(&mut Machine, &mut Scripts, &[Value]) -> Completion>;

/// Runs pieces of script that are closures, and keeps what they note.
#[derive(Default)]
pub(crate) struct Scripts {
    bodies: Vec<Body>,
    notes: Vec<String>,
}

impl Scripts {
    /// A piece of script; it gets the arguments that it is called with.
    pub(crate) fn script(
        &mut self,
        body: impl Fn(&mut Machine, &mut Scripts, &[Value]) -> Completion + 'static,
    ) -> ScriptId {
        self.bodies.push(Rc::new(body));
        ScriptId(self.bodies.len() as u32 - 1)
    }

    /// A piece of script that does no more than note something.
    pub(crate) fn noting(&mut self, note: &'static str) -> ScriptId {
        self.script(move |_, scripts, _| {
            scripts.note(note);
            Ok(Value::Undefined)
        })
    }

    /// Notes that something happened.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Returns how many notes there are since the last time they were taken.
    pub(crate) fn count(&self) -> usize {
        self.notes.len()
    }

    /// What happened since the last time.
    pub(crate) fn take_notes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notes)
    }
}

impl Host for Scripts {
    fn run(&mut self, machine: &mut Machine, script: ScriptId, _this: Value, arguments: &[Value]) -> Completion {
        let body = Rc::clone(&self.bodies[script.0 as usize]);
        body(machine, self, arguments)
    }

    fn observe(&mut self, _machine: &mut Machine, what: Observed) {
        match what {
            Observed::Evaluated(WorkerId(worker)) => self.note(format!("worker {worker} evaluated")),
            Observed::Reported(_) => self.note("exception reported"),
            Observed::Unhandled(..) => self.note("rejection reported"),
            Observed::Accessed(_) | Observed::Converted | Observed::Opened(_) => {}
        }
    }
}

/// Adds a listener that runs a piece of script.
pub(crate) fn listen(
    m: &mut Machine,
    target: ObjectId,
    event_type: Atom,
    script: ScriptId,
    options: Options,
) -> ObjectId {
    let function = m.create_object(Kind::Function { script, class: false });
    event_target::add_event_listener(m, target, event_type, Some(function), options);
    function
}

/// The event that a listener was called with.
pub(crate) fn event_of(m: &Machine, arguments: &[Value]) -> EventId {
    match arguments.first().and_then(|argument| argument.object()).map(|object| &m.object(object).kind) {
        Some(Kind::Event(event)) => *event,
        _ => panic!("a listener gets an event"),
    }
}

/// A trusted event that was not dispatched yet.
pub(crate) fn trusted_event(m: &mut Machine, realm: RealmId, interface: Interface, event_type: Atom) -> EventId {
    let event = create_an_event(m, interface, realm);
    m.events[event.index()].event_type = event_type;
    event
}

/// A promise as a value.
pub(crate) fn as_value(m: &Machine, promise: PromiseId) -> Value {
    Value::Object(m.promise(promise).object)
}

/// Runs a piece of script in a realm, and the microtasks that it leaves.
pub(crate) fn run(m: &mut Machine, scripts: &mut Scripts, realm: RealmId, script: ScriptId) -> Completion {
    event_loop::run_script(m, scripts, realm, |m, scripts| scripts.run(m, script, Value::Undefined, &[]))
}

/// A background fetch that goes on.
pub(crate) fn background_fetch(m: &mut Machine, registration: RegistrationId) -> BackgroundFetchId {
    let id = m.atoms.intern("a");
    let fetch = BackgroundFetchId(m.background_fetches.len() as u32);
    m.background_fetches.push(BackgroundFetch {
        id,
        registration,
        records: Vec::new(),
        download_total: 0.0,
        upload_total: 0.0,
        uploaded: 0.0,
        stored: 0.0,
        result: FetchResult::Pending,
        failure_reason: FailureReason::None,
        records_available: true,
        paused: false,
        abort_all: false,
        ended: None,
        cleared: false,
    });
    m.registrations[registration.index()].active_background_fetches.push((id, fetch));
    fetch
}
