//! How a visit came to be what it is, told from what it was after each step.

use super::{Audience, Modality, State, stored_words};
use crate::ids::{AccountId, LocationId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a visit was after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// When the step was taken.
    pub at: DateTime<Utc>,
    /// By whom; nobody where nobody was signed in.
    pub account: Option<AccountId>,
    /// On which side they were.
    pub side: Option<Audience>,
    /// How far the visit had come.
    pub state: State,
    /// When and where it was to be.
    pub time: Time,
    /// Counts what changed in calendars.
    pub sequence: i32,
    /// Whether the person had said that they will come.
    pub attends: bool,
    /// Whether the clinic had said no.
    pub denied: bool,
}

/// When, where and how a visit is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its start.
    pub starts_at: DateTime<Utc>,
    /// Where.
    pub location: LocationId,
    /// How.
    pub modality: Modality,
}

/// What was done in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// A time was asked for; the clinic is to agree.
    Requested,
    /// The visit was booked.
    Booked,
    /// The clinic agreed.
    Confirmed,
    /// The clinic did not agree.
    Denied,
    /// It was put at another time or place.
    Moved,
    /// It is with somebody else, or of another length.
    Rearranged,
    /// The person said that they will come.
    Attending,
    /// The person came.
    CheckedIn,
    /// The person was not there after all.
    CheckInUndone,
    /// It began.
    Begun,
    /// It was completed.
    Completed,
    /// The person did not come.
    Missed,
    /// It was put right: the person came after all, or may still come.
    Corrected,
    /// It was given back.
    Cancelled,
    /// It was not given back after all.
    Restored,
    /// It should never have been written.
    Struck,
}

stored_words! {
    StepKind {
        Requested = "requested",
        Booked = "booked",
        Confirmed = "confirmed",
        Denied = "denied",
        Moved = "moved",
        Rearranged = "rearranged",
        Attending = "attending",
        CheckedIn = "checked_in",
        CheckInUndone = "check_in_undone",
        Begun = "begun",
        Completed = "completed",
        Missed = "missed",
        Corrected = "corrected",
        Cancelled = "cancelled",
        Restored = "restored",
        Struck = "struck",
    }
}

/// A step of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub kind: StepKind,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; nobody where the server did, or somebody who did not sign in.
    pub account: Option<AccountId>,
    /// On which side; on none where the server did.
    pub side: Option<Audience>,
    /// When and where the visit was to be before it, if that is another.
    pub before: Option<Time>,
    /// When and where it was to be after it.
    pub after: Time,
}

/// The steps of a visit, the first one first.
#[must_use]
pub fn steps(snapshots: &[Snapshot]) -> Vec<Step> {
    let before = std::iter::once(None).chain(snapshots.iter().map(Some));
    let told = before.zip(snapshots).filter_map(|(before, now)| {
        let kind = kind(before, now)?;
        Some(Step {
            kind,
            at: now.at,
            account: now.account,
            side: now.side.or(unsigned(kind)),
            before: before
                .map(|before| before.time)
                .filter(|time| *time != now.time),
            after: now.time,
        })
    });
    told.collect()
}

/// Whose doing a step is that was taken by nobody who was signed in. By a link in a mail or a code at the
/// door the person does these; the rest the server does by itself, or it is not known who did.
fn unsigned(kind: StepKind) -> Option<Audience> {
    use StepKind::{Attending, Booked, CheckedIn, Moved, Requested};
    matches!(kind, Requested | Booked | Moved | Attending | CheckedIn).then_some(Audience::Employee)
}

