//! When resources are away, as a clinic sets it up, and the visits under it.

use super::book::BlackoutRow;
use super::{modality_word, unknown, zone};
use crate::database::Connection;
use crate::schema::{
    appointment_resources, appointment_types, appointments, blackouts, locations, resources,
};
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, AppointmentId, BlackoutId, LocationId, ProviderOrgId};
use salus_domain::scheduling::{Blackout, Modality, Span, State, Stretch, Target};
use salus_domain::time::Tz;
use uuid::Uuid;

/// A blackout, its reason and its version.
#[derive(Clone, Debug)]
pub struct BlackoutRecord {
    /// Who is away and when.
    pub rules: Blackout,
    /// Why; staff only.
    pub reason: String,
    /// From this wall-clock time.
    pub starts_local: NaiveDateTime,
    /// To this wall-clock time.
    pub ends_local: NaiveDateTime,
    /// The account of the provider who is away.
    pub account: Option<AccountId>,
    /// When it was deleted, if it was.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

type Row = (BlackoutRow, Option<Uuid>);

fn record((row, account): Row) -> QueryResult<BlackoutRecord> {
    Ok(BlackoutRecord {
        rules: row.to_blackout()?,
        reason: row.reason,
        starts_local: row.starts_local,
        ends_local: row.ends_local,
        account: account.map(AccountId),
        deleted_at: row.deleted_at,
        version: row.version,
    })
}

/// Blackouts with the account of the provider who is away.
#[diesel::dsl::auto_type]
fn with_account() -> _ {
    blackouts::table.left_join(
        resources::table.on(resources::provider_org_id
            .eq(blackouts::provider_org_id)
            .and(resources::id.nullable().eq(blackouts::resource_id))),
    )
}

/// The blackouts in force, or those deleted, the earliest first; those of one location and of
/// everybody, or all.
///
/// # Errors
/// What the database says.
pub async fn list_blackouts(
    conn: &mut Connection,
    location: Option<LocationId>,
    deleted: bool,
) -> QueryResult<Vec<BlackoutRecord>> {
    let mut query = with_account()
        .filter(blackouts::deleted_at.is_not_null().eq(deleted))
        .order((blackouts::starts_local, blackouts::id))
        .select((BlackoutRow::as_select(), resources::account_id.nullable()))
        .into_boxed();
    if let Some(location) = location {
        query = query.filter(
            blackouts::location_id
                .is_null()
                .or(blackouts::location_id.eq(location.0)),
        );
    }
    let rows: Vec<Row> = query.load(conn).await?;
    rows.into_iter().map(record).collect()
}

/// One blackout, deleted or not.
///
/// # Errors
/// What the database says.
pub async fn find_blackout(
    conn: &mut Connection,
    id: BlackoutId,
) -> QueryResult<Option<BlackoutRecord>> {
    with_account()
        .filter(blackouts::id.eq(id.0))
        .select((BlackoutRow::as_select(), resources::account_id.nullable()))
        .first::<Row>(conn)
        .await
        .optional()?
        .map(record)
        .transpose()
}

/// The version of a blackout, which is kept from being changed by others until the end of the
/// transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_blackout(conn: &mut Connection, id: BlackoutId) -> QueryResult<Option<i32>> {
    blackouts::table
        .filter(blackouts::id.eq(id.0))
        .select(blackouts::version)
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// A blackout to set up.
#[derive(Clone, Debug)]
pub struct NewBlackout {
    /// Who is away and when.
    pub rules: Blackout,
    /// Why; staff only.
    pub reason: String,
    /// Who says so.
    pub created_by: Option<AccountId>,
}

/// The columns of a blackout that a save sets.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = blackouts, treat_none_as_null = true)]
struct Saved<'a> {
    resource_id: Option<Uuid>,
    location_id: Option<Uuid>,
    starts_local: NaiveDateTime,
    ends_local: NaiveDateTime,
    whole_days: bool,
    modality: &'static str,
    reason: &'a str,
    yearly: bool,
}

