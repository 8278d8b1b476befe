//! What the loopback site answers: the page, the scripts of workers, the sockets of agents, and what a page can ask of the
//! outside world.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::act::Deed;
use super::command::ClickCommand;
use super::network::Claim;
use super::outside::Outside;
use super::page::{Hello, Page};
use super::shared::{Arrival, Shared, Socket, lock};

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
    ("/reading.js", SCRIPT, include_str!("../../../agents/browser/reading.js")),
    ("/calm.js", SCRIPT, include_str!("../../../agents/browser/calm.js")),
    ("/controller.js", SCRIPT, include_str!("../../../agents/browser/controller.js")),
    ("/dedicated.js", SCRIPT, include_str!("../../../agents/browser/dedicated.js")),
    ("/host.js", SCRIPT, include_str!("../../../agents/browser/host.js")),
];

const SCRIPT: &str = "text/javascript";
const FRAME: &str = include_str!("../../../agents/browser/frame.html");

/// The largest scenario that a page may post, in bytes.
const LARGEST_BODY: usize = 16 << 20;

/// What the site answers.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new();
    for &(path, kind, text) in FILES {
        router = router.route(path, get(move || async move { file(kind, text.to_owned()) }));
    }
    router
        .route("/config", get(|State(shared): State<Arc<Shared>>| async move { json(&*lock(&shared.config)) }))
        .route("/socket", get(socket))
        .route("/page", get(page))
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
        .route("/control/webdriver", post(webdriver))
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
    #[serde(default)]
    page: String,
}

async fn socket(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<SocketQuery>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !is_own_page(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade.on_upgrade(move |socket| async move {
        let (to_page, outgoing) = unbounded_channel();
        let (incoming, from_page) = channel();
        let agent = Ok(Socket { scope: query.scope, to_page, from_page });
        if shared.agents.send(Arrival { page: query.page, agent }).is_ok() {
            carry(socket, outgoing, incoming).await;
        }
    })
}

/// A page tells that it is there, and is told over this socket what to do and how it goes.
async fn page(
    State(shared): State<Arc<Shared>>,
    Query(hello): Query<Hello>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !is_own_page(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade.on_upgrade(move |socket| async move {
        let (to_page, outgoing) = unbounded_channel();
        // It has nothing to say.
        let (incoming, _from_page) = channel();
        if shared.pages.send(Page::new(hello, to_page)).is_ok() {
            carry(socket, outgoing, incoming).await;
        }
    })
}

/// Whether a socket is opened by a page of this site: any page of the web may try, and could pass itself off as a browser's result.
fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = text(header::HOST);
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost") && text(header::ORIGIN) == format!("http://{host}")
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

#[derive(Deserialize)]
struct FailedQuery {
    #[serde(default)]
    page: String,
}

async fn failed(State(shared): State<Arc<Shared>>, Query(query): Query<FailedQuery>, body: String) -> Response {
    let _ = shared.agents.send(Arrival { page: query.page, agent: Err(body) });
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
    let origin = shared.origin.clone();
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

async fn webdriver(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let answered = match read::<ClickCommand>(&body) {
        Ok(command) => outside(&shared, move |outside| outside.command(&command)).await,
        Err(error) => Err(error),
    };
    answered.map_or_else(|error| fault(&error), |answered| json(&answered))
}

/// The windows that were opened, in the order in which they asked for their pages; those of other origins, whose servers tell
/// nothing here, come last.
async fn opened(State(shared): State<Arc<Shared>>) -> Response {
    let windows = match outside(&shared, |outside| outside.windows()).await {
        Ok(windows) => windows,
        Err(error) => return fault(&error),
    };
    let mut opened = shared.network.opened().clone();
    let is_elsewhere = |address: &String| address.starts_with("http") && !address.starts_with(&shared.origin);
    opened.extend(windows.into_iter().filter(is_elsewhere));
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
