//! The background fetches of one browser, as it tells of them, and which row of its UI is whose.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::super::interface::Row;

/// The background fetches of one browser, in the order in which they began.
#[derive(Debug, Default)]
pub(super) struct Record {
    fetches: Vec<Fetch>,
    /// The titles that pages gave to fetches that have not begun yet, by origin and id.
    titles: HashMap<(String, String), String>,
    /// The ids of the browser's registrations, by scope.
    registrations: HashMap<String, String>,
    /// What was noted of fetches: each page tells all of it.
    seen: HashSet<[String; 4]>,
}

#[derive(Debug)]
struct Fetch {
    registration: String,
    origin: String,
    id: String,
    /// None where it was begun by a worker, or without a title.
    title: Option<String>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Active,
    /// It has ended; its row may be there.
    Ended,
    /// It has no row any more.
    Gone,
}

/// One fetch of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Which(usize);

impl Record {
    /// Takes in an event of the browser's DevTools.
    pub(super) fn note(&mut self, event: &Json) {
        let parameters = &event["params"];
        match event["method"].as_str().unwrap_or_default() {
            "ServiceWorker.workerRegistrationUpdated" => {
                for registration in parameters["registrations"].as_array().into_iter().flatten() {
                    let (scope, id) = (text(&registration["scopeURL"]), text(&registration["registrationId"]));
                    if registration["isDeleted"] == true {
                        self.registrations.retain(|_, known| *known != id);
                    } else {
                        self.registrations.insert(scope, id);
                    }
                }
            }
            "Runtime.bindingCalled" => {
                let told: Json = text(&parameters["payload"]).parse().unwrap_or_default();
                self.titles.insert((text(&told["origin"]), text(&told["id"])), text(&told["title"]));
            }
            "BackgroundService.backgroundServiceEventReceived" => self.log(&parameters["backgroundServiceEvent"]),
            _ => {}
        }
    }

    fn log(&mut self, event: &Json) {
        let known =
            ["timestamp", "serviceWorkerRegistrationId", "instanceId", "eventName"].map(|name| event[name].to_string());
        if !self.seen.insert(known) {
            return;
        }
        let origin = text(&event["origin"]).trim_end_matches('/').to_owned();
        let (registration, id) = (text(&event["serviceWorkerRegistrationId"]), text(&event["instanceId"]));
        match event["eventName"].as_str().unwrap_or_default() {
            "Background Fetch registered" => {
                let title = self.titles.remove(&(origin.clone(), id.clone())).filter(|title| !title.is_empty());
                self.fetches.push(Fetch { registration, origin, id, title, state: State::Active });
            }
            "Background Fetch completed" => {
                let aborted = |entry: &Json| text(&entry["value"]).to_lowercase().contains("abort");
                let is_aborted = event["eventMetadata"].as_array().into_iter().flatten().any(aborted);
                if let Some(Which(at)) = self.newest(|fetch| fetch.registration == registration && fetch.id == id) {
                    self.fetches[at].state = if is_aborted { State::Gone } else { State::Ended };
                }
            }
            _ => {}
        }
    }

    fn newest(&self, is_meant: impl Fn(&Fetch) -> bool) -> Option<Which> {
        self.fetches.iter().rposition(is_meant).map(Which)
    }

    /// The newest fetch with this id of the registration with this scope.
    pub(super) fn find(&self, scope: &str, id: &str) -> Option<Which> {
        let registration = self.registrations.get(scope)?;
        self.newest(|fetch| fetch.registration == *registration && fetch.id == id)
    }

    /// Why a fetch has no row any more, if that is so.
    pub(super) fn gone(&self, Which(at): Which) -> Option<String> {
        let is_gone = self.fetches[at].state == State::Gone;
        is_gone.then(|| "the browser no longer shows it: it was aborted, or it had ended and was clicked".to_owned())
    }

    /// Notes that this row was clicked for it. The browser forgets a fetch that has ended with that; what it still shows is dead.
    pub(super) fn clicked(&mut self, Which(at): Which, row: &Row) {
        let fetch = &mut self.fetches[at];
        if fetch.state == State::Ended {
            fetch.state = State::Gone;
            fetch.title = row.iter().find(|text| !text.is_empty() && **text != fetch.origin).cloned();
        }
    }

