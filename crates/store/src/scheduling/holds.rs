//! Times kept for a few minutes.

use super::{region, unknown};
use crate::database::Connection;
use crate::schema::slot_holds;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{
    AccountId, AppointmentId, AppointmentTypeId, DueItemId, EmployerId, HoldId, LocationId,
    PersonId, ProviderOrgId, ResourceId,
};
use salus_domain::scheduling::{Hold, Modality, Region};
use uuid::Uuid;

/// A kept time.
#[derive(Clone, Debug)]
pub struct HoldRecord {
    /// Until when, and whether it can be extended.
    pub hold: Hold,
    /// For whom.
    pub person: PersonId,
    /// For which employer.
    pub employer: EmployerId,
    /// The kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// Where.
    pub location: LocationId,
    /// How.
    pub modality: Modality,
    /// Where the person will be, if it is online.
    pub region: Option<Region>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When the resources are done.
    pub ends_at: DateTime<Utc>,
    /// The end the person is told.
    pub shown_ends_at: DateTime<Utc>,
    /// What is taken, the leading one first.
    pub resources: Vec<ResourceId>,
    /// The due item the visit is for.
    pub item: Option<DueItemId>,
    /// The visit that is to be moved there.
    pub moving: Option<AppointmentId>,
    /// Whether it was released, replaced or used.
    pub ended: bool,
    /// Counts the changes.
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = slot_holds)]
struct HoldRow {
    id: Uuid,
    person_id: Uuid,
    employer_id: Uuid,
    appointment_type_id: Uuid,
    location_id: Uuid,
    modality: String,
    region: Option<String>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    shown_ends_at: DateTime<Utc>,
    resource_ids: Vec<Uuid>,
    item_id: Option<Uuid>,
    moving_id: Option<Uuid>,
    expires_at: DateTime<Utc>,
    extended: bool,
    ended_at: Option<DateTime<Utc>>,
    version: i32,
}

impl HoldRow {
    fn into_record(self) -> QueryResult<HoldRecord> {
        Ok(HoldRecord {
            hold: Hold {
                id: HoldId(self.id),
                expires_at: self.expires_at,
                extended: self.extended,
            },
            person: PersonId(self.person_id),
            employer: EmployerId(self.employer_id),
            appointment_type: AppointmentTypeId(self.appointment_type_id),
            location: LocationId(self.location_id),
            modality: Modality::parse(&self.modality)
                .ok_or_else(|| unknown("modality", &self.modality))?,
            region: self.region.as_deref().map(region).transpose()?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            shown_ends_at: self.shown_ends_at,
            resources: self.resource_ids.into_iter().map(ResourceId).collect(),
            item: self.item_id.map(DueItemId),
            moving: self.moving_id.map(AppointmentId),
            ended: self.ended_at.is_some(),
            version: self.version,
        })
    }
}

/// A hold to keep.
#[derive(Clone, Debug)]
pub struct NewHold {
    /// Whose organization.
    pub org: ProviderOrgId,
    /// Who asked.
    pub account: AccountId,
    /// What is kept.
    pub record: HoldRecord,
    /// When.
    pub now: DateTime<Utc>,
}

