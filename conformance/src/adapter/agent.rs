//! Implementations behind an agent that speaks the protocol, however it is reached.
//!
//! A scenario on which the agent hangs, dies or talks nonsense is found, and the agent is connected anew for the others.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::protocol::{Empty, PROTOCOL, Started, ToAgent};
use super::{Adapter, AdapterError, Configuration, Failure, Identity};
use crate::generation::Lifetimes;
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// How often a scenario is played, if agents end with it or say that they are stuck.
const TRIES: usize = 2;

/// After so many scenarios in a row without an answer the rest is not tried.
const MOST_FAILURES: usize = 25;

/// The longest word that an agent may use for itself, in characters: a report shows it everywhere.
const LONGEST_WORD: usize = 200;

/// The longest message about what an agent said, in characters.
const LONGEST_MESSAGE: usize = 1_000;

/// A way to reach an agent.
pub trait Connect {
    /// The connection.
    type Link: Link;

    /// Starts an agent, or has one started.
    ///
    /// # Errors
    /// Says why there is none, and what to do about it.
    fn connect(&mut self) -> Result<Self::Link, AdapterError>;

    /// What it is that is reached, for messages.
    fn describe(&self) -> String;

    /// How long to wait for an answer.
    fn timeout(&self) -> Duration;

    /// The platform of the agents, and the flags that they are started with; an agent adds what it knows itself.
    fn configuration(&self) -> Configuration {
        Configuration::default()
    }

    /// How often generated scenarios may be about the life of a worker.
    fn lifetimes(&self) -> Lifetimes {
        Lifetimes::Often
    }

    /// Once this is set no answer is waited for any more.
    fn stop(&self) -> &Arc<AtomicBool>;

    /// Whether another agent may be had in place of one that is fine.
    fn can_connect_anew(&self) -> bool {
        true
    }

    /// How many scenarios an agent is given at once, at most.
    fn largest_batch(&self) -> usize {
        usize::MAX
    }

    /// Told of each scenario that was played, and of the trace that it gave, if any.
    fn played(&mut self, _: &Scenario, _: Option<&Trace>) {}
}

/// A connection to an agent. Dropping it ends the agent and all that was started for it.
pub trait Link {
    /// Sends a message, without a line break.
    ///
    /// # Errors
    /// The agent is not there any more, or does not listen.
    fn send(&mut self, message: Vec<u8>) -> Result<(), Failure>;

    /// Waits for a message.
    ///
    /// # Errors
    /// There was none in time, the agent has ended, or what it sent is no message.
    fn receive(&mut self, timeout: Duration) -> Result<Vec<u8>, Failure>;

    /// The end of what the agent said beside the protocol, for people.
    fn words(&self) -> String {
        String::new()
    }
}

#[derive(Deserialize)]
struct StartedLine {
    started: Started,
}

#[derive(Deserialize)]
struct RanLine<'a> {
    ran: u64,
    #[serde(borrow)]
    traces: Vec<&'a RawValue>,
}

/// An implementation behind an agent.
#[derive(Debug)]
pub struct AgentAdapter<C: Connect> {
    connect: C,
    started: Started,
    link: Option<C::Link>,
    batch: u64,
    failures: usize,
}

impl<C: Connect> AgentAdapter<C> {
    /// Starts an agent and asks who it is.
    ///
    /// # Errors
    /// Says why it could not be started or what was wrong with its answer.
    pub fn start(mut connect: C) -> Result<Self, AdapterError> {
        let (link, started) = open(&mut connect)?;
        Ok(AgentAdapter { connect, started, link: Some(link), batch: 0, failures: 0 })
    }

    /// What the agent said when it started.
    #[must_use]
    pub fn started(&self) -> &Started {
        &self.started
    }

    /// The end of what the agent said beside the protocol, for people.
    #[must_use]
    pub fn words(&self) -> String {
        self.link.as_ref().map(Link::words).unwrap_or_default()
    }

    /// Plays a batch. What an agent could not play because it ended or was stuck, another plays.
    fn play(&mut self, scenarios: &[&Scenario], tries: usize) -> Vec<Result<Trace, Failure>> {
        if self.connect.stop().load(Ordering::Relaxed) {
            self.link = None;
            return scenarios.iter().map(|_| Err(Failure::Timeout("the run was ended".to_owned()))).collect();
        }
        if self.failures >= MOST_FAILURES {
            let message = format!("not tried: the {MOST_FAILURES} scenarios before it had no answer");
            return scenarios.iter().map(|_| Err(Failure::Protocol(message.clone()))).collect();
        }
        match self.attempt(scenarios) {
            Ok(answers) => {
                self.failures = 0;
                self.replace_if_stuck(scenarios, answers, tries)
            }
            Err(Failure::Crash(_)) if scenarios.len() == 1 && tries > 1 => self.play(scenarios, tries - 1),
            Err(failure) if scenarios.len() == 1 => {
                self.failures += 1;
                vec![Err(failure)]
            }
            // One at a time, those without an answer are found. Against halving the batch this costs one wait more than there are
            // scenarios that hang, however many there are.
            Err(_) => scenarios.iter().flat_map(|scenario| self.play(&[*scenario], tries - 1)).collect(),
        }
    }

