//! `bgfspec replay`.

use std::time::Duration;

use bgfspec::adapter::Adapter;
use bgfspec::adapter::browser::{Endpoint, Evidence, Shown};
use bgfspec::catalogue::Catalogue;
use bgfspec::diagnosis::{Case, explaining};
use bgfspec::judge::{Judge, Judgement};
use bgfspec::runner::Start;
use bgfspec::scenario::{Capability, Scenario};
use bgfspec_reports::{self as reports, line};

use super::vendors::{Asked, How, SCOPES, Vendor, start_command};
use super::{CONFORMS, DEVIATIONS, Fault, NOTHING_RUN, Outcome, on_signal, print, seconds, source, style};

/// The most runs of the model that permitted traces are counted in.
const MOST_PERMITTED: usize = 100;

/// Of `bgfspec replay`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A file with a scenario, or the id of a requirement, of a scenario or of a quirk, whose shortest scenario it is then
    source: String,
    /// The implementation that plays it
    #[arg(long, value_name = "NAME[=PATH]", required_unless_present = "command")]
    vendor: Option<Asked>,
    /// The command line of an agent that plays it
    #[arg(long, value_name = "CMD ARGS", conflicts_with = "vendor")]
    command: Option<String>,
    /// Where in a browser it is played: service-worker, worker or window
    #[arg(long, value_name = "NAME", value_parser = SCOPES)]
    scope: Option<String>,
    /// Browsers are started by the WebDriver endpoint at this address, not by this program
    #[arg(long, value_name = "URL", conflicts_with = "command")]
    webdriver: Option<Endpoint>,
    /// How long to wait for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,
}

/// `bgfspec replay`.
pub(super) fn replay(arguments: &Arguments) -> Outcome {
    let scenarios = source::scenarios(&arguments.source)?;
    let start = start(arguments, &scenarios)?;
    // Adapters live in the thread that starts them.
    std::thread::scope(|scope| {
        scope
            .spawn(|| {
                let mut adapter = start().map_err(|error| Fault::harness(error.to_string()))?;
                let catalogue = Catalogue::load();
                let played: Vec<Option<u8>> =
                    scenarios.iter().map(|scenario| play(adapter.as_mut(), &catalogue, scenario)).collect();
                let count = |status: Option<u8>| played.iter().filter(|other| **other == status).count();
                let [conform, deviate, undecided] = [CONFORMS, DEVIATIONS, NOTHING_RUN].map(|status| count(Some(status)));
                if scenarios.len() > 1 {
                    let all = scenarios.len();
                    print(&format!(
                        "Of {all} scenarios {conform} conform, {deviate} deviate, {undecided} were not decided, {} are not applicable.\n",
                        count(None)
                    ));
                }
                // As after a run: a deviation is one whatever else was not decided, and what was not played is no pass.
                Ok(if deviate > 0 {
                    DEVIATIONS
                } else if conform == 0 || undecided > 0 {
                    NOTHING_RUN
                } else {
                    CONFORMS
                })
            })
            .join()
            .unwrap_or_else(|_| Err(Fault::harness("the adapter panicked")))
    })
}

fn start(arguments: &Arguments, scenarios: &[Scenario]) -> Result<Start, Fault> {
    let clicks = scenarios.iter().any(|scenario| scenario.capabilities().contains(&Capability::RealClick));
    let how = How {
        timeout: Duration::from_secs_f64(arguments.timeout),
        stop: on_signal(),
        seed: 0,
        webdriver: arguments.webdriver.clone(),
        shown: if clicks { Shown::OnDisplay { evidence: Evidence::default() } } else { Shown::Headless },
    };
    match (&arguments.vendor, &arguments.command) {
        (Some(asked), _) => {
            let vendor = Vendor::named(&asked.name)?;
            vendor.must_suit(&how)?;
            vendor
                .start(asked.path.as_deref(), arguments.scope.as_deref(), &how)
                .map_err(|reason| Fault::harness(format!("{} can't be started: {reason}; {}", asked.name, vendor.how)))
        }
        (None, Some(line)) => start_command(line, &how),
        (None, None) => Err(Fault::usage("say who plays it: --vendor NAME or --command 'CMD ARGS'")),
    }
}

