//! The operations of a scenario as statements.

use serde_json::Value;

use super::names::{self, Names};
use super::value;
use super::words::{self, identifier, literal, path};
use super::{Lines, Shape, block, run};

/// The words of operations, each with the members that it may have beside.
pub const SHAPES: &[(&str, &[&str])] = &[
    ("new", &["args", "as", "catch"]),
    ("construct", &["args", "as", "catch"]),
    ("class", &["as"]),
    ("call", &["args", "as", "catch", "quiet"]),
    ("apply", &["this", "args", "as", "catch"]),
    ("get", &[]),
    ("set", &["to"]),
    ("setter", &["this", "to", "catch"]),
    ("read", &[]),
    ("describe", &[]),
    ("in", &[]),
    ("typeof", &[]),
    ("instanceof", &["interface"]),
    ("same", &[]),
    ("prototype", &["of"]),
    ("class-of", &[]),
    ("ordered", &[]),
    ("object", &["as"]),
    ("throw", &[]),
    ("return", &[]),
    ("note", &[]),
    ("microtask", &[]),
    ("task", &[]),
    ("promise", &[]),
    ("resolve", &["with"]),
    ("reject", &["with"]),
    ("then", &["do", "catch"]),
    ("tree", &[]),
];

/// The operation as lines, unless it is none of those that are known.
pub(super) fn lines(operation: &Value, names: &Names) -> Option<Lines> {
    let op = Shape::of(operation, SHAPES)?;
    let line = match op.kind {
        "new" | "construct" | "call" | "apply" | "setter" => return call(&op, names),
        "microtask" => return Some(block("queueMicrotask(() => {", run(op.list("microtask")?, names), "});")),
        "task" => return Some(block("setTimeout(() => {", run(op.list("task")?, names), "});")),
        "then" => return then(&op, names),
        "tree" => return tree(op.list("tree")?, names),
        "class" => class(&op, names)?,
        "set" => format!("{} = {};", path(op.text("set")?), op.value("to")),
        "read" => format!("console.log({}); // Every member that is observed.", path(op.text("read")?)),
        "object" => names.assign(op.optional_text("as")?, &op.value("object")),
        "throw" | "return" => format!("{} {};", op.kind, op.value(op.kind)),
        "promise" => promise(op.text("promise")?, names),
        "resolve" => format!("{}({});", identifier(&names::resolver(op.text("resolve")?)), with(&op)),
        "reject" => format!("{}({});", identifier(&names::rejecter(op.text("reject")?)), with(&op)),
        _ => format!("console.log({});", question(&op)?),
    };
    Some(vec![line])
}

/// What is only asked, as an expression.
fn question(op: &Shape<'_>) -> Option<String> {
    Some(match op.kind {
        "get" => path(op.text("get")?),
        "describe" => {
            let (object, member) = words::split(op.text("describe")?);
            format!("Object.getOwnPropertyDescriptor({object}, {})", literal(member))
        }
        "in" => {
            let (object, member) = words::split(op.text("in")?);
            format!("{} in {object}", literal(member))
        }
        "typeof" => format!("typeof {}", path(op.text("typeof")?)),
        "instanceof" => format!("{} instanceof {}", op.value("instanceof"), path(op.text("interface")?)),
        "same" => match op.list("same")? {
            pair @ [_, _] => format!("Object.is({})", value::list(pair)),
            _ => return None,
        },
        "prototype" => format!("Object.getPrototypeOf({}) === {}", path(op.text("of")?), path(op.text("prototype")?)),
        "class-of" => format!("Object.prototype.toString.call({})", path(op.text("class-of")?)),
        "ordered" => ordered(op.list("ordered")?),
        "note" => literal(op.text("note")?),
        _ => return None,
    })
}

fn ordered(values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(value::value).collect();
    match values.as_slice() {
        [] => "true".to_owned(),
        [only] => format!("typeof {only} === \"number\""),
        several => {
            several.windows(2).map(|pair| format!("{} <= {}", pair[0], pair[1])).collect::<Vec<_>>().join(" && ")
        }
    }
}

/// An operation whose exception is caught; a reader needs to see that only where the scenario uses what was caught.
fn call(op: &Shape<'_>, names: &Names) -> Option<Lines> {
    let called = path(op.text(op.kind)?);
    let args = value::list(op.optional_list("args")?);
    let expression = match op.kind {
        "new" | "construct" => format!("new {called}({args})"),
        "apply" if args.is_empty() => format!("{called}.call({})", op.value("this")),
        "apply" => format!("{called}.call({}, {args})", op.value("this")),
        "setter" => {
            let (object, member) = words::split(op.text("setter")?);
            let (this, to) = (op.value("this"), op.value("to"));
            format!("Object.getOwnPropertyDescriptor({object}, {}).set.call({this}, {to})", literal(member))
        }
        _ => format!("{called}({args})"),
    };
    let statement = names.assign(op.optional_text("as")?, &expression);
    Some(match op.optional_text("catch")? {
        // What is given a name is used later, where a block would hide it.
        None if op.get("quiet").is_some() && op.optional_text("as")?.is_none() => {
            block("try {", vec![statement], "} catch {}")
        }
        None => vec![statement],
        Some(caught) => {
            let caught = vec![names.assign(Some(caught), "exception")];
            let mut lines = block("try {", vec![statement], "} catch (exception) {");
            lines.extend(caught.into_iter().map(|line| format!("  {line}")).chain(["}".to_owned()]));
            lines
        }
    })
}

fn class(op: &Shape<'_>, names: &Names) -> Option<String> {
    let parent = path(op.text("class")?);
    Some(match op.optional_text("as")? {
        Some(name) if !names.shared.contains(name) => format!("class {} extends {parent} {{}}", identifier(name)),
        name => names.assign(name, &format!("class extends {parent} {{}}")),
    })
}

fn promise(name: &str, names: &Names) -> String {
    let [promise, resolve, reject] =
        [name.to_owned(), names::resolver(name), names::rejecter(name)].map(|name| identifier(&name));
    let pattern = format!("{{ promise: {promise}, resolve: {resolve}, reject: {reject} }}");
    if names.shared.contains(name) {
        format!("({pattern} = Promise.withResolvers());")
    } else {
        format!("const {pattern} = Promise.withResolvers();")
    }
}

fn with(op: &Shape<'_>) -> String {
    op.get("with").map(value::value).unwrap_or_default()
}

fn then(op: &Shape<'_>, names: &Names) -> Option<Lines> {
    let reaction = |log: &str, operations| [vec![log.to_owned()], run(operations, names)].concat();
    let fulfilled = reaction("console.log(\"fulfilled\", value);", op.optional_list("do")?);
    let rejected = reaction("console.log(\"rejected\", reason);", op.optional_list("catch")?);
    let promise = path(op.text("then")?);
    let mut lines = block(&format!("{promise}.then((value) => {{"), fulfilled, "}, (reason) => {");
    lines.extend(rejected.into_iter().map(|line| format!("  {line}")));
    lines.push("});".to_owned());
    Some(lines)
}

fn tree(nodes: &[Value], names: &Names) -> Option<Lines> {
    let nodes: Vec<&str> = nodes.iter().map(Value::as_str).collect::<Option<_>>()?;
    let created = "document.createElement(\"div\")";
    let parents = std::iter::once(None).chain(nodes.iter().copied().map(Some));
    let node = |(name, parent): (&&str, Option<&str>)| match parent {
        None => names.assign(Some(name), created),
        Some(parent) => names.assign(Some(name), &format!("{}.appendChild({created})", identifier(parent))),
    };
    Some(nodes.iter().zip(parents).map(node).collect())
}
