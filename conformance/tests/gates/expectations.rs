//! `bgfspec run --expectations` and `bgfspec expect`.

use bgfspec::scenario::Scenario;
use bgfspec_report::{Report, Standing};
use rstest::rstest;

use crate::support::{Done, Folder, bgfspec, faulty_agent, filtered};

const FILTER: &str = "ADD-00";

/// Judges an agent that is called `faulty`, in scope `faulty`, with these expectations, each on a line from line 2 on.
fn judged(fault: &str, filter: &str, entries: &[String]) -> (Done, Report) {
    let (_, culprit) = filtered(FILTER);
    let folder = Folder::new();
    let list = folder.file("list.json", format!("{{ \"expectations\": [\n{}\n] }}\n", entries.join(",\n")));
    let agent = faulty_agent(fault, &culprit, None);
    let done =
        bgfspec(&["run", "--command", &agent, "--filter", filter, "--expectations", &list, "--out", folder.text()]);
    let report = std::fs::read_to_string(folder.path().join("report.json")).unwrap_or_default();
    (done, serde_json::from_str(&report).expect("There is a report."))
}

/// An entry for the agent.
fn entry(rest: &str) -> String {
    format!("{{ \"implementation\": \"faulty\", \"reason\": \"It is made so.\", {rest} }}")
}

/// The requirements that the agent with the fault `wrong` deviates from, an entry each.
fn by_requirement(culprit: &Scenario) -> Vec<String> {
    culprit.requirements.iter().map(|id| entry(&format!("\"requirement\": \"{id}\""))).collect()
}

#[track_caller]
fn standings(report: &Report) -> Vec<Standing> {
    report.expectations.iter().flat_map(|all| &all.entries).map(|entry| entry.standing).collect()
}

#[test]
fn what_is_expected_passes_and_the_report_says_by_which_entry() {
    let (_, culprit) = filtered(FILTER);
    for entries in [by_requirement(&culprit), vec![entry(&format!("\"deviation\": \"{}\"", culprit.id()))]] {
        let (done, report) = judged("wrong", FILTER, &entries);
        assert_eq!(done.status, Some(0), "{}", done.shown());
        assert!(done.stdout.contains("All of it was expected."), "{}", done.stdout);
        let lines: Vec<u64> = (2..2 + entries.len() as u64).collect();
        assert_eq!(report.runs[0].deviations[0].expected_by, lines);
        assert!(standings(&report).iter().all(|standing| *standing == Standing::Met));
    }
}

#[test]
fn what_is_new_fails() {
    let (done, report) = judged("wrong", FILTER, &[]);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    assert!(report.runs[0].deviations[0].expected_by.is_empty());
    assert!(done.stdout.contains("Not all of it was expected"), "{}", done.stdout);
}

#[test]
fn what_is_expected_of_another_version_or_scope_excuses_nobody_and_is_not_stale() {
    let (_, culprit) = filtered(FILTER);
    for other in ["\"version\": \"fault\", \"scope\": \"window\"", "\"version\": \"2\"", "\"scope\": \"window\""] {
        let other = entry(&format!("{other}, \"requirement\": \"{}\"", culprit.requirements[0]));
        let (done, report) = judged("wrong", FILTER, std::slice::from_ref(&other));
        assert_eq!(done.status, Some(1), "{}", done.shown());
        let (done, _) = judged("none", FILTER, &[other]);
        assert_eq!(done.status, Some(0), "{}", done.shown());
        assert!(done.stdout.contains("Of 1 entry this run can't tell."), "{}", done.stdout);
        assert_eq!(standings(&report), [Standing::NotJudged]);
    }
    let known = "{ \"implementation\": \"webkit\", \"requirement\": \"ADD-001\", \"reason\": \"r\" }".to_owned();
    assert_eq!(judged("none", FILTER, &[known]).0.status, Some(0), "A vendor that was not judged is not stale.");
}

