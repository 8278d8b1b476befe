//! Renderers of a compliance report.
//!
//! Each is a pure function of a [`Report`]: no input or output, no clock, no judging. The verdicts are in the report
//! already; what is here only counts, sorts and shows them. Everything that came from an implementation (names,
//! messages, traces) is hostile until it is escaped, and each renderer escapes for its own format.

pub mod export;
mod html;
mod javascript;
mod json;
mod markdown;
mod overview;
mod printable;
mod published;
pub mod report;
mod text;
mod trace;

pub use html::html;
pub use javascript::javascript;
pub use json::json;
pub use markdown::markdown;
pub use printable::{block, line};
pub use published::{BEGIN, END, between_marks, readme_matrix};
pub use report::Report;
pub use text::{Style, side_by_side, text};
pub use trace::observation_line;
