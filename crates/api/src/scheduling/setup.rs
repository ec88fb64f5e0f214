//! What the clinic has set up.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{Act, DataClass};
use salus_store::scheduling::{self as store, TypeRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{AfterType, AppointmentType, Place, Resource};

use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::state::AppState;

/// The clinics whose calendars there are, by name.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<Place>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/locations")]
pub async fn list_locations(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<Page<Place>>, ApiError> {
    let records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(store::list_clinics(tx.conn()).await?)
        })
        .await?;
    Ok(Json(Page::last(
        records.iter().map(super::shown::place).collect(),
    )))
}

/// Providers, rooms and equipment: providers first, then by name.
#[utoipa::path(
    tag = "scheduling",
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
) -> Result<Json<Page<Resource>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            let records = store::list_resources(tx.conn()).await?;
            let reader = tx.actor.account;
            Ok(records
                .into_iter()
                .map(|record| Resource {
                    id: record.rules.id,
                    kind: record.rules.kind,
                    name: record.name,
                    skills: record.rules.skills,
                    home_location_id: record.rules.home_location,
                    active: record.active,
                    own: record.account.is_some() && record.account == reader,
                    version: record.version,
                })
                .collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Kinds of visits, in the clinic's order.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<AppointmentType>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/appointment-types")]
pub async fn list_appointment_types(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<Page<AppointmentType>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            let records = store::list_types(tx.conn()).await?;
            Ok(records
                .iter()
                .map(|record| kind(record, &tx.actor.language))
                .collect())
        })
        .await?;
    Ok(Json(Page::last(items)))
}

pub(super) fn kind(record: &TypeRecord, language: &str) -> AppointmentType {
    let rules = &record.rules;
    AppointmentType {
        id: rules.id,
        code: record.code.clone(),
        name: record.name.clone(),
        public_name: record.public_name(language),
        duration: rules.times.duration,
        shown_duration: rules.times.shown_duration,
        buffer_before: rules.times.buffer_before,
        buffer_after: rules.times.buffer_after,
        modalities: rules.modalities.clone(),
        location_ids: rules.locations.clone(),
        employee_bookable: rules.employee_bookable,
        supervisor_bookable: rules.supervisor_bookable,
        visible_to_supervisor: rules.visible_to_supervisor,
        clinic_confirms: rules.clinic_confirms,
        min_notice_to_book: rules.min_notice_to_book,
        cancel_notice: rules.notice.cancel,
        move_notice: rules.notice.move_,
        max_per_day: rules.max_per_day,
        bundle_order: rules.bundle_order,
        after: rules.after.map(|after| AfterType {
            appointment_type_id: after.kind,
            least_hours: after.least_hours,
            most_hours: after.most_hours,
        }),
        fasting_hours: record.fasting_hours,
        colour: record.colour.clone(),
        active: rules.active,
        version: record.version,
    }
}
