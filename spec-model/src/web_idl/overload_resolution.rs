//! The overload resolution algorithm. <https://webidl.spec.whatwg.org/#dfn-overload-resolution-algorithm>
//!
//! Its text is not pinned. No operation in scope is overloaded, so that only the number of arguments decides; the conversions of arguments
//! are where the arguments are known.

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::Value;
use crate::watch::branch;
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("webidl/overload resolution algorithm");

/// The variables of overload resolution.
pub(crate) struct OverloadResolution<'a> {
    pub(crate) args: &'a [Value],
    /// The interface whose constructor it is; none for an operation.
    pub(crate) constructor: Option<Interface>,
}

/// Checks the number of arguments.
///
/// # Errors
/// A `TypeError` where there are too few.
pub(crate) fn check_arguments(
    m: &mut Machine,
    args: &[Value],
    required: u8,
    constructor: Option<Interface>,
) -> Result<(), Value> {
    let mut v = OverloadResolution { args, constructor };
    if branch!(m, v, "too few arguments", args.len() < usize::from(required)) {
        return Err(m.type_error());
    }
    Ok(())
}
