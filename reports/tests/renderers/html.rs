//! The page: complete, self-contained, and safe.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bgfspec_reports::html;
use bgfspec_reports::report::{Act, Click, Verdict};
use sha2::{Digest, Sha256};

use crate::fixture::{HOSTILE, Links, expecting, generated, hostile, longer, many, passing, report, suspicious};
use crate::stored;

#[test]
fn what_matters_is_on_the_page_without_its_script() {
    let page = html(&report());
    let expected = [
        "0.1.0",
        "42",
        "abc123",
        "def456",
        "node 20.20.2 (main)",
        "model <small>0.1.0</small>",
        "deno",
        "there is no such command",
        "see deno.com",
        "once-after",
        "1 of 2 requirements that could be tested conform.",
        "All 2 requirements that could be tested conform.",
        "A once listener is removed after its callback.",
        "2 deviations in 2 scenarios",
        "deviates: node",
        "1 cause explains 17 of 18 deviating scenarios; 1 is unexplained.",
        "timeout",
        "An endless loop ends.",
        "no answer in 10 s",
        "It lacks background-fetch.",
        "It is about memory.",
        "90 of 120",
        "1.2 s",
        "1 min 1 s",
    ];
    for text in expected {
        assert!(page.contains(text), "{text} is missing.");
    }
}

#[test]
fn fragments_lead_somewhere_and_ids_are_unique() {
    let page = html(&report());
    let ids = attribute_values(&page, "id");
    for (at, id) in ids.iter().enumerate() {
        assert!(!ids[..at].contains(id), "{id} is there twice.");
    }
    assert!(lead_somewhere(&page) > 10);
}

#[test]
fn the_matrix_counts_what_conforms_of_what_is_testable() {
    let page = html(&report());
    assert!(page.contains("✗ 1/2"));
    assert!(page.contains("✓ 2/2"));
}

#[test]
fn not_applicable_and_untested_are_never_shown_as_a_pass() {
    let mut report = passing();
    report.catalogue.retain(|requirement| requirement.id != "DSP-001" && requirement.id != "DSP-002");
    report.runs[0].requirements.retain(|outcome| outcome.verdict != Verdict::Conforms);
    let page = html(&report);
    assert!(page.contains("– not applicable"));
    assert!(page.contains("untested: model"));
    let (markup, _script) = page.split_once("<script>").expect("The script comes last.");
    let passes: Vec<&str> =
        markup.split('<').filter(|tag| tag.contains("class=\"pass") || tag.contains(" pass\"")).collect();
    assert!(passes.is_empty(), "{passes:?}");
    assert!(!page.contains("✓ 0/0"));
}

#[test]
fn an_incomplete_report_says_so_and_shows_no_pass() {
    let whole = html(&passing());
    assert!(!whole.contains("Incomplete."));
    assert!(whole.contains("✓ 2/2"));
    let mut by_report = passing();
    by_report.complete = false;
    let mut by_run = passing();
    by_run.runs[0].complete = false;
    for report in [by_report, by_run] {
        let page = html(&report);
        assert!(page.contains("Incomplete."));
        assert!(!page.contains("✓ 2/2"));
        assert!(page.contains("? 2/2 so far"));
    }
}

#[test]
fn the_page_loads_nothing_and_runs_only_its_own_script() {
    let page = html(&report());
    for tag in tags(&page) {
        assert!(!["link", "img", "iframe", "object", "embed", "base", "form"].contains(&tag.name.as_str()));
        assert!(!tag.attributes.iter().any(|name| name == "src" || name == "style" || name.starts_with("on")));
    }
    assert!(!page.contains("url(") && !page.contains("@import"));
    // All others are data that no browser runs.
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("<script").count(), 1 + page.matches("<script type=\"application/octet-stream\"").count());
    assert!(page.contains("prefers-color-scheme: dark"));
    assert!(page.contains("name=\"viewport\""));
}

#[test]
fn the_policy_names_the_style_and_the_script_that_are_there() {
    let page = html(&report());
    for element in ["style", "script"] {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        let start = page.find(&open).expect("The element is there.") + open.len();
        let end = page[start..].find(&close).expect("The element ends.") + start;
        let hash = STANDARD.encode(Sha256::digest(&page[start..end]));
        assert!(page.contains(&format!("{element}-src 'sha256-{hash}'")), "The hash of the {element} is {hash}.");
    }
}

