//! A scenario as a script that stands alone.

use bgfspec_report::javascript::{Lines, comment};
use bgfspec_report::printable;
use serde_json::Value;

use super::program::{Program, heading, operations};
use super::{Export, recorder};

/// The scenario as plain JavaScript that prints what is permitted and what happens, and `PASS` or `FAIL`.
///
/// # Errors
/// Says why no script can decide it.
pub fn script(export: &Export) -> Result<String, String> {
    refuse(export)?;
    let program = Program::of(export, "self.registration")?;
    let (steps, names) = steps(export, &program)?;
    let prepare = if program.hears() { "(done) => { $keepGoing(() => { $hear(done); }); }" } else { "$keepGoing" };
    let end = format!("return $run({prepare}, [{}]).then($tell);", names.join(", "));
    let body = program.alone(vec!["const self = $host();".to_owned()], steps, end);
    let body = recorder::with_functions(&body, "What follows records and compares.");
    let heading = [heading(export), usage()].concat().join("\n");
    Ok(printable::source(&format!("{heading}\n\n(function () {{\n  \"use strict\";\n\n{body}}})();\n")))
}

fn refuse(export: &Export) -> Result<(), String> {
    if export.scenario.get("worker").is_some() {
        return Err("the scenario needs a service worker of its own, which no single script can install".to_owned());
    }
    match operations(&export.scenario, "steps").iter().find_map(super::stimulus) {
        Some(stimulus) => Err(format!("the scenario has a step that no script can do: `{stimulus}`")),
        None => Ok(()),
    }
}

/// The steps between one `drain` and the next, as functions, and their names.
pub(super) fn steps(export: &Export, program: &Program<'_>) -> Result<(Lines, Vec<String>), String> {
    let steps = operations(&export.scenario, "steps");
    let mut parts: Vec<&[Value]> = steps.split(|step| step.get("drain").is_some()).collect();
    // Nothing stands after most of the last ones.
    while parts.len() > 1 && parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    let (mut lines, mut names) = (Lines::new(), Vec::new());
    for part in parts {
        let name = format!("$step{}", names.len() + 1);
        if !names.is_empty() {
            lines.push(String::new());
            lines.push(comment("Once nothing is left to be done:"));
        }
        lines.extend(program.function(&name, part)?);
        names.push(name);
    }
    Ok((lines, names))
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
