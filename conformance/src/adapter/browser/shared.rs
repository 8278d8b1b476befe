//! What the requests to the loopback site share with those who play with its pages.

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bgfspec_report::Configuration;
use serde::Serialize;
use tokio::sync::mpsc::UnboundedSender;

use super::network::Network;
use super::outside::Outside;
use super::page::Page;

/// What the harness knows of the browser, and what the page may ask of the harness.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Config {
    /// Who it is, where the harness knows better than the page.
    pub who: Who,
    /// What the harness can do for the page, in the words of capabilities.
    pub capabilities: Vec<String>,
    /// What it can't do and why, by capability, where it knows.
    pub lacks: BTreeMap<String, String>,
    /// Where the browser runs and how it was started; the page adds what it sees.
    pub configuration: Configuration,
}

/// A browser's name and version.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Who {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
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
