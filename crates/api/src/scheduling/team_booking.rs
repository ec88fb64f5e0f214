//! A time for a report, by their supervisor: looking, keeping, booking, moving, giving back. What
//! stands in the way of a time is never said: where the report is busy it is simply taken.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use futures_util::future::{try_join, try_join3};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, AppointmentTypeId, PersonId};
use salus_domain::scheduling::appointment::cancel as cancelled;
use salus_domain::scheduling::{Audience, BookingOptions, Mode, SupervisorOptions};
use salus_store::scheduling::{
    self as store, Cancellation, LocationRecord, ReportVisit, TypeRecord,
};
use salus_types::page::Page;
use salus_types::problem::{FORBIDDEN, Problem};
use salus_types::scheduling::problems::HOLD_EXPIRED;
use salus_types::scheduling::{
    BookForReport, HoldForReport, HoldSlot, MoveAppointment, Slot, SlotsQuery, TeamAppointment,
    TeamBookingRules, TeamOfferedType, TeamOfferedTypes, TeamSlotHold, TeamSlotsQuery,
};

use super::booking::{book_held, give_back, tell};
use super::holds::{Kept, keep, shown_slot};
use super::moving::put_held;
use super::offered::{Named, free_slots, own_words, places_of};
use super::shown;
use super::taking::{act_refused_at, check_span, is_offered, options_for, supervisor_options};
use super::team;
use crate::access::{Caller, Team};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// The kinds of visits a supervisor may get for a report, and what the portals say about booking.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The person")),
    responses(
        (status = 200, body = TeamOfferedTypes),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/team/people/{id}/appointment-types")]
pub async fn list_report_appointment_types(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<Json<TeamOfferedTypes>, ApiError> {
    let answer = state
        .run(&caller, async |tx| {
            reach(tx, Act::Read, id.0)?;
            let mode = supervisor_options(tx, id.0).await?.mode;
            // Who asks for a time chooses among the same kinds as who takes one.
            let options = BookingOptions {
                schedule: mode != Mode::None,
                ..options_for(tx, Audience::Supervisor, id.0).await?
            };
            let (places, kinds) = try_join(places_of(tx, id.0), async {
                Ok(store::report_types(tx.shared()).await?)
            })
            .await?;
            let named = Named::load(tx, Audience::Supervisor, &places, &options).await?;
            let language = &tx.actor.language;
            let items = kinds
                .iter()
                .filter(|kind| is_offered(kind, Audience::Supervisor, &options))
                .map(|kind| TeamOfferedType {
                    providers: named.of_kind(kind, tx.now),
                    ..offered(kind, &places, language)
                })
                .filter(|offered| !offered.places.is_empty())
                .collect();
            Ok(TeamOfferedTypes {
                items,
                next_cursor: None,
                rules: TeamBookingRules {
                    alert_text: own_words(&options.alert_text),
                    mode,
                    days_out: options.days_out,
                    days_before_showing: options.days_before_showing,
                    calendar_search: !options.disable_calendar_search,
                    first_available: options.first_available,
                    comments: !options.disable_comments,
                },
            })
        })
        .await?;
    Ok(Json(answer))
}

fn offered(kind: &TypeRecord, places: &[LocationRecord], language: &str) -> TeamOfferedType {
    TeamOfferedType {
        id: kind.rules.id,
        public_name: kind.public_name(language),
        minutes: kind.rules.times.shown_duration,
        modalities: kind.rules.modalities.clone(),
        places: places
            .iter()
            .filter(|place| kind.rules.locations.contains(&place.place.location_id))
            .map(shown::place)
            .collect(),
        providers: Vec::new(),
    }
}

/// Free times for a visit of a report, by start and preference. At most 31 days at once. A time at
/// which the report is not free is not among them.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The person"), TeamSlotsQuery),
    responses(
        (status = 200, body = Page<Slot>),
        (status = 400, body = Problem, description = "`cursor-invalid`"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "For moving: `notice-too-short`, `too-many-moves`, `appointment-begun`, `wrong-state`"),
        (status = 422, body = Problem, description = "`search-window-too-wide`, `invalid` where neither a kind of visit nor a visit to move is named, or `limit` is out of range"),
    )
)]
#[get("/team/people/{id}/slots")]
pub async fn list_report_slots(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
    query: Query<TeamSlotsQuery>,
) -> Result<Json<Page<Slot>>, ApiError> {
    let asked = query.0;
    check_span(asked.from, asked.to)?;
    let answer = state
        .run(&caller, async |tx| {
            reach(tx, Act::Read, id.0)?;
            let named = (asked.appointment_type_id, asked.moving);
            let wanted = SlotsQuery {
                appointment_type_id: kind_of(tx, id.0, named, "/type").await?,
                location: asked.location,
                resource: asked.resource,
                modality: asked.modality,
                region: asked.region.clone(),
                item: asked.item,
                moving: asked.moving,
                from: asked.from,
                to: asked.to,
                limit: asked.limit,
                cursor: asked.cursor.clone(),
            };
            free_slots(tx, Audience::Supervisor, id.0, &wanted).await
        })
        .await?;
    Ok(Json(answer))
}

