//! What the clinic has set up.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{Act, DataClass};
use salus_domain::scheduling::{Pattern, Target, TypeScope, Window};
use salus_store::scheduling::{self as store, BlackoutRecord, ScheduleRecord, TypeRecord};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{
    AppointmentType, Blackout, Place, Resource, Schedule, ScheduleWindow, SetupQuery,
};

use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::Query;
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
    let records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(store::list_resources(tx.conn()).await?)
        })
        .await?;
    let items = records.into_iter().map(|record| Resource {
        id: record.rules.id,
        kind: record.rules.kind,
        name: record.name,
        skills: record.rules.skills,
        home_location_id: record.rules.home_location,
        active: record.active,
        version: record.version,
    });
    Ok(Json(Page::last(items.collect())))
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

fn kind(record: &TypeRecord, language: &str) -> AppointmentType {
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
        fasting_hours: record.fasting_hours,
        colour: record.colour.clone(),
        active: rules.active,
        version: record.version,
    }
}

/// Schedules in force, by resource and first date.
#[utoipa::path(
    tag = "scheduling",
    params(SetupQuery),
    responses(
        (status = 200, body = Page<Schedule>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/schedules")]
pub async fn list_schedules(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<SetupQuery>,
) -> Result<Json<Page<Schedule>>, ApiError> {
    let records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(store::list_schedules(tx.conn(), query.0.location).await?)
        })
        .await?;
    Ok(Json(Page::last(
        records.into_iter().map(schedule).collect(),
    )))
}

fn schedule(record: ScheduleRecord) -> Schedule {
    let rules = record.rules;
    let shown = |weekday, on_date, window: Window| ScheduleWindow {
        weekday,
        on_date,
        start_minute: window.start_minute(),
        end_minute: window.end_minute(),
    };
    let (every_n_weeks, windows) = match &rules.pattern {
        Pattern::Weekly {
            every_n_weeks,
            windows,
        } => (
            Some(*every_n_weeks),
            windows
                .iter()
                .map(|weekly| {
                    let iso = u8::try_from(weekly.weekday.number_from_monday()).ok();
                    shown(iso, None, weekly.window)
                })
                .collect(),
        ),
        Pattern::Dates(dates) => (
            None,
            dates
                .iter()
                .map(|(date, window)| shown(None, Some(*date), *window))
                .collect(),
        ),
    };
    Schedule {
        id: rules.id,
        resource_id: rules.resource_id,
        location_id: rules.location_id,
        modality: rules.modality,
        appointment_type_ids: match rules.types {
            TypeScope::All => None,
            TypeScope::Only(types) => Some(types),
        },
        effective_from: rules.effective_from,
        effective_until: rules.effective_until,
        every_n_weeks,
        windows,
        interval: rules.interval,
        offset: rules.offset,
        capacity: rules.capacity,
        daily_cap: rules.daily_cap,
        overbook: rules.overbook,
        opens_at: rules.opens_at,
        audience: rules.audience,
        priority: rules.priority,
        version: record.version,
    }
}

/// Blackouts in force, the earliest first.
#[utoipa::path(
    tag = "scheduling",
    params(SetupQuery),
    responses(
        (status = 200, body = Page<Blackout>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/blackouts")]
pub async fn list_blackouts(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<SetupQuery>,
) -> Result<Json<Page<Blackout>>, ApiError> {
    let records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(store::list_blackouts(tx.conn(), query.0.location).await?)
        })
        .await?;
    Ok(Json(Page::last(
        records.into_iter().map(blackout).collect(),
    )))
}

fn blackout(record: BlackoutRecord) -> Blackout {
    let (resource_id, location_id) = match record.rules.target {
        Target::Resource(id) => (Some(id), None),
        Target::Location(id) => (None, Some(id)),
        Target::Organization => (None, None),
    };
    Blackout {
        id: record.rules.id,
        resource_id,
        location_id,
        starts_local: record.starts_local,
        ends_local: record.ends_local,
        whole_days: matches!(record.rules.span, salus_domain::scheduling::Span::Dates(..)),
        modality: record.rules.modality,
        reason: record.reason,
        yearly: record.rules.yearly,
        version: record.version,
    }
}
