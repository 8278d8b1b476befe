//! What was expected to deviate, and what changed when all was played again.

use bgfspec_report::printable::brief;
use maud::{Markup, html as markup};

use super::{ITEM, Page, link, look_of};
use crate::gates::{expectations, verification};
use crate::overview::Standing;

/// How many sentences, or entries, are shown.
const MOST: usize = 200;

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    let expected = expectations(page.report);
    let repeated: Vec<_> = page.report.runs.iter().zip(&page.who).map(|(run, who)| (who, verification(run))).collect();
    if expected.is_empty() && repeated.iter().all(|(_, sentences)| sentences.is_empty()) {
        return None;
    }
    Some(markup! {
        (said(&expected))
        (reasons(page))
        @for (who, sentences) in &repeated {
            @if !sentences.is_empty() {
                h3 { (who.label) }
                (said(sentences))
            }
        }
    })
}

fn said(sentences: &[(Standing, String)]) -> Markup {
    markup! {
        @if !sentences.is_empty() {
            ul.outcomes {
                @for (standing, sentence) in sentences.iter().take(MOST) {
                    @let (class, sign, _) = look_of(*standing);
                    li { span.sign.(class) aria-hidden="true" { (sign) } " " (brief(sentence, ITEM)) }
                }
            }
        }
    }
}

/// Why each is expected.
fn reasons(page: &Page<'_>) -> Markup {
    let entries = page.report.expectations.iter().flat_map(|expectations| &expectations.entries).take(MOST);
    markup! {
        @if page.report.expectations.is_some() {
            details {
                summary { "What is expected, and why" }
                ul {
                    @for entry in entries {
                        li {
                            "Line " (entry.line) ": " (brief(&entry.what(), ITEM)) " of " (brief(&entry.whose(), ITEM)) ". "
                            (brief(&entry.reason, ITEM))
                            @if let Some(address) = &entry.link { " " (link(address, address)) }
                            @if let Some(day) = &entry.expires { " Until " (brief(day, 40)) "." }
                        }
                    }
                }
            }
        }
    }
}
