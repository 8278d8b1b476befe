//! Plays the operations of a piece of script.

use bgfspec_model::atom::Atom;
use bgfspec_model::ecmascript::promise::{self, Reaction};
use bgfspec_model::html::event_loop::{self, Microtask, Task, TaskSource};
use bgfspec_model::value::PromiseId;
use bgfspec_model::{Completion, Kind, Machine, Value};

use super::{Frame, Run};
use crate::reference::program::Op;

/// How a list of operations goes on after one of them.
enum Flow {
    Go,
    Return(Value),
}

impl Run<'_> {
    /// Runs operations until one returns or throws.
    pub(super) fn ops(&mut self, m: &mut Machine, ops: &[Op], frame: Frame<'_>) -> Completion {
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
            Op::New { interface, name, args, into } => self.new_object(m, (*interface, *name), args, *into, frame)?,
            Op::Construct { path, args, into } => self.construct(m, path, args, *into, frame)?,
            Op::Class { interface, into } => {
                let object = m.create_object(Kind::InterfaceObject(*interface));
                self.name(m, *into, Value::Object(object));
            }
            Op::Call { path, args, into, catch, quiet } => {
                let Some(result) = self.call(m, path, args, frame) else { return Ok(Flow::Go) };
                if !quiet {
                    self.ended_so(m, result, path.text);
                }
                if let Some(named) = if result.is_ok() { into } else { catch } {
                    let (Ok(value) | Err(value)) = result;
                    self.name(m, *named, value);
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
            Op::Set(path, to) => self.set(m, path, to, frame)?,
            Op::Setter { path, this, to } => self.set_on(m, path, this, to, frame)?,
            Op::Read(path) => self.read(m, path, frame)?,
            Op::Describe(path) => self.describe(m, path, frame)?,
            Op::In(path) => self.is_in(m, path, frame)?,
            Op::Typeof(path) => self.type_of(m, path, frame)?,
            Op::Instanceof(value, interface, text) => self.instance_of(m, value, *interface, *text, frame)?,
            Op::Same(a, b, text) => self.same(m, a, b, *text, frame)?,
            Op::Prototype(prototype, of, text) => self.prototype(m, prototype, of, *text, frame)?,
            Op::ClassOf(path) => self.class_of(m, path, frame)?,
            Op::Ordered(values, text) => self.ordered(m, values, *text, frame)?,
            Op::Object(make, named, _) => {
                let value = self.make(m, make, frame)?;
                self.name(m, *named, value);
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
            Op::Promise(named) => {
                let promise = promise::create(m);
                let object = m.promise(promise).object;
                self.name(m, *named, Value::Object(object));
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
                for named in names {
                    let node = m.create_object(Kind::Node(parent));
                    self.name(m, *named, Value::Object(node));
                    parent = Some(node);
                }
            }
        }
        Ok(Flow::Go)
    }

    /// Keeps a value under a name, by which its object shows from now on.
    pub(super) fn name(&mut self, m: &Machine, (slot, name): (usize, Atom), value: Value) {
        self.player.keep(m, slot, value);
        if let Value::Object(object) = value {
            self.player.recorder.name(object, name);
        }
    }

    fn promise(&self, m: &Machine, value: Value) -> Option<PromiseId> {
        match m.object(value.object()?).kind {
            Kind::Promise(promise) => Some(promise),
            _ => None,
        }
    }

    /// Records that there is no such member; the scenario ends.
    pub(super) fn missing(&mut self, m: &mut Machine, name: Atom) {
        self.player.recorder.record(m, |entry| entry.string("missing", name));
        self.player.recorder.end();
        self.player.ended = true;
        self.player.strays = true;
    }

    /// Records how a call ended.
    pub(super) fn ended_so(&mut self, m: &mut Machine, result: Completion, from: Atom) {
        self.player.recorder.record(m, |entry| {
            match result {
                Ok(value) => entry.value("returned", value),
                Err(exception) => entry.value("threw", exception),
            }
            entry.string("from", from);
        });
    }

    /// Records what an operation gave.
    pub(super) fn got(&mut self, m: &mut Machine, value: Value, from: Atom) {
        self.player.recorder.record(m, |entry| {
            entry.value("got", value);
            entry.string("from", from);
        });
    }
}
