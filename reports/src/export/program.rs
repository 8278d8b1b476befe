//! A scenario as statements that do what it does, and log what counts.

mod calls;
mod statements;

use bgfspec_report::Export;
use bgfspec_report::javascript::operation::SHAPES;
use bgfspec_report::javascript::words::literal;
use bgfspec_report::javascript::{Lines, Shape};
use bgfspec_report::trace::EVENT;
use serde_json::Value;

use super::form::Form;
use super::lines::{NEXT, push, short_block, uses};
use super::operations;
use super::place::Place;
use super::plan::Plan;
use super::scope::{INNER, Scope, own};

/// A scenario that is being written.
pub(super) struct Program<'a> {
    pub(super) plan: Plan<'a>,
    /// The callbacks that are used here.
    callbacks: Vec<(&'a String, &'a Value)>,
    scope: Scope,
    /// How many lists of operations belong to no callback.
    tops: usize,
}

impl<'a> Program<'a> {
    /// Begins a program. `tops` are lists of operations: the first runs where the expectation stands, the others as functions of their
    /// own.
    ///
    /// # Errors
    /// Says why no program can decide the scenario.
    pub(super) fn of(export: &'a Export, place: Place, tops: &[&[Value]]) -> Result<Self, String> {
        let mut plan = Plan::of(export, place)?;
        let callbacks = reached(export, tops);
        let bodies = callbacks.iter().map(|(_, callback)| operations(callback, "do"));
        let roots: Vec<&[Value]> = tops.iter().copied().chain(bodies).collect();
        let names: Vec<&str> = callbacks.iter().map(|(name, _)| name.as_str()).collect();
        let scope = Scope::of(&roots, &names, &plan.permitted, place.global())?;
        let catches = |operation: &Value| operation.get("catch").is_some_and(Value::is_string);
        if place == Place::Test && !tops.concat().iter().any(catches) {
            let top: Vec<String> = tops.concat().iter().filter_map(word_of).collect();
            plan.assert_thrown(&top, &roots.into_iter().flat_map(words_in).collect::<Vec<_>>());
        }
        Ok(Program { plan, callbacks, scope, tops: tops.len() })
    }

    /// The form of what an operation gives or throws.
    fn form(&self, kind: &str, op: &Shape<'_>) -> Option<&Form> {
        self.plan.form(kind, &word(op))
    }

    /// A member of an operation as an expression.
    fn value(&self, op: &Shape<'_>, name: &str) -> String {
        op.get(name).map_or_else(|| "undefined".to_owned(), |value| self.scope.value(value))
    }

    /// Returns the callbacks, those that stand where they are used left out. `tops` are the roots at the top.
    ///
    /// # Errors
    /// Gives the operation that is not known.
    pub(super) fn callbacks(&mut self, tops: &[usize]) -> Result<Lines, String> {
        let callbacks = self.callbacks.clone();
        let first = tops.len();
        let mut lines = Lines::new();
        for (at, (name, callback)) in callbacks.iter().enumerate() {
            let body = self.list(operations(callback, "do"), &[first + at])?;
            let is_used_once = self.scope.used_once_at(name, tops);
            if let Some(expression) = self.arrow(name, callback, &body) {
                if is_used_once && expression.len() < 60 {
                    self.scope.inline.insert((*name).clone(), expression);
                    continue;
                }
                let declare = if self.scope.is_given(name) { "" } else { "const " };
                lines.push(format!("{declare}{} = {expression};", own(name)));
                continue;
            }
            lines.extend(self.function(name, callback, body));
        }
        Ok(lines)
    }

    /// A callback of one statement as an expression.
    fn arrow(&self, name: &str, callback: &Value, body: &[String]) -> Option<String> {
        let logged = self.entered(name);
        // An arrow function has neither of its own.
        let needs_own = logged.iter().any(|entry| entry.contains("this") || entry.contains("arguments"));
        if !body.is_empty() || callback.get("kind").is_some() || needs_own {
            return None;
        }
        // What a function gives back may count.
        if self.plan.export.observes("returns")
            && self.plan.export.scenario.to_string().contains(&format!("\"call\":\"{name}\""))
        {
            return None;
        }
        let parameter = if logged.iter().any(|entry| entry.contains("event")) { "(event)" } else { "()" };
        Some(format!("{parameter} => log.push({})", logged.join(NEXT)))
    }

    fn function(&self, name: &str, callback: &Value, body: Lines) -> Lines {
        let logged = self.entered(name);
        let mut lines = vec![push(&logged)];
        if let Some(times) = callback.get("times").and_then(Value::as_u64) {
            // A listener that is called again must not go on for ever.
            let entry = &logged[0];
            let guard = match times {
                0 => "return;".to_owned(),
                _ => format!("if (log.filter((entry) => entry === {entry}).length > {times}) return;"),
            };
            if !body.is_empty() {
                lines.push(guard);
            }
        }
        lines.extend(body);
        let parameter = if lines.iter().any(|line| uses(line, "event")) { "event" } else { "" };
        let name = own(name);
        let (open, close) = match callback.get("kind").and_then(Value::as_str) {
            Some("async") => (format!("async function {name}({parameter}) {{"), "}"),
            Some("class") => (format!("class {name} {{ constructor({parameter}) {{"), "} }"),
            _ => (format!("function {name}({parameter}) {{"), "}"),
        };
        short_block(&open, lines, close)
    }

