//! Gates: what lets a run pass, and what does not; and the answers that programs read.

mod answers;
mod diff;
mod expectations;
#[path = "../bad_input/support.rs"]
mod support;
mod verify;
