//! One's own visits: book, look, give back.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use chrono::TimeDelta;
use futures_util::future::try_join3;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::AppointmentId;
use salus_domain::scheduling::Audience;
use salus_store::scheduling::{self as store, AppointmentRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::problems::HOLD_EXPIRED;
use salus_types::scheduling::{
    Appointment, AppointmentView, AppointmentsQuery, BookAppointment, CancelAppointment,
    CancelReason,
};

use super::booking;
use super::shown::{self, Around};
use super::taking::portal_options;
use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// One's own visits: what lies ahead, the soonest first, or what is over, the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(AppointmentsQuery),
    responses(
        (status = 200, body = Page<Appointment>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/me/appointments")]
pub async fn list_my_appointments(
    caller: Caller<Me>,
    state: Data<AppState>,
    query: Query<AppointmentsQuery>,
) -> Result<Json<Page<Appointment>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Appointment)?;
            let (person, now) = (tx.actor.own_person()?, tx.now);
            let options = portal_options(tx).await?;
            let since = match query.0.view {
                AppointmentView::Upcoming => None,
                AppointmentView::Past => Some(now - TimeDelta::days(options.days_past.into())),
            };
            let records =
                store::appointments_of_person(tx.conn(), &scope, person, since, now).await?;
            tx.shown(&scope, records.iter().map(|r| (r.person, r.rules.id.0)));
            let around = Around::load(tx, &records).await?;
            let language = &tx.actor.language;
            records
                .iter()
                .map(|record| around.for_person(record, language, now))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Book the kept time.
#[utoipa::path(
    tag = "scheduling",
    request_body = BookAppointment,
    responses(
        (status = 201, body = Appointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`hold-expired`, `person-busy`, `past-due`, `limit-reached`"),
        (status = 422, body = Problem, description = "`comment-required`, `invalid`"),
    )
)]
#[post("/me/appointments")]
pub async fn book_my_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<BookAppointment>,
) -> Result<Created, ApiError> {
    state
        .create(&caller.competing(), &key, &body, async |tx: &mut Tx| {
            let (person, now) = (tx.actor.own_person()?, tx.now);
            let (by, written) = (Audience::Employee, body.comment.as_deref());
            let (held, id) = booking::book_held(tx, by, person, body.hold_id, written).await?;
            let conn = tx.shared();
            let (kept, (), booked) = try_join3(
                store::keep_held(conn, held.hold.id, id),
                store::end_hold(conn, held.hold.id, now),
                store::find_appointment(conn, id),
            )
            .await?;
            if kept != held.resources.len() {
                return Err(ApiError::of(HOLD_EXPIRED));
            }
            let booked = booked.ok_or_else(ApiError::not_found)?;
            let answer = shown_record(tx, booked).await?;
            Created::at(
                format!("/api/v1/me/appointments/{id}"),
                answer.version,
                &answer,
            )
        })
        .await
}

/// One of one's own visits.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    responses(
        (status = 200, body = Appointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/me/appointments/{id}")]
pub async fn get_my_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
) -> Result<Versioned<Appointment>, ApiError> {
    let answer = state
        .run(&caller, async |tx| {
            let Some(record) = store::find_appointment(tx.shared(), id.0).await? else {
                return Err(tx.missing(Act::Read, DataClass::Appointment, id.0));
            };
            let about = About::person(record.person).object(id.0);
            tx.allow(Act::Read, DataClass::Appointment, about, ())?;
            shown_record(tx, record).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

/// Give a visit back, as long as the notice lasts.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = CancelAppointment,
    responses(
        (status = 200, body = Appointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`notice-too-short` with `deadline` and `phone`, `appointment-begun`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/me/appointments/{id}/cancellation")]
pub async fn cancel_my_appointment(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<CancelAppointment>,
) -> Result<Versioned<Appointment>, ApiError> {
    changed_by_me(&state, &caller, id.0, async |tx: &mut Tx| {
        let class = DataClass::Appointment;
        booking::cancel(tx, id.0, version, class, Audience::Employee, &body).await
    })
    .await
}

/// The reasons one may give when giving a visit back.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<CancelReason>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/me/cancel-reasons")]
pub async fn list_my_cancel_reasons(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Json<Page<CancelReason>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            let reasons = store::cancel_reasons(tx.conn()).await?;
            Ok(shown::reasons_for(
                &reasons,
                Audience::Employee,
                &tx.actor.language,
            ))
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Changes a visit, and shows the person what it is like then.
pub(super) async fn changed_by_me(
    state: &AppState,
    caller: &Caller<Me>,
    id: AppointmentId,
    change: impl AsyncFn(&mut Tx) -> Result<(), ApiError>,
) -> Result<Versioned<Appointment>, ApiError> {
    let answer = state
        .run_retrying(caller, async |tx: &mut Tx| {
            change(tx).await?;
            let record = store::find_appointment(tx.shared(), id)
                .await?
                .ok_or_else(ApiError::not_found)?;
            shown_record(tx, record).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

pub(super) async fn shown_record(
    tx: &mut Tx,
    record: AppointmentRecord,
) -> Result<Appointment, ApiError> {
    let records = [record];
    let around = Around::load(tx, &records).await?;
    let [record] = &records;
    around.for_person(record, &tx.actor.language, tx.now)
}
