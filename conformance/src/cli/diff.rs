//! `bgfspec diff`.

use std::path::PathBuf;

use bgfspec_reports::difference;
use clap::ValueEnum;

use super::{Answer, CONFORMS, DEVIATIONS, NOTHING_RUN, Outcome, print, print_json, source, style};

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
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "json")]
    format: Format,
    #[command(flatten)]
    answer: Answer,
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
    match arguments.format {
        _ if arguments.answer.json => print_json(&difference)?,
        Format::Text => print(&difference.text(style(false))),
        Format::Json => print_json(&difference)?,
        Format::Markdown => print(&difference.markdown()),
    }
    Ok(match (difference.regressed, difference.conclusive) {
        (true, _) => DEVIATIONS,
        (false, false) => NOTHING_RUN,
        (false, true) => CONFORMS,
    })
}
