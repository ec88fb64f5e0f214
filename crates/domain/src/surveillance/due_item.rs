//! An obligation of a person, from the date it is seen to the day it is closed.

use crate::ids::{AccountId, AppointmentId, DueItemId, EmployerId, OrderItemId, PersonId};
use crate::private::Private;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How long before its due date an item entered by hand is seen.
const LEAD_DAYS: u64 = 30;

/// The longest comment and the longest note of a waiver, in characters.
const TEXT_MAX: usize = 500;

/// What became of a due item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// To be done.
    Pending,
    /// Sent to an outside place.
    Ordered,
    /// Begun.
    InProgress,
    /// Done.
    Completed,
    /// The person declined.
    Declined,
    /// Counts as done without being done.
    Waived,
    /// Done, and to be done again.
    Repeat,
    /// No longer required.
    NotNeeded,
    /// Entered by mistake.
    EnteredInError,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Ordered,
        Self::InProgress,
        Self::Completed,
        Self::Declined,
        Self::Waived,
        Self::Repeat,
        Self::NotNeeded,
        Self::EnteredInError,
    ];

    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Ordered => "ordered",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Waived => "waived",
            Self::Repeat => "repeat",
            Self::NotNeeded => "not_needed",
            Self::EnteredInError => "entered_in_error",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether something is still to be done.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Ordered | Self::InProgress)
    }
}

/// Why an item need not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiverReason {
    /// A medical or religious exemption was approved.
    ExemptionApproved,
    /// Something else proves the same.
    EquivalentEvidence,
    /// The person is not exposed.
    NotExposed,
    /// The person changed jobs.
    JobChanged,
    /// It was done somewhere else.
    DoneElsewhere,
    /// Anything else; the note says what.
    Other,
}

impl WaiverReason {
    /// Every reason, in the order a form lists them.
    pub const ALL: [Self; 6] = [
        Self::ExemptionApproved,
        Self::EquivalentEvidence,
        Self::NotExposed,
        Self::JobChanged,
        Self::DoneElsewhere,
        Self::Other,
    ];

    /// The code stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ExemptionApproved => "exemption_approved",
            Self::EquivalentEvidence => "equivalent_evidence",
            Self::NotExposed => "not_exposed",
            Self::JobChanged => "job_changed",
            Self::DoneElsewhere => "done_elsewhere",
            Self::Other => "other",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A waiver as a clinician grants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Why.
    pub reason: WaiverReason,
    /// In words, 1 to 500 characters, for the clinic.
    pub note: Private<String>,
}

/// The day it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The date.
    pub on: NaiveDate,
}

/// A due item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueItem {
    /// Which item.
    pub id: DueItemId,
    /// Whose.
    pub person_id: PersonId,
    /// The employer that requires it.
    pub employer_id: EmployerId,
    /// What is to be done.
    pub order_item_id: OrderItemId,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The first day on which the employee and the supervisor see it.
    pub visible_on: NaiveDate,
    /// What became of it.
    pub status: Status,
    /// The visit booked for it.
    pub appointment_id: Option<AppointmentId>,
    /// The clinic's comment.
    pub comment: Option<Private<String>>,
    /// The day it was done.
    pub completed_on: Option<NaiveDate>,
    /// Why it need not be done.
    pub waiver: Option<Waiver>,
    /// When it was closed, and by whom.
    pub closed: Option<(DateTime<Utc>, Option<AccountId>)>,
    /// The row's version, from 1.
    pub version: i32,
}

/// A due item as a clinician enters it by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueItemDraft {
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// The first day on which it is seen; 30 days before it is due when absent.
    pub visible_on: Option<NaiveDate>,
    /// The clinic's comment, up to 500 characters.
    pub comment: Option<String>,
}

/// What a clinician may change: absent keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueItemChange {
    /// Another due date.
    pub due_on: Option<NaiveDate>,
    /// Another first day of being seen.
    pub visible_on: Option<NaiveDate>,
    /// Another comment, or none.
    pub comment: Option<Option<String>>,
}

