//! Deviations as compact data: each scenario once, with what each implementation did differently.
//!
//! Everything is text that is ready to be shown; the script only builds elements of it. The index, which lists, is apart
//! from the details, which are cut into chunks, so that little is unpacked before it is asked for.

use std::collections::BTreeMap;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bgfspec_report::Deviation;
use bgfspec_report::aligned::{Mark, align, differences};
use bgfspec_report::javascript::javascript;
use bgfspec_report::printable::{brief, brief_block, is_web_address, shell_word};
use bgfspec_report::trace::observation_line;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};

use super::way::Places;
use super::{ITEM, Page};

/// How many scenarios are unpacked together.
const CHUNK: usize = 100;

/// How much of the page the store may take, in bytes, so that a page with any number of deviations opens.
const MOST: usize = 4_200_000;

/// How many observations of a trace are shown.
const TRACE: usize = 300;

/// What the page holds of all deviations.
pub(super) struct Store {
    pub(super) index: String,
    pub(super) chunks: Vec<String>,
    pub(super) cases: usize,
    pub(super) deviations: usize,
    /// How many there was no room for.
    pub(super) left_out: usize,
}

/// A scenario with everybody who deviates on it.
struct Case<'a> {
    first: &'a Deviation,
    variants: Vec<Variant<'a>>,
}

/// What several did alike.
struct Variant<'a> {
    deviation: &'a Deviation,
    /// Whose run, in how many scenarios, and on which lines of a file it is expected.
    runs: Vec<(usize, u64, &'a [u64])>,
}

pub(super) fn store(page: &Page<'_>) -> Store {
    let cases = cases(page);
    let deviations = cases.iter().map(Case::len).sum();
    let mut store = Store { index: String::new(), chunks: Vec::new(), cases: cases.len(), deviations, left_out: 0 };
    let mut index = Index::default();
    let mut listed = Vec::new();
    let mut size = 0;
    for cases in cases.chunks(CHUNK) {
        let chunk = packed(&Value::from(cases.iter().map(Case::details).collect::<Vec<_>>()));
        let entries: Vec<Value> = cases.iter().map(|case| index.entry(case)).collect();
        // What its entries will take of the index is not known before all are packed together; less than alone.
        let added = chunk.len() + packed(&Value::from(entries.clone())).len();
        if size + added > MOST {
            store.left_out += cases.iter().map(Case::len).sum::<usize>();
            continue;
        }
        size += added;
        store.chunks.push(chunk);
        listed.extend(entries);
    }
    store.index = packed(&json!({
        "chunk": CHUNK,
        "runs": page.who.iter().map(|who| [&who.label, &who.short, &who.key, &who.options]).collect::<Vec<_>>(),
        "quirks": quirks(page),
        "steps": index.steps,
        "cases": listed,
    }));
    store
}

/// The scenarios, most common first.
fn cases<'a>(page: &Page<'a>) -> Vec<Case<'a>> {
    let mut cases: Vec<Case<'a>> = Vec::new();
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (run, deviation) in page
        .report
        .runs
        .iter()
        .enumerate()
        .flat_map(|(number, run)| run.deviations.iter().map(move |deviation| (number, deviation)))
    {
        let at = *by_id.entry(&deviation.id).or_insert_with(|| {
            cases.push(Case { first: deviation, variants: Vec::new() });
            cases.len() - 1
        });
        let variants = &mut cases[at].variants;
        let who = (run, deviation.occurrences, deviation.expected_by.as_slice());
        match variants.iter_mut().find(|variant| is_alike(variant.deviation, deviation)) {
            Some(variant) => variant.runs.push(who),
            None => variants.push(Variant { deviation, runs: vec![who] }),
        }
    }
    cases.sort_by_key(|case| case.first.requirements.first());
    cases
}

/// Whether two deviations on one scenario are the same in all that is shown.
fn is_alike(one: &Deviation, other: &Deviation) -> bool {
    one.first_difference == other.first_difference
        && one.step == other.step
        && one.quirks == other.quirks
        && one.observed == other.observed
        && one.expected == other.expected
}

/// The titles and steps of the quirks that explain something.
fn quirks(page: &Page<'_>) -> BTreeMap<String, [String; 2]> {
    let quirks = page.report.runs.iter().flat_map(|run| &run.causes);
    quirks.map(|quirk| (brief(&quirk.id, ITEM), [brief(&quirk.does, ITEM), brief(&quirk.step, ITEM)])).collect()
}

/// What stands in the index once, and by its number everywhere else.
#[derive(Default)]
struct Index {
    steps: Vec<[String; 2]>,
    numbers: BTreeMap<[String; 2], usize>,
}

