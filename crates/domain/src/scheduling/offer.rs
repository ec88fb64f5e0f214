//! A time kept for somebody and proposed to them.

use super::{Stretch, stored_words};
use crate::ids::OfferId;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use thiserror::Error;

/// For how many hours a proposed time may be kept.
pub const HOURS: RangeInclusive<u16> = 1..=72;

/// For how many hours it is kept when nothing is said.
pub const USUAL_HOURS: u16 = 24;

/// The most times that are proposed together.
pub const MOST_TIMES: usize = 5;

/// What became of a proposed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// It is kept.
    Held,
    /// The person took it.
    Accepted,
    /// The person took another one, or none.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The clinic took it back, or nobody needs it any more.
    Withdrawn,
}

stored_words! {
    OfferState {
        Held = "held",
        Accepted = "accepted",
        Declined = "declined",
        Expired = "expired",
        Withdrawn = "withdrawn",
    }
}

/// A proposed time, as far as its rules need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferedTime {
    /// Which one.
    pub id: OfferId,
    /// What became of it.
    pub state: OfferState,
    /// From this instant on it counts as absent, whether swept away yet or not.
    pub expires_at: DateTime<Utc>,
}

/// The proposed time is no longer kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the proposed time is no longer kept")]
pub struct NoLongerKept;

/// Why times cannot be proposed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TimesError {
    /// None, or more than five.
    #[error("one to five times are proposed together")]
    Number,
    /// Two of them overlap.
    #[error("the proposed times overlap")]
    Overlap {
        /// The later one in the list.
        which: usize,
    },
    /// Kept for less than an hour or more than three days.
    #[error("a time is kept for 1 to 72 hours")]
    Hours,
}

impl OfferedTime {
    /// A time that is proposed now and kept for so many hours, at most until it starts.
    #[must_use]
    pub fn held(id: OfferId, starts_at: DateTime<Utc>, hours: u16, now: DateTime<Utc>) -> Self {
        Self {
            id,
            state: OfferState::Held,
            expires_at: starts_at.min(now + TimeDelta::hours(i64::from(hours))),
        }
    }

    /// Whether it is still kept.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.state == OfferState::Held && now < self.expires_at
    }

    /// Takes it.
    ///
    /// # Errors
    /// It is no longer kept.
    pub fn accepted(self, now: DateTime<Utc>) -> Result<Self, NoLongerKept> {
        if self.is_live(now) {
            Ok(Self {
                state: OfferState::Accepted,
                ..self
            })
        } else {
            Err(NoLongerKept)
        }
    }
}

/// Checks times that are to be proposed together, each as long as the person needs it.
///
/// # Errors
/// The rule against it.
pub fn check_times(times: &[Stretch], hours: u16) -> Result<(), TimesError> {
    if !HOURS.contains(&hours) {
        return Err(TimesError::Hours);
    }
    if !(1..=MOST_TIMES).contains(&times.len()) {
        return Err(TimesError::Number);
    }
    for (which, time) in times.iter().enumerate() {
        if times.iter().take(which).any(|other| other.overlaps(*time)) {
            return Err(TimesError::Overlap { which });
        }
    }
    Ok(())
}
