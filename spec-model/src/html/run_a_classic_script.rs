//! Run a classic script. <https://html.spec.whatwg.org/multipage/webappapis.html#run-a-classic-script>

use crate::html::clean_up_after_running_script::clean_up_after_running_script;
use crate::html::prepare_to_run_script::prepare_to_run_script;
use crate::html::report_an_exception::report_an_exception;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, RealmId, ScriptId, Value};
use crate::watch::{branch, returns, step};

const ALGORITHM: Algorithm = Algorithm::of("html/run a classic script");

/// Evaluates a script in a realm; returns how that ended.
///
/// # Errors
/// What the script threw, which is reported already.
pub fn run_a_classic_script(m: &mut Machine, h: &mut impl Host, script: ScriptId, settings: RealmId) -> Completion {
    let mut outer = m.current;
    // 1. Holds by type: the realm is given beside the script.
    // 2. Out of scope: scripting is never disabled.
    // 3. Unobservable: timing is recorded for windows alone.
    step!(m, "4", outer = prepare_to_run_script(m, settings));
    // 5. Holds by type: the variable begins without script having run.
    let mut evaluation_status = Ok(Value::Undefined);
    // 6. Out of scope: every script in scope can be parsed.
    step!(m, "7", evaluation_status = h.run(m, script, Value::Undefined, &[]));
    if branch!(m, "8", evaluation_status.is_err())
        && let Err(exception) = evaluation_status
    {
        // 8.1, 8.1.1, 8.1.2, 8.2, 8.2.1, 8.2.2. Out of scope: no caller in scope asks to rethrow errors.
        // 8.3. Abstracted: it only holds the steps below it together, which have code.
        step!(m, "8.3.1", report_an_exception(m, h, exception, settings));
        step!(m, "8.3.2", clean_up_after_running_script(m, h, settings, outer));
        return returns!(m, "8.3.3", evaluation_status);
    }
    step!(m, "9", clean_up_after_running_script(m, h, settings, outer));
    returns!(m, "10", evaluation_status)
    // 11. Out of scope: no script in scope is aborted while it runs.
}
