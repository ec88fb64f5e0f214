//! Providers, rooms and equipment: setting them up, changing, deleting and restoring them.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AccountId, ResourceId};
use salus_domain::scheduling::joining::LONGEST_LINK;
use salus_domain::scheduling::{JoinLink, Region, Resource as Rules, ResourceKind};
use salus_store::scheduling::{self as store, NewResource, ResourceRecord};
use salus_types::page::Page;
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::problems::RESOURCE_HAS_APPOINTMENTS;
use salus_types::scheduling::{
    ChangeResource, Clinician, ConfirmQuery, CreateResource, DeletedResource, Resource, Revision,
    RevisionAct, SetupQuery,
};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::revisions::{self, Saved, keep, permit};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;
const KIND: &str = "resource";

/// How many skills a resource may have.
const SKILLS: usize = 20;
/// The most regions of one provider: every country, and a few parts.
const REGIONS: usize = 300;

/// Providers, rooms and equipment, or those deleted: providers first, then by name.
#[utoipa::path(
    tag = "scheduling",
    params(SetupQuery),
    responses(
        (status = 200, body = Page<Resource>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/resources")]
pub async fn list_resources(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<SetupQuery>,
) -> Result<Json<Page<Resource>>, ApiError> {
    let deleted = query.0.deleted == Some(true);
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let mut records = store::list_resources(tx.conn(), deleted).await?;
            if let Some(location) = query.0.location {
                records.retain(|one| one.rules.home_location == location);
            }
            let reader = tx.actor.account;
            Ok(records
                .into_iter()
                .map(|record| shown(record, reader))
                .collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Who can have a calendar: accounts with a clinician's role, by name.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<Clinician>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/clinicians")]
pub async fn list_clinicians(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<Page<Clinician>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let now = tx.now;
            let records = store::list_clinicians(tx.conn(), now).await?;
            Ok(records
                .into_iter()
                .map(|one| Clinician {
                    account_id: one.account,
                    name: one.name,
                    resource_id: one.resource,
                })
                .collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Set a provider, a room or a piece of equipment up.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateResource,
    responses(
        (status = 201, body = Resource),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/resources")]
pub async fn create_resource(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreateResource>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let (org, now) = (tx.actor.provider_org, tx.now);
            let id = ResourceId(Uuid::now_v7());
            permit(tx, Act::Create, CLASS, About::default().object(id))?;
            let mut wrong = Vec::new();
            let whose = fault_of_account(tx, body.kind, body.account_id).await?;
            wrong.extend(whose.map(|code| Field::new("/account_id", code)));
            let new = checked(tx, &body, id, wrong).await?;
            store::insert_resource(tx.conn(), org, &new, now).await?;
            let answer = saved(tx, id, RevisionAct::Created, None).await?;
            let address = format!("/api/v1/clinic/resources/{id}");
            Created::at(address, answer.version, &answer)
        })
        .await
}

/// Change a resource. Visits that were booked stay.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The resource")),
    request_body = ChangeResource,
    responses(
        (status = 200, body = Resource),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/resources/{id}")]
pub async fn change_resource(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ResourceId>,
    version: IfMatch,
    body: Body<ChangeResource>,
) -> Result<Versioned<Resource>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, false).await?;
            let before = CreateResource::from(shown(before, None));
            let wanted = revisions::merged(&before, &*body)?;
            let new = checked(tx, &wanted, id, Vec::new()).await?;
            store::save_resource(tx.conn(), &new).await?;
            let answer = saved(tx, id, RevisionAct::Changed, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Delete a resource: nothing more is booked with it. Visits that lie ahead with it have to be
/// confirmed and stay booked. It can be restored.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The resource"), ConfirmQuery),
    responses(
        (status = 200, body = DeletedResource),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem,
            description = "`resource-has-appointments` with `appointments_ahead`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/clinic/resources/{id}")]
pub async fn delete_resource(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ResourceId>,
    version: IfMatch,
    query: Query<ConfirmQuery>,
) -> Result<Versioned<DeletedResource>, ApiError> {
    let id = id.0;
    let confirmed = query.0.confirm == Some(true);
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, false).await?;
            let now = tx.now;
            let ahead = store::visits_ahead_with(tx.conn(), id, now).await?;
            if ahead > 0 && !confirmed {
                let refused = ApiError::of(RESOURCE_HAS_APPOINTMENTS);
                return Err(refused.with("appointments_ahead", ahead));
            }
            store::set_resource_deleted(tx.conn(), id, Some(now)).await?;
            let before = CreateResource::from(shown(before, None));
            let resource = saved(tx, id, RevisionAct::Deleted, Some(before)).await?;
            let version = resource.version;
            let answer = DeletedResource {
                resource,
                appointments_ahead: u32::try_from(ahead).unwrap_or(u32::MAX),
            };
            Ok(Versioned(answer, version))
        })
        .await
}

/// Restore a resource that was deleted, with the schedules it has.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The resource")),
    responses(
        (status = 200, body = Resource),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/resources/{id}/restoration")]
pub async fn restore_resource(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ResourceId>,
    version: IfMatch,
) -> Result<Versioned<Resource>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            locked(tx, id, version, true).await?;
            store::set_resource_deleted(tx.conn(), id, None).await?;
            let answer = saved(tx, id, RevisionAct::Restored, None).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Who saved a resource when, and what it was before and after; the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The resource")),
    responses(
        (status = 200, body = Page<Revision>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/resources/{id}/revisions")]
pub async fn list_resource_revisions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ResourceId>,
) -> Result<Json<Page<Revision>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            if store::find_resource(tx.conn(), id.0).await?.is_none() {
                return Err(tx.missing(Act::Read, CLASS, id.0));
            }
            revisions::kept(tx, KIND, id.0).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// The resource that is to be changed, if it still is as the caller knows it.
async fn locked(
    tx: &mut Tx,
    id: ResourceId,
    version: IfMatch,
    deleted: bool,
) -> Result<ResourceRecord, ApiError> {
    permit(tx, Act::Change, CLASS, About::default().object(id))?;
    let found = store::lock_resource(tx.conn(), id).await?;
    let found = found.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
    version.check(found.version)?;
    if found.deleted_at.is_some() != deleted {
        return Err(ApiError::of(WRONG_STATE));
    }
    Ok(found)
}

/// Keeps that a resource was set up.
pub(crate) async fn keep_first_resource(tx: &mut Tx, id: ResourceId) -> Result<(), ApiError> {
    saved(tx, id, RevisionAct::Created, None).await.map(drop)
}

/// Keeps the save and reads what it made.
async fn saved(
    tx: &mut Tx,
    id: ResourceId,
    act: RevisionAct,
    before: Option<CreateResource>,
) -> Result<Resource, ApiError> {
    let found = store::find_resource(tx.conn(), id).await?;
    let answer = shown(found.ok_or_else(ApiError::not_found)?, tx.actor.account);
    let after = (act != RevisionAct::Deleted).then(|| CreateResource::from(answer.clone()));
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

/// What is wrong with whose calendar it is to be: a provider is one account with a clinician's role
/// and has one calendar; nothing else is anybody.
async fn fault_of_account(
    tx: &mut Tx,
    kind: ResourceKind,
    account: Option<AccountId>,
) -> Result<Option<&'static str>, ApiError> {
    let Some(account) = account else {
        return Ok((kind == ResourceKind::Provider).then_some("required"));
    };
    if kind != ResourceKind::Provider {
        return Ok(Some("unknown"));
    }
    let now = tx.now;
    let known = store::list_clinicians(tx.conn(), now).await?;
    let found = known.iter().find(|one| one.account == account);
    Ok(match found {
        None => Some("unknown"),
        Some(clinician) => clinician.resource.map(|_| "taken"),
    })
}

/// A resource as it may be saved; every field that is wrong is told.
async fn checked(
    tx: &mut Tx,
    wanted: &CreateResource,
    id: ResourceId,
    mut wrong: Vec<Field>,
) -> Result<NewResource, ApiError> {
    let name = wanted.name.trim();
    match name.chars().count() {
        0 => wrong.push(Field::new("/name", "required")),
        1..=60 => {}
        _ => wrong.push(Field::new("/name", "too_long").with("limit", 60)),
    }
    for (position, skill) in wanted.skills.iter().enumerate() {
        let pointer = format!("/skills/{position}");
        match skill.trim().chars().count() {
            0 => wrong.push(Field::new(pointer, "required")),
            1..=40 => {}
            _ => wrong.push(Field::new(pointer, "too_long").with("limit", 40)),
        }
    }
    if wanted.skills.len() > SKILLS {
        wrong.push(Field::new("/skills", "too_many").with("limit", SKILLS));
    }
    let home = store::find_location(tx.conn(), wanted.home_location_id).await?;
    if home.is_none() {
        wrong.push(Field::new("/home_location_id", "unknown"));
    }
    let join_link = match wanted.join_link.as_deref().map(JoinLink::parse).transpose() {
        Ok(link) => link,
        Err(_) => {
            let field = Field::new("/join_link", "not_a_link").with("limit", LONGEST_LINK);
            wrong.push(field);
            None
        }
    };
    if wanted.kind != ResourceKind::Provider && wanted.join_link.is_some() {
        wrong.push(Field::new("/join_link", "no_provider"));
    }
    let mut regions = BTreeSet::new();
    for (position, code) in wanted.regions.iter().enumerate() {
        match Region::parse(code) {
            Some(region) => drop(regions.insert(region)),
            None => wrong.push(Field::new(format!("/regions/{position}"), "unknown")),
        }
    }
    if wanted.regions.len() > REGIONS {
        wrong.push(Field::new("/regions", "too_many").with("limit", REGIONS));
    }
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    let skills: BTreeSet<&str> = wanted.skills.iter().map(|skill| skill.trim()).collect();
    Ok(NewResource {
        rules: Rules {
            id,
            kind: wanted.kind,
            skills: skills.into_iter().map(str::to_owned).collect(),
            home_location: wanted.home_location_id,
            regions: regions.into_iter().collect(),
        },
        name: name.to_owned(),
        account: wanted.account_id,
        join_link,
        active: wanted.active,
    })
}

fn shown(record: ResourceRecord, reader: Option<AccountId>) -> Resource {
    Resource {
        id: record.rules.id,
        kind: record.rules.kind,
        name: record.name,
        skills: record.rules.skills,
        home_location_id: record.rules.home_location,
        account_id: record.account,
        join_link: record.join_link.map(|link| link.as_str().to_owned()),
        regions: record.rules.regions.iter().map(Region::to_string).collect(),
        active: record.active,
        own: record.account.is_some() && record.account == reader,
        deleted_at: record.deleted_at,
        version: record.version,
    }
}
