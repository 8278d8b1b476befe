//! Scripts in LLRT's crates, embedded anew: they have no program of their own here.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use rquickjs::{AsyncContext, AsyncRuntime, CatchResultExt as _, Ctx, Function};

/// What a host has that the crates have not. Tasks are run by hand.
const HOST: &str = "
    var tasks = [], said = null;
    globalThis.setTimeout = function (task) { tasks.push(task); };
    // Those of LLRT wait for a loop of its own.
    globalThis.setImmediate = undefined;
    globalThis.console = { log: function (line) { if (typeof line === 'string' && said === null) said = line; } };
    globalThis.runTask = function () {
        var task = tasks.shift();
        if (task === undefined) return false;
        try { task(); } catch (error) { /* Nobody is told. */ }
        return true;
    };
    globalThis.verdict = function () { return said === null ? '' : said; };
";

/// So many tasks are run before a script is given up.
const MOST_TASKS: usize = 10_000;

/// What a script says.
pub(crate) fn run(script: &str) -> String {
    play(script).unwrap_or_else(|error| format!("ERROR {error}"))
}

fn play(script: &str) -> Result<String, String> {
    let told = |error: rquickjs::Error| error.to_string();
    let runtime = AsyncRuntime::new().map_err(told)?;
    let context = now(async {
        runtime.set_max_stack_size(1 << 20).await;
        // A collection while LLRT allocates never ends.
        runtime.set_gc_threshold(usize::MAX).await;
        AsyncContext::full(&runtime).await.map_err(told)
    })?;
    let verdict = now(context.with(|ctx| inside(&ctx, script)));
    // What LLRT keeps references of ends the process when it is freed.
    std::mem::forget((context, runtime));
    verdict
}

fn inside(ctx: &Ctx<'_>, script: &str) -> Result<String, String> {
    let init = || {
        llrt_exceptions::init(ctx)?;
        llrt_events::init(ctx)?;
        llrt_timers::init(ctx)?;
        llrt_abort::init(ctx)?;
        ctx.eval::<(), _>(HOST)?;
        ctx.eval::<rquickjs::Value<'_>, _>(script).map(drop)
    };
    init().catch(ctx).map_err(|error| error.to_string())?;
    let ask = || -> rquickjs::Result<(bool, String)> {
        let task = ctx.globals().get::<_, Function<'_>>("runTask")?.call(())?;
        Ok((task, ctx.globals().get::<_, Function<'_>>("verdict")?.call(())?))
    };
    for _ in 0..MOST_TASKS {
        while ctx.execute_pending_job() {}
        let (_, verdict) = ask().catch(ctx).map_err(|error| error.to_string())?;
        if !verdict.is_empty() {
            return Ok(verdict);
        }
    }
    Ok("NO ANSWER".to_owned())
}

/// Finishes a future that waits only for the engine's lock, which nothing else holds.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("nobody else holds the lock"),
    }
}
