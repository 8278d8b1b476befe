//! Makes scenarios ready for the model.

use std::collections::BTreeMap;

use bgfspec_model::atom::{Atom, Atoms};
use bgfspec_model::web_idl::interfaces::Interface;

use super::View;
use super::program::{Body, Made, Make, MakeMember, Op, Path, Program, Role, Root, Step};
use crate::names;
use crate::scenario::{Callback, Capability, Detail, Member, Operation, Outcome, Scenario, Special, Value};
use crate::trace::counts_rejections;

/// Why a scenario can't be made ready; a sentence that says what was expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompileError(pub String);

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CompileError {}

type Result<T> = std::result::Result<T, CompileError>;

/// Makes a scenario ready.
///
/// # Errors
/// Says which name is unknown or which operation stands where it can't.
pub(super) fn compile(scenario: &Scenario, atoms: &mut Atoms) -> Result<Program> {
    let mut compiler = Compiler {
        atoms,
        bodies: Vec::new(),
        callbacks: BTreeMap::new(),
        slots: BTreeMap::new(),
        asks_window: false,
        given: Vec::new(),
    };
    // Names first: a callback may speak of an object that a later step makes.
    for operation in scenario.operations() {
        operation.each_given(|name| compiler.name(name));
    }
    let taken = compiler.slots.keys().chain(scenario.callbacks.keys()).find(|name| KEYWORDS.contains(&name.as_str()));
    if let Some(name) = taken {
        return Err(CompileError(format!("`{name}` is a word of paths and can't name an object")));
    }
    let mut callbacks = Vec::new();
    for (index, name) in scenario.callbacks.keys().enumerate() {
        compiler.callbacks.insert(name.clone(), index);
    }
    for (name, callback) in &scenario.callbacks {
        callbacks.push(compiler.callback(name, callback)?);
    }
    let worker = scenario.worker.as_ref().map(|operations| compiler.body(operations)).transpose()?;
    let steps = compiler.steps(&scenario.steps)?;
    Ok(Program {
        slots: compiler.slots.len(),
        bodies: compiler.bodies,
        callbacks,
        worker,
        steps,
        members: Detail::MEMBERS.into_iter().filter(|(detail, _)| scenario.observe.counts(*detail)).collect(),
        keeps_start: scenario.observe.counts(Detail::Start),
        observes: View { reported: scenario.observe.counts(Detail::Reported), unhandled: counts_rejections(scenario) },
        asks_window: compiler.asks_window || scenario.needs.contains(&Capability::WindowGlobal),
        given: compiler.given,
        wrong: wrong(scenario),
    })
}

/// Why the steps of a scenario are wrong, if they are.
fn wrong(scenario: &Scenario) -> Option<&'static str> {
    if scenario.worker.is_none() && scenario.operations().any(Operation::posts) {
        return Some("a scenario without `worker` posts messages by `message` alone");
    }
    if scenario.operations().any(|one| one.posts() && !one.posts_text()) {
        return Some("a message is one string, and `postMessage()` gets no other argument");
    }
    let mut is_posted = false;
    for step in &scenario.steps {
        match step {
            Operation::Drain { .. } => is_posted = false,
            _ if scenario.worker.is_none() && step.is_stimulus() && !matches!(step, Operation::Message { .. }) => {
                return Some("a scenario without `worker` has no stimuli but `message` and `drain`");
            }
            _ => {
                let posts = |one: &Operation| matches!(one, Operation::Message { .. }) || one.posts();
                let count = usize::from(is_posted) + step.with_inner().filter(|one| posts(one)).count();
                if count > 1 {
                    return Some("a `drain` is missing between two messages: either may arrive first");
                }
                is_posted = count > 0;
            }
        }
    }
    None
}

struct Compiler<'a> {
    atoms: &'a mut Atoms,
    bodies: Vec<Body>,
    callbacks: BTreeMap<String, usize>,
    slots: BTreeMap<String, usize>,
    asks_window: bool,
    given: Vec<Atom>,
}

