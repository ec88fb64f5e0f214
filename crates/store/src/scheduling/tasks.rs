//! What waits in the scheduling work queue.

use crate::database::Connection;
use crate::schema::{appointments, blackouts, scheduling_task_appointments, scheduling_tasks};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, AppointmentId, BlackoutId, ProviderOrgId, SchedulingTaskId};
use salus_domain::scheduling::State;
use uuid::Uuid;

/// A task as it is kept.
#[derive(Clone, Debug)]
pub struct TaskRecord {
    /// Which one.
    pub id: SchedulingTaskId,
    /// The blackout that made it necessary.
    pub blackout: BlackoutId,
    /// Why there is a blackout.
    pub reason: String,
    /// Since when it waits.
    pub created_at: DateTime<Utc>,
    /// When it was closed, if it was.
    pub closed_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// Opens a task: visits that lie under a blackout need another time.
///
/// # Errors
/// What the database says.
pub async fn open_task(
    conn: &mut Connection,
    org: ProviderOrgId,
    blackout: BlackoutId,
    visits: &[(AppointmentId, DateTime<Utc>)],
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<SchedulingTaskId> {
    let id = SchedulingTaskId(Uuid::now_v7());
    diesel::insert_into(scheduling_tasks::table)
        .values((
            scheduling_tasks::id.eq(id.0),
            scheduling_tasks::provider_org_id.eq(org.0),
            scheduling_tasks::kind.eq("move_appointments"),
            scheduling_tasks::blackout_id.eq(blackout.0),
            scheduling_tasks::created_at.eq(now),
            scheduling_tasks::created_by.eq(by.map(|id| id.0)),
        ))
        .execute(conn)
        .await?;
    let visits: Vec<_> = visits
        .iter()
        .map(|(visit, starts_at)| {
            (
                scheduling_task_appointments::provider_org_id.eq(org.0),
                scheduling_task_appointments::task_id.eq(id.0),
                scheduling_task_appointments::appointment_id.eq(visit.0),
                scheduling_task_appointments::starts_at.eq(*starts_at),
            )
        })
        .collect();
    diesel::insert_into(scheduling_task_appointments::table)
        .values(visits)
        .execute(conn)
        .await?;
    Ok(id)
}

/// The visits of open tasks that still are where they were and are not over, by task and start.
///
/// # Errors
/// What the database says.
pub async fn visits_of_open_tasks(
    conn: &mut Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<(SchedulingTaskId, AppointmentId)>> {
    let live = [State::Pending.as_str(), State::Booked.as_str()];
    let rows: Vec<(Uuid, Uuid)> = scheduling_task_appointments::table
        .inner_join(
            scheduling_tasks::table.on(scheduling_tasks::provider_org_id
                .eq(scheduling_task_appointments::provider_org_id)
                .and(scheduling_tasks::id.eq(scheduling_task_appointments::task_id))),
        )
        .inner_join(
            appointments::table.on(appointments::provider_org_id
                .eq(scheduling_task_appointments::provider_org_id)
                .and(appointments::id.eq(scheduling_task_appointments::appointment_id))),
        )
        .filter(scheduling_tasks::closed_at.is_null())
        .filter(appointments::starts_at.eq(scheduling_task_appointments::starts_at))
        .filter(appointments::state.eq_any(live))
        .filter(appointments::ends_at.gt(now))
        .order((
            scheduling_tasks::created_at,
            scheduling_tasks::id,
            appointments::starts_at,
            appointments::id,
        ))
        .select((scheduling_tasks::id, appointments::id))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(task, visit)| (SchedulingTaskId(task), AppointmentId(visit)))
        .collect())
}

/// The open tasks, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn open_tasks(conn: &mut Connection) -> QueryResult<Vec<TaskRecord>> {
    let rows: Vec<Row> = with_blackout()
        .filter(scheduling_tasks::closed_at.is_null())
        .order((scheduling_tasks::created_at, scheduling_tasks::id))
        .select(COLUMNS)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(record).collect())
}

/// One task, kept from being changed by others until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_task(
    conn: &mut Connection,
    id: SchedulingTaskId,
) -> QueryResult<Option<TaskRecord>> {
    let locked: Option<Uuid> = scheduling_tasks::table
        .filter(scheduling_tasks::id.eq(id.0))
        .select(scheduling_tasks::id)
        .for_update()
        .first(conn)
        .await
        .optional()?;
    if locked.is_none() {
        return Ok(None);
    }
    let found: Option<Row> = with_blackout()
        .filter(scheduling_tasks::id.eq(id.0))
        .select(COLUMNS)
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(record))
}

/// Closes a task.
///
/// # Errors
/// What the database says.
pub async fn close_task(
    conn: &mut Connection,
    id: SchedulingTaskId,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(scheduling_tasks::table.filter(scheduling_tasks::id.eq(id.0)))
        .set((
            scheduling_tasks::closed_at.eq(now),
            scheduling_tasks::closed_by.eq(by.map(|id| id.0)),
            scheduling_tasks::version.eq(scheduling_tasks::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Closes what a blackout that is no more made necessary.
///
/// # Errors
/// What the database says.
pub async fn close_tasks_of(
    conn: &mut Connection,
    blackout: BlackoutId,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(
        scheduling_tasks::table
            .filter(scheduling_tasks::blackout_id.eq(blackout.0))
            .filter(scheduling_tasks::closed_at.is_null()),
    )
    .set((
        scheduling_tasks::closed_at.eq(now),
        scheduling_tasks::closed_by.eq(by.map(|id| id.0)),
        scheduling_tasks::version.eq(scheduling_tasks::version + 1),
    ))
    .execute(conn)
    .await
    .map(drop)
}

type Row = (
    Uuid,
    Uuid,
    String,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    i32,
);

const COLUMNS: (
    scheduling_tasks::id,
    scheduling_tasks::blackout_id,
    blackouts::reason,
    scheduling_tasks::created_at,
    scheduling_tasks::closed_at,
    scheduling_tasks::version,
) = (
    scheduling_tasks::id,
    scheduling_tasks::blackout_id,
    blackouts::reason,
    scheduling_tasks::created_at,
    scheduling_tasks::closed_at,
    scheduling_tasks::version,
);

#[diesel::dsl::auto_type]
fn with_blackout() -> _ {
    scheduling_tasks::table.inner_join(
        blackouts::table.on(blackouts::provider_org_id
            .eq(scheduling_tasks::provider_org_id)
            .and(blackouts::id.eq(scheduling_tasks::blackout_id))),
    )
}

fn record((id, blackout, reason, created_at, closed_at, version): Row) -> TaskRecord {
    TaskRecord {
        id: SchedulingTaskId(id),
        blackout: BlackoutId(blackout),
        reason,
        created_at,
        closed_at,
        version,
    }
}
