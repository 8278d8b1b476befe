//! What the specifications beneath `backgroundfetchclick` say, as a program.
//!
//! The tree of modules is the table of contents of the specifications: [`dom`], [`html`], [`service_worker`],
//! [`background_fetch`], and what they stand on, [`web_idl`] and [`ecmascript`]. An algorithm is a function over the
//! [`Machine`], called as the specification calls it; its steps are named from a registry ([`step`]), so that a run
//! can tell which it took, and which way it went. Script is not modelled: whoever drives the machine is the [`Host`]
//! that runs it.
//!
//! This crate never reads a clock, never does input or output, never names a vendor. Where a specification leaves a
//! choice, it asks the [`latitude`] tape. Where a text is plainly broken, the model follows the intent, and the place
//! is listed in [`errata`]. A panic in here is a bug in the model.

pub mod atom;
pub mod background_fetch;
pub mod dom;
pub mod ecmascript;
pub mod errata;
pub mod html;
pub mod latitude;
pub mod machine;
pub mod quirk;
pub mod service_worker;
pub mod status;
pub mod step;
pub mod value;
mod watch;
pub mod web_idl;

/// The texts that the model follows: a line for each, with its short name and the commit or draft.
pub const SPECS: &str = include_str!("../specs.txt");

pub use machine::{Decision, Host, Machine, Observed};
pub use quirk::{Quirk, QuirkSet};
pub use value::{Completion, Kind, Object, ObjectId, Property, RealmId, ScriptId, Value};
