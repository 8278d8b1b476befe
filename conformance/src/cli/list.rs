//! `bgfspec list`.

use bgfspec::catalogue::Catalogue;
use bgfspec::steps;

use super::{CONFORMS, Outcome, print};

/// Of `bgfspec list`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// As JSON, with the requirements that were merged or refused
    #[arg(long)]
    json: bool,
    /// The steps of the modelled algorithms and which way they go, with the number of scenarios that take each
    #[arg(long, conflicts_with = "json")]
    steps: bool,
}

/// `bgfspec list`.
pub(super) fn list(arguments: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    if arguments.steps {
        print(&steps::table(&steps::of_catalogue(&catalogue)));
        return Ok(CONFORMS);
    }
    let counts = catalogue.counts();
    if arguments.json {
        let rows: Vec<serde_json::Value> = catalogue
            .requirements()
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
                })
            })
            .collect();
        let json = serde_json::to_string_pretty(&rows).unwrap_or_default();
        print(&(json + "\n"));
        return Ok(CONFORMS);
    }
    let mut text = String::new();
    let (mut adopted, mut tested) = (0, 0);
    for area in &catalogue.areas {
        text.push_str(&format!("\n{}  {}\n", area.code, area.title));
        for requirement in area.requirements.iter().filter(|requirement| requirement.is_adopted()) {
            let count = counts.get(requirement.id.as_str()).copied().unwrap_or(0);
            adopted += 1;
            tested += usize::from(count > 0);
            let how = match &requirement.untested {
                Some(reason) => format!("untested: {reason}"),
                None if count == 1 => "1 scenario".to_owned(),
                None => format!("{count} scenarios"),
            };
            let level = requirement.level.word();
            text.push_str(&format!("  {:<8} {level:<10} {} [{how}]\n", requirement.id, requirement.statement));
        }
    }
    text.push_str(&format!(
        "\n{adopted} requirements, {tested} of them tested by {} scenarios.\n",
        catalogue.scenarios.len()
    ));
    print(&text);
    Ok(CONFORMS)
}
