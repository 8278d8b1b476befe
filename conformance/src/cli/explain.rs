//! `bgfspec explain`.

use bgfspec::catalogue::Catalogue;
use bgfspec::mutation;
use bgfspec_model::Quirk;
use bgfspec_reports::{self as reports, Report};

use super::{CONFORMS, Fault, Outcome, print};

/// Of `bgfspec explain`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The id of a requirement or of a quirk, for example MUT-009 or duplicates-kept
    id: String,
    /// The report that says who deviates
    #[arg(long, value_name = "FILE", default_value = "report/report.json")]
    report: std::path::PathBuf,
}

/// `bgfspec explain`.
pub(super) fn explain(arguments: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    if let Some(quirk) = Quirk::named(&arguments.id.to_lowercase()) {
        print(&explain_quirk(&catalogue, quirk, &arguments.report));
        return Ok(CONFORMS);
    }
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
    let why = format!("Why it was {}", requirement.origin.name());
    for (label, value) in [("Note", &requirement.note), (why.as_str(), &requirement.why)] {
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
    let quirks = mutation::proof(&catalogue, requirement);
    if !quirks.is_empty() {
        let named: Vec<String> = quirks.iter().map(|quirk| format!("  {}: {}\n", quirk.id(), quirk.title())).collect();
        text.push_str(&format!("\nIt catches\n{}", named.concat()));
    }
    text.push_str(&who(&arguments.report, &requirement.id));
    print(&text);
    Ok(CONFORMS)
}

/// What a quirk is, and what catches it.
fn explain_quirk(catalogue: &Catalogue, quirk: Quirk, report: &std::path::Path) -> String {
    let caught = mutation::caught(catalogue, quirk);
    let requirements: Vec<&str> = caught.requirements().into_iter().collect();
    let mut text = format!("{}\n\n  {}\n\n  Departs at {}\n", quirk.id(), quirk.title(), quirk.step_name());
    for requirement in catalogue.adopted().filter(|requirement| requirement.step == quirk.step_name()) {
        text.push_str(&format!(
            "  {} ({}) {}\n  {}\n",
            requirement.id,
            requirement.level.word(),
            requirement.statement,
            requirement.link
        ));
    }
    text.push_str(&format!("\nCaught by {}, on\n", requirements.join(", ")));
    for scenario in &caught.scenarios {
        text.push_str(&format!("  {} {} ({})\n", scenario.id(), scenario.title, scenario.requirements.join(", ")));
    }
    if let Some(links) = mutation::links().get(quirk.id()) {
        text.push_str(&format!("\nReported at\n  {}\n", links.join("\n  ")));
    }
    let read = std::fs::read_to_string(report).ok();
    if let Some(found) = read.and_then(|text| serde_json::from_str::<Report>(&text).ok()) {
        text.push_str(&format!("\nIn {}:\n", report.display()));
        for run in &found.runs {
            for behind in run.causes.iter().filter(|behind| behind.id == quirk.id()) {
                text.push_str(&format!(
                    "  {}: behind {} deviating scenarios\n",
                    run.implementation.label(),
                    behind.scenarios
                ));
            }
        }
    }
    text
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
