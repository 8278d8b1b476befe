//! Runs event loops and the steps in parallel to them.
//!
//! When steps in parallel run, and when a timer ends, is for no specification to say: they run in the order in which they were started, before
//! the next task; timers end once nothing else is left to do.

use crate::background_fetch::{self, perform, update_instances};
use crate::html::event_loop::{InParallel, Task, TaskSource};
use crate::html::event_loop_processing_model::event_loop_processing_model;
use crate::html::queue_a_task::queue_a_task;
use crate::machine::{Host, Machine, Scope};
use crate::service_worker::{
    activate, fire_functional_event, install, open_window, post_message, skip_waiting, try_activate,
    try_clear_registration, update,
};
use crate::value::RealmId;

/// Runs all event loops, and the steps in parallel to them, until nothing is left to do.
pub fn run_until_idle(m: &mut Machine, h: &mut impl Host) {
    run_before_timers(m, h);
    while end_next_timer(m) {
        run_before_timers(m, h);
    }
}

/// Runs all event loops, and the steps in parallel to them, until only timers are left.
pub fn run_before_timers(m: &mut Machine, h: &mut impl Host) {
    while run_in_parallel(m, h) || event_loop_processing_model(m, h) {}
}

/// Runs the steps in parallel that have something to do; returns whether any had.
fn run_in_parallel(m: &mut Machine, h: &mut impl Host) -> bool {
    let mut any = false;
    for _ in 0..m.in_parallel.len() {
        let Some(steps) = m.in_parallel.pop_front() else { break };
        if run_unless_waiting(m, h, &steps) {
            any = true;
        } else {
            m.in_parallel.push_back(steps);
        }
    }
    any
}

/// Runs steps unless what they wait for has not happened yet; returns whether they ran.
fn run_unless_waiting(m: &mut Machine, h: &mut impl Host, steps: &InParallel) -> bool {
    match *steps {
        InParallel::FireFunctionalEvent(ref event) => {
            return fire_functional_event::fire_functional_event_in_parallel(m, h, event);
        }
        InParallel::PostMessage(posted) => post_message::post_message_in_parallel(m, h, posted),
        InParallel::StartFetch(ref request) => background_fetch::fetch::fetch_in_parallel(m, request),
        InParallel::Get(promise, registration, id, realm) => {
            background_fetch::get::get_in_parallel(m, promise, registration, id, realm);
        }
        InParallel::GetIds(promise, registration, realm) => {
            background_fetch::get_ids::get_ids_in_parallel(m, promise, registration, realm);
        }
        InParallel::Abort(promise, fetch) => background_fetch::abort::abort_in_parallel(m, promise, fetch),
        InParallel::Settle(fetch) => perform::perform_in_parallel(m, fetch),
        InParallel::UnsetRecordsAvailable(fetch, event) => {
            if m.event(event).is_active() {
                return false;
            }
            perform::unset_records_available_in_parallel(m, fetch);
        }
        InParallel::UpdateInstances(fetch) => update_instances::update_background_fetch_instances_in_parallel(m, fetch),
        InParallel::OpenWindow(promise, url, realm) => open_window::open_window_in_parallel(m, h, promise, url, realm),
        InParallel::Install(registration, script) => {
            if m.registration(registration).installing.is_some() {
                return false;
            }
            update::update_in_parallel(m, h, registration, script);
        }
        InParallel::Installed(registration, event) => {
            if m.event(event).is_active() {
                return false;
            }
            install::install_in_parallel(m, h, registration, event);
        }
        InParallel::Activated(registration, event) => {
            if m.event(event).is_active() {
                return false;
            }
            activate::activate_in_parallel(m, registration, Some(event));
        }
        InParallel::TryActivate(registration) => try_activate::try_activate(m, h, registration),
        InParallel::TryClearRegistration(registration) => {
            try_clear_registration::try_clear_registration(m, registration)
        }
        InParallel::TryClearRegistrationAfterTasks(registration) => {
            let of_registration = |scope: Scope| match scope {
                Scope::ServiceWorker(worker) => m.worker(worker).registration == registration,
                Scope::Window => false,
            };
            if m.realms.iter().any(|realm| of_registration(realm.scope) && !realm.event_loop.is_idle()) {
                return false;
            }
            try_clear_registration::try_clear_registration(m, registration);
        }
        InParallel::SkipWaiting(promise, worker, realm) => {
            skip_waiting::skip_waiting_in_parallel(m, h, promise, worker, realm)
        }
        InParallel::SkippedWaiting(promise, worker, realm) => {
            return skip_waiting::settle_in_parallel(m, promise, worker, realm);
        }
    }
    true
}

/// Ends the timer that is next, once nothing else is left to do; returns whether there was one.
fn end_next_timer(m: &mut Machine) -> bool {
    let next = m
        .realms
        .iter()
        .enumerate()
        .flat_map(|(realm, data)| data.timers.iter().map(move |&(end, signal)| (end, RealmId(realm as u32), signal)))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((end, realm, signal)) = next else { return false };
    m.realm_mut(realm).timers.retain(|timer| *timer != (end, signal));
    m.wait_until(end);
    queue_a_task(m, realm, TaskSource::Timer, Task::TimedOut(signal));
    true
}
