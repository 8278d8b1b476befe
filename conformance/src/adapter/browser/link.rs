//! A browser's page as an agent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use super::shared::Socket;
use super::site::Site;
use crate::adapter::agent::{AgentAdapter, Connect, Link};
use crate::adapter::{AdapterError, Failure};
use crate::generation::Lifetimes;
use crate::scenario::Scenario;
use crate::trace::Trace;

/// How long a browser may take to open the page.
const OPENING: Duration = Duration::from_secs(60);

/// How long to wait before another attempt to open a page.
const OPEN_AGAIN: Duration = Duration::from_secs(1);

/// How often it is looked whether a browser that does not answer still lives.
const LOOK_AFTER: Duration = Duration::from_millis(50);

/// How a message begins by which the page says that it goes on: this is between it and its link, and not of the protocol.
const PLAYING: &str = "{\"playing\":";

/// How long to wait for the reason of a connection's end.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How long a page may take to clean up.
const LEAVING: Duration = Duration::from_secs(3);

/// An implementation behind a page of the site.
pub type BrowserAdapter = AgentAdapter<BrowserConnect>;

/// Opens pages in a browser.
pub trait Opener: Send {
    /// Opens a page of the site, and says who the browser is.
    ///
    /// # Errors
    /// Says why it can't, and what to do.
    fn open(&mut self, site: &Site, page: &str) -> Result<Box<dyn Opened>, AdapterError>;

    /// For how long a failed attempt to open a page is repeated.
    fn patience(&self) -> Duration {
        Duration::ZERO
    }

    /// Which browser it is, for messages.
    fn describe(&self) -> String;

    /// How many scenarios its page is given at once, at most.
    fn largest_batch(&self) -> usize {
        usize::MAX
    }

    /// Told of each scenario that was played, and of the trace that it gave, if any.
    fn played(&mut self, _: &Scenario, _: Option<&Trace>) {}
}

/// A browser in which a page was opened. Dropping it closes the browser.
pub trait Opened: Send {
    /// Why it is gone, if it is.
    fn gone(&mut self) -> Option<String>;

    /// The end of what it said, for people.
    fn words(&self) -> String;
}

/// How to reach the page's agent in a browser.
pub struct BrowserConnect {
    /// Opens the page.
    pub opener: Box<dyn Opener>,
    /// Where the scenarios run: `window`, `worker` or `service-worker`.
    pub scope: &'static str,
    /// How long to wait for an answer.
    pub timeout: Duration,
    /// Once this is set no answer is waited for any more.
    pub stop: Arc<AtomicBool>,
}

/// The connection to the page.
pub struct BrowserLink {
    socket: Socket,
    browser: Box<dyn Opened>,
    stop: Arc<AtomicBool>,
    /// Last, as the page needs it until the browser is closed.
    _site: Arc<Site>,
}

impl std::fmt::Debug for BrowserConnect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BrowserConnect").field("scope", &self.scope).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for BrowserLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BrowserLink").field("socket", &self.socket).finish_non_exhaustive()
    }
}

impl Connect for BrowserConnect {
    type Link = BrowserLink;

    fn connect(&mut self) -> Result<BrowserLink, AdapterError> {
        let began = Instant::now();
        loop {
            // A site of its own each time: what an earlier browser left does not meet it.
            let site = Site::open(0)?;
            match self.opener.open(&site, &site.page(&[self.scope])) {
                Ok(browser) => return wait_for_agent(Arc::new(site), "", browser, &self.stop),
                Err(error) if began.elapsed() >= self.opener.patience() || self.stop.load(Ordering::Relaxed) => {
                    return Err(error);
                }
                Err(_) => std::thread::sleep(OPEN_AGAIN),
            }
        }
    }

    fn describe(&self) -> String {
        self.opener.describe()
    }

    fn lifetimes(&self) -> Lifetimes {
        Lifetimes::Seldom
    }

