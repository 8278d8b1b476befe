//! The loopback site, for those who play with its pages. What it answers to each request stands in `server.rs`.

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::network::Network;
use super::outside::Outside;
use super::page::Page;
use super::server::router;
use super::serving::{Port, Serving};
use super::shared::{Arrival, Config, Shared, Socket, lock};
use crate::adapter::AdapterError;

/// The site. It ends when it is dropped.
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
    agents: Mutex<Receiver<Arrival>>,
    pages: Mutex<Receiver<Page>>,
    _serving: Serving,
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
        let port = Port::take(port).map_err(fault)?;
        let address = port.address;
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
        let serving = port.serve(router(Arc::clone(&shared))).map_err(fault)?;
        let (agents, pages) = (Mutex::new(agents_come), Mutex::new(pages_come));
        Ok(Site { address, shared, agents, pages, _serving: serving })
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
