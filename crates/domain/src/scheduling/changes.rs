//! What happened to visits, and whom of the clinic it is told when.

use super::{Audience, State, stored_words};
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

/// What the front desk is told of at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Somebody asks for a time, and the clinic is to agree or not.
    ToConfirm,
    /// A visit is new to the front desk.
    Booked,
    /// A visit it knew takes place otherwise.
    Moved,
    /// A visit was given back.
    Cancelled,
}

/// What happened to a visit, with what there is of it now.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// What happened.
    pub what: Change,
    /// On which side.
    pub by: Audience,
    /// Whether the visit is near, or was before it was moved.
    pub near: bool,
    /// The visit's state now.
    pub state: State,
    /// Of what the front desk was told and that it has not looked at yet.
    pub open: &'a [Notice],
}

impl Happened<'_> {
    /// Whether the clinic is to agree; what a moved visit asked for it still asks for.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.what != Change::Cancelled
            && self.state == State::Pending
            && (self.is_online() || self.open.contains(&Notice::ToConfirm))
    }

    /// Of what the front desk is told at once; the rest is told in digests. A visit nobody has looked at
    /// is new, wherever it was moved since.
    #[must_use]
    pub fn notice(&self) -> Option<Notice> {
        let is_new = self.open.contains(&Notice::Booked);
        match self.what {
            _ if self.asks() => Some(Notice::ToConfirm),
            _ if !(self.is_online() && self.near) => None,
            Change::Cancelled => Some(Notice::Cancelled),
            Change::Moved if !is_new => Some(Notice::Moved),
            Change::Moved | Change::Booked => Some(Notice::Booked),
        }
    }

    /// Whether it is still so: else something further happened, which is told next.
    #[must_use]
    pub fn is_so(&self, told: DateTime<Utc>, starts_at: DateTime<Utc>) -> bool {
        match self.what {
            Change::Cancelled => self.state == State::Cancelled,
            _ => starts_at == told && self.state.holds_claims(),
        }
    }

    fn is_online(&self) -> bool {
        self.by != Audience::Clinic
    }
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

    fn happened(what: Change, state: State, open: &[Notice]) -> Happened<'_> {
        Happened {
            what,
            by: Audience::Employee,
            near: true,
            state,
            open,
        }
    }

    #[test]
    fn what_is_near_and_comes_from_outside_is_told_at_once_and_nothing_else_but_who_asks() {
        let booked = happened(Change::Booked, State::Booked, &[]);
        assert_eq!(booked.notice(), Some(Notice::Booked));
        let far = Happened {
            near: false,
            ..booked
        };
        assert_eq!(far.notice(), None);
        let by_clinic = Happened {
            by: Audience::Clinic,
            ..booked
        };
        assert_eq!(by_clinic.notice(), None);
        let asks = Happened {
            state: State::Pending,
            ..far
        };
        assert_eq!(asks.notice(), Some(Notice::ToConfirm));
        let for_somebody = Happened {
            by: Audience::Clinic,
            ..asks
        };
        assert_eq!(for_somebody.notice(), None);
        let moved_by_clinic = Happened {
            open: &[Notice::ToConfirm],
            ..for_somebody
        };
        assert_eq!(moved_by_clinic.notice(), Some(Notice::ToConfirm));
    }

    #[test]
    fn a_visit_nobody_has_looked_at_stays_new_when_it_is_moved() {
        let moved = happened(Change::Moved, State::Booked, &[]);
        assert_eq!(moved.notice(), Some(Notice::Moved));
        let unseen = Happened {
            open: &[Notice::Booked],
            ..moved
        };
        assert_eq!(unseen.notice(), Some(Notice::Booked));
        let gone = happened(Change::Cancelled, State::Cancelled, &[Notice::Booked]);
        assert_eq!(gone.notice(), Some(Notice::Cancelled));
    }

    #[test]
    fn what_something_further_happened_to_is_no_longer_so() {
        let (then, later) = (at("2026-12-24T15:00:00Z"), at("2026-12-24T16:00:00Z"));
        let moved = happened(Change::Moved, State::Booked, &[]);
        assert!(moved.is_so(then, then));
        assert!(!moved.is_so(then, later));
        assert!(!happened(Change::Moved, State::Cancelled, &[]).is_so(then, then));
        assert!(happened(Change::Cancelled, State::Cancelled, &[]).is_so(then, later));
        assert!(!happened(Change::Cancelled, State::Booked, &[]).is_so(then, then));
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
