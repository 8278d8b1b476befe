//! The report as one self-contained page.
//!
//! What matters is plain HTML and needs no script: the causes, the areas, the requirements with everybody's verdict. The
//! scenarios and traces of deviations are thousands, so they are stored as compressed text and shown by the page's own
//! script when somebody asks for one. The page loads nothing, and a content security policy that names its style and its
//! script by their hashes holds even if an escape should be missing.
//!
//! A section is a file in `html/` with a function from [`Page`] to markup, and a line in [`SECTIONS`].

mod bar;
mod causes;
mod clicks;
mod deviations;
mod disputes;
mod failures;
mod gates;
mod generated;
mod matrix;
mod missing;
mod policy;
mod requirements;
mod store;
mod suite;
mod suspects;
mod way;
mod who;

use std::collections::BTreeSet;

use bgfspec_report::printable::{brief, count, is_web_address};
use bgfspec_report::{Report, Selection, Verdict};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use crate::overview::{Area, Outcomes, Standing, areas, conclusion};
use who::Who;

/// The longest text of one item, in characters. It keeps a single hostile string from filling the page.
const ITEM: usize = 600;

/// The sections in their order: where each is, what it is called, and what is in it, if anything.
const SECTIONS: [(&str, &str, Section); 11] = [
    ("causes", "Causes", causes::section),
    ("suspects", crate::overview::SUSPECT, suspects::section),
    ("gates", "Expectations and repetitions", gates::section),
    ("matrix", "Areas by implementation", matrix::section),
    ("requirements", "Requirements", requirements::section),
    ("deviations", "Deviations", deviations::section),
    ("clicks", "Real clicks", clicks::section),
    ("failures", "Failures", failures::section),
    ("missing", "Not found", missing::section),
    ("generated", "Generated scenarios", generated::section),
    ("suite", "The suite itself", suite::section),
];

type Section = fn(&Page<'_>) -> Option<Markup>;

/// What every section is made from.
struct Page<'a> {
    report: &'a Report,
    areas: Vec<Area<'a>>,
    /// The implementations in the order of the report's runs.
    who: Vec<Who>,
    /// What each of them did.
    outcomes: Vec<Outcomes<'a>>,
}

/// The report as an HTML document.
#[must_use]
pub fn html(report: &Report) -> String {
    let page = Page {
        report,
        areas: areas(report),
        who: Who::all(report),
        outcomes: report.runs.iter().map(|run| Outcomes::of(run, report)).collect(),
    };
    let sections: Vec<(&str, &str, Markup)> =
        SECTIONS.iter().filter_map(|(id, title, section)| Some((*id, *title, section(&page)?))).collect();
    let document = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title(report)) }
                style { (PreEscaped(policy::STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the results" }
                header {
                    h1 { "Compliance of " (subject(report)) }
                    (origin(report))
                    @if !report.is_complete() {
                        p.banner role="alert" {
                            strong { "Incomplete." }
                            " Not everything was run and judged. Nothing on this page is a pass."
                        }
                    }
                    (verdict(report))
                    nav aria-label="Sections" {
                        ul { @for (id, title, _) in &sections { li { a href={ "#" (id) } { (title) } } } }
                    }
                }
                main #main tabindex="-1" data-suite=(made_with(report)) {
                    @for (id, title, content) in &sections {
                        section id=(id) aria-labelledby={ (id) "-title" } {
                            h2 id={ (id) "-title" } { (title) }
                            (content)
                        }
                    }
                }
                footer {
                    p {
                        "✓ conforms, ✗ deviates, ⊘ blocked: it lacks something that it should have, ? inconclusive: the harness could not tell, – not applicable: it lacks a capability that the "
                        "scenarios need, · untested: no scenario can decide it. Only ✓ is a pass."
                    }
                }
                script { (PreEscaped(policy::SCRIPT)) }
            }
        }
    };
    document.into_string()
}

/// Whose report it is, and of which day: what a tab or a bookmark has of it comes first.
fn title(report: &Report) -> String {
    let day = if report.date.is_empty() { String::new() } else { format!(", {}", brief(&report.date, 40)) };
    format!("{}{day}: bgfspec", subject(report))
}

/// Who was judged: the only implementation with its version, or how many there are. Scopes are of one implementation.
fn subject(report: &Report) -> String {
    let all: BTreeSet<(&str, &str)> =
        report.runs.iter().map(|run| (&*run.implementation.name, &*run.implementation.version)).collect();
    match all.len() {
        1 => all.iter().map(|(name, version)| brief(format!("{name} {version}").trim_end(), 80)).collect(),
        many => count(many as u64, "implementation", "implementations"),
    }
}

