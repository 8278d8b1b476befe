//! The command line.

mod bar;
mod completions;
mod diff;
mod expect;
mod explain;
mod export;
mod gates;
mod keeping;
mod known;
mod list;
mod man;
mod merge;
mod output;
mod reach;
mod replay;
mod report;
mod run;
mod schema;
mod selection;
mod serve;
mod smoke;
mod source;
mod vendors;
mod webdriver;

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use bgfspec_report::printable::wrap;
use clap::{Parser, Subcommand};

/// Everything conforms or is expected.
const CONFORMS: u8 = 0;
/// There are deviations.
const DEVIATIONS: u8 = 1;
/// The command line or a file could not be understood.
const USAGE: u8 = 2;
/// The harness could not do its work, or nothing was run.
const NOTHING_RUN: u8 = 3;

/// Judge event implementations against an executable model of the specifications.
#[derive(Parser)]
#[command(
    name = "bgfspec",
    version,
    after_help = "Examples:
  bgfspec run                          judge every implementation found on this machine
  bgfspec run --vendor node=/opt/node/bin/node --filter once
  bgfspec explain MUT-009
  bgfspec replay MUT-009 --vendor node
  bgfspec export MUT-009 --as js --out mut-009.js
  bgfspec serve                        judge the browser that opens the printed address

Exit status: 0 all conforms or is expected, 1 deviations, 2 usage, 3 the harness could not do its work or nothing was run."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge implementations and write a report
    Run(run::Arguments),
    /// List the requirements: level, how they are tested, number of scenarios
    List(list::Arguments),
    /// Tell which implementations are on this machine, and how to get the others
    Vendors(vendors::Arguments),
    /// Explain a requirement: rule, step, scenarios
    Explain(explain::Arguments),
    /// Play one scenario: expected and observed side by side
    Replay(replay::Arguments),
    /// Write a scenario as a file that runs without this suite
    Export(export::Arguments),
    /// Check whether an agent is fit to be judged
    Smoke(smoke::Arguments),
    /// Write a first file of expectations from a report
    Expect(expect::Arguments),
    /// Compare two reports; exit 1 on a regression
    Diff(diff::Arguments),
    /// Judge any browser that opens the printed address
    Serve(serve::Arguments),
    /// Answer WebDriver commands as chromedriver does, with the click of a background fetch
    Webdriver(webdriver::Arguments),
    /// Show a report once more, or write it in another format
    Report(report::Arguments),
    /// Put the reports of the shares of a run together
    Merge(merge::Arguments),
    /// Print a JSON Schema
    Schema(schema::Arguments),
    /// Print a script that completes this command in a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man(man::Arguments),
}

/// How a command answers.
#[derive(clap::Args)]
struct Answer {
    /// Answer with one JSON document, and print nothing else on standard output
    #[arg(long)]
    json: bool,
}

/// Why a command did not do what it was asked for.
struct Fault {
    status: u8,
    message: String,
}

impl Fault {
    fn usage(message: impl Into<String>) -> Self {
        Fault { status: USAGE, message: message.into() }
    }

    fn harness(message: impl Into<String>) -> Self {
        Fault { status: NOTHING_RUN, message: message.into() }
    }
}

/// The exit status of a command that did its work.
type Outcome = Result<u8, Fault>;

/// Runs the command that was asked for.
pub(crate) fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::List(arguments) => list::list(&arguments),
        Command::Vendors(arguments) => vendors::vendors(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Replay(arguments) => replay::replay(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Smoke(arguments) => smoke::smoke(&arguments),
        Command::Expect(arguments) => expect::expect(&arguments),
        Command::Diff(arguments) => diff::diff(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Webdriver(arguments) => webdriver::webdriver(&arguments),
        Command::Report(arguments) => report::report(&arguments),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Schema(arguments) => schema::schema(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
        Command::Man(arguments) => man::man(&arguments),
    };
    let unwritten = UNWRITTEN.get().map(|error| Fault::harness(format!("can't write to standard output: {error}")));
    match unwritten.map_or(outcome, Err) {
        Ok(status) => ExitCode::from(status),
        Err(fault) => {
            anstream::eprintln!("\u{1b}[1;31merror\u{1b}[0m: {}", bgfspec_report::printable::block(&fault.message));
            ExitCode::from(fault.status)
        }
    }
}

/// Set when the user asks for an end: what was judged so far is kept, agents are ended. A second time ends at once.
fn on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    on_signal_set(Arc::clone(&stop), Arc::default());
    stop
}

/// Has the first of these set when the user asks for an end, and then the other.
fn on_signal_set(asked: Arc<AtomicBool>, then: Arc<AtomicBool>) {
    let _ = ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        then.store(true, Ordering::SeqCst);
    });
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= 86_400.0 => Ok(seconds),
        _ => Err("expected a number of seconds above 0 and up to 86400".to_owned()),
    }
}

/// Why a text could not be printed, if one could not.
static UNWRITTEN: OnceLock<String> = OnceLock::new();

/// Prints a text. Somebody who stops reading is no fault; a disk that is full is one, once the command has ended.
fn print(text: &str) {
    use std::io::Write as _;
    let mut out = anstream::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        let _ = UNWRITTEN.set(error.to_string());
    }
}

/// Prints a JSON document.
fn print_json(document: &impl serde::Serialize) -> Result<(), Fault> {
    let json = serde_json::to_string_pretty(document).map_err(|error| Fault::harness(error.to_string()))?;
    print(&(json + "\n"));
    Ok(())
}

/// A sentence that is wrapped to the terminal's width, under a first word of its own; each line ends.
fn wrapped(first: &str, text: &str, by: usize) -> String {
    let lines = wrap(text, style(false).width.saturating_sub(by).max(20));
    let indent = " ".repeat(by);
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}\n", if at == 0 { first } else { &indent })).collect()
}

/// How the user calls this command: what Cargo runs is not on the search path.
fn called() -> &'static str {
    let by_cargo = std::env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    if by_cargo { "cargo run --" } else { "bgfspec" }
}

/// How to lay out what goes to the terminal.
fn style(verbose: bool) -> bgfspec_reports::Style {
    let colour = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = told.or_else(|| Some(usize::from(terminal_size::terminal_size()?.0.0))).unwrap_or(80);
    bgfspec_reports::Style { colour: colour && std::io::stdout().is_terminal(), width, verbose, command: called() }
}
