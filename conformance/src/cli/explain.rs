//! `bgfspec explain`.

use bgfspec::catalogue::{Catalogue, Dispute, Requirement};
use bgfspec::mutation;
use bgfspec_model::Quirk;
use bgfspec_reports::{self as reports, Report};

use super::{CONFORMS, Fault, Outcome, print};

/// The most requirements, and the most quirks, that a search for words lists.
const MOST_FOUND: usize = 40;

/// Of `bgfspec explain`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The id of a requirement, a quirk or an area, or words of one: MUT-009, duplicates-kept, SIG, "passive listener"
    #[arg(value_name = "ID|WORDS")]
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
    let requirement = match catalogue.requirement(&arguments.id) {
        Ok(requirement) => requirement,
        Err(unknown) => {
            print(&found(&catalogue, &arguments.id).ok_or_else(|| Fault::usage(unknown))?);
            return Ok(CONFORMS);
        }
    };
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
    text.push_str(&disputes("", requirement, &mut Vec::new()));
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

/// The requirements and quirks in which all of these words are, or those of an area; nothing if there are none.
fn found(catalogue: &Catalogue, words: &str) -> Option<String> {
    let has = |text: &str| words.split_whitespace().all(|word| text.to_lowercase().contains(&word.to_lowercase()));
    let area = catalogue.areas.iter().find(|area| area.code.eq_ignore_ascii_case(words));
    let wanted = |requirement: &&Requirement| match area {
        Some(area) => requirement.area() == area.code,
        None => has(&requirement.statement),
    };
    let rules = catalogue.adopted().filter(wanted).map(|one| format!("  {:<9} {}\n", one.id, one.statement));
    let is_meant = |quirk: &Quirk| match area {
        Some(_) => false,
        None => has(quirk.title()) || has(quirk.id()),
    };
    let quirks = Quirk::with_names().filter(is_meant).map(|quirk| format!("  {}: {}\n", quirk.id(), quirk.title()));
    let (rules, quirks): (Vec<String>, Vec<String>) = (rules.collect(), quirks.collect());
    let mut text = String::new();
    for (what, lines) in [("Requirements", rules), ("Quirks", quirks)] {
        if !lines.is_empty() {
            let more = lines.len().saturating_sub(MOST_FOUND);
            let more = if more > 0 { format!("  … and {more} more\n") } else { String::new() };
            let first: String = lines.into_iter().take(MOST_FOUND).collect();
            text += &format!("{what}\n{first}{more}");
        }
    }
    (!text.is_empty()).then_some(text)
}

/// What says otherwise than a requirement, two lines each; what was told of is not told again.
fn disputes(whose: &str, requirement: &Requirement, told: &mut Vec<reports::report::Dispute>) -> String {
    let mut text = String::new();
    for dispute in requirement.disputes.iter().filter_map(Dispute::in_report) {
        if !told.contains(&dispute) {
            text.push_str(&format!("  {whose}Disputed: {}\n    {}\n", dispute.line(), dispute.link));
            told.push(dispute);
        }
    }
    text
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
    let mut told = Vec::new();
    let caught_by = requirements.iter().filter_map(|id| catalogue.requirement(id).ok());
    let disputed: String = caught_by.map(|of| disputes(&format!("{} ", of.id), of, &mut told)).collect();
    if !disputed.is_empty() {
        text.push_str(&format!("\n{disputed}"));
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
