//! When resources are away: setting blackouts up, changing, deleting and restoring them, and what
//! becomes of the visits under them.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AccountId, BlackoutId};
use salus_domain::scheduling::{Blackout as Rules, Span, Target};
use salus_domain::time::Tz;
use salus_store::scheduling::{
    self as store, BlackoutRecord, NewBlackout, NewTask, TaskKind, VisitToCome,
};
use salus_types::page::Page;
use salus_types::problem::{self, Problem, WRONG_STATE};
use salus_types::scheduling::problems::BLACKOUT_OVERLAPS_APPOINTMENTS;
use salus_types::scheduling::{
    Blackout, ChangeBlackout, ConfirmQuery, CreateBlackout, OverlappedAppointment, Revision,
    RevisionAct, SetupQuery,
};
use uuid::Uuid;

use super::freed;
use super::revisions::{self, Saved, keep, permit};
use super::taking::words;
use super::tasks;
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Absence;
const KIND: &str = "blackout";

/// How many visits a refusal lists.
const LISTED: usize = 100;

/// Blackouts in force, or those deleted, the earliest first.
#[utoipa::path(
    tag = "scheduling",
    params(SetupQuery),
    responses(
        (status = 200, body = Page<Blackout>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/blackouts")]
pub async fn list_blackouts(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<SetupQuery>,
) -> Result<Json<Page<Blackout>>, ApiError> {
    let deleted = query.0.deleted == Some(true);
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let records = store::list_blackouts(tx.conn(), query.0.location, deleted).await?;
            Ok(records
                .into_iter()
                .map(|record| blackout(record, tx.actor.account))
                .collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// One blackout, deleted or not.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The blackout")),
    responses(
        (status = 200, body = Blackout),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/blackouts/{id}")]
pub async fn get_blackout(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<BlackoutId>,
) -> Result<Versioned<Blackout>, ApiError> {
    state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let found = found(tx, id.0, Act::Read).await?;
            Ok(Versioned::by(blackout(found, tx.actor.account), |one| {
                one.version
            }))
        })
        .await
}

/// Say when a resource, a location or everybody is away. A clinician says it of themselves only.
/// Over visits it has to be confirmed: they stay booked, and a task to move them is opened.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateBlackout,
    responses(
        (status = 201, body = Blackout),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 409, body = Problem,
            description = "`blackout-overlaps-appointments` with `appointments` and `count`"),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/blackouts")]
pub async fn create_blackout(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreateBlackout>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let (org, now) = (tx.actor.provider_org, tx.now);
            let id = BlackoutId(Uuid::now_v7());
            let checked = checked(tx, &body, id).await?;
            permit_absence(tx, Act::Create, id, checked.account)?;
            let under = visits_under(tx, &checked, None, body.confirm).await?;
            let new = NewBlackout {
                rules: checked.rules,
                reason: checked.reason,
                created_by: tx.actor.account,
            };
            store::insert_blackout(tx.conn(), org, &new, now).await?;
            open_task(tx, id, &under).await?;
            let answer = saved(tx, id, RevisionAct::Created, None).await?;
            let address = format!("/api/v1/clinic/blackouts/{id}");
            Created::at(address, answer.version, &answer)
        })
        .await
}

/// Change a blackout. Visits that lie under it only then have to be confirmed.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The blackout")),
    request_body = ChangeBlackout,
    responses(
        (status = 200, body = Blackout),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem,
            description = "`blackout-overlaps-appointments` with `appointments` and `count`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/blackouts/{id}")]
