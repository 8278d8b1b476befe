//! The macro that a file with quirks consists of.

/// Declares the quirks of one algorithm, and how they hook onto its steps.
///
/// ```text
/// quirks! {
///     InnerInvoke<'_>, "dom/inner invoke" => bool, |v, m, h, holds|;
///     subject { m.listeners.get(v.listener.index()).and_then(Listener::subject) }
///     named {
///         "once-ignored" "ADD MUT" never "2.5": "A once listener stays.";
///     }
///     written {
///         "once-removed-after" "MUT" at "2.5" []: "A once listener is removed after its call." {
///             never "2.5";
///             before "2.12" if m.listener(v.listener).once => remove_an_event_listener(m, v.current_target, v.listener);
///         }
///     }
///     also {
///         "lists-cloned-first" { skip "2" if v.is_cloned; }
///     }
/// }
/// ```
///
/// The first line names the struct with the algorithm's variables, the algorithm, what it returns, and how the hooks call the variables,
/// the machine, the host and what a condition was decided to be. `subject` is the object that the algorithm deals with, for the log.
///
/// - `named` gives derived quirks a name: id, areas, `skip`, `always` or `never`, step, title.
/// - `written` has the other quirks: id, areas, `at` the step that they depart from, the other algorithms that the quirk has hooks in, title,
///   hooks. A step of another algorithm is named with `of`, where the hooks act elsewhere than a reader of the text would look.
/// - After a title may stand what should be done instead, where no requirement says just this.
/// - `also` has hooks of quirks that are declared in another file.
/// - `shared` has hooks that several quirks rest on: they act on what a quirk has put aside, and on nothing else.
///
/// A hook runs where the step is reached, its `if` holds (no `if` always does) and the machine has the quirk; the `if` changes nothing.
///
/// | hook | what it does |
/// | --- | --- |
/// | `skip "n"` | the step is not taken |
/// | `instead "n" => deed` | the deed takes the place of the step |
/// | `before "n" => deed`, `after "n" => deed` | the deed comes before or after the step |
/// | `ends "n" => output` | the algorithm ends there and returns this |
/// | `always "n"`, `never "n"`, `holds "n" => bool` | the condition is decided so; the expression may use what it was decided to be |
/// | `amend "n" => deed` | the deed changes a variable of an algorithm that only looks things up; the machine is shared |
macro_rules! quirks {
    (
        $variables:ty, $algorithm:literal => $output:ty, |$v:ident, $m:ident, $h:ident, $holds:ident|;
        $(subject { $subject:expr })?
        $(named { $(
            $name:literal $name_areas:literal $how:ident $name_step:literal: $name_title:literal $(, $name_should:literal)?;
        )* })?
        $(written { $(
            $id:literal $areas:literal at $step:literal $(of $elsewhere:literal)? [$($with:literal),*]:
            $title:literal $(, $should:literal)?
            { $($when:ident $number:literal $(if $guard:expr)? $(=> $deed:expr)?;)* }
        )* })?
        $(also { $(
            $other:literal { $($other_when:ident $other_number:literal $(if $other_guard:expr)? $(=> $other_deed:expr)?;)* }
        )* })?
        $(shared { $($shared_when:ident $shared_number:literal $(if $shared_guard:expr)? $(=> $shared_deed:expr)?;)* })?
    ) => {
        const ALGORITHM: $crate::step::Algorithm = $crate::step::Algorithm::of($algorithm);

        pub(in $crate::quirk) const ENTRIES: &[$crate::quirk::Entry] = &[
            $($($crate::quirk::Entry {
                id: $name,
                title: $name_title,
                should: $crate::quirk::hook::optional!($($name_should)?),
                areas: $name_areas,
                step: ALGORITHM.step($name_step),
                departure: $crate::quirk::hook::departure!($how),
                with: &[],
            },)*)?
            $($($crate::quirk::Entry {
                id: $id,
                title: $title,
                should: $crate::quirk::hook::optional!($($should)?),
                areas: $areas,
                step: $crate::quirk::hook::algorithm!($($elsewhere)?).step($step),
                departure: $crate::quirk::Departure::Written,
                with: &[$($with),*],
            },)*)?
        ];

        /// The hooks of this file: the quirk, and the step.
        pub(in $crate::quirk) const HOOKS: &[(&str, $crate::step::StepId)] = &[
            $($($(($id, ALGORITHM.step($number)),)*)*)?
            $($($(($other, ALGORITHM.step($other_number)),)*)*)?
        ];

        impl $crate::watch::Variables for $variables {
            type Output = $output;

            $(fn subject(&self, $m: &$crate::Machine) -> Option<$crate::ObjectId> {
                let $v = self;
                let _ = (&$v, &$m);
                $subject
            })?

            #[cold]
            fn before(
                &mut self,
                $m: &mut $crate::Machine,
                host: &mut dyn $crate::Host,
                at: $crate::step::StepId,
            ) -> $crate::watch::Before<$output> {
                let mut host = host;
                let ($v, $h) = (self, &mut host);
                let _ = (&$v, &$m, &$h, at);
                $($($($crate::quirk::hook::hook!(before $when at $number $id, $m, [$($guard)?] $(, $deed)?);)*)*)?
                $($($($crate::quirk::hook::hook!(before $other_when at $other_number $other, $m, [$($other_guard)?] $(, $other_deed)?);)*)*)?
                $($($crate::quirk::hook::hook!(before $shared_when at $shared_number shared, $m, [$($shared_guard)?] $(, $shared_deed)?);)*)?
                $crate::watch::Before::Take
            }

            #[cold]
            fn after(&mut self, $m: &mut $crate::Machine, host: &mut dyn $crate::Host, at: $crate::step::StepId) {
                let mut host = host;
                let ($v, $h) = (self, &mut host);
                let _ = (&$v, &$m, &$h, at);
                $($($($crate::quirk::hook::hook!(after $when at $number $id, $m, [$($guard)?] $(, $deed)?);)*)*)?
                $($($($crate::quirk::hook::hook!(after $other_when at $other_number $other, $m, [$($other_guard)?] $(, $other_deed)?);)*)*)?
                $($($crate::quirk::hook::hook!(after $shared_when at $shared_number shared, $m, [$($shared_guard)?] $(, $shared_deed)?);)*)?
            }

            #[cold]
            fn decide(&mut self, $m: &mut $crate::Machine, at: $crate::step::StepId, holds: bool) -> bool {
                let ($v, $holds) = (self, holds);
                let _ = (&$v, &$m, at);
                $($($(let $holds = $crate::quirk::hook::hook!(decide $when at $number $id, $m, $holds, [$($guard)?] $(, $deed)?);)*)*)?
                $($($(let $holds = $crate::quirk::hook::hook!(decide $other_when at $other_number $other, $m, $holds, [$($other_guard)?] $(, $other_deed)?);)*)*)?
                $($(let $holds = $crate::quirk::hook::hook!(decide $shared_when at $shared_number shared, $m, $holds, [$($shared_guard)?] $(, $shared_deed)?);)*)?
                $holds
            }

            #[cold]
            fn amend(&mut self, $m: &$crate::Machine, at: $crate::step::StepId) {
                let $v = self;
                let _ = (&$v, &$m, at);
                $($($($crate::quirk::hook::hook!(amend $when at $number $id, $m, [$($guard)?] $(, $deed)?);)*)*)?
                $($($($crate::quirk::hook::hook!(amend $other_when at $other_number $other, $m, [$($other_guard)?] $(, $other_deed)?);)*)*)?
                $($($crate::quirk::hook::hook!(amend $shared_when at $shared_number shared, $m, [$($shared_guard)?] $(, $shared_deed)?);)*)?
            }
        }
    };
}
pub(super) use quirks;

