//! A WebDriver endpoint that knows the click of the Background Fetch specification: a proxy in front of chromedriver, which does it at
//! Chromium's own UI.
//!
//! Whatever else is asked for, chromedriver answers. Each session has a display of its own, so that no window covers another's.

mod capabilities;
mod click;
mod driver;
mod listener;
mod record;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::Value as Json;

use self::driver::{Answer, Driver, Fault};
use self::record::Record;
use super::interface::Interface;
use super::launch::{Group, display};
use super::serving::{Port, Serving};
use super::shared::lock;
use super::widgets::free_port;
use crate::adapter::AdapterError;
use crate::adapter::watchdog::Watchdog;

/// The capability of a session by which the proxy says that its browser is shown.
pub(super) const HEADLESS: &str = "bgfspec:headless";

/// How the proxy is to be.
#[derive(Clone, Debug)]
pub struct ProxyOptions {
    /// The port of the loopback interface; 0 takes one that is free.
    pub port: u16,
    /// The program of chromedriver.
    pub driver: PathBuf,
    /// How long the row of a background fetch may take to be there.
    pub patience: Duration,
    /// The folder for pictures of what was clicked, and of what was there instead.
    pub pictures: Option<PathBuf>,
}

/// The proxy. What it started ends when it is dropped.
pub struct Proxy {
    port: u16,
    // Dropped first: the sessions end once no more requests come in.
    _serving: Serving,
    shared: Arc<Shared>,
}

/// What requests share.
struct Shared {
    driver: Driver,
    sessions: Mutex<HashMap<String, Arc<Session>>>,
    patience: Duration,
    pictures: Option<PathBuf>,
}

/// A session of chromedriver, whose browser is shown.
struct Session {
    display: String,
    /// The port at which the browser describes its widgets.
    widgets: u16,
    record: Arc<Mutex<Record>>,
    /// Opened when it is first needed, and again after a fault.
    interface: Mutex<Option<Interface>>,
    _display: Group,
    _watchdog: Watchdog,
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proxy").field("port", &self.port).finish_non_exhaustive()
    }
}

impl Proxy {
    /// Starts chromedriver, and listens for WebDriver commands.
    ///
    /// # Errors
    /// Says what is missing and how to get it, or that the port is taken.
    pub fn open(options: ProxyOptions) -> Result<Self, AdapterError> {
        let fault = |error: std::io::Error| {
            AdapterError(format!("can't listen at port {}: {error}; name another with --port", options.port))
        };
        let port = Port::take(options.port).map_err(fault)?;
        // Whether there can be a display is better known now than with the first session.
        drop(display()?);
        let driver = Driver::start(&options.driver)?;
        let ProxyOptions { patience, pictures, .. } = options.clone();
        let shared = Arc::new(Shared { driver, sessions: Mutex::default(), patience, pictures });
        let number = port.address.port();
        let router = Router::new()
            .fallback(async |State(shared): State<Arc<Shared>>, head: Parts, body: Bytes| {
                // Each may wait long for chromedriver.
                let answer = tokio::task::spawn_blocking(move || shared.answer(&head, body.to_vec())).await;
                answer.unwrap_or_else(|error| Fault::unknown(error.to_string()).response())
            })
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&shared));
        let serving = port.serve(router).map_err(fault)?;
        Ok(Proxy { port: number, _serving: serving, shared })
    }

    /// The URL of the endpoint.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// How chromedriver ended, if it has.
    #[must_use]
    pub fn gone(&self) -> Option<String> {
        self.shared.driver.gone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let sessions: Vec<String> = lock(&self.shared.sessions).keys().cloned().collect();
        for id in sessions {
            // chromedriver ends its browser and takes the profile away.
            let _ = self.shared.driver.ask(Method::DELETE, &format!("/session/{id}"), None);
            lock(&self.shared.sessions).remove(&id);
        }
        self.shared.driver.end();
    }
}

/// The requests that the proxy treats in a way of its own, and all others.
#[derive(PartialEq, Eq, Debug)]
enum Asked {
    NewSession,
    Click {
        session: String,
        id: String,
    },
    /// A command of a session.
    Command {
        session: String,
    },
    Other,
}

impl Asked {
    fn of(method: &Method, path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        match *parts.as_slice() {
            ["", "session"] if method == Method::POST => Asked::NewSession,
            ["", "session", session, "backgroundfetch", id, "click"] if method == Method::POST => {
                Asked::Click { session: session.to_owned(), id: unescaped(id) }
            }
            ["", "session", session, ..] => Asked::Command { session: session.to_owned() },
            _ => Asked::Other,
        }
    }
}

