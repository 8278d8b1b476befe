//! Operations as statements that do them and note what is seen.

use std::collections::BTreeSet;

use bgfspec_report::javascript::operation::SHAPES;
use bgfspec_report::javascript::words::{identifier, literal};
use bgfspec_report::javascript::{Lines, Shape, block};
use serde_json::Value;

use super::value::Scope;

/// Writes the operations of one scenario.
pub(super) struct Writer {
    pub(super) scope: Scope,
    /// Where a `TypeError` is permitted: what is called must be there then.
    pub(super) throwing: BTreeSet<String>,
}

impl Writer {
    /// The operations as lines.
    ///
    /// # Errors
    /// Gives the operation that is not known.
    pub(super) fn list(&self, operations: &[Value]) -> Result<Lines, String> {
        let lines = operations.iter().map(|operation| {
            self.lines(operation).ok_or_else(|| format!("a script can't do what this operation says: {operation}"))
        });
        Ok(lines.collect::<Result<Vec<Lines>, String>>()?.concat())
    }

    fn lines(&self, operation: &Value) -> Option<Lines> {
        let op = Shape::of(operation, SHAPES)?;
        let from = from(op.get(op.kind)?);
        let line = match op.kind {
            "call" | "apply" | "setter" => return self.call(&op, &from),
            "microtask" => return Some(block("$microtask(() => {", self.list(op.list("microtask")?).ok()?, "});")),
            "task" => return Some(block("$task(() => {", self.list(op.list("task")?).ok()?, "});")),
            "then" => return self.then(&op, &from),
            "tree" => return self.tree(op.list("tree")?),
            "new" | "construct" => self.construct(&op, &from)?,
            "class" => {
                let class = format!("class extends {} {{}}", self.scope.path(op.text("class")?));
                format!("$do({from}, () => {{ {} }});", named(op.text("as")?, &class))
            }
            "set" => {
                let (path, to) = (self.scope.path(op.text("set")?), self.value(&op, "to"));
                format!("$do({from}, () => {{ {path} = {to}; }});")
            }
            "read" => format!("$read({from}, () => {});", self.scope.path(op.text("read")?)),
            "object" => named(op.text("as")?, &self.value(&op, "object")),
            "throw" | "return" => format!("{} {};", op.kind, self.value(&op, op.kind)),
            "note" => format!("$see({{ noted: {} }});", literal(op.text("note")?)),
            "promise" => {
                let name = op.text("promise")?;
                named(name, &format!("$promise({})", literal(name)))
            }
            "resolve" | "reject" => {
                let with = op.get("with").map(|with| format!(", {}", self.scope.value(with))).unwrap_or_default();
                format!("$settle({}, \"{}\"{with});", literal(op.text(op.kind)?), op.kind)
            }
            "describe" => {
                let (object, member) = self.scope.split(op.text("describe")?);
                format!("$describe({from}, () => Object.getOwnPropertyDescriptor({object}, {}));", literal(member))
            }
            _ => format!("$got({from}, () => {});", self.question(&op)?),
        };
        Some(vec![line])
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
            "typeof" => self.typeof_(op.text("typeof")?),
            "instanceof" => {
                format!("{} instanceof {}", self.value(op, "instanceof"), scope.path(op.text("interface")?))
            }
            "same" => format!("Object.is({})", scope.list(op.list("same")?)),
            "prototype" => {
                let (of, prototype) = (scope.path(op.text("of")?), scope.path(op.text("prototype")?));
                format!("Object.getPrototypeOf({of}) === {prototype}")
            }
            "class-of" => format!("Object.prototype.toString.call({})", scope.path(op.text("class-of")?)),
            "ordered" => format!("$ordered([{}])", scope.list(op.list("ordered")?)),
            _ => return None,
        })
    }

    /// The type of what a path gives, which may end early.
    fn typeof_(&self, path: &str) -> String {
        match path.rsplit_once('.') {
            None => format!("typeof {}", self.scope.path(path)),
            Some((object, member)) => {
                let object = self.scope.path(object);
                let member = bgfspec_report::javascript::words::member(&object, member);
                format!("{object} === undefined || {object} === null ? \"undefined\" : typeof {member}")
            }
        }
    }

    fn construct(&self, op: &Shape<'_>, from: &str) -> Option<String> {
        let called = self.scope.path(op.text(op.kind)?);
        let made = format!("new {called}({})", self.scope.list(op.optional_list("args")?));
        Some(match op.optional_text("as")? {
            None => format!("$new({from}, undefined, () => {made});"),
            Some(name) => format!("$new({from}, {}, () => ({} = {made}));", literal(name), identifier(name)),
        })
    }

    fn call(&self, op: &Shape<'_>, from: &str) -> Option<Lines> {
        let path = op.text(op.kind)?;
        let args = self.scope.list(op.optional_list("args")?);
        let (member, called) = match op.kind {
            "call" => {
                let called = self.scope.path(path);
                (called.clone(), format!("{called}({args})"))
            }
            "apply" => {
                let (called, this) = (self.scope.path(path), self.value(op, "this"));
                let args = if args.is_empty() { this } else { format!("{this}, {args}") };
                (called.clone(), format!("{called}.call({args})"))
            }
            _ => {
                let (object, member) = self.scope.split(path);
                let descriptor = format!("Object.getOwnPropertyDescriptor({object}, {})", literal(member));
                let (this, to) = (self.value(op, "this"), self.value(op, "to"));
                (format!("{descriptor}.set"), format!("{descriptor}.set.call({this}, {to})"))
            }
        };
        let called = if is_timer(path, op) { format!("$timer({called})") } else { called };
        let mut more = Vec::new();
        for (word, name) in [("as", op.optional_text("as")?), ("caught", op.optional_text("catch")?)] {
            more.extend(name.map(|name| format!("{word}: (it) => {{ {} }}", named(name, "it"))));
        }
        let quiet = op.get("quiet").is_some();
        if quiet {
            more.push("quiet: true".to_owned());
        }
        if (quiet || self.throwing.contains(path)) && path.contains('.') {
            more.push(format!("member: () => {member}"));
        }
        let more = if more.is_empty() { String::new() } else { format!(", {{ {} }}", more.join(", ")) };
        Some(vec![format!("$call({from}, () => {called}{more});")])
    }

    fn then(&self, op: &Shape<'_>, from: &str) -> Option<Lines> {
        let promise = self.scope.path(op.text("then")?);
        let fulfilled = self.list(op.optional_list("do")?).ok()?;
        let rejected = self.list(op.optional_list("catch")?).ok()?;
        let mut lines = block(&format!("$then({from}, () => {promise}, (value) => {{"), fulfilled, "}, (value) => {");
        // With nothing to do both stand in one line.
        let close = lines.pop().unwrap_or_default();
        lines.extend(block(&close, rejected, "});"));
        Some(lines)
    }

    fn tree(&self, nodes: &[Value]) -> Option<Lines> {
        let nodes: Vec<&str> = nodes.iter().map(Value::as_str).collect::<Option<_>>()?;
        let made = "self.document.createElement(\"div\")";
        let parents = std::iter::once(None).chain(nodes.iter().copied().map(Some));
        let node = |(name, parent): (&&str, Option<&str>)| match parent {
            None => named(name, made),
            Some(parent) => named(name, &format!("{}.appendChild({made})", identifier(parent))),
        };
        Some(nodes.iter().zip(parents).map(node).collect())
    }

    fn value(&self, op: &Shape<'_>, name: &str) -> String {
        op.get(name).map_or_else(|| "undefined".to_owned(), |value| self.scope.value(value))
    }
}

/// A statement that gives something its name.
fn named(name: &str, expression: &str) -> String {
    format!("{} = $name({}, {expression});", identifier(name), literal(name))
}

/// The operation's own word for what it does, as a literal.
fn from(json: &Value) -> String {
    match json {
        Value::String(text) => literal(text),
        other => literal(&other.to_string()),
    }
}

/// Whether a call makes a signal that time aborts, soon enough to be waited for.
fn is_timer(path: &str, op: &Shape<'_>) -> bool {
    let milliseconds = op.list("args").and_then(|args| args.first()?.as_f64());
    path == "AbortSignal.timeout" && milliseconds.is_none_or(|milliseconds| milliseconds <= 2000.0)
}
