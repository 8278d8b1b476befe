//! `bgfspec explain`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bgfspec::catalogue::{Catalogue, Dispute, Requirement};
use bgfspec::{mutation, names};
use bgfspec_model::Quirk;
use bgfspec_reports::{self as reports, Report, line};
use serde_json::{Value as Json, json};

use super::reach::beyond_default;
use super::{Answer, CONFORMS, Fault, Outcome, called, known, print, print_json, wrapped};

/// The most requirements, and the most quirks, that a search for words lists.
const MOST_FOUND: usize = 40;

/// Of `bgfspec explain`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The id of a requirement, a quirk or an area, or words of one: MUT-009, duplicates-kept, SIG, "passive listener"
    #[arg(value_name = "ID|WORDS", required = true, value_parser = known::subject(), hide_possible_values = true)]
    words: Vec<String>,
    /// The report that says who deviates
    #[arg(long, value_name = "FILE", default_value = "report/report.json")]
    report: PathBuf,
    #[command(flatten)]
    answer: Answer,
}

/// `bgfspec explain`.
pub(super) fn explain(arguments: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    let id = arguments.words.join(" ");
    let is_json = arguments.answer.json;
    let report = read(&arguments.report);
    let report = report.as_ref().map(|report| (arguments.report.as_path(), report));
    if let Some(quirk) = Quirk::named(&id.to_lowercase()) {
        match is_json {
            true => print_json(&quirk_as_json(&catalogue, quirk, report))?,
            false => print(&explain_quirk(&catalogue, quirk, report)),
        }
    } else if let Ok(requirement) = catalogue.requirement(&id) {
        match is_json {
            true => print_json(&requirement_as_json(&catalogue, requirement, report))?,
            false => print(&explain_requirement(&catalogue, requirement, report)),
        }
    } else {
        let found = Found::by(&catalogue, &id);
        if found.is_empty() {
            return Err(Fault::usage(unknown(&catalogue, &id)));
        }
        match is_json {
            true => print_json(&found.as_json())?,
            false => print(&found.text()),
        }
    }
    Ok(CONFORMS)
}

fn read(path: &Path) -> Option<Report> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

fn explain_requirement(catalogue: &Catalogue, requirement: &Requirement, report: Option<(&Path, &Report)>) -> String {
    let mut text = format!("{} ({})\n\n", requirement.id, requirement.level.word());
    text += &wrapped("  ", &requirement.statement, 2);
    text += &format!("\n  Specification: {}, {}\n  {}\n", requirement.spec, requirement.step, requirement.link);
    let why = format!("Why it was {}", requirement.origin.name());
    for (label, value) in [("Note", &requirement.note), (why.as_str(), &requirement.why)] {
        if let Some(value) = value {
            text += &wrapped("  ", &format!("{label}: {value}"), 2);
        }
    }
    if let Some(into) = &requirement.into {
        text += &format!("  It is part of {into}.\n");
    }
    if let Some(reason) = &requirement.untested {
        text += &wrapped("  ", &format!("No scenario decides it: {reason}"), 2);
    }
    if let Some(place) = beyond_default(catalogue, requirement) {
        text += &wrapped("  ", &format!("Judged {place}"), 2);
    }
    text.push_str(&disputes("", requirement, &mut Vec::new()));
    for scenario in catalogue.scenarios_of(&requirement.id) {
        let json = serde_json::to_value(scenario).unwrap_or_default();
        let needs: Vec<String> = scenario.capabilities().into_iter().map(|capability| capability.name()).collect();
        text += "\n";
        text += &wrapped("", &format!("Scenario {}: {}", scenario.id(), scenario.title), 0);
        text += &wrapped("  ", &format!("Needs: {}", needs.join(", ")), 2);
        text += "\n";
        for line in reports::javascript(&json).lines() {
            text += &format!("  {line}\n");
        }
    }
    let quirks = mutation::proof(catalogue, requirement);
    if !quirks.is_empty() {
        text += "\nIt catches\n";
        text.extend(quirks.iter().map(|quirk| titled(*quirk)));
    }
    match report {
        None => text += &format!("\nWho deviates: `{} run --filter {}`.\n", called(), requirement.id),
        Some((path, report)) => {
            text += &format!("\nIn {}:\n", path.display());
            for (label, verdict, reason) in verdicts(report, &requirement.id) {
                let reason = reason.map(|reason| format!(": {}", line(reason))).unwrap_or_default();
                text += &wrapped("  ", &format!("{}: {verdict}{reason}", line(&label)), 2);
            }
        }
    }
    text
}

