//! When resources work, as a clinic sets it up.

use super::book::{ScheduleRow, complete};
use super::modality_word;
use super::setup::stored;
use crate::database::Connection;
use crate::schema::{appointments, claims, schedule_types, schedule_windows, schedules};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{LocationId, ProviderOrgId, ScheduleId};
use salus_domain::scheduling::{Pattern, Schedule, State, TypeScope, Window};
use uuid::Uuid;

/// A schedule and its version.
#[derive(Clone, Debug)]
pub struct ScheduleRecord {
    /// Whose time, where, when.
    pub rules: Schedule,
    /// When it was deleted, if it was.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// The schedules in force, or those deleted, at one location or everywhere, by resource and first
/// date.
///
/// # Errors
/// What the database says.
pub async fn list_schedules(
    conn: &mut Connection,
    location: Option<LocationId>,
    deleted: bool,
) -> QueryResult<Vec<ScheduleRecord>> {
    let mut query = schedules::table
        .filter(schedules::deleted_at.is_not_null().eq(deleted))
        .order((
            schedules::resource_id,
            schedules::effective_from,
            schedules::id,
        ))
        .select(ScheduleRow::as_select())
        .into_boxed();
    if let Some(location) = location {
        query = query.filter(schedules::location_id.eq(location.0));
    }
    let rows = query.load(conn).await?;
    records(conn, rows).await
}

/// One schedule, deleted or not.
///
/// # Errors
/// What the database says.
pub async fn find_schedule(
    conn: &mut Connection,
    id: ScheduleId,
) -> QueryResult<Option<ScheduleRecord>> {
    let rows = schedules::table
        .filter(schedules::id.eq(id.0))
        .select(ScheduleRow::as_select())
        .load(conn)
        .await?;
    Ok(records(conn, rows).await?.pop())
}

/// The same, kept from being changed by others until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_schedule(
    conn: &mut Connection,
    id: ScheduleId,
) -> QueryResult<Option<ScheduleRecord>> {
    let rows = schedules::table
        .filter(schedules::id.eq(id.0))
        .select(ScheduleRow::as_select())
        .for_update()
        .load(conn)
        .await?;
    Ok(records(conn, rows).await?.pop())
}

async fn records(conn: &Connection, rows: Vec<ScheduleRow>) -> QueryResult<Vec<ScheduleRecord>> {
    let marks: Vec<_> = rows
        .iter()
        .map(|row| (row.deleted_at, row.version))
        .collect();
    let rules = complete(conn, rows).await?;
    Ok(rules
        .into_iter()
        .zip(marks)
        .map(|(rules, (deleted_at, version))| ScheduleRecord {
            rules,
            deleted_at,
            version,
        })
        .collect())
}

/// How many visits lie ahead that were taken out of a schedule.
///
/// # Errors
/// What the database says.
pub async fn visits_ahead(
    conn: &mut Connection,
    id: ScheduleId,
    now: DateTime<Utc>,
) -> QueryResult<i64> {
    let live = [State::Pending.as_str(), State::Booked.as_str()];
    let taken = claims::table
        .filter(claims::provider_org_id.eq(appointments::provider_org_id))
        .filter(claims::appointment_id.eq(appointments::id.nullable()))
        .filter(claims::schedule_id.eq(id.0));
    appointments::table
        .filter(appointments::starts_at.gt(now))
        .filter(appointments::state.eq_any(live))
        .filter(diesel::dsl::exists(taken))
        .count()
        .get_result(conn)
        .await
}

/// A schedule to set up.
#[derive(Clone, Debug)]
pub struct NewSchedule {
    /// Whose time, where, when.
    pub rules: Schedule,
}

/// The columns of a schedule that a save sets.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = schedules, treat_none_as_null = true)]
struct Saved<'a> {
    resource_id: Uuid,
    location_id: Uuid,
    modality: &'static str,
    all_types: bool,
    effective_from: NaiveDate,
    effective_until: Option<NaiveDate>,
    every_n_weeks: Option<i16>,
    interval_minutes: i16,
    offset_minutes: i16,
    capacity: i16,
    daily_cap: Option<i16>,
    overbook: i16,
    opens_at: Option<DateTime<Utc>>,
    audience: Vec<&'a str>,
    priority: i16,
}

