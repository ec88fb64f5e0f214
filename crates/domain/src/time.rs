//! Wall-clock and instants.
//!
//! A place has a zone; what happens there is written in its wall-clock. A wall-clock time can be
//! missing (clocks go forward) or happen twice (clocks go back); the two functions here fix once
//! what a start and an end mean then.

use chrono::{
    DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
    Utc,
};
use chrono::{LocalResult, Weekday};
pub use chrono_tz::Tz;

/// Reads an IANA zone name such as `America/Denver`.
#[must_use]
pub fn parse_zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// Reads a date written `YYYY-MM-DD`, and nothing else.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let year = i32::try_from(digits(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(day, 2)?)
}

/// Reads a time of day written `HH:MM`, and nothing else.
#[must_use]
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    NaiveTime::from_hms_opt(digits(hour, 2)?, digits(minute, 2)?, 0)
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let all = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

/// The instant a stretch starts: the first of two equal wall-clock times, the first existing
/// minute after a skipped one.
#[must_use]
pub fn start_instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    resolve(local, zone, Earlier)
}

/// The instant a stretch ends: the second of two equal wall-clock times, the first existing
/// minute after a skipped one.
#[must_use]
pub fn end_instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    resolve(local, zone, Later)
}

/// The first instant of a local date.
#[must_use]
pub fn day_start(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    start_instant(date.and_time(NaiveTime::MIN), zone)
}

/// The first instant after a local date.
#[must_use]
pub fn day_end(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    day_start(next_day(date), zone)
}

/// The local date at an instant.
#[must_use]
pub fn local_date(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// The wall-clock time at an instant.
#[must_use]
pub fn local_time(instant: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

/// The day after; the last representable day stays.
#[must_use]
pub fn next_day(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1))
        .unwrap_or(NaiveDate::MAX)
}

/// Adds months and falls back to the month's last day (31 January + 1 month = 28 or 29 February).
#[must_use]
pub fn add_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(chrono::Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// Full years between two dates; one born on 29 February has the birthday on 1 March in other
/// years.
#[must_use]
pub fn years_between(from: NaiveDate, to: NaiveDate) -> i32 {
    let whole = to.year() - from.year();
    let before_birthday = (to.month(), to.day()) < (from.month(), from.day());
    if before_birthday { whole - 1 } else { whole }
}

/// The first whole minute that is not before an instant.
#[must_use]
pub fn next_minute(instant: DateTime<Utc>) -> DateTime<Utc> {
    let into = TimeDelta::seconds(instant.timestamp().rem_euclid(60))
        + TimeDelta::nanoseconds(instant.timestamp_subsec_nanos().into());
    if into.is_zero() {
        instant
    } else {
        instant + (TimeDelta::minutes(1) - into)
    }
}

/// A day on which a place does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The date there.
    pub date: NaiveDate,
    /// Whether it comes back each year; 29 February only in leap years.
    pub yearly: bool,
}

impl Holiday {
    /// Whether it is on a date.
    #[must_use]
    pub fn is_on(self, date: NaiveDate) -> bool {
        let same_day = (date.month(), date.day()) == (self.date.month(), self.date.day());
        date == self.date || (self.yearly && same_day && self.date < date)
    }
}

/// The most days that are looked at for a business day: where every day is a holiday there is none.
const BUSINESS_HORIZON: usize = 400;

/// Whether a date is a business day: Monday to Friday and no holiday.
#[must_use]
pub fn is_business_day(date: NaiveDate, holidays: &[Holiday]) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend && !holidays.iter().any(|holiday| holiday.is_on(date))
}

/// The date so many business days before another; the same date for none.
#[must_use]
pub fn business_days_before(
    date: NaiveDate,
    count: usize,
    holidays: &[Holiday],
) -> Option<NaiveDate> {
    let Some(skipped) = count.checked_sub(1) else {
        return Some(date);
    };
    let earlier = date.iter_days().rev().skip(1).take(BUSINESS_HORIZON);
    let mut business = earlier.filter(|day| is_business_day(*day, holidays));
    business.nth(skipped)
}

/// The first business day after a date.
#[must_use]
pub fn next_business_day(date: NaiveDate, holidays: &[Holiday]) -> Option<NaiveDate> {
    let mut later = date.iter_days().skip(1).take(BUSINESS_HORIZON);
    later.find(|day| is_business_day(*day, holidays))
}

enum Side {
    Earlier,
    Later,
}
use Side::{Earlier, Later};

fn resolve(local: NaiveDateTime, zone: Tz, side: Side) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(instant) => instant.with_timezone(&Utc),
        LocalResult::Ambiguous(first, second) => match side {
            Earlier => first.with_timezone(&Utc),
            Later => second.with_timezone(&Utc),
        },
        LocalResult::None => first_after_gap(local, zone),
    }
}

