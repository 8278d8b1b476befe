//! What pages say of expectations and repetitions.

use bgfspec_reports::report::{Expectations, Varied, Verdict, Verification};
use bgfspec_reports::{Report, Style, markdown, text};

use crate::fixture::{HOSTILE, expecting, many, report};

/// A report in which all that deviates is expected, and nothing else is wrong.
fn met() -> Report {
    let mut report = expecting();
    if let Some(Expectations { entries, .. }) = &mut report.expectations {
        entries.pop();
    }
    report
}

fn last_line(report: &Report) -> String {
    text(report, Style::default()).lines().last().unwrap_or_default().to_owned()
}

#[test]
fn what_is_expected_is_left_out_of_the_summary_and_is_a_pass() {
    let report = met();
    let shown = text(&report, Style { verbose: true, ..Style::default() });
    assert!(!shown.contains("DSP-002") && !shown.contains("A once listener"), "{shown}");
    assert!(shown.contains("2 deviations are expected by 2 entries of expectations.json; 0 not.\n"), "{shown}");
    let all = "1 of 2 implementations deviates, from 1 requirement in all. All of it was expected.";
    assert_eq!(last_line(&report), all);
    let page = markdown(&report);
    assert!(page.contains(&format!("✓ {all}")), "{page}");
    assert!(page.contains("- Expected: **A once listener ran twice.**"), "{page}");
}

#[test]
fn what_is_not_expected_is_none() {
    let mut report = met();
    report.runs[0].deviations[1].expected_by.clear();
    let shown = text(&report, Style { verbose: true, ..Style::default() });
    assert!(!shown.contains("[expected]"), "A requirement is expected as a whole: {shown}");
    assert!(last_line(&report).ends_with("Not all of it was expected, in 1 implementation."), "{shown}");
    let page = markdown(&report);
    assert!(page.find("- **A listener was lost.**") < page.find("- Expected: **A once"), "What is new comes first.");
}

#[test]
fn an_expectation_that_is_broken_fails_and_says_what_to_do() {
    let shown = text(&expecting(), Style::default());
    assert!(shown.contains("\nLine 9 is stale. (requirement DSP-001 of bun)\n"), "{shown}");
    assert!(
        last_line(&expecting()).ends_with("All of it was expected, but 1 expectation is stale or expired."),
        "{shown}"
    );
    assert!(markdown(&expecting()).contains("### Expectations\n\n- Line 9 is stale."));
    let mut report = expecting();
    report.runs.remove(0);
    assert_eq!(last_line(&report), "Nothing deviates, but 1 expectation is stale or expired.");
}

#[test]
fn an_incomplete_report_is_no_pass_whatever_was_expected() {
    let mut report = met();
    report.complete = false;
    let end = "All of it was expected, but this is not a pass: the report is incomplete.";
    assert!(last_line(&report).ends_with(end), "{}", last_line(&report));
}

#[test]
fn what_varied_is_named_with_all_its_verdicts() {
    let verification = Verification {
        repetitions: 2,
        seeds: vec![1, 2],
        varied: vec![Varied {
            requirements: vec!["DSP-001".to_owned()],
            scenario: Some("abc".to_owned()),
            title: format!("T {HOSTILE}"),
            verdicts: vec![Verdict::Conforms, Verdict::Deviates, Verdict::Conforms],
        }],
        problems: vec!["The second is not whole".to_owned()],
    };
    let same = Verification { varied: Vec::new(), problems: Vec::new(), ..verification.clone() };
    for mut report in [report(), many()] {
        report.runs[0].verification = Some(verification.clone());
        report.runs[1].verification = Some(same.clone());
        for shown in [text(&report, Style::default()), markdown(&report).replace("&#58;", ":")] {
            assert!(shown.contains("2 times more, in other orders: 1 verdict changed"), "{shown}");
            assert!(shown.contains("DSP-001 scenario abc “T "), "{shown}");
            assert!(shown.contains("The second is not whole"), "{shown}");
            assert!(!shown.contains('\u{202e}') && !shown.contains('\0'));
        }
        let doubt = "1 implementation was not the same when played again";
        assert!(last_line(&report).contains(doubt), "{}", last_line(&report));
    }
    let mut report = report();
    report.runs[0].verification = Some(same);
    assert!(text(&report, Style::default()).contains("no verdict changed"));
    assert!(!last_line(&report).contains("played again"));
}
