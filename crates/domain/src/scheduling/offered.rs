//! Who is offered what.

use super::schedule::Start;
use super::{
    AppointmentType, Audience, BookingOptions, PersonCalendar, Resource, ResourceKind, Schedule,
};
use crate::time;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use thiserror::Error;

/// The due item a visit is booked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The last date it is in time.
    pub due_date: Option<NaiveDate>,
    /// The first date the person sees it and may book for it.
    pub visible_date: Option<NaiveDate>,
}

impl Item {
    /// Whether a local date is after the due date.
    #[must_use]
    pub fn is_past_due(&self, today: NaiveDate) -> bool {
        self.due_date.is_some_and(|due| today > due)
    }
}

/// Why a time is not offered to somebody although it may be free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotOffered {
    /// The audience may not book this type, or the portal leaves it out.
    #[error("this kind of visit cannot be booked here")]
    Type,
    /// The time has passed.
    #[error("the time has passed")]
    Past,
    /// Less notice than the type wants.
    #[error("it is too soon")]
    TooSoon,
    /// Later than may be searched.
    #[error("it is too far ahead")]
    TooFar,
    /// Before the date from which the item may be booked.
    #[error("it cannot be booked for that date yet")]
    NotYet,
    /// After the item's due date.
    #[error("it is past due")]
    PastDue,
    /// Too soon or too late after the visit it follows.
    #[error("it is too soon or too late after the visit it follows")]
    NotInTurn,
    /// As many visits as the person may have.
    #[error("the limit of visits is reached")]
    Limit,
}

/// Whether the clinic can be asked by an audience for a kind of visit with a provider by name, because of
/// one of their schedules: it serves the kind at one of its places, the audience sees it, and the
/// provider is whoever the kind needs first.
#[must_use]
pub fn can_be_named(
    kind: &AppointmentType,
    provider: &Resource,
    schedule: &Schedule,
    by: Audience,
    now: DateTime<Utc>,
) -> bool {
    let first = kind.needs.first();
    provider.kind == ResourceKind::Provider
        && first.is_some_and(|need| need.accepts(provider))
        && schedule.resource_id == provider.id
        && kind.locations.contains(&schedule.location_id)
        && kind
            .modalities
            .iter()
            .any(|how| schedule.serves(kind.id, *how))
        && schedule.is_visible_to(by, now)
}

/// What every start of one search is held against.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// What is wanted.
    pub appointment_type: &'a AppointmentType,
    /// By whom.
    pub audience: Audience,
    /// What the portal lets people do.
    pub options: &'a BookingOptions,
    /// For which due item.
    pub item: Option<Item>,
    /// For whom.
    pub person: &'a PersonCalendar,
    /// Whether an existing visit is moved, which opens no further one.
    pub moving: bool,
    /// At what time it is asked.
    pub now: DateTime<Utc>,
}

impl Offer<'_> {
    /// Whether a start is offered.
    ///
    /// Staff are held to the first rule only: what has begun cannot be booked.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check(&self, start: DateTime<Utc>, zone: Tz) -> Result<(), NotOffered> {
        self.check_on(Start::at(start, zone), time::local_date(self.now, zone))
    }

    /// The same, with the date of today there.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check_on(&self, start: Start, today: NaiveDate) -> Result<(), NotOffered> {
        if start.at < self.now {
            return Err(NotOffered::Past);
        }
        if !self.audience.is_portal() {
            return if self.appointment_type.active {
                Ok(())
            } else {
                Err(NotOffered::Type)
            };
        }
        self.check_type()?;
        let notice = TimeDelta::hours(i64::from(self.appointment_type.min_notice_to_book));
        if start.at < self.now + notice {
            return Err(NotOffered::TooSoon);
        }
        let date = start.date();
        if date > self.options.last_day(today) {
            return Err(NotOffered::TooFar);
        }
        self.check_item(date, today)?;
        let after = self.appointment_type.after;
        if after.is_some_and(|after| !self.person.may_follow(after, start.at, self.now)) {
            return Err(NotOffered::NotInTurn);
        }
        self.check_limits(date)
    }

    /// Whether the audience may book the type at all.
    ///
    /// # Errors
    /// It may not, or the portal leaves it out.
    pub fn check_type(&self) -> Result<(), NotOffered> {
        let wanted = self.appointment_type;
        if !wanted.is_bookable_by(self.audience) || self.options.excluded_types.contains(&wanted.id)
        {
            return Err(NotOffered::Type);
        }
        Ok(())
    }

    fn check_item(&self, date: NaiveDate, today: NaiveDate) -> Result<(), NotOffered> {
        let Some(item) = self.item else {
            return Ok(());
        };
        if item.visible_date.is_some_and(|visible| date < visible) {
            return Err(NotOffered::NotYet);
        }
        let late = item.is_past_due(today) || item.is_past_due(date);
        if late && !self.options.may_be_late(self.audience) {
            return Err(NotOffered::PastDue);
        }
        Ok(())
    }

    fn check_limits(&self, date: NaiveDate) -> Result<(), NotOffered> {
        let wanted = self.appointment_type;
        let on_date = self.person.visits_on(wanted.id, date);
        if on_date >= usize::from(wanted.max_per_day) {
            return Err(NotOffered::Limit);
        }
        if !self.moving && self.person.open >= self.options.max_open {
            return Err(NotOffered::Limit);
        }
        Ok(())
    }
}
