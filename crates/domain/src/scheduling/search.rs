//! Finding times that are free.

use super::offered::Offer;
use super::schedule::Start;
use super::{
    Modality, NotOffered, Override, Overrides, Region, ResourceCalendar, Schedule, Stretch, Times,
};
use crate::ids::{AppointmentId, LocationId, ResourceId, ScheduleId};
use crate::time;
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use thiserror::Error;

/// The most days one search may span.
pub const WIDEST_SEARCH: u16 = 31;

/// A location that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which one.
    pub location_id: LocationId,
    /// Its zone.
    pub zone: Tz,
}

/// A search at one location, for one type, one modality and one person.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// What is wanted, by whom and for whom.
    pub offer: Offer<'a>,
    /// Where.
    pub place: Place,
    /// How.
    pub modality: Modality,
    /// Where the person will be, if it is online.
    pub region: Option<&'a Region>,
    /// The calendars of every resource that could be needed there.
    pub calendars: &'a [ResourceCalendar],
    /// The provider the person asked for.
    pub wanted: Option<ResourceId>,
    /// The visit that is moved: its own claims do not stand in its way.
    pub moving: Option<AppointmentId>,
}

/// A time that is free, with what would be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When the resources are done.
    pub ends_at: DateTime<Utc>,
    /// The end the person is told.
    pub shown_ends_at: DateTime<Utc>,
    /// The date at the location.
    pub local_date: NaiveDate,
    /// Where.
    pub place: Place,
    /// How.
    pub modality: Modality,
    /// What would be taken; the first one leads.
    pub resources: Vec<Assigned>,
    /// The leading schedule's priority.
    pub priority: u8,
}

/// A resource of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Which one.
    pub resource_id: ResourceId,
    /// In which of its lanes.
    pub lane: u16,
    /// Out of which schedule; of none outside the hours.
    pub schedule_id: Option<ScheduleId>,
    /// What is taken, buffers included.
    pub claimed: Stretch,
}

impl Slot {
    /// What is taken of the person: the longer of the two lengths.
    #[must_use]
    pub fn of_person(&self) -> Stretch {
        Stretch {
            from: self.starts_at,
            until: self.ends_at.max(self.shown_ends_at),
        }
    }

    /// The same slot with only what a visit's own claims do not cover: what a hold for moving that
    /// visit takes.
    #[must_use]
    pub fn beyond(&self, own: &[(ResourceId, u16, Stretch)]) -> Self {
        let uncovered = |assigned: &Assigned| {
            let covered: Vec<Stretch> = own
                .iter()
                .filter(|(id, lane, _)| *id == assigned.resource_id && *lane == assigned.lane)
                .map(|(_, _, stretch)| *stretch)
                .collect();
            let assigned = *assigned;
            assigned
                .claimed
                .without(&covered)
                .into_iter()
                .map(move |claimed| Assigned {
                    claimed,
                    ..assigned
                })
        };
        Self {
            resources: self.resources.iter().flat_map(uncovered).collect(),
            ..self.clone()
        }
    }
}

/// Why a start cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// It is no start that is offered to this person.
    #[error("this time is not offered")]
    NotOffered(NotOffered),
    /// No schedule has such a start.
    #[error("no schedule has this start")]
    NoCandidate,
    /// Nobody who works then may see people where the person will be.
    #[error("nobody who works then may see people there")]
    RegionNotCovered,
    /// Somebody else has it.
    #[error("the time is taken")]
    Taken,
    /// The person is elsewhere at that time.
    #[error("the person has another visit at that time")]
    PersonBusy,
}

/// Why a search cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SearchError {
    /// More than 31 days, or the end before the beginning.
    #[error("a search spans at most 31 days")]
    TooWide,
}

/// Checks the dates of a search.
///
/// # Errors
/// The last date is before the first, or more than 31 days are asked for.
pub fn check_span(from: NaiveDate, to: NaiveDate) -> Result<(), SearchError> {
    let days = (to - from).num_days() + 1;
    if (1..=i64::from(WIDEST_SEARCH)).contains(&days) {
        Ok(())
    } else {
        Err(SearchError::TooWide)
    }
}

