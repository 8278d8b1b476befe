//! The results of all pages that were opened, as one report.

use bgfspec::cross_check::{CrossCheck, Published, cross_check};
use bgfspec_report::{Implementation, Report, Run};

/// All pages so far.
pub(super) struct Visits {
    report: Report,
}

impl Visits {
    /// None yet, in this report.
    pub(super) fn new(report: Report) -> Self {
        Visits { report: Report { complete: true, ..report } }
    }

    /// Adds what one page gave. A browser that comes again is no second implementation: its later result counts, unless only
    /// the earlier is whole.
    pub(super) fn add(&mut self, page: Report) {
        for missing in page.missing {
            let has_run = self.report.runs.iter().any(|run| name(run) == missing.name);
            self.report.missing.retain(|earlier| earlier.name != missing.name);
            if !has_run {
                self.report.missing.push(missing);
            }
        }
        for run in page.runs {
            self.report.missing.retain(|earlier| earlier.name != name(&run));
            match self.report.runs.iter_mut().find(|earlier| name(earlier) == name(&run)) {
                Some(earlier) if run.complete || !earlier.complete => *earlier = run,
                Some(_) => {}
                None => self.report.runs.push(run),
            }
        }
        self.report.complete = self.report.missing.is_empty();
        CrossCheck { requirements: self.report.suspects, scenarios: self.report.suspect_scenarios } =
            cross_check(&self.report.runs, &Published::known());
    }

    /// The report over them.
    pub(super) fn report(&self) -> &Report {
        &self.report
    }
}

fn name(run: &Run) -> String {
    let Implementation { name, version, scope, .. } = &run.implementation;
    format!("{name} {version} ({scope})")
}
