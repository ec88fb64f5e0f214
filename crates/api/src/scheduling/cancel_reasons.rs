//! Why visits can be given back: setting reasons up, changing, deleting and restoring them.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::CancelReasonId;
use salus_domain::scheduling::cancel_reason::ReasonError;
use salus_domain::scheduling::{Audience, CancelReason as Rules};
use salus_store::scheduling::{self as store, CancelReasonRecord, NewCancelReason};
use salus_types::page::Page;
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::{
    CancelReasonLabel, ChangeCancelReason, ClinicCancelReason, CreateCancelReason, DeletedQuery,
    Revision, RevisionAct,
};
use uuid::Uuid;

use super::revisions::{self, Saved, keep, permit};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words::LANGUAGES;

const CLASS: DataClass = DataClass::Configuration;
const KIND: &str = "cancel_reason";

/// Reasons for giving a visit back, or those deleted, in the clinic's order. `offered` says which of
/// them staff may give.
#[utoipa::path(
    tag = "scheduling",
    params(DeletedQuery),
    responses(
        (status = 200, body = Page<ClinicCancelReason>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/cancel-reasons")]
pub async fn list_cancel_reasons(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<DeletedQuery>,
) -> Result<Json<Page<ClinicCancelReason>>, ApiError> {
    let deleted = query.0.deleted == Some(true);
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let reasons = store::cancel_reasons(tx.conn()).await?;
            Ok(reasons
                .into_iter()
                .filter(|one| one.rules.deleted == deleted)
                .map(|one| shown(one, &tx.actor.language))
                .collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Set a reason for giving a visit back up.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateCancelReason,
    responses(
        (status = 201, body = ClinicCancelReason),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/cancel-reasons")]
pub async fn create_cancel_reason(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreateCancelReason>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let (org, now) = (tx.actor.provider_org, tx.now);
            let id = CancelReasonId(Uuid::now_v7());
            permit(tx, Act::Create, CLASS, About::default().object(id))?;
            let known = store::cancel_reasons(tx.conn()).await?;
            let taken = known.iter().any(|one| one.rules.code == body.code);
            let new = checked(&body, taken)?;
            store::insert_cancel_reason(tx.conn(), org, id, &new, now).await?;
            let answer = saved(tx, id, RevisionAct::Created, None).await?;
            let address = format!("/api/v1/clinic/cancel-reasons/{id}");
            Created::at(address, answer.version, &answer)
        })
        .await
}

/// Change a reason for giving a visit back; visits given back for it show what is written then.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The reason")),
    request_body = ChangeCancelReason,
    responses(
        (status = 200, body = ClinicCancelReason),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/cancel-reasons/{id}")]
pub async fn change_cancel_reason(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<CancelReasonId>,
    version: IfMatch,
    body: Body<ChangeCancelReason>,
) -> Result<Versioned<ClinicCancelReason>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let org = tx.actor.provider_org;
            let before = locked(tx, id, version, false).await?;
            let before = settings(before);
            let new = checked(&revisions::merged(&before, &*body)?, false)?;
            store::save_cancel_reason(tx.conn(), org, id, &new).await?;
            let answer = saved(tx, id, RevisionAct::Changed, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Delete a reason for giving a visit back: nobody is offered it any more. Visits given back for it
/// still name it, and it can be restored. What only the night gives stays.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The reason")),
    responses(
        (status = 200, body = ClinicCancelReason),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/clinic/cancel-reasons/{id}")]
pub async fn delete_cancel_reason(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<CancelReasonId>,
    version: IfMatch,
) -> Result<Versioned<ClinicCancelReason>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, false).await?;
            if before.rules.is_of_the_night() {
                return Err(ApiError::of(WRONG_STATE));
            }
            let now = tx.now;
            store::set_cancel_reason_deleted(tx.conn(), id, Some(now)).await?;
            let before = settings(before);
            let answer = saved(tx, id, RevisionAct::Deleted, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Restore a reason for giving a visit back that was deleted.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The reason")),
    responses(
        (status = 200, body = ClinicCancelReason),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/cancel-reasons/{id}/restoration")]
pub async fn restore_cancel_reason(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<CancelReasonId>,
    version: IfMatch,
) -> Result<Versioned<ClinicCancelReason>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            locked(tx, id, version, true).await?;
            store::set_cancel_reason_deleted(tx.conn(), id, None).await?;
            let answer = saved(tx, id, RevisionAct::Restored, None).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Who saved a reason for giving a visit back when, and what it was before and after; the latest
/// first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The reason")),
    responses(
        (status = 200, body = Page<Revision>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/cancel-reasons/{id}/revisions")]
pub async fn list_cancel_reason_revisions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<CancelReasonId>,
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

async fn found(tx: &mut Tx, id: CancelReasonId, act: Act) -> Result<CancelReasonRecord, ApiError> {
    let all = store::cancel_reasons(tx.conn()).await?;
    let found = all.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| tx.missing(act, CLASS, id))
}

/// The reason that is to be changed, if it still is as the caller knows it.
async fn locked(
    tx: &mut Tx,
    id: CancelReasonId,
    version: IfMatch,
    deleted: bool,
) -> Result<CancelReasonRecord, ApiError> {
    permit(tx, Act::Change, CLASS, About::default().object(id))?;
    let current = store::lock_cancel_reason(tx.conn(), id).await?;
    let current = current.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
    version.check(current)?;
    let found = found(tx, id, Act::Change).await?;
    if found.rules.deleted != deleted {
        return Err(ApiError::of(WRONG_STATE));
    }
    Ok(found)
}

/// Keeps the save and reads what it made.
async fn saved(
    tx: &mut Tx,
    id: CancelReasonId,
    act: RevisionAct,
    before: Option<CreateCancelReason>,
) -> Result<ClinicCancelReason, ApiError> {
    let found = found(tx, id, Act::Read).await?;
    let after = (act != RevisionAct::Deleted).then(|| settings(found.clone()));
    let saved = Saved {
        kind: KIND,
        object: id.0,
        version: found.version,
        act,
        before: before.as_ref(),
        after: after.as_ref(),
    };
    keep(tx, saved).await?;
    Ok(shown(found, &tx.actor.language))
}

/// Keeps that a reason was set up.
pub(crate) async fn keep_first_cancel_reason(
    tx: &mut Tx,
    id: CancelReasonId,
) -> Result<(), ApiError> {
    saved(tx, id, RevisionAct::Created, None).await.map(drop)
}

/// A reason as it may be saved; every field that is wrong is told.
fn checked(wanted: &CreateCancelReason, taken: bool) -> Result<NewCancelReason, ApiError> {
    let mut used_by = wanted.used_by.clone();
    used_by.sort_unstable();
    used_by.dedup();
    let rules = Rules {
        code: wanted.code.clone(),
        used_by,
        no_show: wanted.no_show,
        wants_text: wanted.wants_text,
        position: wanted.position,
        active: wanted.active,
        deleted: false,
    };
    let told = |fault| match fault {
        ReasonError::Code => Field::new("/code", "reason_code"),
        ReasonError::Nobody => Field::new("/used_by", "required"),
        ReasonError::NightOnly => Field::new("/used_by", "night_only"),
        ReasonError::Position => Field::new("/position", "out_of_range")
            .with("from", 1)
            .with("to", 99),
    };
    let mut wrong: Vec<Field> = rules.faults().into_iter().map(told).collect();
    if taken {
        wrong.push(Field::new("/code", "taken"));
    }
    wrong.extend(faults_of_labels(&wanted.labels));
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    let label = |one: &CancelReasonLabel| (one.language.clone(), one.label.trim().to_owned());
    Ok(NewCancelReason {
        rules,
        labels: wanted.labels.iter().map(label).collect(),
    })
}

/// Every language once, and none without words.
fn faults_of_labels(labels: &[CancelReasonLabel]) -> Vec<Field> {
    let mut wrong = Vec::new();
    for (position, one) in labels.iter().enumerate() {
        let at = |name: &str| format!("/labels/{position}/{name}");
        let earlier = labels.iter().take(position);
        if !LANGUAGES.contains(&one.language.as_str()) {
            wrong.push(Field::new(at("language"), "unknown_language"));
        } else if earlier
            .into_iter()
            .any(|other| other.language == one.language)
        {
            wrong.push(Field::new(at("language"), "taken"));
        }
        match one.label.trim().chars().count() {
            0 => wrong.push(Field::new(at("label"), "required")),
            1..=80 => {}
            _ => wrong.push(Field::new(at("label"), "too_long").with("limit", 80)),
        }
    }
    let missing = |language: &&str| !labels.iter().any(|one| one.language == **language);
    if LANGUAGES.iter().any(missing) {
        wrong.push(Field::new("/labels", "every_language"));
    }
    wrong
}

fn settings(record: CancelReasonRecord) -> CreateCancelReason {
    shown(record, "en").into()
}

fn shown(record: CancelReasonRecord, language: &str) -> ClinicCancelReason {
    let label = record.label(language).to_owned();
    let rules = record.rules;
    ClinicCancelReason {
        id: record.id,
        label,
        labels: record
            .labels
            .into_iter()
            .map(|(language, label)| CancelReasonLabel { language, label })
            .collect(),
        offered: rules.is_offered_to(Audience::Clinic),
        fixed: rules.is_of_the_night(),
        code: rules.code,
        used_by: rules.used_by,
        no_show: rules.no_show,
        wants_text: rules.wants_text,
        position: rules.position,
        active: rules.active,
        deleted_at: record.deleted_at,
        version: record.version,
    }
}
