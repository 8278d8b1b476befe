//! A folder for temporary files of one test, and whoever was started with it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use bgfspec_report::Report;

/// How long a test waits for something before it says that it does not come. Nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(120);

/// The folder. All that a test starts has it as its folder for temporary files, and is known by that.
pub(crate) struct Scratch(tempfile::TempDir);

/// A program that ends with its test.
pub(crate) struct Running(Option<Child>);

impl Scratch {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("tmp")).expect("the folder can be made");
        Scratch(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn temporary(&self) -> PathBuf {
        self.path().join("tmp")
    }

    /// The folder for the report.
    pub(crate) fn out(&self) -> String {
        self.path().join("report").display().to_string()
    }

    pub(crate) fn report(&self) -> Report {
        let path = self.path().join("report/report.json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_str(&text).expect("report.json is a report")
    }

    /// A program that is not started yet.
    pub(crate) fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("TMPDIR", self.temporary()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn bgfspec(&self, arguments: &[&str]) -> Command {
        let mut command = self.program(env!("CARGO_BIN_EXE_bgfspec"));
        command.args(arguments).args(["--out", &self.out()]);
        command
    }

    /// The profiles that are there now.
    pub(crate) fn profiles(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.temporary()).expect("the folder can be read");
        let is_profile = |path: &PathBuf| path.to_string_lossy().contains("bgfspec-profile-");
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_profile).collect()
    }

    /// The processes that were started with this folder and still run, with their command lines.
    pub(crate) fn processes(&self) -> Vec<(u32, String)> {
        let mark = self.path().display().to_string();
        let has_mark = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).contains(&mark);
        let entries = std::fs::read_dir("/proc").expect("this system has /proc");
        let ids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
        ids.filter_map(|id| {
            let read = |name: &str| std::fs::read(format!("/proc/{id}/{name}")).unwrap_or_default();
            // What has ended, and was not asked about yet, has an empty command line.
            let line = read("cmdline");
            let is_here = !line.is_empty() && (has_mark(read("environ")) || has_mark(line.clone()));
            is_here.then(|| (id, String::from_utf8_lossy(&line).replace('\0', " ")))
        })
        .collect()
    }

    /// Asserts that nobody but these runs any more, and that no profile is left.
    #[track_caller]
    pub(crate) fn nothing_is_left(&self, but: &[u32]) {
        let left = || self.processes().into_iter().filter(|(id, _)| !but.contains(id)).collect::<Vec<_>>();
        // Those that were killed may need a moment.
        let deadline = Instant::now() + Duration::from_secs(5);
        while !left().is_empty() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(left(), [], "these still run");
        assert_eq!(self.profiles(), [] as [PathBuf; 0], "these profiles are left");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What a failed test leaves.
        for (id, _) in self.processes() {
            signal(id, "-KILL");
        }
    }
}

impl Running {
    #[track_caller]
    pub(crate) fn start(command: &mut Command) -> Self {
        Running(Some(command.spawn().expect("the program can be started")))
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.as_ref().expect("it was not waited for").id()
    }

    /// Waits for a line of its standard output that has this text; what it says afterwards is read and forgotten.
    #[track_caller]
    pub(crate) fn line_with(&mut self, text: &str) -> String {
        let stdout = self.0.as_mut().and_then(|child| child.stdout.take()).expect("its output was not read yet");
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains(text)).unwrap_or_else(|| panic!("it did not say `{text}`"));
        std::thread::spawn(move || lines.for_each(drop));
        line
    }

    /// Waits until it has ended.
    #[track_caller]
    pub(crate) fn output(mut self) -> Output {
        self.wait();
        self.0.take().expect("it was not waited for").wait_with_output().expect("it has ended")
    }

    #[track_caller]
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let child = self.0.as_mut().expect("it was not waited for");
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = child.try_wait().expect("it can be asked") {
                return status;
            }
            assert!(Instant::now() < deadline, "it has not ended");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Sends a signal to a process, or to a process group if the id stands behind `-`.
pub(crate) fn signal(id: impl std::fmt::Display, signal: &str) {
    let id = id.to_string();
    let _ = Command::new("kill").args([signal, "--", &id]).stderr(Stdio::null()).status().expect("`kill` is there");
}

#[track_caller]
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "not so: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Shows what a program said, for a test that fails.
pub(crate) fn said(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
