//! `bgfspec webdriver`, asked as any client of WebDriver asks it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};

use crate::Test;
use crate::scratch::{Running, Scratch, said, signal, wait_until};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "a_background_fetch_is_clicked_through_the_proxy",
        needs: &["chromium", "chromedriver", "Xvfb"],
        test: a_background_fetch_is_clicked_through_the_proxy,
    },
    Test {
        name: "the_errors_of_the_click_command_are_those_of_the_specification",
        needs: &["chromium", "chromedriver", "Xvfb"],
        test: the_errors_of_the_click_command_are_those_of_the_specification,
    },
    Test {
        name: "what_is_not_shown_is_an_error_and_the_end_leaves_nothing",
        needs: &["chromium", "chromedriver", "Xvfb"],
        test: what_is_not_shown_is_an_error_and_the_end_leaves_nothing,
    },
    Test {
        name: "what_the_proxy_lacks_is_named_with_how_to_get_it",
        needs: &["Xvfb"],
        test: what_the_proxy_lacks_is_named_with_how_to_get_it,
    },
];

fn a_background_fetch_is_clicked_through_the_proxy() {
    let scratch = Scratch::new();
    let site = Site::open();
    let client = Client::start(&scratch);
    client.navigate(&site.url("/scope/page"));
    client.script("await navigator.serviceWorker.register('/scope/worker.js'); return true");
    // Two that go on, of which the browser shows the first.
    client.begin("a/1", "/slow?1", "Film");
    client.begin("b", "/slow?2", "Song");
    assert_eq!(client.click("a%2F1"), (200, Json::Null));
    wait_until("the event has come", || site.clicks() == ["a/1 true"]);
    // It is known in another window, and after its page has gone.
    let tab = client.post("window/new", &json!({ "type": "tab" }))["handle"].clone();
    client.delete("window");
    client.post("window", &json!({ "handle": tab }));
    client.navigate(&site.url("/scope/other"));
    assert_eq!(client.click("a%2F1"), (200, Json::Null));
    wait_until("the event has come again", || site.clicks() == ["a/1 true", "a/1 true"]);
    client.end();
    let is_of_session = |line: &str| line.contains("Xvfb") || line.contains("chromium");
    wait_until("its browser and display are gone", || !scratch.processes().iter().any(|(_, line)| is_of_session(line)));
}

fn the_errors_of_the_click_command_are_those_of_the_specification() {
    let scratch = Scratch::new();
    let site = Site::open();
    let client = Client::start(&scratch);
    let error = |id: &str| {
        let (status, value) = client.click(id);
        (status, value["error"].as_str().unwrap_or_default().to_owned())
    };
    let expect = |status: u16, code: &str| (status, code.to_owned());
    client.navigate(&site.url("/scope/page"));
    assert_eq!(error("a"), expect(400, "invalid service worker state"));
    client.script("await navigator.serviceWorker.register('/scope/worker.js'); return true");
    client.begin("a", "/slow", "Film");
    assert_eq!(error("b"), expect(404, "background fetch not found"));
    assert_eq!(error(""), expect(404, "background fetch not found"));
    client.navigate(&site.url("/elsewhere"));
    assert_eq!(error("a"), expect(400, "invalid service worker state"));
    client.post("window/new", &json!({ "type": "tab" }));
    client.delete("window");
    assert_eq!(error("a"), expect(404, "no such window"));
    let (status, value) = Client { session: format!("{}/session/none", client.url), ..client }.click("a");
    assert_eq!((status, &value["error"]), (404, &json!("invalid session id")), "what chromedriver knows, it says");
    assert_eq!(site.clicks(), [] as [String; 0]);
}

fn what_is_not_shown_is_an_error_and_the_end_leaves_nothing() {
    let scratch = Scratch::new();
    let site = Site::open();
    let client = Client::start(&scratch);
    client.navigate(&site.url("/scope/page"));
    client.script("await navigator.serviceWorker.register('/scope/worker.js'); return true");
    client.begin("a", "/slow?1", "Film");
    client.begin("b", "/slow?2", "Song");
    // It waits for the first, and has no row as long as it does.
    let (status, value) = client.click("b");
    assert_eq!((status, &value["error"]), (500, &json!("unknown error")), "{value}");
    let message = value["message"].as_str().unwrap_or_default();
    assert!(message.contains("no row with its title, `Song`"), "{message}");
    let picture = message.rsplit("see ").next().expect("a picture");
    assert!(std::fs::read(picture).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG")), "{message}");
    assert_eq!(site.clicks(), [] as [String; 0]);
    // A session is open.
    signal(client.proxy.id(), "-INT");
    let output = client.proxy.output();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("--headless=new is left out"), "{}", said(&output));
    scratch.nothing_is_left(&[]);
    let left = std::fs::read_dir(scratch.temporary()).expect("the folder can be read");
    assert_eq!(left.count(), 0, "temporary files are left");
}

