//! The status of a person, derived and never stored.

use super::accommodation::{Accommodation, DayEffect};
use super::catalogue::RestrictionType;
use super::interval::Interval;
use super::restriction::Limitation;
use crate::ids::RestrictionId;
use crate::time::{day_end, day_start, local_date};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What a person may do, from the least to the most limiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkStatus {
    /// Everything.
    FullDuty,
    /// Work with limits.
    Restricted,
    /// No work.
    OffWork,
    /// The employment has ended.
    NotEmployed,
}

impl WorkStatus {
    /// The code sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::FullDuty => "full_duty",
            Self::Restricted => "restricted",
            Self::OffWork => "off_work",
            Self::NotEmployed => "not_employed",
        }
    }
}

/// The status of a local date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayStatus {
    /// The most limiting status at any instant of the date.
    pub status: WorkStatus,
    /// It changes within the date.
    pub part_day: bool,
}

/// What the status of one person is computed from.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The zone of the person's primary work location.
    pub zone: Tz,
    /// Restrictions that count, whatever their phase.
    pub limitations: Vec<Limitation>,
    /// Accommodations, whatever their phase.
    pub accommodations: Vec<Accommodation>,
    /// The last day of the employment, if it has one.
    pub employed_until: Option<NaiveDate>,
}

impl Facts {
    /// Restrictions a supervisor may know of.
    pub fn visible(&self) -> impl Iterator<Item = &Limitation> {
        self.limitations
            .iter()
            .filter(|limitation| limitation.terms.affects_work)
    }

    /// Which of them are active at an instant.
    #[must_use]
    pub fn visible_at(&self, instant: DateTime<Utc>) -> Vec<RestrictionId> {
        let mut ids: Vec<_> = self
            .visible()
            .filter(|limitation| limitation.terms.interval.contains(instant))
            .map(|limitation| limitation.id)
            .collect();
        ids.sort_unstable();
        ids
    }

    fn intervals(&self) -> impl Iterator<Item = &Interval> {
        self.visible()
            .map(|limitation| &limitation.terms.interval)
            .chain(self.accommodations.iter().map(|item| &item.interval))
    }

    /// Every instant at which something visible starts or ends, in order.
    #[must_use]
    pub fn turning_points(&self) -> Vec<DateTime<Utc>> {
        let mut points: Vec<_> = self
            .intervals()
            .flat_map(|interval| [Some(interval.starts), interval.end.instant()])
            .flatten()
            .chain(self.employed_until.map(|date| day_end(date, self.zone)))
            .collect();
        points.sort_unstable();
        points.dedup();
        points
    }
}

/// The status at an instant. Personal restrictions never count: a supervisor could otherwise
/// conclude from the status what they may not read.
#[must_use]
pub fn status_at(facts: &Facts, instant: DateTime<Utc>) -> WorkStatus {
    if facts
        .employed_until
        .is_some_and(|last| local_date(instant, facts.zone) > last)
    {
        return WorkStatus::NotEmployed;
    }
    let restrictions = facts
        .visible()
        .filter(|limitation| limitation.terms.interval.contains(instant))
        .map(|limitation| match limitation.terms.kind {
            RestrictionType::NoWork => WorkStatus::OffWork,
            _ => WorkStatus::Restricted,
        });
    let accommodations = facts
        .accommodations
        .iter()
        .filter(|item| item.interval.contains(instant))
        .map(|item| match item.effect {
            DayEffect::Away => WorkStatus::OffWork,
            DayEffect::Restricted => WorkStatus::Restricted,
        });
    restrictions
        .chain(accommodations)
        .max()
        .unwrap_or(WorkStatus::FullDuty)
}

/// The status of a local date in the person's zone: the most limiting one at any of its instants.
#[must_use]
pub fn status_on(facts: &Facts, date: NaiveDate) -> DayStatus {
    let (from, to) = (day_start(date, facts.zone), day_end(date, facts.zone));
    let first = status_at(facts, from);
    let mut day = DayStatus {
        status: first,
        part_day: false,
    };
    for point in facts.turning_points() {
        if point > from && point < to {
            let status = status_at(facts, point);
            day.part_day |= status != first;
            day.status = day.status.max(status);
        }
    }
    day
}

/// Calendar days of the current spell of whole days off, the date itself included; 0 when the date
/// is not wholly off.
#[must_use]
pub fn lost_time_days(facts: &Facts, on: NaiveDate) -> u32 {
    let wholly_off = |date: &NaiveDate| {
        let day = status_on(facts, *date);
        day.status == WorkStatus::OffWork && !day.part_day
    };
    let spell = std::iter::successors(Some(on), |date| date.pred_opt())
        .take_while(wholly_off)
        .count();
    u32::try_from(spell).unwrap_or(u32::MAX)
}
