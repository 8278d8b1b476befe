//! Define the global property references. <https://webidl.spec.whatwg.org/#define-the-global-property-references>
//!
//! No property is stored: what the algorithm defines is looked up when it is asked for.

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::watch::looked_up;
use crate::web_idl::describe::{Descriptor, Holds};
use crate::web_idl::interfaces::MemberLookup;

const ALGORITHM: Algorithm = Algorithm::of("webidl/define the global property references");

/// Returns whether the interface of a lookup is exposed.
pub(crate) fn is_exposed(m: &Machine, v: &mut MemberLookup) -> bool {
    looked_up!(m, v, "1");
    v.exists
}

/// Returns the descriptor of the property that holds an interface object.
pub(crate) fn describe_the_reference(m: &mut Machine, v: &mut MemberLookup) -> Option<Descriptor> {
    // 2. Unobservable: no scenario sees the order of properties.
    // 3, 3.1, 3.1.1, 3.1.2. Holds by type: each interface is looked up for itself, by its identifier.
    v.descriptor =
        Some(Descriptor { holds: Holds::Data { value: None, writable: true }, enumerable: false, configurable: true });
    looked_up!(m, v, "3.1.3");
    v.descriptor
    // 3.1.4, 3.1.4.1, 3.1.4.1.1. Out of scope: no interface in scope has aliases.
    // 3.2, 3.2.1, 3.2.1.1, 3.2.1.2. Out of scope: no interface in scope has factory functions.
    // 4, 4.1, 4.2, 4.3. Out of scope: no callback interface in scope has constants.
    // 5, 5.1, 5.2, 5.3. Out of scope: there are no namespaces.
}
