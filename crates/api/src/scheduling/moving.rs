//! Another time for a visit.

use actix_web::post;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use futures_util::future::{try_join, try_join3, try_join4};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{
    AppointmentId, AppointmentTypeId, EmployerId, HoldId, LocationId, PersonId,
};
use salus_domain::scheduling::appointment::{ActError, move_to};
use salus_domain::scheduling::changes::Change;
use salus_domain::scheduling::{
    Act as VisitAct, Appointment as Visit, Audience, BookingOptions, Event, FreedBy, Region, Slot,
};
use salus_store::questionnaires::put_off_assignments;
use salus_store::scheduling::{
    self as store, AppointmentRecord, HeldClaims, LocationRecord, ReportVisit, TakenClaim,
};
use salus_types::problem::Problem;
use salus_types::scheduling::{Appointment, ClinicAppointment, MoveAppointment, MoveForPerson};

use super::appointments::changed_by_me;
use super::booking;
use super::changes;
use super::clinic::{changed_by_clinic, unlinked};
use super::freed;
use super::holds::{found, hold_refused, live, locked};
use super::overriding::Aside;
use super::taking::{Wish, act_refused, act_refused_at, needed_region, options_for};
use crate::access::{Caller, Clinic, Me};
use crate::error::ApiError;
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// What a move changes, for the audit trail.
const MOVED: &[&str] = &[
    "starts_at",
    "location_id",
    "modality",
    "region",
    "resources",
];

/// Move one's visit to a time that was kept for it, as long as the notice lasts. The visit keeps its
/// id; whatever fails leaves it where it was.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = MoveAppointment,
    responses(
        (status = 200, body = Appointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`hold-expired`, `person-busy`, `past-due`, `limit-reached`, `notice-too-short` with `deadline` and `phone`, `too-many-moves`, `appointment-begun`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/me/appointments/{id}/move")]
pub async fn move_my_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<MoveAppointment>,
) -> Result<Versioned<Appointment>, ApiError> {
    let caller = caller.competing();
    changed_by_me(&state, &caller, id.0, async |tx: &mut Tx| {
        put_held(tx, Audience::Employee, id.0, version, body.hold_id).await
    })
    .await
}

/// Puts a visit at a time that was kept for it, for whoever asks in a portal.
pub(super) async fn put_held(
    tx: &mut Tx,
    by: Audience,
    id: AppointmentId,
    version: IfMatch,
    hold: HoldId,
) -> Result<(), ApiError> {
    let (class, now) = (DataClass::Appointment, tx.now);
    let found = found(tx, hold).await?;
    let options = options_for(tx, by, found.person).await?;
    let (kind, place) = booking::kind_and_place(tx, by, &found).await?;
    let held = locked(tx, &found).await?;
    let Some(visit) = lock(tx, by, id).await? else {
        return Err(tx.missing(Act::Change, class, id));
    };
    let about = About::person(visit.person)
        .employer(visit.employer)
        .object(id);
    let allowed = tx.allow(Act::Change, class, about, visit.rules)?;
    tx.detail(MOVED, None);
    version.check(visit.version)?;
    if held.moving != Some(id) {
        return Err(ApiError::field("/hold_id", "kept_for_another_visit"));
    }
    live(&held)?
        .live(now)
        .map_err(|error| hold_refused(error, now))?;
    let moved = allowed.try_map(|rules| moved_to(rules, held.starts_at, by, now));
    let moved = match moved {
        Ok(moved) => moved,
        Err(error) => return Err(act_refused_at(tx, visit.location, error).await?),
    };
    let conn = tx.shared();
    let (item, own, kept) = try_join3(
        store::dates_of_visit(conn, id),
        store::claims_of_visit(conn, id),
        store::claims_of_hold(conn, held.hold.id),
    )
    .await?;
    let wish = Wish {
        audience: by,
        person: visit.person,
        item,
        kind,
        modality: held.modality,
        region: held.region.clone(),
        resource: held.resources.first().copied(),
        options,
        own_hold: Some(held.hold.id),
        moving: Some(id),
    };
    let mut slot = booking::held_slot(tx, &wish, &place, &held).await?;
    in_own_lanes(&mut slot, &kept, &own);
    put(tx, &wish, visit.employer, &moved, &slot).await
}

/// Move a visit for a person; neither notice nor a number of moves is asked of staff.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = MoveForPerson,
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`slot-taken` or `person-busy` with `next_slots`, `override-needed` with `kinds`, `appointment-begun`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`slot-not-offered`, `region-not-covered`, `override-reason-required`, `invalid`"),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/move")]
pub async fn move_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<MoveForPerson>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    let class = DataClass::AppointmentDetail;
    let caller = caller.competing();
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let aside = Aside::read(body.set_aside.as_ref())?;
        let Some(found) = store::find_appointment(tx.shared(), id.0).await? else {
            return Err(tx.missing(Act::Change, class, id.0));
        };
        let about = About::person(found.person)
            .employer(found.employer)
            .object(id.0);
        let allowed = tx.allow(Act::Change, class, about, ())?;
        tx.detail(MOVED, None);
        version.check(found.version)?;
        found
            .rules
            .check(VisitAct::Move, Audience::Clinic, now)
            .map_err(act_refused)?;
        let conn = tx.shared();
        let places = &[body.location_id];
        let (place, kind, employers) = try_join3(
            store::find_location(conn, body.location_id),
            store::find_type(conn, found.appointment_type, places),
            store::employments_at(conn, found.person, body.location_id, now),
        )
        .await?;
        let place = place.ok_or_else(|| ApiError::field("/location_id", "unknown"))?;
        let is_linked = employers
            .iter()
            .any(|one| one.employer == found.employer && one.linked);
        let needed = unlinked(is_linked || body.location_id == found.location);
        let wish = Wish {
            audience: Audience::Clinic,
            person: found.person,
            kind: kind.ok_or_else(ApiError::not_found)?,
            options: BookingOptions::default(),
            item: None,
            modality: body.modality,
            region: needed_region(body.modality, body.region.as_deref(), found.region.as_ref())?,
            resource: body.resource_id,
            own_hold: None,
            moving: Some(id.0),
        };
        let (slot, beside) = wish
            .force(tx, &place, body.starts_at, &aside, needed)
            .await?;
        let visit = store::lock_appointment(tx.conn(), id.0)
            .await?
            .ok_or_else(ApiError::not_found)?;
        version.check(visit.version)?;
        let moved = allowed
            .try_map(|()| moved_to(visit.rules, slot.starts_at, Audience::Clinic, now))
            .map_err(act_refused)?;
        put(tx, &wish, visit.employer, &moved, &slot).await?;
        aside.note(tx, id.0, &beside).await
    })
    .await
}

