//! `bgfspec explain`.

use bgfspec::catalogue::Catalogue;
use bgfspec_reports::{self as reports, Report};

use super::{CONFORMS, Fault, Outcome, print};

/// Of `bgfspec explain`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The id of a requirement, for example MUT-009
    id: String,
    /// The report that says who deviates
    #[arg(long, value_name = "FILE", default_value = "report/report.json")]
    report: std::path::PathBuf,
}

/// `bgfspec explain`.
pub(super) fn explain(arguments: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    let requirement = catalogue.requirement(&arguments.id).map_err(Fault::usage)?;
    let mut text = format!(
        "{} ({})\n\n  {}\n\n  Specification: {}, {}\n  {}\n",
        requirement.id,
        requirement.level.word(),
        requirement.statement,
        requirement.spec,
        requirement.step,
        requirement.link,
    );
    for (label, value) in [("Note", &requirement.note), ("Not as in the draft", &requirement.why)] {
        if let Some(value) = value {
            text.push_str(&format!("  {label}: {value}\n"));
        }
    }
    if let Some(into) = &requirement.into {
        text.push_str(&format!("  It is part of {into}.\n"));
    }
    if let Some(reason) = &requirement.untested {
        text.push_str(&format!("  No scenario decides it: {reason}\n"));
    }
    for scenario in catalogue.scenarios_of(&requirement.id) {
        let json = serde_json::to_value(scenario).unwrap_or_default();
        let needs: Vec<String> = scenario.capabilities().into_iter().map(|capability| capability.name()).collect();
        text.push_str(&format!("\nScenario {}: {}\n  Needs: {}\n\n", scenario.id(), scenario.title, needs.join(", ")));
        for line in reports::javascript(&json).lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text.push_str(&who(&arguments.report, &requirement.id));
    print(&text);
    Ok(CONFORMS)
}

/// What a report says of a requirement.
fn who(path: &std::path::Path, id: &str) -> String {
    let read = std::fs::read_to_string(path).ok();
    let Some(report) = read.and_then(|text| serde_json::from_str::<Report>(&text).ok()) else {
        return format!("\nWho deviates: `bgfspec run --filter {id}`.\n");
    };
    let mut text = format!("\nIn {}:\n", path.display());
    for run in &report.runs {
        let outcome = run.requirements.iter().find(|outcome| outcome.id == id);
        let words = outcome.map_or("not run", |outcome| outcome.verdict.words());
        text.push_str(&format!("  {}: {words}\n", run.implementation.label()));
    }
    text
}
