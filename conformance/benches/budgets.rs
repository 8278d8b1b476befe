//! Measures what DESIGN gives budgets for, and prints the budget beside each figure: `cargo bench -p bgfspec`.
//!
//! Nothing here fails on a figure: machines differ. Beside a figure stands its ratio to a calibration of the same run: the same trace
//! written by a bare loop, or the host alone. Compare ratios, not figures.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bgfspec::adapter::Adapter;
use bgfspec::adapter::llrt::LlrtAdapter;
use bgfspec::adapter::stdio::{Launch, StdioAdapter};
use bgfspec::judge::{Judge, Rule};
use bgfspec::reference::{Reference, View};
use bgfspec::scenario::{Capability, Scenario};

const FOUR: &str = r#"["this", "returns", "type", "target", "defaultPrevented", "isTrusted"]"#;
const VIEW: View = View { reported: false, unhandled: false };

fn main() {
    model();
    if let Some(node) = node() {
        stdio("node", node);
    } else {
        println!("{:<44} not run: node is not on the search path", "end to end through Node");
    }
    generated();
    llrt();
    fleet();
    println!("{:<44} {:>10}   budget 100 MB", "memory of the harness, peak", peak_memory());
    growth("n listeners added and dispatched to", listeners);
    growth("a scenario of n operations", operations);
}

/// The model alone: twelve operations, trace included.
fn model() {
    for (observe, what) in [("[]", "no member of events"), (FOUR, "four members of events")] {
        let scenario = twelve(observe);
        let mut reference = Reference::new();
        let program = reference.compile(&scenario).expect("the scenario is one");
        let per_run = time(|| reference.run(black_box(&program), VIEW, &[]));
        let trace = reference.play(&program, VIEW, &[]).trace;
        let ratio = per_run.as_secs_f64() / bare_loop(&trace).as_secs_f64();
        let name = format!("model, 12 operations, {what}");
        println!("{name:<44} {:>7.2} µs   budget 2 µs; {ratio:.2} of a bare loop", per_run.as_secs_f64() * 1e6);
    }
}

/// The calibration of the model: writes the same trace, value by value, and does nothing else.
fn bare_loop(trace: &str) -> Duration {
    let pieces: Vec<&str> = trace.split_inclusive(['"', ',', ':', '{', '}']).collect();
    let mut out = String::new();
    time(|| {
        out.clear();
        for piece in black_box(&pieces) {
            out.push_str(piece);
        }
        black_box(&out);
    })
}

/// Fits an exponent to the time that growing scenarios take.
fn growth(what: &str, make: fn(usize) -> Scenario) {
    let mut points = Vec::new();
    for n in [1_000, 10_000, 100_000] {
        let mut reference = Reference::new();
        let program = reference.compile(&make(n)).expect("the scenario is one");
        let took = (0..3).map(|_| once(|| reference.run(black_box(&program), VIEW, &[]))).min().unwrap_or_default();
        points.push(((n as f64).ln(), took.as_secs_f64().ln()));
    }
    let (x0, y0) = points[0];
    let (x1, y1) = points[points.len() - 1];
    println!("{what:<44} {:>7.2}      budget 1.1 (exponent, 1,000 to 100,000)", (y1 - y0) / (x1 - x0));
}

