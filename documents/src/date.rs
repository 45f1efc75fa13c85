//! Calendar days: `xs:date` as UBL writes them and CCYYMMDD (UN/EDIFACT format 102) as CII does.
//!
//! In scope: the lexical forms, the proleptic Gregorian calendar, days since 1970. Out of scope: clocks and whether a day
//! is soon. An attacker who owns this part could move a due day.

use tradeseal_primitives::receivable::Day;

/// Why a date was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// Not of the form that the syntax asks for.
    #[error("it is not written as {expected}")]
    Form {
        /// The form expected.
        expected: &'static str,
    },
    /// No such month, or no such day in that month and year.
    #[error("there is no such day in the calendar")]
    NoSuchDay,
    /// Before 1970-01-01, which no receivable here can carry.
    #[error("it lies before 1970")]
    BeforeEpoch,
}

const XS_DATE: &str = "YYYY-MM-DD";
const FORMAT_102: &str = "YYYYMMDD";

/// Reads an `xs:date`: four digits of year, optionally a time zone. The day is the one written: a due date is a day in the
/// parties' calendar, not an instant, so the zone does not move it.
pub(crate) fn xs_date(text: &str) -> Result<Day, DateProblem> {
    let form = DateProblem::Form { expected: XS_DATE };
    let (date, zone) = text.split_at_checked(XS_DATE.len()).ok_or(form)?;
    let [year, month, day] = fields(date.as_bytes(), [0..4, 5..7, 8..10]).ok_or(form)?;
    if date.as_bytes()[4] != b'-' || date.as_bytes()[7] != b'-' || !is_time_zone(zone) {
        return Err(form);
    }
    day_number(year, month, day)
}

/// Reads a date of UN/EDIFACT format 102, CCYYMMDD.
pub(crate) fn format_102(text: &str) -> Result<Day, DateProblem> {
    let form = DateProblem::Form { expected: FORMAT_102 };
    if text.len() != FORMAT_102.len() {
        return Err(form);
    }
    let [year, month, day] = fields(text.as_bytes(), [0..4, 4..6, 6..8]).ok_or(form)?;
    day_number(year, month, day)
}

/// Three decimal fields; `None` if one holds anything but ASCII digits.
fn fields(bytes: &[u8], ranges: [core::ops::Range<usize>; 3]) -> Option<[u32; 3]> {
    let mut values = [0; 3];
    for (value, range) in values.iter_mut().zip(ranges) {
        *value = bytes.get(range)?.iter().try_fold(0, |sum, byte| match byte {
            b'0'..=b'9' => Some(sum * 10 + u32::from(byte - b'0')),
            _ => None,
        })?;
    }
    Some(values)
}

/// The time zone of XML Schema: absent, `Z`, or a sign with hh:mm up to 14:00.
fn is_time_zone(zone: &str) -> bool {
    let bytes = zone.as_bytes();
    match bytes {
        [] | [b'Z'] => true,
        [b'+' | b'-', _, _, b':', _, _] => fields(bytes, [0..0, 1..3, 4..6])
            .is_some_and(|[_, hours, minutes]| minutes < 60 && (hours < 14 || (hours == 14 && minutes == 0))),
        _ => false,
    }
}

const DAYS_IN_MONTH: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const fn is_leap_year(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Days since 1970-01-01 of a Gregorian date.
fn day_number(year: u32, month: u32, day: u32) -> Result<Day, DateProblem> {
    let leap_day = u32::from(month == 2 && is_leap_year(year));
    let month_index = month.checked_sub(1).map_or(usize::MAX, |index| index as usize);
    let length = DAYS_IN_MONTH.get(month_index).ok_or(DateProblem::NoSuchDay)? + leap_day;
    if day == 0 || day > length {
        return Err(DateProblem::NoSuchDay);
    }
    if year < 1970 {
        return Err(DateProblem::BeforeEpoch);
    }
    let before = year - 1;
    let leap_years = (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
    let months: u32 = DAYS_IN_MONTH[..month_index].iter().sum::<u32>() + u32::from(month > 2 && is_leap_year(year));
    Ok(Day((year - 1970) * 365 + leap_years + months + day - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_numbers() {
        // From `date -u -d ... +%s` divided by 86,400.
        for (text, number) in [
            ("1970-01-01", 0),
            ("1999-12-31", 10_956),
            ("2000-02-29", 11_016),
            ("2009-12-31", 14_609),
            ("2016-06-16", 16_968),
            ("2038-01-19", 24_855),
            ("9999-12-31", 2_932_896),
        ] {
            assert_eq!(xs_date(text), Ok(Day(number)), "{text}");
            assert_eq!(format_102(&text.replace('-', "")), Ok(Day(number)), "{text}");
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_refused() {
        for text in [
            "2023-02-29",
            "2100-02-29",
            "2024-04-31",
            "2024-00-10",
            "2024-13-01",
            "2024-01-00",
        ] {
            assert_eq!(xs_date(text), Err(DateProblem::NoSuchDay), "{text}");
        }
        assert_eq!(xs_date("1969-12-31"), Err(DateProblem::BeforeEpoch));
    }

    #[test]
    fn other_forms_are_refused() {
        let form = Err(DateProblem::Form { expected: XS_DATE });
        for text in [
            "",
            "2024-1-1",
            "2024/01/01",
            "01.02.2024",
            "20240101",
            "-2024-01-01",
            "12024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01 ",
            "2024-01-01z",
            "2024-01-01+14:01",
            "2024-01-01+1:00",
            "２０２４-01-01",
            "2024-01-0é",
        ] {
            assert_eq!(xs_date(text), form, "{text}");
        }
        let form = Err(DateProblem::Form { expected: FORMAT_102 });
        for text in ["", "2024-01-01", "240101", "202401011200", "2024010a"] {
            assert_eq!(format_102(text), form, "{text}");
        }
    }

    #[test]
    fn a_time_zone_does_not_move_the_day() {
        let plain = xs_date("2024-05-06").unwrap();
        for zone in ["Z", "+02:00", "-11:30", "+14:00"] {
            assert_eq!(xs_date(&format!("2024-05-06{zone}")), Ok(plain), "{zone}");
        }
    }

    proptest! {
        /// Counting up the calendar day by day is the oracle.
        #[test]
        fn the_day_after_is_one_more(year in 1970u32..9999, month in 1u32..=12, day in 1u32..=31) {
            let Ok(today) = day_number(year, month, day) else { return Ok(()) };
            let tomorrow = [(year, month, day + 1), (year, month + 1, 1), (year + 1, 1, 1)]
                .into_iter()
                .find_map(|(y, m, d)| day_number(y, m, d).ok());
            prop_assert_eq!(tomorrow, Some(Day(today.0 + 1)));
        }
    }
}
