//! Clean up after running script.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#clean-up-after-running-script>

use crate::html::perform_a_microtask_checkpoint::perform_a_microtask_checkpoint;
use crate::html::prepare_to_run_script::prepare_to_run_script;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::RealmId;
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("html/clean up after running script");

/// The variables of clean up after running script.
pub(crate) struct CleanUp {
    pub(crate) settings: RealmId,
}

/// Ends what [`prepare_to_run_script`] began; `outer` is what that returned.
pub(crate) fn clean_up_after_running_script(m: &mut Machine, h: &mut impl Host, settings: RealmId, outer: RealmId) {
    let mut v = CleanUp { settings };
    // 1. Holds by type: an assertion.
    step!(m, h, v, "2", {
        let stack = &mut m.realm_mut(v.settings).event_loop.stack;
        *stack = stack.saturating_sub(1);
        m.current = outer;
    });
    if branch!(m, v, "3", m.realm(v.settings).event_loop.stack == 0) {
        step!(m, h, v, "3", perform_a_microtask_checkpoint(m, h, v.settings));
    }
}

/// Runs something as script, between preparing for it and cleaning up after it.
pub fn run_script<H: Host, R>(
    m: &mut Machine,
    h: &mut H,
    settings: RealmId,
    script: impl FnOnce(&mut Machine, &mut H) -> R,
) -> R {
    let outer = prepare_to_run_script(m, settings);
    let result = script(m, h);
    clean_up_after_running_script(m, h, settings, outer);
    result
}
