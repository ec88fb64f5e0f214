//! A restriction as a clinician typed it, and what is wrong with it.

use super::catalogue::{RestrictionType, Side, SideUse};
use super::interval::{End, Interval, LocalMoment};
use super::limit::{Limit, LimitError};
use super::restriction::Terms;
use crate::private::Private;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use chrono_tz::Tz;

/// The longest shared comment, in characters.
pub const COMMENT_MAX: usize = 500;
/// The longest clinical note, in characters.
pub const NOTE_MAX: usize = 2_000;
/// The longest problem, in characters.
pub const PROBLEM_MAX: usize = 200;
/// The longest name of an outside provider, in characters.
pub const PROVIDER_MAX: usize = 120;

/// A restriction as typed: the part that may be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestrictionDraft {
    /// What is limited.
    pub kind: RestrictionType,
    /// How much is allowed.
    pub limit: Limit,
    /// Which side of the body.
    pub side: Side,
    /// From when; now when absent.
    pub starts: Option<LocalMoment>,
    /// Until when.
    pub ends: Option<LocalMoment>,
    /// It never ends.
    pub permanent: bool,
    /// Off for a personal restriction.
    pub affects_work: bool,
    /// What the person and their supervisor read beside it.
    pub comment: Option<String>,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// Neither an end nor permanent.
    #[error("an end or permanent is needed")]
    EndRequired,
    /// Both an end and permanent.
    #[error("an end and permanent exclude each other")]
    EndAndPermanent,
    /// The end lies before the start.
    #[error("the end lies before the start")]
    EndBeforeStart,
    /// The limit does not fit the type or is out of range.
    #[error("the limit does not fit the type")]
    LimitInvalid,
    /// Weights must fall as the frequency rises.
    #[error("weights must fall as the frequency rises")]
    LadderNotFalling,
    /// The type needs a side.
    #[error("a side is needed")]
    SideRequired,
    /// A text is longer than so many characters.
    #[error("the text is too long")]
    TooLong(usize),
    /// "No work" always affects work.
    #[error("no work always affects work")]
    AlwaysAffectsWork,
    /// A restriction is not one of this person that counts.
    #[error("the restriction is not one of this person")]
    NotOfThisPerson,
}

impl FaultKind {
    /// The problem slug an answer carries.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::EndRequired => "end-required",
            Self::EndAndPermanent => "end-and-permanent",
            Self::EndBeforeStart => "end-before-start",
            Self::LimitInvalid => "limit-invalid",
            Self::LadderNotFalling => "ladder-not-falling",
            Self::SideRequired => "side-required",
            Self::TooLong(_) | Self::AlwaysAffectsWork | Self::NotOfThisPerson => "invalid",
        }
    }

    /// The code of the field error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::EndRequired => "end_required",
            Self::EndAndPermanent => "end_and_permanent",
            Self::EndBeforeStart => "end_before_start",
            Self::LimitInvalid => "limit_invalid",
            Self::LadderNotFalling => "ladder_not_falling",
            Self::SideRequired => "side_required",
            Self::TooLong(_) => "too_long",
            Self::AlwaysAffectsWork => "always_affects_work",
            Self::NotOfThisPerson => "not_of_this_person",
        }
    }
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// JSON pointer to the field.
    pub pointer: String,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn at(kind: FaultKind, pointer: &str) -> Self {
        Self {
            kind,
            pointer: pointer.to_owned(),
        }
    }
}

impl RestrictionDraft {
    /// Checks everything and settles the dates in the person's zone.
    ///
    /// # Errors
    /// All faults there are, in the order of the form.
    pub fn check(self, zone: Tz, now: DateTime<Utc>) -> Result<Terms, Vec<Fault>> {
        let mut faults = Vec::new();
        let limit = self.limit.check(self.kind).map_err(|error| match error {
            LimitError::Invalid(below) => {
                Fault::at(FaultKind::LimitInvalid, &format!("/limit{below}"))
            }
            LimitError::NotFalling => Fault::at(FaultKind::LadderNotFalling, "/limit/lines"),
        });
        let limit = limit.map_err(|fault| faults.push(fault)).ok();
        match (self.kind.side_use(), self.side) {
            (SideUse::Required, Side::NotApplicable) => {
                faults.push(Fault::at(FaultKind::SideRequired, "/side"));
            }
            (SideUse::Never, Side::Left | Side::Right | Side::Both) => {
                faults.push(Fault::at(FaultKind::LimitInvalid, "/side"));
            }
            _ => {}
        }
        if self.kind == RestrictionType::NoWork && !self.affects_work {
            faults.push(Fault::at(FaultKind::AlwaysAffectsWork, "/affects_work"));
        }
        let interval = interval(self.starts, self.ends, self.permanent, zone, now);
        let interval = interval.map_err(|fault| faults.push(fault)).ok();
        let comment = self
            .comment
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
        faults.extend(too_long(comment.as_deref(), COMMENT_MAX, "/comment"));
        match (limit, interval) {
            (Some(limit), Some(interval)) if faults.is_empty() => Ok(Terms {
                kind: self.kind,
                limit,
                side: self.side,
                interval,
                affects_work: self.affects_work,
                comment: comment.map(Private),
            }),
            _ => Err(faults),
        }
    }
}

/// A fault when a text is longer than it may be.
#[must_use]
pub fn too_long(text: Option<&str>, most: usize, pointer: &str) -> Option<Fault> {
    text.filter(|text| text.chars().count() > most)
        .map(|_| Fault::at(FaultKind::TooLong(most), pointer))
}

/// Settles typed dates in a zone.
///
/// # Errors
/// The end is missing, given twice, or lies before the start.
pub fn interval(
    starts: Option<LocalMoment>,
    ends: Option<LocalMoment>,
    permanent: bool,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<Interval, Fault> {
    let starts = starts.map_or_else(|| this_minute(now), |moment| moment.start(zone));
    let end = match (ends, permanent) {
        (None, false) => return Err(Fault::at(FaultKind::EndRequired, "/ends")),
        (Some(_), true) => return Err(Fault::at(FaultKind::EndAndPermanent, "/ends")),
        (Some(moment), false) => End::At(moment.end(zone)),
        (None, true) => End::Permanent,
    };
    if end.instant().is_some_and(|end| end <= starts) {
        return Err(Fault::at(FaultKind::EndBeforeStart, "/ends"));
    }
    Ok(Interval { zone, starts, end })
}

/// The first instant of the minute that is running.
#[must_use]
pub fn this_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now)
}
