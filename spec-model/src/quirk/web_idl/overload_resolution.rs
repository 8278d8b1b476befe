//! Quirks of overload resolution. <https://webidl.spec.whatwg.org/#dfn-overload-resolution-algorithm>

use crate::quirk::hook::quirks;
use crate::value::Value;
use crate::web_idl::interfaces::Interface;
use crate::web_idl::overload_resolution::OverloadResolution;

quirks! {
    OverloadResolution<'_>, "webidl/overload resolution algorithm" => Result<(), Value>, |v, m, h, holds|;

    named {
        "missing-arguments" "EVC ADD REM INI EXT OPW" never "too few arguments":
            "Required arguments that are missing count as undefined.",
            "A call with fewer arguments than are required throws a TypeError.";
    }

    written {
        "required-init-optional" "BGE" at "too few arguments" ["webidl/convert a JavaScript value to dictionary"]:
            "A BackgroundFetchEvent can be constructed from a type alone." {
                never "too few arguments" if v.args.len() == 1
                    && v.constructor.is_some_and(|of| of.is(Interface::BackgroundFetchEvent));
            }
    }
}
