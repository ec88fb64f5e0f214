//! When resources work: setting schedules up, changing, deleting and restoring them, and seeing what
//! one would offer.

use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use chrono::{NaiveDate, Weekday};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentTypeId, ScheduleId};
use salus_domain::scheduling::preview::preview;
use salus_domain::scheduling::schedule::ScheduleError;
use salus_domain::scheduling::{
    Pattern, ResourceCalendar, Schedule as Rules, TypeScope, WeeklyWindow, Window,
};
use salus_domain::time;
use salus_store::scheduling::{self as store, NewSchedule, ScheduleRecord, TypeRecord};
use salus_types::page::Page;
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::problems::SCHEDULE_HAS_APPOINTMENTS;
use salus_types::scheduling::{
    ChangeSchedule, ConfirmQuery, CreateSchedule, DeletedSchedule, PreviewDay, PreviewSchedule,
    PreviewStart, Revision, RevisionAct, Schedule, SchedulePreview, ScheduleWindow, SetupQuery,
};
use uuid::Uuid;

use super::revisions::{self, Saved, keep, permit};
use super::{freed, shown};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::Configuration;
const KIND: &str = "schedule";

/// Schedules in force, or those deleted, by resource and first date.
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
    let deleted = query.0.deleted == Some(true);
    let records = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            Ok(store::list_schedules(tx.conn(), query.0.location, deleted).await?)
        })
        .await?;
    Ok(Json(Page::last(
        records.into_iter().map(schedule).collect(),
    )))
}

/// One schedule, deleted or not.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The schedule")),
    responses(
        (status = 200, body = Schedule),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/schedules/{id}")]
pub async fn get_schedule(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ScheduleId>,
) -> Result<Versioned<Schedule>, ApiError> {
    state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            let found = store::find_schedule(tx.conn(), id.0).await?;
            let found = found.ok_or_else(|| tx.missing(Act::Read, CLASS, id.0))?;
            Ok(Versioned::by(schedule(found), |one| one.version))
        })
        .await
}

/// Set a schedule up.
#[utoipa::path(
    tag = "scheduling",
    request_body = CreateSchedule,
    responses(
        (status = 201, body = Schedule),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/schedules")]
pub async fn create_schedule(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<CreateSchedule>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let id = ScheduleId(Uuid::now_v7());
            permit(tx, Act::Create, CLASS, About::default().object(id))?;
            let (org, now) = (tx.actor.provider_org, tx.now);
            let rules = checked(tx, &body, id, "").await?;
            let new = NewSchedule { rules };
            store::insert_schedule(tx.conn(), org, &new, now).await?;
            freed::of_schedule(tx, None, &new.rules).await?;
            let answer = saved(tx, id, RevisionAct::Created, None).await?;
            let address = format!("/api/v1/clinic/schedules/{id}");
            Created::at(address, answer.version, &answer)
        })
        .await
}

/// Change a schedule. Visits that were booked stay.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The schedule")),
    request_body = ChangeSchedule,
    responses(
        (status = 200, body = Schedule),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
        (status = 428, body = Problem),
    )
)]
#[patch("/clinic/schedules/{id}")]
pub async fn change_schedule(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ScheduleId>,
    version: IfMatch,
    body: Body<ChangeSchedule>,
) -> Result<Versioned<Schedule>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version).await?;
            if before.deleted_at.is_some() {
                return Err(ApiError::of(WRONG_STATE));
            }
            let old = before.rules.clone();
            let before = CreateSchedule::from(schedule(before));
            let wanted = revisions::merged(&before, &*body)?;
            let rules = checked(tx, &wanted, id, "").await?;
            let org = tx.actor.provider_org;
            store::save_schedule(tx.conn(), org, &rules).await?;
            freed::of_schedule(tx, Some(&old), &rules).await?;
            let answer = saved(tx, id, RevisionAct::Changed, Some(before)).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Delete a schedule. Visits taken out of it stay booked; while some lie ahead, it has to be
/// confirmed. It can be restored.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The schedule"), ConfirmQuery),
    responses(
        (status = 200, body = DeletedSchedule),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem,
            description = "`schedule-has-appointments` with `appointments_ahead`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/clinic/schedules/{id}")]
