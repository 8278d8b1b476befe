//! The summary for a terminal.

use bgfspec_reports::report::{Act, Click, Verdict};
use bgfspec_reports::{Style, markdown, text};

use crate::fixture::{Links, hostile, many, passing, report, suspicious};

const WIDE: Style = Style { colour: false, width: 200, verbose: false, command: "bgfspec" };
const ALL: Style = Style { verbose: true, ..WIDE };

#[test]
fn each_run_has_one_line_with_its_counts() {
    let summary = text(&report(), WIDE);
    let lines = ["node 20.20.2 (main): 1 conform, 1 deviate, 1 not applicable", "  1234 scenarios in 1.2 s, seed 42."];
    assert!(lines.iter().all(|line| summary.lines().any(|each| each.starts_with(line))), "{summary}");
    assert!(summary.starts_with(lines[0]), "the verdict comes first: {summary}");
}

#[test]
fn deviating_requirements_are_counted_by_area_and_listed_on_demand() {
    assert!(text(&report(), WIDE).contains("\n  Requirements by area: DSP 1\n"), "{}", text(&report(), WIDE));
    let summary = text(&report(), ALL);
    let lines: Vec<&str> = summary.lines().collect();
    let area = lines.iter().position(|line| *line == "  DSP Dispatch").expect("The area is there.");
    assert_eq!(lines[area + 1], "    DSP-002 (must) A once listener is removed before its callback runs.");
    assert!(!summary.contains("DSP-001") && !summary.contains("CLK-001"));
}

#[test]
fn what_is_missing_failed_or_unexplained_is_said() {
    let summary = text(&report(), WIDE);
    assert!(summary.contains("deno not found: there is no such command. To get it: see deno.com"));
    assert!(summary.contains("timeout in \"An endless loop ends.\": no answer in 10 s"));
    assert!(summary.contains("1 cause explains 17 of 18 deviating scenarios; 1 is unexplained."), "{summary}");
    assert!(summary.contains("\n      1  not explained: A listener was lost. (d2)\n"), "{summary}");
}

#[test]
fn a_cause_has_its_number_first_and_is_never_stated_plainly_where_something_contradicts_it() {
    let summary = text(&report(), WIDE);
    let cause = "\n     17  A once listener is removed after its callback. (in part)\n";
    assert!(summary.contains(cause), "{summary}");
    assert!(!summary.contains("It should"), "{summary}");
    let summary = text(&report(), ALL);
    for told in [
        "A once listener is removed after its callback. (in part) (once-after)\n",
        "         It should: A once listener is removed before its callback runs. (DSP-002)\n",
        "         At inner invoke/8.1 https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke\n",
        "         Against it: A once listener runs. (c1)\n",
    ] {
        assert!(summary.contains(told), "{summary}");
    }
}

#[test]
fn where_a_run_was_made_is_told_on_demand() {
    let ran = "\n  Ran on linux x86_64, headless, no touch points, started with --expose-gc\n";
    assert!(text(&report(), ALL).contains(ran));
    assert!(!text(&report(), WIDE).contains("Ran on"));
}

#[test]
fn the_summary_ends_with_what_to_do_next_and_the_verdict() {
    let summary = text(&report(), WIDE);
    assert!(
        summary.contains("\nNext: bgfspec explain once-after\n      bgfspec replay once-after --vendor node\n"),
        "{summary}"
    );
}

#[test]
fn however_many_causes_there_are_one_implementation_takes_16_lines_of_80_columns() {
    let mut report = report();
    report.runs.truncate(1);
    report.missing.clear();
    report.runs[0].failures.clear();
    let cause = report.runs[0].causes[0].clone();
    report.runs[0].causes = vec![cause; 40];
    let summary = text(&report, Style::default());
    assert!(summary.lines().count() <= 16, "{summary}");
    assert!(summary.contains("\n      …  35 more causes with --verbose\n"), "{summary}");
    assert!(summary.lines().rev().skip(1).all(|line| line.chars().count() <= 80), "{summary}");
}

#[test]
fn what_is_expected_is_counted_and_not_told() {
    let mut report = report();
    report.runs[0].deviations[0].expected_by = vec![3];
    let summary = text(&report, WIDE);
    assert!(!summary.contains("A once listener is removed after"), "{summary}");
    assert!(summary.contains("\n      …  1 cause is expected\n"), "{summary}");
}

#[test]
fn what_was_done_at_the_interface_is_counted_with_its_pictures() {
    let act = |picture: &str| Act { act: "activate".to_owned(), done: true, picture: Some(picture.to_owned()) };
    let acts = vec![act("clicks/1.png"), act("clicks/2.png")];
    let mut report = report();
    report.runs[0].clicks =
        vec![Click { scenario: "a".to_owned(), title: "A click".to_owned(), acts, trace: Vec::new() }];
    let expected = "1 scenario acted on the browser's own interface; 2 pictures of it before an act are kept";
    for page in [text(&report, WIDE), markdown(&report)] {
        assert!(page.contains(expected), "{page}");
    }
}

