//! Implementations that were looked for and not found.

use bgfspec_report::printable::{brief, count};
use maud::{Markup, html as markup};

use super::{ITEM, Page};

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    let missing = &page.report.missing;
    Some(markup! {
        @if missing.is_empty() { p { "Every implementation that was looked for was found." } } @else {
            p { (count(missing.len() as u64, "implementation was", "implementations were")) " not judged." }
            ul {
                @for vendor in missing {
                    li {
                        strong { (brief(&vendor.name, ITEM)) }
                        @if vendor.asked_for { " (asked for)" }
                        ": " (brief(&vendor.reason, 2 * ITEM)) ". To get it: " (brief(&vendor.how, 2 * ITEM))
                    }
                }
            }
        }
    })
}
