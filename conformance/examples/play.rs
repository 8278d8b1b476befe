//! Plays the scenarios of a file on the reference model and prints every permitted trace: `play FILE [TITLE]`.

use bgfspec::reference::{Reference, View};
use bgfspec::scenario::Scenario;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: play FILE [TITLE]")?;
    let wanted = arguments.next().unwrap_or_default();
    let scenarios: Vec<Scenario> = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let view = View { reported: true, unhandled: true };
    for scenario in scenarios.iter().filter(|scenario| scenario.title.contains(&wanted)) {
        let needs: Vec<String> = scenario.capabilities().into_iter().map(|capability| capability.name()).collect();
        println!("== {} {:?} needs {}", scenario.title, scenario.requirements, needs.join(" "));
        let mut reference = Reference::new();
        let program = match reference.compile(scenario) {
            Ok(program) => program,
            Err(error) => {
                println!("   ERROR: {error}");
                continue;
            }
        };
        let mut plans = vec![Vec::new()];
        let mut seen = Vec::new();
        let mut runs = 0;
        while let Some(plan) = plans.pop().filter(|_| runs < 500) {
            runs += 1;
            let played = reference.play(&program, view, &plan);
            for (index, choice) in played.choices.iter().enumerate().skip(plan.len()) {
                for other in 1..choice.alternatives {
                    let mut plan: Vec<u8> = played.choices[..index].iter().map(|choice| choice.taken).collect();
                    plan.push(other);
                    plans.push(plan);
                }
            }
            if seen.contains(&played.trace) || seen.len() > 20 {
                continue;
            }
            println!(" - choices {:?}", played.choices.iter().map(|c| (c.latitude, c.taken)).collect::<Vec<_>>());
            let items: Vec<serde_json::Value> = serde_json::from_str(&played.trace)?;
            for item in &items {
                println!("     {item}");
            }
            seen.push(played.trace);
        }
    }
    Ok(())
}