/// Why an act on a due item is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DueItemError {
    /// It is closed already.
    #[error("the item is closed")]
    Closed,
    /// It would be seen only after it is due.
    #[error("it must be seen before it is due")]
    VisibleAfterDue,
    /// The comment or note is too long.
    #[error("the text is too long")]
    TooLong,
    /// A waiver needs a note of 1 to 500 characters.
    #[error("a note of 1 to 500 characters is needed")]
    NoteRequired,
    /// It cannot have been done in the future.
    #[error("it cannot have been done in the future")]
    CompletionInFuture,
    /// It cannot have been done before the person was born.
    #[error("it cannot have been done before the person was born")]
    BeforeBirth,
}

/// The first day an item entered by hand is seen: 30 days before it is due.
#[must_use]
pub fn preset_visible_on(due_on: NaiveDate) -> NaiveDate {
    due_on
        .checked_sub_days(Days::new(LEAD_DAYS))
        .unwrap_or(due_on)
}

impl DueItemDraft {
    /// The dates and the comment, settled.
    ///
    /// # Errors
    /// [`DueItemError::VisibleAfterDue`] or [`DueItemError::TooLong`].
    pub fn check(self) -> Result<(NaiveDate, NaiveDate, Option<Private<String>>), DueItemError> {
        let visible_on = self
            .visible_on
            .unwrap_or_else(|| preset_visible_on(self.due_on));
        if visible_on > self.due_on {
            return Err(DueItemError::VisibleAfterDue);
        }
        Ok((self.due_on, visible_on, comment(self.comment)?))
    }
}

fn comment(text: Option<String>) -> Result<Option<Private<String>>, DueItemError> {
    let text = text
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    if text.as_deref().map_or(0, |text| text.chars().count()) > TEXT_MAX {
        return Err(DueItemError::TooLong);
    }
    Ok(text.map(Private))
}

impl DueItem {
    /// Whether it is seen by the employee and the supervisor on a date in the person's zone.
    #[must_use]
    pub fn is_visible(&self, today: NaiveDate) -> bool {
        self.visible_on <= today && self.status != Status::EnteredInError
    }

    /// Whether its date has passed, on a date in the person's zone.
    #[must_use]
    pub fn is_past_due(&self, today: NaiveDate) -> bool {
        self.status.is_open() && self.due_on < today
    }

    fn open(self) -> Result<Self, DueItemError> {
        if self.status.is_open() {
            Ok(self)
        } else {
            Err(DueItemError::Closed)
        }
    }

    /// Other dates or another comment. A due date before the first day of being seen takes that
    /// day along.
    ///
    /// # Errors
    /// [`DueItemError::Closed`], [`DueItemError::VisibleAfterDue`] or [`DueItemError::TooLong`].
    pub fn change(self, to: DueItemChange) -> Result<Self, DueItemError> {
        let item = self.open()?;
        let due_on = to.due_on.unwrap_or(item.due_on);
        let visible_on = match to.visible_on {
            Some(chosen) if chosen > due_on => return Err(DueItemError::VisibleAfterDue),
            Some(chosen) => chosen,
            None if to.due_on.is_some() && item.visible_on > due_on => preset_visible_on(due_on),
            None => item.visible_on,
        };
        let comment = match to.comment {
            Some(text) => comment(text)?,
            None => item.comment,
        };
        Ok(Self {
            due_on,
            visible_on,
            comment,
            ..item
        })
    }

    /// It was done.
    ///
    /// # Errors
    /// [`DueItemError::Closed`], [`DueItemError::CompletionInFuture`] or
    /// [`DueItemError::BeforeBirth`].
    pub fn complete(
        self,
        done: Completion,
        today: NaiveDate,
        born: Option<NaiveDate>,
        by: (DateTime<Utc>, Option<AccountId>),
    ) -> Result<Self, DueItemError> {
        let item = self.open()?;
        if done.on > today {
            return Err(DueItemError::CompletionInFuture);
        }
        if born.is_some_and(|born| done.on < born) {
            return Err(DueItemError::BeforeBirth);
        }
        Ok(Self {
            status: Status::Completed,
            completed_on: Some(done.on),
            closed: Some(by),
            ..item
        })
    }

