//! Quirks whose departures stand in the algorithms themselves.

use crate::quirk::{Departure, Entry, Quirk};
use crate::step::Algorithm;

/// One line a quirk: its id, the algorithm and the number of its step, the areas whose rules it breaks, and what is done instead.
macro_rules! quirks {
    ($($variant:ident $id:literal: $algorithm:literal $number:literal, $areas:literal, $title:literal;)*) => {
        pub(super) const ENTRIES: &[Entry] = &[$(Entry {
            id: $id,
            title: $title,
            areas: $areas,
            step: const { Algorithm::of($algorithm).step($number) },
            departure: Departure::Written,
            with: &[],
        }),*];

        #[expect(non_upper_case_globals, missing_docs, reason = "they go with the list")]
        impl Quirk {
            $(pub const $variant: Quirk = Quirk::of($id);)*
        }
    };
}

quirks! {
    FetchTotalReadFirst "fetch-total-read-first": "background-fetch/fetch(id, requests, options)" "4", "BGR",
        "fetch() reads downloadTotal before the other members of its options.";
    FetchTitleUnconverted "fetch-title-unconverted": "background-fetch/fetch(id, requests, options)" "4", "BGR",
        "fetch() does not convert the title.";
    UiTitleUnconverted "ui-title-unconverted": "webidl/convert a JavaScript value to dictionary" "4.1.4.1", "BGR",
        "updateUI() does not convert the title.";
}
