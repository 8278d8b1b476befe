//! The loopback site: the page, the scripts of workers, the sockets of agents, and what a page can ask of the outside world.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use super::act::{Acted, Deed};
use super::network::{Claim, Network};
use crate::adapter::AdapterError;

const AGENT: &str = include_str!("../../../agents/agent.js");
const REALM: &str = include_str!("../../../agents/browser/realm.js");
const SCENARIO: &str = include_str!("../../../agents/browser/scenario.js");

/// The files of the site, by address.
const FILES: &[(&str, &str, &str)] = &[
    ("/", "text/html", include_str!("../../../agents/browser/index.html")),
    ("/frame", "text/html", FRAME),
    ("/agent.js", SCRIPT, AGENT),
    ("/realm.js", SCRIPT, REALM),
    ("/page.js", SCRIPT, include_str!("../../../agents/browser/page.js")),
    ("/controller.js", SCRIPT, include_str!("../../../agents/browser/controller.js")),
    ("/dedicated.js", SCRIPT, include_str!("../../../agents/browser/dedicated.js")),
    ("/host.js", SCRIPT, include_str!("../../../agents/browser/host.js")),
];

const SCRIPT: &str = "text/javascript";
const FRAME: &str = include_str!("../../../agents/browser/frame.html");

/// The largest scenario that a page may post, in bytes.
const LARGEST_BODY: usize = 16 << 20;

/// What the harness knows of the browser, and what the page may ask of the harness.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Config {
    /// Who it is, where the harness knows better than the page.
    pub who: Who,
    /// What the harness can do for the page, in the words of capabilities.
    pub capabilities: Vec<String>,
}

/// Who a browser is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Who {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// What the outside world can do to a browser beside showing it a page.
pub trait Outside: Send + Sync {
    /// Stops the running service worker with this script's address.
    ///
    /// # Errors
    /// Says why it could not.
    fn stop_worker(&self, script: &str) -> Result<(), String>;

    /// Sets a permission of the site.
    ///
    /// # Errors
    /// Says why it could not.
    fn set_permission(&self, origin: &str, name: &str, state: &str) -> Result<(), String>;

    /// Does what a user would at the interface of a background fetch.
    ///
    /// # Errors
    /// Says why it could not.
    fn act(&self, _: &Deed) -> Result<Acted, String> {
        Err("nobody acts on the interface of this browser".to_owned())
    }

    /// The addresses of the windows that are open beside the page that plays.
    ///
    /// # Errors
    /// Says why they can't be told.
    fn windows(&self) -> Result<Vec<String>, String> {
        Err("the windows of this browser are not seen".to_owned())
    }

    /// Closes them.
    ///
    /// # Errors
    /// Says why it could not.
    fn close_windows(&self) -> Result<(), String> {
        Err("the windows of this browser are not seen".to_owned())
    }
}

/// The site. It ends when it is dropped.
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
    sockets: Mutex<Receiver<Result<Socket, String>>>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the requests share.
struct Shared {
    config: Mutex<Config>,
    outside: Mutex<Option<Arc<dyn Outside>>>,
    scripts: Mutex<HashMap<String, String>>,
    network: Network,
    sockets: Sender<Result<Socket, String>>,
    origin: Mutex<String>,
    report: Mutex<Option<String>>,
}