/// One schedule of one resource with its working time laid out.
struct Lead<'a> {
    calendar: &'a ResourceCalendar,
    open: Vec<(&'a Schedule, Vec<Stretch>)>,
}

impl<'a> Search<'a> {
    /// Every free time on the local dates `from` to `to`, one for each leading resource, ordered
    /// by start, then priority, then resource.
    #[must_use]
    pub fn slots(&self, from: NaiveDate, to: NaiveDate) -> Vec<Slot> {
        if !self.is_possible() {
            return Vec::new();
        }
        let laid_out = self.lay_out(from, to, Overrides::NONE);
        let mut slots = Vec::new();
        let today = time::local_date(self.offer.now, self.place.zone);
        for start in self.starts(&laid_out, from, to, Overrides::NONE) {
            if self.offer.check_on(start, today).is_ok() {
                let found = self.at(start, &laid_out, Overrides::NONE);
                slots.extend(found.into_iter().filter(|slot| self.person_is_free(slot)));
            }
        }
        slots.sort_by_key(|slot| {
            let lead = slot.resources.first().map(|assigned| assigned.resource_id);
            (slot.starts_at, Reverse(slot.priority), lead)
        });
        slots
    }

    /// The free times with the provider chosen: one for each start.
    #[must_use]
    pub fn first_available(&self, from: NaiveDate, to: NaiveDate) -> Vec<Slot> {
        let mut answer: Vec<Slot> = Vec::new();
        for slot in self.slots(from, to) {
            match answer.last_mut() {
                Some(last) if last.starts_at == slot.starts_at => {
                    if self.rank(&slot) < self.rank(last) {
                        *last = slot;
                    }
                }
                _ => answer.push(slot),
            }
        }
        answer
    }

    /// The ways to take one start, the best first: fewest claimed minutes that day, then the
    /// higher priority, then the lowest id.
    ///
    /// # Errors
    /// Why it cannot be taken. A start somebody else holds is told apart from one that never was
    /// offered.
    pub fn take(&self, start: DateTime<Utc>) -> Result<Vec<Slot>, Refused> {
        let start = self.asked(start)?;
        let date = start.date();
        let laid_out = self.lay_out(date, date, Overrides::NONE);
        let is_start = |aside| self.starts(&laid_out, date, date, aside).contains(&start);
        if !is_start(Overrides::NONE) {
            return Err(match is_start(Overrides::NONE.with(Override::Region)) {
                true => Refused::RegionNotCovered,
                false => Refused::NoCandidate,
            });
        }
        self.ways(start, &laid_out, Overrides::NONE)
            .ok_or_else(|| self.why_none(start))
    }

    /// The ways for staff to take a start with as few rules set aside as can be, and which ones; the
    /// best way first. A person is never at two places, whatever is set aside.
    ///
    /// # Errors
    /// Why it cannot be taken at all.
    pub fn force(&self, start: DateTime<Utc>) -> Result<(Overrides, Vec<Slot>), Refused> {
        let mut fewest = Overrides::of_calendars(self.modality).into_iter();
        self.forced(start, |search, start| {
            fewest.find_map(|aside| Some((aside, search(start, aside)?)))
        })
    }

    /// The ways to take a start with just these rules set aside, the best first.
    ///
    /// # Errors
    /// Why it cannot be taken so.
    pub fn take_with(&self, start: DateTime<Utc>, aside: Overrides) -> Result<Vec<Slot>, Refused> {
        self.forced(start, |search, start| search(start, aside))
    }

    /// The visits that already have some of a slot's time.
    #[must_use]
    pub fn beside(&self, slot: &Slot) -> Vec<AppointmentId> {
        let mut visits = BTreeSet::new();
        for Assigned {
            resource_id,
            claimed,
            ..
        } in slot.resources.iter().copied()
        {
            let own = |calendar: &&ResourceCalendar| calendar.resource.id == resource_id;
            let calendars = self.calendars.iter().filter(own);
            let claims = calendars.flat_map(|calendar| &calendar.claims);
            let with = claims.filter(|claim| claim.stretch.overlaps(claimed));
            visits.extend(with.filter_map(|claim| claim.appointment_id));
        }
        visits.retain(|visit| Some(*visit) != self.moving);
        visits.into_iter().collect()
    }

