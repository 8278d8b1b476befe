//! The player as the model's host: it runs scripts, and records what can be observed.

use bgfspec_model::atom::Atom;
use bgfspec_model::ecmascript::promise;
use bgfspec_model::web_idl::interfaces::Interface;
use bgfspec_model::web_idl::prototypes;
use bgfspec_model::{Completion, Host, Kind, Machine, Observed, ScriptId, Value};

use super::{Frame, Run};
use crate::reference::program::{Op, Role};
use crate::reference::recorder::Seen;
use crate::scenario::CallbackKind;

/// So many observations a watched machine may give: then its script runs no more.
const MOST_OBSERVED: u32 = 1_000;

/// So many scripts may run inside each other on a watched machine.
const DEEPEST: u32 = 60;

impl Host for Run<'_> {
    fn run(&mut self, m: &mut Machine, script: ScriptId, this: Value, arguments: &[Value]) -> Completion {
        if self.player.ended || self.is_over_budget(m) {
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
    /// Returns whether a watched machine has used up its budget. What is changed from outside may never end.
    fn is_over_budget(&mut self, m: &Machine) -> bool {
        let is_deep = || m.realm(m.current).event_loop.stack > DEEPEST;
        let is_watched = m.has_quirks() || self.player.careful;
        let is_over = is_watched && (self.player.recorder.count() > MOST_OBSERVED || is_deep());
        self.player.ran_out |= is_over;
        is_over
    }

    fn called(&mut self, m: &mut Machine, name: Atom, this: Value, arguments: &[Value]) {
        let event = arguments.first().and_then(|value| value.object()).and_then(|object| match m.object(object).kind {
            Kind::Event(event) => Some(event).filter(|_| prototypes::is_instance(m, object, Interface::Event)),
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
