//! Times of a kind of visit that differ with a resource or at a location: setting them up in bulk,
//! changing, deleting and restoring them.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentTypeId, TypeOverrideId};
use salus_domain::scheduling::TimesException;
use salus_domain::scheduling::appointment_type::TimesError;
use salus_store::scheduling::{self as store, OverrideRecord};
use salus_types::page::Page;
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::{
    ChangeTypeOverride, CreateTypeOverrides, CreatedTypeOverrides, OverriddenTimes, Revision,
    RevisionAct, SetupQuery, TypeOverride,
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
const KIND: &str = "type_override";

/// How many overrides one request may ask for.
const AT_ONCE: usize = 500;

/// Overrides in force, or those deleted, by kind of visit; `location` leaves those of other places
/// out.
#[utoipa::path(
    tag = "scheduling",
    params(SetupQuery),
    responses(
        (status = 200, body = Page<TypeOverride>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/type-overrides")]
pub async fn list_type_overrides(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<SetupQuery>,
) -> Result<Json<Page<TypeOverride>>, ApiError> {
    let deleted = query.0.deleted == Some(true);
    let mut records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            Ok(store::list_overrides(tx.conn(), deleted).await?)
        })
        .await?;
    if let Some(location) = query.0.location {
        records.retain(|one| one.rules.location.is_none_or(|place| place == location));
    }
    Ok(Json(Page::last(records.into_iter().map(shown).collect())))
}

/// Set overrides up: one for each kind of visit with each resource at each location. What there is
/// already is never overwritten; it is listed.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateTypeOverrides,
    responses(
        (status = 201, body = CreatedTypeOverrides),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/type-overrides")]
pub async fn create_type_overrides(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreateTypeOverrides>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            permit(tx, Act::Create, CLASS, About::default())?;
            let wanted = checked(tx, &body).await?;
            let answer = insert(tx, wanted).await?;
            Created::at("/api/v1/clinic/type-overrides", 1, &answer)
        })
        .await
}

