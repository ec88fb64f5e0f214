//! Visits of the days gone by that nobody said anything of, and visits ahead that somebody has to
//! look after.

use super::zone;
use crate::database::Connection;
use crate::schema::{appointments, employments, locations};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentId, EmployerId, LocationId, PersonId};
use salus_domain::time::Tz;
use uuid::Uuid;

/// A location whose days gone by are settled.
#[derive(Clone, Copy, Debug)]
pub struct SettledPlace {
    /// Which one.
    pub location: LocationId,
    /// Its zone.
    pub zone: Tz,
    /// Whether visits without a check-in count as missed there.
    pub misses: bool,
}

/// The locations whose days gone by are settled: all of them.
///
/// # Errors
/// What the database says.
pub async fn settled_places(conn: &mut Connection) -> QueryResult<Vec<SettledPlace>> {
    let rows: Vec<(Uuid, String, bool)> = locations::table
        .order(locations::id)
        .select((
            locations::id,
            locations::time_zone,
            locations::settles_no_shows,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(id, name, misses)| {
            Ok(SettledPlace {
                location: LocationId(id),
                zone: zone(&name)?,
                misses,
            })
        })
        .collect()
}

/// The visits at a location that started before an instant and still wait for the clinic's word, or,
/// where they count as missed, are still agreed; the oldest first.
///
/// # Errors
/// What the database says.
pub async fn open_before(
    conn: &mut Connection,
    place: &SettledPlace,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<AppointmentId>> {
    let agreed = if place.misses { "booked" } else { "pending" };
    let ids: Vec<Uuid> = appointments::table
        .filter(appointments::location_id.eq(place.location.0))
        .filter(
            appointments::state
                .eq(agreed)
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

/// A visit ahead, with the time of day that was promised and the clocks its place has now.
#[derive(Clone, Copy, Debug)]
pub struct PromisedVisit {
    /// Which one.
    pub id: AppointmentId,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The wall-clock time that was promised.
    pub promised: NaiveDateTime,
    /// The zone of its place.
    pub zone: Tz,
}

/// The visits ahead that are agreed or waiting, at one place or everywhere, by start, from after the one
/// named on.
///
/// # Errors
/// What the database says.
pub async fn promised_visits(
    conn: &mut Connection,
    place: Option<LocationId>,
    (after, last): (DateTime<Utc>, Uuid),
    limit: i64,
) -> QueryResult<Vec<PromisedVisit>> {
    let mut ahead = appointments::table
        .inner_join(
            locations::table.on(locations::provider_org_id
                .eq(appointments::provider_org_id)
                .and(locations::id.eq(appointments::location_id))),
        )
        .filter(
            appointments::state
                .eq("booked")
                .or(appointments::state.eq("pending")),
        )
        .filter(
            appointments::starts_at.gt(after).or(appointments::starts_at
                .eq(after)
                .and(appointments::id.gt(last))),
        )
        .order((appointments::starts_at, appointments::id))
        .limit(limit)
        .select((
            appointments::id,
            appointments::starts_at,
            appointments::local_start,
            locations::time_zone,
        ))
        .into_boxed();
    if let Some(place) = place {
        ahead = ahead.filter(appointments::location_id.eq(place.0));
    }
    let rows: Vec<(Uuid, DateTime<Utc>, NaiveDateTime, String)> = ahead.load(conn).await?;
    rows.into_iter()
        .map(|(id, starts_at, promised, name)| {
            Ok(PromisedVisit {
                id: AppointmentId(id),
                starts_at,
                promised,
                zone: zone(&name)?,
            })
        })
        .collect()
}

/// The visits ahead of people who no longer work for the employer the visit is for, and did when it was
/// booked: person, employer, visit and start, in that order. Who books one for somebody who has left knows.
///
/// # Errors
/// What the database says.
pub async fn visits_of_ended(
    conn: &mut Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<(PersonId, EmployerId, AppointmentId, DateTime<Utc>)>> {
    let works_there = employments::table
        .filter(employments::provider_org_id.eq(appointments::provider_org_id))
        .filter(employments::person_id.eq(appointments::person_id))
        .filter(employments::employer_id.eq(appointments::employer_id))
        .filter(employments::status.ne("ended"))
        .filter(
            employments::ends_at
                .is_null()
                .or(employments::ends_at.gt(now)),
        );
    let worked_there = employments::table
        .filter(employments::provider_org_id.eq(appointments::provider_org_id))
        .filter(employments::person_id.eq(appointments::person_id))
        .filter(employments::employer_id.eq(appointments::employer_id))
        .filter(
            employments::ends_at
                .is_null()
                .or(employments::ends_at.gt(appointments::created_at.nullable())),
        );
    let rows: Vec<(Uuid, Uuid, Uuid, DateTime<Utc>)> = appointments::table
        .filter(
            appointments::state
                .eq("booked")
                .or(appointments::state.eq("pending")),
        )
        .filter(appointments::starts_at.gt(now))
        .filter(not(exists(works_there)))
        .filter(exists(worked_there))
        .order((
            appointments::person_id,
            appointments::employer_id,
            appointments::starts_at,
            appointments::id,
        ))
        .select((
            appointments::person_id,
            appointments::employer_id,
            appointments::id,
            appointments::starts_at,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(person, employer, id, start)| {
            (
                PersonId(person),
                EmployerId(employer),
                AppointmentId(id),
                start,
            )
        })
        .collect())
}