/// Keep a time for a report for a few minutes. A new hold frees the one before.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = HoldForReport,
    responses(
        (status = 201, body = TeamSlotHold),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`slot-taken` with `next_slots`, whoever is busy; `past-due`; for moving `notice-too-short`, `too-many-moves`, `appointment-begun`, `wrong-state`"),
        (status = 422, body = Problem, description = "`slot-not-offered`, `region-not-covered`"),
        (status = 429, body = Problem, description = "`hold-limit`"),
    )
)]
#[post("/team/people/{id}/slot-holds")]
pub async fn hold_slot_for_report(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
    key: Idempotency,
    body: Body<HoldForReport>,
) -> Result<Created, ApiError> {
    state
        .create(&caller.competing(), &key, &body, async |tx: &mut Tx| {
            reach(tx, Act::Create, id.0)?;
            let named = (body.appointment_type_id, body.moving);
            let wanted = HoldSlot {
                appointment_type_id: kind_of(tx, id.0, named, "/appointment_type_id").await?,
                starts_at: body.starts_at,
                location_id: body.location_id,
                modality: body.modality,
                region: body.region.clone(),
                resource_id: body.resource_id,
                item_id: body.item_id,
                moving: body.moving,
            };
            let kept = keep(tx, Audience::Supervisor, id.0, &wanted).await?;
            let answer = shown_hold(tx, &kept);
            let path = format!("/api/v1/team/people/{}/slot-holds/{}", id.0, answer.id);
            Created::at(path, answer.version, &answer)
        })
        .await
}

fn shown_hold(tx: &Tx, kept: &Kept) -> TeamSlotHold {
    let hold = &kept.record.hold;
    TeamSlotHold {
        id: hold.id,
        expires_at: hold.expires_at,
        seconds_left: hold.seconds_left(tx.now),
        public_name: kept.kind.public_name(&tx.actor.language),
        slot: shown_slot(kept),
        place: shown::place(&kept.place),
        clinic_confirms: kept.kind.rules.clinic_confirms,
        version: kept.record.version,
    }
}

/// Book the kept time for a report, who is told at once.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = BookForReport,
    responses(
        (status = 201, body = TeamAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`hold-expired`, `slot-taken` with `next_slots`, `past-due`"),
        (status = 422, body = Problem, description = "`invalid`"),
    )
)]
#[post("/team/people/{id}/appointments")]
pub async fn book_for_report(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
    key: Idempotency,
    body: Body<BookForReport>,
) -> Result<Created, ApiError> {
    state
        .create(&caller.competing(), &key, &body, async |tx: &mut Tx| {
            let (person, now) = (id.0, tx.now);
            reach(tx, Act::Create, person)?;
            let options = may_schedule(tx, person).await?;
            let (by, written) = (Audience::Supervisor, body.comment.as_deref());
            let (held, visit) = book_held(tx, by, person, body.hold_id, written).await?;
            let permission = tx.actor.allow(
                Act::Read,
                DataClass::Appointment,
                About::person(person),
                visit,
            )?;
            let conn = tx.shared();
            let (kept, (), rows) = try_join3(
                store::keep_held(conn, held.hold.id, visit),
                store::end_hold(conn, held.hold.id, now),
                store::appointment_of_report(conn, &permission),
            )
            .await?;
            if kept != held.resources.len() {
                return Err(ApiError::of(HOLD_EXPIRED));
            }
            let answer = one(team::shown(rows, &options, tx)?)?;
            let path = format!("/api/v1/team/people/{person}/appointments");
            Created::at(path, answer.version, &answer)
        })
        .await
}

