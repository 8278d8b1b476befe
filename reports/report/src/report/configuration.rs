//! Where an implementation ran and how it was started.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::printable::count;

/// What of the platform, and of the way in which an implementation was started, can change what it does. Nothing is known of
/// what is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Configuration {
    /// The operating system and the architecture, such as `linux x86_64`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub platform: String,
    /// Whether a browser runs without a display.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headless: Option<bool>,
    /// How many touch points a browser's `navigator` tells of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub touch_points: Option<u32>,
    /// The flags and preferences with which it was started.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
}

impl Configuration {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// It in words, such as `linux x86_64, headless, no touch points, started with`. The flags follow, if there are any. Empty if
    /// nothing is known.
    #[must_use]
    pub fn words(&self) -> String {
        let platform = (!self.platform.is_empty()).then(|| self.platform.clone());
        let display = self.headless.map(|headless| if headless { "headless" } else { "on a display" }.to_owned());
        let touch = self.touch_points.map(|points| match points {
            0 => "no touch points".to_owned(),
            some => count(some.into(), "touch point", "touch points"),
        });
        let flags = (!self.flags.is_empty()).then(|| "started with".to_owned());
        [platform, display, touch, flags].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
