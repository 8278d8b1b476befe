//! The suite proves itself: every quirk is caught by a rule that it breaks.
//!
//! A quirk is caught by a scenario if the model bent by it gives a trace there that the specifications do not permit. The share of
//! quirks that are caught is the mutation score.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use bgfspec_model::{Quirk, QuirkSet};
use serde_json::Value as Json;

use crate::catalogue::Catalogue;
use crate::judge::Judge;
use crate::scenario::{Capability, Scenario};

/// What catches a quirk.
#[derive(Clone, Debug)]
pub struct Caught<'a> {
    /// The quirk.
    pub quirk: Quirk,
    /// The scenarios that deviate under it, in the order of the catalogue.
    pub scenarios: Vec<&'a Scenario>,
}

impl Caught<'_> {
    /// The requirements that these scenarios decide.
    #[must_use]
    pub fn requirements(&self) -> BTreeSet<&str> {
        self.scenarios.iter().flat_map(|scenario| &scenario.requirements).map(String::as_str).collect()
    }

    /// Whether it is caught by a requirement of an area whose rules it breaks.
    #[must_use]
    pub fn is_caught(&self) -> bool {
        let requirements = self.requirements();
        self.quirk.areas().any(|area| requirements.iter().any(|id| id.split('-').next() == Some(area)))
    }
}

/// What catches each quirk, with all that an implementation can show.
#[must_use]
pub fn score(catalogue: &Catalogue) -> Vec<Caught<'_>> {
    of(catalogue, Quirk::ALL.iter().copied().collect())
}

/// What catches a quirk.
#[must_use]
pub fn caught(catalogue: &Catalogue, quirk: Quirk) -> Caught<'_> {
    of(catalogue, quirk.into()).remove(0)
}

fn of(catalogue: &Catalogue, quirks: QuirkSet) -> Vec<Caught<'_>> {
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let mut judge = Judge::new();
    let mut all: Vec<Caught<'_>> = quirks.iter().map(|quirk| Caught { quirk, scenarios: Vec::new() }).collect();
    for scenario in &catalogue.scenarios {
        let Ok(program) = judge.reference().compile(scenario) else { continue };
        let plain = judge.plays(QuirkSet::NONE, &program, &capabilities);
        // Most scenarios don't come near a quirk.
        let asked = judge.asked();
        for caught in all.iter_mut().filter(|caught| asked.contains(caught.quirk)) {
            let bent = judge.plays(caught.quirk.into(), &program, &capabilities);
            let mut permits =
                |observed: Vec<Json>| judge.permits(QuirkSet::NONE, scenario, &program, &capabilities, &observed);
            if bent != plain && bent.observations().is_ok_and(|observed| !permits(observed)) {
                caught.scenarios.push(scenario);
            }
        }
    }
    all
}

/// So many requirements of a quirk are named in the page.
const MOST_NAMED: usize = 8;

/// The page that lists the quirks.
#[must_use]
pub fn page(score: &[Caught<'_>]) -> String {
    let caught = score.iter().filter(|caught| caught.is_caught()).count();
    let mut page = format!(
        "# Quirks\n\n<!-- Made by `cargo run --example mutation_score`; a test fails where it is not what the code makes of it. -->\n\n\
         Each bends the model at one step. The mutation score is {caught} of {} ({:.0} %): so many are caught, by a requirement of an \
         area whose rules they break.\n\n| quirk | what is done instead | step | scenarios | caught by |\n| --- | --- | --- | --- | --- |\n",
        score.len(),
        100.0 * caught as f64 / score.len().max(1) as f64,
    );
    for caught in score {
        let requirements = caught.requirements();
        // Those of the areas that it belongs to come first.
        let areas: Vec<&str> = caught.quirk.areas().collect();
        let is_own = |id: &&str| id.split('-').next().is_some_and(|area| areas.contains(&area));
        let own = requirements.iter().copied().filter(is_own);
        let named: Vec<&str> = own.chain(requirements.iter().copied().filter(|id| !is_own(id))).collect();
        let more = named.len().saturating_sub(MOST_NAMED);
        let named = named.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {named}{} |",
            caught.quirk.id(),
            caught.quirk.title(),
            caught.quirk.step_name(),
            caught.scenarios.len(),
            if more > 0 { format!(" and {more} more") } else { String::new() },
        );
    }
    page
}
