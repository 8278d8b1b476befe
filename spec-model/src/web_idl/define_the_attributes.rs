//! Define the attributes. <https://webidl.spec.whatwg.org/#define-the-attributes>
//!
//! No property is stored: what the algorithm defines is looked up when it is asked for.

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::watch::looked_up;
use crate::web_idl::describe::{Descriptor, Holds};
use crate::web_idl::interfaces::{Interface, Member, MemberLookup};

const ALGORITHM: Algorithm = Algorithm::of("webidl/define the attributes");

/// Returns whether an attribute of a lookup is exposed.
pub(crate) fn has_attribute(m: &Machine, v: &mut MemberLookup) -> bool {
    // 1. Holds by type: each attribute is looked up for itself.
    looked_up!(m, v, "1.1");
    v.exists
}

/// Returns the member of a lookup, where it is an attribute that is exposed.
pub(crate) fn exposed_attribute(m: &Machine, v: &mut MemberLookup) -> Option<(Interface, Member)> {
    has_attribute(m, v);
    // 1.2. Abstracted: `get` is the getter.
    looked_up!(m, v, "1.3");
    v.member
}

/// Finds the descriptor of an attribute.
pub(crate) fn describe_the_attribute(m: &mut Machine, v: &mut MemberLookup) {
    let member = v.member.map(|(_, member)| member);
    let setter = matches!(member, Some(Member::Attribute | Member::Handler));
    // 1.4. Holds by type: the kind of a member says whether it is unforgeable.
    let configurable = member != Some(Member::Unforgeable);
    v.descriptor = Some(Descriptor { holds: Holds::Accessor { setter }, enumerable: true, configurable });
    looked_up!(m, v, "1.5");
    // 1.6, 1.7. Holds by type: an attribute has its identifier, and the descriptor is what is asked for.
    // 1.8. Out of scope: there are no observable arrays.
}
