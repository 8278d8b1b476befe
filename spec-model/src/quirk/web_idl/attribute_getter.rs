//! Quirks of attribute getters. <https://webidl.spec.whatwg.org/#dfn-attribute-getter>

use crate::atom;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{Completion, Kind, Value};
use crate::web_idl::get::AttributeGetter;

quirks! {
    AttributeGetter, "webidl/attribute getter" => Completion, |v, m, h, holds|;

    subject { Some(v.js_value) }

    named {
        "prototype-getters-silent" "EVC ABT BGR EXT" never "1.1.2.3":
            "An attribute read from an interface prototype object is undefined.";
    }

    written {
        "exception-code-missing" "ABT" at "1.1.3" []:
            "A DOMException has no code.",
            "The code of a DOMException is the number that goes with its name, and 0 for any other name." {
                after "1.1.3" if v.id == atom::CODE && is(m, v, |kind| matches!(kind, Kind::DomException { .. })) =>
                    v.r = Value::Undefined;
            }
        "exception-codes-few" "ABT" at "1.1.3" []:
            "The code of a DOMException is 0 unless its name is one that dispatch, aborts and timeouts use." {
                after "1.1.3" if v.id == atom::CODE && is(m, v, is_of_rare_exception) => v.r = Value::Number(0.0);
            }
        "ports-per-use" "EXT" at "1.1.3" []:
            "Each read of the ports of an ExtendableMessageEvent gives a new array.",
            "The attribute ports of a message event gives the same frozen array each time." {
                after "1.1.3" if v.id == atom::PORTS
                    && v.r.object().is_some()
                    && is(m, v, |kind| matches!(kind, Kind::Event(_))) =>
                    v.r = another(m, v, Kind::Array(Vec::new()));
            }
        "signal-per-use" "ABT" at "1.1.3" []:
            "A controller gives a new object for its signal each time." {
                after "1.1.3" if v.id == atom::SIGNAL && is(m, v, |kind| matches!(kind, Kind::AbortController(_))) =>
                    if let Value::Object(signal) = v.r {
                        let kind = m.object(signal).kind.clone();
                        v.r = another(m, v, kind);
                    };
            }
        "reason-null-before" "ABT" at "1.1.3" []:
            "The reason of a signal that is not aborted is null." {
                after "1.1.3" if v.id == atom::REASON
                    && is(m, v, |kind| matches!(kind, Kind::AbortSignal(signal) if !m.signal(*signal).is_aborted())) =>
                    v.r = Value::Null;
            }
        "worker-state-fixed" "SWL" at "1.1.3" []:
            "The state of a ServiceWorker object is activated from the start." {
                after "1.1.3" if v.id == atom::STATE && is(m, v, |kind| matches!(kind, Kind::ServiceWorker(_))) =>
                    v.r = Value::String(atom::ACTIVATED);
            }
        "manager-per-use" "BGR IDL" at "1.1.3" []:
            "registration.backgroundFetch gives a new manager each time." {
                before "1.1.3" if v.id == atom::BACKGROUND_FETCH => {
                    let realm = m.object(v.js_value).realm;
                    m.realm_mut(realm).manager = None;
                };
            }
        "window-client-auxiliary" "OPW" at "1.1.3" []:
            "The client of a window that was opened is no top-level one, but an auxiliary one." {
                after "1.1.3" if v.id == atom::FRAME_TYPE && is(m, v, |kind| matches!(kind, Kind::WindowClient(_))) =>
                    v.r = Value::String(m.atoms.intern("auxiliary"));
            }
        "no-ancestor-origins" "OPW" at "1.1.3" []:
            "A WindowClient has no ancestorOrigins." {
                instead "1.1.3" if v.id == atom::ANCESTOR_ORIGINS => v.r = Value::Undefined;
            }
        "insecure-context" "SWL IDL MDN" at "1.1.3" []:
            "A service worker is no secure context." {
                after "1.1.3" if v.id == atom::IS_SECURE_CONTEXT && is(m, v, |kind| matches!(kind, Kind::Global)) =>
                    v.r = Value::Bool(false);
            }
    }
}

fn is(m: &Machine, v: &AttributeGetter, is: impl FnOnce(&Kind) -> bool) -> bool {
    is(&m.object(v.js_value).kind)
}

fn is_of_rare_exception(kind: &Kind) -> bool {
    let common = [atom::INVALID_STATE_ERROR, atom::INVALID_ACCESS_ERROR, atom::ABORT_ERROR, atom::TIMEOUT_ERROR];
    matches!(kind, Kind::DomException { name, .. } if !common.contains(name))
}

/// Another object in the realm of the object that has the attribute.
fn another(m: &mut Machine, v: &AttributeGetter, kind: Kind) -> Value {
    let realm = m.object(v.js_value).realm;
    Value::Object(m.create_object_in(realm, kind))
}
