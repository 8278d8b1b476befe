//! What changed between two reports.
//!
//! Verdicts are compared, none is decided. A regression is what a gate must not let through: a requirement that conformed and
//! does not any more, one that was decided and is not any more, a further scenario that deviates, a lost capability, fewer
//! scenarios, an implementation that is gone. The last three hide what they no longer test, so they count like the first.

mod markdown;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::{Cause, Level, Outcome, Report, Run, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

/// What stands for the requirement that generated scenarios have not.
const GENERATED: &str = "generated";

/// What changed between two reports.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// Whether anything is worse than before.
    pub regressed: bool,
    /// Whether both reports are whole and there was something to compare. If not, that nothing is worse says nothing.
    pub conclusive: bool,
    /// What to know before believing the rest, as sentences.
    pub remarks: Vec<String>,
    /// One entry for each implementation and scope of either report, in the order of the new one.
    pub implementations: Vec<Change>,
}

/// What changed in one implementation.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// Its scope.
    pub scope: String,
    /// Its version in the old report, if it is there.
    pub old_version: Option<String>,
    /// Its version in the new report, if it is there.
    pub new_version: Option<String>,
    /// What is worse, as sentences, other than what a requirement says.
    pub losses: Vec<String>,
    /// The requirements that are worse.
    pub regressions: Vec<Moved>,
    /// The requirements that are better.
    pub fixes: Vec<Moved>,
    /// The requirements that are neither: undecided before, or decided by other scenarios.
    pub others: Vec<Moved>,
    /// The capabilities that it has now.
    pub gained: Vec<String>,
    /// The quirks that are not behind as many deviations as before.
    pub quirks: Vec<QuirkChange>,
    /// How many scenarios were judged, before and now.
    pub scenarios: (u64, u64),
    /// How many deviating scenarios no quirk explains, before and now.
    pub unexplained: (u64, u64),
}

/// A requirement that is not as it was.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Moved {
    /// Its id, or `generated`.
    pub requirement: String,
    /// The rule.
    pub statement: String,
    /// The verdict in the old report; none where it says nothing of it.
    pub old: Option<Verdict>,
    /// The verdict in the new report; none where it says nothing of it.
    pub new: Option<Verdict>,
    /// The ids of the deviations that only the new report has.
    pub appeared: Vec<String>,
    /// The ids of the deviations that only the old report has.
    pub disappeared: Vec<String>,
}

/// A quirk that is not behind as many deviations as before.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct QuirkChange {
    /// Its id.
    pub id: String,
    /// What the implementation does.
    pub title: String,
    /// How many scenarios it explained; 0 if it is new.
    pub old: u64,
    /// How many scenarios it explains; 0 if it is gone.
    pub new: u64,
}

/// Compares two reports, the older first.
#[must_use]
pub fn difference(old: &Report, new: &Report) -> Difference {
    let mut left: Vec<&Run> = old.runs.iter().collect();
    let is_same = |one: &Run, other: &Run| {
        let [one, other] = [one, other].map(|run| &run.implementation);
        (&one.name, &one.scope) == (&other.name, &other.scope)
    };
    let mut pairs: Vec<(Option<&Run>, &Run)> = new.runs.iter().map(|run| (None, run)).collect();
    // Where a report has several versions of one, equal versions belong together, and then whoever is left.
    for by_version in [true, false] {
        for (before, now) in pairs.iter_mut().filter(|(before, _)| before.is_none()) {
            let version = |run: &Run| run.implementation.version == now.implementation.version;
            if let Some(at) = left.iter().position(|run| is_same(run, now) && (!by_version || version(run))) {
                *before = Some(left.remove(at));
            }
        }
    }
    let statements: BTreeMap<&str, &str> = [old, new]
        .into_iter()
        .flat_map(|report| &report.catalogue)
        .map(|requirement| (&*requirement.id, &*requirement.statement))
        .collect();
    let comparison =
        Comparison { statements, same_named: same_named(old, new), same_generated: same_generated(old, new) };
    let compared = pairs.iter().map(|(before, now)| match before {
        Some(before) => comparison.change(before, now),
        None => arrived(now),
    });
    let implementations: Vec<Change> = compared.chain(left.iter().map(|run| gone(run, new))).collect();
    let something = implementations.iter().any(|one| one.old_version.is_some() && one.new_version.is_some());
    Difference {
        regressed: implementations.iter().any(Change::is_worse),
        conclusive: old.is_complete() && new.is_complete() && something,
        remarks: remarks(old, new, something),
        implementations,
    }
}

