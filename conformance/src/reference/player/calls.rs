//! Calls and constructors.

use bgfspec_model::atom::Atom;
use bgfspec_model::web_idl::call::{Called, call_method, call_with_this};
use bgfspec_model::web_idl::interfaces::{self, Interface};
use bgfspec_model::web_idl::{callback, construct, get, set};
use bgfspec_model::{Completion, Kind, Machine, ObjectId, Value};

use super::{Frame, Run};
use crate::reference::program::{Make, Path};

impl Run<'_> {
    /// Constructs an object of an interface by its name.
    pub(super) fn new_object(
        &mut self,
        m: &mut Machine,
        (interface, name): (Option<Interface>, Atom),
        args: &[Make],
        into: Option<(usize, Atom)>,
        frame: Frame<'_>,
    ) -> Result<(), Value> {
        let exists = interface.filter(|interface| interfaces::exists_in(m, *interface, m.realm(m.current).scope));
        let Some(interface) = exists else {
            if interface.is_none() {
                self.player.doubt(|| format!("the model does not know the interface `{}`", m.atoms.text(name)));
            }
            self.missing(m, name);
            return Ok(());
        };
        let args = self.makes(m, args, frame)?;
        let result = construct::construct(m, self, interface, &args);
        self.constructed(m, result, name, into);
        Ok(())
    }

    /// Calls what a path leads to as a constructor.
    pub(super) fn construct(
        &mut self,
        m: &mut Machine,
        path: &Path,
        args: &[Make],
        into: Option<(usize, Atom)>,
        frame: Frame<'_>,
    ) -> Result<(), Value> {
        let constructor = self.path(m, path, frame)?;
        if constructor == Value::Undefined && !path.members.is_empty() {
            let (object, name) = self.owner(m, path, frame)?;
            let text = object.and_then(|object| member_text(m, object, name)).unwrap_or(path.text);
            self.missing(m, text);
            return Ok(());
        }
        let args = self.makes(m, args, frame)?;
        let result = construct::construct_with(m, self, constructor, &args);
        self.constructed(m, result, path.text, into);
        Ok(())
    }

    fn constructed(&mut self, m: &mut Machine, result: Completion, from: Atom, into: Option<(usize, Atom)>) {
        match (result, into) {
            (Ok(value), Some(named)) => self.name(m, named, value),
            (Ok(_), None) => {}
            (Err(exception), _) => self.player.recorder.record(m, |entry| {
                entry.value("threw", exception);
                entry.string("from", from);
            }),
        }
    }

    /// Calls what a path leads to. Returns nothing if it is missing, which ends the scenario.
    pub(super) fn call(&mut self, m: &mut Machine, path: &Path, args: &[Make], frame: Frame<'_>) -> Option<Completion> {
        // What a call is made on and with is part of it.
        self.called_path(m, path, args, frame).unwrap_or_else(|exception| Some(Err(exception)))
    }

    fn called_path(
        &mut self,
        m: &mut Machine,
        path: &Path,
        args: &[Make],
        frame: Frame<'_>,
    ) -> Result<Option<Completion>, Value> {
        if path.members.is_empty() {
            let function = self.path(m, path, frame)?;
            let args = self.makes(m, args, frame)?;
            return match function.object().filter(|object| m.is_callable(*object)) {
                Some(function) => Ok(Some(callback::call(m, self, function, Value::Undefined, &args))),
                None => Err(m.type_error()),
            };
        }
        let (object, name) = self.owner(m, path, frame)?;
        let args = self.makes(m, args, frame)?;
        let called = match object {
            Some(object) => call_method(m, self, object, name, &args),
            None => Called::Missing,
        };
        match (called, object) {
            (Called::Ended(result), _) => Ok(Some(result)),
            // What is there and no function can't be called; only what is not there is missing.
            (Called::Missing, Some(object)) if get::get(m, self, object, name)? != Value::Undefined => {
                Err(m.type_error())
            }
            (Called::Missing, object) => {
                if let Some(object) = object {
                    self.asks_for(m, object, name);
                }
                let text = object.and_then(|object| member_text(m, object, name)).unwrap_or(path.text);
                self.missing(m, text);
                Ok(None)
            }
        }
    }

    /// Calls what a path leads to with another `this`. Returns nothing if it is missing.
    pub(super) fn apply(
        &mut self,
        m: &mut Machine,
        path: &Path,
        this: Value,
        args: &[Value],
        frame: Frame<'_>,
    ) -> Result<Option<Completion>, Value> {
        if let Some(&name) = path.members.last() {
            let (object, _) = self.owner(m, path, frame)?;
            let interface = object.and_then(|object| match m.object(object).kind {
                Kind::InterfacePrototype(interface) => Some(interface),
                ref kind => interfaces::of(kind, m, m.realm(m.object(object).realm).scope),
            });
            if let Some(interface) = interface
                && let Called::Ended(result) = call_with_this(m, self, interface, name, this, args)
            {
                return Ok(Some(result));
            }
        }
        let owner = if path.members.is_empty() { None } else { self.owner(m, path, frame)?.0 };
        let function = self.path(m, path, frame)?;
        match function.object().filter(|object| m.is_callable(*object)) {
            Some(function) => Ok(Some(callback::call(m, self, function, this, args))),
            None if function == Value::Undefined && !path.members.is_empty() => {
                let text = owner.zip(path.members.last()).and_then(|(object, name)| member_text(m, object, *name));
                self.missing(m, text.unwrap_or(path.text));
                Ok(None)
            }
            None => Err(m.type_error()),
        }
    }

    /// Calls the setter of a global's member with another `this`.
    pub(super) fn set_on(
        &mut self,
        m: &mut Machine,
        path: &Path,
        this: &Make,
        to: &Make,
        frame: Frame<'_>,
    ) -> Result<(), Value> {
        let (_, name) = self.owner(m, path, frame)?;
        let this = self.make(m, this, frame)?;
        let value = self.make(m, to, frame)?;
        let result = set::call_global_setter(m, this, name, value).map(|()| Value::Undefined);
        self.ended_so(m, result, path.text);
        Ok(())
    }
}

/// A member by the name of the interface or the class of its object.
fn member_text(m: &mut Machine, object: ObjectId, name: Atom) -> Option<Atom> {
    let data = m.object(object);
    let owner = match data.kind {
        Kind::InterfacePrototype(interface) | Kind::InterfaceObject(interface) => interface.name(),
        // A function belongs to no interface.
        Kind::Function { .. } | Kind::ResolvingFunction { .. } => return None,
        ref kind => match interfaces::of(kind, m, m.realm(data.realm).scope) {
            Some(interface) => interface.name(),
            None => interfaces::class_string(kind, m),
        },
    };
    let text = format!("{owner}.{}", m.atoms.text(name));
    Some(m.atoms.intern(&text))
}
