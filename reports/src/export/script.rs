//! A scenario as a script that stands alone.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::operation::Writer;
use super::value::{Scope, data};
use super::{Export, recorder};
use crate::javascript::names::identifier;
use crate::javascript::value::{error, literal};
use crate::javascript::{Lines, block, comment};
use crate::printable;

/// So many traces stand in a script at most.
const MOST_PERMITTED: usize = 40;

/// What the script's own code and the host mean by these names.
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

/// The scenario as plain JavaScript that prints what is permitted and what happens, and `PASS` or `FAIL`.
///
/// # Errors
/// Says why no script can decide it.
pub fn script(export: &Export) -> Result<String, String> {
    let parts = Parts::of(export)?;
    let mut body: Vec<Lines> = vec![parts.start.clone(), parts.scenario.clone()];
    body.push(vec![format!("return $run({}, [{}]).then($tell);", parts.prepare, parts.runs)]);
    let body = body.into_iter().map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n\n");
    let functions = recorder::functions_for(&body);
    let body = format!("{body}\n\n// What follows records and compares.\n\n{functions}");
    let heading = [heading(export), usage()].concat().join("\n");
    let body = indented(&body);
    Ok(printable::source(&format!("{heading}\n\n(function () {{\n  \"use strict\";\n\n{body}}})();\n")))
}

/// The parts of a program.
struct Parts {
    /// Declarations.
    start: Lines,
    /// The callbacks, and the functions that the steps are.
    scenario: Lines,
    /// The function that comes before the first step.
    prepare: &'static str,
    /// The names of the functions that the steps are.
    runs: String,
}

impl Parts {
    fn of(export: &Export) -> Result<Self, String> {
        refuse(export)?;
        let permitted: Vec<Vec<Value>> =
            export.permitted.iter().map(|trace| trace.iter().map(|item| told(item, export)).collect()).collect();
        let given = given(&export.scenario);
        let identifiers: BTreeSet<String> = given.iter().map(|name| identifier(name)).collect();
        if let Some(name) = given.iter().find(|name| TAKEN.contains(&name.as_str())) {
            return Err(format!("in a script `{name}` means something else: give it another name in the scenario"));
        }
        if identifiers.len() < given.len() {
            return Err("two names of the scenario are one identifier in JavaScript: give one another name".to_owned());
        }
        let writer = Writer {
            scope: Scope {
                given: given.iter().cloned().collect(),
                globals: RefCell::default(),
                errors: RefCell::default(),
            },
            throwing: throwing(&permitted),
        };
        let (callbacks, names) = callbacks(export, &writer)?;
        let steps = steps(export, &writer)?;
        let prepare = if hears(export) { "$hear" } else { "$keepGoing" };
        let runs = (1..=steps.len()).map(|number| format!("$step{number}")).collect::<Vec<_>>().join(", ");
        let mut scenario = callbacks;
        for (at, step) in steps.into_iter().enumerate() {
            let open = format!("function $step{}() {{", at + 1);
            if at > 0 {
                scenario.push(comment("Once nothing is left to be done:"));
            }
            scenario.extend(block(&open, step, "}"));
        }
        let mut start = declarations(export, &writer.scope);
        start.extend(expected(&permitted));
        let variables: Vec<String> =
            given.iter().filter(|name| !names.contains(*name)).map(|name| identifier(name)).collect();
        if !variables.is_empty() {
            start.push(String::new());
            start.push(format!("let {};", variables.join(", ")));
        }
        Ok(Parts { start, scenario, prepare, runs })
    }
}

fn refuse(export: &Export) -> Result<(), String> {
    if export.scenario.get("worker").is_some() {
        return Err("the scenario needs a service worker of its own, which no single script can install".to_owned());
    }
    let steps = export.scenario.get("steps").and_then(Value::as_array).into_iter().flatten();
    let mut steps = steps.filter_map(|step| step.as_object()?.keys().next());
    if let Some(stimulus) = steps.find(|key| super::STIMULI.contains(&key.as_str())) {
        return Err(format!("the scenario has a step that no script can do: `{stimulus}`"));
    }
    if !export.complete || export.permitted.len() > MOST_PERMITTED {
        let count = export.permitted.len();
        let more = if export.complete { "" } else { " and more" };
        return Err(format!("{count}{more} traces are permitted, and a script compares with {MOST_PERMITTED} at most"));
    }
    Ok(())
}

fn heading(export: &Export) -> Lines {
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

fn usage() -> Lines {
    [
        "",
        "It prints what is expected and what is observed, line by line, and PASS or FAIL. Run it with Node, Deno or Bun (exit status 1 if",
        "it fails), paste it into the console of a page or of a worker, or load it there. For a package that makes a window or exports",
        "an EventTarget: `node FILE PACKAGE`, with the package's name or folder.",
    ]
    .iter()
    .map(|line| format!("// {line}").trim_end().to_owned())
    .collect()
}

fn declarations(export: &Export, scope: &Scope) -> Lines {
    let mut lines = vec!["const self = $host();".to_owned()];
    let globals = scope.globals.borrow();
    if !globals.is_empty() {
        let names = globals.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        lines.push(format!("const {{ {names} }} = self;"));
    }
    let members: Vec<&str> = MEMBERS.into_iter().filter(|member| export.observes(member)).collect();
    lines.push(String::new());
    lines.push("// What counts of what is seen, and what is seen.".to_owned());
    let flags = ["this", "arguments", "returns", "reported", "unhandled"];
    let flags: Vec<String> = flags.iter().map(|flag| format!("{flag}: {}", counts(export, flag))).collect();
    lines.push(format!("const $observed = {{ {}, members: {} }};", flags.join(", "), Value::from(members)));
    lines.push(format!("const $needed = {};", Value::from(export.capabilities.clone())));
    lines.push(format!("const $title = {};", literal(export.title())));
    lines.push("const $state = { over: false, tasks: 0, timers: [], promises: {}, heard: {}, after() {} };".to_owned());
    lines.push("const [$seen, $names, $errors, $end] = [[], new Map(), new Map(), {}];".to_owned());
    let errors = scope.errors.borrow();
    lines.extend(errors.iter().map(|name| format!("const {} = $error({});", error(name), literal(name))));
    lines
}

/// The members of an event, in the order of a trace.
const MEMBERS: [&str; 14] = [
    "type",
    "target",
    "srcElement",
    "currentTarget",
    "eventPhase",
    "composedPath",
    "bubbles",
    "cancelable",
    "composed",
    "defaultPrevented",
    "returnValue",
    "cancelBubble",
    "isTrusted",
    "registration",
];

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
    let mut lines = vec![String::new(), comment(about), "const $permitted = [".to_owned()];
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

/// The steps between one `drain` and the next.
fn steps(export: &Export, writer: &Writer) -> Result<Vec<Lines>, String> {
    let steps = export.scenario.get("steps").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut parts: Vec<&[Value]> = steps.split(|step| step.get("drain").is_some()).collect();
    // Nothing stands after most of the last ones.
    while parts.len() > 1 && parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    parts.into_iter().map(|part| writer.list(part)).collect()
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

fn indented(code: &str) -> String {
    code.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}
