//! The difference as a comment on a pull request.

use super::Difference;
use super::text::details;
use crate::markdown::{LIMIT, Page, escape};

impl Difference {
    /// What changed, as Markdown that fits a comment.
    #[must_use]
    pub fn markdown(&self) -> String {
        let sign = match (self.regressed, self.conclusive) {
            (true, _) => "✗",
            (false, false) => "?",
            (false, true) => "✓",
        };
        let mut page = Page::new("the text of `bgfspec diff`");
        page.must(&format!("## bgfspec diff\n\n{sign} {}\n\n", escape(&self.conclusion())));
        let remarks = self.remarks.iter().map(|remark| format!("> {}\n", escape(remark)));
        page.items("", remarks.collect(), "remarks", LIMIT);
        // Who is worse comes first: what follows may be cut.
        let changed = self.implementations.iter().filter(|change| !change.is_nothing());
        let (worse, others): (Vec<_>, Vec<_>) = changed.partition(|change| change.is_worse());
        for change in worse.into_iter().chain(others) {
            let heading = format!("### {}\n\n", escape(&change.label()));
            let items = details(change).iter().map(|(_, text)| format!("- {}\n", escape(text))).collect();
            page.items(&heading, items, "changes", LIMIT);
        }
        page.text
    }
}
