//! `clients.openWindow()` and `WindowClient`. <https://w3c.github.io/ServiceWorker/#clients-openwindow>
//!
//! Addresses are abstract: a path is of the worker's own origin, and only what a parser needs to refuse is refused.

use crate::atom::{self, Atom};
use crate::ecmascript::promise;
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::latitude::Latitude;
use crate::machine::{Host, Machine, Observed};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{Kind, ObjectId, PromiseId, RealmId, Value};

const OPEN_WINDOW: Algorithm = Algorithm::of("service-workers/openWindow");

/// A window that was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// Its address: a path where it is of the worker's origin.
    pub url: Atom,
    /// Whether it is of the worker's origin.
    pub same_origin: bool,
}

/// What an address comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Address {
    Invalid,
    AboutBlank,
    SameOrigin,
    CrossOrigin,
}

/// `openWindow()`.
pub fn open_window(m: &mut Machine, url: Atom) -> PromiseId {
    step!(m, OPEN_WINDOW, "1");
    let address = parse(m.atoms.text(url));
    step!(m, OPEN_WINDOW, "2");
    step!(m, OPEN_WINDOW, "3");
    if m.is_bent(Quirk::ActivationFirst) && !m.realm(m.current).activation {
        let error = m.dom_exception(atom::INVALID_ACCESS_ERROR);
        return promise::rejected_with(m, error);
    }
    let invalid = branch!(m, OPEN_WINDOW, "2", address == Address::Invalid);
    if !invalid {
        branch!(m, OPEN_WINDOW, "3", address == Address::AboutBlank);
    }
    let refused = match address {
        Address::Invalid => !m.is_bent(Quirk::InvalidAddressOpens),
        Address::AboutBlank => !m.is_bent(Quirk::OpensAboutBlank) && !m.is_bent(Quirk::AboutBlankGivesNull),
        Address::SameOrigin => m.is_bent(Quirk::AddressesUnresolved),
        Address::CrossOrigin => false,
    };
    if refused {
        let error = m.type_error();
        return promise::rejected_with(m, error);
    }
    step!(m, OPEN_WINDOW, "4");
    if branch!(m, OPEN_WINDOW, "4", !is_activated(m)) {
        let error = m.dom_exception(atom::INVALID_ACCESS_ERROR);
        return promise::rejected_with(m, error);
    }
    step!(m, OPEN_WINDOW, "6");
    let promise = promise::create(m);
    let realm = m.current;
    step!(m, OPEN_WINDOW, "7");
    m.in_parallel.push_back(InParallel::OpenWindow(promise, url, realm));
    step!(m, OPEN_WINDOW, "8");
    promise
}

/// Whether a window of the origin has transient activation. No step grants it for a click on the user agent's own
/// interface (erratum `click-grants-no-activation`), so what a click is worth is left to the user agent.
fn is_activated(m: &mut Machine) -> bool {
    let realm = m.current;
    if m.is_bent(Quirk::OpensWithoutActivation) {
        return true;
    }
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

/// What runs in parallel: the window, and the task that tells of it.
pub fn go_on(m: &mut Machine, h: &mut impl Host, promise: PromiseId, url: Atom, realm: RealmId) {
    step!(m, OPEN_WINDOW, "7.1");
    step!(m, OPEN_WINDOW, "7.2.1");
    let unseen = parse(m.atoms.text(url)) == Address::AboutBlank && m.is_bent(Quirk::AboutBlankGivesNull);
    let reused = m.is_bent(Quirk::WindowsReused) && m.realm(realm).windows_opened > 1;
    if !unseen && !reused {
        m.observe(h, Observed::Opened(url));
    }
    if m.is_bent(Quirk::OpenWindowHangs) {
        return;
    }
    let same_origin = parse(m.atoms.text(url)) == Address::SameOrigin;
    step!(m, OPEN_WINDOW, "7.2.7");
    let task = Task::OpenedWindow(promise, Window { url, same_origin });
    queue_a_task(m, realm, TaskSource::DomManipulation, task);
}

/// What the task does.
pub fn opened(m: &mut Machine, h: &mut impl Host, promise: PromiseId, window: Window) {
    step!(m, OPEN_WINDOW, "7.2.7.1");
    let foreign = branch!(m, OPEN_WINDOW, "7.2.7.1", !window.same_origin) && !m.is_bent(Quirk::ForeignWindowClient);
    if foreign || m.is_bent(Quirk::NoWindowClient) {
        return promise::resolve(m, h, promise, Value::Null);
    }
    step!(m, OPEN_WINDOW, "7.2.7.2");
    let client = m.create_object(Kind::WindowClient(window));
    step!(m, OPEN_WINDOW, "7.2.7.3");
    promise::resolve(m, h, promise, Value::Object(client));
}

/// `WindowClient.focus()`. <https://w3c.github.io/ServiceWorker/#client-focus>
pub fn focus(m: &mut Machine, client: ObjectId) -> PromiseId {
    if !is_activated(m) {
        let error = m.dom_exception(atom::INVALID_ACCESS_ERROR);
        return promise::rejected_with(m, error);
    }
    let promise = promise::create(m);
    let realm = m.current;
    if let Kind::WindowClient(window) = m.object(client).kind {
        queue_a_task(m, realm, TaskSource::DomManipulation, Task::OpenedWindow(promise, window));
    }
    promise
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

fn parse(url: &str) -> Address {
    if url == "about:blank" {
        return Address::AboutBlank;
    }
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return Address::SameOrigin;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bad = host.is_empty() || host.contains(['[', ' ', '<', '>', '^', '|', '%']) || host.ends_with(":port");
    if bad { Address::Invalid } else { Address::CrossOrigin }
}
