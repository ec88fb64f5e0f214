//! The one place that turns what went wrong into a problem (RFC 9457).
//!
//! Which error type where: the domain has a small enum for each operation, the store answers
//! `QueryResult`, handlers answer [`ApiError`]. Causes are logged once, here; nothing of them is
//! shown.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use salus_domain::access::Refusal;
use salus_store::database::{EnterError, constraint, may_retry, was_interrupted, without_values};
use salus_store::sealing::SealError;
use salus_types::problem::{self, FieldError, Kind, Problem};
use serde_json::{Map, Value};
use std::fmt;

use crate::http::rates::Standing;
use crate::http::request::current;
use crate::words;

/// Why an operation answers a problem.
#[derive(Debug)]
pub struct ApiError {
    kind: Kind,
    errors: Vec<Field>,
    more: Map<String, Value>,
    retry_after: Option<u32>,
    standing: Option<Box<Standing>>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    retryable: bool,
}

/// A wrong field before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// JSON pointer.
    pub pointer: String,
    /// What is wrong, `snake_case`.
    pub code: String,
    /// Arguments of the message (`limit`, `found`, …).
    pub args: Vec<(&'static str, String)>,
}

impl Field {
    /// A wrong field.
    pub fn new(pointer: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.into(),
            args: Vec::new(),
        }
    }

    /// Adds an argument of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl ApiError {
    /// A problem of a kind.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            errors: Vec::new(),
            more: Map::new(),
            retry_after: None,
            standing: None,
            cause: None,
            retryable: false,
        }
    }

    /// It does not exist, for this actor.
    #[must_use]
    pub fn not_found() -> Self {
        Self::of(problem::NOT_FOUND)
    }

    /// The input is understood and not acceptable.
    #[must_use]
    pub fn invalid(errors: Vec<Field>) -> Self {
        Self::of(problem::INVALID).fields(errors)
    }

    /// One wrong field.
    #[must_use]
    pub fn field(pointer: impl Into<String>, code: impl Into<String>) -> Self {
        Self::invalid(vec![Field::new(pointer, code)])
    }

    /// Something failed on our side; the cause goes to the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Self::of(problem::INTERNAL)
        }
    }

    /// Too many requests under a rate; the caller is told where they stand with it.
    #[must_use]
    pub fn rate_limited(standing: Standing, seconds: u32) -> Self {
        Self {
            standing: Some(Box::new(standing)),
            ..Self::of(problem::RATE_LIMITED)
        }
        .retry_after(seconds)
    }

    /// Names wrong fields.
    #[must_use]
    pub fn fields(mut self, errors: Vec<Field>) -> Self {
        self.errors = errors;
        self
    }

    /// Says where in the body the wrong fields are; what names none is wrong as a whole.
    #[must_use]
    pub fn at(mut self, pointer: &str) -> Self {
        if self.errors.is_empty() && self.kind.status < 500 {
            self.errors
                .push(Field::new("", self.kind.slug.replace('-', "_")));
        }
        for error in &mut self.errors {
            error.pointer.insert_str(0, pointer);
        }
        self
    }

    /// Adds a member of this kind of problem.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl serde::Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.more.insert(name.to_owned(), value);
        }
        self
    }

    /// Says when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }

    /// The problem with its cause, for an operator at the terminal.
    #[must_use]
    pub fn explain(&self) -> String {
        let problem = self.to_problem("en", "");
        let mut line = format!("{}: {}", self.kind.slug, problem.title);
        for (name, value) in &problem.more {
            line.push_str(&format!("; {name} {value}"));
        }
        for error in &problem.errors {
            line.push_str(&format!("; {} {}", error.pointer, error.message));
        }
        if let Some(cause) = &self.cause {
            line.push_str(&format!("; {cause}"));
        }
        line
    }

    /// The problem with its cause, for the log of what goes on without a request.
    #[must_use]
    pub fn logged(&self) -> String {
        match self.logged_cause() {
            Some(cause) => format!("{}: {cause}", self.kind.slug),
            None => self.kind.slug.to_owned(),
        }
    }

    /// The cause without what was read: a reader of JSON quotes values.
    fn logged_cause(&self) -> Option<String> {
        let cause = self.cause.as_ref()?;
        Some(match cause.downcast_ref::<serde_json::Error>() {
            Some(json) => format!(
                "JSON of no use ({:?}, line {}, column {})",
                json.classify(),
                json.line(),
                json.column()
            ),
            None => cause.to_string(),
        })
    }

    /// The kind of problem.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the whole transaction lost a race and may be tried again.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// The problem, in a language.
    #[must_use]
    pub fn to_problem(&self, language: &str, instance: &str) -> Problem {
        let slug = self.kind.slug;
        let errors = self
            .errors
            .iter()
            .map(|field| FieldError {
                pointer: field.pointer.clone(),
                code: field.code.clone(),
                message: words::text_or(
                    language,
                    &format!("code-{}", field.code.replace('_', "-")),
                    &field.args,
                    "code-invalid",
                ),
            })
            .collect();
        Problem {
            kind: format!("/problems/{slug}"),
            title: words::text_or(
                language,
                &format!("problem-{slug}"),
                &[],
                "problem-internal",
            ),
            status: self.kind.status,
            detail: words::find(language, &format!("problem-{slug}-detail"), &[]),
            instance: instance.to_owned(),
            errors,
            more: self.more.clone(),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.slug)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let request = current();
        // Who answers a request twice keeps what was said first.
        let _ = request.known.problem.set(self.kind);
        if let Some(cause) = self.logged_cause() {
            tracing::error!(request_id = %request.id, problem = self.kind.slug, cause, "request failed");
        }
        let problem = self.to_problem(&request.language, &request.id);
        let mut response = HttpResponse::build(self.status_code())
            .content_type("application/problem+json")
            .body(serde_json::to_string(&problem).unwrap_or_default());
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(standing) = &self.standing {
            standing.write(response.headers_mut());
        }
        response
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Hidden => Self::of(problem::NOT_FOUND),
            Refusal::Forbidden => Self::of(problem::FORBIDDEN),
        }
    }
}