#[test]
fn what_does_not_occur_any_more_fails_and_names_its_line() {
    let (_, culprit) = filtered(FILTER);
    let gone = format!("\"deviation\": \"{}\"", culprit.id());
    for what in [format!("\"requirement\": \"{}\"", culprit.requirements[0]), gone] {
        let (done, report) = judged("none", FILTER, &[entry("\"quirk\": \"duplicates-kept\""), entry(&what)]);
        assert_eq!(done.status, Some(1), "{}", done.shown());
        assert!(
            done.stdout.contains("list.json:3: it does not occur (any more): take the entry away"),
            "{}",
            done.stdout
        );
        assert_eq!(standings(&report), [Standing::NotJudged, Standing::Stale], "A filter may hide a quirk.");
    }
}

#[test]
fn what_a_filter_leaves_out_is_not_stale() {
    let (_, culprit) = filtered(FILTER);
    let deviation = entry(&format!("\"deviation\": \"{}\"", culprit.id()));
    let (done, report) = judged("none", "ADD-01", &[entry("\"requirement\": \"DSP-001\""), deviation]);
    assert_eq!(done.status, Some(0), "{}", done.shown());
    assert_eq!(standings(&report), [Standing::NotJudged, Standing::NotJudged]);
}

#[test]
fn what_has_expired_fails_and_excuses_nothing() {
    let (_, culprit) = filtered(FILTER);
    let with = |day: &str| {
        let one = |id: &String| entry(&format!("\"requirement\": \"{id}\", \"expires\": \"{day}\""));
        judged("wrong", FILTER, &culprit.requirements.iter().map(one).collect::<Vec<_>>())
    };
    let (done, report) = with("2026-01-31");
    assert_eq!(done.status, Some(1), "{}", done.shown());
    assert!(done.stdout.contains("list.json:2: expired after 2026-01-31"), "{}", done.stdout);
    assert_eq!(standings(&report)[0], Standing::Expired);
    assert!(report.runs[0].deviations[0].expected_by.is_empty());
    assert_eq!(with("9999-12-31").0.status, Some(0));
}

#[test]
fn a_name_that_nobody_has_fails_and_names_its_line() {
    let unknown = "{ \"implementation\": \"fauty\", \"requirement\": \"ADD-001\", \"reason\": \"r\" }".to_owned();
    let (done, _) = judged("none", FILTER, &[unknown]);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    assert!(
        done.stdout.contains("list.json:2: unknown implementation `fauty`; did you mean `faulty`?"),
        "{}",
        done.stdout
    );
}

#[test]
fn an_agent_that_fails_is_not_excused_by_expectations() {
    let (_, culprit) = filtered(FILTER);
    let (done, report) = judged("no-trace", FILTER, &by_requirement(&culprit));
    assert_eq!(done.status, Some(3), "{}", done.shown());
    assert!(standings(&report).iter().all(|standing| *standing == Standing::NotJudged), "Who can't tell is not stale.");
}

