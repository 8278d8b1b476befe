//! Browsers behind a WebDriver endpoint: chromedriver, geckodriver, WebKitWebDriver, a Selenium Grid.
//!
//! The endpoint's browser must reach this machine's loopback interface under the same address: it runs here, or through a tunnel.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::command::{Answered, COMMAND, ClickCommand, Commands, value};
use super::devtools::DevTools;
use super::http;
use super::launch::{CHROMIUM_ARGUMENTS, CHROMIUM_PREFERENCES, Engine, firefox_preferences};
use super::link::{Opened, Opener};
use super::outside::Outside;
use super::proxy::HEADLESS;
use super::shared::{Config, Who};
use super::site::Site;
use crate::adapter::{AdapterError, Configuration};
use crate::scenario::Capability;

/// How long an endpoint may take to say that it is there.
const STATUS: Duration = Duration::from_secs(5);

/// How long a browser may take to start: a grid may have to start a machine for it.
const STARTING: Duration = Duration::from_secs(120);

/// How long an endpoint that recovers may refuse to start a browser: a grid that lost a machine has the others only when their sessions
/// have ended, and offers the lost one for a while.
const RECOVERING: Duration = Duration::from_secs(150);

/// How often an endpoint is asked whether its browser is still there.
const ASK_AFTER: Duration = Duration::from_secs(2);

/// The address of a WebDriver endpoint, without a slash at its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoint(String);

/// A browser that an endpoint can start.
#[derive(Clone, Debug)]
pub struct Remote {
    /// Where the endpoint is.
    pub endpoint: Endpoint,
    /// What it is asked for.
    pub engine: Engine,
    /// The name that reports have for it.
    pub name: String,
    /// The program to start, on the endpoint's machine; its own choice if there is none.
    pub path: Option<PathBuf>,
    /// Whether what it can't do now it may be able to do later: it is a grid, or has started a browser before.
    pub recovers: bool,
}

/// The outside of a browser that an endpoint drives.
struct Driven {
    tools: Option<DevTools>,
    commands: Commands,
}

/// A session. Dropping it ends it, and with it the browser.
struct Session {
    address: String,
    capabilities: Json,
    asked: Instant,
    gone: Option<String>,
}

impl std::str::FromStr for Endpoint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let address = text.trim_end_matches('/');
        match address.strip_prefix("http://") {
            Some(rest) if !rest.is_empty() => Ok(Endpoint(address.to_owned())),
            _ => Err("expected an address such as http://127.0.0.1:4444; for https, use a tunnel".to_owned()),
        }
    }
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Opener for Remote {
    fn open(&mut self, site: &Site, page: &str) -> Result<Box<dyn Opened>, AdapterError> {
        let fault = |what: &str, reason: String| {
            AdapterError(format!("the WebDriver endpoint at {} {what}: {reason}", self.endpoint))
        };
        let status = http::get(&format!("{}/status", self.endpoint), STATUS).map_err(|reason| {
            let (endpoint, start) = (&self.endpoint, self.how_to_start());
            AdapterError(format!("no WebDriver endpoint answers at {endpoint} ({reason}): start `{start}`"))
        })?;
        self.recovers |= status["value"]["nodes"].is_array();
        let session = Session::new(&self.endpoint, &json!({ "capabilities": { "alwaysMatch": self.capabilities() } }))
            .map_err(|reason| fault("starts no browser", reason))?;
        let version = session.capabilities["browserVersion"].as_str().map(str::to_owned);
        let who = Who { name: Some(self.name.clone()), version };
        // Before the page asks. What can be done from outside is known once the browser shows something.
        session.navigate("about:blank").map_err(|reason| fault("opens no page", reason))?;
        let door = session.capabilities["goog:chromeOptions"]["debuggerAddress"].as_str();
        let tools = door.and_then(|door| DevTools::of_address(door, "about:blank"));
        let mut config = Config { who, configuration: self.configuration(&session.capabilities), ..Config::default() };
        if tools.is_some() {
            config.capabilities.extend(["worker-stop".to_owned(), "permissions".to_owned()]);
        }
        let commands = Commands { session: session.address.clone() };
        match commands.has_click() {
            Ok(()) => config.capabilities.push(Capability::Webdriver.name()),
            Err(reason) => {
                let how = "use one that has the Background Fetch specification's command";
                config.lacks.insert(Capability::Webdriver.name(), format!("{reason}; {how}"));
            }
        }
        site.configure(config, Some(Arc::new(Driven { tools, commands })));
        session.navigate(page).map_err(|reason| fault("does not open the page", reason))?;
        self.recovers = true;
        Ok(Box::new(session))
    }

    fn patience(&self) -> Duration {
        if self.recovers { RECOVERING } else { Duration::ZERO }
    }

    fn describe(&self) -> String {
        format!("{} at {}", self.name, self.endpoint)
    }
}

