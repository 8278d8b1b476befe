//! Prepare to run script. <https://html.spec.whatwg.org/multipage/webappapis.html#prepare-to-run-script>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::RealmId;
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("html/prepare to run script");

/// Lets the code of a realm run; returns the realm whose code ran before, which cleaning up restores.
pub(crate) fn prepare_to_run_script(m: &mut Machine, settings: RealmId) -> RealmId {
    let outer = m.current;
    step!(m, "1", {
        m.realm_mut(settings).event_loop.stack += 1;
        m.current = settings;
    });
    // 2. Unobservable: only the report of long tasks reads the set.
    outer
}
