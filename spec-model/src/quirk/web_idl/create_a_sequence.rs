//! Quirks of create a sequence from an iterable. <https://webidl.spec.whatwg.org/#create-sequence-from-iterable>

use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{Kind, Value};
use crate::web_idl::to_sequence::CreateASequence;

quirks! {
    CreateASequence, "webidl/create sequence from iterable" => Result<Vec<Value>, Value>, |v, m, h, holds|;

    written {
        "any-checks-late" "ABT" at "3.3" []:
            "AbortSignal.any() reads no further than the first signal that is aborted.",
            "AbortSignal.any() throws a TypeError for any member that is no AbortSignal, also behind an aborted one." {
                after "3.3" if is_aborted(m, v.next) => v.iterable.truncate(v.i + 1);
            }
    }
}

fn is_aborted(m: &Machine, signal: Option<Value>) -> bool {
    let object = signal.and_then(Value::object);
    object.is_some_and(
        |object| matches!(m.object(object).kind, Kind::AbortSignal(signal) if m.signal(signal).is_aborted()),
    )
}
