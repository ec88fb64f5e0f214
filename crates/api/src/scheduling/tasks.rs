//! The scheduling work queue: what staff have to do about visits.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, SchedulingTaskId};
use salus_store::scheduling::{self as store, NewTask, TaskKind, TaskRecord};
use salus_types::page::Page;
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::{ClinicAppointment, SchedulingTask, SchedulingTaskKind};
use std::collections::HashMap;

use super::revisions::permit;
use super::shown::Around;
use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::{Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::AppointmentDetail;

/// What waits in the scheduling work queue, the oldest first; what is done is left out.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<SchedulingTask>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/scheduling-tasks")]
pub async fn list_scheduling_tasks(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<Page<SchedulingTask>>, ApiError> {
    let items = state
        .run(&caller, async |tx: &mut Tx| {
            let tasks = store::open_tasks(tx.conn()).await?;
            let mut visits = visits_left(tx).await?;
            let left = tasks.into_iter().map(|task| {
                let visits = visits.remove(&task.id).unwrap_or_default();
                shown(task, visits)
            });
            Ok(left.filter(|task| !task.appointments.is_empty()).collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Close a task: the visits stay as they are.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The task")),
    responses(
        (status = 200, body = SchedulingTask),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/scheduling-tasks/{id}/closing")]
pub async fn close_scheduling_task(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<SchedulingTaskId>,
    version: IfMatch,
) -> Result<Versioned<SchedulingTask>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            permit(tx, Act::Change, CLASS, About::default().object(id))?;
            let Some(task) = store::lock_task(tx.conn(), id).await? else {
                return Err(tx.missing(Act::Change, CLASS, id));
            };
            version.check(task.version)?;
            if task.closed_at.is_some() {
                return Err(ApiError::of(WRONG_STATE));
            }
            let (by, now) = (tx.actor.account, tx.now);
            store::close_task(tx.conn(), id, by, now).await?;
            let closed = TaskRecord {
                closed_at: Some(now),
                version: task.version + 1,
                ..task
            };
            tx.emit(
                "scheduling_task.closed",
                serde_json::json!({ "task_id": id }),
            );
            let version = closed.version;
            Ok(Versioned(shown(closed, Vec::new()), version))
        })
        .await
}

/// The visits that open tasks are about and that still are where they were.
async fn visits_left(
    tx: &mut Tx,
) -> Result<HashMap<SchedulingTaskId, Vec<ClinicAppointment>>, ApiError> {
    let scope = tx.scope(Act::Read, CLASS)?;
    let now = tx.now;
    let left = store::visits_of_open_tasks(tx.conn(), now).await?;
    let ids: Vec<AppointmentId> = left.iter().map(|(_, visit)| *visit).collect();
    let records = store::some_appointments(tx.conn(), &scope, &ids).await?;
    tx.shown(&scope, records.iter().map(|r| (r.person, r.rules.id.0)));
    let around = Around::load(tx, &records).await?;
    let mut answer: HashMap<_, Vec<_>> = HashMap::new();
    for record in &records {
        let visit = around.for_clinic(record, &tx.actor.language, now)?;
        let tasks = left.iter().filter(|(_, id)| *id == record.rules.id);
        for (task, _) in tasks {
            answer.entry(*task).or_default().push(visit.clone());
        }
    }
    Ok(answer)
}

/// Opens a task about visits.
pub(super) async fn open(tx: &mut Tx, new: &NewTask<'_>) -> Result<(), ApiError> {
    let (org, now) = (tx.actor.provider_org, tx.now);
    let task = store::open_task(tx.conn(), org, new, now).await?;
    tx.emit(
        "scheduling_task.opened",
        serde_json::json!({ "task_id": task }),
    );
    Ok(())
}

fn kind(task: &TaskRecord) -> SchedulingTaskKind {
    match task.kind {
        TaskKind::MoveAppointments => SchedulingTaskKind::MoveAppointments,
        TaskKind::EmploymentEnded => SchedulingTaskKind::EmploymentEnded,
        TaskKind::ZoneChanged => SchedulingTaskKind::ZoneChanged,
        TaskKind::NotConfirmed => SchedulingTaskKind::NotConfirmed,
        TaskKind::BookedOnline => SchedulingTaskKind::BookedOnline,
        TaskKind::MovedOnline => SchedulingTaskKind::MovedOnline,
        TaskKind::CancelledOnline => SchedulingTaskKind::CancelledOnline,
        TaskKind::ToConfirm => SchedulingTaskKind::ToConfirm,
    }
}

fn shown(task: TaskRecord, appointments: Vec<ClinicAppointment>) -> SchedulingTask {
    SchedulingTask {
        id: task.id,
        kind: kind(&task),
        blackout_id: task.blackout,
        reason: task.reason,
        appointments,
        created_at: task.created_at,
        closed_at: task.closed_at,
        due_at: task.due_at,
        moved_from: task.moved_from,
        version: task.version,
    }
}
