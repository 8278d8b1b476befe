//! Generated scenarios: the same everywhere, sound, and small where they show something.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::adapter::{Adapter, Failure, Identity};
use bgfspec::catalogue::{Catalogue, Kept};
use bgfspec::generation::exhaustive::Space;
use bgfspec::generation::reduction::{Reduction, with_plain_names};
use bgfspec::generation::{Generator, Lifetimes, names};
use bgfspec::judge::{Judge, Judgement, Rule};
use bgfspec::reference::{Reference, View};
use bgfspec::runner::{self, Options, Shard, Silent, Start, merge};
use bgfspec::scenario::{Capability, Operation, Scenario};
use bgfspec::trace::Trace;
use bgfspec_model::{Quirk, QuirkSet};
use bgfspec_report::{Report, Run};
use rstest::rstest;
use serde_json::json;

fn all() -> BTreeSet<Capability> {
    Capability::ALL.into_iter().collect()
}

fn of_a_library() -> BTreeSet<Capability> {
    let script = [Capability::Script, Capability::Exceptions];
    of_a_library_without_script().into_iter().chain(script).collect()
}

fn of_a_library_without_script() -> BTreeSet<Capability> {
    BTreeSet::from([Capability::EventTarget, Capability::EventTargetConstructor, Capability::Capture])
}

fn generator(capabilities: &BTreeSet<Capability>, seed: u64) -> Generator {
    Generator::new(&Catalogue::load(), capabilities, Lifetimes::Often, seed)
}

fn cases(capabilities: &BTreeSet<Capability>, seed: u64, count: u64) -> Vec<Scenario> {
    let mut generator = generator(capabilities, seed);
    (0..count).map(|number| generator.case(number)).collect()
}

#[test]
fn a_seed_gives_the_same_cases_in_whatever_order_and_another_seed_others() {
    let forth = cases(&all(), 7, 200);
    let mut generator = generator(&all(), 7);
    let mut back: Vec<Scenario> = (0..200).rev().map(|number| generator.case(number)).collect();
    back.reverse();
    assert_eq!(forth, back);
    let ids = |cases: &[Scenario]| cases.iter().map(Scenario::id).collect::<BTreeSet<_>>();
    assert!(ids(&forth).len() > 190, "few are alike");
    assert!(ids(&forth).intersection(&ids(&cases(&all(), 8, 200))).count() < 10, "another seed gives others");
}

/// They stay as they are: whoever has a seed from a report of this version finds the same again.
#[test]
fn the_cases_of_a_seed_are_those_of_every_machine() {
    // Variations of named scenarios change with these.
    let nothing_named = Catalogue { areas: Vec::new(), scenarios: Vec::new(), kept: Default::default() };
    let mut generator = Generator::new(&nothing_named, &of_a_library(), Lifetimes::Often, 1);
    let ids: Vec<String> = (0..5).map(|number| generator.case(number).id()).collect();
    insta::with_settings!({ snapshot_path => "../../snapshots" }, {
        insta::assert_json_snapshot!("generated_ids", ids);
    });
}

#[rstest]
#[case::all(all())]
#[case::of_a_library(of_a_library())]
#[case::of_a_library_without_script(of_a_library_without_script())]
fn cases_are_sound_and_need_no_more_than_there_is(#[case] capabilities: BTreeSet<Capability>) {
    let mut reference = Reference::new();
    for scenario in cases(&capabilities, 3, 1_000) {
        let program = reference.compile(&scenario).unwrap_or_else(|error| panic!("{error}: {scenario:?}"));
        assert!(reference.is_sound(&program), "it speaks of what is not there: {scenario:?}");
        assert!(scenario.capabilities().is_subset(&capabilities), "it needs more: {scenario:?}");
    }
}

