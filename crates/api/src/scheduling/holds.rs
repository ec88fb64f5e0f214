//! Keeping a time for a few minutes.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, post};
use futures_util::future::{try_join, try_join3};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{HoldId, PersonId, ResourceId};
use salus_domain::scheduling::hold::{HoldError, may_take};
use salus_domain::scheduling::{Audience, BookingOptions, Hold};
use salus_store::scheduling::{
    self as store, HeldClaims, HoldRecord, LocationRecord, NewHold, TypeRecord,
};
use salus_types::problem::{self, Problem};
use salus_types::scheduling::problems::{HOLD_EXPIRED, HOLD_LIMIT};
use salus_types::scheduling::{HoldSlot, Slot, SlotHold, SlotResource};
use uuid::Uuid;

use super::moving;
use super::shown;
use super::taking::{
    Wish, item_dates, needed_region, not_offered, offered_kind, options_for, portal_options,
};
use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency};
use crate::state::AppState;
use crate::transaction::Tx;

/// Keep a time for a few minutes. A new hold frees the one before.
#[utoipa::path(
    tag = "scheduling",
    request_body = HoldSlot,
    responses(
        (status = 201, body = SlotHold),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`slot-taken` with `next_slots`, `person-busy`, `past-due`, `limit-reached`; for moving `notice-too-short` with `deadline` and `phone`, `too-many-moves`, `appointment-begun`, `wrong-state`"),
        (status = 422, body = Problem, description = "`slot-not-offered`, `region-not-covered`"),
        (status = 429, body = Problem, description = "`hold-limit`"),
    )
)]
#[post("/me/slot-holds")]
pub async fn hold_my_slot(
    caller: Caller<Me>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<HoldSlot>,
) -> Result<Created, ApiError> {
    state
        .create(&caller.competing(), &key, &body, async |tx: &mut Tx| {
            let person = tx.actor.own_person()?;
            let kept = keep(tx, Audience::Employee, person, &body).await?;
            let id = kept.record.hold.id;
            let answer = shown_hold(tx, &kept);
            Created::at(format!("/api/v1/me/slot-holds/{id}"), 1, &answer)
        })
        .await
}

/// Extend a hold once, by its own length.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The hold")),
    responses(
        (status = 200, body = SlotHold),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`hold-expired`, `wrong-state` when it was extended before"),
    )
)]
#[post("/me/slot-holds/{id}/extension")]
pub async fn extend_my_slot_hold(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<HoldId>,
) -> Result<Json<SlotHold>, ApiError> {
    let answer = state
        .run(&caller, async |tx| {
            let now = tx.now;
            let mut record = own_hold(tx, id.0).await?;
            let options = portal_options(tx).await?;
            record.hold = live(&record)?
                .extended(options.hold_minutes, now)
                .map_err(|error| hold_refused(error, now))?;
            store::extend_hold(tx.conn(), &record.hold).await?;
            record.version += 1;
            let kind = store::find_type(tx.shared(), record.appointment_type, &[])
                .await?
                .ok_or_else(ApiError::not_found)?;
            let conn = tx.shared();
            let (place, names) = try_join(
                store::find_location(conn, record.location),
                store::resource_names(conn, &record.resources),
            )
            .await?;
            let place = place.ok_or_else(ApiError::not_found)?;
            let kept = Kept {
                record,
                kind,
                options,
                place,
                names,
            };
            Ok(shown_hold(tx, &kept))
        })
        .await?;
    Ok(Json(answer))
}

