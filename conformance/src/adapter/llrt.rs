//! LLRT's `EventTarget` and `AbortSignal`, in this process on QuickJS: a third party that needs no installation.
//!
//! Its timers are not run: what waits for real time is not among its capabilities. LLRT has no event loop of its own
//! here; jobs and the agent's tasks are run by hand. After a panic or a time-out a new engine is made.

use std::any::Any;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use rquickjs::promise::MaybePromise;
use rquickjs::{AsyncContext, AsyncRuntime, CatchResultExt as _, CaughtError, Ctx, Function, Type};

use super::{Adapter, AdapterError, Failure, Identity};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// Garbage is collected after so many scenarios.
const COLLECTED_AFTER: u32 = 50;

/// The version of the crates `llrt_events` and `llrt_abort`.
const VERSION: &str = "0.8.1-beta";
/// The most memory that scripts may use, in bytes.
const MEMORY_LIMIT: usize = 64 << 20;
/// The most stack that scripts may use, in bytes.
const STACK_LIMIT: usize = 1 << 20;

/// LLRT's events.
pub struct LlrtAdapter {
    /// Never freed, as few as there are: a panic of LLRT's may have kept a reference from being counted down, and an engine that is
    /// freed with references left ends the process.
    engine: Option<ManuallyDrop<Engine>>,
    capabilities: BTreeSet<Capability>,
    time_limit: Duration,
}

impl std::fmt::Debug for LlrtAdapter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LlrtAdapter").finish_non_exhaustive()
    }
}

thread_local! {
    /// Whether this thread runs the engine, whose panics are caught and reported as failures.
    static IN_ENGINE: Cell<bool> = const { Cell::new(false) };
}

/// Keeps a panic of the engine from being told on standard error as well.
fn quiet_panics() {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !IN_ENGINE.get() {
                before(info);
            }
        }));
    });
}

impl LlrtAdapter {
    /// Starts an engine in which a scenario may take so long.
    ///
    /// # Errors
    /// Says what went wrong when it was set up.
    pub fn new(time_limit: Duration) -> Result<Self, AdapterError> {
        quiet_panics();
        let engine = Engine::new(time_limit).map_err(|failure| AdapterError(failure.to_string()))?;
        let names = engine.call("__bgf_capabilities", "").map_err(|failure| AdapterError(failure.to_string()))?;
        let names: Vec<String> = serde_json::from_str(&names).map_err(|error| AdapterError(error.to_string()))?;
        let mut capabilities: BTreeSet<Capability> = names.iter().filter_map(|name| Capability::named(name)).collect();
        capabilities.remove(&Capability::Timers);
        Ok(LlrtAdapter { engine: Some(ManuallyDrop::new(engine)), capabilities, time_limit })
    }
}

impl Adapter for LlrtAdapter {
    fn identity(&self) -> Identity {
        Identity { name: "llrt".to_owned(), version: VERSION.to_owned(), scope: "library".to_owned() }
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        self.capabilities.clone()
    }

    fn renew(&mut self) {
        self.engine = None;
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        let json = serde_json::to_string(scenario).map_err(|error| Failure::Protocol(error.to_string()))?;
        let engine = match self.engine.take() {
            Some(engine) => engine,
            None => ManuallyDrop::new(Engine::new(self.time_limit)?),
        };
        let trace = engine.call("__bgf_run", &json)?;
        engine.collect();
        // Kept only after it answered: what failed may have left jobs behind.
        self.engine = Some(engine);
        Ok(Trace(trace))
    }
}

/// One engine with its own globals.
struct Engine {
    runtime: AsyncRuntime,
    context: AsyncContext,
    /// How many scenarios were played since garbage was collected.
    played: Cell<u32>,
    deadline: Rc<Cell<Instant>>,
    time_limit: Duration,
}

