//! `bgfspec run`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bgfspec::adapter::Identity;
use bgfspec::adapter::browser::Shown;
use bgfspec::catalogue::Catalogue;
use bgfspec::cross_check::{CrossCheck, cross_check};
use bgfspec::names;
use bgfspec::runner::{self, Options, Order, Progress, Start};
use bgfspec::scenario::Capability;
use bgfspec_reports as reports;
use bgfspec_reports::report::{MissingVendor, Report, Run};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::date;
use super::vendors::{Asked, How, SCOPES, VENDORS, Vendor, start_command};
use super::{CONFORMS, DEVIATIONS, Fault, NOTHING_RUN, Outcome, on_signal, print, seconds, style};

/// Of `bgfspec run`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// An implementation; with =PATH, this program of it
    #[arg(long, value_name = "NAME[=PATH]")]
    vendor: Vec<Asked>,
    /// The command line of an agent that speaks the protocol
    #[arg(long, value_name = "CMD ARGS")]
    command: Vec<String>,
    /// Only in this scope of browsers: service-worker, worker or window; all if none is given
    #[arg(long, value_name = "NAME", value_parser = SCOPES)]
    scope: Vec<String>,
    /// Only scenarios whose title or requirement contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Only scenarios that need this capability
    #[arg(long, value_name = "NAME")]
    capability: Option<String>,
    /// Play the scenarios in an order that the seed decides; the verdicts should be the same
    #[arg(long)]
    shuffle: bool,
    /// Seed of the choices that the reference takes where the specifications leave one, and of the order of --shuffle
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// How long to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,
    /// Folder for report.json, report.html and the deviations
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write; text goes to standard output
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "text")]
    format: Vec<Format>,
}

/// A format of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
    Markdown,
}

/// What is to be judged, and what can't be.
struct Plan {
    starts: Vec<(String, Start)>,
    missing: Vec<MissingVendor>,
}

/// `bgfspec run`.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    let options = Options {
        filter: arguments.filter.clone(),
        capability: capability(arguments.capability.as_deref())?,
        order: if arguments.shuffle { Order::Shuffled(arguments.seed) } else { Order::Catalogue },
    };
    if let Some(out) = &arguments.out {
        std::fs::create_dir_all(out.join("deviations"))
            .map_err(|error| Fault::usage(format!("can't make the folder `{}`: {error}", out.display())))?;
        clear_deviations(&out.join("deviations"));
    }
    if !catalogue.scenarios.iter().any(|scenario| options.wants(scenario)) {
        return Err(Fault::harness("no scenario matches; `bgfspec list` shows what there is"));
    }
    let stop = on_signal();
    let Plan { starts, missing } = plan(arguments, &stop)?;
    let mut report = Report {
        bgfspec: env!("CARGO_PKG_VERSION").to_owned(),
        specs: specs(),
        seed: arguments.seed,
        date: date::today(),
        complete: false,
        catalogue: runner::catalogue_of_report(&catalogue, &options),
        missing,
        suspects: Vec::new(),
        suspect_scenarios: Vec::new(),
        runs: Vec::new(),
    };
    for (name, start) in starts {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let mut bar = Bar::new();
        match runner::run(start, &catalogue, &options, &stop, &mut bar) {
            Ok(run) => {
                write_deviations(arguments, &run)?;
                report.runs.push(run);
            }
            Err(error) => report.missing.push(MissingVendor {
                name,
                reason: error.to_string(),
                how: "see `bgfspec vendors`".to_owned(),
                asked_for: true,
            }),
        }
        CrossCheck { requirements: report.suspects, scenarios: report.suspect_scenarios } = cross_check(&report.runs);
        // What was judged so far is on disk, whatever happens to the next.
        write_files(arguments, &report)?;
    }
    report.complete = !stop.load(Ordering::Relaxed);
    write_files(arguments, &report)?;
    show(arguments, &report)?;
    Ok(status(arguments, &report))
}

fn capability(name: Option<&str>) -> Result<Option<Capability>, Fault> {
    let Some(name) = name else { return Ok(None) };
    let known: Vec<String> = Capability::ALL.into_iter().map(Capability::name).collect();
    match Capability::named(name) {
        Some(capability) => Ok(Some(capability)),
        None => Err(Fault::usage(names::unknown("capability", name, known.iter().map(String::as_str)))),
    }
}

fn plan(arguments: &Arguments, stop: &Arc<AtomicBool>) -> Result<Plan, Fault> {
    let how = How {
        timeout: Duration::from_secs_f64(arguments.timeout),
        stop: Arc::clone(stop),
        seed: arguments.seed,
        shown: shown(arguments),
    };
    let mut plan = Plan { starts: Vec::new(), missing: Vec::new() };
    let by_name = !arguments.vendor.is_empty() || !arguments.command.is_empty();
    let asked: Vec<Asked> = if by_name {
        arguments.vendor.clone()
    } else {
        let all = VENDORS.iter().filter(|vendor| !vendor.needs_a_path());
        all.map(|vendor| Asked { name: vendor.name.to_owned(), path: None }).collect()
    };
    for asked in asked {
        let vendor = Vendor::named(&asked.name)?;
        let wanted = |scope: &&&str| arguments.scope.is_empty() || arguments.scope.iter().any(|one| one == **scope);
        let scopes: Vec<Option<&str>> = match vendor.scopes() {
            [] => vec![None],
            scopes => scopes.iter().filter(wanted).map(|scope| Some(*scope)).collect(),
        };
        for scope in scopes {
            match vendor.start(asked.path.as_deref(), scope, &how) {
                Ok(start) => plan.starts.push((asked.name.clone(), start)),
                Err(reason) => {
                    plan.missing.push(MissingVendor {
                        name: asked.name.clone(),
                        reason,
                        how: vendor.how.to_owned(),
                        asked_for: by_name,
                    });
                    break;
                }
            }
        }
    }
    for line in &arguments.command {
        plan.starts.push((line.clone(), start_command(line, &how)?));
    }
    Ok(plan)
}

