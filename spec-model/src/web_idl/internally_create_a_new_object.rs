//! Internally create a new object implementing an interface.
//! <https://webidl.spec.whatwg.org/#internally-create-a-new-object-implementing-the-interface>
//!
//! [`Machine::create_object_in`] makes objects. What they have of their own is looked up when it is asked for.

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::watch::looked_up;
use crate::web_idl::interfaces::{Interface, Member, MemberLookup};

const ALGORITHM: Algorithm = Algorithm::of("webidl/internally create a new object implementing the interface");

/// Returns the member of a lookup, where it is an unforgeable attribute: each object has it itself.
pub(crate) fn unforgeable_member(m: &mut Machine, v: &mut MemberLookup) -> Option<(Interface, Member)> {
    // 1. Unobservable: an assertion.
    // 2, 2.1, 3, 3.1, 3.2, 3.3, 3.3.1, 3.3.2. Abstracted: an object of a class that extends an interface object counts as the interface's.
    // 4, 5, 6, 7, 8, 9. Holds by type: an object has its kind and its realm.
    // 10, 11, 11.1, 11.2, 11.3, 11.3.1. Holds by type: each attribute is looked up for itself.
    v.member = v.member.filter(|(_, member)| *member == Member::Unforgeable);
    looked_up!(m, v, "11.3.2");
    v.member
}

/// Returns the member of a lookup: a global has all members of its interface itself.
pub(crate) fn member_of_global(m: &mut Machine, v: &mut MemberLookup) -> Option<(Interface, Member)> {
    // 12. Holds by type: the object is a global.
    looked_up!(m, v, "12.1");
    looked_up!(m, v, "12.2");
    v.member
    // 12.3, 12.4. Out of scope: no interface in scope is iterable.
    // 12.5. Abstracted: `define_the_global_property_references` says which interface objects there are.
    // 12.6, 13, 13.1, 13.2, 13.3, 13.4, 13.5, 13.6. Out of scope: no interface in scope has named or indexed properties.
    // 14. Holds by type: the object is returned.
}