impl Engine {
    fn new(time_limit: Duration) -> Result<Self, Failure> {
        let crash = |error: rquickjs::Error| Failure::Crash(error.to_string());
        // The asynchronous runtime only because LLRT spawns futures on it; none of them is ever polled.
        let runtime = AsyncRuntime::new().map_err(crash)?;
        let deadline = Rc::new(Cell::new(Instant::now() + time_limit));
        let watched = Rc::clone(&deadline);
        let context = now(async {
            runtime.set_memory_limit(MEMORY_LIMIT).await;
            runtime.set_max_stack_size(STACK_LIMIT).await;
            // LLRT allocates while it holds the lock that its own tracing waits for, so a collection at such a moment never ends.
            runtime.set_gc_threshold(usize::MAX).await;
            runtime.set_interrupt_handler(Some(Box::new(move || Instant::now() >= watched.get()))).await;
            AsyncContext::full(&runtime).await.map_err(crash)
        })?;
        let engine = Engine { runtime, context, played: Cell::new(0), deadline, time_limit };
        engine.with(|ctx| {
            let init = || {
                llrt_exceptions::init(ctx)?;
                llrt_events::init(ctx)?;
                // Before any `AbortSignal.timeout()`, which relies on it.
                llrt_timers::init(ctx)?;
                llrt_abort::init(ctx)?;
                ctx.eval::<(), _>(include_str!("../../agents/agent.js"))?;
                ctx.eval::<(), _>(include_str!("../../agents/quickjs.js"))
            };
            init().catch(ctx).map_err(caught)
        })?;
        Ok(engine)
    }

    /// Collects garbage from time to time, while nothing runs.
    fn collect(&self) {
        self.played.set(self.played.get() + 1);
        if self.played.get() >= COLLECTED_AFTER {
            self.played.set(0);
            now(self.runtime.run_gc());
        }
    }

    /// Calls a function of the start-up file with a text and drives what it gives to a text.
    fn call(&self, name: &str, argument: &str) -> Result<String, Failure> {
        self.with(|ctx| {
            let function = |name: &str| ctx.globals().get::<_, Function<'_>>(name);
            let start = || Ok((function("__bgf_task")?, function(name)?.call((argument,))?));
            let (task, result): (Function<'_>, MaybePromise<'_>) = start().catch(ctx).map_err(caught)?;
            let mut idle = false;
            loop {
                self.run_jobs(ctx)?;
                if let Some(result) = result.result::<String>() {
                    return result.catch(ctx).map_err(caught);
                }
                if task.call::<_, bool>(()).catch(ctx).map_err(caught)? {
                    idle = false;
                } else if idle {
                    return Err(Failure::Timeout("nothing is left that could give a trace".to_owned()));
                } else {
                    idle = true;
                }
                self.check_deadline()?;
            }
        })
    }

    fn run_jobs(&self, ctx: &Ctx<'_>) -> Result<(), Failure> {
        while ctx.execute_pending_job() {
            // A job that throws (out of memory, interrupted) leaves its exception behind.
            let thrown = ctx.catch();
            if thrown.type_of() != Type::Uninitialized {
                return Err(caught(CaughtError::Value(thrown)));
            }
            self.check_deadline()?;
        }
        Ok(())
    }

    fn check_deadline(&self) -> Result<(), Failure> {
        if Instant::now() >= self.deadline.get() {
            return Err(Failure::Timeout(format!("no answer within {} s", self.time_limit.as_secs_f64())));
        }
        Ok(())
    }

    /// Runs something inside the engine, with a fresh deadline, and turns a panic into a failure.
    fn with<T>(&self, f: impl FnOnce(&Ctx<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        self.deadline.set(Instant::now() + self.time_limit);
        let guarded = |ctx: Ctx<'_>| {
            IN_ENGINE.set(true);
            let caught = catch_unwind(AssertUnwindSafe(|| {
                let result = f(&ctx);
                // A panic under a JavaScript `catch` or promise surfaces at the next exception.
                let _ = ctx.eval::<(), _>("throw null");
                ctx.catch();
                result
            }));
            IN_ENGINE.set(false);
            caught
        };
        match now(self.context.with(guarded)) {
            Err(payload) => Err(Failure::Crash(format!("it panicked: {}", panic_message(&*payload)))),
            Ok(Err(_)) if Instant::now() >= self.deadline.get() => {
                self.check_deadline()?;
                Err(Failure::Timeout("no answer in time".to_owned()))
            }
            Ok(result) => result,
        }
    }
}

fn caught(error: CaughtError<'_>) -> Failure {
    Failure::Crash(error.to_string())
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "?".to_owned())
}

/// Finishes a future that waits only for the engine's lock, which nothing else holds.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("the engine's lock is free"),
    }
}
