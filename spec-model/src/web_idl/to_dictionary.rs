//! Convert a JavaScript value to a dictionary. <https://webidl.spec.whatwg.org/#js-to-dictionary>

use crate::atom::{self, Atom};
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{ObjectId, Value};
use crate::watch::{branch, returns, set, step};
use crate::web_idl::convert::{Type, convert};
use crate::web_idl::dictionary_types::{Dictionary, DictionaryMember};
use crate::web_idl::get::get;

const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to dictionary");

/// An ordered map of dictionary members.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IdlDictionary {
    members: [(Atom, Value); IdlDictionary::MOST],
    count: usize,
}

impl IdlDictionary {
    /// No dictionary in scope has more members.
    const MOST: usize = 8;

    fn clear(&mut self) {
        self.count = 0;
    }

    fn set(&mut self, key: Atom, value: Value) {
        match self.members[..self.count].iter_mut().find(|(of, _)| *of == key) {
            Some((_, old)) => *old = value,
            None => {
                self.members[self.count] = (key, value);
                self.count += 1;
            }
        }
    }

    /// Returns the value of a member, if there is one.
    pub(crate) fn get(&self, key: Atom) -> Option<Value> {
        self.members[..self.count].iter().find(|(of, _)| *of == key).map(|(_, value)| *value)
    }
}

impl Default for IdlDictionary {
    fn default() -> Self {
        IdlDictionary { members: [(atom::EMPTY, Value::Undefined); Self::MOST], count: 0 }
    }
}

/// The variables of the conversion.
pub(crate) struct ToDictionary<'a> {
    pub(crate) js_dict: Value,
    /// D.
    pub(crate) dictionary: &'a Dictionary<'a>,
    pub(crate) idl_dict: IdlDictionary,
    /// The members of the dictionaries, from least to most derived.
    pub(crate) dictionaries: [&'a [DictionaryMember]; 2],
    /// The members of the current dictionary.
    pub(crate) members: &'a [DictionaryMember],
    pub(crate) member: &'a DictionaryMember,
    pub(crate) js_member_value: Value,
    pub(crate) idl_member_value: Value,
}

/// Converts a value to a dictionary: inherited members first, then its own in the order of their names.
///
/// # Errors
/// A `TypeError` for a primitive and for a required member that is missing; what a getter or the conversion of a member threw.
pub(crate) fn convert_to_dictionary(
    m: &mut Machine,
    h: &mut impl Host,
    dictionary: &Dictionary<'_>,
    value: Value,
) -> Result<IdlDictionary, Value> {
    let mut v = ToDictionary::new(dictionary, value);
    if branch!(m, v, "1", !matches!(value, Value::Undefined | Value::Null | Value::Object(_))) {
        return Err(m.type_error());
    }
    set!(m, h, v, "2", v.idl_dict.clear());
    set!(m, h, v, "3", v.dictionaries = [dictionary.inherited, dictionary.own]);
    for members in v.dictionaries {
        set!(m, h, v, "4", v.members = members);
        for member in v.members {
            set!(m, h, v, "4.1", (v.member, v.js_member_value) = (member, Value::Undefined));
            // 4.1.1. Holds by type: a member has its key.
            if branch!(m, v, "4.1.2", matches!(v.js_dict, Value::Undefined | Value::Null)) {
                set!(m, h, v, "4.1.2.1", v.js_member_value = Value::Undefined);
            } else if let Value::Object(object) = v.js_dict {
                // 4.1.3. Holds by type: it is the other branch.
                set!(m, h, v, "4.1.3.1", v.js_member_value = get(m, h, object, member.key)?);
            }
            if branch!(m, v, "4.1.4", v.js_member_value != Value::Undefined) {
                set!(m, h, v, "4.1.4.1", v.idl_member_value = convert(m, h, v.js_member_value, member.to)?);
                step!(m, h, v, "4.1.4.2", v.idl_dict.set(member.key, v.idl_member_value));
            } else if branch!(m, v, "4.1.5", member.default.is_some()) {
                set!(m, h, v, "4.1.5.1", v.idl_member_value = member.default.unwrap_or(Value::Undefined));
                step!(m, h, v, "4.1.5.2", v.idl_dict.set(member.key, v.idl_member_value));
            } else if branch!(m, v, "4.1.6", member.required) {
                return Err(m.type_error());
            }
        }
    }
    returns!(m, h, v, "5", Ok(v.idl_dict))
}

/// Converts a value to a dictionary of which no member is read; returns the object to read members of, one by one.
///
/// # Errors
/// A `TypeError` for any primitive but `undefined` and `null`, which have no members.
pub fn dictionary(m: &mut Machine, value: Value) -> Result<Option<ObjectId>, Value> {
    let nothing = Dictionary { inherited: &[], own: &[] };
    convert_to_dictionary(m, &mut crate::watch::NoScript, &nothing, value)?;
    Ok(value.object())
}

/// Converts an object to a dictionary with this member alone, of type `any`; returns its value.
///
/// # Errors
/// What a getter threw.
pub fn member(
    m: &mut Machine,
    h: &mut impl Host,
    object: Option<ObjectId>,
    name: Atom,
) -> Result<Option<Value>, Value> {
    let Some(object) = object else { return Ok(None) };
    let own = [DictionaryMember { key: name, to: Type::Any, default: None, required: false }];
    let dictionary = Dictionary { inherited: &[], own: &own };
    Ok(convert_to_dictionary(m, h, &dictionary, Value::Object(object))?.get(name))
}

impl<'a> ToDictionary<'a> {
    fn new(dictionary: &'a Dictionary<'a>, js_dict: Value) -> Self {
        ToDictionary {
            js_dict,
            dictionary,
            idl_dict: IdlDictionary::default(),
            dictionaries: [&[], &[]],
            members: &[],
            member: &DictionaryMember { key: atom::EMPTY, to: Type::Any, default: None, required: false },
            js_member_value: Value::Undefined,
            idl_member_value: Value::Undefined,
        }
    }
}
