//! The command: which background fetch is meant, by the steps of the specification, and the click on its row.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};
use serde_json::{Value as Json, json};

use super::super::evidence::Evidence;
use super::super::interface::{Interface, Row};
use super::super::shared::lock;
use super::driver::{Answer, Fault};
use super::record::Which;
use super::{Session, Shared};

/// How long the browser may take to tell of a fetch that its page already knows.
const TOLD: Duration = Duration::from_secs(2);

/// How often it is looked for.
const LOOK_AFTER: Duration = Duration::from_millis(20);

/// Gives the scope of the registration that matches the page's URL, and whether it has an active background fetch of an id.
const LOOK_UP: &str = "(async (id) => {
  let registration;
  try { registration = await navigator.serviceWorker.getRegistration(location.href); } catch {}
  if (registration === undefined) return {};
  let found;
  try { found = await registration.backgroundFetch.get(id); } catch {}
  return { scope: registration.scope, active: found !== undefined };
})";

impl Shared {
    /// Answers the command.
    pub(super) fn click(&self, session: &str, id: &str) -> Result<Answer, Fault> {
        let path = |command: &str| format!("/session/{session}/{command}");
        let url = self.driver.ask(Method::GET, &path("url"), None)?;
        if url.status != StatusCode::OK {
            // There is no such window, or no such session.
            return Ok(url);
        }
        let page = url.value().unwrap_or_default();
        let page = page.as_str().unwrap_or_default();
        let evaluate = json!({ "cmd": "Runtime.evaluate", "params": {
            "expression": format!("{LOOK_UP}({})", json!(id)), "awaitPromise": true, "returnByValue": true } });
        // In the window itself, whichever of its frames is the current one.
        let looked = self.driver.ask(Method::POST, &path("goog/cdp/execute"), Some(&evaluate))?;
        if looked.status != StatusCode::OK {
            return Ok(looked);
        }
        let found = looked.value().unwrap_or_default()["result"]["value"].take();
        let Some(scope) = found["scope"].as_str() else {
            return Err(Fault::new(
                400,
                "invalid service worker state",
                format!("no service worker registration has a scope that matches {page}"),
            ));
        };
        let shown = lock(&self.sessions).get(session).map(Arc::clone);
        let shown = shown.ok_or_else(|| Fault::unknown("this session was not begun through the proxy".to_owned()))?;
        let is_active = found["active"] == true;
        let Some(fetch) = shown.find(scope, id, if is_active { TOLD } else { Duration::ZERO }) else {
            return Err(if is_active {
                Fault::unknown(format!("the browser's DevTools do not tell of the background fetch `{id}`"))
            } else {
                Fault::new(
                    404,
                    "background fetch not found",
                    format!("the registration of {scope} has none with the id `{id}`"),
                )
            });
        };
        self.click_row(&shown, fetch, id)
    }

    fn click_row(&self, session: &Session, fetch: Which, id: &str) -> Result<Answer, Fault> {
        // One click after the other: each opens the bubble for itself.
        let mut kept = lock(&session.interface);
        let mut interface = match kept.take() {
            Some(interface) => interface,
            None => Interface::open(session.widgets, &session.display, Evidence::default()).map_err(Fault::unknown)?,
        };
        let gone = lock(&session.record).gone(fetch);
        // There is nothing to wait for where it is gone.
        let patience = if gone.is_some() { Duration::ZERO } else { self.patience };
        let mut reason = gone.unwrap_or_else(|| "the browser shows no button for its downloads".to_owned());
        let mut row = Vec::new();
        let mut choose = |rows: &[Row]| match lock(&session.record).row(fetch, rows) {
            Ok(at) => {
                row.clone_from(&rows[at]);
                Some(at)
            }
            Err(missing) => {
                reason = missing;
                None
            }
        };
        let clicked = interface.click(&mut choose, patience);
        let fault = |reason: &str| {
            let picture = interface.picture().ok().and_then(|picture| self.keep(&format!("missing-{id}"), &picture));
            let see = picture.map_or_else(
                || "with --out DIR there is a picture of the display".to_owned(),
                |file| format!("see {}", file.display()),
            );
            Fault::unknown(format!("the background fetch `{id}` was not clicked: {reason}; {see}"))
        };
        match clicked {
            Ok(Some(picture)) => {
                lock(&session.record).clicked(fetch, &row);
                self.keep(id, &picture);
                *kept = Some(interface);
                Ok(Answer::success(&Json::Null))
            }
            Ok(None) => {
                let fault = fault(&reason);
                *kept = Some(interface);
                Err(fault)
            }
            Err(error) => Err(fault(&error)),
        }
    }