    fn forced<T>(
        &self,
        start: DateTime<Utc>,
        find: impl FnOnce(&dyn Fn(Start, Overrides) -> Option<Vec<Slot>>, Start) -> Option<T>,
    ) -> Result<T, Refused> {
        let start = self.asked(start)?;
        let date = start.date();
        let search = |start, aside| self.ways(start, &self.lay_out(date, date, aside), aside);
        find(&search, start).ok_or_else(|| self.why_none(start))
    }

    /// Why there is no way to take a start: the person is elsewhere, whoever leads, or it is taken.
    fn why_none(&self, start: Start) -> Refused {
        let mut leads = self
            .calendars
            .iter()
            .filter(|calendar| self.can_lead(calendar, Overrides::NONE))
            .map(|calendar| self.times(calendar.resource.id))
            .peekable();
        let is_free = |times| self.offer.person.is_free(start.at, times, self.moving);
        let free = match leads.peek() {
            Some(_) => leads.any(is_free),
            None => is_free(self.offer.appointment_type.times),
        };
        if free {
            Refused::Taken
        } else {
            Refused::PersonBusy
        }
    }

    /// A start that may be asked for, whether it is free or not.
    fn asked(&self, start: DateTime<Utc>) -> Result<Start, Refused> {
        self.offer
            .check(start, self.place.zone)
            .map_err(Refused::NotOffered)?;
        let whole_minute = start.timestamp() % 60 == 0 && start.timestamp_subsec_nanos() == 0;
        if self.is_possible() && whole_minute {
            Ok(Start::at(start, self.place.zone))
        } else {
            Err(Refused::NoCandidate)
        }
    }

    /// The ways to take a start, the best first; none when there is no way. A person is never at two
    /// places.
    fn ways(&self, start: Start, laid_out: &[Lead], aside: Overrides) -> Option<Vec<Slot>> {
        let mut slots = self.at(start, laid_out, aside);
        slots.retain(|slot| self.person_is_free(slot));
        slots.sort_by_key(|slot| self.rank(slot));
        (!slots.is_empty()).then_some(slots)
    }

    fn is_possible(&self) -> bool {
        let wanted = self.offer.appointment_type;
        wanted.active
            && wanted.modalities.contains(&self.modality)
            && wanted.locations.contains(&self.place.location_id)
            && !wanted.needs.is_empty()
    }

    fn person_is_free(&self, slot: &Slot) -> bool {
        self.offer.person.is_free_for(slot.of_person(), self.moving)
    }

    /// The times of a visit that a resource leads here.
    fn times(&self, lead: ResourceId) -> Times {
        let wanted = self.offer.appointment_type;
        wanted.times_with(lead, self.place.location_id)
    }

    fn rank(&self, slot: &Slot) -> (chrono::TimeDelta, Reverse<u8>, Option<ResourceId>) {
        let lead = slot.resources.first().map(|assigned| assigned.resource_id);
        let claimed = self
            .calendars
            .iter()
            .find(|calendar| Some(calendar.resource.id) == lead)
            .map_or(chrono::TimeDelta::zero(), |calendar| {
                calendar.claimed_on(slot.local_date)
            });
        (claimed, Reverse(slot.priority), lead)
    }

