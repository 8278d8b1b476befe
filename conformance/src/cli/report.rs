//! `bgfspec report`.

use std::path::PathBuf;

use super::output::{self, Output, Wanted};
use super::{Outcome, source};

/// Of `bgfspec report`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec report report/report.json                          the summary, once more
  bgfspec report report/report.json --verbose                with every cause and every requirement that deviates
  bgfspec report report/report.json --format html > page.html
  bgfspec report report/report.json --out again              all files, from the one in JSON

The exit status is that of the run.")]
pub(super) struct Arguments {
    /// A report.json
    file: PathBuf,
    #[command(flatten)]
    output: Output,
}

/// `bgfspec report`.
pub(super) fn report(arguments: &Arguments) -> Outcome {
    let report = source::report(&arguments.file)?;
    arguments.output.write_all(&report)?;
    arguments.output.show(&report)?;
    Ok(output::status(&report, Wanted::ByName))
}
