//! The WebDriver command of the Background Fetch specification: `POST /session/{session id}/backgroundfetch/{id}/click`.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::http;

/// How long a command may take, unless it starts a browser.
pub(super) const COMMAND: Duration = Duration::from_secs(30);

/// The errors of an endpoint that does not know a command.
const UNKNOWN: [&str; 2] = ["unknown command", "unknown method"];

/// The error of an endpoint that could not do what it was asked: no answer to the command.
const FAILED: &str = "unknown error";

/// Where the current page of a session is while it gets the command.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In the scope of the registration.
    Inside,
    /// In no scope.
    Outside,
    /// It was closed.
    Closed,
}

/// The command, as a page's controller asks for it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct ClickCommand {
    /// The id of the background fetch.
    pub id: String,
    /// Where the current page is.
    pub place: Place,
    /// The address of a page in the scope.
    pub page: String,
}

/// What the command gave.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Answered {
    /// The status of the response.
    pub status: u16,
    /// The JSON error code; none if it succeeded.
    pub error: Option<String>,
}

/// A session, by its address.
pub(super) struct Commands {
    pub(super) session: String,
}

impl Commands {
    /// Whether the endpoint has the command at all, or what it says instead.
    pub(super) fn has_click(&self) -> Result<(), String> {
        // There is no such fetch; who knows the command says that in its words.
        match self.click("bgfspec")?.error {
            Some(error) if UNKNOWN.contains(&error.as_str()) => Err(format!("the driver answers `{error}`")),
            _ => Ok(()),
        }
    }

    /// Gives the command while the page that plays is the current one, or another, as is asked for.
    pub(super) fn run(&self, command: &ClickCommand) -> Result<Answered, String> {
        match command.place {
            // The page that plays is in nobody's scope.
            Place::Outside => self.click(&command.id),
            Place::Inside => self.in_new_window(|| {
                self.post("url", &json!({ "url": command.page }))?;
                let answered = self.click(&command.id);
                self.close()?;
                answered
            }),
            Place::Closed => self.in_new_window(|| {
                self.close()?;
                self.click(&command.id)
            }),
        }
    }

    fn click(&self, id: &str) -> Result<Answered, String> {
        let address = format!("{}/backgroundfetch/{}/click", self.session, escaped(id));
        let (status, body) = http::post_for_status(&address, &json!({}), COMMAND)?;
        let error = body["value"]["error"].as_str().map(str::to_owned);
        if error.as_deref() == Some(FAILED) {
            return value(body).map(|_| Answered { status, error });
        }
        Ok(Answered { status, error })
    }

    /// Does something in a window of its own, which that closes, and goes back to the one that was current.
    fn in_new_window<T>(&self, act: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        let own = value(http::get(&format!("{}/window", self.session), COMMAND)?)?;
        let new = self.post("window/new", &json!({ "type": "tab" }))?;
        self.post("window", &json!({ "handle": new["handle"] }))?;
        let result = act();
        self.post("window", &json!({ "handle": own }))?;
        result
    }

    fn close(&self) -> Result<(), String> {
        http::delete(&format!("{}/window", self.session), COMMAND).and_then(value).map(|_| ())
    }

    fn post(&self, command: &str, body: &Json) -> Result<Json, String> {
        http::post(&format!("{}/{command}", self.session), body, COMMAND).and_then(value)
    }
}

/// What an answer says, or the mistake that it tells of.
pub(super) fn value(mut answer: Json) -> Result<Json, String> {
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) => {
            // Some add where in their own code they were.
            let message = value["message"].as_str().unwrap_or_default().lines();
            let message: Vec<&str> = message.take_while(|line| !line.starts_with('#')).collect();
            Err(format!("{error}: {}", message.join(" ").trim()))
        }
        None => Ok(value),
    }
}

