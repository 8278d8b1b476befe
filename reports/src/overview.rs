//! What every renderer counts: requirements by area, verdicts by kind, and the sentence at the end.
//!
//! Nothing here decides a verdict. Where the report has none for a requirement, it counts as untested.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::printable::count;
use bgfspec_report::{MutationScore, Outcome, Report, Requirement, Run, Suspect, SuspectScenario, Verdict};

/// What stands above the suspects.
pub(crate) const SUSPECT: &str = "Suspect: specification or model";

/// What a suspicion means and what to do about it.
pub(crate) const SUSPECT_MEANING: &str = "All implementations that could be tested on these deviate, and in the same \
    way. Specification or model may be at fault rather than all of them: read the text again before believing either.";

/// With more runs than this a page tells less of each, so that all can be taken in at once.
const FEW: usize = 4;

/// Whether there are so many runs that each is told of in short.
pub(crate) fn are_many(report: &Report) -> bool {
    report.runs.len() > FEW
}

/// How strong the suite is, as a sentence, where the report says it.
pub(crate) fn strength(report: &Report) -> Option<String> {
    let MutationScore { quirks, caught, requirements, proven } = report.mutation_score?;
    Some(format!(
        "The suite itself: {caught} of {quirks} bent models are caught by its default run, and {proven} of {requirements} \
         requirements that can be tested catch one that breaks rules of their area."
    ))
}

/// Something suspect, as a sentence or two.
pub(crate) enum Doubt<'a> {
    Rule(&'a Suspect, Option<&'a Requirement>),
    Scenario(&'a SuspectScenario),
}

/// All that is suspect: requirements first.
pub(crate) fn doubted(report: &Report) -> Vec<Doubt<'_>> {
    let known = |id: &str| report.catalogue.iter().find(|requirement| requirement.id == id);
    let rules = report.suspects.iter().map(|suspect| Doubt::Rule(suspect, known(&suspect.requirement)));
    rules.chain(report.suspect_scenarios.iter().map(Doubt::Scenario)).collect()
}

/// A group of requirements.
pub(crate) struct Area<'a> {
    pub(crate) code: &'a str,
    pub(crate) title: &'a str,
    pub(crate) rules: Vec<Rule<'a>>,
}

/// A requirement as a report knows it: a run may name one that the catalogue lacks.
pub(crate) struct Rule<'a> {
    pub(crate) id: &'a str,
    pub(crate) requirement: Option<&'a Requirement>,
}

impl Rule<'_> {
    pub(crate) fn statement(&self) -> &str {
        self.requirement.map_or("This requirement is not in the report's catalogue.", |known| &known.statement)
    }
}

/// The areas in the order of the catalogue, then those of requirements that only a run names.
pub(crate) fn areas(report: &Report) -> Vec<Area<'_>> {
    let mut areas: Vec<Area<'_>> = Vec::new();
    let mut add = |code, title, rule| match areas.iter_mut().find(|area| area.code == code) {
        Some(area) => area.rules.push(rule),
        None => areas.push(Area { code, title, rules: vec![rule] }),
    };
    let mut known = BTreeSet::new();
    for requirement in &report.catalogue {
        if known.insert(requirement.id.as_str()) {
            let rule = Rule { id: &requirement.id, requirement: Some(requirement) };
            add(&requirement.area, &requirement.area_title, rule);
        }
    }
    for outcome in report.runs.iter().flat_map(|run| &run.requirements) {
        if known.insert(outcome.id.as_str()) {
            let code = outcome.id.split_once('-').map_or("", |(code, _)| code);
            add(code, "Not in the catalogue", Rule { id: &outcome.id, requirement: None });
        }
    }
    areas
}

/// The outcomes of one run, by requirement.
pub(crate) struct Outcomes<'a> {
    by_id: BTreeMap<&'a str, &'a Outcome>,
    complete: bool,
}

impl<'a> Outcomes<'a> {
    pub(crate) fn of(run: &'a Run, report: &Report) -> Self {
        let by_id = run.requirements.iter().map(|outcome| (outcome.id.as_str(), outcome)).collect();
        Self { by_id, complete: run.complete && report.complete }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&'a Outcome> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn tally(&self, area: &Area<'_>) -> Tally {
        let mut tally = Tally { complete: self.complete, ..Tally::default() };
        for rule in &area.rules {
            match self.get(rule.id).map_or(Verdict::Untested, |outcome| outcome.verdict) {
                Verdict::Conforms => tally.conforms += 1,
                Verdict::Deviates => tally.deviates += 1,
                Verdict::Blocked => tally.blocked += 1,
                Verdict::NotApplicable => tally.not_applicable += 1,
                Verdict::Inconclusive => tally.inconclusive += 1,
                Verdict::Untested => tally.untested += 1,
            }
        }
        tally
    }

