//! What a library's listeners call.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::Host;
use super::scene::Scene;
use super::thrown::Thrown;

/// A function of a scenario, to be called by a listener of the library.
///
/// It can be cloned and kept, and is `Send` and `Sync` if the handles are. Two are equal if they are the same function.
pub struct Callback<H: Host> {
    pub(super) name: Arc<str>,
    pub(super) scene: Arc<Scene<H>>,
}

impl<H: Host> Callback<H> {
    /// Its name, which no other function of the scenario has.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Calls it with an event. It does what its scenario says, which may be anything, also to the target that is calling: so the
    /// library may not be locked meanwhile.
    ///
    /// # Errors
    /// What the function throws. A library without the capability `exceptions` never gets an error.
    pub fn call(&self, host: &mut H, event: &H::Event) -> Result<(), Thrown> {
        self.scene.call(&self.name, host, event)
    }
}

impl<H: Host> Clone for Callback<H> {
    fn clone(&self) -> Self {
        Callback { name: Arc::clone(&self.name), scene: Arc::clone(&self.scene) }
    }
}

impl<H: Host> PartialEq for Callback<H> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Arc::ptr_eq(&self.scene, &other.scene)
    }
}

impl<H: Host> Eq for Callback<H> {}

impl<H: Host> Hash for Callback<H> {
    fn hash<S: Hasher>(&self, state: &mut S) {
        self.name.hash(state);
    }
}

impl<H: Host> fmt::Debug for Callback<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Callback").field(&self.name).finish()
    }
}
