//! What the paths of a scenario lead to.

use bgfspec_model::atom::{self, Atom};
use bgfspec_model::value::RegistrationId;
use bgfspec_model::web_idl::get;
use bgfspec_model::web_idl::interfaces::{self, Interface, Member};
use bgfspec_model::{Completion, Kind, Machine, ObjectId, Value};

use super::doubts::{is_for_the_implementation_to_say, tells_of_an_exception};
use super::{Frame, Run};
use crate::reference::knowledge;
use crate::reference::program::{Path, Root};

impl Run<'_> {
    pub(super) fn path(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Completion {
        self.follow(m, path, path.members.len(), frame)
    }

    /// What a path gives after so many of its members. An interface that is not there ends the scenario.
    fn follow(&mut self, m: &mut Machine, path: &Path, count: usize, frame: Frame<'_>) -> Completion {
        let mut value = self.root(m, path.root, frame)?;
        if let (Root::Name(name), Value::Undefined) = (path.root, value) {
            self.missing(m, name);
        }
        self.player.unsaid |= path.root == Root::Arguments && tells_of_an_exception(m, path, frame);
        for (at, &name) in path.members[..count].iter().enumerate() {
            // Operations are not values here, but script sees functions, which have a length.
            if at + 2 == count
                && path.members[at + 1] == atom::LENGTH
                && let Value::Object(object) = value
                && m.own_property(object, name).is_none()
                && let Some((declared_by, required)) = operation_of(m, object, name)
            {
                return Ok(Value::Number(f64::from(interfaces::operation_length(m, declared_by, name, required))));
            }
            value = match value {
                Value::Object(object) => {
                    self.player.unsaid |= is_for_the_implementation_to_say(m, object, name);
                    let got = get::get(m, self, object, name)?;
                    self.got_of(m, object, name, got);
                    if got == Value::Undefined && operation_of(m, object, name).is_some() {
                        self.player.doubt(|| {
                            let of = knowledge::owner(m, object);
                            format!("the model has no value for the operation `{}` of {of}", m.atoms.text(name))
                        });
                    }
                    got
                }
                // Script throws, whoever plays; what is made up has no need to say it.
                Value::Undefined | Value::Null => {
                    self.player.strays = true;
                    return Err(m.type_error());
                }
                _ => {
                    self.player.strays = true;
                    self.player
                        .doubt(|| format!("the model does not know `{}` of a primitive value", m.atoms.text(name)));
                    Value::Undefined
                }
            };
        }
        Ok(value)
    }

    /// The object that the last member of a path belongs to, and the name of that member.
    pub(super) fn owner(
        &mut self,
        m: &mut Machine,
        path: &Path,
        frame: Frame<'_>,
    ) -> Result<(Option<ObjectId>, Atom), Value> {
        let Some((count, &name)) = path.members.len().checked_sub(1).zip(path.members.last()) else {
            return Ok((Some(m.realm(m.current).global), path.text));
        };
        let value = self.follow(m, path, count, frame)?;
        self.player.strays |= value.object().is_none();
        match value {
            Value::Undefined | Value::Null => Err(m.type_error()),
            value => Ok((value.object(), name)),
        }
    }

    /// Of what type it is what a path gives; nothing behind null or undefined is of a type.
    pub(super) fn type_at(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<Atom, Value> {
        let mut value = self.root(m, path.root, frame)?;
        let mut is_operation = false;
        for &name in &path.members {
            value = match value {
                Value::Object(object) => {
                    let got = get::get(m, self, object, name)?;
                    self.got_of(m, object, name, got);
                    // Operations are not values here, but script sees functions.
                    is_operation = got == Value::Undefined && operation_of(m, object, name).is_some();
                    got
                }
                _ => Value::Undefined,
            };
        }
        Ok(match value {
            Value::Undefined if is_operation => atom::FUNCTION,
            Value::Undefined => atom::UNDEFINED,
            Value::Null => atom::OBJECT,
            Value::Bool(_) => atom::BOOLEAN,
            Value::Number(_) => atom::NUMBER,
            Value::String(_) => atom::STRING,
            Value::Symbol => atom::SYMBOL,
            Value::BigInt(_) => atom::BIGINT,
            Value::Object(object) if m.is_callable(object) => atom::FUNCTION,
            Value::Object(_) => atom::OBJECT,
        })
    }

    fn root(&mut self, m: &mut Machine, root: Root, frame: Frame<'_>) -> Completion {
        Ok(match root {
            Root::Slot(slot) => self.player.slot(m, slot),
            Root::Callback(callback) => Value::Object(self.function(m, callback)),
            Root::Global => Value::Object(m.realm(m.current).global),
            Root::This => frame.this,
            Root::Event => frame.arguments.first().copied().unwrap_or(Value::Undefined),
            Root::Arguments => Value::Object(m.create_object(Kind::Array(frame.arguments.to_vec()))),
            Root::Settled => frame.settled,
            Root::Registration => {
                let realm = m.current;
                Value::Object(get::registration_object(m, realm, RegistrationId(0)))
            }
            Root::Name(name) => {
                let global = m.realm(m.current).global;
                get::get(m, self, global, name)?
            }
        })
    }
}

/// How many arguments the operation of an object requires that has this name; none if there is no such operation.
fn operation_of(m: &Machine, object: ObjectId, name: Atom) -> Option<(Interface, u8)> {
    let data = m.object(object);
    let interface = match data.kind {
        Kind::InterfacePrototype(interface) | Kind::InterfaceObject(interface) => Some(interface),
        ref kind => interfaces::of(kind, m, m.realm(data.realm).scope),
    };
    let is_static = matches!(data.kind, Kind::InterfaceObject(_));
    match interface.and_then(|interface| interfaces::member(m, interface, name)) {
        Some((declared_by, Member::Operation(required))) if !is_static => Some((declared_by, required)),
        Some((declared_by, Member::Static(required))) if is_static => Some((declared_by, required)),
        _ => None,
    }
}
