//! Chromium with one page in it, driven over its DevTools protocol.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bgfspec_reports::{Report, html};
use process_wrap::std::{ChildWrapper, CommandWrap, ProcessGroup};
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

/// How long anything may take. It fails a test that hangs, and says nothing of speed: the machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(600);

/// The browser, if it is installed.
pub(crate) fn program() -> Option<PathBuf> {
    on_search_path("chromium")
}

pub(crate) fn on_search_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|program| program.is_file())
}

/// A browser that shows a page. All it started and wrote goes with it.
pub(crate) struct Browser {
    child: Box<dyn ChildWrapper>,
    folder: TempDir,
    socket: WebSocket<TcpStream>,
    session: Option<String>,
    last: u64,
    /// Errors of the console, exceptions, and what the page's policy refused.
    pub(crate) complaints: Vec<String>,
    /// The addresses that were asked for.
    pub(crate) requests: Vec<String>,
}

impl Browser {
    /// Opens the page of a report from disk, at this fragment.
    pub(crate) fn open(report: &Report, fragment: &str) -> Self {
        let mut browser = Self::start(report);
        browser.visit(fragment);
        browser
    }

    /// Starts the browser with an empty page; the report's is on disk.
    pub(crate) fn start(report: &Report) -> Self {
        let folder = tempfile::Builder::new().prefix("bgfspec-page-").tempdir().expect("A folder can be made.");
        std::fs::write(folder.path().join("report.html"), html(report)).expect("The page can be written.");
        let profile = folder.path().join("profile");
        let mut command = Command::new(program().expect("Chromium is installed."));
        command
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-extensions"])
            .args(["--remote-debugging-port=0", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = CommandWrap::from(command).wrap(ProcessGroup::leader()).spawn().expect("Chromium starts.");
        let socket = connect(&profile.join("DevToolsActivePort"), |written| {
            let (port, path) = written.split_once('\n')?;
            Some((port.to_owned(), path.trim().to_owned()))
        });
        let (complaints, requests) = (Vec::new(), Vec::new());
        let mut browser = Self { child, folder, socket, session: None, last: 0, complaints, requests };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = browser.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser.size(1280, 900);
        browser
    }

    /// Goes to the page at this fragment, anew.
    pub(crate) fn visit(&mut self, fragment: &str) {
        self.go(&format!("file://{}{fragment}", self.folder.path().join("report.html").display()));
    }

    /// Goes to an address, anew.
    pub(crate) fn go(&mut self, page: &str) {
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        self.wait("location.href === 'about:blank'");
        self.call("Page.navigate", json!({ "url": page }));
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /// Waits until the script has shown what the address asks for.
    pub(crate) fn settled(&mut self) {
        self.wait("document.getElementById('shown').textContent !== ''");
    }

    pub(crate) fn size(&mut self, width: u32, height: u32) {
        self.scaled(width, height, 1);
    }

    /// Has the window show as much, with so many pixels for one.
    pub(crate) fn scaled(&mut self, width: u32, height: u32, scale: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Has the user prefer this.
    pub(crate) fn prefers(&mut self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.call("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// What an expression gives; a promise is waited for.
    #[track_caller]
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let asked =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let given = self.call("Runtime.evaluate", asked);
        assert!(given.get("exceptionDetails").is_none(), "{expression}: {given}");
        given["result"]["value"].clone()
    }

    #[track_caller]
    pub(crate) fn text(&mut self, expression: &str) -> String {
        self.evaluate(expression).as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub(crate) fn wait(&mut self, condition: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.evaluate(&format!("Boolean({condition})")) != true {
            assert!(Instant::now() < deadline, "It was never so: {condition}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses and releases a key, as a keyboard does.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "ArrowDown" => (40, ""),
            "End" => (35, ""),
            _ => (0, key),
        };
        let mut event = json!({ "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "key": key, "code": key,
            "windowsVirtualKeyCode": code, "text": text });
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", event);
    }

    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.socket.send(Message::text(message.to_string())).expect("The browser listens.");
        loop {
            let Message::Text(text) = self.socket.read().expect("The browser answers.") else { continue };
            let answer: Value = serde_json::from_str(&text).expect("It speaks JSON.");
            self.note(&answer);
            if answer["id"] == self.last {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    fn note(&mut self, told: &Value) {
        let what = &told["params"];
        match told["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.complaints.push(what.to_string()),
            Some("Runtime.consoleAPICalled") if what["type"] == "error" => self.complaints.push(what.to_string()),
            Some("Log.entryAdded") if what["entry"]["level"] == "error" => self.complaints.push(what.to_string()),
            Some("Network.requestWillBeSent") => {
                self.requests.push(what["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
            _ => {}
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.start_kill();
        let _ = self.child.wait();
    }
}

/// The socket of a browser that writes into a file where it is once it is ready: the port, and the path.
pub(crate) fn connect(file: &Path, told: impl Fn(&str) -> Option<(String, String)>) -> WebSocket<TcpStream> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some((port, path)) = told(&std::fs::read_to_string(file).unwrap_or_default()) {
            let stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("The browser's door is open.");
            stream.set_read_timeout(Some(PATIENCE)).expect("A time can be set.");
            return tungstenite::client(format!("ws://127.0.0.1:{port}{path}"), stream).expect("It is a socket.").0;
        }
        assert!(Instant::now() < deadline, "The browser did not start.");
        std::thread::sleep(Duration::from_millis(20));
    }
}