pub async fn delete_schedule(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ScheduleId>,
    version: IfMatch,
    query: Query<ConfirmQuery>,
) -> Result<Versioned<DeletedSchedule>, ApiError> {
    let id = id.0;
    let confirmed = query.0.confirm == Some(true);
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version).await?;
            if before.deleted_at.is_some() {
                return Err(ApiError::of(WRONG_STATE));
            }
            let now = tx.now;
            let ahead = store::visits_ahead(tx.conn(), id, now).await?;
            if ahead > 0 && !confirmed {
                return Err(
                    ApiError::of(SCHEDULE_HAS_APPOINTMENTS).with("appointments_ahead", ahead)
                );
            }
            store::set_schedule_deleted(tx.conn(), id, Some(now)).await?;
            let before = CreateSchedule::from(schedule(before));
            let schedule = saved(tx, id, RevisionAct::Deleted, Some(before)).await?;
            let version = schedule.version;
            let answer = DeletedSchedule {
                schedule,
                appointments_ahead: u32::try_from(ahead).unwrap_or(u32::MAX),
            };
            Ok(Versioned(answer, version))
        })
        .await
}

/// Restore a schedule that was deleted.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The schedule")),
    responses(
        (status = 200, body = Schedule),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/schedules/{id}/restoration")]
pub async fn restore_schedule(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ScheduleId>,
    version: IfMatch,
) -> Result<Versioned<Schedule>, ApiError> {
    let id = id.0;
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let before = locked(tx, id, version).await?;
            if before.deleted_at.is_none() {
                return Err(ApiError::of(WRONG_STATE));
            }
            store::set_schedule_deleted(tx.conn(), id, None).await?;
            freed::of_schedule(tx, None, &before.rules).await?;
            let answer = saved(tx, id, RevisionAct::Restored, None).await?;
            Ok(Versioned::by(answer, |one| one.version))
        })
        .await
}

/// Who saved a schedule when, and what it was before and after; the latest first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The schedule")),
    responses(
        (status = 200, body = Page<Revision>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/schedules/{id}/revisions")]
pub async fn list_schedule_revisions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ScheduleId>,
) -> Result<Json<Page<Revision>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            tx.scope(Act::Read, CLASS)?;
            if store::find_schedule(tx.conn(), id.0).await?.is_none() {
                return Err(tx.missing(Act::Read, CLASS, id.0));
            }
            revisions::kept(tx, KIND, id.0).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// The free times of fourteen days that a schedule would offer, before it is saved: blackouts and
/// what is taken of the resource are left out. Nothing is changed.
#[utoipa::path(
    tag = "scheduling",
    request_body = PreviewSchedule,
    responses(
        (status = 200, body = SchedulePreview),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 422, body = Problem, description = "`invalid` with a pointer to each field"),
    )
)]
#[post("/clinic/schedule-previews")]
pub async fn preview_schedule(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    body: Body<PreviewSchedule>,
) -> Result<Json<SchedulePreview>, ApiError> {
    let shown = state
        .run(&caller, async |tx: &mut Tx| {
            tx.scope(Act::Read, CLASS)?;
            let id = body.schedule_id.unwrap_or(ScheduleId(Uuid::nil()));
            let rules = checked(tx, &body.schedule, id, "/schedule").await?;
            previewed(tx, &rules, &body).await
        })
        .await?;
    Ok(Json(shown))
}

async fn previewed(
    tx: &mut Tx,
    rules: &Rules,
    asked: &PreviewSchedule,
) -> Result<SchedulePreview, ApiError> {
    let now = tx.now;
    let location = store::find_location(tx.conn(), rules.location_id)
        .await?
        .ok_or_else(|| ApiError::field("/schedule/location_id", "unknown"))?;
    let place = location.place;
    let kind = kind_for(tx, rules, asked.appointment_type_id).await?;
    let today = time::local_date(now, place.zone);
    let from = asked.from.unwrap_or(today.max(rules.effective_from));
    let last = from + chrono::Days::new(salus_domain::scheduling::preview::PREVIEW_DAYS);
    let known = store::load_calendar(tx.shared(), rules.resource_id, place, from, last, now)
        .await?
        .ok_or_else(|| ApiError::field("/schedule/resource_id", "unknown"))?;
    let calendar = ResourceCalendar {
        schedules: Vec::new(),
        ..known
    };
    let days = preview(rules, &calendar, &kind.rules, place, from, now);
    let shown = |(date, starts): (NaiveDate, Vec<_>)| PreviewDay {
        date,
        starts: starts
            .into_iter()
            .map(|starts_at| PreviewStart {
                starts_at,
                local_time: time::local_time(starts_at, place.zone).time(),
            })
            .collect(),
    };
    Ok(SchedulePreview {
        place: shown::place(&location),
        appointment_type_id: kind.rules.id,
        days: days.into_iter().map(shown).collect(),
    })
}

