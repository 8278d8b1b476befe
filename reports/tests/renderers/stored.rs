//! What a page stores for its script, unpacked.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use serde_json::Value;

/// The index of a page's deviations.
pub(crate) fn index(page: &str) -> Value {
    unpacked(page, "index")
}

/// The details of all scenarios of a page, in the order of the index.
pub(crate) fn details(page: &str) -> Vec<Value> {
    let chunks = page.matches(" id=\"chunk-").count();
    let chunk = |number| unpacked(page, &format!("chunk-{number}"));
    (0..chunks).flat_map(|number| chunk(number).as_array().expect("A chunk is a list.").clone()).collect()
}

fn unpacked(page: &str, id: &str) -> Value {
    let start = format!("<script type=\"application/octet-stream\" id=\"{id}\">");
    let (_, rest) = page.split_once(&start).expect("It is stored.");
    let (text, _) = rest.split_once("</script>").expect("It ends.");
    let mut json = String::new();
    let bytes = STANDARD.decode(text).expect("It is Base64.");
    ZlibDecoder::new(bytes.as_slice()).read_to_string(&mut json).expect("It is compressed text.");
    serde_json::from_str(&json).expect("It is JSON.")
}
