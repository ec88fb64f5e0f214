//! A visit from booking to its end.

use super::{Audience, BookingOptions, stored_words};
use crate::ids::AppointmentId;
use crate::time;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How far a visit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for the clinic's word.
    Pending,
    /// Agreed.
    Booked,
    /// The person is there.
    CheckedIn,
    /// It has begun.
    InProgress,
    /// It is over.
    Fulfilled,
    /// The person did not come.
    NoShow,
    /// It was given back.
    Cancelled,
    /// It should never have been written.
    EnteredInError,
}

stored_words! {
    State {
        Pending = "pending",
        Booked = "booked",
        CheckedIn = "checked_in",
        InProgress = "in_progress",
        Fulfilled = "fulfilled",
        NoShow = "no_show",
        Cancelled = "cancelled",
        EnteredInError = "entered_in_error",
    }
    Act {
        Confirm = "confirm",
        Deny = "deny",
        Move = "move",
        Cancel = "cancel",
        CheckIn = "check_in",
        UndoCheckIn = "undo_check_in",
        Begin = "begin",
        Finish = "finish",
        Miss = "miss",
        Correct = "correct",
        Attend = "attend",
        UndoCancel = "undo_cancel",
        Strike = "strike",
    }
}

impl State {
    /// Whether the visit still takes the time of its resources and its person.
    #[must_use]
    pub fn holds_claims(self) -> bool {
        !matches!(self, Self::Cancelled | Self::EnteredInError)
    }
}

/// What can be done with a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The clinic agrees.
    Confirm,
    /// The clinic does not agree; a reason is given.
    Deny,
    /// Another time.
    Move,
    /// Give it back.
    Cancel,
    /// The person is there.
    CheckIn,
    /// The person was not there after all.
    UndoCheckIn,
    /// It begins.
    Begin,
    /// It is over.
    Finish,
    /// The person did not come.
    Miss,
    /// The person came after all, or may still come.
    Correct,
    /// The person says that they will come.
    Attend,
    /// It was not to be given back after all.
    UndoCancel,
    /// It should never have been written.
    Strike,
}

/// Hours of notice a portal user must give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// For giving a visit back.
    pub cancel: u16,
    /// For moving it.
    pub move_: u16,
}

/// How often portal users moved a visit, and how often they may; what staff move does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moves {
    /// So far.
    pub made: u8,
    /// At most.
    pub most: u8,
}

/// A visit, as far as its rules need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Which one.
    pub id: AppointmentId,
    /// How far it has come.
    pub state: State,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The notice its type wants.
    pub notice: Notice,
    /// How often it was moved.
    pub moves: Moves,
    /// Whether the person said that they will come.
    pub attends: bool,
    /// When it was given back.
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// How long after a visit was given back staff can still undo that.
pub const UNDO_WITHIN: TimeDelta = TimeDelta::days(30);

impl Act {
    /// Whether it is a professional's word, not the front desk's.
    #[must_use]
    pub fn is_professional(self) -> bool {
        matches!(self, Self::Finish | Self::Strike)
    }
}

/// What happened to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was booked, or asked for where the clinic confirms.
    Booked(AppointmentId),
    /// The clinic agreed.
    Confirmed(AppointmentId),
    /// It was given back, by one side or the other.
    Cancelled(AppointmentId),
    /// It takes place at another time, or elsewhere, or with somebody else.
    Moved(AppointmentId),
    /// It went on to another state.
    Changed(AppointmentId, State),
}

impl Event {
    /// The name under which workers know it.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Booked(_) => "appointment.booked",
            Self::Confirmed(_) => "appointment.confirmed",
            Self::Cancelled(_) => "appointment.cancelled",
            Self::Moved(_) => "appointment.moved",
            Self::Changed(..) => "appointment.changed",
        }
    }
}

