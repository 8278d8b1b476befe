//! Browsers that are started here: headless or on a display of their own, with a fresh profile that goes with them.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap, ProcessGroup};
use tempfile::TempDir;

use super::devtools::DevTools;
use super::evidence::Evidence;
use super::headed::Headed;
use super::link::{Opened, Opener};
use super::outside::Outside;
use super::shared::{Config, Who};
use super::site::Site;
use super::widgets::free_port;
use crate::adapter::watchdog::Watchdog;
use crate::adapter::words::{self, Words};
use crate::adapter::{AdapterError, Configuration, platform};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// How much of what a browser says is kept, in bytes.
const KEPT_WORDS: usize = 16 << 10;

/// How many scenarios are played on a display before their traces are told: so few are lost with a browser that crashes.
const BATCH_ON_DISPLAY: usize = 8;

/// How long a display may take to be there.
const READY: Duration = Duration::from_secs(30);

/// How long a display may take to end.
const LEAVING: Duration = Duration::from_secs(2);

/// The signal that asks a process to end.
#[cfg(unix)]
const TERMINATE: i32 = 15;

/// A family of browsers that are started alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Chromium and what is made of it.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's MiniBrowser.
    WebKit,
}

/// A browser on this machine.
#[derive(Clone, Debug)]
pub struct Program {
    /// How it is started.
    pub engine: Engine,
    /// The name that reports have for it.
    pub name: String,
    /// The program.
    pub path: PathBuf,
    /// Whether there is something to be seen of it.
    pub shown: Shown,
}

/// Whether there is something to be seen of a browser that can do without.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    /// It runs without a display.
    Headless,
    /// It has a display of its own, where its interface is acted on as a user does.
    OnDisplay {
        /// What is kept of what is acted on.
        evidence: Evidence,
    },
}

/// A browser that was started.
struct Running {
    // In this order: the browser before its display, both before the profile, and who watches over them last.
    child: Group,
    display: Option<Group>,
    _profile: TempDir,
    _watchdog: Watchdog,
}

/// A process with all that it starts, ended together.
pub(super) struct Group {
    child: Box<dyn ChildWrapper>,
    words: Option<Words>,
    /// Whether it is asked to end before it is made to: an X server that is not leaves its socket behind.
    is_asked: bool,
}

impl Opener for Program {
    fn open(&mut self, site: &Site, page: &str) -> Result<Box<dyn Opened>, AdapterError> {
        let profile = tempfile::Builder::new()
            .prefix("bgfspec-profile-")
            .tempdir()
            .map_err(|error| AdapterError(format!("can't make a folder for a profile: {error}")))?;
        let mut config = Config::default();
        let display = match (self.engine, &self.shown) {
            (Engine::WebKit, _) => Some(display()?),
            (Engine::Chromium, Shown::OnDisplay { .. }) => display().map_err(|error| config.lacks_display(&error)).ok(),
            (Engine::Chromium, Shown::Headless) | (Engine::Firefox, _) => None,
        };
        let display_name = display.as_ref().map(|(_, name)| name.as_str());
        config.configuration = Configuration { platform: platform(), ..self.engine.configuration(display_name) };
        let version = self.version(display_name);
        let mut command = self.command(profile.path(), page, display_name)?;
        let headed = match (self.engine, &self.shown, display_name) {
            (Engine::Chromium, Shown::OnDisplay { evidence }, Some(display)) => {
                evidence.begin_anew();
                let port = free_port().map_err(|error| AdapterError(format!("no port is free: {error}")))?;
                command.arg(format!("--enable-ui-devtools={port}"));
                Some(Headed {
                    tools: DevTools::of_profile(profile.path().to_owned()),
                    port,
                    display: display.to_owned(),
                    evidence: evidence.clone(),
                    interface: Mutex::new(None),
                })
            }
            _ => None,
        };
        command.stdout(Stdio::null());
        let child = Group::start(command, "is it installed?")?;
        config.who = Who { name: Some(self.name.clone()), version };
        if self.engine == Engine::Chromium {
            config.capabilities.extend(["worker-stop".to_owned(), "permissions".to_owned()]);
        }
        let outside: Option<Arc<dyn Outside>> = match (self.engine, headed) {
            (_, Some(headed)) => {
                config.capabilities.extend(["real-click".to_owned(), "windows".to_owned()]);
                Some(Arc::new(headed))
            }
            (Engine::Chromium, None) => Some(Arc::new(DevTools::of_profile(profile.path().to_owned()))),
            (Engine::Firefox | Engine::WebKit, None) => None,
        };
        site.configure(config, outside);
        let groups: Vec<u32> =
            [Some(&child), display.as_ref().map(|(display, _)| display)].into_iter().flatten().map(Group::id).collect();
        let watchdog = Watchdog::over(&groups, Some(profile.path()));
        let display = display.map(|(display, _)| display);
        Ok(Box::new(Running { child, display, _profile: profile, _watchdog: watchdog }))
    }

