//! `bgfspec expect`.

use std::path::PathBuf;

use bgfspec::expectations::first_file;

use super::{Answer, CONFORMS, NOTHING_RUN, Outcome, print_json, source};

/// Of `bgfspec expect`.
#[derive(clap::Args)]
#[command(after_help = "Example:
  bgfspec run --vendor node --out report
  bgfspec expect report/report.json > expectations.json
  bgfspec run --vendor node --expectations expectations.json

Each entry says what was seen; whoever knows why it is so should say that in its `reason`, and may add a `link` and a day on which it
`expires`. `bgfspec schema expectations` describes the file.")]
pub(super) struct Arguments {
    /// The report.json of a run
    report: PathBuf,
    #[command(flatten)]
    _answer: Answer,
}

/// `bgfspec expect`.
pub(super) fn expect(arguments: &Arguments) -> Outcome {
    let report = source::report(&arguments.report)?;
    print_json(&first_file(&report))?;
    if report.is_complete() {
        return Ok(CONFORMS);
    }
    anstream::eprintln!("The report is incomplete: there may be more that deviates.");
    Ok(NOTHING_RUN)
}
