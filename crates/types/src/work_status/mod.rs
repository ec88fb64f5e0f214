//! What a person may do at work, from when, until when.
//!
//! Each audience has types of its own: what a supervisor receives ([`team`]) has no field for a
//! reason.

mod accommodations;
mod clinic;
mod me;
mod team;

pub use accommodations::{
    AccommodationAct, ChangeAccommodation, ClinicAccommodation, ClinicAccommodations,
    EndAccommodation, MarkAccommodationAsError, WriteAccommodation,
};
pub use clinic::{
    ChangeRestriction, ClinicRestriction, ClinicRestrictions, ClinicWorkStatus, EndAllRestrictions,
    EndRestriction, EndedRestrictions, ExtendRestriction, LintConfirmation, LintFinding,
    MarkRestrictionAsError, RestrictionAct, RestrictionsQuery, WriteRestriction,
};
pub use me::{MyAccommodation, MyRestriction, MyWorkStatus};
pub use salus_domain::work_status::catalogue::{Side, WEAR_CHOICES};
pub use salus_domain::work_status::sentence::sentences;
pub use salus_domain::work_status::{
    AccommodationType, Argument, Coverage, DayEffect, Frequency, Hours, Kind as RestrictionKind,
    Limit, LocalMoment, Phase, Phrase, RestrictionType, SideUse, Source, State, WeightLine,
    WeightUnit, WorkStatus, lint,
};
pub use team::{
    ClinicContact, TeamAccommodation, TeamFilter, TeamNextAppointment, TeamNextDue, TeamPeople,
    TeamPeopleQuery, TeamPerson, TeamPersonSummary, TeamRestriction, TeamWorkStatus,
};

use crate::problem::Kind;
use chrono::{DateTime, Utc};
use salus_domain::time::local_time;
use salus_domain::work_status::{Interval, Release};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Neither an end nor permanent was given.
pub const END_REQUIRED: Kind = Kind::new("end-required", 422);
/// The end lies before the start.
pub const END_BEFORE_START: Kind = Kind::new("end-before-start", 422);
/// Both an end and permanent were given.
pub const END_AND_PERMANENT: Kind = Kind::new("end-and-permanent", 422);
/// The limit does not fit the type.
pub const LIMIT_INVALID: Kind = Kind::new("limit-invalid", 422);
/// Weights must fall as the frequency rises.
pub const LADDER_NOT_FALLING: Kind = Kind::new("ladder-not-falling", 422);
/// The type needs a side.
pub const SIDE_REQUIRED: Kind = Kind::new("side-required", 422);
/// A shared text looks like health information.
pub const LINT_CONFIRMATION_REQUIRED: Kind = Kind::new("lint-confirmation-required", 422);
/// The confirmation is for another text.
pub const LINT_TOKEN_STALE: Kind = Kind::new("lint-token-stale", 422);

/// The kinds of problem of this feature.
pub const PROBLEMS: &[Kind] = &[
    END_REQUIRED,
    END_BEFORE_START,
    END_AND_PERMANENT,
    LIMIT_INVALID,
    LADDER_NOT_FALLING,
    SIDE_REQUIRED,
    LINT_CONFIRMATION_REQUIRED,
    LINT_TOKEN_STALE,
];

/// A sentence in the reader's language, and the message it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sentence {
    /// The sentence, in the account's language.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Lift no more than 20 lb, up to a third of the shift.")
    )]
    pub text: String,
    /// The message's id, for saying the same in another language.
    #[cfg_attr(feature = "openapi", schema(example = "work-status-lift-weight"))]
    pub message: String,
    /// The message's arguments: texts and numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::Argument>))]
    pub args: BTreeMap<String, Argument>,
}

/// From a local minute to a local minute, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Period {
    /// The first local minute; a date alone means from its beginning.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-03-02"))]
    pub starts: LocalMoment,
    /// The last local minute; a date alone means to its end; absent when permanent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-31"))]
    pub ends: Option<LocalMoment>,
    /// The first instant inside.
    pub starts_at: DateTime<Utc>,
    /// The first instant after; absent when permanent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ends_at: Option<DateTime<Utc>>,
    /// The IANA zone it was written in.
    #[cfg_attr(feature = "openapi", schema(example = "America/New_York"))]
    pub time_zone: String,
}

impl From<Interval> for Period {
    fn from(interval: Interval) -> Self {
        Self {
            starts: starting(interval.starts, interval.zone),
            ends: interval.end.instant().map(|end| ending(end, interval.zone)),
            starts_at: interval.starts,
            ends_at: interval.end.instant(),
            time_zone: interval.zone.name().to_owned(),
        }
    }
}

/// Since when and until when the status of the moment holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = WorkRelease))]
pub struct Since {
    /// The first local minute; for full duty only when a restriction ended in the last 90 days.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-02"))]
    pub from: Option<LocalMoment>,
    /// The last local minute; absent means until further notice.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-31"))]
    pub until: Option<LocalMoment>,
    /// The first instant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from_at: Option<DateTime<Utc>>,
    /// The instant at which the status or the restrictions change next.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until_at: Option<DateTime<Utc>>,
    /// The IANA zone of the local times.
    pub time_zone: String,
}

