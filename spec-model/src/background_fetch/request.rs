//! As much of `Request` as background fetches ask for. <https://fetch.spec.whatwg.org/#request-class>
//!
//! The Fetch Standard is not among the pinned texts: its constructor is one definition.

use crate::atom::{self, Atom};
use crate::background_fetch::url::{self, ParsedUrl};
use crate::ecmascript::conversions::to_boolean;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Kind, ObjectId, Value};
use crate::watch::branch;
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string as to_string;

const ALGORITHM: Algorithm = Algorithm::of("fetch/Request(input, init)");

/// A request.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Request {
    /// Its URL, as it was given.
    pub url: Atom,
    /// Its method.
    pub method: Atom,
    /// Whether its mode is `no-cors`.
    pub no_cors: bool,
    /// The length of its body in bytes, if it has one.
    pub body: Option<u32>,
    /// Whether its body was handed on to another request.
    pub used: bool,
}

/// `RequestInfo` once it is converted.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Info {
    /// A `Request` object.
    Object(ObjectId, Request),
    /// A URL.
    Url(Atom),
}

/// What `CacheQueryOptions` say.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct QueryOptions {
    pub(crate) ignore_method: bool,
    pub(crate) ignore_search: bool,
}

impl Info {
    /// Its URL, as it was given.
    #[must_use]
    pub(crate) fn url(self) -> Atom {
        match self {
            Info::Object(_, Request { url, .. }) | Info::Url(url) => url,
        }
    }
}

/// What the constructor may refuse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusable {
    /// A URL that can't be parsed, or has credentials.
    Url(ParsedUrl),
    /// A body that was handed on to another request.
    UsedBody,
    /// The method, the mode or the body of `init`.
    Init,
}

/// The variables of the constructor.
pub(crate) struct RequestConstructor {
    pub(crate) refusable: Refusable,
}

/// Converts a `RequestInfo`.
///
/// # Errors
/// What the conversion threw.
pub fn info(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Info, Value> {
    if let Value::Object(object) = value
        && let Kind::Request(request) = m.object(object).kind
    {
        return Ok(Info::Object(object, request));
    }
    Ok(Info::Url(to_string(m, h, value)?))
}

/// Converts `CacheQueryOptions`.
///
/// # Errors
/// What the conversion threw.
pub fn query_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<QueryOptions, Value> {
    let Some(options) = convert::dictionary(m, value)? else { return Ok(QueryOptions::default()) };
    let ignore_method = convert::member(m, h, Some(options), atom::IGNORE_METHOD)?.is_some_and(to_boolean);
    let ignore_search = convert::member(m, h, Some(options), atom::IGNORE_SEARCH)?.is_some_and(to_boolean);
    convert::member(m, h, Some(options), atom::IGNORE_VARY)?;
    Ok(QueryOptions { ignore_method, ignore_search })
}

/// The constructor as script calls it.
///
/// # Errors
/// What the conversion of an argument threw; a `TypeError` for what is refused.
pub fn construct(m: &mut Machine, h: &mut impl Host, input: Value, init: Value) -> Result<ObjectId, Value> {
    let input = info(m, h, input)?;
    let init = convert::dictionary(m, init)?;
    let request = with_init(m, h, input, init)?;
    Ok(m.create_object(Kind::Request(request)))
}

/// The constructor without `init`.
///
/// # Errors
/// A `TypeError` for what is refused.
pub fn of_info(m: &mut Machine, input: Info) -> Result<Request, Value> {
    let request = of_url(m, input)?;
    hand_on_body(m, input)?;
    Ok(request)
}

fn of_url(m: &mut Machine, input: Info) -> Result<Request, Value> {
    let (request, parsed) = match input {
        Info::Object(_, request) => (Request { used: false, ..request }, ParsedUrl::Fine),
        Info::Url(url) => {
            let request = Request { url, method: atom::GET_METHOD, no_cors: false, body: None, used: false };
            (request, url::parse(m.atoms.text(url)))
        }
    };
    m.unknown |= parsed == ParsedUrl::Unknown;
    let mut v = RequestConstructor { refusable: Refusable::Url(parsed) };
    if branch!(m, v, "body", matches!(parsed, ParsedUrl::Invalid | ParsedUrl::WithCredentials)) {
        return Err(m.type_error());
    }
    Ok(request)
}

/// A body can be handed on once.
fn hand_on_body(m: &mut Machine, input: Info) -> Result<(), Value> {
    let Info::Object(object, Request { body: Some(_), .. }) = input else { return Ok(()) };
    let Kind::Request(ref mut request) = m.objects[object.index()].kind else { return Ok(()) };
    let used = std::mem::replace(&mut request.used, true);
    let mut v = RequestConstructor { refusable: Refusable::UsedBody };
    if branch!(m, v, "body", used) {
        return Err(m.type_error());
    }
    Ok(())
}

fn with_init(m: &mut Machine, h: &mut impl Host, input: Info, init: Option<ObjectId>) -> Result<Request, Value> {
    let Some(init) = init else { return of_info(m, input) };
    let known = [atom::BODY, atom::METHOD, atom::MODE];
    if m.object(init).properties.iter().any(|(name, _)| !known.contains(name)) {
        m.unknown = true;
    }
    let mut text = |m: &mut Machine, name: Atom, with_null: bool| {
        let value = convert::member(m, h, Some(init), name)?.filter(|value| with_null || *value != Value::Null);
        value.map(|value| to_string(m, h, value)).transpose()
    };
    let body = text(m, atom::BODY, false)?.map(|text| m.atoms.text(text).len() as u32);
    let method = text(m, atom::METHOD, true)?;
    let mode = text(m, atom::MODE, true)?;
    let mut request = of_url(m, input)?;
    request.body = body.or(request.body);
    let mut v = RequestConstructor { refusable: Refusable::Init };
    if let Some(mode) = mode {
        if branch!(m, v, "body", !matches!(m.atoms.text(mode), "same-origin" | "no-cors" | "cors")) {
            return Err(m.type_error());
        }
        request.no_cors = mode == atom::NO_CORS;
    }
    if let Some(method) = method {
        let text = m.atoms.text(method).to_owned();
        let upper = text.to_ascii_uppercase();
        let forbidden = matches!(upper.as_str(), "CONNECT" | "TRACE" | "TRACK");
        if branch!(m, v, "body", forbidden || !is_token(&text)) {
            return Err(m.type_error());
        }
        let normal = matches!(upper.as_str(), "DELETE" | "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT");
        request.method = if normal { m.atoms.intern(&upper) } else { method };
    }
    let method = m.atoms.text(request.method);
    let (simple, bodiless) = (matches!(method, "GET" | "HEAD" | "POST"), matches!(method, "GET" | "HEAD"));
    if branch!(m, v, "body", (request.no_cors && !simple) || (request.body.is_some() && bodiless)) {
        return Err(m.type_error());
    }
    // With a body of its own, that of the other request stays unused.
    if body.is_none() {
        hand_on_body(m, input)?;
    }
    Ok(request)
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}
