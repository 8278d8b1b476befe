//! A small report: two areas, one implementation that deviates, one that conforms as far as it goes.

use bgfspec_reports::Report;
use bgfspec_reports::report::{
    Branches, Cause, Configuration, Contradiction, Deviation, Dispute, DisputeKind, Example, Exhaustive, Expectation,
    Expectations, Failure, FailureKind, Generated, Implementation, Level, MissingVendor, MutationScore, Outcome,
    Requirement, Run, Selection, Standing, Steps, Suspect, SuspectScenario, Verdict, Way,
};
use serde_json::{Value, json};

/// What must not survive anywhere: markup, quotes, a way out of an attribute, NUL, an escape sequence, a right-to-left
/// override, a line feed, Markdown, a mention, a pipe.
pub(crate) const HOSTILE: &str = "</script><script>alert(1)</script>\"' onclick=x <img src=x>\0\u{1b}[2J\u{202e}\n| `*_[a](javascript:b) @you &lt; */";

pub(crate) fn report() -> Report {
    Report {
        selection: Selection::default(),
        bgfspec: "0.1.0".to_owned(),
        specs: [("dom".to_owned(), "abc123".to_owned()), ("html".to_owned(), "def456".to_owned())].into(),
        seed: 42,
        date: "2026-07-30".to_owned(),
        os: String::new(),
        complete: true,
        catalogue: vec![
            requirement("DSP-001", "DSP", "Dispatch", "A dispatched event reaches its listeners in order."),
            Requirement {
                disputes: vec![Dispute {
                    kind: DisputeKind::PublicTest,
                    name: "dom/events/once.any.js".to_owned(),
                    link: "https://example.com/dom/events/once.any.js".to_owned(),
                    says: "It is removed after its callback.".to_owned(),
                }],
                ..requirement("DSP-002", "DSP", "Dispatch", "A once listener is removed before its callback runs.")
            },
            Requirement {
                untested: Some("It is about memory.".to_owned()),
                ..requirement("DSP-003", "DSP", "Dispatch", "Nothing is kept.")
            },
            requirement("CLK-001", "CLK", "Clicks", "A click fires the event."),
        ],
        missing: vec![MissingVendor {
            name: "deno".to_owned(),
            reason: "there is no such command".to_owned(),
            how: "see deno.com".to_owned(),
            asked_for: false,
        }],
        expectations: None,
        suspects: Vec::new(),
        suspect_scenarios: Vec::new(),
        mutation_score: Some(MutationScore { quirks: 4, caught: 3, requirements: 9, proven: 8 }),
        runs: vec![deviating(), conforming()],
    }
}

/// The report with 18 runs, three scopes of each of six implementations, all with the same deviations.
pub(crate) fn many() -> Report {
    let mut report = suspicious();
    report.runs = (0..18)
        .map(|number| {
            let mut run = deviating();
            run.implementation.name = format!("engine-{}", number / 3);
            run.implementation.scope = ["window", "worker", "service-worker"][number % 3].to_owned();
            run
        })
        .collect();
    report
}

/// Ten implementations that deviate on the same scenarios, each in its own way.
pub(crate) fn large(scenarios: usize) -> Report {
    let mut report = report();
    let pattern = report.runs[0].clone();
    report.runs = (0..10)
        .map(|run| {
            let mut one = pattern.clone();
            one.implementation.name = format!("engine-{run}");
            let deviation = one.deviations[0].clone();
            one.deviations = (0..scenarios).map(|number| numbered(&deviation, run, number)).collect();
            one
        })
        .collect();
    report
}

