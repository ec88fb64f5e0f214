//! What happened to visits, and whom of the clinic it is told when.

use super::stored_words;
use crate::messaging::BusinessHours;
use crate::time::{self, Holiday};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What happened to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It was booked, or asked for where the clinic confirms.
    Booked,
    /// It takes place at another time, or elsewhere, or with somebody else.
    Moved,
    /// It was given back.
    Cancelled,
}

stored_words! {
    Change { Booked = "booked", Moved = "moved", Cancelled = "cancelled", }
}

/// Business hours within which the clinic answers whoever asks for a time.
const ANSWERED_WITHIN: u32 = 4;

/// Whether a visit is so near that the front desk hears at once of what happens to it: on the same
/// date at its place, on the next business day there, or between.
#[must_use]
pub fn is_near(
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Tz,
    holidays: &[Holiday],
) -> bool {
    let today = time::local_date(now, zone);
    let last = time::next_business_day(today, holidays).unwrap_or(today);
    (today..=last).contains(&time::local_date(starts_at, zone))
}

/// By when the clinic is to agree to a time somebody asked for.
#[must_use]
pub fn answer_due(
    asked_at: DateTime<Utc>,
    zone: Tz,
    holidays: &[Holiday],
) -> Option<DateTime<Utc>> {
    let o_clock = |hours| NaiveTime::MIN + TimeDelta::hours(hours);
    let hours = BusinessHours {
        weekdays: vec![
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
        ],
        opens: o_clock(8),
        closes: o_clock(17),
        zone,
        holidays: holidays.to_vec(),
    };
    hours.after(asked_at, ANSWERED_WITHIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::America::New_York;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn christmas() -> [Holiday; 1] {
        [Holiday {
            date: time::parse_date("2026-12-25").unwrap(),
            yearly: true,
        }]
    }

    #[test]
    fn the_front_desk_hears_at_once_of_what_is_today_or_on_the_next_business_day() {
        // Thursday 24 December, 16:00 in New York; Friday is a holiday.
        let now = at("2026-12-24T21:00:00Z");
        let near = |starts_at| is_near(at(starts_at), now, New_York, &christmas());
        assert!(near("2026-12-24T22:00:00Z"));
        assert!(near("2026-12-26T15:00:00Z"), "a Saturday between");
        assert!(near("2026-12-29T04:59:00Z"), "Monday, a minute to midnight");
        assert!(!near("2026-12-29T05:00:00Z"), "Tuesday, midnight");
        assert!(!near("2026-12-23T22:00:00Z"), "yesterday");
    }

    #[test]
    fn whoever_asks_is_answered_within_four_business_hours() {
        let due = |asked_at| answer_due(at(asked_at), New_York, &christmas());
        // Thursday 15:00 and four hours: two on Thursday, two on Monday.
        assert_eq!(
            due("2026-12-24T20:00:00Z"),
            Some(at("2026-12-28T15:00:00Z"))
        );
        assert_eq!(
            due("2026-12-21T13:00:00Z"),
            Some(at("2026-12-21T17:00:00Z"))
        );
    }
}
