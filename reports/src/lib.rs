//! Renderers of a compliance report.
//!
//! Each is a pure function of a [`Report`]: no input or output, no clock, no judging. The verdicts are in the report
//! already; what is here only counts, sorts and shows them. Everything that came from an implementation (names,
//! messages, traces) is hostile until it is escaped, and each renderer escapes for its own format.
//!
//! The types of a report are in `bgfspec-report`, and are here as [`report`] too.

mod badge;
pub mod difference;
pub mod export;
mod gates;
mod html;
mod json;
mod junit;
mod markdown;
mod overview;
mod picture;
mod published;
mod text;
mod wptreport;

pub use bgfspec_report::javascript::javascript;
pub use bgfspec_report::printable::{block, line};
pub use bgfspec_report::trace::observation_line;
pub use bgfspec_report::{self as report, Report};

pub use badge::badge;
pub use difference::{Difference, difference};
pub use html::html;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use picture::field;
pub use published::{BEGIN, END, between_marks, readme_matrix};
pub use text::{Style, side_by_side, text};
pub use wptreport::{Product, wptreport};
