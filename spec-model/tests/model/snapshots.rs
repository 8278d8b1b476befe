//! Snapshots of whole matrices and lists. They pin the model, so that a change of it is seen, and judge nobody else.

use std::fmt::Write as _;

use bgfspec_model::atom;
use bgfspec_model::dom::event_target::Options;
use bgfspec_model::ecmascript::promise;
use bgfspec_model::errata::ERRATA;
use bgfspec_model::html::event_loop::{self, InParallel};
use bgfspec_model::service_worker::activate::activate_in_parallel;
use bgfspec_model::service_worker::add_lifetime_promise_in_microtask;
use bgfspec_model::service_worker::extendable_event::{Lifetime, wait_until};
use bgfspec_model::service_worker::fire_functional_event::{Then, fire_functional_event};
use bgfspec_model::service_worker::install::install_in_parallel;
use bgfspec_model::service_worker::run_service_worker::run_service_worker;
use bgfspec_model::service_worker::terminate::terminate_service_worker;
use bgfspec_model::service_worker::try_activate::try_activate;
use bgfspec_model::service_worker::unregister::unregister;
use bgfspec_model::service_worker::update::update_in_parallel;
use bgfspec_model::service_worker::{State, create_plain_realm, create_registration, create_worker};
use bgfspec_model::value::{EventId, RegistrationId, WorkerId};
use bgfspec_model::web_idl::interfaces::Interface;
use bgfspec_model::{Kind, Machine, ScriptId, Value};

use crate::host::{self, Scripts, listen, trusted_event};

fn pin(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn lifetime_of_an_extendable_event() {
    let mut table =
        String::from("trusted  dispatch  pending  timed out | active  waitUntil()        one promise less\n");
    for trusted in [true, false] {
        for dispatch in [true, false] {
            for pending in 0..=2 {
                for timed_out in [false, true] {
                    let lifetime = Lifetime { pending, timed_out, ..Lifetime::default() };
                    let row = lifetime_row(trusted, dispatch, lifetime);
                    let [trusted, dispatch, timed_out] = [trusted, dispatch, timed_out].map(yes_or_no);
                    writeln!(table, "{trusted:<9}{dispatch:<10}{pending:<9}{timed_out:<10}| {row}").expect("a string");
                }
            }
        }
    }
    pin("lifetime_of_an_extendable_event", &table);
}

/// Whether the event is active, what `waitUntil()` does, and what the end of one of its promises does.
fn lifetime_row(trusted: bool, dispatch: bool, lifetime: Lifetime) -> String {
    let mut m = Machine::new();
    let mut scripts = Scripts::default();
    let realm = create_plain_realm(&mut m);
    m.current = realm;
    let event = trusted_event(&mut m, realm, Interface::ExtendableEvent, atom::ACTIVATE);
    let data = &mut m.events[event.index()];
    data.is_trusted = trusted;
    data.dispatch = dispatch;
    data.lifetime = lifetime;
    let active = yes_or_no(data.is_active());
    let allowed = extend(&mut m.clone(), &mut scripts, event);
    let less = if lifetime.pending == 0 {
        "-".to_owned()
    } else {
        m.registrations[0].unregistered = true;
        add_lifetime_promise_in_microtask(&mut m, realm, event);
        let mut less = format!("{} pending", m.event(event).lifetime.pending);
        for steps in &m.in_parallel {
            less += match steps {
                InParallel::TryClearRegistration(_) => ", Try Clear Registration if unregistered",
                InParallel::TryActivate(_) => ", Try Activate",
                other => panic!("unexpected: {other:?}"),
            };
        }
        less
    };
    format!("{active:<8}{allowed:<19}{less}").trim_end().to_owned()
}

fn extend(m: &mut Machine, scripts: &mut Scripts, event: EventId) -> &'static str {
    let before = m.event(event).lifetime.pending;
    let argument = promise::create(m);
    let argument = host::as_value(m, argument);
    match wait_until(m, scripts, event, argument) {
        Ok(()) => {
            assert_eq!(m.event(event).lifetime.pending, before + 1);
            "one more pending"
        }
        Err(Value::Object(error)) => {
            assert!(matches!(m.object(error).kind, Kind::DomException { name: atom::INVALID_STATE_ERROR, .. }));
            "InvalidStateError"
        }
        Err(other) => panic!("unexpected: {other:?}"),
    }
}

