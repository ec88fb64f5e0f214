//! Limits that keep a broken export from ending half a plant.

use super::plan::Counts;
use serde::{Deserialize, Serialize};

/// A count may not exceed the greater of a floor and a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Always allowed.
    pub floor: u32,
    /// Percent of the base.
    pub percent: u32,
}

impl Limit {
    /// Whether a count lies beyond the limit.
    #[must_use]
    pub fn is_exceeded_by(self, count: u32, base: u32) -> bool {
        let beyond_share = u64::from(count) * 100 > u64::from(self.percent) * u64::from(base);
        count > self.floor && beyond_share
    }

    /// The limit in hundredths, for showing (`39.14`).
    #[must_use]
    pub fn hundredths(self, base: u32) -> u64 {
        (u64::from(self.floor) * 100).max(u64::from(self.percent) * u64::from(base))
    }
}

/// What is counted against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Employments that end.
    Ended,
    /// Active people who lose their last supervisor.
    LostSupervisor,
    /// Active people who get another supervisor.
    SupervisorChanged,
    /// New people.
    Added,
    /// Rows in error.
    Errors,
}

impl Measure {
    /// The word of answers and messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::LostSupervisor => "lost_supervisor",
            Self::SupervisorChanged => "supervisor_changed",
            Self::Added => "added",
            Self::Errors => "errors",
        }
    }
}

/// The limits of a profile. Shares are of the active employments before the run, that of `errors`
/// of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Employments that end.
    pub ended: Limit,
    /// Active people who lose their last supervisor.
    pub lost_supervisor: Limit,
    /// Active people who get another supervisor.
    pub supervisor_changed: Limit,
    /// New people.
    pub added: Limit,
    /// Rows in error.
    pub errors: Limit,
}

impl Default for Thresholds {
    fn default() -> Self {
        let limit = |floor, percent| Limit { floor, percent };
        Self {
            ended: limit(5, 2),
            lost_supervisor: limit(5, 2),
            supervisor_changed: limit(20, 10),
            added: limit(50, 20),
            errors: limit(10, 5),
        }
    }
}

/// A limit that a run would cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossed {
    /// What was counted.
    pub measure: Measure,
    /// How many.
    pub count: u32,
    /// The limit, in hundredths.
    pub limit_hundredths: u64,
}

impl Thresholds {
    /// The limits a run crosses. On the first run of a profile everybody is new, so `added` is not
    /// measured: such a run waits anyway.
    #[must_use]
    pub fn crossed(&self, counts: &Counts, first_run: bool) -> Vec<Crossed> {
        let active = counts.active_before;
        [
            (Measure::Ended, self.ended, counts.ended, active),
            (
                Measure::LostSupervisor,
                self.lost_supervisor,
                counts.lost_supervisor,
                active,
            ),
            (
                Measure::SupervisorChanged,
                self.supervisor_changed,
                counts.supervisor_changed,
                active,
            ),
            (Measure::Added, self.added, counts.added, active),
            (Measure::Errors, self.errors, counts.errors, counts.rows),
        ]
        .into_iter()
        .filter(|(measure, ..)| !(first_run && *measure == Measure::Added))
        .filter(|(_, limit, count, base)| limit.is_exceeded_by(*count, *base))
        .map(|(measure, limit, count, base)| Crossed {
            measure,
            count,
            limit_hundredths: limit.hundredths(base),
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_1000_active_20_may_end_and_21_may_not() {
        let limit = Thresholds::default().ended;
        assert!(!limit.is_exceeded_by(20, 1000));
        assert!(limit.is_exceeded_by(21, 1000));
    }

    #[test]
    fn of_100_active_5_may_end_and_6_may_not() {
        let limit = Thresholds::default().ended;
        assert!(!limit.is_exceeded_by(5, 100));
        assert!(limit.is_exceeded_by(6, 100));
    }

    #[test]
    fn two_percent_of_1957_is_39_14() {
        assert_eq!(Thresholds::default().ended.hundredths(1957), 3914);
    }
}
