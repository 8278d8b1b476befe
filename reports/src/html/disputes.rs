//! What says otherwise than a requirement.

use bgfspec_report::Dispute;
use bgfspec_report::printable::brief;
use maud::{Markup, html as markup};

use super::{ITEM, link};

/// The most disputes that are shown at once.
const MOST: usize = 5;

/// The disputes, each a line with a link; nothing if there are none.
pub(super) fn disputes<'a>(disputes: impl IntoIterator<Item = &'a Dispute>) -> Markup {
    markup! {
        @for dispute in disputes.into_iter().take(MOST) {
            p { strong { "Disputed: " } (link(&format!("{} {}", dispute.kind.words(), dispute.name), &dispute.link)) ": " (brief(&dispute.says, ITEM)) }
        }
    }
}
