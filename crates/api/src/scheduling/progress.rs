//! What becomes of a visit: agreed to or not, there, begun, done, missed.

use actix_web::post;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use futures_util::future::try_join3;
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::AppointmentId;
use salus_domain::scheduling::appointment::{ActError, check_in, correct, perform};
use salus_domain::scheduling::{
    Act as VisitAct, Appointment as Visit, Audience, BookingOptions, Event, Override, Overrides,
};
use salus_store::scheduling::{self as store, AppointmentRecord, Cancellation, LocationRecord};
use salus_types::problem::Problem;
use salus_types::scheduling::{
    Appointment, CheckIn, ClinicAppointment, CorrectAppointment, DenyAppointment,
    MarkAppointmentAsError,
};

use super::appointments::changed_by_me;
use super::booking::{give_back, restore, strike, tell};
use super::clinic::changed_by_clinic;
use super::overriding::{is_professional, named};
use super::shown::{self, CANCEL_COMMENT, CHECK_IN_COMMENT, DENIAL};
use super::taking::{Wish, act_refused, not_covered, portal_options, reason, words};
use crate::access::{Caller, Clinic, Me};
use crate::error::ApiError;
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// The most characters written at the door.
const AT_THE_DOOR: usize = 100;

/// The visit as it was found, and what was done with it.
struct Done {
    found: AppointmentRecord,
    visit: Allowed<Visit>,
    event: Event,
}

/// Locks a visit, asks whether the caller may, and applies a rule to it.
async fn apply(
    tx: &mut Tx,
    id: AppointmentId,
    version: IfMatch,
    (act, class): (Act, DataClass),
    rule: impl FnOnce(Visit) -> Result<(Visit, Event), ActError>,
) -> Result<Done, ApiError> {
    let Some(found) = store::lock_appointment(tx.conn(), id).await? else {
        return Err(tx.missing(act, class, id));
    };
    let about = About::person(found.person)
        .employer(found.employer)
        .object(id);
    let allowed = tx.allow(act, class, about, found.rules)?;
    version.check(found.version)?;
    let (visit, event) = allowed.decide(rule).map_err(act_refused)?;
    Ok(Done {
        found,
        visit,
        event,
    })
}

/// Writes an act down and tells of it.
async fn progress(
    tx: &mut Tx,
    done: &Done,
    act: VisitAct,
    words: Option<&str>,
) -> Result<(), ApiError> {
    let (now, id) = (tx.now, done.visit.get().id);
    let sealed = shown::seal(tx, done.found.person, id, CHECK_IN_COMMENT, words).await?;
    store::progress_appointment(tx.shared(), &done.visit, act, sealed.as_deref(), now).await?;
    tell(tx, done.event, done.found.person, done.found.employer);
    Ok(())
}

/// Does one act of the clinic.
async fn by_clinic(
    state: &AppState,
    caller: &Caller<Clinic>,
    id: AppointmentId,
    version: IfMatch,
    act: VisitAct,
    written: Option<&str>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    let asked = if act.is_professional() {
        Act::Review
    } else {
        Act::Change
    };
    changed_by_clinic(state, caller, id, async |tx: &mut Tx| {
        let now = tx.now;
        let written = words(written, "/comment", AT_THE_DOOR)?;
        let rule = |visit| perform(visit, act, Audience::Clinic, now);
        let class = (asked, DataClass::AppointmentDetail);
        let done = apply(tx, id, version, class, rule).await?;
        progress(tx, &done, act, written.as_deref()).await
    })
    .await
}

/// Checks in who walked in for the visit that was just booked.
pub(super) async fn take_in(tx: &mut Tx, id: AppointmentId) -> Result<(), ApiError> {
    let (act, now) = (VisitAct::CheckIn, tx.now);
    let class = (Act::Change, DataClass::AppointmentDetail);
    let rule = |visit| perform(visit, act, Audience::Clinic, now);
    let done = apply(tx, id, IfMatch(1), class, rule).await?;
    progress(tx, &done, act, None).await
}

