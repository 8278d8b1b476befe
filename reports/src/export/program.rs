//! What all programs that play a scenario have in common.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::javascript::value::error;
use bgfspec_report::javascript::words::{identifier, literal};
use bgfspec_report::javascript::{Lines, block, comment};
use bgfspec_report::trace::EVENT;
use serde_json::{Map, Value};

use super::Export;
use super::operation::Writer;
use super::value::{Scope, data};

/// So many traces stand in a program at most.
const MOST_PERMITTED: usize = 40;

/// What a program's own code and the host mean by these names.
const TAKEN: [&str; 12] = [
    "Array",
    "BigInt",
    "Infinity",
    "NaN",
    "Object",
    "Promise",
    "Symbol",
    "console",
    "process",
    "undefined",
    "it",
    "value",
];

/// A scenario that is being written as a program.
pub(super) struct Program<'a> {
    export: &'a Export,
    pub(super) writer: Writer,
    /// The traces that are permitted, as the program notes them.
    permitted: Vec<Vec<Value>>,
    /// Names that are variables.
    variables: Vec<String>,
    /// The callbacks.
    pub(super) callbacks: Lines,
}

impl<'a> Program<'a> {
    /// Begins a program in which the service worker registration is this expression.
    pub(super) fn of(export: &'a Export, registration: &'static str) -> Result<Self, String> {
        if !export.complete || export.permitted.len() > MOST_PERMITTED {
            let more = if export.complete { "" } else { " and more" };
            return Err(format!(
                "{}{more} traces are permitted, and a program compares with {MOST_PERMITTED} at most",
                export.permitted.len()
            ));
        }
        let permitted: Vec<Vec<Value>> =
            export.permitted.iter().map(|trace| trace.iter().map(|item| told(item, export)).collect()).collect();
        let given = given(&export.scenario);
        let identifiers: BTreeSet<String> = given.iter().map(|name| identifier(name)).collect();
        if let Some(name) = given.iter().find(|name| TAKEN.contains(&name.as_str())) {
            return Err(format!("in a program `{name}` means something else: give it another name in the scenario"));
        }
        if identifiers.len() < given.len() {
            return Err("two names of the scenario are one identifier in JavaScript: give one another name".to_owned());
        }
        let scope = Scope {
            given: given.iter().cloned().collect(),
            registration,
            globals: RefCell::default(),
            errors: RefCell::default(),
        };
        let writer = Writer { scope, throwing: throwing(&permitted) };
        let (callbacks, names) = callbacks(export, &writer)?;
        let variables = given.iter().filter(|name| !names.contains(*name)).map(|name| identifier(name)).collect();
        Ok(Program { export, writer, permitted, variables, callbacks })
    }

    /// What the program notes, and what has to be there for that.
    pub(super) fn state(&self) -> Lines {
        let export = self.export;
        let members: Vec<&str> =
            EVENT.iter().map(|(member, _)| *member).filter(|member| export.observes(member)).collect();
        let flags = ["this", "arguments", "returns", "reported", "unhandled"];
        let flags: Vec<String> = flags.iter().map(|flag| format!("{flag}: {}", counts(export, flag))).collect();
        let mut lines = vec![
            comment("What counts of what is seen, and what is seen."),
            format!("const $observed = {{ {}, members: {} }};", flags.join(", "), Value::from(members)),
            STATE.to_owned(),
            "const [$seen, $names, $errors, $end] = [[], new Map(), new Map(), {}];".to_owned(),
        ];
        let errors = self.writer.scope.errors.borrow();
        lines.extend(errors.iter().map(|name| format!("const {} = $error({});", error(name), literal(name))));
        lines
    }

    /// What the program takes from the global object.
    pub(super) fn globals(&self) -> Lines {
        let globals = self.writer.scope.globals.borrow();
        let names = globals.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        if names.is_empty() { Lines::new() } else { vec![format!("const {{ {names} }} = self;")] }
    }

    /// What the program needs, and what is permitted.
    pub(super) fn facts(&self) -> Lines {
        let mut lines = vec![
            format!("const $needed = {};", Value::from(self.export.capabilities.clone())),
            format!("const $title = {};", literal(self.export.title())),
        ];
        lines.extend(self.expected());
        lines
    }

    /// The names that are given more than once, or inside of something.
    pub(super) fn variables(&self) -> Lines {
        if self.variables.is_empty() { Lines::new() } else { vec![format!("let {};", self.variables.join(", "))] }
    }

    /// What is permitted.
    pub(super) fn expected(&self) -> Lines {
        expected(&self.permitted)
    }

    /// A function with these operations.
    pub(super) fn function(&self, name: &str, operations: &[Value]) -> Result<Lines, String> {
        Ok(block(&format!("function {name}() {{"), self.writer.list(operations)?, "}"))
    }

    /// The body of a function that plays the scenario where it stands: what comes first, the steps, and what ends it.
    pub(super) fn alone(&self, first: Lines, steps: Lines, end: String) -> String {
        sections(&[
            [first, self.globals()].concat(),
            self.state(),
            self.facts(),
            self.variables(),
            self.callbacks.clone(),
            steps,
            vec![end],
        ])
    }

    /// Whether it matters what the host tells of.
    pub(super) fn hears(&self) -> bool {
        hears(self.export)
    }
}

const STATE: &str = "const $state = { over: false, tasks: 0, timers: [], promises: {}, heard: {}, after() {}, tell() {}, onRejection() {} };";