    /// The answers of a batch. An agent that said that it was stuck is replaced, and what it could not play is played again.
    fn replace_if_stuck(
        &mut self,
        scenarios: &[&Scenario],
        answers: Vec<Answer>,
        tries: usize,
    ) -> Vec<Result<Trace, Failure>> {
        let stuck: Vec<usize> = (0..answers.len()).filter(|&at| matches!(answers[at], Answer::Stuck(_))).collect();
        let mut results: Vec<Result<Trace, Failure>> = answers.into_iter().map(Answer::result).collect();
        if !stuck.is_empty() && tries > 1 {
            self.link = None;
            let again: Vec<&Scenario> = stuck.iter().map(|&at| scenarios[at]).collect();
            for (at, result) in stuck.into_iter().zip(self.play(&again, tries - 1)) {
                results[at] = result;
            }
        }
        results
    }

    fn attempt(&mut self, scenarios: &[&Scenario]) -> Result<Vec<Answer>, Failure> {
        if self.link.is_none() {
            let (link, _) = open(&mut self.connect).map_err(|error| Failure::Crash(error.0))?;
            self.link = Some(link);
        }
        // The next number is that of the empty batch that follows.
        self.batch += 2;
        let Some(link) = &mut self.link else { unreachable!("it was just opened") };
        let result = play(link, self.batch, scenarios, self.connect.timeout());
        if result.is_err() {
            // Whatever it still does belongs to a batch that nobody waits for.
            self.link = None;
        }
        result
    }
}

impl<C: Connect> Adapter for AgentAdapter<C> {
    fn identity(&self) -> Identity {
        Identity {
            name: self.started.name.clone(),
            version: self.started.version.clone(),
            scope: self.started.scope.clone().unwrap_or_else(|| "shell".to_owned()),
        }
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        self.started.capabilities.iter().filter_map(|name| Capability::named(name)).collect()
    }

    fn lacks(&self) -> BTreeMap<Capability, String> {
        let known = |(name, why): (&String, &String)| Some((Capability::named(name)?, why.clone()));
        self.started.lacks.iter().filter_map(known).collect()
    }

    fn configuration(&self) -> Configuration {
        let Configuration { platform, headless, touch_points, flags } = self.started.configuration.clone();
        let known = self.connect.configuration();
        Configuration {
            platform: if platform.is_empty() { known.platform } else { platform },
            headless: headless.or(known.headless),
            touch_points: touch_points.or(known.touch_points),
            flags: [known.flags, flags].concat(),
        }
    }

    fn lifetimes(&self) -> Lifetimes {
        self.connect.lifetimes()
    }

    fn renew(&mut self) {
        if self.connect.can_connect_anew() {
            self.link = None;
        }
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        self.run_batch(&[scenario]).pop().unwrap_or_else(|| Err(Failure::Protocol("no answer".to_owned())))
    }

    fn run_batch(&mut self, scenarios: &[&Scenario]) -> Vec<Result<Trace, Failure>> {
        let batches = scenarios.chunks(self.connect.largest_batch());
        let results: Vec<Result<Trace, Failure>> = batches.flat_map(|batch| self.play(batch, TRIES)).collect();
        for (scenario, result) in scenarios.iter().zip(&results) {
            self.connect.played(scenario, result.as_ref().ok());
        }
        results
    }
}

/// Connects and asks who is there.
fn open<C: Connect>(connect: &mut C) -> Result<(C::Link, Started), AdapterError> {
    let mut link = connect.connect()?;
    let started = handshake(&mut link, connect.timeout()).map_err(|failure| {
        let words = link.words();
        let (failure, words) = (failure.to_string(), words.trim());
        let hint = if failure.contains(words) { String::new() } else { format!("; it wrote: {words}") };
        AdapterError(format!("`{}` is no agent: {failure}{hint}", connect.describe()))
    })?;
    Ok((link, started))
}

