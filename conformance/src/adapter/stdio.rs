//! Implementations behind a program that speaks JSON Lines over its standard input and output.
//!
//! The program runs in a process group of its own, which is ended as a whole. A scenario on which it hangs, dies or
//! talks nonsense is found by bisection; the program is started again for the others.

use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap, ProcessGroup};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Adapter, AdapterError, Failure, Identity};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// The version of the protocol.
pub const PROTOCOL: u32 = 1;

/// The longest line that an agent may write, in bytes.
const LONGEST_LINE: u64 = 32 << 20;

/// How much of an agent's standard error is kept, in bytes.
const KEPT_STDERR: usize = 64 << 10;

/// How often it is looked whether an agent that does not answer still lives: a child of it may hold its streams open.
const LOOK_AFTER: Duration = Duration::from_millis(100);

/// How long to wait for the last words of an agent that has ended.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// After so many scenarios in a row without an answer the rest is not tried.
const MOST_FAILURES: usize = 25;

/// What the harness says.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum ToAgent {
    /// Asks who the agent is.
    Start {
        /// The version of the protocol.
        bgfspec: u32,
        /// Nothing yet.
        start: Empty,
    },
    /// Asks to play scenarios.
    Run {
        /// The number of the batch.
        run: u64,
        /// The scenarios.
        scenarios: Vec<Scenario>,
    },
    /// Asks to end.
    Stop {
        /// Always true.
        stop: bool,
    },
}

/// An object without members.
#[derive(Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// What an agent says.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum FromAgent {
    /// Says who it is.
    Started {
        /// Who it is.
        started: Started,
    },
    /// Gives the traces of a batch.
    Ran {
        /// The number of the batch.
        ran: u64,
        /// One trace a scenario, in order.
        traces: Vec<Vec<serde_json::Value>>,
    },
}

/// Who an agent is.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Started {
    /// The implementation's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where in it the scenarios run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// What it lets a test do and see; words that are not known are passed over.
    pub capabilities: Vec<String>,
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

/// How to start an agent.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// How long to wait for an answer.
    pub timeout: Duration,
    /// Once this is set no answer is waited for any more, and the agent is ended.
    pub stop: Arc<AtomicBool>,
    /// A folder that must be there as long as the agent may be started.
    pub files: Option<Arc<tempfile::TempDir>>,
}

/// An implementation behind a program.
#[derive(Debug)]
pub struct StdioAdapter {
    launch: Launch,
    started: Started,
    session: Option<Session>,
    batch: u64,
    failures: usize,
}

#[derive(Debug)]
struct Session {
    child: Box<dyn ChildWrapper>,
    stdin: Option<SyncSender<Vec<u8>>>,
    lines: Receiver<Result<Vec<u8>, String>>,
    stderr: Arc<Mutex<VecDeque<u8>>>,
    stderr_reader: JoinHandle<()>,
    stop: Arc<AtomicBool>,
}

impl StdioAdapter {
    /// Starts an agent and asks who it is.
    ///
    /// # Errors
    /// Says why it could not be started or what was wrong with its answer.
    pub fn start(launch: Launch) -> Result<Self, AdapterError> {
        let (session, started) = Session::start(&launch)?;
        Ok(StdioAdapter { launch, started, session: Some(session), batch: 0, failures: 0 })
    }

    /// What the agent said when it started.
    #[must_use]
    pub fn started(&self) -> &Started {
        &self.started
    }

    /// The end of what the agent wrote to its standard error.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.session.as_ref().map(Session::stderr).unwrap_or_default()
    }

    fn attempt(&mut self, scenarios: &[&Scenario]) -> Result<Vec<Result<Trace, Failure>>, Failure> {
        if self.session.is_none() {
            let (session, _) = Session::start(&self.launch).map_err(|error| Failure::Crash(error.0))?;
            self.session = Some(session);
        }
        // The next number is that of the empty batch that follows.
        self.batch += 2;
        let Some(session) = &mut self.session else { unreachable!("it was just started") };
        let result = session.run(self.batch, scenarios, self.launch.timeout);
        if result.is_err() {
            // Whatever it still does belongs to a batch that nobody waits for.
            self.session = None;
        }
        result
    }
}