/// What stands before a program, for people.
pub(super) fn heading(export: &Export) -> Lines {
    let mut lines = vec![comment(export.title())];
    for requirement in &export.requirements {
        lines.push("//".to_owned());
        lines.push(comment(&format!("{}: {}", requirement.id, requirement.statement)));
        lines.push(comment(&format!("{} {}", requirement.step, requirement.link)));
    }
    lines.push("//".to_owned());
    lines.push(comment(&format!("Made by bgfspec {} from the scenario {}.", export.bgfspec, export.id)));
    lines
}

/// The member of a scenario, or nothing.
pub(super) fn operations<'s>(scenario: &'s Value, member: &str) -> &'s [Value] {
    scenario.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The lines, one level deeper.
pub(super) fn indented(lines: &str) -> String {
    lines.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}

/// Parts with an empty line between them.
pub(super) fn sections(parts: &[Lines]) -> String {
    let parts = parts.iter().filter(|lines| !lines.is_empty());
    parts.map(|lines| lines.join("\n").trim_end().to_owned()).collect::<Vec<_>>().join("\n\n")
}

/// Whether a detail counts for the verdict. A scenario that needs rejections to be announced is about them.
fn counts(export: &Export, detail: &str) -> bool {
    let needed = export.scenario.get("needs").and_then(Value::as_array).into_iter().flatten();
    export.observes(detail) || detail == "unhandled" && needed.into_iter().any(|need| need == "unhandled-rejections")
}

/// Whether it matters what the host tells of.
fn hears(export: &Export) -> bool {
    let mentions = |item: &Value| item.get("reported").is_some() || item.get("unhandled").is_some();
    export.needs("global-events")
        || export.needs("unhandled-rejections")
        || counts(export, "reported")
        || counts(export, "unhandled")
        || export.permitted.iter().flatten().any(mentions)
}

fn expected(permitted: &[Vec<Value>]) -> Lines {
    let traces: Vec<Lines> = permitted
        .iter()
        .map(|trace| block("  [", trace.iter().map(|item| format!("  {},", data(item))).collect(), "  ],"))
        .collect();
    let about = match permitted.len() {
        1 => "What the specifications permit to be seen.",
        _ => "What the specifications permit to be seen: one of these.",
    };
    let mut lines = vec![comment(about), "const $permitted = [".to_owned()];
    lines.extend(traces.concat());
    lines.push("];".to_owned());
    lines
}

/// An observation as the script notes it.
fn told(item: &Value, export: &Export) -> Value {
    let mut item = item.clone();
    if let Some(returned) = item.get_mut("returned").filter(|_| !export.observes("returns")) {
        *returned = "anything".into();
    }
    item
}

/// Where a `TypeError` is permitted, by the operation's own word.
fn throwing(permitted: &[Vec<Value>]) -> BTreeSet<String> {
    let threw = |item: &Value| {
        let name = item.get("threw")?.get("$exception")?.as_str()?;
        (name == "TypeError").then(|| item.get("from")?.as_str().map(str::to_owned)).flatten()
    };
    permitted.iter().flatten().filter_map(threw).collect()
}

/// The callbacks, and the names that are theirs alone.
fn callbacks(export: &Export, writer: &Writer) -> Result<(Lines, BTreeSet<String>), String> {
    let none = Map::new();
    let callbacks = export.scenario.get("callbacks").and_then(Value::as_object).unwrap_or(&none);
    let mut others: Vec<String> = Vec::new();
    collect(&export.scenario, &mut others);
    let (mut lines, mut own) = (Lines::new(), BTreeSet::new());
    for (name, callback) in callbacks {
        let body = callback.get("do").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let maker = match callback.get("kind").and_then(Value::as_str) {
            Some("async") => "$asyncCallback",
            Some("class") => "$classCallback",
            _ => "$callback",
        };
        let times = callback.get("times").map(|times| format!(", {times}")).unwrap_or_default();
        let is_own = !others.contains(name);
        let declare = if is_own { "const " } else { "" };
        if is_own {
            own.insert(name.clone());
        }
        let open = format!("{declare}{} = {maker}({}, function (event) {{", identifier(name), literal(name));
        lines.extend(block(&open, writer.list(body)?, &format!("}}{times});")));
        lines.push(String::new());
    }
    Ok((lines, own))
}

/// The names that a scenario gives, callbacks included, in the order in which they stand there.
fn given(scenario: &Value) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    collect(scenario, &mut names);
    let callbacks = scenario.get("callbacks").and_then(Value::as_object);
    names.extend(callbacks.into_iter().flatten().map(|(name, _)| name.clone()));
    let mut seen: BTreeMap<String, ()> = BTreeMap::new();
    names.retain(|name| seen.insert(name.clone(), ()).is_none());
    names
}

/// The names that operations give.
fn collect(scenario: &Value, names: &mut Vec<String>) {
    let list = |list: Option<&Value>, names: &mut Vec<String>| {
        list.and_then(Value::as_array).into_iter().flatten().for_each(|operation| of_operation(operation, names));
    };
    list(scenario.get("worker"), names);
    list(scenario.get("steps"), names);
    for (_, callback) in scenario.get("callbacks").and_then(Value::as_object).into_iter().flatten() {
        list(callback.get("do"), names);
    }
}

fn of_operation(operation: &Value, names: &mut Vec<String>) {
    for member in ["as", "catch", "promise"] {
        names.extend(operation.get(member).and_then(Value::as_str).map(str::to_owned));
    }
    let nodes = operation.get("tree").and_then(Value::as_array).into_iter().flatten();
    names.extend(nodes.filter_map(|node| node.as_str().map(str::to_owned)));
    for member in ["microtask", "task", "do", "catch", "worker", "page", "update"] {
        let inner = operation.get(member).and_then(Value::as_array).into_iter().flatten();
        inner.for_each(|operation| of_operation(operation, names));
    }
}
