//! Plays the steps of a scenario: what happens from outside, and when script runs.

use bgfspec_model::atom::{self, Atom};
use bgfspec_model::background_fetch::{
    self, FailureReason, background_fetch_click as click, complete_a_record, display,
};
use bgfspec_model::html::event_loop;
use bgfspec_model::html::report_an_exception::report_an_exception;
use bgfspec_model::machine::Scope;
use bgfspec_model::service_worker::{
    self, client_unload, extendable_event, post_message, run_service_worker, terminate, update,
};
use bgfspec_model::value::{BackgroundFetchId, RegistrationId};
use bgfspec_model::{Host, Kind, Machine, RealmId, Value};

use super::{OUTSIDE, Run};
use crate::reference::program::Step;
use crate::reference::recorder::Seen;
use crate::scenario::{Ending, PagePlace, Permission};

impl Run<'_> {
    /// Starts what the scenario needs: a plain realm, or a service worker that is installed and activated.
    pub(super) fn start(&mut self, m: &mut Machine) -> RegistrationId {
        let Some(worker) = self.program.worker else {
            let realm = service_worker::create_plain_realm(m);
            m.realm_mut(realm).is_window = self.program.asks_window;
            m.current = realm;
            return RegistrationId(0);
        };
        let registration = service_worker::create_registration(m);
        let script = self.script(worker, OUTSIDE);
        update::update_in_parallel(m, self, registration, script);
        event_loop::run_until_idle(m, self);
        if !self.program.keeps_start {
            self.player.recorder.forget();
            m.set_observed(0);
            m.choices.forget_places();
        }
        registration
    }

    /// Plays one step.
    pub(super) fn step(&mut self, m: &mut Machine, registration: RegistrationId, step: &Step) {
        let find = |m: &Machine, id: Atom| click::find(m, registration, id, click::Which::Newest);
        match *step {
            Step::Main(body) => self.run_main(m, registration, body),
            Step::Page(body) => {
                let realm = self.page(m, registration);
                self.run_task(m, realm, body);
            }
            Step::ClosePage => {
                if let Some(page) = live_page(m) {
                    client_unload::handle_service_worker_client_unload(m, registration, page);
                }
            }
            Step::Drain => event_loop::run_until_idle(m, self),
            Step::Stop => {
                if let Some(worker) = m.registration(registration).active {
                    terminate::terminate_service_worker(m, worker);
                }
            }
            Step::Update(body) => {
                let script = self.script(body, OUTSIDE);
                update::update(m, registration, script);
            }
            Step::Timeout(ref path) => {
                if let Ok(Value::Object(object)) = self.path(m, path, OUTSIDE)
                    && let Kind::Event(event) = m.object(object).kind
                {
                    extendable_event::time_out(m, event);
                }
            }
            Step::FailStarts => {
                if let Some(worker) = m.registration(registration).active {
                    m.workers[worker.index()].fails_to_start = true;
                }
            }
            Step::Message(text) => {
                if let Some(worker) = m.registration(registration).active {
                    // The agent of a worker that plays many scenarios has listened for messages from the start.
                    let types = &mut m.workers[worker.index()].types_to_handle;
                    if self.program.worker.is_none() && !types.contains(&atom::MESSAGE) {
                        types.push(atom::MESSAGE);
                    }
                    post_message::post_message(m, worker, text, Scope::Window);
                }
            }
            Step::Click { id, newest } => {
                let which = if newest { click::Which::Newest } else { click::Which::Oldest };
                if let Some(fetch) = click::find(m, registration, id, which) {
                    display::activate_the_ui(m, fetch);
                }
            }
            Step::Progress { id, bytes } => {
                on(m, find(m, id), |m, fetch| complete_a_record::received(m, fetch, f64::from(bytes)))
            }
            Step::Upload { id, bytes } => {
                on(m, find(m, id), |m, fetch| complete_a_record::sent(m, fetch, f64::from(bytes)))
            }
            Step::Finish { id, how } => {
                let reason = match how {
                    Ending::Success => FailureReason::None,
                    Ending::BadStatus => FailureReason::BadStatus,
                    Ending::FetchError => FailureReason::FetchError,
                    Ending::QuotaExceeded => FailureReason::QuotaExceeded,
                    Ending::DownloadTotalExceeded => FailureReason::DownloadTotalExceeded,
                };
                on(m, find(m, id), |m, fetch| complete_a_record::end(m, fetch, reason));
            }
            Step::UserAbort(id) => on(m, find(m, id), display::abort_from_the_ui),
            Step::Pause(id) => on(m, find(m, id), |m, fetch| m.background_fetches[fetch.index()].paused = true),
            Step::Resume(id) => on(m, find(m, id), |m, fetch| m.background_fetches[fetch.index()].paused = false),
            Step::Permission(permission) => {
                m.permission = match permission {
                    Permission::Granted => background_fetch::Permission::Granted,
                    Permission::Denied => background_fetch::Permission::Denied,
                    Permission::Prompt => background_fetch::Permission::Prompt,
                };
            }
            Step::Webdriver { id, place } => {
                let page = match place {
                    PagePlace::Inside => click::Page::Inside,
                    PagePlace::Outside => click::Page::Outside,
                    PagePlace::Closed => click::Page::Closed,
                };
                let answer = click::background_fetch_click(m, registration, id, page);
                let error = answer.error.map_or("null".to_owned(), |error| format!("\"{error}\""));
                let json = format!("{{\"status\":{},\"error\":{error}}}", answer.status);
                self.player.recorder.record_as(m, Seen::Outside, |entry| entry.raw("answered", &json));
            }
        }
    }

    fn run_main(&mut self, m: &mut Machine, registration: RegistrationId, body: usize) {
        let Some(worker) = m.registration(registration).active else { return };
        // Operations need a running worker: one that was stopped is started for them.
        if let Some(realm) = run_service_worker::run_service_worker(m, self, worker) {
            self.run_task(m, realm, body);
        }
    }

    fn page(&mut self, m: &mut Machine, registration: RegistrationId) -> RealmId {
        if let Some(page) = live_page(m) {
            return page;
        }
        m.registrations[registration.index()].clients = 1;
        m.create_realm(Scope::Window)
    }

    fn run_task(&mut self, m: &mut Machine, realm: RealmId, body: usize) {
        m.current = realm;
        let script = self.script(body, OUTSIDE);
        let mut recorded = 0;
        let result = event_loop::run_script(m, self, realm, |m, host| {
            let result = host.run(m, script, Value::Undefined, &[]);
            recorded = host.player.recorder.count();
            result
        });
        self.player.is_late = self.player.recorder.count() > recorded;
        if let Err(exception) = result {
            report_an_exception(m, self, exception, realm);
        }
    }
}

/// The page, unless there is none or it was closed.
fn live_page(m: &Machine) -> Option<RealmId> {
    let found = m.realms.iter().position(|realm| realm.scope == Scope::Window && !realm.ended);
    found.map(|index| RealmId(index as u32))
}

fn on(m: &mut Machine, fetch: Option<BackgroundFetchId>, act: impl FnOnce(&mut Machine, BackgroundFetchId)) {
    if let Some(fetch) = fetch {
        act(m, fetch);
    }
}
