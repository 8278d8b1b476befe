//! Real browsers: a loopback site whose page plays scenarios in a window, a dedicated worker or a service worker.
//!
//! The page is an agent like any other; it speaks the protocol over a WebSocket. Who opens it does not matter: a browser that
//! is launched here, a remote WebDriver endpoint, or a person.

mod act;
mod command;
mod devtools;
mod evidence;
mod headed;
mod http;
mod interface;
mod launch;
mod link;
mod network;
mod outside;
mod page;
mod proxy;
mod screen;
#[cfg(test)]
mod scripted;
mod server;
mod serving;
mod shared;
mod site;
mod visit;
mod webdriver;
mod widgets;

pub use act::{Act, Acted, Deed};
pub use command::{Answered, ClickCommand, Place};
pub use evidence::Evidence;
pub use launch::{Engine, Program, Shown};
pub use link::{BrowserAdapter, BrowserConnect, Opener};
pub use page::{Page, ToPage};
pub use proxy::{Proxy, ProxyOptions};
pub use shared::Socket;
pub use site::Site;
pub use visit::{VisitAdapter, VisitConnect};
pub use webdriver::{Endpoint, Remote};
