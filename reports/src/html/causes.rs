//! Each implementation in sentences: how it stands, and the causes of what deviates, each with all that is needed to act on it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bgfspec_report::javascript::javascript;
use bgfspec_report::printable::{brief, brief_block, count, duration, shell_word};
use bgfspec_report::trace::observation_line;
use bgfspec_report::{Cause, Example, Run, Verdict};
use maud::{Markup, html as markup};
use serde_json::{Value, json};

use super::bar::{bar, columns};
use super::disputes::disputes;
use super::requirements::{ALONE, counts_alone};
use super::who::Who;
use super::{ITEM, Page, anchor, link, look, requirement_link, state};
use crate::overview::diagnosis;

/// How many causes are told of at once; the others can be opened.
const FIRST: usize = 5;

/// How many causes of a run have their details on the page.
const MOST: usize = 150;

/// How many flags are named.
const FLAGS: usize = 40;

/// How many steps and how many branches that were not taken are named.
const STEPS: usize = 40;

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    let runs: Vec<(usize, &Run)> = page.report.runs.iter().enumerate().collect();
    let who = |run: &Run| (run.implementation.name.clone(), run.implementation.version.clone());
    Some(markup! {
        @if runs.is_empty() { p { "None was run." } } @else {
            p.lead {
                "A cause is a departure from the specification at one step. Those of an implementation are the smallest set under which the "
                "reference model does what it did. Each opens with what should be done, and the shortest scenario that shows it."
            }
        }
        p.lead {
            "Counted are requirements: ✓ conforms, ✗ deviates, ⊘ blocked by something that is missing, ? inconclusive, – not applicable, · "
            "untested by any scenario. Only ✓ is a pass."
        }
        ul.glance {
            @for (who, outcomes) in page.who.iter().zip(&page.outcomes) {
                @let tally = outcomes.total(&page.areas);
                li {
                    a href={ "#who-" (who.key) } { (who.short) }
                    (bar(&who.short, tally))
                    small { (columns(tally)) }
                }
            }
        }
        div.cards {
            @for group in runs.chunk_by(|a, b| who(a.1) == who(b.1)) {
                article.card {
                    @if let [(_, run), ..] = group {
                        h3 {
                            (brief(&run.implementation.name, 80)) " "
                            small { (brief(&run.implementation.version, 80)) }
                        }
                    }
                    @for (number, run) in group { (one(page, *number, run)) }
                }
            }
        }
    })
}

fn one(page: &Page<'_>, number: usize, run: &Run) -> Markup {
    let tally = page.outcomes[number].total(&page.areas);
    let who = &page.who[number];
    markup! {
        div.run id={ "who-" (who.key) } data-who=(made_by(page, run)) data-tracker=[tracker(&run.implementation.name)] {
            @if !run.implementation.scope.is_empty() || !run.complete {
                h4 { (brief(&run.implementation.scope, 80)) @if !run.complete { " (incomplete)" } }
            }
            p.sentence {
                (conformance(run, tally.conforms, tally.testable()))
                @if let Some(sentence) = diagnosis(run) { " " (sentence) }
                @if !run.failures.is_empty() {
                    " " (count(run.failures.len() as u64, "failure", "failures")) " kept scenarios from being judged."
                }
            }
            @let causes = &run.causes[..run.causes.len().min(MOST)];
            @let (first, more) = causes.split_at(causes.len().min(FIRST));
            @if !first.is_empty() { ul.causes { @for cause in first { (one_cause(page, number, cause)) } } }
            @if !more.is_empty() {
                details {
                    summary { (count((run.causes.len() - FIRST) as u64, "more cause", "more causes")) }
                    ul.causes { @for cause in more { (one_cause(page, number, cause)) } }
                    @if run.causes.len() > MOST { p { "The report in JSON has them all." } }
                }
            }
            @if run.deviates() {
                p.more {
                    a href=(state(&[("run", &who.key), ("verdict", Verdict::Deviates.words())])) {
                        "What deviates in " (who.short)
                    }
                    @let alone = counts_alone(page, &who.key);
                    @if alone > 0 {
                        ". "
                        a href=(state(&[("run", &who.key), ("verdict", ALONE)])) {
                            "Only " (who.name) " deviates from " (count(alone, "requirement", "requirements"))
                        }
                    }
                }
            }
            details {
                summary { "What it can do and see" }
                p { (capabilities(run)) }
                @if !run.configuration.is_unknown() {
                    p {
                        "Ran on " (brief(&run.configuration.words(), ITEM))
                        @for flag in run.configuration.flags.iter().take(FLAGS) { " " code { (brief(flag, ITEM)) } }
                        "."
                    }
                }
                p {
                    (count(run.scenarios, "scenario", "scenarios")) " in " (duration(run.elapsed_ms)) ", "
                    (run.steps.taken) " of " (run.steps.reachable) " steps"
                    @if let Some(branches) = &run.steps.branches {
                        " and " (branches.taken) " of " (branches.reachable) " branches"
                    }
                    " taken."
                }
                @let branches = run.steps.branches.as_ref().map_or(&[][..], |branches| &branches.missed);
                @for missed in [&run.steps.missed, branches].into_iter().filter(|missed| !missed.is_empty()) {
                    p { "Not taken: " (some_of(missed)) "." }
                }
            }
        }
    }
}

fn conformance(run: &Run, conforms: u64, testable: u64) -> String {
    let so_far = if run.complete { "" } else { " so far" };
    match (conforms, testable) {
        (_, 0) => "It could be tested on nothing, which is no pass.".to_owned(),
        (_, 1) if conforms == 1 => format!("The only requirement that could be tested conforms{so_far}."),
        _ if conforms == testable => format!("All {testable} requirements that could be tested conform{so_far}."),
        _ => format!("{conforms} of {testable} requirements that could be tested conform{so_far}."),
    }
}