/// The algorithm of a step: the file's, unless another is named.
macro_rules! algorithm {
    () => {
        ALGORITHM
    };
    ($name:literal) => {
        $crate::step::Algorithm::of($name)
    };
}
pub(super) use algorithm;

macro_rules! optional {
    () => {
        None
    };
    ($text:literal) => {
        Some($text)
    };
}
pub(super) use optional;

macro_rules! departure {
    (skip) => {
        $crate::quirk::Departure::Skip
    };
    (always) => {
        $crate::quirk::Departure::Always
    };
    (never) => {
        $crate::quirk::Departure::Never
    };
}
pub(super) use departure;

/// What one hook does in one of the functions; nothing where it belongs to another.
macro_rules! hook {
    (before skip $at:ident $number:literal $id:tt, $m:ident, [$($guard:expr)?]) => {
        if $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?]) {
            return $crate::watch::Before::Skip;
        }
    };
    (before instead $at:ident $number:literal $id:tt, $m:ident, [$($guard:expr)?], $deed:expr) => {
        if $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?]) {
            $deed;
            return $crate::watch::Before::Skip;
        }
    };
    (before ends $at:ident $number:literal $id:tt, $m:ident, [$($guard:expr)?], $output:expr) => {
        if $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?]) {
            return $crate::watch::Before::Return($output);
        }
    };
    (before before $at:ident $number:literal $id:tt, $m:ident, [$($guard:expr)?], $deed:expr) => {
        if $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?]) {
            $deed;
        }
    };
    (after after $at:ident $number:literal $id:tt, $m:ident, [$($guard:expr)?], $deed:expr) => {
        if $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?]) {
            $deed;
        }
    };
    (amend amend $at:ident $number:literal $id:tt, $m:ident, [$($guard:expr)?], $deed:expr) => {
        if $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?]) {
            $deed;
        }
    };
    (decide always $at:ident $number:literal $id:tt, $m:ident, $holds:ident, [$($guard:expr)?]) => {
        $holds || $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?])
    };
    (decide never $at:ident $number:literal $id:tt, $m:ident, $holds:ident, [$($guard:expr)?]) => {
        $holds && !$crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?])
    };
    (decide holds $at:ident $number:literal $id:tt, $m:ident, $holds:ident, [$($guard:expr)?], $decided:expr) => {
        if $crate::quirk::hook::meets!($at $number $id, $m, [$($guard)?]) { $decided } else { $holds }
    };
    (decide $when:ident $at:ident $number:literal $id:tt, $m:ident, $holds:ident $($rest:tt)*) => {
        $holds
    };
    ($function:ident $when:ident $at:ident $number:literal $id:tt, $m:ident $($rest:tt)*) => {};
}
pub(super) use hook;

