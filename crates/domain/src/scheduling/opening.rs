//! Time that a change of the set-up makes free: a blackout ends, or a schedule has room for more.

use super::{
    Freed, Modality, Place, ResourceCalendar, ResourceKind, Schedule, Stretch, TypeScope, joined,
};
use crate::ids::{LocationId, ResourceId};
use crate::time;
use chrono::TimeDelta;

/// The most times that are offered after one change, the soonest first.
pub const MOST: usize = 24;

/// How many days ahead times are offered after a change.
pub const DAYS: i64 = 14;

/// How long a time is of which one visit is offered.
const LENGTH: TimeDelta = TimeDelta::hours(1);

/// Time of a resource at a place that can be booked now and could not before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Where.
    pub location: LocationId,
    /// Of which resource.
    pub resource: ResourceId,
    /// What it is.
    pub kind: ResourceKind,
    /// When.
    pub stretches: Vec<Stretch>,
}

/// The working time of a resource that a blackout of these stretches and this modality kept, and
/// that none keeps any more.
#[must_use]
pub fn reopened(
    calendar: &ResourceCalendar,
    place: Place,
    kept: &[Stretch],
    modality: Option<Modality>,
    within: Stretch,
) -> Vec<Stretch> {
    let schedules = calendar.schedules.iter();
    let hours = schedules.flat_map(|schedule| hours(schedule, place, within));
    let hours = joined(hours.collect());
    let was_kept = hours
        .iter()
        .flat_map(|open| kept.iter().map(|kept| common(*open, *kept)));
    still_open(was_kept.collect(), calendar, modality)
}

/// The working time that a schedule gives beyond what it gave before; all of it where it takes more
/// at the same time, or more on one day, or other kinds of visits.
#[must_use]
pub fn added(
    before: Option<&Schedule>,
    after: &Schedule,
    calendar: &ResourceCalendar,
    place: Place,
    within: Stretch,
) -> Vec<Stretch> {
    let known = before.filter(|before| !gives_more(before, after));
    let known = known.map_or_else(Vec::new, |before| hours(before, place, within));
    let new = hours(after, place, within);
    let new = new.into_iter().flat_map(|open| open.without(&known));
    still_open(new.collect(), calendar, after.modality)
}

/// The times to offer: an hour each, those of providers where there are any, the soonest first and
/// not more than [`MOST`].
#[must_use]
pub fn times(mut opened: Vec<Opened>) -> Vec<Freed> {
    let of_provider =
        |one: &Opened| one.kind == ResourceKind::Provider && !one.stretches.is_empty();
    if opened.iter().any(of_provider) {
        opened.retain(of_provider);
    }
    let mut times: Vec<Freed> = opened.iter().flat_map(Opened::times).collect();
    times.sort_by_key(|time| (time.gap, time.location, time.resources.clone()));
    times.truncate(MOST);
    times
}

impl Opened {
    fn times(&self) -> impl Iterator<Item = Freed> {
        let stretches = self.stretches.iter();
        stretches.flat_map(move |stretch| {
            let until = stretch.until;
            let starts = std::iter::successors(Some(stretch.from), |from| Some(*from + LENGTH));
            starts
                .take_while(move |from| *from < until)
                .map(move |from| Freed {
                    location: self.location,
                    resources: vec![self.resource],
                    gap: Stretch {
                        from,
                        until: until.min(from + LENGTH),
                    },
                })
        })
    }
}

/// Whether a schedule has room for more in the hours it had before.
fn gives_more(before: &Schedule, after: &Schedule) -> bool {
    let elsewhere =
        (before.resource_id, before.location_id) != (after.resource_id, after.location_id);
    let a_day = |schedule: &Schedule| schedule.daily_cap.unwrap_or(u16::MAX);
    let kinds = match (&before.types, &after.types) {
        (TypeScope::Only(_), TypeScope::All) => true,
        (TypeScope::Only(before), TypeScope::Only(after)) => {
            after.iter().any(|kind| !before.contains(kind))
        }
        (TypeScope::All, _) => false,
    };
    let ways = before.modality.is_some() && after.modality != before.modality;
    elsewhere || after.capacity > before.capacity || a_day(after) > a_day(before) || kinds || ways
}

/// The working time of a schedule within a stretch.
fn hours(schedule: &Schedule, place: Place, within: Stretch) -> Vec<Stretch> {
    let date = |at| time::local_date(at, place.zone);
    let open = schedule.open(date(within.from), date(within.until), place.zone);
    joined(open.into_iter().map(|open| common(open, within)).collect())
}

/// What the two have in common; ends before it starts when that is nothing.
fn common(one: Stretch, other: Stretch) -> Stretch {
    Stretch {
        from: one.from.max(other.from),
        until: one.until.min(other.until),
    }
}

/// What of some stretches no blackout of the same visits keeps.
fn still_open(
    stretches: Vec<Stretch>,
    calendar: &ResourceCalendar,
    modality: Option<Modality>,
) -> Vec<Stretch> {
    let keeps = |only: &Option<Modality>| only.is_none() || *only == modality;
    let blocked = calendar.blocked.iter().filter(|(_, only)| keeps(only));
    let blocked: Vec<Stretch> = blocked.map(|(stretch, _)| *stretch).collect();
    let open = joined(stretches);
    open.into_iter()
        .flat_map(|open| open.without(&blocked))
        .collect()
}
