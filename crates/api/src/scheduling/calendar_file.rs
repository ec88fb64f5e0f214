//! The calendar file of one's visit.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use salus_documents::{Method, Visit, calendar_file};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::AppointmentId;
use salus_domain::scheduling::Modality;
use salus_store::scheduling::{self as store, AppointmentRecord, LocationRecord};
use salus_types::problem::Problem;

use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::Id;
use crate::portals::{brand_of, link_to, portal_of};
use crate::state::AppState;
use crate::words;

/// A visit for one's own calendar (RFC 5545). A later file of the same visit replaces this one; the
/// file of a visit that was given back removes it. Nothing in it says what the visit is for.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    responses(
        (status = 200, content_type = "text/calendar", body = String),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/me/appointments/{id}/calendar-file")]
pub async fn get_my_calendar_file(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
) -> Result<HttpResponse, ApiError> {
    let file = state
        .run(&caller, async |tx| {
            let class = DataClass::Appointment;
            let Some(record) = store::find_appointment(tx.shared(), id.0).await? else {
                return Err(tx.missing(Act::Read, class, id.0));
            };
            let about = About::person(record.person).object(id.0);
            tx.allow(Act::Read, class, about, ())?;
            let place = store::find_location(tx.shared(), record.location)
                .await?
                .ok_or_else(|| ApiError::internal("a visit at no known place"))?;
            let language = tx.actor.language.clone();
            let portal = portal_of(tx, Some(record.person.0), "employee").await?;
            let brand = brand_of(portal.as_ref(), &language);
            let base = tx.state.settings.public_url.clone();
            let path = format!("/appointments/{}", id.0);
            let link = link_to(&base, portal.as_ref(), "employee", &path);
            Ok(file_of(
                &record,
                &place,
                &language,
                brand,
                (&base, &link),
                None,
                tx.now,
            ))
        })
        .await?;
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"appointment.ics\"",
        ))
        .body(file))
}

/// The calendar file of a visit as it is now; `between` are who sends it to whom.
pub(super) fn file_of(
    record: &AppointmentRecord,
    place: &LocationRecord,
    language: &str,
    brand: String,
    (base, link): (&str, &str),
    between: Option<(&str, &str)>,
    now: DateTime<Utc>,
) -> String {
    let host = url::Url::parse(base).ok();
    let host = host.as_ref().and_then(url::Url::host_str);
    let visit = Visit {
        id: record.rules.id.0,
        host: host.unwrap_or("salus"),
        sequence: u32::try_from(record.sequence).unwrap_or_default(),
        made_at: now,
        starts_at: record.rules.starts_at,
        ends_at: record.shown_ends_at,
        zone: record.zone,
        summary: &words::text(language, "calendar-file-title", &[("brand", brand)]),
        location: &where_it_is(record.modality, place, language),
        link,
        cancelled: !record.rules.state.holds_claims(),
        between,
    };
    let method = match between {
        Some(_) => Method::Request,
        None => Method::Publish,
    };
    calendar_file(&visit, method)
}

/// The street address in one line, or that it is online.
pub(super) fn where_it_is(modality: Modality, place: &LocationRecord, language: &str) -> String {
    let parts = [&place.street, &place.city, &place.state, &place.zip];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    match modality {
        Modality::InPerson => parts.join(", "),
        Modality::Telehealth => words::text(language, "appointment-telehealth", &[]),
    }
}