#[rstest]
#[case::no_json("expect the worst", &["list.json:1:", "not an expectation"])]
#[case::cut_off("{ \"expectations\": [\n", &["list.json:2:", "EOF"])]
#[case::a_list("[]", &["list.json:1:"])]
#[case::unknown_member("{ \"expectations\": [\n\n{ \"implementation\": \"x\",\n\"reson\": \"r\" }] }", &["list.json:4:", "`reson`", "`reason`"])]
#[case::no_reason("{ \"expectations\": [\n{ \"implementation\": \"x\", \"requirement\": \"ADD-001\" }] }", &["list.json:2:", "missing field `reason`"])]
#[case::empty_reason("{ \"expectations\": [\n\n{ \"implementation\": \"x\", \"requirement\": \"ADD-001\", \"reason\": \" \" }] }", &["list.json:3:", "no reason"])]
#[case::nobody("{ \"expectations\": [\n{ \"implementation\": \"\", \"requirement\": \"ADD-001\", \"reason\": \"r\" }] }", &["list.json:2:", "nobody"])]
#[case::nothing("{ \"expectations\": [\n{ \"implementation\": \"x\", \"reason\": \"r\" }] }", &["list.json:2:", "exactly one of"])]
#[case::two_things("{ \"expectations\": [\n{ \"implementation\": \"x\", \"requirement\": \"ADD-001\", \"quirk\": \"duplicates-kept\", \"reason\": \"r\" }] }", &["list.json:2:", "exactly one of"])]
#[case::unknown_requirement("{ \"expectations\": [\n{ \"implementation\": \"x\", \"requirement\": \"ADD-0001\", \"reason\": \"r\" }] }", &["list.json:2:", "`ADD-0001`", "`ADD-001`"])]
#[case::unknown_quirk("{ \"expectations\": [\n{ \"implementation\": \"x\", \"quirk\": \"duplicate-kept\", \"reason\": \"r\" }] }", &["list.json:2:", "`duplicate-kept`", "`duplicates-kept`"])]
#[case::no_id("{ \"expectations\": [\n{ \"implementation\": \"x\", \"deviation\": \"0123\", \"reason\": \"r\" }] }", &["list.json:2:", "`0123`", "12 hexadecimal digits"])]
#[case::no_link("{ \"expectations\": [\n{ \"implementation\": \"x\", \"requirement\": \"ADD-001\", \"reason\": \"r\", \"link\": \"javascript:x\" }] }", &["list.json:2:", "`javascript:x`", "https://"])]
#[case::no_day("{ \"expectations\": [\n{ \"implementation\": \"x\", \"requirement\": \"ADD-001\", \"reason\": \"r\", \"expires\": \"2027-02-30\" }] }", &["list.json:2:", "`2027-02-30`", "2027-01-31"])]
#[case::twice("{ \"expectations\": [\n{ \"implementation\": \"x\", \"requirement\": \"ADD-001\", \"reason\": \"r\" },\n{ \"implementation\": \"x\", \"requirement\": \"ADD-001\", \"reason\": \"s\" }] }", &["list.json:3:", "line 2"])]
fn a_file_that_is_wrong_is_refused_with_its_line(#[case] content: &str, #[case] texts: &[&str]) {
    let folder = Folder::new();
    let list = folder.file("list.json", content);
    bgfspec(&["run", "--vendor", "reference", "--filter", FILTER, "--expectations", &list]).refuses(2, texts);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    bgfspec(&["run", "--vendor", "reference", "--expectations", "/no/such/list.json"])
        .refuses(2, &["/no/such/list.json"]);
}

#[test]
fn a_first_file_from_a_run_expects_just_what_the_run_saw() {
    // Quirks explain the one, and nothing the other.
    let agent = faulty_agent("wrong", &filtered(FILTER).1, None);
    let run = |folder: &Folder, more: &[&str]| {
        let arguments = ["run", "--vendor", "llrt", "--command", &agent, "--filter", "ADD-", "--out", folder.text()];
        bgfspec(&[&arguments, more].concat())
    };
    let folder = Folder::new();
    assert_eq!(run(&folder, &[]).status, Some(1));
    let first = bgfspec(&["expect", &format!("{}/report.json", folder.text())]);
    assert_eq!(first.status, Some(0), "{}", first.shown());
    let list: serde_json::Value = serde_json::from_str(&first.stdout).expect("It is JSON.");
    let schema = serde_json::from_str(&bgfspec(&["schema", "expectations"]).stdout).expect("The schema is JSON.");
    jsonschema::validate(&schema, &list).expect("The file is as its schema says.");
    let entries = list["expectations"].as_array().expect("There are entries.");
    assert!(entries.iter().any(|entry| entry.get("quirk").is_some()), "{list:#}");
    assert!(entries.iter().any(|entry| entry.get("requirement").is_some()), "{list:#}");
    let written = folder.file("first.json", &first.stdout);
    let done = run(&folder, &["--expectations", &written]);
    assert_eq!(done.status, Some(0), "{}", done.shown());
    assert!(standings(&folder.report()).iter().all(|standing| *standing == Standing::Met));
    // A requirement that is expected may excuse what a quirk explains, but not the other way round.
    let is_rule = |at: &usize| entries[*at].get("requirement").is_some();
    for dropped in (0..entries.len()).filter(is_rule) {
        let mut less = list.clone();
        less["expectations"].as_array_mut().expect("There are entries.").remove(dropped);
        let less = folder.file("less.json", less.to_string());
        let done = run(&folder, &["--expectations", &less]);
        assert_eq!(done.status, Some(1), "Without {}: {}", entries[dropped], done.shown());
    }
    let mut rules = list.clone();
    rules["expectations"].as_array_mut().expect("There are entries.").retain(|entry| entry.get("quirk").is_none());
    let rules = folder.file("rules.json", rules.to_string());
    assert_eq!(
        run(&folder, &["--expectations", &rules]).status,
        Some(1),
        "Quirks explain something that is no rule's."
    );
}

