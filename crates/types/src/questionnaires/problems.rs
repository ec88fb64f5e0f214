//! The kinds of problems of this feature.

use crate::problem::Kind;

/// Answers are wrong, missing or not those that are saved; `errors` says which.
pub const ANSWERS_INVALID: Kind = Kind::new("answers-invalid", 422);
/// The submission answers questions that are not shown.
pub const HIDDEN_ITEM_ANSWERED: Kind = Kind::new("hidden-item-answered", 422);
/// Nothing is answered.
pub const RESPONSE_EMPTY: Kind = Kind::new("response-empty", 422);
/// The same answer was changed on another device; `conflicts` holds both.
pub const ANSWER_CONFLICT: Kind = Kind::new("answer-conflict", 409);
/// The answers were meant for somebody else.
pub const PERSON_MISMATCH: Kind = Kind::new("person-mismatch", 409);
/// Midnight has changed which questions are shown.
pub const FORM_CHANGED_WITH_DATE: Kind = Kind::new("form-changed-with-date", 409);
/// It was submitted before.
pub const ALREADY_SUBMITTED: Kind = Kind::new("already-submitted", 409);
/// The draft has expired.
pub const DRAFT_EXPIRED: Kind = Kind::new("draft-expired", 409);

/// Every kind of this feature.
pub const PROBLEMS: &[Kind] = &[
    ANSWERS_INVALID,
    HIDDEN_ITEM_ANSWERED,
    RESPONSE_EMPTY,
    ANSWER_CONFLICT,
    PERSON_MISMATCH,
    FORM_CHANGED_WITH_DATE,
    ALREADY_SUBMITTED,
    DRAFT_EXPIRED,
];
