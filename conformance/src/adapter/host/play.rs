//! Plays the scenarios that need no script.
//!
//! It only says what was done and seen, as every agent does; what a library makes of it is the library's. What it does not know is a
//! failure, never a deviation.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::callback::Callback;
use super::scene::{Scene, Thing};
use super::thrown::{Thrown, What};
use super::{Act, Attribute, EventInit, Got, Host, ListenerOptions};
use crate::adapter::Failure;
use crate::scenario::{Detail, Member, Operation, Scenario, Value};
use crate::trace::Trace;

/// Callbacks that call each other deeper than this don't end.
const DEEPEST: u32 = 100;

/// Why an operation did not end well.
enum Stop {
    /// It threw this itself, which is recorded and ends nothing but the operation.
    Threw(Thrown),
    /// A callback throws this.
    Throw(Thrown),
    /// There is no such member, which ends the scenario.
    Missing(&'static str),
    /// The interpreter does not know it.
    Unknown,
}

type Done<T = ()> = Result<T, Stop>;

/// Plays a scenario and leaves the library as it comes to be.
pub(super) fn play<H: Host>(host: &mut H, scenario: &Scenario) -> Result<Trace, Failure> {
    let scene = Arc::new(Scene::new(scenario.clone()));
    // Nothing but a callback throws, and no callback is left here.
    let _ = scene.perform(host, &scene.scenario.steps, None);
    let mut state = scene.state();
    match state.failed.take() {
        Some(message) => Err(Failure::Protocol(message)),
        None => Ok(Trace(Json::Array(std::mem::take(&mut state.trace)).to_string())),
    }
}

impl<H: Host> Scene<H> {
    /// Calls a callback of the scenario.
    pub(super) fn call(self: &Arc<Self>, name: &str, host: &mut H, event: &H::Event) -> Result<(), Thrown> {
        let Some(callback) = self.scenario.callbacks.get(name) else { return Ok(()) };
        if self.state().ended {
            return Ok(());
        }
        let shown = self.snapshot(host, event);
        self.record(json!({ "called": name, "event": shown }));
        let is_to_run = {
            let mut state = self.state();
            let calls = state.calls.entry(name.to_owned()).or_default();
            *calls += 1;
            let is_to_run = callback.times.is_none_or(|times| *calls <= times);
            state.depth += 1;
            if state.depth > DEEPEST {
                state.fail(format!("callbacks call each other more than {DEEPEST} deep"));
            }
            is_to_run
        };
        let result = if is_to_run { self.perform(host, &callback.body, Some(event)) } else { Ok(()) };
        self.state().depth -= 1;
        result
    }

    /// Runs operations until one throws or the scenario ends.
    fn perform(
        self: &Arc<Self>,
        host: &mut H,
        operations: &[Operation],
        event: Option<&H::Event>,
    ) -> Result<(), Thrown> {
        for operation in operations {
            if self.state().ended {
                break;
            }
            match self.operate(host, operation, event) {
                Ok(()) => {}
                Err(Stop::Throw(thrown)) => return Err(thrown),
                Err(Stop::Threw(thrown)) => {
                    let goes_on = matches!(operation, Operation::Call { .. });
                    if !matches!(operation, Operation::Call { quiet: Some(_), .. }) {
                        self.record(json!({ "threw": thrown.show(), "from": text_of(operation) }));
                    }
                    if !goes_on {
                        break;
                    }
                }
                Err(Stop::Missing(member)) => {
                    self.record(json!({ "missing": member }));
                    self.state().ended = true;
                }
                Err(Stop::Unknown) => {
                    let text = serde_json::to_string(operation).unwrap_or_default();
                    self.state().fail(format!("it needs script: {text}"));
                }
            }
        }
        Ok(())
    }

