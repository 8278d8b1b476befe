//! What README says of the implementations.

use std::path::{Path, PathBuf};

use bgfspec_reports::report::Verdict;
use bgfspec_reports::{BEGIN, END, Report, between_marks, field, markdown, readme_matrix};

use crate::fixture::{Links, hostile, longer, many, report};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn readme_says_what_the_published_report_says() {
    let page = std::fs::read_to_string(root().join("README.md")).expect("README.md is there.");
    let folder = root().join("reports/published");
    let Ok(text) = std::fs::read_to_string(folder.join("report.json")) else {
        assert!(
            !page.contains(BEGIN) && !page.contains(END),
            "README.md has a part for results, and none are published."
        );
        eprintln!("Nothing is published yet, and README.md does not say so.");
        return;
    };
    let report: Report = serde_json::from_str(&text).expect("What is published is a report.");
    assert!(report.is_complete() && !report.date.is_empty());
    let fresh = between_marks(&page, &readme_matrix(&report)).expect("README.md has the marks, once each.");
    let again = "README.md is not what the report makes of it: cargo dev publish reports/published/report.json";
    assert!(page == fresh, "{again}");
    let shown = std::fs::read_to_string(folder.join("report.md")).expect("The page is published too.");
    assert!(shown == markdown(&report), "report.md is not what the report makes of it: as for README.md");
    let picture = std::fs::read_to_string(folder.join("field.svg")).expect("The picture is published too.");
    assert!(picture == field(&report), "field.svg is not what the report makes of it: as for README.md");
}

#[test]
fn every_quirk_that_is_published_was_confirmed() {
    let folder = root().join("reports/published");
    let text = std::fs::read_to_string(folder.join("report.json")).expect("A report is published.");
    let report: Report = serde_json::from_str(&text).expect("What is published is a report.");
    let page = std::fs::read_to_string(folder.join("confirmations.md")).expect("The page is published too.");
    for run in report.runs.iter().filter(|run| !run.causes.is_empty()) {
        let who = &run.implementation;
        let heading = format!("\n## {} {} ({})\n", who.name, who.version, who.scope);
        let (_, part) = page.split_once(&heading).unwrap_or_else(|| panic!("{heading} is missing: {CONFIRM}"));
        let part = part.split("\n## ").next().unwrap_or_default();
        for quirk in &run.causes {
            let row = part.lines().find(|line| line.starts_with(&format!("| {} | ", quirk.id)));
            let row = row.unwrap_or_else(|| panic!("{} of {} is missing: {CONFIRM}", quirk.id, who.name));
            // What no script can show is said to be so, with its reason; whatever a script can show it has to confirm.
            assert!(!row.contains("not confirmed") || row.contains("| 0 of 0 |"), "{}: {row}", who.name);
        }
    }
}

const CONFIRM: &str = "cargo dev confirm reports/published/report.json > reports/published/confirmations.md";

#[test]
fn each_implementation_and_scope_has_a_row() {
    let text = readme_matrix(&report());
    assert!(text.starts_with("As judged on 2026-07-30 by bgfspec 0.1.0 against dom <code>abc123</code>, "), "{text}");
    assert!(text.contains("| node | 20.20.2 | main | 1 | 1 | 0 | 1 | 0 |\n"), "{text}");
    assert!(!text.contains("Suspect"));
    let text = readme_matrix(&many());
    assert_eq!(text.lines().filter(|line| line.starts_with("| engine-")).count(), 18);
    assert!(text.contains("wrong: DSP-002."), "{text}");
}

#[test]
fn the_picture_has_a_bar_for_each_implementation_as_long_as_its_counts() {
    let picture = field(&report());
    assert_eq!(picture.matches("<g>").count(), 2);
    // Of four requirements one conforms, one deviates, one is not applicable, one is untested.
    for (x, fill) in [(220, "#0072b2"), (322, "#d55e00"), (424, "#a9afba"), (526, "#dfe2e8")] {
        let bar = format!("<rect x=\"{x}\" y=\"88\" width=\"102\" height=\"16\" fill=\"{fill}\">");
        assert!(picture.contains(&bar), "{bar} is missing in {picture}");
    }
    let told = "node 20.20.2 (main): 1 conforms, 1 deviates, 1 not applicable, 1 untested; \
                model 0.1.0: 2 conforms, 1 not applicable, 1 untested";
    assert!(picture.contains(told), "The description says what is drawn: {picture}");
}

#[test]
fn hostile_text_adds_nothing_to_the_picture() {
    let tags = |text: &str| text.matches('<').count();
    let picture = field(&hostile(Links::Replaced));
    assert_eq!(tags(&picture), tags(&field(&longer("x", Links::Replaced))));
    for character in ['\0', '\u{1b}', '\u{202e}'] {
        assert!(!picture.contains(character), "{character:?} is there raw.");
    }
}

#[test]
fn what_is_not_whole_or_undecided_is_no_pass() {
    let mut report = report();
    report.runs[1].complete = false;
    let text = readme_matrix(&report);
    assert!(text.contains("| model (incomplete) |"), "{text}");
    report.runs[1].complete = true;
    report.runs[1].requirements[0].verdict = Verdict::Inconclusive;
    let text = readme_matrix(&report);
    assert!(text.contains("| model | 0.1.0 |  | 1 | 0 | 0 | 1 | 1 |"), "{text}");
}

#[test]
fn hostile_text_adds_no_cell_and_no_line() {
    let shape = |text: &str| text.lines().map(|line| line.matches('|').count()).collect::<Vec<_>>();
    let text = readme_matrix(&hostile(Links::Replaced));
    assert_eq!(shape(&text), shape(&readme_matrix(&report())));
    assert!(!text.contains("<script") && !text.contains("@you"));
}

#[test]
fn only_what_is_between_the_marks_is_replaced() {
    let page = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
    let new = between_marks(&page, "new\n").expect("The marks are there.");
    assert_eq!(new, format!("before\n{BEGIN}\nnew\n{END}\nafter\n"));
    assert_eq!(between_marks(&new, "new\n"), Some(new.clone()), "Twice is once.");
    for broken in ["no marks".to_owned(), format!("{END} {BEGIN}"), format!("{page}{page}"), format!("{BEGIN} only")] {
        assert_eq!(between_marks(&broken, "new"), None, "{broken}");
    }
}