    fn describe(&self) -> String {
        self.path.display().to_string()
    }

    fn largest_batch(&self) -> usize {
        match self.shown {
            Shown::OnDisplay { .. } => BATCH_ON_DISPLAY,
            Shown::Headless => usize::MAX,
        }
    }

    fn played(&mut self, scenario: &Scenario, trace: Option<&Trace>) {
        if let Shown::OnDisplay { evidence } = &self.shown {
            evidence.ended(scenario, trace);
        }
    }
}

impl Engine {
    /// The flags that can change what a scenario sees, on this display or without one.
    pub(super) fn flags(self, display: Option<&str>) -> Vec<&'static str> {
        match self {
            Engine::Chromium if display.is_some() => [CHROMIUM_FLAGS, CHROMIUM_ON_DISPLAY].concat(),
            Engine::Chromium => [CHROMIUM_FLAGS, &["--headless=new"]].concat(),
            Engine::Firefox => vec!["--headless"],
            Engine::WebKit => Vec::new(),
        }
    }

    /// How it is started, for reports. The preferences follow the flags.
    pub(super) fn configuration(self, display: Option<&str>) -> Configuration {
        let preferences = match self {
            Engine::Chromium => vec![CHROMIUM_PREFERENCES.to_owned()],
            Engine::Firefox => FIREFOX_FLAGS.iter().map(|(name, value)| format!("{name}={value}")).collect(),
            Engine::WebKit => Vec::new(),
        };
        let flags = self.flags(display).into_iter().map(str::to_owned).chain(preferences).collect();
        Configuration { headless: Some(display.is_none()), flags, ..Configuration::default() }
    }
}

impl Config {
    /// There is no display, so nothing is shown that could be acted on.
    fn lacks_display(&mut self, error: &AdapterError) {
        for capability in [Capability::RealClick, Capability::Windows] {
            self.lacks.insert(capability.name(), format!("it takes an X server, and {error}"));
        }
    }
}

impl Program {
    /// The command that opens a page. What it may ask of the network beyond this machine is turned off.
    fn command(&self, profile: &Path, page: &str, display: Option<&str>) -> Result<Command, AdapterError> {
        let fault = |error: std::io::Error| AdapterError(format!("can't fill the profile: {error}"));
        let mut command = match self.engine {
            Engine::Chromium => {
                std::fs::create_dir_all(profile.join("Default")).map_err(fault)?;
                std::fs::write(profile.join("Default/Preferences"), CHROMIUM_PREFERENCES).map_err(fault)?;
                let mut command = Command::new(&self.path);
                command.args(CHROMIUM_ARGUMENTS).args(self.engine.flags(display)).arg("--remote-debugging-port=0");
                command.env_remove("WAYLAND_DISPLAY");
                command.arg(argument("--user-data-dir=", profile)).arg(page);
                command
            }
            Engine::Firefox => {
                let preferences = firefox_preferences().map(|(name, value)| format!("user_pref({name:?}, {value});\n"));
                std::fs::write(profile.join("user.js"), preferences.collect::<String>()).map_err(fault)?;
                let mut command = Command::new(&self.path);
                command.args(self.engine.flags(display)).args(["--no-remote", "--new-instance", "--profile"]);
                command.arg(profile).arg(page);
                command
            }
            Engine::WebKit => {
                let mut command = Command::new("dbus-run-session");
                command.arg("--").arg(&self.path).arg(page);
                // No part of its profile can be named but by these.
                for variable in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
                    command.env(variable, profile.join(variable));
                }
                command.env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1");
                command.env_remove("WAYLAND_DISPLAY");
                command
            }
        };
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        Ok(command)
    }

    /// What the program says when it is asked for its version.
    fn version(&self, display: Option<&str>) -> Option<String> {
        let mut command = Command::new(&self.path);
        command.arg("--version").stdin(Stdio::null()).stderr(Stdio::null());
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let said = String::from_utf8(command.output().ok()?.stdout).ok()?;
        let is_version = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('.');
        said.split_whitespace().find(is_version).map(str::to_owned)
    }
}