    /// The working time of every resource, a day beyond both ends so that a visit may cross
    /// midnight. Where the hours are set aside, a schedule for something else counts as closed.
    fn lay_out(&self, from: NaiveDate, to: NaiveDate, aside: Overrides) -> Vec<Lead<'a>> {
        let first = from.checked_sub_days(Days::new(1)).unwrap_or(from);
        let last = to.checked_add_days(Days::new(1)).unwrap_or(to);
        let offer = &self.offer;
        self.calendars
            .iter()
            .map(|calendar| Lead {
                calendar,
                open: calendar
                    .schedules
                    .iter()
                    .filter(|schedule| schedule.location_id == self.place.location_id)
                    .filter_map(|schedule| {
                        let serves = schedule.serves(offer.appointment_type.id, self.modality)
                            && schedule.is_visible_to(offer.audience, offer.now);
                        if serves {
                            Some((schedule, schedule.open(first, last, self.place.zone)))
                        } else {
                            let counts = aside.has(Override::OutsideHours);
                            counts.then(|| (schedule, Vec::new()))
                        }
                    })
                    .collect(),
            })
            .filter(|lead| !lead.open.is_empty())
            .collect()
    }

    /// Every start that the leading resources' schedules know, whether free or not.
    fn starts(
        &self,
        laid_out: &[Lead],
        from: NaiveDate,
        to: NaiveDate,
        aside: Overrides,
    ) -> BTreeSet<Start> {
        let zone = self.place.zone;
        let within = Stretch {
            from: time::day_start(from, zone),
            until: time::day_end(to, zone),
        };
        let mut starts = BTreeSet::new();
        for lead in laid_out
            .iter()
            .filter(|lead| self.can_lead(lead.calendar, aside))
        {
            let times = self.times(lead.calendar.resource.id);
            for (schedule, open) in &lead.open {
                for stretch in open.iter().filter(|stretch| stretch.overlaps(within)) {
                    let cut = Stretch {
                        from: stretch.from.max(within.from),
                        until: stretch.until.min(within.until),
                    };
                    let could_be = |start: &Start| {
                        let claimed = times.of_resource(start.at);
                        stretch.contains(times.visit(start.at))
                            && !lead.calendar.is_blocked(claimed, self.modality)
                    };
                    starts.extend(schedule.starts_in(cut, zone).filter(could_be));
                }
            }
        }
        starts
    }

    fn can_lead(&self, calendar: &ResourceCalendar, aside: Overrides) -> bool {
        let resource = &calendar.resource;
        let is_wanted = self.wanted == Some(resource.id);
        // Only who was asked for by name may do what they are not qualified for.
        let unqualified = is_wanted && aside.has(Override::NotQualified);
        let needs = &self.offer.appointment_type.needs;
        needs
            .first()
            .is_some_and(|need| need.accepts(resource) || unqualified && need.kind == resource.kind)
            && (is_wanted || self.wanted.is_none())
            && self.reaches(calendar, aside)
    }

    /// Whether a resource may see people where the person will be.
    fn reaches(&self, calendar: &ResourceCalendar, aside: Overrides) -> bool {
        calendar.resource.reaches(self.modality, self.region) || aside.has(Override::Region)
    }

    /// The slots at a start, one for each resource that can lead.
    fn at(&self, start: Start, laid_out: &[Lead], aside: Overrides) -> Vec<Slot> {
        let mut slots = Vec::new();
        for lead in laid_out
            .iter()
            .filter(|lead| self.can_lead(lead.calendar, aside))
        {
            let leading = lead.calendar.resource.id;
            let times = self.times(leading);
            let Some((schedule, first)) =
                self.fit(lead, start, times, !self.is_walk_in(start), aside)
            else {
                continue;
            };
            let Some(others) = self.others(start, laid_out, leading, times, aside) else {
                continue;
            };
            let mut resources = vec![first];
            resources.extend(others);
            slots.push(Slot {
                starts_at: start.at,
                ends_at: times.visit(start.at).until,
                shown_ends_at: times.shown(start.at).until,
                local_date: start.date(),
                place: self.place,
                modality: self.modality,
                resources,
                priority: schedule.priority,
            });
        }
        slots
    }

    /// Whether staff take in somebody who is there: the visit begins with the next minute, wherever
    /// the grid is.
    fn is_walk_in(&self, start: Start) -> bool {
        let ahead = start.at - self.offer.now;
        !self.offer.audience.is_portal() && ahead < chrono::TimeDelta::minutes(1)
    }

    /// One schedule of the resource that holds the visit, and what would be taken.
    fn fit<'b>(
        &self,
        lead: &'b Lead<'a>,
        start: Start,
        times: Times,
        on_grid: bool,
        aside: Overrides,
    ) -> Option<(&'b Schedule, Assigned)> {
        let visit = times.visit(start.at);
        let claimed = if aside.has(Override::IgnoreBuffer) {
            visit
        } else {
            times.of_resource(start.at)
        };
        let calendar = lead.calendar;
        if calendar.is_blocked(claimed, self.modality) && !aside.has(Override::InsideBlackout) {
            return None;
        }
        // In order and apart, so that only the last one to begin can hold it.
        let holds = |open: &[Stretch]| {
            let begun = open.partition_point(|stretch| stretch.from <= visit.from);
            let last = begun.checked_sub(1).and_then(|last| open.get(last));
            last.is_some_and(|stretch| stretch.contains(visit))
        };
        let mut fitting: Vec<_> = lead
            .open
            .iter()
            .map(|(schedule, open)| (holds(open), *schedule))
            .filter(|(open, schedule)| {
                let in_hours = *open && (!on_grid || schedule.is_on_grid(start));
                let under_cap =
                    !*open || calendar.is_under_cap(schedule, start.date(), self.moving);
                (in_hours || aside.has(Override::OutsideHours))
                    && (under_cap || aside.has(Override::OverCap))
            })
            .collect();
        fitting.sort_by_key(|(open, schedule)| (!open, Reverse(schedule.priority), schedule.id));
        fitting.into_iter().find_map(|(open, schedule)| {
            let regular = calendar.free_lane(claimed, schedule.capacity, self.moving);
            let extra = || {
                let may = aside.has(Override::DoubleBook);
                may.then(|| calendar.override_lane(claimed, schedule.overbook, self.moving))?
            };
            Some((
                schedule,
                Assigned {
                    resource_id: calendar.resource.id,
                    lane: regular.or_else(extra)?,
                    schedule_id: open.then_some(schedule.id),
                    claimed,
                },
            ))
        })
    }

    /// Everything else the visit needs, each resource once.
    fn others(
        &self,
        start: Start,
        laid_out: &[Lead],
        lead: ResourceId,
        times: Times,
        aside: Overrides,
    ) -> Option<Vec<Assigned>> {
        let needs = &self.offer.appointment_type.needs;
        let mut wanted = Vec::new();
        for (position, need) in needs.iter().enumerate() {
            let led = u8::from(position == 0);
            wanted.extend(std::iter::repeat_n(
                need,
                usize::from(need.count.max(1) - led),
            ));
        }
        if wanted.is_empty() {
            return Some(Vec::new());
        }
        let date = start.date();
        let mut free: Vec<_> = laid_out
            .iter()
            .filter(|other| other.calendar.resource.id != lead)
            .filter(|other| self.reaches(other.calendar, aside))
            .filter_map(|other| {
                let fit = self.fit(other, start, times, false, aside)?;
                Some((other.calendar, fit.1))
            })
            .collect();
        free.sort_by_key(|(calendar, assigned)| (calendar.claimed_on(date), assigned.resource_id));
        let mut chosen = Vec::with_capacity(wanted.len());
        assign(&wanted, &free, &mut chosen).then_some(chosen)
    }
}

/// Gives each need a resource of its own; tries the next resource where a choice leads nowhere.
fn assign(
    needs: &[&super::Need],
    free: &[(&ResourceCalendar, Assigned)],
    chosen: &mut Vec<Assigned>,
) -> bool {
    let Some((need, rest)) = needs.split_first() else {
        return true;
    };
    for (calendar, assigned) in free {
        let taken = chosen.iter().any(|c| c.resource_id == assigned.resource_id);
        if taken || !need.accepts(&calendar.resource) {
            continue;
        }
        chosen.push(*assigned);
        if assign(rest, free, chosen) {
            return true;
        }
        chosen.pop();
    }
    false
}
