//! What a row of the table of members changes, and how.

use crate::atom::{self, Atom};
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::step::StepId;
use crate::value::Value;
use crate::watch::Variables;
use crate::web_idl::describe::{Descriptor, Holds};
use crate::web_idl::interfaces::{Member, MemberLookup};

/// A row: what a quirk changes of some members at a step.
pub(super) struct Row {
    pub(super) quirk: Quirk,
    pub(super) at: StepId,
    /// Which members are meant, for a step that is about others too.
    pub(super) of: fn(&MemberLookup) -> bool,
    pub(super) change: Change,
}

/// What becomes of a member, or of what stands for it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Change {
    /// It does not exist.
    Missing,
    /// It exists.
    Exists,
    /// It can't be set.
    ReadOnly,
    /// It is on this object, as a member of this kind.
    Here(Member),
    /// It is not on this object.
    NotHere,
    /// Its property is not enumerable.
    Hidden,
    /// Its property is enumerable.
    Enumerable,
    /// Its property is neither enumerable nor configurable.
    Fixed,
    /// Its property has a setter.
    Setter,
    /// Its property is a getter that is configurable.
    Getter,
    /// Its property is a getter that is configurable and not enumerable.
    HiddenGetter,
    /// Its property is `false`, and can't be written.
    IsFalse,
    /// Its property can be written.
    Writable,
    /// Its property can be redefined.
    Configurable,
    /// There is no property.
    NoProperty,
    /// Its function has this length.
    Length(u8),
    /// The interface inherits from none.
    NoParent,
    /// It holds `undefined`.
    Undefined,
    /// It holds the empty string.
    Empty,
}

impl Row {
    /// Whether it takes a member or an interface away altogether.
    fn is_absence(&self) -> bool {
        let is_of_a_global = self.at.algorithm() == "webidl/define the global property references";
        self.change == Change::Missing || self.change == Change::NotHere && is_of_a_global
    }

    /// Whether the row changes anything: a quirk is met only where it does.
    fn matters(&self, v: &MemberLookup) -> bool {
        let exists = match self.change {
            Change::Missing | Change::ReadOnly => v.member.is_some(),
            _ => true,
        };
        exists && (self.of)(v)
    }

    fn apply(&self, v: &mut MemberLookup) {
        let descriptor = |v: &mut MemberLookup, change: fn(&mut Descriptor)| {
            if let Some(descriptor) = &mut v.descriptor {
                change(descriptor);
            }
        };
        match self.change {
            Change::Missing => v.member = None,
            Change::Exists => v.exists = true,
            Change::ReadOnly => v.member = v.member.map(|(declared_by, _)| (declared_by, Member::ReadOnly)),
            Change::Here(member) => v.member = Some((v.interface, member)),
            Change::NotHere => {
                v.member = None;
                v.exists = false;
            }
            Change::Hidden => descriptor(v, |descriptor| descriptor.enumerable = false),
            Change::Enumerable => descriptor(v, |descriptor| descriptor.enumerable = true),
            Change::Fixed => {
                descriptor(v, |descriptor| (descriptor.enumerable, descriptor.configurable) = (false, false));
            }
            Change::Setter => descriptor(v, |descriptor| descriptor.holds = Holds::Accessor { setter: true }),
            Change::Getter => descriptor(v, |descriptor| {
                (descriptor.holds, descriptor.configurable) = (Holds::Accessor { setter: false }, true);
            }),
            Change::HiddenGetter => descriptor(v, |descriptor| {
                let holds = Holds::Accessor { setter: false };
                *descriptor = Descriptor { holds, enumerable: false, configurable: true };
            }),
            Change::IsFalse => descriptor(v, |descriptor| {
                descriptor.holds = Holds::Data { value: Some(Value::Bool(false)), writable: false };
            }),
            Change::Writable => descriptor(v, |descriptor| {
                if let Holds::Data { writable, .. } = &mut descriptor.holds {
                    *writable = true;
                }
            }),
            Change::Configurable => descriptor(v, |descriptor| descriptor.configurable = true),
            Change::NoProperty => v.descriptor = None,
            Change::Length(length) => v.length = Some(f64::from(length)),
            Change::NoParent => v.parent = None,
            Change::Undefined => v.value = Value::Undefined,
            Change::Empty => v.value = Value::String(atom::EMPTY),
        }
    }
}

impl Variables for MemberLookup {
    type Output = ();

    #[cold]
    fn amend(&mut self, m: &Machine, at: StepId) {
        for row in super::members::ROWS {
            if row.at == at && row.matters(self) && m.meets(row.quirk) {
                row.apply(self);
            }
        }
    }
}

/// Whether a quirk has rows, and each of them takes a member or an interface away altogether.
pub(in crate::quirk) fn is_absence(quirk: Quirk) -> bool {
    let mut rows = super::members::ROWS.iter().filter(|row| row.quirk == quirk).peekable();
    rows.peek().is_some() && rows.all(Row::is_absence)
}

/// Declares quirks that are rows of the table of members: id, areas, the step that they depart from, title, and behind it the rows:
/// algorithm, step, what changes, and of which members. `also` has rows of quirks that are declared in another file.
macro_rules! rows {
    (|$v:ident| $(
        $id:literal $areas:literal at $algorithm:literal $step:literal [$($with:literal),*]:
        $title:literal $(, $should:literal)? {
            $($row_algorithm:literal $number:literal $change:expr, $of:expr;)+
        }
    )*
    $(also { $(
        $other:literal { $($other_algorithm:literal $other_number:literal $other_change:expr, $other_of:expr;)+ }
    )* })?) => {
        pub(in $crate::quirk) const ENTRIES: &[$crate::quirk::Entry] = &[$($crate::quirk::Entry {
            id: $id,
            title: $title,
            should: $crate::quirk::hook::optional!($($should)?),
            areas: $areas,
            step: $crate::step::Algorithm::of($algorithm).step($step),
            departure: $crate::quirk::Departure::Written,
            with: &[$($with),*],
        }),*];

        /// The hooks of the rows: the quirk, and the step.
        pub(in $crate::quirk) const HOOKS: &[(&str, $crate::step::StepId)] =
            &[
                $($(($id, $crate::step::Algorithm::of($row_algorithm).step($number)),)+)*
                $($($(($other, $crate::step::Algorithm::of($other_algorithm).step($other_number)),)+)*)?
            ];

        pub(super) static ROWS: &[$crate::quirk::web_idl::rows::Row] = &[
            $($($crate::quirk::web_idl::rows::Row {
                quirk: $crate::quirk::Quirk::of($id),
                at: $crate::step::Algorithm::of($row_algorithm).step($number),
                of: |$v| { let _ = $v; $of },
                change: $change,
            },)+)*
            $($($($crate::quirk::web_idl::rows::Row {
                quirk: $crate::quirk::Quirk::of($other),
                at: $crate::step::Algorithm::of($other_algorithm).step($other_number),
                of: |$v| { let _ = $v; $other_of },
                change: $other_change,
            },)+)*)?
        ];
    };
}
pub(super) use rows;

/// Whether a lookup is of one of these names.
pub(super) fn is_one_of(v: &MemberLookup, names: &[Atom]) -> bool {
    names.contains(&v.name)
}
