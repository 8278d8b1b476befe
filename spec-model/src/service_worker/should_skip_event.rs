//! Should Skip Event. <https://w3c.github.io/ServiceWorker/#should-skip-event-algorithm>

use crate::atom::Atom;
use crate::latitude::Latitude;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::WorkerId;
use crate::watch::{branch, returns, set};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Should Skip Event");

/// The variables of Should Skip Event.
pub(crate) struct ShouldSkipEvent {
    pub(crate) event_name: Atom,
    pub(crate) service_worker: WorkerId,
    /// Whether the user agent chooses to skip the event.
    pub(crate) skips: bool,
}

/// Returns whether an event is not dispatched: the user agent may choose so where no listener was known.
pub(super) fn should_skip_event(m: &mut Machine, event_name: Atom, service_worker: WorkerId) -> bool {
    let mut v = ShouldSkipEvent { event_name, service_worker, skips: false };
    if branch!(m, v, "1", !m.worker(service_worker).types_to_handle.contains(&event_name)) {
        set!(m, v, "1", v.skips = m.choose(Latitude::SkipEvent, 2) == 1);
        if v.skips {
            return true;
        }
    }
    returns!(m, v, "2", false)
}
