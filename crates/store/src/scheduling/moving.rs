//! Putting a visit at another time.

use super::appointments::write_resources;
use super::small;
use crate::database::Connection;
use crate::schema::{appointment_resources, appointments, claims, due_items};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::try_join;
use salus_domain::access::Allowed;
use salus_domain::ids::{AppointmentId, HoldId, OfferId, ProviderOrgId, ResourceId, ScheduleId};
use salus_domain::scheduling::{Appointment, Item, Region, Slot, Stretch};
use uuid::Uuid;

/// A stretch of a resource that a visit or a hold has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenClaim {
    /// Of which resource.
    pub resource: ResourceId,
    /// In which of its lanes.
    pub lane: u16,
    /// Out of which schedule.
    pub schedule: Option<ScheduleId>,
    /// From when to when, buffers included.
    pub stretch: Stretch,
}

type ClaimRow = (
    Option<Uuid>,
    i16,
    Option<Uuid>,
    DateTime<Utc>,
    DateTime<Utc>,
);

fn taken(rows: Vec<ClaimRow>) -> QueryResult<Vec<TakenClaim>> {
    rows.into_iter()
        .filter_map(|(resource, lane, schedule, from, until)| {
            Some((resource?, lane, schedule, from, until))
        })
        .map(|(resource, lane, schedule, from, until)| {
            Ok(TakenClaim {
                resource: ResourceId(resource),
                lane: small(lane)?,
                schedule: schedule.map(ScheduleId),
                stretch: Stretch { from, until },
            })
        })
        .collect()
}

macro_rules! claim_columns {
    () => {
        (
            claims::resource_id,
            claims::lane,
            claims::schedule_id,
            claims::starts_at,
            claims::ends_at,
        )
    };
}

/// What a visit has taken of resources.
///
/// # Errors
/// What the database says.
pub async fn claims_of_visit(
    mut conn: &Connection,
    id: AppointmentId,
) -> QueryResult<Vec<TakenClaim>> {
    let rows = claims::table
        .filter(claims::appointment_id.eq(id.0))
        .order((claims::resource_id, claims::starts_at))
        .select(claim_columns!())
        .load(&mut conn)
        .await?;
    taken(rows)
}

/// What a hold has taken.
///
/// # Errors
/// What the database says.
pub async fn claims_of_hold(mut conn: &Connection, id: HoldId) -> QueryResult<Vec<TakenClaim>> {
    let rows = claims::table
        .filter(claims::hold_id.eq(id.0))
        .order((claims::resource_id, claims::starts_at))
        .select(claim_columns!())
        .load(&mut conn)
        .await?;
    taken(rows)
}

/// What a proposed time has taken.
///
/// # Errors
/// What the database says.
pub async fn claims_of_offer(mut conn: &Connection, id: OfferId) -> QueryResult<Vec<TakenClaim>> {
    let rows = claims::table
        .filter(claims::offer_id.eq(id.0))
        .order((claims::resource_id, claims::starts_at))
        .select(claim_columns!())
        .load(&mut conn)
        .await?;
    taken(rows)
}

/// The dates within which the due items of a visit want it: the first due, the last visible.
///
/// # Errors
/// What the database says.
pub async fn dates_of_visit(mut conn: &Connection, id: AppointmentId) -> QueryResult<Option<Item>> {
    let rows: Vec<(NaiveDate, NaiveDate)> = due_items::table
        .filter(due_items::appointment_id.eq(id.0))
        .filter(due_items::closed_at.is_null())
        .select((due_items::due_on, due_items::visible_on))
        .load(&mut conn)
        .await?;
    let due_date = rows.iter().map(|(due, _)| *due).min();
    let visible_date = rows.iter().map(|(_, visible)| *visible).max();
    Ok(due_date.map(|due| Item {
        due_date: Some(due),
        visible_date,
    }))
}

/// Writes where a visit takes place now. Its claims are written by the functions of their own.
///
/// # Errors
/// What the database says.
pub async fn move_appointment(
    conn: &Connection,
    org: ProviderOrgId,
    moved: &Allowed<Appointment>,
    slot: &Slot,
    region: Option<&Region>,
) -> QueryResult<()> {
    let appointment = moved.get();
    let id = appointment.id.0;
    let local_start = salus_domain::time::local_time(slot.starts_at, slot.place.zone);
    let mut first = conn;
    let visit = diesel::update(appointments::table.filter(appointments::id.eq(id)))
        .set((
            appointments::location_id.eq(slot.place.location_id.0),
            (
                appointments::modality.eq(slot.modality.as_str()),
                appointments::region.eq(region.map(Region::as_str)),
            ),
            appointments::starts_at.eq(slot.starts_at),
            appointments::ends_at.eq(slot.ends_at),
            appointments::shown_ends_at.eq(slot.shown_ends_at),
            appointments::local_start.eq(local_start),
            appointments::time_zone.eq(slot.place.zone.name()),
            appointments::moves.eq(i16::from(appointment.moves.made)),
            // Whoever said they would come said so of the time before.
            appointments::confirmed_at.eq(None::<DateTime<Utc>>),
            // So were the rules that were set aside.
            appointments::override_kinds.eq(Vec::<String>::new()),
            appointments::override_reason_sealed.eq(None::<Vec<u8>>),
            appointments::sequence.eq(appointments::sequence + 1),
            appointments::version.eq(appointments::version + 1),
        ))
        .execute(&mut first);
    let with = async {
        let mut own = conn;
        diesel::delete(
            appointment_resources::table.filter(appointment_resources::appointment_id.eq(id)),
        )
        .execute(&mut own)
        .await?;
        write_resources(conn, org, appointment.id, slot).await
    };
    try_join(visit, with).await.map(drop)
}
