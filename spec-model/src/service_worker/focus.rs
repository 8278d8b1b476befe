//! `WindowClient.focus()`. <https://w3c.github.io/ServiceWorker/#client-focus>

use crate::atom;
use crate::ecmascript::promise;
use crate::html::event_loop::{Task, TaskSource, queue_a_task};
use crate::machine::Machine;
use crate::service_worker::open_window::has_transient_activation;
use crate::step::Algorithm;
use crate::value::{Kind, ObjectId, PromiseId};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/WindowClient.focus()");

/// The variables of `focus()`.
pub(crate) struct Focus {
    /// Whether a window of the origin has transient activation.
    pub(crate) is_activated: bool,
}

/// Focuses a window.
pub fn focus(m: &mut Machine, client: ObjectId) -> PromiseId {
    let mut v = Focus { is_activated: false };
    set!(m, v, "1", v.is_activated = has_transient_activation(m));
    if branch!(m, v, "1", !v.is_activated) {
        let error = m.dom_exception(atom::INVALID_ACCESS_ERROR);
        return promise::rejected_with(m, error);
    }
    // 2. Holds by type: a realm has its event loop.
    let promise;
    set!(m, "3", promise = promise::create(m));
    let realm = m.current;
    if let Kind::WindowClient(window) = m.object(client).kind {
        let task = Task::OpenedWindow(promise, window);
        step!(m, v, "4", queue_a_task(m, realm, TaskSource::DomManipulation, task));
    }
    // 4.1, 4.2, 4.3, 4.4, 4.5, 4.6. Abstracted: the window's own event loop is left out; it is visible and focused.
    // 4.6.1, 4.6.2. Abstracted: the task is that of `openWindow()`, which resolves its promise in the same way.
    // 4.6.3. Out of scope: no focusing fails.
    returns!(m, v, "5", promise)
}
