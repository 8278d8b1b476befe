//! `bgfspec webdriver`.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bgfspec::adapter::browser::{Proxy, ProxyOptions};

use super::{CONFORMS, Fault, Outcome, on_signal, print, seconds};

/// How often it is looked whether the user wants an end.
const LOOK_AFTER: Duration = Duration::from_millis(50);

/// Of `bgfspec webdriver`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec webdriver                    a WebDriver endpoint at http://127.0.0.1:4444, Ctrl-C ends it
  bgfspec webdriver --port 9515 --driver /opt/chromedriver
  bgfspec webdriver --out clicks       keep a picture of each click, and of what was there instead
  curl -d '{}' http://127.0.0.1:4444/session/SESSION/backgroundfetch/ID/click

Needs chromedriver, Chromium and Xvfb: the Debian packages chromium-driver, chromium and xvfb.
Exit status: 0 ended by Ctrl-C, 2 usage, 3 something is missing, the port is taken or chromedriver ended.")]
pub(super) struct Arguments {
    /// The port of the loopback interface; 0 takes one that is free
    #[arg(long, value_name = "N", default_value_t = 4444)]
    port: u16,
    /// The program of chromedriver
    #[arg(long, value_name = "PATH", default_value = "chromedriver")]
    driver: PathBuf,
    /// How long the row of a background fetch may take to be shown
    #[arg(long, value_name = "SECONDS", default_value_t = 8.0, value_parser = seconds)]
    timeout: f64,
    /// A folder for pictures
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// `bgfspec webdriver`.
pub(super) fn webdriver(arguments: &Arguments) -> Outcome {
    let stop = on_signal();
    let proxy = Proxy::open(ProxyOptions {
        port: arguments.port,
        driver: arguments.driver.clone(),
        patience: Duration::from_secs_f64(arguments.timeout),
        pictures: arguments.out.clone(),
    })
    .map_err(|error| Fault::harness(error.to_string()))?;
    print(&format!("WebDriver answers at {}; Ctrl-C ends it.\n", proxy.url()));
    while !stop.load(Ordering::SeqCst) {
        if let Some(reason) = proxy.gone() {
            return Err(Fault::harness(format!("chromedriver ended: {reason}")));
        }
        std::thread::sleep(LOOK_AFTER);
    }
    Ok(CONFORMS)
}
