//! What kinds of visits there are.

use super::{Audience, Modality, ResourceKind, Stretch};
use crate::ids::{AppointmentTypeId, LocationId, ResourceId};
use chrono::{DateTime, TimeDelta, Utc};

/// A kind of visit and the rules for booking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppointmentType {
    /// Which one.
    pub id: AppointmentTypeId,
    /// How long it takes, and what is kept free around it.
    pub times: Times,
    /// The ways it can take place; at least one.
    pub modalities: Vec<Modality>,
    /// What it takes: by default one provider. The first need leads: its resource's schedule says
    /// at which minutes a visit may start.
    pub needs: Vec<Need>,
    /// Where it is offered.
    pub locations: Vec<LocationId>,
    /// Whether employees may book it themselves.
    pub employee_bookable: bool,
    /// Whether supervisors may book it for a report.
    pub supervisor_bookable: bool,
    /// Whether a supervisor may know of such a visit at all.
    pub visible_to_supervisor: bool,
    /// Whether a portal booking waits for the clinic's word.
    pub clinic_confirms: bool,
    /// Hours that must lie between booking and start.
    pub min_notice_to_book: u16,
    /// The notice for giving a visit back and for moving it.
    pub notice: super::Notice,
    /// How many visits of this type one person may have on one local date.
    pub max_per_day: u8,
    /// Where it comes among visits made one after the other, 1 to 99; the lower is earlier.
    pub bundle_order: u8,
    /// Which visit it follows, where both are due.
    pub after: Option<After>,
    /// Whether it can be booked at all.
    pub active: bool,
}

/// A visit that must be over before another one, such as the placing of a test that is read later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// The kind of the earlier visit.
    pub kind: AppointmentTypeId,
    /// Hours from its end to the start of the later one, at least.
    pub least_hours: u16,
    /// The same, at most.
    pub most_hours: u16,
}

impl After {
    /// Whether a visit may start then, given when the earlier one ends.
    #[must_use]
    pub fn allows(self, earlier_ends: DateTime<Utc>, start: DateTime<Utc>) -> bool {
        let between = start - earlier_ends;
        TimeDelta::hours(self.least_hours.into()) <= between
            && between <= TimeDelta::hours(self.most_hours.into())
    }
}

/// Minutes of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// What the resources are needed for, 5 to 480.
    pub duration: u16,
    /// What the person is told, 5 to 720.
    pub shown_duration: u16,
    /// Kept free before, 0 to 120.
    pub buffer_before: u16,
    /// Kept free after, 0 to 120.
    pub buffer_after: u16,
}

impl Times {
    /// A visit without buffers that lasts as long as the person is told.
    #[must_use]
    pub fn of(duration: u16) -> Self {
        Self {
            duration,
            shown_duration: duration,
            buffer_before: 0,
            buffer_after: 0,
        }
    }

    /// The visit itself.
    #[must_use]
    pub fn visit(self, start: DateTime<Utc>) -> Stretch {
        Stretch::of_minutes(start, self.duration)
    }

    /// The visit as the person is told.
    #[must_use]
    pub fn shown(self, start: DateTime<Utc>) -> Stretch {
        Stretch::of_minutes(start, self.shown_duration)
    }

    /// What is taken of a resource: the visit and its buffers.
    #[must_use]
    pub fn of_resource(self, start: DateTime<Utc>) -> Stretch {
        self.visit(start)
            .widened(self.buffer_before, self.buffer_after)
    }

    /// What is taken of the person: the longer of the two lengths.
    #[must_use]
    pub fn of_person(self, start: DateTime<Utc>) -> Stretch {
        Stretch::of_minutes(start, self.duration.max(self.shown_duration))
    }
}

/// Something a visit takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What kind of resource.
    pub kind: ResourceKind,
    /// Which ones will do.
    pub which: Which,
    /// How many at once, 1 to 4.
    pub count: u8,
}

/// Which resources of a kind satisfy a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Any of the kind.
    Any,
    /// Those with the skill.
    Skilled(String),
    /// This one.
    Named(ResourceId),
}

impl Need {
    /// One provider, whoever it is.
    #[must_use]
    pub fn one_provider() -> Self {
        Self {
            kind: ResourceKind::Provider,
            which: Which::Any,
            count: 1,
        }
    }

    /// Whether a resource will do.
    #[must_use]
    pub fn accepts(&self, resource: &super::Resource) -> bool {
        self.kind == resource.kind
            && match &self.which {
                Which::Any => true,
                Which::Skilled(skill) => resource.skills.contains(skill),
                Which::Named(id) => *id == resource.id,
            }
    }
}

impl AppointmentType {
    /// Whether this audience may book it at all.
    #[must_use]
    pub fn is_bookable_by(&self, audience: Audience) -> bool {
        self.active
            && match audience {
                Audience::Employee => self.employee_bookable,
                Audience::Supervisor => self.supervisor_bookable && self.visible_to_supervisor,
                Audience::Clinic => true,
            }
    }
}