impl Change {
    /// Whether it is worse than before.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        !self.losses.is_empty() || !self.regressions.is_empty()
    }

    /// Whether nothing is to be said of it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let lists = [&self.regressions, &self.fixes, &self.others];
        !self.is_worse()
            && lists.iter().all(|list| list.is_empty())
            && self.gained.is_empty()
            && self.quirks.is_empty()
            && self.old_version == self.new_version
            && self.scenarios.0 == self.scenarios.1
            && self.unexplained.0 == self.unexplained.1
    }

    /// Who it is: name, scope, and the version or both of them.
    #[must_use]
    pub fn label(&self) -> String {
        let version = match (&self.old_version, &self.new_version) {
            (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
            (Some(version), _) | (None, Some(version)) => version.clone(),
            (None, None) => String::new(),
        };
        let parts = [self.name.clone(), version].into_iter().filter(|part| !part.is_empty());
        let scope = if self.scope.is_empty() { String::new() } else { format!(" ({})", self.scope) };
        parts.collect::<Vec<_>>().join(" ") + &scope
    }
}

struct Comparison<'a> {
    statements: BTreeMap<&'a str, &'a str>,
    /// Whether a named scenario that only one report tells of deviates only there.
    same_named: bool,
    /// The same of generated ones.
    same_generated: bool,
}

enum Direction {
    Worse,
    Better,
    Neither,
}

impl Comparison<'_> {
    fn change(&self, old: &Run, new: &Run) -> Change {
        let mut change = Change {
            old_version: Some(old.implementation.version.clone()),
            quirks: quirks(&old.causes, &new.causes),
            scenarios: (old.scenarios, new.scenarios),
            unexplained: (old.unexplained, new.unexplained),
            ..arrived(new)
        };
        let capabilities = |run: &Run| run.implementation.capabilities.iter().cloned().collect::<BTreeSet<String>>();
        let (before, now) = (capabilities(old), capabilities(new));
        change.losses.extend(before.difference(&now).map(|lost| format!("lost the capability {lost}")));
        change.gained = now.difference(&before).cloned().collect();
        if new.scenarios < old.scenarios {
            change.losses.push(format!("judged on fewer scenarios: {} instead of {}", new.scenarios, old.scenarios));
        }
        let (old, new) = (outcomes(old), outcomes(new));
        let (before, now) = (by_id(&old), by_id(&new));
        let only_before = old.iter().map(|outcome| &*outcome.id).filter(|id| !now.contains_key(id));
        for id in new.iter().map(|outcome| &*outcome.id).chain(only_before) {
            let Some((direction, moved)) = self.moved(id, before.get(id).copied(), now.get(id).copied()) else {
                continue;
            };
            match direction {
                Direction::Worse => change.regressions.push(moved),
                Direction::Better => change.fixes.push(moved),
                Direction::Neither => change.others.push(moved),
            }
        }
        change
    }

    fn moved(&self, id: &str, old: Option<&Outcome>, new: Option<&Outcome>) -> Option<(Direction, Moved)> {
        let same_scenarios = if id == GENERATED { self.same_generated } else { self.same_named };
        let deviations = |outcome: Option<&Outcome>| -> BTreeSet<String> {
            outcome.into_iter().flat_map(|outcome| outcome.deviations.iter().cloned()).collect()
        };
        let (before, now) = (deviations(old), deviations(new));
        let moved = Moved {
            requirement: id.to_owned(),
            statement: self.statements.get(id).copied().unwrap_or_default().to_owned(),
            old: old.map(|outcome| outcome.verdict),
            new: new.map(|outcome| outcome.verdict),
            appeared: now.difference(&before).cloned().collect(),
            disappeared: before.difference(&now).cloned().collect(),
        };
        let direction = match (moved.old, moved.new) {
            (Some(Verdict::Conforms), Some(Verdict::Conforms)) => return None,
            (Some(Verdict::Deviates), Some(Verdict::Deviates)) => {
                match (moved.appeared.is_empty(), moved.disappeared.is_empty()) {
                    (true, true) => return None,
                    _ if !same_scenarios => Direction::Neither,
                    (true, false) => Direction::Better,
                    (false, _) => Direction::Worse,
                }
            }
            // Other scenarios were drawn.
            (Some(Verdict::Conforms | Verdict::Deviates), Some(_)) if id == GENERATED && !same_scenarios => {
                Direction::Neither
            }
            (Some(Verdict::Deviates | Verdict::Blocked), Some(Verdict::Conforms)) => Direction::Better,
            // What is missing deviates as well: it is said in another place.
            (Some(Verdict::Deviates), Some(Verdict::Blocked)) => Direction::Neither,
            // It was decided, and is not any more, or against it.
            (Some(Verdict::Conforms | Verdict::Deviates), _) => Direction::Worse,
            (
                Some(Verdict::Blocked | Verdict::NotApplicable | Verdict::Inconclusive | Verdict::Untested) | None,
                now,
            ) => {
                if moved.old == now || now.is_none() {
                    return None;
                }
                Direction::Neither
            }
        };
        Some((direction, moved))
    }
}

