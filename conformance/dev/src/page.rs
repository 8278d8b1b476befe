//! Makes the page of a report.

use std::path::PathBuf;

use super::{Outcome, report};

/// Of `cargo dev page`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A report.json
    report: PathBuf,
    /// The file that the page is written to
    page: PathBuf,
}

/// Writes the page.
pub(crate) fn page(arguments: &Arguments) -> Outcome {
    std::fs::write(&arguments.page, bgfspec_reports::html(&report(&arguments.report)?))?;
    Ok(())
}
