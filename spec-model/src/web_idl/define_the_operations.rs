//! Define the operations. <https://webidl.spec.whatwg.org/#define-the-operations>
//!
//! No property is stored: what the algorithm defines is looked up when it is asked for.

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::watch::looked_up;
use crate::web_idl::describe::{Descriptor, Holds};
use crate::web_idl::interfaces::{Interface, Member, MemberLookup};

const ALGORITHM: Algorithm = Algorithm::of("webidl/define the operations");

/// Returns the member of a lookup, where it is an operation that is exposed.
pub(crate) fn exposed_operation(m: &Machine, v: &mut MemberLookup) -> Option<(Interface, Member)> {
    // 1. Holds by type: each operation is looked up for itself.
    looked_up!(m, v, "1.1");
    v.member
}

/// Finds the descriptor of an operation.
pub(crate) fn describe_the_operation(m: &mut Machine, v: &mut MemberLookup) {
    // 1.2. Abstracted: functions of operations show no value.
    // 1.3. Out of scope: no operation in scope is unforgeable.
    let holds = Holds::Data { value: None, writable: true };
    v.descriptor = Some(Descriptor { holds, enumerable: true, configurable: true });
    looked_up!(m, v, "1.4");
    // 1.5, 1.6. Holds by type: an operation has its identifier, and the descriptor is what is asked for.
}
