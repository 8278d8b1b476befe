//! An agent with a fault, for the tests: `faulty_agent FAULT ID [FOLDER]`.
//!
//! It plays every scenario on the reference model and answers as it should, except where a batch holds the scenario of
//! that id: there it shows the fault. In FOLDER it leaves a file `process-…` for itself and for a child that would
//! outlive it, and a file `reached` when it comes to the fault.

use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bgfspec::adapter::Adapter as _;
use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::scenario::Scenario;
use serde::Deserialize;
use serde_json::{Value, json};

/// What would harm a page or a terminal that showed it as it is.
const HOSTILE: &str =
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`\u{0}\u{1b}]0;owned\u{7}\u{1b}[31m\u{202e}\r\n";

/// One more byte than a line may have, and then some.
const FLOOD: usize = 33 << 20;

/// Half of a character, as JSON can write it and no text can hold it.
const LONE: &str = "half \\ud800 of one";

/// As long as a line may be and a report should not be.
const LONG: usize = 10 << 20;

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    Hang,
    Die,
    Flood,
    Noise,
    WrongJson,
    WrongBatch,
    TooFew,
    TooMany,
    Twice,
    NoTrace,
    StrangeTrace,
    Fickle,
    EveryOther,
    Wrong,
    WrongToo,
    Hostile,
    HostileDeath,
    Killed,
    Long,
    LongRefusal,
    LongName,
    Deep,
    Nested,
    Nul,
    Surrogate,
    SurrogateName,
    FullDisk,
    FromOfSame,
}

#[derive(Deserialize)]
struct Run {
    run: u64,
    scenarios: Vec<Scenario>,
}

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let fault = fault(&arguments.next().ok_or("usage: faulty_agent FAULT ID [FOLDER]")?)?;
    let culprit = arguments.next().ok_or("usage: faulty_agent FAULT ID [FOLDER]")?;
    let folder = arguments.next().map(PathBuf::from);
    if let Some(folder) = &folder {
        leave_processes(folder)?;
    }
    let mut reference = ReferenceAdapter::default();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let Ok(Run { run, scenarios }) = serde_json::from_str::<Run>(&line) else {
            if line.contains("\"start\"") {
                start(fault, &reference)?;
                continue;
            }
            return Ok(());
        };
        let index = scenarios.iter().position(|scenario| scenario.id() == culprit);
        let mut traces = Vec::new();
        for scenario in &scenarios {
            let trace = reference.run(scenario);
            traces.push(
                trace.map_or(json!({ "failed": "no trace" }), |trace| {
                    serde_json::from_str(&trace.0).unwrap_or_default()
                }),
            );
        }
        if let Some(folder) = &folder {
            let ids: Vec<String> = scenarios.iter().map(Scenario::id).collect();
            let name = format!("batch-{}-{run}", std::process::id());
            std::fs::write(folder.join(name), ids.join(" "))?;
        }
        match index {
            None => say(&ran(run, &traces))?,
            Some(index) => {
                if let Some(folder) = &folder {
                    std::fs::write(folder.join("reached"), "")?;
                }
                misbehave(fault, run, index, traces, folder.as_deref())?;
            }
        }
    }
    Ok(())
}

fn fault(name: &str) -> Result<Fault, Failed> {
    Ok(match name {
        "none" => Fault::None,
        "hang" => Fault::Hang,
        "die" => Fault::Die,
        "flood" => Fault::Flood,
        "noise" => Fault::Noise,
        "wrong-json" => Fault::WrongJson,
        "wrong-batch" => Fault::WrongBatch,
        "too-few" => Fault::TooFew,
        "too-many" => Fault::TooMany,
        "twice" => Fault::Twice,
        "no-trace" => Fault::NoTrace,
        "strange-trace" => Fault::StrangeTrace,
        "fickle" => Fault::Fickle,
        "every-other" => Fault::EveryOther,
        "wrong" => Fault::Wrong,
        "wrong-too" => Fault::WrongToo,
        "hostile" => Fault::Hostile,
        "hostile-death" => Fault::HostileDeath,
        "killed" => Fault::Killed,
        "long" => Fault::Long,
        "long-refusal" => Fault::LongRefusal,
        "long-name" => Fault::LongName,
        "deep" => Fault::Deep,
        "nested" => Fault::Nested,
        "nul" => Fault::Nul,
        "surrogate" => Fault::Surrogate,
        "surrogate-name" => Fault::SurrogateName,
        "full-disk" => Fault::FullDisk,
        "from-of-same" => Fault::FromOfSame,
        other => return Err(format!("unknown fault `{other}`").into()),
    })
}

fn start(fault: Fault, reference: &ReferenceAdapter) -> Result<(), Failed> {
    let hostile = matches!(fault, Fault::Hostile | Fault::HostileDeath);
    let name = match fault {
        _ if hostile => HOSTILE,
        Fault::WrongToo => "another",
        _ => "faulty",
    };
    let long = "x".repeat(LONG);
    let name = if fault == Fault::LongName { &*long } else { name };
    let mut capabilities: Vec<String> = reference.capabilities().into_iter().map(|known| known.name()).collect();
    if hostile {
        capabilities.push(HOSTILE.to_owned());
    }
    let started = json!({ "started": { "name": name, "version": name, "scope": name, "capabilities": capabilities } });
    match fault {
        Fault::SurrogateName => say_as_it_is(&started.to_string().replace("faulty", LONE)),
        _ => say(&started),
    }
}

fn misbehave(
    fault: Fault,
    run: u64,
    index: usize,
    mut traces: Vec<Value>,
    folder: Option<&Path>,
) -> Result<(), Failed> {
    match fault {
        Fault::None => {}
        Fault::Hang => std::thread::sleep(Duration::from_secs(1000)),
        Fault::Die => {
            eprintln!("out of luck");
            std::process::exit(7);
        }
        Fault::HostileDeath => {
            eprint!("{}", HOSTILE.trim_end());
            std::process::exit(7);
        }
        Fault::Flood => {
            let mut out = std::io::stdout().lock();
            let piece = [b'x'; 1 << 16];
            for _ in 0..FLOOD / piece.len() {
                out.write_all(&piece)?;
            }
            out.flush()?;
            std::thread::sleep(Duration::from_secs(1000));
        }
        Fault::Noise => println!("Warning: this engine is old"),
        Fault::WrongJson => {
            println!("{{\"ran\": {run}, \"traces\": [");
            return Ok(());
        }
        Fault::WrongBatch => return say(&ran(run + 1, &traces)),
        Fault::TooFew => {
            traces.pop();
        }
        Fault::TooMany => traces.push(json!([])),
        Fault::Twice => say(&ran(run, &traces))?,
        Fault::NoTrace => traces[index] = json!({ "failed": "not today" }),
        Fault::StrangeTrace => traces[index] = json!([{ "seen": "a ghost" }]),
        // Batches are numbered, so this is another trace each time.
        Fault::Fickle => traces[index] = json!([{ "noted": format!("batch {run}") }]),
        Fault::EveryOther => {
            let folder = folder.ok_or("it needs a folder")?;
            // What deviates is played again by the next.
            if matches!(processes(folder)? % 4, 2 | 3) {
                traces[index] = json!([{ "noted": "all agree" }]);
            }
        }
        Fault::Wrong | Fault::WrongToo => traces[index] = json!([{ "noted": "all agree" }]),
        Fault::Killed => {
            let id = std::process::id().to_string();
            std::process::Command::new("kill").args(["-KILL", &id]).status()?;
            std::thread::sleep(Duration::from_secs(1000));
        }
        Fault::Long => traces[index] = json!([{ "noted": "x".repeat(LONG) }]),
        Fault::LongRefusal => traces[index] = json!([{ "failed": "x".repeat(LONG) }]),
        Fault::LongName | Fault::SurrogateName => {}
        Fault::Deep => return say_nested(run, traces, index, 100_000),
        // As deep as the harness can read, but not within a report.
        Fault::Nested => return say_nested(run, traces, index, 122),
        Fault::Nul => traces[index] = json!([{ "noted": "before\u{0}after" }, { "got": "\u{0}", "from": "\u{0}" }]),
        Fault::Surrogate => {
            traces[index] = json!([{ "noted": "LONE" }]);
            return say_as_it_is(&ran(run, &traces).to_string().replace("LONE", LONE));
        }
        Fault::FullDisk => {
            let folder = folder.ok_or("it needs a folder")?;
            // Whatever the harness writes first there finds no room.
            for name in ["report.partial", "badge.partial"] {
                std::os::unix::fs::symlink("/dev/full", folder.join(name))?;
            }
        }
        // It says what it compared as a program would, and not as the scenario wrote it.
        Fault::FromOfSame => {
            for got in traces[index].as_array_mut().into_iter().flatten() {
                let values: Option<[String; 2]> =
                    got["from"].as_str().and_then(|values| serde_json::from_str(values).ok());
                if let Some([one, other]) = values {
                    got["from"] = json!(format!("{one} {other}"));
                }
            }
        }
        Fault::Hostile => traces[index] = json!([{ "noted": HOSTILE }, { "got": HOSTILE, "from": HOSTILE }]),
    }
    say(&ran(run, &traces))
}

/// Says what a Rust string can't hold.
fn say_as_it_is(message: &str) -> Result<(), Failed> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{message}")?;
    out.flush()?;
    Ok(())
}

/// Answers with an observation that is nested so deep.
fn say_nested(run: u64, mut traces: Vec<Value>, index: usize, depth: usize) -> Result<(), Failed> {
    traces[index] = json!([{ "noted": "DEEP" }]);
    let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    say_as_it_is(&ran(run, &traces).to_string().replace("\"DEEP\"", &nested))
}

/// How many agents have left word, this one among them.
fn processes(folder: &Path) -> Result<usize, Failed> {
    let names = std::fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    // Each has a child.
    Ok(names.filter(|name| name.starts_with("process-")).count() / 2)
}

fn ran(run: u64, traces: &[Value]) -> Value {
    json!({ "ran": run, "traces": traces })
}

fn say(message: &Value) -> Result<(), Failed> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{message}")?;
    out.flush()?;
    Ok(())
}

/// Starts a child that shares the standard streams and would outlive everybody.
fn leave_processes(folder: &Path) -> Result<(), Failed> {
    let child = std::process::Command::new("sleep").arg("1000").stdin(std::process::Stdio::null()).spawn()?;
    for id in [std::process::id(), child.id()] {
        std::fs::write(folder.join(format!("process-{id}")), "")?;
    }
    Ok(())
}
