//! HostEnqueuePromiseJob. <https://html.spec.whatwg.org/multipage/webappapis.html#hostenqueuepromisejob>

use crate::ecmascript::promise::{self, Job};
use crate::html::clean_up_after_running_script::clean_up_after_running_script;
use crate::html::event_loop::Microtask;
use crate::html::prepare_to_run_script::prepare_to_run_script;
use crate::html::queue_a_microtask::queue_a_microtask;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::RealmId;
use crate::watch::{set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/HostEnqueuePromiseJob");

/// The variables of HostEnqueuePromiseJob.
pub(crate) struct HostEnqueuePromiseJob {
    pub(crate) job: Job,
    pub(crate) realm: RealmId,
    /// The realm of the job's settings.
    pub(crate) job_settings: RealmId,
    /// The realm whose code ran before.
    pub(crate) outer: RealmId,
}

/// Queues a microtask that runs a job in a realm.
pub(crate) fn host_enqueue_promise_job(m: &mut Machine, job: Job, realm: RealmId) {
    let mut v = HostEnqueuePromiseJob { job, realm, job_settings: realm, outer: m.current };
    set!(m, v, "1", v.job_settings = realm);
    step!(m, v, "2", queue_a_microtask(m, v.job_settings, Microtask::PromiseJob(job)));
}

/// Runs a job.
pub(crate) fn host_enqueue_promise_job_in_microtask(m: &mut Machine, h: &mut impl Host, realm: RealmId, job: Job) {
    let mut v = HostEnqueuePromiseJob { job, realm, job_settings: realm, outer: m.current };
    step!(m, h, v, "2.1", v.outer = prepare_to_run_script(m, v.job_settings));
    step!(m, h, v, "2.2", promise::perform(m, h, realm, job));
    step!(m, h, v, "2.3", clean_up_after_running_script(m, h, v.job_settings, v.outer));
    // 2.4. Holds by type: no job ends with an exception.
}
