//! Days on which a place does not work.

use crate::database::Connection;
use crate::schema::location_holidays;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, HolidayId, LocationId, ProviderOrgId};
use salus_domain::time::Holiday;
use uuid::Uuid;

/// A holiday of a place.
#[derive(Clone, Debug)]
pub struct HolidayRecord {
    /// Which one.
    pub id: HolidayId,
    /// Where.
    pub location: LocationId,
    /// Its name.
    pub name: String,
    /// When it is.
    pub rules: Holiday,
}

type Row = (Uuid, Uuid, String, NaiveDate, bool);

fn record((id, location, name, date, yearly): Row) -> HolidayRecord {
    HolidayRecord {
        id: HolidayId(id),
        location: LocationId(location),
        name,
        rules: Holiday { date, yearly },
    }
}

/// The holidays of a place, or of all, the earliest first.
///
/// # Errors
/// What the database says.
pub async fn list_holidays(
    mut conn: &Connection,
    location: Option<LocationId>,
) -> QueryResult<Vec<HolidayRecord>> {
    let mut query = location_holidays::table
        .order((location_holidays::falls_on, location_holidays::id))
        .select((
            location_holidays::id,
            location_holidays::location_id,
            location_holidays::name,
            location_holidays::falls_on,
            location_holidays::yearly,
        ))
        .into_boxed();
    if let Some(location) = location {
        query = query.filter(location_holidays::location_id.eq(location.0));
    }
    let rows: Vec<Row> = query.load(&mut conn).await?;
    Ok(rows.into_iter().map(record).collect())
}

/// When a place does not work.
///
/// # Errors
/// What the database says.
pub async fn holidays_at(conn: &Connection, location: LocationId) -> QueryResult<Vec<Holiday>> {
    let records = list_holidays(conn, Some(location)).await?;
    Ok(records.into_iter().map(|record| record.rules).collect())
}

/// Adds a holiday; false when that day is one there already.
///
/// # Errors
/// What the database says.
pub async fn insert_holiday(
    mut conn: &Connection,
    org: ProviderOrgId,
    new: &HolidayRecord,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let made = diesel::insert_into(location_holidays::table)
        .values((
            location_holidays::id.eq(new.id.0),
            location_holidays::provider_org_id.eq(org.0),
            location_holidays::location_id.eq(new.location.0),
            location_holidays::name.eq(&new.name),
            location_holidays::falls_on.eq(new.rules.date),
            location_holidays::yearly.eq(new.rules.yearly),
            location_holidays::created_at.eq(now),
            location_holidays::created_by.eq(by.map(|id| id.0)),
        ))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await?;
    Ok(made == 1)
}

/// Removes a holiday of a place; says whether there was one.
///
/// # Errors
/// What the database says.
pub async fn delete_holiday(
    mut conn: &Connection,
    location: LocationId,
    id: HolidayId,
) -> QueryResult<bool> {
    let gone = diesel::delete(location_holidays::table)
        .filter(location_holidays::location_id.eq(location.0))
        .filter(location_holidays::id.eq(id.0))
        .execute(&mut conn)
        .await?;
    Ok(gone == 1)
}
