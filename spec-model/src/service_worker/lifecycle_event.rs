//! What `install` and `activate`, the events of a worker's life, have in common.

use crate::atom::Atom;
use crate::dom::event_target::has_listener;
use crate::machine::{Host, Machine, Scope};
use crate::service_worker::activate::activate_in_task;
use crate::service_worker::install::install_in_task;
use crate::service_worker::should_skip_event::should_skip_event;
use crate::value::{RealmId, WorkerId};

/// An event of a worker's life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LifecycleEvent {
    /// `install`.
    Install,
    /// `activate`.
    Activate,
}

/// Runs Should Skip Event for `install` or `activate`. Where no listener was known when the script had been evaluated,
/// the user agent may choose. The choice is only made where a listener that was added later makes it visible.
pub(super) fn should_skip_lifecycle_event(m: &mut Machine, event_type: Atom, worker: WorkerId) -> bool {
    let is_known = m.worker(worker).types_to_handle.contains(&event_type);
    let realm = m.worker(worker).realm;
    let is_visible = realm.is_some_and(|realm| has_listener(m, m.realm(realm).global, event_type));
    if is_known || is_visible { should_skip_event(m, event_type, worker) } else { true }
}

/// Dispatches `install` or `activate` in a task of the worker.
pub fn dispatch_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, which: LifecycleEvent) {
    let Scope::ServiceWorker(worker) = m.realm(realm).scope else { unreachable!("only workers have such tasks") };
    let registration = m.worker(worker).registration;
    match which {
        LifecycleEvent::Install => install_in_task(m, h, realm, registration),
        LifecycleEvent::Activate => activate_in_task(m, h, realm, registration),
    }
}
