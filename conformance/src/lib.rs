//! A conformance suite for the `backgroundfetchclick` event and the event semantics beneath it.

pub mod names;
pub mod reference;
pub mod scenario;