    fn operate(self: &Arc<Self>, host: &mut H, operation: &Operation, event: Option<&H::Event>) -> Done {
        match operation {
            Operation::New { interface, args, name } => {
                let made = match (interface.as_str(), args.as_slice()) {
                    ("EventTarget", []) => Thing::Target(host.create_target()),
                    ("Event", [Value::String(kind)]) => Thing::Event(host.create_event(kind, EventInit::default())),
                    ("Event", [Value::String(kind), Value::Object(members)]) => {
                        let init = EventInit {
                            bubbles: flag(members, "bubbles").unwrap_or_default(),
                            cancelable: flag(members, "cancelable").unwrap_or_default(),
                            composed: flag(members, "composed").unwrap_or_default(),
                        };
                        Thing::Event(host.create_event(kind, init))
                    }
                    ("AbortController", []) => {
                        Thing::Controller(host.create_signal().ok_or(Stop::Missing("AbortController"))?)
                    }
                    _ => return Err(Stop::Unknown),
                };
                if let Some(name) = name {
                    self.name(name, made);
                }
            }
            Operation::Call { call, args, name, quiet, .. } => {
                let (owner, method) = call.rsplit_once('.').ok_or(Stop::Unknown)?;
                let owner = self.follow(host, owner, event)?;
                let gives = self.method(host, &owner, method, args, event)?;
                if quiet.is_none() {
                    self.record(json!({ "returned": self.show(&gives), "from": call }));
                }
                if let (Some(name), Some(Got::Flag(flag))) = (name, gives) {
                    self.name(name, Thing::Flag(flag));
                }
            }
            Operation::Get { get } => {
                let value = match get.rsplit_once('.') {
                    None => match self.follow(host, get, event)? {
                        Thing::Flag(flag) => Some(Got::Flag(flag)),
                        _ => return Err(Stop::Unknown),
                    },
                    Some((owner, member)) => match self.follow(host, owner, event)? {
                        Thing::Event(event) => host.get(&event, Attribute::named(member).ok_or(Stop::Unknown)?),
                        Thing::Target(signal) if member == "aborted" => host.is_aborted(&signal).map(Got::Flag),
                        Thing::Nothing => return Err(Stop::Threw(Thrown::exception("TypeError"))),
                        _ => return Err(Stop::Unknown),
                    },
                };
                self.record(json!({ "got": self.show(&value), "from": get }));
            }
            Operation::Set { set, to: Value::Bool(to) } => {
                let (owner, member) = set.rsplit_once('.').ok_or(Stop::Unknown)?;
                let Thing::Event(event) = self.follow(host, owner, event)? else { return Err(Stop::Unknown) };
                let act = match member {
                    "cancelBubble" => Act::SetCancelBubble(*to),
                    "returnValue" => Act::SetReturnValue(*to),
                    _ => return Err(Stop::Unknown),
                };
                // As in script, where setting what is not there does nothing that an event knows of.
                let _ = host.act(&event, act);
            }
            Operation::Read { read } => {
                let Thing::Event(event) = self.follow(host, read, event)? else { return Err(Stop::Unknown) };
                let shown = self.snapshot(host, &event);
                self.record(json!({ "read": shown, "of": read }));
            }
            Operation::Same { same: [Value::Path(one), Value::Path(other)] } => {
                let same = self.follow(host, one, event)? == self.follow(host, other, event)?;
                self.record(json!({ "got": same, "from": text_of(operation) }));
            }
            Operation::Object { object: Value::Path(path), name } => {
                let thing = self.follow(host, path, event)?;
                self.name(name, thing);
            }
            Operation::Tree { tree } => {
                let mut parent: Option<H::Target> = None;
                for name in tree {
                    let node = host.create_node(parent.as_ref()).ok_or(Stop::Missing("Node"))?;
                    self.name(name, Thing::Target(node.clone()));
                    parent = Some(node);
                }
            }
            Operation::Throw { throw: Value::Error(name) } => {
                return Err(Stop::Throw(Thrown(What::Error(name.clone()))));
            }
            Operation::Note { note } => self.record(json!({ "noted": note })),
            _ => return Err(Stop::Unknown),
        }
        Ok(())
    }

    /// Calls a method; none where it gives nothing.
    fn method(
        self: &Arc<Self>,
        host: &mut H,
        owner: &Thing<H>,
        method: &str,
        args: &[Value],
        event: Option<&H::Event>,
    ) -> Done<Option<Got<H::Target>>> {
        match (owner, method, args) {
            (Thing::Target(target), "addEventListener", [Value::String(kind), Value::Path(callback), options @ ..]) => {
                let options = self.options(host, options, event)?;
                host.add_listener(target, kind, self.callback(callback)?, options);
            }
            (
                Thing::Target(target),
                "removeEventListener",
                [Value::String(kind), Value::Path(callback), options @ ..],
            ) => {
                let options = self.options(host, options, event)?;
                host.remove_listener(target, kind, &self.callback(callback)?, options.capture);
            }
            (Thing::Target(target), "dispatchEvent", [Value::Path(path)]) => {
                let Thing::Event(dispatched) = self.follow(host, path, event)? else { return Err(Stop::Unknown) };
                return host.dispatch(target, &dispatched).map(|flag| Some(Got::Flag(flag))).map_err(Stop::Threw);
            }
            (Thing::Event(event), "composedPath", []) => {
                let path = host.get(event, Attribute::ComposedPath).ok_or(Stop::Missing("Event.composedPath"))?;
                return Ok(Some(path));
            }
            (Thing::Event(event), "preventDefault", []) => {
                host.act(event, Act::PreventDefault).ok_or(Stop::Missing("Event.preventDefault"))?;
            }
            (Thing::Event(event), "stopPropagation", []) => {
                host.act(event, Act::StopPropagation).ok_or(Stop::Missing("Event.stopPropagation"))?;
            }
            (Thing::Event(event), "stopImmediatePropagation", []) => {
                let done = host.act(event, Act::StopImmediatePropagation);
                done.ok_or(Stop::Missing("Event.stopImmediatePropagation"))?;
            }
            (
                Thing::Event(event),
                "initEvent",
                &[Value::String(ref kind), Value::Bool(bubbles), Value::Bool(cancelable)],
            ) => {
                let done = host.act(event, Act::InitEvent { kind, bubbles, cancelable });
                done.ok_or(Stop::Missing("Event.initEvent"))?;
            }
            (Thing::Controller(signal), "abort", []) => host.abort(signal),
            (Thing::Nothing, ..) => return Err(Stop::Threw(Thrown::exception("TypeError"))),
            _ => return Err(Stop::Unknown),
        }
        Ok(None)
    }

