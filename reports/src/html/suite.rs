//! How strong the suite is: what a verdict of it is worth.

use bgfspec_report::MutationScore;
use maud::{Markup, html as markup};

use super::Page;
use crate::overview::strength;

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    let sentence = strength(page.report)?;
    let MutationScore { quirks, caught, requirements, proven } = page.report.mutation_score?;
    let rows = [("Bent models that are caught", caught, quirks), ("Requirements that catch one", proven, requirements)];
    Some(markup! {
        p { (sentence) }
        ul.glance.score {
            @for (what, some, all) in rows {
                li {
                    span { (what) }
                    // The sentence above says it.
                    svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                        rect x="0" y="0" width=(1000 * u64::from(some.min(all)) / u64::from(all.max(1))) height="10" {}
                    }
                    small { (some) " of " (all) }
                }
            }
        }
    })
}
