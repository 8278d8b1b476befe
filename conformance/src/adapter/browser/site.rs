//! The loopback site, for those who play with its pages. What it answers to each request stands in `server.rs`.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::act::{Acted, Deed};
use super::command::{Answered, ClickCommand};
use super::network::Network;
use super::page::Page;
use super::server::router;
use crate::adapter::AdapterError;

/// What the harness knows of the browser, and what the page may ask of the harness.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Config {
    /// Who it is, where the harness knows better than the page.
    pub who: Who,
    /// What the harness can do for the page, in the words of capabilities.
    pub capabilities: Vec<String>,
    /// What it can't do and why, by capability, where it knows.
    pub lacks: BTreeMap<String, String>,
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

    /// Gives the WebDriver command that activates a background fetch.
    ///
    /// # Errors
    /// Says why it could not be given.
    fn command(&self, _: &ClickCommand) -> Result<Answered, String> {
        Err("no WebDriver endpoint drives this browser".to_owned())
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
    agents: Mutex<Receiver<Arrival>>,
    pages: Mutex<Receiver<Page>>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the requests share.
pub(super) struct Shared {
    pub(super) config: Mutex<Config>,
    pub(super) outside: Mutex<Option<Arc<dyn Outside>>>,
    pub(super) scripts: Mutex<HashMap<String, String>>,
    pub(super) network: Network,
    pub(super) agents: Sender<Arrival>,
    pub(super) pages: Sender<Page>,
    pub(super) origin: String,
    pub(super) report: Mutex<Option<String>>,
}

/// An agent of a page, or the reason why there is none.
pub(super) struct Arrival {
    /// The page's id; empty for a page that has none.
    pub(super) page: String,
    pub(super) agent: Result<Socket, String>,
}

/// The connection to one agent of a page.
#[derive(Debug)]
pub struct Socket {
    /// Where its scenarios run.
    pub scope: String,
    pub(super) to_page: UnboundedSender<String>,
    pub(super) from_page: Receiver<String>,
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
        let (agents, agents_come) = channel();
        let (pages, pages_come) = channel();
        let shared = Arc::new(Shared {
            config: Mutex::default(),
            outside: Mutex::default(),
            scripts: Mutex::default(),
            network: Network::default(),
            agents,
            pages,
            origin: format!("http://{address}"),
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
        let (agents, pages) = (Mutex::new(agents_come), Mutex::new(pages_come));
        Ok(Site { address, shared, agents, pages, end: Some(end), thread: Some(thread) })
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

    /// Waits for an agent of the page with this id, empty for the one that was opened with scopes; `None` if there is none yet.
    ///
    /// # Errors
    /// The page says that it can't play.
    pub fn accept(&self, page: &str, timeout: Duration) -> Result<Option<Socket>, String> {
        match lock(&self.agents).recv_timeout(timeout) {
            Ok(arrival) if arrival.page == page => arrival.agent.map(Some),
            // Of a page that nobody plays with any more.
            Ok(_) | Err(_) => Ok(None),
        }
    }

    /// Waits for somebody to open the page without saying in which scopes; `None` if nobody has yet.
    pub fn next_page(&self, timeout: Duration) -> Option<Page> {
        lock(&self.pages).recv_timeout(timeout).ok()
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
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
