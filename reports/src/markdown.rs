//! The report as a comment on a pull request.
//!
//! A forge cuts or refuses comments beyond some 65,000 characters and acts on what looks like a mention, so the page
//! has a bound, and text from outside is escaped for Markdown, for HTML and for mentions.

use bgfspec_report::aligned::{Mark, align};
use bgfspec_report::printable::{count, duration, is_web_address, line, shorten};
use bgfspec_report::trace::observation_line;
use bgfspec_report::{Cause, Configuration, Deviation, Report, Run};
use serde_json::Value;

use crate::gates;
use crate::overview::{
    Area, Doubt, Outcomes, SUSPECT, SUSPECT_MEANING, Standing, are_many, areas, conclusion, doubted, strength,
};

/// Bytes; GitHub refuses comments of more than 65,536 characters.
pub(crate) const LIMIT: usize = 60_000;

/// Bytes that suspects may take, so that there is room for results.
const SUSPECTS: usize = LIMIT / 4;

/// Bytes that are kept for what comes after the findings of the runs.
const REST: usize = 4_000;

/// The most disputes that are shown of a cause: one of many requirements has many.
const DISPUTES: usize = 3;

/// The longest text of one item. It keeps a single hostile string from filling the page.
const ITEM: usize = 300;

/// The report as Markdown, shortened to what a comment can hold.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let areas = areas(report);
    let mut page = Page::new("`report.html`");
    let conclusion = conclusion(report);
    let sign = match conclusion.standing {
        Standing::Pass => "✓",
        Standing::Fail => "✗",
        Standing::Unclear | Standing::Nothing => "?",
    };
    page.must(&format!("## bgfspec {}\n\n", escape(&report.bgfspec)));
    if !report.is_complete() {
        page.must("> **Incomplete.** Not everything was run and judged. This is not a pass.\n\n");
    }
    page.must(&format!("{sign} {}\n\n", escape(&conclusion.sentence)));
    if let Some(strength) = strength(report) {
        page.must(&format!("{strength}\n\n"));
    }
    let heading = format!("### {SUSPECT}\n\n{SUSPECT_MEANING}\n\n");
    page.items(&heading, suspects(report), "suspects", SUSPECTS);
    if !report.runs.is_empty() {
        page.items("", implementations(report, &areas), "implementations", LIMIT);
        if are_many(report) {
            page.items("", matrix_by_run(report, &areas), "implementations", LIMIT);
        } else {
            page.items("", matrix(report, &areas), "areas", LIMIT);
        }
    }
    let expectations = gates::expectations(report).into_iter().map(|(_, text)| format!("- {}\n", escape(&text)));
    page.items("### Expectations\n\n", expectations.collect(), "expectations", LIMIT / 2);
    for (number, run) in report.runs.iter().enumerate() {
        let heading = format!("### {}\n\n", escape(&run.implementation.label()));
        // The first run must not take the room of the others.
        let left = (LIMIT - REST).saturating_sub(page.text.len());
        let limit = page.text.len() + left / (report.runs.len() - number);
        page.items(&heading, details(run, report), "findings", limit);
    }
    page.items("### Not found\n\n", missing(report), "implementations", LIMIT);
    let specs: Vec<String> =
        report.specs.iter().map(|(name, commit)| format!("{} {}", escape(name), code(commit))).collect();
    let date = if report.date.is_empty() { String::new() } else { format!("{}; ", escape(&report.date)) };
    page.items("", vec![format!("{date}seed {}; {}.\n", report.seed, specs.join(", "))], "specifications", LIMIT);
    page.text
}

/// What fits.
pub(crate) struct Page {
    pub(crate) text: String,
    /// Where the rest is.
    rest: &'static str,
}

impl Page {
    /// An empty page of what stands as a whole elsewhere.
    pub(crate) fn new(rest: &'static str) -> Self {
        Page { text: String::new(), rest }
    }

    pub(crate) fn must(&mut self, text: &str) {
        self.text += text;
    }

