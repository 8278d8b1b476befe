//! Events where a mistake would be cheap to make: order, microtasks, removal, and what a lifetime hangs on.

use crate::host::{Scripts, as_value, listen, run, trusted_event};
use bgfspec_model::atom::{self, Atom};
use bgfspec_model::dom::abort_signal;
use bgfspec_model::dom::create_an_event::{EventInit, construct};
use bgfspec_model::dom::dispatch::dispatch;
use bgfspec_model::dom::event_target::{self, Options};
use bgfspec_model::ecmascript::promise::{self, Reaction};
use bgfspec_model::html::event_loop::{self, Microtask, Task, TaskSource};
use bgfspec_model::service_worker::extendable_event::wait_until;
use bgfspec_model::service_worker::fire_functional_event::{FunctionalEvent, Then};
use bgfspec_model::service_worker::run_service_worker::run_service_worker;
use bgfspec_model::service_worker::terminate::terminate_service_worker;
use bgfspec_model::service_worker::{self, create_plain_realm, create_registration, create_worker};
use bgfspec_model::step::{Branch, StepId};
use bgfspec_model::value::EventId;
use bgfspec_model::web_idl::interfaces::Interface;
use bgfspec_model::{Kind, Machine, ObjectId, RealmId, Value};

const CAPTURE: Options = Options { capture: true, passive: None, once: false, signal: None };
const ONCE: Options = Options { capture: false, passive: None, once: true, signal: None };

struct World {
    m: Machine,
    scripts: Scripts,
    realm: RealmId,
    click: Atom,
}

impl World {
    fn new() -> Self {
        let mut m = Machine::new();
        let realm = create_plain_realm(&mut m);
        m.current = realm;
        let click = m.atoms.intern("click");
        World { m, scripts: Scripts::default(), realm, click }
    }

    fn target(&mut self) -> ObjectId {
        self.m.create_object(Kind::EventTarget)
    }

    fn listen(&mut self, target: ObjectId, note: &'static str, options: Options) {
        let script = self.scripts.noting(note);
        listen(&mut self.m, target, self.click, script, options);
    }

    /// The event as a user agent makes it.
    fn event(&mut self) -> EventId {
        trusted_event(&mut self.m, self.realm, Interface::Event, self.click)
    }

    fn dispatch(&mut self, event: EventId, target: ObjectId) -> Vec<String> {
        dispatch(&mut self.m, &mut self.scripts, event, target);
        self.scripts.take_notes()
    }

    /// Dispatches the event while a script runs.
    fn dispatch_from_script(&mut self, event: EventId, target: ObjectId) -> Vec<String> {
        let script = self.scripts.script(move |m, scripts, _| event_target::dispatch_event(m, scripts, target, event));
        run(&mut self.m, &mut self.scripts, self.realm, script).expect("the event can be dispatched");
        self.scripts.take_notes()
    }
}

#[test]
fn an_event_goes_down_to_its_target_with_capture_and_up_again_without() {
    let mut world = World::new();
    let parent = world.m.create_object(Kind::Node(None));
    let child = world.m.create_object(Kind::Node(Some(parent)));
    for (target, up, down) in [(parent, "parent", "parent, capture"), (child, "child", "child, capture")] {
        world.listen(target, up, Options::default());
        world.listen(target, down, CAPTURE);
    }
    let event = world.event();
    assert_eq!(world.dispatch(event, child), ["parent, capture", "child, capture", "child"]);
    let init = EventInit { bubbles: true, ..EventInit::default() };
    let event = construct(&mut world.m, Interface::Event, world.click, init);
    assert_eq!(world.dispatch(event, child), ["parent, capture", "child, capture", "child", "parent"]);
}

#[test]
fn a_listener_added_during_the_dispatch_waits_for_the_next_one() {
    let mut world = World::new();
    let (target, click) = (world.target(), world.click);
    let late = world.scripts.noting("late");
    let early = world.scripts.script(move |m, scripts, _| {
        scripts.note("early");
        listen(m, target, click, late, Options::default());
        Ok(Value::Undefined)
    });
    listen(&mut world.m, target, click, early, Options::default());
    let event = world.event();
    assert_eq!(world.dispatch(event, target), ["early"]);
    let event = world.event();
    assert_eq!(world.dispatch(event, target), ["early", "late"]);
}

