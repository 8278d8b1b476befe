//! The comment on a pull request.

use bgfspec_reports::markdown;

use crate::fixture::{HOSTILE, Links, hostile, many, passing, report, suspicious};

#[test]
fn the_matrix_and_every_deviation_are_there() {
    let page = markdown(&report());
    assert!(page.contains("| Area | node 20.20.2 (main) | model 0.1.0 |\n| --- | --- | --- |\n"));
    assert!(page.contains("| DSP Dispatch | ✗ 1/2 | ✓ 2/2 |"));
    assert!(page.contains("| CLK Clicks | – not applicable | – not applicable |"));
    for title in ["A once listener ran twice.", "A listener was lost."] {
        assert!(page.contains(title));
    }
    assert!(page.contains("expected nothing, observed <code>called f  this=@\u{200b}t  phase=2</code>"), "{page}");
    assert!(page.contains("deno") && page.contains("no answer in 10 s") && page.contains("once-after"));
}

#[test]
fn the_mutation_score_is_told_where_it_is_known() {
    let told = "3 of 4 bent models are caught by its default run, and 8 of 9 requirements";
    let unknown = bgfspec_reports::Report { mutation_score: None, ..report() };
    for page in [markdown as fn(&bgfspec_reports::Report) -> String, bgfspec_reports::html] {
        assert!(page(&report()).contains(told));
        assert!(!page(&unknown).contains("bent models"));
    }
}

#[test]
fn a_cause_has_the_disputes_of_its_requirements_and_a_run_its_configuration() {
    let page = markdown(&report());
    let dispute = "  - Disputed (DSP-002): [public test dom/events/once.any.js](https://example.com/dom/events/once.any.js): \
                   It is removed after its callback.\n";
    assert!(page.contains(dispute), "{page}");
    let ran = "- Ran on linux x86\\_64, headless, no touch points, started with <code>--expose-gc</code>\n";
    assert!(page.contains(ran), "{page}");
    assert_eq!(page.matches("Ran on").count(), 1, "Of the other run nothing is known.");
    let mut report = report();
    report.runs[0].causes[0].requirements = vec!["DSP-001".to_owned()];
    assert!(!markdown(&report).contains("Disputed"), "The dispute is about another requirement.");
}

#[test]
fn an_incomplete_report_says_so() {
    assert!(!markdown(&passing()).contains("Incomplete"));
    let mut report = passing();
    report.complete = false;
    let page = markdown(&report);
    assert!(page.contains("**Incomplete.**"));
    assert!(!page.contains('✓'));
}

#[test]
fn hostile_text_is_escaped() {
    let page = markdown(&hostile(Links::Replaced));
    assert!(!page.contains("<script") && !page.contains("<img"));
    assert!(!page.contains("javascript:") && page.contains("\\](javascript&#58;"));
    assert!(!page.contains("@you"), "Nobody is notified.");
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains('\u{202e}') && !page.contains('\0'));
}

#[test]
fn hostile_text_adds_no_cell_and_no_line() {
    let shape = |page: &str| {
        page.lines()
            .map(|line| (line.matches('|').count(), line.replace("\\]", "").matches("](").count()))
            .collect::<Vec<_>>()
    };
    assert_eq!(shape(&markdown(&report())), shape(&markdown(&hostile(Links::Kept))));
}

#[test]
fn only_addresses_of_the_web_become_links() {
    let mut report = report();
    assert!(markdown(&report).contains("](https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke)"));
    for address in ["javascript:alert(1)", "https://x/) [y](z", "https://x\"y", HOSTILE] {
        report.runs[0].deviations.iter_mut().for_each(|deviation| deviation.link = address.to_owned());
        report.runs[0].causes.iter_mut().for_each(|cause| cause.link = address.to_owned());
        report.catalogue[1].disputes[0].link = address.to_owned();
        assert!(!markdown(&report).contains("]("), "{address} is a link.");
    }
}

#[test]
fn a_comment_never_grows_beyond_what_a_forge_takes_and_says_what_is_left_out() {
    let mut report = report();
    let many = report.runs[0].deviations[0].clone();
    report.runs[0].deviations = vec![many; 500];
    let page = markdown(&report);
    assert!(page.chars().count() < 65_536);
    assert!(page.contains(" more findings: see `report.html`."));
    assert!(!markdown(&self::report()).contains("report.html"));
    report.runs = vec![crate::fixture::report().runs[0].clone(); 300];
    report.runs.iter_mut().for_each(|run| run.implementation.name = HOSTILE.repeat(10));
    assert!(markdown(&report).chars().count() < 65_536);
}

#[test]
fn what_is_suspect_comes_first() {
    assert!(!markdown(&report()).contains("Suspect"));
    let page = markdown(&suspicious());
    assert!(page.find("### Suspect: specification or model") < page.find("| Implementation |"));
    let rule = "- **DSP-002** A once listener is removed before its callback runs. (node 20.20.2 (main), deno 2; alike on \
                <code>d1</code>)\n";
    assert!(page.contains(rule), "{page}");
    let scenario = "- **CLK-001** A listener was lost. (node 20.20.2 (main), bun 1; alike on <code>d2</code>)\n";
    assert!(page.contains(scenario), "{page}");
}

#[test]
fn many_runs_are_rows_and_share_the_room() {
    let mut report = many();
    assert!(markdown(&report).contains("| Implementation | DSP | CLK |\n"));
    for run in &mut report.runs {
        run.deviations = vec![run.deviations[0].clone(); 200];
    }
    report.missing = vec![report.missing[0].clone(); 20];
    let page = markdown(&report);
    assert!(page.chars().count() < 65_536);
    for run in &report.runs {
        let heading = format!("### {}\n\n- ", run.implementation.label());
        assert!(page.contains(&heading), "{heading} has no findings.");
    }
    assert_eq!(page.matches("there is no such command").count(), 20, "what is missing has room");
}
