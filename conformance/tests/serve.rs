//! `bgfspec serve` and `--webdriver`, with pages and endpoints that are programs: no browser is needed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

use bgfspec::adapter::Adapter as _;
use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::scenario::Scenario;
use bgfspec_report::Report;
use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{ClientRequestBuilder, Message, WebSocket};

/// A program that serves, and ends with its test.
struct Served {
    child: Child,
    stdout: BufReader<ChildStdout>,
    host: String,
    out: tempfile::TempDir,
}

type Socket = WebSocket<MaybeTlsStream<TcpStream>>;

impl Served {
    fn start() -> Self {
        let out = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bgfspec"));
        command.args(["serve", "--once", "--out"]).arg(out.path());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the command can be started");
        let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it says where it is");
        let host = line.split('/').nth(2).expect("the line has an address").to_owned();
        Served { child, stdout, host, out }
    }

    fn socket(&self, path: &str, origin: &str) -> Result<Socket, tungstenite::Error> {
        let address = format!("ws://{}{path}", self.host).parse().expect("this is an address");
        let request = ClientRequestBuilder::new(address).with_header("Origin", origin);
        tungstenite::connect(request).map(|(socket, _)| socket)
    }

    /// A page that plays in these scopes.
    fn page(&self, scopes: &str) -> Socket {
        let path = format!("/page?id=p&name=fake&version=1&scopes={scopes}");
        self.socket(&path, &format!("http://{}", self.host)).expect("a page may say that it is there")
    }

