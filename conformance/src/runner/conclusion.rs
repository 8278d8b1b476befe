//! What a run comes to once all of it is there.

use bgfspec_model::Quirk;
use bgfspec_model::step::{Branch, Coverage, StepId};
use bgfspec_report as reports;

use super::diagnosis;
use crate::catalogue::Catalogue;
use crate::scenario::Scenario;

/// Adds what generated scenarios found to the deviations, and finds the causes of all. A generated deviation whose causes are all
/// known carries no news: it is counted where they are known.
///
/// It is the same for one run and for the shares of it put together.
pub(super) fn conclude(run: &mut reports::Run, conforming: &[&Scenario], catalogue: &Catalogue) {
    let named = run.deviations.len();
    let found: Vec<reports::Deviation> =
        run.sweeps_mut().flat_map(|generated| std::mem::take(&mut generated.found)).collect();
    found.into_iter().for_each(|deviation| add(&mut run.deviations, deviation));
    diagnosis::of_deviations(run, conforming, catalogue);
    block(run, catalogue);
    for deviation in run.deviations.split_off(named) {
        let Some(known) = known_by(&mut run.deviations, &deviation) else {
            run.deviations.push(deviation);
            continue;
        };
        known.occurrences += deviation.occurrences;
        let id = known.id.clone();
        let ways = run.sweeps_mut().flat_map(|generated| &mut generated.ways);
        ways.filter(|way| way.deviation.as_ref() == Some(&deviation.id))
            .for_each(|way| way.deviation = Some(id.clone()));
    }
}

/// The deviation that stands for one whose causes are all known: with the same causes, or else with the first of them.
fn known_by<'a>(
    deviations: &'a mut [reports::Deviation],
    deviation: &reports::Deviation,
) -> Option<&'a mut reports::Deviation> {
    let knows = |other: &reports::Deviation, quirk: &String| other.quirks.contains(quirk);
    if !deviation.quirks.iter().all(|quirk| deviations.iter().any(|other| knows(other, quirk))) {
        return None;
    }
    let first = deviation.quirks.first()?;
    let same = deviations.iter().position(|other| other.quirks == deviation.quirks);
    let place = same.or_else(|| deviations.iter().position(|other| knows(other, first)))?;
    Some(&mut deviations[place])
}

/// Tells requirements that can't be asked from those that deviate: where all that deviates lacks something that a cause says is missing,
/// the requirement is blocked, but for those that state its being there. Of each such cause one requirement deviates at least.
fn block(run: &mut reports::Run, catalogue: &Catalogue) {
    let quirks = run.causes.iter().filter_map(|cause| Some((cause, Quirk::named(&cause.id)?)));
    let absent: Vec<(&reports::Cause, Quirk)> = quirks.filter(|(_, quirk)| quirk.is_absence()).collect();
    let missing_in =
        |deviation: &reports::Deviation| absent.iter().position(|(cause, _)| deviation.quirks.contains(&cause.id));
    let blocks = |outcome: &reports::Outcome| {
        let mut missing = run.deviations_from(outcome).map(missing_in);
        missing.next()?.filter(|_| missing.all(|other| other.is_some()))
    };
    let by: Vec<Option<usize>> = run.requirements.iter().map(blocks).collect();
    let mut blocked = Vec::new();
    for (number, (cause, quirk)) in absent.iter().enumerate() {
        let places: Vec<usize> = (0..by.len()).filter(|place| by[*place] == Some(number)).collect();
        let states = |place: &usize| {
            let requirement = catalogue.requirement(&run.requirements[*place].id).ok();
            let algorithm = requirement.and_then(|requirement| requirement.step.rsplit_once('/'));
            algorithm.is_some_and(|(algorithm, _)| algorithm == quirk.step().algorithm())
        };
        let deviates = |place: &usize| match places.iter().any(states) {
            true => states(place),
            false => places.first() == Some(place),
        };
        blocked.extend(places.iter().filter(|place| !deviates(place)).map(|place| (*place, cause.does.clone())));
    }
    for (place, why) in blocked {
        let outcome = &mut run.requirements[place];
        (outcome.verdict, outcome.reason) = (reports::Verdict::Blocked, Some(why));
    }
}

/// Adds a deviation to others. One on the same scenario stands for both.
pub(super) fn add(deviations: &mut Vec<reports::Deviation>, deviation: reports::Deviation) {
    match deviations.iter_mut().find(|known| known.id == deviation.id) {
        Some(known) => known.occurrences += deviation.occurrences,
        None => deviations.push(deviation),
    }
}

/// The steps and branches that were taken, and those that were not.
pub(super) fn steps(taken: &Coverage) -> reports::Steps {
    let reachable = || StepId::all().filter(|step| bgfspec_model::status::without_code(*step).is_none());
    let missed: Vec<String> =
        reachable().filter(|step| !taken.contains(*step)).map(|step| step.name().to_owned()).collect();
    let reachable = reachable().count() as u32;
    let branches = Some(branches(taken));
    reports::Steps { taken: reachable - missed.len() as u32, reachable, missed, branches }
}

fn branches(taken: &Coverage) -> reports::Branches {
    let missed: Vec<String> =
        Branch::all().filter(|branch| !taken.contains_branch(*branch)).map(Branch::name).collect();
    let reachable = Branch::all().count() as u32;
    reports::Branches { taken: reachable - missed.len() as u32, reachable, missed }
}
