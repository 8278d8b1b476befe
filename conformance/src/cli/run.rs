//! `bgfspec run`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bgfspec::adapter::browser::{Endpoint, Evidence, Shown};
use bgfspec::catalogue::Catalogue;
use bgfspec::cross_check::{CrossCheck, Published, cross_check};
use bgfspec::expectations::Expected;
use bgfspec::runner::{self, Options, Order, Start};
use bgfspec::scenario::Capability;
use bgfspec_report::{MissingVendor, Report};

use super::bar::Bar;
use super::gates::{self, Gates};
use super::keeping::Keeping;
use super::output::{self, Output, Wanted};
use super::selection::Selection;
use super::vendors::{Asked, How, SCOPES, VENDORS, Vendor, start_command};
use super::{Fault, Outcome, known, on_signal, seconds};

/// Of `bgfspec run`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec run                                    judge every implementation found on this machine
  bgfspec run --vendor chromium --scope window   one browser, in one of its scopes
  bgfspec run --vendor chromium --webdriver http://127.0.0.1:4444
                                                 the same through chromedriver --port=4444, or a Selenium Grid
  bgfspec run --vendor node --for 3600 --seed $(date +%Y%m%d) --keep kept.json
                                                 each night other generated scenarios, and what they showed is played from then on")]
pub(super) struct Arguments {
    /// An implementation; with =PATH, this program of it
    #[arg(long, value_name = "NAME[=PATH]", value_parser = known::vendor())]
    vendor: Vec<Asked>,
    /// The command line of an agent that speaks the protocol
    #[arg(long, value_name = "CMD ARGS")]
    command: Vec<String>,
    /// Only in this scope of browsers: service-worker, worker or window; all if none is given
    #[arg(long, value_name = "NAME", value_parser = SCOPES)]
    scope: Vec<String>,
    /// Browsers are started by the WebDriver endpoint at this address, not by this program
    #[arg(long, value_name = "URL", requires = "vendor")]
    webdriver: Option<Endpoint>,
    #[command(flatten)]
    selection: Selection,
    /// Play the scenarios in an order that the seed decides; the verdicts should be the same
    #[arg(long)]
    shuffle: bool,
    /// Seed of the generated scenarios, of the choices that the reference takes where the specifications leave one, and of the
    /// order of --shuffle
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// How long to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,
    /// Play the scenarios that are kept in this file as well, and keep there what generated ones newly show, made small
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    #[command(flatten)]
    gates: Gates,
    #[command(flatten)]
    output: Output,
}

/// What is to be judged, and what can't be.
struct Plan {
    starts: Vec<Planned>,
    missing: Vec<MissingVendor>,
}

/// An implementation that is to be judged.
struct Planned {
    name: String,
    start: Start,
    /// How it is started again, to be played in the order of a seed.
    again: Vec<(u64, Start)>,
}

/// What all implementations are judged by.
struct Session<'a> {
    arguments: &'a Arguments,
    catalogue: Catalogue,
    options: Options,
    expected: Option<Expected>,
    stop: Arc<AtomicBool>,
    evidence: Evidence,
}

/// `bgfspec run`.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut catalogue = Catalogue::load();
    let mut keeping = arguments.keep.as_deref().map(|file| Keeping::read(file, &mut catalogue)).transpose()?;
    let order = if arguments.shuffle { Order::Shuffled(arguments.seed) } else { Order::Catalogue };
    let expected = arguments.gates.expected(&catalogue)?;
    arguments.output.prepare()?;
    let options = arguments.selection.options(&catalogue, order, arguments.seed)?;
    let evidence = Evidence::beside(arguments.output.folder());
    let session = Session { arguments, catalogue, options, expected, stop: on_signal(), evidence };
    let Plan { starts, missing } = plan(arguments, &session.options, &session.stop, &session.evidence)?;
    let mut report = output::empty_report(&session.catalogue, &session.options);
    report.missing = missing;
    let kept = session.judge(starts, &mut report, keeping.as_mut()).and_then(|()| {
        report.complete = !session.stop.load(Ordering::Relaxed);
        session.keep(&mut report)
    });
    // What can't be kept is shown at least.
    report.complete &= kept.is_ok();
    arguments.output.show(&report)?;
    kept?;
    let by_name = !arguments.vendor.is_empty() || !arguments.command.is_empty();
    Ok(output::status(&report, if by_name { Wanted::ByName } else { Wanted::WhatIsThere }))
}

