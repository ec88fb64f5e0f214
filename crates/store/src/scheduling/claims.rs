//! Taking time and giving it back.

use super::unknown;
use crate::database::Connection;
use crate::schema::{appointments, claims};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::{try_join, try_join_all, try_join3};
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, HoldId, OfferId, PersonId, ProviderOrgId, ResourceId,
};
use salus_domain::scheduling::{PersonCalendar, Slot, State, Stretch};
use uuid::Uuid;

#[derive(diesel::query_builder::QueryId)]
struct LockInOrder {
    keys: Vec<i64>,
}

impl diesel::query_builder::QueryFragment<diesel::pg::Pg> for LockInOrder {
    fn walk_ast<'b>(
        &'b self,
        mut out: diesel::query_builder::AstPass<'_, 'b, diesel::pg::Pg>,
    ) -> QueryResult<()> {
        out.push_sql("SELECT pg_advisory_xact_lock(k) FROM unnest(");
        out.push_bind_param::<Array<BigInt>, _>(&self.keys)?;
        out.push_sql("::bigint[]) AS k");
        Ok(())
    }
}

/// Locks a person and resources against everybody else who takes time, in one order for all, so
/// that two never wait for each other. A statement of its own: what is read afterwards is what is
/// true.
///
/// # Errors
/// What the database says.
pub async fn lock(
    mut conn: &Connection,
    person: PersonId,
    resources: impl IntoIterator<Item = ResourceId>,
) -> QueryResult<()> {
    let mut keys: Vec<i64> = resources.into_iter().map(|id| lock_key(id.0)).collect();
    keys.push(lock_key(person.0));
    keys.sort_unstable();
    keys.dedup();
    LockInOrder { keys }.execute(&mut conn).await.map(drop)
}

/// Locks several people and resources in the same order.
///
/// # Errors
/// What the database says.
pub async fn lock_all(
    conn: &mut Connection,
    resources: &[ResourceId],
    persons: &[PersonId],
) -> QueryResult<()> {
    let resources = resources.iter().map(|id| lock_key(id.0));
    let persons = persons.iter().map(|id| lock_key(id.0));
    let mut keys: Vec<i64> = resources.chain(persons).collect();
    keys.sort_unstable();
    keys.dedup();
    LockInOrder { keys }.execute(conn).await.map(drop)
}

/// Begins an attempt to take time that may be given up: locks as [`lock`] does, and clears away what
/// holds that ran out have left; one round trip. What is read afterwards is what is true.
///
/// # Errors
/// What the database says.
pub async fn begin_attempt(
    conn: &Connection,
    person: PersonId,
    resources: &[ResourceId],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let mut first = conn;
    try_join3(
        first.batch_execute("SAVEPOINT attempt"),
        lock(conn, person, resources.iter().copied()),
        free_expired(conn, resources, now),
    )
    .await
    .map(drop)
}

/// Gives an attempt up: its locks are let go, and a statement that failed in it is forgotten.
///
/// # Errors
/// What the database says.
pub async fn give_up_attempt(conn: &mut Connection) -> QueryResult<()> {
    conn.batch_execute("ROLLBACK TO SAVEPOINT attempt").await
}

/// The two halves folded: ids are unique, and two that fold alike only wait for each other.
fn lock_key(id: Uuid) -> i64 {
    let (high, low) = id.as_u64_pair();
    (high ^ low).cast_signed()
}

/// Clears away holds' claims on resources that have run out.
async fn free_expired(
    conn: &Connection,
    resources: &[ResourceId],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    // A statement for each, sent together: a plan for a list would not be kept.
    try_join_all(resources.iter().map(|resource| async move {
        let mut conn = conn;
        let of_it = claims::table.filter(claims::resource_id.eq(resource.0));
        diesel::delete(of_it.filter(claims::expires_at.le(now)))
            .execute(&mut conn)
            .await
    }))
    .await
    .map(drop)
}

