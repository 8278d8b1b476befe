//! The maintainers' tools: `cargo dev`.
//!
//! They work in a source tree: some write its pages, others read its tests. What a user of a package needs is the command `bgfspec`.

mod confirm;
mod detection;
mod diagnose;
mod export_sweep;
mod mutation_score;
mod page;
mod pictures;
mod play;
mod publish;

#[path = "../../../reports/tests/page/browser.rs"]
#[expect(dead_code, reason = "tests use a page as well")]
mod browser;
#[path = "../../tests/exports/browsers.rs"]
mod browsers;
#[path = "../../tests/exports/hosts.rs"]
#[expect(dead_code, reason = "tests run scripts one by one as well")]
mod hosts;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bgfspec_reports::Report;
use clap::{Parser, Subcommand};

/// What the maintainers of bgfspec run.
#[derive(Parser)]
#[command(name = "cargo dev", version)]
struct Arguments {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Subcommand)]
enum Tool {
    /// Print the traces that the model permits for the scenarios of a file
    Play(play::Arguments),
    /// Write QUIRKS.md and the mutation score; fail where a quirk is not caught
    MutationScore,
    /// Diagnose a report again, and list what stays unexplained
    Diagnose(diagnose::Arguments),
    /// Confirm the quirks of a report outside of the suite, and print the page
    Confirm(confirm::Arguments),
    /// Publish a report: reports/published/ and the part of README.md made from it
    Publish(publish::Arguments),
    /// Make the HTML page of a report
    Page(page::Arguments),
    /// Take pictures of the page of a report
    Pictures(pictures::Arguments),
    /// Run every exported file outside of the suite, and compare with a report
    ExportSweep(export_sweep::Arguments),
    /// Count the generated scenarios until each quirk is caught
    Detection(detection::Arguments),
}

/// Whether a tool found what it looks for; an error is shown, and makes the exit status 1.
type Outcome = Result<(), Box<dyn Error>>;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().tool {
        Tool::Play(arguments) => play::play(&arguments),
        Tool::MutationScore => mutation_score::mutation_score(),
        Tool::Diagnose(arguments) => diagnose::diagnose(&arguments),
        Tool::Confirm(arguments) => confirm::confirm(&arguments),
        Tool::Publish(arguments) => publish::publish(&arguments),
        Tool::Page(arguments) => page::page(&arguments),
        Tool::Pictures(arguments) => pictures::pictures(&arguments),
        Tool::ExportSweep(arguments) => export_sweep::export_sweep(&arguments),
        Tool::Detection(arguments) => detection::detection(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the root of the source tree.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads a file; an error names it.
fn read(file: &Path) -> Result<String, Box<dyn Error>> {
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// Reads a report.
fn report(file: &Path) -> Result<Report, Box<dyn Error>> {
    serde_json::from_str(&read(file)?).map_err(|error| format!("{} is no report: {error}", file.display()).into())
}