impl Adapter for StdioAdapter {
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

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        self.run_batch(&[scenario]).pop().unwrap_or_else(|| Err(Failure::Protocol("no answer".to_owned())))
    }

    fn run_batch(&mut self, scenarios: &[&Scenario]) -> Vec<Result<Trace, Failure>> {
        if scenarios.is_empty() {
            return Vec::new();
        }
        if self.launch.stop.load(Ordering::Relaxed) {
            self.session = None;
            return scenarios.iter().map(|_| Err(Failure::Timeout("the run was ended".to_owned()))).collect();
        }
        if self.failures >= MOST_FAILURES {
            let message = format!("not tried: the {MOST_FAILURES} scenarios before it had no answer");
            return scenarios.iter().map(|_| Err(Failure::Protocol(message.clone()))).collect();
        }
        match self.attempt(scenarios) {
            Ok(results) => {
                self.failures = 0;
                results
            }
            Err(failure) if scenarios.len() == 1 => {
                self.failures += 1;
                vec![Err(failure)]
            }
            Err(_) => {
                let (first, second) = scenarios.split_at(scenarios.len() / 2);
                let mut results = self.run_batch(first);
                results.extend(self.run_batch(second));
                results
            }
        }
    }
}

impl Session {
    fn start(launch: &Launch) -> Result<(Self, Started), AdapterError> {
        let program = launch.program.display();
        let mut command = Command::new(&launch.program);
        command.args(&launch.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = CommandWrap::from(command)
            .wrap(ProcessGroup::leader())
            .spawn()
            .map_err(|error| AdapterError(format!("can't start `{program}`: {error}; is it installed?")))?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin().take(), child.stdout().take(), child.stderr().take())
        else {
            return Err(AdapterError(format!("can't talk to `{program}`: it has no standard streams")));
        };
        let lines = read_lines(stdout);
        let (stderr, stderr_reader) = keep(stderr);
        let stop = Arc::clone(&launch.stop);
        let mut session = Session { child, stdin: Some(write_lines(stdin)), lines, stderr, stderr_reader, stop };
        let started = session.handshake(launch.timeout).map_err(|failure| {
            let stderr = session.stderr();
            let hint = if stderr.is_empty() { String::new() } else { format!("; it wrote: {}", stderr.trim()) };
            AdapterError(format!("`{program}` is no agent: {failure}{hint}"))
        })?;
        Ok((session, started))
    }

    fn handshake(&mut self, timeout: Duration) -> Result<Started, Failure> {
        self.send(&ToAgent::Start { bgfspec: PROTOCOL, start: Empty {} })?;
        let line = self.receive(timeout)?;
        let answer: StartedLine = serde_json::from_slice(&line).map_err(|error| {
            Failure::Protocol(format!("expected {{\"started\": …}}, got {}: {error}", excerpt(&line)))
        })?;
        Ok(answer.started)
    }

    /// Runs a batch; a scenario that the agent says it can't play has no trace, and is no reason to mistrust the others.
    fn run(
        &mut self,
        batch: u64,
        scenarios: &[&Scenario],
        timeout: Duration,
    ) -> Result<Vec<Result<Trace, Failure>>, Failure> {
        let traces = self.ask(batch, scenarios, timeout)?;
        // What it says beyond its answer comes before its answer to an empty batch: so it is known whose fault it is.
        self.ask(batch + 1, &[], timeout).map_err(|failure| match failure {
            Failure::Protocol(message) => {
                Failure::Protocol(format!("it answered twice, or more than it was asked: {message}"))
            }
            failure => failure,
        })?;
        // A lone scenario whose trace is no trace is the culprit; in a batch bisection finds it.
        let checked = traces.into_iter().map(|trace| match refusal(&trace) {
            Some(reason) => Ok(Err(Failure::Protocol(reason))),
            None if trace.0.starts_with('[') => Ok(Ok(trace)),
            None => trace.observations().map(|_| Ok(trace)).map_err(Failure::Protocol),
        });
        checked.collect()
    }

