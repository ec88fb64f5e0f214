//! Checking in at a clinic's door.

use crate::database::Connection;
use crate::schema::{appointments, locations};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentId, LocationId, ProviderOrgId};
use uuid::Uuid;

/// Whose clinic a place is, before any sign-in; nothing for other places.
///
/// # Errors
/// What the database says.
pub async fn org_of_clinic(
    conn: &mut Connection,
    place: LocationId,
) -> QueryResult<Option<ProviderOrgId>> {
    let org: Option<Uuid> = locations::table
        .filter(locations::id.eq(place.0))
        .filter(locations::kind.eq("clinic"))
        .select(locations::provider_org_id)
        .first(conn)
        .await
        .optional()?;
    Ok(org.map(ProviderOrgId))
}

/// The visits at a place that start between two instants, and that are agreed or whose person is
/// there, the soonest first.
///
/// # Errors
/// What the database says.
pub async fn visits_at_door(
    conn: &mut Connection,
    place: LocationId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<Vec<AppointmentId>> {
    let ids: Vec<Uuid> = appointments::table
        .filter(appointments::location_id.eq(place.0))
        .filter(appointments::starts_at.ge(from))
        .filter(appointments::starts_at.le(until))
        .filter(
            appointments::state
                .eq("booked")
                .or(appointments::state.eq("checked_in")),
        )
        .order((appointments::starts_at, appointments::id))
        .select(appointments::id)
        .load(conn)
        .await?;
    Ok(ids.into_iter().map(AppointmentId).collect())
}
