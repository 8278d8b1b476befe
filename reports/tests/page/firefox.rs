//! Firefox with one page in it, driven over WebDriver BiDi.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use process_wrap::std::{ChildWrapper, CommandWrap, ProcessGroup};
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

use crate::browser::{connect, on_search_path};
use crate::states::{Scheme, Shows};

/// The browser, if it is installed.
pub(crate) fn program() -> Option<PathBuf> {
    ["firefox", "firefox-esr"].iter().find_map(|name| on_search_path(name))
}

/// A browser that ends with this.
pub(crate) struct Firefox {
    child: Box<dyn ChildWrapper>,
    socket: WebSocket<TcpStream>,
    context: String,
    last: u64,
    _profile: TempDir,
}

impl Firefox {
    pub(crate) fn start(scheme: Scheme) -> Self {
        let profile = tempfile::Builder::new().prefix("bgfspec-page-").tempdir().expect("A folder can be made.");
        let scheme = if scheme == Scheme::Dark { 0 } else { 1 };
        let preferences = format!(
            "user_pref(\"layout.css.prefers-color-scheme.content-override\", {scheme});\n\
             user_pref(\"ui.prefersReducedMotion\", 1);\n\
             user_pref(\"network.captive-portal-service.enabled\", false);\n\
             user_pref(\"network.connectivity-service.enabled\", false);\n\
             user_pref(\"services.settings.server\", \"http://127.0.0.1:1/\");\n"
        );
        std::fs::write(profile.path().join("user.js"), preferences).expect("The profile can be written.");
        let mut command = Command::new(program().expect("Firefox is installed."));
        command
            .args(["--headless", "--no-remote", "--new-instance", "--remote-debugging-port=0", "--profile"])
            .arg(profile.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = CommandWrap::from(command).wrap(ProcessGroup::leader()).spawn().expect("Firefox starts.");
        let socket = connect(&profile.path().join("WebDriverBiDiServer.json"), |written| {
            let told: Value = serde_json::from_str(written).ok()?;
            Some((told["ws_port"].as_u64()?.to_string(), "/session".to_owned()))
        });
        let mut firefox = Self { child, socket, context: String::new(), last: 0, _profile: profile };
        firefox.call("session.new", json!({ "capabilities": {} }));
        let tree = firefox.call("browsingContext.getTree", json!({}));
        firefox.context = tree["contexts"][0]["context"].as_str().expect("It has a tab.").to_owned();
        firefox
    }

    fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let message = json!({ "id": self.last, "method": method, "params": parameters });
        self.socket.send(Message::text(message.to_string())).expect("The browser listens.");
        loop {
            let Message::Text(text) = self.socket.read().expect("The browser answers.") else { continue };
            let answer: Value = serde_json::from_str(&text).expect("It speaks JSON.");
            if answer["id"] == self.last {
                assert!(answer["type"] == "success", "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }
}

impl Shows for Firefox {
    fn visit(&mut self, address: &str) {
        for url in ["about:blank", address] {
            let asked = json!({ "context": self.context, "url": url, "wait": "complete" });
            self.call("browsingContext.navigate", asked);
        }
    }

    fn size(&mut self, width: u32, height: u32) {
        let viewport = json!({ "width": width, "height": height });
        self.call("browsingContext.setViewport", json!({ "context": self.context, "viewport": viewport }));
    }

    fn evaluate(&mut self, expression: &str) -> Value {
        let expression = format!("Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))");
        let asked = json!({ "expression": expression, "target": { "context": self.context }, "awaitPromise": true, "userActivation": true });
        let given = self.call("script.evaluate", asked);
        assert!(given["type"] == "success", "{expression:.200}: {given}");
        serde_json::from_str(given["result"]["value"].as_str().unwrap_or("null")).expect("It is JSON.")
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = self.child.start_kill();
        let _ = self.child.wait();
    }
}