/// Why a visit stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ActError {
    /// It is in a state that does not allow this.
    #[error("this cannot be done with the visit as it is now")]
    WrongState,
    /// It has begun.
    #[error("the visit has begun")]
    Begun,
    /// Less notice than the clinic wants.
    #[error("the notice is too short")]
    NoticeTooShort {
        /// The last instant at which it was possible.
        deadline: DateTime<Utc>,
    },
    /// It is too early or too late for the person to check in.
    #[error("the person cannot check in now")]
    CheckInClosed,
    /// It was moved as often as it may be.
    #[error("the visit was moved as often as it may be")]
    TooManyMoves,
}

impl Appointment {
    /// The last instant at which a portal user may give it back; elapsed hours, so that a change
    /// of the clocks in between does not matter.
    #[must_use]
    pub fn cancel_deadline(&self) -> DateTime<Utc> {
        self.starts_at - TimeDelta::hours(i64::from(self.notice.cancel))
    }

    /// The last instant at which a portal user may move it.
    #[must_use]
    pub fn move_deadline(&self) -> DateTime<Utc> {
        self.starts_at - TimeDelta::hours(i64::from(self.notice.move_))
    }

    /// Whether somebody may do something now.
    ///
    /// # Errors
    /// The rule against it.
    pub fn check(&self, act: Act, by: Audience, now: DateTime<Utc>) -> Result<State, ActError> {
        let next = next_state(self.state, act, by)?;
        let notice = match act {
            Act::Cancel => self.cancel_deadline(),
            Act::Move => self.move_deadline(),
            Act::Miss if now < self.starts_at => return Err(ActError::WrongState),
            Act::UndoCancel
                if self.starts_at <= now || !self.was_cancelled_since(now - UNDO_WITHIN) =>
            {
                return Err(ActError::WrongState);
            }
            Act::Attend if self.attends || self.starts_at <= now => {
                return Err(ActError::WrongState);
            }
            _ => return Ok(next),
        };
        if by.is_portal() {
            if self.starts_at <= now {
                return Err(ActError::Begun);
            }
            if now > notice {
                return Err(ActError::NoticeTooShort { deadline: notice });
            }
            if act == Act::Move && self.moves.made >= self.moves.most {
                return Err(ActError::TooManyMoves);
            }
        }
        Ok(next)
    }

    /// Whether it lies ahead and is agreed, or waits for the clinic's word.
    #[must_use]
    pub fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, State::Pending | State::Booked) && now < self.starts_at
    }

    fn was_cancelled_since(&self, since: DateTime<Utc>) -> bool {
        self.cancelled_at.is_some_and(|at| at >= since)
    }

    /// Everything somebody may do with it now.
    #[must_use]
    pub fn allowed(&self, by: Audience, now: DateTime<Utc>) -> Vec<Act> {
        let mut acts = Act::ALL.to_vec();
        acts.retain(|act| self.check(*act, by, now).is_ok());
        acts
    }
}

/// The instant before which visits started whose local date has passed and is settled: that is done
/// from half past midnight on.
#[must_use]
pub fn days_gone_before(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let settled = time::local_date(now - TimeDelta::minutes(30), zone);
    time::day_start(settled, zone)
}

/// Whether a visit still starts at the time of day that was promised: neither its location's zone nor
/// the rules of that zone have changed so that it does not.
#[must_use]
pub fn keeps_its_word(starts_at: DateTime<Utc>, promised: NaiveDateTime, zone: Tz) -> bool {
    time::local_time(starts_at, zone) == promised
}

/// Gives a visit back. Portal users must do so before the notice begins; staff may until the
/// person is there.
///
/// # Errors
/// It is not agreed any more, has begun, or the notice is too short.
pub fn cancel(
    appointment: Appointment,
    by: Audience,
    now: DateTime<Utc>,
) -> Result<(Appointment, Event), ActError> {
    perform(appointment, Act::Cancel, by, now)
}

/// Puts a visit at another start. The id stays; a portal user's move is counted.
///
/// # Errors
/// The rule against it.
pub fn move_to(
    appointment: Appointment,
    starts_at: DateTime<Utc>,
    by: Audience,
    now: DateTime<Utc>,
) -> Result<(Appointment, Event), ActError> {
    let state = appointment.check(Act::Move, by, now)?;
    let Moves { made, most } = appointment.moves;
    let moves = Moves {
        made: made.saturating_add(u8::from(by.is_portal())),
        most,
    };
    let moved = Appointment {
        state,
        starts_at,
        moves,
        // Said of the time before.
        attends: false,
        ..appointment
    };
    Ok((moved, Event::Moved(appointment.id)))
}

