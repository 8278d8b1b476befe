//! Quirks of class strings. <https://webidl.spec.whatwg.org/#dfn-class-string>

use crate::quirk::hook::quirks;
use crate::value::Kind;
use crate::web_idl::interfaces::ClassString;

quirks! {
    ClassString<'_>, "webidl/class string" => (), |v, m, h, holds|;

    written {
        "class-string-object" "EVC TGT BGE" at "body" []:
            "Object.prototype.toString gives [object Object] for objects of an interface." {
                amend "body" if is_platform_object(v.kind) => v.string = "Object";
            }
        "event-class-string-object" "EVC" at "body" []:
            "Object.prototype.toString gives [object Object] for events." {
                amend "body" if matches!(v.kind, Kind::Event(_)) => v.string = "Object";
            }
        "target-class-string-object" "TGT" at "body" []:
            "Object.prototype.toString gives [object Object] for a constructed EventTarget." {
                amend "body" if matches!(v.kind, Kind::EventTarget | Kind::Node(_)) => v.string = "Object";
            }
        "prototype-class-string-object" "EVC" at "body" []:
            "Object.prototype.toString gives [object Object] for Event.prototype and some other interface prototype objects.",
            "Object.prototype.toString gives the name of the interface for an interface prototype object too, as in [object Event]." {
                amend "body" if matches!(v.kind, Kind::InterfacePrototype(_)) => v.string = "Object";
            }
        "abort-class-string-object" "ABT" at "body" []:
            "Object.prototype.toString gives [object Object] for controllers, and [object EventTarget] for signals." {
                amend "body" if matches!(v.kind, Kind::AbortController(_)) => v.string = "Object";
                amend "body" if matches!(v.kind, Kind::AbortSignal(_)) => v.string = "EventTarget";
            }
        "controller-class-string-object" "ABT" at "body" []:
            "Object.prototype.toString gives [object Object] for an AbortController." {
                amend "body" if matches!(v.kind, Kind::AbortController(_)) => v.string = "Object";
            }
    }
}

fn is_platform_object(kind: &Kind) -> bool {
    !matches!(
        kind,
        Kind::Plain
            | Kind::Converting(_)
            | Kind::Array(_)
            | Kind::Function { .. }
            | Kind::ResolvingFunction { .. }
            | Kind::InterfaceObject(_)
            | Kind::Error
            | Kind::NativeError(_)
            | Kind::Promise(_)
            | Kind::Performance
            | Kind::InterfacePrototype(_)
    )
}
