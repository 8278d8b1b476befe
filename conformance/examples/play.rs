//! Plays the scenarios of a file on the reference model and prints the traces that are permitted: `play FILE [TITLE]`.

use bgfspec::catalogue::scenarios_from_json;
use bgfspec::reference::{Reference, View};
use bgfspec::trace::Trace;

/// So many runs are tried for a scenario.
const MOST_RUNS: usize = 500;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: play FILE [TITLE]")?;
    let wanted = arguments.next().unwrap_or_default();
    let scenarios = scenarios_from_json(&std::fs::read_to_string(&file)?)?;
    let mut reference = Reference::new();
    for scenario in scenarios.iter().filter(|scenario| scenario.title.contains(&wanted)) {
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