/// A part of a path, in which only what is surely plain stays as it is.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::scripted::{Script, Scripted};
    use super::*;

    fn driver(script: Script) -> (Commands, Scripted) {
        let driver = Scripted::of(script);
        (Commands { session: format!("{}/session/s", driver.url) }, driver)
    }

    fn run(commands: &Commands, id: &str, place: Place) -> Answered {
        let page = "http://localhost/scope/page".to_owned();
        commands.run(&ClickCommand { id: id.to_owned(), place, page }).expect("an answer")
    }

    /// Knows the command: one fetch, `a`, is there; another id is not, and a third finds no registration.
    fn knowing(method: &str, path: &str) -> (u16, &'static str) {
        match (method, path) {
            ("GET", "/session/s/window") => (200, r#"{"value":"own"}"#),
            ("POST", "/session/s/window/new") => (200, r#"{"value":{"handle":"new","type":"tab"}}"#),
            (_, "/session/s/backgroundfetch/a%2F1/click") => (200, r#"{"value":null}"#),
            (_, "/session/s/backgroundfetch/closed/click") => {
                (404, r#"{"value":{"error":"no such window","message":"","stacktrace":""}}"#)
            }
            (_, "/session/s/backgroundfetch/outside/click") => {
                (400, r#"{"value":{"error":"invalid service worker state","message":"","stacktrace":""}}"#)
            }
            (_, path) if path.contains("backgroundfetch") => {
                (404, r#"{"value":{"error":"background fetch not found","message":"","stacktrace":""}}"#)
            }
            _ => (200, r#"{"value":null}"#),
        }
    }

    fn unknowing(_: &str, _: &str) -> (u16, &'static str) {
        (404, r#"{"value":{"error":"unknown command","message":"unknown command: x","stacktrace":""}}"#)
    }

    fn error(status: u16, error: &str) -> Answered {
        Answered { status, error: Some(error.to_owned()) }
    }

    #[test]
    fn a_driver_that_does_not_know_the_command_lacks_it_and_one_that_finds_no_fetch_has_it() {
        assert_eq!(driver(knowing).0.has_click(), Ok(()));
        let lacks = driver(unknowing).0.has_click();
        assert_eq!(lacks, Err("the driver answers `unknown command`".to_owned()));
    }

    #[test]
    fn success_and_the_three_errors_are_told_apart() {
        let (commands, _) = driver(knowing);
        assert_eq!(run(&commands, "a/1", Place::Inside), Answered { status: 200, error: None });
        assert_eq!(run(&commands, "b", Place::Inside), error(404, "background fetch not found"));
        assert_eq!(run(&commands, "outside", Place::Outside), error(400, "invalid service worker state"));
        assert_eq!(run(&commands, "closed", Place::Closed), error(404, "no such window"));
    }

    #[test]
    fn a_driver_that_could_not_click_has_not_answered() {
        let failing: Script = |method, path| match path {
            "/session/s/backgroundfetch/a/click" => {
                (500, r#"{"value":{"error":"unknown error","message":"no row","stacktrace":""}}"#)
            }
            _ => knowing(method, path),
        };
        let (commands, driver) = driver(failing);
        let page = "http://localhost/scope/page".to_owned();
        let run = commands.run(&ClickCommand { id: "a".to_owned(), place: Place::Inside, page });
        assert_eq!(run, Err("unknown error: no row".to_owned()));
        assert!(driver.asked().contains(&"DELETE /session/s/window ".to_owned()), "its window is closed all the same");
    }

    #[test]
    fn a_page_inside_is_a_window_of_its_own_that_is_closed_afterwards() {
        let (commands, driver) = driver(knowing);
        run(&commands, "a/1", Place::Inside);
        let expected = [
            "GET /session/s/window ",
            r#"POST /session/s/window/new {"type":"tab"}"#,
            r#"POST /session/s/window {"handle":"new"}"#,
            r#"POST /session/s/url {"url":"http://localhost/scope/page"}"#,
            "POST /session/s/backgroundfetch/a%2F1/click {}",
            "DELETE /session/s/window ",
            r#"POST /session/s/window {"handle":"own"}"#,
        ];
        assert_eq!(driver.asked(), expected);
    }

    #[test]
    fn the_command_comes_after_the_window_was_closed_where_that_is_asked_for() {
        let (commands, driver) = driver(knowing);
        run(&commands, "closed", Place::Closed);
        let asked = driver.asked();
        let at = |begin: &str| asked.iter().position(|one| one.starts_with(begin));
        assert!(at("DELETE /session/s/window") < at("POST /session/s/backgroundfetch"), "{asked:?}");
        assert_eq!(asked.last().map(String::as_str), Some(r#"POST /session/s/window {"handle":"own"}"#));
    }
}
