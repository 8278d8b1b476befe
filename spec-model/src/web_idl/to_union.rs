//! Convert a JavaScript value to a union. <https://webidl.spec.whatwg.org/#js-to-union>

use crate::ecmascript::conversions::to_boolean;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{ObjectId, Value};
use crate::watch::{branch, returns, set};
use crate::web_idl::dictionary_types::Dictionary;
use crate::web_idl::interfaces::{self, Interface};
use crate::web_idl::to_dictionary::{IdlDictionary, convert_to_dictionary};

const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to union");

/// The types of a union.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Union {
    pub(crate) is_nullable: bool,
    pub(crate) dictionary: Option<&'static Dictionary<'static>>,
    pub(crate) interfaces: &'static [Interface],
    pub(crate) has_boolean: bool,
}

impl Union {
    /// A union of no types.
    pub(crate) const NOTHING: Union =
        Union { is_nullable: false, dictionary: None, interfaces: &[], has_boolean: false };
}

impl PartialEq for Union {
    fn eq(&self, other: &Self) -> bool {
        let address = |union: &Union| union.dictionary.map(std::ptr::from_ref);
        address(self) == address(other) && self.interfaces == other.interfaces
    }
}

impl Eq for Union {}

/// A value of a union.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Converted {
    Value(Value),
    Dictionary(IdlDictionary),
}

/// The variables of the conversion.
pub(crate) struct ToUnion {
    /// V.
    pub(crate) value: Value,
    pub(crate) union: Union,
    /// The union's types, without null.
    pub(crate) types: Union,
}

/// Converts a value to one of the types of a union.
///
/// # Errors
/// A `TypeError` for a value of no type of the union; what the conversion to a type throws.
pub(crate) fn convert_to_union(
    m: &mut Machine,
    h: &mut impl Host,
    union: Union,
    value: Value,
) -> Result<Converted, Value> {
    let mut v = ToUnion { value, union, types: Union::NOTHING };
    // 1. Out of scope: no union in scope includes undefined.
    let is_nullish = matches!(value, Value::Undefined | Value::Null);
    if branch!(m, v, "2", union.is_nullable && is_nullish) {
        return Ok(Converted::Value(Value::Null));
    }
    set!(m, h, v, "3", v.types = union);
    if branch!(m, v, "4", is_nullish)
        && let Some(dictionary) = v.types.dictionary
    {
        return returns!(m, h, v, "4.1", convert_to_dictionary(m, h, dictionary, value).map(Converted::Dictionary));
    }
    if let Some(object) = value.object()
        && branch!(m, v, "5", is_platform_object(m, object))
        && branch!(m, v, "5.1", implements_one_of(m, object, v.types.interfaces))
    {
        return Ok(Converted::Value(value));
        // 5.2. Out of scope: no union in scope includes object.
    }
    // 6, 6.1, 6.2, 7, 7.1, 7.2, 8, 8.1, 8.2, 9, 9.1, 9.2. Out of scope: the model has no buffers and views.
    // 10, 10.1, 10.2. Out of scope: no union in scope includes a callback function or object.
    if branch!(m, v, "11", value.object().is_some()) {
        // 11.1, 11.1.1, 11.1.1.1, 11.1.1.2, 11.1.1.3, 11.1.1.4. Out of scope: no union in scope includes an async sequence.
        // 11.2, 11.2.1, 11.2.2. Abstracted: fetch() converts the only union with a sequence itself.
        // 11.3, 11.3.1, 11.3.2. Out of scope: no union in scope includes a frozen array.
        if let Some(dictionary) = v.types.dictionary {
            return returns!(
                m,
                h,
                v,
                "11.4",
                convert_to_dictionary(m, h, dictionary, value).map(Converted::Dictionary)
            );
        }
        // 11.5, 11.6, 11.7. Out of scope: no union in scope includes a record, a callback interface or object.
    }
    if branch!(m, v, "12", matches!(value, Value::Bool(_))) && v.types.has_boolean {
        return returns!(m, h, v, "12.1", Ok(Converted::Value(value)));
    }
    // 13, 13.1, 14, 14.1. Out of scope: no union in scope includes a numeric type.
    // 15. Abstracted: the background fetch methods convert the only unions with a string type themselves.
    // 16, 17. Out of scope: no union in scope includes a numeric type.
    if branch!(m, v, "18", v.types.has_boolean) {
        return returns!(m, h, v, "18", Ok(Converted::Value(Value::Bool(to_boolean(value)))));
    }
    // 19. Out of scope: no union in scope includes bigint.
    returns!(m, h, v, "20", Err(m.type_error()))
}

/// Returns whether an object is a platform object. <https://webidl.spec.whatwg.org/#is-a-platform-object>
fn is_platform_object(m: &Machine, object: ObjectId) -> bool {
    let data = m.object(object);
    interfaces::of(&data.kind, m, m.realm(data.realm).scope).is_some()
}

fn implements_one_of(m: &Machine, object: ObjectId, interfaces: &[Interface]) -> bool {
    let data = m.object(object);
    interfaces::of(&data.kind, m, m.realm(data.realm).scope)
        .is_some_and(|of| interfaces.iter().any(|other| of.is(*other)))
}
