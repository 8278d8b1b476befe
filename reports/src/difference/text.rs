//! The difference for a terminal.

use bgfspec_report::Verdict;
use bgfspec_report::printable::{count, line, shorten};

use super::{Change, Difference, Moved};
use crate::overview::Standing;
use crate::text::Style;

impl Difference {
    /// What changed, as text that ends with the result in one line.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        let mut lines: Vec<String> =
            self.remarks.iter().map(|remark| style.paint(Standing::Unclear, &line(remark))).collect();
        for change in self.implementations.iter().filter(|change| !change.is_nothing()) {
            lines.push(style.strong(&line(&change.label())));
            lines.extend(
                details(change).into_iter().map(|(standing, text)| {
                    style.paint(standing, &shorten(&format!("  {}", line(&text)), style.width))
                }),
            );
        }
        let standing = match (self.regressed, self.conclusive) {
            (true, _) => Standing::Fail,
            (false, false) => Standing::Unclear,
            (false, true) => Standing::Pass,
        };
        lines.push(style.paint(standing, &self.conclusion()));
        lines.join("\n") + "\n"
    }

    /// The result as a sentence or two.
    pub(super) fn conclusion(&self) -> String {
        let sum = |number: fn(&Change) -> usize| self.implementations.iter().map(number).sum::<usize>() as u64;
        let regressions = count(sum(|one| one.regressions.len() + one.losses.len()), "regression", "regressions");
        let fixes = count(sum(|one| one.fixes.len()), "fix", "fixes");
        let unclear = if self.conclusive { "" } else { " This is not a pass: see the remarks." };
        format!("{regressions} and {fixes}.{unclear}")
    }
}

/// What there is to say of an implementation, the worst first.
pub(super) fn details(change: &Change) -> Vec<(Standing, String)> {
    let mut lines = Vec::new();
    lines.extend(change.losses.iter().map(|loss| (Standing::Fail, format!("regression: {loss}"))));
    let of = |word: &str, standing, moves: &[Moved]| -> Vec<(Standing, String)> {
        moves.iter().map(|moved| (standing, format!("{word}: {}", sentence(moved)))).collect()
    };
    lines.extend(of("regression", Standing::Fail, &change.regressions));
    lines.extend(of("fix", Standing::Pass, &change.fixes));
    lines.extend(of("changed", Standing::Nothing, &change.others));
    if change.old_version.is_none() {
        lines.push((Standing::Nothing, "is not in the old report".to_owned()));
        return lines;
    }
    lines.extend(change.quirks.iter().map(|quirk| {
        let what = match (quirk.old, quirk.new) {
            (0, new) => format!("new quirk, in {}", count(new, "scenario", "scenarios")),
            (old, 0) => format!("quirk is gone, was in {}", count(old, "scenario", "scenarios")),
            (old, new) => format!("quirk in {new} scenarios instead of {old}"),
        };
        (Standing::Nothing, format!("{what}: {} {}", quirk.id, quirk.title))
    }));
    lines.extend(change.gained.iter().map(|gained| (Standing::Nothing, format!("new capability: {gained}"))));
    let now = change.new_version.is_some();
    if change.scenarios.1 > change.scenarios.0 {
        let (old, new) = change.scenarios;
        lines.push((Standing::Nothing, format!("judged on more scenarios: {new} instead of {old}")));
    }
    if now && change.unexplained.0 != change.unexplained.1 {
        let (old, new) = change.unexplained;
        lines.push((Standing::Nothing, format!("{new} deviating scenarios are unexplained instead of {old}")));
    }
    lines
}

fn sentence(moved: &Moved) -> String {
    let words = |verdict: Option<Verdict>| verdict.map_or("not in the report", Verdict::words);
    let how = match (moved.old, moved.new) {
        (Some(Verdict::Deviates), Some(Verdict::Deviates)) => {
            let list = |word: &str, ids: &[String]| {
                if ids.is_empty() { None } else { Some(format!("{word} {}", ids.join(", "))) }
            };
            let parts = [list("deviates also on", &moved.appeared), list("no longer on", &moved.disappeared)];
            parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
        }
        (old, new) => format!("{} → {}", words(old), words(new)),
    };
    format!("{} {how}. {}", moved.requirement, moved.statement)
}