/// For whom a slot's resources are taken.
#[derive(Clone, Copy, Debug)]
pub enum HeldClaims {
    /// For a visit.
    Appointment(AppointmentId),
    /// For a hold that runs out.
    Hold(HoldId, DateTime<Utc>),
    /// For a time that is proposed to somebody and runs out.
    Offer(OfferId, DateTime<Utc>),
}

#[derive(Insertable)]
#[diesel(table_name = claims)]
struct NewClaim {
    id: Uuid,
    provider_org_id: Uuid,
    resource_id: Option<Uuid>,
    person_id: Option<Uuid>,
    lane: i16,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    local_date: NaiveDate,
    schedule_id: Option<Uuid>,
    appointment_id: Option<Uuid>,
    hold_id: Option<Uuid>,
    offer_id: Option<Uuid>,
    expires_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

/// Takes the resources of a slot, by id.
///
/// # Errors
/// What the database says; an exclusion violation when somebody has one of them.
pub async fn claim_resources(
    conn: &Connection,
    org: ProviderOrgId,
    slot: &Slot,
    held: HeldClaims,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let (appointment, hold, offer, expires_at) = match held {
        HeldClaims::Appointment(id) => (Some(id.0), None, None, None),
        HeldClaims::Hold(id, expires_at) => (None, Some(id.0), None, Some(expires_at)),
        HeldClaims::Offer(id, expires_at) => (None, None, Some(id.0), Some(expires_at)),
    };
    let mut resources = slot.resources.clone();
    resources.sort_by_key(|assigned| assigned.resource_id);
    let rows: Vec<NewClaim> = resources
        .iter()
        .map(|assigned| {
            Ok(NewClaim {
                id: Uuid::now_v7(),
                provider_org_id: org.0,
                resource_id: Some(assigned.resource_id.0),
                person_id: None,
                lane: i16::try_from(assigned.lane).map_err(|_| unknown("lane", ""))?,
                starts_at: assigned.claimed.from,
                ends_at: assigned.claimed.until,
                local_date: slot.local_date,
                schedule_id: assigned.schedule_id.map(|id| id.0),
                appointment_id: appointment,
                hold_id: hold,
                offer_id: offer,
                expires_at,
                created_at: now,
            })
        })
        .collect::<QueryResult<_>>()?;
    // A statement for each, sent together: one for several would be prepared every time.
    try_join_all(rows.into_iter().map(|row| async move {
        let mut conn = conn;
        diesel::insert_into(claims::table)
            .values(row)
            .execute(&mut conn)
            .await
    }))
    .await
    .map(drop)
}

/// Takes a person's time for a visit.
///
/// # Errors
/// What the database says; an exclusion violation when the person is elsewhere.
pub async fn claim_person(
    mut conn: &Connection,
    org: ProviderOrgId,
    person: PersonId,
    appointment: AppointmentId,
    stretch: Stretch,
    local_date: NaiveDate,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(claims::table)
        .values(NewClaim {
            id: Uuid::now_v7(),
            provider_org_id: org.0,
            resource_id: None,
            person_id: Some(person.0),
            lane: 1,
            starts_at: stretch.from,
            ends_at: stretch.until,
            local_date,
            schedule_id: None,
            appointment_id: Some(appointment.0),
            hold_id: None,
            offer_id: None,
            expires_at: None,
            created_at: now,
        })
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Turns a hold's claims into a visit's; answers how many there were.
///
/// # Errors
/// What the database says.
pub async fn keep_held(
    mut conn: &Connection,
    hold: HoldId,
    appointment: AppointmentId,
) -> QueryResult<usize> {
    diesel::update(claims::table.filter(claims::hold_id.eq(hold.0)))
        .set((
            claims::appointment_id.eq(appointment.0),
            claims::hold_id.eq(None::<Uuid>),
            claims::expires_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await
}

/// Gives back what a hold took.
///
/// # Errors
/// What the database says.
pub async fn free_hold(mut conn: &Connection, hold: HoldId) -> QueryResult<()> {
    diesel::delete(claims::table.filter(claims::hold_id.eq(hold.0)))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Turns what a proposed time took into a visit's; answers how many claims there were.
///
/// # Errors
/// What the database says.
pub async fn keep_offered(
    mut conn: &Connection,
    offer: OfferId,
    appointment: AppointmentId,
) -> QueryResult<usize> {
    diesel::update(claims::table.filter(claims::offer_id.eq(offer.0)))
        .set((
            claims::appointment_id.eq(appointment.0),
            claims::offer_id.eq(None::<Uuid>),
            claims::expires_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await
}

/// Gives back what a proposed time took.
///
/// # Errors
/// What the database says.
pub async fn free_offer(mut conn: &Connection, offer: OfferId) -> QueryResult<()> {
    diesel::delete(claims::table.filter(claims::offer_id.eq(offer.0)))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Gives back what a visit took, the person's time included.
///
/// # Errors
/// What the database says.
pub async fn free_appointment(
    conn: &mut Connection,
    appointment: AppointmentId,
) -> QueryResult<()> {
    diesel::delete(claims::table.filter(claims::appointment_id.eq(appointment.0)))
        .execute(conn)
        .await
        .map(drop)
}

/// Where a person already is from `from` on, how many visits of what kind they have, and when those end
/// that others follow within `followed`, beside one that is being moved.
///
/// # Errors
/// What the database says.
pub async fn person_calendar(
    conn: &Connection,
    person: PersonId,
    from: DateTime<Utc>,
    followed: chrono::TimeDelta,
    moving: Option<AppointmentId>,
    now: DateTime<Utc>,
) -> QueryResult<PersonCalendar> {
    let conn: &Connection = conn;
    let (mut first, mut second) = (conn, conn);
    type Busy = (DateTime<Utc>, DateTime<Utc>, Option<Uuid>);
    type Times = (DateTime<Utc>, DateTime<Utc>);
    type Visit = (Uuid, Uuid, chrono::NaiveDateTime, String, Times);
    // A visit and its end are never two days apart.
    let since = from.min(now - followed) - chrono::TimeDelta::days(2);
    let (busy, visits) = try_join(
        claims::table
            .filter(claims::person_id.eq(person.0))
            .filter(claims::ends_at.gt(from))
            .order(claims::ends_at)
            .select((claims::starts_at, claims::ends_at, claims::appointment_id))
            .load::<Busy>(&mut first),
        appointments::table
            .filter(appointments::person_id.eq(person.0))
            .filter(appointments::starts_at.gt(since))
            .filter(appointments::state.ne_all(vec![
                State::Cancelled.as_str(),
                State::EnteredInError.as_str(),
            ]))
            .order(appointments::starts_at)
            .select((
                appointments::id,
                appointments::appointment_type_id,
                appointments::local_start,
                appointments::state,
                (appointments::starts_at, appointments::ends_at),
            ))
            .load::<Visit>(&mut second),
    )
    .await?;
    let visits: Vec<_> = visits
        .into_iter()
        .filter(|(id, ..)| moving.is_none_or(|moving| *id != moving.0))
        .collect();
    let is_open = |state: &str, starts_at: &DateTime<Utc>| {
        *starts_at > now && (state == State::Booked.as_str() || state == State::Pending.as_str())
    };
    let open = visits
        .iter()
        .filter(|(_, _, _, state, (starts_at, _))| is_open(state, starts_at))
        .count();
    let came = |state: &str| state != State::NoShow.as_str();
    let ends = visits
        .iter()
        .filter(|(_, _, _, state, _)| came(state))
        .map(|(_, kind, _, _, (_, ends_at))| (AppointmentTypeId(*kind), *ends_at));
    Ok(PersonCalendar {
        busy: busy
            .into_iter()
            .filter_map(|(from, until, id)| Some((Stretch { from, until }, AppointmentId(id?))))
            .collect(),
        visits: visits
            .iter()
            .map(|(_, kind, local, ..)| (AppointmentTypeId(*kind), local.date()))
            .collect(),
        open: u16::try_from(open).unwrap_or(u16::MAX),
        ends: ends.collect(),
    })
}