impl Index {
    fn entry(&mut self, case: &Case<'_>) -> Value {
        let first = case.first;
        let variants: Vec<Value> = case
            .variants
            .iter()
            .map(|variant| {
                let quirks: Vec<String> = variant.deviation.quirks.iter().map(|id| brief(id, ITEM)).collect();
                json!([self.step(variant.deviation), quirks, variant.runs])
            })
            .collect();
        let requirements: Vec<String> = first.requirements.iter().map(|id| brief(id, 80)).collect();
        json!([brief(&first.id, 80), brief(&first.title, ITEM), requirements, variants])
    }

    fn step(&mut self, deviation: &Deviation) -> usize {
        let is_link = is_web_address(&deviation.link) && deviation.link.len() < 2_000;
        let link = if is_link { deviation.link.clone() } else { String::new() };
        let step = [brief(&deviation.step, ITEM), link];
        *self.numbers.entry(step.clone()).or_insert_with(|| {
            self.steps.push(step);
            self.steps.len() - 1
        })
    }
}

impl Case<'_> {
    fn len(&self) -> usize {
        self.variants.iter().map(|variant| variant.runs.len()).sum()
    }

    /// The program, the command that plays it, and what each variant did.
    fn details(&self) -> Value {
        let program = brief_block(&javascript(&self.first.scenario), 20 * ITEM);
        let command = format!("bgfspec replay {}", shell_word(&brief(&self.first.id, 80)));
        let places = Places::of(&self.first.scenario);
        let variants: Vec<Value> = self.variants.iter().map(|variant| traces(variant.deviation, &places)).collect();
        json!([program, command, variants])
    }
}

/// What was expected and observed, row by row: what came from outside as its text, the same on both sides as `[who, line]`,
/// and a difference as `[is it the first, who, expected, who, observed, differences]`.
fn traces(deviation: &Deviation, places: &Places<'_>) -> Value {
    let start = deviation.first_difference.saturating_sub(TRACE / 2);
    let window = |trace: &'_ [Value]| {
        let end = trace.len().min(start + TRACE);
        (trace.len().min(start), end)
    };
    let (expected, observed) = (window(&deviation.expected), window(&deviation.observed));
    let (who_expected, who_observed) = (places.lanes(&deviation.expected), places.lanes(&deviation.observed));
    let (expected, observed) = (expected.0..expected.1, observed.0..observed.1);
    let rows = align(
        &deviation.expected[expected.clone()],
        &deviation.observed[observed.clone()],
        deviation.first_difference - start,
    );
    let mut outside = places.outside(&deviation.expected, &who_expected).into_iter().peekable();
    let (mut at_expected, mut at_observed) = (expected.start, observed.start);
    let mut written = Vec::new();
    if start > 0 {
        written.push(json!(format!("… {start} observations before are not shown")));
    }
    for row in &rows {
        while row.expected.is_some()
            && let Some((_, text)) = outside.next_if(|(before, _)| *before <= at_expected)
        {
            written.push(json!(brief(&text, ITEM)));
        }
        let line = |side: Option<&Value>| side.map(|observation| brief(&observation_line(observation), ITEM));
        let who = |side: Option<&Value>, lanes: &[super::way::At], at: usize| side.and(lanes.get(at).copied());
        let (by_expected, by_observed) =
            (who(row.expected, &who_expected, at_expected), who(row.observed, &who_observed, at_observed));
        written.push(match row.mark {
            Mark::Same => json!([by_expected, line(row.expected)]),
            Mark::Different | Mark::FirstDifference => {
                let first = u8::from(row.mark == Mark::FirstDifference);
                let differences: Vec<String> = differences(row).iter().map(|text| brief(text, ITEM)).collect();
                json!([first, by_expected, line(row.expected), by_observed, line(row.observed), differences])
            }
        });
        at_expected += usize::from(row.expected.is_some());
        at_observed += usize::from(row.observed.is_some());
    }
    for (_, text) in outside {
        written.push(json!(brief(&text, ITEM)));
    }
    let hidden = deviation.expected.len().max(deviation.observed.len()).saturating_sub(start + TRACE);
    if hidden > 0 {
        written.push(json!(format!("… {hidden} observations after are not shown")));
    }
    json!([brief_block(&deviation.explanation, 4 * ITEM), written])
}

/// JSON, compressed, as characters that mean nothing in HTML.
fn packed(json: &Value) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(json.to_string().as_bytes()).and_then(|()| encoder.finish());
    // Writing to memory does not fail; if it did, the script says that it can't read what is stored.
    written.map(|bytes| STANDARD.encode(bytes)).unwrap_or_default()
}
