//! What happens to a restriction after it was written. Every change is a new version; nothing is
//! erased.

use super::draft::this_minute;
use super::interval::{End, Interval, LocalMoment, Phase};
use super::restriction::{Clinical, Restriction, Source, State, Terms};
use crate::ids::{AccountId, RestrictionId};
use crate::private::Private;
use crate::time::{add_months, day_end, local_date};
use chrono::{DateTime, Duration, Utc};

/// Why a change is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// It was cancelled or marked as a mistake.
    #[error("the restriction no longer counts")]
    NotCurrent,
    /// It is permanent: there is nothing to extend.
    #[error("a permanent restriction cannot be extended")]
    Permanent,
    /// The new end does not come after the old one.
    #[error("the new end is not later")]
    NotLater,
    /// The new end lies before the start.
    #[error("the end lies before the start")]
    EndBeforeStart,
    /// A reason of 1 to 200 characters is needed.
    #[error("a reason of 1 to 200 characters is needed")]
    ReasonRequired,
}

/// A later end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// To this local moment.
    To(LocalMoment),
    /// By so many calendar months; the day falls back to the month's last.
    Months(u32),
    /// By so many days.
    Days(u32),
    /// For good.
    Permanent,
}

/// How a restriction is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With the minute that is running; a planned one is cancelled.
    Now,
    /// With this local moment.
    At(LocalMoment),
}

/// What ending everything does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndAll {
    /// Active ones, now ending today.
    pub ended: Vec<Restriction>,
    /// Planned ones, now cancelled.
    pub cancelled: Vec<Restriction>,
}

/// Who changes it, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    /// The account that saves.
    pub account: AccountId,
    /// The instant of saving.
    pub at: DateTime<Utc>,
}

impl Restriction {
    /// The first version.
    #[must_use]
    pub fn write(
        id: RestrictionId,
        person_id: crate::ids::PersonId,
        terms: Terms,
        clinical: Clinical,
        notify: bool,
        source: Source,
        by: Author,
    ) -> Self {
        Self {
            id,
            person_id,
            version: 1,
            state: State::Current,
            error_reason: None,
            terms,
            clinical,
            notify,
            source,
            saved_by: by.account,
            saved_at: by.at,
        }
    }

    fn next(self, by: Author) -> Self {
        Self {
            version: self.version + 1,
            saved_by: by.account,
            saved_at: by.at,
            ..self
        }
    }

    fn with_end(self, end: End, by: Author) -> Self {
        let interval = Interval {
            end,
            ..self.terms.interval
        };
        let terms = Terms {
            interval,
            ..self.terms.clone()
        };
        Self {
            terms,
            ..self.next(by)
        }
    }

    fn current(self) -> Result<Self, ChangeError> {
        if self.state == State::Current {
            Ok(self)
        } else {
            Err(ChangeError::NotCurrent)
        }
    }

    /// A new version with other terms. The zone stays the one the restriction was written in.
    ///
    /// # Errors
    /// It no longer counts.
    pub fn edit(
        self,
        terms: Terms,
        clinical: Clinical,
        notify: bool,
        by: Author,
    ) -> Result<Self, ChangeError> {
        Ok(Self {
            terms,
            clinical,
            notify,
            ..self.current()?.next(by)
        })
    }

    /// A later end.
    ///
    /// # Errors
    /// It no longer counts, is permanent, or the end is not later.
    pub fn extend(self, to: Extension, by: Author) -> Result<Self, ChangeError> {
        let restriction = self.current()?;
        let interval = restriction.terms.interval;
        let (Some(old), Some(last)) = (interval.end.instant(), interval.last_minute()) else {
            return Err(ChangeError::Permanent);
        };
        let keeping_time = |date| LocalMoment {
            date,
            time: Some(last.time()),
        };
        let end = match to {
            Extension::Permanent => End::Permanent,
            Extension::To(moment) => End::At(moment.end(interval.zone)),
            Extension::Months(months) => {
                End::At(keeping_time(add_months(last.date(), months)).end(interval.zone))
            }
            Extension::Days(days) => {
                let date = last
                    .date()
                    .checked_add_days(chrono::Days::new(u64::from(days)))
                    .unwrap_or(last.date());
                End::At(keeping_time(date).end(interval.zone))
            }
        };
        if end.instant().is_some_and(|new| new <= old) {
            return Err(ChangeError::NotLater);
        }
        Ok(restriction.with_end(end, by))
    }

    /// An end not before the start.
    ///
    /// # Errors
    /// It no longer counts, or the end lies before the start.
    pub fn end(self, ending: Ending, by: Author) -> Result<Self, ChangeError> {
        let restriction = self.current()?;
        let interval = restriction.terms.interval;
        let end = match ending {
            Ending::Now if interval.phase(by.at) == Phase::Planned => {
                return Ok(restriction.cancel(by));
            }
            Ending::Now => this_minute(by.at) + Duration::minutes(1),
            Ending::At(moment) => moment.end(interval.zone),
        };
        if end <= interval.starts {
            return Err(ChangeError::EndBeforeStart);
        }
        Ok(restriction.with_end(End::At(end), by))
    }

    fn cancel(self, by: Author) -> Self {
        Self {
            state: State::Cancelled,
            ..self.next(by)
        }
    }

    /// Marks it as a mistake: it leaves every status and every supervisor's view, and stays in
    /// the clinic's history.
    ///
    /// # Errors
    /// It is marked already, or the reason is missing or too long.
    pub fn mark_error(self, reason: &str, by: Author) -> Result<Self, ChangeError> {
        if self.state == State::EnteredInError {
            return Err(ChangeError::NotCurrent);
        }
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(ChangeError::ReasonRequired);
        }
        Ok(Self {
            state: State::EnteredInError,
            error_reason: Some(Private(reason.to_owned())),
            ..self.next(by)
        })
    }
}

/// Ends every active restriction with today and cancels those that start later.
///
/// Today is the date in the zone each was written in. One that ends earlier today keeps its end.
#[must_use]
pub fn end_all(restrictions: Vec<Restriction>, by: Author) -> EndAll {
    let mut done = EndAll::default();
    for restriction in restrictions {
        if restriction.state != State::Current {
            continue;
        }
        let interval = restriction.terms.interval;
        match interval.phase(by.at) {
            Phase::Ended => {}
            Phase::Planned => done.cancelled.push(restriction.cancel(by)),
            Phase::Active => {
                let tonight = day_end(local_date(by.at, interval.zone), interval.zone);
                if interval.end.instant().is_none_or(|end| end > tonight) {
                    done.ended.push(restriction.with_end(End::At(tonight), by));
                }
            }
        }
    }
    done
}
