//! The scenario that shows a cause, as small as it gets.

use std::borrow::Cow;
use std::cmp::Reverse;

use bgfspec_model::{Quirk, QuirkSet};
use bgfspec_report as reports;

use super::player::Stage;
use super::{diagnosis, record};
use crate::adapter::Failure;
use crate::catalogue::Catalogue;
use crate::generation::reduction::{Reduction, Shown, minimal_under, shown, with_plain_names};
use crate::judge::{Departure, Judge, Judgement, Rule};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// So many deviations are tried for each cause.
const MOST_TRIED: usize = 6;

/// The deviations that a quirk has a part in, those that show it best first: it alone, then the shortest.
///
/// `all` are the quirks of the implementation.
pub(super) fn behind<'a>(
    quirk: Quirk,
    all: QuirkSet,
    deviations: &'a [reports::Deviation],
    capabilities: &[Capability],
) -> Vec<&'a reports::Deviation> {
    let mut judge = Judge::new();
    let mut behind: Vec<&reports::Deviation> =
        deviations.iter().filter(|deviation| deviation.quirks.iter().any(|id| id == quirk.id())).collect();
    behind.sort_by_cached_key(|deviation| {
        let scenario = serde_json::from_value(deviation.scenario.clone()).ok();
        let how = scenario.map(|scenario: Scenario| shown(&mut judge, quirk, all, &scenario, capabilities));
        // A scenario that was written for a rule says which rule is broken.
        (Reverse(how), deviation.quirks.len(), deviation.requirements.is_empty(), deviation.scenario.to_string().len())
    });
    behind
}

/// A deviation's scenario, reduced to what shows a cause.
struct Small<'a> {
    /// The place of the cause.
    cause: usize,
    quirk: Quirk,
    deviation: &'a reports::Deviation,
    scenario: Scenario,
}

/// Makes the example of each cause small: what shows it best and, of that, the shortest.
///
/// Scenarios are reduced on the model that is bent by all causes, and then played once on the implementation. A cause that none of these
/// shows there has its scenario reduced on the implementation.
pub(super) fn make_small(
    run: &mut reports::Run,
    capabilities: &[Capability],
    stage: &mut Stage<'_>,
    catalogue: &Catalogue,
) {
    let quirks: Vec<Option<Quirk>> = run.causes.iter().map(|cause| Quirk::named(&cause.id)).collect();
    let all: QuirkSet = quirks.iter().flatten().copied().collect();
    let reports::Run { causes, deviations, .. } = run;
    let mut proof = Proof { judge: Judge::new(), all, capabilities };
    let mut asked: Vec<Small<'_>> = Vec::new();
    let mut whole: Vec<Small<'_>> = Vec::new();
    for (cause, quirk) in quirks.into_iter().enumerate().filter_map(|(place, quirk)| Some((place, quirk?))) {
        let behind = behind(quirk, all, deviations, capabilities).into_iter();
        let reducible: Vec<Small<'_>> = behind
            .filter_map(|deviation| Some(Small { cause, quirk, deviation, scenario: reducible(deviation)? }))
            .take(MOST_TRIED)
            .collect();
        let small = reducible.iter().filter_map(|whole| {
            let scenario = minimal_under(quirk, all, &whole.scenario, capabilities)?;
            Some(Small { scenario, ..*whole })
        });
        let mut small: Vec<Small<'_>> = small.collect();
        small.sort_by_cached_key(|small| {
            let how = shown(&mut proof.judge, quirk, all, &small.scenario, capabilities);
            (Reverse(how), serde_json::to_string(&small.scenario).map_or(0, |text| text.len()))
        });
        small.dedup_by_key(|small| small.scenario.id());
        asked.extend(small);
        whole.extend(reducible.into_iter().next());
    }
    let mut is_done = vec![false; causes.len()];
    let mut show = |asked: Vec<Small<'_>>, proof: &mut Proof<'_>, stage: &mut Stage<'_>| {
        let scenarios: Vec<Scenario> = asked.iter().map(|small| small.scenario.clone()).collect();
        stage.play_each(asked.into_iter().zip(scenarios.into_iter().map(Cow::Owned)), |batch| {
            for (Small { cause, quirk, deviation, .. }, scenario, answer) in batch {
                if is_done[cause] {
                    continue;
                }
                let Some(departure) = proof.shows(quirk, &scenario, answer) else { continue };
                let should = diagnosis::should(quirk, &causes[cause], &deviation.requirements, catalogue);
                // A scenario is called by what is right in it.
                let title = should.trim_end_matches('.').to_owned();
                let scenario = Scenario { title, ..scenario.into_owned() };
                causes[cause].should = should;
                causes[cause].example = Some((&record::deviation(catalogue, &scenario, departure)).into());
                is_done[cause] = true;
            }
        });
        is_done.clone()
    };
    stage.renew();
    let is_done = show(asked, &mut proof, stage);
    whole.retain(|whole| !is_done[whole.cause]);
    let small = reduced_by_playing(whole, &mut proof, stage);
    stage.renew();
    show(small, &mut proof, stage);
}