/// The kind of visit that is looked at: the one that was named, or the first the schedule is for.
async fn kind_for(
    tx: &mut Tx,
    rules: &Rules,
    named: Option<AppointmentTypeId>,
) -> Result<TypeRecord, ApiError> {
    let kinds = store::list_types(tx.shared()).await?;
    let fits = |kind: &TypeRecord| match (named, &rules.types) {
        (Some(named), _) => kind.rules.id == named,
        (None, TypeScope::All) => kind.rules.active,
        (None, TypeScope::Only(only)) => only.contains(&kind.rules.id),
    };
    kinds
        .into_iter()
        .find(fits)
        .ok_or_else(|| ApiError::field("/appointment_type_id", "unknown"))
}

/// The schedule that is to be changed, if it still is as the caller knows it.
async fn locked(tx: &mut Tx, id: ScheduleId, version: IfMatch) -> Result<ScheduleRecord, ApiError> {
    permit(tx, Act::Change, CLASS, About::default().object(id))?;
    let found = store::lock_schedule(tx.conn(), id).await?;
    let found = found.ok_or_else(|| tx.missing(Act::Change, CLASS, id))?;
    version.check(found.version)?;
    Ok(found)
}

/// Keeps that a schedule was set up.
pub(crate) async fn keep_first_schedule(tx: &mut Tx, id: ScheduleId) -> Result<(), ApiError> {
    saved(tx, id, RevisionAct::Created, None).await.map(drop)
}

/// Keeps the save and reads what it made.
async fn saved(
    tx: &mut Tx,
    id: ScheduleId,
    act: RevisionAct,
    before: Option<CreateSchedule>,
) -> Result<Schedule, ApiError> {
    let found = store::find_schedule(tx.conn(), id).await?;
    let answer = schedule(found.ok_or_else(ApiError::not_found)?);
    let after = (act != RevisionAct::Deleted).then(|| CreateSchedule::from(answer.clone()));
    let saved = Saved {
        kind: KIND,
        object: id.0,
        version: answer.version,
        act,
        before: before.as_ref(),
        after: after.as_ref(),
    };
    keep(tx, saved).await?;
    Ok(answer)
}

/// A schedule as it may be saved; every field that is wrong is told, below `root`.
async fn checked(
    tx: &mut Tx,
    wanted: &CreateSchedule,
    id: ScheduleId,
    root: &str,
) -> Result<Rules, ApiError> {
    let mut wrong = Vec::new();
    let rules = read(wanted, id, &mut wrong);
    let resources = store::list_resources(tx.conn(), false).await?;
    let known = |one: &&store::ResourceRecord| one.rules.id == wanted.resource_id;
    if resources.iter().find(known).is_none() {
        wrong.push(Field::new("/resource_id", "unknown"));
    }
    let place = store::find_location(tx.conn(), wanted.location_id).await?;
    if place.is_none() {
        wrong.push(Field::new("/location_id", "unknown"));
    }
    wrong.extend(unknown_kinds(tx, wanted).await?);
    if wrong.is_empty() {
        return Ok(rules);
    }
    for field in &mut wrong {
        field.pointer.insert_str(0, root);
    }
    Err(ApiError::invalid(wrong))
}

/// What is wrong with a schedule, whosever and wherever it is.
pub(super) async fn faults_of(
    tx: &mut Tx,
    wanted: &CreateSchedule,
    id: ScheduleId,
) -> Result<Vec<Field>, ApiError> {
    let mut wrong = Vec::new();
    read(wanted, id, &mut wrong);
    wrong.extend(unknown_kinds(tx, wanted).await?);
    Ok(wrong)
}

async fn unknown_kinds(tx: &mut Tx, wanted: &CreateSchedule) -> Result<Vec<Field>, ApiError> {
    let named = wanted.appointment_type_ids.as_deref().unwrap_or_default();
    let kinds = store::shown_types(tx.shared(), named).await?;
    let mut wrong = Vec::new();
    for (position, id) in named.iter().enumerate() {
        if !kinds.iter().any(|kind| kind.rules.id == *id) {
            let pointer = format!("/appointment_type_ids/{position}");
            wrong.push(Field::new(pointer, "unknown"));
        }
    }
    Ok(wrong)
}