    /// The entries of the log for a call of a callback.
    fn entered(&self, name: &str) -> Vec<String> {
        let mut entries = vec![literal(name)];
        let form = |kind: &str| self.plan.form(kind, name);
        if let Some(form) = form("this") {
            entries.push(form.logged("this"));
        }
        if form("arguments").is_some() {
            entries.push("arguments.length".to_owned());
        }
        let event = if self.plan.lacks_event(name) { "event?" } else { "event" };
        entries.extend(self.members(&format!("{event}."), "event", name));
        entries
    }

    /// The members of an event that count.
    fn members(&self, of: &str, kind: &str, name: &str) -> Vec<String> {
        let members = EVENT.iter().filter_map(|(member, _)| {
            let form = self.plan.form(&format!("{kind}.{member}"), name)?;
            let call = if *member == "composedPath" { "()" } else { "" };
            Some(form.logged(&format!("{of}{member}{call}")))
        });
        members.collect()
    }

    /// Returns the names that no list declares where they are given.
    pub(super) fn declarations(&self) -> Lines {
        let shared = self.scope.shared();
        let settlers = shared.iter().flat_map(|name| self.settlers(name).into_iter().map(|(_, settler)| settler));
        let names: Vec<String> = shared.iter().map(|name| own(name)).chain(settlers).collect();
        let mut lines = self.scope.declared_errors();
        if !names.is_empty() {
            lines.push(format!("let {};", names.join(", ")));
        }
        lines
    }

    /// The functions that settle a promise of this name, as far as the scenario uses them.
    fn settlers(&self, name: &str) -> Vec<(&'static str, String)> {
        let text = self.plan.export.scenario.to_string();
        let used =
            ["resolve", "reject"].into_iter().filter(|kind| text.contains(&format!("\"{kind}\":{}", literal(name))));
        used.map(|kind| (kind, settler(name, kind))).collect()
    }

    /// Returns the listeners for exceptions and rejections that count.
    pub(super) fn listeners(&self) -> Lines {
        let listener = |kind: &str, of: &str, member: &str| {
            let mut entries = vec![literal(kind)];
            let form = self.plan.form(kind, "");
            entries.push(form.unwrap_or(&Form::Raw).logged(&format!("event.{member}")));
            format!(
                "{}.addEventListener(\"{of}\", (event) => {});",
                self.plan.place.global(),
                push(&entries).trim_end_matches(';')
            )
        };
        let mut lines = Lines::new();
        if self.plan.expects("reported") || self.plan.place == Place::Script && self.plan.counts("reported") {
            lines.push(listener("reported", "error", "error"));
        }
        if self.plan.counts("unhandled") && self.plan.place != Place::Script {
            lines.push(listener("unhandled", "unhandledrejection", "reason"));
        }
        lines
    }
}

/// The operation's own word for what it does.
fn word(op: &Shape<'_>) -> String {
    match op.get(op.kind) {
        Some(Value::String(text)) => text.clone(),
        other => other.map(Value::to_string).unwrap_or_default(),
    }
}

fn word_of(operation: &Value) -> Option<String> {
    Shape::of(operation, SHAPES).map(|op| word(&op))
}

/// The words of all operations in a list.
fn words_in(list: &[Value]) -> Vec<String> {
    let inner = |operation| INNER.iter().flat_map(move |member| words_in(operations(operation, member)));
    list.iter().flat_map(|operation| word_of(operation).into_iter().chain(inner(operation))).collect()
}

/// The callbacks that these operations use, and those that they use.
fn reached<'a>(export: &'a Export, tops: &[&[Value]]) -> Vec<(&'a String, &'a Value)> {
    let all = export.scenario.get("callbacks").and_then(Value::as_object);
    let all: Vec<(&String, &Value)> = all.into_iter().flatten().collect();
    let mut texts: Vec<String> = tops.iter().map(|top| Value::from(top.to_vec()).to_string()).collect();
    let mut is_reached = vec![false; all.len()];
    while let Some(text) = texts.pop() {
        for (at, (name, callback)) in all.iter().enumerate() {
            let used = [format!("\"@{name}\""), format!("\"@{name}."), format!("\"{name}\""), format!("\"{name}.")];
            if !is_reached[at] && used.iter().any(|used| text.contains(used)) {
                is_reached[at] = true;
                texts.push(callback.to_string());
            }
        }
    }
    all.into_iter().zip(is_reached).filter(|(_, is_reached)| *is_reached).map(|(callback, _)| callback).collect()
}

/// The function that settles a promise.
fn settler(promise: &str, kind: &str) -> String {
    own(&format!("{kind}-{promise}"))
}