impl Saved<'_> {
    fn of(rules: &Schedule) -> QueryResult<Self> {
        Ok(Self {
            resource_id: rules.resource_id.0,
            location_id: rules.location_id.0,
            modality: modality_word(rules.modality),
            all_types: rules.types == TypeScope::All,
            effective_from: rules.effective_from,
            effective_until: rules.effective_until,
            every_n_weeks: match rules.pattern {
                Pattern::Weekly { every_n_weeks, .. } => Some(i16::from(every_n_weeks)),
                Pattern::Dates(_) => None,
            },
            interval_minutes: stored(rules.interval)?,
            offset_minutes: stored(rules.offset)?,
            capacity: stored(rules.capacity)?,
            daily_cap: rules.daily_cap.map(stored).transpose()?,
            overbook: stored(rules.overbook)?,
            opens_at: rules.opens_at,
            audience: rules.audience.iter().map(|a| a.as_str()).collect(),
            priority: stored(rules.priority)?,
        })
    }
}

/// Sets a schedule up, with its windows and types.
///
/// # Errors
/// What the database says.
pub async fn insert_schedule(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewSchedule,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(schedules::table)
        .values((
            schedules::id.eq(new.rules.id.0),
            schedules::provider_org_id.eq(org.0),
            schedules::created_at.eq(now),
            Saved::of(&new.rules)?,
        ))
        .execute(conn)
        .await?;
    insert_parts(conn, org, &new.rules).await
}

/// Saves a schedule as it is now, its windows and types anew.
///
/// # Errors
/// What the database says.
pub async fn save_schedule(
    conn: &mut Connection,
    org: ProviderOrgId,
    rules: &Schedule,
) -> QueryResult<()> {
    diesel::update(schedules::table.filter(schedules::id.eq(rules.id.0)))
        .set((
            Saved::of(rules)?,
            schedules::version.eq(schedules::version + 1),
        ))
        .execute(conn)
        .await?;
    diesel::delete(schedule_windows::table.filter(schedule_windows::schedule_id.eq(rules.id.0)))
        .execute(conn)
        .await?;
    diesel::delete(schedule_types::table.filter(schedule_types::schedule_id.eq(rules.id.0)))
        .execute(conn)
        .await?;
    insert_parts(conn, org, rules).await
}

/// Deletes a schedule softly, or takes that back.
///
/// # Errors
/// What the database says.
pub async fn set_schedule_deleted(
    conn: &mut Connection,
    id: ScheduleId,
    deleted_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(schedules::table.filter(schedules::id.eq(id.0)))
        .set((
            schedules::deleted_at.eq(deleted_at),
            schedules::version.eq(schedules::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

async fn insert_parts(
    conn: &mut Connection,
    org: ProviderOrgId,
    rules: &Schedule,
) -> QueryResult<()> {
    let windows: Vec<(Option<i16>, Option<NaiveDate>, Window)> = match &rules.pattern {
        Pattern::Weekly { windows, .. } => windows
            .iter()
            .map(|weekly| {
                let iso = weekly.weekday.number_from_monday();
                Ok((Some(stored(iso)?), None, weekly.window))
            })
            .collect::<QueryResult<_>>()?,
        Pattern::Dates(dates) => dates
            .iter()
            .map(|(date, window)| (None, Some(*date), *window))
            .collect(),
    };
    let windows = windows
        .into_iter()
        .map(|(weekday, on_date, window)| {
            Ok((
                schedule_windows::id.eq(Uuid::now_v7()),
                schedule_windows::provider_org_id.eq(org.0),
                schedule_windows::schedule_id.eq(rules.id.0),
                schedule_windows::weekday.eq(weekday),
                schedule_windows::on_date.eq(on_date),
                schedule_windows::start_minute.eq(stored(window.start_minute())?),
                schedule_windows::end_minute.eq(stored(window.end_minute())?),
            ))
        })
        .collect::<QueryResult<Vec<_>>>()?;
    diesel::insert_into(schedule_windows::table)
        .values(windows)
        .execute(conn)
        .await?;
    if let TypeScope::Only(types) = &rules.types {
        let types: Vec<_> = types
            .iter()
            .map(|id| {
                (
                    schedule_types::provider_org_id.eq(org.0),
                    schedule_types::schedule_id.eq(rules.id.0),
                    schedule_types::appointment_type_id.eq(id.0),
                )
            })
            .collect();
        diesel::insert_into(schedule_types::table)
            .values(types)
            .execute(conn)
            .await?;
    }
    Ok(())
}
