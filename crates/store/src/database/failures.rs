//! What a failed statement says.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Whether a statement lost a race and the whole transaction may be tried again.
#[must_use]
pub fn may_retry(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(
            DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ExclusionViolation,
            _,
        ) => true,
        DieselError::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}

/// Whether the database gave up a statement that nothing is wrong with: it or its locks took too
/// long, or the database stops, starts or recovers. Whether it was done is not known when it was the
/// COMMIT.
#[must_use]
pub fn was_interrupted(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        ) => true,
        DieselError::DatabaseError(_, info) => {
            let message = info.message();
            [
                "canceling statement",
                "terminating connection",
                "the database system is",
            ]
            .iter()
            .any(|begin| message.starts_with(begin))
        }
        _ => false,
    }
}

/// The name of the constraint a statement ran into, if one did.
#[must_use]
pub fn constraint(error: &DieselError) -> Option<&str> {
    match error {
        DieselError::DatabaseError(_, info) => info.constraint_name(),
        _ => None,
    }
}

/// What a failed statement says, for the log: PostgreSQL quotes values in some of its messages, and
/// only quoted names may stay.
#[must_use]
pub fn without_values(error: &DieselError) -> String {
    const NAMED: [&str; 12] = [
        "column",
        "constraint",
        "cursor",
        "function",
        "index",
        "policy",
        "relation",
        "role",
        "schema",
        "sequence",
        "table",
        "type",
    ];
    let DieselError::DatabaseError(_, info) = error else {
        return match error {
            DieselError::DeserializationError(_) => "a row of no use".to_owned(),
            DieselError::SerializationError(_) => "a value of no use".to_owned(),
            _ => error.to_string(),
        };
    };
    let message = info.message();
    let mut told = String::new();
    for (at, part) in message.split('"').enumerate() {
        let named = NAMED.iter().any(|word| told.trim_end().ends_with(word));
        if at % 2 == 1 && !named {
            // A value may hold quotes itself: nothing is kept up to the last one.
            let rest = message.rsplit('"').next().unwrap_or_default();
            return format!("{told}\"…\"{rest}");
        }
        if at > 0 {
            told.push('"');
        }
        told.push_str(part);
    }
    told
}

/// What query functions answer when a statement fails, for the one place that maps it.
pub mod error {
    pub use diesel::QueryResult;
    pub use diesel::result::{DatabaseErrorKind, Error};
}

/// Whether a statement waited too long for a lock.
#[must_use]
pub fn is_lock_timeout(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(_, info) if info.message().contains("lock timeout"))
}