/// Give a kept time back.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The hold")),
    responses(
        (status = 204, description = "Free again"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[delete("/me/slot-holds/{id}")]
pub async fn release_my_slot_hold(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<HoldId>,
) -> Result<HttpResponse, ApiError> {
    state
        .run(&caller, async |tx| {
            let now = tx.now;
            let record = own_hold(tx, id.0).await?;
            if !record.ended {
                store::free_hold(tx.conn(), id.0).await?;
                store::end_hold(tx.conn(), id.0, now).await?;
            }
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A time that was kept, and what is shown of it.
pub(super) struct Kept {
    pub(super) record: HoldRecord,
    pub(super) kind: TypeRecord,
    pub(super) options: BookingOptions,
    pub(super) place: LocationRecord,
    pub(super) names: Vec<(ResourceId, String)>,
}

/// Keeps a time for a person, for whoever asks in a portal.
pub(super) async fn keep(
    tx: &mut Tx,
    by: Audience,
    person: PersonId,
    asked: &HoldSlot,
) -> Result<Kept, ApiError> {
    let (account, now) = (tx.actor.account()?, tx.now);
    tx.allow(
        Act::Create,
        DataClass::Appointment,
        About::person(person),
        (),
    )?;
    let conn = tx.shared();
    let (recent, linked, old) = try_join3(
        store::recent_holds(conn, account, now),
        store::linked_locations(conn, person, now),
        store::live_hold(conn, person),
    )
    .await?;
    may_take(&recent, now).map_err(|error| hold_refused(error, now))?;
    let options = options_for(tx, by, person).await?;
    let places = &[asked.location_id];
    let kind = offered_kind(tx, by, asked.appointment_type_id, places, &options).await?;
    let wanted = (asked.moving, asked.appointment_type_id);
    let moved = moving::wanted(tx, by, Act::Change, person, wanted).await?;
    let (employer, place) = moving::places_for(moved.as_ref(), linked)
        .into_iter()
        .find(|(_, record)| record.place.location_id == asked.location_id)
        .ok_or_else(not_offered)?;
    let before = moved.as_ref().and_then(|visit| visit.region.as_ref());
    let wish = Wish {
        audience: by,
        person,
        item: match &moved {
            Some(visit) => store::dates_of_visit(tx.shared(), visit.rules.id).await?,
            None => item_dates(tx, by, person, &kind, asked.item_id).await?,
        },
        kind,
        modality: asked.modality,
        region: needed_region(asked.modality, asked.region.as_deref(), before)?,
        resource: asked.resource_id.filter(|_| !options.force_any_provider),
        options,
        own_hold: old,
        moving: asked.moving,
    };
    let slot = wish.take(tx, &place, asked.starts_at).await?;
    free_old(tx, by, person, old).await?;
    let id = HoldId(Uuid::now_v7());
    let hold = Hold::taken(id, wish.options.hold_minutes, now);
    let record = HoldRecord {
        hold,
        person,
        employer,
        appointment_type: wish.kind.rules.id,
        location: place.place.location_id,
        modality: slot.modality,
        region: wish.region.clone(),
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
        shown_ends_at: slot.shown_ends_at,
        resources: slot
            .resources
            .iter()
            .map(|taken| taken.resource_id)
            .collect(),
        item: asked.item_id,
        moving: asked.moving,
        ended: false,
        version: 1,
    };
    let org = tx.actor.provider_org;
    let new = NewHold {
        org,
        account,
        record,
        now,
    };
    let taken = match asked.moving {
        Some(id) => moving::beyond_own(tx, id, &slot).await?,
        None => slot,
    };
    let conn = tx.shared();
    let held = HeldClaims::Hold(id, hold.expires_at);
    let names = async {
        match by {
            Audience::Supervisor => store::provider_names(conn, &new.record.resources).await,
            _ => store::resource_names(conn, &new.record.resources).await,
        }
    };
    let ((), (), names) = try_join3(
        store::insert_hold(conn, &new),
        store::claim_resources(conn, org, &taken, held, now),
        names,
    )
    .await?;
    Ok(Kept {
        record: new.record,
        kind: wish.kind,
        options: wish.options,
        place,
        names,
    })
}

/// Frees the time that was kept for a person before. Another request may have kept one before the
/// lock was got; and a supervisor's look does not see who else did.
async fn free_old(
    tx: &Tx,
    by: Audience,
    person: PersonId,
    old: Option<HoldId>,
) -> Result<(), ApiError> {
    let (conn, now) = (tx.shared(), tx.now);
    if by == Audience::Supervisor {
        return Ok(store::free_report_holds(conn, person).await?);
    }
    for old in store::live_hold(conn, person).await?.into_iter().chain(old) {
        store::free_hold(conn, old).await?;
        store::end_hold(conn, old, now).await?;
    }
    Ok(())
}

/// A hold that is to be used, as it was before anything is locked: who, where and what it is for never
/// changes, whether it is still live does.
pub(super) async fn found(tx: &mut Tx, id: HoldId) -> Result<HoldRecord, ApiError> {
    match store::find_hold(tx.shared(), id).await? {
        Some(found) => Ok(found),
        None => Err(tx.missing(Act::Change, DataClass::Appointment, id)),
    }
}

/// The same hold as it is now, with the person and the resources locked before any row is, as
/// everywhere. Others wait for these locks: what can be asked before is asked before.
pub(super) async fn locked(tx: &mut Tx, found: &HoldRecord) -> Result<HoldRecord, ApiError> {
    let id = found.hold.id;
    let conn = tx.shared();
    let ((), record) = try_join(
        store::lock(conn, found.person, found.resources.iter().copied()),
        store::lock_hold(conn, id),
    )
    .await?;
    own(tx, id, record)
}

/// One's own hold, kept from changing.
pub(super) async fn own_hold(tx: &mut Tx, id: HoldId) -> Result<HoldRecord, ApiError> {
    let record = store::lock_hold(tx.shared(), id).await?;
    own(tx, id, record)
}

fn own(tx: &mut Tx, id: HoldId, record: Option<HoldRecord>) -> Result<HoldRecord, ApiError> {
    let Some(record) = record else {
        return Err(tx.missing(Act::Change, DataClass::Appointment, id));
    };
    let about = About::person(record.person).object(id);
    tx.allow(Act::Change, DataClass::Appointment, about, ())?;
    Ok(record)
}

/// The hold, unless it was released, replaced or used.
pub(super) fn live(record: &HoldRecord) -> Result<Hold, ApiError> {
    if record.ended {
        return Err(ApiError::of(HOLD_EXPIRED));
    }
    Ok(record.hold)
}

pub(super) fn hold_refused(error: HoldError, now: chrono::DateTime<chrono::Utc>) -> ApiError {
    match error {
        HoldError::Expired => ApiError::of(HOLD_EXPIRED),
        HoldError::Extended => ApiError::of(problem::WRONG_STATE),
        HoldError::Limit { again_at } => {
            let seconds = (again_at - now).num_seconds() + 1;
            ApiError::of(HOLD_LIMIT).retry_after(u32::try_from(seconds).unwrap_or(3600))
        }
    }
}

fn shown_hold(tx: &Tx, kept: &Kept) -> SlotHold {
    let Kept {
        record,
        kind,
        place,
        ..
    } = kept;
    let language = &tx.actor.language;
    SlotHold {
        id: record.hold.id,
        expires_at: record.hold.expires_at,
        seconds_left: record.hold.seconds_left(tx.now),
        can_extend: !record.hold.extended,
        appointment_type_id: kind.rules.id,
        public_name: kind.public_name(language),
        slot: shown_slot(kept),
        place: shown::place(place),
        preparation: shown::preparation(kind, language),
        supervisor_sees: kind.rules.visible_to_supervisor,
        clinic_confirms: kind.rules.clinic_confirms,
        version: record.version,
    }
}

/// The time that is kept, with the resources whose names were asked for.
pub(super) fn shown_slot(kept: &Kept) -> Slot {
    let record = &kept.record;
    let resources = record
        .resources
        .iter()
        .filter_map(|id| {
            let (_, name) = kept.names.iter().find(|(known, _)| known == id)?;
            Some(SlotResource {
                id: *id,
                name: name.clone(),
            })
        })
        .collect();
    let zone = kept.place.place.zone;
    Slot {
        starts_at: record.starts_at,
        ends_at: record.shown_ends_at,
        local_date: salus_domain::time::local_date(record.starts_at, zone),
        local_time: salus_domain::time::local_time(record.starts_at, zone).time(),
        zone: zone.name().to_owned(),
        location_id: record.location,
        modality: record.modality,
        resources: (!kept.options.force_any_provider).then_some(resources),
    }
}