#[test]
fn every_kind_of_operation_comes_up() {
    let mut seen = BTreeSet::new();
    for scenario in cases(&all(), 5, 2_000) {
        for operation in scenario.operations() {
            let json = serde_json::to_value(operation).expect("it is JSON");
            seen.extend(json.as_object().and_then(|members| members.keys().next().cloned()));
        }
    }
    let rare: Vec<&str> =
        ["new", "call", "set", "get", "microtask", "task", "then", "tree", "stop", "update", "click", "message"]
            .into_iter()
            .filter(|verb| !seen.contains(*verb))
            .collect();
    assert!(rare.is_empty(), "not among two thousand: {rare:?}");
}

#[test]
fn what_is_not_there_makes_a_scenario_unsound() {
    let mut reference = Reference::new();
    let mut sound = |json: &str| {
        let program = reference.compile(&Scenario::from_json(json).expect("a scenario")).expect("names that are known");
        reference.is_sound(&program)
    };
    assert!(sound(r#"{"title": "", "steps": [{"new": "Event", "args": ["x"], "as": "e"}, {"get": "e.type"}]}"#));
    assert!(!sound(r#"{"title": "", "steps": [{"get": "e.type"}, {"new": "Event", "args": ["x"], "as": "e"}]}"#));
    assert!(!sound(
        r#"{"title": "", "worker": [{"promise": "p"}], "steps": [{"page": [{"resolve": "p", "with": 1}]}]}"#
    ));
}

#[rstest]
#[case::fragment_of_an_address(r#"{"new": "Request", "args": ["http://a.b/#c"]}"#, true)]
#[case::address_that_is_refused(r#"{"new": "Request", "args": ["http://["]}"#, true)]
#[case::address_that_takes_a_parser(r#"{"new": "Request", "args": ["http://[::1]/"]}"#, false)]
#[case::member_of_an_init(r#"{"new": "Request", "args": ["/x", {"cache": "no-store"}]}"#, false)]
#[case::event_of_a_rejection(r#"{"call": "self.addEventListener", "args": ["unhandledrejection", "@f"]}"#, false)]
#[case::handler_of_a_rejection(r#"{"set": "self.onrejectionhandled", "to": "@f"}"#, false)]
#[case::event_elsewhere(r#"{"call": "t.addEventListener", "args": ["unhandledrejection", "@f"]}"#, true)]
fn what_the_model_does_not_know_makes_a_scenario_unsound(#[case] operation: &str, #[case] is_sound: bool) {
    let json = format!(
        r#"{{"title": "", "callbacks": {{"f": {{}}}}, "worker": [], "steps": [{{"new": "EventTarget", "as": "t"}}, {operation}]}}"#
    );
    let scenario = Scenario::from_json(&json).expect("a scenario");
    let mut reference = Reference::new();
    let program = reference.compile(&scenario).expect("names that are known");
    assert_eq!(reference.is_sound(&program), is_sound);
}

#[rstest]
#[case::operation(r#"{"call": "registration.update"}"#, true)]
#[case::own_operation(r#"{"set": "self.update", "to": "@f"}, {"call": "self.update"}"#, false)]
#[case::static_operation(r#"{"typeof": "AbortSignal.anyone"}"#, true)]
#[case::what_a_worker_has_not(r#"{"typeof": "self.event"}"#, false)]
#[case::of_another_event(r#"{"new": "Event", "args": ["x"], "as": "e"}, {"in": "e.detail"}"#, false)]
#[case::of_a_node(r#"{"tree": ["n"]}, {"call": "n.appendChild", "args": [null]}"#, true)]
#[case::through_null(r#"{"get": "registration.waiting.state"}"#, false)]
#[case::operation_as_a_value(r#"{"same": ["@Event.prototype.preventDefault", "@Event.prototype.initEvent"]}"#, true)]
#[case::type_of_an_operation(r#"{"typeof": "Event.prototype.preventDefault"}"#, false)]
#[case::length_of_an_operation(r#"{"get": "Event.prototype.initEvent.length"}"#, false)]
fn what_the_model_does_not_know_leaves_a_doubt(#[case] operations: &str, #[case] doubts: bool) {
    let json = format!(r#"{{"title": "", "callbacks": {{"f": {{}}}}, "steps": [{operations}]}}"#);
    let mut reference = Reference::new();
    let program = reference.compile(&Scenario::from_json(&json).expect("a scenario")).expect("names that are known");
    assert_eq!(reference.doubt(&program).is_some(), doubts);
}

#[rstest]
#[case::task(json!({ "steps": [{ "task": [{ "note": "x" }] }] }), true)]
#[case::task_and_drain(json!({ "steps": [{ "task": [{ "note": "x" }] }, { "drain": true }] }), false)]
#[case::task_that_shows_nothing(json!({ "steps": [{ "task": [{ "object": 1, "as": "o" }] }] }), false)]
#[case::microtask(json!({ "steps": [{ "microtask": [{ "note": "x" }] }] }), true)]
#[case::microtask_and_message(json!({ "steps": [{ "microtask": [{ "note": "x" }] }, { "message": "m" }, { "drain": true }] }), true)]
#[case::microtask_of_a_page(json!({ "worker": [], "steps": [{ "page": [{ "microtask": [{ "note": "x" }] }] }, { "stop": true }] }), true)]
#[case::rejection(json!({ "steps": [{ "promise": "p" }, { "reject": "p", "with": 1 }] }), true)]
#[case::rejection_unobserved(json!({ "observe": [], "steps": [{ "promise": "p" }, { "reject": "p", "with": 1 }] }), false)]
#[case::two_messages(json!({ "steps": [{ "message": "m" }, { "message": "m" }, { "drain": true }] }), true)]
#[case::drain_between_messages(json!({ "steps": [{ "message": "m" }, { "drain": true }, { "message": "m" }, { "drain": true }] }), false)]
#[case::call_that_posts(json!({ "worker": [], "steps": [{ "call": "registration.active.postMessage", "args": ["m"] }, { "drain": true }] }), false)]
#[case::call_that_posts_without_worker(json!({ "steps": [{ "call": "registration.active.postMessage", "args": ["m"] }, { "drain": true }] }), true)]
#[case::call_that_posts_no_text(json!({ "worker": [], "steps": [{ "call": "registration.active.postMessage", "args": [1] }, { "drain": true }] }), true)]
#[case::message_and_call_that_posts(json!({ "worker": [], "steps": [{ "message": "m" }, { "worker": [{ "call": "registration.active.postMessage", "args": ["m"] }] }, { "drain": true }] }), true)]
#[case::drain_before_call_that_posts(json!({ "worker": [], "steps": [{ "message": "m" }, { "drain": true }, { "worker": [{ "call": "registration.active.postMessage", "args": ["m"] }] }, { "drain": true }] }), false)]
#[case::stop_without_worker(json!({ "steps": [{ "stop": true }] }), true)]
#[case::stop(json!({ "worker": [], "steps": [{ "stop": true }] }), false)]
#[case::endless(json!({
    "callbacks": { "f": { "do": [{ "new": "Event", "args": ["x"], "as": "e" }, { "call": "t.dispatchEvent", "args": ["@e"] }] } },
    "steps": [
        { "new": "EventTarget", "as": "t" },
        { "call": "t.addEventListener", "args": ["x", "@f"] },
        { "new": "Event", "args": ["x"], "as": "d" },
        { "call": "t.dispatchEvent", "args": ["@d"] },
    ],
}), true)]
fn a_wrong_scenario_leaves_a_doubt(#[case] mut scenario: serde_json::Value, #[case] doubts: bool) {
    scenario["title"] = json!("");
    let scenario: Scenario = serde_json::from_value(scenario).expect("a scenario");
    let mut reference = Reference::new();
    let program = reference.compile(&scenario).expect("names that are known");
    assert_eq!(reference.doubt(&program).is_some(), doubts);
}

#[rstest]
#[case::got(r#"{"get": "registration.waiting.state"}"#, "threw")]
#[case::called(r#"{"call": "registration.waiting.postMessage", "args": [1]}"#, "threw")]
#[case::set(r#"{"set": "registration.waiting.state", "to": 1}"#, "threw")]
#[case::described(r#"{"describe": "registration.waiting.state"}"#, "threw")]
#[case::asked_for(r#"{"in": "registration.waiting.state"}"#, "threw")]
#[case::its_type(r#"{"typeof": "registration.waiting.state"}"#, "\"undefined\"")]
#[case::no_function(r#"{"call": "registration.waiting"}"#, "threw")]
fn a_path_through_null_throws(#[case] operation: &str, #[case] shown: &str) {
    let json = format!(r#"{{"title": "", "steps": [{operation}, {{"note": "x"}}]}}"#);
    let mut reference = Reference::new();
    let program = reference.compile(&Scenario::from_json(&json).expect("a scenario")).expect("names that are known");
    let trace = reference.play(&program, View { reported: true, unhandled: true }, &[]).trace;
    assert!(trace.contains(shown), "{trace}");
    assert_eq!(shown == "threw", trace.contains(r#"{"$exception":"TypeError"}"#), "{trace}");
}

#[rstest]
#[case::message_of_a_report("event.message", "error", false)]
#[case::line_of_a_report("event.lineno", "error", false)]
#[case::exception_of_a_report("event.error", "error", true)]
#[case::message_of_the_handler("arguments.0", "onerror", false)]
#[case::column_of_the_handler("arguments.3", "onerror", false)]
#[case::exception_of_the_handler("arguments.4", "onerror", true)]
fn what_is_for_the_implementation_to_say_makes_a_scenario_unsound(
    #[case] path: &str,
    #[case] how: &str,
    #[case] is_sound: bool,
) {
    let hear = match how {
        "error" => r#"{"call": "self.addEventListener", "args": ["error", "@f"]}"#,
        _ => r#"{"set": "self.onerror", "to": "@f"}"#,
    };
    let scenario = |more: &str| {
        let json = format!(
            r#"{{"title": "", "callbacks": {{"f": {{"do": [{{"get": "{path}"}}]}}, "g": {{"do": [{{"throw": {{"$error": "boom"}}}}]}}}},
                "steps": [{hear}, {{"new": "EventTarget", "as": "t"}}, {more}]}}"#
        );
        Scenario::from_json(&json).expect("a scenario")
    };
    let reported = scenario(
        r#"{"call": "t.addEventListener", "args": ["x", "@g"]}, {"new": "Event", "args": ["x"], "as": "e"}, {"call": "t.dispatchEvent", "args": ["@e"]}"#,
    );
    let dispatched = scenario(
        r#"{"new": "ErrorEvent", "args": ["error", {"message": "m"}], "as": "e"}, {"call": "self.dispatchEvent", "args": ["@e"]}"#,
    );
    let mut reference = Reference::new();
    let mut sound = |scenario: &Scenario| {
        let program = reference.compile(scenario).expect("names that are known");
        reference.is_sound(&program)
    };
    assert_eq!(sound(&reported), is_sound, "an exception that was reported");
    assert!(sound(&dispatched), "an event that script made says what it was made with");
}

#[test]
fn no_named_scenario_speaks_of_what_is_not_there_or_is_for_the_implementation_to_say() {
    let mut reference = Reference::new();
    let catalogue = Catalogue::load();
    let unsound = catalogue.scenarios.iter().filter(|scenario| {
        let program = reference.compile(scenario).expect("a test compiles the catalogue");
        !reference.is_sound(&program)
    });
    let unsound: Vec<&str> = unsound.map(|scenario| scenario.title.as_str()).collect();
    assert!(unsound.is_empty(), "{unsound:#?}");
}

fn judged(scenario: &Scenario, quirks: QuirkSet) -> Judgement {
    let mut adapter = ReferenceAdapter::bent(quirks);
    let capabilities: Vec<Capability> = adapter.capabilities().into_iter().collect();
    let mut judge = Judge::new();
    let program = judge.reference().compile(scenario).expect("a sound scenario");
    let trace = adapter.run(scenario).expect("it plays");
    judge.judge(scenario, &program, &capabilities, &trace, &Rule::default())
}

fn deviates(scenario: &Scenario, quirk: Quirk) -> bool {
    matches!(judged(scenario, quirk.into()), Judgement::Deviates(_))
}

#[rstest]
#[case(Quirk::of("duplicates-kept"))]
#[case(Quirk::of("once-removed-after"))]
#[case(Quirk::of("stop-propagation-kept"))]
fn a_deviating_case_is_made_so_small_that_nothing_can_go(#[case] quirk: Quirk) {
    let mut generator = generator(&all(), 0);
    let found = (0..5_000).map(|number| generator.case(number)).find(|scenario| deviates(scenario, quirk));
    let mut reduction = Reduction::new(found.expect("five thousand cases show it"));
    let mut reference = Reference::new();
    loop {
        let offered = reduction.candidates(&mut reference);
        let good: Vec<bool> = offered.iter().map(|scenario| deviates(scenario, quirk)).collect();
        if !reduction.take(&good) {
            break;
        }
    }
    let small = with_plain_names(reduction.best());
    assert!(deviates(&small, quirk), "with other names it is the same");
    let mut again = Reduction::new(small.clone());
    let left_out: Vec<Scenario> = again.candidates(&mut reference);
    assert!(!left_out.is_empty() && left_out.iter().all(|scenario| !deviates(scenario, quirk)), "{small:?}");
    assert!(small.operations().count() <= 12, "{small:?}");
}

#[test]
fn names_make_no_difference_once_they_are_plain() {
    let scenario = |t: &str, e: &str, f: &str| {
        Scenario::from_json(&format!(
            r#"{{"title": "", "callbacks": {{"{f}": {{"do": [{{"call": "event.preventDefault"}}]}}}}, "steps": [
                {{"new": "EventTarget", "as": "{t}"}}, {{"new": "Event", "args": ["x"], "as": "{e}"}},
                {{"call": "{t}.addEventListener", "args": ["x", "@{f}"]}}, {{"call": "{t}.dispatchEvent", "args": ["@{e}"]}},
                {{"then": "{t}", "do": [{{"same": ["@{t}", "@value"]}}]}}, {{"note": "{t}"}}]}}"#
        ))
        .expect("a scenario")
    };
    let (one, other) = (with_plain_names(&scenario("t", "e", "f")), with_plain_names(&scenario("b", "a", "z")));
    assert_eq!(names::given(&other), ["e", "f", "t"]);
    let notes = |scenario: &Scenario| scenario.steps.last() == Some(&Operation::Note { note: "b".to_owned() });
    assert!(notes(&other), "what is no name stays");
    assert_eq!(one.steps[..5], other.steps[..5]);
}

