//! What an employer does so that a person can work, or that they are away.

use super::change::{Author, ChangeError, Ending};
use super::draft::{Fault, FaultKind, interval, this_minute, too_long};
use super::interval::{End, Interval, LocalMoment, Phase};
use super::restriction::{Restriction, State};
use crate::ids::{AccountId, PersonId, RestrictionId};
use crate::private::Private;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The longest details, in characters.
pub const DETAILS_MAX: usize = 500;
/// The most restrictions one accommodation answers.
pub const ANSWERS_MAX: usize = 50;

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

/// How far an accommodation answers its restrictions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Wholly.
    #[default]
    Full,
    /// Until something better is found.
    ForNow,
}

impl Coverage {
    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ForNow => "for_now",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Full, Self::ForNow]
            .into_iter()
            .find(|coverage| coverage.code() == code)
    }
}

/// An accommodation as a clinician typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccommodationDraft {
    /// Its type.
    pub kind: AccommodationType,
    /// What the person and, unless they are away, their supervisor read.
    pub details: Option<String>,
    /// From when; now when absent.
    pub starts: Option<LocalMoment>,
    /// Until when; permanent when absent.
    pub ends: Option<LocalMoment>,
    /// How far it answers its restrictions.
    pub coverage: Coverage,
    /// The restrictions it answers.
    pub restrictions: Vec<RestrictionId>,
}

/// What an accommodation says and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccommodationTerms {
    /// Its type.
    pub kind: AccommodationType,
    /// Up to 500 shared characters.
    pub details: Option<Private<String>>,
    /// From when, until when.
    pub interval: Interval,
    /// How far it answers its restrictions.
    pub coverage: Coverage,
    /// The restrictions it answers, each once.
    pub restrictions: BTreeSet<RestrictionId>,
}

impl AccommodationDraft {
    /// Checks everything and settles the dates in the person's zone. `known` are the person's
    /// restrictions that can be answered.
    ///
    /// # Errors
    /// All faults there are, in the order of the form.
    pub fn check(
        self,
        zone: Tz,
        now: DateTime<Utc>,
        known: &BTreeSet<RestrictionId>,
    ) -> Result<AccommodationTerms, Vec<Fault>> {
        let mut faults = Vec::new();
        let details = self
            .details
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
        faults.extend(too_long(details.as_deref(), DETAILS_MAX, "/details"));
        let permanent = self.ends.is_none();
        let interval = interval(self.starts, self.ends, permanent, zone, now);
        let interval = interval.map_err(|fault| faults.push(fault)).ok();
        let restrictions: BTreeSet<_> = self.restrictions.into_iter().collect();
        if restrictions.len() > ANSWERS_MAX || !restrictions.is_subset(known) {
            faults.push(Fault::at(FaultKind::NotOfThisPerson, "/restrictions"));
        }
        match interval {
            Some(interval) if faults.is_empty() => Ok(AccommodationTerms {
                kind: self.kind,
                details: details.map(Private),
                interval,
                coverage: self.coverage,
                restrictions,
            }),
            _ => Err(faults),
        }
    }
}

/// An accommodation as the clinic has it: the newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClinicAccommodation {
    /// Which accommodation.
    pub id: Uuid,
    /// Whose.
    pub person_id: PersonId,
    /// The number of this version, from 1.
    pub version: i32,
    /// What became of it.
    pub state: State,
    /// Why it is marked as a mistake, 1 to 200 characters.
    pub error_reason: Option<Private<String>>,
    /// What it says and when.
    pub terms: AccommodationTerms,
    /// Off = nobody is told of this version.
    pub notify: bool,
    /// Who saved this version.
    pub saved_by: AccountId,
    /// When this version was saved.
    pub saved_at: DateTime<Utc>,
}

impl ClinicAccommodation {
    /// Where an instant lies in regard to it.
    #[must_use]
    pub fn phase(&self, instant: DateTime<Utc>) -> Phase {
        self.terms.interval.phase(instant)
    }

    fn next(self, by: Author) -> Self {
        Self {
            version: self.version + 1,
            saved_by: by.account,
            saved_at: by.at,
            ..self
        }
    }

    fn current(self) -> Result<Self, ChangeError> {
        if self.state == State::Current {
            Ok(self)
        } else {
            Err(ChangeError::NotCurrent)
        }
    }

    /// A new version with other terms.
    ///
    /// # Errors
    /// It no longer counts.
    pub fn edit(
        self,
        terms: AccommodationTerms,
        notify: bool,
        by: Author,
    ) -> Result<Self, ChangeError> {
        Ok(Self {
            terms,
            notify,
            ..self.current()?.next(by)
        })
    }

    /// An end not before the start; a planned one is cancelled by ending it now.
    ///
    /// # Errors
    /// It no longer counts, or the end lies before the start.
    pub fn end(self, ending: Ending, by: Author) -> Result<Self, ChangeError> {
        let mut one = self.current()?;
        let interval = one.terms.interval;
        let end = match ending {
            Ending::Now if interval.phase(by.at) == Phase::Planned => {
                one.state = State::Cancelled;
                return Ok(one.next(by));
            }
            Ending::Now => this_minute(by.at) + Duration::minutes(1),
            Ending::At(moment) => moment.end(interval.zone),
        };
        if end <= interval.starts {
            return Err(ChangeError::EndBeforeStart);
        }
        one.terms.interval.end = End::At(end);
        Ok(one.next(by))
    }

    /// Marks it as a mistake: it leaves every status and view, and stays in the clinic's history.
    ///
    /// # Errors
    /// It is marked already, or the reason is missing or too long.
    pub fn mark_error(self, reason: &str, by: Author) -> Result<Self, ChangeError> {
        if self.state == State::EnteredInError {
            return Err(ChangeError::NotCurrent);
        }
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(ChangeError::ReasonRequired);
        }
        Ok(Self {
            state: State::EnteredInError,
            error_reason: Some(Private(reason.to_owned())),
            ..self.next(by)
        })
    }
}

/// The active restrictions that affect work and that no active accommodation answers.
#[must_use]
pub fn not_accommodated(
    restrictions: &[Restriction],
    accommodations: &[ClinicAccommodation],
    now: DateTime<Utc>,
) -> Vec<RestrictionId> {
    let answered: BTreeSet<RestrictionId> = accommodations
        .iter()
        .filter(|one| one.state == State::Current && one.phase(now) == Phase::Active)
        .flat_map(|one| one.terms.restrictions.iter().copied())
        .collect();
    restrictions
        .iter()
        .filter(|one| one.state == State::Current && one.phase(now) == Phase::Active)
        .filter(|one| one.terms.affects_work && !answered.contains(&one.id))
        .map(|one| one.id)
        .collect()
}
