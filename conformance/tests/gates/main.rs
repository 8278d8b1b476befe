//! Gates: what lets a run pass, and what does not.

mod diff;
mod expectations;
#[path = "../bad_input/support.rs"]
mod support;
mod verify;