/// What was done between two snapshots of a visit; nothing where only what somebody had said was
/// taken back with the time it was said of.
fn kind(before: Option<&Snapshot>, now: &Snapshot) -> Option<StepKind> {
    use State::{
        Booked, Cancelled, CheckedIn, EnteredInError, Fulfilled, InProgress, NoShow, Pending,
    };
    let Some(before) = before else {
        return Some(match now.state {
            Pending => StepKind::Requested,
            _ => StepKind::Booked,
        });
    };
    Some(match (before.state, now.state) {
        (was, is) if was == is && before.time != now.time => StepKind::Moved,
        (was, is) if was == is && before.sequence != now.sequence => StepKind::Rearranged,
        (was, is) if was == is && now.attends && !before.attends => StepKind::Attending,
        (was, is) if was == is => return None,
        (_, EnteredInError) => StepKind::Struck,
        (_, Cancelled) if now.denied => StepKind::Denied,
        (_, Cancelled) => StepKind::Cancelled,
        (Cancelled | EnteredInError, _) => StepKind::Restored,
        (NoShow | Fulfilled, _) => StepKind::Corrected,
        (Pending, Booked) => StepKind::Confirmed,
        (_, CheckedIn) => StepKind::CheckedIn,
        (_, Booked | Pending) => StepKind::CheckInUndone,
        (_, InProgress) => StepKind::Begun,
        (_, Fulfilled) => StepKind::Completed,
        (_, NoShow) => StepKind::Missed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn booked() -> Snapshot {
        Snapshot {
            at: at(0),
            account: None,
            side: Some(Audience::Employee),
            state: State::Booked,
            time: Time {
                starts_at: at(10_000),
                location: LocationId(Uuid::nil()),
                modality: Modality::InPerson,
            },
            sequence: 0,
            attends: false,
            denied: false,
        }
    }

    fn told(snapshots: &[Snapshot]) -> Vec<StepKind> {
        steps(snapshots).iter().map(|step| step.kind).collect()
    }

    fn through(states: &[State]) -> Vec<StepKind> {
        let all: Vec<_> = states
            .iter()
            .map(|state| Snapshot {
                state: *state,
                ..booked()
            })
            .collect();
        told(&all)
    }

    #[test]
    fn a_visit_that_went_well_is_told_in_its_order() {
        use StepKind::{Begun, CheckedIn, Completed, Confirmed, Requested};
        let states = [
            State::Pending,
            State::Booked,
            State::CheckedIn,
            State::InProgress,
            State::Fulfilled,
        ];
        assert_eq!(
            through(&states),
            [Requested, Confirmed, CheckedIn, Begun, Completed]
        );
    }

    #[test]
    fn what_was_undone_and_put_right_is_told_as_that() {
        use StepKind::{
            Booked, Cancelled, CheckInUndone, CheckedIn, Corrected, Missed, Restored, Struck,
        };
        let states = [
            State::Booked,
            State::CheckedIn,
            State::Booked,
            State::NoShow,
            State::Booked,
            State::Cancelled,
            State::Booked,
            State::EnteredInError,
        ];
        let told = [
            Booked,
            CheckedIn,
            CheckInUndone,
            Missed,
            Corrected,
            Cancelled,
            Restored,
            Struck,
        ];
        assert_eq!(through(&states), told);
    }

    #[test]
    fn a_move_says_from_where_to_where_and_keeps_nothing_of_what_was_said_before() {
        let mut moved = booked();
        moved.time.starts_at = at(20_000);
        moved.sequence = 1;
        let attends = Snapshot {
            attends: true,
            ..booked()
        };
        let all = steps(&[booked(), attends, moved]);
        let kinds: Vec<_> = all.iter().map(|step| step.kind).collect();
        assert_eq!(
            kinds,
            [StepKind::Booked, StepKind::Attending, StepKind::Moved]
        );
        assert_eq!(all[1].before, None);
        assert_eq!(all[2].before, Some(booked().time));
        assert_eq!(all[2].after.starts_at, at(20_000));
    }

    #[test]
    fn another_provider_at_the_same_time_is_no_move() {
        let other = Snapshot {
            sequence: 1,
            ..booked()
        };
        assert_eq!(
            told(&[booked(), other]),
            [StepKind::Booked, StepKind::Rearranged]
        );
    }

    #[test]
    fn the_server_itself_notes_who_did_not_come_and_a_link_is_pressed_by_the_person() {
        let by_link = Snapshot {
            attends: true,
            side: None,
            ..booked()
        };
        let missed = Snapshot {
            state: State::NoShow,
            ..by_link
        };
        let all = steps(&[booked(), by_link, missed]);
        let sides: Vec<_> = all.iter().map(|step| step.side).collect();
        let person = Some(Audience::Employee);
        assert_eq!(sides, [person, person, None]);
    }

    #[test]
    fn a_no_of_the_clinic_is_told_from_a_cancellation() {
        let asked = Snapshot {
            state: State::Pending,
            ..booked()
        };
        let denied = Snapshot {
            state: State::Cancelled,
            denied: true,
            ..asked
        };
        assert_eq!(
            told(&[asked, denied]),
            [StepKind::Requested, StepKind::Denied]
        );
    }
}