    /// Waits for the end.
    fn end(mut self) -> (Option<i32>, String, Report) {
        let mut said = String::new();
        self.stdout.read_to_string(&mut said).expect("its output is text");
        let status = self.child.wait().expect("it ends");
        let text = std::fs::read_to_string(self.out.path().join("report.json")).expect("there is a report");
        (status.code(), said, serde_json::from_str(&text).expect("report.json is a report"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(socket: &mut Socket) -> Value {
    let message = socket.read().expect("the harness says something");
    serde_json::from_str(message.to_text().expect("it is text")).expect("it is JSON")
}

/// Plays as the reference does, so many batches that are not empty.
fn play(socket: &mut Socket, batches: usize) {
    let mut reference = ReferenceAdapter::default();
    let mut left = batches;
    loop {
        let asked = read(socket);
        let answer = if asked.get("start").is_some() {
            let capabilities: Vec<String> = reference.capabilities().into_iter().map(|one| one.name()).collect();
            json!({ "started": { "name": "fake", "version": "1", "scope": "window", "capabilities": capabilities } })
        } else if asked.get("stop").is_some() {
            return;
        } else {
            let scenarios: Vec<Scenario> =
                serde_json::from_value(asked["scenarios"].clone()).expect("these are scenarios");
            if !scenarios.is_empty() && left == 0 {
                return;
            }
            left -= usize::from(!scenarios.is_empty());
            let trace =
                |scenario| reference.run(scenario).expect("the reference plays").observations().expect("a trace");
            json!({ "ran": asked["run"], "traces": scenarios.iter().map(trace).collect::<Vec<_>>() })
        };
        socket.send(Message::text(answer.to_string())).expect("the harness listens");
    }
}

/// What is at an address.
fn get(host: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(host).expect("it listens");
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers in text");
    answer
}

#[test]
fn a_page_is_told_what_to_play_and_how_it_goes_to_its_end() {
    let served = Served::start();
    let mut page = served.page("window");
    assert_eq!(read(&mut page), json!({ "play": { "scope": "window" } }));
    let origin = format!("http://{}", served.host);
    let mut agent = served.socket("/socket?scope=window&page=p", &origin).expect("an agent may come");
    play(&mut agent, usize::MAX);
    drop(agent);
    let mut of = 0;
    let result = loop {
        let told = read(&mut page);
        of += told["judging"]["scenarios"].as_u64().unwrap_or(0);
        if told.get("result").is_some() {
            break told["result"].clone();
        }
    };
    assert!(of > 1000);
    assert!(result["text"].as_str().is_some_and(|text| text.contains("fake 1 (window)")), "{result}");
    assert_eq!(result["href"], "/report");
    let report = get(&served.host, "/report");
    assert!(report.contains("fake 1 (window)"), "the report can be had as long as the page is there");
    drop(page);
    let (status, _, report) = served.end();
    assert_eq!(status, Some(0));
    assert!(report.is_complete());
}

#[test]
fn what_was_judged_before_a_page_was_closed_stands_and_is_no_pass() {
    let served = Served::start();
    let mut page = served.page("window,worker");
    read(&mut page);
    let origin = format!("http://{}", served.host);
    let mut agent = served.socket("/socket?scope=window&page=p", &origin).expect("an agent may come");
    play(&mut agent, 2);
    drop((page, agent));
    let (status, said, report) = served.end();
    assert_eq!(status, Some(3), "{said}");
    let [run] = report.runs.as_slice() else { panic!("one run: {:#?}", report.missing) };
    assert!(!run.complete && !report.is_complete());
    assert_eq!(run.scenarios, 400, "two batches were judged");
    assert!(run.failures.is_empty(), "nobody is blamed for the rest: {:#?}", run.failures);
    assert_eq!(report.missing[0].name, "fake 1 (worker)");
    assert!(report.missing[0].reason.contains("closed"), "{:?}", report.missing);
    assert!(said.contains("INCOMPLETE"), "{said}");
}

#[test]
fn pages_of_other_sites_open_no_socket() {
    let served = Served::start();
    for path in ["/page?id=p&name=fake&version=1&scopes=window", "/socket?scope=window"] {
        for origin in ["http://example.com", "null", "http://127.0.0.1:1"] {
            assert!(served.socket(path, origin).is_err(), "{path} is open to {origin}");
        }
    }
}

/// Runs the command against an endpoint; gives its exit status and standard output.
fn run_through(endpoint: &str) -> (Option<i32>, String) {
    let arguments = ["run", "--vendor", "chromium", "--scope", "window", "--filter", "MUT-00", "--webdriver", endpoint];
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec")).args(arguments).output().expect("it can be started");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn who_finds_no_endpoint_is_told_how_to_start_one() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let (status, said) = run_through(&format!("http://{free}"));
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains(&format!("no WebDriver endpoint answers at http://{free}")), "{said}");
    assert!(said.contains(&format!("start `chromedriver --port={}`", free.port())), "{said}");
}

#[test]
fn a_session_is_ended_when_its_page_can_not_be_opened() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it has one");
    // Says what it was asked for, in order.
    let endpoint = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.expect("somebody connects"));
            let mut first = String::new();
            reader.read_line(&mut first).expect("a request");
            let (mut line, mut length) = (String::new(), 0);
            while line != "\r\n" {
                line.clear();
                reader.read_line(&mut line).expect("a header");
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().expect("a length");
                }
            }
            reader.read_exact(&mut vec![0; length]).expect("a body");
            let what = first.rsplit_once(' ').map_or("", |(what, _)| what).to_owned();
            let answer = match what.as_str() {
                "POST /session" => json!({ "value": { "sessionId": "s", "capabilities": {} } }),
                "POST /session/s/url" => json!({ "value": { "error": "unknown error", "message": "a wall" } }),
                _ => json!({ "value": {} }),
            }
            .to_string();
            let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", answer.len());
            reader.get_mut().write_all((head + &answer).as_bytes()).expect("it reads");
            if what == "GET /end" {
                return asked;
            }
            asked.push(what);
        }
        asked
    });
    let (status, said) = run_through(&format!("http://{address}"));
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains("a wall"), "{said}");
    let mut stream = TcpStream::connect(address).expect("the endpoint listens");
    stream.write_all(b"GET /end HTTP/1.1\r\n\r\n").expect("it reads");
    let asked = endpoint.join().expect("the endpoint works");
    assert_eq!(asked, ["GET /status", "POST /session", "POST /session/s/url", "DELETE /session/s"]);
}