/// The outcomes of a run, and as one more what came of generated scenarios, where there were any.
fn outcomes(run: &Run) -> Vec<Outcome> {
    let mut outcomes = run.requirements.clone();
    if run.sweeps().next().is_some() {
        let deviating = run.sweeps().any(|generated| generated.deviating > 0);
        outcomes.push(Outcome {
            id: GENERATED.to_owned(),
            level: Level::Must,
            verdict: if deviating { Verdict::Deviates } else { Verdict::Conforms },
            scenarios: run.sweeps().map(|generated| generated.played).sum(),
            deviations: run.generated_deviations().into_iter().map(|deviation| deviation.id.clone()).collect(),
            reason: None,
        });
    }
    outcomes
}

fn by_id(outcomes: &[Outcome]) -> BTreeMap<&str, &Outcome> {
    outcomes.iter().map(|outcome| (&*outcome.id, outcome)).collect()
}

/// An implementation that only the new report has.
fn arrived(run: &Run) -> Change {
    Change {
        name: run.implementation.name.clone(),
        scope: run.implementation.scope.clone(),
        old_version: None,
        new_version: Some(run.implementation.version.clone()),
        losses: Vec::new(),
        regressions: Vec::new(),
        fixes: Vec::new(),
        others: Vec::new(),
        gained: Vec::new(),
        quirks: Vec::new(),
        scenarios: (0, run.scenarios),
        unexplained: (0, run.unexplained),
    }
}

/// An implementation that only the old report has.
fn gone(run: &Run, new: &Report) -> Change {
    let missing = new.missing.iter().find(|missing| missing.name == run.implementation.name);
    let why = missing.map(|missing| format!(": {}", missing.reason)).unwrap_or_default();
    Change {
        old_version: Some(run.implementation.version.clone()),
        new_version: None,
        losses: vec![format!("is not in the new report{why}")],
        scenarios: (run.scenarios, 0),
        unexplained: (run.unexplained, 0),
        ..arrived(run)
    }
}

fn quirks(old: &[Cause], new: &[Cause]) -> Vec<QuirkChange> {
    let of = |causes: &[Cause], id: &str| causes.iter().find(|quirk| quirk.id == id).map_or(0, |quirk| quirk.scenarios);
    let mut seen = BTreeSet::new();
    let all = new.iter().chain(old).filter(|quirk| seen.insert(quirk.id.clone()));
    all.map(|quirk| QuirkChange {
        id: quirk.id.clone(),
        title: quirk.does.clone(),
        old: of(old, &quirk.id),
        new: of(new, &quirk.id),
    })
    .filter(|change| change.old != change.new)
    .collect()
}

/// Whether the same named scenarios were asked for.
fn same_named(old: &Report, new: &Report) -> bool {
    let asked = |report: &Report| {
        let selection = report.selection.clone();
        (selection.filter, selection.capability, selection.shard)
    };
    asked(old) == asked(new)
}

/// Whether the same scenarios were generated.
fn same_generated(old: &Report, new: &Report) -> bool {
    (old.seed, &old.selection) == (new.seed, &new.selection)
}

fn remarks(old: &Report, new: &Report, something: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    for (report, which) in [(old, "old"), (new, "new")] {
        if !report.is_complete() {
            remarks.push(format!("The {which} report is incomplete: not everything was run and judged."));
        }
    }
    if !something {
        remarks.push("No implementation is in both reports: nothing was compared.".to_owned());
    }
    if (&old.bgfspec, &old.specs) != (&new.bgfspec, &new.specs) || old.catalogue != new.catalogue {
        remarks.push(
            "The reports come from different suites, specifications or selections: what changed may be those."
                .to_owned(),
        );
    }
    if !same_named(old, new) || !same_generated(old, new) {
        remarks.push("Not the same scenarios were asked for: what deviates on others is no worse.".to_owned());
    }
    remarks
}