fn run(quirks: QuirkSet, options: &Options) -> Run {
    let start: Start = Box::new(move || Ok(Box::new(ReferenceAdapter::bent(quirks)) as Box<dyn Adapter>));
    runner::run(start, &Catalogue::load(), options, &Arc::new(AtomicBool::new(false)), &mut Silent)
        .expect("it can be judged")
}

fn report(quirks: QuirkSet, options: &Options) -> Report {
    let catalogue = Catalogue::load();
    Report {
        bgfspec: "1".to_owned(),
        seed: options.seed,
        selection: options.selection(),
        complete: true,
        catalogue: runner::catalogue_of_report(&catalogue, options),
        runs: vec![run(quirks, options)],
        ..Report::default()
    }
}

fn bent() -> QuirkSet {
    [Quirk::of("duplicates-kept"), Quirk::of("once-removed-after"), Quirk::of("stop-propagation-kept")]
        .into_iter()
        .collect()
}

#[test]
fn the_model_conforms_on_what_is_generated() {
    let run = run(QuirkSet::NONE, &Options { cases: 1_000, ..Options::default() });
    let generated = run.generated.as_ref().expect("there are cases");
    assert_eq!((generated.played, generated.deviating), (1_000, 0));
    assert!(generated.undecided < 20, "{}", generated.undecided);
    assert!(run.conforms() && run.failures.is_empty());
}

