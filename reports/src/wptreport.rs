//! The report as `wptreport.json`, as the runner of the web platform's tests writes it and wpt.fyi reads it.
//!
//! Such a file is about one product, so there is one for each version of an implementation. An area in a scope is a test of
//! it, with a path that begins with `/` and stands there once; a requirement is a subtest. What lacks a capability
//! is `PRECONDITION_FAILED`, which is no pass there either; what no scenario can test is left out.

use std::collections::BTreeMap;

use bgfspec_report::{FailureKind, Outcome, Report, Run, Verdict};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::junit::{GENERATED, cut, details, expected};
use crate::overview::{Area, Outcomes, Rule, areas};

/// How many hexadecimal digits a revision has to have.
const REVISION: usize = 40;

/// The longest name of a file, without what follows the dot.
const LONGEST_NAME: usize = 80;

/// The results of one product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    /// A name for its file, unlike that of any other product of the report, without folder and ending.
    pub name: String,
    /// The text of its `wptreport.json`, on one line.
    pub json: String,
}

/// The report as one `wptreport.json` for each product.
///
/// # Errors
/// Says what could not be written.
pub fn wptreport(report: &Report) -> serde_json::Result<Vec<Product>> {
    let revision = revision(report)?;
    let areas = areas(report);
    let mut products: BTreeMap<String, Vec<&Run>> = BTreeMap::new();
    let mut order = Vec::new();
    for run in &report.runs {
        let stem = stem(&run.implementation.name, &run.implementation.version);
        let same = |other: &&Run| {
            let [one, other] = [&run.implementation, &other.implementation];
            (&one.name, &one.version) == (&other.name, &other.version) && word(&one.scope) != word(&other.scope)
        };
        // What is the same product in the same scope, or only looks alike, has a file of its own.
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let name = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|name| products.get(name).is_none_or(|runs| runs.iter().all(same)));
        let name = name.unwrap_or(stem);
        if !order.contains(&name) {
            order.push(name.clone());
        }
        products.entry(name).or_default().push(run);
    }
    order
        .into_iter()
        .map(|name| {
            let runs = products.remove(&name).unwrap_or_default();
            let json = serde_json::to_string(&product(report, &areas, &runs, &revision))? + "\n";
            Ok(Product { name, json })
        })
        .collect()
}

#[derive(Serialize)]
struct Results {
    run_info: RunInfo,
    time_start: u64,
    time_end: u64,
    results: Vec<Test>,
}

#[derive(Serialize)]
struct RunInfo {
    product: String,
    browser_version: String,
    os: String,
    revision: String,
    /// Where its tests come from.
    bgfspec: String,
}

#[derive(Serialize)]
struct Test {
    test: String,
    subsuite: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'static str>,
    message: Option<String>,
    duration: u64,
    subtests: Vec<Subtest>,
}

#[derive(Serialize)]
struct Subtest {
    name: String,
    status: &'static str,
    /// There where it is another than the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'static str>,
    message: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known_intermittent: Vec<&'static str>,
}