    /// Which of these rows, the newest first, is the one of a fetch. Where that can't be known, none is, and the reason is told.
    ///
    /// A row has its fetch's title. That of a fetch without a known title, or of one that has ended and may have a new one from
    /// `updateUI()`, is known by its origin, if it can be no other's.
    pub(super) fn row(&self, Which(at): Which, rows: &[Row]) -> Result<usize, String> {
        let fetch = &self.fetches[at];
        let others = || self.fetches.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, other)| other);
        let is_same = |other: &Fetch| other.registration == fetch.registration && other.id == fetch.id;
        if let Some(reason) = self.gone(Which(at)) {
            return Err(reason);
        }
        let has = |row: &Row, text: &str| row.iter().any(|label| label == text);
        if let Some(title) = &fetch.title {
            if others().any(|other| other.state != State::Gone && other.title == fetch.title && !is_same(other)) {
                return Err(format!("another background fetch has the title `{title}` too: give each its own"));
            }
            if let Some(row) = rows.iter().position(|row| has(row, title)) {
                return Ok(row);
            }
            if fetch.state == State::Active {
                return Err(format!("the browser shows no row with its title, `{title}`"));
            }
        }
        // Whose row is known, is not looked for; who else may have one, could be taken for it.
        let is_shown = |other: &Fetch| other.title.as_ref().is_some_and(|title| rows.iter().any(|row| has(row, title)));
        if others().any(|other| other.origin == fetch.origin && other.state != State::Gone && !is_shown(other)) {
            return Err(
                "its title is not known, and another background fetch may be the one that the browser shows: begin it in a page, \
                 with a title of its own, or have no other at the same time"
                    .to_owned(),
            );
        }
        let is_claimed = |row: &Row| others().any(|other| other.title.as_ref().is_some_and(|title| has(row, title)));
        let mut left = (0..rows.len()).filter(|&row| has(&rows[row], &fetch.origin) && !is_claimed(&rows[row]));
        match (left.next(), left.next()) {
            (Some(row), None) => Ok(row),
            (None, _) => Err(format!("the browser shows no row of {} that can be its own", fetch.origin)),
            (Some(_), Some(_)) => {
                Err(format!("the browser shows several rows of {}, and its title is not known", fetch.origin))
            }
        }
    }
}

fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ORIGIN: &str = "http://localhost:1";

    fn record() -> Record {
        let mut record = Record::default();
        record.note(&json!({ "method": "ServiceWorker.workerRegistrationUpdated", "params": { "registrations": [
            { "registrationId": "7", "scopeURL": "http://localhost:1/", "isDeleted": false },
            { "registrationId": "8", "scopeURL": "http://localhost:1/b/", "isDeleted": false },
        ] } }));
        record
    }

    fn title(record: &mut Record, id: &str, title: &str) {
        let payload = json!({ "origin": ORIGIN, "id": id, "title": title }).to_string();
        record.note(&json!({ "method": "Runtime.bindingCalled", "params": { "payload": payload } }));
    }

    fn log(record: &mut Record, registration: &str, id: &str, name: &str, metadata: &Json) {
        let event = json!({ "method": "BackgroundService.backgroundServiceEventReceived", "params": {
            "backgroundServiceEvent": { "timestamp": record.seen.len(), "origin": "http://localhost:1/",
                "serviceWorkerRegistrationId": registration, "instanceId": id, "eventName": name,
                "eventMetadata": metadata } } });
        // Two pages tell of it.
        record.note(&event);
        record.note(&event);
    }

    fn begin(record: &mut Record, registration: &str, id: &str) {
        log(record, registration, id, "Background Fetch registered", &json!([]));
    }

    fn end(record: &mut Record, id: &str, how: &str) {
        log(record, "7", id, "Background Fetch completed", &json!([{ "key": "Event Type", "value": how }]));
    }

    fn row(title: &str) -> Row {
        vec![title.to_owned(), ORIGIN.to_owned()]
    }

    fn of(record: &Record, id: &str, rows: &[&str]) -> Result<usize, String> {
        let which = record.find("http://localhost:1/", id).expect("it has begun");
        record.row(which, &rows.iter().map(|title| row(title)).collect::<Vec<_>>())
    }

    #[test]
    fn a_fetch_is_found_in_its_own_registration() {
        let mut record = record();
        begin(&mut record, "7", "a");
        assert_eq!(record.fetches.len(), 1, "told of twice, it is one");
        assert_eq!(record.find("http://localhost:1/", "a"), Some(Which(0)));
        assert_eq!(record.find("http://localhost:1/b/", "a"), None);
        assert_eq!(record.find("http://localhost:1/", "b"), None);
        begin(&mut record, "7", "a");
        assert_eq!(record.find("http://localhost:1/", "a"), Some(Which(1)), "the newest is meant");
    }

    #[test]
    fn a_row_is_known_by_the_title_that_a_page_gave() {
        let mut record = record();
        for (id, given) in [("a", "Film"), ("b", "Song")] {
            title(&mut record, id, given);
            begin(&mut record, "7", id);
        }
        assert_eq!(of(&record, "a", &["Song", "Film"]), Ok(1));
        assert_eq!(of(&record, "b", &["Song", "Film"]), Ok(0));
        assert!(of(&record, "b", &["Film"]).is_err(), "a fetch that goes on keeps its title");
    }

    #[test]
    fn a_title_that_two_have_is_nobodys() {
        let mut record = record();
        for id in ["a", "b"] {
            title(&mut record, id, "Film");
            begin(&mut record, "7", id);
        }
        assert!(of(&record, "a", &["Film", "Film"]).is_err_and(|why| why.contains("give each its own")));
    }

    #[test]
    fn the_newest_of_an_id_has_the_first_of_its_rows() {
        let mut record = record();
        for _ in 0..2 {
            title(&mut record, "a", "Film");
            begin(&mut record, "7", "a");
            end(&mut record, "a", "BackgroundFetchSuccessEvent");
        }
        assert_eq!(of(&record, "a", &["Film", "Film"]), Ok(0));
    }

    #[test]
    fn a_row_without_a_known_title_is_taken_only_if_it_can_be_no_others() {
        let mut record = record();
        begin(&mut record, "7", "a");
        assert_eq!(of(&record, "a", &["From a worker"]), Ok(0));
        assert!(of(&record, "a", &[]).is_err());
        let elsewhere = vec![vec!["Film".to_owned(), "https://example.org".to_owned()]];
        assert!(record.row(Which(0), &elsewhere).is_err());
        title(&mut record, "b", "Film");
        begin(&mut record, "7", "b");
        assert_eq!(of(&record, "a", &["Film", "From a worker"]), Ok(1));
        assert!(of(&record, "a", &["From a worker"]).is_err(), "the row of b, renamed, can't be told apart from it");
        begin(&mut record, "8", "c");
        assert!(of(&record, "a", &["Film", "From a worker"]).is_err(), "it may be the one of c");
    }

    #[test]
    fn a_fetch_that_has_ended_may_have_a_new_title() {
        let mut record = record();
        title(&mut record, "a", "Film");
        begin(&mut record, "7", "a");
        end(&mut record, "a", "BackgroundFetchSuccessEvent");
        assert_eq!(of(&record, "a", &["Film is ready"]), Ok(0));
        record.clicked(Which(0), &row("Film is ready"));
        assert!(of(&record, "a", &["Film is ready"]).is_err(), "the browser has forgotten it");
        begin(&mut record, "7", "b");
        assert_eq!(of(&record, "b", &["", "Film is ready"]), Ok(0), "what is left of a is not taken for b");
    }

    #[test]
    fn a_fetch_that_was_aborted_has_no_row_and_one_that_goes_on_keeps_it_when_it_is_clicked() {
        let mut record = record();
        begin(&mut record, "7", "a");
        record.clicked(Which(0), &row("A"));
        assert_eq!(of(&record, "a", &["A"]), Ok(0));
        end(&mut record, "a", "BackgroundFetchAbortEvent");
        assert!(of(&record, "a", &["A"]).is_err());
    }
}
