//! Pins the catalogue as pages, one for each area: each rule, its scenarios as JavaScript, and every trace that the model permits.
//!
//! A change of a page is a change of the suite's verdicts. CONTRIBUTING.md says how to review it. The pages judge no vendor.

mod choices;
mod line;

use std::fmt::Write as _;

use bgfspec::catalogue::{Area, Catalogue, Requirement};
use bgfspec::reference::Reference;
use bgfspec::scenario::{Observe, Scenario};
use bgfspec::trace::Trace;
use serde_json::{Value as Json, json};

use choices::permitted;
use line::line;

#[test]
fn permitted_traces_of_the_catalogue() {
    let catalogue = Catalogue::load();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for area in &catalogue.areas {
            insta::assert_snapshot!(format!("permitted_traces_{}", area.code), page(&catalogue, area));
        }
    });
}

/// Returns the page of an area.
fn page(catalogue: &Catalogue, area: &Area) -> String {
    let mut text = format!("# {}: {}\n", area.code, area.title);
    for requirement in area.requirements.iter().filter(|requirement| requirement.is_adopted()) {
        rule(catalogue, requirement, &mut text);
    }
    text
}

/// Writes a requirement and its scenarios.
fn rule(catalogue: &Catalogue, requirement: &Requirement, text: &mut String) {
    let Requirement { id, level, statement, step, link, untested, .. } = requirement;
    let _ = write!(text, "\n## {id} ({}): {statement}\n\n{step}\n{link}\n", level.word());
    if let Some(reason) = untested {
        let _ = write!(text, "\nNo scenario: {reason}\n");
    }
    for decides in catalogue.scenarios_of(id) {
        match decides.requirements.first() {
            Some(first) if first == id => scenario(decides, text),
            first => {
                let first = first.map_or("", String::as_str);
                let _ = write!(text, "\n### {}\n\nSee {first}.\n", decides.title);
            }
        }
    }
}

/// Writes a scenario and its permitted traces. That is done once, under the first requirement that it decides.
fn scenario(scenario: &Scenario, text: &mut String) {
    let mut reference = Reference::new();
    let program = reference.compile(scenario).unwrap_or_else(|error| panic!("{}: {error}", scenario.title));
    let _ = write!(text, "\n### {}\n\n{}\n\n", scenario.title, facts(scenario));
    indent(&script(scenario), text);
    let traces = permitted(&mut reference, &program);
    let count = traces.len();
    for (index, (trace, when)) in traces.into_iter().enumerate() {
        text.push('\n');
        let _ = match count {
            1 => writeln!(text, "Permitted:"),
            _ => writeln!(text, "Permitted, {} of {count}, where {}:", index + 1, when.join("; or ")),
        };
        text.push('\n');
        let observations = Trace(trace).observations().expect("the model gives traces");
        let lines: Vec<String> = observations.iter().map(|one| line(one, &scenario.observe)).collect();
        indent(&lines.join("\n"), text);
        if lines.is_empty() {
            text.push_str("(nothing)\n");
        }
    }
}

/// Returns the script without the title, which is its heading.
fn script(scenario: &Scenario) -> String {
    let mut json = serde_json::to_value(scenario).expect("a scenario is JSON");
    json.as_object_mut().expect("a scenario is an object").shift_remove("title");
    bgfspec_reports::javascript(&json)
}

/// Returns the id of a scenario, and what its script does not show.
fn facts(scenario: &Scenario) -> String {
    let mut facts = vec![format!("Scenario {}", scenario.id())];
    let words = |json: Json| -> Vec<String> { serde_json::from_value(json).expect("a list of words") };
    match &scenario.observe {
        Observe::All => facts.push("observes all".to_owned()),
        Observe::Details(details) if details.is_empty() => {}
        Observe::Details(details) => facts.push(format!("observes {}", words(json!(details)).join(", "))),
    }
    if !scenario.needs.is_empty() {
        facts.push(format!("needs {}", words(json!(scenario.needs)).join(", ")));
    }
    if scenario.requirements.len() > 1 {
        facts.push(format!("also decides {}", scenario.requirements[1..].join(", ")));
    }
    facts.join("; ")
}

/// Writes lines as a block of code.
fn indent(block: &str, text: &mut String) {
    for line in block.lines() {
        let _ = if line.is_empty() { writeln!(text) } else { writeln!(text, "    {line}") };
    }
}
