//! Quirks that act in HostEnqueuePromiseJob.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#hostenqueuepromisejob>

use crate::ecmascript::promise::{Job, Reaction};
use crate::html::host_enqueue_promise_job::HostEnqueuePromiseJob;
use crate::html::report_an_exception::report_an_exception;
use crate::machine::Machine;
use crate::quirk::hook::quirks;

quirks! {
    HostEnqueuePromiseJob, "html/HostEnqueuePromiseJob" => (), |v, m, h, holds|;

    also {
        "returned-promise-reported" {
            instead "2.2" if is_reported(m, v) => if let Job::Reaction(_, Err(reason)) = v.job {
                report_an_exception(m, h, reason, v.realm);
            };
        }
    }
}

/// Returns whether the job is the reaction to a promise whose rejection is reported.
fn is_reported(m: &Machine, v: &HostEnqueuePromiseJob) -> bool {
    matches!(v.job, Job::Reaction(Reaction::Settle(follower), _) if m.watch.aside.reported.contains(&follower))
}
