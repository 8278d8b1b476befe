//! The protocol between the harness and an agent: JSON Lines, one message a line.
//!
//! `SCENARIOS.md` describes it; `bgfspec schema protocol` prints the JSON Schema of these types.

use std::collections::BTreeMap;

use bgfspec_report::Configuration;
use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;

/// The version of the protocol.
pub const PROTOCOL: u32 = 1;

/// What the harness says.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum ToAgent {
    /// Asks who the agent is.
    Start {
        /// The version of the protocol.
        bgfspec: u32,
        /// Nothing yet.
        start: Empty,
    },
    /// Asks to play scenarios.
    Run {
        /// The number of the batch.
        run: u64,
        /// The scenarios.
        scenarios: Vec<Scenario>,
    },
    /// Asks to end.
    Stop {
        /// Always true.
        stop: bool,
    },
}

/// An object without members.
#[derive(Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// What an agent says.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum FromAgent {
    /// Says who it is.
    Started {
        /// Who it is.
        started: Started,
    },
    /// Gives the traces of a batch.
    Ran {
        /// The number of the batch.
        ran: u64,
        /// One trace a scenario, in order.
        traces: Vec<Vec<serde_json::Value>>,
    },
}

/// Who an agent is.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Started {
    /// The implementation's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where in it the scenarios run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// What it lets a test do and see; words that are not known are passed over.
    pub capabilities: Vec<String>,
    /// Why it lacks others and how to get them, by capability, where it knows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lacks: BTreeMap<String, String>,
    /// Where it runs and how it was started, where it knows better than the harness.
    #[serde(default, skip_serializing_if = "Configuration::is_unknown")]
    pub configuration: Configuration,
}
