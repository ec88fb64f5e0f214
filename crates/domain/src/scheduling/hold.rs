//! A time kept for somebody for a few minutes.

use crate::ids::HoldId;
use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

/// How many holds one account may take within an hour.
pub const HOLDS_PER_HOUR: usize = 10;

/// A kept time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Which one.
    pub id: HoldId,
    /// From this instant on it counts as absent, whether swept away yet or not.
    pub expires_at: DateTime<Utc>,
    /// Whether its one extension is used up.
    pub extended: bool,
}

/// Why a hold cannot be taken, extended or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum HoldError {
    /// It has run out.
    #[error("the hold has run out")]
    Expired,
    /// It was extended before.
    #[error("the hold was extended before")]
    Extended,
    /// Too many within an hour.
    #[error("too many holds within an hour")]
    Limit {
        /// When the next one may be taken.
        again_at: DateTime<Utc>,
    },
}

impl Hold {
    /// A new hold for so many minutes.
    #[must_use]
    pub fn taken(id: HoldId, minutes: u16, now: DateTime<Utc>) -> Self {
        Self {
            id,
            expires_at: now + TimeDelta::minutes(i64::from(minutes)),
            extended: false,
        }
    }

    /// Whether it still keeps the time.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        now < self.expires_at
    }

    /// For how many seconds it still keeps the time.
    #[must_use]
    pub fn seconds_left(&self, now: DateTime<Utc>) -> u32 {
        u32::try_from((self.expires_at - now).num_seconds()).unwrap_or_default()
    }

    /// Makes sure that it still keeps the time.
    ///
    /// # Errors
    /// It has run out.
    pub fn live(self, now: DateTime<Utc>) -> Result<Self, HoldError> {
        if self.is_live(now) {
            Ok(self)
        } else {
            Err(HoldError::Expired)
        }
    }

    /// Adds the same length once.
    ///
    /// # Errors
    /// It has run out, or was extended before.
    pub fn extended(self, minutes: u16, now: DateTime<Utc>) -> Result<Self, HoldError> {
        let hold = self.live(now)?;
        if hold.extended {
            return Err(HoldError::Extended);
        }
        Ok(Self {
            expires_at: hold.expires_at + TimeDelta::minutes(i64::from(minutes)),
            extended: true,
            ..hold
        })
    }
}

/// Whether an account may take another hold, given when it took the last ones.
///
/// # Errors
/// As many as allowed were taken within the last hour.
pub fn may_take(taken_at: &[DateTime<Utc>], now: DateTime<Utc>) -> Result<(), HoldError> {
    let hour = TimeDelta::hours(1);
    let mut recent: Vec<_> = taken_at.iter().filter(|at| **at + hour > now).collect();
    recent.sort_unstable();
    match recent.len().checked_sub(HOLDS_PER_HOUR) {
        None => Ok(()),
        Some(beyond) => Err(HoldError::Limit {
            again_at: recent.get(beyond).map_or(now, |at| **at + hour),
        }),
    }
}
