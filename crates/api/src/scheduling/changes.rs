//! What the clinic is told of bookings, moves and cancellations: at once in the scheduling work queue
//! when the visit is near, else in a digest. A worker writes it down from the outbox.

use chrono::{DateTime, Utc};
use salus_domain::access::Hat;
use salus_domain::ids::AppointmentId;
use salus_domain::scheduling::Audience;
use salus_domain::scheduling::changes::{Change, Happened, Notice, answer_due, is_near};
use salus_store::notifications::{events_delivered, take_events};
use salus_store::scheduling::{self as store, NewChange, NewTask, TaskKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tasks;
use crate::error::ApiError;
use crate::transaction::Tx;

/// Under which name it is told.
pub(crate) const KIND: &str = "visit.changed";
/// The most events of one transaction.
const AT_ONCE: i64 = 200;

/// What is told.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Changed {
    appointment_id: AppointmentId,
    what: Change,
    by: Audience,
    starts_at: DateTime<Utc>,
}

/// Tells what happened to a visit. Whoever acts in a portal does so for that side, even where the
/// clinic's rules were asked.
pub(super) fn note(
    tx: &mut Tx,
    appointment_id: AppointmentId,
    what: Change,
    by: Audience,
    starts_at: DateTime<Utc>,
) -> Result<(), ApiError> {
    let by = match tx.actor.hat {
        Hat::Me => Audience::Employee,
        Hat::Team => Audience::Supervisor,
        _ => by,
    };
    let changed = Changed {
        appointment_id,
        what,
        by,
        starts_at,
    };
    let payload = serde_json::to_value(changed).map_err(ApiError::internal)?;
    tx.emit(KIND, payload);
    Ok(())
}

/// Writes down what happened, in its order, and opens the tasks of what is near.
pub(super) async fn tell(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let mut ids: Vec<Uuid> = Vec::new();
    for event in take_events(tx.conn(), KIND, now, AT_ONCE).await? {
        ids.push(event.id);
        if let Ok(changed) = serde_json::from_value::<Changed>(event.payload) {
            write_down(tx, event.id, changed).await?;
        }
    }
    events_delivered(tx.conn(), &ids, now).await?;
    Ok(())
}

async fn write_down(tx: &mut Tx, event: Uuid, changed: Changed) -> Result<(), ApiError> {
    let (org, now, id) = (tx.actor.provider_org, tx.now, changed.appointment_id);
    let Some(record) = store::find_appointment(tx.shared(), id).await? else {
        return Ok(());
    };
    let before = store::last_known_start(tx.shared(), id).await?;
    let before = before.filter(|_| changed.what == Change::Moved);
    let holidays = store::holidays_at(tx.shared(), record.location).await?;
    let near = |starts_at| is_near(starts_at, now, record.zone, &holidays);
    let open = store::open_notices(tx.conn(), id).await?;
    let known: Vec<Notice> = open.iter().map(|one| one.notice).collect();
    let happened = Happened {
        what: changed.what,
        by: changed.by,
        near: near(changed.starts_at) || before.is_some_and(near),
        state: record.rules.state,
        open: &known,
    };
    let notice = happened.notice();
    let new = NewChange {
        event,
        appointment: id,
        location: record.location,
        what: changed.what,
        by: changed.by,
        starts_at: changed.starts_at,
        at_once: notice.is_some(),
    };
    store::insert_change(tx.shared(), org, &new, now).await?;
    // What is said now takes the place of what nobody has looked at yet.
    for one in &open {
        store::close_task(tx.conn(), one.task, None, now).await?;
    }
    let is_so = happened.is_so(changed.starts_at, record.rules.starts_at);
    let Some(notice) = notice.filter(|_| is_so) else {
        return Ok(());
    };
    let due = open.iter().find_map(|one| one.due_at);
    let due = || due.or_else(|| answer_due(now, record.zone, &holidays));
    let visits = [(id, changed.starts_at)];
    let task = NewTask {
        due_at: happened.asks().then(due).flatten(),
        moved_from: open.iter().find_map(|one| one.moved_from).or(before),
        ..NewTask::new(TaskKind::of(notice), &visits)
    };
    tasks::open(tx, &task).await
}
