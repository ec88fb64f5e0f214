//! Visits of the days gone by that nobody said anything of.

use super::zone;
use crate::database::Connection;
use crate::schema::{appointments, locations};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentId, LocationId};
use salus_domain::time::Tz;
use uuid::Uuid;

/// The locations where visits without a check-in count as missed, with their zones.
///
/// # Errors
/// What the database says.
pub async fn places_that_settle(conn: &mut Connection) -> QueryResult<Vec<(LocationId, Tz)>> {
    let rows: Vec<(Uuid, String)> = locations::table
        .filter(locations::settles_no_shows)
        .order(locations::id)
        .select((locations::id, locations::time_zone))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(id, name)| Ok((LocationId(id), zone(&name)?)))
        .collect()
}

/// The visits at a location that started before an instant and are still agreed or waiting, the
/// oldest first.
///
/// # Errors
/// What the database says.
pub async fn open_before(
    conn: &mut Connection,
    location: LocationId,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<AppointmentId>> {
    let ids: Vec<Uuid> = appointments::table
        .filter(appointments::location_id.eq(location.0))
        .filter(
            appointments::state
                .eq("booked")
                .or(appointments::state.eq("pending")),
        )
        .filter(appointments::starts_at.lt(before))
        .order((appointments::starts_at, appointments::id))
        .limit(limit)
        .select(appointments::id)
        .load(conn)
        .await?;
    Ok(ids.into_iter().map(AppointmentId).collect())
}
