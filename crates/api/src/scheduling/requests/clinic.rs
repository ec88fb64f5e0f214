//! The clinic's list of what it is asked for: reading, booking, declining.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{
    AppointmentId, AppointmentRequestId, EmployerId, LocationId, PersonId, WaitListItemId,
};
use salus_domain::scheduling::request::Act as RequestAct;
use salus_domain::scheduling::{Audience, BookingOptions, OfferState, Overrides, Request, Wishes};
use salus_store::scheduling::{
    self as store, HeldClaims, LocationRecord, NewWaitListItem, OfferRecord, RequestEnd,
    RequestRecord, WaitsFor, WhichRequests,
};
use salus_types::page::Page;
use salus_types::problem::{self, Problem};
use salus_types::scheduling::{
    BookRequest, ClinicAppointmentRequest, DeclineRequest, RequestTime, RequestView, RequestsQuery,
};
use uuid::Uuid;

use super::shown;
use super::{apply, find, let_go, without_visit};
use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::{Body, Id, IfMatch, Query, Versioned};
use crate::scheduling::booking::{self, Booked};
use crate::scheduling::clinic::unlinked;
use crate::scheduling::overriding::Aside;
use crate::scheduling::taking::{Wish, comment, reason, region};
use crate::state::AppState;
use crate::transaction::Tx;

/// The class of what the clinic reads of a request: its words are the person's.
pub(super) const CLASS: DataClass = DataClass::AppointmentDetail;

