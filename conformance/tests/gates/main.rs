//! Gates: what lets a run pass, and what does not.

mod diff;
#[path = "../bad_input/support.rs"]
#[expect(dead_code, reason = "agents that fail are tested elsewhere")]
mod support;