    /// A heading and as many of the items as fit into a page of so many bytes, and how many do not.
    pub(crate) fn items(&mut self, heading: &str, items: Vec<String>, what: &str, limit: usize) {
        if items.is_empty() {
            return;
        }
        let mut items = items.into_iter();
        let mut left = items.len();
        let mut section = heading.to_owned();
        for item in items.by_ref() {
            if self.text.len() + section.len() + item.len() > limit {
                break;
            }
            section += &item;
            left -= 1;
        }
        if left > 0 && self.text.len() + heading.len() > limit {
            return;
        }
        if left > 0 {
            section += &format!("\n… and {left} more {what}: see {}.\n", self.rest);
        }
        self.text += &section;
        self.text.push('\n');
    }
}

fn implementations(report: &Report, areas: &[Area<'_>]) -> Vec<String> {
    let mut rows = vec![
        "| Implementation | conforms | deviates | blocked | not applicable | inconclusive | untested | scenarios | time |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
            .to_owned(),
    ];
    rows.extend(report.runs.iter().map(|run| {
        let tally = Outcomes::of(run, report).total(areas);
        let incomplete = if run.complete { "" } else { " (incomplete)" };
        format!(
            "| {}{incomplete} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
            escape(&run.implementation.label()),
            tally.conforms,
            tally.deviates,
            tally.blocked,
            tally.not_applicable,
            tally.inconclusive,
            tally.untested,
            run.scenarios,
            duration(run.elapsed_ms),
        )
    }));
    rows
}

fn matrix(report: &Report, areas: &[Area<'_>]) -> Vec<String> {
    let outcomes: Vec<Outcomes<'_>> = report.runs.iter().map(|run| Outcomes::of(run, report)).collect();
    let names: String = report.runs.iter().map(|run| format!(" {} |", escape(&run.implementation.label()))).collect();
    let mut rows = vec![format!("| Area |{names}\n| --- |{}\n", " --- |".repeat(report.runs.len()))];
    rows.extend(areas.iter().map(|area| {
        let cells: String = outcomes.iter().map(|outcomes| format!(" {} |", outcomes.tally(area).cell())).collect();
        format!("| {} {} |{cells}\n", escape(area.code), escape(area.title))
    }));
    rows
}

/// One row a run, for more runs than fit beside each other.
pub(crate) fn matrix_by_run(report: &Report, areas: &[Area<'_>]) -> Vec<String> {
    let codes: String = areas.iter().map(|area| format!(" {} |", escape(area.code))).collect();
    let mut rows = vec![format!("| Implementation |{codes}\n| --- |{}\n", " --- |".repeat(areas.len()))];
    rows.extend(report.runs.iter().map(|run| {
        let outcomes = Outcomes::of(run, report);
        let cells: String = areas.iter().map(|area| format!(" {} |", outcomes.tally(area).short_cell())).collect();
        format!("| {} |{cells}\n", escape(&run.implementation.label()))
    }));
    rows
}

fn suspects(report: &Report) -> Vec<String> {
    let labels = |labels: &[String]| labels.iter().map(|label| escape(label)).collect::<Vec<_>>().join(", ");
    let one = |doubt: Doubt<'_>| match doubt {
        Doubt::Rule(suspect, known) => {
            let statement = known.map(|known| format!(" {}", escape(&known.statement))).unwrap_or_default();
            let scenarios: Vec<String> = suspect.scenarios.iter().map(|id| code(id)).collect();
            format!(
                "- **{}**{statement} ({}; alike on {})\n",
                escape(&suspect.requirement),
                labels(&suspect.implementations),
                scenarios.join(", ")
            )
        }
        Doubt::Scenario(suspect) => format!(
            "- **{}** {} ({}; alike on {})\n",
            suspect.requirements.iter().map(|id| escape(id)).collect::<Vec<_>>().join(", "),
            escape(&suspect.title),
            labels(&suspect.implementations),
            code(&suspect.scenario)
        ),
    };
    doubted(report).into_iter().map(one).collect()
}

fn details(run: &Run, report: &Report) -> Vec<String> {
    let failures = run.failures.iter().map(|failure| {
        let what =
            if failure.title.is_empty() { String::new() } else { format!(" in “{}”", escape(&failure.title)) };
        format!("- **{}**{what}: {}\n", failure.kind.word(), escape(&failure.message))
    });
    let causes = run.causes.iter().map(|of| cause(of, report));
    let unexplained = (run.unexplained > 0).then(|| {
        format!(
            "- {} not explained by any quirk\n",
            count(run.unexplained, "deviating scenario", "deviating scenarios")
        )
    });
    let acts = run.acts().map(|acts| format!("- {}\n", escape(&acts)));
    let verification = gates::verification(run).into_iter().map(|(_, text)| format!("- {}\n", escape(&text)));
    // What is expected is known already, so it comes last.
    let (expected, new): (Vec<_>, Vec<_>) = run.deviations.iter().partition(|one| !one.expected_by.is_empty());
    let deviations = new.into_iter().chain(expected).map(deviation);
    let ran = ran(&run.configuration);
    ran.into_iter()
        .chain(acts)
        .chain(failures)
        .chain(verification)
        .chain(causes)
        .chain(unexplained)
        .chain(deviations)
        .collect()
}

/// Where it ran, and how it was started.
fn ran(configuration: &Configuration) -> Option<String> {
    let flags: String = configuration.flags.iter().map(|flag| format!(" {}", code(flag))).collect();
    (!configuration.is_unknown()).then(|| format!("- Ran on {}{flags}\n", escape(&configuration.words())))
}

/// What it does, what it should do, where the text says so, and what says otherwise.
fn cause(cause: &Cause, report: &Report) -> String {
    let scenarios = count(cause.scenarios, "scenario", "scenarios");
    let partly = if cause.contradicted_by.is_empty() { "" } else { ", in part" };
    let should = if cause.should.is_empty() { String::new() } else { format!(" Should be: {}", escape(&cause.should)) };
    let step = link(&cause.step, &cause.link);
    let disputes = report.disputes_of(cause).into_iter().take(DISPUTES).map(|(id, dispute)| {
        let name = link(&format!("{} {}", dispute.kind.words(), dispute.name), &dispute.link);
        format!("  - Disputed ({}): {name}: {}\n", escape(id), escape(&dispute.says))
    });
    let disputes: String = disputes.collect();
    format!("- {} ({}{partly}, {scenarios}, at {step}).{should}\n{disputes}", escape(&cause.does), code(&cause.id))
}

fn deviation(deviation: &Deviation) -> String {
    let rules: Vec<String> = deviation.requirements.iter().map(|id| escape(id)).collect();
    let rows = align(&deviation.expected, &deviation.observed, deviation.first_difference);
    let first = rows.iter().find(|row| row.mark == Mark::FirstDifference);
    let side = |observation: Option<&Value>| match observation {
        Some(observation) => code(&observation_line(observation)),
        None => "nothing".to_owned(),
    };
    let difference = first
        .map(|row| format!("; expected {}, observed {}", side(row.expected), side(row.observed)))
        .unwrap_or_default();
    let expected = if deviation.expected_by.is_empty() { "" } else { "Expected: " };
    format!(
        "- {expected}**{}** {} ({}), at {}, seen in {}{difference}\n",
        escape(&deviation.title),
        code(&deviation.id),
        rules.join(", "),
        link(&deviation.step, &deviation.link),
        count(deviation.occurrences, "scenario", "scenarios"),
    )
}

fn missing(report: &Report) -> Vec<String> {
    let one = |vendor: &bgfspec_report::MissingVendor| {
        let asked = if vendor.asked_for { " (asked for)" } else { "" };
        let [name, reason, how] = [&vendor.name, &vendor.reason, &vendor.how].map(|text| escape(text));
        format!("- **{name}**{asked}: {reason}. To get it: {how}\n")
    };
    report.missing.iter().map(one).collect()
}

/// Text of any origin, on one line, with nothing that Markdown, HTML or a forge would act on.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in shorten(&line(text), ITEM).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // A forge links and notifies after entities are resolved; only a character in between prevents it.
            '@' | '#' => escaped.extend([c, '\u{200b}']),
            // Bare addresses become links while the text is parsed, so an entity prevents it.
            ':' => escaped.push_str("&#58;"),
            'w' if escaped.ends_with("ww") => escaped.push_str("&#119;"),
            '|' => escaped.push_str("&#124;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '!' | '$' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// An element, since a code span has no escapes.
pub(crate) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

fn link(text: &str, address: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c);
    let text = escape(text);
    if is_web_address(address) && address.chars().all(is_plain) && address.len() < 2_000 {
        format!("[{text}]({})", address.replace('&', "&amp;").replace('_', "\\_").replace('*', "\\*"))
    } else {
        text
    }
}
