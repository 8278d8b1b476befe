//! `message`, which the user agent fires at a service worker that a page posts to.

use crate::host::{Scripts, as_value, event_of, listen, run};
use bgfspec_model::atom;
use bgfspec_model::dom::event::Payload;
use bgfspec_model::dom::event_target::{self, Options};
use bgfspec_model::ecmascript::promise;
use bgfspec_model::html::event_loop::{self, Microtask, Task, TaskSource};
use bgfspec_model::latitude::Latitude;
use bgfspec_model::machine::Scope;
use bgfspec_model::service_worker::extendable_event::wait_until;
use bgfspec_model::service_worker::has_no_pending_events::has_no_pending_events;
use bgfspec_model::service_worker::post_message::post_message;
use bgfspec_model::service_worker::terminate::terminate_service_worker;
use bgfspec_model::service_worker::{create_plain_realm, create_registration, create_worker};
use bgfspec_model::value::WorkerId;
use bgfspec_model::web_idl::interfaces::Interface;
use bgfspec_model::{Machine, RealmId, Value};

const WORKER: WorkerId = WorkerId(0);

struct World {
    m: Machine,
    scripts: Scripts,
    realm: RealmId,
}

impl World {
    /// A running worker that is known to listen for messages.
    fn new() -> Self {
        let mut m = Machine::new();
        let realm = create_plain_realm(&mut m);
        m.current = realm;
        m.workers[0].types_to_handle.push(atom::MESSAGE);
        World { m, scripts: Scripts::default(), realm }
    }

    fn post(&mut self) -> Vec<String> {
        let text = self.m.atoms.intern("hello");
        post_message(&mut self.m, WORKER, text, Scope::Window);
        event_loop::run_until_idle(&mut self.m, &mut self.scripts);
        self.scripts.take_notes()
    }
}

#[test]
fn a_message_is_a_trusted_event_that_neither_bubbles_nor_can_be_canceled() {
    let mut world = World::new();
    let script = world.scripts.script(|m, scripts, arguments| {
        let event = event_of(m, arguments);
        let data = m.event(event);
        assert_eq!((data.interface, data.event_type), (Interface::ExtendableMessageEvent, atom::MESSAGE));
        assert!(data.is_trusted && !data.bubbles && !data.cancelable && !data.composed);
        let Payload::Message(message) = data.payload else { panic!("a message") };
        let Value::String(text) = message.data else { panic!("a string") };
        assert!(message.source.is_some());
        scripts.note(m.atoms.text(text));
        Ok(Value::Undefined)
    });
    let global = world.m.realm(world.realm).global;
    listen(&mut world.m, global, atom::MESSAGE, script, Options::default());
    assert_eq!(world.post(), ["hello"]);
}

#[test]
fn a_message_comes_in_a_task_of_its_own_so_microtasks_run_between_its_listeners() {
    let mut world = World::new();
    let global = world.m.realm(world.realm).global;
    let script = world.scripts.script(|m, scripts, _| {
        scripts.note("first");
        let microtask = scripts.noting("microtask");
        event_loop::queue_a_microtask(m, m.current, Microtask::Script(microtask));
        Ok(Value::Undefined)
    });
    listen(&mut world.m, global, atom::MESSAGE, script, Options::default());
    let script = world.scripts.noting("second");
    listen(&mut world.m, global, atom::MESSAGE, script, Options::default());
    assert_eq!(world.post(), ["first", "microtask", "second"]);
}

#[test]
fn the_handler_attribute_gets_messages() {
    let mut world = World::new();
    let global = world.m.realm(world.realm).global;
    let script = world.scripts.noting("handler");
    let function = world.m.create_object(bgfspec_model::Kind::Function { script, class: false });
    let value = Value::Object(function);
    bgfspec_model::web_idl::set::set(&mut world.m, global, atom::ON_MESSAGE, value).expect("it can be set");
    assert_eq!(world.post(), ["handler"]);
}

#[test]
fn a_message_keeps_its_worker_busy_while_its_lifetime_is_extended() {
    let mut world = World::new();
    let global = world.m.realm(world.realm).global;
    let pending = promise::create(&mut world.m);
    let script = world.scripts.script(move |m, scripts, arguments| {
        let event = event_of(m, arguments);
        wait_until(m, scripts, event, as_value(m, pending)).expect("the event is active");
        Ok(Value::Undefined)
    });
    listen(&mut world.m, global, atom::MESSAGE, script, Options::default());
    world.post();
    assert!(!has_no_pending_events(&mut world.m, WORKER));
    let script = world.scripts.script(move |m, scripts, _| {
        promise::resolve(m, scripts, pending, Value::Undefined);
        Ok(Value::Undefined)
    });
    run(&mut world.m, &mut world.scripts, world.realm, script).expect("nothing is thrown");
    assert!(has_no_pending_events(&mut world.m, WORKER));
}

#[test]
fn a_worker_that_does_not_run_is_started_for_a_message() {
    let mut m = Machine::new();
    let mut scripts = Scripts::default();
    let registration = create_registration(&mut m);
    let script = scripts.script(|m, scripts, _| {
        let global = m.realm(m.current).global;
        let script = scripts.noting("listener");
        let function = m.create_object(bgfspec_model::Kind::Function { script, class: false });
        event_target::add_event_listener(m, global, atom::MESSAGE, Some(function), Options::default());
        Ok(Value::Undefined)
    });
    let worker = create_worker(&mut m, registration, Some(script));
    m.workers[0].types_to_handle.push(atom::MESSAGE);
    let text = m.atoms.intern("hello");
    post_message(&mut m, worker, text, Scope::Window);
    event_loop::run_until_idle(&mut m, &mut scripts);
    assert_eq!(scripts.take_notes(), ["worker 0 evaluated", "listener"]);
    // A message is no functional event: one that was not dispatched yet is lost with the worker that it was for.
    post_message(&mut m, worker, text, Scope::Window);
    terminate_service_worker(&mut m, worker);
    event_loop::run_until_idle(&mut m, &mut scripts);
    assert_eq!(scripts.take_notes(), ["worker 0 evaluated", "listener"]);
}

#[test]
fn a_worker_that_fails_to_start_gets_no_message() {
    let mut world = World::new();
    terminate_service_worker(&mut world.m, WORKER);
    world.m.workers[0].fails_to_start = true;
    assert!(world.post().is_empty());
}

#[test]
fn a_message_may_be_skipped_only_where_no_listener_was_known() {
    let mut world = World::new();
    world.post();
    let skipped = |m: &Machine| m.choices.made().iter().any(|choice| choice.latitude == Latitude::SkipEvent);
    assert!(!skipped(&world.m));
    world.m.workers[0].types_to_handle.clear();
    world.post();
    assert!(skipped(&world.m));
}

#[test]
fn a_message_keeps_its_order_among_the_tasks_of_its_source() {
    let mut world = World::new();
    let global = world.m.realm(world.realm).global;
    let script = world.scripts.noting("message");
    listen(&mut world.m, global, atom::MESSAGE, script, Options::default());
    let script = world.scripts.noting("task");
    event_loop::queue_a_task(&mut world.m, world.realm, TaskSource::DomManipulation, Task::Script(script));
    assert_eq!(world.post(), ["task", "message"]);
}
