//! chromedriver, as the proxy starts and asks it, and what WebDriver answers look like.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::super::http;
use super::super::launch::Group;
use super::super::shared::lock;
use super::super::widgets::free_port;
use crate::adapter::AdapterError;
use crate::adapter::watchdog::Watchdog;

/// How long chromedriver may take to be there, and to answer for itself.
const READY: Duration = Duration::from_secs(20);

/// How often it is asked whether it is there.
const ASK_AFTER: Duration = Duration::from_millis(20);

/// How long what a browser leaves may take to be gone.
const LEAVING: Duration = Duration::from_secs(2);

/// What is between two ends of a connection, and no part of a message.
const OF_CONNECTION: [HeaderName; 5] =
    [header::HOST, header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::UPGRADE];

/// A running chromedriver.
pub(super) struct Driver {
    url: String,
    started: Mutex<Option<Started>>,
}

struct Started {
    // In this order.
    group: Group,
    watchdog: Watchdog,
    /// Where it and its browsers have their temporary files: some are left behind.
    folder: TempDir,
}

/// What chromedriver answered, or what the proxy answers in its place.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// An error of the protocol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    status: u16,
    error: &'static str,
    message: String,
}

impl Driver {
    pub(super) fn start(program: &Path) -> Result<Self, AdapterError> {
        let fault = |error: std::io::Error| AdapterError(format!("can't prepare `{}`: {error}", program.display()));
        let folder = tempfile::Builder::new().prefix("bgfspec-webdriver-").tempdir().map_err(fault)?;
        let port = free_port().map_err(fault)?;
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).env("TMPDIR", folder.path()).stdout(Stdio::null());
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        let mut group = Group::start(
            command,
            "install the Debian package chromium-driver, or name the program with --driver PATH",
        )?;
        let watchdog = Watchdog::over(&[group.id()], Some(folder.path()));
        let url = format!("http://127.0.0.1:{port}");
        let deadline = Instant::now() + READY;
        while http::get(&format!("{url}/status"), READY).is_err() {
            if let Some(reason) = group.gone() {
                return Err(AdapterError(format!("`{}` ended: {reason}", program.display())));
            }
            if Instant::now() >= deadline {
                return Err(AdapterError(format!("`{}` does not answer: is it chromedriver?", program.display())));
            }
            std::thread::sleep(ASK_AFTER);
        }
        Ok(Driver { url, started: Mutex::new(Some(Started { group, watchdog, folder })) })
    }

    /// One that somebody else has started.
    #[cfg(test)]
    pub(super) fn at(url: String) -> Self {
        Driver { url, started: Mutex::new(None) }
    }

    pub(super) fn gone(&self) -> Option<String> {
        lock(&self.started).as_mut().and_then(|started| started.group.gone())
    }

    /// Ends it and its browsers, and takes away what they leave.
    pub(super) fn end(&self) {
        let Some(Started { group, watchdog, folder }) = lock(&self.started).take() else { return };
        drop(group);
        drop(watchdog);
        let path: PathBuf = folder.keep();
        // A browser that is being killed may still write there.
        let deadline = Instant::now() + LEAVING;
        while std::fs::remove_dir_all(&path).is_err() && path.exists() && Instant::now() < deadline {
            std::thread::sleep(ASK_AFTER);
        }
    }

    /// Passes a request on as it is.
    pub(super) fn forward(&self, head: &Parts, body: Vec<u8>) -> Result<Answer, Fault> {
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = ureq::http::Request::builder().method(&head.method).uri(format!("{}{path}", self.url));
        for (name, value) in head.headers.iter().filter(|(name, _)| !OF_CONNECTION.contains(name)) {
            request = request.header(name, value);
        }
        self.run(request, body)
    }

    /// Asks for something of the proxy's own.
    pub(super) fn ask(&self, method: Method, path: &str, body: Option<&Json>) -> Result<Answer, Fault> {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        self.run(request, body.map(|body| body.to_string().into_bytes()).unwrap_or_default())
    }

    fn run(&self, request: ureq::http::request::Builder, body: Vec<u8>) -> Result<Answer, Fault> {
        let fault = |error: ureq::Error| Fault::unknown(format!("chromedriver does not answer: {error}"));
        // There is no limit of time: how long a script or a page may take, the caller says.
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().new_agent();
        let has_body = request.method_ref().is_some_and(|method| method == Method::POST || method == Method::PUT);
        let unknown = |error: ureq::http::Error| Fault::unknown(error.to_string());
        let response = if has_body {
            agent.run(request.body(body).map_err(unknown)?)
        } else {
            agent.run(request.body(()).map_err(unknown)?)
        };
        let (head, mut body) = response.map_err(fault)?.into_parts();
        let body = body.with_config().limit(u64::MAX).read_to_vec().map_err(fault)?;
        Ok(Answer { status: head.status, headers: head.headers, body })
    }
}

