//! Times that truly are free: what is offered, how it is kept, taken and given back.
//!
//! A slot is computed when it is asked for and never stored. What is stored are claims, stretches
//! of time taken on a resource or a person; the database refuses two of them in one place, and the
//! functions here answer beforehand the same question the database answers for good.

pub mod appointment;
pub mod appointment_type;
pub mod blackout;
pub mod calendar;
pub mod cancel_reason;
pub mod changes;
pub mod check_in_code;
pub mod digest;
pub mod history;
pub mod hold;
pub mod joining;
pub mod offer;
pub mod offered;
pub mod opening;
pub mod options;
pub mod overrides;
pub mod preview;
pub mod region;
pub mod reminders;
pub mod request;
pub mod retiming;
pub mod schedule;
pub mod search;
pub mod supervising;
pub mod visit_plans;
pub mod wait_list;

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use appointment::{Act, Appointment, Event, Moves, Notice, State};
pub use appointment_type::{After, AppointmentType, Need, Times, TimesException};
pub use blackout::{Blackout, Span, Target};
pub use calendar::{Claim, PersonCalendar, Resource, ResourceCalendar};
pub use cancel_reason::CancelReason;
pub use check_in_code::CheckInCode;
pub use hold::Hold;
pub use joining::JoinLink;
pub use offer::{OfferState, OfferedTime};
pub use offered::{Item, NotOffered};
pub use options::{BookingOptions, Reach};
pub use overrides::{Override, Overrides};
pub use region::Region;
pub use request::{Preference, Request};
pub use schedule::{Pattern, Schedule, TypeScope, WeeklyWindow, Window};
pub use search::{Assigned, Place, Refused, Search, Slot};
pub use supervising::{ItemAct, Mode, SupervisorOptions};
pub use visit_plans::{DueVisit, Part, Plans, VisitPlan};
pub use wait_list::{
    ClosedBecause, Freed, FreedBy, Hindrances, ItemState, KeepTimes, Outcome, PlaceSettings,
    QuietHours, Round, Skip, SkipReason, Step, Waiting, Wishes, WrongHours,
};

/// Whether what stands for a place in mails says which place it is: they must not tell that somebody
/// goes to a clinic.
#[must_use]
pub fn tells_the_place(label: &str, name: &str) -> bool {
    let name = name.trim().to_lowercase();
    !name.is_empty() && label.to_lowercase().contains(&name)
}

/// How a visit takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// At the location.
    InPerson,
    /// By an address the provider gives.
    Telehealth,
}

/// Who is looking for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The person, in the employee portal.
    Employee,
    /// Somebody the person reports to, in the supervisor portal.
    Supervisor,
    /// Staff of the clinic.
    Clinic,
}

impl Audience {
    /// Whether the rules for portal users hold; staff are exempt from most of them.
    #[must_use]
    pub fn is_portal(self) -> bool {
        self != Self::Clinic
    }
}

/// What kind of thing has a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// One account with a clinician's role.
    Provider,
    /// A room.
    Room,
    /// A piece of equipment.
    Equipment,
}

macro_rules! stored_words {
    ($($type:ident { $($variant:ident = $word:literal,)* })*) => {$(
        impl $type {
            /// Every value there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word under which it is stored and sent.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// Reads the stored word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    )*};
}
pub(crate) use stored_words;

stored_words! {
    Modality { InPerson = "in_person", Telehealth = "telehealth", }
    Audience { Employee = "employee", Supervisor = "supervisor", Clinic = "clinic", }
    ResourceKind { Provider = "provider", Room = "room", Equipment = "equipment", }
}

/// A half-open stretch of time: `from` belongs to it, `until` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub until: DateTime<Utc>,
}

impl Stretch {
    /// The stretch of so many minutes from a start.
    #[must_use]
    pub fn of_minutes(from: DateTime<Utc>, minutes: u16) -> Self {
        Self {
            from,
            until: from + TimeDelta::minutes(i64::from(minutes)),
        }
    }

    /// Whether the two have an instant in common; touching is not overlapping.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// Whether the other lies inside, ends included.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.until <= self.until
    }

    /// What of it none of the others covers, in order.
    #[must_use]
    pub fn without(self, others: &[Self]) -> Vec<Self> {
        let mut rest = vec![self];
        for other in others {
            rest = rest
                .into_iter()
                .flat_map(|piece| {
                    let before = Self {
                        from: piece.from,
                        until: piece.until.min(other.from),
                    };
                    let after = Self {
                        from: piece.from.max(other.until),
                        until: piece.until,
                    };
                    [before, after]
                })
                .collect();
        }
        joined(rest)
    }

    /// The elapsed time.
    #[must_use]
    pub fn length(self) -> TimeDelta {
        self.until - self.from
    }

    /// The same stretch with time added on both sides.
    #[must_use]
    pub fn widened(self, before: u16, after: u16) -> Self {
        Self {
            from: self.from - TimeDelta::minutes(i64::from(before)),
            until: self.until + TimeDelta::minutes(i64::from(after)),
        }
    }
}

/// Joins stretches that overlap or touch; the answer is in order.
#[must_use]
pub fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.retain(|stretch| stretch.from < stretch.until);
    stretches.sort_unstable();
    let mut answer: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match answer.last_mut() {
            Some(last) if stretch.from <= last.until => last.until = last.until.max(stretch.until),
            _ => answer.push(stretch),
        }
    }
    answer
}