    pub(crate) fn total(&self, areas: &[Area<'_>]) -> Tally {
        let start = Tally { complete: self.complete, ..Tally::default() };
        areas.iter().map(|area| self.tally(area)).fold(start, Tally::and)
    }
}

/// How many requirements got which verdict.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) conforms: u64,
    pub(crate) deviates: u64,
    pub(crate) blocked: u64,
    pub(crate) not_applicable: u64,
    pub(crate) inconclusive: u64,
    pub(crate) untested: u64,
    complete: bool,
}

/// How a group of requirements looks at a glance.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Pass,
    Fail,
    Unclear,
    Nothing,
}

impl Tally {
    /// How many got this verdict.
    pub(crate) fn of(self, verdict: Verdict) -> u64 {
        match verdict {
            Verdict::Conforms => self.conforms,
            Verdict::Deviates => self.deviates,
            Verdict::Blocked => self.blocked,
            Verdict::NotApplicable => self.not_applicable,
            Verdict::Inconclusive => self.inconclusive,
            Verdict::Untested => self.untested,
        }
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            conforms: self.conforms + other.conforms,
            deviates: self.deviates + other.deviates,
            blocked: self.blocked + other.blocked,
            not_applicable: self.not_applicable + other.not_applicable,
            inconclusive: self.inconclusive + other.inconclusive,
            untested: self.untested + other.untested,
            complete: self.complete && other.complete,
        }
    }

    /// Those that the implementation could be tested on; the others are neither passed nor failed.
    pub(crate) fn testable(self) -> u64 {
        self.conforms + self.deviates + self.inconclusive
    }

    pub(crate) fn standing(self) -> Standing {
        if self.deviates > 0 {
            Standing::Fail
        } else if self.testable() == 0 {
            Standing::Nothing
        } else if self.inconclusive > 0 || !self.complete {
            Standing::Unclear
        } else {
            Standing::Pass
        }
    }

    /// A sign, so that colour is never needed, and how many conform of those that could be tested.
    pub(crate) fn cell(self) -> String {
        let share = format!("{}/{}", self.conforms, self.testable());
        let so_far = if self.complete { "" } else { " so far" };
        match self.standing() {
            Standing::Pass => format!("✓ {share}"),
            Standing::Fail => format!("✗ {share}{so_far}"),
            Standing::Unclear => format!("? {share}{so_far}"),
            Standing::Nothing if self.blocked > 0 => "⊘ blocked".to_owned(),
            Standing::Nothing if self.not_applicable > 0 => "– not applicable".to_owned(),
            Standing::Nothing => "– untested".to_owned(),
        }
    }

    /// The same where there is no room for words.
    pub(crate) fn short_cell(self) -> String {
        if self.standing() == Standing::Nothing { "–".to_owned() } else { self.cell() }
    }
}

/// The report in one sentence.
pub(crate) struct Conclusion {
    pub(crate) standing: Standing,
    pub(crate) sentence: String,
}