/// The URL of a browser's own DevTools socket, at this host and port.
pub(super) fn devtools_url(door: &str) -> Result<String, String> {
    let version = http::get(&format!("http://{door}/json/version"), READY)?;
    let url = version["webSocketDebuggerUrl"].as_str().map(str::to_owned);
    url.ok_or_else(|| format!("{door} tells no address of its own: {version}"))
}

impl Answer {
    /// Success, with this value. An error differs in its status alone.
    pub(super) fn success(value: &Json) -> Self {
        let body = json!({ "value": value }).to_string().into_bytes();
        Answer { status: StatusCode::OK, headers: own_headers(), body }
    }

    /// The value of the answer, if it is one of WebDriver.
    pub(super) fn value(&self) -> Option<Json> {
        let mut body: Json = serde_json::from_slice(&self.body).ok()?;
        body.get_mut("value").map(Json::take)
    }

    /// Adds to the message of an error what to do.
    pub(super) fn with_hint(self, hint: &str) -> Self {
        let value = self.value().unwrap_or_default();
        let message = value["message"].as_str().unwrap_or_default().trim_end_matches(['.', '\n']).to_owned();
        self.with(&["message"], format!("{message}. {hint}.").into())
    }

    /// Sets a member of the value.
    pub(super) fn with(mut self, path: &[&str], member: Json) -> Self {
        if let Ok(mut body) = serde_json::from_slice::<Json>(&self.body) {
            *path.iter().fold(&mut body["value"], |value, name| &mut value[*name]) = member;
            self.body = body.to_string().into_bytes();
        }
        self
    }

    #[cfg(test)]
    pub(super) fn parts(self) -> (u16, Json) {
        (self.status.as_u16(), serde_json::from_slice(&self.body).unwrap_or_default())
    }

    pub(super) fn response(self) -> Response {
        let mut headers = self.headers;
        OF_CONNECTION.iter().for_each(|name| drop(headers.remove(name)));
        (self.status, headers, self.body).into_response()
    }
}

impl Fault {
    pub(super) fn new(status: u16, error: &'static str, message: String) -> Self {
        Fault { status, error, message }
    }

    /// What has no name in a specification.
    pub(super) fn unknown(message: String) -> Self {
        Fault::new(500, "unknown error", message)
    }

    fn answer(self) -> Answer {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let value = json!({ "error": self.error, "message": self.message, "stacktrace": "" });
        Answer { status, ..Answer::success(&value) }
    }

    pub(super) fn response(self) -> Response {
        self.answer().response()
    }

    #[cfg(test)]
    pub(super) fn parts(self) -> (u16, Json) {
        self.answer().parts()
    }
}

fn own_headers() -> HeaderMap {
    let json = header::HeaderValue::from_static("application/json; charset=utf-8");
    let no_store = header::HeaderValue::from_static("no-cache");
    HeaderMap::from_iter([(header::CONTENT_TYPE, json), (header::CACHE_CONTROL, no_store)])
}
