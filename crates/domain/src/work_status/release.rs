//! "Released to modified duty from A to B": what the status sentence is made of.

use super::status::{Facts, WorkStatus, status_at};
use chrono::{DateTime, Duration, Utc};

/// How long the end of a restriction is still worth a date in the sentence.
const RECENT_DAYS: i64 = 90;

/// The parts of the release sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The status at the instant asked for.
    pub status: WorkStatus,
    /// Since when; for full duty only when a restriction ended in the last 90 days.
    pub from: Option<DateTime<Utc>>,
    /// The next instant at which the status or the set of visible restrictions changes; none means
    /// until further notice.
    pub until: Option<DateTime<Utc>>,
}

/// The release at an instant.
#[must_use]
pub fn release_at(facts: &Facts, instant: DateTime<Utc>) -> Release {
    let picture = |at| (status_at(facts, at), facts.visible_at(at));
    let now = picture(instant);
    let points = facts.turning_points();
    let until = points
        .iter()
        .copied()
        .filter(|point| *point > instant)
        .find(|point| picture(*point) != now);
    // The stretch began where, going back, the picture was last another one.
    let began = points
        .iter()
        .rev()
        .copied()
        .filter(|point| *point <= instant)
        .find(|point| picture(*point - Duration::microseconds(1)) != now);
    let status = now.0;
    let recent = |from: &DateTime<Utc>| *from > instant - Duration::days(RECENT_DAYS);
    let from = match status {
        WorkStatus::FullDuty => began.filter(recent),
        _ => began,
    };
    Release {
        status,
        from,
        until,
    }
}
