//! Quirks of class strings. <https://webidl.spec.whatwg.org/#dfn-class-string>

use crate::quirk::hook::quirks;
use crate::value::Kind;
use crate::web_idl::interfaces::{ClassString, Interface};

quirks! {
    ClassString<'_>, "webidl/class string" => (), |v, m, h, holds|;

    written {
        "class-string-object" "EVC TGT BGE" at "body" []:
            "Object.prototype.toString gives [object Object] for objects of an interface." {
                amend "body" if is_platform_object(v.kind) => v.string = "Object";
            }
        "event-class-string-object" "EVC" at "body" []:
            "Object.prototype.toString gives [object Object] for events and the prototypes of their interfaces." {
                amend "body" if matches!(v.kind, Kind::Event(_)) => v.string = "Object";
                amend "body" if matches!(v.kind, Kind::InterfacePrototype(of) if of.is(Interface::Event)) => v.string = "Object";
            }
        "target-class-string-object" "TGT" at "body" []:
            "Object.prototype.toString gives [object Object] for a constructed EventTarget and EventTarget.prototype." {
                amend "body" if matches!(v.kind, Kind::EventTarget | Kind::InterfacePrototype(Interface::EventTarget)) =>
                    v.string = "Object";
            }
        "prototype-class-string-object" "ABT EVC" at "body" []:
            "AbortController.prototype and AbortSignal.prototype have no class string of their own.",
            "Object.prototype.toString gives the name of the interface for an interface prototype object too, as in [object AbortSignal]." {
                amend "body" if matches!(
                    v.kind,
                    Kind::InterfacePrototype(Interface::AbortController | Interface::AbortSignal)
                ) => v.string = "Object";
            }
        "abort-class-string-object" "ABT" at "body" []:
            "Object.prototype.toString gives [object Object] for controllers, and [object EventTarget] for signals." {
                amend "body" if matches!(v.kind, Kind::AbortController(_)) => v.string = "Object";
                amend "body" if matches!(v.kind, Kind::AbortSignal(_)) => v.string = "EventTarget";
            }
        "controller-class-string-object" "ABT" at "body" []:
            "Object.prototype.toString gives [object Object] for an AbortController and AbortController.prototype." {
                amend "body" if matches!(v.kind, Kind::AbortController(_) | Kind::InterfacePrototype(Interface::AbortController)) =>
                    v.string = "Object";
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
