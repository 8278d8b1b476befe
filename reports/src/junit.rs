//! The report as JUnit XML, for servers that collect test results.
//!
//! An implementation is a suite and a requirement a case. What deviates is a failure, what the harness could not tell an
//! error. What can't be tested there, and what deviates as was expected, is skipped with its reason, which is neither
//! red nor green. The elements and attributes are those that Jenkins and Maven Surefire both describe in their schemas.

use bgfspec_report::printable::{line, shell_word, shorten};
use bgfspec_report::{Deviation, Outcome, Report, Run, Verdict};
use maud::{Markup, PreEscaped, html};

use crate::overview::{Outcomes, Rule, areas};

/// What generated scenarios are to show.
pub(crate) const GENERATED: &str = "Generated scenarios conform";

/// The longest text of one attribute or line, in characters.
const LONGEST: usize = 2_000;

/// The report as the text of `report.junit.xml`.
#[must_use]
pub fn junit(report: &Report) -> String {
    let mut suites: Vec<Suite> = report.runs.iter().map(|run| suite(report, run)).collect();
    suites.extend(whole(report));
    let [tests, failures, errors] =
        [Suite::tests, Suite::failures, Suite::errors].map(|count| suites.iter().map(count).sum::<usize>());
    let markup = html! {
        testsuites name="bgfspec" tests=(tests) failures=(failures) errors=(errors) {
            @for suite in &suites {
                (PreEscaped("\n")) (suite.markup())
            }
            (PreEscaped("\n"))
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", markup.into_string())
}

struct Suite {
    name: String,
    seconds: String,
    properties: Vec<(&'static str, String)>,
    cases: Vec<Case>,
}

struct Case {
    class: String,
    name: String,
    result: Result,
}

enum Result {
    Passed,
    Failed {
        message: String,
        details: String,
    },
    /// The kind of it and what was seen.
    Error(&'static str, String),
    Skipped(String),
}

impl Suite {
    fn tests(&self) -> usize {
        self.cases.len()
    }

    fn failures(&self) -> usize {
        self.cases.iter().filter(|case| matches!(case.result, Result::Failed { .. })).count()
    }

    fn errors(&self) -> usize {
        self.cases.iter().filter(|case| matches!(case.result, Result::Error(..))).count()
    }

    fn skipped(&self) -> usize {
        self.cases.iter().filter(|case| matches!(case.result, Result::Skipped(_))).count()
    }

    fn markup(&self) -> Markup {
        let (tests, failures, errors, skipped) = (self.tests(), self.failures(), self.errors(), self.skipped());
        html! {
            testsuite name=(self.name) tests=(tests) failures=(failures) errors=(errors) skipped=(skipped) time=(self.seconds) {
                @if !self.properties.is_empty() {
                    (PreEscaped("\n"))
                    properties {
                        @for (name, value) in &self.properties { property name=(name) value=(value) {} }
                    }
                }
                @for case in &self.cases {
                    (PreEscaped("\n"))
                    // Requirements are decided by many scenarios, and those of several are played at once.
                    testcase classname=(case.class) name=(case.name) time="0" { (case.result.markup()) }
                }
                (PreEscaped("\n"))
            }
        }
    }
}

impl Result {
    fn markup(&self) -> Markup {
        match self {
            Result::Passed => html! {},
            Result::Failed { message, details } => {
                html! { failure type="deviates" message=(cut(message)) { (details) } }
            }
            Result::Error(kind, message) => html! { error type=(kind) message=(cut(message)) {} },
            Result::Skipped(message) => html! { skipped message=(cut(message)) {} },
        }
    }
}

fn suite(report: &Report, run: &Run) -> Suite {
    let outcomes = Outcomes::of(run, report);
    let who = &run.implementation;
    // Dots part packages, so only those between the parts may stay.
    let word = |text: &str| cut(&text.replace('.', "_"));
    let parts = [&who.name, &who.scope].map(|part| word(part));
    let package = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(".");
    let mut cases = Vec::new();
    for area in &areas(report) {
        for rule in &area.rules {
            if let Some(outcome) = outcomes.get(rule.id) {
                let class = format!("{package}.{}", word(area.code));
                cases.push(Case { class, name: name(rule), result: result(report, run, outcome) });
            }
        }
    }
    if run.sweeps().next().is_some() {
        cases.push(Case {
            class: format!("{package}.generated"),
            name: GENERATED.to_owned(),
            result: generated(report, run),
        });
    }
    let mut error = |name: &str, kind, message: String| {
        let result = Result::Error(kind, message);
        cases.push(Case { class: package.clone(), name: cut(name), result });
    };
    if !run.complete {
        error("the run is whole", "incomplete", "Not everything was run and judged. This is not a pass.".to_owned());
    }
    for failure in run.failures.iter().filter(|failure| failure.requirements.is_empty()) {
        error(&failure.title, failure.kind.word(), failure.message.clone());
    }
    for problem in run.verification.iter().flat_map(|all| &all.problems) {
        error("the run was repeated", "unstable", problem.clone());
    }
    let properties = vec![
        ("version", cut(&who.version)),
        ("scenarios", run.scenarios.to_string()),
        ("capabilities", cut(&who.capabilities.join(" "))),
    ];
    let seconds = format!("{}.{:03}", run.elapsed_ms / 1000, run.elapsed_ms % 1000);
    Suite { name: cut(&who.label()), seconds, properties, cases }
}

/// What is wrong with the report as a whole, as a suite of its own.
fn whole(report: &Report) -> Option<Suite> {
    let case = |name: String, result| Case { class: "bgfspec".to_owned(), name: cut(&name), result };
    let mut cases: Vec<Case> = Vec::new();
    if !report.complete {
        let message = "Not everything was run and judged. This is not a pass.".to_owned();
        cases.push(case("the report is whole".to_owned(), Result::Error("incomplete", message)));
    }
    if report.runs.is_empty() {
        let message = "Nothing was run: this is not a pass.".to_owned();
        cases.push(case("something was run".to_owned(), Result::Error("nothing-run", message)));
    }
    for vendor in report.missing.iter() {
        let message = format!("{}. To get it: {}", vendor.reason, vendor.how);
        let result = if vendor.asked_for { Result::Error("missing", message) } else { Result::Skipped(message) };
        cases.push(case(format!("{} was found", vendor.name), result));
    }
    for entry in report.broken_expectations() {
        let message = entry.problem.clone().unwrap_or_default();
        let name = format!("{} deviates by {} as expected", entry.whose(), entry.what());
        cases.push(case(name, Result::Failed { message, details: String::new() }));
    }
    let suite = Suite { name: "bgfspec".to_owned(), seconds: "0".to_owned(), properties: Vec::new(), cases };
    (!suite.cases.is_empty()).then_some(suite)
}

fn name(rule: &Rule<'_>) -> String {
    cut(&format!("{} {}", rule.id, rule.statement()))
}

fn result(report: &Report, run: &Run, outcome: &Outcome) -> Result {
    let reason = || outcome.reason.clone().unwrap_or_else(|| outcome.verdict.words().to_owned());
    match outcome.verdict {
        Verdict::Conforms => Result::Passed,
        Verdict::Deviates if run.is_expected(outcome) => Result::Skipped(expected(report, run, outcome)),
        Verdict::Deviates => {
            let first = run.deviations_from(outcome).next();
            let message = first.map_or_else(|| "deviates".to_owned(), |deviation| deviation.title.clone());
            let details: Vec<String> =
                run.deviations_from(outcome).map(|deviation| details(report, run, deviation)).collect();
            Result::Failed { message, details: details.join("\n\n") }
        }
        Verdict::Blocked => Result::Skipped(format!("blocked: {}", reason())),
        Verdict::NotApplicable => Result::Skipped(format!("not applicable: {}", reason())),
        Verdict::Inconclusive => Result::Error("inconclusive", reason()),
        Verdict::Untested => Result::Skipped(format!("untested: {}", reason())),
    }
}

/// What came of generated scenarios, which are no requirement's.
fn generated(report: &Report, run: &Run) -> Result {
    let deviations = run.generated_deviations();
    let mut details: Vec<String> = deviations.iter().map(|deviation| details(report, run, deviation)).collect();
    let (unnamed, deviating) = (run.unnamed_ways(), run.sweeps().map(|all| all.deviating).sum::<u64>());
    if unnamed > 0 {
        details.push(format!("{unnamed} more ways to deviate were counted and not looked into."));
    }
    if deviating == 0 && details.is_empty() {
        Result::Passed
    } else if unnamed == 0 && deviations.iter().all(|deviation| !deviation.expected_by.is_empty()) {
        Result::Skipped("what generated scenarios deviate in is expected, or the same as what named ones do".to_owned())
    } else {
        let message = format!("{deviating} generated scenarios deviate");
        Result::Failed { message, details: details.join("\n\n") }
    }
}

/// Why a requirement is deviated from, in the words of whoever expected it.
pub(crate) fn expected(report: &Report, run: &Run, outcome: &Outcome) -> String {
    let mut reasons: Vec<String> = Vec::new();
    for entry in run.deviations_from(outcome).flat_map(|deviation| report.expectations_of(deviation)) {
        let link = entry.link.as_ref().map(|link| format!(" {link}")).unwrap_or_default();
        let reason = format!("{} ({}){link}", entry.reason, entry.what());
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    format!("deviates, as expected: {}", reasons.join("; "))
}

/// A deviation in some lines.
pub(crate) fn details(report: &Report, run: &Run, deviation: &Deviation) -> String {
    let mut lines = vec![
        deviation.title.clone(),
        deviation.explanation.clone(),
        format!("Step: {} {}", deviation.step, deviation.link),
    ];
    if !deviation.quirks.is_empty() {
        lines.push(format!("Quirks: {}", deviation.quirks.join(", ")));
    }
    lines.extend(report.expectations_of(deviation).map(|entry| format!("Expected: {}", entry.reason)));
    let scope = match run.implementation.scope.as_str() {
        scope @ ("window" | "worker" | "service-worker") => format!(" --scope {scope}"),
        _ => String::new(),
    };
    lines.push(format!(
        "Replay: bgfspec replay {} --vendor {}{scope}",
        shell_word(&deviation.id),
        shell_word(&run.implementation.name)
    ));
    lines.iter().map(|text| cut(text)).collect::<Vec<_>>().join("\n")
}

/// The text on one line and not too long, with nothing that XML forbids.
pub(crate) fn cut(text: &str) -> String {
    // Cut twice: first so that little is escaped, then because escapes are longer.
    shorten(&line(&shorten(text, LONGEST)), LONGEST)
}
