//! Makes the page of a report: `cargo run -p bgfspec-reports --example page -- report.json report.html`.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    let [report, page] = files.as_slice() else { return Err("usage: page report.json report.html".into()) };
    let report: bgfspec_reports::Report = serde_json::from_str(&std::fs::read_to_string(report)?)?;
    std::fs::write(page, bgfspec_reports::html(&report))?;
    Ok(())
}