/// Zones change on whole minutes, so the first existing minute after the gap is the change itself.
fn first_after_gap(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let mut candidate = local.date().and_time(
        NaiveTime::from_hms_opt(
            chrono::Timelike::hour(&local),
            chrono::Timelike::minute(&local),
            0,
        )
        .unwrap_or(NaiveTime::MIN),
    );
    // The longest gap on record is a whole day (a zone that crossed the date line).
    for _ in 0..=(25 * 60) {
        candidate += Duration::minutes(1);
        match zone.from_local_datetime(&candidate) {
            LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => {
                return instant.with_timezone(&Utc);
            }
            LocalResult::None => {}
        }
    }
    Utc.from_utc_datetime(&local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::America::New_York;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn a_start_in_a_skipped_hour_moves_to_the_first_existing_minute() {
        let start = start_instant(local("2026-03-08 02:30"), New_York);
        assert_eq!(start.to_rfc3339(), "2026-03-08T07:00:00+00:00");
    }

    #[test]
    fn a_repeated_time_starts_at_its_first_and_ends_at_its_second_occurrence() {
        let at = local("2026-11-01 01:30");
        assert_eq!(
            start_instant(at, New_York).to_rfc3339(),
            "2026-11-01T05:30:00+00:00"
        );
        assert_eq!(
            end_instant(at, New_York).to_rfc3339(),
            "2026-11-01T06:30:00+00:00"
        );
    }

    #[test]
    fn one_born_on_29_february_has_the_birthday_on_1_march_in_other_years() {
        let born = NaiveDate::from_ymd_opt(2000, 2, 29).unwrap();
        let on = |y, m, d| years_between(born, NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(
            (on(2027, 2, 28), on(2027, 3, 1), on(2028, 2, 29)),
            (26, 27, 28)
        );
    }

    #[test]
    fn months_fall_back_to_the_last_day() {
        let date = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
        assert_eq!(
            add_months(date, 1),
            NaiveDate::from_ymd_opt(2026, 2, 28).unwrap()
        );
    }

    fn date(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn business_days_leave_out_weekends_and_the_days_a_place_does_not_work() {
        let christmas = Holiday {
            date: date("2026-12-25"),
            yearly: false,
        };
        let holidays = [christmas];
        let before =
            |day, count, holidays: &[Holiday]| business_days_before(date(day), count, holidays);
        // Friday 25 December and the weekend do not count.
        assert_eq!(before("2026-12-29", 3, &holidays), Some(date("2026-12-23")));
        assert_eq!(before("2026-12-29", 3, &[]), Some(date("2026-12-24")));
        assert_eq!(
            next_business_day(date("2026-12-24"), &holidays),
            Some(date("2026-12-28"))
        );
        assert_eq!(before("2026-12-26", 0, &holidays), Some(date("2026-12-26")));
    }

    #[test]
    fn a_yearly_holiday_comes_back_and_was_not_there_before() {
        let new_year = Holiday {
            date: date("2027-01-01"),
            yearly: true,
        };
        let once = Holiday {
            yearly: false,
            ..new_year
        };
        assert!(new_year.is_on(date("2027-01-01")) && new_year.is_on(date("2029-01-01")));
        assert!(!new_year.is_on(date("2026-01-01")));
        assert!(once.is_on(date("2027-01-01")) && !once.is_on(date("2029-01-01")));
        let leap = Holiday {
            date: date("2028-02-29"),
            yearly: true,
        };
        assert!(leap.is_on(date("2032-02-29")));
        assert!(!leap.is_on(date("2029-02-28")) && !leap.is_on(date("2029-03-01")));
    }

    #[test]
    fn where_every_day_is_a_holiday_there_is_no_business_day() {
        let first = date("2024-01-01");
        let all: Vec<Holiday> = first
            .iter_days()
            .take(366)
            .map(|date| Holiday { date, yearly: true })
            .collect();
        assert_eq!(next_business_day(date("2027-01-01"), &all), None);
        assert_eq!(business_days_before(date("2027-01-01"), 1, &all), None);
    }

    #[test]
    fn a_date_and_a_time_are_read_in_one_form_only() {
        let date = NaiveDate::from_ymd_opt(2024, 2, 29);
        assert_eq!(parse_date("2024-02-29"), date);
        assert_eq!(parse_time("07:05"), NaiveTime::from_hms_opt(7, 5, 0));
        for wrong in [
            "2023-02-29",
            "2024-2-29",
            "+024-02-29",
            "2024-02-29 ",
            "2024-02-29T07:05",
        ] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
        for wrong in ["7:05", "24:00", "07:05:00", "07:60", ""] {
            assert_eq!(parse_time(wrong), None, "{wrong}");
        }
    }
}
