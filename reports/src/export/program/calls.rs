//! Calls, and exceptions that are expected or may come.

use bgfspec_report::javascript::operation::SHAPES;
use bgfspec_report::javascript::words::literal;
use bgfspec_report::javascript::{Lines, Shape};
use serde_json::Value;

use super::super::form::Form;
use super::super::lines::{logged, push, try_catch};
use super::super::place::Place;
use super::super::scope::own;
use super::{Program, word};

/// The methods that every target has.
const EVERYWHERE: [&str; 3] = ["addEventListener", "removeEventListener", "dispatchEvent"];

/// Exceptions of the language.
const NATIVE: [&str; 5] = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "Error"];

impl Program<'_> {
    /// An event that is made to be dispatched at once, and not used again.
    pub(super) fn dispatched(&self, list: &[Value]) -> Option<(String, usize)> {
        let [made, dispatched, ..] = list else { return None };
        let (made, call) = (Shape::of(made, SHAPES)?, Shape::of(dispatched, SHAPES)?);
        let (name, path) = (made.optional_text("as")??, call.text("call")?);
        let [Value::String(argument)] = call.list("args")? else { return None };
        let threw = |op: &Shape<'_>| self.threw(op).is_some();
        let fits = made.kind == "new" && path.ends_with(".dispatchEvent") && argument.strip_prefix('@') == Some(name);
        if !fits || self.scope.uses(name) != (1, false) || threw(&made) || threw(&call) || call.get("as").is_some() {
            return None;
        }
        if !self.scope.is_local(name) {
            return None;
        }
        let event = format!("new {}({})", made.text("new")?, self.scope.list(made.optional_list("args")?));
        let called = format!("{}({event})", self.scope.path(path));
        Some((self.returned(&call, &called), 2))
    }

    pub(super) fn threw(&self, op: &Shape<'_>) -> Option<&Form> {
        // Another operation on the same member may throw.
        if op.kind == "describe" && self.plan.describes(&word(op)) {
            return None;
        }
        self.form("threw", op)
    }

    /// A statement of which an exception is expected, or may come.
    pub(super) fn thrown(
        &self,
        op: &Shape<'_>,
        form: &Form,
        statement: String,
        caught: Option<String>,
    ) -> Option<Lines> {
        if self.plan.asserts(&word(op)) {
            return self.asserted(op, form, &unlogged(&statement));
        }
        let mut lines = Lines::new();
        let mut inside = statement;
        if let Some(declared) = inside.strip_prefix("const ") {
            lines.push(format!("let {};", declared.split(' ').next()?));
            inside = declared.to_owned();
        }
        let mut after = if op.get("quiet").is_some() { Lines::new() } else { vec![push(&[self.error(op, form)])] };
        if let Some(caught) = caught {
            match caught.strip_prefix("const ") {
                Some(declared) => {
                    lines.push(format!("let {};", declared.split(' ').next()?));
                    after.push(declared.to_owned());
                }
                None => after.push(caught),
            }
        }
        lines.extend(try_catch(inside, &after));
        Some(lines)
    }

    /// A statement that throws, as an assertion.
    fn asserted(&self, op: &Shape<'_>, form: &Form, statement: &str) -> Option<Lines> {
        let thrown = self.plan.thrown(&word(op))?;
        let body =
            if statement.ends_with(';') { format!("() => {{ {statement} }}") } else { format!("() => {statement}") };
        let is_there = self.member(op).map(|member| format!("assert_equals(typeof {member}, \"function\");"));
        let throws = match thrown.get("$exception").and_then(Value::as_str) {
            Some(name) if NATIVE.contains(&name) => format!("assert_throws_js({name}, {body});"),
            Some(name) => format!("assert_throws_dom({}, {body});", literal(name)),
            None => format!("assert_throws_exactly({}, {body});", form.expected(thrown).join("")),
        };
        Some(is_there.into_iter().chain([throws]).collect())
    }

    /// The method that is called, where a call of nothing would throw the same.
    fn member(&self, op: &Shape<'_>) -> Option<String> {
        let path = op.text(op.kind).filter(|_| op.kind == "call" || op.kind == "apply")?;
        let (_, member) = path.rsplit_once('.')?;
        let is_type_error = self.plan.thrown(&word(op))?.get("$exception").is_some_and(|name| name == "TypeError");
        (is_type_error && !EVERYWHERE.contains(&member)).then(|| self.scope.path(path))
    }

    /// What is logged of an exception.
    fn error(&self, op: &Shape<'_>, form: &Form) -> String {
        let logged = form.logged("error");
        self.member(op).map_or(logged.clone(), |member| format!("typeof {member} === \"function\" && {logged}"))
    }

    pub(super) fn call(&self, op: &Shape<'_>) -> Option<Lines> {
        let path = op.text(op.kind)?;
        let args = self.scope.list(op.optional_list("args")?);
        let called = match op.kind {
            "new" | "construct" => format!("new {}({args})", self.scope.path(path)),
            "call" => format!("{}({args})", self.scope.path(path)),
            "apply" => {
                let (called, this) = (self.scope.path(path), self.value(op, "this"));
                let args = if args.is_empty() { this } else { format!("{this}, {args}") };
                format!("{called}.call({args})")
            }
            _ => {
                let (object, member) = self.scope.split(path);
                let (this, to) = (self.value(op, "this"), self.value(op, "to"));
                format!("Object.getOwnPropertyDescriptor({object}, {}).set.call({this}, {to})", literal(member))
            }
        };
        let statement = self.returned(op, &called);
        let caught = op.optional_text("catch")?.map(|name| self.scope.named(name, "error"));
        let form = self.threw(op);
        if form.is_none() && caught.is_none() && op.get("quiet").is_none() {
            return Some(statement.lines().map(str::to_owned).collect());
        }
        self.thrown(op, form.unwrap_or(&Form::Name), statement, caught)
    }

    /// The statement of a call, which logs or names the result.
    fn returned(&self, op: &Shape<'_>, called: &str) -> String {
        let name = op.optional_text("as").flatten();
        let form = self
            .form("returned", op)
            .filter(|_| op.get("quiet").is_none() && op.kind != "new" && op.kind != "construct");
        match (name, form) {
            (None, None) if self.plan.place == Place::Page && called.contains("backgroundFetch.fetch(") => {
                format!("await {called};")
            }
            (None, None) => format!("{called};"),
            (None, Some(form)) => push(&[form.logged(called)]),
            (Some(name), None) => self.scope.named(name, called),
            (Some(name), Some(form)) => {
                format!("{}\n{}", self.scope.named(name, called), push(&[form.logged(&own(name))]))
            }
        }
    }
}

/// What a statement logs, as an expression, or the statement itself.
fn unlogged(statement: &str) -> String {
    match logged(statement).as_deref() {
        Some([entry]) if !entry.starts_with("...") => format!("{entry};"),
        _ => {
            // A name that nothing can be given.
            let bare = statement
                .strip_prefix("const ")
                .and_then(|rest| rest.split_once(" = "))
                .map(|(_, rest)| rest.to_owned());
            bare.unwrap_or_else(|| statement.to_owned())
        }
    }
}
