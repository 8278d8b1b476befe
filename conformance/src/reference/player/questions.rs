//! What script asks of objects, and what it sets.

use bgfspec_model::atom::Atom;
use bgfspec_model::web_idl::interfaces::{self, Interface};
use bgfspec_model::web_idl::{describe, get, prototypes, set};
use bgfspec_model::{Kind, Machine, Value};

use super::{Frame, Run};
use crate::reference::knowledge;
use crate::reference::program::{Make, Path};

impl Run<'_> {
    /// Sets the member that a path leads to.
    pub(super) fn set(&mut self, m: &mut Machine, path: &Path, to: &Make, frame: Frame<'_>) -> Result<(), Value> {
        let (object, name) = self.owner(m, path, frame)?;
        let value = self.make(m, to, frame)?;
        if let Some(object) = object {
            // A handler that the model does not know would become a property like any other.
            if self.player.careful
                && m.atoms.text(name).starts_with("on")
                && knowledge::may_have_handlers(m, object)
                && !knowledge::is_known(m, object, name)
            {
                self.not_known(m, object, name);
            }
            set::set(m, object, name, value)?;
        }
        Ok(())
    }

    /// Reads all members of an event that count.
    pub(super) fn read(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<(), Value> {
        let value = self.path(m, path, frame)?;
        if matches!(value, Value::Undefined | Value::Null) {
            self.player.strays = true;
            return Err(m.type_error());
        }
        if let Value::Object(object) = value
            && let Kind::Event(event) = m.object(object).kind
        {
            self.player.recorder.record(m, |entry| {
                entry.event("read", event, &self.program.members);
                entry.string("of", path.text);
            });
        }
        Ok(())
    }

    /// Describes the property that a path leads to.
    pub(super) fn describe(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<(), Value> {
        let (object, name) = self.owner(m, path, frame)?;
        if let Some(object) = object {
            self.asks_for(m, object, name);
            if knowledge::is_undescribed(m, object, name) {
                self.not_known(m, object, name);
            }
        }
        let descriptor = object.and_then(|object| describe::describe(m, object, name));
        self.player.recorder.record(m, |entry| {
            entry.descriptor("described", descriptor);
            entry.string("from", path.text);
        });
        Ok(())
    }

    /// Asks whether an object has a member.
    pub(super) fn is_in(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<(), Value> {
        let (object, name) = self.owner(m, path, frame)?;
        let Some(object) = object else { return Err(m.type_error()) };
        self.asks_for(m, object, name);
        let exists = get::has_property(m, object, name);
        self.got(m, Value::Bool(exists), path.text);
        Ok(())
    }

    /// Asks of what type it is what a path leads to.
    pub(super) fn type_of(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<(), Value> {
        let name = self.type_at(m, path, frame)?;
        self.got(m, Value::String(name), path.text);
        Ok(())
    }

    /// Asks whether a value is an instance of an interface.
    pub(super) fn instance_of(
        &mut self,
        m: &mut Machine,
        value: &Make,
        interface: Interface,
        text: Atom,
        frame: Frame<'_>,
    ) -> Result<(), Value> {
        let value = self.make(m, value, frame)?;
        let is = value.object().is_some_and(|object| prototypes::is_instance(m, object, interface));
        self.got(m, Value::Bool(is), text);
        Ok(())
    }

    /// Asks whether two values are the same.
    pub(super) fn same(
        &mut self,
        m: &mut Machine,
        a: &Make,
        b: &Make,
        text: Atom,
        frame: Frame<'_>,
    ) -> Result<(), Value> {
        let (a, b) = (self.make(m, a, frame)?, self.make(m, b, frame)?);
        self.got(m, Value::Bool(a == b), text);
        Ok(())
    }

    /// Asks whether one object is the prototype of another.
    pub(super) fn prototype(
        &mut self,
        m: &mut Machine,
        prototype: &Path,
        of: &Path,
        text: Atom,
        frame: Frame<'_>,
    ) -> Result<(), Value> {
        let (prototype, of) = (self.path(m, prototype, frame)?, self.path(m, of, frame)?);
        if matches!(of, Value::Undefined | Value::Null) {
            return Err(m.type_error());
        }
        let actual = of.object().and_then(|object| prototypes::prototype_of(m, object));
        self.got(m, Value::Bool(actual == prototype.object()), text);
        Ok(())
    }

    /// Asks what `Object.prototype.toString` says of a value.
    pub(super) fn class_of(&mut self, m: &mut Machine, path: &Path, frame: Frame<'_>) -> Result<(), Value> {
        let value = self.path(m, path, frame)?;
        let class = match value {
            Value::Object(object) => interfaces::class_string(&m.object(object).kind, m),
            Value::Undefined => "Undefined",
            Value::Null => "Null",
            _ => "Object",
        };
        let class = m.atoms.intern(&format!("[object {class}]"));
        self.got(m, Value::String(class), path.text);
        Ok(())
    }

    /// Asks whether numbers are in order.
    pub(super) fn ordered(
        &mut self,
        m: &mut Machine,
        values: &[Make],
        text: Atom,
        frame: Frame<'_>,
    ) -> Result<(), Value> {
        let values = self.makes(m, values, frame)?;
        let numbers: Option<Vec<f64>> = values
            .into_iter()
            .map(|value| if let Value::Number(number) = value { Some(number) } else { None })
            .collect();
        let ordered = numbers.is_some_and(|numbers| numbers.is_sorted());
        self.got(m, Value::Bool(ordered), text);
        Ok(())
    }
}
