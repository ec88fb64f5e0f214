//! How far a visit has come.

use crate::database::Connection;
use crate::schema::appointments;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::scheduling::{Act, Appointment, State};

/// What changes besides the state; `None` leaves a column as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = appointments)]
struct Progress<'a> {
    state: &'a str,
    checked_in_at: Option<Option<DateTime<Utc>>>,
    check_in_comment_sealed: Option<Option<&'a [u8]>>,
    begun_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    confirmed_at: Option<DateTime<Utc>>,
}

/// Writes what was done with a visit and when; with the words that were said at the door.
///
/// # Errors
/// What the database says.
pub async fn progress_appointment(
    mut conn: &Connection,
    done: &Allowed<Appointment>,
    act: Act,
    words_sealed: Option<&[u8]>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let appointment = done.get();
    let at = |happened: bool| happened.then_some(now);
    let came = match act {
        Act::CheckIn => Some(Some(now)),
        Act::UndoCheckIn => Some(None),
        _ => None,
    };
    let progress = Progress {
        state: appointment.state.as_str(),
        checked_in_at: came,
        check_in_comment_sealed: came.map(|came| words_sealed.filter(|_| came.is_some())),
        begun_at: at(act == Act::Begin),
        finished_at: at(appointment.state == State::Fulfilled),
        confirmed_at: at(act == Act::Attend),
    };
    diesel::update(appointments::table.filter(appointments::id.eq(appointment.id.0)))
        .set((
            progress,
            appointments::version.eq(appointments::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}
