//! A scenario as a test of the web platform's suite that installs a service worker.
//!
//! The worker posts its log to the test, which is the page of the scenario as well. What the network does, the URLs of the suite's
//! server decide.

use bgfspec_report::javascript::words::literal;
use bgfspec_report::javascript::{Lines, block};
use serde_json::Value;

use super::lines::{finished, logged};
use super::network::with_urls;
use super::place::Place;
use super::plan::helpers;
use super::program::Program;
use super::wpt::{compared, slug};
use super::{Export, File, heading, operations, stimulus};

/// Where the suite keeps a worker that does nothing.
const EMPTY: &str = "/service-workers/service-worker/resources/";

/// The steps of a scenario as its test sees them.
struct Steps<'s> {
    /// What the worker's first script runs.
    first: &'s [Value],
    /// The scripts of its successors.
    updates: Vec<&'s [Value]>,
    /// What runs in the worker later.
    parts: Vec<&'s [Value]>,
    /// What runs in the page, one after the other.
    page: Vec<Value>,
    /// What the test does, in this order.
    played: Vec<Step<'s>>,
    /// Whether workers post each entry of the log at once, because none of them is there from the start to the end.
    posts: bool,
}

/// What a test does.
enum Step<'s> {
    /// Lets the worker run the part of this number.
    Run(usize),
    /// Runs operations.
    Page(&'s [Value]),
    /// Registers the worker's next script.
    Update,
    /// Waits.
    Drain,
    /// Brings about something else.
    Stimulus(&'s Value),
}

/// The scenario as a test and the scripts of its service workers.
///
/// # Errors
/// Says what no test can do.
pub(super) fn in_service_worker(export: &Export) -> Result<Vec<File>, String> {
    let export = &with_urls(export)?;
    let slug = slug(export);
    let steps = split(&export.scenario);
    let page = Program::of(export, Place::Page, &[&steps.page])?;
    let mut tops = vec![steps.first];
    tops.extend(&steps.parts);
    let workers = Program::of(export, Place::Worker, &[&tops[..], &steps.updates[..]].concat())?;
    let logs = workers.plan.logs()?;
    let is_empty = steps.first.is_empty() && steps.parts.is_empty() && !steps.posts && logs.iter().all(Vec::is_empty);
    let scripts = std::iter::once(steps.first).chain(steps.updates.iter().copied()).enumerate();
    let scripts: Vec<File> = scripts
        .filter(|_| !is_empty)
        .map(|(number, script)| {
            let name = if number == 0 { slug.clone() } else { format!("{slug}-{}", number + 1) };
            let text = worker(export, script, &steps, number, steps.posts.then_some(slug.as_str()))?;
            Ok(File { path: format!("resources/{name}.js"), text })
        })
        .collect::<Result<_, String>>()?;
    let folder = if is_empty { EMPTY } else { "resources/" };
    let script = if is_empty { format!("{EMPTY}empty-worker.js") } else { format!("resources/{slug}.js") };
    let text = test(export, page, &logs, &steps, &slug, [&format!("{folder}{slug}.html"), &script])?;
    Ok(std::iter::once(File { path: format!("{slug}.https.window.js"), text }).chain(scripts).collect())
}

fn split(scenario: &Value) -> Steps<'_> {
    let all = operations(scenario, "steps");
    let is_of_main = |step: &Value| stimulus(step).is_none() && step.get("drain").is_none();
    let (first, rest) = match scenario.get("worker") {
        Some(_) => (operations(scenario, "worker"), all),
        None => all.split_at(all.iter().take_while(|step| is_of_main(step)).count()),
    };
    let (mut updates, mut parts, mut page, mut played) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for steps in rest.chunk_by(|one, other| is_of_main(one) && is_of_main(other)) {
        let step = &steps[0];
        played.push(match stimulus(step) {
            None if step.get("drain").is_some() => Step::Drain,
            word @ (None | Some("worker")) => {
                parts.push(if word.is_none() { steps } else { operations(step, "worker") });
                Step::Run(parts.len() - 1)
            }
            Some("page") => {
                page.extend_from_slice(operations(step, "page"));
                Step::Page(operations(step, "page"))
            }
            Some("update") => {
                updates.push(operations(step, "update"));
                Step::Update
            }
            Some(_) => Step::Stimulus(step),
        });
    }
    let posts = !updates.is_empty() || scenario.to_string().contains("unregister");
    Steps { first, updates, parts, page, played, posts }
}

