//! The scenario that shows a cause, as small as it gets.

use std::borrow::Cow;
use std::cmp::Reverse;

use bgfspec_model::{Quirk, QuirkSet};
use bgfspec_report as reports;

use super::player::Stage;
use super::{diagnosis, record};
use crate::catalogue::Catalogue;
use crate::generation::reduction::{minimal_under, shown};
use crate::judge::{Judge, Judgement, Rule};
use crate::scenario::{Capability, Scenario};

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

/// Reduces scenarios for each cause on the model that is bent by all causes, and keeps the best that the implementation deviates on for that
/// cause: one that shows it best, and of these the shortest.
pub(super) fn make_small(
    run: &mut reports::Run,
    capabilities: &[Capability],
    stage: &mut Stage<'_>,
    catalogue: &Catalogue,
) {
    let quirks: Vec<Option<Quirk>> = run.causes.iter().map(|cause| Quirk::named(&cause.id)).collect();
    let all: QuirkSet = quirks.iter().flatten().copied().collect();
    let reports::Run { causes, deviations, .. } = run;
    let mut judge = Judge::new();
    let mut asked: Vec<Small<'_>> = Vec::new();
    for (cause, quirk) in quirks.into_iter().enumerate().filter_map(|(place, quirk)| Some((place, quirk?))) {
        let behind = behind(quirk, all, deviations, capabilities).into_iter();
        let small = behind.take(MOST_TRIED).filter_map(|deviation| {
            let scenario = reduced(deviation, quirk, all, capabilities)?;
            Some(Small { cause, quirk, deviation, scenario })
        });
        let mut small: Vec<Small<'_>> = small.collect();
        small.sort_by_cached_key(|small| {
            let how = shown(&mut judge, quirk, all, &small.scenario, capabilities);
            (Reverse(how), serde_json::to_string(&small.scenario).map_or(0, |text| text.len()))
        });
        small.dedup_by_key(|small| small.scenario.id());
        asked.extend(small);
    }
    let mut is_done = vec![false; causes.len()];
    stage.renew();
    let scenarios: Vec<Scenario> = asked.iter().map(|small| small.scenario.clone()).collect();
    stage.play_each(asked.into_iter().zip(scenarios.into_iter().map(Cow::Owned)), |batch| {
        for (Small { cause, quirk, deviation, .. }, scenario, answer) in batch {
            let (false, Ok(trace), Ok(program)) = (is_done[cause], answer, judge.reference().compile(&scenario)) else {
                continue;
            };
            let Judgement::Deviates(departure) =
                judge.judge(&scenario, &program, capabilities, &trace, &Rule::default())
            else {
                continue;
            };
            let mut permits = |quirks| judge.permits(quirks, &scenario, &program, capabilities, &departure.observed);
            if permits(all) && !permits(all.without(quirk)) {
                let should = diagnosis::should(quirk, &causes[cause], &deviation.requirements, catalogue);
                // A scenario is called by what is right in it.
                let title = should.trim_end_matches('.').to_owned();
                let scenario = Scenario { title, ..scenario.into_owned() };
                causes[cause].should = should;
                causes[cause].example = Some((&record::deviation(catalogue, &scenario, *departure)).into());
                is_done[cause] = true;
            }
        }
    });
}

/// The scenario of a deviation, reduced to what shows a quirk; none where it is not to be reduced.
fn reduced(
    deviation: &reports::Deviation,
    quirk: Quirk,
    all: QuirkSet,
    capabilities: &[Capability],
) -> Option<Scenario> {
    let scenario: Scenario = serde_json::from_value(deviation.scenario.clone()).ok()?;
    // A click takes its time, and is evidence of the scenario that it was made for.
    let clicks = scenario.capabilities().contains(&Capability::RealClick);
    if clicks { None } else { minimal_under(quirk, all, &scenario, capabilities) }
}