/// Decides whether an answer of the implementation shows a cause.
struct Proof<'a> {
    judge: Judge,
    /// The quirks of the implementation.
    all: QuirkSet,
    capabilities: &'a [Capability],
}

impl Proof<'_> {
    /// How an implementation that gave this answer departs, if its quirks permit that and without this one would not.
    fn shows(&mut self, quirk: Quirk, scenario: &Scenario, answer: Result<Trace, Failure>) -> Option<Departure> {
        let Proof { judge, all, capabilities } = self;
        let program = judge.reference().compile(scenario).ok()?;
        let judgement = judge.judge(scenario, &program, capabilities, &answer.ok()?, &Rule::default());
        let Judgement::Deviates(departure) = judgement else { return None };
        let mut permits = |quirks| judge.permits(quirks, scenario, &program, capabilities, &departure.observed);
        (permits(*all) && !permits(all.without(quirk))).then_some(*departure)
    }
}

/// Reduces scenarios by playing them on the implementation. Each result shows its cause there, and on the bent model as well as before.
fn reduced_by_playing<'a>(mut whole: Vec<Small<'a>>, proof: &mut Proof<'_>, stage: &mut Stage<'_>) -> Vec<Small<'a>> {
    let how = |proof: &mut Proof<'_>, quirk, scenario: &Scenario| {
        shown(&mut proof.judge, quirk, proof.all, scenario, proof.capabilities)
    };
    let least: Vec<Shown> = whole.iter().map(|whole| how(proof, whole.quirk, &whole.scenario)).collect();
    let mut reductions: Vec<Reduction> = whole.iter().map(|whole| Reduction::new(whole.scenario.clone())).collect();
    let mut open: Vec<usize> = (0..whole.len()).collect();
    while !open.is_empty() {
        let mut offered = Vec::new();
        let mut still: Vec<Vec<bool>> = vec![Vec::new(); whole.len()];
        for &at in &open {
            for scenario in reductions[at].candidates(proof.judge.reference()) {
                if how(proof, whole[at].quirk, &scenario) >= least[at] {
                    offered.push(((at, still[at].len()), Cow::Owned(scenario)));
                }
                still[at].push(false);
            }
        }
        let played = stage.play_each(offered, |batch| {
            for ((at, place), scenario, answer) in batch {
                still[at][place] = proof.shows(whole[at].quirk, &scenario, answer).is_some();
            }
        });
        if played.is_none() {
            break;
        }
        open.retain(|at| reductions[*at].take(&still[*at]));
    }
    for (whole, reduction) in whole.iter_mut().zip(&reductions) {
        whole.scenario = Scenario { requirements: Vec::new(), ..with_plain_names(reduction.best()) };
    }
    whole
}

/// The scenario of a deviation, where it can be reduced.
fn reducible(deviation: &reports::Deviation) -> Option<Scenario> {
    let scenario: Scenario = serde_json::from_value(deviation.scenario.clone()).ok()?;
    // A click takes its time, and is evidence of the scenario that it was made for.
    let clicks = scenario.capabilities().contains(&Capability::RealClick);
    (!clicks && !scenario.compares_times()).then_some(scenario)
}
