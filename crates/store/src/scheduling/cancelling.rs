//! Giving visits back.

use crate::database::Connection;
use crate::schema::appointments;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::{AccountId, CancelReasonId};
use salus_domain::scheduling::{Appointment, Audience, State};
use uuid::Uuid;

/// How a visit is given back.
#[derive(Clone, Debug)]
pub struct Cancellation {
    /// By which side.
    pub by: Audience,
    /// By which account.
    pub account: Option<AccountId>,
    /// Why; the clinic that does not agree says so in its own words.
    pub reason: Option<CancelReasonId>,
    /// What was written, sealed by the chart's key.
    pub comment_sealed: Option<Vec<u8>>,
    /// What the clinic that does not agree wrote to the person, sealed by the chart's key.
    pub denial_sealed: Option<Vec<u8>>,
    /// When.
    pub now: DateTime<Utc>,
}

impl Cancellation {
    /// By a side and its account, with no reason and nothing written.
    #[must_use]
    pub fn by(by: Audience, account: Option<AccountId>, now: DateTime<Utc>) -> Self {
        Self {
            by,
            account,
            reason: None,
            comment_sealed: None,
            denial_sealed: None,
            now,
        }
    }
}

/// Writes that a visit was given back. Its claims are freed by a function of their own.
///
/// # Errors
/// What the database says.
pub async fn cancel_appointment(
    conn: &mut Connection,
    cancelled: &Allowed<Appointment>,
    how: &Cancellation,
) -> QueryResult<()> {
    let appointment = cancelled.get();
    diesel::update(appointments::table.filter(appointments::id.eq(appointment.id.0)))
        .set((
            appointments::state.eq(appointment.state.as_str()),
            appointments::cancel_reason_id.eq(how.reason.map(|id| id.0)),
            appointments::cancel_comment_sealed.eq(how.comment_sealed.as_deref()),
            appointments::denial_sealed.eq(how.denial_sealed.as_deref()),
            appointments::cancelled_at.eq(how.now),
            appointments::cancelled_by.eq(how.account.map(|id| id.0)),
            appointments::cancelled_by_audience.eq(how.by.as_str()),
            appointments::sequence.eq(appointments::sequence + 1),
            appointments::version.eq(appointments::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// What changes besides the state; `None` leaves a column as it is.
#[derive(AsChangeset)]
#[diesel(table_name = appointments)]
struct Struck<'a> {
    state: &'a str,
    cancel_comment_sealed: Option<&'a [u8]>,
    cancelled_at: Option<DateTime<Utc>>,
    cancelled_by: Option<Uuid>,
    cancelled_by_audience: Option<&'a str>,
}

/// Writes that a visit should never have been written, and why. One that was given back before keeps when
/// and by whom. Its claims are freed by a function of their own.
///
/// # Errors
/// What the database says.
pub async fn strike_appointment(
    conn: &mut Connection,
    struck: &Allowed<Appointment>,
    how: &Cancellation,
    was: State,
) -> QueryResult<()> {
    let appointment = struck.get();
    let first = was != State::Cancelled;
    let what = Struck {
        state: appointment.state.as_str(),
        cancel_comment_sealed: how.comment_sealed.as_deref(),
        cancelled_at: first.then_some(how.now),
        cancelled_by: how.account.filter(|_| first).map(|id| id.0),
        cancelled_by_audience: first.then_some(how.by.as_str()),
    };
    diesel::update(appointments::table.filter(appointments::id.eq(appointment.id.0)))
        .set((
            what,
            appointments::sequence.eq(appointments::sequence + 1),
            appointments::version.eq(appointments::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Writes that a visit was not given back after all: it is what it was, but that whoever said they would
/// come has to say so anew. Its claims are taken by functions of their own.
///
/// # Errors
/// What the database says.
pub async fn restore_appointment(
    mut conn: &Connection,
    restored: &Allowed<Appointment>,
) -> QueryResult<()> {
    let appointment = restored.get();
    diesel::update(appointments::table.filter(appointments::id.eq(appointment.id.0)))
        .set((
            appointments::state.eq(appointment.state.as_str()),
            appointments::cancel_reason_id.eq(None::<Uuid>),
            appointments::cancel_comment_sealed.eq(None::<&[u8]>),
            appointments::denial_sealed.eq(None::<&[u8]>),
            appointments::cancelled_at.eq(None::<DateTime<Utc>>),
            appointments::cancelled_by.eq(None::<Uuid>),
            appointments::cancelled_by_audience.eq(None::<&str>),
            appointments::confirmed_at.eq(None::<DateTime<Utc>>),
            appointments::sequence.eq(appointments::sequence + 1),
            appointments::version.eq(appointments::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}
