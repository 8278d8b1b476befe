//! One implementation for all tests of a process, which run in threads of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use super::Restart;
use crate::adapter::{Adapter, AdapterError, Configuration, Failure, Identity};
use crate::generation::Lifetimes;
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

type Answers = Vec<Result<Trace, Failure>>;

/// What is asked of the implementation.
enum Request {
    /// To play scenarios, and to tell whoever wants to know.
    Play(Vec<Scenario>, SyncSender<Answers>),
    /// To have nothing left of what was played before.
    Renew,
}

/// What an implementation says of itself.
#[derive(Clone)]
pub(super) struct Who {
    identity: Identity,
    pub(super) capabilities: BTreeSet<Capability>,
    pub(super) lacks: BTreeMap<Capability, String>,
    configuration: Configuration,
    lifetimes: Lifetimes,
}

impl Who {
    fn of(adapter: &dyn Adapter) -> Self {
        Who {
            identity: adapter.identity(),
            capabilities: adapter.capabilities(),
            lacks: adapter.lacks(),
            configuration: adapter.configuration(),
            lifetimes: adapter.lifetimes(),
        }
    }
}

/// The same, or why it did not start.
type Hello = Result<Who, AdapterError>;

/// An implementation in a thread of its own. It ends with this.
pub(super) struct Shared {
    who: Hello,
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Shared {
    /// Starts the implementation.
    pub(super) fn start(start: Restart) -> Self {
        let (requests, asked) = channel();
        let (hello, who) = sync_channel(1);
        let thread = std::thread::spawn(move || serve(&start, &hello, &asked));
        let who = who.recv().unwrap_or_else(|_| Err(AdapterError("the adapter panicked when it was made".to_owned())));
        Shared { who, requests: Some(requests), thread: Some(thread) }
    }

    /// Who it is and what it can do, or why it did not start.
    pub(super) fn who(&self) -> &Hello {
        &self.who
    }

    /// An adapter that passes on what it is asked.
    ///
    /// # Errors
    /// The implementation did not start.
    pub(super) fn adapter(&self) -> Result<Box<dyn Adapter>, AdapterError> {
        let who = self.who.clone()?;
        let requests = self.requests.clone().ok_or_else(|| AdapterError("it has ended".to_owned()))?;
        Ok(Box::new(Passing { who, requests }))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.requests = None;
        // What it panicked with was told to whoever waited.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Plays what is asked for. After a panic the implementation is made anew: nobody knows what it left behind.
fn serve(start: &Restart, hello: &SyncSender<Hello>, asked: &Receiver<Request>) {
    let mut adapter = match start() {
        Ok(adapter) => adapter,
        Err(error) => {
            let _ = hello.send(Err(error));
            return;
        }
    };
    let _ = hello.send(Ok(Who::of(adapter.as_ref())));
    while let Ok(request) = asked.recv() {
        let Request::Play(scenarios, answer) = request else {
            adapter.renew();
            continue;
        };
        let batch: Vec<&Scenario> = scenarios.iter().collect();
        let played = catch_unwind(AssertUnwindSafe(|| adapter.run_batch(&batch)));
        let panicked = played.is_err();
        let crash = |_| batch.iter().map(|_| Err(Failure::Crash("the adapter panicked".to_owned()))).collect();
        let _ = answer.send(played.unwrap_or_else(crash));
        if panicked {
            match start() {
                Ok(fresh) => adapter = fresh,
                Err(_) => return,
            }
        }
    }
}

struct Passing {
    who: Who,
    requests: Sender<Request>,
}

impl Adapter for Passing {
    fn identity(&self) -> Identity {
        self.who.identity.clone()
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        self.who.capabilities.clone()
    }

    fn lacks(&self) -> BTreeMap<Capability, String> {
        self.who.lacks.clone()
    }

    fn configuration(&self) -> Configuration {
        self.who.configuration.clone()
    }

    fn lifetimes(&self) -> Lifetimes {
        self.who.lifetimes
    }

    fn renew(&mut self) {
        let _ = self.requests.send(Request::Renew);
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        self.run_batch(&[scenario]).pop().unwrap_or_else(|| Err(Failure::Crash("it gave no answer".to_owned())))
    }

    fn run_batch(&mut self, scenarios: &[&Scenario]) -> Answers {
        let (answer, answers) = sync_channel(1);
        let scenarios_to_play = scenarios.iter().map(|scenario| (*scenario).clone()).collect();
        let sent = self.requests.send(Request::Play(scenarios_to_play, answer));
        let gone = || scenarios.iter().map(|_| Err(Failure::Crash("it has ended".to_owned()))).collect();
        sent.ok().and_then(|()| answers.recv().ok()).unwrap_or_else(gone)
    }
}
