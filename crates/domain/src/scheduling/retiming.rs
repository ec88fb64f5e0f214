//! Visits that are booked already when their kind takes another time.

use super::{Stretch, Times};
use crate::ids::{AppointmentId, PersonId, ResourceId};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// On what a claim lies: a lane of a resource, or a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    /// A resource and its lane.
    Lane(ResourceId, u16),
    /// A person, who is at one place at a time.
    Person(PersonId),
}

/// A live claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// On what.
    pub on: Taken,
    /// From when to when.
    pub stretch: Stretch,
    /// The visit it belongs to; none for a hold.
    pub visit: Option<AppointmentId>,
}

/// A visit with the times it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retimed {
    /// Which one.
    pub id: AppointmentId,
    /// When it starts, as before.
    pub starts_at: DateTime<Utc>,
    /// How long it takes then.
    pub times: Times,
}

impl Retimed {
    /// What the visit takes of something then.
    #[must_use]
    pub fn takes(&self, on: Taken) -> Stretch {
        match on {
            Taken::Lane(..) => self.times.of_resource(self.starts_at),
            Taken::Person(_) => self.times.of_person(self.starts_at),
        }
    }
}

/// The visits whose new times meet something else: another visit, retimed as well or not, or a hold.
#[must_use]
pub fn collisions(claims: &[Claimed], retimed: &[Retimed]) -> BTreeSet<AppointmentId> {
    let new: BTreeMap<AppointmentId, &Retimed> =
        retimed.iter().map(|visit| (visit.id, visit)).collect();
    let mut by_place: BTreeMap<Taken, Vec<Claimed>> = BTreeMap::new();
    for claim in claims {
        let retimed = claim.visit.and_then(|visit| new.get(&visit));
        let stretch = retimed.map_or(claim.stretch, |visit| visit.takes(claim.on));
        let then = Claimed { stretch, ..*claim };
        by_place.entry(claim.on).or_default().push(then);
    }
    let mut colliding = BTreeSet::new();
    for mut on_one in by_place.into_values() {
        on_one.sort_by_key(|claim| claim.stretch);
        for (position, one) in on_one.iter().enumerate() {
            let after = on_one.iter().skip(position + 1);
            let meeting = after.take_while(|other| other.stretch.from < one.stretch.until);
            for other in meeting.filter(|other| other.visit.is_none() || other.visit != one.visit) {
                colliding.extend(one.visit.filter(|visit| new.contains_key(visit)));
                colliding.extend(other.visit.filter(|visit| new.contains_key(visit)));
            }
        }
    }
    colliding
}
