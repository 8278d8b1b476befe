//! WebKitGTK's MiniBrowser with one page in it, driven over WebDriver on a display of its own.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap, ProcessGroup};
use serde_json::{Value, json};

use crate::browser::{PATIENCE, on_search_path};
use crate::states::{Scheme, Shows};

/// What it takes: the browser, its driver, an X server and a session.
pub(crate) fn program() -> Option<PathBuf> {
    for needed in ["WebKitWebDriver", "xvfb-run", "dbus-run-session"] {
        on_search_path(needed)?;
    }
    let folders = ["/usr/libexec", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"].into_iter();
    let entries = folders.flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten());
    let programs = entries.map(|entry| entry.path().join("MiniBrowser"));
    programs.filter(|path| path.to_string_lossy().contains("/webkit2gtk-")).find(|path| path.is_file())
}

/// A browser that ends with this.
pub(crate) struct WebKit {
    child: Box<dyn ChildWrapper>,
    session: String,
}

impl WebKit {
    pub(crate) fn start(scheme: Scheme) -> Self {
        let free =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("A port is free.");
        let mut command = Command::new("xvfb-run");
        command
            .args(["-a", "-s", "-screen 0 1600x1200x24", "dbus-run-session", "--", "WebKitWebDriver"])
            .arg(format!("--port={}", free.port()))
            .env("GTK_THEME", if scheme == Scheme::Dark { "Adwaita:dark" } else { "Adwaita" })
            .envs([("GDK_BACKEND", "x11"), ("LIBGL_ALWAYS_SOFTWARE", "1"), ("NO_AT_BRIDGE", "1")])
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = CommandWrap::from(command).wrap(ProcessGroup::leader()).spawn().expect("WebKitWebDriver starts.");
        let mut webkit = Self { child, session: format!("http://127.0.0.1:{}/session", free.port()) };
        let options = json!({ "binary": program().expect("It is installed."), "args": ["--automation"] });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let deadline = Instant::now() + PATIENCE;
        let session = loop {
            match post(&webkit.session, &wanted) {
                Ok(answer) => break answer["value"]["sessionId"].as_str().map(str::to_owned),
                Err(error) => assert!(Instant::now() < deadline, "{error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        webkit.session += &format!("/{}", session.expect("It starts a session."));
        webkit
    }

    #[track_caller]
    fn call(&self, command: &str, parameters: &Value) -> Value {
        let answer = post(&format!("{}/{command}", self.session), parameters).expect("The driver answers.");
        assert!(answer["value"]["error"].is_null(), "{command}: {answer}");
        answer["value"].clone()
    }
}

impl Shows for WebKit {
    fn visit(&mut self, address: &str) {
        self.call("url", &json!({ "url": "about:blank" }));
        self.call("url", &json!({ "url": address }));
    }

    fn size(&mut self, width: u32, height: u32) {
        self.call("window/rect", &json!({ "width": width, "height": height }));
    }

    fn evaluate(&mut self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; (async () => ({expression}))()\
             .then((value) => done(JSON.stringify({{ value: value ?? null }})), (error) => done(JSON.stringify({{ error: String(error) }})))"
        );
        let given = self.call("execute/async", &json!({ "script": script, "args": [] }));
        let given: Value = serde_json::from_str(given.as_str().unwrap_or_default()).expect("It is JSON.");
        assert!(given["error"].is_null(), "{expression:.200}: {given}");
        given["value"].clone()
    }
}

impl Drop for WebKit {
    fn drop(&mut self) {
        let _ = agent().delete(&self.session).call();
        let _ = self.child.start_kill();
        let _ = self.child.wait();
    }
}

fn post(address: &str, body: &Value) -> Result<Value, String> {
    let sent = agent().post(address).content_type("application/json").send(body.to_string());
    let mut answer = sent.map_err(|error| error.to_string())?;
    let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build().new_agent()
}
