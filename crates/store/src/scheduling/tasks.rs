//! What waits in the scheduling work queue.

use super::unknown;
use crate::database::{Connection, planned};
use crate::schema::{appointments, blackouts, scheduling_task_appointments, scheduling_tasks};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, AppointmentId, BlackoutId, ProviderOrgId, SchedulingTaskId};
use salus_domain::scheduling::State;
use salus_domain::scheduling::changes::Notice;
use uuid::Uuid;

macro_rules! columns {
    () => {
        (
            (
                scheduling_tasks::id,
                scheduling_tasks::kind,
                scheduling_tasks::blackout_id,
                blackouts::reason.nullable(),
            ),
            (
                scheduling_tasks::created_at,
                scheduling_tasks::closed_at,
                scheduling_tasks::version,
                scheduling_tasks::due_at,
                scheduling_tasks::moved_from,
            ),
        )
    };
}

/// What a task is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// Visits lie under a blackout.
    MoveAppointments,
    /// Visits of somebody who no longer works for the employer.
    EmploymentEnded,
    /// A visit that would start at another time of day than was promised.
    ZoneChanged,
    /// A visit that was given back because the clinic never agreed to it.
    NotConfirmed,
    /// A near visit was booked from outside.
    BookedOnline,
    /// A near visit was moved from outside, or is near now.
    MovedOnline,
    /// A near visit was given back from outside.
    CancelledOnline,
    /// Somebody asks for a time, and the clinic is to agree or not.
    ToConfirm,
}

/// The kinds by which the front desk hears of what happens outside.
const NOTICES: [TaskKind; 4] = [
    TaskKind::BookedOnline,
    TaskKind::MovedOnline,
    TaskKind::CancelledOnline,
    TaskKind::ToConfirm,
];

impl TaskKind {
    /// The kind by which the front desk is told of something.
    #[must_use]
    pub fn of(notice: Notice) -> Self {
        match notice {
            Notice::ToConfirm => Self::ToConfirm,
            Notice::Booked => Self::BookedOnline,
            Notice::Moved => Self::MovedOnline,
            Notice::Cancelled => Self::CancelledOnline,
        }
    }

    fn notice(self) -> Option<Notice> {
        match self {
            Self::ToConfirm => Some(Notice::ToConfirm),
            Self::BookedOnline => Some(Notice::Booked),
            Self::MovedOnline => Some(Notice::Moved),
            Self::CancelledOnline => Some(Notice::Cancelled),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::MoveAppointments => "move_appointments",
            Self::EmploymentEnded => "employment_ended",
            Self::ZoneChanged => "zone_changed",
            Self::NotConfirmed => "not_confirmed",
            Self::BookedOnline => "booked_online",
            Self::MovedOnline => "moved_online",
            Self::CancelledOnline => "cancelled_online",
            Self::ToConfirm => "to_confirm",
        }
    }

    fn parse(word: &str) -> QueryResult<Self> {
        [
            Self::MoveAppointments,
            Self::EmploymentEnded,
            Self::ZoneChanged,
            Self::NotConfirmed,
        ]
        .into_iter()
        .chain(NOTICES)
        .find(|kind| kind.word() == word)
        .ok_or_else(|| unknown("task", word))
    }
}

/// A task as it is kept.
#[derive(Clone, Debug)]
pub struct TaskRecord {
    /// Which one.
    pub id: SchedulingTaskId,
    /// What it is about.
    pub kind: TaskKind,
    /// The blackout that made it necessary.
    pub blackout: Option<BlackoutId>,
    /// Why there is a blackout.
    pub reason: String,
    /// Since when it waits.
    pub created_at: DateTime<Utc>,
    /// When it was closed, if it was.
    pub closed_at: Option<DateTime<Utc>>,
    /// By when the clinic is to answer.
    pub due_at: Option<DateTime<Utc>>,
    /// When the visit started before it was moved.
    pub moved_from: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// A task to open.
#[derive(Clone, Debug)]
pub struct NewTask<'a> {
    /// What it is about.
    pub kind: TaskKind,
    /// The blackout that made it necessary.
    pub blackout: Option<BlackoutId>,
    /// The visits, and when they start.
    pub visits: &'a [(AppointmentId, DateTime<Utc>)],
    /// Who made it necessary.
    pub by: Option<AccountId>,
    /// By when the clinic is to answer.
    pub due_at: Option<DateTime<Utc>>,
    /// When the visit started before it was moved.
    pub moved_from: Option<DateTime<Utc>>,
}