#[test]
fn generated_deviations_with_one_cause_are_one_deviation() {
    let options = Options { cases: 500, ..Options::default() };
    let run = run(Quirk::of("duplicates-kept").into(), &options);
    let generated = run.generated.as_ref().expect("there are cases");
    assert!(generated.deviating > 3 && !generated.ways.is_empty());
    let explained = run.deviations.iter().filter(|deviation| deviation.quirks == ["duplicates-kept"]);
    assert!(explained.map(|deviation| deviation.occurrences).max() > Some(1), "they are counted");
    assert!(run.deviations.iter().all(|deviation| !deviation.title.starts_with("Generated")), "the catalogue shows it");
    let known: BTreeSet<&str> = run.deviations.iter().map(|deviation| deviation.id.as_str()).collect();
    assert!(generated.ways.iter().filter_map(|way| way.deviation.as_deref()).all(|id| known.contains(id)));
}

/// The catalogue, with a scenario kept that the first bent model below deviates on.
fn with_one_kept() -> (Catalogue, String) {
    let quirk = Quirk::of("duplicates-kept");
    let found = cases(&all(), 0, 500).into_iter().find(|scenario| deviates(scenario, quirk));
    let found = Scenario { requirements: Vec::new(), ..found.expect("five hundred cases show it") };
    let mut catalogue = Catalogue::load();
    let id = found.id();
    assert!(catalogue.kept.insert(found.clone()) && !catalogue.kept.insert(found), "it is kept once");
    (catalogue, id)
}