impl From<EnterError> for ApiError {
    fn from(error: EnterError) -> Self {
        match error {
            EnterError::SessionOver => Self::of(problem::UNAUTHENTICATED),
            EnterError::NobodyToActFor => Self::not_found(),
            EnterError::Unavailable(why) => Self {
                cause: Some(why.into()),
                ..Self::of(problem::UNAVAILABLE)
            }
            .retry_after(2),
            EnterError::Query(error) => error.into(),
        }
    }
}

impl From<diesel_error::Error> for ApiError {
    fn from(error: diesel_error::Error) -> Self {
        if matches!(error, diesel_error::Error::NotFound) {
            return Self::not_found();
        }
        if was_interrupted(&error) {
            return Self {
                cause: Some(Box::new(error)),
                ..Self::of(problem::UNAVAILABLE)
            }
            .retry_after(2);
        }
        let retryable = may_retry(&error);
        let cause: Box<dyn std::error::Error + Send + Sync> = match constraint(&error) {
            Some(name) => format!("{} (constraint {name})", without_values(&error)).into(),
            None => without_values(&error).into(),
        };
        Self {
            cause: Some(cause),
            retryable,
            ..Self::of(problem::INTERNAL)
        }
    }
}

impl From<SealError> for ApiError {
    fn from(error: SealError) -> Self {
        Self::internal(error)
    }
}

/// Where the store's errors come from; re-exported by the store, so that only it names diesel.
pub use salus_store::database::error as diesel_error;

#[cfg(test)]
mod tests {
    use super::*;
    use diesel_error::{DatabaseErrorKind, Error};

    fn told(message: &str) -> Kind {
        let info = Box::new(message.to_owned());
        ApiError::from(Error::DatabaseError(DatabaseErrorKind::Unknown, info)).kind()
    }

    #[test]
    fn a_database_that_stops_or_recovers_is_unavailable_and_no_fault_of_ours() {
        for message in [
            "canceling statement due to statement timeout",
            "canceling statement due to lock timeout",
            "terminating connection due to administrator command",
            "terminating connection due to unexpected postmaster exit",
            "terminating connection because of crash of another server process",
            "terminating connection due to idle-in-transaction timeout",
            "the database system is starting up",
        ] {
            assert_eq!(told(message), problem::UNAVAILABLE, "{message}");
        }
        assert_eq!(told("division by zero"), problem::INTERNAL);
    }
}