impl Shared {
    fn answer(&self, head: &Parts, body: Vec<u8>) -> Response {
        if !is_local(head) {
            return Fault::unknown("the proxy answers at 127.0.0.1 and localhost only".to_owned()).response();
        }
        let answer = match Asked::of(&head.method, head.uri.path()) {
            Asked::NewSession => self.new_session(head, body),
            Asked::Click { session, id } => self.click(&session, &id),
            Asked::Command { session } => self.driver.forward(head, body).inspect(|answer| {
                let is_over = match answer.value() {
                    // The last window was closed, or the session was ended.
                    Some(value) if head.method == Method::DELETE && head.uri.path().ends_with("/window") => {
                        value.as_array().is_some_and(Vec::is_empty)
                    }
                    Some(value) if value["error"] == "invalid session id" => true,
                    _ => head.method == Method::DELETE && head.uri.path() == format!("/session/{session}"),
                };
                if is_over {
                    lock(&self.sessions).remove(&session);
                }
            }),
            Asked::Other => self.driver.forward(head, body),
        };
        answer.map_or_else(Fault::response, Answer::response)
    }

    /// Has chromedriver start a browser on a display of its own.
    fn new_session(&self, head: &Parts, body: Vec<u8>) -> Result<Answer, Fault> {
        let Ok(mut asked) = serde_json::from_slice::<Json>(&body) else { return self.driver.forward(head, body) };
        if !asked["capabilities"].is_object() {
            return self.driver.forward(head, body);
        }
        let not_created = |reason: String| Fault::new(500, "session not created", reason);
        let (group, display) = display().map_err(|error| not_created(error.to_string()))?;
        let widgets = free_port().map_err(|error| not_created(format!("no port is free: {error}")))?;
        for argument in capabilities::shown(&mut asked, &display, widgets) {
            eprintln!("{argument} is left out: a UI that can be clicked must be shown.");
        }
        let answer = self.driver.forward(head, asked.to_string().into_bytes())?;
        let value = answer.value().unwrap_or_default();
        if answer.status != StatusCode::OK {
            if value["error"] == "invalid argument" {
                return Ok(answer);
            }
            return Ok(answer.with_hint(
                "The proxy does not start browsers itself: install the Debian package chromium, or name a program in \
                 goog:chromeOptions.binary. As root, Chromium needs the argument --no-sandbox",
            ));
        }
        let id = value["sessionId"].as_str().unwrap_or_default().to_owned();
        let record = Arc::<Mutex<Record>>::default();
        let door = value["capabilities"]["goog:chromeOptions"]["debuggerAddress"].as_str().unwrap_or_default();
        let heard = driver::devtools_url(door).and_then(|url| listener::listen(&url, Arc::clone(&record)));
        if let Err(reason) = heard {
            let _ = self.driver.ask(Method::DELETE, &format!("/session/{id}"), None);
            return Err(not_created(format!("the browser's DevTools can't be reached: {reason}")));
        }
        let watchdog = Watchdog::over(&[group.id()], None);
        let interface = Mutex::default();
        let session = Session { display, widgets, record, interface, _display: group, _watchdog: watchdog };
        lock(&self.sessions).insert(id, Arc::new(session));
        // The answer says that the browser is not headless, even if that was asked for.
        Ok(answer.with(&["capabilities", HEADLESS], false.into()))
    }
}

/// Whether a request is meant for this machine: any page of the web can have a name of its own lead here.
fn is_local(head: &Parts) -> bool {
    let host = head.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

/// A part of a path as it was before it was escaped.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = match after {
            [high, low, ..] if *first == b'%' => {
                std::str::from_utf8(&[*high, *low]).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())
            }
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_click_is_known_by_method_and_path() {
        let click = |id: &str| Asked::Click { session: "s".to_owned(), id: id.to_owned() };
        let post = |path: &str| Asked::of(&Method::POST, path);
        assert_eq!(post("/session/s/backgroundfetch/a%2F1%20%C3%A9/click"), click("a/1 é"));
        assert_eq!(post("/session/s/backgroundfetch//click"), click(""));
        assert_eq!(post("/session/s/backgroundfetch/100%/click"), click("100%"));
        assert_eq!(post("/session"), Asked::NewSession);
        assert_eq!(post("/session/s/url"), Asked::Command { session: "s".to_owned() });
        assert_eq!(
            Asked::of(&Method::GET, "/session/s/backgroundfetch/a/click"),
            Asked::Command { session: "s".to_owned() }
        );
        assert_eq!(Asked::of(&Method::GET, "/status"), Asked::Other);
    }
}