/// Change the times of an override.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The override")),
    request_body = ChangeTypeOverride,
    responses(
        (status = 200, body = TypeOverride),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/type-overrides/{id}")]
pub async fn change_type_override(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<TypeOverrideId>,
    version: IfMatch,
    body: Body<ChangeTypeOverride>,
) -> Result<Versioned<TypeOverride>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, false).await?;
            let times = revisions::merged(&times_of(&before.rules), &*body)?;
            let rules = with_times(before.rules, times);
            let wrong: Vec<Field> = rules
                .faults()
                .into_iter()
                .map(|fault| told(fault, ""))
                .collect();
            if !wrong.is_empty() {
                return Err(ApiError::invalid(wrong));
            }
            store::save_override(tx.conn(), id, &rules).await?;
            let answer = saved(tx, id, RevisionAct::Changed, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Delete an override: visits are booked with the usual times again.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The override")),
    responses(
        (status = 200, body = TypeOverride),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/clinic/type-overrides/{id}")]
pub async fn delete_type_override(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<TypeOverrideId>,
    version: IfMatch,
) -> Result<Versioned<TypeOverride>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version, false).await?;
            let now = tx.now;
            store::set_override_deleted(tx.conn(), id, Some(now)).await?;
            let answer = saved(tx, id, RevisionAct::Deleted, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Restore an override that was deleted, unless there is another one for the same by now.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The override")),
    responses(
        (status = 200, body = TypeOverride),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/type-overrides/{id}/restoration")]
pub async fn restore_type_override(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<TypeOverrideId>,
    version: IfMatch,
) -> Result<Versioned<TypeOverride>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let gone = locked(tx, id, version, true).await?;
            let whom = |one: &OverrideRecord| {
                (one.appointment_type, one.rules.resource, one.rules.location)
            };
            let there = store::list_overrides(tx.conn(), false).await?;
            if there.iter().any(|one| whom(one) == whom(&gone)) {
                return Err(ApiError::of(WRONG_STATE));
            }
            store::set_override_deleted(tx.conn(), id, None).await?;
            let answer = saved(tx, id, RevisionAct::Restored, None).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Who saved an override when, and what it was before and after; the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The override")),
    responses(
        (status = 200, body = Page<Revision>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/type-overrides/{id}/revisions")]
pub async fn list_type_override_revisions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<TypeOverrideId>,
) -> Result<Json<Page<Revision>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            if store::find_override(tx.conn(), id.0).await?.is_none() {
                return Err(tx.missing(Act::Read, CLASS, id.0));
            }
            revisions::kept(tx, KIND, id.0).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// One override that is wanted.
type Wanted = (AppointmentTypeId, TimesException);

/// Every combination that was asked for; every field that is wrong is told.
async fn checked(tx: &mut Tx, body: &CreateTypeOverrides) -> Result<Vec<Wanted>, ApiError> {
    let mut wrong = Vec::new();
    let kinds: BTreeSet<_> = body.appointment_type_ids.iter().copied().collect();
    let resources: BTreeSet<_> = body.resource_ids.iter().copied().collect();
    let locations: BTreeSet<_> = body.location_ids.iter().copied().collect();
    if kinds.is_empty() {
        wrong.push(Field::new("/appointment_type_ids", "required"));
    }
    let known = store::list_types(tx.shared()).await?;
    for (position, id) in body.appointment_type_ids.iter().enumerate() {
        if !known.iter().any(|kind| kind.rules.id == *id) {
            let pointer = format!("/appointment_type_ids/{position}");
            wrong.push(Field::new(pointer, "unknown"));
        }
    }
    let known = store::list_resources(tx.conn(), false).await?;
    for (position, id) in body.resource_ids.iter().enumerate() {
        if !known.iter().any(|one| one.rules.id == *id) {
            wrong.push(Field::new(format!("/resource_ids/{position}"), "unknown"));
        }
    }
    let places: Vec<_> = locations.iter().copied().collect();
    let known = store::find_locations(tx.shared(), &places).await?;
    for (position, id) in body.location_ids.iter().enumerate() {
        if !known.iter().any(|one| one.place.location_id == *id) {
            wrong.push(Field::new(format!("/location_ids/{position}"), "unknown"));
        }
    }
    let times = with_times(
        TimesException {
            resource: resources.first().copied(),
            location: locations.first().copied(),
            ..TimesException::default()
        },
        body.times,
    );
    wrong.extend(
        times
            .faults()
            .into_iter()
            .map(|fault| told(fault, "/times")),
    );
    let whom = or_any(resources);
    let places = or_any(locations);
    if kinds.len() * whom.len() * places.len() > AT_ONCE {
        let too_many = Field::new("/appointment_type_ids", "too_many").with("limit", AT_ONCE);
        wrong.push(too_many);
    }
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    let mut all = Vec::new();
    for kind in &kinds {
        for resource in &whom {
            for location in &places {
                let rules = TimesException {
                    resource: *resource,
                    location: *location,
                    ..times
                };
                all.push((*kind, rules));
            }
        }
    }
    Ok(all)
}

/// Each of them, or any where none is named.
fn or_any<T>(named: BTreeSet<T>) -> Vec<Option<T>> {
    if named.is_empty() {
        vec![None]
    } else {
        named.into_iter().map(Some).collect()
    }
}

/// Sets up what there is not yet.
async fn insert(tx: &mut Tx, wanted: Vec<Wanted>) -> Result<CreatedTypeOverrides, ApiError> {
    let (org, now) = (tx.actor.provider_org, tx.now);
    let mut answer = CreatedTypeOverrides {
        created: Vec::new(),
        left_alone: Vec::new(),
    };
    let mut there = Vec::new();
    for (kind, rules) in wanted {
        let id = TypeOverrideId(Uuid::now_v7());
        if store::insert_override(tx.conn(), org, id, kind, &rules, now).await? {
            let made = saved(tx, id, RevisionAct::Created, None).await?;
            answer.created.push(made);
        } else {
            there.push((kind, rules.resource, rules.location));
        }
    }
    let all = store::list_overrides(tx.conn(), false).await?;
    let left = all.into_iter().filter(|one| {
        there.contains(&(one.appointment_type, one.rules.resource, one.rules.location))
    });
    answer.left_alone.extend(left.map(shown));
    Ok(answer)
}

/// The override that is to be changed, if it still is as the caller knows it.
async fn locked(
    tx: &mut Tx,
    id: TypeOverrideId,
    version: IfMatch,
    deleted: bool,
) -> Result<OverrideRecord, ApiError> {
    permit(tx, Act::Change, CLASS, About::default().object(id))?;
    let found = store::lock_override(tx.conn(), id).await?;
    let found = found.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
    version.check(found.version)?;
    if found.deleted_at.is_some() != deleted {
        return Err(ApiError::of(WRONG_STATE));
    }
    Ok(found)
}

/// Keeps the save and reads what it made.
async fn saved(
    tx: &mut Tx,
    id: TypeOverrideId,
    act: RevisionAct,
    before: Option<OverrideRecord>,
) -> Result<TypeOverride, ApiError> {
    let found = store::find_override(tx.conn(), id).await?;
    let found = found.ok_or_else(ApiError::not_found)?;
    let before = before.map(|before| times_of(&before.rules));
    let after = (act != RevisionAct::Deleted).then(|| times_of(&found.rules));
    let saved = Saved {
        kind: KIND,
        object: id.0,
        version: found.version,
        act,
        before: before.as_ref(),
        after: after.as_ref(),
    };
    keep(tx, saved).await?;
    Ok(shown(found))
}

fn times_of(rules: &TimesException) -> OverriddenTimes {
    OverriddenTimes {
        duration: rules.duration,
        shown_duration: rules.shown_duration,
        buffer_before: rules.buffer_before,
        buffer_after: rules.buffer_after,
    }
}

fn with_times(rules: TimesException, times: OverriddenTimes) -> TimesException {
    TimesException {
        duration: times.duration,
        shown_duration: times.shown_duration,
        buffer_before: times.buffer_before,
        buffer_after: times.buffer_after,
        ..rules
    }
}

fn told(fault: TimesError, root: &str) -> Field {
    let at = |name: &str| format!("{root}/{name}");
    let range = |name: &str, from: u16, to: u16| {
        Field::new(at(name), "out_of_range")
            .with("from", from)
            .with("to", to)
    };
    match fault {
        TimesError::Duration => Field::new(at("duration"), "duration"),
        TimesError::ShownDuration => range("shown_duration", 5, 720),
        TimesError::BufferBefore => range("buffer_before", 0, 120),
        TimesError::BufferAfter => range("buffer_after", 0, 120),
        TimesError::Nothing => Field::new(at("duration"), "required"),
        TimesError::Nowhere => Field::new("/resource_ids", "required"),
    }
}

fn shown(record: OverrideRecord) -> TypeOverride {
    TypeOverride {
        id: record.id,
        appointment_type_id: record.appointment_type,
        resource_id: record.rules.resource,
        location_id: record.rules.location,
        times: times_of(&record.rules),
        deleted_at: record.deleted_at,
        version: record.version,
    }
}