/// Real clicks take their time, so browsers are shown only where they are asked for.
fn shown(arguments: &Arguments) -> Shown {
    let asked = arguments.capability.as_deref().and_then(Capability::named);
    if matches!(asked, Some(Capability::RealClick | Capability::Windows)) {
        Shown::OnDisplay { pictures: arguments.out.as_ref().map(|out| out.join("clicks")) }
    } else {
        Shown::Headless
    }
}

/// The commits of the texts that the model follows.
fn specs() -> BTreeMap<String, String> {
    let pinned = include_str!("../../../spec-model/specs.txt");
    pinned.lines().filter_map(|line| line.split_once(' ')).map(|(name, at)| (name.to_owned(), at.to_owned())).collect()
}

fn write_files(arguments: &Arguments, report: &Report) -> Result<(), Fault> {
    let Some(out) = &arguments.out else { return Ok(()) };
    let json = reports::json(report).map_err(|error| Fault::harness(error.to_string()))?;
    write(&out.join("report.json"), &json)?;
    write(&out.join("report.html"), &reports::html(report))?;
    if arguments.format.contains(&Format::Markdown) {
        write(&out.join("report.md"), &reports::markdown(report))?;
    }
    Ok(())
}

fn write_deviations(arguments: &Arguments, run: &Run) -> Result<(), Fault> {
    let Some(out) = &arguments.out else { return Ok(()) };
    for deviation in &run.deviations {
        let json = serde_json::to_string_pretty(&deviation.scenario).unwrap_or_default();
        write(&out.join("deviations").join(format!("{}.json", deviation.id)), &json)?;
    }
    Ok(())
}

/// Writes a file as a whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), Fault> {
    let fault = |error: std::io::Error| Fault::harness(format!("can't write `{}`: {error}", path.display()));
    let partial = path.with_extension("partial");
    std::fs::write(&partial, text).map_err(fault)?;
    std::fs::rename(&partial, path).map_err(fault)
}

fn show(arguments: &Arguments, report: &Report) -> Result<(), Fault> {
    for format in &arguments.format {
        match format {
            Format::Text => {
                print(&reports::text(report, style()));
                if let Some(out) = &arguments.out {
                    print(&format!("Seed {}. Report: {}\n", report.seed, out.join("report.html").display()));
                } else {
                    print(&format!("Seed {}. With --out DIR there is a report with every deviation.\n", report.seed));
                }
            }
            Format::Json if arguments.out.is_none() => {
                let json = serde_json::to_string(report).map_err(|error| Fault::harness(error.to_string()))?;
                print(&(json + "\n"));
            }
            Format::Html if arguments.out.is_none() => print(&reports::html(report)),
            Format::Markdown if arguments.out.is_none() => print(&reports::markdown(report)),
            Format::Json | Format::Html | Format::Markdown => {}
        }
    }
    Ok(())
}

/// The exit status: a run that is not whole, or in which an implementation asked for was not judged, says nothing of
/// conformance; a deviation is one whatever else failed.
fn status(arguments: &Arguments, report: &Report) -> u8 {
    let by_name = !arguments.vendor.is_empty() || !arguments.command.is_empty();
    let not_run = |run: &Run| run.scenarios == 0;
    let nothing = report.runs.iter().all(not_run) || by_name && report.runs.iter().any(not_run);
    let asked_in_vain = report.missing.iter().any(|missing| missing.asked_for);
    if nothing || asked_in_vain || !report.is_complete() {
        NOTHING_RUN
    } else if report.runs.iter().any(Run::deviates) {
        DEVIATIONS
    } else if report.runs.iter().any(|run| run.scenarios > 0 && !run.conforms()) {
        NOTHING_RUN
    } else {
        CONFORMS
    }
}

/// Takes away the deviations of earlier runs, which would look like this one's.
fn clear_deviations(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.strip_suffix(".json"));
        if id.is_some_and(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Shows progress on a terminal, and nothing elsewhere.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        Bar(ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()))
    }
}

impl Progress for Bar {
    fn started(&mut self, identity: &Identity, scenarios: usize) {
        self.0.set_length(scenarios as u64);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {per_sec}") {
            self.0.set_style(style);
        }
        self.0.set_message(reports::line(&format!("{} {}", identity.name, identity.version)));
    }

    fn judged(&mut self, count: usize) {
        self.0.inc(count as u64);
    }

    fn finished(&mut self) {
        self.0.finish_and_clear();
    }
}