/// What the clinic is asked for: what waits, the oldest first, or what ended, the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(RequestsQuery),
    responses(
        (status = 200, body = Page<ClinicAppointmentRequest>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/appointment-requests")]
pub async fn list_appointment_requests(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<RequestsQuery>,
) -> Result<Json<Page<ClinicAppointmentRequest>>, ApiError> {
    let which = match query.0.view {
        RequestView::Waiting => WhichRequests::Waiting,
        RequestView::Ended => WhichRequests::Ended,
    };
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, CLASS)?;
            let records = store::list_requests(tx.shared(), &scope, which).await?;
            tx.shown(&scope, records.iter().map(|r| (r.person, r.rules.id.0)));
            shown::for_clinic(tx, &records).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// One request.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    responses(
        (status = 200, body = ClinicAppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/appointment-requests/{id}")]
pub async fn get_appointment_request(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
) -> Result<Versioned<ClinicAppointmentRequest>, ApiError> {
    let answer = state
        .run(&caller, async |tx| {
            find(tx, id.0, (Act::Read, CLASS)).await?;
            shown_to_clinic(tx, id.0).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

/// Say that a request was read.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    responses(
        (status = 200, body = ClinicAppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointment-requests/{id}/seen")]
pub async fn see_appointment_request(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
    version: IfMatch,
) -> Result<Versioned<ClinicAppointmentRequest>, ApiError> {
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let rule = |request: Request| request.perform(RequestAct::See, Audience::Clinic, now);
        let end = RequestEnd::default();
        without_visit(tx, id.0, version, CLASS, OfferState::Expired, &end, rule).await
    })
    .await
}

/// Say that there is no time for a request, and why; the person may wait on for one that becomes
/// free.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    request_body = DeclineRequest,
    responses(
        (status = 200, body = ClinicAppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointment-requests/{id}/decline")]
pub async fn decline_appointment_request(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
    version: IfMatch,
    body: Body<DeclineRequest>,
) -> Result<Versioned<ClinicAppointmentRequest>, ApiError> {
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let written = reason(&body.reason)?;
        let (record, _) = find(tx, id.0, (Act::Read, CLASS)).await?;
        let end = RequestEnd {
            decline_sealed: shown::seal_decline(tx, record.person, id.0, &written).await?,
            ..RequestEnd::default()
        };
        let rule = |request: Request| request.perform(RequestAct::Decline, Audience::Clinic, now);
        without_visit(tx, id.0, version, CLASS, OfferState::Withdrawn, &end, rule).await?;
        match body.wait_list {
            true => wait_for(tx, &record).await,
            false => Ok(()),
        }
    })
    .await
}

/// Book a visit for a request. What was proposed for it is free again.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    request_body = BookRequest,
    responses(
        (status = 200, body = ClinicAppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`slot-taken` or `person-busy` with `next_slots`, `override-needed` with `kinds`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`slot-not-offered`, `override-reason-required`, `invalid`"),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointment-requests/{id}/booking")]
pub async fn book_appointment_request(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
    version: IfMatch,
    body: Body<BookRequest>,
) -> Result<Versioned<ClinicAppointmentRequest>, ApiError> {
    let caller = caller.competing();
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let (org, now) = (tx.actor.provider_org, tx.now);
        let written = comment(body.comment.as_deref(), "/comment")?;
        let aside = Aside::read(body.set_aside.as_ref())?;
        let (record, _) = find(tx, id.0, (Act::Read, CLASS)).await?;
        version.check(record.version)?;
        check_act(&record, RequestAct::Book, now)?;
        set_free(tx, &record).await?;
        let (wish, place, needed) = wish_for(tx, &record, &body.time, "/time").await?;
        let start = body.time.starts_at;
        let forced = wish.could_force(tx, &place, start, needed).await;
        let forced = forced.map_err(|error| error.at("/time"))?;
        aside.check(forced.needed)?;
        let slot = wish
            .take_one(tx, &place, start, forced.fewest, &forced.wanted)
            .await
            .map_err(|error| error.at("/time"))?;
        let (record, allowed) = find(tx, id.0, (Act::Change, CLASS)).await?;
        version.check(record.version)?;
        let visit = AppointmentId(Uuid::now_v7());
        let booked = Booked {
            id: visit,
            employer: record.employer,
            comment: written,
        };
        booking::write(tx, &wish, &place, &slot, booked).await?;
        let held = HeldClaims::Appointment(visit);
        store::claim_resources(tx.shared(), org, &slot, held, now).await?;
        aside.note(tx, visit, &forced.beside).await?;
        let end = RequestEnd {
            appointment: Some(visit),
            ..RequestEnd::default()
        };
        let rule = |request: Request| request.perform(RequestAct::Book, Audience::Clinic, now);
        apply(tx, (&record, allowed), &end, rule).await
    })
    .await
}

/// Puts what was asked for on the wait list, with what was wished; of several wishes for a time
/// none is more than the others.
async fn wait_for(tx: &mut Tx, record: &RequestRecord) -> Result<(), ApiError> {
    let only = match record.preferences.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let new = NewWaitListItem {
        id: WaitListItemId(Uuid::now_v7()),
        org: tx.actor.provider_org,
        person: record.person,
        employer: record.employer,
        record: store::record_of(false),
        appointment_type: record.appointment_type,
        waits_for: WaitsFor::Request(record.rules.id),
        wishes: Wishes {
            location: record.location,
            resource: record.resource,
            modality: Some(record.modality),
            part: only.map(|wish| wish.part),
            weekdays: only.map(|wish| wish.weekdays.clone()).unwrap_or_default(),
        },
        created_by: tx.actor.account,
        now: tx.now,
    };
    let about = About::person(new.person)
        .employer(new.employer)
        .object(new.id);
    let permission = tx.allow(Act::Create, CLASS, about, ())?;
    Ok(store::insert_wait_list_item(tx.shared(), &permission, &new).await?)
}

/// Whether the clinic may do something with a request now.
pub(super) fn check_act(
    record: &RequestRecord,
    act: RequestAct,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), ApiError> {
    record
        .rules
        .perform(act, Audience::Clinic, now)
        .map(drop)
        .map_err(|_| ApiError::of(problem::WRONG_STATE))
}

/// Gives back what is kept for a request, so that another time may overlap it. Whoever else takes
/// something of the person's or of the same resources waits until this is over.
pub(super) async fn set_free(tx: &mut Tx, record: &RequestRecord) -> Result<(), ApiError> {
    let held: Vec<OfferRecord> = store::offers_of(tx.shared(), &[record.rules.id]).await?;
    if held.is_empty() {
        return Ok(());
    }
    let resources = held
        .iter()
        .flat_map(|offer| offer.resources.iter().copied());
    store::lock(tx.shared(), record.person, resources).await?;
    let held = store::lock_offers(tx.shared(), record.rules.id).await?;
    let_go(tx, &held, OfferState::Withdrawn).await
}

/// A time for a request as something to take, and the rule that stands in the way where its place is not
/// open to the employer; `at` points to it in the request's body.
pub(super) async fn wish_for(
    tx: &mut Tx,
    record: &RequestRecord,
    time: &RequestTime,
    at: &str,
) -> Result<(Wish, LocationRecord, Overrides), ApiError> {
    let unknown = || ApiError::field(format!("{at}/location_id"), "unknown");
    let place = store::find_location(tx.shared(), time.location_id)
        .await?
        .ok_or_else(unknown)?;
    let needed = not_linked(tx, record.person, record.employer, time.location_id).await?;
    let places = &[time.location_id];
    let kind = store::find_type(tx.shared(), record.appointment_type, places)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let wish = Wish {
        audience: Audience::Clinic,
        person: record.person,
        kind,
        options: BookingOptions::default(),
        item: None,
        modality: time.modality,
        region: region(time.modality, None, record.region.as_ref())?,
        resource: time.resource_id,
        own_hold: None,
        moving: None,
    };
    Ok((wish, place, needed))
}

/// A person is seen where their employer sends them.
async fn not_linked(
    tx: &mut Tx,
    person: PersonId,
    employer: EmployerId,
    location: LocationId,
) -> Result<Overrides, ApiError> {
    let now = tx.now;
    let known = store::employments_at(tx.shared(), person, location, now).await?;
    let mut of_employer = known.iter().filter(|one| one.employer == employer);
    Ok(unlinked(of_employer.any(|one| one.linked)))
}

/// Changes a request, and shows the clinic what it is like then.
pub(super) async fn changed_by_clinic(
    state: &AppState,
    caller: &Caller<Clinic>,
    id: AppointmentRequestId,
    change: impl AsyncFn(&mut Tx) -> Result<(), ApiError>,
) -> Result<Versioned<ClinicAppointmentRequest>, ApiError> {
    let answer = state
        .run_retrying(caller, async |tx: &mut Tx| {
            change(tx).await?;
            shown_to_clinic(tx, id).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

async fn shown_to_clinic(
    tx: &mut Tx,
    id: AppointmentRequestId,
) -> Result<ClinicAppointmentRequest, ApiError> {
    let record = store::find_request(tx.shared(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let mut shown = shown::for_clinic(tx, &[record]).await?;
    shown.pop().ok_or_else(ApiError::not_found)
}
