//! The network of the scenarios, as a page's controller wants it: a request waits until it is said what comes of it.
//!
//! A background fetch is known by the id that script gave it. The page claims the requests of each for that id, in the order
//! in which the fetches were started.

use std::sync::Mutex;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::{Notify, oneshot};

/// How long a request may take to come once its fetch is known: a browser may have to start what does its downloads.
const ARRIVAL: Duration = Duration::from_secs(8);

/// What a request that is to fail is sent to: as it is of another origin and permits nobody to read it, that is a network error. A
/// connection that breaks need not be one: a user agent may try again.
const REFUSED: &str = "/refused";

/// Requests that have not been answered to the end.
#[derive(Default)]
pub(super) struct Network {
    requests: Mutex<Vec<Waiting>>,
    opened: Mutex<Vec<String>>,
    arrived: Notify,
}

/// A request and what is left to say to it.
struct Waiting {
    path: String,
    /// The background fetch that it belongs to, once that is known.
    id: Option<String>,
    head: Option<oneshot::Sender<Begins>>,
    body: UnboundedSender<Result<Bytes, std::io::Error>>,
}

/// How a response begins.
enum Begins {
    With(StatusCode),
    /// It never comes: the request fails.
    Not,
}

/// The requests of a background fetch are its own from now on.
#[derive(Deserialize)]
pub(super) struct Claim {
    id: String,
    paths: Vec<String>,
}

/// Bytes come.
#[derive(Deserialize)]
pub(super) struct Progress {
    id: String,
    bytes: usize,
    status: u16,
}

/// A fetch ends.
#[derive(Deserialize)]
pub(super) struct Finish {
    id: String,
    how: String,
}

impl Network {
    /// Answers a request as the page says, whenever it does.
    pub(super) async fn answer(&self, request: &Parts) -> Response {
        let path = request.uri.path().to_owned();
        let wants = |name: &str, value: &str| {
            request.headers.get(name).is_some_and(|header| header.to_str().is_ok_and(|header| header.contains(value)))
        };
        if path == "/favicon.ico" {
            return StatusCode::NOT_FOUND.into_response();
        }
        // A browser that downloads may call it navigating, but no window is its destination.
        let navigates = wants("sec-fetch-mode", "navigate") || wants("accept", "text/html");
        if navigates && !wants("sec-fetch-dest", "empty") {
            self.opened().push(path);
            return ([(header::CONTENT_TYPE, "text/html")], "<!doctype html><title>bgfspec: a window</title>")
                .into_response();
        }
        if path == REFUSED {
            return StatusCode::OK.into_response();
        }
        let (head, begins) = oneshot::channel();
        let (body, chunks) = unbounded_channel();
        self.requests().push(Waiting { path, id: None, head: Some(head), body });
        self.arrived.notify_waiters();
        // Forgotten requests get no answer.
        let Ok(begins) = begins.await else { return StatusCode::GONE.into_response() };
        let status = match begins {
            Begins::With(status) => status,
            Begins::Not => return (StatusCode::FOUND, [(header::LOCATION, elsewhere(request))]).into_response(),
        };
        let chunks = stream::unfold(chunks, |mut chunks| async move { Some((chunks.recv().await?, chunks)) });
        // Who may not guess the type of a body need not hold back its first bytes.
        let headers = [
            (header::CONTENT_TYPE, "application/octet-stream"),
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (status, headers, Body::from_stream(chunks)).into_response()
    }

    /// Waits for the requests of a fetch; tells whether they came.
    pub(super) async fn claim(&self, claim: &Claim) -> bool {
        let all = async {
            for path in &claim.paths {
                loop {
                    let arrived = self.arrived.notified();
                    if self.take(path, &claim.id) {
                        break;
                    }
                    arrived.await;
                }
            }
        };
        tokio::time::timeout(ARRIVAL, all).await.is_ok()
    }

    /// Gives the oldest request of a path that is nobody's to a fetch; false if there is none.
    fn take(&self, path: &str, id: &str) -> bool {
        let mut requests = self.requests();
        let free = requests.iter_mut().find(|waiting| waiting.id.is_none() && waiting.path == path);
        free.is_some_and(|request| {
            request.id = Some(id.to_owned());
            true
        })
    }

    /// Lets bytes come on the first request of a fetch.
    pub(super) fn progress(&self, Progress { id, bytes, status }: Progress) -> Result<(), String> {
        let mut requests = self.requests();
        let request = of(&mut requests, &id).next().ok_or_else(|| format!("no request of `{id}` has come"))?;
        begin(request, StatusCode::from_u16(status).map_err(|error| error.to_string())?);
        // A body that nobody reads any more is nobody's concern.
        let _ = request.body.send(Ok(Bytes::from(vec![b'x'; bytes])));
        Ok(())
    }

    /// Ends all requests of a fetch.
    pub(super) fn finish(&self, Finish { id, how }: Finish) -> Result<(), String> {
        let mut requests = self.requests();
        let mut any = false;
        for request in of(&mut requests, &id) {
            any = true;
            match how.as_str() {
                "success" => begin(request, StatusCode::OK),
                "bad-status" => begin(request, StatusCode::NOT_FOUND),
                "fetch-error" => {
                    if let Some(head) = request.head.take() {
                        let _ = head.send(Begins::Not);
                    }
                    // Where it has begun, it breaks.
                    let _ = request.body.send(Err(std::io::Error::other("the scenario says so")));
                }
                other => return Err(format!("a fetch can't be made to end by {other}")),
            }
        }
        requests.retain(|waiting| waiting.id.as_ref() != Some(&id));
        if any { Ok(()) } else { Err(format!("no request of `{id}` has come")) }
    }

    /// Lets go of everything.
    pub(super) fn forget(&self) {
        self.requests().clear();
        self.opened().clear();
    }

    /// The windows that were opened, oldest first.
    pub(super) fn opened(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.opened.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn requests(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.requests.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The same server as another origin, where it refuses.
fn elsewhere(request: &Parts) -> String {
    let host = request.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
    let other = if name == "localhost" { "127.0.0.1" } else { "localhost" };
    format!("http://{other}:{port}{REFUSED}")
}

fn of<'a>(requests: &'a mut [Waiting], id: &'a str) -> impl Iterator<Item = &'a mut Waiting> {
    requests.iter_mut().filter(move |waiting| waiting.id.as_deref() == Some(id))
}

fn begin(request: &mut Waiting, status: StatusCode) {
    if let Some(head) = request.head.take() {
        let _ = head.send(Begins::With(status));
    }
}
