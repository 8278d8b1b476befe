//! Disputes: what says otherwise than a requirement, and the errata that a requirement rests on.

use std::collections::BTreeSet;

use bgfspec_model::errata::{ERRATA, Erratum};
use bgfspec_report as reports;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Catalogue;
use crate::names;

/// Where the tests of the public suite stand.
const PUBLIC_SUITE: &str = "https://github.com/web-platform-tests/wpt/blob/master/";

/// Where issues stand.
const FORGE: &str = "https://github.com/";

/// What says otherwise than a requirement, or a place where the text is broken that the requirement rests on.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Dispute {
    /// A test of the public suite that expects otherwise.
    PublicTest {
        /// Its path in the suite.
        #[schemars(regex(pattern = r"^[^/\s][^\s]*\.(html|js)$"))]
        test: String,
        /// What it expects, as a sentence.
        #[schemars(length(min = 11))]
        says: String,
    },
    /// An open issue or pull request of the specification: the text is unclear, or is to change.
    SpecificationIssue {
        /// Its URL.
        #[schemars(regex(pattern = "^https://github\\.com/[^/]+/[^/]+/(issues|pull)/[0-9]+$"))]
        issue: String,
        /// What it says, as a sentence.
        #[schemars(length(min = 11))]
        says: String,
    },
    /// A place where the text is broken. What the text says literally and where it stands is with the erratum.
    Erratum {
        /// Its id.
        erratum: String,
    },
}

impl Dispute {
    /// Returns the same in the words of the report; nothing for an erratum that doesn't exist.
    #[must_use]
    pub fn in_report(&self) -> Option<reports::Dispute> {
        Some(match self {
            Dispute::PublicTest { test, says } => reports::Dispute {
                kind: reports::DisputeKind::PublicTest,
                name: test.clone(),
                link: format!("{PUBLIC_SUITE}{test}"),
                says: says.clone(),
            },
            Dispute::SpecificationIssue { issue, says } => reports::Dispute {
                kind: reports::DisputeKind::SpecificationIssue,
                name: short(issue)?,
                link: issue.clone(),
                says: says.clone(),
            },
            Dispute::Erratum { erratum } => {
                let Erratum { id, link, literally, .. } = Erratum::named(erratum)?;
                reports::Dispute {
                    kind: reports::DisputeKind::Erratum,
                    name: (*id).to_owned(),
                    link: (*link).to_owned(),
                    says: (*literally).to_owned(),
                }
            }
        })
    }

    /// What is wrong with it, if anything.
    fn problem(&self) -> Option<String> {
        let no_sentence = |says: &str| (!says.ends_with('.')).then(|| format!("{says:?} is no sentence"));
        match self {
            Dispute::PublicTest { test, .. } if test.starts_with('/') || test.contains(char::is_whitespace) => {
                Some(format!("{test:?} is no path of the public suite"))
            }
            Dispute::SpecificationIssue { issue, .. } if short(issue).is_none() => {
                Some(format!("{issue:?} is no URL of an issue or a pull request"))
            }
            Dispute::PublicTest { says, .. } | Dispute::SpecificationIssue { says, .. } => no_sentence(says),
            Dispute::Erratum { erratum } => {
                let known = ERRATA.iter().map(|known| known.id);
                Erratum::named(erratum).is_none().then(|| names::unknown("erratum", erratum, known))
            }
        }
    }
}

/// An issue or a pull request as `OWNER/NAME#NUMBER`.
fn short(issue: &str) -> Option<String> {
    let mut parts = issue.strip_prefix(FORGE)?.split('/');
    let (owner, name, kind, number) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty();
    (matches!(kind, "issues" | "pull") && is_number && parts.next().is_none())
        .then(|| format!("{owner}/{name}#{number}"))
}

/// All that is wrong with the disputes of a catalogue, a sentence each. Each erratum belongs to a requirement that rests on it.
pub(super) fn problems(catalogue: &Catalogue) -> Vec<String> {
    let mut problems = Vec::new();
    for requirement in catalogue.requirements() {
        let (id, disputes) = (&requirement.id, &requirement.disputes);
        problems.extend(disputes.iter().filter_map(Dispute::problem).map(|problem| format!("{id}: {problem}")));
        if !disputes.is_empty() && !requirement.is_adopted() {
            problems.push(format!("{id} is no rule and has disputes"));
        }
        if disputes.iter().enumerate().any(|(at, one)| disputes[..at].contains(one)) {
            problems.push(format!("{id} has a dispute twice"));
        }
    }
    let disputes = catalogue.adopted().flat_map(|requirement| &requirement.disputes);
    let named: BTreeSet<&str> = disputes
        .filter_map(|dispute| match dispute {
            Dispute::Erratum { erratum } => Some(erratum.as_str()),
            Dispute::PublicTest { .. } | Dispute::SpecificationIssue { .. } => None,
        })
        .collect();
    let idle = ERRATA.iter().filter(|erratum| !named.contains(erratum.id));
    problems.extend(idle.map(|erratum| format!("no requirement rests on the erratum {}", erratum.id)));
    problems
}