/// The test itself.
fn test(
    export: &Export,
    mut page: Program<'_>,
    logs: &[Vec<String>],
    steps: &Steps<'_>,
    slug: &str,
    [scope, script]: [&str; 2],
) -> Result<String, String> {
    let callbacks = page.callbacks(&[0])?;
    let played = played(export, &page, steps, slug)?;
    let page_logs = page.plan.logs()?;
    let mut body = page.declarations();
    let logs_in_page = callbacks.iter().chain(&played).any(|line| line.contains("log.push("));
    if logs_in_page {
        body.push("const log = [];".to_owned());
    }
    let text = export.scenario.to_string();
    body.push(format!("const scope = {};", literal(scope)));
    body.push(format!(
        "const registration = await service_worker_unregister_and_register(test, {}, scope);",
        literal(script)
    ));
    // That of a worker whose installation never ends would be waited for.
    let cleanup = if steps.posts { "{ registration.unregister(); }" } else { "registration.unregister()" };
    body.push(format!("test.add_cleanup(() => {cleanup});"));
    body.push("await wait_for_state(test, registration.installing, \"activated\");".to_owned());
    let (mut asks, mut ends) = (Lines::new(), Lines::new());
    let logs_in_worker = script.starts_with("resources/");
    if steps.posts {
        asks.push("const seen = [];".to_owned());
        asks.push(format!("const channel = new BroadcastChannel({});", literal(slug)));
        asks.push("channel.onmessage = ({ data }) => seen.push(data);".to_owned());
        ends.extend(renamed(compared(logs), "seen"));
        body.splice(0..0, asks);
        body.extend(settled(&text, !steps.updates.is_empty()));
    } else if logs_in_worker || !steps.parts.is_empty() {
        body.extend(block(
            "const run = (step) => new Promise((resolve) => {",
            vec![
                "navigator.serviceWorker.onmessage = ({ data }) => resolve(data);".to_owned(),
                "registration.active.postMessage({ step });".to_owned(),
            ],
            "});",
        ));
        if logs_in_worker {
            ends.extend(renamed(compared(logs), "await run()"));
        }
    }
    if played.iter().any(|line| line.starts_with("await counted(")) {
        body.extend(COUNTED.lines().map(str::to_owned));
    }
    body.extend(callbacks);
    body.extend(played);
    if logs_in_page {
        body.extend(compared(&page_logs));
    }
    body.extend(ends);
    let is_long = steps.posts || ["\"finish\"", "\"progress\":", "\"upload\":"].iter().any(|word| text.contains(word));
    let mut lines = if is_long { vec!["// META: timeout=long".to_owned()] } else { Lines::new() };
    lines.extend(["// META: script=/service-workers/service-worker/resources/test-helpers.sub.js".to_owned()]);
    if text.contains("\"permission\"") {
        lines.extend(["testdriver", "testdriver-vendor"].map(|name| format!("// META: script=/resources/{name}.js")));
    }
    lines.extend(heading(export));
    lines.push("\"use strict\";".to_owned());
    if export.uncaught && !steps.page.is_empty() && !text.contains("addEventListener") {
        lines.push("setup({ allow_uncaught_exception: true });".to_owned());
    }
    lines.extend(helpers(&body));
    lines.push(String::new());
    lines.extend(block("promise_test(async (test) => {", body, &format!("}}, {});", literal(export.title()))));
    Ok(finished(&lines))
}

/// A comparison of another log.
fn renamed(lines: Lines, log: &str) -> Lines {
    lines
        .into_iter()
        .map(|line| {
            line.replace("assert_array_equals(log", &format!("assert_array_equals({log}"))
                .replace("String(log)", &format!("String({log})"))
        })
        .collect()
}

/// The helpers that wait for workers. Where something holds one back, no event says so.
fn settled(scenario: &str, updates: bool) -> Lines {
    let end = if scenario.contains("unregister") { "redundant" } else { "activated|redundant" };
    let flush = if scenario.contains("AbortSignal.timeout") { 2500 } else { 200 };
    let mut lines = if updates { UPDATE.lines().map(str::to_owned).collect() } else { Lines::new() };
    lines.push(
        "// Resolves once the newest worker is as it stays, or after a pause if something holds it back.".to_owned(),
    );
    let mut body =
        vec!["const worker = registration.installing ?? registration.waiting ?? registration.active;".to_owned()];
    body.extend(block(
        "await new Promise((resolve) => {",
        vec![
            format!("const look = () => {{ if (!worker || /{end}/.test(worker.state)) resolve(); }};"),
            "worker?.addEventListener(\"statechange\", look);".to_owned(),
            "test.step_timeout(resolve, 2500);".to_owned(),
            "look();".to_owned(),
        ],
        "});",
    ));
    body.push(pause(flush));
    lines.extend(block("const settled = async () => {", body, "};"));
    lines
}

