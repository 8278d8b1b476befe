//! The conformance suite as the tests of a vendor's crate: one test for each requirement.
//!
//! [`conformance_suite!`](crate::conformance_suite) is all that a vendor writes. A test's name is the id of its requirement, which stays
//! for ever, so filters, `--list`, `--exact` and `cargo nextest` do what they do elsewhere; beside it stands what it is about. What the
//! implementation can't be asked is ignored with the reason beside it, and fails if it is run all the same: it is never passed. The test
//! `adapter` fails where the implementation does not start, or can't be asked anything. At the end stand the causes of what deviates, as
//! `bgfspec run` tells them, and why tests are ignored.
//!
//! The list of tests and their reasons depends on the implementation, so there is no `#[test]` to write down: the test has
//! `harness = false`. All tests of a process share one implementation, and each plays the scenarios of its requirement alone.

mod conclusion;
mod known;
mod shared;
mod verdict;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use bgfspec_report::printable::{line, shorten};
use libtest_mimic::{Arguments, Failed, FormatSetting, Trial};

use self::conclusion::{Collected, Ignored};
use self::shared::{Shared, Who};
use crate::adapter::{Adapter, AdapterError};
use crate::catalogue::{Catalogue, Requirement};
use crate::expectations::Expected;
use crate::runner;
use crate::scenario::Capability;

/// So much of what a test is about stands beside its id, in characters.
const TITLE: usize = 60;

/// The tests of an implementation, as the `main` of a test with `harness = false`.
///
/// The expression gives an [`Adapter`], and may end with `?` where making one fails with an [`AdapterError`]. It is evaluated once in
/// each process that runs tests, in the thread that the adapter lives in.
///
/// ```
/// use bgfspec::adapter::reference::ReferenceAdapter;
///
/// bgfspec::conformance_suite!(ReferenceAdapter::default());
/// ```
///
/// What else there is to say comes after it, by the names of the methods of [`Suite`](crate::suite::Suite):
///
/// ```
/// # use bgfspec::adapter::reference::ReferenceAdapter;
/// bgfspec::conformance_suite!(ReferenceAdapter::default(), cases = 1_000);
/// ```
///
/// In `Cargo.toml`:
///
/// ```toml
/// [[test]]
/// name = "conformance"
/// harness = false
/// ```
#[macro_export]
macro_rules! conformance_suite {
    ($adapter:expr $(, $setting:ident = $value:expr)* $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::suite::Suite::new(|| ::core::result::Result::Ok(::std::boxed::Box::new($adapter)))
                $(.$setting($value))*
                .main()
        }
    };
}

/// Starts an adapter, again if need be.
type Restart = Box<dyn Fn() -> Result<Box<dyn Adapter>, AdapterError> + Send>;

/// The tests of an implementation. [`conformance_suite!`](crate::conformance_suite) makes one.
pub struct Suite {
    start: Restart,
    cases: u64,
    expectations: Option<PathBuf>,
}

impl std::fmt::Debug for Suite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suite").field("cases", &self.cases).finish_non_exhaustive()
    }
}

impl Suite {
    /// One test for each requirement.
    pub fn new(start: impl Fn() -> Result<Box<dyn Adapter>, AdapterError> + Send + 'static) -> Self {
        Suite { start: Box::new(start), cases: 0, expectations: None }
    }

    /// Has a test `generated` play so many scenarios beside those of the catalogue. They are the same on every machine. It fails where
    /// a requirement does too, and where nobody thought of a requirement.
    #[must_use]
    pub fn cases(mut self, cases: u64) -> Self {
        self.cases = cases;
        self
    }

    /// Takes known deviations from a file, as `bgfspec run --expectations` does; its name is that from the folder of the package. A test
    /// whose deviations are all expected is passed. A test `expectations` plays everything, and fails where an entry does not occur any
    /// more or has expired.
    #[must_use]
    pub fn expectations(mut self, file: impl Into<PathBuf>) -> Self {
        self.expectations = Some(file.into());
        self
    }

