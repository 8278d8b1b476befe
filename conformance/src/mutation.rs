//! The suite proves itself: every quirk is caught by a rule that it breaks, and every rule catches a quirk.
//!
//! A quirk is caught by a scenario if the model bent by it gives a trace there that the specifications do not permit. The share of
//! quirks that are caught is the mutation score. A requirement is proven if it catches a quirk that belongs to its area: one that
//! breaks it only because everything else breaks too says nothing of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use bgfspec_model::quirk::Departure;
use bgfspec_model::{Quirk, QuirkSet, status};
pub use bgfspec_report::MutationScore;

use crate::catalogue::{Catalogue, Requirement};
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
        requirements.iter().any(|id| self.is_own(id))
    }

    /// Whether a requirement is of an area whose rules the quirk breaks.
    fn is_own(&self, id: &str) -> bool {
        self.quirk.areas().any(|area| id.split('-').next() == Some(area))
    }
}

/// A requirement that can be tested, with the quirks of its area that it catches.
#[derive(Clone, Debug)]
pub struct Proof<'a> {
    /// The requirement.
    pub requirement: &'a Requirement,
    /// The quirks, those that break the fewest other requirements first.
    pub quirks: Vec<Quirk>,
}

/// What each requirement that can be tested catches.
#[must_use]
pub fn proofs<'a>(catalogue: &'a Catalogue, score: &[Caught<'_>]) -> Vec<Proof<'a>> {
    let mut sorted: Vec<(&Caught<'_>, BTreeSet<&str>)> =
        score.iter().map(|caught| (caught, caught.requirements())).collect();
    sorted.sort_by_key(|(_, requirements)| requirements.len());
    let testable = catalogue.adopted().filter(|requirement| requirement.untested.is_none());
    let proof = |requirement: &'a Requirement| {
        let id = requirement.id.as_str();
        let catches =
            |(caught, requirements): &&(&Caught<'_>, BTreeSet<&str>)| caught.is_own(id) && requirements.contains(id);
        Proof { requirement, quirks: sorted.iter().filter(catches).map(|(caught, _)| caught.quirk).collect() }
    };
    testable.map(proof).collect()
}

/// What the report tells of all this.
#[must_use]
pub fn summary(score: &[Caught<'_>], proofs: &[Proof<'_>]) -> MutationScore {
    MutationScore {
        quirks: score.len() as u32,
        caught: score.iter().filter(|caught| caught.is_caught()).count() as u32,
        requirements: proofs.len() as u32,
        proven: proofs.iter().filter(|proof| !proof.quirks.is_empty()).count() as u32,
    }
}

/// The same as it was when `cargo dev mutation-score` last ran, which a test holds fresh.
///
/// # Panics
/// Panics when the file is broken, which a test excludes.
#[must_use]
pub fn known() -> MutationScore {
    serde_json::from_str(include_str!("../catalogue/mutation_score.json")).expect("a test reads it too")
}

/// What catches each quirk, with all that an implementation can show.
#[must_use]
pub fn score(catalogue: &Catalogue) -> Vec<Caught<'_>> {
    of(catalogue, Quirk::with_names().collect())
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
        // Most scenarios don't meet a quirk.
        let met = judge.met();
        for caught in all.iter_mut().filter(|caught| met.contains(caught.quirk)) {
            if judge.breaks(caught.quirk.into(), scenario, &program, &capabilities, &plain) {
                caught.scenarios.push(scenario);
            }
        }
    }
    all
}

/// A derived quirk with what catches it.
#[derive(Clone, Copy, Debug)]
pub struct Derived<'a> {
    /// The quirk.
    pub quirk: Quirk,
    /// A scenario of the catalogue that deviates under it.
    pub caught_by: Option<&'a Scenario>,
}