    /// Keeps a picture in a file that is not there yet, if pictures are kept.
    fn keep(&self, name: &str, picture: &[u8]) -> Option<PathBuf> {
        let folder = self.pictures.as_ref()?;
        std::fs::create_dir_all(folder).ok()?;
        let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(60).collect();
        (1..10_000).map(|number| folder.join(format!("{plain}-{number}.png"))).find(|file| {
            let new = std::fs::File::create_new(file);
            new.and_then(|mut new| std::io::Write::write_all(&mut new, picture)).is_ok()
        })
    }
}

impl Session {
    /// The fetch, once the browser has told of it.
    fn find(&self, scope: &str, id: &str, patience: Duration) -> Option<Which> {
        let deadline = Instant::now() + patience;
        loop {
            let found = lock(&self.record).find(scope, id);
            if found.is_some() || Instant::now() >= deadline {
                return found;
            }
            std::thread::sleep(LOOK_AFTER);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::super::super::scripted::{Script, Scripted};
    use super::super::driver::Driver;
    use super::*;

    /// What the command answers where chromedriver says this: status, error, and what chromedriver was asked.
    fn click(script: Script) -> (u16, String, Vec<String>) {
        let driver = Scripted::of(script);
        let shared = Shared {
            driver: Driver::at(driver.url.clone()),
            sessions: Mutex::default(),
            patience: Duration::ZERO,
            pictures: None,
        };
        let response = shared.click("s", "a").map_or_else(Fault::parts, Answer::parts);
        let error = response.1["value"]["error"].as_str().unwrap_or_default().to_owned();
        (response.0, error, driver.asked())
    }

    fn gone(_: &str, _: &str) -> (u16, &'static str) {
        (404, r#"{"value":{"error":"no such window","message":"","stacktrace":""}}"#)
    }

    fn outside(_: &str, path: &str) -> (u16, &'static str) {
        match path {
            "/session/s/url" => (200, r#"{"value":"http://localhost/"}"#),
            _ => (200, r#"{"value":{"result":{"type":"object","value":{}}}}"#),
        }
    }

    fn inside(_: &str, path: &str) -> (u16, &'static str) {
        match path {
            "/session/s/url" => (200, r#"{"value":"http://localhost/"}"#),
            _ => {
                (200, r#"{"value":{"result":{"type":"object","value":{"scope":"http://localhost/","active":false}}}}"#)
            }
        }
    }

    #[test]
    fn that_there_is_no_window_is_said_as_chromedriver_says_it_and_nothing_else_is_asked() {
        let (status, error, asked) = click(gone);
        assert_eq!((status, error.as_str(), asked.len()), (404, "no such window", 1), "{asked:?}");
    }

    #[test]
    fn a_page_that_no_scope_matches_is_in_an_invalid_state() {
        let (status, error, _) = click(outside);
        assert_eq!((status, error.as_str()), (400, "invalid service worker state"));
    }

    #[test]
    fn a_session_that_the_proxy_did_not_begin_is_no_pass() {
        let (status, error, asked) = click(inside);
        assert_eq!((status, error.as_str()), (500, "unknown error"));
        let escaped = r#"})(\"a\")"#;
        assert!(asked[1].contains(escaped), "the id is handed over as text: {}", asked[1]);
    }
}
