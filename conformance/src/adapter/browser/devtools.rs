//! What Chromium's DevTools protocol can do that no page can.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tungstenite::{Message, WebSocket};

use super::http;
use super::outside::Outside;

/// How long a browser's own door may take to be there.
const READY: Duration = Duration::from_secs(30);

/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(5);

/// The door of one browser. It is opened when it is first needed.
pub(super) struct DevTools {
    door: Door,
    session: Mutex<Option<Session>>,
}

/// Where a door is.
enum Door {
    /// A browser that was started with this profile writes it there.
    Profile(PathBuf),
    /// A host and a port.
    Address(String),
}

struct Session {
    socket: WebSocket<TcpStream>,
    last: u64,
    /// The session of a page, in which service workers are told of.
    page: Option<String>,
    /// The running versions of service workers: the address of the script, and the id.
    versions: Vec<(String, String)>,
}

impl DevTools {
    /// The door of the browser with this profile.
    pub(super) fn of_profile(profile: PathBuf) -> Self {
        DevTools { door: Door::Profile(profile), session: Mutex::new(None) }
    }

    /// The door at this host and port, if it is the one of the browser that shows this page: a name such as `localhost` that
    /// was told by another machine means that one.
    pub(super) fn of_address(address: &str, page: &str) -> Option<Self> {
        let targets = http::get(&format!("http://{address}/json/list"), ANSWER).ok()?;
        let shows = |target: &Json| target["url"] == page;
        targets
            .as_array()?
            .iter()
            .any(shows)
            .then(|| DevTools { door: Door::Address(address.to_owned()), session: Mutex::new(None) })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Session) -> Result<T, String>) -> Result<T, String> {
        let mut session = self.session.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut open = match session.take() {
            Some(open) => open,
            None => Session::open(&self.door.address()?)?,
        };
        let result = act(&mut open)?;
        // Kept only after it worked.
        *session = Some(open);
        Ok(result)
    }
}

impl DevTools {
    /// The addresses of all windows but the one that plays.
    pub(super) fn windows(&self) -> Result<Vec<String>, String> {
        self.with(|session| {
            let (_, others) = session.windows()?;
            Ok(others.iter().filter_map(|target| target["url"].as_str().map(str::to_owned)).collect())
        })
    }

    /// Closes all windows but the one that plays.
    pub(super) fn close_windows(&self) -> Result<(), String> {
        self.with(|session| {
            let (_, others) = session.windows()?;
            for target in others {
                // One that was closed meanwhile is none that is left.
                let _ = session.call(None, "Target.closeTarget", &json!({ "targetId": target["targetId"] }));
            }
            Ok(())
        })
    }
}

impl Outside for DevTools {
    fn stop_worker(&self, script: &str) -> Result<(), String> {
        self.with(|session| {
            session.watch_workers()?;
            let version = session.version(script)?;
            session.on_page("ServiceWorker.stopWorker", &json!({ "versionId": version }))?;
            session.wait_until_stopped(script)
        })
    }

    fn set_permission(&self, origin: &str, name: &str, state: &str) -> Result<(), String> {
        self.with(|session| {
            let permission = json!({ "permission": { "name": name }, "setting": state, "origin": origin });
            session.call(None, "Browser.setPermission", &permission).map(|_| ())
        })
    }
}

impl Door {
    /// The address of the browser's own socket.
    fn address(&self) -> Result<String, String> {
        match self {
            Door::Profile(profile) => {
                let written = wait_for(&profile.join("DevToolsActivePort"))?;
                let mut lines = written.lines();
                let (Some(port), Some(path)) = (lines.next(), lines.next()) else {
                    return Err(format!("`DevToolsActivePort` has no address: {written}"));
                };
                Ok(format!("ws://127.0.0.1:{port}{path}"))
            }
            Door::Address(address) => {
                let version = http::get(&format!("http://{address}/json/version"), ANSWER)?;
                let socket = version["webSocketDebuggerUrl"].as_str();
                socket.map(str::to_owned).ok_or_else(|| format!("{address} tells no address of its own: {version}"))
            }
        }
    }
}

