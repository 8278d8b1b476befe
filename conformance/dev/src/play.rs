//! Plays the scenarios of a file on the reference model and prints the traces that are permitted.

use std::path::PathBuf;

use bgfspec::catalogue::scenarios_from_json;
use bgfspec::reference::{Reference, View};
use bgfspec::trace::Trace;

use super::{Outcome, read};

/// So many runs are tried for a scenario.
const MOST_RUNS: usize = 500;

/// Of `cargo dev play`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A file with a list of scenarios
    file: PathBuf,
    /// Only those whose title holds this
    #[arg(default_value = "")]
    title: String,
}

/// Prints the permitted traces.
pub(crate) fn play(arguments: &Arguments) -> Outcome {
    let scenarios = scenarios_from_json(&read(&arguments.file)?)?;
    let mut reference = Reference::new();
    for scenario in scenarios.iter().filter(|scenario| scenario.title.contains(&arguments.title)) {
        let needs: Vec<String> = scenario.capabilities().into_iter().map(|capability| capability.name()).collect();
        println!("{} {:?} needs {}", scenario.title, scenario.requirements, needs.join(" "));
        let program = reference.compile(scenario)?;
        if let Some(doubt) = reference.doubt(&program) {
            println!("  nothing can be said of it: {doubt}");
        }
        for trace in reference.permitted(&program, View { reported: true, unhandled: true }, MOST_RUNS) {
            println!("  permitted:");
            for observation in Trace(trace).observations()? {
                println!("    {observation}");
            }
        }
    }
    Ok(())
}
