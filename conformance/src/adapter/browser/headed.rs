//! A browser with a window on a display, whose interface a user could act on: so can this.

use std::sync::Mutex;

use super::act::{Acted, Deed};
use super::devtools::DevTools;
use super::evidence::Evidence;
use super::interface::Interface;
use super::outside::Outside;

/// The outside of a browser that is shown.
pub(super) struct Headed {
    pub(super) tools: DevTools,
    /// The port at which it describes its widgets.
    pub(super) port: u16,
    /// The display that it is shown on.
    pub(super) display: String,
    pub(super) evidence: Evidence,
    /// Opened when it is first needed, and again after a fault.
    pub(super) interface: Mutex<Option<Interface>>,
}

impl Outside for Headed {
    fn stop_worker(&self, script: &str) -> Result<(), String> {
        self.tools.stop_worker(script)
    }

    fn set_permission(&self, origin: &str, name: &str, state: &str) -> Result<(), String> {
        self.tools.set_permission(origin, name, state)
    }

    fn act(&self, deed: &Deed) -> Result<Acted, String> {
        let mut kept = self.interface.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut interface = match kept.take() {
            Some(interface) => interface,
            None => Interface::open(self.port, &self.display, self.evidence.clone())?,
        };
        let acted = interface.act(deed)?;
        // Kept only after it worked.
        *kept = Some(interface);
        Ok(acted)
    }

    fn windows(&self) -> Result<Vec<String>, String> {
        self.tools.windows()
    }

    fn close_windows(&self) -> Result<(), String> {
        self.tools.close_windows()
    }
}
