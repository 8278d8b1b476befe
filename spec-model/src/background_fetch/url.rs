//! As much of a URL parser as the model has. <https://url.spec.whatwg.org/#concept-url-parser>
//!
//! URLs are not fully parsed. Where that would matter, the result is [`ParsedUrl::Unknown`], and the machine marks the run as unknown.

/// What parsing a URL results in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParsedUrl {
    /// A URL that nothing is wrong with.
    Fine,
    /// Failure.
    Invalid,
    /// A URL with credentials.
    WithCredentials,
    /// Only a whole parser could say.
    Unknown,
}

/// Returns the fragment of a URL.
pub(crate) fn fragment(url: &str) -> Option<&str> {
    url.split_once('#').map(|(_, fragment)| fragment)
}

/// Whether two URLs are the same without their fragments; none where a parser would have to say.
pub(crate) fn same_url(a: &str, b: &str, ignores_search: bool) -> Option<bool> {
    let [a, b] = [a, b].map(|url| {
        let whole = url.split('#').next().unwrap_or_default();
        if ignores_search { whole.split('?').next().unwrap_or_default() } else { whole }
    });
    // From which URL others are resolved depends on the realm.
    let is_plain = |url: &str| url.starts_with('/') && !url.contains("//") && !url.contains("/.");
    let is_kept = |url: &str| url.chars().all(|c| c.is_ascii_alphanumeric() || "/?&=_-.~+,;:@!$()*".contains(c));
    if a == b && (a.starts_with('/') || a.starts_with("http://") || a.starts_with("https://")) {
        return Some(true);
    }
    let known = [a, b].into_iter().all(|url| is_plain(url) && is_kept(url));
    known.then_some(a == b)
}

pub(crate) fn parse(url: &str) -> ParsedUrl {
    let url = url.trim_matches(|c: char| c <= ' ');
    if url.contains(['\t', '\n', '\r', '\\']) {
        return ParsedUrl::Unknown;
    }
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let Some((scheme, rest)) = url.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return url.strip_prefix("//").map_or(ParsedUrl::Fine, authority);
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "ws" | "wss" | "ftp" => rest.strip_prefix("//").map_or(ParsedUrl::Unknown, authority),
        "file" => ParsedUrl::Unknown,
        _ if rest.starts_with('/') => ParsedUrl::Unknown,
        _ => ParsedUrl::Fine,
    }
}

/// Parses what follows the two slashes of a URL.
fn authority(rest: &str) -> ParsedUrl {
    if rest.starts_with('/') {
        return ParsedUrl::Unknown;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (credentials, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if !credentials.is_empty() && credentials != ":" {
        return ParsedUrl::WithCredentials;
    }
    if host.starts_with('[') {
        return if host.contains(']') { ParsedUrl::Unknown } else { ParsedUrl::Invalid };
    }
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let is_port = port.chars().all(|c| c.is_ascii_digit()) && (port.is_empty() || port.parse::<u16>().is_ok());
    if host.is_empty() || host.contains([' ', '<', '>', '[', ']', '^', '|']) || !is_port {
        return ParsedUrl::Invalid;
    }
    let known = host.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    let is_number = |label: &str| label.starts_with(|c: char| c.is_ascii_digit());
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let is_ip = host.parse::<std::net::Ipv4Addr>().is_ok();
    let unclear = !known || host.contains("..") || host.starts_with('.') || host.contains("--") || is_number(last);
    if unclear && !is_ip { ParsedUrl::Unknown } else { ParsedUrl::Fine }
}

#[cfg(test)]
mod tests {
    use super::{ParsedUrl, parse, same_url};

    #[test]
    fn urls_are_fine_refused_or_not_known() {
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
            assert_eq!(parse(fine), ParsedUrl::Fine, "{fine}");
        }
        for invalid in ["http://", "http://[", "https://a b/", "http://a:port/", "http://a:65536", "//:80", "http://?x"]
        {
            assert_eq!(parse(invalid), ParsedUrl::Invalid, "{invalid}");
        }
        for with_credentials in ["https://user:pass@example.com", "https://user@example.com/x", "//:pass@example.com"] {
            assert_eq!(parse(with_credentials), ParsedUrl::WithCredentials, "{with_credentials}");
        }
        for unknown in ["http:x", "http://[::1]", "http:///x", "http://1.2.3.256", "http://xn--a", "file:///x", "x:/y"]
        {
            assert_eq!(parse(unknown), ParsedUrl::Unknown, "{unknown}");
        }
    }

    #[test]
    fn urls_are_compared_without_their_fragments() {
        assert_eq!(same_url("/x#a", "/x", false), Some(true));
        assert_eq!(same_url("/x?a", "/x", false), Some(false));
        assert_eq!(same_url("/x?a#b", "/x", true), Some(true));
        assert_eq!(same_url("/x?", "/x", false), Some(false));
        assert_eq!(same_url("https://a.b/x", "https://a.b/x#c", false), Some(true));
        assert_eq!(same_url("https://a.b/x", "/x", false), None);
        assert_eq!(same_url("x", "x", false), None);
        assert_eq!(same_url("/a/../x", "/x", false), None);
    }
}
