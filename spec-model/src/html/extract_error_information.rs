//! Extract error information. <https://html.spec.whatwg.org/multipage/webappapis.html#extract-error>

use crate::dom::event::ErrorInformation;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::Value;
use crate::watch::{returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/extract error information");

/// Returns what an `ErrorEvent` says of an exception.
pub(crate) fn extract_error_information(m: &mut Machine, exception: Value) -> ErrorInformation {
    let mut attributes;
    set!(m, "1", attributes = ErrorInformation::of(Value::Undefined));
    step!(m, "2", attributes.error = exception);
    // 3. Abstracted: the values are implementation-defined, and a trace has none of them.
    returns!(m, "4", attributes)
}
