//! Takes pictures of the page of a report: desktop and phone, light and dark.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::browser::{Browser, program};
use super::{Outcome, report, root};

/// Of `cargo dev pictures`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A report.json; the published one if there is none
    report: Option<PathBuf>,
    /// The folder of the pictures; reports/published/ if there is none
    #[arg(long)]
    out: Option<PathBuf>,
}

/// The name of a picture, the width and height of what it shows, and how many pixels it has for one of these.
const SIZES: [(&str, u32, u32, u32); 2] = [("desktop", 1280, 1700, 1), ("phone", 390, 1500, 2)];

/// Writes the pictures.
pub(crate) fn pictures(arguments: &Arguments) -> Outcome {
    if program().is_none() {
        return Err("Chromium is not on the search path: install the Debian package chromium".into());
    }
    let published = root().join("reports/published");
    let report = report(arguments.report.as_ref().unwrap_or(&published.join("report.json")))?;
    let out = arguments.out.as_ref().unwrap_or(&published);
    std::fs::create_dir_all(out)?;
    let mut browser = Browser::start(&report);
    for (name, width, height, scale) in SIZES {
        for scheme in ["light", "dark"] {
            browser.prefers(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]);
            browser.scaled(width, height, scale);
            browser.visit("");
            browser.settled();
            let file = out.join(format!("page-{name}-{scheme}.webp"));
            let given = browser.call("Page.captureScreenshot", json!({ "format": "webp", "quality": 80 }));
            std::fs::write(&file, STANDARD.decode(given["data"].as_str().unwrap_or_default())?)?;
            println!("{}", file.display());
        }
    }
    Ok(())
}
