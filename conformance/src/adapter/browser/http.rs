//! JSON over plain HTTP, as WebDriver endpoints and DevTools speak it.

use std::time::Duration;

use serde_json::Value as Json;

/// What is sent. A Selenium Grid takes no JSON that does not say its encoding.
const JSON: &str = "application/json; charset=utf-8";

/// Asks for something.
pub(super) fn get(address: &str, timeout: Duration) -> Result<Json, String> {
    answer(agent(timeout).get(address).call())
}

/// Sends something.
pub(super) fn post(address: &str, body: &Json, timeout: Duration) -> Result<Json, String> {
    answer(agent(timeout).post(address).content_type(JSON).send(body.to_string()))
}

/// Sends something, and gives the status of the answer with it.
pub(super) fn post_for_status(address: &str, body: &Json, timeout: Duration) -> Result<(u16, Json), String> {
    answer_and_status(agent(timeout).post(address).content_type(JSON).send(body.to_string()))
}

/// Has something taken away.
pub(super) fn delete(address: &str, timeout: Duration) -> Result<Json, String> {
    answer(agent(timeout).delete(address).call())
}

/// One for each request: they are few, and a connection that is kept keeps some endpoints from taking another.
fn agent(timeout: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        // Endpoints say in the body what is wrong.
        .http_status_as_error(false)
        .build()
        .new_agent()
}

fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Json, String> {
    answer_and_status(response).map(|(_, answer)| answer)
}

fn answer_and_status(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<(u16, Json), String> {
    let mut response = response.map_err(|error| error.to_string())?;
    let status = response.status();
    let text = response.body_mut().read_to_string().map_err(|error| error.to_string())?;
    let answer = serde_json::from_str(&text).map_err(|_| format!("the answer is no JSON ({status})"))?;
    Ok((status.as_u16(), answer))
}