/// Plays a scenario; returns what it says of conformance, nothing if it is not applicable.
fn play(adapter: &mut dyn Adapter, catalogue: &Catalogue, scenario: &Scenario) -> Option<u8> {
    let identity = adapter.identity();
    let available = adapter.capabilities();
    let json = serde_json::to_value(scenario).unwrap_or_default();
    print(&format!(
        "{}{}\n{} {}\n\n{}\n",
        line(&scenario.title),
        if scenario.requirements.is_empty() {
            String::new()
        } else {
            format!(" ({})", line(&scenario.requirements.join(", ")))
        },
        line(&identity.name),
        line(&identity.version),
        reports::javascript(&json)
    ));
    let lacking: Vec<String> =
        scenario.capabilities().difference(&available).map(|capability| capability.name()).collect();
    if !lacking.is_empty() {
        print(&format!("Not applicable: {} lacks {}.\n", line(&identity.name), lacking.join(", ")));
        return None;
    }
    let trace = match adapter.run(scenario) {
        Ok(trace) => trace,
        Err(failure) => {
            print(&format!("No trace: {}.\n", line(&failure.to_string())));
            return Some(NOTHING_RUN);
        }
    };
    let mut judge = Judge::new();
    let capabilities: Vec<Capability> = available.into_iter().collect();
    let judgement = match judge.reference().compile(scenario) {
        Ok(program) => {
            let rule = catalogue.rule_of(scenario);
            judge.judge(scenario, &program, &capabilities, &trace, &rule)
        }
        Err(error) => Judgement::Inconclusive(error.to_string()),
    };
    let permitted = permitted(&mut judge, scenario, &capabilities);
    Some(match judgement {
        Judgement::Conforms => {
            print(&format!("Conforms{permitted}.\n\n"));
            for item in trace.observations().unwrap_or_default() {
                print(&format!("  {}\n", reports::observation_line(&item)));
            }
            CONFORMS
        }
        Judgement::Inconclusive(reason) => {
            print(&format!("Inconclusive: {}.\n", line(&reason)));
            NOTHING_RUN
        }
        Judgement::Deviates(departure) => {
            let table = reports::side_by_side(
                &departure.expected,
                &departure.observed,
                departure.first_difference,
                style(false),
            );
            let case = Case { scenario: scenario.clone(), observed: departure.observed };
            let quirks = explaining(&case, &capabilities);
            // Where traces part is not yet where the implementation departs: a cause that is the only one says that.
            let step = if let [quirk] = quirks.as_slice() { quirk.step_name() } else { &departure.step };
            print(&format!("Deviates at {step}{permitted}.\n\n{table}\n"));
            let words: Vec<String> =
                quirks.iter().map(|quirk| format!("  {}: {}\n", quirk.id(), quirk.title())).collect();
            print(&match words.as_slice() {
                [] => "No quirk alone explains it.\n".to_owned(),
                [one] => format!("Explained by the quirk\n{one}"),
                many => format!("Explained by each of these quirks\n{}", many.concat()),
            });
            DEVIATIONS
        }
    })
}

/// Says how many traces are permitted, where there are several; what is shown is the nearest.
fn permitted(judge: &mut Judge, scenario: &Scenario, capabilities: &[Capability]) -> String {
    let Ok(program) = judge.reference().compile(scenario) else { return String::new() };
    match judge.permitted(&program, capabilities, MOST_PERMITTED).len() {
        0 | 1 => String::new(),
        MOST_PERMITTED.. => format!("; {MOST_PERMITTED} traces or more are permitted"),
        many => format!("; {many} traces are permitted"),
    }
}
