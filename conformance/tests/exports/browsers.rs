//! The browsers that exported files are run in, outside of the suite.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bgfspec_reports::export::File;
use serde_json::{Value as Json, json};

use super::hosts::node;

/// A browser that is started for some files and ended after them.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// What starts it, with `{profile}` for a fresh folder.
    command: Vec<String>,
    /// Files of the profile.
    profile: Json,
    /// Variables of its environment.
    environment: Json,
}

/// What is appended to testharness.js.
pub(crate) const VERDICT: &str = include_str!("verdict.js");

/// The testharness.js that `npm ci --prefix conformance/tests/exports` installs.
pub(crate) fn harness() -> Option<PathBuf> {
    let file = "tests/exports/node_modules/wpt-runner/testharness/testharness.js";
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join(file));
    files.into_iter().find(|file| file.is_file())
}

/// A file to be run, with those beside it.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// `window`, `worker` or `service-worker`.
    pub(crate) scope: &'static str,
    /// The first is the one that is run.
    pub(crate) files: Vec<File>,
}

const CHROMIUM: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    // Background fetches begin at once.
    "--enable-features=DownloadService:start_up_delay_ms/0/network_change_delay_ms/0/retry_delay_ms/0/max_retry_count/1",
    "--remote-debugging-port=0",
    "--user-data-dir={profile}",
];

const FIREFOX: &[&str] = &["--headless", "--no-remote", "--new-instance", "--profile", "{profile}"];

/// What Chromium would ask its user about.
const CHROMIUM_PREFERENCES: &str = r#"{"profile":{"default_content_setting_values":{"automatic_downloads":1}}}"#;

/// What Firefox would ask of the network.
const FIREFOX_PREFERENCES: &str = r#"
user_pref("app.normandy.enabled", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "http://127.0.0.1:1/");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
"#;

impl Browser {
    /// The browser of a vendor, if it is on the search path.
    pub(crate) fn named(name: &str) -> Option<Browser> {
        harness()?;
        let (programs, arguments, profile): (&[&str], _, _) = match name {
            "chromium" => {
                (&["chromium", "chromium-browser"], CHROMIUM, json!({ "Default/Preferences": CHROMIUM_PREFERENCES }))
            }
            "firefox" => (&["firefox", "firefox-esr"], FIREFOX, json!({ "user.js": FIREFOX_PREFERENCES })),
            "webkit" => return webkit(),
            _ => return None,
        };
        node()?;
        let program = programs.iter().find_map(|program| on_search_path(program))?;
        let command =
            std::iter::once(program.display().to_string()).chain(arguments.iter().map(|&word| word.to_owned()));
        Some(Browser { command: command.collect(), profile, environment: json!({}) })
    }

    /// What each says, one after the other.
    pub(crate) fn run_all(&self, jobs: &[Job]) -> Vec<String> {
        if jobs.is_empty() {
            return Vec::new();
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [program, asked] = ["browser.cjs", "asked.json"].map(|name| folder.path().join(name));
        std::fs::write(&program, include_str!("browser.js")).expect("the program can be written");
        let tests: Vec<Json> = jobs.iter().map(Job::json).collect();
        let job = json!({ "browser": self.command, "profile": self.profile, "environment": self.environment, "harness": harness().expect("it is installed"), "verdict": VERDICT, "helpers": include_str!("helpers.js"), "tests": tests });
        std::fs::write(&asked, job.to_string()).expect("the job can be written");
        let mut child = Command::new(node().expect("it is installed"))
            .args([&program, &asked])
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node.js can be started");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let said = lines.map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok()).collect();
        child.wait().expect("it can be waited for");
        said
    }
}

impl Job {
    fn json(&self) -> Json {
        let files: BTreeMap<&str, &str> =
            self.files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
        json!({ "scope": self.scope, "entry": self.files[0].path, "files": files })
    }
}

/// WebKitGTK's MiniBrowser, on a display of its own.
fn webkit() -> Option<Browser> {
    let folders = ["/usr/libexec", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"].into_iter();
    let programs = folders.flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten());
    let programs = programs.map(|entry| entry.path().join("MiniBrowser"));
    let program =
        programs.filter(|path| path.to_string_lossy().contains("/webkit2gtk-")).find(|path| path.is_file())?;
    let display = [on_search_path("xvfb-run")?.display().to_string(), "-a".to_owned()];
    let session = [on_search_path("dbus-run-session")?.display().to_string(), "--".to_owned()];
    let environment = json!({
        "XDG_DATA_HOME": "{profile}/data",
        "XDG_CACHE_HOME": "{profile}/cache",
        "XDG_CONFIG_HOME": "{profile}/config",
        "GDK_BACKEND": "x11",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "NO_AT_BRIDGE": "1",
    });
    let command = display.into_iter().chain(session).chain([program.display().to_string()]).collect();
    Some(Browser { command, profile: json!({}), environment })
}

fn on_search_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.is_file())
}
