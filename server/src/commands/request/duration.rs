//! How long a request holds, as people write it: `30m`, `12h`, `14d`.
//!
//! In scope: reading it. Out of scope: clocks. An attacker who owns this part keeps requests alive too long.

/// Longest accepted: a year.
const MAX_SECONDS: u64 = 366 * 86_400;

/// Seconds in `30m`, `12h` or `14d`.
pub(super) fn parse_seconds(text: &str) -> Result<u64, String> {
    let unit_seconds = match text.chars().last() {
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => 86_400,
        _ => return Err("write it in minutes, hours or days: 30m, 12h or 14d".to_owned()),
    };
    let count: u64 = text[..text.len() - 1]
        .parse()
        .map_err(|_| "write it as a whole number: 30m, 12h or 14d")?;
    match count.checked_mul(unit_seconds) {
        Some(seconds) if (1..=MAX_SECONDS).contains(&seconds) => Ok(seconds),
        _ => Err("choose a time between 1m and 366d".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_seconds;

    #[test]
    fn minutes_hours_and_days_are_read_and_nothing_else_is() {
        assert_eq!(parse_seconds("30m"), Ok(1_800));
        assert_eq!(parse_seconds("12h"), Ok(43_200));
        assert_eq!(parse_seconds("366d"), Ok(31_622_400));
        for text in [
            "",
            "d",
            "0d",
            "367d",
            "-1d",
            "1.5h",
            "14",
            "14D",
            "1é",
            "99999999999999999999d",
        ] {
            assert!(parse_seconds(text).is_err(), "{text:?}");
        }
    }
}
