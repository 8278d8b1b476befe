//! The HTML Standard: event loops, event handlers, reporting exceptions. <https://html.spec.whatwg.org/>

pub mod event_handlers;
pub mod event_loop;
pub mod report_an_exception;
