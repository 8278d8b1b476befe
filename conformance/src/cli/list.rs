//! `bgfspec list`.

use std::collections::BTreeSet;

use bgfspec::catalogue::{Catalogue, Requirement};
use bgfspec::scenario::Scenario;
use bgfspec::steps;

use super::reach::beyond_default;
use super::{CONFORMS, Fault, Outcome, known, print, print_json, wrapped};

/// Of `bgfspec list`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec list             every requirement
  bgfspec list SIG         those of an area
  bgfspec list 'passive'   those whose statement has a word")]
pub(super) struct Arguments {
    /// Only requirements whose id, statement or step contains this
    #[arg(value_parser = known::requirement(), hide_possible_values = true)]
    filter: Option<String>,
    /// Print one JSON document, with the requirements that were merged or refused
    #[arg(long)]
    json: bool,
    /// The steps of the modelled algorithms and which way they go, with the number of scenarios that take each
    #[arg(long, conflicts_with = "filter")]
    steps: bool,
}

impl Arguments {
    /// Whether a requirement is asked for.
    fn wants(&self, requirement: &Requirement) -> bool {
        self.filter.as_ref().is_none_or(|filter| requirement.contains(filter))
    }
}

/// `bgfspec list`.
pub(super) fn list(arguments: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    if arguments.steps {
        let counts = steps::of_catalogue(&catalogue);
        match arguments.json {
            true => print_json(&steps::json(&counts))?,
            false => print(&steps::table(&counts)),
        }
        return Ok(CONFORMS);
    }
    let counts = catalogue.counts();
    if arguments.json {
        let rows: Vec<serde_json::Value> = catalogue
            .requirements()
            .filter(|requirement| arguments.wants(requirement))
            .map(|requirement| {
                serde_json::json!({
                    "id": requirement.id,
                    "level": requirement.level.word(),
                    "spec": requirement.spec.to_string(),
                    "step": requirement.step,
                    "statement": requirement.statement,
                    "link": requirement.link,
                    "adopted": requirement.is_adopted(),
                    "why": requirement.why,
                    "into": requirement.into,
                    "scenarios": counts.get(requirement.id.as_str()).copied().unwrap_or(0),
                    "untested": requirement.untested,
                    "beyond_default": beyond_default(&catalogue, requirement),
                })
            })
            .collect();
        if let (true, Some(filter)) = (rows.is_empty(), &arguments.filter) {
            return Err(nothing(filter));
        }
        print_json(&rows)?;
        return Ok(CONFORMS);
    }
    let mut text = String::new();
    let (mut adopted, mut tested) = (BTreeSet::new(), 0);
    for area in &catalogue.areas {
        let wanted = area.requirements.iter().filter(|one| one.is_adopted() && arguments.wants(one));
        let wanted: Vec<&Requirement> = wanted.collect();
        if wanted.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}  {}\n", area.code, area.title));
        for requirement in wanted {
            let count = counts.get(requirement.id.as_str()).copied().unwrap_or(0);
            adopted.insert(requirement.id.as_str());
            tested += usize::from(count > 0);
            let how = match &requirement.untested {
                Some(reason) => format!("untested: {reason}"),
                None if count == 1 => "1 scenario".to_owned(),
                None => format!("{count} scenarios"),
            };
            let how = match beyond_default(&catalogue, requirement) {
                Some(place) => format!("{how}, judged {place}"),
                None => how,
            };
            let level = requirement.level.word();
            let rule = format!("{} [{how}]", requirement.statement);
            text.push_str(&wrapped(&format!("  {:<8} {level:<10} ", requirement.id), &rule, 22));
        }
    }
    if let (true, Some(filter)) = (adopted.is_empty(), &arguments.filter) {
        return Err(nothing(filter));
    }
    let decides = |scenario: &&Scenario| scenario.requirements.iter().any(|id| adopted.contains(id.as_str()));
    let (rules, scenarios) = (adopted.len(), catalogue.scenarios.iter().filter(decides).count());
    text.push_str(&format!("\n{rules} requirements, {tested} of them tested by {scenarios} scenarios.\n"));
    print(&text);
    Ok(CONFORMS)
}

fn nothing(filter: &str) -> Fault {
    Fault::usage(format!("no requirement contains `{filter}`; `bgfspec list` has them all"))
}
