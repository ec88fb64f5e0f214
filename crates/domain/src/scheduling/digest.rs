//! When somebody is told, all in one, what happened to visits.

use super::{Stretch, stored_words};
use crate::access::Role;
use crate::time::{self, Holiday};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

/// How often somebody wants a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Never.
    Never,
    /// On business days, at seven.
    Daily,
    /// On Mondays, at seven.
    Weekly,
}

/// For what somebody gets a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// For working at the clinic.
    Staff,
    /// For leading people.
    Supervisor,
}

stored_words! {
    Rhythm { Never = "none", Daily = "daily", Weekly = "weekly", }
    Reader { Staff = "staff", Supervisor = "supervisor", }
}

/// The most days that are looked back on for a digest.
const HORIZON: usize = 31;
/// The days of a week after its first.
const REST_OF_WEEK: Days = Days::new(6);

/// What happened so shortly before a digest is told by the next one: it may not be written down yet when
/// the digest is counted.
const WRITTEN_WITHIN: TimeDelta = TimeDelta::minutes(2);

impl Reader {
    /// The roles of the clinic's staff who get digests.
    pub const STAFF: [Role; 2] = [Role::Clinician, Role::Scheduler];

    /// How often: as chosen, else as usual.
    #[must_use]
    pub fn rhythm(self, chosen: Option<Rhythm>) -> Rhythm {
        chosen.unwrap_or_else(|| self.usual())
    }

    /// How often, for whoever never chose.
    #[must_use]
    pub fn usual(self) -> Rhythm {
        match self {
            Self::Staff => Rhythm::Daily,
            Self::Supervisor => Rhythm::Weekly,
        }
    }
}

/// What a digest tells of that was due then: of all since the one before, and of nothing before there
/// was something to tell.
#[must_use]
pub fn told(
    due: DateTime<Utc>,
    last: Option<DateTime<Utc>>,
    since: DateTime<Utc>,
) -> Option<Stretch> {
    (last.map_or(since, |last| last.max(since)) < due).then(|| Stretch {
        from: last.map_or(since, |last| since.max(last - WRITTEN_WITHIN)),
        until: due - WRITTEN_WITHIN,
    })
}

impl Rhythm {
    /// For how long after a digest the next one is due in no zone; nothing where none is due ever.
    #[must_use]
    pub fn pause(self) -> Option<TimeDelta> {
        match self {
            Self::Never => None,
            Self::Daily => Some(TimeDelta::hours(20)),
            Self::Weekly => Some(TimeDelta::days(6)),
        }
    }

    /// When the latest digest was due by now, on the clocks of a zone. Whatever was missed before it
    /// is told with it.
    #[must_use]
    pub fn last_due(
        self,
        now: DateTime<Utc>,
        zone: Tz,
        holidays: &[Holiday],
    ) -> Option<DateTime<Utc>> {
        let seven = NaiveTime::MIN + TimeDelta::hours(7);
        let today = time::local_date(now, zone);
        let days = today.iter_days().rev().take(HORIZON);
        let mut due = days
            .filter(|date| match self {
                Self::Never => false,
                Self::Daily => time::is_business_day(*date, holidays),
                Self::Weekly => date.weekday() == Weekday::Mon,
            })
            .map(|date| time::start_instant(date.and_time(seven), zone));
        due.find(|due| *due <= now)
    }