#[derive(Clone, Copy)]
enum Stimulus {
    NewScript,
    InstallEnds(Lifetime),
    TryActivate,
    ActivateEnds,
    FunctionalEvent,
    Terminate,
    Unregister,
    UnregisterWhileExtended,
    Run,
    RunFails,
}

impl Stimulus {
    const ALL: [(&'static str, Stimulus); 12] = [
        ("a new script is installed", Stimulus::NewScript),
        (
            "its install event ends well",
            Stimulus::InstallEnds(Lifetime { pending: 0, timed_out: false, rejected: false }),
        ),
        (
            "its install event ends badly",
            Stimulus::InstallEnds(Lifetime { pending: 0, timed_out: false, rejected: true }),
        ),
        (
            "its install event times out",
            Stimulus::InstallEnds(Lifetime { pending: 1, timed_out: true, rejected: false }),
        ),
        ("Try Activate", Stimulus::TryActivate),
        ("its activate event ends", Stimulus::ActivateEnds),
        ("a functional event is fired", Stimulus::FunctionalEvent),
        ("Terminate", Stimulus::Terminate),
        ("unregister()", Stimulus::Unregister),
        ("unregister(), event pending", Stimulus::UnregisterWhileExtended),
        ("Run", Stimulus::Run),
        ("Run, which fails", Stimulus::RunFails),
    ];
}

/// A registration whose first worker is in some state.
struct Life {
    m: Machine,
    scripts: Scripts,
    registration: RegistrationId,
    worker: WorkerId,
    worker_script: ScriptId,
}

impl Life {
    /// The worker's script was evaluated, with listeners for all events; it runs, unless it is redundant.
    fn in_state(state: State) -> Self {
        let mut m = Machine::new();
        let mut scripts = Scripts::default();
        let listener = scripts.script(|m, scripts, arguments| {
            let event = m.event(host::event_of(m, arguments)).event_type;
            let name = m.atoms.text(event).to_owned();
            scripts.note(name);
            Ok(Value::Undefined)
        });
        let worker_script = scripts.script(move |m, _, _| {
            let global = m.realm(m.current).global;
            for event_type in [atom::INSTALL, atom::ACTIVATE, atom::BACKGROUND_FETCH_CLICK] {
                listen(m, global, event_type, listener, Options::default());
            }
            Ok(Value::Undefined)
        });
        let registration = create_registration(&mut m);
        let worker = create_worker(&mut m, registration, Some(worker_script));
        let realm = run_service_worker(&mut m, &mut scripts, worker).expect("the worker starts");
        m.current = realm;
        let data = &mut m.registrations[registration.index()];
        match state {
            State::Parsed | State::Redundant => {}
            State::Installing => data.installing = Some(worker),
            State::Installed => data.waiting = Some(worker),
            State::Activating | State::Activated => data.active = Some(worker),
        }
        m.workers[worker.index()].state = state;
        if state == State::Redundant {
            terminate_service_worker(&mut m, worker);
        }
        scripts.take_notes();
        Life { m, scripts, registration, worker, worker_script }
    }

