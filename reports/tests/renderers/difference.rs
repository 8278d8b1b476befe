//! What changed between two reports.

use bgfspec_reports::report::{Cause, Generated, Verdict};
use bgfspec_reports::{Report, Style, difference};

use crate::fixture::{HOSTILE, Links, hostile, many, report};

/// What changes if the first run of the report becomes another.
fn changed(change: impl FnOnce(&mut Report)) -> (bool, String) {
    let mut new = report();
    change(&mut new);
    let difference = difference(&report(), &new);
    (difference.regressed, difference.text(Style::default()))
}

#[track_caller]
fn is_worse(change: impl FnOnce(&mut Report), text: &str) {
    let (regressed, shown) = changed(change);
    assert!(regressed && shown.contains(text), "{shown}");
    assert!(!shown.ends_with("0 regressions and 0 fixes.\n"), "{shown}");
}

#[track_caller]
fn is_no_worse(change: impl FnOnce(&mut Report), text: &str) {
    let (regressed, shown) = changed(change);
    assert!(!regressed && shown.contains(text), "{shown}");
}

#[test]
fn equal_reports_differ_in_nothing() {
    for report in [report(), many()] {
        let difference = difference(&report, &report);
        assert!(!difference.regressed && difference.conclusive);
        assert_eq!(difference.text(Style::default()), "0 regressions and 0 fixes.\n");
    }
}

#[test]
fn what_conformed_or_was_decided_and_is_not_any_more_is_a_regression() {
    for (verdict, text) in [
        (Verdict::Deviates, "regression: DSP-001 conforms → deviates. A dispatched event"),
        (Verdict::Inconclusive, "regression: DSP-001 conforms → inconclusive."),
        (Verdict::NotApplicable, "regression: DSP-001 conforms → not applicable."),
    ] {
        is_worse(|new| new.runs[0].requirements[0].verdict = verdict, text);
    }
    is_worse(|new| drop(new.runs[0].requirements.remove(0)), "regression: DSP-001 conforms → not in the report.");
    let undecided = "regression: DSP-002 deviates → inconclusive.";
    is_worse(|new| new.runs[0].requirements[1].verdict = Verdict::Inconclusive, undecided);
}

#[test]
fn a_further_scenario_that_deviates_is_a_regression_if_the_same_were_played() {
    let add = |new: &mut Report| new.runs[0].requirements[1].deviations.push("d9".to_owned());
    is_worse(add, "regression: DSP-002 deviates also on d9.");
    let with_another_filter = |new: &mut Report| {
        add(new);
        new.selection.filter = Some("DSP".to_owned());
    };
    is_no_worse(with_another_filter, "changed: DSP-002 deviates also on d9.");
    is_no_worse(|new| new.runs[0].requirements[1].deviations.clear(), "fix: DSP-002 no longer on d1.");
}

#[test]
fn generated_scenarios_are_compared_where_the_same_were_drawn() {
    let generated =
        |deviating| Generated { cases: 10, played: 10, deviating, undecided: 0, ways: Vec::new(), found: Vec::new() };
    let with = |deviating, seed| {
        let mut report = Report { seed, ..report() };
        report.runs[0].generated = Some(generated(deviating));
        // What is no requirement's is theirs.
        if deviating == 0 {
            report.runs[0].deviations.pop();
        }
        report
    };
    let text = |old: &Report, new: &Report| {
        let difference = difference(old, new);
        (difference.regressed, difference.text(Style::default()))
    };
    let (regressed, shown) = text(&with(0, 1), &with(3, 1));
    assert!(regressed && shown.contains("regression: generated conforms → deviates"), "{shown}");
    let (regressed, shown) = text(&with(0, 1), &with(3, 2));
    assert!(!regressed && shown.contains("changed: generated conforms → deviates"), "{shown}");
    assert!(shown.contains("Not the same scenarios were asked for"), "{shown}");
    let (regressed, shown) = text(&with(3, 1), &with(0, 1));
    assert!(!regressed && shown.contains("fix: generated deviates → conforms"), "{shown}");
    let (regressed, shown) = text(&with(0, 1), &report());
    assert!(regressed && shown.contains("regression: generated conforms → not in the report"), "{shown}");
}

