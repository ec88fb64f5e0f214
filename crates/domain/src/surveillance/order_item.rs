//! The catalogue of what can be asked for.

use crate::ids::{AppointmentTypeId, OrderItemId};
use serde::{Deserialize, Serialize};

/// What sort of thing an order item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderItemKind {
    /// A test.
    Test,
    /// A procedure.
    Procedure,
    /// An injection.
    Injection,
    /// A questionnaire.
    Questionnaire,
    /// A written opinion.
    Opinion,
    /// A consent.
    Consent,
}

impl OrderItemKind {
    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Procedure => "procedure",
            Self::Injection => "injection",
            Self::Questionnaire => "questionnaire",
            Self::Opinion => "opinion",
            Self::Consent => "consent",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::Test,
            Self::Procedure,
            Self::Injection,
            Self::Questionnaire,
            Self::Opinion,
            Self::Consent,
        ]
        .into_iter()
        .find(|kind| kind.code() == code)
    }
}

/// A catalogue entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem {
    /// Which entry.
    pub id: OrderItemId,
    /// Its immutable code, `A-Z 0-9 - _`.
    pub code: String,
    /// The clinic's name.
    pub name: String,
    /// The name employees and supervisors read.
    pub public_name: String,
    /// What sort of thing it is.
    pub kind: OrderItemKind,
    /// How many minutes it takes the person.
    pub minutes: Option<i16>,
    /// The kind of visit that answers it.
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// Still offered.
    pub active: bool,
}
