//! What the proxy asks of a new session beside what its caller does.

use serde_json::{Value as Json, json};

use super::super::launch::AT_ONCE;

/// Where the options of Chromium stand.
const OPTIONS: &str = "goog:chromeOptions";

/// Changes the body of `New Session` so that the browser is shown on this display and describes its widgets at this port.
/// Gives the arguments that were taken out.
pub(super) fn shown(body: &mut Json, display: &str, port: u16) -> Vec<String> {
    let capabilities = &mut body["capabilities"];
    let is_in_first = |one: &Json| one.get(OPTIONS).is_some();
    let mut taken = Vec::new();
    let first = capabilities.get_mut("firstMatch").and_then(Json::as_array_mut);
    match first.filter(|first| first.iter().any(is_in_first)) {
        // What stands in one of these may not stand in what is always asked for.
        Some(first) => first.iter_mut().for_each(|one| taken.extend(show(&mut one[OPTIONS], display, port))),
        None => taken.extend(show(&mut capabilities["alwaysMatch"][OPTIONS], display, port)),
    }
    taken
}

fn show(options: &mut Json, display: &str, port: u16) -> Vec<String> {
    let asked = options["args"].as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned);
    let (taken, mut kept): (Vec<String>, Vec<String>) = asked.partition(|argument| name(argument) == "headless");
    match kept.iter_mut().find(|argument| name(argument) == "enable-features") {
        // Of two such arguments the browser takes the last.
        Some(features) => features.push_str(&AT_ONCE.replace("--enable-features=", ",")),
        None => kept.push(AT_ONCE.to_owned()),
    }
    if !kept.iter().any(|argument| name(argument) == "window-size") {
        kept.push("--window-size=1200,780".to_owned());
    }
    kept.extend([format!("--display={display}"), format!("--enable-ui-devtools={port}")]);
    kept.extend(
        [
            "--ozone-platform=x11",
            "--window-position=0,0",
            // A bubble takes clicks from the moment at which it is there, and is all there at once.
            "--disable-input-event-activation-protection",
            "--animation-duration-scale=0",
        ]
        .map(str::to_owned),
    );
    options["args"] = json!(kept);
    let downloads = &mut options["prefs"];
    let is_set = downloads.get("profile.default_content_setting_values.automatic_downloads").is_some()
        || downloads.pointer("/profile/default_content_setting_values/automatic_downloads").is_some();
    if !is_set {
        // Several background fetches of one site are otherwise paused until somebody agrees.
        downloads["profile.default_content_setting_values.automatic_downloads"] = 1.into();
    }
    taken
}

/// The name of an argument, which may stand without its dashes.
fn name(argument: &str) -> &str {
    let argument = argument.trim_start_matches('-');
    argument.split_once('=').map_or(argument, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(options: &Json) -> Vec<&str> {
        options["args"].as_array().into_iter().flatten().filter_map(Json::as_str).collect()
    }

    #[test]
    fn what_the_caller_asks_for_stays_but_headless() {
        let mut body = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            OPTIONS: { "args": ["--headless=new", "--lang=de", "headless", "enable-features=A"], "binary": "/opt/c" },
        } } });
        assert_eq!(shown(&mut body, ":7", 99), ["--headless=new", "headless"]);
        let always = &body["capabilities"]["alwaysMatch"];
        let options = &always[OPTIONS];
        assert!(body["capabilities"].get("firstMatch").is_none(), "nothing is added that is not needed");
        assert_eq!((&always["browserName"], &options["binary"]), (&json!("chrome"), &json!("/opt/c")));
        let arguments = arguments(options);
        for asked in ["--lang=de", "--display=:7", "--enable-ui-devtools=99"] {
            assert!(arguments.contains(&asked), "{arguments:?}");
        }
        assert!(arguments.iter().any(|one| one.starts_with("enable-features=A,DownloadService:")), "{arguments:?}");
        assert!(!arguments.iter().any(|argument| argument.contains("headless")), "{arguments:?}");
    }

    #[test]
    fn options_stay_where_the_caller_has_them() {
        let mut body = json!({ "capabilities": { "firstMatch": [{ OPTIONS: { "args": ["--headless"] } }, {}] } });
        assert_eq!(shown(&mut body, ":7", 99), ["--headless"]);
        let capabilities = &body["capabilities"];
        assert!(capabilities["alwaysMatch"].get(OPTIONS).is_none(), "{capabilities}");
        for one in capabilities["firstMatch"].as_array().expect("two") {
            assert!(arguments(&one[OPTIONS]).contains(&"--display=:7"), "{one}");
        }
    }

    #[test]
    fn a_preference_that_the_caller_sets_stays() {
        let nested = json!({ "profile": { "default_content_setting_values": { "automatic_downloads": 2 } } });
        let mut body = json!({ "capabilities": { "alwaysMatch": { OPTIONS: { "prefs": nested } } } });
        shown(&mut body, ":7", 99);
        assert_eq!(body["capabilities"]["alwaysMatch"][OPTIONS]["prefs"], nested);
    }
}