#[test]
fn what_is_not_tested_any_more_is_a_regression() {
    is_worse(|new| drop(new.runs[0].implementation.capabilities.pop()), "regression: lost the capability abort");
    is_worse(|new| new.runs[0].scenarios = 7, "regression: judged on fewer scenarios: 7 instead of 1234");
    is_worse(|new| drop(new.runs.remove(1)), "regression: is not in the new report");
    let not_found = |new: &mut Report| {
        new.runs.remove(0);
        new.missing[0].name = "node".to_owned();
    };
    is_worse(not_found, "regression: is not in the new report: there is no such command");
    is_worse(|new| new.runs[0].implementation.scope = "window".to_owned(), "is not in the old report");
}

#[test]
fn what_is_better_or_only_other_is_no_regression() {
    let fixed = |new: &mut Report| new.runs[0].requirements[1].verdict = Verdict::Conforms;
    is_no_worse(fixed, "fix: DSP-002 deviates → conforms.");
    let tested = |new: &mut Report| new.runs[0].requirements[3].verdict = Verdict::Deviates;
    is_no_worse(tested, "changed: CLK-001 not applicable → deviates.");
    is_no_worse(|new| new.runs[0].implementation.capabilities.push("x".to_owned()), "new capability: x");
    is_no_worse(|new| new.runs[0].scenarios = 9999, "judged on more scenarios: 9999 instead of 1234");
    is_no_worse(|new| new.runs[0].implementation.version = "21".to_owned(), "node 20.20.2 → 21 (main)\n");
    is_no_worse(|new| new.runs.push(many().runs[0].clone()), "engine-0 20.20.2 (window)\n  is not in the old report");
    is_no_worse(|new| new.runs[0].causes.clear(), "quirk is gone, was in 17 scenarios: once-after");
    is_no_worse(|new| new.runs[0].causes[0].scenarios = 3, "quirk in 3 scenarios instead of 17: once-after");
    let quirk = |new: &mut Report| {
        let known = new.runs[0].causes[0].clone();
        new.runs[0].causes.push(Cause { id: "another".to_owned(), ..known });
    };
    is_no_worse(quirk, "new quirk, in 17 scenarios: another");
    is_no_worse(|new| new.bgfspec = "0.2.0".to_owned(), "The reports come from different suites");
}

#[test]
fn versions_of_one_implementation_are_compared_with_themselves() {
    let mut old = report();
    old.runs[1] = old.runs[0].clone();
    old.runs[1].implementation.version = "21".to_owned();
    let mut new = old.clone();
    new.runs.reverse();
    assert!(new.runs.iter().all(|run| run.implementation.name == "node"));
    assert_eq!(difference(&old, &new).text(Style::default()), "0 regressions and 0 fixes.\n");
    new.runs[0].implementation.version = "22".to_owned();
    assert!(difference(&old, &new).text(Style::default()).contains("node 21 → 22 (main)"));
}

#[test]
fn what_is_incomplete_or_has_nothing_in_common_is_no_pass() {
    let whole = report();
    let half = Report { complete: false, ..report() };
    for (old, new, which) in [(&whole, &half, "new"), (&half, &whole, "old")] {
        let difference = difference(old, new);
        assert!(!difference.regressed && !difference.conclusive);
        assert!(difference.text(Style::default()).contains(&format!("The {which} report is incomplete")));
    }
    let nothing = Report { runs: Vec::new(), ..report() };
    let difference = difference(&nothing, &whole);
    assert!(!difference.conclusive && !difference.regressed);
    assert!(difference.text(Style::default()).contains("nothing was compared"));
}

#[test]
fn hostile_text_is_escaped_and_a_comment_fits() {
    let mut new = hostile(Links::Replaced);
    new.runs[0].causes = vec![new.runs[0].causes[0].clone(); 3000];
    for (at, quirk) in new.runs[0].causes.iter_mut().enumerate() {
        quirk.id = format!("{at} {HOSTILE}");
    }
    new.runs[0].implementation.name = "node".to_owned();
    new.runs[0].implementation.scope = "main".to_owned();
    let difference = difference(&report(), &new);
    let text = difference.text(Style::default());
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && text.contains("quirk"), "{text}");
    let page = difference.markdown();
    assert!(page.chars().count() < 65_536 && page.contains(" more changes: see "), "{}", page.len());
    assert!(!page.contains("<script") && !page.contains("@you") && !page.contains('\0'));
}
