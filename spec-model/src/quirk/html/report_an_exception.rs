//! Quirks of report an exception. <https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception>

use crate::atom;
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event::Payload;
use crate::html::report_an_exception::ReportAnException;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::quirk::hook::quirks;
use crate::value::Value;
use crate::web_idl::interfaces::Interface;

/// How many callbacks may run inside each other where exceptions of error listeners are reported.
const DEEPEST: u32 = 20;

quirks! {
    ReportAnException, "html/report an exception" => (), |v, m, h, holds|;

    subject { v.exception.object() }

    named {
        "no-error-event" "CB" skip "6.2":
            "No error event is fired for an exception.";
    }

    written {
        "errors-in-errors" "CB" at "6" []:
            "An exception that is reported while another is being reported fires an error event of its own.",
            "While a global is reporting an exception, the report of a further exception fires no error event at it." {
                always "6" if m.realm(v.global).event_loop.stack < DEEPEST;
            }
        "error-event-uncancelable" "CB" at "6.2" []:
            "The error event of an exception is not cancelable." {
                instead "6.2" => fire_another(m, h, v);
            }
        "error-event-untrusted" "CB" at "6.2" []:
            "The error event of an exception is not trusted." {
                instead "6.2" => fire_another(m, h, v);
            }
        "error-event-bubbles" "CB" at "6.2" []:
            "The error event of an exception bubbles." {
                instead "6.2" => fire_another(m, h, v);
            }
        "error-event-without-file" "CB" at "3" of "html/extract error information" ["html/report an exception", "webidl/attribute getter"]:
            "The filename of the error event is null where the error's first stack frame has no file, as in evaluated code.",
            "The filename of an error event is a string, whatever its implementation-defined value." {
                instead "6.2" => fire_another(m, h, v);
            }
    }
}

/// Fires an `error` event with other attributes.
fn fire_another(m: &mut Machine, h: &mut impl Host, v: &ReportAnException) {
    let event = create_an_event(m, Interface::ErrorEvent, v.global);
    let (cancelable, bubbles, untrusted) = (
        !m.meets(const { Quirk::of("error-event-uncancelable") }),
        m.meets(const { Quirk::of("error-event-bubbles") }),
        m.meets(const { Quirk::of("error-event-untrusted") }),
    );
    let data = m.event_mut(event);
    data.event_type = atom::ERROR;
    data.cancelable = cancelable;
    data.bubbles = bubbles;
    data.is_trusted &= !untrusted;
    data.payload = Payload::Error(v.error_info);
    if m.meets(const { Quirk::of("error-event-without-file") }) && v.error_info.filename == atom::EMPTY {
        m.watch.aside.keep_attribute(event, atom::FILENAME, Some(Value::Null));
    }
    let global = m.realm(v.global).global;
    dispatch(m, h, event, global);
}
