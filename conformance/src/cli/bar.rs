//! The progress of a run on a terminal.

use bgfspec::adapter::Identity;
use bgfspec::runner::Progress;
use bgfspec_reports as reports;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows progress on a terminal, and nothing elsewhere.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Self {
        Bar(ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()))
    }
}

impl Progress for Bar {
    fn started(&mut self, identity: &Identity, scenarios: Option<usize>) {
        let style = match scenarios {
            Some(scenarios) => {
                self.0.set_length(scenarios as u64);
                ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {per_sec}")
            }
            None => ProgressStyle::with_template("{msg} {spinner} {pos} {per_sec} {elapsed}"),
        };
        if let Ok(style) = style {
            self.0.set_style(style);
        }
        self.0.set_message(reports::line(&format!("{} {}", identity.name, identity.version)));
    }

    fn judged(&mut self, count: usize) {
        self.0.inc(count as u64);
    }

    fn finished(&mut self) {
        self.0.finish_and_clear();
    }
}
