//! Scenarios made ready for the model: names resolved, strings interned, bodies numbered.

use bgfspec_model::atom::Atom;
use bgfspec_model::web_idl::interfaces::Interface;

use super::View;
use crate::scenario::{CallbackKind, Detail, Ending, PagePlace, Permission};

/// A scenario made ready.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) bodies: Vec<Body>,
    pub(super) callbacks: Vec<usize>,
    pub(super) slots: usize,
    pub(super) worker: Option<usize>,
    pub(super) steps: Vec<Step>,
    pub(super) members: Vec<(Detail, &'static str)>,
    pub(super) keeps_start: bool,
    /// What its scenario observes of reports and rejections.
    pub(super) observes: View,
    /// Whether it asks for what only a window has.
    pub(super) asks_window: bool,
    /// The names of members that it gives objects.
    pub(super) given: Vec<Atom>,
    /// Why its scenario is wrong, if its steps show that.
    pub(super) wrong: Option<&'static str>,
}

/// A piece of script.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) role: Role,
    pub(super) ops: Vec<Op>,
}

/// What a piece of script is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    Callback { name: Atom, times: Option<u32>, kind: CallbackKind },
    Settled { of: Atom, fulfilled: bool },
    Plain,
}

/// One step of a scenario.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Operations that run as one task in the main realm.
    Main(usize),
    /// Operations that run as one task in a page.
    Page(usize),
    ClosePage,
    Drain,
    Stop,
    Update(usize),
    Timeout(Path),
    FailStarts,
    Message(Atom),
    Click {
        id: Atom,
        newest: bool,
    },
    Progress {
        id: Atom,
        bytes: u32,
    },
    Upload {
        id: Atom,
        bytes: u32,
    },
    Finish {
        id: Atom,
        how: Ending,
    },
    UserAbort(Atom),
    Pause(Atom),
    Resume(Atom),
    Permission(Permission),
    Webdriver {
        id: Atom,
        place: PagePlace,
    },
}

/// A path of members.
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) text: Atom,
    pub(super) root: Root,
    pub(super) members: Vec<Atom>,
}

/// Where a path begins.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Root {
    Slot(usize),
    Callback(usize),
    Global,
    This,
    Event,
    Arguments,
    /// The service worker registration.
    Registration,
    /// What the promise settled with that a list reacts to.
    Settled,
    /// A property of the global object.
    Name(Atom),
}

/// A value to make.
#[derive(Clone, Debug)]
pub(super) enum Make {
    Just(bgfspec_model::Value),
    Path(Path),
    Error(Atom),
    Converts(Box<Made>),
    Array(Vec<Make>),
    Object(Vec<(Atom, MakeMember)>),
}

#[derive(Clone, Debug)]
pub(super) enum Made {
    Gives(Make),
    Throws(Make),
}

#[derive(Clone, Debug)]
pub(super) enum MakeMember {
    Data(Make),
    Getter(Made),
}

/// An operation.
#[derive(Clone, Debug)]
pub(super) enum Op {
    New { interface: Option<Interface>, name: Atom, args: Vec<Make>, into: Option<(usize, Atom)> },
    Construct { path: Path, args: Vec<Make>, into: Option<(usize, Atom)> },
    Class { interface: Interface, into: (usize, Atom) },
    Call { path: Path, args: Vec<Make>, into: Option<(usize, Atom)>, catch: Option<(usize, Atom)>, quiet: bool },
    Apply { path: Path, this: Make, args: Vec<Make> },
    Get(Path),
    Set(Path, Make),
    Setter { path: Path, this: Make, to: Make },
    Read(Path),
    Describe(Path),
    In(Path),
    Typeof(Path),
    Instanceof(Make, Interface, Atom),
    Same(Make, Make, Atom),
    Prototype(Path, Path, Atom),
    ClassOf(Path),
    Ordered(Vec<Make>, Atom),
    Object(Make, (usize, Atom), Atom),
    Throw(Make),
    Return(Make),
    Note(Atom),
    Microtask(usize),
    Task(usize),
    Promise((usize, Atom)),
    Resolve(usize, Make),
    Reject(usize, Make),
    Then { path: Path, fulfilled: usize, rejected: usize },
    Tree(Vec<(usize, Atom)>),
}

impl Op {
    /// What a trace says the result came from: the operation's own word.
    pub(super) fn text(&self) -> Atom {
        match self {
            Op::New { name, .. } => *name,
            Op::Construct { path, .. }
            | Op::Call { path, .. }
            | Op::Apply { path, .. }
            | Op::Get(path)
            | Op::Set(path, _)
            | Op::Setter { path, .. }
            | Op::Read(path)
            | Op::Describe(path)
            | Op::In(path)
            | Op::Typeof(path)
            | Op::ClassOf(path)
            | Op::Then { path, .. } => path.text,
            Op::Instanceof(_, _, text)
            | Op::Same(_, _, text)
            | Op::Prototype(_, _, text)
            | Op::Ordered(_, text)
            | Op::Object(_, _, text)
            | Op::Class { into: (_, text), .. }
            | Op::Promise((_, text))
            | Op::Note(text) => *text,
            Op::Throw(_)
            | Op::Return(_)
            | Op::Microtask(_)
            | Op::Task(_)
            | Op::Resolve(..)
            | Op::Reject(..)
            | Op::Tree(_) => bgfspec_model::atom::EMPTY,
        }
    }
}
