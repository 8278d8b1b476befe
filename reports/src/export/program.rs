//! A scenario as statements that do what it does, and log what counts.

use std::collections::BTreeMap;

use bgfspec_report::Export;
use bgfspec_report::javascript::operation::SHAPES;
use bgfspec_report::javascript::words::{literal, member};
use bgfspec_report::javascript::{Lines, Shape, block};
use bgfspec_report::trace::EVENT;
use serde_json::Value;

use super::form::Form;
use super::operations;
use super::place::Place;
use super::scope::{INNER, Scope, accessed, own};

/// At most this many different logs stand in a program.
const MOST_PERMITTED: usize = 4;

/// A line is broken where it is longer, if that is possible.
const WIDTH: usize = 110;

/// Separates the entries that one statement logs, until a program is finished.
const NEXT: &str = "\u{1}, ";

/// A scenario that is being written.
pub(super) struct Program<'a> {
    export: &'a Export,
    place: Place,
    /// The callbacks that are used here.
    callbacks: Vec<(&'a String, &'a Value)>,
    scope: Scope,
    forms: BTreeMap<(String, String), Form>,
    /// Exceptions that are asserted where they are thrown.
    asserted: Vec<String>,
    /// The permitted traces.
    permitted: Vec<Vec<Value>>,
}

impl<'a> Program<'a> {
    /// Begins a program. `tops` are lists of operations: the first runs where the expectation stands, the others as functions of their
    /// own.
    ///
    /// # Errors
    /// Says why no program can decide the scenario.
    pub(super) fn of(export: &'a Export, place: Place, tops: &[&[Value]]) -> Result<Self, String> {
        if !export.complete {
            return Err(format!("{} traces and more are permitted", export.permitted.len()));
        }
        let callbacks = reached(export, tops);
        let bodies = callbacks.iter().map(|(_, callback)| operations(callback, "do"));
        let roots: Vec<&[Value]> = tops.iter().copied().chain(bodies).collect();
        let names: Vec<&str> = callbacks.iter().map(|(name, _)| name.as_str()).collect();
        let logged = |trace: &Vec<Value>| trace.iter().filter(|item| place.sees(item)).cloned().collect();
        let permitted: Vec<Vec<Value>> = export.permitted.iter().map(logged).collect();
        let scope = Scope::of(&roots, &names, &permitted, place.global())?;
        let forms = forms(export, &permitted, place)?;
        let mut program = Program { export, place, callbacks, scope, forms, asserted: Vec::new(), permitted };
        program.asserted = program.asserted(tops, &roots);
        Ok(program)
    }

    /// The exceptions that all operations of that name throw, at the top.
    fn asserted(&self, tops: &[&[Value]], roots: &[&[Value]]) -> Vec<String> {
        if self.place != Place::Test {
            return Vec::new();
        }
        let thrown = |from: &str| {
            let all = self.permitted.iter().flatten();
            all.filter(|item| item.get("threw").is_some() && item.get("from").is_some_and(|one| one == from)).count()
        };
        let at_top =
            |from: &str| tops[0].iter().filter(|operation| Self::name_of(operation).as_deref() == Some(from)).count();
        let names = self.forms.keys().filter(|(kind, _)| kind == "threw").map(|(_, from)| from.clone());
        names
            .filter(|from| {
                let everywhere: usize = roots.iter().map(|root| self.count(root, from)).sum();
                let is_named = tops[0].iter().any(|operation| operation.get("catch").is_some_and(Value::is_string));
                !is_named && thrown(from) == at_top(from) && everywhere == at_top(from)
            })
            .collect()
    }

    fn count(&self, list: &[Value], from: &str) -> usize {
        let inner = |operation: &Value| {
            INNER.iter().map(|member| self.count(operations(operation, member), from)).sum::<usize>()
        };
        list.iter()
            .map(|operation| usize::from(Self::name_of(operation).as_deref() == Some(from)) + inner(operation))
            .sum()
    }