#[test]
fn hostile_text_adds_no_markup_and_no_attribute() {
    let calm = tags(&html(&longer("x", Links::Kept)));
    let hostile = tags(&html(&hostile(Links::Kept)));
    let differs = calm.iter().zip(&hostile).find(|(calm, hostile)| calm != hostile);
    assert!(differs.is_none() && calm.len() == hostile.len(), "{differs:?}");
}

#[test]
fn hostile_text_is_still_readable_and_shows_what_it_hides() {
    let page = html(&hostile(Links::Kept));
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(page.contains("\\u{202e}"));
    assert!(page.contains("\\u{0}"));
    for hidden in ['\0', '\u{1b}', '\u{202e}'] {
        assert!(!page.contains(hidden), "{hidden:?} is there raw.");
    }
}

#[test]
fn only_addresses_of_the_web_become_links() {
    let mut report = report();
    let wicked =
        ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc", "//x", "https:x", HOSTILE];
    for address in wicked {
        report.catalogue[0].link = address.to_owned();
        report.runs[0].causes[0].links = vec![address.to_owned()];
        report.catalogue[1].disputes[0].link = address.to_owned();
        let page = html(&report);
        let links = attribute_values(&page, "href");
        assert!(links.iter().all(|link| link.starts_with('#') || link.starts_with("https://dom.spec")), "{links:?}");
    }
    report.catalogue[0].link = "HTTP://example.org/?a=\"b\"&c".to_owned();
    assert!(html(&report).contains("href=\"HTTP://example.org/?a=&quot;b&quot;&amp;c\""));
}

#[test]
fn a_dispute_stands_with_its_requirement_and_with_each_cause_of_it() {
    let page = html(&report());
    let dispute = "<strong>Disputed: </strong><a href=\"https://example.com/dom/events/once.any.js\" rel=\"noreferrer \
                   noopener\">public test dom/events/once.any.js</a>: It is removed after its callback.";
    assert_eq!(page.matches(dispute).count(), 2, "{page}");
    let causes = page.split("id=\"requirements\"").next().unwrap_or_default();
    assert_eq!(causes.matches(dispute).count(), 1);
}

#[test]
fn a_run_names_its_platform_and_its_flags() {
    let page = html(&report());
    let ran = "Ran on linux x86_64, headless, no touch points, started with <code>--expose-gc</code>.";
    assert_eq!(page.matches(ran).count(), 1, "{page}");
    assert_eq!(page.matches("Ran on").count(), 1, "Of the other run nothing is known.");
}

#[test]
fn a_requirement_that_only_a_run_names_is_shown() {
    let mut report = report();
    report.catalogue.remove(0);
    let page = html(&report);
    assert!(page.contains("id=\"DSP-001\""));
    assert!(page.contains("not in the report&#39;s catalogue") || page.contains("not in the report's catalogue"));
}

#[test]
fn what_is_suspect_comes_after_the_causes_and_leads_to_its_deviations() {
    assert!(!html(&report()).contains("Suspect"));
    let page = html(&suspicious());
    assert!(page.find("<section id=\"causes\"") < page.find("<section id=\"suspects\""));
    let section = &page[page.find("<section id=\"suspects\"").expect("It is there.")..];
    let section = &section[..section.find("</section>").expect("It ends.")];
    for text in ["read the text again", "href=\"#DSP-002\"", "href=\"#deviation=d1\"", "A listener was lost.", "bun 1"]
    {
        assert!(section.contains(text), "{text} is missing in {section}");
    }
}