fn product(report: &Report, areas: &[Area<'_>], runs: &[&Run], revision: &str) -> Results {
    let (name, version) =
        runs.first().map_or(("", ""), |run| (&*run.implementation.name, &*run.implementation.version));
    let time_start = midnight(&report.date).unwrap_or_default();
    Results {
        run_info: RunInfo {
            product: cut(name),
            browser_version: cut(version),
            os: os(&report.os).to_owned(),
            revision: revision.to_owned(),
            bgfspec: cut(&report.bgfspec),
        },
        time_start,
        time_end: time_start + runs.iter().map(|run| run.elapsed_ms).sum::<u64>(),
        results: runs.iter().flat_map(|run| tests(report, areas, run)).collect(),
    }
}

fn tests(report: &Report, areas: &[Area<'_>], run: &Run) -> Vec<Test> {
    let outcomes = Outcomes::of(run, report);
    let scope = word(&run.implementation.scope);
    let folder = if scope.is_empty() { "/bgfspec".to_owned() } else { format!("/bgfspec/{scope}") };
    let test = |name: &str, subtests: Vec<Subtest>| {
        let whole = run.complete && report.complete;
        // A test that is not whole is never `OK`.
        let (status, message) = if whole { ("OK", None) } else { ("ERROR", Some("The run is incomplete.".to_owned())) };
        let expected = (!whole).then_some("OK");
        Test { test: format!("{folder}/{name}"), subsuite: "", status, expected, message, duration: 0, subtests }
    };
    let of_area = |area: &Area<'_>| {
        let subtests: Vec<Subtest> =
            area.rules.iter().filter_map(|rule| subtest(report, run, rule, outcomes.get(rule.id)?)).collect();
        (!subtests.is_empty()).then(|| test(&word(area.code), subtests))
    };
    let mut tests: Vec<Test> = areas.iter().filter_map(of_area).collect();
    tests.extend(generated(report, run).map(|subtest| test("generated", vec![subtest])));
    if tests.is_empty() && !run.complete {
        tests.push(test("nothing-judged", Vec::new()));
    }
    if let Some(first) = tests.first_mut() {
        first.duration = run.elapsed_ms;
    }
    tests
}

fn subtest(report: &Report, run: &Run, rule: &Rule<'_>, outcome: &Outcome) -> Option<Subtest> {
    let mut expectation = "PASS";
    let (status, message) = match outcome.verdict {
        Verdict::Untested => return None,
        Verdict::Conforms => ("PASS", None),
        Verdict::Deviates => {
            let mut texts: Vec<String> =
                run.deviations_from(outcome).take(1).map(|deviation| details(report, run, deviation)).collect();
            let more = run.deviations_from(outcome).count().saturating_sub(1);
            if more > 0 {
                texts.push(format!("{more} more: see report.html."));
            }
            if run.is_expected(outcome) {
                expectation = "FAIL";
                texts.insert(0, cut(&self::expected(report, run, outcome)));
            }
            ("FAIL", Some(texts.join("\n")))
        }
        Verdict::Blocked | Verdict::NotApplicable => ("PRECONDITION_FAILED", outcome.reason.as_deref().map(cut)),
        Verdict::Inconclusive => (undecided(run, &outcome.id), outcome.reason.as_deref().map(cut)),
    };
    Some(Subtest {
        name: cut(&format!("{} {}", rule.id, rule.statement())),
        status,
        expected: (status != expectation).then_some(expectation),
        message,
        known_intermittent: intermittent(run, &outcome.id, status),
    })
}

/// What came of generated scenarios, which are no requirement's.
fn generated(report: &Report, run: &Run) -> Option<Subtest> {
    let deviating: u64 = run.sweeps().map(|all| all.deviating).reduce(|sum, more| sum + more)?;
    let deviations = run.generated_deviations();
    let is_expected = run.unnamed_ways() == 0 && deviations.iter().all(|deviation| !deviation.expected_by.is_empty());
    let message = || match deviations.first() {
        Some(deviation) => details(report, run, deviation),
        None => "All of them deviate as named scenarios do, or were not looked into.".to_owned(),
    };
    Some(Subtest {
        name: GENERATED.to_owned(),
        status: if deviating == 0 { "PASS" } else { "FAIL" },
        expected: (deviating > 0 && !is_expected).then_some("PASS"),
        message: (deviating > 0).then(message),
        known_intermittent: Vec::new(),
    })
}

/// What became of a requirement that the harness could not tell of.
fn undecided(run: &Run, id: &str) -> &'static str {
    let late = |failure: &bgfspec_report::Failure| {
        failure.kind == FailureKind::Timeout && failure.requirements.iter().any(|of| of == id)
    };
    if run.failures.iter().any(late) { "TIMEOUT" } else { "NOTRUN" }
}

/// The other statuses that were seen when all of it was played again.
fn intermittent(run: &Run, id: &str, status: &'static str) -> Vec<&'static str> {
    let varied = run.verification.iter().flat_map(|all| &all.varied);
    let verdicts = varied.filter(|one| one.requirements.iter().any(|of| of == id)).flat_map(|one| &one.verdicts);
    let mut statuses: Vec<&'static str> = verdicts
        .map(|verdict| match verdict {
            Verdict::Conforms => "PASS",
            Verdict::Deviates => "FAIL",
            Verdict::Blocked | Verdict::NotApplicable => "PRECONDITION_FAILED",
            Verdict::Inconclusive | Verdict::Untested => "NOTRUN",
        })
        .filter(|other| *other != status)
        .collect();
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

/// What tells the tests of one suite from those of another, in the form that a commit has: wpt.fyi takes nothing else. Made of
/// the version of the suite, the commits of the specifications and the requirements.
fn revision(report: &Report) -> serde_json::Result<String> {
    let tests = serde_json::to_vec(&(&report.bgfspec, &report.specs, &report.catalogue))?;
    let digits: String = Sha256::digest(tests).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(digits.chars().take(REVISION).collect())
}

/// The words of the web platform's tests for operating systems.
fn os(name: &str) -> &str {
    match name {
        "" => "unknown",
        "macos" => "mac",
        "windows" => "win",
        other => other,
    }
}

/// The first millisecond of a day, which is all that a report tells of its time.
fn midnight(date: &str) -> Option<u64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<u64>);
    let (Some(Ok(year @ 1970..=9999)), Some(Ok(month @ 1..=12)), Some(Ok(day @ 1..=31))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    // Years begin in March, so that the day that some have comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400_000)
}

fn stem(name: &str, version: &str) -> String {
    let stem = if version.is_empty() { word(name) } else { format!("{}-{}", word(name), word(version)) };
    let stem: String = stem.trim_start_matches(['.', '-']).chars().take(LONGEST_NAME).collect();
    if stem.is_empty() { "unnamed".to_owned() } else { stem }
}

/// The text with nothing in it that means something in a path or an address.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let word: String = text.chars().take(LONGEST_NAME).map(|c| if plain(c) { c } else { '_' }).collect();
    if word.chars().all(|c| c == '.') { String::new() } else { word }
}

#[cfg(test)]
mod tests {
    use super::midnight;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (date, days) in [("1970-01-01", 0), ("1972-02-29", 789), ("2000-03-01", 11_017), ("2026-01-01", 20_454)] {
            assert_eq!(midnight(date), Some(days * 86_400_000), "{date}");
        }
        for none in ["", "today", "2026-13-01", "2026-01", "99999999999999999999-01-01", "1969-12-31"] {
            assert_eq!(midnight(none), None, "{none}");
        }
    }
}
