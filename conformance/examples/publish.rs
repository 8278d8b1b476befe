//! Publishes a report: `cargo run --example publish -- report/report.json`.
//!
//! Writes reports/published/report.json, report.md and field.svg, and the part of README.md that is made from them. A report that is
//! not whole, or that does not say its day, is not published.

use std::error::Error;
use std::path::Path;

use bgfspec_reports::{BEGIN, END, Report, between_marks, field, json, markdown, readme_matrix};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: cargo run --example publish -- report/report.json")?;
    let report: Report = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    if !report.is_complete() || report.runs.is_empty() {
        return Err("the report is not whole: not everything was run and judged".into());
    }
    if report.date.is_empty() {
        return Err("the report does not say on which day it was made: `bgfspec run` makes one that does".into());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = std::fs::read_to_string(root.join("README.md"))?;
    let page = between_marks(&page, &readme_matrix(&report))
        .ok_or_else(|| format!("README.md should have `{BEGIN}` and, after it, `{END}`, once each"))?;
    let published = root.join("reports/published");
    std::fs::create_dir_all(&published)?;
    std::fs::write(published.join("report.json"), json(&report)?)?;
    std::fs::write(published.join("report.md"), markdown(&report))?;
    std::fs::write(published.join("field.svg"), field(&report))?;
    std::fs::write(root.join("README.md"), page)?;
    println!("Published: {} runs of {}. See `git diff --stat`.", report.runs.len(), report.date);
    Ok(())
}