fn numbered(pattern: &Deviation, run: usize, number: usize) -> Deviation {
    let mut one = pattern.clone();
    one.id = format!("{:012x}", (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16);
    one.title = format!("Listener {number} of {} is called {} times.", number % 77, number % 13);
    one.scenario["callbacks"]["f"]["do"] = (0..12)
        .map(|at| json!({ "call": format!("t{}.addEventListener", (number + at) % 31), "args": [format!("x{}", number % (at + 7)), "@f"] }))
        .collect();
    let trace = |own: usize| -> Vec<Value> {
        (0..12)
            .map(|at| json!({ "returned": (number + at) % 31, "from": format!("t{}.addEventListener", (number + own * at) % 31) }))
            .collect()
    };
    one.expected = trace(0);
    one.observed = trace(0);
    one.observed[run % 12] =
        json!({ "threw": { "$exception": "TypeError" }, "from": format!("t{}", (number * (run + 1)) % 97) });
    one.explanation =
        format!("Observation {} should be: {}. It was: {}.", run % 12, one.expected[run % 12], one.observed[run % 12]);
    one
}

/// The report with a requirement and a scenario that are suspect.
pub(crate) fn suspicious() -> Report {
    let suspect = Suspect {
        requirement: "DSP-002".to_owned(),
        scenarios: vec!["d1".to_owned()],
        implementations: vec!["node 20.20.2 (main)".to_owned(), "deno 2".to_owned()],
    };
    let scenario = SuspectScenario {
        scenario: "d2".to_owned(),
        title: "A listener was lost.".to_owned(),
        requirements: vec!["CLK-001".to_owned()],
        implementations: vec!["node 20.20.2 (main)".to_owned(), "bun 1".to_owned()],
    };
    Report { suspects: vec![suspect], suspect_scenarios: vec![scenario], ..report() }
}

/// The report with generated scenarios of a share of the suite.
pub(crate) fn generated() -> Report {
    let mut report = report();
    report.selection =
        Selection { filter: Some("DSP".to_owned()), shard: Some("2/7".to_owned()), ..Selection::default() };
    let way = |way: &str, first, deviation: Option<&str>| Way {
        way: way.to_owned(),
        scenarios: 17,
        first,
        deviation: deviation.map(str::to_owned),
    };
    let ways = vec![way("A late way.", 9_998, None), way("An early way.", 8, Some("d1"))];
    let (found, undecided) = (Vec::new(), 3);
    let result = Generated { cases: 9_998, played: 9_000, deviating: 34, undecided, ways, found };
    report.runs[0].exhaustive = vec![Exhaustive {
        space: "lists".to_owned(),
        bound: "Up to three listeners.".to_owned(),
        result: Generated { cases: 500, played: 500, deviating: 0, undecided: 0, ways: Vec::new(), found: Vec::new() },
    }];
    report.runs[0].generated = Some(result);
    report.runs[0].steps.missed = vec!["dom/dispatch/6".to_owned()];
    let missed = vec!["dom/invoke/6 holds".to_owned()];
    report.runs[0].steps.branches = Some(Branches { taken: 59, reachable: 60, missed });
    report
}

/// The report with expectations: all that deviates is expected, and one entry is stale.
pub(crate) fn expecting() -> Report {
    let mut report = report();
    let entry = |line, implementation: &str, reason: &str| Expectation {
        line,
        implementation: implementation.to_owned(),
        version: None,
        scope: None,
        quirk: None,
        requirement: None,
        deviation: None,
        reason: reason.to_owned(),
        link: None,
        expires: None,
        standing: Standing::Met,
        problem: None,
    };
    report.expectations = Some(Expectations {
        file: "expectations.json".to_owned(),
        entries: vec![
            Expectation {
                quirk: Some("once-after".to_owned()),
                link: Some("https://example.com/1".to_owned()),
                ..entry(3, "node", "Known for years.")
            },
            Expectation { deviation: Some("d2".to_owned()), ..entry(6, "node", "Known.") },
            Expectation {
                requirement: Some("DSP-001".to_owned()),
                standing: Standing::Stale,
                problem: Some("Line 9 is stale.".to_owned()),
                ..entry(9, "bun", "Known.")
            },
        ],
    });
    report.runs[0].requirements[1].deviations = vec!["d1".to_owned(), "d2".to_owned()];
    report.runs[0].deviations[0].expected_by = vec![3];
    report.runs[0].deviations[1].expected_by = vec![6];
    report.runs[0].failures.clear();
    report
}

/// The report without what deviates.
pub(crate) fn passing() -> Report {
    Report { runs: vec![conforming()], ..report() }
}

/// The report with every text made hostile but those that are words of the format, and, if need be, links. What
/// differed before still does, so the report keeps its shape.
pub(crate) fn hostile(replaced: Links) -> Report {
    longer(HOSTILE, replaced)
}

/// The report with this behind every text but those words.
pub(crate) fn longer(by: &str, replaced: Links) -> Report {
    let mut json = serde_json::to_value(report()).expect("A report is JSON.");
    replace(&mut json, by, replaced);
    serde_json::from_value(json).expect("The words of the format were kept.")
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    Kept,
    Replaced,
}

fn replace(json: &mut Value, by: &str, links: Links) {
    match json {
        Value::String(text) => *text += by,
        Value::Array(values) => values.iter_mut().for_each(|value| replace(value, by, links)),
        Value::Object(members) => {
            for (name, value) in members {
                let keep = match name.as_str() {
                    "level" | "verdict" => true,
                    "kind" => value != "function",
                    "link" | "links" => links == Links::Kept,
                    _ => false,
                };
                if !keep {
                    replace(value, by, links);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn requirement(id: &str, area: &str, area_title: &str, statement: &str) -> Requirement {
    Requirement {
        id: id.to_owned(),
        area: area.to_owned(),
        area_title: area_title.to_owned(),
        spec: "DOM".to_owned(),
        step: "inner invoke/8.1".to_owned(),
        level: Level::Must,
        statement: statement.to_owned(),
        link: "https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke".to_owned(),
        untested: None,
        disputes: Vec::new(),
    }
}

fn outcome(id: &str, verdict: Verdict) -> Outcome {
    let scenarios = if matches!(verdict, Verdict::NotApplicable | Verdict::Untested) { 0 } else { 7 };
    Outcome { id: id.to_owned(), level: Level::Must, verdict, scenarios, deviations: Vec::new(), reason: None }
}

fn deviating() -> Run {
    Run {
        kept: None,
        generated: None,
        exhaustive: Vec::new(),
        implementation: Implementation {
            name: "node".to_owned(),
            version: "20.20.2".to_owned(),
            scope: "main".to_owned(),
            capabilities: vec!["event-target".to_owned(), "abort".to_owned()],
        },
        configuration: Configuration {
            platform: "linux x86_64".to_owned(),
            headless: Some(true),
            touch_points: Some(0),
            flags: vec!["--expose-gc".to_owned()],
        },
        scenarios: 1234,
        elapsed_ms: 1250,
        playing_ms: 1000,
        complete: true,
        steps: Steps { taken: 90, reachable: 120, missed: Vec::new(), branches: None },
        requirements: vec![
            outcome("DSP-001", Verdict::Conforms),
            Outcome { deviations: vec!["d1".to_owned()], ..outcome("DSP-002", Verdict::Deviates) },
            outcome("DSP-003", Verdict::Untested),
            Outcome {
                reason: Some("It lacks background-fetch.".to_owned()),
                ..outcome("CLK-001", Verdict::NotApplicable)
            },
        ],
        deviations: vec![
            deviation("d1", "A once listener ran twice."),
            Deviation { quirks: Vec::new(), occurrences: 1, ..deviation("d2", "A listener was lost.") },
        ],
        causes: vec![Cause {
            id: "once-after".to_owned(),
            does: "A once listener is removed after its callback.".to_owned(),
            should: "A once listener is removed before its callback runs.".to_owned(),
            step: "inner invoke/8.1".to_owned(),
            link: "https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke".to_owned(),
            scenarios: 17,
            requirements: vec!["DSP-002".to_owned()],
            example: Some(Example {
                id: "d1".to_owned(),
                title: "A once listener ran twice.".to_owned(),
                scenario: json!({ "steps": [{ "note": "once" }] }),
                expected: vec![json!({ "noted": "a" })],
                observed: vec![json!({ "noted": "b" })],
                first_difference: 0,
            }),
            contradicted_by: vec![Contradiction {
                scenario: "c1".to_owned(),
                title: "A once listener runs.".to_owned(),
            }],
            links: vec!["https://example.com/issues/1".to_owned()],
        }],
        apart: Vec::new(),
        unexplained: 1,
        failures: vec![Failure {
            case: None,
            kind: FailureKind::Timeout,
            title: "An endless loop ends.".to_owned(),
            scenario: Some(json!({ "steps": [{ "note": "never" }] })),
            message: "no answer in 10 s".to_owned(),
            requirements: vec!["DSP-001".to_owned()],
        }],
        verification: None,
        clicks: Vec::new(),
    }
}

fn conforming() -> Run {
    Run {
        kept: None,
        generated: None,
        exhaustive: Vec::new(),
        implementation: Implementation {
            name: "model".to_owned(),
            version: "0.1.0".to_owned(),
            scope: String::new(),
            capabilities: Vec::new(),
        },
        configuration: Configuration::default(),
        scenarios: 99,
        elapsed_ms: 61_000,
        playing_ms: 60_000,
        complete: true,
        steps: Steps { taken: 120, reachable: 120, missed: Vec::new(), branches: None },
        requirements: vec![
            outcome("DSP-001", Verdict::Conforms),
            outcome("DSP-002", Verdict::Conforms),
            outcome("DSP-003", Verdict::Untested),
            outcome("CLK-001", Verdict::NotApplicable),
        ],
        deviations: Vec::new(),
        causes: Vec::new(),
        apart: Vec::new(),
        unexplained: 0,
        failures: Vec::new(),
        verification: None,
        clicks: Vec::new(),
    }
}

fn deviation(id: &str, title: &str) -> Deviation {
    let called = |phase: u8| json!({ "called": "f", "this": "@t", "arguments": 1, "event": { "eventPhase": phase } });
    Deviation {
        id: id.to_owned(),
        requirements: vec!["DSP-002".to_owned()],
        title: title.to_owned(),
        step: "dom/inner invoke/8.1".to_owned(),
        link: "https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke".to_owned(),
        quirks: vec!["once-after".to_owned()],
        expected_by: Vec::new(),
        explanation: "The listener is called again.\nIt should be gone.".to_owned(),
        first_difference: 1,
        scenario: json!({
            "title": title,
            "callbacks": { "f": { "kind": "function", "do": [{ "note": "ran" }] } },
            "steps": [
                { "new": "EventTarget", "as": "t" },
                { "call": "t.addEventListener", "args": ["x", "@f", { "once": true }] },
            ],
        }),
        expected: vec![called(2), json!({ "noted": "ran" })],
        observed: vec![called(2), called(2), json!({ "noted": "ran" })],
        occurrences: 17,
    }
}
