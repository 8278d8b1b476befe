//! An agent that ends or says that it is stuck is replaced, and what it could not play is played again.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bgfspec::adapter::agent::{AgentAdapter, Connect, Link};
use bgfspec::adapter::{Adapter as _, AdapterError, Configuration, Failure};
use bgfspec::catalogue::Catalogue;
use bgfspec::scenario::Scenario;
use bgfspec::trace::Trace;
use serde_json::{Value, json};

/// What an agent does with each batch that is not empty.
#[derive(Clone)]
enum Does {
    /// Plays all.
    Play,
    /// Says of the scenario at this place that it failed, and whether it is stuck.
    Fail(usize, bool),
    /// Ends.
    Crash,
    /// Does not answer in time.
    Hang,
}

/// Agents, each with what it does with one batch after the other; after that it plays.
struct Agents {
    scripts: VecDeque<Vec<Does>>,
    connected: usize,
    largest: usize,
    told: Vec<(String, bool)>,
    stop: Arc<AtomicBool>,
}

struct Agent {
    script: VecDeque<Does>,
    answers: VecDeque<Result<Vec<u8>, Failure>>,
}

impl Connect for &mut Agents {
    type Link = Agent;

    fn connect(&mut self) -> Result<Agent, AdapterError> {
        self.connected += 1;
        let script = self.scripts.pop_front().unwrap_or_default().into();
        Ok(Agent { script, answers: VecDeque::new() })
    }

    fn describe(&self) -> String {
        "agents".to_owned()
    }

    fn timeout(&self) -> Duration {
        Duration::ZERO
    }

    fn stop(&self) -> &Arc<AtomicBool> {
        &self.stop
    }

    fn configuration(&self) -> Configuration {
        let flags = vec!["--given".to_owned()];
        Configuration { platform: "here".to_owned(), headless: Some(true), flags, ..Configuration::default() }
    }

    fn largest_batch(&self) -> usize {
        self.largest
    }

    fn played(&mut self, scenario: &Scenario, trace: Option<&Trace>) {
        self.told.push((scenario.id(), trace.is_some()));
    }
}

impl Link for Agent {
    fn send(&mut self, message: Vec<u8>) -> Result<(), Failure> {
        let message: Value = serde_json::from_slice(&message).expect("a message is JSON");
        let Some(scenarios) = message["scenarios"].as_array() else {
            let configuration = json!({ "platform": "there", "touch_points": 2, "flags": ["--told"] });
            let started = json!({ "started": { "name": "fake", "version": "1", "capabilities": [], "configuration": configuration } });
            self.answers.push_back(Ok(started.to_string().into_bytes()));
            return Ok(());
        };
        let does = if scenarios.is_empty() { Does::Play } else { self.script.pop_front().unwrap_or(Does::Play) };
        let trace = |at: usize| match does {
            Does::Fail(place, stuck) if place == at => json!([{ "failed": "no row", "stuck": stuck }]),
            _ => json!([]),
        };
        self.answers.push_back(match does {
            Does::Crash => Err(Failure::Crash("it ended".to_owned())),
            Does::Hang => Err(Failure::Timeout("no answer".to_owned())),
            _ => {
                let traces: Vec<Value> = (0..scenarios.len()).map(trace).collect();
                Ok(json!({ "ran": message["run"], "traces": traces }).to_string().into_bytes())
            }
        });
        Ok(())
    }

    fn receive(&mut self, _: Duration) -> Result<Vec<u8>, Failure> {
        self.answers.pop_front().unwrap_or_else(|| Err(Failure::Timeout("nothing was asked".to_owned())))
    }
}

impl Agents {
    fn of(scripts: Vec<Vec<Does>>, largest: usize) -> Self {
        let stop = Arc::default();
        Agents { scripts: scripts.into(), connected: 0, largest, told: Vec::new(), stop }
    }

    /// Which of so many scenarios have a trace in the end.
    fn play(&mut self, scenarios: usize) -> Vec<bool> {
        let catalogue = Catalogue::load();
        let scenarios: Vec<&Scenario> = catalogue.scenarios.iter().take(scenarios).collect();
        let mut adapter = AgentAdapter::start(self).expect("the fake starts");
        adapter.run_batch(&scenarios).iter().map(Result::is_ok).collect()
    }
}

#[test]
fn what_a_stuck_agent_could_not_play_another_plays() {
    let mut agents = Agents::of(vec![vec![Does::Fail(1, true)]], usize::MAX);
    assert_eq!(agents.play(3), [true, true, true]);
    assert_eq!(agents.connected, 2);
}

#[test]
fn an_agent_knows_best_where_it_runs_and_flags_are_those_of_both() {
    let mut agents = Agents::of(Vec::new(), usize::MAX);
    let adapter = AgentAdapter::start(&mut agents).expect("the fake starts");
    let Configuration { platform, headless, touch_points, flags } = adapter.configuration();
    assert_eq!((platform.as_str(), headless, touch_points), ("there", Some(true), Some(2)));
    assert_eq!(flags, ["--given", "--told"]);
}

#[test]
fn what_two_agents_were_stuck_on_has_no_trace() {
    let mut agents = Agents::of(vec![vec![Does::Fail(1, true)], vec![Does::Fail(0, true)]], usize::MAX);
    assert_eq!(agents.play(3), [true, false, true]);
    assert_eq!(agents.connected, 2);
}

#[test]
fn an_agent_that_can_not_play_a_scenario_and_is_not_stuck_is_kept() {
    let mut agents = Agents::of(vec![vec![Does::Fail(1, false)]], usize::MAX);
    assert_eq!(agents.play(3), [true, false, true]);
    assert_eq!(agents.connected, 1);
}

#[test]
fn a_scenario_alone_with_which_an_agent_ended_is_played_by_another() {
    let mut agents = Agents::of(vec![vec![Does::Crash]], usize::MAX);
    assert_eq!(agents.play(1), [true]);
    let mut agents = Agents::of(vec![vec![Does::Crash], vec![Does::Crash]], usize::MAX);
    assert_eq!(agents.play(1), [false]);
    assert_eq!(agents.connected, 2);
}

#[test]
fn a_scenario_on_which_an_agent_hangs_is_waited_for_once() {
    let mut agents = Agents::of(vec![vec![Does::Hang]], usize::MAX);
    assert_eq!(agents.play(1), [false]);
    assert_eq!(agents.connected, 1);
}

#[test]
fn of_a_crash_only_the_batch_is_played_again() {
    // The first batch of two is played, the second ends the agent.
    let mut agents = Agents::of(vec![vec![Does::Play, Does::Crash]], 2);
    assert_eq!(agents.play(5), [true; 5]);
    assert_eq!(agents.connected, 2);
}

#[test]
fn each_scenario_is_told_once_and_whether_it_has_a_trace() {
    let mut agents = Agents::of(vec![vec![Does::Fail(1, false)]], usize::MAX);
    agents.play(3);
    let ids: Vec<String> = Catalogue::load().scenarios.iter().take(3).map(Scenario::id).collect();
    let told: Vec<(String, bool)> = ids.into_iter().zip([true, false, true]).collect();
    assert_eq!(agents.told, told);
}
