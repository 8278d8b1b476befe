//! Scripts, run outside of the suite.

use std::collections::BTreeSet;

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export;
use bgfspec::scenario::Capability;
use bgfspec_report::{Report, Run};
use bgfspec_reports::export::{Export, script};

use super::Test;
use super::command::bgfspec;
use super::hosts::Host;

pub(crate) const TESTS: &[Test] = &[
    Test { name: "all_scripts_say_of_node_what_the_judge_says", needs: &["node"], test: all_scripts_agree_on_node },
    Test {
        name: "a_script_fails_on_node_which_deviates_and_passes_on_bun_which_conforms",
        needs: &["node", "bun"],
        test: || fails_and_passes("node", "bun"),
    },
    Test {
        name: "a_script_fails_on_bun_which_deviates_and_passes_on_node_which_conforms",
        needs: &["node", "bun"],
        test: || fails_and_passes("bun", "node"),
    },
    Test {
        name: "a_script_fails_on_deno_which_deviates_and_passes_on_node_which_conforms",
        needs: &["node", "deno"],
        test: || fails_and_passes("deno", "node"),
    },
    Test {
        name: "a_script_fails_on_jsdom_which_deviates_and_passes_on_happy_dom_which_conforms",
        needs: &["jsdom", "happy-dom"],
        test: || fails_and_passes("jsdom", "happy-dom"),
    },
    Test {
        name: "a_script_fails_on_happy_dom_which_deviates_and_passes_on_jsdom_which_conforms",
        needs: &["jsdom", "happy-dom"],
        test: || fails_and_passes("happy-dom", "jsdom"),
    },
    Test {
        name: "a_script_fails_on_event_target_shim_which_deviates_and_passes_on_bun_which_conforms",
        needs: &["event-target-shim", "bun"],
        test: || fails_and_passes("event-target-shim", "bun"),
    },
    Test {
        name: "a_script_says_that_it_is_not_applicable_where_something_is_not_there",
        needs: &["node"],
        test: not_applicable_where_something_is_not_there,
    },
];

/// Every scenario that a script can decide.
pub(crate) fn all() -> Vec<(Export, String)> {
    let catalogue = Catalogue::load();
    let facts =
        catalogue.scenarios.iter().map(|scenario| export(&catalogue, scenario).expect("the catalogue is played"));
    facts.filter_map(|facts| script(&facts).ok().map(|text| (facts, text))).collect()
}

fn all_scripts_agree_on_node() {
    let report = bgfspec(&["run", "--vendor", "node", "--format", "json"]).stdout;
    let report: Report = serde_json::from_slice(&report).expect("a report");
    let [run] = report.runs.as_slice() else { panic!("it was not judged: {:?}", report.missing) };
    let scripts = all();
    assert!(scripts.len() > 800, "{} scripts", scripts.len());
    let texts: Vec<&str> = scripts.iter().map(|(_, text)| text.as_str()).collect();
    let said = Host::named("node").expect("it is here").run_all(&texts);
    let wrong: Vec<String> = scripts
        .iter()
        .zip(said)
        .filter_map(|((facts, _), said)| {
            let judged = verdict(run, facts)?;
            (said != judged).then(|| format!("{}: {said}, not {judged}: {}", facts.id, facts.title()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What an exported file should say; nothing where the suite itself could not tell.
pub(crate) fn verdict(run: &Run, facts: &Export) -> Option<&'static str> {
    if run.failures.iter().any(|failure| failure.title == facts.title()) {
        return None;
    }
    let there: BTreeSet<&str> = run.implementation.capabilities.iter().map(String::as_str).collect();
    Some(if !facts.capabilities.iter().all(|capability| there.contains(capability.as_str())) {
        "NOT APPLICABLE"
    } else if run.deviations.iter().any(|deviation| deviation.id == facts.id) {
        "FAIL"
    } else {
        "PASS"
    })
}

/// What is published of the fleet.
pub(crate) fn published() -> Report {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../reports/published/report.json");
    let report = std::fs::read_to_string(published).expect("the published report");
    let mut report: Report = serde_json::from_str(&report).expect("a report");
    // A report from before a capability was told from the others says nothing of it.
    let known: BTreeSet<String> =
        report.runs.iter().flat_map(|run| &run.implementation.capabilities).cloned().collect();
    let new = Capability::ALL.into_iter().map(Capability::name).filter(|name| !known.contains(name));
    let new: Vec<String> = new.collect();
    report.runs.iter_mut().for_each(|run| run.implementation.capabilities.extend(new.iter().cloned()));
    report
}

/// Runs a script on one who deviates and on one who conforms, by what is published of both.
#[track_caller]
fn fails_and_passes(deviates: &str, conforms: &str) {
    let report = published();
    let run = |name: &str| report.runs.iter().find(|run| run.implementation.name == name).expect("it is published");
    let (theirs, others) = (run(deviates), run(conforms));
    let is_one = |facts: &Export| verdict(theirs, facts) == Some("FAIL") && verdict(others, facts) == Some("PASS");
    let (facts, text) = all().into_iter().find(|(facts, _)| is_one(facts)).expect("they differ");
    for (name, verdict, status) in [(deviates, "FAIL", 1), (conforms, "PASS", 0)] {
        let host = Host::named(name).expect("it is here");
        assert_eq!(host.run_all(&[&text]), [verdict], "{} on {name}", facts.id);
        if host.judges_package() {
            continue;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("script.js");
        std::fs::write(&file, &text).expect("the script can be written");
        let (ended, printed) = host.run(&file);
        assert!(
            ended == Some(status) && printed.ends_with(&format!("{verdict}\n")),
            "{} {ended:?}\n{printed}",
            facts.id
        );
        assert!(printed.contains("expected: ") && printed.contains("observed: "), "it says what differs:\n{printed}");
    }
}

fn not_applicable_where_something_is_not_there() {
    let (_, text) =
        all().into_iter().find(|(facts, _)| facts.capabilities.iter().any(|one| one == "tree")).expect("one");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("script.js");
    std::fs::write(&file, text).expect("the script can be written");
    let (status, printed) = Host::named("node").expect("it is here").run(&file);
    assert!(status == Some(3) && printed.ends_with("NOT APPLICABLE\n"), "{status:?}\n{printed}");
}