#[test]
fn what_is_kept_is_played_by_everybody_but_who_wants_no_generated_scenarios() {
    let (catalogue, _) = with_one_kept();
    let run = |quirks: QuirkSet, cases: u64| {
        let start: Start = Box::new(move || Ok(Box::new(ReferenceAdapter::bent(quirks)) as Box<dyn Adapter>));
        let options = Options { cases, only_generated: true, ..Options::default() };
        runner::run(start, &catalogue, &options, &Arc::default(), &mut Silent).expect("it can be judged")
    };
    let all = catalogue.kept.len() as u64;
    let kept = |run: &Run| run.kept.as_ref().map(|kept| (kept.cases, kept.played, kept.deviating));
    assert_eq!(kept(&run(QuirkSet::NONE, 1)), Some((all, all, 0)));
    let bent = run(Quirk::of("duplicates-kept").into(), 1);
    assert!(kept(&bent).is_some_and(|(_, played, deviating)| played == all && deviating > 0));
    assert!(bent.deviates() && !bent.generated_deviations().is_empty());
    assert_eq!(kept(&run(QuirkSet::NONE, 0)), None);
}

#[test]
fn kept_scenarios_are_written_as_they_are_read_and_belong_to_their_ids() {
    let (catalogue, id) = with_one_kept();
    let text = catalogue.kept.to_json();
    assert_eq!(Kept::parse(&text).as_ref(), Ok(&catalogue.kept));
    let changed = Kept::parse(&text.replacen(&id, "0123456789ab", 1)).expect_err("it has another id");
    assert!(changed.contains("0123456789ab") && changed.contains(&id), "{changed}");
    assert!(Kept::parse("[]").is_err());
}

