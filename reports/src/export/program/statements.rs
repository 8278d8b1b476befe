//! Operations as statements.

use bgfspec_report::javascript::operation::SHAPES;
use bgfspec_report::javascript::words::{literal, member};
use bgfspec_report::javascript::{Lines, Shape};
use serde_json::Value;

use super::super::form::Form;
use super::super::lines::{arrow_block, push, uses};
use super::super::place::Place;
use super::super::scope::{INNER, own};
use super::{Program, settler, word};

impl Program<'_> {
    /// Returns operations as statements.
    ///
    /// # Errors
    /// Gives the operation that is not known.
    pub(in crate::export) fn list(&self, list: &[Value], at: &[usize]) -> Result<Lines, String> {
        self.list_from(list, at, 0)
    }

    /// Returns the operations of a part of a list, which begins at this number.
    ///
    /// # Errors
    /// Gives the operation that is not known.
    pub(in crate::export) fn list_from(
        &self,
        list: &[Value],
        at: &[usize],
        mut number: usize,
    ) -> Result<Lines, String> {
        let mut lines = Lines::new();
        let mut rest = list;
        while let [operation, after @ ..] = rest {
            if let Some((line, taken)) = self.dispatched(rest) {
                lines.push(line);
                rest = &rest[taken..];
                number += taken;
                continue;
            }
            if let ([top], Some(thrown)) = (at, operation.get("throw"))
                && *top < self.tops
            {
                // What a script throws is reported. It ends what is done until something happens from outside.
                lines.push(format!("reportError({});", self.scope.value(thrown)));
                break;
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

    /// Whether an operation always ends its list.
    fn ends(&self, operation: &Value) -> bool {
        let Some(op) = Shape::of(operation, SHAPES) else { return false };
        let is_caught = ["call", "apply", "setter", "new", "construct"].contains(&op.kind);
        let is_always = self.form("got", &op).is_none();
        !is_caught && is_always && self.threw(&op).is_some() && op.kind != "set"
            || op.kind == "set" && self.plan.asserts(&word(&op))
    }

    fn statement(&self, operation: &Value, at: &[usize], number: usize) -> Option<Result<Lines, String>> {
        let op = Shape::of(operation, SHAPES)?;
        let inner = |member: &str| {
            let kind = INNER.iter().position(|one| *one == member).unwrap_or_default();
            self.list(op.optional_list(member).unwrap_or_default(), &[at, &[number * INNER.len() + kind]].concat())
        };
        Some(match op.kind {
            "microtask" => inner("microtask").map(|lines| arrow_block("queueMicrotask(() =>", lines, ");")),
            "task" => {
                inner("task").map(|lines| arrow_block(&format!("{}(() =>", self.plan.place.task()), lines, ", 0);"))
            }
            "then" => {
                let (fulfilled, rejected) = (inner("do"), inner("catch"));
                let lines = fulfilled
                    .and_then(|fulfilled| Ok(self.then(op.text("then").unwrap_or_default(), fulfilled, rejected?)));
                lines.map(|lines| if self.plan.place == Place::Page { awaited(lines) } else { lines })
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
                push(&self.members(&format!("{}.", scope.path(path)), "read", path))
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
                let form = self.form("got", op);
                let question = self.question(op)?;
                push(&[form.unwrap_or(&Form::Raw).logged(&question)])
            }
        };
        match self.threw(op) {
            None => Some(vec![line]),
            Some(form) => self.thrown(op, form, line, None),
        }
    }

    fn then(&self, name: &str, fulfilled: Lines, rejected: Lines) -> Lines {
        let promise = self.scope.path(name);
        let form = |how: &str| self.plan.form(&format!("settled {how}"), name);
        let reaction = |how: &str, operations: Lines| {
            let form = form(how);
            let operations = if form.is_some() { operations } else { Lines::new() };
            let uses = |name: &str| operations.iter().any(|line| uses(line, name));
            let parameter = if how == "fulfilled" || uses("value") { "value" } else { "error" };
            let mut entries = vec![literal(how)];
            entries.extend(form.map(|form| form.logged(parameter)));
            let parameter = if form.is_some() || uses(parameter) { parameter } else { "" };
            (format!("({parameter}) =>"), [vec![push(&entries)], operations].concat())
        };
        let ((fulfil, fulfilled), (reject, rejected)) =
            (reaction("fulfilled", fulfilled), reaction("rejected", rejected));
        match (form("fulfilled"), form("rejected")) {
            (Some(_), None) => arrow_block(&format!("{promise}.then({fulfil}"), fulfilled, ");"),
            (None, Some(_)) => arrow_block(&format!("{promise}.catch({reject}"), rejected, ");"),
            _ => {
                let mut lines = arrow_block(&format!("{promise}.then({fulfil}"), fulfilled, "");
                let mut second = arrow_block(&reject, rejected, ");").into_iter();
                let last = lines.pop().unwrap_or_default();
                lines.push(format!("{last}, {}", second.next().unwrap_or_default()));
                lines.extend(second);
                lines
            }
        }
    }

    fn promise(&self, name: &str) -> String {
        let settlers = self.settlers(name);
        if settlers.is_empty() {
            return self.scope.named(name, "new Promise(() => {})");
        }
        let promise = if own(name) == "promise" { "promise".to_owned() } else { format!("promise: {}", own(name)) };
        let settlers = settlers.into_iter().map(|(kind, settler)| format!("{kind}: {settler}"));
        let members: Vec<String> = std::iter::once(promise).chain(settlers).collect();
        let pattern = format!("{{ {} }} = Promise.withResolvers()", members.join(", "));
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
        if let Some(form) = self.form("described", op) {
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
}

/// A reaction that the test waits for.
fn awaited(mut lines: Lines) -> Lines {
    // Lines of its body are indented, and have their own `async` already.
    for line in lines.iter_mut().filter(|line| !line.starts_with(' ')) {
        // What a reaction awaits makes it asynchronous.
        for parameter in ["(value) => {", "() => {", "(error) => {"] {
            if let Some(before) = line.strip_suffix(parameter) {
                *line = format!("{before}async {parameter}");
                break;
            }
        }
    }
    lines[0] = format!("await {}", lines[0]);
    lines
}