#[test]
fn statements_are_wrapped_to_the_width() {
    let narrow = text(&report(), Style { width: 40, ..ALL });
    assert!(
        narrow.contains("\n    DSP-002 (must) A once listener is\n    removed before its callback runs.\n"),
        "{narrow}"
    );
}

#[test]
fn the_last_line_is_the_verdict() {
    assert_eq!(
        last(&text(&report(), WIDE)),
        "1 of 2 implementations deviates, from 1 requirement in all. Also, 1 failure kept scenarios from being judged."
    );
    assert_eq!(last(&text(&passing(), WIDE)), "Every requirement that was tested conforms, in 1 implementation.");
}

#[test]
fn nothing_run_is_not_a_pass() {
    let mut none = passing();
    none.runs.clear();
    let mut zero = passing();
    zero.runs[0].scenarios = 0;
    for report in [none, zero] {
        assert_eq!(last(&text(&report, WIDE)), "Nothing was run: this is not a pass.");
    }
}

#[test]
fn a_doubt_keeps_a_report_from_passing() {
    let mut incomplete = passing();
    incomplete.complete = false;
    let mut inconclusive = passing();
    inconclusive.runs[0].requirements[0].verdict = Verdict::Inconclusive;
    let mut missing = passing();
    missing.missing[0].asked_for = true;
    let mut inapplicable = passing();
    inapplicable.runs[0].requirements.iter_mut().for_each(|outcome| outcome.verdict = Verdict::NotApplicable);
    let mut failed = passing();
    failed.runs[0].failures = report().runs[0].failures.clone();
    for (report, doubt) in [
        (incomplete, "the report is incomplete"),
        (inconclusive, "1 verdict is inconclusive"),
        (missing, "deno was asked for and is missing"),
        (inapplicable, "model 0.1.0 was not tested on anything"),
        (failed, "1 failure kept scenarios from being judged"),
    ] {
        let expected = format!("No deviation was seen, but this is not a pass: {doubt}.");
        assert_eq!(last(&text(&report, WIDE)), expected);
    }
}

#[test]
fn an_incomplete_report_has_a_banner() {
    assert!(!text(&passing(), WIDE).contains("INCOMPLETE"));
    let mut report = passing();
    report.runs[0].complete = false;
    assert!(text(&report, WIDE).contains("INCOMPLETE"));
}

#[test]
fn colours_are_written_only_if_asked_for() {
    assert!(!text(&report(), WIDE).contains('\u{1b}'));
    assert!(text(&report(), Style { colour: true, ..WIDE }).contains("\u{1b}[31m"));
}

#[test]
fn hostile_text_cannot_drive_the_terminal() {
    let summary = text(&hostile(Links::Replaced), Style { width: 2_000, ..WIDE });
    assert!(!summary.chars().any(|c| c.is_control() && c != '\n'));
    assert!(!summary.contains('\u{202e}'));
    assert!(summary.contains("\\u{1b}[2J"));
    assert_eq!(summary.lines().count(), text(&report(), WIDE).lines().count(), "No text starts a line of its own.");
}

#[test]
fn what_is_suspect_comes_after_the_results() {
    assert!(!text(&report(), WIDE).contains("Suspect"));
    let summary = text(&suspicious(), WIDE);
    assert!(summary.lines().any(|line| line == "Suspect: specification or model"));
    assert!(summary.contains("read the text again before believing either"));
    assert!(summary.contains(
        "  DSP-002 (must) A once listener is removed before its callback runs.\n    node 20.20.2 (main), deno 2\n"
    ));
    assert!(summary.contains("  scenario d2 \"A listener was lost.\" (CLK-001)\n    node 20.20.2 (main), bun 1\n"));
    assert!(summary.find("Suspect") > summary.find("1 conform"));
}

#[test]
fn many_runs_take_one_line_each_and_fit_the_width() {
    for width in [60, 80, 100] {
        let summary = text(&many(), Style { width, ..Style::default() });
        assert_eq!(summary.lines().filter(|line| line.starts_with("engine-") && line.contains("1234")).count(), 18);
        // Conclusions are sentences that the terminal wraps.
        let longest = summary.lines().rev().skip(1).map(|line| line.chars().count()).max();
        assert!(longest <= Some(width.max(80)), "{longest:?} in {summary}");
    }
    let summary = text(&many(), Style { width: 100, ..Style::default() });
    // Nobody is blocked or inconclusive.
    let row = "engine-0 20.20.2 (window)                1        1    1       1234  1.2 s\n";
    assert!(summary.contains(row), "{summary}");
    assert!(summary.contains("… and 8 more failures"), "{summary}");
    assert!(!summary.contains("DSP Dispatch"), "{summary}");
}

#[test]
fn where_there_is_little_room_the_version_is_cut_and_not_the_scope() {
    let mut report = many();
    report.runs.iter_mut().for_each(|run| run.implementation.version = "141.0.7390.54".to_owned());
    let summary = text(&report, Style { width: 72, ..Style::default() });
    let has = |row: &str| summary.lines().any(|line| line.starts_with(row));
    assert!(has("engine-0 141.… (service-worker) ") && has("engine-0 141.0.7390.54 (window) "), "{summary}");
}

fn last(summary: &str) -> &str {
    summary.lines().last().expect("There is a last line.")
}