    fn apply(&mut self, stimulus: Stimulus) {
        let Life { m, scripts, registration, worker, worker_script } = self;
        match stimulus {
            Stimulus::NewScript => {
                update_in_parallel(m, scripts, *registration, *worker_script);
            }
            Stimulus::InstallEnds(lifetime) => {
                let event = trusted_event(m, m.current, Interface::InstallEvent, atom::INSTALL);
                m.events[event.index()].lifetime = lifetime;
                install_in_parallel(m, scripts, *registration, event);
            }
            Stimulus::TryActivate => try_activate(m, scripts, *registration),
            Stimulus::ActivateEnds => activate_in_parallel(m, *registration, None),
            Stimulus::FunctionalEvent => {
                let fetch = host::background_fetch(m, *registration);
                let (name, interface) = (atom::BACKGROUND_FETCH_CLICK, Interface::BackgroundFetchEvent);
                fire_functional_event(m, *registration, name, interface, fetch, Then::Nothing);
            }
            Stimulus::Terminate => terminate_service_worker(m, *worker),
            Stimulus::Unregister => {
                unregister(m, *registration);
            }
            Stimulus::UnregisterWhileExtended => {
                let event = trusted_event(m, m.current, Interface::ExtendableEvent, atom::ACTIVATE);
                m.events[event.index()].lifetime.pending = 1;
                m.workers[worker.index()].extended_events.push(event);
                unregister(m, *registration);
            }
            Stimulus::Run => {
                run_service_worker(m, scripts, *worker);
            }
            Stimulus::RunFails => {
                terminate_service_worker(m, *worker);
                m.workers[worker.index()].fails_to_start = true;
                if run_service_worker(m, scripts, *worker).is_none() {
                    scripts.note("failure");
                }
            }
        }
        event_loop::run_until_idle(m, scripts);
    }

    /// Each worker with its state, its place and whether it runs; then what happened on the way.
    fn describe(&mut self) -> String {
        let registration = self.m.registration(self.registration);
        let places = [
            ("installing", registration.installing),
            ("waiting", registration.waiting),
            ("active", registration.active),
        ];
        let mut text = String::new();
        for (number, worker) in self.m.workers.iter().enumerate() {
            let id = WorkerId(number as u32);
            let place = places.iter().find(|(_, place)| *place == Some(id)).map_or("nowhere", |(name, _)| name);
            let runs = if worker.realm.is_some() { "runs" } else { "stopped" };
            let comma = if number == 0 { "" } else { ", " };
            write!(text, "{comma}{:?}/{place}/{runs}", worker.state).expect("a string");
        }
        let notes = self.scripts.take_notes();
        if !notes.is_empty() {
            write!(text, "; {}", notes.join(", ")).expect("a string");
        }
        text
    }
}

#[test]
fn states_of_a_service_worker() {
    let mut table =
        String::from("Each worker as state/place in its registration/whether it runs; then what happened.\n");
    for state in State::ALL {
        let start = Life::in_state(state).describe();
        writeln!(table, "\n{start}").expect("a string");
        for (name, stimulus) in Stimulus::ALL {
            let mut life = Life::in_state(state);
            life.apply(stimulus);
            writeln!(table, "  {name:<29}{}", life.describe()).expect("a string");
        }
    }
    pin("states_of_a_service_worker", &table);
}

#[test]
fn errata() {
    let mut text = String::new();
    for erratum in ERRATA {
        let (id, place, link) = (erratum.id, erratum.place, erratum.link);
        writeln!(text, "{id}: {place}\n  {link}").expect("a string");
        writeln!(text, "  Literally: {}\n  Model: {}\n", erratum.literally, erratum.model).expect("a string");
    }
    pin("errata", &text);
}

/// The list is read from the documentation of the type, which is the only place that has it all.
#[test]
fn latitude() {
    let source = include_str!("../../src/latitude.rs");
    let (_, list) = source.split_once("pub enum Latitude {\n").expect("the type is there");
    let (list, _) = list.split_once("\n}").expect("the type ends");
    let mut text = String::new();
    for line in list.lines().map(str::trim_start) {
        match line.strip_prefix("///") {
            Some(sentence) => writeln!(text, "{}", sentence.trim_start()),
            None => writeln!(text, "= {}\n", line.trim_end_matches(',')),
        }
        .expect("a string");
    }
    pin("latitude", &text);
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}