/// A visit, as far as moving it in a portal needs it.
pub(super) struct Movable {
    pub(super) rules: Visit,
    person: PersonId,
    employer: EmployerId,
    appointment_type: AppointmentTypeId,
    location: LocationId,
    /// Where the person will be, if it is online.
    pub(super) region: Option<Region>,
    version: i32,
}

impl From<AppointmentRecord> for Movable {
    fn from(found: AppointmentRecord) -> Self {
        Self {
            rules: found.rules,
            person: found.person,
            employer: found.employer,
            appointment_type: found.appointment_type,
            location: found.location,
            region: found.region,
            version: found.version,
        }
    }
}

impl From<ReportVisit> for Movable {
    fn from(found: ReportVisit) -> Self {
        Self {
            rules: found.rules,
            person: found.person,
            employer: found.employer,
            appointment_type: found.appointment_type,
            location: found.location,
            region: found.region,
            version: found.version,
        }
    }
}

async fn lock(tx: &mut Tx, by: Audience, id: AppointmentId) -> Result<Option<Movable>, ApiError> {
    Ok(match by {
        Audience::Supervisor => store::lock_report_visit(tx.conn(), id)
            .await?
            .map(Movable::from),
        _ => store::lock_appointment(tx.conn(), id)
            .await?
            .map(Movable::from),
    })
}

