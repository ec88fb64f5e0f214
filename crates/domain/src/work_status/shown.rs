//! Who gets what: the supervisor's and the employee's view are values of their own, so that a
//! field one of them may not have cannot slip in.

use super::accommodation::{AccommodationType, DayEffect};
use super::interval::{Interval, Phase};
use super::release::{Release, release_at};
use super::restriction::{Limitation, Restriction};
use super::sentence::Phrase;
use super::status::{DayStatus, Facts, WorkStatus, status_at, status_on};
use crate::ids::RestrictionId;
use crate::private::Private;
use crate::time::local_date;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A restriction as a supervisor may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedRestriction {
    /// Which restriction.
    pub id: RestrictionId,
    /// What it says, one sentence each.
    pub sentences: Vec<Phrase>,
    /// From when, until when.
    pub interval: Interval,
    /// Planned or active.
    pub phase: Phase,
    /// The shared comment.
    pub comment: Option<Private<String>>,
}

impl SharedRestriction {
    /// None for a personal restriction.
    #[must_use]
    pub fn of(limitation: &Limitation, now: DateTime<Utc>) -> Option<Self> {
        let terms = &limitation.terms;
        terms.affects_work.then(|| Self {
            id: limitation.id,
            sentences: terms.sentences(),
            interval: terms.interval,
            phase: terms.interval.phase(now),
            comment: terms.comment.clone(),
        })
    }
}

/// An accommodation as a supervisor may know it: only one with work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedAccommodation {
    /// Which accommodation.
    pub id: Uuid,
    /// Its type.
    pub kind: AccommodationType,
    /// The shared details.
    pub details: Option<Private<String>>,
    /// From when, until when.
    pub interval: Interval,
}

/// Everything about a person's work status that their supervisor gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedWorkStatus {
    /// The local date it is about.
    pub on: NaiveDate,
    /// The status now, or the most limiting one of another date.
    pub status: WorkStatus,
    /// It changes within the date.
    pub part_day: bool,
    /// Since when, until when.
    pub release: Release,
    /// Restrictions that affect work and have not ended, by start.
    pub restrictions: Vec<SharedRestriction>,
    /// Accommodations with work that have not ended, by start.
    pub accommodations: Vec<SharedAccommodation>,
}

impl SharedWorkStatus {
    /// The view at an instant.
    #[must_use]
    pub fn now(facts: &Facts, now: DateTime<Utc>) -> Self {
        let on = local_date(now, facts.zone);
        let day = status_on(facts, on);
        Self::at(facts, on, now, status_at(facts, now), day)
    }

    /// The view of a local date: what the most limiting status of that date is.
    #[must_use]
    pub fn on(facts: &Facts, date: NaiveDate, now: DateTime<Utc>) -> Self {
        if date == local_date(now, facts.zone) {
            return Self::now(facts, now);
        }
        let day = status_on(facts, date);
        let from = crate::time::day_start(date, facts.zone);
        let to = crate::time::day_end(date, facts.zone);
        // The sentence is that of the most limiting stretch of the date.
        let instant = std::iter::once(from)
            .chain(facts.turning_points())
            .filter(|point| (from..to).contains(point))
            .find(|point| status_at(facts, *point) == day.status)
            .unwrap_or(from);
        Self::at(facts, date, instant, day.status, day)
    }

    fn at(
        facts: &Facts,
        on: NaiveDate,
        instant: DateTime<Utc>,
        status: WorkStatus,
        day: DayStatus,
    ) -> Self {
        let mut restrictions: Vec<_> = facts
            .visible()
            .filter_map(|limitation| SharedRestriction::of(limitation, instant))
            .filter(|restriction| restriction.phase != Phase::Ended)
            .collect();
        restrictions.sort_by_key(|restriction| (restriction.interval.starts, restriction.id));
        let mut accommodations: Vec<_> = facts
            .accommodations
            .iter()
            .filter(|item| item.effect == DayEffect::Restricted)
            .filter(|item| item.interval.phase(instant) != Phase::Ended)
            .filter_map(|item| {
                Some(SharedAccommodation {
                    id: item.id,
                    kind: item.kind?,
                    details: item.details.clone(),
                    interval: item.interval,
                })
            })
            .collect();
        accommodations.sort_by_key(|item| (item.interval.starts, item.id));
        Self {
            on,
            status,
            part_day: day.part_day,
            release: release_at(facts, instant),
            restrictions,
            accommodations,
        }
    }

    /// How many restrictions are active.
    #[must_use]
    pub fn active(&self) -> usize {
        self.restrictions
            .iter()
            .filter(|restriction| restriction.phase == Phase::Active)
            .count()
    }
}

/// A restriction as the person it is about may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployeeRestriction {
    /// Which restriction.
    pub id: RestrictionId,
    /// What it says, one sentence each.
    pub sentences: Vec<Phrase>,
    /// From when, until when.
    pub interval: Interval,
    /// Planned or active.
    pub phase: Phase,
    /// The shared comment.
    pub comment: Option<Private<String>>,
    /// Personal: the supervisor does not see it.
    pub personal: bool,
    /// What it is about, when the clinician released it.
    pub reason: Option<Private<String>>,
    /// Who ordered it.
    pub provider: Option<super::Provider>,
}

/// Everything about a person's work status that they get themselves: what the supervisor gets, and
/// more about the restrictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployeeWorkStatus {
    /// What the supervisor sees.
    pub shared: SharedWorkStatus,
    /// All restrictions that have not ended, personal ones too, by start.
    pub restrictions: Vec<EmployeeRestriction>,
    /// All accommodations that have not ended, by start.
    pub accommodations: Vec<super::Accommodation>,
}

impl EmployeeWorkStatus {
    /// The view of a local date; none is today.
    #[must_use]
    pub fn on(
        facts: &Facts,
        restrictions: &[Restriction],
        date: Option<NaiveDate>,
        now: DateTime<Utc>,
    ) -> Self {
        let shared = match date {
            Some(date) => SharedWorkStatus::on(facts, date, now),
            None => SharedWorkStatus::now(facts, now),
        };
        let instant = if shared.on == local_date(now, facts.zone) {
            now
        } else {
            crate::time::day_start(shared.on, facts.zone)
        };
        let mut own: Vec<_> = restrictions
            .iter()
            .filter(|restriction| restriction.limitation().is_some())
            .filter(|restriction| restriction.phase(instant) != Phase::Ended)
            .map(|restriction| EmployeeRestriction {
                id: restriction.id,
                sentences: restriction.terms.sentences(),
                interval: restriction.terms.interval,
                phase: restriction.phase(instant),
                comment: restriction.terms.comment.clone(),
                personal: !restriction.terms.affects_work,
                reason: restriction
                    .clinical
                    .problem
                    .clone()
                    .filter(|_| restriction.clinical.reason_released),
                provider: restriction.clinical.provider.clone(),
            })
            .collect();
        own.sort_by_key(|restriction| (restriction.interval.starts, restriction.id));
        let mut accommodations: Vec<_> = facts
            .accommodations
            .iter()
            .filter(|item| item.interval.phase(instant) != Phase::Ended)
            .cloned()
            .collect();
        accommodations.sort_by_key(|item| (item.interval.starts, item.id));
        Self {
            shared,
            restrictions: own,
            accommodations,
        }
    }
}
