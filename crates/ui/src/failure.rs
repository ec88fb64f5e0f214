//! What can go wrong with a request, as a page shows it.

use std::rc::Rc;

/// Why a request gave no answer to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server could not be reached.
    Offline,
    /// The server refused, saying why.
    Problem(Rc<Problem>),
    /// The answer made no sense.
    Unreadable,
}

/// A refusal in the server's words (RFC 9457).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The kebab-case name of the problem, such as `slot-taken`.
    pub slug: String,
    /// HTTP status.
    pub status: u16,
    /// One line in the reader's language.
    pub title: String,
    /// A sentence more.
    pub detail: Option<String>,
    /// The id to quote.
    pub id: Option<String>,
    /// What is wrong with which field.
    pub fields: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct FieldProblem {
    /// JSON pointer into the request body, such as `/email`.
    pub pointer: String,
    /// Snake-case name of the fault.
    pub code: String,
    /// A sentence in the reader's language.
    pub message: String,
}

impl Failure {
    /// The problem's name, if the server said one.
    #[must_use]
    pub fn slug(&self) -> &str {
        match self {
            Self::Problem(problem) => &problem.slug,
            Self::Offline | Self::Unreadable => "",
        }
    }

    /// What the server says about a field, named by its JSON pointer.
    #[must_use]
    pub fn field(&self, pointer: &str) -> Option<&str> {
        match self {
            Self::Problem(problem) => problem
                .fields
                .iter()
                .find(|field| field.pointer == pointer)
                .map(|field| field.message.as_str()),
            Self::Offline | Self::Unreadable => None,
        }
    }

    /// Whether the access token was missing, old or revoked.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.status == 401)
    }
}
