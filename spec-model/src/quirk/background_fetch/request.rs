//! Quirks of the constructor of `Request`.

use crate::background_fetch::request::{Refusable, Request, RequestConstructor};
use crate::background_fetch::url::ParsedUrl;
use crate::quirk::hook::quirks;
use crate::value::Value;

quirks! {
    RequestConstructor, "fetch/Request(input, init)" => Result<Request, Value>, |v, m, h, holds|;

    written {
        "invalid-addresses-fetched" "BGR" at "body" []:
            "A fetch can be started with a URL that can't be parsed, and a Request made of it." {
                never "body" if v.refusable == Refusable::Url(ParsedUrl::Invalid);
            }
        "credentials-fetched" "BGR" at "body" []:
            "A fetch can be started with a URL that has credentials, and a Request made of it." {
                never "body" if v.refusable == Refusable::Url(ParsedUrl::WithCredentials);
            }
        "bodies-used-twice" "BGR" at "body" []:
            "A request whose body was used can be fetched again." {
                never "body" if v.refusable == Refusable::UsedBody;
            }
        "requests-unchecked" "BGR" at "body" []:
            "The constructor of Request takes methods, modes and bodies that it should refuse." {
                never "body" if v.refusable == Refusable::Init;
            }
    }
}