/// The whole way through a program, and how much of the processor's time is the harness's.
fn stdio(name: &str, program: PathBuf) {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("agents").join("node.js");
    for (observe, what) in [("[]", "no member of events"), (FOUR, "four members of events")] {
        let launch = Launch {
            program: program.clone(),
            flags: Vec::new(),
            arguments: vec![script.display().to_string()],
            timeout: Duration::from_secs(60),
            stop: std::sync::Arc::default(),
            files: None,
        };
        let mut adapter = match StdioAdapter::start(launch) {
            Ok(adapter) => adapter,
            Err(error) => return println!("{name}: not run: {error}"),
        };
        let scenario = twelve(observe);
        let batch = vec![&scenario; 200];
        let capabilities: Vec<Capability> = adapter.capabilities().into_iter().collect();
        let mut judge = Judge::new();
        let program = judge.reference().compile(&scenario).expect("the scenario is one");
        adapter.run_batch(&batch);
        let batches = 200;
        let begun = Instant::now();
        for _ in 0..batches {
            black_box(adapter.run_batch(&batch));
        }
        let alone = begun.elapsed().as_secs_f64();
        let (own, begun) = (cpu_time("self"), Instant::now());
        let mut deviating = 0;
        for _ in 0..batches {
            for trace in adapter.run_batch(&batch).into_iter().flatten() {
                let judgement = judge.judge(&scenario, &program, &capabilities, &trace, &Rule::default());
                deviating += usize::from(judgement != bgfspec::judge::Judgement::Conforms);
            }
        }
        let elapsed = begun.elapsed().as_secs_f64();
        let share = (cpu_time("self") - own) / elapsed;
        let rate = f64::from(batches * 200) / elapsed;
        let label = format!("end to end through {name}, {what}");
        let ratio = elapsed / alone;
        println!("{label:<44} {rate:>7.0}/s    budget 50,000/s ({deviating} deviate); {ratio:.2} of the host alone");
        println!(
            "{:<44} {:>6.0} %    budget 30 % (of the time that both took)",
            "  harness's share of a processor",
            share * 100.0
        );
    }
}

fn llrt() {
    let mut adapter = match LlrtAdapter::new(Duration::from_secs(60)) {
        Ok(adapter) => adapter,
        Err(error) => return println!("llrt: not run: {error}"),
    };
    let scenario = twelve("[]");
    let per_run = time(|| drop(black_box(adapter.run(&scenario))));
    println!("{:<44} {:>7.0}/s", "end to end through LLRT, in process", 1.0 / per_run.as_secs_f64());
}

/// The first run of the report of an implementation, if it could be judged.
fn judged(vendor: &str, more: &[&str]) -> Option<serde_json::Value> {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bgfspec"));
    let output = command.args(["run", "--format", "json", "--vendor", vendor]).args(more).output().ok()?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    report["runs"].as_array()?.first().cloned()
}

/// What ten thousand generated scenarios more take, drawn, played and judged: how many ways there are to be made small hardly differs.
fn generated() {
    let took = |cases: &str| judged("node", &["--cases", cases])?["elapsed_ms"].as_f64();
    let name = "10,000 generated scenarios through Node";
    match took("20000").zip(took("60000")) {
        Some((some, more)) => println!("{name:<44} {:>7.2} s    budget 2 s", (more - some) / 4.0 / 1000.0),
        None => println!("{name:<44} not run: `bgfspec vendors` says why"),
    }
}

/// The catalogue through every implementation that is here, beside the time in which the implementation played it.
fn fleet() {
    for (name, scope) in [
        ("llrt", ""),
        ("node", ""),
        ("deno", ""),
        ("bun", ""),
        ("workerd", ""),
        ("jsdom", ""),
        ("happy-dom", ""),
        ("event-target-shim", ""),
        ("chromium", "window"),
        ("chromium", "worker"),
        ("chromium", "service-worker"),
        ("firefox", "window"),
        ("firefox", "worker"),
        ("firefox", "service-worker"),
        ("webkit", "window"),
        ("webkit", "worker"),
        ("webkit", "service-worker"),
    ] {
        let label = format!("the catalogue through {name} {scope}");
        let scope = if scope.is_empty() { Vec::new() } else { vec!["--scope", scope] };
        let run = judged(name, &scope);
        let number = |name: &str| run.as_ref().and_then(|run| run[name].as_f64());
        match (number("scenarios"), number("elapsed_ms"), number("playing_ms")) {
            (Some(scenarios), Some(elapsed), Some(playing)) => println!(
                "{label:<44} {:>7.0}/s    {:.0}/s by the host alone, {:.0} % of the time is its own",
                1000.0 * scenarios / elapsed,
                1000.0 * scenarios / playing,
                100.0 * playing / elapsed
            ),
            _ => println!("{label:<44} not run: `bgfspec vendors` says why"),
        }
    }
}

