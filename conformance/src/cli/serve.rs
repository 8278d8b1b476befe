//! `bgfspec serve`.

mod visits;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bgfspec::adapter::browser::{Page, Site, ToPage, VisitAdapter, VisitConnect};
use bgfspec::adapter::{Adapter, Identity};
use bgfspec::catalogue::Catalogue;
use bgfspec::runner::{self, Options, Order, Progress, Start};
use bgfspec_report::{MissingVendor, Report, Run};
use bgfspec_reports::{self as reports, Style, line};

use self::visits::Visits;
use super::bar::Bar;
use super::output::{self, Output, Wanted};
use super::selection::Selection;
use super::vendors::SCOPES;
use super::{Fault, NOTHING_RUN, Outcome, on_signal_set, print, seconds};

/// How often it is looked whether the user wants an end.
const LOOK_AFTER: Duration = Duration::from_millis(50);

/// How long a page may take to get the report before this program ends.
const SHOWING: Duration = Duration::from_secs(10);

/// How wide the text is that a page shows.
const PAGE_WIDTH: usize = 90;

/// Of `bgfspec serve`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec serve                        open the printed address in any browser, Ctrl-C ends
  bgfspec serve --once --out report    judge the first browser that comes, and end
  bgfspec serve --port 8000            for a phone: adb reverse tcp:8000 tcp:8000, then open http://127.0.0.1:8000/ there")]
pub(super) struct Arguments {
    /// The port of the loopback interface; 0 takes one that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// End after the first page, with the exit status of its result
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    selection: Selection,
    /// How long to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    timeout: f64,
    #[command(flatten)]
    output: Output,
}

/// What pages are judged by, and when it ends.
struct Server {
    site: Arc<Site>,
    catalogue: Catalogue,
    options: Options,
    timeout: Duration,
    /// Ends the run that goes on: the user wants it, or its page was closed.
    stop: Arc<AtomicBool>,
    /// The user wants an end.
    asked: Arc<AtomicBool>,
    /// Standard output has reports and nothing else.
    is_json: bool,
}

/// `bgfspec serve`.
pub(super) fn serve(arguments: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    let options = arguments.selection.options(&catalogue, Order::Catalogue, 0)?;
    arguments.output.prepare()?;
    let site = Arc::new(Site::open(arguments.port).map_err(|error| Fault::harness(error.to_string()))?);
    let (asked, stop) = (Arc::default(), Arc::default());
    on_signal_set(Arc::clone(&asked), Arc::clone(&stop));
    let timeout = Duration::from_secs_f64(arguments.timeout);
    let server = Server { site, catalogue, options, timeout, stop, asked, is_json: arguments.output.is_json_alone() };
    let ends = if arguments.once { "it ends after the first page" } else { "Ctrl-C ends it" };
    server.tell(&format!("Open {} in the browser that is to be judged; {ends}.\n", server.site.page(&[])));
    let mut visits = Visits::new(server.empty_report());
    // One page at a time: pages that play at once would slow each other down until answers come too late.
    while !server.asked.load(Ordering::SeqCst) {
        let Some(page) = server.site.next_page(LOOK_AFTER).filter(|page| !page.is_gone()) else { continue };
        let report = server.visit(&page);
        for run in &report.runs {
            arguments.output.write_deviations(run)?;
        }
        visits.add(report.clone());
        arguments.output.write_files(visits.report())?;
        server.site.show_report(reports::html(visits.report()));
        let lasts = !arguments.once && !server.asked.load(Ordering::SeqCst);
        let style = Style { width: PAGE_WIDTH, verbose: true, ..Style::default() };
        page.tell(&ToPage::Result { text: &reports::text(&report, style), href: "/report" });
        arguments.output.show_line(&report)?;
        if !lasts {
            wait_until_shown(&page);
            break;
        }
    }
    if visits.report().runs.is_empty() && visits.report().missing.is_empty() {
        anstream::eprintln!("Nobody opened the page.");
        return Ok(NOTHING_RUN);
    }
    Ok(output::status(visits.report(), Wanted::ByName))
}

