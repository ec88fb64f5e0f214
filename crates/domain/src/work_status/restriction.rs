//! A restriction: the part that may be shared and the part that never leaves the clinic.

use super::catalogue::{RestrictionType, Side};
use super::interval::{Interval, Phase};
use super::limit::Limit;
use crate::ids::{AccountId, PersonId, RestrictionId};
use crate::private::Private;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What may be done and when: everything of a restriction that can be shown at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What is limited.
    pub kind: RestrictionType,
    /// How much is allowed.
    pub limit: Limit,
    /// Which side of the body.
    pub side: Side,
    /// From when, until when.
    pub interval: Interval,
    /// Off for a personal restriction, which no supervisor sees.
    pub affects_work: bool,
    /// Up to 500 characters for the person and their supervisor.
    pub comment: Option<Private<String>>,
}

/// A restriction without any clinical part, as the status is computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limitation {
    /// Which restriction.
    pub id: RestrictionId,
    /// Which version of it, from 1.
    pub version: i32,
    /// What may be done and when.
    pub terms: Terms,
}

/// Why the restriction exists: the clinic's part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clinical {
    /// Whether the cause is occupational.
    pub occupational: bool,
    /// Up to 2,000 characters for the clinic only.
    pub note: Option<Private<String>>,
    /// Up to 200 characters: what it is about. Never changes the problem list.
    pub problem: Option<Private<String>>,
    /// Meets the criteria of a disability.
    pub disability_criteria: bool,
    /// The clinician ticked "released to the employee": they may read the problem.
    pub reason_released: bool,
    /// Who ordered the restriction.
    pub provider: Option<Provider>,
}

/// Who ordered a restriction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provider {
    /// A clinician of the provider organization.
    Account(AccountId),
    /// Somebody outside, in 1 to 120 characters.
    Outside(String),
}

/// Where a restriction comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Written in the clinic.
    #[default]
    Clinic,
    /// Taken from a note of an outside provider.
    OutsideNote,
    /// A step of a return-to-work plan.
    Plan,
    /// Taken over from a file.
    Import,
}

impl Source {
    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Clinic => "clinic",
            Self::OutsideNote => "outside_note",
            Self::Plan => "plan",
            Self::Import => "import",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Clinic, Self::OutsideNote, Self::Plan, Self::Import]
            .into_iter()
            .find(|source| source.code() == code)
    }
}

/// What became of a restriction. Its phase is computed from its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It counts, in its time.
    Current,
    /// Planned once, taken back before it began.
    Cancelled,
    /// Written by mistake; kept for the clinic's history only.
    EnteredInError,
}

impl State {
    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Cancelled => "cancelled",
            Self::EnteredInError => "entered_in_error",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Current, Self::Cancelled, Self::EnteredInError]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// A restriction as the clinic has it: the newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Which restriction.
    pub id: RestrictionId,
    /// Whose.
    pub person_id: PersonId,
    /// The number of this version, from 1.
    pub version: i32,
    /// What became of it.
    pub state: State,
    /// Why it is marked as a mistake, 1 to 200 characters.
    pub error_reason: Option<Private<String>>,
    /// What may be done and when.
    pub terms: Terms,
    /// Why: the clinic's part.
    pub clinical: Clinical,
    /// Off = nobody is told of this version.
    pub notify: bool,
    /// Where it comes from.
    pub source: Source,
    /// Who saved this version.
    pub saved_by: AccountId,
    /// When this version was saved.
    pub saved_at: DateTime<Utc>,
}

impl Restriction {
    /// Where an instant lies in regard to the restriction.
    #[must_use]
    pub fn phase(&self, instant: DateTime<Utc>) -> Phase {
        self.terms.interval.phase(instant)
    }

    /// The part the status is computed from; none when it does not count.
    #[must_use]
    pub fn limitation(&self) -> Option<Limitation> {
        (self.state == State::Current).then(|| Limitation {
            id: self.id,
            version: self.version,
            terms: self.terms.clone(),
        })
    }
}