    /// Runs the tests that the command line asks for.
    #[must_use]
    pub fn main(self) -> ExitCode {
        let arguments = Arguments::from_args();
        let shared = Arc::new(Shared::start(self.start));
        let catalogue = Arc::new(Catalogue::load());
        let expected = self.expectations.map(|file| Expected::read(&file, &catalogue));
        let known = expected.as_ref().and_then(|expected| expected.as_ref().ok()).cloned().map(Arc::new);
        let collected = Arc::<Collected>::default();
        let (mut trials, ignored) = trials(&catalogue, &shared, known.as_ref(), &collected, &arguments);
        if let Some(expected) = expected {
            let (catalogue, shared) = (Arc::clone(&catalogue), Arc::clone(&shared));
            let test = move || known::are_met(&expected?, &catalogue, &shared).map_err(Failed::from);
            trials.push(Trial::test("expectations", test));
        }
        if self.cases > 0 {
            let (cases, shared) = (self.cases, Arc::clone(&shared));
            let (catalogue, collected) = (Arc::clone(&catalogue), Arc::clone(&collected));
            let test = move || {
                verdict::of_generated(&catalogue, cases, &shared, known.as_deref(), &collected).map_err(Failed::from)
            };
            trials.push(Trial::test("generated", test));
        }
        let conclusion = libtest_mimic::run(&arguments, trials);
        if !arguments.list && arguments.format != Some(FormatSetting::Json) {
            print!("{}{}", conclusion::causes(&collected, &catalogue), ignored.text());
        }
        // The implementation ends before the process does, with all that it started.
        drop(shared);
        conclusion.exit_code()
    }
}

fn trials(
    catalogue: &Arc<Catalogue>,
    shared: &Arc<Shared>,
    known: Option<&Arc<Expected>>,
    collected: &Arc<Collected>,
    arguments: &Arguments,
) -> (Vec<Trial>, Ignored) {
    let who = shared.who().as_ref().ok();
    let (mut trials, mut ignored) = (Vec::new(), Ignored::default());
    let mut can_be_asked = false;
    for requirement in catalogue.adopted() {
        let (id, shared, collected) = (requirement.id.clone(), Arc::clone(shared), Arc::clone(collected));
        let why_not = who.and_then(|who| why_not(catalogue, requirement, who));
        can_be_asked |= why_not.is_none();
        // cargo nextest lists like this, and what stands before an id would be a part of the name by which it filters and divides.
        let is_for_nextest = arguments.list && arguments.format == Some(FormatSetting::Terse);
        let kind = match &why_not {
            Some(why) => why.short.clone(),
            None if is_for_nextest => String::new(),
            None => title(requirement),
        };
        let rarest = why_not.as_ref().map(|why| why.rarest.clone());
        let (of, known) = (Arc::clone(catalogue), known.cloned());
        let test = move || match why_not {
            Some(why) => Err(Failed::from(why.whole)),
            None => verdict::of(&of, &id, &shared, known.as_deref(), &collected).map_err(Failed::from),
        };
        let trial = Trial::test(requirement.id.clone(), test).with_kind(kind).with_ignored_flag(rarest.is_some());
        if let Some(rarest) = rarest
            && arguments.is_ignored(&trial)
            && !arguments.is_filtered_out(&trial)
        {
            ignored.count(rarest.as_deref());
        }
        trials.push(trial);
    }
    let who = shared.who().as_ref().map(|_| ()).map_err(ToString::to_string);
    let adapter = Trial::test("adapter", move || match who {
        Err(error) => Err(Failed::from(error)),
        Ok(()) if !can_be_asked => {
            Err(Failed::from("no requirement can be asked of it; which capabilities does it have?"))
        }
        Ok(()) => Ok(()),
    });
    trials.insert(0, adapter);
    (trials, ignored)
}

/// What a requirement says, as far as there is room for it.
fn title(requirement: &Requirement) -> String {
    shorten(&line(&requirement.statement), TITLE)
}

/// Why a test is ignored: in few words, which stand beside its name, and whole.
struct WhyNot {
    short: String,
    whole: String,
    /// The rarest capability that is lacking; none if no scenario decides it.
    rarest: Option<String>,
}

/// Why this implementation can't be asked a requirement; none if it can.
fn why_not(catalogue: &Catalogue, requirement: &Requirement, who: &Who) -> Option<WhyNot> {
    let lacking = catalogue
        .scenarios_of(&requirement.id)
        .map(|scenario| scenario.capabilities().difference(&who.capabilities).copied().collect::<Vec<Capability>>());
    // With so little more it could be asked something.
    let Some(least) = lacking.min_by_key(Vec::len) else {
        let whole = format!("untested: {}", requirement.untested.as_deref().unwrap_or("no scenario can decide it"));
        return Some(WhyNot { short: "untested".to_owned(), whole, rarest: None });
    };
    // They are ordered from what many have to what few have.
    let rarest = least.last()?.name();
    let more = least.len() - 1;
    let short = match more {
        0 => format!("not applicable: lacks {rarest}"),
        _ => format!("not applicable: lacks {rarest} and {more} more"),
    };
    let whole = format!("not applicable: {}", runner::lacking(&least.into_iter().collect(), &who.lacks));
    Some(WhyNot { short, whole, rarest: Some(rarest) })
}
