//! Service Workers: the worker's life, extendable and functional events, windows.
//! <https://w3c.github.io/ServiceWorker/>

pub mod activate;
pub(crate) mod add_lifetime_promise;
pub(crate) mod clear_registration;
pub mod client_unload;
pub mod extendable_event;
pub mod fire_functional_event;
pub mod focus;
pub mod has_no_pending_events;
pub mod install;
pub mod lifecycle_event;
pub mod open_window;
pub mod post_message;
pub mod run_service_worker;
pub(crate) mod setup_service_worker_global_scope;
pub(crate) mod should_skip_event;
pub mod skip_waiting;
pub mod terminate;
pub mod try_activate;
pub mod try_clear_registration;
pub mod unregister;
pub mod update;
mod update_extended_events_set;
mod update_worker_state;

pub use add_lifetime_promise::add_lifetime_promise_in_microtask;

use crate::atom::{self, Atom};
use crate::html::event_loop::{Task, TaskSource};
use crate::machine::{Machine, Scope};
use crate::value::{BackgroundFetchId, EventId, Kind, ObjectId, RealmId, RegistrationId, ScriptId, WorkerId};

/// The state of a service worker. <https://w3c.github.io/ServiceWorker/#dfn-state>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Its script is known.
    Parsed,
    /// It is being installed.
    Installing,
    /// It is installed, and not yet activated.
    Installed,
    /// It is being activated.
    Activating,
    /// It gets functional events.
    Activated,
    /// It was replaced, or its installation failed.
    Redundant,
}

impl State {
    /// All states.
    pub const ALL: [State; 6] =
        [State::Parsed, State::Installing, State::Installed, State::Activating, State::Activated, State::Redundant];

    /// What `ServiceWorker.state` gives.
    #[must_use]
    pub fn name(self) -> Atom {
        match self {
            State::Parsed => atom::PARSED,
            State::Installing => atom::INSTALLING,
            State::Installed => atom::INSTALLED,
            State::Activating => atom::ACTIVATING,
            State::Activated => atom::ACTIVATED,
            State::Redundant => atom::REDUNDANT,
        }
    }
}

/// A service worker. <https://w3c.github.io/ServiceWorker/#dfn-service-worker>
#[derive(Clone, Debug)]
pub struct Worker {
    /// The containing registration.
    pub registration: RegistrationId,
    /// The object that script sees.
    pub object: Option<ObjectId>,
    /// Its state.
    pub state: State,
    /// Its script.
    pub script: Option<ScriptId>,
    /// The realm of its global object while it runs.
    pub realm: Option<RealmId>,
    /// Whether its script was ever evaluated to the end.
    pub has_ever_been_evaluated: bool,
    /// Whether its script threw when it was last evaluated.
    pub threw: bool,
    /// The set of event types to handle.
    pub types_to_handle: Vec<Atom>,
    /// The set of extended events.
    pub extended_events: Vec<EventId>,
    /// The skip waiting flag.
    pub skip_waiting: bool,
    /// Whether its script can't be started.
    pub fails_to_start: bool,
}

/// A service worker registration. <https://w3c.github.io/ServiceWorker/#dfn-service-worker-registration>
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// The installing worker.
    pub installing: Option<WorkerId>,
    /// The waiting worker.
    pub waiting: Option<WorkerId>,
    /// The active worker.
    pub active: Option<WorkerId>,
    /// Tasks that wait for the active worker to run again.
    pub backed_up: Vec<(TaskSource, Task)>,
    /// Whether it was unregistered.
    pub unregistered: bool,
    /// How many windows it controls.
    pub clients: u32,
    /// The active background fetches.
    pub active_background_fetches: Vec<(Atom, BackgroundFetchId)>,
}

/// Creates a worker of a registration.
pub fn create_worker(m: &mut Machine, registration: RegistrationId, script: Option<ScriptId>) -> WorkerId {
    let id = WorkerId(m.workers.len() as u32);
    m.workers.push(Worker {
        registration,
        object: None,
        state: State::Parsed,
        script,
        realm: None,
        has_ever_been_evaluated: false,
        threw: false,
        types_to_handle: Vec::new(),
        extended_events: Vec::new(),
        skip_waiting: false,
        fails_to_start: false,
    });
    id
}

/// Creates a registration without workers.
pub fn create_registration(m: &mut Machine) -> RegistrationId {
    let id = RegistrationId(m.registrations.len() as u32);
    m.registrations.push(Registration::default());
    id
}

/// Creates a realm for script that needs nothing but a global object: that of an activated worker without a script.
pub fn create_plain_realm(m: &mut Machine) -> RealmId {
    let registration = create_registration(m);
    let worker = create_worker(m, registration, None);
    let realm = m.create_realm(Scope::ServiceWorker(worker));
    let data = m.worker_mut(worker);
    data.state = State::Activated;
    data.realm = Some(realm);
    data.has_ever_been_evaluated = true;
    m.registration_mut(registration).active = Some(worker);
    realm
}

/// Returns the object that stands for a worker, made in this realm if there is none.
pub fn worker_object(m: &mut Machine, realm: RealmId, worker: WorkerId) -> ObjectId {
    if let Some(object) = m.worker(worker).object {
        return object;
    }
    let object = m.create_object_in(realm, Kind::ServiceWorker(worker));
    m.worker_mut(worker).object = Some(object);
    object
}
