//! What is exported says what the model says.

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export;
use bgfspec::judge::{Judge, Judgement, Rule};
use bgfspec::scenario::{Capability, Scenario};
use bgfspec::trace::Trace;
use serde_json::Value as Json;

use super::Test;
use super::command::bgfspec;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "an_export_is_what_its_schema_says_and_names_all_that_the_judge_permits",
    needs: &[],
    test: an_export_is_what_its_schema_says_and_names_all_that_the_judge_permits,
}];

fn an_export_is_what_its_schema_says_and_names_all_that_the_judge_permits() {
    let schema: Json = serde_json::from_slice(&bgfspec(&["schema", "export"]).stdout).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema that can be used");
    let catalogue = Catalogue::load();
    let mut judge = Judge::new();
    for scenario in catalogue.scenarios.iter().step_by(7) {
        let facts = export(&catalogue, scenario).expect("the catalogue can be exported");
        let json: Json = serde_json::from_str(&facts.json()).expect("it is JSON");
        assert!(validator.is_valid(&json), "{}: {:?}", scenario.title, validator.iter_errors(&json).next());
        let again: Scenario = serde_json::from_value(facts.scenario.clone()).expect("it holds a scenario");
        assert_eq!(again.id(), facts.id);
        assert!(!facts.permitted.is_empty(), "{}", scenario.title);
        let program = judge.reference().compile(scenario).expect("the catalogue compiles");
        for trace in &facts.permitted {
            let trace = Trace(Json::from(trace.clone()).to_string());
            let judgement = judge.judge(scenario, &program, &Capability::ALL, &trace, &Rule::default());
            assert_eq!(judgement, Judgement::Conforms, "{}: {}", scenario.title, trace.0);
        }
    }
}
