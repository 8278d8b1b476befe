//! `clients.openWindow()`. <https://w3c.github.io/ServiceWorker/#clients-openwindow>
//!
//! URLs are not fully parsed: a path is of the worker's own origin, and only what a parser has to refuse is refused.

use crate::atom::{self, Atom};
use crate::ecmascript::promise;
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::latitude::Latitude;
use crate::machine::{Host, Machine, Observed};
use crate::step::Algorithm;
use crate::value::{Kind, PromiseId, RealmId, Value};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/openWindow");

/// A window that was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// Its URL: a path where it is of the worker's origin.
    pub url: Atom,
    /// Whether it is of the worker's origin.
    pub same_origin: bool,
}

/// What the URL parser returns, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParsedUrl {
    Failure,
    AboutBlank,
    SameOrigin,
    CrossOrigin,
}

/// The variables of `openWindow()`.
pub(crate) struct OpenWindow {
    pub(crate) url: ParsedUrl,
    /// Whether a window of the origin has transient activation.
    pub(crate) is_activated: bool,
}

/// The variables of `openWindow()` in parallel.
pub(crate) struct OpenWindowInParallel {
    pub(crate) url: Atom,
    /// The realm of the worker that called the method.
    pub(crate) realm: RealmId,
}

/// Opens a window.
pub fn open_window(m: &mut Machine, url: Atom) -> PromiseId {
    let mut v = OpenWindow { url: ParsedUrl::Failure, is_activated: false };
    set!(m, v, "1", v.url = parse(m.atoms.text(url)));
    if branch!(m, v, "2", v.url == ParsedUrl::Failure) {
        return returns!(m, v, "2", rejected_with_type_error(m));
    }
    if branch!(m, v, "3", v.url == ParsedUrl::AboutBlank) {
        return returns!(m, v, "3", rejected_with_type_error(m));
    }
    set!(m, v, "4", v.is_activated = has_transient_activation(m));
    if branch!(m, v, "4", !v.is_activated) {
        let error = m.dom_exception(atom::INVALID_ACCESS_ERROR);
        return promise::rejected_with(m, error);
    }
    // 5. Holds by type: a local variable keeps the realm, and with it its event loop.
    let realm = m.current;
    let promise;
    set!(m, "6", promise = promise::create(m));
    step!(m, v, "7", m.in_parallel.push_back(InParallel::OpenWindow(promise, url, realm)));
    promise
}

fn rejected_with_type_error(m: &mut Machine) -> PromiseId {
    let error = m.type_error();
    promise::rejected_with(m, error)
}

/// Whether a window of the origin has transient activation. No step grants it for a click on the user agent's own UI
/// (erratum `click-grants-no-activation`), so the user agent chooses what a click is worth.
pub(super) fn has_transient_activation(m: &mut Machine) -> bool {
    let realm = m.current;
    if !m.realm(realm).activation {
        return false;
    }
    let latitude = if m.realm(realm).windows_opened == 0 { Latitude::ClickActivates } else { Latitude::FurtherWindow };
    if m.choose(latitude, 2) == 1 {
        // What is refused once is not granted later without another click.
        m.realm_mut(realm).activation = false;
        return false;
    }
    m.realm_mut(realm).windows_opened += 1;
    true
}

/// Opens the window, and queues the task that settles the promise.
pub fn open_window_in_parallel(m: &mut Machine, h: &mut impl Host, promise: PromiseId, url: Atom, realm: RealmId) {
    let mut v = OpenWindowInParallel { url, realm };
    // 7.1. Abstracted: the navigation below tells that there is a new window.
    // 7.2. Abstracted: the window's own event loop is left out.
    step!(m, h, v, "7.2.1", m.observe(h, Observed::Opened(url)));
    // 7.2.2. Out of scope: no navigation fails.
    // 7.2.3, 7.2.4, 7.2.5, 7.2.6. Abstracted: a new window is a top-level one, visible and focused.
    let same_origin = parse(m.atoms.text(url)) == ParsedUrl::SameOrigin;
    let task = Task::OpenedWindow(promise, Window { url, same_origin });
    step!(m, h, v, "7.2.7", queue_a_task(m, realm, TaskSource::DomManipulation, task));
}

/// Settles the promise of `openWindow()` or `focus()`.
pub fn open_window_in_task(m: &mut Machine, h: &mut impl Host, promise: PromiseId, window: Window) {
    if branch!(m, "7.2.7.1", !window.same_origin) {
        return promise::resolve(m, h, promise, Value::Null);
    }
    let client;
    set!(m, "7.2.7.2", client = m.create_object(Kind::WindowClient(window)));
    step!(m, "7.2.7.3", promise::resolve(m, h, promise, Value::Object(client)));
    // 8. Holds by type: the method has returned its promise.
}

/// An attribute of `WindowClient`. <https://w3c.github.io/ServiceWorker/#windowclient>
#[must_use]
pub fn attribute(window: &Window, name: Atom) -> Value {
    match name {
        atom::URL => Value::String(window.url),
        atom::FRAME_TYPE => Value::String(atom::TOP_LEVEL),
        atom::TYPE => Value::String(atom::WINDOW),
        atom::VISIBILITY_STATE => Value::String(atom::VISIBLE),
        atom::FOCUSED => Value::Bool(true),
        _ => Value::Undefined,
    }
}

/// Parses a URL.
pub(crate) fn parse(url: &str) -> ParsedUrl {
    if url == "about:blank" {
        return ParsedUrl::AboutBlank;
    }
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return ParsedUrl::SameOrigin;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bad = host.is_empty() || host.contains(['[', ' ', '<', '>', '^', '|', '%']) || host.ends_with(":port");
    if bad { ParsedUrl::Failure } else { ParsedUrl::CrossOrigin }
}