#[test]
fn the_title_names_the_run() {
    let title = |report| {
        let page = html(&report);
        let (_, rest) = page.split_once("<title>").expect("It has one.");
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    assert_eq!(title(passing()), "model 0.1.0, 2026-07-30: bgfspec");
    assert_eq!(title(report()), "2 implementations, 2026-07-30: bgfspec");
    assert_eq!(title(many()), "6 implementations, 2026-07-30: bgfspec", "Scopes are of one implementation.");
    let mut nobody = report();
    (nobody.runs, nobody.date) = (Vec::new(), String::new());
    assert_eq!(title(nobody), "0 implementations: bgfspec");
}

#[test]
fn a_requirement_has_a_column_for_each_implementation_and_says_who_deviates_alone() {
    let page = html(&report());
    assert!(page.contains("<div class=\"heads\" aria-hidden=\"true\"><span>node</span><span>model</span></div>"));
    let row = &page[page.find("id=\"DSP-002\"").expect("It is there.")..];
    let row = &row[..row.find("</summary>").expect("It ends.")];
    assert!(row.contains("data-alone=\"node\"") && row.contains("only node deviates"), "{row}");
    assert!(
        row.contains("<i class=\"fail\">✗</i><b>✓</b></span><span class=\"heard\">1 conforms, 1 deviates."),
        "{row}"
    );
    assert!(page.contains("Only node deviates from 1 requirement"));
    // Scopes of one implementation are one; where all deviate, or nobody conforms, none is alone.
    let mut scopes = report();
    let mut worker = scopes.runs[0].clone();
    worker.implementation.scope = "worker".to_owned();
    scopes.runs.push(worker);
    assert!(html(&scopes).contains("data-alone=\"node-main node-worker\""));
    scopes.runs.remove(1);
    assert!(!html(&scopes).contains("data-alone"));
    assert!(!html(&many()).contains("data-alone"));
}

#[test]
fn a_cause_says_what_was_seen_and_where_it_was_reported() {
    let mut report = report();
    report.runs[0].causes[0].links = [
        "https://github.com/nodejs/node/issues/1",
        "https://bugs.webkit.org/show_bug.cgi?id=2",
        "https://example.com/3",
    ]
    .map(str::to_owned)
    .into();
    let page = html(&report);
    for told in [
        "17 scenarios, in part, reported",
        ">nodejs/node#1</a>",
        ">bugs.webkit.org 2</a>",
        ">https://example.com/3</a>",
        "Expected: <code>noted &quot;a&quot;</code>",
        "Observed: <code>noted &quot;b&quot;</code>",
        "data-who=\"node 20.20.2 (main)\" data-tracker=\"https://github.com/nodejs/node/issues/new?",
        "data-suite=\"bgfspec 0.1.0, dom abc123, html def456, on 2026-07-30\"",
    ] {
        assert!(page.contains(told), "{told} is missing.");
    }
}

#[test]
fn trackers_are_addresses_of_the_web_that_can_be_filled_in() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/html/trackers.json");
    let text = std::fs::read_to_string(file).expect("It is there.");
    let trackers: std::collections::BTreeMap<String, String> = serde_json::from_str(&text).expect("It is a table.");
    for (name, address) in trackers {
        let is_whole = ["TITLE", "BODY"].iter().all(|part| address.matches(part).count() == 1);
        assert!(address.starts_with("https://") && is_whole, "{name}: {address}");
    }
}

#[test]
fn generated_scenarios_are_folded_and_what_the_suite_is_worth_comes_last() {
    let page = html(&generated());
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(at("<section id=\"missing\"") < at("<section id=\"generated\""));
    assert!(at("<section id=\"generated\"") < at("<section id=\"suite\""));
    assert!(at("34 of 9500 scenarios deviate</small></summary>") < at("An early way."));
    assert!(page[at("<section id=\"suite\"")..].contains("3 of 4"));
    let mut unknown = generated();
    unknown.mutation_score = None;
    assert!(!html(&unknown).contains("<section id=\"suite\""));
}

#[test]
fn generated_scenarios_have_a_section_with_how_many_it_took() {
    assert!(!html(&report()).contains("Generated scenarios") && !html(&report()).contains("Not the whole suite"));
    let page = html(&generated());
    for told in [
        "Not the whole suite: </strong>only scenarios with DSP, only share 2/7.",
        "9000 of 9998 scenarios played, 34 deviate in 2 ways, 3 undecided.",
        "All of the set lists: </strong>500 of 500 scenarios played, none deviates. Up to three listeners.",
        "<a href=\"#deviation=d1\">An early way.</a>",
        "first seen at number 8, in 17 scenarios",
        "90 of 120 steps and 59 of 60 branches taken.",
        "Not taken: dom/dispatch/6.",
        "Not taken: dom/invoke/6 holds.",
    ] {
        assert!(page.contains(told), "{told} is missing.");
    }
    assert!(page.find("An early way.") < page.find("A late way."));
    // ln(10) is a quarter of ln(10,000).
    assert!(
        page.contains("<rect class=\"fail\" x=\"0\" y=\"0\" width=\"250\"")
            && page.contains("width=\"1000\" height=\"10\"")
    );
    lead_somewhere(&page);
}

