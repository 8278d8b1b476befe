//! The progress of a run: a bar on a terminal, and elsewhere a line for each implementation.

use bgfspec::adapter::Identity;
use bgfspec::runner::Progress;
use bgfspec_report::Implementation;
use bgfspec_reports as reports;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows progress on standard error.
pub(super) struct Bar {
    bar: ProgressBar,
    /// Who is judged.
    label: String,
}

impl Bar {
    pub(super) fn new() -> Self {
        Bar { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()), label: String::new() }
    }
}

impl Progress for Bar {
    fn started(&mut self, identity: &Identity, scenarios: Option<usize>) {
        let style = match scenarios {
            Some(scenarios) => {
                self.bar.set_length(scenarios as u64);
                ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} scenarios, {eta} left")
            }
            None => ProgressStyle::with_template("{msg} {spinner} {pos} scenarios, {per_sec}, for {elapsed}"),
        };
        if let Ok(style) = style {
            self.bar.set_style(style);
        }
        let Identity { name, version, scope } = identity.clone();
        self.label = reports::line(&Implementation { name, version, scope, capabilities: Vec::new() }.label());
        self.bar.set_message(self.label.clone());
    }

    fn judged(&mut self, count: usize) {
        self.bar.inc(count as u64);
    }

    fn diagnosing(&mut self) {
        self.bar.set_message(format!("{}: looking for causes", self.label));
        self.bar.tick();
    }

    fn finished(&mut self) {
        if self.bar.is_hidden() {
            let (played, seconds) = (self.bar.position(), self.bar.elapsed().as_secs());
            anstream::eprintln!("{}: {played} scenarios judged in {seconds} s", self.label);
        }
        self.bar.finish_and_clear();
    }
}
