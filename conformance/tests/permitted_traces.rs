//! Pins what the model permits for every scenario of the catalogue. Read a change of these files as a change of the
//! suite's verdicts. They judge no vendor.

use std::fmt::Write as _;

use bgfspec::catalogue::Catalogue;
use bgfspec::reference::{Reference, View};
use bgfspec::scenario::Scenario;
use bgfspec::trace::Trace;
use bgfspec_report::trace::observation_line;

/// So many runs are tried for a scenario; what they give is pinned.
const MOST_RUNS: usize = 64;

#[test]
fn permitted_traces_of_the_catalogue() {
    let catalogue = Catalogue::load();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for area in &catalogue.areas {
            let of_area = |scenario: &&Scenario| {
                scenario.requirements.first().is_some_and(|id| id.split('-').next() == Some(area.code.as_str()))
            };
            let text: String = catalogue.scenarios.iter().filter(of_area).map(permitted).collect();
            insta::assert_snapshot!(format!("permitted_traces_{}", area.code), text);
        }
    });
}

fn permitted(scenario: &Scenario) -> String {
    let mut reference = Reference::new();
    let program = reference.compile(scenario).unwrap_or_else(|error| panic!("{}: {error}", scenario.title));
    let traces = reference.permitted(&program, View { reported: true, unhandled: true }, MOST_RUNS);
    let mut text = format!("# {} ({})\n", scenario.title, scenario.requirements.join(", "));
    for (index, trace) in traces.iter().enumerate() {
        if index > 0 {
            text.push_str("or\n");
        }
        for observation in Trace(trace.clone()).observations().expect("the model gives traces") {
            let _ = writeln!(text, "  {}", observation_line(&observation));
        }
    }
    text.push('\n');
    text
}
