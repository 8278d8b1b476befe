//! `bgfspec replay`.

use std::collections::BTreeSet;
use std::time::Duration;

use bgfspec::adapter::browser::{Endpoint, Evidence, Shown};
use bgfspec::adapter::{Adapter, Identity};
use bgfspec::catalogue::Catalogue;
use bgfspec::diagnosis::{Case, explaining};
use bgfspec::judge::{Departure, Judge, Judgement};
use bgfspec::runner::{Start, lacking as lacking_in_words};
use bgfspec::scenario::{Capability, Scenario};
use bgfspec_model::Quirk;
use bgfspec_reports::{self as reports, line};
use serde_json::{Value as Json, json};

use super::vendors::{Asked, How, SCOPES, Vendor, start_command};
use super::{
    Answer, CONFORMS, DEVIATIONS, Fault, NOTHING_RUN, Outcome, known, on_signal, print, print_json, seconds, source,
    style, wrapped,
};

/// The most runs of the model that permitted traces are counted in.
const MOST_PERMITTED: usize = 100;

/// Of `bgfspec replay`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A file with a scenario, or the id of a requirement, of a scenario or of a quirk, whose shortest scenario it is then
    #[arg(value_parser = known::subject(), hide_possible_values = true)]
    source: String,
    /// The implementation that plays it
    #[arg(long, value_name = "NAME[=PATH]", required_unless_present = "command", value_parser = known::vendor())]
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
    #[command(flatten)]
    answer: Answer,
}

