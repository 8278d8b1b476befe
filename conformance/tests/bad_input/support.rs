//! Runs the command and tells what came of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use bgfspec::catalogue::Catalogue;
use bgfspec::scenario::Scenario;
use bgfspec_report::Report;

/// How long a test waits for something before it says that it does not come. Nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a run of the command left.
pub(crate) struct Done {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Done {
    /// Asserts the exit status, and that standard error has all these texts.
    #[track_caller]
    pub(crate) fn refuses(&self, status: i32, texts: &[&str]) {
        assert_eq!(self.status, Some(status), "exit status; standard error: {}", self.stderr);
        for text in texts {
            assert!(self.stderr.contains(text), "`{text}` is not in standard error: {}", self.stderr);
        }
    }

    /// All that went to the terminal.
    pub(crate) fn shown(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// The command with these arguments; not yet started.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bgfspec"));
    command.args(arguments).env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

/// Runs the command to its end.
pub(crate) fn bgfspec(arguments: &[&str]) -> Done {
    let output = command(arguments).output().expect("the command can be started");
    done(output)
}

pub(crate) fn done(output: Output) -> Done {
    Done {
        status: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A folder of one test's own: for the report, and for what agents leave.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn text(&self) -> &str {
        self.path().to_str().expect("a path in UTF-8")
    }

    /// A file of this name and content.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, content).expect("the file can be written");
        path.to_str().expect("a path in UTF-8").to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let path = self.path().join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The report that was written here.
    pub(crate) fn report(&self) -> Report {
        serde_json::from_str(&self.read("report.json")).expect("report.json is a report")
    }

    /// A command line that runs this POSIX shell script as an agent.
    pub(crate) fn script(&self, script: &str) -> String {
        format!("sh '{}'", self.file("agent.sh", script))
    }

    /// The processes that agents left word of here.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let entries = std::fs::read_dir(self.path()).expect("the folder can be read");
        entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_prefix("process-")?.parse().ok()).collect()
    }

    /// Asserts that there were agents, and that nothing of them is running any more.
    #[track_caller]
    pub(crate) fn nothing_is_left_running(&self, at_least: usize) {
        let processes = self.processes();
        assert!(processes.len() >= at_least, "{at_least} processes should have been there, not {processes:?}");
        for id in processes {
            wait_until(&format!("process {id} is gone"), || !is_running(id));
        }
    }
}

/// Waits for what is sure to come.
#[track_caller]
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "not so: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a process runs; one that has ended and that nobody asked about does not.
pub(crate) fn is_running(id: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &id.to_string()]).output().expect("`ps` is there");
    let state = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

/// The command line of the agent of `tests/fixtures/faulty_agent.rs`.
pub(crate) fn faulty_agent(fault: &str, culprit: &Scenario, folder: Option<&Folder>) -> String {
    let test = std::env::current_exe().expect("this program has a path");
    let built: PathBuf = test.ancestors().nth(2).expect("tests stand in `deps`").join("examples/faulty_agent");
    let built = built.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(built.is_file(), "{} is not there: `cargo build -p bgfspec --example faulty_agent`", built.display());
    let folder = folder.map(|folder| format!(" '{}'", folder.text())).unwrap_or_default();
    format!("'{}' {fault} {}{folder}", built.display(), culprit.id())
}

/// The scenarios that a filter takes from the catalogue, and one in their midst.
pub(crate) fn filtered(filter: &str) -> (Vec<Scenario>, Scenario) {
    let options = bgfspec::runner::Options { filter: Some(filter.to_owned()), ..Default::default() };
    let scenarios: Vec<Scenario> =
        Catalogue::load().scenarios.into_iter().filter(|scenario| options.wants(scenario)).collect();
    assert!(scenarios.len() > 4, "`{filter}` should take some scenarios, not {}", scenarios.len());
    let culprit = scenarios[scenarios.len() / 2].clone();
    (scenarios, culprit)
}