/// What catches each derived quirk. There is one for each effect, which it skips, and two for each condition, which always holds under one and
/// never under the other. A quirk under which the model doesn't end is caught.
///
/// Most are caught in a scenario's first run, the one that always takes the first alternative. The others get all runs: a bent user agent chooses
/// too, and some quirks show only where it chooses otherwise.
#[must_use]
pub fn derived(catalogue: &Catalogue) -> Vec<Derived<'_>> {
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let mut judge = Judge::new();
    let derived = Quirk::all().filter(|quirk| quirk.departure() != Departure::Written);
    let mut all: Vec<Derived<'_>> = derived.map(|quirk| Derived { quirk, caught_by: None }).collect();
    let mut with_choices = Vec::new();
    for scenario in &catalogue.scenarios {
        let Ok(program) = judge.reference().compile(scenario) else { continue };
        let plain = judge.plays(QuirkSet::NONE, &program, &capabilities);
        let met = judge.met();
        for derived in all.iter_mut().filter(|derived| derived.caught_by.is_none() && met.contains(derived.quirk)) {
            if judge.breaks(derived.quirk.into(), scenario, &program, &capabilities, &plain) {
                derived.caught_by = Some(scenario);
            }
        }
        if judge.has_choices(&program, &capabilities) {
            with_choices.push((scenario, program));
        }
    }
    for (scenario, program) in &with_choices {
        for derived in all.iter_mut().filter(|derived| derived.caught_by.is_none()) {
            if judge.breaks_in_any_run(derived.quirk.into(), scenario, program, &capabilities) {
                derived.caught_by = Some(scenario);
            }
        }
    }
    all
}

/// The derived quirks that no scenario catches, by their ids, each with the reason why no script and no page can tell. The reasons for
/// steps that are never reached and branches that are never taken are those of [`status`]; `survivors.json` has the others.
#[must_use]
pub fn survivors() -> BTreeMap<String, String> {
    written_reasons().into_iter().chain(reasons_of_status()).collect()
}

/// The reasons in `survivors.json`.
///
/// # Panics
/// Panics when the file is broken, which a test excludes.
#[must_use]
pub fn written_reasons() -> BTreeMap<String, String> {
    serde_json::from_str(include_str!("../catalogue/survivors.json")).expect("a test reads it too")
}

/// The reasons that follow from [`status`]. A derived quirk changes nothing where its step is never reached. It changes nothing either if it
/// decides a condition as the condition is always decided anyway, or skips the effect of a condition that never holds.
#[must_use]
pub fn reasons_of_status() -> BTreeMap<String, String> {
    let reason = |quirk: Quirk| {
        let step = quirk.step_name();
        let without = match quirk.departure() {
            Departure::Skip | Departure::Never => format!("{step} holds"),
            Departure::Always => format!("{step} does not hold"),
            Departure::Written => return None,
        };
        let listed = |(name, _): &&(&str, &str)| *name == step || *name == without;
        let (_, why) = status::UNREACHED.iter().chain(status::UNTAKEN).find(listed)?;
        Some((quirk.id().to_owned(), (*why).to_owned()))
    };
    Quirk::all().filter_map(reason).collect()
}

