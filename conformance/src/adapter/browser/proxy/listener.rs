//! Listens to a browser's DevTools for what WebDriver can't ask: which background fetches begin and end, and their titles.

use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value as Json, json};
use tungstenite::{Message, WebSocket};

use super::super::shared::lock;
use super::record::Record;

/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(10);

/// Tells the titles that a page gives.
const TITLES: &str = include_str!("../../../../agents/browser/titles.js");

/// The connection to one browser, on which nothing is waited for but events.
struct Listener {
    socket: WebSocket<TcpStream>,
    sent: u64,
    record: Arc<Mutex<Record>>,
}

/// What was read.
#[derive(PartialEq, Eq)]
enum Read {
    /// The answer to something that was sent.
    Answer,
    /// Something that was told without being asked for.
    Event,
}

/// Listens to the browser whose DevTools have this URL, until it ends. All its pages are listened to when this returns, and each
/// new one as soon as it is there.
pub(super) fn listen(url: &str, record: Arc<Mutex<Record>>) -> Result<(), String> {
    let host = url.strip_prefix("ws://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let stream = TcpStream::connect(host).map_err(|error| error.to_string())?;
    stream.set_read_timeout(Some(ANSWER)).map_err(|error| error.to_string())?;
    let (socket, _) = tungstenite::client(url, stream).map_err(|error| error.to_string())?;
    let mut listener = Listener { socket, sent: 0, record };
    let pages = json!([{ "type": "page" }, { "exclude": true }]);
    // Pages don't wait for the debugger: Chromium would let service workers wait too, and nothing would resume them.
    let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true, "filter": pages });
    listener.send(None, "Target.setAutoAttach", &attach)?;
    let mut answered = 0;
    while answered < listener.sent {
        answered += u64::from(listener.read()? == Read::Answer);
    }
    listener.socket.get_ref().set_read_timeout(None).map_err(|error| error.to_string())?;
    std::thread::spawn(move || while listener.read().is_ok() {});
    Ok(())
}

impl Listener {
    fn send(&mut self, session: Option<&str>, method: &str, parameters: &Json) -> Result<(), String> {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": parameters });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        self.socket.send(Message::text(message.to_string())).map_err(|error| error.to_string())
    }

    /// Reads one message.
    fn read(&mut self) -> Result<Read, String> {
        let message = self.socket.read().map_err(|error| format!("the browser does not answer: {error}"))?;
        let Message::Text(text) = message else { return Ok(Read::Event) };
        let message: Json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        if message["method"] == "Target.attachedToTarget" {
            self.attend(message["params"]["sessionId"].as_str().unwrap_or_default())?;
        }
        lock(&self.record).note(&message);
        Ok(if message.get("id").is_some() { Read::Answer } else { Read::Event })
    }

    /// Has a page tell what is to be known.
    fn attend(&mut self, session: &str) -> Result<(), String> {
        let fetches = json!({ "service": "backgroundFetch" });
        let recorded = json!({ "service": "backgroundFetch", "shouldRecord": true });
        let titles = json!({ "source": TITLES, "runImmediately": true });
        for (method, parameters) in [
            ("ServiceWorker.enable", &json!({})),
            // Told once, though each page tells it: the pages of a browser have one log.
            ("BackgroundService.startObserving", &fetches),
            ("BackgroundService.setRecording", &recorded),
            ("Runtime.enable", &json!({})),
            ("Runtime.addBinding", &json!({ "name": "bgfspecTitle" })),
            ("Page.enable", &json!({})),
            ("Page.addScriptToEvaluateOnNewDocument", &titles),
        ] {
            self.send(Some(session), method, parameters)?;
        }
        Ok(())
    }
}
