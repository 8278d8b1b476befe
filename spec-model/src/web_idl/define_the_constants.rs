//! Define the constants. <https://webidl.spec.whatwg.org/#define-the-constants>
//!
//! No property is stored: what the algorithm defines is looked up when it is asked for.

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::Value;
use crate::watch::looked_up;
use crate::web_idl::describe::{Descriptor, Holds};
use crate::web_idl::interfaces::{Interface, Member, MemberLookup};

const ALGORITHM: Algorithm = Algorithm::of("webidl/define the constants");

/// Returns the member of a lookup, where it is a constant that is exposed.
pub(crate) fn exposed_constant(m: &Machine, v: &mut MemberLookup) -> Option<(Interface, Member)> {
    // 1. Holds by type: each constant is looked up for itself.
    looked_up!(m, v, "1.1");
    v.member
}

/// Finds the descriptor of a constant.
pub(crate) fn describe_the_constant(m: &mut Machine, v: &mut MemberLookup, value: u8) {
    // 1.2. Holds by type: constants in scope are numbers.
    let holds = Holds::Data { value: Some(Value::Number(f64::from(value))), writable: false };
    v.descriptor = Some(Descriptor { holds, enumerable: true, configurable: false });
    looked_up!(m, v, "1.3");
    // 1.4. Holds by type: a constant has its identifier.
}

/// Returns the value of a constant on an object that has it or inherits it.
pub(crate) fn value_of_the_constant(m: &Machine, v: &mut MemberLookup, value: u8) -> Value {
    v.value = Value::Number(f64::from(value));
    looked_up!(m, v, "1.5");
    v.value
}
