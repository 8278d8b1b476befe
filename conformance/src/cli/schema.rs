//! `bgfspec schema`.

use bgfspec::adapter::protocol::{FromAgent, ToAgent};
use bgfspec::catalogue::Written;
use bgfspec::scenario::Scenario;
use clap::ValueEnum;
use schemars::{JsonSchema, schema_for};

use super::{Answer, CONFORMS, Outcome, print_json};

/// Of `bgfspec schema`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Of what
    #[arg(value_enum)]
    of: Of,
    #[command(flatten)]
    _answer: Answer,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// A file of scenarios of the catalogue
    Catalogue,
    Difference,
    Expectations,
    Protocol,
    Report,
    /// A file of requirements of the catalogue
    Requirements,
    Scenario,
    Export,
}

/// A message of either side.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it stands for its schema")]
enum Message {
    /// What the harness says.
    ToAgent(ToAgent),
    /// What an agent says.
    FromAgent(FromAgent),
}

/// `bgfspec schema`.
pub(super) fn schema(arguments: &Arguments) -> Outcome {
    let schema = match arguments.of {
        Of::Catalogue => schema_for!(Written),
        Of::Difference => schema_for!(bgfspec_reports::Difference),
        Of::Expectations => schema_for!(bgfspec::expectations::File),
        Of::Protocol => schema_for!(Message),
        Of::Report => schema_for!(bgfspec_report::Report),
        Of::Requirements => schema_for!(bgfspec::catalogue::Area),
        Of::Export => schema_for!(bgfspec_report::Export),
        Of::Scenario => schema_for!(Scenario),
    };
    print_json(&schema)?;
    Ok(CONFORMS)
}
