//! Plays a program on the model: what a run is made of.
//!
//! The folder has what is done with it: [`steps`], [`operations`] with [`calls`] and [`questions`], [`paths`] and [`values`], and what the
//! model asks back ([`host`]). [`doubts`] says where nothing can be said of a scenario.

mod calls;
mod doubts;
mod host;
mod operations;
mod paths;
mod questions;
mod steps;
mod values;

use bgfspec_model::html::event_loop;
use bgfspec_model::{Machine, ObjectId, RealmId, ScriptId, Value};

pub(super) use self::doubts::LATE;
use super::program::Program;
use super::recorder::Recorder;

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
    /// Whether what a step queues runs before the next step.
    pub(super) hurries: bool,
    /// Whether a watched run used up its budget.
    pub(super) ran_out: bool,
    /// Whether the task of the last step has microtasks that recorded something.
    is_late: bool,
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

const OUTSIDE: Frame<'_> = Frame { this: Value::Undefined, arguments: &[], settled: Value::Undefined };

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
        self.ran_out = false;
        self.is_late = false;
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
            run.after_the_last(step);
            run.step(m, registration, step);
            if run.player.hurries {
                event_loop::run_before_timers(m, &mut run);
            }
        }
        if self.is_late {
            self.doubt(|| LATE.to_owned());
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
}

impl Run<'_> {
    /// A body with what it captures of the place where it stands.
    fn script(&mut self, body: usize, frame: Frame<'_>) -> ScriptId {
        let Frame { this, arguments, settled } = frame;
        self.player.instances.push(Instance { body, this, arguments: arguments.to_vec(), settled, calls: 0 });
        ScriptId(self.player.instances.len() as u32 - 1)
    }
}
