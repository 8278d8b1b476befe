//! The day, for a report. Nothing else in the suite reads the calendar.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today in UTC, such as `2026-07-30`; nothing if the clock stands before 1970.
#[must_use]
pub fn today() -> String {
    SystemTime::now().duration_since(UNIX_EPOCH).map(|since| day(since.as_secs() / 86_400)).unwrap_or_default()
}

/// How many days a month of a year has; none where there is no such month.
pub(crate) fn days_in(year: u64, month: u64) -> u64 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u64::from(is_leap),
        1..=12 => 31,
        _ => 0,
    }
}

/// The day that is so many days after the first of January 1970.
fn day(mut days: u64) -> String {
    let (mut year, mut month) = (1970, 1);
    while days >= days_in(year, month) {
        days -= days_in(year, month);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (790, "1972-03-01"),
            (11_016, "2000-02-29"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(day(days), expected, "{days}");
        }
    }
}
