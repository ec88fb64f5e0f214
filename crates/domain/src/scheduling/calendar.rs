//! What is taken already.

use super::{After, Modality, Region, ResourceKind, Schedule, Stretch, Times};
use crate::ids::{AppointmentId, AppointmentTypeId, HoldId, LocationId, ResourceId, ScheduleId};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// A provider, a room or a piece of equipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Which one.
    pub id: ResourceId,
    /// What it is.
    pub kind: ResourceKind,
    /// What it can do.
    pub skills: Vec<String>,
    /// Where it belongs; gives the wall-clock of its blackouts.
    pub home_location: LocationId,
    /// Where people may be whom it sees online; anywhere when empty.
    pub regions: Vec<Region>,
}

impl Resource {
    /// Whether it can see somebody who will be there; in person everybody.
    #[must_use]
    pub fn reaches(&self, modality: Modality, region: Option<&Region>) -> bool {
        let covered = |region: &Region| self.regions.iter().any(|own| own.covers(region));
        modality == Modality::InPerson || self.regions.is_empty() || region.is_some_and(covered)
    }
}

/// A live claim on a resource: a stretch of one of its lanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is taken, buffers included.
    pub stretch: Stretch,
    /// 1 to the capacity for regular ones, from 101 for those staff forced.
    pub lane: u16,
    /// The visit it belongs to.
    pub appointment_id: Option<AppointmentId>,
    /// The hold it belongs to.
    pub hold_id: Option<HoldId>,
    /// The schedule it was taken from, for its daily cap.
    pub schedule_id: Option<ScheduleId>,
    /// The local date of the visit, for the daily cap.
    pub local_date: NaiveDate,
}

/// A resource with all that decides whether it is free.
#[derive(Clone, Debug)]
pub struct ResourceCalendar {
    /// Whose calendar.
    pub resource: Resource,
    /// Its schedules at the location that is searched.
    pub schedules: Vec<Schedule>,
    /// What its own blackouts, its location's and the organization's block.
    pub blocked: Vec<(Stretch, Option<Modality>)>,
    /// Its live claims.
    pub claims: Vec<Claim>,
}

/// A person's own time and what limits it.
#[derive(Clone, Debug, Default)]
pub struct PersonCalendar {
    /// Where the person already is, with the visit that says so.
    pub busy: Vec<(Stretch, AppointmentId)>,
    /// The person's visits that were not cancelled: type, local date.
    pub visits: Vec<(AppointmentTypeId, NaiveDate)>,
    /// How many visits lie ahead.
    pub open: u16,
    /// When visits end that others may have to follow: type, end. Who did not come had none.
    pub ends: Vec<(AppointmentTypeId, DateTime<Utc>)>,
}

/// The first lane of the overrides.
pub const FIRST_OVERRIDE_LANE: u16 = 101;

impl ResourceCalendar {
    /// The lowest regular lane in which a stretch is free; `moving` is a visit whose own claims do
    /// not count and whose own lane comes first, so that it takes no second one meanwhile.
    #[must_use]
    pub fn free_lane(
        &self,
        stretch: Stretch,
        capacity: u8,
        moving: Option<AppointmentId>,
    ) -> Option<u16> {
        let regular = 1..=u16::from(capacity);
        let own = self
            .claims
            .iter()
            .filter(|claim| moving.is_some() && claim.appointment_id == moving)
            .map(|claim| claim.lane)
            .filter(|lane| regular.contains(lane));
        self.first_free(stretch, own.chain(regular.clone()), moving)
    }

    /// The lowest lane beyond the capacity that staff may force.
    #[must_use]
    pub fn override_lane(
        &self,
        stretch: Stretch,
        overbook: u8,
        moving: Option<AppointmentId>,
    ) -> Option<u16> {
        let lanes = FIRST_OVERRIDE_LANE..FIRST_OVERRIDE_LANE + u16::from(overbook);
        self.first_free(stretch, lanes, moving)
    }

    fn first_free(
        &self,
        stretch: Stretch,
        mut lanes: impl Iterator<Item = u16>,
        moving: Option<AppointmentId>,
    ) -> Option<u16> {
        lanes.find(|lane| {
            !self.claims.iter().any(|claim| {
                claim.lane == *lane
                    && claim.stretch.overlaps(stretch)
                    && (moving.is_none() || claim.appointment_id != moving)
            })
        })
    }

    /// Whether a blackout touches a stretch.
    #[must_use]
    pub fn is_blocked(&self, stretch: Stretch, modality: Modality) -> bool {
        self.blocked.iter().any(|(blocked, only)| {
            only.is_none_or(|only| only == modality) && blocked.overlaps(stretch)
        })
    }

    /// Whether the schedule's daily cap leaves room on a local date.
    #[must_use]
    pub fn is_under_cap(
        &self,
        schedule: &Schedule,
        date: NaiveDate,
        moving: Option<AppointmentId>,
    ) -> bool {
        schedule.daily_cap.is_none_or(|cap| {
            let taken = self
                .claims
                .iter()
                .filter(|claim| {
                    claim.schedule_id == Some(schedule.id)
                        && claim.local_date == date
                        && (moving.is_none() || claim.appointment_id != moving)
                })
                .count();
            taken < usize::from(cap)
        })
    }

    /// How much of a local day is claimed, so that work is spread evenly.
    #[must_use]
    pub fn claimed_on(&self, date: NaiveDate) -> TimeDelta {
        self.claims
            .iter()
            .filter(|claim| claim.local_date == date)
            .map(|claim| claim.stretch.length())
            .sum()
    }
}

impl PersonCalendar {
    /// Whether the person has nothing else at that time; `moving` is a visit that does not count.
    #[must_use]
    pub fn is_free(
        &self,
        start: DateTime<Utc>,
        times: Times,
        moving: Option<AppointmentId>,
    ) -> bool {
        self.is_free_for(times.of_person(start), moving)
    }

    /// Whether the person has nothing else in a stretch of time.
    #[must_use]
    pub fn is_free_for(&self, wanted: Stretch, moving: Option<AppointmentId>) -> bool {
        !self
            .busy
            .iter()
            .any(|(taken, visit)| Some(*visit) != moving && taken.overlaps(wanted))
    }

    /// Whether a visit may start then, given what it follows: where the person has such a visit that can
    /// still be followed, within the hours after it; else at any time.
    #[must_use]
    pub fn may_follow(&self, after: After, start: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let earlier = self.ends.iter().filter(|(kind, _)| *kind == after.kind);
        let mut open = earlier
            .map(|(_, end)| *end)
            .filter(|end| after.is_open(*end, now))
            .peekable();
        open.peek().is_none() || open.any(|end| after.allows(end, start))
    }

    /// How many visits of a type the person has on a local date.
    #[must_use]
    pub fn visits_on(&self, appointment_type: AppointmentTypeId, date: NaiveDate) -> usize {
        self.visits
            .iter()
            .filter(|visit| **visit == (appointment_type, date))
            .count()
    }
}
