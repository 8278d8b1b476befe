//! `bgfspec merge`.

use std::path::PathBuf;

use bgfspec::catalogue::Catalogue;
use bgfspec::runner::{self, Options};
use bgfspec_report::Report;

use super::output::{self, Output, Wanted};
use super::{Fault, Outcome, gates, source};

/// Of `bgfspec merge`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec run --shard 1/2 --out one; bgfspec run --shard 2/2 --out two
  bgfspec merge one/report.json two/report.json > report.json
  bgfspec merge one/report.json two/report.json --out report

It does not depend on the number of shares what comes of it: that of one report which is whole is the same, but for the examples of
causes. A run that is whole plays these once more to make them small.")]
pub(super) struct Arguments {
    /// Reports of all shares of a run, or of whole runs of different implementations
    #[arg(required = true, value_name = "SHARD.json")]
    reports: Vec<PathBuf>,
    /// Deviations that are expected, as `bgfspec run` takes them; shares alone can't tell what does not occur any more
    #[arg(long, value_name = "FILE")]
    expectations: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// `bgfspec merge`.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    let reports: Vec<Report> =
        arguments.reports.iter().map(|path| source::report(path)).collect::<Result<_, Fault>>()?;
    let catalogue = Catalogue::load();
    let expected = gates::expected(arguments.expectations.as_deref(), &catalogue)?;
    let mut report = runner::merge(reports, &catalogue).map_err(Fault::usage)?;
    let options = Options::of_report(&report).map_err(Fault::usage)?;
    gates::apply(expected.as_ref(), &mut report, &catalogue, &options);
    arguments.output.write_all(&report)?;
    arguments.output.show_or_json(&report)?;
    Ok(output::status(&report, Wanted::ByName))
}
