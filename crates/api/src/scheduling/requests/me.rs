//! Asking the clinic for a visit of one's own, and taking that back.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use chrono::TimeDelta;
use salus_domain::access::{Act, DataClass};
use salus_domain::ids::{AppointmentRequestId, AppointmentTypeId, EmployerId};
use salus_domain::people::today;
use salus_domain::scheduling::request::Act as RequestAct;
use salus_domain::scheduling::{Audience, BookingOptions, OfferState};
use salus_store::scheduling::{self as store, LocationRecord, RequestEnd, TypeRecord};
use salus_types::page::Page;
use salus_types::problem::{self, Problem};
use salus_types::scheduling::problems::COMMENT_REQUIRED;
use salus_types::scheduling::{AppointmentRequest, RequestAppointment};

use super::shown;
use super::{Asked, ask, chosen, find, preferred, without_visit};
use crate::access::{Caller, Me};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Versioned};
use crate::scheduling::offered::{Named, each_once};
use crate::scheduling::taking::{needed_region, portal_options, words};
use crate::state::AppState;
use crate::transaction::Tx;

/// The most characters written when asking.
const COMMENT: usize = 1000;

/// What one asked the clinic for, the newest first: what waits, and what ended lately.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<AppointmentRequest>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/me/appointment-requests")]
pub async fn list_my_appointment_requests(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Json<Page<AppointmentRequest>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Appointment)?;
            let person = tx.actor.own_person()?;
            let options = portal_options(tx).await?;
            let since = tx.now - TimeDelta::days(options.days_past.into());
            let records = store::requests_of_person(tx.shared(), &scope, person, since).await?;
            tx.shown(&scope, records.iter().map(|r| (r.person, r.rules.id.0)));
            shown::for_person(tx, &records, &options).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Ask the clinic for a visit. It begins a conversation with the clinic.
#[utoipa::path(
    tag = "scheduling",
    request_body = RequestAppointment,
    responses(
        (status = 201, body = AppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid`, `comment-required`, `type-not-sendable`"),
    )
)]
#[post("/me/appointment-requests")]
pub async fn request_my_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<RequestAppointment>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let (person, now) = (tx.actor.own_person()?, tx.now);
            let options = portal_options(tx).await?;
            if !options.request {
                return Err(ApiError::of(problem::FORBIDDEN));
            }
            let linked = store::linked_locations(tx.shared(), person, now).await?;
            let kind = askable(tx, body.appointment_type_id, &linked, &options).await?;
            let (employer, place) = chosen(&linked, &kind, body.location_id)?;
            if !kind.rules.modalities.contains(&body.modality) {
                return Err(ApiError::field("/modality", "unknown"));
            }
            preferred(&body.preferences, today(now, place.place.zone))?;
            let comment = words(body.comment.as_deref(), "/comment", COMMENT)?;
            if comment.is_none() && options.comment_required_types.contains(&kind.rules.id) {
                return Err(
                    ApiError::of(COMMENT_REQUIRED).fields(vec![Field::new("/comment", "required")])
                );
            }
            let places = each_once(linked.clone());
            let named = Named::load(tx, Audience::Employee, &places, &options).await?;
            let resource = named.asked(&kind, body.resource_id, body.location_id, now)?;
            let asked = Asked {
                audience: Audience::Employee,
                person,
                employer,
                appointment_type: kind.rules.id,
                public_name: kind.public_name(&tx.actor.language),
                place: body.location_id.map(|_| place),
                resource,
                modality: body.modality,
                region: needed_region(body.modality, body.region.as_deref(), None)?,
                preferences: body.preferences.clone(),
                contact: body.contact,
                comment,
            };
            let (id, _) = ask(tx, asked).await?;
            let answer = shown_to_me(tx, id, &options).await?;
            Created::at(
                format!("/api/v1/me/appointment-requests/{id}"),
                answer.version,
                &answer,
            )
        })
        .await
}

/// A kind of visit one may ask for: what the portal shows at a place of the person's employer.
async fn askable(
    tx: &mut Tx,
    id: AppointmentTypeId,
    linked: &[(EmployerId, LocationRecord)],
    options: &BookingOptions,
) -> Result<TypeRecord, ApiError> {
    let places: Vec<_> = linked.iter().map(|(_, at)| at.place.location_id).collect();
    let kind = store::find_type(tx.shared(), id, &places).await?;
    kind.filter(|kind| {
        kind.rules.is_bookable_by(Audience::Employee)
            && !options.excluded_types.contains(&kind.rules.id)
    })
    .ok_or_else(|| ApiError::field("/appointment_type_id", "unknown"))
}

/// One of one's own requests.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    responses(
        (status = 200, body = AppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/me/appointment-requests/{id}")]
pub async fn get_my_appointment_request(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
) -> Result<Versioned<AppointmentRequest>, ApiError> {
    let answer = state
        .run(&caller, async |tx| {
            find(tx, id.0, (Act::Read, DataClass::Appointment)).await?;
            let options = portal_options(tx).await?;
            shown_to_me(tx, id.0, &options).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

/// Take a request back.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The request")),
    responses(
        (status = 200, body = AppointmentRequest),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/me/appointment-requests/{id}/withdrawal")]
pub async fn withdraw_my_appointment_request(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentRequestId>,
    version: IfMatch,
) -> Result<Versioned<AppointmentRequest>, ApiError> {
    changed_by_me(&state, &caller, id.0, async |tx: &mut Tx| {
        let now = tx.now;
        let rule = |request: salus_domain::scheduling::Request| {
            request.perform(RequestAct::Withdraw, Audience::Employee, now)
        };
        let (class, end) = (DataClass::Appointment, RequestEnd::default());
        without_visit(tx, id.0, version, class, OfferState::Withdrawn, &end, rule).await
    })
    .await
}

/// Changes a request, and shows the person what it is like then.
pub(super) async fn changed_by_me(
    state: &AppState,
    caller: &Caller<Me>,
    id: AppointmentRequestId,
    change: impl AsyncFn(&mut Tx) -> Result<(), ApiError>,
) -> Result<Versioned<AppointmentRequest>, ApiError> {
    let answer = state
        .run_retrying(caller, async |tx: &mut Tx| {
            change(tx).await?;
            let options = portal_options(tx).await?;
            shown_to_me(tx, id, &options).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

async fn shown_to_me(
    tx: &mut Tx,
    id: AppointmentRequestId,
    options: &BookingOptions,
) -> Result<AppointmentRequest, ApiError> {
    let record = store::find_request(tx.shared(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let mut shown = shown::for_person(tx, &[record], options).await?;
    shown.pop().ok_or_else(ApiError::not_found)
}