/// Agree to a visit that waits for the clinic.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/confirmation")]
pub async fn confirm_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    by_clinic(&state, &caller, id.0, version, VisitAct::Confirm, None).await
}

/// Note that the person is there.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = CheckIn,
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/check-in")]
pub async fn check_in_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<CheckIn>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    by_clinic(
        &state,
        &caller,
        id.0,
        version,
        VisitAct::CheckIn,
        body.comment.as_deref(),
    )
    .await
}

/// Note that the person was not there after all.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/check-in-undo")]
pub async fn undo_check_in(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    by_clinic(&state, &caller, id.0, version, VisitAct::UndoCheckIn, None).await
}

/// Begin a visit.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/beginning")]
pub async fn begin_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    by_clinic(&state, &caller, id.0, version, VisitAct::Begin, None).await
}

/// Finish a visit; a clinician's word.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/completion")]
pub async fn complete_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    by_clinic(&state, &caller, id.0, version, VisitAct::Finish, None).await
}

/// Note that the person did not come.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/no-show")]
pub async fn miss_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    by_clinic(&state, &caller, id.0, version, VisitAct::Miss, None).await
}

/// Do not agree to a visit; its time is free again, and the person reads why.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = DenyAppointment,
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/denial")]
pub async fn deny_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<DenyAppointment>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let why = reason(&body.reason)?;
        let rule = |visit| perform(visit, VisitAct::Deny, Audience::Clinic, now);
        let class = (Act::Change, DataClass::AppointmentDetail);
        let done = apply(tx, id.0, version, class, rule).await?;
        let (person, employer) = (done.found.person, done.found.employer);
        let how = Cancellation {
            denial_sealed: shown::seal(tx, person, id.0, DENIAL, Some(&why)).await?,
            ..Cancellation::by(Audience::Clinic, tx.actor.account, now)
        };
        give_back(tx, &done.visit, &how).await?;
        tell(tx, done.event, person, employer);
        Ok(())
    })
    .await
}

/// Mark a visit as a mistake; a clinician's word. Its time is free again, and of the lists only the
/// clinic's of the person still has it. Whoever was to come is told as of a cancellation.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = MarkAppointmentAsError,
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/error")]
pub async fn mark_appointment_as_error(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<MarkAppointmentAsError>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let (now, by) = (tx.now, Audience::Clinic);
        let why = reason(&body.reason)?;
        let rule = |visit| perform(visit, VisitAct::Strike, by, now);
        let class = (Act::Review, DataClass::AppointmentDetail);
        let done = apply(tx, id.0, version, class, rule).await?;
        tx.detail(&["state"], None);
        // What was written when it was given back is kept before it.
        let before = shown::cancel_words(tx, &done.found).await?;
        let words = match before {
            Some(before) => format!("{before}\n{why}"),
            None => why,
        };
        let (person, employer) = (done.found.person, done.found.employer);
        let how = Cancellation {
            comment_sealed: shown::seal(tx, person, id.0, CANCEL_COMMENT, Some(&words)).await?,
            ..Cancellation::by(by, tx.actor.account, now)
        };
        strike(tx, &done.visit, &done.found.rules, &how).await?;
        tell(tx, done.event, person, employer);
        Ok(())
    })
    .await
}

/// Say what became of a visit that was taken for missed.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = CorrectAppointment,
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/correction")]
pub async fn correct_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<CorrectAppointment>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let why = reason(&body.reason)?;
        let rule = |visit| correct(visit, body.state, Audience::Clinic, now);
        let class = (Act::Change, DataClass::AppointmentDetail);
        let done = apply(tx, id.0, version, class, rule).await?;
        tx.detail(&["state"], Some(&why));
        progress(tx, &done, VisitAct::Correct, None).await
    })
    .await
}