pub async fn change_blackout(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<BlackoutId>,
    version: IfMatch,
    body: Body<ChangeBlackout>,
) -> Result<Versioned<Blackout>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, false).await?;
            let old = before.rules.clone();
            let before = CreateBlackout::from(blackout(before, None));
            let wanted = revisions::merged(&before, &*body)?;
            let checked = checked(tx, &wanted, id).await?;
            permit_absence(tx, Act::Change, id, checked.account)?;
            let under = visits_under(tx, &checked, Some(&old), wanted.confirm).await?;
            store::save_blackout(tx.conn(), &checked.rules, &checked.reason).await?;
            open_task(tx, id, &under).await?;
            freed::of_blackout(tx, &old).await?;
            let answer = saved(tx, id, RevisionAct::Changed, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Delete a blackout: the times can be booked again. It can be restored.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The blackout")),
    responses(
        (status = 200, body = Blackout),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/clinic/blackouts/{id}")]
pub async fn delete_blackout(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<BlackoutId>,
    version: IfMatch,
) -> Result<Versioned<Blackout>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, false).await?;
            let (by, now) = (tx.actor.account, tx.now);
            store::set_blackout_deleted(tx.conn(), id, Some(now)).await?;
            store::close_tasks_of(tx.conn(), id, by, now).await?;
            freed::of_blackout(tx, &before.rules).await?;
            let before = CreateBlackout::from(blackout(before, None));
            let answer = saved(tx, id, RevisionAct::Deleted, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Restore a blackout that was deleted. Over visits it has to be confirmed.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The blackout"), ConfirmQuery),
    responses(
        (status = 200, body = Blackout),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem,
            description = "`blackout-overlaps-appointments` with `appointments` and `count`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/blackouts/{id}/restoration")]
pub async fn restore_blackout(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<BlackoutId>,
    version: IfMatch,
    query: Query<ConfirmQuery>,
) -> Result<Versioned<Blackout>, ApiError> {
    let id = id.0;
    let confirmed = query.0.confirm == Some(true);
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, true).await?;
            let wanted = CreateBlackout::from(blackout(before, None));
            let checked = checked(tx, &wanted, id).await?;
            let under = visits_under(tx, &checked, None, confirmed).await?;
            store::set_blackout_deleted(tx.conn(), id, None).await?;
            open_task(tx, id, &under).await?;
            let answer = saved(tx, id, RevisionAct::Restored, None).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Who saved a blackout when, and what it was before and after; the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The blackout")),
    responses(
        (status = 200, body = Page<Revision>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/blackouts/{id}/revisions")]
pub async fn list_blackout_revisions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<BlackoutId>,
) -> Result<Json<Page<Revision>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            found(tx, id.0, Act::Read).await?;
            revisions::kept(tx, KIND, id.0).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Asks the policy; who may look at blackouts and not change this one is told so.
fn permit_absence(
    tx: &mut Tx,
    act: Act,
    id: BlackoutId,
    whose: Option<AccountId>,
) -> Result<(), ApiError> {
    let about = About {
        account: whose,
        ..About::default()
    };
    permit(tx, act, CLASS, about.object(id)).map_err(|refused| {
        if refused.kind() == problem::NOT_FOUND {
            ApiError::of(problem::FORBIDDEN)
        } else {
            refused
        }
    })
}

async fn found(tx: &mut Tx, id: BlackoutId, act: Act) -> Result<BlackoutRecord, ApiError> {
    let found = store::find_blackout(tx.conn(), id).await?;
    found.ok_or_else(|| tx.missing(act, CLASS, id))
}

/// The blackout that is to be changed, if it still is as the caller knows it.
async fn locked(
    tx: &mut Tx,
    id: BlackoutId,
    version: IfMatch,
    deleted: bool,
) -> Result<BlackoutRecord, ApiError> {
    // Somebody who may not change any learns nothing of this one.
    tx.scope(Act::Change, CLASS)?;
    let seen = found(tx, id, Act::Change).await?;
    permit_absence(tx, Act::Change, id, seen.account)?;
    let current = store::lock_blackout(tx.conn(), id).await?;
    version.check(current.ok_or_else(ApiError::not_found)?)?;
    let found = found(tx, id, Act::Change).await?;
    if found.deleted_at.is_some() != deleted {
        return Err(ApiError::of(WRONG_STATE));
    }
    Ok(found)
}

/// Keeps that a blackout was set up.
pub(crate) async fn keep_first_blackout(tx: &mut Tx, id: BlackoutId) -> Result<(), ApiError> {
    saved(tx, id, RevisionAct::Created, None).await.map(drop)
}

/// Keeps the save and reads what it made.
async fn saved(
    tx: &mut Tx,
    id: BlackoutId,
    act: RevisionAct,
    before: Option<CreateBlackout>,
) -> Result<Blackout, ApiError> {
    let found = found(tx, id, Act::Read).await?;
    let answer = blackout(found, tx.actor.account);
    let after = (act != RevisionAct::Deleted).then(|| CreateBlackout::from(answer.clone()));
    let saved = Saved {
        kind: KIND,
        object: id.0,
        version: answer.version,
        act,
        before: before.as_ref(),
        after: after.as_ref(),
    };
    keep(tx, saved).await?;
    Ok(answer)
}

/// A blackout that may be saved.
struct Checked {
    rules: Rules,
    reason: String,
    /// The account of the provider who is away.
    account: Option<AccountId>,
    /// The zone of a resource's home; elsewhere each place has its own.
    home: Option<Tz>,
}

/// Reads what was typed; every field that is wrong is told.
async fn checked(
    tx: &mut Tx,
    wanted: &CreateBlackout,
    id: BlackoutId,
) -> Result<Checked, ApiError> {
    let mut wrong = Vec::new();
    let target = match (wanted.resource_id, wanted.location_id) {
        (Some(resource), None) => Target::Resource(resource),
        (None, Some(location)) => Target::Location(location),
        (None, None) => Target::Organization,
        (Some(_), Some(_)) => {
            wrong.push(Field::new("/location_id", "one_of"));
            Target::Organization
        }
    };
    let span = if wanted.whole_days {
        Span::Dates(wanted.starts_local.date(), wanted.ends_local.date())
    } else {
        Span::Times(wanted.starts_local, wanted.ends_local)
    };
    if !span.is_ordered() {
        wrong.push(Field::new("/ends_local", "before_start"));
    }
    let reason = words(Some(&wanted.reason), "/reason", 200)?;
    let (mut account, mut home) = (None, None);
    match target {
        Target::Resource(resource) => {
            let all = store::list_resources(tx.conn(), false).await?;
            match all.into_iter().find(|one| one.rules.id == resource) {
                Some(known) => {
                    account = known.account;
                    let place = store::find_location(tx.conn(), known.rules.home_location).await?;
                    home = place.map(|place| place.place.zone);
                }
                None => wrong.push(Field::new("/resource_id", "unknown")),
            }
        }
        Target::Location(location) => {
            if store::find_location(tx.conn(), location).await?.is_none() {
                wrong.push(Field::new("/location_id", "unknown"));
            }
        }
        Target::Organization => {}
    }
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    Ok(Checked {
        rules: Rules {
            id,
            target,
            span,
            modality: wanted.modality,
            yearly: wanted.yearly,
        },
        reason: reason.unwrap_or_default(),
        account,
        home,
    })
}

/// The visits to come that lie under a blackout and did not before.
///
/// # Errors
/// 409 with the visits where they were not confirmed.
async fn visits_under(
    tx: &mut Tx,
    checked: &Checked,
    before: Option<&Rules>,
    confirmed: bool,
) -> Result<Vec<VisitToCome>, ApiError> {
    let now = tx.now;
    let rules = &checked.rules;
    let mut under = store::visits_to_come(tx.conn(), rules.target, now).await?;
    under.retain(|visit| {
        let zone = checked.home.unwrap_or(visit.zone);
        let covered = |rules: &Rules| rules.covers(visit.stretch, visit.modality, zone);
        // Whoever is away longer is still away: those visits have their task already.
        let known = before.is_some_and(|before| before.target == rules.target && covered(before));
        covered(rules) && !known
    });
    if under.is_empty() || confirmed {
        return Ok(under);
    }
    let listed: Vec<_> = under.iter().take(LISTED).map(overlapped).collect();
    Err(ApiError::of(BLACKOUT_OVERLAPS_APPOINTMENTS)
        .with("count", under.len())
        .with("appointments", listed))
}

fn overlapped(visit: &VisitToCome) -> OverlappedAppointment {
    OverlappedAppointment {
        id: visit.id,
        starts_at: visit.stretch.from,
        zone: visit.zone.name().to_owned(),
        place: visit.place.clone(),
        type_name: visit.type_name.clone(),
    }
}

/// Opens one task for all the visits.
async fn open_task(tx: &mut Tx, id: BlackoutId, under: &[VisitToCome]) -> Result<(), ApiError> {
    if under.is_empty() {
        return Ok(());
    }
    let by = tx.actor.account;
    let visits: Vec<_> = under
        .iter()
        .map(|visit| (visit.id, visit.stretch.from))
        .collect();
    let new = NewTask {
        blackout: Some(id),
        by,
        ..NewTask::new(TaskKind::MoveAppointments, &visits)
    };
    tasks::open(tx, &new).await
}

fn blackout(record: BlackoutRecord, reader: Option<AccountId>) -> Blackout {
    let (resource_id, location_id) = match record.rules.target {
        Target::Resource(id) => (Some(id), None),
        Target::Location(id) => (None, Some(id)),
        Target::Organization => (None, None),
    };
    Blackout {
        id: record.rules.id,
        resource_id,
        location_id,
        starts_local: record.starts_local,
        ends_local: record.ends_local,
        whole_days: matches!(record.rules.span, Span::Dates(..)),
        modality: record.rules.modality,
        reason: record.reason,
        yearly: record.rules.yearly,
        own: record.account.is_some() && record.account == reader,
        deleted_at: record.deleted_at,
        version: record.version,
    }
}