    fn callback(self: &Arc<Self>, name: &str) -> Done<Callback<H>> {
        let known = self.scenario.callbacks.contains_key(name);
        known.then(|| Callback { name: name.into(), scene: Arc::clone(self) }).ok_or(Stop::Unknown)
    }

    fn options(&self, host: &mut H, options: &[Value], event: Option<&H::Event>) -> Done<ListenerOptions<H::Target>> {
        match options {
            [] => Ok(ListenerOptions::default()),
            [Value::Bool(capture)] => Ok(ListenerOptions { capture: *capture, ..ListenerOptions::default() }),
            [Value::Object(members)] => {
                let signal = members.iter().find(|(name, _)| name == "signal");
                let signal = match signal {
                    None => None,
                    Some((_, Member::Data(Value::Path(path)))) => match self.follow(host, path, event)? {
                        Thing::Target(signal) => Some(signal),
                        _ => return Err(Stop::Unknown),
                    },
                    Some(_) => return Err(Stop::Unknown),
                };
                Ok(ListenerOptions {
                    capture: flag(members, "capture").unwrap_or_default(),
                    once: flag(members, "once").unwrap_or_default(),
                    passive: flag(members, "passive"),
                    signal,
                })
            }
            _ => Err(Stop::Unknown),
        }
    }

    fn follow(&self, host: &mut H, path: &str, event: Option<&H::Event>) -> Done<Thing<H>> {
        let Some((owner, member)) = path.rsplit_once('.') else {
            return match (path, event) {
                ("event", Some(event)) => Ok(Thing::Event(event.clone())),
                _ => self.state().objects.get(path).cloned().ok_or(Stop::Unknown),
            };
        };
        match (self.follow(host, owner, event)?, member) {
            (Thing::Event(event), "target" | "currentTarget" | "srcElement") => {
                let attribute = Attribute::named(member).ok_or(Stop::Unknown)?;
                Ok(match host.get(&event, attribute) {
                    Some(Got::Target(Some(target))) => Thing::Target(target),
                    _ => Thing::Nothing,
                })
            }
            (Thing::Controller(signal), "signal") => Ok(Thing::Target(signal)),
            (Thing::Nothing, _) => Err(Stop::Threw(Thrown::exception("TypeError"))),
            _ => Err(Stop::Unknown),
        }
    }

    /// The observed members of an event.
    fn snapshot(&self, host: &mut H, event: &H::Event) -> Json {
        let mut shown = Map::new();
        let observed = Detail::MEMBERS.iter().filter(|(detail, _)| self.scenario.observe.counts(*detail));
        for (_, name) in observed {
            if let Some(attribute) = Attribute::named(name) {
                shown.insert((*name).to_owned(), self.show(&host.get(event, attribute)));
            }
        }
        Json::Object(shown)
    }
}

/// The operation's own word: its path, or, where that is no path, its JSON.
fn text_of(operation: &Operation) -> String {
    match serde_json::to_value(operation) {
        Ok(Json::Object(members)) => match members.values().next() {
            Some(Json::String(path)) => path.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        },
        _ => String::new(),
    }
}

fn flag(members: &[(String, Member)], wanted: &str) -> Option<bool> {
    members.iter().find_map(|(name, member)| match member {
        Member::Data(Value::Bool(flag)) if name == wanted => Some(*flag),
        _ => None,
    })
}
