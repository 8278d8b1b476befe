//! As much of `Request` as background fetches ask for. <https://fetch.spec.whatwg.org/#request-class>
//!
//! There is no whole parser of addresses: of what is not told apart here, the machine says that it does not know.

use crate::atom::{self, Atom};
use crate::ecmascript::conversions::to_boolean;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{Kind, ObjectId, Value};
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string as to_string;

const REQUEST: Algorithm = Algorithm::of("fetch/Request(input, init)");
const MATCHES: Algorithm = Algorithm::of("service-workers/Request Matches Cached Item");

/// A request.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Request {
    /// Its address, as it was given.
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
    /// An address.
    Address(Atom),
}

/// What `CacheQueryOptions` say.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct QueryOptions {
    ignore_method: bool,
    ignore_search: bool,
}

/// What an address comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Address {
    Fine,
    Invalid,
    WithCredentials,
    Unknown,
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
    Ok(Info::Address(to_string(m, h, value)?))
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
    let request = of_address(m, input)?;
    hand_on_body(m, input)?;
    Ok(request)
}

fn of_address(m: &mut Machine, input: Info) -> Result<Request, Value> {
    step!(m, REQUEST, "body");
    let request = match input {
        Info::Object(_, request) => Request { used: false, ..request },
        Info::Address(url) => Request { url, method: atom::GET_METHOD, no_cors: false, body: None, used: false },
    };
    let refused = match (input, address(m.atoms.text(request.url))) {
        (Info::Object(..), _) => false,
        (_, Address::Fine) => false,
        (_, Address::Invalid) => !m.is_bent(Quirk::InvalidAddressesFetched),
        (_, Address::WithCredentials) => !m.is_bent(Quirk::CredentialsFetched),
        (_, Address::Unknown) => {
            m.unknown = true;
            false
        }
    };
    if branch!(m, REQUEST, "body", refused) {
        return Err(m.type_error());
    }
    Ok(request)
}

