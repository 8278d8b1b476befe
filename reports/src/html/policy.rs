//! What the page may run and how it looks: its own style and script, and nothing else.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

pub(super) const STYLE: &str = concat!(
    include_str!("style/base.css"),
    include_str!("style/verdicts.css"),
    include_str!("style/matrix.css"),
    include_str!("style/explore.css"),
    include_str!("style/deviation.css"),
);

/// One script of several files, which share what they name and leave nothing behind.
pub(super) const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("script/element.js"),
    include_str!("script/store.js"),
    include_str!("script/state.js"),
    include_str!("script/copy.js"),
    include_str!("script/issue.js"),
    include_str!("script/drawing.js"),
    include_str!("script/difference.js"),
    include_str!("script/deviation.js"),
    include_str!("script/lists.js"),
    include_str!("script/start.js"),
    "})();\n",
);

/// Allows what is in the page by its hash.
pub(super) fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        format!(
            "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'",
            hash(STYLE),
            hash(SCRIPT)
        )
    });
    &POLICY
}
