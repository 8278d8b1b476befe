//! Step coverage: what the default run does not take is listed with a reason, and nothing else is.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bgfspec::adapter::Adapter;
use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::catalogue::Catalogue;
use bgfspec::runner::{self, Options, Silent};
use bgfspec::steps;
use bgfspec_model::status::{UNREACHED, UNTAKEN};
use bgfspec_model::step::StepId;

#[test]
fn the_default_run_takes_all_steps_and_branches_but_those_that_are_listed_with_a_reason() {
    let start = Box::new(|| Ok(Box::new(ReferenceAdapter::default()) as Box<dyn Adapter>));
    let options = Options::default();
    let run = runner::run(start, &Catalogue::load(), &options, &Arc::new(AtomicBool::new(false)), &mut Silent)
        .expect("the reference can be judged");
    let listed: Vec<&str> = UNREACHED.iter().map(|(step, _)| *step).collect();
    assert_eq!(run.steps.missed, listed, "give a step a scenario, or a reason in spec-model/src/status.rs");
    assert!(run.steps.taken * 100 >= run.steps.reachable * 95, "{} of {}", run.steps.taken, run.steps.reachable);
    let branches = run.steps.branches.expect("it tells of branches");
    let listed: Vec<&str> = UNTAKEN.iter().map(|(branch, _)| *branch).collect();
    assert_eq!(branches.missed, listed, "give a branch a scenario, or a reason in spec-model/src/status.rs");
    assert_eq!(branches.taken as usize + listed.len(), branches.reachable as usize);
    assert!(UNREACHED.iter().chain(UNTAKEN).all(|(_, why)| why.ends_with('.')));
}

#[test]
fn the_table_of_steps_tells_how_many_scenarios_take_each_and_why_none_does() {
    let counts = steps::of_catalogue(&Catalogue::load());
    let table = steps::table(&counts);
    let often = |(step, scenarios): &(StepId, usize)| step.name() == "dom/inner invoke/2.14" && *scenarios > 500;
    assert!(counts.steps.iter().any(often));
    assert!(counts.branches.iter().any(|(branch, scenarios)| branch.name() == "dom/invoke/6 holds" && *scenarios > 5));
    assert!(table.contains("     0  dom/invoke/11.3 Only a trusted animation"), "{table}");
    assert!(table.contains("           0  holds Only a trusted animation"), "{table}");
    let json = steps::json(&counts);
    let step = json.iter().find(|step| step["step"] == "dom/invoke/11.3").expect("it is there");
    assert_eq!((&step["scenarios"], json.len()), (&0.into(), counts.steps.len()));
}