impl Server {
    /// Says something that is no result.
    fn tell(&self, text: &str) {
        if self.is_json { anstream::eprint!("{text}") } else { print(text) }
    }

    fn empty_report(&self) -> Report {
        output::empty_report(&self.catalogue, &self.options)
    }

    /// Plays with a page in all its scopes, one after the other.
    fn visit(&self, page: &Page) -> Report {
        self.stop.store(self.asked.load(Ordering::SeqCst), Ordering::SeqCst);
        self.tell(&format!("{} has opened the page.\n", line(&page.browser())));
        let mut report = self.empty_report();
        for scope in page.scopes().iter().filter(|scope| SCOPES.contains(&scope.as_str())) {
            let outcome = match self.stop.load(Ordering::SeqCst) {
                true if page.is_gone() => Err("its page was closed before".to_owned()),
                true => Err("the run was ended before".to_owned()),
                false => self.play(page, scope),
            };
            let text = match outcome {
                Ok(run) => {
                    let text = in_short(&run);
                    report.runs.push(run);
                    text
                }
                Err(reason) => {
                    let text = format!("Not judged: {reason}.");
                    report.missing.push(MissingVendor {
                        name: format!("{} ({scope})", page.browser()),
                        reason,
                        how: "open the page again, in an ordinary window, and leave it open until it has ended"
                            .to_owned(),
                        asked_for: true,
                    });
                    text
                }
            };
            page.tell(&ToPage::Ended { scope, text: &text });
        }
        report.complete = report.missing.is_empty() && !self.stop.load(Ordering::SeqCst);
        report
    }

    fn play(&self, page: &Page, scope: &str) -> Result<Run, String> {
        let connect = VisitConnect {
            site: Arc::clone(&self.site),
            page: page.clone(),
            scope: scope.to_owned(),
            timeout: self.timeout,
            stop: Arc::clone(&self.stop),
        };
        let start: Start = Box::new(move || Ok(Box::new(VisitAdapter::start(connect)?) as Box<dyn Adapter>));
        let mut shown = Shown { bar: Bar::new(), page, scope };
        runner::run(start, &self.catalogue, &self.options, &self.stop, &mut shown).map_err(|error| error.to_string())
    }
}

/// Gives a page that has its result the time to get the report: it closes its socket then.
fn wait_until_shown(page: &Page) {
    let deadline = Instant::now() + SHOWING;
    while !page.is_gone() && Instant::now() < deadline {
        std::thread::sleep(LOOK_AFTER);
    }
}

/// How a run went, as a sentence for a page.
fn in_short(run: &Run) -> String {
    let scenarios = if run.scenarios == 1 { "1 scenario".to_owned() } else { format!("{} scenarios", run.scenarios) };
    let mut text = match run.deviations.len() {
        0 => format!("{scenarios} judged, none deviates"),
        1 => format!("{scenarios} judged, 1 deviates"),
        many => format!("{scenarios} judged, {many} deviate"),
    };
    if !run.failures.is_empty() {
        text.push_str(&format!(", {} without a verdict", run.failures.len()));
    }
    text.push_str(if run.complete { "." } else { "; it is incomplete." });
    text
}

/// Shows progress on the terminal and on the page.
struct Shown<'a> {
    bar: Bar,
    page: &'a Page,
    scope: &'a str,
}

impl Progress for Shown<'_> {
    fn started(&mut self, identity: &Identity, scenarios: Option<usize>) {
        self.bar.started(identity, scenarios);
        self.page.tell(&ToPage::Judging { scope: self.scope, scenarios });
    }

    // What was played the page knows.
    fn judged(&mut self, count: usize) {
        self.bar.judged(count);
    }

    fn diagnosing(&mut self) {
        self.bar.diagnosing();
    }

    fn finished(&mut self) {
        self.bar.finished();
    }
}
