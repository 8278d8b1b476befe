//! A scenario as a test of the web platform's suite.
//!
//! What any global can play is one `.any.js`, what needs a window or a tree one `.window.js`. What needs a service worker is a
//! `.https.window.js`, which is the outside of the scenario, and a script beside it for the service worker, and for its page
//! if there is one.

use bgfspec_report::javascript::words::literal;
use bgfspec_report::javascript::{Lines, comment};
use bgfspec_report::printable;
use serde_json::Value;

use super::program::{Program, heading, indented, operations, sections};
use super::script::steps;
use super::{Export, recorder, stimulus};

/// A file of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands in the folder of the tests.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// What no script can bring about; the rest of a scenario's needs is for the browser to have.
const OUT_OF_REACH: [(&str, &str); 8] = [
    ("worker-stop", "stop a worker"),
    ("worker-faults", "let a worker fail"),
    ("upload-progress", "say how many bytes were sent"),
    ("permissions", "set the permission to fetch in the background"),
    ("quota", "let the quota run out"),
    ("real-click", "act on the browser's own interface"),
    ("webdriver", "send the WebDriver command"),
    ("windows", "see which windows were opened"),
];

/// What these steps ask of the network, the web platform's test server can't be made to do.
const NETWORK: [&str; 2] = ["progress", "finish"];

/// The scenario as a test for the web platform's suite.
///
/// # Errors
/// Says what the scenario needs that no test there can do.
pub fn wpt(export: &Export) -> Result<Vec<File>, String> {
    let missing = OUT_OF_REACH.iter().find(|(capability, _)| export.needs(capability));
    if let Some((_, what)) = missing {
        return Err(format!("no test of the web platform's suite can {what}"));
    }
    let steps = operations(&export.scenario, "steps");
    let network = steps.iter().filter_map(stimulus).find(|word| NETWORK.contains(word));
    if network.is_some() || fetches(&export.scenario) {
        return Err("the network would have to do what the scenario says, when it says so".to_owned());
    }
    files(export)
}

/// The same where whoever serves the files is the network as well: the requests of background fetches have no answer until a test tells
/// it what to do to the last of them, and permissions are set by `test_driver`.
///
/// # Errors
/// Says what the scenario needs that no test there can do.
pub fn files(export: &Export) -> Result<Vec<File>, String> {
    if export.needs("service-worker") { in_service_worker(export) } else { anywhere(export) }
}

fn fetches(scenario: &Value) -> bool {
    scenario.to_string().contains("backgroundFetch.fetch\"")
}

/// A file name that says what it is about, and can't meet another.
fn slug(export: &Export) -> String {
    let mut words = String::new();
    for c in export.title().chars() {
        if c.is_ascii_alphanumeric() {
            words.push(c.to_ascii_lowercase());
        } else if !words.ends_with('-') {
            words.push('-');
        }
    }
    let mut short = words.trim_matches('-');
    if short.len() > 60 {
        short = short[..60].rsplit_once('-').map_or(&short[..60], |(whole, _)| whole);
    }
    format!("{short}-{}", export.id)
}

fn meta(export: &Export, more: &[&str]) -> Lines {
    let title = format!("// META: title={}", printable::line(export.title()));
    std::iter::once(title).chain(more.iter().map(|line| format!("// META: {line}"))).collect()
}

/// What a scenario throws is a part of it.
const SETUP: &str = "setup({ allow_uncaught_exception: true });";

fn anywhere(export: &Export) -> Result<Vec<File>, String> {
    let program = Program::of(export, "self.registration")?;
    let (steps, names) = steps(export, &program)?;
    let prepare = if program.hears() { "$hear" } else { "$start" };
    let end = format!("return $run({prepare}, [{}]).then($assert);", names.join(", "));
    let body = program.alone(Lines::new(), steps, end);
    // The title is the test's name.
    let body = body.lines().filter(|line| !line.starts_with("const $title")).collect::<Vec<_>>().join("\n");
    let body = recorder::with_functions(&body, "What follows records and compares.");
    let in_window = export.needs("tree") || export.needs("window-global");
    let meta = if in_window { meta(export, &[]) } else { meta(export, &["global=window,dedicatedworker"]) };
    let text = sections(&[meta, heading(export), vec!["\"use strict\";".to_owned()], vec![SETUP.to_owned()]]);
    let text = format!("{text}\n\npromise_test(() => {{\n{body}}}, {});\n", literal(export.title()));
    let ending = if in_window { "window.js" } else { "any.js" };
    Ok(vec![File { path: format!("{}.{ending}", slug(export)), text: printable::source(&text) }])
}

