//! `--webdriver`, with the drivers that are installed.

use bgfspec_report::Verdict;

use crate::Test;
use crate::scratch::{Running, Scratch, said, signal, wait_until};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "a_browser_is_opened_through_an_endpoint_and_closed_again",
        needs: &["chromium", "chromedriver"],
        test: a_browser_is_opened_through_an_endpoint_and_closed_again,
    },
    Test {
        name: "an_interruption_ends_the_session",
        needs: &["chromium", "chromedriver"],
        test: an_interruption_ends_the_session,
    },
    Test {
        name: "a_driver_without_the_click_command_lacks_the_capability",
        needs: &["chromium", "chromedriver"],
        test: a_driver_without_the_click_command_lacks_the_capability,
    },
];

fn a_browser_is_opened_through_an_endpoint_and_closed_again() {
    let scratch = Scratch::new();
    let (driver, address) = chromedriver(&scratch);
    let arguments = ["run", "--vendor", "chromium", "--webdriver", &address, "--filter", "MUT-00"];
    let output = Running::start(&mut scratch.bgfspec(&arguments)).output();
    let report = scratch.report();
    assert!(report.is_complete() && report.missing.is_empty(), "{}", said(&output));
    assert_eq!(report.runs.len(), 3);
    for run in &report.runs {
        assert_eq!(run.implementation.name, "chromium");
        assert!(run.implementation.version.starts_with(|first: char| first.is_ascii_digit()));
        let configuration = &run.configuration;
        assert!(configuration.headless == Some(true) && configuration.touch_points.is_some(), "{configuration:?}");
        assert!(!configuration.platform.is_empty(), "{configuration:?}");
        assert!(configuration.flags.iter().any(|flag| flag == "--headless=new"), "{configuration:?}");
        assert!(run.scenarios > 10 && run.failures.is_empty(), "{:#?}", run.failures);
    }
    let of_worker = &report.runs[0].implementation.capabilities;
    for outside in ["worker-stop", "permissions"] {
        assert!(of_worker.iter().any(|capability| capability == outside), "{outside} is not in {of_worker:?}");
    }
    assert_eq!(output.status.code(), Some(i32::from(report.runs.iter().any(|run| run.deviates()))));
    assert_eq!(sessions(&address), "[]");
    scratch.nothing_is_left(&[driver.id()]);
}

fn an_interruption_ends_the_session() {
    let scratch = Scratch::new();
    let (driver, address) = chromedriver(&scratch);
    let arguments = ["run", "--vendor", "chromium", "--webdriver", &address, "--scope", "service-worker"];
    let command = Running::start(&mut scratch.bgfspec(&arguments));
    wait_until("there is a session", || sessions(&address) != "[]");
    std::thread::sleep(std::time::Duration::from_millis(500));
    signal(command.id(), "-INT");
    let output = command.output();
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert_eq!(sessions(&address), "[]");
    scratch.nothing_is_left(&[driver.id()]);
}

fn a_driver_without_the_click_command_lacks_the_capability() {
    let scratch = Scratch::new();
    let (driver, address) = chromedriver(&scratch);
    let arguments = ["run", "--vendor", "chromium", "--webdriver", &address, "--scope", "service-worker"];
    let asked = [arguments.as_slice(), &["--capability", "webdriver"]].concat();
    let output = Running::start(&mut scratch.bgfspec(&asked)).output();
    let report = scratch.report();
    let [run] = report.runs.as_slice() else { panic!("one run: {}", said(&output)) };
    assert!(!run.requirements.is_empty(), "{}", said(&output));
    for outcome in &run.requirements {
        // Once a driver knows it, this says so, and the verdicts are to be looked at.
        assert_eq!(outcome.verdict, Verdict::NotApplicable, "{outcome:?}");
        let reason = outcome.reason.as_deref().unwrap_or_default();
        assert!(reason.starts_with("lacks webdriver: the driver answers `unknown command`"), "{reason}");
    }
    assert_eq!(output.status.code(), Some(3), "nothing was judged");
    assert_eq!(sessions(&address), "[]");
    scratch.nothing_is_left(&[driver.id()]);
}

/// A driver on a free port, and its address.
fn chromedriver(scratch: &Scratch) -> (Running, String) {
    let mut driver = Running::start(scratch.program("chromedriver").arg("--port=0"));
    let line = driver.line_with("successfully on port ");
    let port = line.rsplit("on port ").next().unwrap_or_default().trim_end_matches('.');
    (driver, format!("http://127.0.0.1:{port}"))
}

/// The sessions that a driver has, as it says it.
fn sessions(address: &str) -> String {
    let mut answer = ureq::get(format!("{address}/sessions")).call().expect("the driver answers");
    let text = answer.body_mut().read_to_string().expect("the answer is text");
    let answer: serde_json::Value = serde_json::from_str(&text).expect("the answer is JSON");
    answer["value"].to_string()
}
