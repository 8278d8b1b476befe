//! What says otherwise than a requirement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cause, Report, Requirement};

/// What a dispute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DisputeKind {
    /// A test of the public suite that expects otherwise.
    PublicTest,
    /// An open issue or pull request of the specification: the text is unclear, or is to change.
    SpecificationIssue,
    /// A place where the text is broken. The requirement follows the intent.
    Erratum,
}

/// What says otherwise than a requirement, or a place where the text is broken that the requirement rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dispute {
    /// What it is.
    pub kind: DisputeKind,
    /// The path of the test, the issue as `OWNER/NAME#NUMBER`, or the id of the erratum.
    pub name: String,
    /// Its URL.
    pub link: String,
    /// What it says, as a sentence.
    pub says: String,
}

impl DisputeKind {
    /// The words that stand for it on a page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::PublicTest => "public test",
            Self::SpecificationIssue => "open issue",
            Self::Erratum => "erratum",
        }
    }
}

impl Dispute {
    /// All of it but the URL, as one line.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}: {}", self.kind.words(), self.name, self.says)
    }
}

impl Report {
    /// The disputes about a cause, each once, with the first of the requirements that have it: those of the requirements that the cause
    /// reaches, where these are few. A cause that reaches many is about none of them; then they are those about its own algorithm.
    #[must_use]
    pub fn disputes_of(&self, cause: &Cause) -> Vec<(&str, &Dispute)> {
        /// A cause with so many requirements is about all of them.
        const FEW: usize = 3;
        fn algorithm(step: &str) -> Option<&str> {
            step.rsplit_once('/').map(|(algorithm, _)| algorithm)
        }
        let of_cause = algorithm(&cause.step);
        let is_one = |known: &Requirement| {
            let is_near = cause.requirements.len() <= FEW || of_cause.is_some() && algorithm(&known.step) == of_cause;
            is_near && cause.requirements.contains(&known.id)
        };
        let mut disputes: Vec<(&str, &Dispute)> = Vec::new();
        for requirement in self.catalogue.iter().filter(|known| is_one(known)) {
            for dispute in &requirement.disputes {
                if !disputes.iter().any(|(_, known)| *known == dispute) {
                    disputes.push((&requirement.id, dispute));
                }
            }
        }
        disputes
    }
}
