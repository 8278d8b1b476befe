//! The text of `report.json`.

use bgfspec_reports::{Report, json};

use crate::fixture::{many, report};

#[test]
fn what_is_written_is_what_is_read() {
    for report in [report(), many()] {
        let text = json(&report).expect("A report is JSON.");
        assert_eq!(serde_json::from_str::<Report>(&text).expect("It can be read."), report);
    }
}

#[test]
fn an_outcome_and_a_deviation_take_one_line_each() {
    let text = json(&report()).expect("A report is JSON.");
    let outcome = r#"    {"id": "DSP-001", "level": "must", "verdict": "conforms", "scenarios": 7, "deviations": []},"#;
    assert!(text.lines().any(|line| line == outcome), "{text}");
    assert_eq!(text.lines().filter(|line| line.contains("\"occurrences\"")).count(), 2);
    assert!(text.lines().any(|line| line == " \"suspects\": [],"), "{text}");
}
