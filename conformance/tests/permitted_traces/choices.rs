//! The permitted traces of a scenario, each with the choices of the user agent that lead to it.

use bgfspec::reference::{Played, Program, Reference, View};
use bgfspec_model::latitude::{Choice, Latitude};

/// No scenario of the catalogue has more runs than this. All are tried, so a page holds every permitted trace.
const MOST_RUNS: usize = 1000;

/// Returns the permitted traces of a program, each with the ways that lead to it in words. That of the first alternatives is the first.
pub(crate) fn permitted(reference: &mut Reference, program: &Program) -> Vec<(String, Vec<String>)> {
    let mut plans = vec![Vec::new()];
    let mut runs = Vec::new();
    while let Some(plan) = plans.pop() {
        assert!(runs.len() < MOST_RUNS, "a scenario has more than {MOST_RUNS} runs");
        let played = reference.play(program, View { reported: true, unhandled: true }, &plan);
        plans.extend(played.others(plan.len()));
        runs.push(played);
    }
    runs.sort_by_key(|run| run.choices.iter().map(|choice| choice.taken).collect::<Vec<_>>());
    let mut traces: Vec<(String, Vec<String>)> = Vec::new();
    for Way { choices, trace } in ways(&runs, 0) {
        let way = choices.join(", then ");
        match traces.iter_mut().find(|(known, _)| known == trace) {
            Some((_, ways)) => ways.push(way),
            None => traces.push((trace.to_owned(), vec![way])),
        }
    }
    traces
}

/// The choices that matter on the way to a trace, in words.
#[derive(PartialEq)]
struct Way<'a> {
    choices: Vec<String>,
    trace: &'a str,
}

/// Returns the ways of runs that have made the same choices up to a depth, without the choices that make no difference.
fn ways(runs: &[Played], depth: usize) -> Vec<Way<'_>> {
    let Some(first) = runs.first() else { return Vec::new() };
    if runs.iter().all(|run| run.trace == first.trace) {
        return vec![Way { choices: Vec::new(), trace: &first.trace }];
    }
    // After the same choices the next one is the same, and runs that differ have one.
    let branches: Vec<Vec<Way<'_>>> = runs
        .chunk_by(|a, b| a.choices[depth].taken == b.choices[depth].taken)
        .map(|runs| ways(runs, depth + 1))
        .collect();
    if branches.windows(2).all(|pair| pair[0] == pair[1]) {
        return branches.into_iter().next().unwrap_or_default();
    }
    let choices =
        runs.chunk_by(|a, b| a.choices[depth].taken == b.choices[depth].taken).map(|runs| &runs[0].choices[depth]);
    let mut found = Vec::new();
    for (choice, ways) in choices.zip(branches) {
        for mut way in ways {
            way.choices.insert(0, words(choice));
            found.push(way);
        }
    }
    found
}

/// Returns what the user agent does, for one choice.
fn words(choice: &Choice) -> String {
    let either = |first: &str, second: &str| if choice.taken == 0 { first.to_owned() } else { second.to_owned() };
    match choice.latitude {
        Latitude::TaskQueue => format!("task queue {} of {} is next", choice.taken + 1, choice.alternatives),
        Latitude::SkipEvent => either("the event is fired", "the event is skipped"),
        Latitude::ClickActivates => either("the click activates", "the click does not activate"),
        Latitude::FurtherWindow => either("a further window is allowed", "no further window is allowed"),
        Latitude::PromiseArgument => either("the promise is taken as it is", "the promise is wrapped"),
        Latitude::DerivedPromise => either("no derived promise is left", "a derived promise is left rejected"),
        Latitude::HandlerCancels => either("only a cancelable event is canceled", "the event is canceled"),
        Latitude::ClearsAtOnce => {
            either("tasks run before the registration is cleared", "the registration is cleared at once")
        }
        Latitude::UiRemains => either("the UI remains", "the UI is gone"),
    }
}
