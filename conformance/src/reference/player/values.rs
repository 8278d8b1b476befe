//! Makes the values of a scenario.

use bgfspec_model::atom::Atom;
use bgfspec_model::{Completion, Kind, Machine, ObjectId, Property, Value};

use super::{Frame, OUTSIDE, Run};
use crate::reference::program::{Made, Make, MakeMember, Role};
use crate::scenario::CallbackKind;

impl Run<'_> {
    /// The function of a callback in the current realm.
    pub(super) fn function(&mut self, m: &mut Machine, callback: usize) -> ObjectId {
        let realm = m.current;
        let entry = match self.player.functions.iter().position(|(of, _)| *of == realm) {
            Some(entry) => entry,
            None => {
                self.player.functions.push((realm, vec![None; self.program.callbacks.len()]));
                self.player.functions.len() - 1
            }
        };
        if let Some(object) = self.player.functions[entry].1[callback] {
            return object;
        }
        let body = self.program.callbacks[callback];
        let Role::Callback { name, kind, .. } = self.program.bodies[body].role else {
            unreachable!("callbacks have this role")
        };
        let class = kind == CallbackKind::Class;
        let script = self.script(body, OUTSIDE);
        let object = m.create_object(Kind::Function { script, class });
        self.player.recorder.name(object, name);
        self.player.functions[entry].1[callback] = Some(object);
        object
    }

    pub(super) fn makes(&mut self, m: &mut Machine, makes: &[Make], frame: Frame<'_>) -> Result<Vec<Value>, Value> {
        let mut values = Vec::with_capacity(makes.len());
        for make in makes {
            values.push(self.make(m, make, frame)?);
        }
        Ok(values)
    }

    pub(super) fn make(&mut self, m: &mut Machine, make: &Make, frame: Frame<'_>) -> Completion {
        Ok(match make {
            Make::Just(value) => *value,
            Make::Path(path) => self.path(m, path, frame)?,
            Make::Error(name) => Value::Object(self.error(m, *name)),
            Make::Converts(outcome) => {
                let outcome = self.outcome(m, outcome, frame)?;
                Value::Object(m.create_object(Kind::Converting(outcome)))
            }
            Make::Array(items) => {
                let items = self.makes(m, items, frame)?;
                Value::Object(m.create_object(Kind::Array(items)))
            }
            Make::Object(members) => {
                let object = m.create_object(Kind::Plain);
                for (name, member) in members {
                    let property = match member {
                        MakeMember::Data(make) => Property::Data(self.make(m, make, frame)?),
                        MakeMember::Getter(outcome) => Property::Getter(self.outcome(m, outcome, frame)?),
                    };
                    m.define_property(object, *name, property);
                }
                Value::Object(object)
            }
        })
    }

    fn outcome(&mut self, m: &mut Machine, made: &Made, frame: Frame<'_>) -> Result<Completion, Value> {
        Ok(match made {
            Made::Gives(make) => Ok(self.make(m, make, frame)?),
            Made::Throws(make) => Err(self.make(m, make, frame)?),
        })
    }

    fn error(&mut self, m: &mut Machine, name: Atom) -> ObjectId {
        self.player.recorder.error_named(name).unwrap_or_else(|| {
            let object = m.create_object(Kind::Error);
            self.player.recorder.name_error(object, name);
            object
        })
    }
}