/// What judged, and by which texts: for who reads an issue and has no report.
fn made_with(report: &Report) -> String {
    let specs = report.specs.iter().map(|(name, commit)| format!(", {name} {}", short(commit)));
    let day = if report.date.is_empty() { String::new() } else { format!(", on {}", report.date) };
    brief(&format!("bgfspec {}{}{day}", report.bgfspec, specs.collect::<String>()), ITEM)
}

fn verdict(report: &Report) -> Markup {
    let conclusion = conclusion(report);
    let (class, sign, _) = look_of(conclusion.standing);
    markup! { p.conclusion.(class) { span.sign aria-hidden="true" { (sign) } " " (brief(&conclusion.sentence, 4 * ITEM)) } }
}

fn origin(report: &Report) -> Markup {
    markup! {
        p.origin {
            @if !report.date.is_empty() { (brief(&report.date, ITEM)) ", suite " } @else { "Suite " }
            "bgfspec " code { (brief(&report.bgfspec, ITEM)) } ", seed " code { (report.seed) }
            @for (name, commit) in &report.specs { ", " (brief(name, ITEM)) " " code { (brief(short(commit), ITEM)) } }
            "."
        }
        @if let Some(asked) = asked(report) { p.banner { strong { "Not the whole suite: " } (asked) "." } }
    }
}

/// What was asked for, where it was less than everything.
fn asked(report: &Report) -> Option<String> {
    let Selection { filter, capability, shard, cases: _, seconds: _, exhaustive: _ } = &report.selection;
    let one = |what: &str, value: &Option<String>| Some(format!("{what} {}", brief(value.as_deref()?, ITEM)));
    let asked = [
        one("only scenarios with", filter),
        one("only scenarios that need the capability", capability),
        one("only share", shard),
    ];
    let asked: Vec<String> = asked.into_iter().flatten().collect();
    (!asked.is_empty()).then(|| asked.join(", "))
}

/// What tells a commit from another; the report has all of it.
fn short(commit: &str) -> &str {
    if commit.len() == 40 { commit.get(..8).unwrap_or(commit) } else { commit }
}

/// A link if the address leads to the web; the bare text if not.
fn link(text: &str, address: &str) -> Markup {
    markup! {
        @if is_web_address(address) && address.len() < 2_000 {
            a href=(address) rel="noreferrer noopener" { (brief(text, ITEM)) }
        } @else {
            (brief(text, ITEM))
        }
    }
}

/// How a verdict looks: its class, its sign, and the letter that stands for it in what the script reads.
fn look(verdict: Verdict) -> (&'static str, &'static str, char) {
    match verdict {
        Verdict::Conforms => ("pass", "✓", 'c'),
        Verdict::Deviates => ("fail", "✗", 'd'),
        Verdict::Inconclusive => ("unclear", "?", 'i'),
        Verdict::Blocked => ("blocked", "⊘", 'b'),
        Verdict::NotApplicable => ("nothing", "–", 'n'),
        Verdict::Untested => ("untested", "·", 'u'),
    }
}

/// How a group of verdicts looks.
fn look_of(standing: Standing) -> (&'static str, &'static str, char) {
    look(match standing {
        Standing::Pass => Verdict::Conforms,
        Standing::Fail => Verdict::Deviates,
        Standing::Unclear => Verdict::Inconclusive,
        Standing::Nothing => Verdict::NotApplicable,
    })
}

/// Where a requirement is: its own id, if it looks like one and so is nothing else's.
fn requirement_anchor(id: &str) -> String {
    let is_one = id.split_once('-').is_some_and(|(area, number)| {
        let is =
            |text: &str, kind: fn(&u8) -> bool| !text.is_empty() && text.len() < 20 && text.as_bytes().iter().all(kind);
        is(area, u8::is_ascii_uppercase) && is(number, u8::is_ascii_digit)
    });
    if is_one { id.to_owned() } else { format!("requirement-{}", anchor(id)) }
}

/// A link to a requirement.
fn requirement_link(id: &str) -> Markup {
    markup! { a href={ "#" (requirement_anchor(id)) } { (brief(id, 80)) } }
}

/// A state of the page as a fragment: the filters and what is open, as `name=value`.
fn state(members: &[(&str, &str)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
    format!("#{}", members.join("&"))
}

fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(byte.into()),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

/// The text in characters that an id and a fragment have in common.
fn anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for c in text.chars().take(ITEM) {
        if c.is_ascii_alphanumeric() || c == '-' {
            anchor.push(c);
        } else {
            anchor += &format!("_{:x}_", u32::from(c));
        }
    }
    anchor
}