/// A body can be handed on once.
fn hand_on_body(m: &mut Machine, input: Info) -> Result<(), Value> {
    let Info::Object(object, Request { body: Some(_), .. }) = input else { return Ok(()) };
    let Kind::Request(ref mut request) = m.objects[object.index()].kind else { return Ok(()) };
    if std::mem::replace(&mut request.used, true) && !m.is_bent(Quirk::BodiesUsedTwice) {
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
    let mut request = of_address(m, input)?;
    request.body = body.or(request.body);
    let unchecked = m.is_bent(Quirk::RequestsUnchecked);
    if let Some(mode) = mode {
        let refused = !matches!(m.atoms.text(mode), "same-origin" | "no-cors" | "cors");
        if refused && !unchecked {
            return Err(m.type_error());
        }
        request.no_cors = mode == atom::NO_CORS;
    }
    if let Some(method) = method {
        let text = m.atoms.text(method).to_owned();
        let upper = text.to_ascii_uppercase();
        let forbidden = matches!(upper.as_str(), "CONNECT" | "TRACE" | "TRACK");
        if (forbidden || !is_token(&text)) && !unchecked {
            return Err(m.type_error());
        }
        let normal = matches!(upper.as_str(), "DELETE" | "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT");
        request.method = if normal { m.atoms.intern(&upper) } else { method };
    }
    let method = m.atoms.text(request.method);
    let (simple, bodiless) = (matches!(method, "GET" | "HEAD" | "POST"), matches!(method, "GET" | "HEAD"));
    let refused = (request.no_cors && !simple) || (request.body.is_some() && bodiless);
    if refused && !unchecked {
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

/// Request Matches Cached Item. No response here has a `Vary`.
/// <https://w3c.github.io/ServiceWorker/#request-matches-cached-item-algorithm>
pub fn matches(m: &mut Machine, query: Info, request: &Request, options: QueryOptions) -> bool {
    step!(m, MATCHES, "1");
    let hidden = !options.ignore_method && request.method != atom::GET_METHOD;
    if branch!(m, MATCHES, "1", hidden) && !m.is_bent(Quirk::MatchIgnoresMethod) {
        return false;
    }
    let url = match query {
        Info::Object(..) if m.is_bent(Quirk::MatchByAddressAlone) => return false,
        Info::Object(_, query) => query.url,
        Info::Address(url) => url,
    };
    step!(m, MATCHES, "3");
    let ignores_search = branch!(m, MATCHES, "3", options.ignore_search) && !m.is_bent(Quirk::MatchKeepsSearch);
    step!(m, MATCHES, "4");
    if m.is_bent(Quirk::MatchKeepsFragments) && fragment(m.atoms.text(url)) != fragment(m.atoms.text(request.url)) {
        return false;
    }
    let same = same_address(m.atoms.text(url), m.atoms.text(request.url), ignores_search);
    m.unknown |= same.is_none();
    !branch!(m, MATCHES, "4", same != Some(true))
}

fn fragment(url: &str) -> Option<&str> {
    url.split_once('#').map(|(_, fragment)| fragment)
}

/// Whether two addresses are the same without their fragments; none where a parser would have to say.
fn same_address(a: &str, b: &str, ignores_search: bool) -> Option<bool> {
    let [a, b] = [a, b].map(|url| {
        let whole = url.split('#').next().unwrap_or_default();
        if ignores_search { whole.split('?').next().unwrap_or_default() } else { whole }
    });
    // From which address others are resolved depends on the realm.
    let is_plain = |url: &str| url.starts_with('/') && !url.contains("//") && !url.contains("/.");
    let is_kept = |url: &str| url.chars().all(|c| c.is_ascii_alphanumeric() || "/?&=_-.~+,;:@!$()*".contains(c));
    if a == b && (a.starts_with('/') || a.starts_with("http://") || a.starts_with("https://")) {
        return Some(true);
    }
    let known = [a, b].into_iter().all(|url| is_plain(url) && is_kept(url));
    known.then_some(a == b)
}

fn address(url: &str) -> Address {
    let url = url.trim_matches(|c: char| c <= ' ');
    if url.contains(['\t', '\n', '\r', '\\']) {
        return Address::Unknown;
    }
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let Some((scheme, rest)) = url.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return url.strip_prefix("//").map_or(Address::Fine, authority);
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "ws" | "wss" | "ftp" => rest.strip_prefix("//").map_or(Address::Unknown, authority),
        "file" => Address::Unknown,
        _ if rest.starts_with('/') => Address::Unknown,
        _ => Address::Fine,
    }
}

/// What an address comes to by what follows its two slashes.
fn authority(rest: &str) -> Address {
    if rest.starts_with('/') {
        return Address::Unknown;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (credentials, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if !credentials.is_empty() && credentials != ":" {
        return Address::WithCredentials;
    }
    if host.starts_with('[') {
        return if host.contains(']') { Address::Unknown } else { Address::Invalid };
    }
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let is_port = port.chars().all(|c| c.is_ascii_digit()) && (port.is_empty() || port.parse::<u16>().is_ok());
    if host.is_empty() || host.contains([' ', '<', '>', '[', ']', '^', '|']) || !is_port {
        return Address::Invalid;
    }
    let known = host.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    let is_number = |label: &str| label.starts_with(|c: char| c.is_ascii_digit());
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let is_ip = host.parse::<std::net::Ipv4Addr>().is_ok();
    let unclear = !known || host.contains("..") || host.starts_with('.') || host.contains("--") || is_number(last);
    if unclear && !is_ip { Address::Unknown } else { Address::Fine }
}

#[cfg(test)]
mod tests {
    use super::{Address, address, same_address};

    #[test]
    fn addresses_are_fine_refused_or_not_known() {
        for fine in [
            "",
            "/x",
            "x?y",
            "https://example.com",
            "http://a.b:80/x",
            "//a.b/x",
            "about:blank",
            "http://@a.b",
            "http://1.2.3.4",
        ] {
            assert_eq!(address(fine), Address::Fine, "{fine}");
        }
        for invalid in ["http://", "http://[", "https://a b/", "http://a:port/", "http://a:65536", "//:80", "http://?x"]
        {
            assert_eq!(address(invalid), Address::Invalid, "{invalid}");
        }
        for with_credentials in ["https://user:pass@example.com", "https://user@example.com/x", "//:pass@example.com"] {
            assert_eq!(address(with_credentials), Address::WithCredentials, "{with_credentials}");
        }
        for unknown in ["http:x", "http://[::1]", "http:///x", "http://1.2.3.256", "http://xn--a", "file:///x", "x:/y"]
        {
            assert_eq!(address(unknown), Address::Unknown, "{unknown}");
        }
    }

    #[test]
    fn addresses_are_compared_without_their_fragments() {
        assert_eq!(same_address("/x#a", "/x", false), Some(true));
        assert_eq!(same_address("/x?a", "/x", false), Some(false));
        assert_eq!(same_address("/x?a#b", "/x", true), Some(true));
        assert_eq!(same_address("/x?", "/x", false), Some(false));
        assert_eq!(same_address("https://a.b/x", "https://a.b/x#c", false), Some(true));
        assert_eq!(same_address("https://a.b/x", "/x", false), None);
        assert_eq!(same_address("x", "x", false), None);
        assert_eq!(same_address("/a/../x", "/x", false), None);
    }
}