fn handshake(link: &mut impl Link, timeout: Duration) -> Result<Started, Failure> {
    send(link, &ToAgent::Start { bgfspec: PROTOCOL, start: Empty {} })?;
    let line = link.receive(timeout)?;
    let answer: StartedLine = serde_json::from_slice(&line).map_err(|error| {
        Failure::Protocol(format!("expected {{\"started\": …}}, got {}: {}", excerpt(&line), brief(&error)))
    })?;
    let Started { name, version, scope, configuration, .. } = &answer.started;
    let words = [("name", name), ("version", version), ("platform", &configuration.platform)];
    let scope = scope.iter().map(|scope| ("scope", scope));
    let flags = configuration.flags.iter().map(|flag| ("flag", flag));
    for (what, word) in words.into_iter().chain(scope).chain(flags) {
        if word.chars().count() > LONGEST_WORD {
            return Err(Failure::Protocol(format!("its {what} is longer than {LONGEST_WORD} characters")));
        }
    }
    Ok(answer.started)
}

/// Plays a batch; a scenario that the agent says it can't play has no trace, and is no reason to mistrust the others.
fn play(link: &mut impl Link, batch: u64, scenarios: &[&Scenario], timeout: Duration) -> Result<Vec<Answer>, Failure> {
    let traces = ask(link, batch, scenarios, timeout)?;
    // What it says beyond its answer comes before its answer to an empty batch: so it is known whose fault it is.
    ask(link, batch + 1, &[], timeout).map_err(|failure| match failure {
        Failure::Protocol(message) => {
            Failure::Protocol(format!("it answered twice, or more than it was asked: {message}"))
        }
        failure => failure,
    })?;
    // A lone scenario whose trace is no trace is the culprit; in a batch it is searched for.
    let checked = traces.into_iter().map(|trace| match refusal(&trace) {
        Some(refusal) => Ok(refusal),
        None if trace.0.starts_with('[') => Ok(Answer::Trace(trace)),
        None => trace.observations().map(|_| Answer::Trace(trace)).map_err(Failure::Protocol),
    });
    checked.collect()
}

/// What an agent answers for one scenario.
enum Answer {
    Trace(Trace),
    /// It could not play it.
    Refused(String),
    /// It could not play it, and another might.
    Stuck(String),
}

impl Answer {
    fn result(self) -> Result<Trace, Failure> {
        match self {
            Answer::Trace(trace) => Ok(trace),
            Answer::Refused(reason) | Answer::Stuck(reason) => {
                Err(Failure::Protocol(format!("the agent could not play it: {reason}")))
            }
        }
    }
}

/// Why an agent could not play a scenario, if that is what it answers.
fn refusal(trace: &Trace) -> Option<Answer> {
    #[derive(Deserialize)]
    struct Failed {
        failed: String,
        #[serde(default)]
        stuck: bool,
    }
    if !trace.0.contains("{\"failed\":") {
        return None;
    }
    let [Failed { failed, stuck }] = serde_json::from_str(&trace.0).ok()?;
    Some(if stuck { Answer::Stuck(failed) } else { Answer::Refused(failed) })
}

fn ask(link: &mut impl Link, batch: u64, scenarios: &[&Scenario], timeout: Duration) -> Result<Vec<Trace>, Failure> {
    #[derive(Serialize)]
    struct Run<'a> {
        run: u64,
        scenarios: &'a [&'a Scenario],
    }
    send(link, &Run { run: batch, scenarios })?;
    let line = link.receive(timeout)?;
    let answer: RanLine<'_> = serde_json::from_slice(&line).map_err(|error| {
        Failure::Protocol(format!("expected {{\"ran\": …}}, got {}: {}", excerpt(&line), brief(&error)))
    })?;
    if answer.ran != batch {
        return Err(Failure::Protocol(format!("batch {batch} was asked for, and {} was answered", answer.ran)));
    }
    if answer.traces.len() != scenarios.len() {
        let (asked, got) = (scenarios.len(), answer.traces.len());
        return Err(Failure::Protocol(format!("{asked} traces were asked for, and {got} were given")));
    }
    Ok(answer.traces.into_iter().map(|trace| Trace(trace.get().to_owned())).collect())
}

fn send(link: &mut impl Link, message: &impl Serialize) -> Result<(), Failure> {
    link.send(serde_json::to_vec(message).map_err(|error| Failure::Protocol(error.to_string()))?)
}

/// What is wrong with a message, which may repeat all of it.
fn brief(error: &serde_json::Error) -> String {
    error.to_string().chars().take(LONGEST_MESSAGE).collect()
}

fn excerpt(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    let text = text.trim();
    if text.chars().count() <= 80 {
        format!("`{text}`")
    } else {
        format!("`{}…`", text.chars().take(80).collect::<String>())
    }
}