#[test]
fn time_ends_the_drawing_and_the_report_says_how_many_there_were() {
    let time = Some(std::time::Duration::ZERO);
    let options = Options { cases: Options::UNLIMITED, time, only_generated: true, ..Options::default() };
    let run = run(QuirkSet::NONE, &options);
    let generated = run.generated.as_ref().expect("there is time for one");
    assert!(run.complete && generated.cases == generated.played, "{} of {}", generated.played, generated.cases);
    let read = Options::of_report(&Report { selection: options.selection(), ..Report::default() });
    assert!(read.is_ok_and(|read| read.cases == Options::UNLIMITED && read.time == time));
}

#[rstest]
#[case(1)]
#[case(2)]
#[case(7)]
fn shares_put_together_are_the_whole_but_for_the_examples(#[case] count: u64) {
    let options = Options { cases: 300, seed: 11, ..Options::default() };
    let catalogue = Catalogue::load();
    let json = |report: &Report| bgfspec_reports::json(report).expect("it is JSON");
    let whole = merge(vec![report(bent(), &options)], &catalogue).expect("a whole report");
    let share = |index: u64| -> Report {
        let shard: Shard = format!("{index}/{count}").parse().expect("a share");
        report(bent(), &Options { shard, ..options.clone() })
    };
    // In no particular order.
    let shares: Vec<Report> = (1..=count).rev().map(share).collect();
    let merged = merge(shares, &catalogue).expect("all shares are there");
    // The examples of causes are reduced in a whole run only.
    let without_examples = |mut report: Report| {
        let causes = report.runs.iter_mut().flat_map(|run| &mut run.causes);
        causes.for_each(|cause| assert!(cause.example.take().is_some(), "{} has an example", cause.id));
        report
    };
    let (whole, merged) = (without_examples(whole), without_examples(merged));
    assert!(json(&whole) == json(&merged), "{} bytes and {} bytes", json(&whole).len(), json(&merged).len());
}

