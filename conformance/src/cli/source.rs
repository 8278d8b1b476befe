//! Scenarios and reports that the command line names.

use std::path::Path;

use bgfspec::catalogue::{Catalogue, scenarios_from_json};
use bgfspec::generation::reduction::minimal_under;
use bgfspec::mutation;
use bgfspec::reference::Reference;
use bgfspec::scenario::{Capability, Scenario};
use bgfspec_model::Quirk;
use bgfspec_report::Report;

use super::{Fault, known};

/// The scenarios of a file, of a requirement, of a scenario's own id, or the shortest one that shows a quirk.
pub(super) fn scenarios(source: &str) -> Result<Vec<Scenario>, Fault> {
    let path = Path::new(source);
    if path.extension().is_some() || path.exists() {
        return file(path);
    }
    let catalogue = Catalogue::load();
    if let Some(scenario) = catalogue.scenarios.iter().find(|scenario| scenario.id() == source) {
        return Ok(vec![scenario.clone()]);
    }
    if let Some(scenario) = catalogue.kept.get(source) {
        return Ok(vec![scenario.clone()]);
    }
    if let Some(quirk) = Quirk::named(source) {
        return Ok(vec![shown_by(quirk, &catalogue)?]);
    }
    let requirement = catalogue.requirement(source).map_err(|_| {
        let meant = known::meant(&catalogue, source);
        Fault::usage(format!("no file, requirement, scenario or quirk is called `{source}`{meant}"))
    })?;
    let scenarios: Vec<Scenario> = catalogue.scenarios_of(&requirement.id).cloned().collect();
    if scenarios.is_empty() {
        let why = requirement.untested.as_deref().or(requirement.why.as_deref()).unwrap_or("it is no rule");
        return Err(Fault::harness(format!("no scenario decides {}: {why}", requirement.id)));
    }
    Ok(scenarios)
}

/// The shortest scenario of the catalogue that shows a quirk, reduced to what shows it.
fn shown_by(quirk: Quirk, catalogue: &Catalogue) -> Result<Scenario, Fault> {
    let caught = mutation::caught(catalogue, quirk).scenarios;
    // The fewer capabilities it needs, the more can play it.
    let length = |scenario: &&Scenario| {
        (scenario.capabilities().len(), serde_json::to_string(scenario).map_or(0, |text| text.len()))
    };
    let shortest = caught.into_iter().min_by_key(length);
    let shortest = shortest.ok_or_else(|| Fault::harness(format!("no scenario shows the quirk {}", quirk.id())))?;
    let small = minimal_under(quirk, quirk.into(), shortest, &Capability::ALL).unwrap_or_else(|| shortest.clone());
    Ok(Scenario { title: quirk.title().trim_end_matches('.').to_owned(), ..small })
}

/// The report of a file.
pub(super) fn report(path: &Path) -> Result<Report, Fault> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| Fault::usage(format!("can't read `{name}`: {error}")))?;
    serde_json::from_str(&text).map_err(|error| {
        let at = format!("{name}:{}:{}", error.line(), error.column());
        Fault::usage(format!("{at}: not a report of `bgfspec run --out DIR`: {error}"))
    })
}

fn file(path: &Path) -> Result<Vec<Scenario>, Fault> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| Fault::usage(format!("can't read `{name}`: {error}")))?;
    let scenarios = scenarios_from_json(&text).map_err(|error| {
        Fault::usage(format!("{name}:{}:{}: not a scenario: {error}", error.line(), error.column()))
    })?;
    if scenarios.is_empty() {
        return Err(Fault::harness(format!("{name} holds no scenario")));
    }
    let catalogue = Catalogue::load();
    let mut reference = Reference::new();
    for scenario in &scenarios {
        for id in &scenario.requirements {
            catalogue.requirement(id).map_err(|error| Fault::usage(format!("{name}: {error}")))?;
        }
        let fault = |why: String| Fault::usage(format!("{name}: in `{}`: {why}", scenario.title));
        let program = reference.compile(scenario).map_err(|error| fault(error.to_string()))?;
        if let Some(doubt) = reference.doubt(&program) {
            return Err(fault(format!("{doubt}; nothing can be said of this scenario")));
        }
    }
    Ok(scenarios)
}