    /// The time ahead whose visits a digest tells of: from tomorrow to the next business day, or the
    /// week that begins.
    #[must_use]
    pub fn ahead(self, due: DateTime<Utc>, zone: Tz, holidays: &[Holiday]) -> Stretch {
        let date = time::local_date(due, zone);
        let tomorrow = time::next_day(date);
        let (first, last) = match self {
            Self::Never | Self::Daily => {
                let next = time::next_business_day(date, holidays);
                (tomorrow, next.unwrap_or(tomorrow))
            }
            Self::Weekly => (date, date.checked_add_days(REST_OF_WEEK).unwrap_or(date)),
        };
        Stretch {
            from: time::day_start(first, zone),
            until: time::day_end(last, zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::America::New_York;
    use proptest::prelude::*;

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
    fn a_digest_tells_of_what_the_one_before_could_not_know_yet() {
        let (monday, tuesday) = (at("2026-12-21T12:00:00Z"), at("2026-12-22T12:00:00Z"));
        let long_ago = at("2026-01-01T00:00:00Z");
        let first = told(monday, None, long_ago).unwrap();
        let second = told(tuesday, Some(monday), long_ago).unwrap();
        assert_eq!((first.from, first.until), (long_ago, second.from));
        assert!(second.from < monday && second.until < tuesday);
        assert_eq!(told(monday, Some(monday), long_ago), None, "it was written");
        assert_eq!(
            told(monday, None, tuesday),
            None,
            "there was nothing to tell yet"
        );
        let chosen = told(tuesday, Some(monday), monday + TimeDelta::hours(1)).unwrap();
        assert_eq!(chosen.from, monday + TimeDelta::hours(1));
    }

    #[test]
    fn a_daily_digest_is_due_at_seven_on_business_days() {
        let due = |now| Rhythm::Daily.last_due(at(now), New_York, &christmas());
        let thursday = Some(at("2026-12-24T12:00:00Z"));
        assert_eq!(due("2026-12-24T12:00:00Z"), thursday);
        assert_eq!(
            due("2026-12-24T11:59:59Z"),
            Some(at("2026-12-23T12:00:00Z"))
        );
        // Friday is a holiday, then comes the weekend.
        assert_eq!(due("2026-12-28T11:59:59Z"), thursday);
        assert_eq!(
            due("2026-12-28T12:00:00Z"),
            Some(at("2026-12-28T12:00:00Z"))
        );
    }

    #[test]
    fn a_weekly_digest_is_due_on_mondays_and_none_is_never_due() {
        let due = |rhythm: Rhythm| rhythm.last_due(at("2026-12-24T12:00:00Z"), New_York, &[]);
        assert_eq!(due(Rhythm::Weekly), Some(at("2026-12-21T12:00:00Z")));
        assert_eq!(due(Rhythm::Never), None);
    }

    #[test]
    fn a_daily_digest_tells_of_the_next_business_day_and_a_weekly_one_of_its_week() {
        let ahead = |rhythm: Rhythm, due| {
            let stretch = rhythm.ahead(at(due), New_York, &christmas());
            (stretch.from, stretch.until)
        };
        // From Thursday on: Friday, the weekend and Monday.
        assert_eq!(
            ahead(Rhythm::Daily, "2026-12-24T12:00:00Z"),
            (at("2026-12-25T05:00:00Z"), at("2026-12-29T05:00:00Z"))
        );
        assert_eq!(
            ahead(Rhythm::Weekly, "2026-12-21T12:00:00Z"),
            (at("2026-12-21T05:00:00Z"), at("2026-12-28T05:00:00Z"))
        );
    }

    proptest! {
        #[test]
        fn in_every_zone_what_is_due_has_come_and_the_next_one_tells_from_there_on(
            minutes in 0_i64..4 * 366 * 24 * 60,
            zone in 0..chrono_tz::TZ_VARIANTS.len(),
        ) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let now = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes);
            for rhythm in [Rhythm::Daily, Rhythm::Weekly] {
                let due = rhythm.last_due(now, zone, &[]).unwrap();
                prop_assert!(due <= now);
                prop_assert_eq!(rhythm.last_due(due, zone, &[]), Some(due));
                let before = rhythm.last_due(due - TimeDelta::seconds(1), zone, &[]).unwrap();
                prop_assert!(before < due);
                let ahead = rhythm.ahead(due, zone, &[]);
                prop_assert!(ahead.from < ahead.until);
            }
        }
    }
}