/// The visit somebody wants to move: the person's, of that kind, and still to be moved.
pub(super) async fn wanted(
    tx: &mut Tx,
    by: Audience,
    act: Act,
    person: PersonId,
    (moving, kind): (Option<AppointmentId>, AppointmentTypeId),
) -> Result<Option<Movable>, ApiError> {
    let Some(id) = moving else {
        return Ok(None);
    };
    let class = DataClass::Appointment;
    let found = match by {
        Audience::Supervisor => store::find_report_visit(tx.shared(), id)
            .await?
            .map(Movable::from),
        _ => store::find_appointment(tx.shared(), id)
            .await?
            .map(Movable::from),
    };
    let Some(found) = found.filter(|found| found.person == person) else {
        return Err(tx.missing(act, class, id));
    };
    let about = About::person(found.person).object(id);
    tx.allow(act, class, about, ())?;
    if found.appointment_type != kind {
        return Err(ApiError::field("/moving", "another_kind"));
    }
    if let Err(error) = found.rules.check(VisitAct::Move, by, tx.now) {
        return Err(act_refused_at(tx, found.location, error).await?);
    }
    Ok(Some(found))
}

/// Where a visit can be: a moved one stays with its employer.
pub(super) fn places_for(
    moved: Option<&Movable>,
    mut linked: Vec<(EmployerId, LocationRecord)>,
) -> Vec<(EmployerId, LocationRecord)> {
    linked.retain(|(employer, _)| moved.is_none_or(|visit| visit.employer == *employer));
    linked
}

/// What a hold for moving a visit takes: the part of the new time the visit does not have.
pub(super) async fn beyond_own(
    tx: &Tx,
    visit: AppointmentId,
    slot: &Slot,
) -> Result<Slot, ApiError> {
    let own = store::claims_of_visit(tx.shared(), visit).await?;
    let own: Vec<_> = own
        .iter()
        .map(|claim| (claim.resource, claim.lane, claim.stretch))
        .collect();
    Ok(slot.beyond(&own))
}

/// The visit at its new start.
pub(super) fn moved_to(
    visit: Visit,
    starts_at: DateTime<Utc>,
    by: Audience,
    now: DateTime<Utc>,
) -> Result<Visit, ActError> {
    move_to(visit, starts_at, by, now).map(|(moved, _)| moved)
}

/// Puts what is kept into the lanes it is kept in; where nothing is, the visit's own.
pub(super) fn in_own_lanes(slot: &mut Slot, kept: &[TakenClaim], own: &[TakenClaim]) {
    for assigned in &mut slot.resources {
        let mut known = kept.iter().chain(own);
        if let Some(claim) = known.find(|claim| claim.resource == assigned.resource_id) {
            assigned.lane = claim.lane;
            assigned.schedule_id = claim.schedule.or(assigned.schedule_id);
        }
    }
}

/// Puts a visit at another time; the one it leaves can be offered to others.
pub(super) async fn put(
    tx: &mut Tx,
    wish: &Wish,
    employer: EmployerId,
    moved: &Allowed<Visit>,
    slot: &Slot,
) -> Result<(), ApiError> {
    freed::of_visit(tx, moved.get().id, FreedBy::Move, None).await?;
    take_place(tx, wish, employer, moved, slot).await
}

/// Gives back what the visit had and what was kept for it, takes the new time, writes it down.
pub(super) async fn take_place(
    tx: &mut Tx,
    wish: &Wish,
    employer: EmployerId,
    moved: &Allowed<Visit>,
    slot: &Slot,
) -> Result<(), ApiError> {
    let (org, now, id) = (tx.actor.provider_org, tx.now, moved.get().id);
    let busy = slot.of_person();
    store::free_appointment(tx.conn(), id).await?;
    let conn = tx.shared();
    if let Some(hold) = wish.own_hold {
        try_join(
            store::free_hold(conn, hold),
            store::end_hold(conn, hold, now),
        )
        .await?;
    }
    try_join4(
        store::claim_person(conn, org, wish.person, id, busy, slot.local_date, now),
        store::claim_resources(conn, org, slot, HeldClaims::Appointment(id), now),
        store::move_appointment(conn, org, moved, slot, wish.region.as_ref()),
        put_off_assignments(conn, id, slot.local_date),
    )
    .await?;
    booking::tell(tx, Event::Moved(id), wish.person, employer);
    changes::note(tx, id, Change::Moved, wish.audience, slot.starts_at)
}