/// `bgfspec replay`.
pub(super) fn replay(arguments: &Arguments) -> Outcome {
    let scenarios = source::scenarios(&arguments.source)?;
    let asked = Quirk::named(&arguments.source);
    let start = start(arguments, &scenarios)?;
    // Adapters live in the thread that starts them.
    std::thread::scope(|scope| {
        scope
            .spawn(|| {
                let mut adapter = start().map_err(|error| Fault::harness(error.to_string()))?;
                let catalogue = Catalogue::load();
                let mut results = Vec::new();
                for scenario in &scenarios {
                    if !arguments.answer.json {
                        print(&head(adapter.as_ref(), scenario));
                    }
                    let played = play(adapter.as_mut(), &catalogue, scenario, asked);
                    if !arguments.answer.json {
                        print(&played.text(&adapter.identity().name));
                    }
                    results.push(played);
                }
                let statuses: Vec<Option<u8>> = results.iter().map(Played::status).collect();
                let count = |status: Option<u8>| statuses.iter().filter(|other| **other == status).count();
                let [conform, deviate, undecided] = [CONFORMS, DEVIATIONS, NOTHING_RUN].map(|status| count(Some(status)));
                if arguments.answer.json {
                    print_json(&as_json(adapter.as_ref(), &scenarios, &results))?;
                } else if scenarios.len() > 1 {
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

/// What came of a scenario.
enum Played {
    /// It can't be played, for this reason.
    NotApplicable(String),
    /// There is no trace, for this reason.
    NoTrace(String),
    /// Nothing can be told, for this reason.
    Inconclusive(String),
    /// The trace is one of so many that are permitted.
    Conforms { trace: Vec<Json>, permitted: usize },
    /// It is none of so many that are permitted.
    Deviates { departure: Box<Departure>, permitted: usize, step: String, quirks: Vec<Quirk> },
}

/// Plays a scenario; `asked` is the quirk that it was made for.
fn play(adapter: &mut dyn Adapter, catalogue: &Catalogue, scenario: &Scenario, asked: Option<Quirk>) -> Played {
    let available = adapter.capabilities();
    let lacking: BTreeSet<Capability> = scenario.capabilities().difference(&available).copied().collect();
    if !lacking.is_empty() {
        return Played::NotApplicable(lacking_in_words(&lacking, &adapter.lacks()));
    }
    let trace = match adapter.run(scenario) {
        Ok(trace) => trace,
        Err(failure) => return Played::NoTrace(failure.to_string()),
    };
    let mut judge = Judge::new();
    let capabilities: Vec<Capability> = available.into_iter().collect();
    let program = match judge.reference().compile(scenario) {
        Ok(program) => program,
        Err(error) => return Played::Inconclusive(error.to_string()),
    };
    let judgement = judge.judge(scenario, &program, &capabilities, &trace, &catalogue.rule_of(scenario));
    let permitted = judge.permitted(&program, &capabilities, MOST_PERMITTED).len();
    match judgement {
        Judgement::Conforms => Played::Conforms { trace: trace.observations().unwrap_or_default(), permitted },
        Judgement::Inconclusive(reason) => Played::Inconclusive(reason),
        Judgement::Deviates(departure) => {
            let case = Case { scenario: scenario.clone(), observed: departure.observed.clone() };
            let mut quirks = explaining(&case, &capabilities);
            // The one that was asked for comes first.
            quirks.sort_by_key(|quirk| Some(*quirk) != asked);
            // Where traces part is not yet where the implementation departs: a cause that is the only one says that, and so does the
            // one that was asked for.
            let step = match quirks.as_slice() {
                [quirk, rest @ ..] if rest.is_empty() || Some(*quirk) == asked => quirk.step_name(),
                _ => &departure.step,
            };
            Played::Deviates { step: step.to_owned(), departure, permitted, quirks }
        }
    }
}

/// What is played, by whom.
fn head(adapter: &dyn Adapter, scenario: &Scenario) -> String {
    let identity = adapter.identity();
    let json = serde_json::to_value(scenario).unwrap_or_default();
    let rules = match scenario.requirements.as_slice() {
        [] => String::new(),
        rules => format!(" ({})", line(&rules.join(", "))),
    };
    let who = format!("{} {}", line(&identity.name), line(&identity.version));
    format!("{}{who}\n\n{}\n", wrapped("", &(line(&scenario.title) + &rules), 0), reports::javascript(&json))
}

impl Played {
    /// What it says of conformance; nothing if it could not be asked.
    fn status(&self) -> Option<u8> {
        match self {
            Played::NotApplicable(_) => None,
            Played::NoTrace(_) | Played::Inconclusive(_) => Some(NOTHING_RUN),
            Played::Conforms { .. } => Some(CONFORMS),
            Played::Deviates { .. } => Some(DEVIATIONS),
        }
    }

    fn text(&self, name: &str) -> String {
        match self {
            Played::NotApplicable(reason) => {
                wrapped("", &format!("Not applicable: {} {}.", line(name), line(reason)), 0) + "\n"
            }
            Played::NoTrace(reason) => format!("No trace: {}.\n\n", line(reason)),
            Played::Inconclusive(reason) => format!("Inconclusive: {}.\n\n", line(reason)),
            Played::Conforms { trace, permitted } => {
                let observations = trace.iter().map(|item| format!("  {}\n", reports::observation_line(item)));
                format!("Conforms{}.\n\n{}\n", in_words(*permitted), observations.collect::<String>())
            }
            Played::Deviates { departure, permitted, step, quirks } => {
                let Departure { expected, observed, first_difference, .. } = departure.as_ref();
                let table = reports::side_by_side(expected, observed, *first_difference, style(false));
                format!("Deviates at {step}{}.\n\n{table}\n{}\n", in_words(*permitted), explanation(quirks))
            }
        }
    }
}

fn explanation(quirks: &[Quirk]) -> String {
    let words = |quirk: &Quirk| wrapped("  ", &format!("{}: {}", quirk.id(), quirk.title()), 4);
    match quirks {
        [] => "No quirk alone explains it.\n".to_owned(),
        [one] => format!("Explained by the quirk\n{}", words(one)),
        many => format!(
            "Explained by each of these quirks; other scenarios tell them apart\n{}",
            many.iter().map(words).collect::<String>()
        ),
    }
}

/// Says how many traces are permitted, where there are several; what is shown is the nearest.
fn in_words(permitted: usize) -> String {
    match permitted {
        0 | 1 => String::new(),
        MOST_PERMITTED.. => format!("; {MOST_PERMITTED} traces or more are permitted"),
        many => format!("; {many} traces are permitted"),
    }
}

fn as_json(adapter: &dyn Adapter, scenarios: &[Scenario], results: &[Played]) -> Json {
    let one = |(scenario, played): (&Scenario, &Played)| {
        let mut entry = json!({ "id": scenario.id(), "title": scenario.title, "requirements": scenario.requirements });
        let more = match played {
            Played::NotApplicable(reason) => json!({ "verdict": "not-applicable", "reason": reason }),
            Played::NoTrace(reason) | Played::Inconclusive(reason) => {
                json!({ "verdict": "inconclusive", "reason": reason })
            }
            Played::Conforms { trace, permitted } => {
                json!({ "verdict": "conforms", "permitted": permitted, "observed": trace })
            }
            Played::Deviates { departure, permitted, step, quirks } => json!({
                "verdict": "deviates",
                "permitted": permitted,
                "step": step,
                "expected": departure.expected,
                "observed": departure.observed,
                "first_difference": departure.first_difference,
                "quirks": quirks.iter().map(|quirk| quirk.id()).collect::<Vec<_>>(),
            }),
        };
        if let (Some(entry), Json::Object(more)) = (entry.as_object_mut(), more) {
            entry.extend(more);
        }
        entry
    };
    let Identity { name, version, scope } = adapter.identity();
    json!({
        "implementation": { "name": name, "version": version, "scope": scope },
        "scenarios": scenarios.iter().zip(results).map(one).collect::<Vec<Json>>(),
    })
}
