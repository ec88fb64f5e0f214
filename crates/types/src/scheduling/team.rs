//! Appointments in the supervisor portal: nothing clinical has a field here.

use super::{Act, Modality, Place, State};
use crate::ids::{AppointmentId, DueItemId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A report's visit: when, where, and by the name everybody may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamAppointment {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentId,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// The person's name.
    pub person_name: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end the person was told.
    pub ends_at: DateTime<Utc>,
    /// The location's IANA zone.
    pub zone: String,
    /// Where.
    pub location: Place,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// What it is called.
    pub public_name: String,
    /// How far it has come, as far as a supervisor is told.
    pub state: TeamState,
    /// What may be done with it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Act>))]
    pub allowed: Vec<Act>,
    /// Counts the changes.
    pub version: i32,
}

/// What a report still has to be scheduled for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamWaitListItem {
    /// The due item behind it.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: DueItemId,
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// The person's name.
    pub person_name: String,
    /// What is due, by its public name.
    pub public_name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// That day has passed.
    pub past_due: bool,
    /// The zone `due_on` is meant in.
    pub zone: String,
}

/// How far a visit has come, as far as a supervisor is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TeamState {
    /// The clinic has to agree.
    WaitingForClinic,
    /// Agreed.
    Booked,
    /// The person is or was there.
    Done,
    /// The person did not come.
    Missed,
    /// It was given back.
    Cancelled,
}

impl TeamState {
    /// What a supervisor is told of a state; nothing of a visit that was written in error.
    #[must_use]
    pub fn of(state: State) -> Option<Self> {
        Some(match state {
            State::Pending => Self::WaitingForClinic,
            State::Booked => Self::Booked,
            State::CheckedIn | State::InProgress | State::Fulfilled => Self::Done,
            State::NoShow => Self::Missed,
            State::Cancelled => Self::Cancelled,
            State::EnteredInError => return None,
        })
    }
}