impl Session {
    fn open(address: &str) -> Result<Self, String> {
        let host = address.strip_prefix("ws://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let stream = TcpStream::connect(host).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(ANSWER)).map_err(|error| error.to_string())?;
        let (socket, _) = tungstenite::client(address, stream).map_err(|error| error.to_string())?;
        Ok(Session { socket, last: 0, page: None, versions: Vec::new() })
    }

    /// Calls a method and gives its result; what is told meanwhile is noted.
    fn call(&mut self, session: Option<&str>, method: &str, parameters: &Json) -> Result<Json, String> {
        self.last += 1;
        let id = self.last;
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        self.socket.send(Message::text(message.to_string())).map_err(|error| error.to_string())?;
        loop {
            let answer = self.read()?;
            if answer["id"] == id {
                return match answer.get("error") {
                    Some(error) => Err(format!("{method}: {error}")),
                    None => Ok(answer["result"].clone()),
                };
            }
        }
    }

    fn on_page(&mut self, method: &str, parameters: &Json) -> Result<Json, String> {
        let page = self.page.clone();
        self.call(page.as_deref(), method, parameters)
    }

    fn read(&mut self) -> Result<Json, String> {
        loop {
            let message = self.socket.read().map_err(|error| format!("the browser does not answer: {error}"))?;
            let Message::Text(text) = message else { continue };
            let answer: Json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            if answer["method"] == "ServiceWorker.workerVersionUpdated" {
                self.note(&answer["params"]["versions"]);
            }
            return Ok(answer);
        }
    }

    fn note(&mut self, versions: &Json) {
        for version in versions.as_array().into_iter().flatten() {
            let (Some(script), Some(id)) = (version["scriptURL"].as_str(), version["versionId"].as_str()) else {
                continue;
            };
            self.versions.retain(|(_, known)| known != id);
            if matches!(version["runningStatus"].as_str(), Some("running" | "starting")) {
                self.versions.push((script.to_owned(), id.to_owned()));
            }
        }
    }

    /// Has service workers told of, from the page on.
    fn watch_workers(&mut self) -> Result<(), String> {
        if self.page.is_some() {
            return Ok(());
        }
        let (page, _) = self.windows()?;
        let attach = json!({ "targetId": page["targetId"], "flatten": true });
        let attached = self.call(None, "Target.attachToTarget", &attach)?;
        self.page = attached["sessionId"].as_str().map(str::to_owned);
        self.on_page("ServiceWorker.enable", &json!({})).map(|_| ())
    }

    /// The window that plays, and all others.
    fn windows(&mut self) -> Result<(Json, Vec<Json>), String> {
        let targets = self.call(None, "Target.getTargets", &json!({}))?;
        let targets = targets["targetInfos"].as_array().cloned().unwrap_or_default();
        let pages = targets.into_iter().filter(|target| target["type"] == "page");
        let plays = |target: &Json| target["url"].as_str().is_some_and(|url| url.contains("/?scopes="));
        let (mut own, others): (Vec<Json>, Vec<Json>) = pages.partition(plays);
        Ok((own.pop().ok_or("the browser has no page that plays")?, others))
    }

    fn version(&mut self, script: &str) -> Result<String, String> {
        // What has been told so far is read with the answer to any call.
        self.call(None, "Browser.getVersion", &json!({}))?;
        loop {
            if let Some((_, id)) = self.versions.iter().find(|(known, _)| known == script) {
                return Ok(id.clone());
            }
            self.read()?;
        }
    }

    fn wait_until_stopped(&mut self, script: &str) -> Result<(), String> {
        while self.versions.iter().any(|(known, _)| known == script) {
            self.read()?;
        }
        Ok(())
    }
}

/// Waits for a file that a browser writes once it is ready.
fn wait_for(file: &Path) -> Result<String, String> {
    let deadline = Instant::now() + READY;
    loop {
        match std::fs::read_to_string(file) {
            Ok(text) if !text.is_empty() => return Ok(text),
            _ if Instant::now() >= deadline => return Err(format!("`{}` was not written", file.display())),
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}