impl Session<'_> {
    /// Judges one implementation after the other. What was judged so far is on disk, whatever happens to the next.
    fn judge(&self, starts: Vec<Planned>, report: &mut Report, mut keeping: Option<&mut Keeping>) -> Result<(), Fault> {
        let Session { catalogue, options, stop, evidence, .. } = self;
        for Planned { name, start, again } in starts {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let before = report.runs.len();
            // What an implementation was played again with is no evidence of the next.
            drop(evidence.take());
            match runner::run(start, catalogue, options, stop, &mut Bar::new()) {
                Ok(mut run) => {
                    run.clicks = evidence.take();
                    report.runs.push(run);
                    if !again.is_empty() {
                        self.keep(report)?;
                    }
                    if let Some(run) = report.runs.last_mut() {
                        gates::repeat(run, again, catalogue, options, stop);
                    }
                }
                Err(error) => {
                    let how = "see `bgfspec vendors`".to_owned();
                    let missing = MissingVendor { name, reason: error.to_string(), how, asked_for: true };
                    // A browser that does not start does so in none of its scopes.
                    if !report.missing.contains(&missing) {
                        report.missing.push(missing);
                    }
                }
            }
            self.keep(report)?;
            if let (Some(keeping), Some(run)) = (&mut keeping, report.runs.get(before)) {
                keeping.add(run, catalogue)?;
            }
            for run in report.runs.iter().skip(before) {
                self.arguments.output.write_deviations(run)?;
            }
        }
        Ok(())
    }

    /// Notes what follows from all that was judged, and writes it.
    fn keep(&self, report: &mut Report) -> Result<(), Fault> {
        let found = cross_check(&report.runs, &Published::known());
        CrossCheck { requirements: report.suspects, scenarios: report.suspect_scenarios } = found;
        gates::apply(self.expected.as_ref(), report, &self.catalogue, &self.options);
        self.arguments.output.write_files(report)
    }
}

fn plan(arguments: &Arguments, options: &Options, stop: &Arc<AtomicBool>, evidence: &Evidence) -> Result<Plan, Fault> {
    let how = How {
        timeout: Duration::from_secs_f64(arguments.timeout),
        stop: Arc::clone(stop),
        seed: arguments.seed,
        webdriver: arguments.webdriver.clone(),
        shown: shown(options, evidence),
    };
    let mut plan = Plan { starts: Vec::new(), missing: Vec::new() };
    let by_name = !arguments.vendor.is_empty() || !arguments.command.is_empty();
    let asked: Vec<Asked> = if by_name {
        arguments.vendor.clone()
    } else {
        // A WebDriver endpoint starts browsers and nothing else.
        let is_meant = |vendor: &&Vendor| how.webdriver.is_none() || !vendor.scopes().is_empty();
        let all = VENDORS.iter().filter(|vendor| !vendor.needs_a_path()).filter(is_meant);
        all.map(|vendor| Asked { name: vendor.name.to_owned(), path: None }).collect()
    };
    for asked in asked {
        let vendor = Vendor::named(&asked.name)?;
        vendor.must_suit(&how)?;
        // Only a service worker hears of what is done to a background fetch.
        let any = |scope: &str| matches!(how.shown, Shown::Headless) || scope == SCOPES[0];
        let wanted = |scope: &&&str| match arguments.scope.as_slice() {
            [] => any(scope),
            asked => asked.iter().any(|one| one == **scope),
        };
        let scopes: Vec<Option<&str>> = match vendor.scopes() {
            [] => vec![None],
            scopes => scopes.iter().filter(wanted).map(|scope| Some(*scope)).collect(),
        };
        for scope in scopes {
            let start = |seed| vendor.start(asked.path.as_deref(), scope, &How { seed, ..how.clone() });
            let again = arguments.gates.seeds(how.seed).map(|seed| start(seed).map(|start| (seed, start)));
            match start(how.seed).and_then(|start| Ok((start, again.collect::<Result<_, String>>()?))) {
                Ok((start, again)) => plan.starts.push(Planned { name: asked.name.clone(), start, again }),
                Err(reason) => {
                    if let Some(start) = vendor.absent(scope, &reason, &how) {
                        plan.starts.push(Planned { name: asked.name.clone(), start, again: Vec::new() });
                    }
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
        let start = start_command(line, &how)?;
        let again = arguments.gates.seeds(how.seed).map(|seed| Ok((seed, start_command(line, &how)?)));
        plan.starts.push(Planned { name: line.clone(), start, again: again.collect::<Result<_, Fault>>()? });
    }
    Ok(plan)
}

/// Real clicks take their time, so browsers are shown only where they are asked for.
fn shown(options: &Options, evidence: &Evidence) -> Shown {
    if matches!(options.capability, Some(Capability::RealClick | Capability::Windows)) {
        Shown::OnDisplay { evidence: evidence.clone() }
    } else {
        Shown::Headless
    }
}