#[test]
fn expectations_have_a_section_with_their_reasons() {
    assert!(!html(&report()).contains("Expectations and repetitions"));
    let page = html(&expecting());
    for told in ["Line 9 is stale.", "Known for years.", "href=\"https://example.com/1\"", "2 deviations are expected"]
    {
        assert!(page.contains(told), "{told} is missing.");
    }
    assert_eq!(stored::index(&page)["cases"][0][3][0][2], serde_json::json!([[0, 17, [3]]]));
}

#[test]
fn what_was_clicked_has_a_section_that_links_to_pictures_beside_the_page_only() {
    let mut report = report();
    assert!(!html(&report).contains("Real clicks"));
    let act = |picture: &str| Act { act: "activate".to_owned(), done: true, picture: Some(picture.to_owned()) };
    let wicked = ["/etc/passwd", "../x.png", "clicks/../../x.png", "javascript:alert(1)", "//x/y.png", "a b", ""];
    let mut acts: Vec<Act> = wicked.map(act).into();
    acts.push(act("clicks/a-1.png"));
    acts.push(Act { act: "pause".to_owned(), done: false, picture: None });
    let (scenario, title, trace) = ("d1".to_owned(), "A click fires the event.".to_owned(), Vec::new());
    report.runs[0].clicks = vec![Click { scenario, title, acts, trace }];
    let page = html(&report);
    let section = &page[page.find("<section id=\"clicks\"").expect("It is there.")..];
    let section = &section[..section.find("</section>").expect("It ends.")];
    assert_eq!(attribute_values(section, "href"), ["#deviation=d1", "clicks/a-1.png"]);
    assert!(section.contains("A click fires the event.") && section.contains("pause (not found)"));
}

#[test]
fn scopes_stand_under_their_implementation() {
    let page = html(&many());
    assert_eq!(page.matches("colspan=\"3\"").count(), 6, "six implementations");
    assert!(page.contains("engine-5 service-worker"));
    assert_eq!(page.matches("<article class=\"card\"").count(), 6);
    assert!(
        page.contains("not applicable: engine-0 window, engine-0 worker, "),
        "who has the same reason stands together"
    );
    lead_somewhere(&page);
}

#[test]
fn namesakes_are_told_apart_by_their_addresses() {
    let mut report = report();
    report.runs = vec![report.runs[0].clone(), report.runs[0].clone(), report.runs[0].clone()];
    report.runs[1].implementation.version = "21".to_owned();
    report.runs[2].implementation.scope = "<worker>".to_owned();
    let keys: Vec<serde_json::Value> =
        stored::index(&html(&report))["runs"].as_array().expect("A list.").iter().map(|run| run[2].clone()).collect();
    assert_eq!(keys, ["node-main", "node-main-2", "node--worker-"]);
}

/// Asserts that each fragment of the page names a place in it or, as a state, an area and an implementation that it has. Gives
/// their number.
#[track_caller]
fn lead_somewhere(page: &str) -> usize {
    let (ids, values) = (attribute_values(page, "id"), attribute_values(page, "value"));
    let links = attribute_values(page, "href").into_iter().filter_map(|link| Some(link.strip_prefix('#')?.to_owned()));
    let links: Vec<String> = links.collect();
    for link in &links {
        for part in link.split("&amp;") {
            match part.split_once('=') {
                Some(("run" | "area" | "level" | "verdict", value)) => {
                    assert!(values.contains(&value.to_owned()), "#{link} says {value}, which is no choice.");
                }
                Some(("q" | "deviation", _)) => {}
                _ => assert!(ids.contains(&part.to_owned()), "#{link} leads nowhere."),
            }
        }
    }
    links.len()
}

#[derive(Debug, PartialEq)]
struct Tag {
    name: String,
    attributes: Vec<String>,
}

/// The tags of a page, as far as this crate writes any: no comments, attribute values in double quotes.
fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut quoted = false;
        let end = rest.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let (tag, after) = rest.split_at(end.expect("Every tag ends."));
        let outside: String = tag.split('"').step_by(2).collect();
        let mut words = outside.split_whitespace().map(|word| word.trim_end_matches('=').to_owned());
        let name = words.next().expect("A tag has a name.");
        // Script and style hold no markup.
        rest = match name.as_str() {
            "script" | "style" => &after[after.find(&format!("</{name}")).expect("The element ends.")..],
            _ => after,
        };
        tags.push(Tag { name, attributes: words.collect() });
    }
    tags
}

fn attribute_values(page: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}