    fn ask(&mut self, batch: u64, scenarios: &[&Scenario], timeout: Duration) -> Result<Vec<Trace>, Failure> {
        #[derive(Serialize)]
        struct Run<'a> {
            run: u64,
            scenarios: &'a [&'a Scenario],
        }
        self.send(&Run { run: batch, scenarios })?;
        let line = self.receive(timeout)?;
        let answer: RanLine<'_> = serde_json::from_slice(&line)
            .map_err(|error| Failure::Protocol(format!("expected {{\"ran\": …}}, got {}: {error}", excerpt(&line))))?;
        if answer.ran != batch {
            return Err(Failure::Protocol(format!("batch {batch} was asked for, and {} was answered", answer.ran)));
        }
        if answer.traces.len() != scenarios.len() {
            let (asked, got) = (scenarios.len(), answer.traces.len());
            return Err(Failure::Protocol(format!("{asked} traces were asked for, and {got} were given")));
        }
        Ok(answer.traces.into_iter().map(|trace| Trace(trace.get().to_owned())).collect())
    }

    fn send(&mut self, message: &impl Serialize) -> Result<(), Failure> {
        let mut line = serde_json::to_vec(message).map_err(|error| Failure::Protocol(error.to_string()))?;
        line.push(b'\n');
        let stdin = self.stdin.as_ref().ok_or_else(|| Failure::Crash("it has ended".to_owned()))?;
        stdin.send(line).map_err(|_| Failure::Crash("it does not read what it is sent".to_owned()))
    }

    fn receive(&mut self, timeout: Duration) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + timeout;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left.min(LOOK_AFTER)) {
                Ok(line) => return line.map_err(Failure::Protocol),
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
                Err(RecvTimeoutError::Timeout) if self.stop.load(Ordering::Relaxed) => {
                    return Err(Failure::Timeout("the run was ended".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    return Err(Failure::Timeout(format!("no answer within {} s", timeout.as_secs_f64())));
                }
                Err(RecvTimeoutError::Timeout) if matches!(self.child.try_wait(), Ok(Some(_))) => {
                    return match self.lines.recv_timeout(LAST_WORDS) {
                        Ok(line) => line.map_err(Failure::Protocol),
                        Err(_) => Err(self.ended()),
                    };
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// What to say of an agent that has ended, or closed its standard output.
    fn ended(&mut self) -> Failure {
        // One that only closed its output would never be done.
        self.stdin = None;
        let deadline = Instant::now() + LAST_WORDS;
        let mut status = None;
        while Instant::now() < deadline && (status.is_none() || !self.stderr_reader.is_finished()) {
            status = self.child.try_wait().ok().flatten();
            std::thread::sleep(Duration::from_millis(1));
        }
        let status = status.map_or_else(|| "it closed its standard output".to_owned(), |status| status.to_string());
        let stderr = self.stderr();
        let hint = stderr.lines().last().map(|line| format!(": {line}")).unwrap_or_default();
        Failure::Crash(format!("{status}{hint}"))
    }

    fn stderr(&self) -> String {
        let bytes: Vec<u8> = self.stderr.lock().map(|kept| kept.iter().copied().collect()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It is asked to stop, and its standard input ends; what does not end soon is ended, with all its children.
        if let Some(stdin) = self.stdin.take() {
            let _ = stdin.try_send(b"{\"stop\":true}\n".to_vec());
        }
        let deadline = Instant::now() + Duration::from_millis(200);
        while Instant::now() < deadline && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = self.child.start_kill();
        let _ = self.child.wait();
    }
}

/// Why an agent could not play a scenario, if that is what it answers.
fn refusal(trace: &Trace) -> Option<String> {
    #[derive(Deserialize)]
    struct Failed {
        failed: String,
    }
    if !trace.0.contains("{\"failed\":") {
        return None;
    }
    let [Failed { failed }] = serde_json::from_str(&trace.0).ok()?;
    Some(format!("the agent could not play it: {failed}"))
}

/// Reads lines in a thread of its own, so that waiting for one can end.
fn read_lines(stdout: impl Read + Send + 'static) -> Receiver<Result<Vec<u8>, String>> {
    let (sender, receiver) = sync_channel(1);
    std::thread::spawn(move || {
        let mut reader = BufReader::with_capacity(1 << 20, stdout);
        loop {
            let mut line = Vec::new();
            let result = match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => return,
                Ok(_) if line.last() == Some(&b'\n') => Ok(line),
                Ok(_) if line.len() as u64 >= LONGEST_LINE => {
                    Err(format!("it wrote a line longer than {} MiB", LONGEST_LINE >> 20))
                }
                // The end came in the middle of a line: what it wanted to say is lost.
                Ok(_) => return,
                Err(error) => Err(error.to_string()),
            };
            let failed = result.is_err();
            if sender.send(result).is_err() || failed {
                return;
            }
        }
    });
    receiver
}

/// Writes in a thread of its own: an agent that does not read must not hold up the harness.
fn write_lines(mut stdin: ChildStdin) -> SyncSender<Vec<u8>> {
    let (sender, receiver) = sync_channel::<Vec<u8>>(4);
    std::thread::spawn(move || {
        for line in receiver {
            if stdin.write_all(&line).and_then(|()| stdin.flush()).is_err() {
                return;
            }
        }
    });
    sender
}

/// Keeps the end of what comes.
fn keep(mut stderr: impl Read + Send + 'static) -> (Arc<Mutex<VecDeque<u8>>>, JoinHandle<()>) {
    let kept = Arc::new(Mutex::new(VecDeque::new()));
    let into = Arc::clone(&kept);
    let reader = std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = stderr.read(&mut buffer) {
            let Ok(mut kept) = into.lock() else { return };
            kept.extend(&buffer[..count]);
            let surplus = kept.len().saturating_sub(KEPT_STDERR);
            kept.drain(..surplus);
        }
    });
    (kept, reader)
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
