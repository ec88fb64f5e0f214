//! The states of a conversation and of a message.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// Days after closing within which the portal side may open a conversation again.
pub const REOPEN_DAYS: i64 = 90;
/// Minutes after sending within which an unseen message may be taken back.
pub const RETRACT_MINUTES: i64 = 5;

/// Who writes: the person or supervisor in a portal, or the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The person, or the supervisor, in a portal.
    Portal,
    /// The clinic's staff.
    Clinic,
}

impl Side {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Clinic => "clinic",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Portal, Self::Clinic]
            .into_iter()
            .find(|side| side.as_str() == word)
    }

    /// The one written to.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Portal => Self::Clinic,
            Self::Clinic => Self::Portal,
        }
    }
}

/// Whether a conversation takes messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does.
    Open,
    /// It does not until it is opened again.
    Closed,
}

impl State {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Open, Self::Closed]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// What the rules need to know of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Whether it takes messages.
    pub state: State,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who wrote last; a message taken back does not count.
    pub last_side: Option<Side>,
    /// Until when the clinic said it would answer.
    pub reply_due_at: Option<DateTime<Utc>>,
}

impl Conversation {
    /// Open, and the portal side wrote last.
    #[must_use]
    pub fn needs_reply(&self) -> bool {
        self.state == State::Open && self.last_side == Some(Side::Portal)
    }

    /// It needs a reply, and the time for it is over.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        self.needs_reply() && self.reply_due_at.is_some_and(|due| due < now)
    }

    /// Whether a side could open it again now.
    #[must_use]
    pub fn may_reopen(&self, by: Side, now: DateTime<Utc>) -> bool {
        reopen(*self, by, now).is_ok()
    }
}

/// Why it cannot be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloseError {
    /// It is closed already.
    #[error("it is closed already")]
    Closed,
    /// Somebody waits for an answer; staff say why they close it all the same.
    #[error("somebody waits for an answer")]
    NeedsReply,
}

/// Why it cannot be opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReopenError {
    /// It is open.
    #[error("it is open")]
    Open,
    /// It was closed too long ago.
    #[error("it was closed too long ago")]
    TooLate,
}

/// Whether messages may be written.
#[must_use]
pub fn may_write(conversation: &Conversation) -> bool {
    conversation.state == State::Open
}

/// A message was written: the other side has it now, and a waiting time already running is kept.
#[must_use]
pub fn sent(
    conversation: Conversation,
    by: Side,
    answer_by: Option<DateTime<Utc>>,
) -> Conversation {
    let waiting = conversation
        .reply_due_at
        .filter(|_| conversation.needs_reply());
    Conversation {
        last_side: Some(by),
        reply_due_at: match by {
            Side::Portal => waiting.or(answer_by),
            Side::Clinic => None,
        },
        ..conversation
    }
}

/// Closes a conversation. Staff closing one that needs a reply say why.
///
/// # Errors
/// [`CloseError`].
pub fn close(
    conversation: Conversation,
    by: Side,
    says_why: bool,
    now: DateTime<Utc>,
) -> Result<Conversation, CloseError> {
    if conversation.state == State::Closed {
        return Err(CloseError::Closed);
    }
    if by == Side::Clinic && conversation.needs_reply() && !says_why {
        return Err(CloseError::NeedsReply);
    }
    Ok(Conversation {
        state: State::Closed,
        closed_at: Some(now),
        reply_due_at: None,
        ..conversation
    })
}

/// Opens a closed conversation: the portal side within 90 days, staff at any time.
///
/// # Errors
/// [`ReopenError`].
pub fn reopen(
    conversation: Conversation,
    by: Side,
    now: DateTime<Utc>,
) -> Result<Conversation, ReopenError> {
    if conversation.state == State::Open {
        return Err(ReopenError::Open);
    }
    let late = conversation
        .closed_at
        .is_some_and(|at| now - at > Duration::days(REOPEN_DAYS));
    if by == Side::Portal && late {
        return Err(ReopenError::TooLate);
    }
    Ok(Conversation {
        state: State::Open,
        closed_at: None,
        ..conversation
    })
}

/// What the rules need to know of a message that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether somebody of the other side has seen it.
    pub seen: bool,
    /// Whether it was taken back.
    pub retracted: bool,
}

/// Why a message cannot be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RetractError {
    /// It was seen, or five minutes are over.
    #[error("it was seen, or five minutes are over")]
    TooLate,
}

/// Takes a message back: within five minutes, and only while the other side has not seen it.
///
/// # Errors
/// [`RetractError`].
pub fn retract(message: Sent, now: DateTime<Utc>) -> Result<Sent, RetractError> {
    let late = now - message.at > Duration::minutes(RETRACT_MINUTES);
    if message.retracted || message.seen || late {
        return Err(RetractError::TooLate);
    }
    Ok(Sent {
        retracted: true,
        ..message
    })
}
