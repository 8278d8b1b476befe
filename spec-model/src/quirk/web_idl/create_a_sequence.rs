//! Quirks of create a sequence from an iterable. <https://webidl.spec.whatwg.org/#create-sequence-from-iterable>

use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{Kind, Value};
use crate::web_idl::to_sequence::CreateASequence;

quirks! {
    CreateASequence, "webidl/create sequence from iterable" => Result<Vec<Value>, Value>, |v, m, h, holds|;

    written {
        "any-checks-late" "ABT" at "3.3" []:
            "AbortSignal.any() does not check its members where one of them is an aborted signal.",
            "AbortSignal.any() throws a TypeError for any member that is no AbortSignal, also beside an aborted one." {
                before "3.1" if v.i == 0 => if let Some(aborted) = first_aborted(m, &v.iterable) {
                    v.iterable = vec![aborted];
                };
            }
    }
}

/// The first member that is an aborted signal.
fn first_aborted(m: &Machine, members: &[Value]) -> Option<Value> {
    let is_aborted =
        |object| matches!(m.object(object).kind, Kind::AbortSignal(signal) if m.signal(signal).is_aborted());
    members.iter().copied().find(|member| member.object().is_some_and(is_aborted))
}