#[test]
fn a_quirk_that_a_whole_run_does_not_show_is_stale() {
    let folder = Folder::new();
    let quirk = |implementation: &str| {
        format!("{{ \"implementation\": \"{implementation}\", \"quirk\": \"duplicates-kept\", \"reason\": \"r\" }}")
    };
    let list =
        folder.file("list.json", format!("{{ \"expectations\": [\n{},\n{} ] }}", quirk("reference"), quirk("node")));
    let done = bgfspec(&["run", "--vendor", "reference", "--expectations", &list]);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    assert!(done.stdout.contains("list.json:2: it does not occur"), "{}", done.stdout);
    assert!(!done.stdout.contains("list.json:3"), "{}", done.stdout);
}

#[test]
fn shares_can_not_tell_what_is_stale_and_all_of_them_together_can() {
    let (_, culprit) = filtered(FILTER);
    let folder = Folder::new();
    let list = |entries: &[String]| format!("{{ \"expectations\": [\n{}\n] }}\n", entries.join(",\n"));
    let met = folder.file("met.json", list(&by_requirement(&culprit)));
    let gone = entry("\"deviation\": \"0123456789ab\"");
    let more = list(&[by_requirement(&culprit), vec![entry("\"requirement\": \"ADD-001\""), gone]].concat());
    let stale = folder.file("stale.json", more);
    let agent = faulty_agent("wrong", &culprit, None);
    let share = |share: &str| {
        let out = format!("{}/{}", folder.text(), &share[..1]);
        let done = bgfspec(&[
            "run",
            "--command",
            &agent,
            "--filter",
            FILTER,
            "--shard",
            share,
            "--expectations",
            &stale,
            "--out",
            &out,
        ]);
        assert_eq!(done.status, Some(0), "{}", done.shown());
        format!("{out}/report.json")
    };
    let [one, two] = [share("1/2"), share("2/2")];
    let merged = |list: &str| bgfspec(&["merge", &one, &two, "--expectations", list, "--format", "markdown"]);
    let done = merged(&met);
    assert_eq!(done.status, Some(0), "{}", done.shown());
    assert!(done.stdout.contains("All of it was expected."), "{}", done.stdout);
    let done = merged(&stale);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    let line = 2 + culprit.requirements.len();
    assert!(
        done.stdout.replace("&#58;", ":").contains(&format!("stale.json:{line}: it does not occur")),
        "{}",
        done.stdout
    );
    let without = bgfspec(&["merge", &one, &two, "--format", "markdown"]);
    assert_eq!(without.status, Some(1), "Nobody said again that it is expected: {}", without.shown());
}

#[test]
fn what_was_generated_can_be_expected_and_is_no_surprise_if_it_is() {
    let folder = Folder::new();
    let run = |more: &[&str]| {
        let arguments = ["run", "--vendor", "llrt", "--filter", "TGT-", "--cases", "60", "--out", folder.text()];
        bgfspec(&[&arguments, more].concat())
    };
    assert_eq!(run(&[]).status, Some(1));
    let report = folder.report();
    let generated = report.runs[0].generated.as_ref().expect("Scenarios were generated.");
    assert!(generated.deviating > 0);
    let first = bgfspec(&["expect", &format!("{}/report.json", folder.text())]);
    let written = folder.file("first.json", &first.stdout);
    let done = run(&["--expectations", &written]);
    let report = folder.report();
    assert!(report.runs[0].deviations.iter().all(|deviation| !deviation.expected_by.is_empty()), "{}", first.stdout);
    // Those that are only counted can't be expected; what the engine fails on is another matter.
    let counted = report.runs[0].unnamed_ways();
    assert_eq!(done.status == Some(1), counted > 0, "{}", done.shown());
    assert_eq!(done.stdout.contains("`--cases 0` leaves them out"), counted > 0, "{}", done.stdout);
    assert!(report.broken_expectations().next().is_none(), "{}", done.stdout);
}