pub(crate) fn conclusion(report: &Report) -> Conclusion {
    let deviating: Vec<&Run> = report.runs.iter().filter(|run| run.deviates()).collect();
    let surprising = deviating.iter().filter(|run| run.surprises()).count();
    let broken = report.broken_expectations().count() as u64;
    let doubts = doubts(report);
    let implementations = count(report.runs.len() as u64, "implementation", "implementations");
    let (standing, sentence) = if report.runs.iter().all(|run| run.scenarios == 0) && deviating.is_empty() {
        (Standing::Nothing, "Nothing was run: this is not a pass.".to_owned())
    } else if !deviating.is_empty() {
        let outcomes = deviating.iter().flat_map(|run| &run.requirements);
        let rules: BTreeSet<&str> =
            outcomes.filter(|outcome| outcome.verdict == Verdict::Deviates).map(|outcome| &*outcome.id).collect();
        let rules = count(rules.len() as u64, "requirement", "requirements");
        let verb = if deviating.len() == 1 { "deviates" } else { "deviate" };
        let also = if doubts.is_empty() { String::new() } else { format!(" Also, {}.", doubts.join("; ")) };
        let deviate = format!("{} of {implementations} {verb}, from {rules} in all.", deviating.len());
        match (surprising, &report.expectations) {
            (_, None) => (Standing::Fail, format!("{deviate}{also}")),
            (0, Some(_)) if broken == 0 && doubts.is_empty() => {
                (Standing::Pass, format!("{deviate} All of it was expected."))
            }
            (0, Some(_)) if broken == 0 => (
                Standing::Unclear,
                format!("{deviate} All of it was expected, but this is not a pass: {}.", doubts.join("; ")),
            ),
            (0, Some(_)) => {
                (Standing::Fail, format!("{deviate} All of it was expected, but {}.{also}", broken_in_words(broken)))
            }
            (some, Some(_)) => {
                let broken = if broken == 0 { String::new() } else { format!(" Also, {}.", broken_in_words(broken)) };
                let whom = count(some as u64, "implementation", "implementations");
                (Standing::Fail, format!("{deviate} Not all of it was expected, in {whom}.{broken}{also}"))
            }
        }
    } else if broken > 0 {
        (Standing::Fail, format!("Nothing deviates, but {}.", broken_in_words(broken)))
    } else if !doubts.is_empty() {
        (Standing::Unclear, format!("No deviation was seen, but this is not a pass: {}.", doubts.join("; ")))
    } else {
        (Standing::Pass, format!("Every requirement that was tested conforms, in {implementations}."))
    };
    Conclusion { standing, sentence }
}

fn broken_in_words(broken: u64) -> String {
    count(broken, "expectation is", "expectations are") + " stale or expired"
}

/// What keeps a report without deviations from being a pass.
fn doubts(report: &Report) -> Vec<String> {
    let mut doubts = Vec::new();
    if !report.is_complete() {
        doubts.push("the report is incomplete".to_owned());
    }
    let same = |run: &Run, other: &Run| run.implementation.name == other.implementation.name;
    let untested = |run: &&Run| report.runs.iter().filter(|other| same(run, other)).all(|other| tested(other) == 0);
    for run in report.runs.iter().filter(untested) {
        doubts.push(format!("{} was not tested on anything", run.implementation.label()));
    }
    let failures: usize = report.runs.iter().map(|run| run.failures.len()).sum();
    if failures > 0 {
        doubts.push(count(failures as u64, "failure kept", "failures kept") + " scenarios from being judged");
    }
    let outcomes = report.runs.iter().flat_map(|run| &run.requirements);
    let inconclusive = outcomes.filter(|outcome| outcome.verdict == Verdict::Inconclusive).count();
    if inconclusive > 0 {
        doubts.push(count(inconclusive as u64, "verdict is", "verdicts are") + " inconclusive");
    }
    let varied = report.runs.iter().filter(|run| !run.is_verified()).count();
    if varied > 0 {
        let whom = count(varied as u64, "implementation was", "implementations were");
        doubts.push(format!("{whom} not the same when played again"));
    }
    for vendor in report.missing.iter().filter(|vendor| vendor.asked_for) {
        doubts.push(format!("{} was asked for and is missing", vendor.name));
    }
    doubts
}

fn tested(run: &Run) -> usize {
    if run.scenarios == 0 {
        return 0;
    }
    let is_tested =
        |outcome: &&Outcome| !matches!(outcome.verdict, Verdict::Blocked | Verdict::NotApplicable | Verdict::Untested);
    run.requirements.iter().filter(is_tested).count()
}

/// How much of what deviates the causes of a run explain, as a sentence; nothing where nothing deviates.
pub(crate) fn diagnosis(run: &Run) -> Option<String> {
    let explained: u64 = run.deviations.iter().filter(|one| !one.quirks.is_empty()).map(|one| one.occurrences).sum();
    let all = explained + run.unexplained;
    if all == 0 {
        return None;
    }
    let deviating = count(all, "deviating scenario", "deviating scenarios");
    if run.causes.is_empty() {
        return Some(format!("No known cause explains anything of {deviating}."));
    }
    let (causes, explain) =
        (count(run.causes.len() as u64, "cause", "causes"), if run.causes.len() == 1 { "explains" } else { "explain" });
    Some(match run.unexplained {
        0 => format!("{causes} {explain} all of {deviating}."),
        1 => format!("{causes} {explain} {explained} of {deviating}; 1 is unexplained."),
        more => format!("{causes} {explain} {explained} of {deviating}; {more} are unexplained."),
    })
}
