//! What can go wrong with a request, as a page shows it.

pub use salus_types::problem::Problem;
use std::rc::Rc;

/// Why a request gave no answer to use.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The server could not be reached.
    Offline,
    /// The server refused, saying why.
    Problem(Rc<Problem>),
    /// The answer made no sense.
    Unreadable,
}

impl From<salus_client::Error> for Failure {
    fn from(error: salus_client::Error) -> Self {
        match error {
            salus_client::Error::Problem(problem) => Self::Problem(Rc::from(problem)),
            salus_client::Error::Unreachable => Self::Offline,
            salus_client::Error::Unreadable | salus_client::Error::Address => Self::Unreadable,
        }
    }
}

impl Failure {
    /// The problem's name, if the server said one.
    #[must_use]
    pub fn slug(&self) -> &str {
        match self {
            Self::Problem(problem) => problem.slug(),
            Self::Offline | Self::Unreadable => "",
        }
    }

    /// What the server says about a field, named by its JSON pointer.
    #[must_use]
    pub fn field(&self, pointer: &str) -> Option<&str> {
        match self {
            Self::Problem(problem) => problem
                .errors
                .iter()
                .find(|field| field.pointer == pointer)
                .map(|field| field.message.as_str()),
            Self::Offline | Self::Unreadable => None,
        }
    }

    /// After how many seconds to try again, when the server was too busy to do anything.
    #[must_use]
    pub fn busy_for(&self) -> Option<u32> {
        match self {
            Self::Problem(problem) if problem.status == 503 => {
                let seconds = problem.more.get(salus_client::RETRY_AFTER)?.as_u64()?;
                u32::try_from(seconds).ok()
            }
            _ => None,
        }
    }

    /// What the server says about a field or the first of its parts.
    #[must_use]
    pub fn within(&self, pointer: &str) -> Option<&str> {
        let Self::Problem(problem) = self else {
            return None;
        };
        let is_inside = |at: &str| {
            at.strip_prefix(pointer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        problem
            .errors
            .iter()
            .find(|field| is_inside(&field.pointer))
            .map(|field| field.message.as_str())
    }

    /// A member that this kind of problem has of its own.
    #[must_use]
    pub fn more(&self, name: &str) -> Option<&serde_json::Value> {
        match self {
            Self::Problem(problem) => problem.more.get(name),
            Self::Offline | Self::Unreadable => None,
        }
    }

    /// Whether the access token was missing, old or revoked.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.status == 401)
    }
}
