//! What kinds of visits there are.

use super::{Audience, Modality, ResourceKind, Stretch};
use crate::ids::{AppointmentTypeId, LocationId, ResourceId};
use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

/// The most hours between a visit and one that follows it: a year.
pub const LONGEST_BETWEEN: u16 = 8_760;

/// The longest notice, in hours.
pub const LONGEST_NOTICE: u16 = 336;

/// A kind of visit and the rules for booking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppointmentType {
    /// Which one.
    pub id: AppointmentTypeId,
    /// How long it takes, and what is kept free around it.
    pub times: Times,
    /// Where and with whom it takes other times.
    pub exceptions: Vec<TimesException>,
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
    /// Which visit it follows.
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
    /// Whether its hours go up, to a year at most.
    #[must_use]
    pub fn is_possible(self) -> bool {
        self.least_hours <= self.most_hours && self.most_hours <= LONGEST_BETWEEN
    }

    /// Whether a visit may start then, given when the earlier one ends.
    #[must_use]
    pub fn allows(self, earlier_ends: DateTime<Utc>, start: DateTime<Utc>) -> bool {
        let between = start - earlier_ends;
        TimeDelta::hours(self.least_hours.into()) <= between && between <= self.longest()
    }

    /// Whether a visit may still follow one that ends then.
    #[must_use]
    pub fn is_open(self, earlier_ends: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now <= earlier_ends + self.longest()
    }

    /// The most time between the two.
    #[must_use]
    pub fn longest(self) -> TimeDelta {
        TimeDelta::hours(self.most_hours.into())
    }
}

/// Whether a kind of visit that follows `earlier` would follow itself in the end, given what every
/// kind follows.
#[must_use]
pub fn follows_itself(
    kind: AppointmentTypeId,
    earlier: AppointmentTypeId,
    all: &[(AppointmentTypeId, AppointmentTypeId)],
) -> bool {
    let mut found = earlier;
    // Each step leads to another kind, so more steps than kinds lead in a circle.
    for _ in 0..=all.len() {
        if found == kind {
            return true;
        }
        match all.iter().find(|(later, _)| *later == found) {
            Some((_, follows)) => found = *follows,
            None => return false,
        }
    }
    true
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

/// Times that differ from a type's with a resource, at a location, or with a resource at a location.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimesException {
    /// With this resource leading; any when absent.
    pub resource: Option<ResourceId>,
    /// At this location; any when absent.
    pub location: Option<LocationId>,
    /// Another duration.
    pub duration: Option<u16>,
    /// Another duration for the person.
    pub shown_duration: Option<u16>,
    /// Other minutes before.
    pub buffer_before: Option<u16>,
    /// Other minutes after.
    pub buffer_after: Option<u16>,
}

/// What is wrong with times somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TimesError {
    /// Not 5 to 480 minutes in steps of 5.
    #[error("a visit takes 5 to 480 minutes, in steps of 5")]
    Duration,
    /// Not 5 to 720 minutes.
    #[error("a person is told 5 to 720 minutes")]
    ShownDuration,
    /// More than 120 minutes.
    #[error("at most 120 minutes are kept free before")]
    BufferBefore,
    /// More than 120 minutes.
    #[error("at most 120 minutes are kept free after")]
    BufferAfter,
    /// It changes nothing.
    #[error("an exception changes something")]
    Nothing,
    /// It is for everything.
    #[error("an exception is for a resource or a location")]
    Nowhere,
}

impl TimesException {
    /// Every rule that is broken.
    #[must_use]
    pub fn faults(&self) -> Vec<TimesError> {
        let buffer = |minutes: Option<u16>| minutes.is_some_and(|minutes| minutes > 120);
        let says_nothing = Self {
            resource: self.resource,
            location: self.location,
            ..Self::default()
        };
        let duration = self.duration.unwrap_or(5);
        let rules = [
            (
                !(5..=480).contains(&duration) || !duration.is_multiple_of(5),
                TimesError::Duration,
            ),
            (
                !(5..=720).contains(&self.shown_duration.unwrap_or(5)),
                TimesError::ShownDuration,
            ),
            (buffer(self.buffer_before), TimesError::BufferBefore),
            (buffer(self.buffer_after), TimesError::BufferAfter),
            (*self == says_nothing, TimesError::Nothing),
            (
                self.resource.is_none() && self.location.is_none(),
                TimesError::Nowhere,
            ),
        ];
        let broken = rules.into_iter().filter(|(broken, _)| *broken);
        broken.map(|(_, fault)| fault).collect()
    }

