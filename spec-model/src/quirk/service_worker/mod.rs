//! Quirks of the Service Workers specification.

pub(super) mod activate;
pub(super) mod add_lifetime_promise;
pub(super) mod clear_registration;
pub(super) mod client_unload;
pub(super) mod extendable_event;
pub(super) mod fire_functional_event;
pub(super) mod focus;
pub(super) mod has_no_pending_events;
pub(super) mod install;
pub(super) mod open_window;
pub(super) mod open_window_in_parallel;
pub(super) mod post_message;
pub(super) mod run_service_worker;
pub(super) mod setup_service_worker_global_scope;
pub(super) mod should_skip_event;
pub(super) mod skip_waiting;
pub(super) mod terminate;
pub(super) mod try_activate;
pub(super) mod try_clear_registration;
pub(super) mod unregister;
pub(super) mod update;
