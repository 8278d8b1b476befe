//! Where deviations are shown: the store that the script reads, and what stands there without it.

use bgfspec_report::printable::count;
use maud::{Markup, PreEscaped, html as markup};

use super::{Page, store};

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    let store = store::store(page);
    let all = store.deviations as u64;
    Some(markup! {
        @if all == 0 {
            p { (if page.report.runs.iter().any(bgfspec_report::Run::deviates) { "None was kept as a scenario." } else { "None was seen." }) }
        } @else {
            p.lead {
                (count(all, "deviation", "deviations")) " in " (count(store.cases as u64, "scenario", "scenarios"))
                ". Each opens with its scenario, what was expected and observed, and who else has it."
            }
            @if store.left_out > 0 {
                p {
                    (count(store.left_out as u64, "deviation", "deviations"))
                    " would not fit into this page: they are in " code { "report.json" } " and, one by one, in " code { "deviations/" } "."
                }
            }
            noscript {
                p {
                    "To show them this page needs its script. Without it, each is in the folder " code { "deviations/" } " beside it, and "
                    code { "bgfspec replay ID --vendor NAME" } " shows it. Who deviates from which requirement stands above."
                }
            }
            div #cases {}
            // Base64 has no character that ends an element, whatever was stored.
            script type="application/octet-stream" id="index" { (PreEscaped(&store.index)) }
            @for (number, chunk) in store.chunks.iter().enumerate() {
                script type="application/octet-stream" id={ "chunk-" (number) } { (PreEscaped(chunk)) }
            }
        }
    })
}