impl Driven {
    fn tools(&self) -> Result<&DevTools, String> {
        self.tools.as_ref().ok_or_else(|| "this browser has no DevTools that can be reached".to_owned())
    }
}

impl Outside for Driven {
    fn stop_worker(&self, script: &str) -> Result<(), String> {
        self.tools()?.stop_worker(script)
    }

    fn set_permission(&self, origin: &str, name: &str, state: &str) -> Result<(), String> {
        self.tools()?.set_permission(origin, name, state)
    }

    fn command(&self, command: &ClickCommand) -> Result<Answered, String> {
        self.commands.run(command)
    }
}

impl Remote {
    /// How the endpoint is asked to start it. Where it runs, only its page knows, and of some whether there is a display.
    fn configuration(&self, capabilities: &Json) -> Configuration {
        let mut configuration = self.engine.configuration(None);
        if capabilities[HEADLESS] == false {
            configuration.flags.retain(|flag| !flag.starts_with("--headless"));
            return Configuration { headless: Some(false), ..configuration };
        }
        match self.engine {
            Engine::Chromium | Engine::Firefox => configuration,
            Engine::WebKit => Configuration { headless: None, ..configuration },
        }
    }

    /// What is asked for, as capabilities of WebDriver.
    fn capabilities(&self) -> Json {
        let (browser, options, mut given) = match self.engine {
            Engine::Chromium => {
                let preferences: Json = serde_json::from_str(CHROMIUM_PREFERENCES).unwrap_or_default();
                let arguments = [self.engine.flags(None).as_slice(), CHROMIUM_ARGUMENTS].concat();
                ("chrome", "goog:chromeOptions", json!({ "args": arguments, "prefs": preferences }))
            }
            Engine::Firefox => {
                let preferences: serde_json::Map<String, Json> = firefox_preferences()
                    .filter_map(|(name, value)| Some(((*name).to_owned(), serde_json::from_str(value).ok()?)))
                    .collect();
                ("firefox", "moz:firefoxOptions", json!({ "args": self.engine.flags(None), "prefs": preferences }))
            }
            Engine::WebKit => ("MiniBrowser", "webkitgtk:browserOptions", json!({ "args": ["--automation"] })),
        };
        if let Some(path) = &self.path {
            given["binary"] = path.display().to_string().into();
        }
        json!({ "browserName": browser, options: given })
    }

    fn how_to_start(&self) -> String {
        let port = self.endpoint.0.rsplit_once(':').map_or("", |(_, port)| port);
        let port = if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) { "4444" } else { port };
        let driver = match self.engine {
            Engine::Chromium => "chromedriver",
            Engine::Firefox => "geckodriver",
            Engine::WebKit => "WebKitWebDriver",
        };
        format!("{driver} --port={port}")
    }
}

impl Session {
    fn new(endpoint: &Endpoint, wanted: &Json) -> Result<Self, String> {
        let answer = value(http::post(&format!("{endpoint}/session"), wanted, STARTING)?)?;
        let id = answer["sessionId"].as_str().ok_or_else(|| format!("its answer has no session: {answer}"))?;
        Ok(Session {
            address: format!("{endpoint}/session/{id}"),
            capabilities: answer["capabilities"].clone(),
            asked: Instant::now(),
            gone: None,
        })
    }

    fn navigate(&self, page: &str) -> Result<(), String> {
        http::post(&format!("{}/url", self.address), &json!({ "url": page }), COMMAND).and_then(value).map(|_| ())
    }
}

impl Opened for Session {
    fn gone(&mut self) -> Option<String> {
        if self.gone.is_none() && self.asked.elapsed() >= ASK_AFTER {
            // Not its current window, which a scenario may have closed.
            let answer = http::get(&format!("{}/window/handles", self.address), COMMAND).and_then(value);
            self.gone = answer.err().map(|reason| format!("its WebDriver session is gone: {reason}"));
            self.asked = Instant::now();
        }
        self.gone.clone()
    }

    fn words(&self) -> String {
        "what it says stays with its WebDriver endpoint".to_owned()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // An endpoint that is gone has taken its browser along.
        let _ = http::delete(&self.address, COMMAND);
    }
}