impl Opened for Running {
    fn gone(&mut self) -> Option<String> {
        if let Some(display) = &mut self.display
            && let Some(reason) = display.gone()
        {
            return Some(format!("its display ended: {reason}"));
        }
        self.child.gone()
    }

    fn words(&self) -> String {
        self.child.words()
    }
}

impl Group {
    /// Starts a program; its standard error is kept. `hint` says what to do where it can't be started.
    pub(super) fn start(mut command: Command, hint: &str) -> Result<Self, AdapterError> {
        let program = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = CommandWrap::from(command)
            .wrap(ProcessGroup::leader())
            .spawn()
            .map_err(|error| AdapterError(format!("can't start `{program}`: {error}; {hint}")))?;
        let words = child.stderr().take().map(|stderr| Words::of(stderr, KEPT_WORDS));
        Ok(Group { child, words, is_asked: false })
    }

    /// The id of the process group.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub(super) fn gone(&mut self) -> Option<String> {
        let status = self.child.try_wait().ok().flatten()?;
        Some(words::end(&status.to_string(), &self.words()))
    }

    fn words(&self) -> String {
        self.words.as_ref().map(Words::text).unwrap_or_default()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        if self.is_asked && self.child.signal(TERMINATE).is_ok() {
            let deadline = Instant::now() + LEAVING;
            while Instant::now() < deadline && matches!(self.child.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        let _ = self.child.start_kill();
        let _ = self.child.wait();
    }
}

/// Starts an X server without a screen on a display of its own.
pub(super) fn display() -> Result<(Group, String), AdapterError> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]).stdout(Stdio::piped());
    let mut display = Group::start(command, "install the Debian package xvfb")?;
    display.is_asked = true;
    let stdout = display.child.stdout().take();
    let (number, read) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        if let Some(stdout) = stdout
            && BufReader::new(stdout).read_line(&mut line).is_ok()
        {
            let _ = number.send(line.trim().to_owned());
        }
    });
    match read.recv_timeout(READY) {
        Ok(number) if !number.is_empty() => Ok((display, format!(":{number}"))),
        _ => Err(AdapterError(format!("`Xvfb` gave no display: {}", display.words()))),
    }
}

fn argument(name: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(name);
    argument.push(path);
    argument
}

const CHROMIUM_ON_DISPLAY: &[&str] = &[
    "--ozone-platform=x11",
    "--lang=en-US",
    "--window-position=0,0",
    "--window-size=1200,780",
    // A bubble takes clicks from the moment at which it is there, and is all there at once.
    "--disable-input-event-activation-protection",
    "--animation-duration-scale=0",
    // Scenarios open windows of other sites, which are to stay on this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/// What no scenario sees.
pub(super) const CHROMIUM_ARGUMENTS: &[&str] = &[
    // Containers rarely let it set up its sandbox; it opens no page but this program's own.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
];

/// Downloads begin at once, and none is begun again.
pub(super) const AT_ONCE: &str = "--enable-features=DownloadService:start_up_delay_ms/0/network_change_delay_ms/0/retry_delay_ms/0/max_retry_count/1";

/// What a scenario may see.
const CHROMIUM_FLAGS: &[&str] = &[
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-popup-blocking",
    AT_ONCE,
];

/// Several background fetches of one site count as automatic downloads, which are otherwise paused until somebody agrees.
pub(super) const CHROMIUM_PREFERENCES: &str =
    r#"{"profile":{"default_content_setting_values":{"automatic_downloads":1}}}"#;

/// The preferences, with their values as JSON.
pub(super) fn firefox_preferences() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    FIREFOX_PREFERENCES.iter().chain(FIREFOX_FLAGS)
}

/// What no scenario sees.
const FIREFOX_PREFERENCES: &[(&str, &str)] = &[
    ("app.normandy.enabled", "false"),
    ("app.update.enabled", "false"),
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.region.network.url", "\"\""),
    ("browser.search.update", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.startup.homepage_override.mstone", "\"ignore\""),
    ("datareporting.healthreport.uploadEnabled", "false"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("extensions.getAddons.cache.enabled", "false"),
    ("extensions.update.enabled", "false"),
    ("media.gmp-manager.updateEnabled", "false"),
    ("network.captive-portal-service.enabled", "false"),
    ("network.connectivity-service.enabled", "false"),
    ("services.settings.server", "\"http://127.0.0.1:1/\""),
    ("toolkit.telemetry.enabled", "false"),
    ("toolkit.telemetry.reportingpolicy.firstRun", "false"),
];

/// What a scenario may see.
const FIREFOX_FLAGS: &[(&str, &str)] = &[("dom.min_background_timeout_value", "4")];
