//! Asking the clinic for a visit where no time suits or none can be booked.

use super::{Audience, stored_words};
use crate::ids::AppointmentRequestId;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most preferences one can name.
pub const MOST_PREFERENCES: usize = 3;

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was sent, or waits again.
    Open,
    /// The clinic has read it.
    Seen,
    /// The clinic keeps times for it.
    Offered,
    /// It became a visit.
    Booked,
    /// The clinic has no time.
    Declined,
    /// Whoever asked does not need it any more.
    Withdrawn,
}

/// What can be done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The clinic reads it.
    See,
    /// The clinic proposes times.
    Offer,
    /// The clinic books one.
    Book,
    /// The clinic has no time; a reason is given.
    Decline,
    /// Whoever asked takes it back.
    Withdraw,
    /// The person takes one of the times.
    Accept,
    /// The person takes none of them.
    Refuse,
}

/// How the person wants to hear from the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// In the portal.
    Message,
    /// By telephone.
    Phone,
    /// By e-mail.
    Email,
}

/// A part of the day, in the wall-clock of the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// The whole day.
    Any,
    /// Before 12:00.
    Morning,
    /// From 12:00 to 16:59.
    Afternoon,
    /// From 17:00 on.
    Evening,
}

stored_words! {
    State {
        Open = "open",
        Seen = "seen",
        Offered = "offered",
        Booked = "booked",
        Declined = "declined",
        Withdrawn = "withdrawn",
    }
    Act {
        See = "see",
        Offer = "offer",
        Book = "book",
        Decline = "decline",
        Withdraw = "withdraw",
        Accept = "accept",
        Refuse = "refuse",
    }
    Contact { Message = "message", Phone = "phone", Email = "email", }
    DayPart { Any = "any", Morning = "morning", Afternoon = "afternoon", Evening = "evening", }
}

impl State {
    /// Whether nothing more comes of it.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Booked | Self::Declined | Self::Withdrawn)
    }
}

impl DayPart {
    /// Whether an hour of the local day belongs to it.
    #[must_use]
    pub fn contains(self, hour: u32) -> bool {
        match self {
            Self::Any => true,
            Self::Morning => hour < 12,
            Self::Afternoon => (12..17).contains(&hour),
            Self::Evening => hour >= 17,
        }
    }
}

/// When somebody would like to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// The first date.
    pub from: NaiveDate,
    /// The last date.
    pub to: NaiveDate,
    /// The part of the day.
    pub part: DayPart,
    /// The days of the week, 1 Monday to 7 Sunday (ISO 8601); every day when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<u8>,
}

/// What is wrong with preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PreferenceError {
    /// More than three.
    #[error("at most three preferences can be named")]
    TooMany,
    /// The last date is before the first.
    #[error("the last date is before the first")]
    Backwards {
        /// Which preference.
        which: usize,
    },
    /// The last date has passed.
    #[error("the last date has passed")]
    Past {
        /// Which preference.
        which: usize,
    },
    /// No day of the week, or one twice.
    #[error("a day of the week is 1 to 7, each once")]
    Weekday {
        /// Which preference.
        which: usize,
    },
}

impl Preference {
    /// Whether a wall-clock time suits.
    #[must_use]
    pub fn suits(&self, local: NaiveDateTime) -> bool {
        (self.from..=self.to).contains(&local.date())
            && suits_week(self.part, &self.weekdays, local)
    }
}

/// Whether a wall-clock time is in a part of the day and on one of the days of the week; every day
/// when none is named.
#[must_use]
pub fn suits_week(part: DayPart, weekdays: &[u8], local: NaiveDateTime) -> bool {
    let weekday = local.weekday().number_from_monday();
    part.contains(local.hour())
        && (weekdays.is_empty() || weekdays.iter().any(|day| u32::from(*day) == weekday))
}

/// Checks preferences on the date of today at the place.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_preferences(
    preferences: &[Preference],
    today: NaiveDate,
) -> Result<(), PreferenceError> {
    if preferences.len() > MOST_PREFERENCES {
        return Err(PreferenceError::TooMany);
    }
    for (which, wanted) in preferences.iter().enumerate() {
        if wanted.to < wanted.from {
            return Err(PreferenceError::Backwards { which });
        }
        if wanted.to < today {
            return Err(PreferenceError::Past { which });
        }
        if !are_weekdays(&wanted.weekdays) {
            return Err(PreferenceError::Weekday { which });
        }
    }
    Ok(())
}

/// Whether these are days of the week, 1 Monday to 7 Sunday (ISO 8601), each once.
#[must_use]
pub fn are_weekdays(days: &[u8]) -> bool {
    let once = |(at, day): (usize, &u8)| !days.iter().take(at).any(|other| other == day);
    days.iter().all(|day| (1..=7).contains(day)) && days.iter().enumerate().all(once)
}

