//! The DOM Standard: events and aborting. <https://dom.spec.whatwg.org/>

pub mod abort_controller;
pub mod abort_signal;
pub(crate) mod append_to_an_event_path;
pub mod create_an_event;
pub mod dispatch;
pub mod event;
pub mod event_target;
pub mod fire_an_event;
pub mod inner_invoke;
pub mod invoke;
