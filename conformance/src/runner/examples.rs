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
const MOST_TRIED: usize = 4;

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

/// Reduces the example of each cause on the model that is bent by all causes, and keeps what the implementation deviates on for that cause.
pub(super) fn make_small(
    run: &mut reports::Run,
    capabilities: &[Capability],
    stage: &mut Stage<'_>,
    catalogue: &Catalogue,
) {
    let quirks: Vec<Option<Quirk>> = run.causes.iter().map(|cause| Quirk::named(&cause.id)).collect();
    let all: QuirkSet = quirks.iter().flatten().copied().collect();
    let reports::Run { causes, deviations, .. } = run;
    let candidates = causes.iter_mut().zip(quirks).filter_map(|(cause, quirk)| {
        let quirk = quirk?;
        Some((cause, quirk, behind(quirk, all, deviations, capabilities).into_iter()))
    });
    let mut open: Vec<_> = candidates.collect();
    let mut judge = Judge::new();
    for _ in 0..MOST_TRIED {
        let mut asked = Vec::new();
        for (place, (cause, quirk, behind)) in open.iter_mut().enumerate() {
            let small = behind.find_map(|deviation| Some((deviation, reduced(deviation, *quirk, all, capabilities)?)));
            if let Some((deviation, small)) = small {
                let title = cause.does.trim_end_matches('.').to_owned();
                asked.push(((place, deviation), Cow::Owned(Scenario { title, ..small })));
            }
        }
        if asked.is_empty() {
            return;
        }
        let mut done = vec![false; open.len()];
        stage.renew();
        stage.play_each(asked, |batch| {
            for ((place, deviation), scenario, answer) in batch {
                let (cause, quirk, _) = &mut open[place];
                let (Ok(trace), Ok(program)) = (answer, judge.reference().compile(&scenario)) else { continue };
                let Judgement::Deviates(departure) =
                    judge.judge(&scenario, &program, capabilities, &trace, &Rule::default())
                else {
                    continue;
                };
                let mut permits =
                    |quirks| judge.permits(quirks, &scenario, &program, capabilities, &departure.observed);
                if permits(all) && !permits(all.without(*quirk)) {
                    cause.should = diagnosis::should(*quirk, cause, &deviation.requirements, catalogue);
                    cause.example = Some((&record::deviation(catalogue, &scenario, *departure)).into());
                    done[place] = true;
                }
            }
        });
        let mut place = done.into_iter();
        open.retain(|_| place.next() == Some(false));
    }
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