#[test]
fn a_listener_removed_during_the_dispatch_is_not_called() {
    let mut world = World::new();
    let (target, click) = (world.target(), world.click);
    let unlucky = world.scripts.noting("unlucky");
    let unlucky = world.m.create_object(Kind::Function { script: unlucky, class: false });
    let remover = world.scripts.script(move |m, scripts, _| {
        scripts.note("remover");
        event_target::remove_event_listener(m, target, click, Some(unlucky), false);
        Ok(Value::Undefined)
    });
    listen(&mut world.m, target, click, remover, Options::default());
    event_target::add_event_listener(&mut world.m, target, click, Some(unlucky), Options::default());
    let event = world.event();
    assert_eq!(world.dispatch(event, target), ["remover"]);
}

#[test]
fn a_listener_for_one_event_is_removed_before_it_is_called() {
    let mut world = World::new();
    let (target, click) = (world.target(), world.click);
    let script = world.scripts.script(move |m, scripts, _| {
        scripts.note("called");
        if scripts.count() > 1 {
            return Ok(Value::Undefined);
        }
        let inner = construct(m, Interface::Event, click, EventInit::default());
        event_target::dispatch_event(m, scripts, target, inner)
    });
    listen(&mut world.m, target, click, script, ONCE);
    let event = world.event();
    assert_eq!(world.dispatch(event, target), ["called"]);
}

/// A target with two listeners, of which the first leaves a microtask behind.
fn target_with_a_microtask(world: &mut World) -> ObjectId {
    let (target, click) = (world.target(), world.click);
    let microtask = world.scripts.noting("microtask");
    let first = world.scripts.script(move |m, scripts, _| {
        scripts.note("first");
        event_loop::queue_a_microtask(m, m.current, Microtask::Script(microtask));
        Ok(Value::Undefined)
    });
    listen(&mut world.m, target, click, first, Options::default());
    world.listen(target, "second", Options::default());
    target
}

#[test]
fn microtasks_run_between_the_listeners_of_an_event_that_the_user_agent_fires() {
    let mut world = World::new();
    let target = target_with_a_microtask(&mut world);
    let event = world.event();
    assert_eq!(world.dispatch(event, target), ["first", "microtask", "second"]);
}

#[test]
fn no_microtask_runs_between_the_listeners_of_an_event_that_script_dispatches() {
    let mut world = World::new();
    let target = target_with_a_microtask(&mut world);
    let event = world.event();
    assert_eq!(world.dispatch_from_script(event, target), ["first", "second", "microtask"]);
}

#[test]
fn a_signal_removes_listeners_before_it_tells_of_the_abort() {
    let mut world = World::new();
    let (target, click) = (world.target(), world.click);
    let object = abort_signal::create(&mut world.m);
    let signal = abort_signal::of(&world.m, object);
    world.listen(target, "still there", Options { signal: Some(signal), ..Options::default() });
    let on_abort = world.scripts.script(move |m, scripts, _| {
        scripts.note("abort");
        let inner = construct(m, Interface::Event, click, EventInit::default());
        event_target::dispatch_event(m, scripts, target, inner)
    });
    listen(&mut world.m, object, atom::ABORT, on_abort, Options::default());
    let event = world.event();
    assert_eq!(world.dispatch(event, target), ["still there"]);
    abort_signal::signal_abort(&mut world.m, &mut world.scripts, object, Value::Undefined);
    assert_eq!(world.scripts.take_notes(), ["abort"]);
}

#[test]
fn a_passive_listener_and_an_event_that_is_not_cancelable_cancel_nothing() {
    for (cancelable, passive, canceled) in [(true, false, true), (true, true, false), (false, false, false)] {
        let mut world = World::new();
        let (target, click) = (world.target(), world.click);
        let script = world.scripts.script(|m, _, arguments| {
            bgfspec_model::dom::event::set_the_canceled_flag(m, crate::host::event_of(m, arguments));
            Ok(Value::Undefined)
        });
        let options = Options { passive: Some(passive), ..Options::default() };
        listen(&mut world.m, target, click, script, options);
        let init = EventInit { cancelable, ..EventInit::default() };
        let event = construct(&mut world.m, Interface::Event, click, init);
        world.dispatch(event, target);
        assert_eq!(world.m.event(event).canceled, canceled, "cancelable {cancelable}, passive {passive}");
    }
}

