//! Publishes a report.
//!
//! Writes reports/published/report.json, report.md and field.svg, the part of README.md that is made from them, and what the suite knows of
//! the fleet, conformance/catalogue/published.json. A report that is
//! not whole, or that does not say its day, is not published.

use std::path::PathBuf;

use bgfspec::catalogue::Catalogue;
use bgfspec::cross_check::Published;
use bgfspec_reports::{BEGIN, END, between_marks, field, json, markdown, readme_matrix};

use super::{Outcome, read, report, root};

/// Of `cargo dev publish`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A report.json of the whole fleet
    report: PathBuf,
}

/// Writes the published pages.
pub(crate) fn publish(arguments: &Arguments) -> Outcome {
    let report = report(&arguments.report)?;
    if !report.is_complete() || report.runs.is_empty() {
        return Err("the report is not whole: not everything was run and judged".into());
    }
    if report.date.is_empty() {
        return Err("the report does not say on which day it was made: `bgfspec run` makes one that does".into());
    }
    let root = root();
    let page = read(&root.join("README.md"))?;
    let page = between_marks(&page, &readme_matrix(&report))
        .ok_or_else(|| format!("README.md should have `{BEGIN}` and, after it, `{END}`, once each"))?;
    let published = root.join("reports/published");
    std::fs::create_dir_all(&published)?;
    std::fs::write(published.join("report.json"), json(&report)?)?;
    std::fs::write(published.join("report.md"), markdown(&report))?;
    std::fs::write(published.join("field.svg"), field(&report))?;
    std::fs::write(root.join("README.md"), page)?;
    let known = serde_json::to_string_pretty(&Published::of(&report, &Catalogue::load()))?;
    std::fs::write(root.join("conformance/catalogue/published.json"), known + "\n")?;
    println!("Published: {} runs of {}. See `git diff --stat`.", report.runs.len(), report.date);
    Ok(())
}
