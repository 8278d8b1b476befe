//! Where all deviate alike, the model is doubted too.

use bgfspec::adapter::Adapter as _;
use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::catalogue::Catalogue;
use bgfspec::cross_check::{self, CrossCheck, Published};
use bgfspec::scenario::{Capability, Scenario};
use bgfspec_report::{
    Configuration, Deviation, Failure, FailureKind, Implementation, Level, Outcome, Report, Run, Steps, Suspect,
    SuspectScenario, Verdict,
};
use serde_json::{Value, json};

/// What is suspect where nothing was published.
fn cross_check(runs: &[Run]) -> CrossCheck {
    cross_check::cross_check(runs, &Published::default())
}

/// A scenario that looks at the type of events and at nothing else of them.
fn scenario(title: &str, requirement: &str) -> Scenario {
    let json = json!({
        "title": title,
        "requirements": [requirement],
        "observe": ["type"],
        "callbacks": { "f": {} },
        "steps": [
            { "new": "EventTarget", "as": "t" },
            { "call": "t.addEventListener", "args": ["x", "@f"] },
            // Ids are of what is done, not of titles.
            { "note": title },
        ],
    });
    serde_json::from_value(json).expect("it is a scenario")
}

fn called(kind: &str, this: &str) -> Value {
    json!({ "called": "f", "this": this, "arguments": 1, "event": { "type": kind, "isTrusted": this == "@t" } })
}

/// A run that plays two requirements, A-1 with two scenarios and A-2 with one, and conforms.
fn run(name: &str, scope: &str) -> Run {
    let outcome = |id: &str| Outcome {
        id: id.to_owned(),
        level: Level::Must,
        verdict: Verdict::Conforms,
        scenarios: 2,
        deviations: Vec::new(),
        reason: None,
    };
    Run {
        kept: None,
        generated: None,
        exhaustive: Vec::new(),
        implementation: Implementation {
            name: name.to_owned(),
            version: "1".to_owned(),
            scope: scope.to_owned(),
            capabilities: Capability::ALL.into_iter().map(Capability::name).collect(),
        },
        configuration: Configuration::default(),
        scenarios: 3,
        elapsed_ms: 1,
        playing_ms: 1,
        complete: true,
        steps: Steps { taken: 1, reachable: 1, missed: Vec::new(), branches: None },
        requirements: vec![outcome("A-1"), outcome("A-2")],
        deviations: Vec::new(),
        causes: Vec::new(),
        apart: Vec::new(),
        unexplained: 0,
        failures: Vec::new(),
        verification: None,
        clicks: Vec::new(),
    }
}

trait With: Sized {
    /// The run, deviating from the scenario.
    fn deviating(self, scenario: &Scenario, observed: Vec<Value>) -> Self;
    /// The run with another verdict.
    fn verdict(self, id: &str, verdict: Verdict) -> Self;
    /// The run without a capability.
    fn without(self, capability: Capability) -> Self;
}

impl With for Run {
    fn deviating(mut self, scenario: &Scenario, observed: Vec<Value>) -> Self {
        for id in &scenario.requirements {
            self = self.verdict(id, Verdict::Deviates);
        }
        self.deviations.push(Deviation {
            id: scenario.id(),
            requirements: scenario.requirements.clone(),
            title: scenario.title.clone(),
            step: String::new(),
            link: String::new(),
            quirks: Vec::new(),
            expected_by: Vec::new(),
            explanation: String::new(),
            first_difference: 0,
            scenario: serde_json::to_value(scenario).expect("a scenario is JSON"),
            expected: vec![called("x", "@t")],
            observed,
            occurrences: 1,
        });
        self
    }

    fn verdict(mut self, id: &str, verdict: Verdict) -> Self {
        for outcome in self.requirements.iter_mut().filter(|outcome| outcome.id == id) {
            outcome.verdict = verdict;
        }
        self
    }

    fn without(mut self, capability: Capability) -> Self {
        self.implementation.capabilities.retain(|name| *name != capability.name());
        self
    }
}

fn first() -> Scenario {
    scenario("The first.", "A-1")
}

fn second() -> Scenario {
    scenario("The second.", "A-1")
}