/// Give a report's visit back, as long as the notice lasts; the report is told. Only kinds of visits
/// that supervisors book.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    responses(
        (status = 200, body = TeamAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`notice-too-short`, `appointment-begun`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/team/appointments/{id}/cancellation")]
pub async fn cancel_for_report(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
) -> Result<Versioned<TeamAppointment>, ApiError> {
    changed_for_report(&state, &caller, id.0, async |tx: &mut Tx, options| {
        if !options.allow_cancel {
            return Err(ApiError::of(FORBIDDEN));
        }
        let (class, now) = (DataClass::Appointment, tx.now);
        let Some(found) = store::lock_report_visit(tx.conn(), id.0).await? else {
            return Err(tx.missing(Act::Change, class, id.0));
        };
        let about = About::person(found.person)
            .employer(found.employer)
            .object(id.0);
        let allowed = tx.allow(Act::Change, class, about, found.rules)?;
        version.check(found.version)?;
        let by = Audience::Supervisor;
        let decided = allowed.decide(|visit| cancelled(visit, by, now));
        let (given_back, event) = match decided {
            Ok(decided) => decided,
            Err(error) => return Err(act_refused_at(tx, found.location, error).await?),
        };
        let how = Cancellation::by(by, tx.actor.account, now);
        give_back(tx, &given_back, &how).await?;
        tell(tx, event, found.person, found.employer);
        Ok(())
    })
    .await
}

/// Move a report's visit to a time that was kept for it, as long as the notice lasts; the report is
/// told. Only kinds of visits that supervisors book.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    request_body = MoveAppointment,
    responses(
        (status = 200, body = TeamAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`hold-expired`, `slot-taken` with `next_slots`, `past-due`, `notice-too-short`, `too-many-moves`, `appointment-begun`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/team/appointments/{id}/move")]
pub async fn move_for_report(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<MoveAppointment>,
) -> Result<Versioned<TeamAppointment>, ApiError> {
    let caller = caller.competing();
    changed_for_report(&state, &caller, id.0, async |tx: &mut Tx, options| {
        if options.mode != Mode::Schedule {
            return Err(ApiError::of(FORBIDDEN));
        }
        put_held(tx, Audience::Supervisor, id.0, version, body.hold_id).await
    })
    .await
}

/// Changes a report's visit of a kind that supervisors book, and shows what it is like then.
async fn changed_for_report(
    state: &AppState,
    caller: &Caller<Team>,
    id: AppointmentId,
    change: impl AsyncFn(&mut Tx, SupervisorOptions) -> Result<(), ApiError>,
) -> Result<Versioned<TeamAppointment>, ApiError> {
    let answer = state
        .run_retrying(caller, async |tx: &mut Tx| {
            let (class, found) = (
                DataClass::Appointment,
                store::find_report_visit(tx.shared(), id),
            );
            let Some(ReportVisit {
                person, bookable, ..
            }) = found.await?
            else {
                return Err(tx.missing(Act::Change, class, id));
            };
            let about = About::person(person).object(id);
            let permission = tx.allow(Act::Read, class, about, id)?;
            if !bookable {
                return Err(ApiError::of(FORBIDDEN));
            }
            let options = supervisor_options(tx, person).await?;
            change(tx, options).await?;
            let rows = store::appointment_of_report(tx.shared(), &permission).await?;
            one(team::shown(rows, &options, tx)?)
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

fn one(mut shown: Vec<TeamAppointment>) -> Result<TeamAppointment, ApiError> {
    shown.pop().ok_or_else(ApiError::not_found)
}

/// The kind of visit that is wanted: the one named, else that of the visit to move. A supervisor is
/// not told what kind a visit is, and two may have one public name.
async fn kind_of(
    tx: &mut Tx,
    person: PersonId,
    (named, moving): (Option<AppointmentTypeId>, Option<AppointmentId>),
    pointer: &str,
) -> Result<AppointmentTypeId, ApiError> {
    match (named, moving) {
        (Some(kind), _) => Ok(kind),
        (None, Some(id)) => {
            let found = store::find_report_visit(tx.shared(), id).await?;
            match found.filter(|found| found.person == person) {
                Some(found) => Ok(found.appointment_type),
                None => Err(tx.missing(Act::Read, DataClass::Appointment, id)),
            }
        }
        (None, None) => Err(ApiError::field(pointer, "required")),
    }
}

/// Asks whether the person reports to the caller.
pub(super) fn reach(tx: &mut Tx, act: Act, person: PersonId) -> Result<(), ApiError> {
    let about = About::person(person);
    tx.allow(act, DataClass::Appointment, about, ()).map(drop)
}

/// What the portal says, if it lets supervisors take times.
async fn may_schedule(tx: &mut Tx, person: PersonId) -> Result<SupervisorOptions, ApiError> {
    let options = supervisor_options(tx, person).await?;
    if options.mode == Mode::Schedule {
        Ok(options)
    } else {
        Err(ApiError::of(FORBIDDEN))
    }
}
