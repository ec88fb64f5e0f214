//! What an employer does so that a person can work, or that they are away.

use super::interval::Interval;
use crate::private::Private;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an accommodation means for a working day. Fixed for shipped types, because the day counts
/// of 29 CFR 1904.7(b)(3) and (b)(4) read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayEffect {
    /// At work with changes.
    Restricted,
    /// Not at work.
    Away,
}

impl DayEffect {
    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Restricted => "restricted",
            Self::Away => "away",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Restricted, Self::Away]
            .into_iter()
            .find(|effect| effect.code() == code)
    }
}

macro_rules! types {
    ($($variant:ident $code:literal $effect:ident $doc:literal,)*) => {
        /// A shipped type of accommodation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum AccommodationType {
            $(#[doc = $doc] $variant,)*
        }

        impl AccommodationType {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code stored and sent.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What it means for a working day.
            #[must_use]
            pub fn effect(self) -> DayEffect {
                match self { $(Self::$variant => DayEffect::$effect,)* }
            }

            /// Reads a code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
        }
    };
}

types! {
    WorkLocation "work_location" Restricted "Another place of work.",
    TransitionalDuty "transitional_duty" Restricted "Other duties for a time.",
    TransitionalDutyArea "transitional_duty_area" Restricted "Work in a transitional area.",
    Housing "housing" Restricted "Housing.",
    LostTimeOccupational "lost_time_occupational" Away "Away, occupational.",
    LostTimeNonOccupational "lost_time_non_occupational" Away "Away, not occupational.",
    LostTimeMaternity "lost_time_maternity" Away "Away, maternity.",
    LostTimeErApproved "lost_time_er_approved" Away "Away, approved by employee relations.",
    LostTime "lost_time" Away "Away.",
}

/// An accommodation as far as a reader may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accommodation {
    /// Which accommodation.
    pub id: Uuid,
    /// What it means for a working day.
    pub effect: DayEffect,
    /// Its type; a supervisor has it only where the effect is `restricted`.
    pub kind: Option<AccommodationType>,
    /// Up to 500 shared characters; same rule.
    pub details: Option<Private<String>>,
    /// From when, until when.
    pub interval: Interval,
}
