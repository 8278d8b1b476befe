//! `bgfspec diff`.

use std::path::PathBuf;

use bgfspec_reports::difference;
use clap::ValueEnum;

use super::{CONFORMS, DEVIATIONS, Fault, NOTHING_RUN, Outcome, print, source, style};

/// Of `bgfspec diff`.
#[derive(clap::Args)]
#[command(
    after_help = "A regression is a requirement that conformed or deviated and does not any more be decided so, a further
scenario that deviates, a lost capability, fewer scenarios, or an implementation that is gone.

Exit status: 0 no regression, 1 a regression, 2 a file that is no report, 3 a report is incomplete or
nothing is in both."
)]
pub(super) struct Arguments {
    /// The report.json of before
    old: PathBuf,
    /// The report.json of now
    new: PathBuf,
    /// How to show what changed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

/// `bgfspec diff`.
pub(super) fn diff(arguments: &Arguments) -> Outcome {
    let (old, new) = (source::report(&arguments.old)?, source::report(&arguments.new)?);
    let difference = difference(&old, &new);
    print(&match arguments.format {
        Format::Text => difference.text(style(false)),
        Format::Json => {
            serde_json::to_string_pretty(&difference).map_err(|error| Fault::harness(error.to_string()))? + "\n"
        }
        Format::Markdown => difference.markdown(),
    });
    Ok(match (difference.regressed, difference.conclusive) {
        (true, _) => DEVIATIONS,
        (false, false) => NOTHING_RUN,
        (false, true) => CONFORMS,
    })
}