fn requirement_as_json(catalogue: &Catalogue, requirement: &Requirement, report: Option<(&Path, &Report)>) -> Json {
    let scenario = |scenario: &bgfspec::scenario::Scenario| {
        let json = serde_json::to_value(scenario).unwrap_or_default();
        let needs: Vec<String> = scenario.capabilities().into_iter().map(|capability| capability.name()).collect();
        json!({ "id": scenario.id(), "title": scenario.title, "needs": needs, "javascript": reports::javascript(&json) })
    };
    let verdicts = |(_, report): (&Path, &Report)| -> Vec<Json> {
        let verdicts = verdicts(report, &requirement.id).into_iter();
        let one = |(label, verdict, reason)| json!({ "implementation": label, "verdict": verdict, "reason": reason });
        verdicts.map(one).collect()
    };
    let quirks = mutation::proof(catalogue, requirement);
    json!({
        "requirement": requirement.id,
        "level": requirement.level.word(),
        "statement": requirement.statement,
        "spec": requirement.spec.to_string(),
        "step": requirement.step,
        "link": requirement.link,
        "note": requirement.note,
        "why": requirement.why,
        "into": requirement.into,
        "untested": requirement.untested,
        "beyond_default": beyond_default(catalogue, requirement),
        "disputes": requirement.disputes.iter().filter_map(Dispute::in_report).collect::<Vec<_>>(),
        "scenarios": catalogue.scenarios_of(&requirement.id).map(scenario).collect::<Vec<Json>>(),
        "catches": quirks.iter().map(|quirk| quirk.id()).collect::<Vec<_>>(),
        "verdicts": report.map(verdicts).unwrap_or_default(),
    })
}

/// What a report says of a requirement: who, the verdict and its reason.
fn verdicts<'a>(report: &'a Report, id: &str) -> Vec<(String, &'static str, Option<&'a str>)> {
    let one = |run: &'a bgfspec_report::Run| {
        let outcome = run.requirements.iter().find(|outcome| outcome.id == id);
        let verdict = outcome.map_or("not run", |outcome| outcome.verdict.words());
        (run.implementation.label(), verdict, outcome.and_then(|outcome| outcome.reason.as_deref()))
    };
    report.runs.iter().map(one).collect()
}

/// What says otherwise than a requirement, two lines each; what was told of is not told again.
fn disputes(whose: &str, requirement: &Requirement, told: &mut Vec<reports::report::Dispute>) -> String {
    let mut text = String::new();
    for dispute in requirement.disputes.iter().filter_map(Dispute::in_report) {
        if !told.contains(&dispute) {
            text += &wrapped("  ", &format!("{whose}Disputed: {}", dispute.line()), 4);
            text += &format!("    {}\n", dispute.link);
            told.push(dispute);
        }
    }
    text
}

/// What a quirk is, and what catches it.
fn explain_quirk(catalogue: &Catalogue, quirk: Quirk, report: Option<(&Path, &Report)>) -> String {
    let caught = mutation::caught(catalogue, quirk);
    let requirements: Vec<&str> = caught.requirements().into_iter().collect();
    let mut text = format!("{}\n\n{}\n", quirk.id(), wrapped("  ", quirk.title(), 2));
    text.extend(quirk.should().map(|should| wrapped("  It should be: ", should, 4)));
    text += &format!("  Departs at {}\n", quirk.step_name());
    text.extend(quirk.step().link().map(|link| format!("  {link}\n")));
    for requirement in catalogue.adopted().filter(|requirement| requirement.step == quirk.step_name()) {
        let rule = format!("({}) {}", requirement.level.word(), requirement.statement);
        text += &wrapped(&format!("  {:<9}", requirement.id), &rule, 11);
    }
    text += "\n";
    text += &wrapped("", &format!("Caught by {}, on", requirements.join(", ")), 0);
    for scenario in &caught.scenarios {
        let title = format!("{} ({})", scenario.title, scenario.requirements.join(", "));
        text += &wrapped(&format!("  {} ", scenario.id()), &title, 15);
    }
    let mut told = Vec::new();
    let caught_by = requirements.iter().filter_map(|id| catalogue.requirement(id).ok());
    let disputed: String = caught_by.map(|of| disputes(&format!("{} ", of.id), of, &mut told)).collect();
    text.extend((!disputed.is_empty()).then(|| format!("\n{disputed}")));
    if let Some(links) = mutation::links().get(quirk.id()) {
        text += &format!("\nReported at\n  {}\n", links.join("\n  "));
    }
    if let Some((path, report)) = report {
        let behind = behind(report, quirk);
        text += &format!("\nIn {}:\n", path.display());
        text.extend(behind.is_empty().then_some("  It is behind no deviation.\n"));
        text.extend(behind.iter().map(|(label, scenarios)| {
            let scenarios = bgfspec_report::printable::count(*scenarios, "deviating scenario", "deviating scenarios");
            format!("  {}: behind {scenarios}\n", line(label))
        }));
    }
    text
}