    /// How specific it is for a visit led by a resource at a location: the lower, the more; nothing
    /// when it is for another one.
    fn distance(&self, lead: ResourceId, location: LocationId) -> Option<u8> {
        match (self.resource, self.location) {
            (Some(resource), Some(place)) if resource == lead && place == location => Some(0),
            (Some(resource), None) if resource == lead => Some(1),
            (None, Some(place)) if place == location => Some(2),
            _ => None,
        }
    }
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

/// What is wrong with a kind of visit somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TypeError {
    /// Its times.
    #[error("{0}")]
    Times(TimesError),
    /// It can take place in no way.
    #[error("a visit takes place in some way")]
    Modality,
    /// More than two weeks.
    #[error("at most 336 hours between booking and start")]
    NoticeToBook,
    /// More than two weeks.
    #[error("at most 336 hours of notice for giving back")]
    CancelNotice,
    /// More than two weeks.
    #[error("at most 336 hours of notice for moving")]
    MoveNotice,
    /// Not 1 to 10.
    #[error("1 to 10 visits of a kind on one date")]
    MaxPerDay,
    /// Supervisors would book what they may not know of.
    #[error("who books a visit knows of it")]
    Visible,
    /// Not 1 to 99.
    #[error("the place among visits made together is 1 to 99")]
    BundleOrder,
    /// The most hours after another visit are fewer than the least, or more than a year.
    #[error("hours after another visit go up to a year")]
    AfterHours,
}

impl AppointmentType {
    /// Every rule that is broken.
    #[must_use]
    pub fn faults(&self) -> Vec<TypeError> {
        let times = TimesException {
            location: Some(LocationId(uuid::Uuid::nil())),
            duration: Some(self.times.duration),
            shown_duration: Some(self.times.shown_duration),
            buffer_before: Some(self.times.buffer_before),
            buffer_after: Some(self.times.buffer_after),
            ..TimesException::default()
        };
        let long = |hours: u16| hours > LONGEST_NOTICE;
        let unseen = self.supervisor_bookable && !self.visible_to_supervisor;
        let hours = self.after.is_none_or(After::is_possible);
        let rules = [
            (self.modalities.is_empty(), TypeError::Modality),
            (long(self.min_notice_to_book), TypeError::NoticeToBook),
            (long(self.notice.cancel), TypeError::CancelNotice),
            (long(self.notice.move_), TypeError::MoveNotice),
            (!(1..=10).contains(&self.max_per_day), TypeError::MaxPerDay),
            (unseen, TypeError::Visible),
            (
                !(1..=99).contains(&self.bundle_order),
                TypeError::BundleOrder,
            ),
            (!hours, TypeError::AfterHours),
        ];
        let broken = rules.into_iter().filter(|(broken, _)| *broken);
        let times = times.faults().into_iter().map(TypeError::Times);
        times.chain(broken.map(|(_, fault)| fault)).collect()
    }

    /// The times of a visit that a resource leads at a location: field by field the most specific
    /// exception's, else the type's.
    #[must_use]
    pub fn times_with(&self, lead: ResourceId, location: LocationId) -> Times {
        let mut fitting: Vec<(u8, &TimesException)> = self
            .exceptions
            .iter()
            .filter_map(|one| Some((one.distance(lead, location)?, one)))
            .collect();
        fitting.sort_by_key(|(distance, _)| *distance);
        let first = |field: fn(&TimesException) -> Option<u16>, usual: u16| {
            let mut said = fitting.iter().filter_map(|(_, one)| field(one));
            said.next().unwrap_or(usual)
        };
        Times {
            duration: first(|one| one.duration, self.times.duration),
            shown_duration: first(|one| one.shown_duration, self.times.shown_duration),
            buffer_before: first(|one| one.buffer_before, self.times.buffer_before),
            buffer_after: first(|one| one.buffer_after, self.times.buffer_after),
        }
    }

    /// The same kind for one visit that was taken before: as long as it was told and with what it was
    /// with, the leading one first, whatever is usual by now.
    #[must_use]
    pub fn as_taken(
        self,
        (duration, shown_duration): (u16, u16),
        location: LocationId,
        with: &[(ResourceKind, ResourceId)],
    ) -> Self {
        let usual = with
            .first()
            .map_or(self.times, |(_, lead)| self.times_with(*lead, location));
        let need = |(kind, id): &(ResourceKind, ResourceId)| Need {
            kind: *kind,
            which: Which::Named(*id),
            count: 1,
        };
        Self {
            times: Times {
                duration,
                shown_duration,
                ..usual
            },
            exceptions: Vec::new(),
            needs: with.iter().map(need).collect(),
            ..self
        }
    }

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

/// Whether supervisors know of a kind of visit where nobody says: of what they book, and of what answers
/// something that can be due for those they lead.
#[must_use]
pub fn seen_by_default(supervisor_bookable: bool, answers_something_due: bool) -> bool {
    supervisor_bookable || answers_something_due
}
