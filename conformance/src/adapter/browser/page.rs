//! A page that somebody opened: who is there, and what it is told beside the protocol of its agents.

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::UnboundedSender;

/// What a page says when it is opened.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Hello {
    id: String,
    name: String,
    version: String,
    /// Separated by commas.
    scopes: String,
}

/// A page that somebody opened.
#[derive(Clone, Debug)]
pub struct Page {
    hello: Hello,
    to_page: UnboundedSender<String>,
}

/// What a page is told.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ToPage<'a> {
    /// Open a socket for the agent of this scope.
    Play {
        /// The scope.
        scope: &'a str,
    },
    /// So many scenarios will be judged.
    Judging {
        /// The scope.
        scope: &'a str,
        /// How many; nobody knows where time ends it.
        scenarios: Option<usize>,
    },
    /// A scope is over.
    Ended {
        /// The scope.
        scope: &'a str,
        /// How it went, as a sentence.
        text: &'a str,
    },
    /// All is over.
    Result {
        /// How it went.
        text: &'a str,
        /// Where the report is.
        href: &'a str,
    },
}

impl Page {
    pub(super) fn new(hello: Hello, to_page: UnboundedSender<String>) -> Self {
        Page { hello, to_page }
    }

    /// What tells it from all others.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.hello.id
    }

    /// The browser's name and version, as far as it tells.
    #[must_use]
    pub fn browser(&self) -> String {
        format!("{} {}", self.hello.name, self.hello.version)
    }

    /// The scopes that it can play in, in the order that it wants.
    #[must_use]
    pub fn scopes(&self) -> Vec<String> {
        self.hello.scopes.split(',').map(str::to_owned).collect()
    }

    /// Tells it something. That it is gone shows elsewhere.
    pub fn tell(&self, what: &ToPage<'_>) {
        if let Ok(text) = serde_json::to_string(what) {
            let _ = self.to_page.send(text);
        }
    }

    /// Whether it was closed.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.to_page.is_closed()
    }
}