fn quirk_as_json(catalogue: &Catalogue, quirk: Quirk, report: Option<(&Path, &Report)>) -> Json {
    let caught = mutation::caught(catalogue, quirk);
    let scenarios = caught.scenarios.iter();
    let scenarios = scenarios
        .map(|one| json!({ "id": one.id(), "title": one.title, "requirements": one.requirements }))
        .collect::<Vec<Json>>();
    let behind = report.map(|(_, report)| behind(report, quirk)).unwrap_or_default();
    let behind = behind.iter().map(|(label, scenarios)| json!({ "implementation": label, "scenarios": scenarios }));
    json!({
        "quirk": quirk.id(),
        "title": quirk.title(),
        "should": quirk.should(),
        "step": quirk.step_name(),
        "link": quirk.step().link(),
        "requirements": caught.requirements(),
        "scenarios": scenarios,
        "links": mutation::links().get(quirk.id()),
        "behind": behind.collect::<Vec<Json>>(),
    })
}

/// Whose deviations a quirk is behind in a report, and in how many scenarios.
fn behind(report: &Report, quirk: Quirk) -> Vec<(String, u64)> {
    let of = |run: &bgfspec_report::Run| {
        let cause = run.causes.iter().find(|cause| cause.id == quirk.id())?;
        Some((run.implementation.label(), cause.scenarios))
    };
    report.runs.iter().filter_map(of).collect()
}

fn titled(quirk: Quirk) -> String {
    wrapped("  ", &format!("{}: {}", quirk.id(), quirk.title()), 4)
}

/// The requirements and quirks in which all of some words are, or those of an area.
struct Found<'a> {
    requirements: Vec<&'a Requirement>,
    quirks: Vec<Quirk>,
}

impl<'a> Found<'a> {
    fn by(catalogue: &'a Catalogue, words: &str) -> Self {
        let has = |text: &str| words.split_whitespace().all(|word| text.to_lowercase().contains(&word.to_lowercase()));
        if let Some(area) = catalogue.areas.iter().find(|area| area.code.eq_ignore_ascii_case(words)) {
            let requirements = area.requirements.iter().filter(|one| one.is_adopted()).collect();
            return Found { requirements, quirks: Vec::new() };
        }
        Found {
            requirements: catalogue.adopted().filter(|one| has(&one.statement)).collect(),
            quirks: Quirk::with_names().filter(|quirk| has(quirk.title()) || has(quirk.id())).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.requirements.is_empty() && self.quirks.is_empty()
    }

    fn text(&self) -> String {
        let rule = |one: &&Requirement| wrapped(&format!("  {:<9} ", one.id), &one.statement, 12);
        let rules: Vec<String> = self.requirements.iter().map(rule).collect();
        let quirks: Vec<String> = self.quirks.iter().map(|quirk| titled(*quirk)).collect();
        let mut text = String::new();
        for (what, entries) in [("Requirements", rules), ("Quirks", quirks)] {
            if !entries.is_empty() {
                let more = entries.len().saturating_sub(MOST_FOUND);
                let more = if more > 0 { format!("  … and {more} more\n") } else { String::new() };
                let first: String = entries.into_iter().take(MOST_FOUND).collect();
                text += &format!("{what}\n{first}{more}");
            }
        }
        text
    }

    fn as_json(&self) -> Json {
        let rules = self.requirements.iter().map(|one| json!({ "id": one.id, "statement": one.statement }));
        let quirks = self.quirks.iter().map(|quirk| json!({ "id": quirk.id(), "title": quirk.title() }));
        json!({ "requirements": rules.collect::<Vec<Json>>(), "quirks": quirks.collect::<Vec<Json>>() })
    }
}

/// Says that nothing has this name or these words, and what probably was meant.
fn unknown(catalogue: &Catalogue, id: &str) -> String {
    let meant = match id.contains(' ') {
        true => spelled(catalogue, id).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default(),
        false => known::meant(catalogue, id),
    };
    format!("unknown requirement, quirk or area `{id}`, and none has these words{meant}")
}

/// The words with each that is nowhere replaced by the nearest that is somewhere; nothing if that finds nothing either.
fn spelled(catalogue: &Catalogue, id: &str) -> Option<String> {
    let statements = catalogue.adopted().map(|one| one.statement.to_lowercase());
    let titles = Quirk::with_names().map(|quirk| quirk.title().to_lowercase());
    let texts: Vec<String> = statements.chain(titles).collect();
    let vocabulary: BTreeSet<&str> = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.len() > 2)
        .collect();
    let spell = |word: &str| {
        let word = word.to_lowercase();
        let is_there = texts.iter().any(|text| text.contains(&word));
        if is_there { Some(word) } else { names::nearest(&word, vocabulary.iter().copied()).map(str::to_owned) }
    };
    let words: Vec<String> = id.split_whitespace().map(spell).collect::<Option<_>>()?;
    let words = words.join(" ");
    (!Found::by(catalogue, &words).is_empty()).then_some(words)
}