impl<'a> Saved<'a> {
    fn of(rules: &Blackout, reason: &'a str) -> Self {
        let midnight = NaiveTime::MIN;
        let (starts_local, ends_local, whole_days) = match rules.span {
            Span::Times(from, until) => (from, until, false),
            Span::Dates(first, last) => (first.and_time(midnight), last.and_time(midnight), true),
        };
        let (resource_id, location_id) = match rules.target {
            Target::Resource(id) => (Some(id.0), None),
            Target::Location(id) => (None, Some(id.0)),
            Target::Organization => (None, None),
        };
        Self {
            resource_id,
            location_id,
            starts_local,
            ends_local,
            whole_days,
            modality: modality_word(rules.modality),
            reason,
            yearly: rules.yearly,
        }
    }
}

/// Sets a blackout up.
///
/// # Errors
/// What the database says.
pub async fn insert_blackout(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewBlackout,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(blackouts::table)
        .values((
            blackouts::id.eq(new.rules.id.0),
            blackouts::provider_org_id.eq(org.0),
            blackouts::created_at.eq(now),
            blackouts::created_by.eq(new.created_by.map(|id| id.0)),
            Saved::of(&new.rules, &new.reason),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Saves a blackout as it is now.
///
/// # Errors
/// What the database says.
pub async fn save_blackout(
    conn: &mut Connection,
    rules: &Blackout,
    reason: &str,
) -> QueryResult<()> {
    diesel::update(blackouts::table.filter(blackouts::id.eq(rules.id.0)))
        .set((
            Saved::of(rules, reason),
            blackouts::version.eq(blackouts::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Deletes a blackout softly, or takes that back.
///
/// # Errors
/// What the database says.
pub async fn set_blackout_deleted(
    conn: &mut Connection,
    id: BlackoutId,
    deleted_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(blackouts::table.filter(blackouts::id.eq(id.0)))
        .set((
            blackouts::deleted_at.eq(deleted_at),
            blackouts::version.eq(blackouts::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A visit that is not over yet.
#[derive(Clone, Debug)]
pub struct VisitToCome {
    /// Which one.
    pub id: AppointmentId,
    /// From when to when the resources are needed.
    pub stretch: Stretch,
    /// How.
    pub modality: Modality,
    /// The place's zone.
    pub zone: Tz,
    /// The place.
    pub place: String,
    /// What kind.
    pub type_name: String,
}

/// The visits to come with somebody or somewhere, the soonest first.
///
/// # Errors
/// What the database says.
pub async fn visits_to_come(
    conn: &mut Connection,
    target: Target,
    now: DateTime<Utc>,
) -> QueryResult<Vec<VisitToCome>> {
    type Found = (
        Uuid,
        DateTime<Utc>,
        DateTime<Utc>,
        String,
        String,
        String,
        String,
    );
    let live = [State::Pending.as_str(), State::Booked.as_str()];
    let mut query = appointments::table
        .inner_join(
            locations::table.on(locations::provider_org_id
                .eq(appointments::provider_org_id)
                .and(locations::id.eq(appointments::location_id))),
        )
        .inner_join(
            appointment_types::table.on(appointment_types::provider_org_id
                .eq(appointments::provider_org_id)
                .and(appointment_types::id.eq(appointments::appointment_type_id))),
        )
        .filter(appointments::ends_at.gt(now))
        .filter(appointments::state.eq_any(live))
        .order((appointments::starts_at, appointments::id))
        .select((
            appointments::id,
            appointments::starts_at,
            appointments::ends_at,
            appointments::modality,
            locations::time_zone,
            locations::name,
            appointment_types::name,
        ))
        .into_boxed();
    match target {
        Target::Resource(id) => {
            let with = appointment_resources::table
                .filter(appointment_resources::provider_org_id.eq(appointments::provider_org_id))
                .filter(appointment_resources::appointment_id.eq(appointments::id))
                .filter(appointment_resources::resource_id.eq(id.0));
            query = query.filter(diesel::dsl::exists(with));
        }
        Target::Location(id) => query = query.filter(appointments::location_id.eq(id.0)),
        Target::Organization => {}
    }
    let rows: Vec<Found> = query.load(conn).await?;
    rows.into_iter()
        .map(|(id, from, until, modality, time_zone, place, type_name)| {
            Ok(VisitToCome {
                id: AppointmentId(id),
                stretch: Stretch { from, until },
                modality: Modality::parse(&modality)
                    .ok_or_else(|| unknown("modality", &modality))?,
                zone: zone(&time_zone)?,
                place,
                type_name,
            })
        })
        .collect()
}
