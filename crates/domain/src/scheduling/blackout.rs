//! Stretches in which nothing can be booked.

use super::{Modality, Stretch};
use crate::ids::{BlackoutId, LocationId, ResourceId};
use crate::time;
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

/// A time in which a resource, a location or everybody is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blackout {
    /// Which one.
    pub id: BlackoutId,
    /// Who or what is away.
    pub target: Target,
    /// From when to when, in the target's wall-clock.
    pub span: Span,
    /// Visits of this modality only; `None` is all.
    pub modality: Option<Modality>,
    /// Whether it comes back each year; 29 February only in leap years.
    pub yearly: bool,
}

/// Who or what a blackout is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One resource; wall-clock of its home location.
    Resource(ResourceId),
    /// Everything at one location.
    Location(LocationId),
    /// The whole provider organization; wall-clock of each location in turn.
    Organization,
}

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From one wall-clock time to another, over any number of nights.
    Times(NaiveDateTime, NaiveDateTime),
    /// Whole local dates, both included.
    Dates(NaiveDate, NaiveDate),
}

impl Span {
    /// Whether it ends after it starts.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        match self {
            Self::Times(from, until) => from < until,
            Self::Dates(first, last) => first <= last,
        }
    }

    fn first_date(self) -> NaiveDate {
        match self {
            Self::Times(from, _) => from.date(),
            Self::Dates(first, _) => first,
        }
    }

    /// The same span begun in another year; `None` where that year has no such day.
    fn in_year(self, year: i32) -> Option<Self> {
        let first = self.first_date();
        let moved = first.with_year(year)?;
        let by = moved - first;
        Some(match self {
            Self::Times(from, until) => {
                let local_length = until - from;
                let from = from.checked_add_signed(by)?;
                Self::Times(from, from.checked_add_signed(local_length)?)
            }
            Self::Dates(_, last) => Self::Dates(moved, last.checked_add_signed(by)?),
        })
    }

    fn stretch(self, zone: Tz) -> Stretch {
        match self {
            Self::Times(from, until) => Stretch {
                from: time::start_instant(from, zone),
                until: time::end_instant(until, zone),
            },
            Self::Dates(first, last) => Stretch {
                from: time::day_start(first, zone),
                until: time::day_end(last, zone),
            },
        }
    }
}

impl Blackout {
    /// What it blocks within a stretch of time.
    #[must_use]
    pub fn stretches(&self, within: Stretch, zone: Tz) -> Vec<Stretch> {
        let mut answer = Vec::new();
        if !self.yearly {
            answer.push(self.span.stretch(zone));
        } else {
            let margin = TimeDelta::days(366);
            let first = (within.from - margin)
                .year()
                .max(self.span.first_date().year());
            for year in first..=within.until.year() + 1 {
                if let Some(span) = self.span.in_year(year) {
                    answer.push(span.stretch(zone));
                }
            }
        }
        answer.retain(|stretch| stretch.overlaps(within));
        answer
    }

    /// Whether a visit lies under it.
    #[must_use]
    pub fn covers(&self, visit: Stretch, modality: Modality, zone: Tz) -> bool {
        self.modality.is_none_or(|only| only == modality) && !self.stretches(visit, zone).is_empty()
    }
}