/// Keeps a hold; the person must have no other that has not ended.
///
/// # Errors
/// What the database says.
pub async fn insert_hold(mut conn: &Connection, new: &NewHold) -> QueryResult<()> {
    let record = &new.record;
    let resources: Vec<Uuid> = record.resources.iter().map(|id| id.0).collect();
    diesel::insert_into(slot_holds::table)
        .values((
            slot_holds::id.eq(record.hold.id.0),
            slot_holds::provider_org_id.eq(new.org.0),
            slot_holds::account_id.eq(new.account.0),
            slot_holds::employer_id.eq(record.employer.0),
            slot_holds::person_id.eq(record.person.0),
            slot_holds::appointment_type_id.eq(record.appointment_type.0),
            slot_holds::location_id.eq(record.location.0),
            (
                slot_holds::modality.eq(record.modality.as_str()),
                slot_holds::region.eq(record.region.as_ref().map(Region::as_str)),
            ),
            slot_holds::starts_at.eq(record.starts_at),
            slot_holds::ends_at.eq(record.ends_at),
            slot_holds::shown_ends_at.eq(record.shown_ends_at),
            slot_holds::resource_ids.eq(resources),
            slot_holds::item_id.eq(record.item.map(|id| id.0)),
            slot_holds::moving_id.eq(record.moving.map(|id| id.0)),
            slot_holds::expires_at.eq(record.hold.expires_at),
            slot_holds::created_at.eq(new.now),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// One hold.
///
/// # Errors
/// What the database says.
pub async fn find_hold(mut conn: &Connection, id: HoldId) -> QueryResult<Option<HoldRecord>> {
    slot_holds::table
        .filter(slot_holds::id.eq(id.0))
        .select(HoldRow::as_select())
        .first(&mut conn)
        .await
        .optional()?
        .map(HoldRow::into_record)
        .transpose()
}

/// One hold, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_hold(mut conn: &Connection, id: HoldId) -> QueryResult<Option<HoldRecord>> {
    slot_holds::table
        .filter(slot_holds::id.eq(id.0))
        .select(HoldRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()?
        .map(HoldRow::into_record)
        .transpose()
}

/// The hold of a person that has not been ended, run out or not.
///
/// # Errors
/// What the database says.
pub async fn live_hold(mut conn: &Connection, person: PersonId) -> QueryResult<Option<HoldId>> {
    let id: Option<Uuid> = slot_holds::table
        .filter(slot_holds::person_id.eq(person.0))
        .filter(slot_holds::ended_at.is_null())
        .select(slot_holds::id)
        .first(&mut conn)
        .await
        .optional()?;
    Ok(id.map(HoldId))
}

/// When an account took its holds of the last hour.
///
/// # Errors
/// What the database says.
pub async fn recent_holds(
    mut conn: &Connection,
    account: AccountId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<DateTime<Utc>>> {
    slot_holds::table
        .filter(slot_holds::account_id.eq(account.0))
        .filter(slot_holds::created_at.gt(now - TimeDelta::hours(1)))
        .order(slot_holds::created_at)
        .select(slot_holds::created_at)
        .load(&mut conn)
        .await
}

/// Ends a hold: released, replaced or used.
///
/// # Errors
/// What the database says.
pub async fn end_hold(mut conn: &Connection, id: HoldId, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(slot_holds::table.filter(slot_holds::id.eq(id.0)))
        .set((
            slot_holds::ended_at.eq(now),
            slot_holds::version.eq(slot_holds::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Writes a hold's new end, to its claims too.
///
/// # Errors
/// What the database says.
pub async fn extend_hold(conn: &mut Connection, hold: &Hold) -> QueryResult<()> {
    use crate::schema::claims;
    diesel::update(slot_holds::table.filter(slot_holds::id.eq(hold.id.0)))
        .set((
            slot_holds::expires_at.eq(hold.expires_at),
            slot_holds::extended.eq(hold.extended),
            slot_holds::version.eq(slot_holds::version + 1),
        ))
        .execute(conn)
        .await?;
    diesel::update(claims::table.filter(claims::hold_id.eq(hold.id.0)))
        .set(claims::expires_at.eq(hold.expires_at))
        .execute(conn)
        .await
        .map(drop)
}

/// Clears away what has run out, and holds that are a day old; answers how many claims were freed.
///
/// # Errors
/// What the database says.
pub async fn sweep(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    use crate::schema::claims;
    let freed = diesel::delete(claims::table.filter(claims::expires_at.le(now)))
        .execute(conn)
        .await?;
    diesel::delete(
        slot_holds::table
            .filter(slot_holds::expires_at.lt(now - TimeDelta::days(1)))
            .filter(slot_holds::created_at.lt(now - TimeDelta::days(1))),
    )
    .execute(conn)
    .await?;
    Ok(freed)
}