/// How many derived quirks are caught, of those that somebody could see: all but those that [`survivors`] has a reason for.
#[must_use]
pub fn derived_score(derived: &[Derived<'_>]) -> (usize, usize) {
    let unseen = survivors();
    let caught = derived.iter().filter(|derived| derived.caught_by.is_some()).count();
    let visible =
        derived.iter().filter(|derived| derived.caught_by.is_some() || !unseen.contains_key(derived.quirk.id()));
    (caught, visible.count())
}

/// The quirks of its area that a requirement catches.
#[must_use]
pub fn proof(catalogue: &Catalogue, requirement: &Requirement) -> Vec<Quirk> {
    let mut judge = Judge::new();
    let scenarios: Vec<&Scenario> = catalogue.scenarios_of(&requirement.id).collect();
    let of_area = Quirk::with_names().filter(|quirk| quirk.areas().any(|area| area == requirement.area()));
    of_area.filter(|quirk| scenarios.iter().any(|scenario| deviates(&mut judge, *quirk, scenario))).collect()
}

/// Whether the model with a quirk deviates on a scenario.
fn deviates(judge: &mut Judge, quirk: Quirk, scenario: &Scenario) -> bool {
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let Ok(program) = judge.reference().compile(scenario) else { return false };
    let plain = judge.plays(QuirkSet::NONE, &program, &capabilities);
    judge.breaks(quirk.into(), scenario, &program, &capabilities, &plain)
}

/// Where departures like a quirk were reported to the public trackers of implementations, of today's versions or earlier ones.
///
/// # Panics
/// Panics when the file is broken, which a test excludes.
#[must_use]
pub fn links() -> BTreeMap<String, Vec<String>> {
    serde_json::from_str(include_str!("../catalogue/quirk_links.json")).expect("a test reads it too")
}

/// So many requirements of a quirk, or quirks of a requirement, are named in the page.
const MOST_NAMED: usize = 8;
const MOST_QUIRKS: usize = 3;

/// The page that lists the quirks, and what each requirement catches.
#[must_use]
pub fn page(score: &[Caught<'_>], proofs: &[Proof<'_>], derived: &[Derived<'_>]) -> String {
    let MutationScore { quirks, caught, requirements, proven } = summary(score, proofs);
    let mut page = format!(
        "# Quirks\n\n<!-- Made by `cargo dev mutation-score`; a test fails where it is not what the code makes of it. -->\n\n\
         Each bends the model at one step. The catalogue catches {caught} of {quirks} ({:.0} %), each by a requirement of an area whose \
         rules it breaks. Of the {requirements} requirements that can be tested {proven} catch a quirk of their own area; \
         [below](#requirements) stands which.\n\n\
         | quirk | what is done instead | step | scenarios | caught by |\n| --- | --- | --- | --- | --- |\n",
        // Rounded down: 100 % means all.
        (100.0 * f64::from(caught) / f64::from(quirks.max(1))).floor(),
    );
    for caught in score {
        let requirements = caught.requirements();
        // Those of the areas that it belongs to come first.
        let own = requirements.iter().copied().filter(|id| caught.is_own(id));
        let named: Vec<&str> = own.chain(requirements.iter().copied().filter(|id| !caught.is_own(id))).collect();
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} |",
            caught.quirk.id(),
            caught.quirk.title(),
            caught.quirk.step_name(),
            caught.scenarios.len(),
            some_of(&named, MOST_NAMED),
        );
    }
    derived_section(&mut page, derived);
    page.push_str(
        "\n## Reported\n\nTo the public trackers of implementations, of today's versions or earlier ones.\n\n",
    );
    page.push_str("| quirk | reports |\n| --- | --- |\n");
    for (id, links) in links() {
        let _ = writeln!(
            page,
            "| {id} | {} |",
            links.iter().map(|link| format!("<{link}>")).collect::<Vec<_>>().join(", ")
        );
    }
    page.push_str("\n## Requirements\n\n| requirement | catches |\n| --- | --- |\n");
    for proof in proofs {
        let named: Vec<&str> = proof.quirks.iter().map(|quirk| quirk.id()).collect();
        let _ = writeln!(page, "| {} | {} |", proof.requirement.id, some_of(&named, MOST_QUIRKS));
    }
    page
}

/// Derived quirks: the score, and those that no scenario catches.
fn derived_section(page: &mut String, derived: &[Derived<'_>]) {
    let (caught, visible) = derived_score(derived);
    let _ = write!(
        page,
        "\n## Derived quirks\n\nThe list of steps gives {} quirks: one skips each effect, and for each condition one lets it always hold \
         and one never. A quirk is caught if a scenario deviates in one of its runs. A script or a page could tell {visible} of them from the \
         specification; {caught} of these are caught ({:.0} %). No scenario catches the following:\n\n\
         | derived quirk | what is done instead | why nobody can see it |\n| --- | --- | --- |\n",
        derived.len(),
        (100.0 * caught as f64 / visible.max(1) as f64).floor(),
    );
    let reasons = survivors();
    for survivor in derived.iter().filter(|derived| derived.caught_by.is_none()) {
        let (id, title) = (survivor.quirk.id(), survivor.quirk.title());
        let why = reasons.get(id).map_or("no reason is given", String::as_str);
        let _ = writeln!(page, "| {id} | {title} | {why} |");
    }
}

fn some_of(named: &[&str], most: usize) -> String {
    let more = named.len().saturating_sub(most);
    let few = named.iter().take(most).copied().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{few} and {more} more") } else { few }
}