#[test]
fn shares_that_do_not_belong_together_are_refused() {
    let catalogue = Catalogue::load();
    let share = |shard: &str, seed: u64| {
        let options = Options {
            filter: Some("MUT".to_owned()),
            shard: shard.parse().expect("a share"),
            seed,
            ..Options::default()
        };
        report(QuirkSet::NONE, &options)
    };
    let refused = |reports: Vec<Report>| merge(reports, &catalogue).expect_err("they do not belong together");
    assert_eq!(refused(vec![share("1/3", 0), share("3/3", 0)]), "share 2/3 is missing");
    assert_eq!(refused(vec![share("1/2", 0), share("2/2", 0), share("1/2", 0)]), "share 1/2 stands twice");
    assert!(refused(vec![share("1/2", 0), share("2/2", 1)]).contains("seed"));
    assert!(refused(vec![share("1/2", 0), share("1/3", 0), share("2/3", 0), share("3/3", 0)]).contains("missing"));
    assert!(merge(vec![share("1/2", 0), share("2/2", 0)], &catalogue).is_ok());
}

#[rstest]
#[case("0/3")]
#[case("4/3")]
#[case("1")]
#[case("1/0")]
#[case("a/b")]
fn what_is_no_share_is_refused(#[case] text: &str) {
    assert!(text.parse::<Shard>().is_err_and(|error| error.contains("2/7") && error.contains(text)));
}

#[test]
fn shares_have_nothing_in_common_and_are_all() {
    let shards: Vec<Shard> = (1..=7).map(|index| format!("{index}/7").parse().expect("a share")).collect();
    let mut numbers: Vec<u64> = shards.iter().flat_map(|shard| shard.numbers(100)).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..100).collect::<Vec<_>>());
    assert!(shards.iter().all(|shard| shard.share_of(100) == shard.numbers(100).count() as u64));
    assert!(shards.iter().all(|shard| shard.numbers(100).all(|number| shard.has(number))));
}

/// The reference, but that nobody can stop its worker.
struct Unstoppable(ReferenceAdapter);

impl Adapter for Unstoppable {
    fn identity(&self) -> Identity {
        self.0.identity()
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        let stop = BTreeSet::from([Capability::WorkerStop]);
        self.0.capabilities().difference(&stop).copied().collect()
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        assert!(!scenario.capabilities().contains(&Capability::WorkerStop), "it can't be played");
        self.0.run(scenario)
    }
}

#[test]
fn of_a_space_what_can_be_played_is_played_to_the_end_and_the_rest_is_told() {
    let start: Start = Box::new(|| Ok(Box::new(Unstoppable(ReferenceAdapter::default()))));
    let options = Options { exhaustive: vec![Space::Lives], only_generated: true, ..Options::default() };
    let run = runner::run(start, &Catalogue::load(), &options, &Arc::default(), &mut Silent).expect("it starts");
    let [lives] = run.exhaustive.as_slice() else { panic!("one space was asked for: {:?}", run.exhaustive) };
    let (all, cases) = (Space::Lives.scenarios().count() as u64, lives.result.cases);
    assert!(0 < cases && cases < all && lives.result.played == cases);
    assert!(lives.bound.contains(&format!(" {} of them need", all - cases)), "{}", lives.bound);
    assert!(run.complete && run.failures.is_empty());
}
