//! Dates as HR files write them.

use chrono::NaiveDate;

/// The notation shown where a date was expected.
pub const EXPECTED: &str = "YYYYMMDD | YYYY-MM-DD | MM/DD/YYYY";

/// Reads a date: `YYYYMMDD`, `YYYY-MM-DD` and `MM/DD/YYYY` always, and one more pattern. A
/// two-digit year is never read, an impossible date neither.
#[must_use]
pub fn parse(text: &str, pattern: Option<&str>) -> Option<NaiveDate> {
    compact(text)
        .or_else(|| separated(text, '-').and_then(|[y, m, d]| date(y, m, d)))
        .or_else(|| separated(text, '/').and_then(|[m, d, y]| date(y, m, d)))
        .or_else(|| pattern.and_then(|pattern| by_pattern(text, pattern)))
}

/// Whether a pattern names year, month and day once each, the year with four digits, and cannot be
/// mistaken for one of the patterns that are always read.
#[must_use]
pub fn is_pattern(pattern: &str) -> bool {
    let once = |part: &str| pattern.matches(part).count() == 1;
    let rest: String = pattern
        .replacen("YYYY", "", 1)
        .replacen("MM", "", 1)
        .replacen("DD", "", 1);
    once("YYYY")
        && once("MM")
        && once("DD")
        && !rest.is_empty()
        && rest
            .chars()
            .all(|c| matches!(c, '.' | ' ' | ',' | '_' | '-'))
        && !pattern.starts_with("YYYY-")
}

fn compact(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    date(text.get(..4)?, text.get(4..6)?, text.get(6..)?)
}

fn separated(text: &str, separator: char) -> Option<[&str; 3]> {
    let parts: Vec<&str> = text.split(separator).collect();
    parts.try_into().ok()
}

fn by_pattern(text: &str, pattern: &str) -> Option<NaiveDate> {
    if text.len() != pattern.len() || !text.is_ascii() || !pattern.is_ascii() {
        return None;
    }
    let part = |name: &str| {
        let start = pattern.find(name)?;
        text.get(start..start + name.len())
    };
    let separators_agree = pattern
        .bytes()
        .zip(text.bytes())
        .all(|(p, t)| matches!(p, b'Y' | b'M' | b'D') || p == t);
    if !separators_agree {
        return None;
    }
    date(part("YYYY")?, part("MM")?, part("DD")?)
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |text: &str, longest: usize| {
        let fits = (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u32>().ok()).flatten()
    };
    if year.len() != 4 {
        return None;
    }
    let year = i32::try_from(number(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        parse(text, Some("DD.MM.YYYY")).map(|date| date.to_string())
    }

    #[test]
    fn three_patterns_are_always_read_and_one_more_by_profile() {
        for text in ["20000229", "2000-02-29", "02/29/2000", "29.02.2000"] {
            assert_eq!(read(text).as_deref(), Some("2000-02-29"), "{text}");
        }
    }

    #[test]
    fn impossible_dates_and_two_digit_years_are_refused() {
        for text in [
            "02/29/2001",
            "03/04/85",
            "3/4/61",
            "02/30/1980",
            "2001-13-01",
            "1.2.2000",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_pattern_that_could_be_mistaken_is_none() {
        assert!(is_pattern("DD.MM.YYYY"));
        assert!(!is_pattern("DD/MM/YYYY"));
        assert!(!is_pattern("DD.MM.YY"));
        assert!(!is_pattern("YYYY-DD-MM"));
    }
}
