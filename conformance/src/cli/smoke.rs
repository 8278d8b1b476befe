//! `bgfspec smoke`: is an agent fit to be judged?

use std::time::Duration;

use bgfspec::adapter::browser::Shown;
use bgfspec::adapter::stdio::StdioAdapter;
use bgfspec::adapter::{Adapter as _, Failure};
use bgfspec::examples::{self, Example};
use bgfspec::scenario::{Capability, Scenario};
use bgfspec::trace::Trace;

use bgfspec_report::printable::{block, line};

use super::vendors::{How, command};
use super::{Answer, CONFORMS, Fault, NOTHING_RUN, Outcome, on_signal, print, print_json, seconds};

/// Of `bgfspec smoke`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The command line of the agent
    #[arg(long, value_name = "CMD")]
    command: String,
    /// How long to wait for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,
    /// Show what the agent wrote to standard error
    #[arg(long)]
    stderr: bool,
    #[command(flatten)]
    answer: Answer,
}

/// `bgfspec smoke`.
pub(super) fn smoke(arguments: &Arguments) -> Outcome {
    let timeout = Duration::from_secs_f64(arguments.timeout);
    let how = How { timeout, stop: on_signal(), seed: 0, webdriver: None, shown: Shown::Headless };
    let launch = command(&arguments.command, &how)?;
    let mut adapter = StdioAdapter::start(launch).map_err(|error| Fault::harness(error.to_string()))?;
    let started = adapter.started().clone();
    let is_text = !arguments.answer.json;
    let mut checks = Vec::new();
    let who = format!("it says who it is: {} {}", started.name, started.version);
    let unknown: Vec<&str> =
        started.capabilities.iter().map(String::as_str).filter(|name| Capability::named(name).is_none()).collect();
    let mut fit = true;
    let mut check = |what: &str, result: Result<(), String>| {
        fit &= result.is_ok();
        match &result {
            _ if !is_text => {}
            Ok(()) => print(&format!("ok      {}\n", line(what))),
            Err(why) => print(&format!("NOT OK  {}: {}\n", line(what), line(why))),
        }
        checks.push(serde_json::json!({ "what": what, "ok": result.is_ok(), "why": result.err() }));
        fit
    };
    check(&who, Ok(()));
    let known = if unknown.is_empty() { Ok(()) } else { Err(format!("unknown: {}", unknown.join(", "))) };
    check("its capabilities are known", known);
    let marks: Vec<Scenario> = ["a", "b", "c"].map(mark).into_iter().collect();
    let batch: Vec<&Scenario> = marks.iter().collect();
    let answers = adapter.run_batch(&batch);
    for (name, answer) in ["a", "b", "c"].into_iter().zip(answers) {
        let result = gives(answer, &[serde_json::json!({ "noted": name })]);
        check(&format!("scenario {name} of a batch of three has its own trace"), result);
    }
    let empty = adapter.run(&Scenario { steps: Vec::new(), ..mark("") });
    // An agent that can't do this much may take its time over each example.
    if check("a scenario without steps has an empty trace", gives(empty, &[])) {
        play_examples(&mut adapter, check);
    }
    let words = arguments.stderr.then(|| adapter.words());
    if is_text {
        words.iter().for_each(|words| print(&format!("Its standard error:\n{}\n", block(words))));
        print(if fit { "It is fit to be judged.\n" } else { "It is not fit to be judged.\n" });
    } else {
        print_json(&serde_json::json!({ "fit": fit, "checks": checks, "stderr": words }))?;
    }
    Ok(if fit { CONFORMS } else { NOTHING_RUN })
}

/// Plays the examples whose capabilities the agent claims, and checks each trace.
fn play_examples(adapter: &mut StdioAdapter, mut check: impl FnMut(&str, Result<(), String>) -> bool) {
    let claimed: Vec<Capability> = adapter.capabilities().into_iter().collect();
    let all = examples::all();
    let played: Vec<&Example> = all.iter().filter(|example| example.is_for(&claimed)).collect();
    let batch: Vec<&Scenario> = played.iter().map(|example| &example.scenario).collect();
    let mut right = 0;
    for (example, answer) in played.iter().zip(adapter.run_batch(&batch)) {
        let result = answer.map_err(|failure| failure.to_string());
        match result.and_then(|trace| example.check(&trace, &claimed)) {
            Ok(()) => right += 1,
            Err(why) => {
                check(&example.scenario.title, Err(why));
            }
        }
    }
    let (count, others) = (played.len(), all.len() - played.len());
    let wrong = count - right;
    let result = if wrong == 0 { Ok(()) } else { Err(format!("{wrong} are not; see conformance/docs/examples.md")) };
    let rest =
        if others == 0 { String::new() } else { format!("; {others} more need capabilities that it does not claim") };
    check(&format!("{count} examples of the scenario language are played as they should be{rest}"), result);
}

/// Whether an answer is this trace, however it is written.
fn gives(answer: Result<Trace, Failure>, expected: &[serde_json::Value]) -> Result<(), String> {
    let trace = answer.map_err(|failure| failure.to_string())?;
    match trace.observations() {
        Ok(observations) if observations == expected => Ok(()),
        _ => Err(format!("expected {}, got {}", serde_json::Value::from(expected), trace.0)),
    }
}

/// A scenario that leaves one mark.
fn mark(text: &str) -> Scenario {
    let json = serde_json::json!({ "title": "A mark", "observe": [], "steps": [{ "note": text }] });
    serde_json::from_value(json).expect("this is a scenario")
}
