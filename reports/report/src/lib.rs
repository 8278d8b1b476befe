//! The compliance report of `bgfspec`, as data.
//!
//! The types here are those of `report.json`, a public format with a JSON Schema, and of the facts that a scenario is exported with.
//! Beside them stands what a failing test shows without any renderer of a report: a scenario as [`javascript`], a [`trace`] as lines, two
//! traces [`aligned`], all of it [`printable`]. Nothing here judges or reads a clock; pages are made by `bgfspec-reports`.

pub mod aligned;
mod export;
pub mod javascript;
pub mod printable;
mod report;
pub mod trace;

pub use export::Export;
pub use report::*;
