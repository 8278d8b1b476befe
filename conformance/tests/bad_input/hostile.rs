//! Vendors that would harm whoever reads about them.

use crate::support::{Done, Folder, command, done, faulty_agent, filtered};

const FILTER: &str = "ADD-00";

/// Runs the command as if its output went to a terminal that knows colours.
fn in_colour(arguments: &[&str]) -> Done {
    done(command(arguments).env("CLICOLOR_FORCE", "1").output().expect("the command can be started"))
}

/// Asserts that nothing hostile came through, though the words did.
#[track_caller]
fn is_harmless(what: &str, text: &str) {
    assert!(text.contains("owned"), "{what} should show what the vendor said: {text}");
    assert!(!text.contains("\u{1b}]"), "{what} has the vendor's escape sequence: {text:?}");
    for character in ['\u{0}', '\u{7}', '\u{202e}', '\r'] {
        assert!(!text.contains(character), "{what} has {character:?}: {text:?}");
    }
}

#[track_caller]
fn is_harmless_page(text: &str) {
    is_harmless("report.html", text);
    assert!(!text.contains("<script>alert"), "the page has the vendor's script");
    assert!(!text.contains("<img src=x"), "the page has the vendor's image");
    assert!(text.contains("&lt;script&gt;alert(1)"), "the page shows what the vendor said");
    for loads in ["src=\"http", "src=\"//", "<link ", "@import", "url(http"] {
        assert!(!text.contains(loads), "the page loads something: {loads}");
    }
}

#[test]
fn names_and_traces_of_a_hostile_vendor_are_escaped_everywhere() {
    let folder = Folder::new();
    let (_, culprit) = filtered(FILTER);
    let agent = faulty_agent("hostile", &culprit, None);
    let arguments =
        ["run", "--command", &agent, "--filter", FILTER, "--out", folder.text(), "--format", "text,markdown"];
    let done = in_colour(&arguments);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    let report = folder.report();
    assert!(report.runs[0].implementation.name.contains("\u{1b}]0;owned"), "the report keeps what was said");
    assert_eq!(report.runs[0].deviations.len(), 1);
    is_harmless("the terminal", &done.shown());
    is_harmless("report.md", &folder.read("report.md"));
    is_harmless_page(&folder.read("report.html"));
}

#[test]
fn the_last_words_of_a_hostile_vendor_are_escaped_everywhere() {
    let folder = Folder::new();
    let (_, culprit) = filtered(FILTER);
    let agent = faulty_agent("hostile-death", &culprit, None);
    let done = in_colour(&["run", "--command", &agent, "--filter", FILTER, "--out", folder.text()]);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    assert_eq!(folder.report().runs[0].failures.len(), 1);
    is_harmless("the terminal", &done.shown());
    is_harmless_page(&folder.read("report.html"));
}

#[test]
fn a_hostile_vendor_that_does_not_start_is_escaped_everywhere() {
    let folder = Folder::new();
    let script = "printf '<script>alert(1)</script>\\033]0;owned\\007\\000\\n' | tee /dev/stderr\nexit 7\n";
    let agent = folder.script(script);
    let done = in_colour(&["run", "--command", &agent, "--out", folder.text()]);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    is_harmless("the terminal", &done.shown());
    is_harmless_page(&folder.read("report.html"));
    let smoke = in_colour(&["smoke", "--command", &agent]);
    assert_eq!(smoke.status, Some(3));
    is_harmless("smoke", &smoke.shown());
    let (_, culprit) = filtered(FILTER);
    is_harmless("replay", &in_colour(&["replay", &culprit.id(), "--command", &agent]).shown());
}

#[test]
fn a_hostile_vendor_is_replayed_without_harm() {
    let (_, culprit) = filtered(FILTER);
    for fault in ["hostile", "hostile-death"] {
        let agent = faulty_agent(fault, &culprit, None);
        is_harmless("replay", &in_colour(&["replay", &culprit.id(), "--command", &agent]).shown());
    }
}

#[test]
fn a_hostile_vendor_is_smoked_without_harm() {
    let (_, culprit) = filtered(FILTER);
    let agent = faulty_agent("hostile", &culprit, None);
    is_harmless("smoke", &in_colour(&["smoke", "--command", &agent]).shown());
}

#[test]
fn a_hostile_file_is_refused_without_harm() {
    let folder = Folder::new();
    for (name, content) in [
        ("a.json", r#"{ "title": "T", "steps": [{ "\u001b]0;owned\u0007\u0000": 1 }] }"#),
        ("b.json", r#"{ "title": "T", "\u001b]0;owned\u0007\u0000": 1 }"#),
        ("c.json", r#"{ "title": "T", "requirements": ["\u001b]0;owned\u0007\u0000"], "steps": [] }"#),
        ("d.json", r#"{ "title": "\u001b]0;owned\u0007\u0000", "steps": [{ "get": "x" }] }"#),
        ("e.json", r#"{ "title": "\u001b]0;owned\u0007\u0000", "steps": [{ "note": "\u001b]0;owned\u0007\u0000" }] }"#),
    ] {
        let file = folder.file(name, content);
        is_harmless(name, &in_colour(&["replay", &file, "--vendor", "reference"]).shown());
    }
}