#[test]
fn a_reaction_can_extend_the_lifetime_only_if_script_registered_it_before() {
    for (before, allowed) in [(true, true), (false, false)] {
        let mut world = World::new();
        let event = trusted_event(&mut world.m, world.realm, Interface::ExtendableEvent, world.click);
        let global = world.m.realm(world.realm).global;
        let pending = promise::create(&mut world.m);
        // The reaction leaves a microtask, as the end of a lifetime promise does: who was first decides.
        let extend = world.scripts.script(move |m, scripts, _| {
            let note = if wait_until(m, scripts, event, Value::Null).is_ok() { "allowed" } else { "refused" };
            scripts.note(note);
            Ok(Value::Undefined)
        });
        let react = world.scripts.script(move |m, _, _| {
            event_loop::queue_a_microtask(m, m.current, Microtask::Script(extend));
            Ok(Value::Undefined)
        });
        let reaction = Reaction::Script { fulfilled: react, rejected: react };
        let listener = world.scripts.script(move |m, scripts, _| {
            if before {
                promise::then(m, pending, reaction);
            }
            let argument = as_value(m, pending);
            wait_until(m, scripts, event, argument)?;
            if !before {
                promise::then(m, pending, reaction);
            }
            Ok(Value::Undefined)
        });
        listen(&mut world.m, global, world.click, listener, Options::default());
        assert_eq!(world.dispatch(event, global), [""; 0]);
        assert!(world.m.event(event).is_active());
        promise::resolve(&mut world.m, &mut world.scripts, pending, Value::Null);
        event_loop::perform_a_microtask_checkpoint(&mut world.m, &mut world.scripts, world.realm);
        assert_eq!(world.scripts.take_notes(), [if allowed { "allowed" } else { "refused" }]);
        assert!(!world.m.event(event).is_active());
    }
}

#[test]
fn a_terminated_worker_keeps_functional_events_and_nothing_else() {
    let mut m = Machine::new();
    let mut scripts = Scripts::default();
    let on_click = scripts.noting("clicked");
    let worker_script = scripts.script(move |m, _, _| {
        let global = m.realm(m.current).global;
        listen(m, global, atom::BACKGROUND_FETCH_CLICK, on_click, Options::default());
        Ok(Value::Undefined)
    });
    let registration = create_registration(&mut m);
    let worker = create_worker(&mut m, registration, Some(worker_script));
    m.registrations[registration.index()].active = Some(worker);
    m.workers[worker.index()].state = service_worker::State::Activated;
    let realm = run_service_worker(&mut m, &mut scripts, worker).expect("the worker starts");
    let background_fetch = crate::host::background_fetch(&mut m, registration);
    let event = FunctionalEvent {
        event_type: atom::BACKGROUND_FETCH_CLICK,
        interface: Interface::BackgroundFetchEvent,
        worker,
        background_fetch,
        then: Then::Nothing,
    };
    let timer = scripts.noting("timer");
    event_loop::queue_a_task(&mut m, realm, TaskSource::Timer, Task::Script(timer));
    event_loop::queue_a_task(
        &mut m,
        realm,
        TaskSource::HandleFunctionalEvent(event.event_type),
        Task::FunctionalEvent(event),
    );

    terminate_service_worker(&mut m, worker);
    event_loop::run_until_idle(&mut m, &mut scripts);
    assert_eq!(scripts.take_notes(), ["worker 0 evaluated"]);
    assert_eq!(m.registration(registration).backed_up.len(), 1);

    run_service_worker(&mut m, &mut scripts, worker).expect("the worker starts again");
    event_loop::run_until_idle(&mut m, &mut scripts);
    assert_eq!(scripts.take_notes(), ["worker 0 evaluated", "clicked"]);
}

#[test]
fn a_step_with_a_condition_tells_which_way_it_went_and_the_log_is_told() {
    let took = |options: Options| {
        let mut world = World::new();
        world.m.keep_log();
        let target = world.target();
        world.listen(target, "heard", options);
        let event = world.event();
        world.dispatch(event, target);
        let step = "dom/inner invoke/2.5";
        let coverage = &world.m.coverage;
        let ways = Branch::all().filter(|branch| branch.step().name() == step && coverage.contains_branch(*branch));
        let logged = world.m.log().iter().any(|decision| decision.step.name() == step);
        assert!(StepId::named(step).is_some_and(|step| coverage.contains(step)));
        (ways.map(Branch::name).collect::<Vec<_>>(), logged)
    };
    assert_eq!(took(ONCE), (vec!["dom/inner invoke/2.5 holds".to_owned()], true));
    assert_eq!(took(Options::default()), (vec!["dom/inner invoke/2.5 does not hold".to_owned()], true));
}