/// Take up again a visit that was given back within the last 30 days: at the same time, as long as it was
/// and with all it was with, if that is still free. What was set aside for it is set aside again.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`, `slot-taken` or `person-busy` with `next_slots`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`slot-not-offered`"),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/cancellation-undo")]
pub async fn undo_cancellation(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    let caller = caller.competing();
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let (now, class) = (tx.now, DataClass::AppointmentDetail);
        let Some(found) = store::find_appointment(tx.shared(), id.0).await? else {
            return Err(tx.missing(Act::Change, class, id.0));
        };
        let about = About::person(found.person)
            .employer(found.employer)
            .object(id.0);
        let allowed = tx.allow(Act::Change, class, about, ())?;
        let aside: Overrides = found.overrides.iter().copied().collect();
        if aside.has(Override::Region) && !is_professional(tx) {
            return Err(not_covered());
        }
        let fields = named(aside);
        let fields = fields.iter().map(String::as_str);
        let fields: Vec<&str> = std::iter::once("state").chain(fields).collect();
        tx.detail(&fields, None);
        version.check(found.version)?;
        let by = Audience::Clinic;
        found
            .rules
            .check(VisitAct::UndoCancel, by, now)
            .map_err(act_refused)?;
        let (wish, place) = as_it_was(tx, &found).await?;
        let start = found.rules.starts_at;
        let slot = wish.take_with(tx, &place, start, aside).await?;
        let visit = store::lock_appointment(tx.conn(), id.0)
            .await?
            .ok_or_else(ApiError::not_found)?;
        version.check(visit.version)?;
        let restored = allowed
            .try_map(|()| {
                perform(visit.rules, VisitAct::UndoCancel, by, now).map(|(visit, _)| visit)
            })
            .map_err(act_refused)?;
        restore(tx, &wish, &place, &slot, visit.employer, &restored).await
    })
    .await
}

/// A visit that was given back as something to take: the same stretch, with what it was with.
async fn as_it_was(tx: &Tx, found: &AppointmentRecord) -> Result<(Wish, LocationRecord), ApiError> {
    let (conn, ids, places) = (tx.shared(), [found.rules.id], [found.location]);
    let (place, kind, with) = try_join3(
        store::find_location(conn, found.location),
        store::find_type(conn, found.appointment_type, &places),
        store::appointment_resources(conn, &ids),
    )
    .await?;
    let place = place.ok_or_else(ApiError::not_found)?;
    let mut kind = kind.ok_or_else(ApiError::not_found)?;
    let with: Vec<_> = with.iter().map(|(_, id, _, kind)| (*kind, *id)).collect();
    let minutes = |until: DateTime<Utc>| {
        let lasted = until - found.rules.starts_at;
        u16::try_from(lasted.num_minutes()).map_err(ApiError::internal)
    };
    let lasted = (minutes(found.ends_at)?, minutes(found.shown_ends_at)?);
    kind.rules = kind.rules.as_taken(lasted, found.location, &with);
    let wish = Wish {
        audience: Audience::Clinic,
        person: found.person,
        kind,
        options: BookingOptions::default(),
        item: None,
        modality: found.modality,
        region: found.region.clone(),
        resource: with.first().map(|(_, lead)| *lead),
        own_hold: None,
        moving: None,
    };
    Ok((wish, place))
}

/// Say that one will come.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    responses(
        (status = 200, body = Appointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/me/appointments/{id}/confirmation")]
pub async fn confirm_my_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<Appointment>, ApiError> {
    changed_by_me(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let rule = |visit| perform(visit, VisitAct::Attend, Audience::Employee, now);
        let class = (Act::Change, DataClass::Appointment);
        let done = apply(tx, id.0, version, class, rule).await?;
        progress(tx, &done, VisitAct::Attend, None).await
    })
    .await
}

/// Say at the clinic that one is there, around the start.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = CheckIn,
    responses(
        (status = 200, body = Appointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`check-in-closed`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/me/appointments/{id}/check-in")]
pub async fn check_in_to_my_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<CheckIn>,
) -> Result<Versioned<Appointment>, ApiError> {
    changed_by_me(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let written = words(body.comment.as_deref(), "/comment", AT_THE_DOOR)?;
        let options = portal_options(tx).await?;
        let rule = |visit| check_in(visit, &options, now);
        let class = (Act::Change, DataClass::Appointment);
        let done = apply(tx, id.0, version, class, rule).await?;
        progress(tx, &done, VisitAct::CheckIn, written.as_deref()).await
    })
    .await
}
