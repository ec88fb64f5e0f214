//! Questionnaires: content that people write once, answers that stay data.
//!
//! [`Form::compile`] checks a version's [`Content`] and makes it runnable; [`Form::evaluate`] says
//! for given answers what is shown, required, calculated, flagged and wrong. The same code runs on
//! the server and in the browser, so both always agree.

mod answers;
mod compile;
mod content;
mod draft;
mod evaluate;
mod facts;
mod submission;

pub use answers::{AnswerError, Answers, Entry, ErrorCode, Shown, shown, toggle};
pub use compile::{Finding, changed_types};
pub use content::{
    Choice, Content, Flag, Item, Kind, Layout, Observe, Requirement, Severity, Validity, Words,
};
pub use draft::{Conflict, Merged, Operation, Refused, Stored, Write, merge};
pub use evaluate::{Form, ItemState, Outcome, Raised};
pub use facts::Context;
pub use submission::{Extracted, NotSubmitted, Submission, submit};

/// Most items a version may have.
pub const MAX_ITEMS: usize = 500;
/// Deepest nesting of items.
pub const MAX_LEVELS: usize = 6;
/// Most options an item may have.
pub const MAX_OPTIONS: usize = 100;

#[cfg(test)]
mod tests;
