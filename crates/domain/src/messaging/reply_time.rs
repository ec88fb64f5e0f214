//! Until when an answer may be expected: working time of a queue, counted in minutes.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::time::{Holiday, end_instant, local_date, next_day, start_instant};

/// How far ahead an answer is looked for; a queue without hours gives none.
const HORIZON_DAYS: usize = 400;

/// When a queue's people work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessHours {
    /// The days of the week.
    pub weekdays: Vec<Weekday>,
    /// From when.
    pub opens: NaiveTime,
    /// Until when.
    pub closes: NaiveTime,
    /// The queue's zone.
    pub zone: Tz,
    /// Days off.
    pub holidays: Vec<Holiday>,
}

impl BusinessHours {
    /// The instant at which so many working hours have passed since a message was sent.
    #[must_use]
    pub fn after(&self, sent_at: DateTime<Utc>, hours: u32) -> Option<DateTime<Utc>> {
        let mut left = Duration::hours(i64::from(hours));
        let mut date = local_date(sent_at, self.zone);
        for _ in 0..HORIZON_DAYS {
            if let Some((opens, closes)) = self.on(date) {
                let from = opens.max(sent_at);
                if from < closes {
                    if closes - from >= left {
                        return Some(from + left);
                    }
                    left -= closes - from;
                }
            }
            date = next_day(date);
        }
        None
    }

    fn on(&self, date: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let off = self.holidays.iter().any(|holiday| holiday.is_on(date));
        let works = self.weekdays.contains(&date.weekday()) && !off;
        works.then(|| {
            (
                start_instant(date.and_time(self.opens), self.zone),
                end_instant(date.and_time(self.closes), self.zone),
            )
        })
    }
}