/// The connection to one agent of a page.
#[derive(Debug)]
pub struct Socket {
    /// Where its scenarios run.
    pub scope: String,
    to_page: UnboundedSender<String>,
    from_page: Receiver<String>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Site {
    /// Opens the site on a port of the loopback interface: this one, or any if it is 0.
    ///
    /// # Errors
    /// Says why it can't be opened.
    pub fn open(port: u16) -> Result<Self, AdapterError> {
        let fault =
            |error: std::io::Error| AdapterError(format!("can't open a site on the loopback interface: {error}"));
        let listener = std::net::TcpListener::bind(("127.0.0.1", port)).map_err(fault)?;
        listener.set_nonblocking(true).map_err(fault)?;
        let address = listener.local_addr().map_err(fault)?;
        let (sockets, arrivals) = channel();
        let shared = Arc::new(Shared {
            config: Mutex::default(),
            outside: Mutex::default(),
            scripts: Mutex::default(),
            network: Network::default(),
            sockets,
            origin: Mutex::new(format!("http://{address}")),
            report: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(fault)?;
        let (end, ended) = oneshot::channel::<()>();
        let router = router(Arc::clone(&shared));
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                let served = std::future::IntoFuture::into_future(axum::serve(listener, router));
                tokio::select! { _ = served => {}, _ = ended => {} }
            });
            // Connections that are still open are nobody's any more.
            runtime.shutdown_background();
        });
        Ok(Site { address, shared, sockets: Mutex::new(arrivals), end: Some(end), thread: Some(thread) })
    }

    /// The address of the page that plays in these scopes; all there are, if none is named.
    #[must_use]
    pub fn page(&self, scopes: &[&str]) -> String {
        let scopes = if scopes.is_empty() { String::new() } else { format!("?scopes={}", scopes.join(",")) };
        format!("http://{}/{scopes}", self.address)
    }

    /// Says who the browser is and what can be done to it from outside.
    pub fn configure(&self, config: Config, outside: Option<Arc<dyn Outside>>) {
        *lock(&self.shared.config) = config;
        *lock(&self.shared.outside) = outside;
    }

    /// Shows this page at `/report`.
    pub fn show_report(&self, html: String) {
        *lock(&self.shared.report) = Some(html);
    }

    /// Waits for an agent; `None` if there is none yet.
    ///
    /// # Errors
    /// The page says that it can't play.
    pub fn accept(&self, timeout: Duration) -> Result<Option<Socket>, String> {
        match lock(&self.sockets).recv_timeout(timeout) {
            Ok(arrival) => arrival.map(Some),
            Err(_) => Ok(None),
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Socket {
    /// Sends a message; false if the page is gone.
    #[must_use]
    pub fn send(&self, message: String) -> bool {
        self.to_page.send(message).is_ok()
    }

    /// Waits for a message.
    ///
    /// # Errors
    /// There was none in time, or the page is gone.
    pub fn receive(&self, timeout: Duration) -> Result<String, RecvTimeoutError> {
        self.from_page.recv_timeout(timeout)
    }
}

/// A panic of another thread leaves nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new();
    for &(path, kind, text) in FILES {
        router = router.route(path, get(move || async move { file(kind, text.to_owned()) }));
    }
    router
        .route("/config", get(|State(shared): State<Arc<Shared>>| async move { json(&*lock(&shared.config)) }))
        .route("/socket", get(socket))
        .route("/failed", post(failed))
        .route("/report", get(report))
        .route("/s/{session}/{scenario}/worker.js", get(worker_script))
        .route("/s/{session}/{scenario}/page", get(|| async { file("text/html", FRAME.to_owned()) }))
        .route("/control/script", post(set_script))
        .route("/control/forget", post(forget))
        .route("/control/stop", post(stop_worker))
        .route("/control/permission", post(set_permission))
        .route("/control/claim", post(claim))
        .route("/control/act", post(act))
        .route("/control/opened", post(opened))
        .route("/control/close", post(close_windows))
        .route("/control/progress", post(progress))
        .route("/control/finish", post(finish))
        .fallback(|State(shared): State<Arc<Shared>>, request: Request| async move {
            let (head, _) = request.into_parts();
            shared.network.answer(&head).await
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(shared)
}

fn file(kind: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response()
}

fn json(value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => file("application/json", text),
        Err(error) => fault(&error.to_string()),
    }
}

fn fault(message: &str) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, message.to_owned()).into_response()
}

fn done(result: Result<(), String>) -> Response {
    match result {
        Ok(()) => json(&true),
        Err(message) => fault(&message),
    }
}

#[derive(Deserialize)]
struct SocketQuery {
    scope: String,
}

async fn socket(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<SocketQuery>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| async move {
        let (to_page, outgoing) = unbounded_channel();
        let (incoming, from_page) = channel();
        if shared.sockets.send(Ok(Socket { scope: query.scope, to_page, from_page })).is_ok() {
            carry(socket, outgoing, incoming).await;
        }
    })
}

