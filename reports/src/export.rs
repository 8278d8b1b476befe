//! A scenario as a file that others can run without this project.
//!
//! The facts come from whoever has the model; what is here only writes them down. `script` is plain JavaScript that says for
//! itself whether a host does what is permitted, `wpt` a test of the web platform's suite, and `json` the facts for a program to read.

mod operation;
mod program;
mod recorder;
mod script;
mod value;
mod wpt;

use bgfspec_report::javascript::stimulus::words;
use serde_json::Value;

pub use bgfspec_report::Export;
pub use script::script;
pub use wpt::{File, files as wpt_files, wpt};

/// The word of a stimulus, if a step is one; `drain` is none, as it only waits.
fn stimulus(step: &Value) -> Option<&str> {
    let word = step.as_object()?.keys().next()?;
    words().any(|known| known == word && known != "drain").then_some(word)
}
