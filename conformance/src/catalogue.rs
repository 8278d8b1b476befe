//! The catalogue: requirements and the scenarios that decide them, as data.

mod dispute;
mod kept;
mod requirement;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_model::step::StepId;

pub use self::dispute::Dispute;
pub use self::kept::Kept;
pub use self::requirement::{Area, Level, Origin, Requirement, Spec, Specs};
pub use self::written::{Written, scenarios_from_json};
use crate::judge::Rule;
use crate::names;
use crate::reference::Reference;
use crate::scenario::Scenario;

macro_rules! areas {
    ($($code:literal),* $(,)?) => {
        const FILES: &[(&str, &str, &str)] = &[$((
            $code,
            include_str!(concat!("../catalogue/requirements/", $code, ".json")),
            include_str!(concat!("../catalogue/scenarios/", $code, ".json")),
        )),*];
    };
}

areas!(
    "EVC", "FLG", "INI", "TGT", "ADD", "REM", "DSP", "MUT", "SIG", "ABT", "CB", "EH", "EXT", "FFE", "SWL", "BGE",
    "CLK", "BGR", "OPW", "WDC", "IDL", "MDN",
);

/// The catalogue.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The areas, with their requirements.
    pub areas: Vec<Area>,
    /// The named scenarios.
    pub scenarios: Vec<Scenario>,
    /// What generation once found something by.
    pub kept: Kept,
}

impl Catalogue {
    /// The catalogue that comes with the suite.
    ///
    /// # Panics
    /// Panics when it is broken, which a test excludes.
    #[must_use]
    pub fn load() -> Self {
        let kept = Kept::parse(include_str!("../catalogue/kept.json"))
            .unwrap_or_else(|error| panic!("catalogue/kept.json: {error}"));
        let mut catalogue = Catalogue { areas: Vec::new(), scenarios: Vec::new(), kept };
        for (code, requirements, scenarios) in FILES {
            let area = serde_json::from_str(requirements)
                .unwrap_or_else(|error| panic!("catalogue/requirements/{code}.json: {error}"));
            let written: Written = serde_json::from_str(scenarios)
                .unwrap_or_else(|error| panic!("catalogue/scenarios/{code}.json: {error}"));
            assert_eq!(written.area, *code, "catalogue/scenarios/{code}.json names another area");
            catalogue.areas.push(area);
            catalogue.scenarios.extend(written.expanded());
        }
        catalogue
    }

    /// All requirements, merged and refused ones included.
    pub fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        self.areas.iter().flat_map(|area| &area.requirements)
    }

    /// The requirements that are rules.
    pub fn adopted(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements().filter(|requirement| requirement.is_adopted())
    }

    /// The requirement of an id.
    ///
    /// # Errors
    /// Says which id was probably meant.
    pub fn requirement(&self, id: &str) -> Result<&Requirement, String> {
        self.requirements().find(|requirement| requirement.id.eq_ignore_ascii_case(id)).ok_or_else(|| {
            names::unknown("requirement", id, self.requirements().map(|requirement| requirement.id.as_str()))
        })
    }

    /// The scenarios that decide a requirement.
    pub fn scenarios_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Scenario> {
        self.scenarios.iter().filter(move |scenario| scenario.requirements.iter().any(|of| of == id))
    }

    /// The rule that a scenario was written for: that of the requirements that it decides.
    #[must_use]
    pub fn rule_of(&self, scenario: &Scenario) -> Rule {
        let steps = || scenario.requirements.iter().filter_map(|id| self.requirement(id).ok()).map(|of| &of.step);
        Rule { steps: steps().filter_map(|step| StepId::named(step)).collect(), named: steps().next().cloned() }
    }

    /// How many scenarios decide each requirement.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for id in self.scenarios.iter().flat_map(|scenario| &scenario.requirements) {
            *counts.entry(id.as_str()).or_default() += 1;
        }
        counts
    }

    /// All that is wrong with it, a sentence each.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut ids = BTreeSet::new();
        let counts = self.counts();
        for requirement in self.requirements() {
            let id = requirement.id.as_str();
            let tested = counts.contains_key(id);
            if !ids.insert(id) {
                problems.push(format!("{id} stands twice"));
            }
            match (requirement.is_adopted(), tested, &requirement.untested) {
                (true, false, None) => problems.push(format!("{id} has no scenario and no reason why not")),
                (true, true, Some(_)) => problems.push(format!("{id} has a scenario and a reason why it has none")),
                (false, true, _) => problems.push(format!("{id} is no rule and has a scenario")),
                _ => {}
            }
            let origin = requirement.origin.name();
            if requirement.origin.needs_reason() && requirement.why.is_none() {
                problems.push(format!("{id} is {origin} and has no `why`"));
            }
            match (requirement.origin, &requirement.into) {
                (Origin::Merged, None) => problems.push(format!("{id} is merged and has no `into`")),
                (Origin::Merged, Some(into)) if !self.adopted().any(|other| other.id == *into) => {
                    problems.push(format!("{id} is merged into {into}, which is no rule"));
                }
                (Origin::Adopted | Origin::Corrected | Origin::Refused | Origin::Added, Some(_)) => {
                    problems.push(format!("{id} is {origin} and has an `into`"));
                }
                (_, _) => {}
            }
        }
        problems.extend(dispute::problems(self));
        let mut titles = BTreeSet::new();
        let mut contents: BTreeMap<String, &str> = BTreeMap::new();
        let mut reference = Reference::new();
        for scenario in &self.scenarios {
            let title = scenario.title.as_str();
            if !titles.insert(title) {
                problems.push(format!("two scenarios have the title `{title}`"));
            }
            if let Some(other) = contents.insert(scenario.id(), title) {
                problems.push(format!("`{title}` and `{other}` are the same scenario"));
            }
            if scenario.requirements.is_empty() {
                problems.push(format!("`{title}` decides nothing"));
            }
            for id in scenario.requirements.iter().filter(|id| !ids.contains(id.as_str())) {
                problems.push(format!("`{title}`: {}", names::unknown("requirement", id, ids.iter().copied())));
            }
            if let Err(error) = reference.compile(scenario) {
                problems.push(format!("`{title}`: {error}"));
            }
        }
        for (id, scenario) in self.kept.iter() {
            if let Some(title) = contents.get(id) {
                problems.push(format!("{id} is kept, and is the same scenario as `{title}`"));
            }
            if !scenario.requirements.is_empty() {
                problems.push(format!("{id} is kept and decides a requirement: a scenario that does has a name"));
            }
            if let Err(error) = reference.compile(scenario) {
                problems.push(format!("kept {id}: {error}"));
            }
        }
        problems
    }
}