/// Carries messages both ways until one side is gone.
async fn carry(socket: WebSocket, mut outgoing: UnboundedReceiver<String>, incoming: Sender<String>) {
    let (mut to, mut from) = socket.split();
    loop {
        tokio::select! {
            message = outgoing.recv() => match message {
                Some(text) => {
                    if to.send(Message::text(text)).await.is_err() {
                        break;
                    }
                }
                None => break,
            },
            message = from.next() => match message {
                Some(Ok(Message::Text(text))) => {
                    if incoming.send(text.to_string()).is_err() {
                        break;
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => break,
            },
        }
    }
    let _ = to.close().await;
}

async fn failed(State(shared): State<Arc<Shared>>, body: String) -> Response {
    let _ = shared.sockets.send(Err(body));
    json(&true)
}

async fn report(State(shared): State<Arc<Shared>>) -> Response {
    match lock(&shared.report).clone() {
        Some(html) => file("text/html; charset=utf-8", html),
        None => (StatusCode::NOT_FOUND, "There is no report yet.").into_response(),
    }
}

#[derive(Deserialize)]
struct ScriptQuery {
    n: u32,
}

async fn worker_script(
    State(shared): State<Arc<Shared>>,
    Path((session, scenario)): Path<(String, String)>,
    Query(query): Query<ScriptQuery>,
) -> Response {
    let key = format!("/s/{session}/{scenario}/worker.js?n={}", query.n);
    match lock(&shared.scripts).get(&key) {
        Some(script) => file(SCRIPT, script.clone()),
        None => (StatusCode::NOT_FOUND, "This scenario is over.").into_response(),
    }
}

/// Reads what a page posted; pages are this program's own, so a mistake in it is one here.
fn read<'a, T: Deserialize<'a>>(body: &'a Bytes) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

async fn set_script(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    struct Asked {
        path: String,
        number: u32,
        script: String,
    }
    done(read::<Asked>(&body).map(|Asked { path, number, script }| {
        let text = format!("self.bgfspecScenario = {script};\n{AGENT}\n{REALM}\n{SCENARIO}");
        lock(&shared.scripts).insert(format!("{path}?n={number}"), text);
    }))
}

async fn forget(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    struct Asked {
        scope: String,
    }
    done(read::<Asked>(&body).map(|Asked { scope }| {
        lock(&shared.scripts).retain(|path, _| !path.starts_with(&scope));
        shared.network.forget();
    }))
}

/// Does something outside, in a thread that may wait.
async fn outside<T: Send + 'static>(
    shared: &Arc<Shared>,
    act: impl FnOnce(&dyn Outside) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let outside = lock(&shared.outside).clone().ok_or("this browser can't be acted on from outside")?;
    tokio::task::spawn_blocking(move || act(&*outside)).await.map_err(|error| error.to_string())?
}

async fn stop_worker(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    struct Asked {
        script: String,
    }
    done(match read::<Asked>(&body) {
        Ok(asked) => outside(&shared, move |outside| outside.stop_worker(&asked.script)).await,
        Err(error) => Err(error),
    })
}

async fn set_permission(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    struct Asked {
        name: String,
        state: String,
    }
    let origin = lock(&shared.origin).clone();
    done(match read::<Asked>(&body) {
        Ok(asked) => outside(&shared, move |outside| outside.set_permission(&origin, &asked.name, &asked.state)).await,
        Err(error) => Err(error),
    })
}

async fn act(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let acted = match read::<Deed>(&body) {
        Ok(deed) => outside(&shared, move |outside| outside.act(&deed)).await,
        Err(error) => Err(error),
    };
    acted.map_or_else(|error| fault(&error), |acted| json(&acted))
}

/// The windows that were opened, in the order in which they asked for their pages; those of other origins, whose servers tell
/// nothing here, come last.
async fn opened(State(shared): State<Arc<Shared>>) -> Response {
    let origin = lock(&shared.origin).clone();
    let windows = match outside(&shared, |outside| outside.windows()).await {
        Ok(windows) => windows,
        Err(error) => return fault(&error),
    };
    let mut opened = shared.network.opened().clone();
    opened.extend(windows.into_iter().filter(|address| address.starts_with("http") && !address.starts_with(&origin)));
    json(&opened)
}

async fn close_windows(State(shared): State<Arc<Shared>>) -> Response {
    done(outside(&shared, |outside| outside.close_windows()).await)
}

async fn claim(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    match read::<Claim>(&body) {
        Ok(asked) => json(&shared.network.claim(&asked).await),
        Err(error) => fault(&error),
    }
}

async fn progress(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    done(read(&body).and_then(|asked| shared.network.progress(asked)))
}

async fn finish(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    done(read(&body).and_then(|asked| shared.network.finish(asked)))
}