/// A cause: what is done, and opened what should be, where the text says it, whom it reaches, and how to see it.
fn one_cause(page: &Page<'_>, number: usize, cause: &Cause) -> Markup {
    let who = &page.who[number];
    let name = &page.report.runs[number].implementation.name;
    let has = |run: &Run| run.causes.iter().any(|other| other.id == cause.id);
    let runs = page.report.runs.iter().zip(&page.who).enumerate();
    let others: Vec<&Who> = runs.filter(|(at, (run, _))| *at != number && has(run)).map(|(_, (_, who))| who).collect();
    let expectation = json!({ "implementation": name, "quirk": cause.id, "reason": "…" });
    markup! {
        li {
            details.cause id=(cause_anchor(who, &cause.id)) {
                summary {
                    span.sign.(look(Verdict::Deviates).0) aria-hidden="true" { "✗" } " "
                    span.does { (brief(&cause.does, ITEM)) } " "
                    small {
                        (count(cause.scenarios, "scenario", "scenarios"))
                        @if !cause.contradicted_by.is_empty() { ", in part" }
                        @if !cause.links.is_empty() { ", reported" }
                    }
                }
                @if !cause.should.is_empty() { p { strong { "It should: " } span.should { (brief(&cause.should, ITEM)) } } }
                p.departs {
                    "It departs at " (link(&cause.step, &cause.link))
                    @if !cause.requirements.is_empty() { ", and so from " }
                    @for (at, id) in cause.requirements.iter().take(40).enumerate() { @if at > 0 { ", " } (requirement_link(id)) }
                    ". " a href=(state(&[("run", &who.key), ("q", &cause.id)])) { "All that deviates so" } "."
                }
                (disputes(page.report.disputes_of(cause).into_iter().map(|(_, dispute)| dispute)))
                @for against in cause.contradicted_by.iter().take(5) {
                    p.against { "In part only: it conforms on “" (brief(&against.title, ITEM)) "” (" code { (brief(&against.scenario, 80)) } ")." }
                }
                @if let Some(example) = &cause.example {
                    pre { code { (brief_block(&javascript(&example.scenario), 4 * ITEM)) } }
                    (seen(example))
                    p.command { code { (replay(who, &cause.id)) } }
                }
                @if !others.is_empty() {
                    p {
                        "Also in "
                        @for (at, other) in others.iter().enumerate() {
                            @if at > 0 { ", " }
                            a href={ "#" (cause_anchor(other, &cause.id)) } { (other.short) }
                        }
                        "."
                    }
                }
                @if !cause.links.is_empty() {
                    p.known {
                        "Reported, of whatever implementation: "
                        @for (at, address) in cause.links.iter().take(10).enumerate() { @if at > 0 { ", " } (link(&in_short(address), address)) }
                        "."
                    }
                }
                p.command { "To expect it: " code { (brief(&expectation.to_string(), ITEM)) } }
            }
        }
    }
}

/// Where a cause of an implementation is.
fn cause_anchor(who: &Who, id: &str) -> String {
    format!("cause-{}-{}", who.key, anchor(id))
}

/// The first difference between what should be seen and what was.
fn seen(example: &Example) -> Markup {
    let at = |trace: &[Value]| trace.get(example.first_difference).map(|one| brief(&observation_line(one), ITEM));
    let (expected, observed) = (at(&example.expected), at(&example.observed));
    markup! {
        p.seen {
            @for (word, line) in [("Expected: ", expected), ("Observed: ", observed)] {
                span {
                    (word)
                    @match line { Some(line) => code { (line) }, None => "nothing more" }
                }
                " "
            }
        }
    }
}

/// Who was judged, for who reads an issue and has no report.
fn made_by(page: &Page<'_>, run: &Run) -> String {
    let os = if page.report.os.is_empty() { String::new() } else { format!(", {}", page.report.os) };
    brief(&format!("{}{os}", run.implementation.label()), ITEM)
}

/// The page on which an issue of an implementation is opened, with `TITLE` and `BODY` for what it is filled in with.
fn tracker(name: &str) -> Option<&'static str> {
    static TRACKERS: LazyLock<BTreeMap<String, String>> =
        LazyLock::new(|| serde_json::from_str(include_str!("trackers.json")).unwrap_or_default());
    TRACKERS.get(name).map(String::as_str)
}

/// An issue as people write it, such as `owner/name#1`; the address where it is nothing known.
fn in_short(address: &str) -> String {
    let parts: Vec<&str> = address.trim_start_matches("https://").split('/').collect();
    match (parts.as_slice(), address.split_once("show_bug.cgi?id=")) {
        (["github.com", owner, name, "issues" | "pull", number], _) => format!("{owner}/{name}#{number}"),
        ([host, ..], Some((_, number))) => format!("{host} {number}"),
        _ => address.to_owned(),
    }
}

fn replay(who: &Who, id: &str) -> String {
    format!("bgfspec replay {} {}", shell_word(&brief(id, 80)), who.options)
}

/// The steps or branches that were not taken, as many as fit.
fn some_of(steps: &[String]) -> String {
    let mut shown: Vec<String> = steps.iter().take(STEPS).map(|step| brief(step, ITEM)).collect();
    if let Some(more) = steps.len().checked_sub(STEPS).filter(|more| *more > 0) {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}

fn capabilities(run: &Run) -> Markup {
    let capabilities = &run.implementation.capabilities;
    markup! {
        @if capabilities.is_empty() { "Nothing that it told of" }
        @for (at, capability) in capabilities.iter().take(200).enumerate() {
            @if at > 0 { ", " }
            code { (brief(capability, 80)) }
        }
        "."
    }
}
