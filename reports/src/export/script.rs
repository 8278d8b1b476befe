//! A scenario as a script that stands alone.

use bgfspec_report::javascript::words::literal;
use bgfspec_report::javascript::{Lines, block, comment};

use super::lines::{array, finished, several};
use super::place::Place;
use super::plan::helpers;
use super::program::Program;
use super::{Export, heading, operations, stimulus};

/// What a scenario needs, and a global name that shows whether it is there.
const NEEDED: [(&str, &str); 9] = [
    ("abort", "AbortSignal"),
    ("background-fetch", "BackgroundFetchManager"),
    ("custom-event", "CustomEvent"),
    ("error-event-interface", "ErrorEvent"),
    ("event-target", "EventTarget"),
    ("global-events", "addEventListener"),
    ("service-worker", "ServiceWorkerGlobalScope"),
    ("tree", "document"),
    ("window-global", "Window"),
];

/// The scenario as plain JavaScript that prints what is expected and what happens, and `PASS` or `FAIL`.
///
/// # Errors
/// Says why no script can decide it.
pub fn script(export: &Export) -> Result<String, String> {
    if export.scenario.get("worker").is_some() {
        return Err("the scenario needs a service worker of its own, which no single script can install".to_owned());
    }
    let steps = operations(&export.scenario, "steps");
    if let Some(stimulus) = steps.iter().find_map(stimulus) {
        return Err(format!("the scenario has a step that no script can do: `{stimulus}`"));
    }
    let mut program = Program::of(export, Place::Script, &[steps])?;
    let mut body = program.callbacks(&[0])?;
    body.extend(super::parts(&program, steps, export, Place::Script)?);
    let logs = program.plan.logs()?;
    body.extend(permitted(&logs));
    let listeners = if export.uncaught || program.plan.counts("unhandled") || program.plan.counts("reported") {
        hears(&program)
    } else {
        Lines::new()
    };
    let body = [program.declarations(), listeners, body].concat();
    let mut lines = heading(export);
    lines.push(comment(&format!(
        "Run it with Node, Deno or Bun, or in a console. Made by bgfspec {} from {}.",
        export.bgfspec, export.id
    )));
    lines.extend(["\"use strict\";", "const log = [];"].map(str::to_owned));
    lines.extend(helpers(&body));
    lines.push(String::new());
    let missing = missing(export);
    let needs_more = !missing.is_empty();
    lines.extend(block("async function scenario() {", [missing, body].concat(), "}"));
    lines.push(String::new());
    lines.push(VERDICT[0].to_owned());
    if needs_more {
        lines.push(NOT_APPLICABLE.to_owned());
    }
    lines.extend(VERDICT[1..].iter().map(|&line| line.to_owned()));
    Ok(finished(&lines))
}

/// Compares and says how it went.
const VERDICT: [&str; 6] = [
    "scenario().catch((error) => [error]).then((expected) => {",
    "  const isSame = expected.length === log.length && expected.every((value, i) => Object.is(value, log[i]));",
    "  console.log({ expected, observed: log });",
    "  console.log(isSame ? \"PASS\" : \"FAIL\");",
    "  globalThis.process?.exit(isSame ? 0 : 1);",
    "});",
];

/// Says that something is not there.
const NOT_APPLICABLE: &str =
    "  if (expected === undefined) return console.log(\"NOT APPLICABLE\"), globalThis.process?.exit(3);";

/// Leaves where something is not there.
fn missing(export: &Export) -> Lines {
    let needed: Vec<String> =
        NEEDED.iter().filter(|(need, _)| export.needs(need)).map(|(_, name)| literal(name)).collect();
    let unusual = needed.iter().any(|name| name != "\"EventTarget\"" && name != "\"AbortSignal\"");
    if !unusual {
        return Lines::new();
    }
    vec![format!("if ([{}].some((name) => !(name in globalThis))) return undefined;", needed.join(", "))]
}

/// The statement that gives the permitted log.
fn permitted(logs: &[Vec<String>]) -> Lines {
    match logs {
        [only] => array("return ", only, ";"),
        logs => {
            let chosen = "return permitted.find((one) => String(one) === String(log)) ?? permitted[0];";
            [several(logs, "];"), vec![chosen.to_owned()]].concat()
        }
    }
}

/// Keeps what nobody catches from ending the host, and logs it where that counts.
fn hears(program: &Program<'_>) -> Lines {
    let mut lines = Lines::new();
    if program.plan.counts("reported") || program.plan.counts("unhandled") {
        lines.push("// Node and Bun fire no `error` event at the global.".to_owned());
        lines.push(
            "const firesError = globalThis.addEventListener && (!globalThis.process || globalThis.Deno);".to_owned(),
        );
    }
    if program.plan.counts("unhandled") {
        lines.push("const unhandled = (reason) => log.push(\"unhandled\", reason);".to_owned());
        lines.push("if (firesError) addEventListener(\"unhandledrejection\", (event) => unhandled(event.reason, event.preventDefault()));".to_owned());
        lines.push("else process.on(\"unhandledRejection\", unhandled);".to_owned());
    }
    lines.extend(program.listeners().into_iter().map(|line| format!("if (firesError) {line}")));
    lines
        .push("globalThis.addEventListener?.(\"error\", (event) => event.error && event.preventDefault());".to_owned());
    lines.push("globalThis.process?.on?.(\"uncaughtException\", () => {});".to_owned());
    lines
}