    /// The form of the values of a kind at one place.
    fn form(&self, kind: &str, of: &str) -> Option<&Form> {
        self.forms.get(&(kind.to_owned(), of.to_owned()))
    }

    fn name_of(operation: &Value) -> Option<String> {
        let op = Shape::of(operation, SHAPES)?;
        Some(from_of(&op))
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
        let is_plain = callback.get("kind").is_none() && !body.iter().any(|line| line.contains("this"));
        let logged = self.entered(name);
        if !body.is_empty()
            || !is_plain
            || logged.iter().any(|entry| entry.contains("this") || entry.contains("arguments"))
        {
            return None;
        }
        // What a function gives back may count.
        if self.export.observes("returns") && self.export.scenario.to_string().contains(&format!("\"call\":\"{name}\""))
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
        let form = |kind: &str| self.form(kind, name);
        if let Some(form) = form("this") {
            entries.push(form.logged("this"));
        }
        if form("arguments").is_some() {
            entries.push("arguments.length".to_owned());
        }
        let event = if form("no event").is_some() { "event?" } else { "event" };
        entries.extend(self.members(&format!("{event}."), "event.", name));
        entries
    }

    /// The members of an event that count.
    fn members(&self, of: &str, kind: &str, name: &str) -> Vec<String> {
        let members = EVENT.iter().filter_map(|(member, _)| {
            let form = self.form(&format!("{kind}{member}"), name)?;
            let call = if *member == "composedPath" { "()" } else { "" };
            Some(form.logged(&format!("{of}{member}{call}")))
        });
        members.collect()
    }

    /// Returns operations as statements.
    ///
    /// # Errors
    /// Gives the operation that is not known.
    pub(super) fn list(&self, list: &[Value], at: &[usize]) -> Result<Lines, String> {
        self.list_from(list, at, 0)
    }

    /// Returns the operations of a part of a list, which begins at this number.
    ///
    /// # Errors
    /// Gives the operation that is not known.
    pub(super) fn list_from(&self, list: &[Value], at: &[usize], mut number: usize) -> Result<Lines, String> {
        let mut lines = Lines::new();
        let mut rest = list;
        while let [operation, after @ ..] = rest {
            if let Some((line, taken)) = self.dispatched(rest) {
                lines.push(line);
                rest = &rest[taken..];
                number += taken;
                continue;
            }
            let written = self.statement(operation, at, number);
            lines.extend(written.ok_or_else(|| format!("a script can't do what this operation says: {operation}"))??);
            if self.ends(operation) {
                break;
            }
            rest = after;
            number += 1;
        }
        Ok(lines)
    }