impl Since {
    /// A release in a person's zone.
    #[must_use]
    pub fn of(release: &Release, zone: chrono_tz::Tz) -> Self {
        Self {
            from: release.from.map(|instant| starting(instant, zone)),
            until: release.until.map(|instant| ending(instant, zone)),
            from_at: release.from,
            until_at: release.until,
            time_zone: zone.name().to_owned(),
        }
    }
}

/// A start as people write it: midnight needs no time.
fn starting(instant: DateTime<Utc>, zone: chrono_tz::Tz) -> LocalMoment {
    let local = local_time(instant, zone);
    if local.time() == chrono::NaiveTime::MIN {
        LocalMoment::on(local.date())
    } else {
        LocalMoment::at(local)
    }
}

/// An end as people write it: the last minute inside; 23:59 needs no time.
fn ending(instant: DateTime<Utc>, zone: chrono_tz::Tz) -> LocalMoment {
    let last = local_time(instant - chrono::Duration::minutes(1), zone);
    let midnight = local_time(instant, zone).date() != last.date();
    if midnight {
        LocalMoment::on(last.date())
    } else {
        LocalMoment::at(last)
    }
}

/// How the enumerations and limits of the rules appear in the document.
#[cfg(feature = "openapi")]
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "only their shape is used"
)]
pub(crate) mod schema {
    use serde::Serialize;
    use utoipa::ToSchema;

    /// What a person may do, from the least to the most limiting.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum WorkStatus {
        FullDuty,
        Restricted,
        OffWork,
        NotEmployed,
    }

    /// Before, inside or after its dates.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = RestrictionPhase)]
    pub enum Phase {
        Planned,
        Active,
        Ended,
    }

    /// What became of a restriction.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = RestrictionState)]
    pub enum State {
        Current,
        Cancelled,
        EnteredInError,
    }

    /// A side of the body.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = BodySide)]
    pub enum Side {
        Left,
        Right,
        Both,
        NotApplicable,
    }

    /// How far an accommodation answers its restrictions.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = AccommodationCoverage)]
    pub enum Coverage {
        Full,
        ForNow,
    }

    /// Where a restriction comes from.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = RestrictionSource)]
    pub enum Source {
        Clinic,
        OutsideNote,
        Plan,
        Import,
    }

    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum WeightUnit {
        Lb,
        Kg,
    }

    /// How often in a shift: `occasional` up to a third, `frequent` up to two thirds.
    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    #[schema(as = WeightFrequency)]
    pub enum Frequency {
        Once,
        Occasional,
        Frequent,
        Constant,
        Any,
    }

    #[derive(Serialize, ToSchema)]
    pub struct WeightLine {
        #[schema(example = "20")]
        pub value: String,
        pub unit: WeightUnit,
        pub frequency: Frequency,
    }

    /// A value for a message: a quantity, or a word the message chooses by.
    #[derive(Serialize, ToSchema)]
    #[serde(untagged)]
    #[schema(as = MessageArgument)]
    pub enum Argument {
        Number(f64),
        Text(String),
    }

    /// How much is allowed; hours are exact decimals in steps of 0.25.
    #[derive(Serialize, ToSchema)]
    #[serde(tag = "shape", rename_all = "snake_case")]
    #[schema(as = RestrictionLimit)]
    pub enum Limit {
        #[schema(title = "NoLimit")]
        None {},
        #[schema(title = "WeightLimit")]
        Weight {
            lines: Vec<WeightLine>,
            #[serde(skip_serializing_if = "Option::is_none")]
            hours_per_day: Option<String>,
        },
        #[schema(title = "HoursLimit")]
        Hours {
            #[serde(skip_serializing_if = "Option::is_none")]
            per_day: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            at_once: Option<String>,
        },
        #[schema(title = "MinutesLimit")]
        Minutes { every: u16 },
        #[schema(title = "BreaksLimit")]
        Breaks { minutes: u16, every: String },
        #[schema(title = "DaysLimit")]
        Days { per_week: u8 },
        #[schema(title = "ChoiceLimit")]
        Choice { value: String },
        #[schema(title = "TextLimit")]
        Text { text: String },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_domain::work_status::End;

    #[test]
    fn whole_days_are_written_as_dates_and_other_times_with_their_minute() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let period = |starts, ends| {
            Period::from(Interval {
                zone: chrono_tz::America::New_York,
                starts: at(starts),
                end: End::At(at(ends)),
            })
        };
        let days = period("2026-05-01T04:00:00Z", "2026-05-05T04:00:00Z");
        assert_eq!(days.starts.to_string(), "2026-05-01");
        assert_eq!(days.ends.unwrap().to_string(), "2026-05-04");
        let hours = period("2026-05-01T13:30:00Z", "2026-05-04T16:01:00Z");
        assert_eq!(hours.starts.to_string(), "2026-05-01T09:30");
        assert_eq!(hours.ends.unwrap().to_string(), "2026-05-04T12:00");
    }
}
