//! Browsers in which somebody opened the page. The harness can't start them again or act on them: it plays with them as long
//! as their page is there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::link::{BrowserLink, Opened, wait_for_agent};
use super::page::{Page, ToPage};
use super::site::Site;
use crate::adapter::AdapterError;
use crate::adapter::agent::{AgentAdapter, Connect};
use crate::generation::Lifetimes;

/// An implementation behind a page that somebody opened.
pub type VisitAdapter = AgentAdapter<VisitConnect>;

/// How to reach the agent of one scope of such a page.
#[derive(Clone, Debug)]
pub struct VisitConnect {
    /// The site of the page.
    pub site: Arc<Site>,
    /// The page.
    pub page: Page,
    /// Where the scenarios run.
    pub scope: String,
    /// How long to wait for an answer.
    pub timeout: Duration,
    /// Once this is set no answer is waited for any more. It is set as well when the page is closed: what it did not play is
    /// nobody's failure.
    pub stop: Arc<AtomicBool>,
}

/// The browser of a page that somebody opened.
struct Visitor {
    page: Page,
    stop: Arc<AtomicBool>,
}

impl Connect for VisitConnect {
    type Link = BrowserLink;

    fn connect(&mut self) -> Result<BrowserLink, AdapterError> {
        self.page.tell(&ToPage::Play { scope: &self.scope });
        let browser = Box::new(Visitor { page: self.page.clone(), stop: Arc::clone(&self.stop) });
        wait_for_agent(Arc::clone(&self.site), self.page.id(), browser, &self.stop)
    }

    fn describe(&self) -> String {
        self.page.browser()
    }

    /// The page is its visitor's: it stays as it is while it plays.
    fn can_connect_anew(&self) -> bool {
        false
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
}

impl Opened for Visitor {
    fn gone(&mut self) -> Option<String> {
        if !self.page.is_gone() {
            return None;
        }
        self.stop.store(true, Ordering::Relaxed);
        Some("its page was closed".to_owned())
    }

    fn words(&self) -> String {
        String::new()
    }
}