    /// An event that is made to be dispatched at once, and not used again.
    fn dispatched(&self, list: &[Value]) -> Option<(String, usize)> {
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

    /// Whether an operation always ends its list.
    fn ends(&self, operation: &Value) -> bool {
        let Some(op) = Shape::of(operation, SHAPES) else { return false };
        let is_caught = ["call", "apply", "setter", "new", "construct"].contains(&op.kind);
        let is_always = !self.form("got", &from_of(&op)).is_some();
        !is_caught && is_always && self.threw(&op).is_some() && op.kind != "set"
            || op.kind == "set" && self.asserted.contains(&from_of(&op))
    }

    fn threw(&self, op: &Shape<'_>) -> Option<&Form> {
        // Another operation on the same member may throw.
        if op.kind == "describe" && self.form("is described", &from_of(op)).is_some() {
            return None;
        }
        self.form("threw", &from_of(op))
    }

    fn statement(&self, operation: &Value, at: &[usize], number: usize) -> Option<Result<Lines, String>> {
        let op = Shape::of(operation, SHAPES)?;
        let inner = |member: &str| {
            let kind = INNER.iter().position(|one| *one == member).unwrap_or_default();
            self.list(op.optional_list(member).unwrap_or_default(), &[at, &[number * INNER.len() + kind]].concat())
        };
        Some(match op.kind {
            "microtask" => inner("microtask").map(|lines| arrow_block("queueMicrotask(() =>", lines, ");")),
            "task" => inner("task").map(|lines| arrow_block(&format!("{}(() =>", self.place.task()), lines, ", 0);")),
            "then" => {
                let (fulfilled, rejected) = (inner("do"), inner("catch"));
                let lines = fulfilled
                    .and_then(|fulfilled| Ok(self.then(op.text("then").unwrap_or_default(), fulfilled, rejected?)));
                lines.map(|lines| if self.place == Place::Page { awaited(lines) } else { lines })
            }
            "tree" => Ok(self.tree(op.list("tree")?)?),
            "call" | "apply" | "setter" | "new" | "construct" => Ok(self.call(&op)?),
            _ => Ok(self.plain(&op)?),
        })
    }

    /// An operation that calls nothing by itself.
    fn plain(&self, op: &Shape<'_>) -> Option<Lines> {
        let scope = &self.scope;
        let line = match op.kind {
            "class" => {
                let (name, parent) = (op.text("as")?, scope.path(op.text("class")?));
                if scope.is_local(name) {
                    format!("class {} extends {parent} {{}}", own(name))
                } else {
                    scope.named(name, &format!("class extends {parent} {{}}"))
                }
            }
            "set" => format!("{} = {};", scope.path(op.text("set")?), self.value(op, "to")),
            "read" => {
                let path = op.text("read")?;
                push(&self.members(&format!("{}.", scope.path(path)), "read.", path))
            }
            "object" => scope.named(op.text("as")?, &self.value(op, "object")),
            "throw" | "return" => format!("{} {};", op.kind, self.value(op, op.kind)),
            "note" => push(&[literal(op.text("note")?)]),
            "promise" => return Some(vec![self.promise(op.text("promise")?)]),
            "resolve" | "reject" => {
                let with = op.get("with").map(|with| scope.value(with)).unwrap_or_default();
                format!("{}({with});", settler(op.text(op.kind)?, op.kind))
            }
            "describe" => self.describe(op)?,
            _ => {
                let form = self.form("got", &from_of(op));
                let question = self.question(op)?;
                push(&[form.unwrap_or(&Form::Raw).logged(&question)])
            }
        };
        match self.threw(op) {
            None => Some(vec![line]),
            Some(form) => self.thrown(op, form, line, None),
        }
    }

    /// A statement of which an exception is expected, or may come.
    fn thrown(&self, op: &Shape<'_>, form: &Form, statement: String, caught: Option<String>) -> Option<Lines> {
        if self.asserted.contains(&from_of(op)) {
            let statement = unlogged(&statement);
            let thrown = self.thrown_value(op)?;
            let body = if statement.ends_with(';') {
                format!("() => {{ {statement} }}")
            } else {
                format!("() => {statement}")
            };
            let mut lines: Lines = self
                .member(op)
                .map(|member| format!("assert_equals(typeof {member}, \"function\");"))
                .into_iter()
                .collect();
            lines.push(match thrown.get("$exception").and_then(Value::as_str) {
                Some(name) if NATIVE.contains(&name) => format!("assert_throws_js({name}, {body});"),
                Some(name) => format!("assert_throws_dom({}, {body});", literal(name)),
                None => format!("assert_throws_exactly({}, {body});", form.expected(thrown).join("")),
            });
            return Some(lines);
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

    /// The method that is called, where a call of nothing would throw the same.
    fn member(&self, op: &Shape<'_>) -> Option<String> {
        let path = op.text(op.kind).filter(|_| op.kind == "call" || op.kind == "apply")?;
        let (_, member) = path.rsplit_once('.')?;
        let is_type_error = self.thrown_value(op)?.get("$exception").is_some_and(|name| name == "TypeError");
        (is_type_error && !EVERYWHERE.contains(&member)).then(|| self.scope.path(path))
    }

    /// What is logged of an exception.
    fn error(&self, op: &Shape<'_>, form: &Form) -> String {
        let logged = form.logged("error");
        self.member(op).map_or(logged.clone(), |member| format!("typeof {member} === \"function\" && {logged}"))
    }

    fn thrown_value(&self, op: &Shape<'_>) -> Option<&Value> {
        let from = from_of(op);
        self.permitted
            .iter()
            .flatten()
            .find_map(|item| (item.get("from")? == from.as_str()).then(|| item.get("threw"))?)
    }

    fn call(&self, op: &Shape<'_>) -> Option<Lines> {
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
        match (self.threw(op), caught) {
            (Some(form), caught) => self.thrown(op, &form.clone(), statement, caught),
            (None, Some(caught)) => self.thrown(op, &Form::Name, statement, Some(caught)),
            (None, None) if op.get("quiet").is_some() => self.thrown(op, &Form::Name, statement, None),
            (None, None) => Some(statement.lines().map(str::to_owned).collect()),
        }
    }

    /// The statement of a call, which logs or names the result.
    fn returned(&self, op: &Shape<'_>, called: &str) -> String {
        let name = op.optional_text("as").flatten();
        let form = self
            .form("returned", &from_of(op))
            .filter(|_| op.get("quiet").is_none() && op.kind != "new" && op.kind != "construct");
        match (name, form) {
            (None, None) if self.place == Place::Page && called.contains("backgroundFetch.fetch(") => {
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

    fn then(&self, name: &str, fulfilled: Lines, rejected: Lines) -> Lines {
        let form = |how: &str| self.form(&format!("settled {how}"), name);
        let promise = self.scope.path(name);
        let reaction = |how: &str, form: Option<&Form>, operations: Lines| {
            let parameter =
                if operations.iter().any(|line| uses(line, "value")) || how == "fulfilled" { "value" } else { "error" };
            let mut entries = vec![literal(how)];
            entries.extend(form.map(|form| form.logged(parameter)));
            let parameter =
                if entries.len() > 1 || operations.iter().any(|line| uses(line, parameter)) { parameter } else { "" };
            (format!("({parameter}) =>"), [vec![push(&entries)], operations].concat())
        };
        let (open, lines, close) = match (form("fulfilled"), form("rejected")) {
            (Some(form), None) => {
                let (open, lines) = reaction("fulfilled", Some(form), fulfilled);
                (format!("{promise}.then({open}"), lines, ");")
            }
            (None, Some(form)) => {
                let (open, lines) = reaction("rejected", Some(form), rejected);
                (format!("{promise}.catch({open}"), lines, ");")
            }
            (first, second) => {
                let (open, lines) =
                    reaction("fulfilled", first, if first.is_some() { fulfilled } else { Lines::new() });
                let mut first = arrow_block(&format!("{promise}.then({open}"), lines, "");
                let (open, lines) =
                    reaction("rejected", second, if second.is_some() { rejected } else { Lines::new() });
                let mut second = arrow_block(&open, lines, ");").into_iter();
                let last = first.pop().unwrap_or_default();
                first.push(format!("{last}, {}", second.next().unwrap_or_default()));
                first.extend(second);
                return first;
            }
        };
        arrow_block(&open, lines, close)
    }

    fn promise(&self, name: &str) -> String {
        let settles = |kind: &str| self.export.scenario.to_string().contains(&format!("\"{kind}\":{}", literal(name)));
        let mut parts =
            vec![if own(name) == "promise" { "promise".to_owned() } else { format!("promise: {}", own(name)) }];
        for kind in ["resolve", "reject"] {
            if settles(kind) {
                parts.push(format!("{kind}: {}", settler(name, kind)));
            }
        }
        let pattern = format!("{{ {} }} = Promise.withResolvers()", parts.join(", "));
        if parts.len() == 1 {
            return self.scope.named(name, "new Promise(() => {})");
        }
        if self.scope.is_local(name) { format!("const {pattern};") } else { format!("({pattern});") }
    }

    fn tree(&self, nodes: &[Value]) -> Option<Lines> {
        let nodes: Vec<&str> = nodes.iter().map(Value::as_str).collect::<Option<_>>()?;
        let made = "document.createElement(\"div\")";
        let parents = std::iter::once(None).chain(nodes.iter().copied().map(Some));
        let node = |(name, parent): (&&str, Option<&str>)| {
            let made = parent.map_or_else(|| made.to_owned(), |parent| format!("{}.appendChild({made})", own(parent)));
            self.scope.named(name, &made)
        };
        Some(nodes.iter().zip(parents).map(node).collect())
    }

    fn describe(&self, op: &Shape<'_>) -> Option<String> {
        let (object, name) = self.scope.split(op.text("describe")?);
        let mut entries = vec![format!("attributes({object}, {})", literal(name))];
        if let Some(form) = self.form("described", &from_of(op)) {
            entries.push(form.logged(&member(&object, name)));
        }
        Some(push(&entries))
    }

    /// What is only asked, as an expression.
    fn question(&self, op: &Shape<'_>) -> Option<String> {
        let scope = &self.scope;
        Some(match op.kind {
            "get" => scope.path(op.text("get")?),
            "in" => {
                let (object, member) = scope.split(op.text("in")?);
                format!("{} in {object}", literal(member))
            }
            "typeof" => format!("typeof {}", scope.path(op.text("typeof")?)),
            "instanceof" => {
                format!("{} instanceof {}", self.value(op, "instanceof"), scope.path(op.text("interface")?))
            }
            "same" => match op.list("same")? {
                [Value::String(one), Value::String(other)]
                    if one.starts_with('@') && other.starts_with('@') && !one.contains("timeStamp") =>
                {
                    format!("{} === {}", scope.path(one), scope.path(other))
                }
                pair => format!("Object.is({})", scope.list(pair)),
            },
            "prototype" => {
                let (of, prototype) = (scope.path(op.text("of")?), scope.path(op.text("prototype")?));
                format!("Object.getPrototypeOf({of}) === {prototype}")
            }
            "class-of" => format!("Object.prototype.toString.call({})", scope.path(op.text("class-of")?)),
            "ordered" => {
                let values: Vec<String> = op.list("ordered")?.iter().map(|value| scope.value(value)).collect();
                match values.as_slice() {
                    [] => "true".to_owned(),
                    [only] => format!("typeof {only} === \"number\""),
                    several => several
                        .windows(2)
                        .map(|pair| format!("{} <= {}", pair[0], pair[1]))
                        .collect::<Vec<_>>()
                        .join(" && "),
                }
            }
            _ => return None,
        })
    }

    fn value(&self, op: &Shape<'_>, name: &str) -> String {
        op.get(name).map_or_else(|| "undefined".to_owned(), |value| self.scope.value(value))
    }

    /// Returns the names that no list declares where they are given.
    pub(super) fn declarations(&self) -> Lines {
        let mut names = self.scope.shared();
        let promises = self.scenario().to_string();
        let settlers: Vec<String> = given_promises(self.scenario())
            .iter()
            .filter(|name| self.scope.is_given(name) && !self.scope.is_local(name))
            .flat_map(|name| ["resolve", "reject"].map(|kind| (kind, name.clone())))
            .filter(|(kind, name)| promises.contains(&format!("\"{kind}\":{}", literal(name))))
            .map(|(kind, name)| settler(&name, kind))
            .collect();
        names.extend(settlers);
        let mut lines = self.scope.declared_errors();
        if !names.is_empty() {
            lines.push(format!("let {};", names.join(", ")));
        }
        lines
    }

    /// Returns the logs that are permitted, without the exceptions that are asserted.
    ///
    /// # Errors
    /// Says that there are too many.
    pub(super) fn logs(&self) -> Result<Vec<Vec<String>>, String> {
        let mut logs: Vec<Vec<String>> = Vec::new();
        for trace in &self.permitted {
            let global = |entry: String| if entry == "self" { self.place.global().to_owned() } else { entry };
            let log: Vec<String> = trace.iter().flat_map(|item| self.entries(item)).map(global).collect();
            if !logs.contains(&log) {
                logs.push(log);
            }
        }
        if logs.len() > MOST_PERMITTED {
            return Err(format!(
                "{} logs are permitted, and a program compares with {MOST_PERMITTED} at most",
                logs.len()
            ));
        }
        Ok(logs)
    }

    /// The entries of the log for an observation.
    fn entries(&self, item: &Value) -> Vec<String> {
        let Some(members) = item.as_object() else { return Vec::new() };
        let text = |member: &str| members.get(member).and_then(Value::as_str).unwrap_or_default();
        let shown = |kind: &str, of: &str, value: &Value| {
            self.form(kind, of).map(|form| form.expected(value)).unwrap_or_default()
        };
        if let Some(Value::String(name)) = members.get("called") {
            let mut entries = vec![literal(name)];
            if let Some(this) = members.get("this") {
                entries.extend(shown("this", name, this));
            }
            if let Some(arguments) = members.get("arguments") {
                entries.extend(shown("arguments", name, arguments));
            }
            entries.extend(self.expected_members(members.get("event"), "event.", name));
            return entries;
        }
        let from = text("from");
        if let Some(value) = members.get("returned") {
            return shown("returned", from, value);
        }
        if let Some(value) = members.get("threw") {
            return if self.asserted.iter().any(|one| one == from) { Vec::new() } else { shown("threw", from, value) };
        }
        if let Some(value) = members.get("got") {
            return shown("got", from, value);
        }
        if let read @ Some(_) = members.get("read") {
            return self.expected_members(read, "read.", text("of"));
        }
        if let Some(described) = members.get("described") {
            let mut entries = vec![literal(&attributes(described))];
            if let Some(value) = described.get("value") {
                entries.extend(shown("described", from, value));
            }
            return entries;
        }
        if let Some(Value::String(name)) = members.get("accessed") {
            return vec![literal(&accessed(name))];
        }
        if members.contains_key("converted") {
            return vec![literal("converted")];
        }
        if members.contains_key("noted") {
            return vec![literal(text("noted"))];
        }
        if let Some(value) = members.get("reported") {
            let entries = [vec![literal("reported")], shown("reported", "", value)].concat();
            return if self.place == Place::Script {
                vec![format!("...(firesError ? [{}] : [])", entries.join(", "))]
            } else {
                entries
            };
        }
        if let Some(value) = members.get("unhandled") {
            return [vec![literal("unhandled")], shown("unhandled", "", value)].concat();
        }
        if let Some(value) = members.get("settled").and(members.get("value")) {
            let how = text("as");
            return [vec![literal(how)], shown(&format!("settled {how}"), text("settled"), value)].concat();
        }
        if let Some(number) = members.get("evaluated") {
            return vec![literal(&format!("evaluated {number}"))];
        }
        Vec::new()
    }

    fn expected_members(&self, event: Option<&Value>, kind: &str, name: &str) -> Vec<String> {
        let members = EVENT.iter().filter_map(|(member, _)| {
            let form = self.form(&format!("{kind}{member}"), name)?;
            let value = event.and_then(|event| event.get(*member));
            Some(value.map_or_else(|| vec!["undefined".to_owned()], |value| form.expected(value)))
        });
        members.flatten().collect()
    }

    /// The scenario.
    pub(super) fn scenario(&self) -> &'a Value {
        &self.export.scenario
    }

    /// Returns the listeners for exceptions and rejections that count.
    pub(super) fn listeners(&self) -> Lines {
        let listener = |kind: &str, of: &str, member: &str| {
            let mut entries = vec![literal(kind)];
            let form = self.form(kind, "");
            entries.push(form.unwrap_or(&Form::Raw).logged(&format!("event.{member}")));
            format!(
                "{}.addEventListener(\"{of}\", (event) => {});",
                self.place.global(),
                push(&entries).trim_end_matches(';')
            )
        };
        let mut lines = Lines::new();
        if self.expects("reported") || self.place == Place::Script && self.counts("reported") {
            lines.push(listener("reported", "error", "error"));
        }
        if self.counts("unhandled") && self.place != Place::Script {
            lines.push(listener("unhandled", "unhandledrejection", "reason"));
        }
        lines
    }

    /// Whether a detail counts. A scenario that needs rejections to be announced is about them.
    pub(super) fn counts(&self, detail: &str) -> bool {
        let needed = self.scenario().get("needs").and_then(Value::as_array).into_iter().flatten();
        self.export.observes(detail)
            || detail == "unhandled" && needed.into_iter().any(|need| need == "unhandled-rejections")
    }

    /// Whether an observation of this kind is permitted.
    pub(super) fn expects(&self, kind: &str) -> bool {
        self.permitted.iter().flatten().any(|item| item.get(kind).is_some())
    }
}

/// The methods that every target has.
const EVERYWHERE: [&str; 3] = ["addEventListener", "removeEventListener", "dispatchEvent"];

/// Exceptions of the language.
const NATIVE: [&str; 5] = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "Error"];

/// The helper that property descriptors are logged with.
pub(super) const ATTRIBUTES: &str = "// What a property has: \"get enumerable configurable\", say.
const attributes = (object, name) => Object.entries(Object.getOwnPropertyDescriptor(object, name) ?? {})
  .filter(([key, value]) => typeof value === \"function\" || value === true && key !== \"value\")
  .map(([key]) => key).join(\" \");";

/// What that helper gives for a descriptor of a trace.
fn attributes(described: &Value) -> String {
    let is = |member: &str| described.get(member).is_some_and(|value| *value == true);
    let is_function = described.get("writable").is_some()
        && described.get("value").is_none_or(|value| super::form::reference(value).is_some());
    let value = if is_function { vec!["value"] } else { Vec::new() };
    let others = ["writable", "get", "set", "enumerable", "configurable"].into_iter().filter(|member| is(member));
    value.into_iter().chain(others).collect::<Vec<_>>().join(" ")
}

/// The forms of all values that count.
fn forms<'a>(
    export: &Export,
    permitted: &'a [Vec<Value>],
    place: Place,
) -> Result<BTreeMap<(String, String), Form>, String> {
    let mut values: BTreeMap<(String, String), Vec<&'a Value>> = BTreeMap::new();
    for members in permitted.iter().flatten().filter_map(Value::as_object) {
        let text = |member: &str| members.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut note = |kind: &str, of: String, value: Option<&'a Value>| {
            if let Some(value) = value {
                values.entry((kind.to_owned(), of)).or_default().push(value);
            }
        };
        let name = text("called");
        note("this", name.clone(), members.get("this"));
        note("arguments", name.clone(), members.get("arguments"));
        let observed = EVENT.iter().filter(|(member, _)| export.observes(member));
        for (member, _) in observed {
            note(&format!("event.{member}"), name.clone(), members.get("event").and_then(|event| event.get(*member)));
            note(&format!("read.{member}"), text("of"), members.get("read").and_then(|event| event.get(*member)));
        }
        if members.contains_key("called") && !members.contains_key("event") {
            note("no event", name, Some(&Value::Null));
        }
        if export.observes("returns") {
            note("returned", text("from"), members.get("returned"));
        }
        for kind in ["threw", "got"] {
            note(kind, text("from"), members.get(kind));
        }
        note("described", text("from"), members.get("described").and_then(|described| described.get("value")));
        note("is described", text("from"), members.get("described").map(|_| &Value::Null));
        note("reported", String::new(), members.get("reported"));
        note("unhandled", String::new(), members.get("unhandled"));
        note(&format!("settled {}", text("as")), text("settled"), members.get("settled").and(members.get("value")));
    }
    values.into_iter().map(|(key, values)| Ok((key, Form::of(&values, place)?))).collect()
}

/// The operation's own word for what it does.
fn from_of(op: &Shape<'_>) -> String {
    op.get(op.kind).map(from).unwrap_or_default()
}

fn from(json: &Value) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
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

/// The promises that operations make.
fn given_promises(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let own = members.get("promise").and_then(Value::as_str).map(str::to_owned);
            own.into_iter().chain(members.values().flat_map(given_promises)).collect()
        }
        Value::Array(values) => values.iter().flat_map(given_promises).collect(),
        _ => Vec::new(),
    }
}

/// A reaction that the test waits for.
fn awaited(mut lines: Lines) -> Lines {
    for line in &mut lines {
        // What a reaction awaits makes it asynchronous.
        for parameter in ["(value) => {", "() => {", "(error) => {"] {
            if line.ends_with(parameter) {
                *line = format!("{}async {parameter}", &line[..line.len() - parameter.len()]);
                break;
            }
        }
    }
    lines[0] = format!("await {}", lines[0]);
    lines
}

/// A statement that logs.
pub(super) fn push(entries: &[String]) -> String {
    format!("log.push({});", entries.join(NEXT))
}

/// The entries that a statement logs, if it does nothing else.
pub(super) fn logged(line: &str) -> Option<Vec<&str>> {
    Some(line.strip_prefix("log.push(")?.strip_suffix(");")?.split(NEXT).collect())
}

/// A finished program.
pub(super) fn finished(text: &str) -> String {
    text.replace('\u{1}', "")
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

fn uses(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    line.match_indices(name).any(|(at, _)| {
        let before = &line[..at];
        !before.ends_with(is_word)
            && (!before.ends_with('.') || before.ends_with("..."))
            && !line[at + name.len()..].starts_with(is_word)
    })
}

fn try_catch(inside: String, after: &[String]) -> Lines {
    let catch = if after.is_empty() { "catch {".to_owned() } else { "catch (error) {".to_owned() };
    let one = format!("try {{ {inside} }} {catch} {} }}", after.join(" ")).replace("{  }", "{}");
    if one.len() <= WIDTH && !inside.contains('\n') {
        return vec![one];
    }
    let mut lines = block("try {", inside.lines().map(str::to_owned).collect(), &format!("}} {catch}"));
    lines.extend(after.iter().map(|line| format!("  {line}")));
    lines.push("}".to_owned());
    lines
}

/// A block, on one line if it holds one short statement.
fn short_block(open: &str, lines: Lines, close: &str) -> Lines {
    match lines.as_slice() {
        [only] if open.len() + only.len() + close.len() + 2 <= WIDTH => {
            vec![format!("{open} {only} {close}")]
        }
        _ => block(open, lines, close),
    }
}

/// An arrow function as an argument, without braces if it is one expression.
fn arrow_block(open: &str, lines: Lines, close: &str) -> Lines {
    match lines.as_slice() {
        [] => vec![format!("{open} {{}}{close}")],
        [only] if is_expression(only) && open.len() + only.len() + close.len() <= WIDTH => {
            vec![format!("{open} {}{close}", only.trim_end_matches(';'))]
        }
        _ => block(&format!("{open} {{"), lines, &format!("}}{close}")),
    }
}

fn is_expression(statement: &str) -> bool {
    let words = ["const ", "let ", "class ", "try ", "throw ", "return ", "if ", "({"];
    statement.ends_with(';') && !words.iter().any(|word| statement.starts_with(word))
}

/// Lines with the expected entries of a log, from an opening to a closing text.
pub(super) fn array(open: &str, entries: &[String], close: &str) -> Lines {
    let one = format!("{open}[{}]{close}", entries.join(", "));
    if one.len() <= WIDTH {
        return vec![one];
    }
    let mut lines = vec![format!("{open}[")];
    let mut line = String::new();
    for entry in entries {
        if !line.is_empty() && line.len() + entry.len() + 4 > WIDTH {
            lines.push(format!("  {}", line.trim_end()));
            line.clear();
        }
        line += &format!("{entry}, ");
    }
    lines.push(format!("  {}", line.trim_end().trim_end_matches(',')));
    lines.push(format!("]{close}"));
    lines
}