fn what_the_proxy_lacks_is_named_with_how_to_get_it() {
    let scratch = Scratch::new();
    let refused = |arguments: &[&str], path: Option<&str>| {
        let mut command = scratch.bgfspec(&[&["webdriver", "--port", "0"], arguments].concat());
        if let Some(path) = path {
            command.env("PATH", path);
        }
        let output = Running::start(&mut command).output();
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        said(&output)
    };
    assert!(
        refused(&["--driver", "/nowhere/chromedriver"], None).contains("install the Debian package chromium-driver")
    );
    assert!(refused(&[], Some("/nowhere")).contains("install the Debian package xvfb"));
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let output = Running::start(&mut scratch.bgfspec(&["webdriver", "--port", &port])).output();
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("name another with --port"), "{}", said(&output));
}

/// A client of WebDriver with one session.
struct Client {
    proxy: Running,
    url: String,
    session: String,
}

impl Client {
    fn start(scratch: &Scratch) -> Self {
        let mut command = scratch.bgfspec(&["webdriver", "--port", "0", "--timeout", "6"]);
        let mut proxy = Running::start(&mut command);
        let line = proxy.line_with("WebDriver answers at ");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
        let url = url.trim_end_matches(';').to_owned();
        let options = json!({ "args": ["--no-sandbox", "--disable-gpu", "--headless=new"] });
        let capabilities = json!({ "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": options } });
        let (status, session) = post(&format!("{url}/session"), &json!({ "capabilities": capabilities }));
        assert_eq!(status, 200, "{session}");
        let id = session["sessionId"].as_str().expect("an id");
        Client { proxy, session: format!("{url}/session/{id}"), url }
    }

    #[track_caller]
    fn post(&self, command: &str, body: &Json) -> Json {
        let (status, value) = post(&format!("{}/{command}", self.session), body);
        assert_eq!(status, 200, "{command}: {value}");
        value
    }

    fn navigate(&self, url: &str) {
        self.post("url", &json!({ "url": url }));
    }

    #[track_caller]
    fn script(&self, text: &str) -> Json {
        let script = format!("return (async () => {{ {text} }})()");
        self.post("execute/sync", &json!({ "script": script, "args": [] }))
    }

    #[track_caller]
    fn begin(&self, id: &str, path: &str, title: &str) {
        let options = json!({ "title": title });
        let id = json!(id);
        self.script(&format!(
            "const registration = await navigator.serviceWorker.ready;
             await registration.backgroundFetch.fetch({id}, '{path}', {options});"
        ));
    }

    fn click(&self, id: &str) -> (u16, Json) {
        post(&format!("{}/backgroundfetch/{id}/click", self.session), &json!({}))
    }

    fn delete(&self, command: &str) {
        let answer = ureq::delete(format!("{}/{command}", self.session)).call();
        assert_eq!(answer.expect("an answer").status(), 200);
    }

    fn end(&self) {
        assert_eq!(ureq::delete(&self.session).call().expect("an answer").status(), 200);
    }
}

fn post(url: &str, body: &Json) -> (u16, Json) {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let mut answer = agent.post(url).send(body.to_string()).expect("an answer");
    let text = answer.body_mut().read_to_string().expect("the answer is text");
    let mut body: Json = serde_json::from_str(&text).expect("the answer is JSON");
    (answer.status().as_u16(), body["value"].take())
}

/// A site with a service worker that tells of clicks, and with files that never end.
struct Site {
    origin: String,
    clicks: Arc<Mutex<Vec<String>>>,
}

const WORKER: &str = "self.onbackgroundfetchclick = event => \
                      fetch('/clicked?' + encodeURIComponent(event.registration.id + ' ' + event.isTrusted));";

impl Site {
    fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let clicks = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&clicks);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let heard = Arc::clone(&heard);
                std::thread::spawn(move || answer(stream, &heard));
            }
        });
        Site { origin, clicks }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    fn clicks(&self) -> Vec<String> {
        self.clicks.lock().expect("nobody panicked").clone()
    }
}

fn answer(stream: TcpStream, clicks: &Mutex<Vec<String>>) {
    let mut stream = BufReader::new(stream);
    let mut lines = stream.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let Some(line) = lines.next() else { return };
    lines.for_each(drop);
    let path = line.split(' ').nth(1).unwrap_or_default();
    let (kind, length, body) = match path.split_once('?').unwrap_or((path, "")) {
        ("/scope/worker.js", _) => ("text/javascript", WORKER.len(), WORKER),
        ("/slow", _) => ("application/octet-stream", 1 << 20, "a"),
        ("/clicked", click) => {
            let click = click.replace("%20", " ").replace("%2F", "/");
            clicks.lock().expect("nobody panicked").push(click);
            ("text/plain", 0, "")
        }
        _ => ("text/html", 2, "hi"),
    };
    let stream = stream.get_mut();
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    if sent.is_ok() && body.len() < length {
        // Until the other side has enough.
        let _ = std::io::copy(stream, &mut std::io::sink());
    }
}
