//! How much waits in the clinic's lists.

use chrono::{DateTime, Utc};
use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Scope;

use crate::database::Connection;
use crate::schema::{appointment_requests, appointments, conversations, questionnaire_responses};

/// How much waits, and how much of it is late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// All of it.
    pub count: i64,
    /// What is late.
    pub overdue: i64,
}

/// Conversations the clinic has to answer; row-level security leaves those the actor may see.
///
/// # Errors
/// What the database says.
pub async fn conversations_needing_reply(
    conn: &mut Connection,
    _scope: &Scope,
    now: DateTime<Utc>,
) -> QueryResult<Waiting> {
    let (count, overdue) = conversations::table
        .filter(conversations::needs_reply)
        .select((
            count_star(),
            count(conversations::id)
                .aggregate_filter(conversations::reply_due_at.lt(now).assume_not_null()),
        ))
        .first(conn)
        .await?;
    Ok(Waiting { count, overdue })
}

/// Submitted questionnaires nobody has reviewed.
///
/// # Errors
/// What the database says.
pub async fn responses_to_review(conn: &mut Connection, _scope: &Scope) -> QueryResult<Waiting> {
    let count = questionnaire_responses::table
        .filter(questionnaire_responses::state.eq("submitted"))
        .select(count_star())
        .first(conn)
        .await?;
    Ok(Waiting { count, overdue: 0 })
}

/// Requests for visits the clinic has to answer: those of which all proposed times have run out
/// count as well.
///
/// # Errors
/// What the database says.
pub async fn requests_to_answer(
    conn: &mut Connection,
    _scope: &Scope,
    now: DateTime<Utc>,
) -> QueryResult<Waiting> {
    let (count, overdue) = appointment_requests::table
        .filter(appointment_requests::ended_at.is_null())
        .filter(
            appointment_requests::offered_until
                .is_null()
                .or(appointment_requests::offered_until.le(now)),
        )
        .select((
            count_star(),
            count(appointment_requests::id)
                .aggregate_filter(appointment_requests::answer_by.lt(now).assume_not_null()),
        ))
        .first(conn)
        .await?;
    Ok(Waiting { count, overdue })
}

/// Visits that begin in a stretch of time and are not given back.
///
/// # Errors
/// What the database says.
pub async fn appointments_between(
    conn: &mut Connection,
    _scope: &Scope,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> QueryResult<Waiting> {
    let count = appointments::table
        .filter(appointments::starts_at.ge(from))
        .filter(appointments::starts_at.lt(to))
        .filter(appointments::state.eq_any(["pending", "booked"]))
        .select(count_star())
        .first(conn)
        .await?;
    Ok(Waiting { count, overdue: 0 })
}