fn wrong() -> Vec<Value> {
    vec![called("y", "@t")]
}

fn otherwise() -> Vec<Value> {
    vec![called("z", "@t")]
}

/// The run, undecided on the scenario.
fn unclear(run: Run, scenario: &Scenario) -> Run {
    let mut run = run.verdict(&scenario.requirements[0], Verdict::Inconclusive);
    run.failures.push(Failure {
        case: None,
        kind: FailureKind::Timeout,
        title: scenario.title.clone(),
        scenario: serde_json::to_value(scenario).ok(),
        message: "no answer".to_owned(),
        requirements: scenario.requirements.clone(),
    });
    run
}

fn suspect(scenarios: &[&Scenario], implementations: &[&str]) -> CrossCheck {
    let suspect = Suspect {
        requirement: "A-1".to_owned(),
        scenarios: scenarios.iter().map(|scenario| scenario.id()).collect(),
        implementations: implementations.iter().map(|label| (*label).to_owned()).collect(),
    };
    CrossCheck { requirements: vec![suspect], scenarios: Vec::new() }
}

fn only_scenario(scenario: &Scenario, implementations: &[&str]) -> CrossCheck {
    let suspect = SuspectScenario {
        scenario: scenario.id(),
        title: scenario.title.clone(),
        requirements: scenario.requirements.clone(),
        implementations: implementations.iter().map(|label| (*label).to_owned()).collect(),
    };
    CrossCheck { requirements: Vec::new(), scenarios: vec![suspect] }
}

#[test]
fn a_requirement_that_all_deviate_from_alike_is_suspect() {
    let runs = [run("a", "window").deviating(&first(), wrong()), run("b", "shell").deviating(&first(), wrong())];
    assert_eq!(cross_check(&runs), suspect(&[&first()], &["a 1 (window)", "b 1 (shell)"]));
}

#[test]
fn what_the_scenario_does_not_look_at_may_differ() {
    let runs = [
        run("a", "window").deviating(&first(), vec![called("y", "@t")]),
        run("b", "shell").deviating(&first(), vec![called("y", "@u")]),
    ];
    assert_eq!(cross_check(&runs), suspect(&[&first()], &["a 1 (window)", "b 1 (shell)"]));
}

#[test]
fn who_conforms_or_deviates_otherwise_takes_the_suspicion_away() {
    let a = || run("a", "window").deviating(&first(), wrong());
    let b = || run("b", "shell").deviating(&first(), wrong());
    let alone = [a()];
    let conforming = [a(), b(), run("c", "library")];
    let otherwise = [a(), b(), run("c", "library").deviating(&first(), otherwise())];
    for runs in [alone.as_slice(), &conforming, &otherwise] {
        assert_eq!(cross_check(runs), CrossCheck::default());
    }
}

#[test]
fn scopes_and_versions_of_one_implementation_are_one() {
    let mut newer = run("a", "window").deviating(&first(), wrong());
    newer.implementation.version = "2".to_owned();
    let runs =
        [run("a", "window").deviating(&first(), wrong()), run("a", "worker").deviating(&first(), wrong()), newer];
    assert_eq!(cross_check(&runs), CrossCheck::default());
}

#[test]
fn the_model_does_not_vote() {
    let scope = ReferenceAdapter::default().identity().scope;
    let deviating = [run("a", "window").deviating(&first(), wrong()), run("b", "shell").deviating(&first(), wrong())];
    let [a, b] = deviating.clone();
    assert_eq!(cross_check(&[run("m", &scope), a.clone(), b]), cross_check(&deviating));
    assert_eq!(cross_check(&[a, run("m", &scope).deviating(&first(), wrong())]), CrossCheck::default());
}

#[test]
fn who_could_not_be_tested_says_nothing() {
    let runs = [
        run("a", "window").deviating(&first(), wrong()),
        run("b", "shell").deviating(&first(), wrong()),
        run("c", "library").verdict("A-1", Verdict::NotApplicable).without(Capability::EventTarget),
        unclear(run("d", "shell"), &first()),
    ];
    assert_eq!(cross_check(&runs), suspect(&[&first()], &["a 1 (window)", "b 1 (shell)"]));
}

