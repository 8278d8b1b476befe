//! Which implementations there are, and how to start them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bgfspec::adapter::browser::{BrowserAdapter, BrowserConnect, Endpoint, Engine, Opener, Program, Remote};
use bgfspec::adapter::llrt::LlrtAdapter;
use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::adapter::stdio::{Launch, StdioAdapter};
use bgfspec::adapter::{Adapter, AdapterError};
use bgfspec::names;
use bgfspec::runner::Start;
use bgfspec_reports::line;

use super::{CONFORMS, Fault, Outcome, on_signal, print};

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
    Reference,
    Llrt,
    /// A program that is given the start-up file of this name.
    Script {
        program: &'static str,
        file: &'static str,
    },
    /// A browser, under one of these names on the search path.
    Browser {
        engine: Engine,
        programs: &'static [&'static str],
    },
}

/// The scopes in which a browser is judged; the first is the one that this suite is about.
pub(super) const SCOPES: [&str; 3] = ["service-worker", "worker", "window"];

/// All of them.
pub(super) const VENDORS: &[Vendor] = &[
    Vendor { name: "reference", what: "the reference model", how: "built in", kind: Kind::Reference },
    Vendor { name: "llrt", what: "LLRT's EventTarget and AbortSignal on QuickJS", how: "built in", kind: Kind::Llrt },
    Vendor {
        name: "node",
        what: "Node.js",
        how: "install Node.js 15 or later so that `node` is found, or give --vendor node=PATH",
        kind: Kind::Script { program: "node", file: "node.js" },
    },
    Vendor {
        name: "chromium",
        what: "Chromium, headless",
        how: "install the Debian package chromium, or give --vendor chromium=PATH",
        kind: Kind::Browser {
            engine: Engine::Chromium,
            programs: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
        },
    },
    Vendor {
        name: "firefox",
        what: "Firefox, headless",
        how: "install the Debian package firefox-esr, or give --vendor firefox=PATH",
        kind: Kind::Browser { engine: Engine::Firefox, programs: &["firefox", "firefox-esr"] },
    },
    Vendor {
        name: "webkit",
        what: "WebKitGTK's MiniBrowser, on a display of its own",
        how: "install the Debian packages webkit2gtk-driver, xvfb and dbus-x11, or give --vendor webkit=PATH",
        kind: Kind::Browser { engine: Engine::WebKit, programs: &["MiniBrowser"] },
    },
];

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
        VENDORS
            .iter()
            .find(|vendor| vendor.name == name)
            .ok_or_else(|| Fault::usage(names::unknown("vendor", name, VENDORS.iter().map(|vendor| vendor.name))))
    }

    /// Where its program is, if it needs one: what was asked for, or what the search path has.
    fn program(&self, path: Option<&Path>) -> Result<Option<PathBuf>, String> {
        let programs = match self.kind {
            Kind::Script { program, .. } => &[program],
            Kind::Browser { programs, .. } => programs,
            Kind::Reference | Kind::Llrt => return Ok(None),
        };
        match path {
            Some(path) if path.is_file() => Ok(Some(path.to_owned())),
            Some(path) => Err(format!("there is no file `{}`", path.display())),
            None => match programs.iter().find_map(|program| find(program)) {
                Some(path) => Ok(Some(path)),
                None => Err(format!("`{}` is not on the search path", programs.join("` or `"))),
            },
        }
    }

    /// The scopes that it can be judged in; none if its agent tells where it runs.
    pub(super) fn scopes(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Browser { .. } => &SCOPES,
            Kind::Reference | Kind::Llrt | Kind::Script { .. } => &[],
        }
    }

    /// How to start it, in one of its scopes if it has several; a sentence if it is not on this machine.
    pub(super) fn start(&self, path: Option<&Path>, scope: Option<&str>, how: &How) -> Result<Start, String> {
        let How { timeout, stop, seed, webdriver } = how.clone();
        if path.is_some() && matches!(self.kind, Kind::Reference | Kind::Llrt) {
            return Err(format!("{} is built in and takes no path", self.name));
        }
        let is_remote = webdriver.is_some();
        let program = if is_remote { None } else { self.program(path)? };
        let scope = self.scopes().iter().find(|known| scope.is_none_or(|scope| scope == **known)).copied();
        Ok(match self.kind {
            Kind::Reference => Box::new(move || Ok(Box::new(ReferenceAdapter::new(seed)) as Box<dyn Adapter>)),
            Kind::Llrt => Box::new(move || Ok(Box::new(LlrtAdapter::new(timeout)?) as Box<dyn Adapter>)),
            _ if is_remote && self.scopes().is_empty() => return Err("no WebDriver endpoint starts it".to_owned()),
            Kind::Browser { engine, .. } => {
                let Some(scope) = scope else { return Err("it has no such scope".to_owned()) };
                let name = self.name.to_owned();
                let opener: Box<dyn Opener> = match (webdriver, program) {
                    (Some(endpoint), _) => Box::new(Remote { endpoint, engine, name, path: path.map(Path::to_owned) }),
                    (None, Some(path)) => Box::new(Program { engine, name, path }),
                    (None, None) => return Err("it has no program".to_owned()),
                };
                Box::new(move || {
                    let connect = BrowserConnect { opener, scope, timeout, stop };
                    Ok(Box::new(BrowserAdapter::start(connect)?) as Box<dyn Adapter>)
                })
            }
            Kind::Script { file, .. } => {
                let Some(program) = program else { return Err("it has no program".to_owned()) };
                Box::new(move || {
                    let files = agents()?;
                    let arguments = vec![files.path().join(file).display().to_string()];
                    let launch = Launch { program, arguments, timeout, stop, files: Some(Arc::new(files)) };
                    Ok(Box::new(StdioAdapter::start(launch)?) as Box<dyn Adapter>)
                })
            }
        })
    }
}