/// The helper that registers the next script. The page may be told of its worker after the promise is fulfilled.
const UPDATE: &str = "// Resolves once the script's worker is there, or none will be.
const update = (script) => new Promise((resolve) => {
  registration.onupdatefound = resolve;
  navigator.serviceWorker.register(script, { scope }).catch(resolve);
});";

/// The helper that waits for bytes.
const COUNTED: &str = "// Resolves once a fetch has counted so many bytes or has ended, or after ten seconds.
const counted = async (id, count, bytes) => {
  const fetch = await registration.backgroundFetch.get(id);
  await new Promise((resolve) => {
    const look = () => { if (!fetch || fetch.result || fetch[count] >= bytes) resolve(); };
    fetch?.addEventListener(\"progress\", look);
    test.step_timeout(resolve, 10000);
    look();
  });
};";

/// The steps as statements of the test.
fn played(export: &Export, page: &Program<'_>, steps: &Steps<'_>, slug: &str) -> Result<Lines, String> {
    let text = export.scenario.to_string();
    let waits = text.contains("\"task\"")
        || text.contains(".abort\"")
        || export.needs("timers")
        || export.needs("unhandled-rejections")
        || steps.posts;
    let rest = if steps.posts { "await settled();".to_owned() } else { pause(200) };
    // An unregistered registration may have lost its worker.
    let active = if text.contains("unregister") { "active?" } else { "active" };
    // A page matters to the life of workers, and not otherwise.
    let has_frame = ["\"update\"", "closePage", "unregister"].iter().any(|word| text.contains(word));
    let (mut lines, mut on_page, mut update, mut is_open) = (Lines::new(), 0, 1, false);
    if clears(export, steps) {
        lines.push("await run(\"clear\");".to_owned());
    }
    for step in &steps.played {
        match step {
            Step::Run(part) if steps.posts => {
                lines.push(format!("registration.{active}.postMessage({{ step: {part} }});"));
            }
            Step::Run(part) => lines.push(format!("await run({part});")),
            Step::Drain if waits => lines.push(rest.clone()),
            Step::Drain => {}
            Step::Page(operations) => {
                if has_frame && !is_open {
                    is_open = true;
                    lines.push("const frame = await with_iframe(scope);".to_owned());
                    if !text.contains("closePage") {
                        lines.push("test.add_cleanup(() => frame.remove());".to_owned());
                    }
                }
                lines.extend(page.list_from(operations, &[0], on_page)?);
                on_page += operations.len();
            }
            Step::Update => {
                update += 1;
                let script = literal(&format!("resources/{slug}-{update}.js"));
                lines.push(format!("await update({script});"));
            }
            Step::Stimulus(step) => {
                lines.extend(brought_about(step, operations(&export.scenario, "steps"), active)?);
                // What comes of it, `settled` waits for as well.
                if !steps.posts && ["finish", "progress", "upload"].iter().any(|word| step.get(*word).is_some()) {
                    lines.push(pause(200));
                }
            }
        }
    }
    if steps.posts {
        lines.push(rest.clone());
    }
    // One pause is as good as two.
    lines.dedup_by(|line, before| line == before && (line.contains("step_timeout") || line == &rest));
    Ok(lines)
}

/// The statements that bring about a stimulus.
fn brought_about(step: &Value, steps: &[Value], active: &str) -> Result<Lines, String> {
    let member = |name: &str| step.get(name).cloned().unwrap_or_default();
    Ok(match stimulus(step).unwrap_or_default() {
        "message" => {
            let text = literal(member("message").as_str().unwrap_or_default());
            vec![format!("registration.{active}.postMessage({text});")]
        }
        "closePage" => vec!["frame.remove();".to_owned()],
        "permission" => {
            let state = member("permission");
            vec![format!("await test_driver.set_permission({{ name: \"background-fetch\" }}, {state});")]
        }
        word @ ("progress" | "upload") => {
            let is_counted = |one: &&Value| one.get(word) == step.get(word);
            let until = steps.iter().position(|one| std::ptr::eq(one, step)).unwrap_or_default();
            let counted = steps[..=until].iter().filter(is_counted);
            let all: u64 = counted.filter_map(|one| one.get("bytes")?.as_u64()).sum();
            let count = if word == "progress" { "downloaded" } else { "uploaded" };
            vec![format!("await counted({}, {}, {all});", member(word), literal(count))]
        }
        "finish" => {
            let ended =
                format!("async () => await registration.backgroundFetch.get({}) === undefined", member("finish"));
            vec![format!("await test.step_wait({ended}, \"the fetch ends\", 20000);")]
        }
        other => return Err(format!("no test of the web platform's suite can do this step: `{other}`")),
    })
}

fn pause(milliseconds: u32) -> String {
    format!("await new Promise((resolve) => test.step_timeout(resolve, {milliseconds}));")
}

/// Whether something is logged before the first step that does not count.
fn clears(export: &Export, steps: &Steps<'_>) -> bool {
    let text = Value::from(steps.first.to_vec()).to_string();
    let is_early = text.contains("\"install\"")
        || text.contains("\"activate\"")
        || text.contains("\"get\"")
        || text.contains("\"note\"");
    let starts = export.scenario.get("observe").is_some_and(|observe| observe.to_string().contains("\"start\""));
    export.scenario.get("worker").is_some() && is_early && !starts
}

/// The helper that makes a string of what can't be posted.
const SHOWN: &str = "const shown = (entry) => Object(entry) === entry ? String(entry) : entry;";

/// A log that is posted at once, as the worker may end before the test does.
const POSTED: &str =
    "const log = { push: (...entries) => entries.forEach((entry) => channel.postMessage(shown(entry))) };";

/// The same, and it is kept.
const KEPT: &str = "const log = [];
log.push = (...entries) => entries.forEach((entry) => {
  log[log.length] = entry;
  channel.postMessage(shown(entry));
});";

/// The script of a service worker.
fn worker(
    export: &Export,
    script: &[Value],
    steps: &Steps<'_>,
    number: usize,
    channel: Option<&str>,
) -> Result<String, String> {
    let mut tops = vec![script];
    // A successor plays the later parts too.
    tops.extend(&steps.parts);
    let mut program = Program::of(export, Place::Worker, &tops)?;
    let every: Vec<usize> = (0..tops.len()).collect();
    let callbacks = program.callbacks(&every)?;
    let first = program.list(script, &[0])?;
    let parts = tops.iter().enumerate().skip(1).map(|(at, part)| program.list(part, &[at]));
    let parts: Vec<Lines> = parts.collect::<Result<_, _>>()?;
    let all = [&callbacks[..], &first[..], &parts.concat()[..]].concat();
    let mut lines = vec!["\"use strict\";".to_owned()];
    match channel {
        None => lines.push("const log = [];".to_owned()),
        Some(name) => {
            lines.push(format!("const channel = new BroadcastChannel({});", literal(name)));
            lines.push(SHOWN.to_owned());
            // What is counted is kept as well.
            if all.iter().any(|line| line.contains("log.filter")) {
                lines.extend(KEPT.lines().map(str::to_owned));
            } else {
                lines.push(POSTED.to_owned());
            }
        }
    }
    lines.extend(helpers(&all));
    lines.extend(program.declarations());
    lines.extend(program.listeners());
    if !export.uncaught && !all.is_empty() {
        lines.push("self.addEventListener(\"error\", (event) => log.push(event.message));".to_owned());
    }
    lines.extend(callbacks);
    if !parts.is_empty() {
        let parts = parts.into_iter().flat_map(|part| block("() => {", part, "},"));
        lines.extend(block("const steps = [", parts.collect(), "];"));
    }
    let has_parts = !steps.parts.is_empty();
    if channel.is_none() || has_parts {
        let mut control = vec!["if (!(\"step\" in Object(event.data))) return;".to_owned()];
        control.push("event.stopImmediatePropagation();".to_owned());
        if clears(export, steps) {
            control.push("if (event.data.step === \"clear\") log.length = 0;".to_owned());
        }
        if has_parts {
            control.push("steps[event.data.step]?.();".to_owned());
        }
        if channel.is_none() {
            // An object that is logged where none should be can't be posted.
            let is_plain =
                |line: &String| logged(line.trim()).is_none_or(|entries| entries.iter().all(|entry| is_plain(entry)));
            let shown = if all.iter().all(is_plain) { "log" } else { "log.map(shown)" };
            control.push(format!("event.source.postMessage({shown});"));
            if shown != "log" {
                lines.push(SHOWN.to_owned());
            }
        }
        lines.push("// The test's own messages.".to_owned());
        lines.extend(block("self.addEventListener(\"message\", (event) => {", control, "}, true);"));
    }
    let is_counted = |item: &Value| item.get("evaluated").is_some_and(|one| *one == number + 1);
    if export.permitted.iter().flatten().any(is_counted) {
        lines.push(format!("log.push(\"evaluated {}\");", number + 1));
    }
    lines.extend(first);
    Ok(finished(&lines))
}

/// Whether an entry can't be an object.
fn is_plain(entry: &str) -> bool {
    let is_question =
        ["].indexOf(", " === ", " instanceof ", "typeof ", " in ", "Object.is(", "String(", "attributes("]
            .iter()
            .any(|word| entry.contains(word));
    entry.starts_with('"')
        || entry.starts_with("Object.prototype.toString.call(")
        || entry.ends_with(".length")
        || entry == "error.name"
        || is_question
}