/// A request, as far as its rules need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which one.
    pub id: AppointmentRequestId,
    /// How far it had come when it was written.
    pub state: State,
    /// Who asked: the person, or who supervises them.
    pub asked_by: Audience,
    /// When the last of the proposed times runs out.
    pub offered_until: Option<DateTime<Utc>>,
}

/// What happened to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody asked.
    Received(AppointmentRequestId),
    /// The clinic read it.
    Seen(AppointmentRequestId),
    /// The clinic proposed times.
    Offered(AppointmentRequestId),
    /// It became a visit.
    Booked(AppointmentRequestId),
    /// The clinic has no time.
    Declined(AppointmentRequestId),
    /// Whoever asked took it back.
    Withdrawn(AppointmentRequestId),
    /// The person took none of the times.
    Refused(AppointmentRequestId),
    /// Nobody took one of the times while they were kept.
    Expired(AppointmentRequestId),
}

impl Event {
    /// The name under which workers know it.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Received(_) => "appointment_request.received",
            Self::Seen(_) => "appointment_request.seen",
            Self::Offered(_) => "appointment_request.offered",
            Self::Booked(_) => "appointment_request.booked",
            Self::Declined(_) => "appointment_request.declined",
            Self::Withdrawn(_) => "appointment_request.withdrawn",
            Self::Refused(_) => "appointment_request.refused",
            Self::Expired(_) => "appointment_request.expired",
        }
    }

    /// The request it happened to.
    #[must_use]
    pub fn request(self) -> AppointmentRequestId {
        match self {
            Self::Received(id)
            | Self::Seen(id)
            | Self::Offered(id)
            | Self::Booked(id)
            | Self::Declined(id)
            | Self::Withdrawn(id)
            | Self::Refused(id)
            | Self::Expired(id) => id,
        }
    }
}

/// The request is in a state that does not allow this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this cannot be done with the request as it is now")]
pub struct WrongState;

impl Request {
    /// How far it has come: with the last of the proposed times gone it waits again, whether that
    /// was written down yet or not.
    #[must_use]
    pub fn state_at(&self, now: DateTime<Utc>) -> State {
        if self.has_run_out(now) {
            State::Open
        } else {
            self.state
        }
    }

    fn has_run_out(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Offered && self.offered_until.is_none_or(|until| until <= now)
    }

    /// Proposes times, the last of which is kept until an instant.
    ///
    /// # Errors
    /// Nothing more comes of the request.
    pub fn offered(
        self,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), WrongState> {
        let (request, event) = self.perform(Act::Offer, Audience::Clinic, now)?;
        let offered = Self {
            offered_until: Some(until),
            ..request
        };
        Ok((offered, event))
    }

    /// Does one act.
    ///
    /// # Errors
    /// The request's state does not allow it, or not to this side.
    pub fn perform(
        self,
        act: Act,
        by: Audience,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), WrongState> {
        let state = self.next_state(act, by, now)?;
        let id = self.id;
        let event = match act {
            Act::See => Event::Seen(id),
            Act::Offer => Event::Offered(id),
            Act::Book | Act::Accept => Event::Booked(id),
            Act::Decline => Event::Declined(id),
            Act::Withdraw => Event::Withdrawn(id),
            Act::Refuse => Event::Refused(id),
        };
        let request = Self {
            state,
            offered_until: None,
            ..self
        };
        Ok((request, event))
    }

    /// Writes down that the last of the proposed times is gone.
    #[must_use]
    pub fn run_out(self, now: DateTime<Utc>) -> Option<(Self, Event)> {
        self.has_run_out(now).then_some((
            Self {
                state: State::Open,
                offered_until: None,
                ..self
            },
            Event::Expired(self.id),
        ))
    }

    /// Everything a side may do with it now.
    #[must_use]
    pub fn allowed(&self, by: Audience, now: DateTime<Utc>) -> Vec<Act> {
        let mut acts = Act::ALL.to_vec();
        acts.retain(|act| self.next_state(*act, by, now).is_ok());
        acts
    }

    fn next_state(&self, act: Act, by: Audience, now: DateTime<Utc>) -> Result<State, WrongState> {
        let state = self.state_at(now);
        let staff = by == Audience::Clinic;
        if state.is_over() {
            return Err(WrongState);
        }
        Ok(match (state, act) {
            (State::Open, Act::See) if staff => State::Seen,
            (_, Act::Offer) if staff => State::Offered,
            (_, Act::Book) if staff => State::Booked,
            (_, Act::Decline) if staff => State::Declined,
            (_, Act::Withdraw) if by == self.asked_by => State::Withdrawn,
            (State::Offered, Act::Accept) if by == Audience::Employee => State::Booked,
            (State::Offered, Act::Refuse) if by == Audience::Employee => State::Open,
            _ => return Err(WrongState),
        })
    }
}
