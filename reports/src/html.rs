//! The report as one self-contained page.
//!
//! It loads nothing and runs only its own small script, which filters and opens what an address points to; without
//! it everything is still there. A content security policy that names the style and the script by their hashes holds
//! even if an escape should be missing.

mod deviation;
mod matrix;
mod suspects;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use crate::overview::{Area, Outcomes, Standing, are_many, areas, conclusion, strength};
use crate::printable::{count, duration, is_web_address, line};
use crate::report::{Report, Run};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/filter.js");

/// Allows what is in the page and nothing else; a test compares the hashes with the files.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
    style-src 'sha256-GtYZDyI5tc21Gbu+S4eB/ukqruyxIXlEo92o3NzoYuQ='; \
    script-src 'sha256-JeLdEaev8FDlWgn47Rl+r8EzAGxoEI9rDyDcfcYHtkI='";

/// The report as an HTML document.
#[must_use]
pub fn html(report: &Report) -> String {
    let areas = areas(report);
    let conclusion = conclusion(report);
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { "bgfspec compliance report" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "bgfspec compliance report" }
                    @if !report.is_complete() {
                        p.banner role="alert" {
                            strong { "Incomplete." }
                            " Not everything was run and judged. Nothing on this page is a pass."
                        }
                    }
                    p.conclusion.(class(conclusion.standing)) { (line(&conclusion.sentence)) }
                    (origin(report))
                    @if let Some(strength) = strength(report) { p { (strength) } }
                    nav {
                        @if suspects::are_there(report) { a href="#suspects" { "Suspects" } " " }
                        a href="#implementations" { "Implementations" } " "
                        a href="#areas" { "Areas" } " "
                        a href="#requirements" { "Requirements" } " "
                        a href="#deviations" { "Deviations" } " "
                        a href="#missing" { "Not found" }
                    }
                    p #filter hidden {
                        label { "Show only what contains " input type="search" autocomplete="off"; }
                    }
                }
                main {
                    (suspects::all(report))
                    (implementations(report, &areas))
                    (matrix::areas(report, &areas))
                    (matrix::requirements(report, &areas))
                    (deviation::all(report))
                    (missing(report))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn origin(report: &Report) -> Markup {
    markup! {
        p {
            @if !report.date.is_empty() { (line(&report.date)) ", suite " } @else { "Suite " }
            code { (line(&report.bgfspec)) } ", seed " code { (report.seed) }
            @for (name, commit) in &report.specs { ", " (line(name)) " " code { (line(commit)) } }
            "."
        }
    }
}

fn implementations(report: &Report, areas: &[Area<'_>]) -> Markup {
    markup! {
        section #implementations {
            h2 { "Implementations" }
            @if report.runs.is_empty() { p { "None was run." } } @else {
                div.scroll tabindex="0" role="region" aria-label="Implementations" {
                    table {
                        thead { tr {
                            @for heading in [
                                "Implementation", "Conforms", "Deviates", "Not applicable", "Inconclusive", "Untested",
                                "Scenarios", "Time", "Steps taken",
                            ] { th scope="col" { (heading) } }
                        } }
                        tbody {
                            @for (number, run) in report.runs.iter().enumerate() {
                                (implementation(number, run, &Outcomes::of(run, report), areas))
                            }
                        }
                    }
                }
                details open[!are_many(report)] {
                    summary { "What each can do and see" }
                    @for run in &report.runs {
                        p { strong { (line(&run.implementation.label())) } " can " (capabilities(run)) "." }
                    }
                }
            }
        }
    }
}

fn implementation(number: usize, run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>]) -> Markup {
    let tally = outcomes.total(areas);
    markup! {
        tr {
            th scope="row" {
                a href={ "#" (run_anchor(number)) } { (line(&run.implementation.label())) }
                @if !run.complete { " " strong { "(incomplete)" } }
            }
            td.number.(class(tally.standing())) { (tally.cell()) }
            td.number { (tally.deviates) }
            td.number { (tally.not_applicable) }
            td.number { (tally.inconclusive) }
            td.number { (tally.untested) }
            td.number { (run.scenarios) }
            td.number { (duration(run.elapsed_ms)) }
            td.number { (run.steps.taken) " of " (run.steps.reachable) }
        }
    }
}

fn capabilities(run: &Run) -> Markup {
    let capabilities = &run.implementation.capabilities;
    markup! {
        @if capabilities.is_empty() { "nothing that it told of" }
        @for (at, capability) in capabilities.iter().enumerate() {
            @if at > 0 { ", " }
            code { (line(capability)) }
        }
    }
}

fn missing(report: &Report) -> Markup {
    markup! {
        section #missing {
            h2 { "Not found" }
            @if report.missing.is_empty() { p { "Every implementation that was looked for was found." } } @else {
                p { (count(report.missing.len() as u64, "implementation was", "implementations were")) " not judged." }
                ul {
                    @for vendor in &report.missing {
                        li {
                            strong { (line(&vendor.name)) }
                            @if vendor.asked_for { " (asked for)" }
                            ": " (line(&vendor.reason)) ". To get it: " (line(&vendor.how))
                        }
                    }
                }
            }
        }
    }
}

/// A link if the address leads to the web; the bare text if not.
fn link(text: &str, address: &str) -> Markup {
    markup! {
        @if is_web_address(address) {
            a href=(address) rel="noreferrer noopener" { (line(text)) }
        } @else {
            (line(text))
        }
    }
}

fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Pass => "pass",
        Standing::Fail => "fail",
        Standing::Unclear => "unclear",
        Standing::Nothing => "nothing",
    }
}

/// Where a run's deviations are. Runs go by number: no two names of implementations have to differ.
fn run_anchor(run: usize) -> String {
    format!("run-{}", run + 1)
}

/// Where a deviation is. Several runs may have one of the same scenario.
fn deviation_anchor(run: usize, id: &str) -> String {
    format!("{}-{}", run_anchor(run), anchor(id))
}

fn requirement_anchor(id: &str) -> String {
    format!("requirement-{}", anchor(id))
}

/// The text in characters that an id and a fragment have in common.
fn anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            anchor.push(c);
        } else {
            anchor += &format!("_{:x}_", u32::from(c));
        }
    }
    anchor
}