/// Says what became of a visit that was taken for missed.
///
/// # Errors
/// It was not missed, or it can become neither.
pub fn correct(
    appointment: Appointment,
    to: State,
    by: Audience,
    now: DateTime<Utc>,
) -> Result<(Appointment, Event), ActError> {
    appointment.check(Act::Correct, by, now)?;
    if !matches!(to, State::Booked | State::Fulfilled) {
        return Err(ActError::WrongState);
    }
    let corrected = Appointment {
        state: to,
        ..appointment
    };
    Ok((corrected, Event::Changed(appointment.id, to)))
}

/// Checks the person in, by the person: only within the portal's window around the start.
///
/// # Errors
/// The portal has no check-in, it is too early or too late, or the visit's state does not allow it.
pub fn check_in(
    appointment: Appointment,
    options: &BookingOptions,
    now: DateTime<Utc>,
) -> Result<(Appointment, Event), ActError> {
    let checked_in = perform(appointment, Act::CheckIn, Audience::Employee, now)?;
    if options.is_check_in_open(appointment.starts_at, now) {
        Ok(checked_in)
    } else {
        Err(ActError::CheckInClosed)
    }
}

/// Does one act.
///
/// # Errors
/// The rule against it.
pub fn perform(
    appointment: Appointment,
    act: Act,
    by: Audience,
    now: DateTime<Utc>,
) -> Result<(Appointment, Event), ActError> {
    let state = appointment.check(act, by, now)?;
    let event = match state {
        State::Cancelled => Event::Cancelled(appointment.id),
        // Whoever was to come hears that they need not.
        State::EnteredInError if appointment.is_to_come(now) => Event::Cancelled(appointment.id),
        State::Booked if act == Act::Confirm => Event::Confirmed(appointment.id),
        _ => Event::Changed(appointment.id, state),
    };
    Ok((
        Appointment {
            state,
            attends: appointment.attends || act == Act::Attend,
            cancelled_at: (state == State::Cancelled).then_some(now),
            ..appointment
        },
        event,
    ))
}

/// The state a new visit has.
#[must_use]
pub fn booked_state(clinic_confirms: bool, by: Audience) -> State {
    if clinic_confirms && by.is_portal() {
        State::Pending
    } else {
        State::Booked
    }
}

fn next_state(state: State, act: Act, by: Audience) -> Result<State, ActError> {
    use State::{
        Booked, Cancelled, CheckedIn, EnteredInError, Fulfilled, InProgress, NoShow, Pending,
    };
    let staff = by == Audience::Clinic;
    let next = match (state, act) {
        (Pending, Act::Confirm) if staff => Booked,
        (Pending, Act::Deny) if staff => Cancelled,
        (Pending | Booked, Act::Move) => state,
        (Pending | Booked, Act::Cancel) => Cancelled,
        (Booked, Act::CheckIn) if by != Audience::Supervisor => CheckedIn,
        (CheckedIn, Act::UndoCheckIn) if staff => Booked,
        (CheckedIn, Act::Begin) if staff => InProgress,
        (CheckedIn | InProgress, Act::Finish) if staff => Fulfilled,
        (Booked, Act::Miss) if staff => NoShow,
        (NoShow, Act::Correct) if staff => Booked,
        (Cancelled, Act::UndoCancel) if staff => Booked,
        (Booked, Act::Attend) if by == Audience::Employee => Booked,
        (EnteredInError, _) => return Err(ActError::WrongState),
        (_, Act::Strike) if staff => EnteredInError,
        (CheckedIn | InProgress | Fulfilled, Act::Cancel | Act::Move) => {
            return Err(ActError::Begun);
        }
        _ => return Err(ActError::WrongState),
    };
    Ok(next)
}