/// Reads what was typed; what is wrong is added to the list.
fn read(wanted: &CreateSchedule, id: ScheduleId, wrong: &mut Vec<Field>) -> Rules {
    let mut types = wanted.appointment_type_ids.clone();
    if let Some(types) = &mut types {
        types.sort_unstable();
        types.dedup();
    }
    let mut audience = wanted.audience.clone();
    audience.sort_unstable();
    audience.dedup();
    let broken = wrong.len();
    let rules = Rules {
        id,
        resource_id: wanted.resource_id,
        location_id: wanted.location_id,
        modality: wanted.modality,
        types: types.map_or(TypeScope::All, TypeScope::Only),
        effective_from: wanted.effective_from,
        effective_until: wanted.effective_until,
        pattern: pattern(wanted, wrong),
        interval: wanted.interval,
        offset: wanted.offset,
        capacity: wanted.capacity,
        daily_cap: wanted.daily_cap,
        overbook: wanted.overbook,
        opens_at: wanted.opens_at,
        audience,
        priority: wanted.priority,
    };
    // With a window left out, positions are others, and that there is none is no news.
    let windows_read = wrong.len() == broken;
    let about_windows = |fault: &ScheduleError| {
        matches!(fault, ScheduleError::NoWindow | ScheduleError::Overlap(_))
    };
    wrong.extend(
        rules
            .faults()
            .into_iter()
            .filter(|fault| windows_read || !about_windows(fault))
            .map(told),
    );
    rules
}

fn pattern(wanted: &CreateSchedule, wrong: &mut Vec<Field>) -> Pattern {
    let mut weekly = Vec::new();
    let mut dates = Vec::new();
    for (position, one) in wanted.windows.iter().enumerate() {
        let at = |name: &str| format!("/windows/{position}/{name}");
        let Ok(window) = Window::new(one.start_minute, one.end_minute) else {
            wrong.push(Field::new(at("end_minute"), "window_end"));
            continue;
        };
        match (wanted.every_n_weeks, one.weekday, one.on_date) {
            (Some(_), Some(weekday), None) => match weekday_of(weekday) {
                Some(weekday) => weekly.push(WeeklyWindow { weekday, window }),
                None => wrong.push(
                    Field::new(at("weekday"), "out_of_range")
                        .with("from", 1)
                        .with("to", 7),
                ),
            },
            (None, None, Some(date)) => dates.push((date, window)),
            (Some(_), ..) => wrong.push(Field::new(at("weekday"), "weekday_only")),
            (None, ..) => wrong.push(Field::new(at("on_date"), "date_only")),
        }
    }
    match wanted.every_n_weeks {
        Some(every_n_weeks) => Pattern::Weekly {
            every_n_weeks,
            windows: weekly,
        },
        None => Pattern::Dates(dates),
    }
}

/// 1 is Monday (ISO 8601).
fn weekday_of(iso: u8) -> Option<Weekday> {
    Weekday::try_from(iso.checked_sub(1)?).ok()
}

fn told(fault: ScheduleError) -> Field {
    let range = |pointer: &str, from: u16, to: u16| {
        Field::new(pointer, "out_of_range")
            .with("from", from)
            .with("to", to)
    };
    match fault {
        ScheduleError::NoWindow => Field::new("/windows", "required"),
        ScheduleError::Overlap(position) => Field::new(
            format!("/windows/{position}/start_minute"),
            "window_overlap",
        ),
        ScheduleError::Interval => Field::new("/interval", "interval"),
        ScheduleError::Offset => Field::new("/offset", "offset"),
        ScheduleError::Weeks => range("/every_n_weeks", 1, 4),
        ScheduleError::Dates => Field::new("/effective_until", "before_start"),
        ScheduleError::NoType => Field::new("/appointment_type_ids", "required"),
        ScheduleError::Capacity => range("/capacity", 1, 50),
        ScheduleError::DailyCap => range("/daily_cap", 1, 1_000),
        ScheduleError::Overbook => range("/overbook", 0, 5),
        ScheduleError::Audience => Field::new("/audience", "required"),
        ScheduleError::Priority => range("/priority", 1, 9),
    }
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
        deleted_at: record.deleted_at,
        version: record.version,
    }
}