macro_rules! meets {
    ($at:ident $number:literal shared, $m:ident, [$($guard:expr)?]) => {
        $at == const { ALGORITHM.step($number) } $(&& $guard)?
    };
    ($at:ident $number:literal $id:tt, $m:ident, [$($guard:expr)?]) => {
        $at == const { ALGORITHM.step($number) } $(&& $guard)? && $m.meets(const { $crate::Quirk::of($id) })
    };
}
pub(super) use meets;

/// Declares the quirks of one algorithm that keeps no variables: derived quirks that have a name. The lines are those of `named` in
/// [`quirks!`].
macro_rules! names {
    (
        $algorithm:literal;
        $($name:literal $areas:literal $how:ident $step:literal: $title:literal $(, $should:literal)?;)*
    ) => {
        const ALGORITHM: $crate::step::Algorithm = $crate::step::Algorithm::of($algorithm);

        pub(in $crate::quirk) const ENTRIES: &[$crate::quirk::Entry] = &[$($crate::quirk::Entry {
            id: $name,
            title: $title,
            should: $crate::quirk::hook::optional!($($should)?),
            areas: $areas,
            step: ALGORITHM.step($step),
            departure: $crate::quirk::hook::departure!($how),
            with: &[],
        }),*];

        /// The hooks of this file: none is written.
        pub(in $crate::quirk) const HOOKS: &[(&str, $crate::step::StepId)] = &[];
    };
}
pub(super) use names;
