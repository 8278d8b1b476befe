//! Guides, one for each who wants something judged, and the format of scenarios.
//!
//! - [A Rust library or engine](rust)
//! - [An implementation in another language](other_language)
//! - [A browser](browser)
//! - [In CI, on one machine or many](ci)
//! - [Scenarios, traces and the protocol](scenarios)
//! - [The scenario language by example](examples)
//! - [Words](words)

// The pages link to each other's files. Of two definitions of a link the first counts, and here that is the module.

#[doc = "[`SCENARIOS.md`]: crate::docs::scenarios"]
#[doc = "[`HostAdapter::new`]: crate::adapter::host::HostAdapter::new"]
#[doc = "[`Callback::call`]: crate::adapter::host::Callback::call"]
#[doc = "[`Host`]: crate::adapter::host::Host"]
#[doc = "[`Adapter`]: crate::adapter::Adapter"]
#[doc = "[protocol]: crate::docs::other_language"]
#[doc = "\n"]
#[doc = include_str!("../docs/rust.md")]
pub mod rust {}

#[doc = "[`SCENARIOS.md`]: crate::docs::scenarios"]
#[doc = "[the examples]: crate::docs::examples\n"]
#[doc = include_str!("../docs/other-language.md")]
#[doc = "\n## The agent in Python\n"]
#[doc = concat!("```python\n", include_str!("../agents/examples/agent.py"), "```\n")]
#[doc = "\n## The agent in JavaScript\n"]
#[doc = concat!("```javascript\n", include_str!("../agents/examples/agent.mjs"), "```\n")]
pub mod other_language {}

#[doc = "[The page on CI]: crate::docs::ci\n"]
#[doc = include_str!("../docs/browser.md")]
pub mod browser {}

#[doc = include_str!("../docs/ci.md")]
pub mod ci {}

#[doc = "[The language by example]: crate::docs::examples\n"]
#[doc = include_str!("../SCENARIOS.md")]
pub mod scenarios {}

#[doc = "[`SCENARIOS.md`]: crate::docs::scenarios\n"]
#[doc = include_str!("../docs/examples.md")]
pub mod examples {}

#[doc = include_str!("../docs/words.md")]
pub mod words {}
