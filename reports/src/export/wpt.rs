//! A scenario as a test of the web platform's suite.

use bgfspec_report::javascript::words::literal;
use bgfspec_report::javascript::{Lines, block};

use super::lines::{array, finished, logged, several};
use super::place::Place;
use super::plan::helpers;
use super::program::Program;
use super::worker::in_service_worker;
use super::{Export, heading, operations, stimulus};

/// A file of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands in the folder of the tests.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// The scenario as a test for the web platform's suite.
///
/// # Errors
/// Says what the scenario needs that no test there can do.
pub fn wpt(export: &Export) -> Result<Vec<File>, String> {
    let missing = OUT_OF_REACH.iter().find(|(capability, _)| export.needs(capability));
    if let Some((_, what)) = missing {
        return Err(format!("no test of the web platform's suite can {what}"));
    }
    if export.permitted.iter().flatten().any(|item| item.get("opened").is_some()) {
        return Err("no test of the web platform's suite can see which windows were opened".to_owned());
    }
    let text = export.scenario.to_string();
    let is_alone = operations(&export.scenario, "steps").iter().all(|step| stimulus(step).is_none())
        && operations(&export.scenario, "worker").is_empty()
        && !["registration.", "clients.", "skipWaiting"].iter().any(|word| text.contains(word));
    if export.needs("service-worker") && !is_alone { in_service_worker(export) } else { alone(export) }
}

/// What no test of the suite can bring about.
const OUT_OF_REACH: [(&str, &str); 5] = [
    ("worker-stop", "stop a worker"),
    ("worker-faults", "let a worker fail"),
    ("quota", "let the quota run out"),
    ("real-click", "act on the browser's own interface"),
    ("webdriver", "send the WebDriver command"),
];

/// A file name that says what it is about.
pub(super) fn slug(export: &Export) -> String {
    let mut words = String::new();
    for c in export.title().chars() {
        if c.is_ascii_alphanumeric() {
            words.push(c.to_ascii_lowercase());
        } else if !words.ends_with('-') {
            words.push('-');
        }
    }
    let words = words.trim_matches('-');
    if words.is_empty() {
        return export.id.clone();
    }
    if words.len() <= MOST_IN_NAME {
        return words.to_owned();
    }
    // Two titles may begin alike.
    let short = &words[..MOST_IN_NAME];
    let short = short.rsplit_once('-').map_or(short, |(whole, _)| whole);
    format!("{short}-{}", &export.id[..4.min(export.id.len())])
}

/// At most this many characters of a title stand in a file name.
const MOST_IN_NAME: usize = 50;

/// One file that runs in each global that has what the scenario needs.
fn alone(export: &Export) -> Result<Vec<File>, String> {
    let steps = operations(&export.scenario, "steps");
    let is_async = steps.iter().any(|step| step.get("drain").is_some());
    let mut program = Program::of(export, Place::Test, &[steps])?;
    let callbacks = program.callbacks(&[0])?;
    let steps = super::parts(&program, steps, export, Place::Test)?;
    let logs = program.plan.logs()?;
    let top = [program.declarations(), program.listeners(), callbacks].concat();
    let body = match asserted(&top, &steps, &logs) {
        Some(steps) => [top, steps].concat(),
        None => [vec!["const log = [];".to_owned()], top, steps, compared(&logs)].concat(),
    };
    let has_service_worker = export.needs("service-worker");
    let in_window = export.needs("tree") || export.needs("window-global");
    let mut lines = if has_service_worker { vec!["// META: global=serviceworker".to_owned()] } else { Lines::new() };
    lines.extend(heading(export));
    lines.push("\"use strict\";".to_owned());
    if export.uncaught || fires_error(export) || leaves_promise(export) {
        lines.push("setup({ allow_uncaught_exception: true });".to_owned());
    }
    let helpers = helpers(&body);
    if !helpers.is_empty() {
        lines.push(String::new());
        lines.extend(helpers);
    }
    lines.push(String::new());
    let open = if is_async { "promise_test(async () => {" } else { "test(() => {" };
    lines.extend(block(open, body, &format!("}}, {});", literal(export.title()))));
    let ending = match (has_service_worker, in_window) {
        (true, _) => "https.any.js",
        (_, true) => "window.js",
        _ => "any.js",
    };
    let text = finished(&lines);
    Ok(vec![File { path: format!("{}.{ending}", slug(export)), text }])
}

/// Whether the scenario fires an `error` event at the global itself, which the suite takes for an uncaught exception.
fn fires_error(export: &Export) -> bool {
    let text = export.scenario.to_string();
    text.contains("self.onerror") || text.contains("\"error\"") && text.contains("dispatchEvent")
}

/// Whether a call gives a promise that the scenario does not name, whose rejection nobody handles.
fn leaves_promise(export: &Export) -> bool {
    let promise = serde_json::json!({ "$object": "Promise" });
    export.permitted.iter().flatten().any(|item| item.get("returned") == Some(&promise))
}

/// The steps with an assertion where each logs what it gives, if nothing else is logged.
fn asserted(top: &[String], steps: &[String], logs: &[Vec<String>]) -> Option<Lines> {
    let [log] = logs else { return None };
    let is_logging = |line: &&String| line.contains("log.push(");
    if top.iter().any(|line| is_logging(&line)) {
        return None;
    }
    let entries: Vec<Option<Vec<&str>>> = steps.iter().filter(is_logging).map(|line| logged(line)).collect();
    let entries: Vec<&str> = entries.into_iter().collect::<Option<Vec<_>>>()?.concat();
    if entries.len() != log.len() || entries.iter().any(|entry| entry.starts_with("...")) {
        return None;
    }
    let mut expected = log.iter();
    let mut lines = Lines::new();
    for line in steps {
        let Some(entries) = logged(line) else {
            lines.push(line.clone());
            continue;
        };
        for entry in entries {
            let expected = expected.next()?;
            let message = if log.len() > 1 { format!(", {}", literal(entry)) } else { String::new() };
            lines.push(match expected.as_str() {
                "true" | "false" => format!("assert_{expected}({entry}{message});"),
                _ => format!("assert_equals({entry}, {expected}{message});"),
            });
        }
    }
    Some(lines)
}

/// The comparison at the end.
pub(super) fn compared(logs: &[Vec<String>]) -> Lines {
    match logs {
        [only] => array("assert_array_equals(log, ", only, ");"),
        logs => {
            let compared = "assert_in_array(String(log), permitted);";
            [several(logs, "].map(String);"), vec![compared.to_owned()]].concat()
        }
    }
}
