//! Times of a kind of visit that differ with a resource or at a location.

use super::setup::stored;
use super::small;
use crate::database::Connection;
use crate::schema::type_overrides;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentTypeId, LocationId, ProviderOrgId, ResourceId, TypeOverrideId};
use salus_domain::scheduling::TimesException;
use uuid::Uuid;

/// An override and its version.
#[derive(Clone, Debug)]
pub struct OverrideRecord {
    /// Which one.
    pub id: TypeOverrideId,
    /// Of which kind of visit.
    pub appointment_type: AppointmentTypeId,
    /// With whom, where, and which times.
    pub rules: TimesException,
    /// When it was deleted, if it was.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = type_overrides)]
pub(super) struct OverrideRow {
    id: Uuid,
    pub(super) appointment_type_id: Uuid,
    resource_id: Option<Uuid>,
    location_id: Option<Uuid>,
    duration: Option<i16>,
    shown_duration: Option<i16>,
    buffer_before: Option<i16>,
    buffer_after: Option<i16>,
    deleted_at: Option<DateTime<Utc>>,
    version: i32,
}

impl OverrideRow {
    pub(super) fn rules(&self) -> QueryResult<TimesException> {
        let minutes = |value: Option<i16>| value.map(small).transpose();
        Ok(TimesException {
            resource: self.resource_id.map(ResourceId),
            location: self.location_id.map(LocationId),
            duration: minutes(self.duration)?,
            shown_duration: minutes(self.shown_duration)?,
            buffer_before: minutes(self.buffer_before)?,
            buffer_after: minutes(self.buffer_after)?,
        })
    }

    fn into_record(self) -> QueryResult<OverrideRecord> {
        Ok(OverrideRecord {
            id: TypeOverrideId(self.id),
            appointment_type: AppointmentTypeId(self.appointment_type_id),
            rules: self.rules()?,
            deleted_at: self.deleted_at,
            version: self.version,
        })
    }
}

/// The overrides in force of some kinds of visits, in no order.
pub(super) async fn overrides_of(
    mut conn: &Connection,
    types: &[Uuid],
) -> QueryResult<Vec<OverrideRow>> {
    type_overrides::table
        .filter(type_overrides::appointment_type_id.eq_any(types))
        .filter(type_overrides::deleted_at.is_null())
        .select(OverrideRow::as_select())
        .load(&mut conn)
        .await
}

/// The overrides in force, or those deleted, by type.
///
/// # Errors
/// What the database says.
pub async fn list_overrides(
    conn: &mut Connection,
    deleted: bool,
) -> QueryResult<Vec<OverrideRecord>> {
    let rows: Vec<OverrideRow> = type_overrides::table
        .filter(type_overrides::deleted_at.is_not_null().eq(deleted))
        .order((
            type_overrides::appointment_type_id,
            type_overrides::resource_id,
            type_overrides::location_id,
            type_overrides::id,
        ))
        .select(OverrideRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(OverrideRow::into_record).collect()
}

/// One override, deleted or not.
///
/// # Errors
/// What the database says.
pub async fn find_override(
    conn: &mut Connection,
    id: TypeOverrideId,
) -> QueryResult<Option<OverrideRecord>> {
    let row: Option<OverrideRow> = type_overrides::table
        .filter(type_overrides::id.eq(id.0))
        .select(OverrideRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(OverrideRow::into_record).transpose()
}

/// The same, kept from being changed by others until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_override(
    conn: &mut Connection,
    id: TypeOverrideId,
) -> QueryResult<Option<OverrideRecord>> {
    let row: Option<OverrideRow> = type_overrides::table
        .filter(type_overrides::id.eq(id.0))
        .select(OverrideRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    row.map(OverrideRow::into_record).transpose()
}

/// The times an override sets.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = type_overrides, treat_none_as_null = true)]
struct Saved {
    duration: Option<i16>,
    shown_duration: Option<i16>,
    buffer_before: Option<i16>,
    buffer_after: Option<i16>,
}

impl Saved {
    fn of(rules: &TimesException) -> QueryResult<Self> {
        let minutes = |value: Option<u16>| value.map(stored).transpose();
        Ok(Self {
            duration: minutes(rules.duration)?,
            shown_duration: minutes(rules.shown_duration)?,
            buffer_before: minutes(rules.buffer_before)?,
            buffer_after: minutes(rules.buffer_after)?,
        })
    }
}

/// Sets an override up, unless there is one for the same already; says whether there was none.
///
/// # Errors
/// What the database says.
pub async fn insert_override(
    conn: &mut Connection,
    org: ProviderOrgId,
    id: TypeOverrideId,
    appointment_type: AppointmentTypeId,
    rules: &TimesException,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let made = diesel::insert_into(type_overrides::table)
        .values((
            type_overrides::id.eq(id.0),
            type_overrides::provider_org_id.eq(org.0),
            type_overrides::appointment_type_id.eq(appointment_type.0),
            type_overrides::resource_id.eq(rules.resource.map(|id| id.0)),
            type_overrides::location_id.eq(rules.location.map(|id| id.0)),
            type_overrides::created_at.eq(now),
            Saved::of(rules)?,
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(made == 1)
}

/// Saves the times of an override.
///
/// # Errors
/// What the database says.
pub async fn save_override(
    conn: &mut Connection,
    id: TypeOverrideId,
    rules: &TimesException,
) -> QueryResult<()> {
    diesel::update(type_overrides::table.filter(type_overrides::id.eq(id.0)))
        .set((
            Saved::of(rules)?,
            type_overrides::version.eq(type_overrides::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Deletes an override softly, or takes it back.
///
/// # Errors
/// What the database says.
pub async fn set_override_deleted(
    conn: &mut Connection,
    id: TypeOverrideId,
    at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(type_overrides::table.filter(type_overrides::id.eq(id.0)))
        .set((
            type_overrides::deleted_at.eq(at),
            type_overrides::version.eq(type_overrides::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}
