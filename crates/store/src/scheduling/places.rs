//! How places offer times and what they do by themselves.

use super::rounds::keep_times;
use crate::database::Connection;
use crate::schema::locations;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::LocationId;
use salus_domain::scheduling::PlaceSettings;

/// How a place offers times and what it does by itself.
#[derive(Clone, Copy, Debug)]
pub struct PlaceSettingsRecord {
    /// What was set.
    pub rules: PlaceSettings,
    /// Counts the changes.
    pub version: i32,
}

#[derive(Queryable, Selectable, AsChangeset)]
#[diesel(table_name = locations)]
struct SettingsRow {
    offer_minutes_soon: i16,
    offer_minutes_later: i16,
    offer_lead_hours: i16,
    offer_broadcast: bool,
    settles_no_shows: bool,
}

fn record((row, version): (SettingsRow, i32)) -> QueryResult<PlaceSettingsRecord> {
    let keep = (
        row.offer_minutes_soon,
        row.offer_minutes_later,
        row.offer_lead_hours,
    );
    let keep = keep_times(keep)?;
    Ok(PlaceSettingsRecord {
        rules: PlaceSettings {
            keep,
            broadcast: row.offer_broadcast,
            settles_no_shows: row.settles_no_shows,
        },
        version,
    })
}

/// The settings of a place.
///
/// # Errors
/// What the database says.
pub async fn place_settings(
    mut conn: &Connection,
    id: LocationId,
) -> QueryResult<Option<PlaceSettingsRecord>> {
    locations::table
        .filter(locations::id.eq(id.0))
        .select((SettingsRow::as_select(), locations::version))
        .first(&mut conn)
        .await
        .optional()?
        .map(record)
        .transpose()
}

/// The settings of a place, kept from changing until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_place_settings(
    mut conn: &Connection,
    id: LocationId,
) -> QueryResult<Option<PlaceSettingsRecord>> {
    locations::table
        .filter(locations::id.eq(id.0))
        .select((SettingsRow::as_select(), locations::version))
        .for_update()
        .first(&mut conn)
        .await
        .optional()?
        .map(record)
        .transpose()
}

/// Saves the settings of a place as they are now.
///
/// # Errors
/// What the database says.
pub async fn save_place_settings(
    mut conn: &Connection,
    id: LocationId,
    rules: &PlaceSettings,
) -> QueryResult<()> {
    let number = |number: u16| i16::try_from(number).unwrap_or(i16::MAX);
    let row = SettingsRow {
        offer_minutes_soon: number(rules.keep.soon),
        offer_minutes_later: number(rules.keep.later),
        offer_lead_hours: number(rules.keep.lead),
        offer_broadcast: rules.broadcast,
        settles_no_shows: rules.settles_no_shows,
    };
    diesel::update(locations::table.filter(locations::id.eq(id.0)))
        .set((row, locations::version.eq(locations::version + 1)))
        .execute(&mut conn)
        .await
        .map(drop)
}
