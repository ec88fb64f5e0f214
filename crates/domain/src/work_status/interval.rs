//! From a local minute to a local minute, both included.

use crate::time::{day_end, local_time, parse_date, parse_time};
use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A local date with or without a time of day, as somebody types it: `2026-03-08` or
/// `2026-03-08T02:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalMoment {
    /// The local date.
    pub date: NaiveDate,
    /// The local minute; for an end, none means 23:59.
    pub time: Option<NaiveTime>,
}

impl LocalMoment {
    /// A date without a time.
    #[must_use]
    pub fn on(date: NaiveDate) -> Self {
        Self { date, time: None }
    }

    /// A minute of a date.
    #[must_use]
    pub fn at(local: NaiveDateTime) -> Self {
        Self {
            date: local.date(),
            time: Some(local.time()),
        }
    }

    /// The instant a stretch that starts here starts.
    ///
    /// Of two equal local times the earlier; a skipped one moves forward by what the clocks
    /// skipped, so that 02:30 becomes 03:30.
    #[must_use]
    pub fn start(self, zone: Tz) -> DateTime<Utc> {
        let local = self.date.and_time(self.time.unwrap_or(NaiveTime::MIN));
        minute(local, zone, false)
    }

    /// The first instant after a stretch whose last minute is this one.
    ///
    /// Of two equal local times the later counts: never less protection. Without a time, and at
    /// 23:59, the stretch ends when the next local date begins.
    #[must_use]
    pub fn end(self, zone: Tz) -> DateTime<Utc> {
        match self.time {
            None => day_end(self.date, zone),
            Some(time) if time == last_minute() => day_end(self.date, zone),
            Some(time) => minute(self.date.and_time(time), zone, true) + Duration::minutes(1),
        }
    }
}

impl fmt::Display for LocalMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{}T{}", self.date, time.format("%H:%M")),
            None => self.date.fmt(f),
        }
    }
}

/// Neither `YYYY-MM-DD` nor `YYYY-MM-DDTHH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write YYYY-MM-DD or YYYY-MM-DDTHH:MM")]
pub struct NotAMoment;

impl FromStr for LocalMoment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((date, time)) = text.split_once('T') else {
            return parse_date(text).map(Self::on).ok_or(NotAMoment);
        };
        let (date, time) = parse_date(date).zip(parse_time(time)).ok_or(NotAMoment)?;
        Ok(Self::at(date.and_time(time)))
    }
}

impl TryFrom<String> for LocalMoment {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<LocalMoment> for String {
    fn from(moment: LocalMoment) -> Self {
        moment.to_string()
    }
}

/// When something ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// At this instant, which is the first one no longer inside.
    At(DateTime<Utc>),
    /// Never.
    Permanent,
}

impl End {
    /// The instant, unless it never ends.
    #[must_use]
    pub fn instant(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(instant) => Some(instant),
            Self::Permanent => None,
        }
    }
}

/// Where an instant lies in regard to a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Before its start.
    Planned,
    /// Inside.
    Active,
    /// After its end.
    Ended,
}

/// A stretch of time in the zone it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The zone, copied when the record was made; a later transfer does not move it.
    pub zone: Tz,
    /// The first instant inside.
    pub starts: DateTime<Utc>,
    /// When it ends.
    pub end: End,
}

impl Interval {
    /// Whether an instant lies inside.
    #[must_use]
    pub fn contains(&self, instant: DateTime<Utc>) -> bool {
        self.phase(instant) == Phase::Active
    }

    /// Where an instant lies.
    #[must_use]
    pub fn phase(&self, instant: DateTime<Utc>) -> Phase {
        if instant < self.starts {
            Phase::Planned
        } else if self.end.instant().is_some_and(|end| end <= instant) {
            Phase::Ended
        } else {
            Phase::Active
        }
    }

    /// The last local minute inside, for showing; none when it never ends.
    #[must_use]
    pub fn last_minute(&self) -> Option<NaiveDateTime> {
        self.end
            .instant()
            .map(|end| local_time(end - Duration::minutes(1), self.zone))
    }
}

/// The last minute of a day.
fn last_minute() -> NaiveTime {
    NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(NaiveTime::MIN)
}

fn minute(local: NaiveDateTime, zone: Tz, later: bool) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(instant) => instant.with_timezone(&Utc),
        LocalResult::Ambiguous(first, second) => {
            if later { second } else { first }.with_timezone(&Utc)
        }
        LocalResult::None => after_gap(local, zone),
    }
}

/// Reads a skipped time as the clocks stood before they went forward.
fn after_gap(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    // The longest gap on record is a whole day (a zone that crossed the date line).
    (1..=25 * 60)
        .map(Duration::minutes)
        .find_map(|back| {
            zone.from_local_datetime(&(local - back))
                .latest()
                .map(|before| before.with_timezone(&Utc) + back)
        })
        .unwrap_or_else(|| Utc.from_utc_datetime(&local))
}
