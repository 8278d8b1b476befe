//! The scenario that shows a cause, as small as it gets.

use std::borrow::Cow;

use bgfspec_model::Quirk;
use bgfspec_report as reports;

use super::player::Stage;
use super::record;
use crate::catalogue::Catalogue;
use crate::generation::reduction::minimal_under;
use crate::judge::{Judge, Judgement, Rule};
use crate::scenario::{Capability, Scenario};

/// Reduces the example of each cause on the model that is bent by it, and keeps what the implementation deviates on for that cause.
pub(super) fn make_small(
    run: &mut reports::Run,
    capabilities: &[Capability],
    stage: &mut Stage<'_>,
    catalogue: &Catalogue,
) {
    let mut small: Vec<(usize, Quirk, Scenario)> = Vec::new();
    for (place, cause) in run.causes.iter().enumerate() {
        let example = cause.example.as_ref().and_then(|example| serde_json::from_value(example.scenario.clone()).ok());
        // A click takes its time, and is evidence of the scenario that it was made for.
        let clicks = |scenario: &Scenario| scenario.capabilities().contains(&Capability::RealClick);
        if let (Some(quirk), Some(scenario)) = (Quirk::named(&cause.id), example)
            && !clicks(&scenario)
            && let Some(smaller) = minimal_under(quirk.into(), &scenario, capabilities)
        {
            small.push((place, quirk, Scenario { title: cause.does.trim_end_matches('.').to_owned(), ..smaller }));
        }
    }
    let mut judge = Judge::new();
    let asked = small.into_iter().map(|(place, quirk, scenario)| ((place, quirk), Cow::Owned(scenario)));
    stage.renew();
    stage.play_each(asked, |batch| {
        for ((place, quirk), scenario, answer) in batch {
            let (Ok(trace), Ok(program)) = (answer, judge.reference().compile(&scenario)) else { continue };
            let Judgement::Deviates(departure) =
                judge.judge(&scenario, &program, capabilities, &trace, &Rule::default())
            else {
                continue;
            };
            if judge.permits(quirk.into(), &scenario, &program, capabilities, &departure.observed) {
                run.causes[place].example = Some((&record::deviation(catalogue, &scenario, *departure)).into());
            }
        }
    });
}
