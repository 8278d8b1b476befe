//! A WebDriver endpoint for tests, which answers as a script says.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// The endpoint, and what it was asked.
pub(super) struct Scripted {
    pub(super) url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// A status and a body for a method and a path.
pub(super) type Script = fn(&str, &str) -> (u16, &'static str);

impl Scripted {
    pub(super) fn of(script: Script) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.expect("a connection"));
                let mut line = String::new();
                stream.read_line(&mut line).expect("a request");
                let mut length = 0;
                loop {
                    let mut header = String::new();
                    stream.read_line(&mut header).expect("a header");
                    if header.trim().is_empty() {
                        break;
                    }
                    if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().expect("a length");
                    }
                }
                let mut body = vec![0; length];
                stream.read_exact(&mut body).expect("a body");
                let body = String::from_utf8(body).expect("text");
                let words: Vec<&str> = line.split(' ').collect();
                let (status, answer) = script(words[0], words[1]);
                heard.lock().expect("nobody panicked").push(format!("{} {} {body}", words[0], words[1]));
                let answer = format!(
                    "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
                    answer.len()
                );
                stream.get_mut().write_all(answer.as_bytes()).expect("an answer");
            }
        });
        Scripted { url: format!("http://{address}"), asked }
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}