    /// It need not be done.
    ///
    /// # Errors
    /// [`DueItemError::Closed`] or [`DueItemError::NoteRequired`].
    pub fn waive(
        self,
        reason: WaiverReason,
        note: &str,
        by: (DateTime<Utc>, Option<AccountId>),
    ) -> Result<Self, DueItemError> {
        let item = self.open()?;
        let note = note.trim();
        if note.is_empty() || note.chars().count() > TEXT_MAX {
            return Err(DueItemError::NoteRequired);
        }
        Ok(Self {
            status: Status::Waived,
            waiver: Some(Waiver {
                reason,
                note: Private(note.to_owned()),
            }),
            closed: Some(by),
            ..item
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn by() -> (DateTime<Utc>, Option<AccountId>) {
        (
            "2026-11-20T12:00:00Z".parse().unwrap(),
            Some(AccountId(Uuid::from_u128(9))),
        )
    }

    fn item() -> DueItem {
        DueItem {
            id: DueItemId(Uuid::from_u128(1)),
            person_id: PersonId(Uuid::from_u128(2)),
            employer_id: EmployerId(Uuid::from_u128(3)),
            order_item_id: OrderItemId(Uuid::from_u128(4)),
            due_on: date("2026-12-15"),
            visible_on: date("2026-11-15"),
            status: Status::Pending,
            appointment_id: None,
            comment: None,
            completed_on: None,
            waiver: None,
            closed: None,
            version: 1,
        }
    }

    #[test]
    fn an_item_entered_by_hand_is_seen_thirty_days_before_it_is_due() {
        let draft = DueItemDraft {
            due_on: date("2026-12-15"),
            visible_on: None,
            comment: None,
        };
        assert_eq!(draft.check().unwrap().1, date("2026-11-15"));
    }

    #[test]
    fn it_is_past_due_from_the_day_after_its_date_until_it_is_closed() {
        assert!(!item().is_past_due(date("2026-12-15")));
        assert!(item().is_past_due(date("2026-12-16")));
        let done = item().complete(
            Completion {
                on: date("2026-11-19"),
            },
            date("2026-11-20"),
            None,
            by(),
        );
        assert!(!done.unwrap().is_past_due(date("2026-12-16")));
    }

    #[test]
    fn it_cannot_have_been_done_tomorrow_or_before_the_person_was_born() {
        let done = |on: &str| {
            item()
                .complete(
                    Completion { on: date(on) },
                    date("2026-11-20"),
                    Some(date("1990-01-01")),
                    by(),
                )
                .err()
        };
        assert_eq!(done("2026-11-21"), Some(DueItemError::CompletionInFuture));
        assert_eq!(done("1989-12-31"), Some(DueItemError::BeforeBirth));
        assert_eq!(done("2026-11-20"), None);
    }

    #[test]
    fn a_waiver_needs_a_note_and_closes_for_good() {
        let none = item().waive(WaiverReason::DoneElsewhere, " ", by());
        assert_eq!(none, Err(DueItemError::NoteRequired));
        let waived = item()
            .waive(WaiverReason::DoneElsewhere, "done at the old plant", by())
            .unwrap();
        assert_eq!(
            waived.waive(WaiverReason::Other, "again", by()),
            Err(DueItemError::Closed)
        );
    }

    #[test]
    fn an_item_is_never_seen_only_after_it_is_due() {
        let late = DueItemChange {
            visible_on: Some(date("2026-12-16")),
            ..DueItemChange::default()
        };
        assert_eq!(item().change(late), Err(DueItemError::VisibleAfterDue));
        let earlier = DueItemChange {
            due_on: Some(date("2026-11-01")),
            ..DueItemChange::default()
        };
        assert_eq!(
            item().change(earlier).unwrap().visible_on,
            date("2026-10-02")
        );
    }

    #[test]
    fn codes_read_back() {
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(status));
        }
        for reason in WaiverReason::ALL {
            assert_eq!(WaiverReason::from_code(reason.code()), Some(reason));
        }
    }
}
