//! Agents that are programs and speak over their standard input and output.
//!
//! The program runs in a process group of its own, which is ended as a whole.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap, ProcessGroup};

use super::agent::{AgentAdapter, Connect, Link};
use super::watchdog::Watchdog;
use super::words::{self, Words};
use super::{AdapterError, Configuration, Failure, platform};

/// The longest line that an agent may write, in bytes.
const LONGEST_LINE: u64 = 32 << 20;

/// How much of an agent's standard error is kept, in bytes.
const KEPT_STDERR: usize = 64 << 10;

/// How often it is looked whether an agent that does not answer still lives: a child of it may hold its streams open.
const LOOK_AFTER: Duration = Duration::from_millis(100);

/// How long to wait for the last words of an agent that has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// An implementation behind a program.
pub type StdioAdapter = AgentAdapter<Launch>;

/// How to start an agent.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// What stands before its arguments and says how it runs them; a report shows it.
    pub flags: Vec<String>,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// How long to wait for an answer.
    pub timeout: Duration,
    /// Once this is set no answer is waited for any more, and the agent is ended.
    pub stop: Arc<AtomicBool>,
    /// A folder that must be there as long as the agent may be started.
    pub files: Option<Arc<tempfile::TempDir>>,
}

/// A program that was started.
#[derive(Debug)]
pub struct Process {
    child: Box<dyn ChildWrapper>,
    stdin: Option<SyncSender<Vec<u8>>>,
    lines: Receiver<Result<Vec<u8>, String>>,
    stderr: Words,
    stop: Arc<AtomicBool>,
    /// Dropped last.
    _watchdog: Watchdog,
}

impl Connect for Launch {
    type Link = Process;

    fn connect(&mut self) -> Result<Process, AdapterError> {
        let program = self.program.display();
        let mut command = Command::new(&self.program);
        command
            .args(&self.flags)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = CommandWrap::from(command)
            .wrap(ProcessGroup::leader())
            .spawn()
            .map_err(|error| AdapterError(format!("can't start `{program}`: {error}; is it installed?")))?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin().take(), child.stdout().take(), child.stderr().take())
        else {
            return Err(AdapterError(format!("can't talk to `{program}`: it has no standard streams")));
        };
        let stderr = Words::of(stderr, KEPT_STDERR);
        let (stdin, lines, stop) = (Some(write_lines(stdin)), read_lines(stdout), Arc::clone(&self.stop));
        let folder = self.files.as_ref().map(|files| files.path());
        let watchdog = Watchdog::over(&[child.id()], folder);
        Ok(Process { child, stdin, lines, stderr, stop, _watchdog: watchdog })
    }

    fn describe(&self) -> String {
        self.program.display().to_string()
    }

    fn configuration(&self) -> Configuration {
        Configuration { platform: platform(), flags: self.flags.clone(), ..Configuration::default() }
    }

    fn timeout(&self) -> Duration {
        self.timeout
    }

    fn stop(&self) -> &Arc<AtomicBool> {
        &self.stop
    }
}

impl Link for Process {
    fn send(&mut self, mut message: Vec<u8>) -> Result<(), Failure> {
        message.push(b'\n');
        let stdin = self.stdin.as_ref().ok_or_else(|| Failure::Crash("it has ended".to_owned()))?;
        stdin.send(message).map_err(|_| Failure::Crash("it does not read what it is sent".to_owned()))
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

    fn words(&self) -> String {
        // What it wrote may be on its way still: it is read in a thread that may not have had its turn.
        let deadline = Instant::now() + LAST_WORDS;
        while self.stderr.is_empty() && !self.stderr.is_finished() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.stderr.text()
    }
}

impl Process {
    /// What to say of an agent that has ended, or closed its standard output.
    fn ended(&mut self) -> Failure {
        // One that only closed its output would never be done.
        self.stdin = None;
        let deadline = Instant::now() + LAST_WORDS;
        let mut status = None;
        while Instant::now() < deadline && (status.is_none() || !self.stderr.is_finished()) {
            status = self.child.try_wait().ok().flatten();
            std::thread::sleep(Duration::from_millis(1));
        }
        let status = status.map_or_else(|| "it closed its standard output".to_owned(), |status| status.to_string());
        Failure::Crash(words::end(&status, &self.words()))
    }
}

impl Drop for Process {
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
