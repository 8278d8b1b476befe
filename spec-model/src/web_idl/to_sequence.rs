//! Convert a JavaScript value to a sequence. <https://webidl.spec.whatwg.org/#js-to-sequence>

use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Kind, Value};
use crate::watch::{branch, returns, set};
use crate::web_idl::convert::{Type, convert};

/// The variables of create a sequence from an iterable.
pub(crate) struct CreateASequence {
    /// What the iterator goes over.
    pub(crate) iterable: Vec<Value>,
    pub(crate) i: usize,
    pub(crate) next: Option<Value>,
    /// S.
    pub(crate) sequence: Vec<Value>,
}

/// Converts a value to a sequence. Only arrays are iterable here.
///
/// # Errors
/// A `TypeError` for anything that is not iterable; what the conversion of an item throws.
pub(crate) fn convert_to_sequence(
    m: &mut Machine,
    h: &mut impl Host,
    of: Type,
    value: Value,
) -> Result<Vec<Value>, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to sequence");
    if branch!(m, "1", value.object().is_none()) {
        return Err(m.type_error());
    }
    let iterable: Option<Vec<Value>>;
    set!(
        m,
        "2",
        iterable = value.object().and_then(|object| match m.object(object).kind {
            Kind::Array(ref items) => Some(items.clone()),
            _ => None,
        })
    );
    if branch!(m, "3", iterable.is_none()) {
        return Err(m.type_error());
    }
    returns!(m, "4", create_a_sequence_from_an_iterable(m, h, of, iterable.unwrap_or_default()))
}

/// Creates a sequence from an iterable. <https://webidl.spec.whatwg.org/#create-sequence-from-iterable>
///
/// # Errors
/// What the conversion of an item throws.
fn create_a_sequence_from_an_iterable(
    m: &mut Machine,
    h: &mut impl Host,
    of: Type,
    iterable: Vec<Value>,
) -> Result<Vec<Value>, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/create sequence from iterable");
    // 1. Abstracted: the iterator of an array goes over its items.
    let mut v = CreateASequence { iterable, i: 0, next: None, sequence: Vec::new() };
    set!(m, h, v, "2", v.i = 0);
    // 3. Holds by type: it is the loop.
    loop {
        set!(m, h, v, "3.1", v.next = v.iterable.get(v.i).copied());
        let Some(next) = v.next else {
            return returns!(m, h, v, "3.2", Ok(std::mem::take(&mut v.sequence)));
        };
        set!(m, h, v, "3.3", v.sequence.push(convert(m, h, next, of)?));
        set!(m, h, v, "3.4", v.i += 1);
    }
}
