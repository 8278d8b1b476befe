//! Create an interface prototype object. <https://webidl.spec.whatwg.org/#create-an-interface-prototype-object>
//!
//! The objects hold nothing: what the algorithm gives them is looked up when it is asked for.

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::watch::looked_up;
use crate::web_idl::interfaces::{Interface, Member, MemberLookup};

const ALGORITHM: Algorithm = Algorithm::of("webidl/create an interface prototype object");

/// Amends what an interface inherits: its parent, and a member.
pub(crate) fn inherit(m: &Machine, v: &mut MemberLookup) {
    // 1. Holds by type: the prototype is returned.
    // 2. Out of scope: no interface in scope supports named properties.
    looked_up!(m, v, "3");
}

/// Returns the interface whose prototype a prototype, or an object that implements the interface, has behind its own.
pub(crate) fn prototype_behind(m: &Machine, v: &mut MemberLookup) -> Option<Interface> {
    // 4, 5, 6. Abstracted: prototypes that ECMAScript defines are not told apart.
    // 7, 8, 8.1, 9, 9.1, 9.2, 9.3. Unobservable: no scenario sets the prototype of an object.
    looked_up!(m, v, "10");
    v.parent
    // 11, 11.1, 11.2, 11.2.1, 11.2.2, 11.3, 11.4. Out of scope: no member in scope is unscopable.
}

/// Returns the member of a lookup, where it is on the prototype of the interface.
pub(crate) fn member_on_prototype(m: &mut Machine, v: &mut MemberLookup) -> Option<(Interface, Member)> {
    // 12. Abstracted: `describe` knows the global interfaces.
    // Unforgeable attributes are on each object, static operations on the interface object.
    v.member = v.member.filter(|(_, member)| !matches!(member, Member::Unforgeable | Member::Static(_)));
    looked_up!(m, v, "12.1");
    looked_up!(m, v, "12.2");
    // 12.3, 12.4. Out of scope: no interface in scope is iterable.
    looked_up!(m, v, "13");
    v.member
}

/// Returns whether the prototype has the property `constructor`.
pub(crate) fn has_constructor(m: &Machine, v: &mut MemberLookup) -> bool {
    // 14, 14.1, 14.2. Holds by type: every interface in scope has an interface object.
    looked_up!(m, v, "14.3");
    v.exists
    // 15. Holds by type: `interface_objects` makes the object.
}