/// A scenario of twelve operations that uses what most scenarios use.
fn twelve(observe: &str) -> Scenario {
    let text = format!(
        r#"{{ "title": "Twelve operations", "observe": {observe},
        "callbacks": {{ "f": {{ "do": [{{ "call": "event.preventDefault" }}] }}, "g": {{ "do": [{{ "note": "g" }}] }} }},
        "steps": [
            {{ "new": "EventTarget", "as": "t" }},
            {{ "call": "t.addEventListener", "args": ["x", "@f", {{ "capture": true }}] }},
            {{ "call": "t.addEventListener", "args": ["x", "@g", {{ "once": true }}] }},
            {{ "call": "t.addEventListener", "args": ["x", "@g", {{ "once": true }}] }},
            {{ "new": "Event", "args": ["x", {{ "cancelable": true }}], "as": "e" }},
            {{ "call": "t.dispatchEvent", "args": ["@e"] }},
            {{ "get": "e.defaultPrevented" }},
            {{ "call": "t.removeEventListener", "args": ["x", "@f", {{ "capture": true }}] }},
            {{ "call": "t.dispatchEvent", "args": ["@e"] }},
            {{ "get": "e.target" }}
        ] }}"#
    );
    Scenario::from_json(&text).expect("the scenario is one")
}

fn listeners(n: usize) -> Scenario {
    let callbacks: Vec<String> = (0..n).map(|i| format!(r#""f{i}": {{}}"#)).collect();
    let mut steps = vec![r#"{ "new": "EventTarget", "as": "t" }"#.to_owned()];
    steps.extend((0..n).map(|i| format!(r#"{{ "call": "t.addEventListener", "args": ["x", "@f{i}"] }}"#)));
    steps.push(r#"{ "new": "Event", "args": ["x"], "as": "e" }"#.to_owned());
    steps.push(r#"{ "call": "t.dispatchEvent", "args": ["@e"] }"#.to_owned());
    let text = format!(
        r#"{{ "title": "Listeners", "observe": [], "callbacks": {{ {} }}, "steps": [{}] }}"#,
        callbacks.join(","),
        steps.join(",")
    );
    Scenario::from_json(&text).expect("the scenario is one")
}

fn operations(n: usize) -> Scenario {
    let mut steps = vec![
        r#"{ "new": "EventTarget", "as": "t" }"#.to_owned(),
        r#"{ "call": "t.addEventListener", "args": ["x", "@f"] }"#.to_owned(),
        r#"{ "new": "Event", "args": ["x"], "as": "e" }"#.to_owned(),
    ];
    steps.extend((0..n).map(|_| r#"{ "call": "t.dispatchEvent", "args": ["@e"] }"#.to_owned()));
    let text = format!(
        r#"{{ "title": "Operations", "observe": [], "callbacks": {{ "f": {{}} }}, "steps": [{}] }}"#,
        steps.join(",")
    );
    Scenario::from_json(&text).expect("the scenario is one")
}

/// The time of one run, from enough of them to tell.
fn time(mut run: impl FnMut()) -> Duration {
    let mut count = 1_u32;
    loop {
        let took = once(|| (0..count).for_each(|_| run()));
        if took > Duration::from_millis(300) {
            return took / count;
        }
        count *= 2;
    }
}

fn once(run: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    run();
    begun.elapsed()
}

fn node() -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join("node")).find(|path| path.is_file())
}

/// The processor time that a process has taken, in seconds; 0 where the system does not tell.
fn cpu_time(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned();
    let kilobytes = line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
    kilobytes.map_or(line, |kilobytes| format!("{:.0} MB", kilobytes / 1000.0))
}