fn in_service_worker(export: &Export) -> Result<Vec<File>, String> {
    let program = Program::of(export, "$state.registration")?;
    let slug = slug(export);
    let script = format!("resources/{slug}.js");
    let scenario = &export.scenario;
    let mut scripts: Vec<&[Value]> = Vec::new();
    let mut parts: Vec<&[Value]> = Vec::new();
    if scenario.get("worker").is_some() {
        scripts.push(operations(scenario, "worker"));
    }
    let mut outside = Lines::new();
    let steps = operations(scenario, "steps");
    let mut at = 0;
    while at < steps.len() {
        let Some(word) = stimulus(&steps[at]).or_else(|| steps[at].get("drain").map(|_| "drain")) else {
            let length = steps[at..].iter().take_while(|step| stimulus(step).is_none() && step.get("drain").is_none());
            let length = length.count();
            outside.push(format!("await $main(outside, {});", parts.len()));
            parts.push(&steps[at..at + length]);
            at += length;
            continue;
        };
        match word {
            "drain" => outside.push("await $calm(outside);".to_owned()),
            "closePage" => outside.push("$closePage(outside);".to_owned()),
            "message" => {
                let text = steps[at].get("message").and_then(Value::as_str).unwrap_or_default();
                outside.push(format!("$message(outside, {});", literal(text)));
            }
            "update" => {
                outside.push("await $install(outside);".to_owned());
                scripts.push(operations(&steps[at], "update"));
            }
            "permission" => {
                let state = steps[at].get("permission").and_then(Value::as_str).unwrap_or_default();
                outside.push(format!("await $permission(t, {});", literal(state)));
            }
            "progress" | "finish" => outside.push(network(&steps[at], steps)),
            "page" | "worker" => {
                let realm = if word == "page" { "$page" } else { "$main" };
                outside.push(format!("await {realm}(outside, {});", parts.len()));
                parts.push(operations(&steps[at], word));
            }
            other => return Err(format!("no test of the web platform's suite can do this step: `{other}`")),
        }
        at += 1;
    }
    if steps.last().is_none_or(|step| step.get("drain").is_none()) {
        outside.push("await $calm(outside);".to_owned());
    }
    let has_page = outside.iter().any(|line| line.contains("$page("));
    let mut files = vec![
        File { path: format!("{slug}.https.window.js"), text: window(export, &program, &script, outside) },
        File { path: script.clone(), text: played(&program, &script, &scripts, &parts)? },
    ];
    if has_page {
        let text = format!("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<script src=\"{slug}.js\"></script>\n");
        files.push(File { path: format!("resources/{slug}.html"), text });
    }
    Ok(files)
}

/// What the network does, where whoever serves the files is the network.
fn network(step: &Value, steps: &[Value]) -> String {
    let id = |step: &Value, word: &str| step.get(word).and_then(Value::as_str).map(str::to_owned);
    let how = |step: &Value| step.get("how").and_then(Value::as_str).unwrap_or("success").to_owned();
    if let Some(fetch) = id(step, "finish") {
        return format!("await $network(outside, {}, {{ finish: {} }});", literal(&fetch), literal(&how(step)));
    }
    let fetch = id(step, "progress").unwrap_or_default();
    let bytes = step.get("bytes").and_then(Value::as_u64).unwrap_or_default();
    // The status comes before the bytes.
    let ends_badly = |step: &Value| id(step, "finish").is_some_and(|of| of == fetch) && how(step) == "bad-status";
    let status = if steps.iter().any(ends_badly) { 404 } else { 200 };
    format!("await $network(outside, {}, {{ bytes: {bytes}, status: {status} }});", literal(&fetch))
}

/// The outside of a scenario.
fn window(export: &Export, program: &Program<'_>, script: &str, steps: Lines) -> String {
    let keeps_start = export.scenario.get("observe").is_some_and(|observe| observe.to_string().contains("\"start\""));
    let mut body = vec![format!("const outside = await $open(t, {}, {keeps_start});", literal(script))];
    body.extend(steps);
    body.push("$assert($close(outside));".to_owned());
    let state = vec!["const $state = { heard: { reported: true, unhandled: true } };".to_owned(), String::new()];
    let facts = [state, program.expected()].concat();
    let body = indented(&sections(&[facts, body]));
    let functions = recorder::functions_for(&body);
    let setup = vec!["\"use strict\";".to_owned()];
    let start = sections(&[meta(export, &["timeout=long"]), heading(export), setup]);
    let title = literal(export.title());
    let text = format!(
        "{start}\n\npromise_test(async (t) => {{\n{body}\n  // What follows is the outside of the scenario, which is played in {script}.\n\n\
         {}}}, {title});\n",
        indented(&functions)
    );
    printable::source(&text)
}

/// What is played inside of the service worker, and of the page.
fn played(program: &Program<'_>, script: &str, scripts: &[&[Value]], parts: &[&[Value]]) -> Result<String, String> {
    let mut functions = Lines::new();
    let mut list = |name: &str, lists: &[&[Value]]| -> Result<String, String> {
        let mut names = Vec::new();
        for operations in lists {
            let name = format!("${name}{}", names.len() + 1);
            functions.extend(program.function(&name, operations)?);
            functions.push(String::new());
            names.push(name);
        }
        Ok(format!("[{}]", names.join(", ")))
    };
    let (scripts, parts) = (list("script", scripts)?, list("part", parts)?);
    let body = sections(&[
        program.globals(),
        program.state(),
        program.variables(),
        program.callbacks.clone(),
        functions,
        vec![format!("$serve({}, {scripts}, {parts});", literal(script))],
    ]);
    let body = recorder::with_functions(&body, "What follows records what is seen and tells the outside.");
    let about = comment("What a scenario does in its service worker, and in its page if it has one.");
    Ok(printable::source(&format!("{about}\n\n(function () {{\n  \"use strict\";\n\n{body}}})();\n")))
}