#[test]
fn a_shared_scenario_is_enough_though_others_differ() {
    let runs = [
        run("a", "window").deviating(&first(), wrong()).deviating(&second(), wrong()),
        run("b", "shell").deviating(&first(), otherwise()).deviating(&second(), wrong()),
    ];
    assert_eq!(cross_check(&runs), suspect(&[&second()], &["a 1 (window)", "b 1 (shell)"]));
}

#[test]
fn a_scenario_is_suspect_where_its_requirement_is_not() {
    // Somebody who can't play the second conforms on the first.
    let needing = Scenario { needs: vec![Capability::Windows], ..second() };
    let runs = [
        run("a", "window").deviating(&needing, wrong()),
        run("b", "shell").deviating(&needing, wrong()),
        run("c", "library").without(Capability::Windows),
        unclear(run("d", "shell"), &needing),
    ];
    assert_eq!(cross_check(&runs), only_scenario(&needing, &["a 1 (window)", "b 1 (shell)"]));
}

#[test]
fn only_what_all_can_show_is_compared() {
    let reported = || json!({ "reported": "oops" });
    let more = vec![called("y", "@t"), reported()];
    let runs = [
        run("a", "window").deviating(&first(), more),
        run("b", "shell").without(Capability::GlobalEvents).deviating(&first(), wrong()),
    ];
    assert_eq!(cross_check(&runs).requirements.len(), 1, "both call with the wrong event");
    // One departs in what only it can show, the other in what it can't.
    let opened = || json!({ "opened": "https://example.com/" });
    let runs = [
        run("a", "window").without(Capability::Windows).deviating(&first(), vec![called("x", "@t"), reported()]),
        run("b", "shell").without(Capability::GlobalEvents).deviating(&first(), vec![called("x", "@t"), opened()]),
    ];
    assert_eq!(cross_check(&runs), CrossCheck::default());
}

#[test]
fn suspects_stand_in_the_order_of_the_catalogue() {
    let other = scenario("Another.", "A-2");
    let runs = [
        run("a", "window").deviating(&other, wrong()).deviating(&first(), wrong()),
        run("b", "shell").deviating(&first(), wrong()).deviating(&other, wrong()),
    ];
    let suspects = cross_check(&runs).requirements;
    let ids: Vec<&str> = suspects.iter().map(|suspect| suspect.requirement.as_str()).collect();
    assert_eq!(ids, ["A-1", "A-2"]);
}

#[test]
fn what_somebody_published_conforms_on_is_not_suspect() {
    let runs = [run("a", "window").deviating(&first(), wrong()), run("b", "shell").deviating(&first(), wrong())];
    let published = |requirement: &str, scenario: &Scenario| Published {
        requirements: [requirement.to_owned()].into(),
        scenarios: [scenario.id()].into(),
    };
    let check = |published| cross_check::cross_check(&runs, &published);
    assert_eq!(check(published("A-1", &first())), CrossCheck::default());
    assert_eq!(check(published("A-2", &second())), cross_check(&runs));
    // Of a requirement that somebody conforms on, a scenario may be one that only others could play.
    assert_eq!(check(published("A-1", &second())), only_scenario(&first(), &["a 1 (window)", "b 1 (shell)"]));
}

#[test]
fn what_is_known_of_the_published_fleet_is_what_its_report_says() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../reports/published/report.json");
    let report: Report = serde_json::from_str(&std::fs::read_to_string(file).expect("a report")).expect("a report");
    let (known, fresh) = (Published::known(), Published::of(&report, &Catalogue::load()));
    assert_eq!(known.requirements, fresh.requirements);
    // Those of requirements that got further scenarios since then can't be found again.
    assert!(fresh.scenarios.is_subset(&known.scenarios), "`cargo dev publish` writes catalogue/published.json");
    let deviates = |run: &Run| run.deviations.iter().any(|deviation| deviation.id == "99fa72bbd81e");
    assert!(report.runs.iter().any(deviates) && known.scenarios.contains("99fa72bbd81e"), "not all deviate there");
    assert!(known.scenarios.len() > 500 && known.requirements.len() > 500);
}
