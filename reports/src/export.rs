//! A scenario as a file that others can run without this project.
//!
//! The facts come from whoever has the model; what is here only writes them down. `script` is plain JavaScript that says for
//! itself whether a host does what is permitted, `wpt` a test of the web platform's suite, and `json` the facts for a program to read.
//! Each has the statements of the scenario, one array that they log what counts in, and one comparison with what is permitted.

mod form;
mod lines;
mod network;
mod place;
mod plan;
mod program;
mod scope;
mod script;
mod worker;
mod wpt;

use bgfspec_report::javascript::stimulus::words;
use bgfspec_report::javascript::{Lines, comment};
use serde_json::Value;

pub use bgfspec_report::Export;
use place::Place;
use program::Program;
pub use script::script;
pub use wpt::{File, wpt};

/// The word of a stimulus, if a step is one; `drain` is none, as it only waits.
fn stimulus(step: &Value) -> Option<&str> {
    let word = step.as_object()?.keys().next()?;
    words().any(|known| known == word && known != "drain").then_some(word)
}

/// The member of a scenario, or nothing.
fn operations<'s>(scenario: &'s Value, member: &str) -> &'s [Value] {
    scenario.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The rules, where they stand, and what says otherwise.
fn heading(export: &Export) -> Lines {
    let rule = |requirement: &bgfspec_report::Requirement| {
        let of = [comment(&format!("{}: {}.", requirement.id, requirement.statement)), comment(&requirement.link)];
        let disputes = requirement.disputes.iter().map(|dispute| comment(&format!("Disputed: {}", dispute.line())));
        of.into_iter().chain(disputes).collect::<Lines>()
    };
    let lines: Lines = export.requirements.iter().flat_map(rule).collect();
    if lines.is_empty() { vec![comment(export.title())] } else { lines }
}

/// How many milliseconds pass until nothing is left to do.
fn patience(export: &Export) -> u32 {
    if export.needs("timers") {
        100
    } else if export.needs("unhandled-rejections") || export.needs("global-events") {
        20
    } else {
        0
    }
}

/// Steps, with a pause where they wait.
fn parts(program: &Program<'_>, steps: &[Value], export: &Export, place: Place) -> Result<Lines, String> {
    let wait = format!("await new Promise((resolve) => {}(resolve, {}));", place.task(), patience(export));
    let mut lines = Lines::new();
    let mut at = 0;
    for (number, part) in steps.split(|step| step.get("drain").is_some()).enumerate() {
        if number > 0 && lines.last() != Some(&wait) {
            lines.push(wait.clone());
        }
        lines.extend(program.list_from(part, &[0], at)?);
        at += part.len() + 1;
    }
    Ok(lines)
}