/// Words that a path may begin with, so that no object can have them for a name.
const KEYWORDS: &[&str] = &["self", "this", "event", "arguments", "registration", "value", "performance"];

impl Compiler<'_> {
    /// The text of a value as a trace shows it: a path as it is, all else as JSON.
    fn text(&mut self, value: &impl serde::Serialize) -> Atom {
        let json = serde_json::to_value(value).unwrap_or_default();
        let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
        self.atoms.intern(&text)
    }

    fn name(&mut self, name: &str) {
        let next = self.slots.len();
        self.slots.entry(name.to_owned()).or_insert(next);
    }

    fn slot(&mut self, name: &str) -> Result<(usize, Atom)> {
        match self.slots.get(name) {
            Some(&slot) => Ok((slot, self.atoms.intern(name))),
            None => Err(CompileError(names::unknown("object", name, self.slots.keys().map(String::as_str)))),
        }
    }

    fn into(&mut self, name: Option<&String>) -> Result<Option<(usize, Atom)>> {
        name.map(|name| self.slot(name)).transpose()
    }

    fn callback(&mut self, name: &str, callback: &Callback) -> Result<usize> {
        let ops = self.ops(&callback.body)?;
        let role = Role::Callback { name: self.atoms.intern(name), times: callback.times, kind: callback.kind };
        self.bodies.push(Body { role, ops });
        Ok(self.bodies.len() - 1)
    }

    fn body(&mut self, operations: &[Operation]) -> Result<usize> {
        let ops = self.ops(operations)?;
        self.bodies.push(Body { role: Role::Plain, ops });
        Ok(self.bodies.len() - 1)
    }

    fn steps(&mut self, operations: &[Operation]) -> Result<Vec<Step>> {
        let mut steps = Vec::new();
        let mut pending: Vec<Operation> = Vec::new();
        for operation in operations {
            if !operation.is_stimulus() {
                pending.push(operation.clone());
                continue;
            }
            self.flush(&mut pending, &mut steps)?;
            steps.push(self.step(operation)?);
        }
        self.flush(&mut pending, &mut steps)?;
        Ok(steps)
    }

    fn flush(&mut self, pending: &mut Vec<Operation>, steps: &mut Vec<Step>) -> Result<()> {
        if !pending.is_empty() {
            steps.push(Step::Main(self.body(&std::mem::take(pending))?));
        }
        Ok(())
    }

    fn step(&mut self, operation: &Operation) -> Result<Step> {
        Ok(match operation {
            Operation::Drain { .. } => Step::Drain,
            Operation::Worker { worker } => Step::Main(self.body(worker)?),
            Operation::Page { page } => Step::Page(self.body(page)?),
            Operation::ClosePage { .. } => Step::ClosePage,
            Operation::Stop { .. } => Step::Stop,
            Operation::Update { update } => Step::Update(self.body(update)?),
            Operation::Timeout { timeout } => Step::Timeout(self.path(timeout)?),
            Operation::FailStarts { .. } => Step::FailStarts,
            Operation::Message { message } => Step::Message(self.atoms.intern(message)),
            Operation::Click { click, newest } => Step::Click { id: self.atoms.intern(click), newest: *newest },
            Operation::Progress { progress, bytes } => {
                Step::Progress { id: self.atoms.intern(progress), bytes: *bytes }
            }
            Operation::Upload { upload, bytes } => Step::Upload { id: self.atoms.intern(upload), bytes: *bytes },
            Operation::Finish { finish, how } => Step::Finish { id: self.atoms.intern(finish), how: *how },
            Operation::UserAbort { user_abort } => Step::UserAbort(self.atoms.intern(user_abort)),
            Operation::Pause { pause } => Step::Pause(self.atoms.intern(pause)),
            Operation::Resume { resume } => Step::Resume(self.atoms.intern(resume)),
            Operation::Permission { permission } => Step::Permission(*permission),
            Operation::Webdriver { webdriver, place } => {
                Step::Webdriver { id: self.atoms.intern(webdriver), place: *place }
            }
            operation => unreachable!("{operation:?} is no stimulus"),
        })
    }

    fn ops(&mut self, operations: &[Operation]) -> Result<Vec<Op>> {
        operations.iter().map(|operation| self.op(operation)).collect()
    }

    fn op(&mut self, operation: &Operation) -> Result<Op> {
        Ok(match operation {
            Operation::New { interface, args, name } => Op::New {
                interface: Interface::named(interface),
                name: self.atoms.intern(interface),
                args: self.values(args)?,
                into: self.into(name.as_ref())?,
            },
            Operation::Construct { construct, args, name } => {
                Op::Construct { path: self.path(construct)?, args: self.values(args)?, into: self.into(name.as_ref())? }
            }
            Operation::Class { class, name } => Op::Class { interface: self.interface(class)?, into: self.slot(name)? },
            Operation::Call { call, args, name, catch, quiet } => Op::Call {
                path: self.path(call)?,
                args: self.values(args)?,
                into: self.into(name.as_ref())?,
                catch: self.into(catch.as_ref())?,
                quiet: quiet.is_some(),
            },
            Operation::Apply { apply, this, args } => {
                Op::Apply { path: self.path(apply)?, this: self.value(this)?, args: self.values(args)? }
            }
            Operation::Get { get } => Op::Get(self.path(get)?),
            Operation::Set { set, to } => {
                let path = self.path(set)?;
                self.given.extend(path.members.last());
                Op::Set(path, self.value(to)?)
            }
            Operation::Setter { setter, this, to } => {
                Op::Setter { path: self.path(setter)?, this: self.value(this)?, to: self.value(to)? }
            }
            Operation::Read { read } => Op::Read(self.path(read)?),
            Operation::Describe { describe } => Op::Describe(self.path(describe)?),
            Operation::In { path } => Op::In(self.path(path)?),
            Operation::Typeof { path } => Op::Typeof(self.path(path)?),
            Operation::Instanceof { instanceof, interface } => {
                let text = self.text(instanceof);
                Op::Instanceof(self.value(instanceof)?, self.interface(interface)?, text)
            }
            Operation::Same { same } => {
                let text = self.text(same);
                let [a, b] = same;
                Op::Same(self.value(a)?, self.value(b)?, text)
            }
            Operation::Prototype { prototype, of } => {
                let text = self.atoms.intern(prototype);
                Op::Prototype(self.path(prototype)?, self.path(of)?, text)
            }
            Operation::ClassOf { path } => Op::ClassOf(self.path(path)?),
            Operation::Ordered { ordered } => {
                let text = self.text(ordered);
                Op::Ordered(self.values(ordered)?, text)
            }
            Operation::Object { object, name } => Op::Object(self.value(object)?, self.slot(name)?, self.text(object)),
            Operation::Throw { throw } => Op::Throw(self.value(throw)?),
            Operation::Return { value } => Op::Return(self.value(value)?),
            Operation::Note { note } => Op::Note(self.atoms.intern(note)),
            Operation::Microtask { microtask } => Op::Microtask(self.body(microtask)?),
            Operation::Task { task } => Op::Task(self.body(task)?),
            Operation::Promise { promise } => Op::Promise(self.slot(promise)?),
            Operation::Resolve { resolve, with } => Op::Resolve(self.slot(resolve)?.0, self.value(with)?),
            Operation::Reject { reject, with } => Op::Reject(self.slot(reject)?.0, self.value(with)?),
            Operation::Then { then, fulfilled, rejected } => {
                let of = self.atoms.intern(then);
                let [fulfilled, rejected] = [(fulfilled, true), (rejected, false)].map(|(operations, fulfilled)| {
                    let ops = self.ops(operations)?;
                    self.bodies.push(Body { role: Role::Settled { of, fulfilled }, ops });
                    Ok(self.bodies.len() - 1)
                });
                Op::Then { path: self.path(then)?, fulfilled: fulfilled?, rejected: rejected? }
            }
            Operation::Tree { tree } => Op::Tree(tree.iter().map(|name| self.slot(name)).collect::<Result<Vec<_>>>()?),
            stimulus => {
                let text = serde_json::to_string(stimulus).unwrap_or_default();
                return Err(CompileError(format!("a stimulus stands only among the steps of a scenario: {text}")));
            }
        })
    }

    fn interface(&self, name: &str) -> Result<Interface> {
        Interface::named(name).ok_or_else(|| {
            let known = bgfspec_model::web_idl::interfaces::ALL.iter().map(|(known, _)| *known);
            CompileError(names::unknown("interface", name, known))
        })
    }

    fn path(&mut self, path: &str) -> Result<Path> {
        let text = self.atoms.intern(path);
        let mut parts = path.split('.');
        let first = parts.next().unwrap_or_default();
        let root = match first {
            "self" => Root::Global,
            "this" => Root::This,
            "event" => Root::Event,
            "arguments" => Root::Arguments,
            "registration" => Root::Registration,
            "value" => Root::Settled,
            "performance" => Root::Name(self.atoms.intern(first)),
            name => {
                if let Some(&slot) = self.slots.get(name) {
                    Root::Slot(slot)
                } else if let Some(&callback) = self.callbacks.get(name) {
                    Root::Callback(callback)
                } else if Interface::named(name).is_some() {
                    Root::Name(self.atoms.intern(name))
                } else {
                    let known = self.slots.keys().chain(self.callbacks.keys()).map(String::as_str);
                    return Err(CompileError(names::unknown("object", name, known)));
                }
            }
        };
        let members: Vec<Atom> = parts.map(|part| self.atoms.intern(part)).collect();
        self.asks_window |= matches!(root, Root::Global) && members.first() == Some(&bgfspec_model::atom::EVENT_LOWER);
        Ok(Path { text, root, members })
    }

    fn values(&mut self, values: &[Value]) -> Result<Vec<Make>> {
        values.iter().map(|value| self.value(value)).collect()
    }

    fn value(&mut self, value: &Value) -> Result<Make> {
        use bgfspec_model::Value as V;
        Ok(match value {
            Value::Null => Make::Just(V::Null),
            Value::Bool(value) => Make::Just(V::Bool(*value)),
            Value::Number(number) => Make::Just(V::Number(*number)),
            Value::String(text) => Make::Just(V::String(self.atoms.intern(text))),
            Value::Path(path) => Make::Path(self.path(path)?),
            Value::Special(special) => Make::Just(match special {
                Special::Undefined => V::Undefined,
                Special::NaN => V::Number(f64::NAN),
                Special::Infinity => V::Number(f64::INFINITY),
                Special::NegativeInfinity => V::Number(f64::NEG_INFINITY),
                Special::NegativeZero => V::Number(-0.0),
                Special::Symbol => V::Symbol,
                Special::BigInt => V::BigInt(true),
                Special::BigIntZero => V::BigInt(false),
            }),
            Value::Error(name) => Make::Error(self.atoms.intern(name)),
            Value::Converts(outcome) => Make::Converts(Box::new(self.outcome(outcome)?)),
            Value::Array(items) => Make::Array(self.values(items)?),
            Value::Object(members) => {
                let mut made = Vec::new();
                for (name, member) in members {
                    let member = match member {
                        Member::Data(value) => MakeMember::Data(self.value(value)?),
                        Member::Getter(outcome) => MakeMember::Getter(self.outcome(outcome)?),
                    };
                    let name = self.atoms.intern(name);
                    self.given.push(name);
                    made.push((name, member));
                }
                Make::Object(made)
            }
        })
    }

    fn outcome(&mut self, outcome: &Outcome) -> Result<Made> {
        Ok(match outcome {
            Outcome::Gives(value) => Made::Gives(self.value(value)?),
            Outcome::Throws(value) => Made::Throws(self.value(value)?),
        })
    }
}
