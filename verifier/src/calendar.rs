//! Days and times as people write them: `2026-12-31`, `2026-12-31 23:59:59 UTC`.
//!
//! In scope: the proleptic Gregorian calendar, both ways. Out of scope: other zones than UTC, leap seconds, reading a clock.
//! An attacker who owns this part could have a clerk sign for another date than the one shown.

use alloc::format;
use alloc::string::{String, ToString};

use tradeseal_primitives::receivable::{Day, UnixSeconds};

const SECONDS_PER_DAY: u64 = 86_400;
const DAYS_PER_400_YEARS: u64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01: a year that begins in March has its leap day last.
const EPOCH_FROM_MARCH_OF_YEAR_0: u64 = 719_468;

/// Text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a day; write it as 2026-12-31, from 1970-01-01 to 9999-12-31")]
pub struct DayError {
    /// The beginning of the text.
    pub text: String,
}

/// Parses `YYYY-MM-DD` of a day that exists.
///
/// # Errors
/// `DayError` for anything else.
pub fn parse_day(text: &str) -> Result<Day, DayError> {
    let refuse = || DayError {
        text: text.chars().take(16).collect(),
    };
    let field = |range: core::ops::Range<usize>| {
        let digits = text.get(range)?;
        digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse::<u64>().ok())?
    };
    let fields = (field(0..4), field(5..7), field(8..10));
    let (Some(year), Some(month), Some(day_of_month)) = fields else {
        return Err(refuse());
    };
    if !(1..=12).contains(&month) || year < 1970 {
        return Err(refuse());
    }
    let day = days_from_civil(year, month, day_of_month).ok_or_else(refuse)?;
    // A day that does not exist (or any other spelling) does not come back as it was written.
    if format_day(day) == text {
        Ok(day)
    } else {
        Err(refuse())
    }
}

/// Text that is no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not a time; write it as 2026-12-31T23:59:59Z, which is in UTC, or as 2026-12-31 for that day's first second"
)]
pub struct TimeError {
    /// The beginning of the text.
    pub text: String,
}

/// Parses `YYYY-MM-DDTHH:MM:SSZ`, or `YYYY-MM-DD` for the first second of that day, in UTC.
///
/// # Errors
/// `TimeError` for anything else.
pub fn parse_utc(text: &str) -> Result<UnixSeconds, TimeError> {
    let refuse = || TimeError {
        text: text.chars().take(24).collect(),
    };
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, time.strip_suffix('Z').ok_or_else(refuse)?),
        None => (text, "00:00:00"),
    };
    let day = parse_day(day).map_err(|_| refuse())?;
    let mut second = 0;
    let mut fields = time.split(':');
    for limit in [24, 60, 60] {
        let digits = fields.next().filter(|digits| digits.len() == 2).ok_or_else(refuse)?;
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.parse::<u64>().ok().filter(|value| all_digits && *value < limit);
        second = second * 60 + value.ok_or_else(refuse)?;
    }
    match fields.next() {
        None => Ok(UnixSeconds(u64::from(day.0) * SECONDS_PER_DAY + second)),
        Some(_) => Err(refuse()),
    }
}

/// `YYYY-MM-DD`.
pub fn format_day(day: Day) -> String {
    let (year, month, day_of_month) = civil_from_days(u64::from(day.0));
    format!("{year:04}-{month:02}-{day_of_month:02}")
}

/// `YYYY-MM-DD HH:MM:SS UTC`.
pub fn format_utc(time: UnixSeconds) -> String {
    let (days, second) = (time.0 / SECONDS_PER_DAY, time.0 % SECONDS_PER_DAY);
    match u32::try_from(days) {
        Ok(day) => format!(
            "{} {:02}:{:02}:{:02} UTC",
            format_day(Day(day)),
            second / 3600,
            second / 60 % 60,
            second % 60
        ),
        Err(_) => "a time beyond the calendar".to_string(),
    }
}

/// A length of time in its largest whole unit, rounded down: `2 hours`.
pub fn format_duration(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..SECONDS_PER_DAY => (seconds / 3600, "hour"),
        _ => (seconds / SECONDS_PER_DAY, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn days_from_civil(year: u64, month: u64, day: u64) -> Option<Day> {
    let (year, month_from_march) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * month_from_march + 2) / 5 + day.checked_sub(1)?;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = (era * DAYS_PER_400_YEARS + day_of_era).checked_sub(EPOCH_FROM_MARCH_OF_YEAR_0)?;
    u32::try_from(days).ok().map(Day)
}

fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let days = days + EPOCH_FROM_MARCH_OF_YEAR_0;
    let (era, day_of_era) = (days / DAYS_PER_400_YEARS, days % DAYS_PER_400_YEARS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_time_reads_as_it_is_shown_and_other_spellings_are_refused() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:01:01Z", 61),
            ("2000-02-29T23:59:59Z", 951_868_799),
            ("2000-02-29", 951_782_400),
        ] {
            assert_eq!(parse_utc(text), Ok(UnixSeconds(seconds)), "{text}");
            let shown = format_utc(UnixSeconds(seconds)).replace(" UTC", "Z").replace(' ', "T");
            assert!(shown.starts_with(text), "{shown}");
        }
        for text in [
            "",
            "T",
            "2000-02-30",
            "2000-02-29T24:00:00Z",
            "2000-02-29T23:60:00Z",
            "2000-02-29T23:00:60Z",
            "2000-02-29T23:59:59",
            "2000-02-29T23:59Z",
            "2000-02-29T23:59:59:00Z",
            "2000-02-29T+1:00:00Z",
            "2000-02-29 23:59:59 UTC",
            "2000-02-29T23:59:59+01:00",
        ] {
            assert!(parse_utc(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn known_days_and_times() {
        for (text, day) in [
            ("1970-01-01", 0),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2026-12-31", 20_818),
        ] {
            assert_eq!(parse_day(text), Ok(Day(day)), "{text}");
            assert_eq!(format_day(Day(day)), text);
        }
        assert_eq!(format_utc(UnixSeconds(1_000_000_000)), "2001-09-09 01:46:40 UTC");
        assert_eq!(format_utc(UnixSeconds(u64::MAX)), "a time beyond the calendar");
    }

    #[test]
    fn a_duration_is_given_in_its_largest_whole_unit() {
        for (seconds, text) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (59, "59 seconds"),
            (119, "1 minute"),
            (7_199, "1 hour"),
            (86_399, "23 hours"),
            (259_200, "3 days"),
        ] {
            assert_eq!(format_duration(seconds), text);
        }
    }

    #[test]
    fn days_that_do_not_exist_and_other_spellings_are_refused() {
        let refused = [
            "",
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-01-00",
            "1969-12-31",
            "26-12-31",
            "2026/12/31",
            "2026-12-31T00:00:00Z",
            "31.12.2026",
            "+026-12-31",
            "2026-1-01",
            "２０２６-12-31",
            "20261-2-31",
        ];
        for text in refused {
            assert!(parse_day(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_to_9999_round_trips_and_is_one_after_the_last(day in 1u32..2_932_896) {
            prop_assert_eq!(parse_day(&format_day(Day(day))), Ok(Day(day)));
            prop_assert!(format_day(Day(day - 1)) < format_day(Day(day)));
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,20}") {
            let _ = parse_day(&text);
        }

        #[test]
        fn arbitrary_times_never_panic(time in any::<u64>()) {
            prop_assert!(!format_utc(UnixSeconds(time)).is_empty());
        }
    }
}