impl<'a> NewTask<'a> {
    /// About visits, made necessary by nobody of the clinic.
    #[must_use]
    pub fn new(kind: TaskKind, visits: &'a [(AppointmentId, DateTime<Utc>)]) -> Self {
        Self {
            kind,
            blackout: None,
            visits,
            by: None,
            due_at: None,
            moved_from: None,
        }
    }
}

/// Opens a task about visits.
///
/// # Errors
/// What the database says.
pub async fn open_task(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewTask<'_>,
    now: DateTime<Utc>,
) -> QueryResult<SchedulingTaskId> {
    let id = SchedulingTaskId(Uuid::now_v7());
    diesel::insert_into(scheduling_tasks::table)
        .values((
            scheduling_tasks::id.eq(id.0),
            scheduling_tasks::provider_org_id.eq(org.0),
            scheduling_tasks::kind.eq(new.kind.word()),
            scheduling_tasks::blackout_id.eq(new.blackout.map(|id| id.0)),
            scheduling_tasks::created_at.eq(now),
            scheduling_tasks::created_by.eq(new.by.map(|id| id.0)),
            scheduling_tasks::due_at.eq(new.due_at),
            scheduling_tasks::moved_from.eq(new.moved_from),
        ))
        .execute(conn)
        .await?;
    let visits: Vec<_> = new
        .visits
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

/// Of some visits, those that were in a task of a kind at the time they start at, open or closed.
///
/// # Errors
/// What the database says.
pub async fn visits_with_task(
    conn: &mut Connection,
    kind: TaskKind,
    visits: &[AppointmentId],
) -> QueryResult<Vec<AppointmentId>> {
    let visits = planned(visits.iter().map(|id| id.0));
    let ids: Vec<Uuid> = with_visits()
        .filter(scheduling_tasks::kind.eq(kind.word()))
        .filter(appointments::id.eq_any(visits))
        .filter(appointments::starts_at.eq(scheduling_task_appointments::starts_at))
        .order(appointments::id)
        .select(appointments::id)
        .distinct()
        .load(conn)
        .await?;
    Ok(ids.into_iter().map(AppointmentId).collect())
}

#[diesel::dsl::auto_type]
fn with_visits() -> _ {
    scheduling_task_appointments::table
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
}

/// The visits of open tasks that still are where they were and are not over, by task and start; those
/// that the clinic never agreed to; and those given back, until they would be over.
///
/// # Errors
/// What the database says.
pub async fn visits_of_open_tasks(
    conn: &mut Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<(SchedulingTaskId, AppointmentId)>> {
    let rows: Vec<(Uuid, Uuid)> = with_visits()
        .filter(scheduling_tasks::closed_at.is_null())
        .filter(appointments::starts_at.eq(scheduling_task_appointments::starts_at))
        .filter(
            // What was given back is never where it was again: somebody has to say that it is dealt with.
            scheduling_tasks::kind
                .eq(TaskKind::NotConfirmed.word())
                .or(appointments::ends_at.gt(now).and(is_still_so())),
        )
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

/// Whether a visit is in the state its task is about.
#[diesel::dsl::auto_type]
fn is_still_so() -> _ {
    let cancelled: &'static str = TaskKind::CancelledOnline.word();
    let asked: &'static str = TaskKind::ToConfirm.word();
    let pending: &'static str = State::Pending.as_str();
    let booked: &'static str = State::Booked.as_str();
    let given_back: &'static str = State::Cancelled.as_str();
    scheduling_tasks::kind
        .eq(cancelled)
        .and(appointments::state.eq(given_back))
        .or(scheduling_tasks::kind
            .ne(cancelled)
            .and(appointments::state.eq(pending)))
        .or(scheduling_tasks::kind
            .ne(cancelled)
            .and(scheduling_tasks::kind.ne(asked))
            .and(appointments::state.eq(booked)))
}

/// A task by which the front desk hears of what happened to a visit.
#[derive(Clone, Copy, Debug)]
pub struct OpenNotice {
    /// Which task.
    pub task: SchedulingTaskId,
    /// What it is about.
    pub notice: Notice,
    /// By when the clinic is to answer.
    pub due_at: Option<DateTime<Utc>>,
    /// When the visit started before it was moved.
    pub moved_from: Option<DateTime<Utc>>,
}

/// The open tasks by which the front desk hears of what happened to a visit, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn open_notices(
    conn: &mut Connection,
    visit: AppointmentId,
) -> QueryResult<Vec<OpenNotice>> {
    type Row = (Uuid, String, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
    let rows: Vec<Row> = with_visits()
        .filter(appointments::id.eq(visit.0))
        .filter(scheduling_tasks::closed_at.is_null())
        .filter(scheduling_tasks::kind.eq_any(NOTICES.map(TaskKind::word)))
        .order((scheduling_tasks::created_at, scheduling_tasks::id))
        .select((
            scheduling_tasks::id,
            scheduling_tasks::kind,
            scheduling_tasks::due_at,
            scheduling_tasks::moved_from,
        ))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(task, kind, due_at, moved_from)| {
            let notice = TaskKind::parse(&kind)?.notice();
            Ok(OpenNotice {
                task: SchedulingTaskId(task),
                notice: notice.ok_or_else(|| unknown("notice", &kind))?,
                due_at,
                moved_from,
            })
        })
        .collect()
}

/// Closes the tasks by which the front desk heard of visits that are over or otherwise by now.
///
/// # Errors
/// What the database says.
pub async fn close_settled_notices(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<()> {
    // Those that are open first: one that is opened meanwhile is not among them.
    let mut over: Vec<Uuid> = scheduling_tasks::table
        .filter(scheduling_tasks::closed_at.is_null())
        .filter(scheduling_tasks::kind.eq_any(NOTICES.map(TaskKind::word)))
        .select(scheduling_tasks::id)
        .load(conn)
        .await?;
    let left = visits_of_open_tasks(conn, now).await?;
    over.retain(|task| left.iter().all(|(one, _)| one.0 != *task));
    diesel::update(scheduling_tasks::table)
        .filter(scheduling_tasks::closed_at.is_null())
        .filter(scheduling_tasks::id.eq_any(over))
        .set((
            scheduling_tasks::closed_at.eq(now),
            scheduling_tasks::version.eq(scheduling_tasks::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The open tasks, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn open_tasks(conn: &mut Connection) -> QueryResult<Vec<TaskRecord>> {
    let rows: Vec<Row> = with_blackout()
        .filter(scheduling_tasks::closed_at.is_null())
        .order((scheduling_tasks::created_at, scheduling_tasks::id))
        .select(columns!())
        .load(conn)
        .await?;
    rows.into_iter().map(record).collect()
}

/// The open tasks the clinic was to answer before an instant.
///
/// # Errors
/// What the database says.
pub async fn late_tasks(
    conn: &mut Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<SchedulingTaskId>> {
    let ids: Vec<Uuid> = scheduling_tasks::table
        .filter(scheduling_tasks::closed_at.is_null())
        .filter(scheduling_tasks::due_at.lt(now))
        .order(scheduling_tasks::id)
        .select(scheduling_tasks::id)
        .load(conn)
        .await?;
    Ok(ids.into_iter().map(SchedulingTaskId).collect())
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
        .select(columns!())
        .first(conn)
        .await
        .optional()?;
    found.map(record).transpose()
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
    diesel::update(scheduling_tasks::table)
        .filter(scheduling_tasks::id.eq(id.0))
        .filter(scheduling_tasks::closed_at.is_null())
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
    (Uuid, String, Option<Uuid>, Option<String>),
    (
        DateTime<Utc>,
        Option<DateTime<Utc>>,
        i32,
        Option<DateTime<Utc>>,
        Option<DateTime<Utc>>,
    ),
);

#[diesel::dsl::auto_type]
fn with_blackout() -> _ {
    scheduling_tasks::table.left_join(
        blackouts::table.on(blackouts::provider_org_id
            .eq(scheduling_tasks::provider_org_id)
            .and(blackouts::id.nullable().eq(scheduling_tasks::blackout_id))),
    )
}

fn record(
    ((id, kind, blackout, reason), (created_at, closed_at, version, due_at, moved_from)): Row,
) -> QueryResult<TaskRecord> {
    Ok(TaskRecord {
        id: SchedulingTaskId(id),
        kind: TaskKind::parse(&kind)?,
        blackout: blackout.map(BlackoutId),
        reason: reason.unwrap_or_default(),
        created_at,
        closed_at,
        due_at,
        moved_from,
        version,
    })
}