    fn timeout(&self) -> Duration {
        self.timeout
    }

    fn stop(&self) -> &Arc<AtomicBool> {
        &self.stop
    }

    fn largest_batch(&self) -> usize {
        self.opener.largest_batch()
    }

    fn played(&mut self, scenario: &Scenario, trace: Option<&Trace>) {
        self.opener.played(scenario, trace);
    }
}

/// Waits for the agent of a page that was opened in this browser.
pub(super) fn wait_for_agent(
    site: Arc<Site>,
    page: &str,
    mut browser: Box<dyn Opened>,
    stop: &Arc<AtomicBool>,
) -> Result<BrowserLink, AdapterError> {
    let deadline = Instant::now() + OPENING;
    loop {
        match site.accept(page, LOOK_AFTER) {
            Ok(Some(socket)) => return Ok(BrowserLink { socket, browser, stop: Arc::clone(stop), _site: site }),
            Ok(None) => {}
            Err(error) => return Err(AdapterError(format!("its page can't play: {error}"))),
        }
        if stop.load(Ordering::Relaxed) {
            return Err(AdapterError("the run was ended".to_owned()));
        }
        if let Some(reason) = browser.gone() {
            return Err(AdapterError(format!("it ended before its page opened: {reason}")));
        }
        if Instant::now() >= deadline {
            let (seconds, words) = (OPENING.as_secs(), browser_words(&*browser));
            return Err(AdapterError(format!("its page did not open within {seconds} s; it wrote: {words}")));
        }
    }
}

fn browser_words(browser: &dyn Opened) -> String {
    let words = browser.words();
    words.lines().last().unwrap_or("nothing").to_owned()
}

impl Link for BrowserLink {
    fn send(&mut self, message: Vec<u8>) -> Result<(), Failure> {
        let message = String::from_utf8(message).map_err(|error| Failure::Protocol(error.to_string()))?;
        if self.socket.send(message) { Ok(()) } else { Err(self.gone()) }
    }

    fn receive(&mut self, timeout: Duration) -> Result<Vec<u8>, Failure> {
        let mut deadline = Instant::now() + timeout;
        loop {
            // Looked at each time: a page that plays on and on is never silent.
            if self.stop.load(Ordering::Relaxed) {
                return Err(Failure::Timeout("the run was ended".to_owned()));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.socket.receive(left.min(LOOK_AFTER)) {
                Ok(message) if message.starts_with(PLAYING) => deadline = Instant::now() + timeout,
                Ok(message) => return Ok(message.into_bytes()),
                Err(RecvTimeoutError::Disconnected) => return Err(self.gone()),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    return Err(Failure::Timeout(format!("no answer within {} s", timeout.as_secs_f64())));
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(reason) = self.browser.gone() {
                        return Err(Failure::Crash(reason));
                    }
                }
            }
        }
    }

    fn words(&self) -> String {
        self.browser.words()
    }
}

impl BrowserLink {
    /// Why the connection is. Connections end a little before it is known that the browser has.
    fn gone(&mut self) -> Failure {
        let deadline = Instant::now() + LAST_WORDS;
        loop {
            match self.browser.gone() {
                Some(reason) => return Failure::Crash(reason),
                None if Instant::now() >= deadline => {
                    return Failure::Crash("its page closed the connection".to_owned());
                }
                None => std::thread::sleep(LOOK_AFTER / 5),
            }
        }
    }
}

impl Drop for BrowserLink {
    fn drop(&mut self) {
        // The page takes its service worker away and closes the socket; a page that hangs is closed with its browser.
        if self.socket.send("{\"stop\":true}".to_owned()) {
            let deadline = Instant::now() + LEAVING;
            while Instant::now() < deadline && self.browser.gone().is_none() {
                if let Err(RecvTimeoutError::Disconnected) = self.socket.receive(LOOK_AFTER) {
                    break;
                }
            }
        }
    }
}
