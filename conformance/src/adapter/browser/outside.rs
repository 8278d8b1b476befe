//! What can be done to a browser from outside of its pages.

use super::act::{Acted, Deed};
use super::command::{Answered, ClickCommand};

/// What the outside world can do to a browser beside showing it a page.
pub trait Outside: Send + Sync {
    /// Stops the running service worker with this script's address.
    ///
    /// # Errors
    /// Says why it could not.
    fn stop_worker(&self, script: &str) -> Result<(), String>;

    /// Sets a permission of the site.
    ///
    /// # Errors
    /// Says why it could not.
    fn set_permission(&self, origin: &str, name: &str, state: &str) -> Result<(), String>;

    /// Does what a user would at the interface of a background fetch.
    ///
    /// # Errors
    /// Says why it could not.
    fn act(&self, _: &Deed) -> Result<Acted, String> {
        Err("nobody acts on the interface of this browser".to_owned())
    }

    /// Gives the WebDriver command that activates a background fetch.
    ///
    /// # Errors
    /// Says why it could not be given.
    fn command(&self, _: &ClickCommand) -> Result<Answered, String> {
        Err("no WebDriver endpoint drives this browser".to_owned())
    }

    /// The addresses of the windows that are open beside the page that plays.
    ///
    /// # Errors
    /// Says why they can't be told.
    fn windows(&self) -> Result<Vec<String>, String> {
        Err("the windows of this browser are not seen".to_owned())
    }

    /// Closes them.
    ///
    /// # Errors
    /// Says why it could not.
    fn close_windows(&self) -> Result<(), String> {
        Err("the windows of this browser are not seen".to_owned())
    }
}