/// How to start the agent behind a command line, as something to judge.
pub(super) fn start_command(line: &str, how: &How) -> Result<Start, Fault> {
    let launch = command(line, how)?;
    Ok(Box::new(move || Ok(Box::new(StdioAdapter::start(launch)?) as Box<dyn Adapter>)))
}

/// How to start the agent behind a command line.
pub(super) fn command(command: &str, how: &How) -> Result<Launch, Fault> {
    let mut words = words(command).into_iter();
    let Some(program) = words.next() else { return Err(Fault::usage("`--command` is empty")) };
    let How { timeout, stop, .. } = how.clone();
    Ok(Launch { program: PathBuf::from(program), arguments: words.collect(), timeout, stop, files: None })
}

/// The words of a command line; quotes keep spaces.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut open, mut quote) = (String::new(), false, None);
    for character in command.chars() {
        match (character, quote) {
            (character, Some(end)) if character == end => quote = None,
            (character, Some(_)) => word.push(character),
            ('"' | '\'', None) => {
                quote = Some(character);
                open = true;
            }
            (' ' | '\t' | '\n', None) => {
                if open {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            (character, None) => {
                word.push(character);
                open = true;
            }
        }
    }
    if open {
        words.push(word);
    }
    words
}

/// A folder with the agents' files, which goes with whoever holds it.
fn agents() -> Result<tempfile::TempDir, AdapterError> {
    let files =
        [("agent.js", include_str!("../../agents/agent.js")), ("node.js", include_str!("../../agents/node.js"))];
    let write = || {
        let folder = tempfile::Builder::new().prefix("bgfspec-").tempdir()?;
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)?;
        }
        Ok(folder)
    };
    write().map_err(|error: std::io::Error| {
        AdapterError(format!("can't write the agent's files to a temporary folder: {error}"))
    })
}

/// A program on the search path, or in a folder of helpers that packages put theirs in.
fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).chain(helper_folders()).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Where WebKitGTK keeps its own programs.
fn helper_folders() -> Vec<PathBuf> {
    let entries = |folder: &Path| {
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let mut folders: Vec<PathBuf> = ["/usr/lib", "/usr/libexec"]
        .iter()
        .flat_map(|root| entries(Path::new(root)))
        .flat_map(|folder| entries(&folder))
        .collect();
    folders.retain(|folder| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit2gtk-")));
    folders.sort();
    folders.reverse();
    folders
}

/// `bgfspec vendors`.
pub(super) fn vendors() -> Outcome {
    let how = How { timeout: Duration::from_secs(10), stop: on_signal(), seed: 0, webdriver: None };
    let mut text = String::new();
    for vendor in VENDORS {
        let state = match vendor.start(None, None, &how).map_err(|reason| (reason, vendor.how)) {
            Ok(start) => match version(start) {
                Ok(version) => format!("{}, ready", line(&version)),
                Err(error) => format!("does not start: {}", line(&error.to_string())),
            },
            Err((reason, how)) => format!("not here: {reason}; {how}"),
        };
        text.push_str(&format!("{:<10} {}: {state}\n", vendor.name, vendor.what));
    }
    text.push_str("Any other agent: --command 'PROGRAM ARGUMENTS'\n");
    print(&text);
    Ok(CONFORMS)
}

/// Starts it, in a thread of its own as always, and asks for its version.
fn version(start: Start) -> Result<String, AdapterError> {
    std::thread::spawn(move || start().map(|adapter| adapter.identity().version))
        .join()
        .unwrap_or_else(|_| Err(AdapterError("it panicked".to_owned())))
}
