//! The clinic's calendar: the day, a person's visits, booking and giving back for somebody.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use chrono::TimeDelta;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, EmployerId, LocationId, PersonId, ResourceId};
use salus_domain::scheduling::{
    Audience, BookingOptions, Modality, Override, Overrides, State, Stretch,
};
use salus_domain::time;
use salus_store::scheduling::{self as store, HeldClaims};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{
    AppointmentResource, BookForPerson, CancelAppointment, ClinicAppointment, ClinicSlotsQuery,
    Closed, DayColumn, DaySheet, DaySheetQuery, Open, PersonAppointmentsQuery, Slot,
};
use uuid::Uuid;

use super::booking::{self, Booked};
use super::overriding::Aside;
use super::progress;
use super::shown::{self, Around};
use super::slots::page_of_slots;
use super::taking::{Wish, check_span, comment, needed_region, region};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// One day at one location, a column for each resource.
#[utoipa::path(
    tag = "scheduling",
    params(DaySheetQuery),
    responses(
        (status = 200, body = DaySheet),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/day-sheets")]
pub async fn get_day_sheet(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<DaySheetQuery>,
) -> Result<Json<DaySheet>, ApiError> {
    let date = query.0.date;
    let sheet = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::AppointmentDetail)?;
            let now = tx.now;
            let place = store::find_location(tx.conn(), query.0.location)
                .await?
                .ok_or_else(ApiError::not_found)?;
            let at = place.place;
            let day = Stretch {
                from: time::day_start(date, at.zone),
                until: time::day_end(date, at.zone),
            };
            let records =
                store::appointments_of_day(tx.conn(), &scope, at.location_id, day.from, day.until)
                    .await?;
            tx.shown(&scope, records.iter().map(|r| (r.person, r.rules.id.0)));
            let book = store::load_explained_book(tx.conn(), &[at.location_id], date, now).await?;
            let around = Around::load(tx, &records).await?;
            let appointments = records
                .iter()
                .map(|record| around.for_clinic(record, &tx.actor.language, now))
                .collect::<Result<Vec<_>, _>>()?;
            let calendars = book.at(at, None);
            let mut columns: Vec<DayColumn> = book
                .resources()
                .map(|(resource, name)| DayColumn {
                    resource: AppointmentResource {
                        id: resource.id,
                        name: name.to_owned(),
                        kind: resource.kind,
                    },
                    deleted: false,
                    open: calendars
                        .iter()
                        .filter(|calendar| calendar.resource.id == resource.id)
                        .flat_map(|calendar| &calendar.schedules)
                        .flat_map(|schedule| schedule.open(date, date, at.zone))
                        .map(|stretch| Open {
                            from: stretch.from,
                            until: stretch.until,
                        })
                        .collect(),
                    closed: book
                        .away(resource.id, at)
                        .into_iter()
                        .filter(|(stretch, _)| stretch.overlaps(day))
                        .map(|(stretch, reason)| Closed {
                            from: stretch.from.max(day.from),
                            until: stretch.until.min(day.until),
                            reason,
                        })
                        .collect(),
                    appointment_ids: visits_of(resource.id, &appointments),
                })
                .collect();
            columns.extend(only_visits(tx, &columns, &appointments).await?);
            // By name they are already; those that came last go among their kind.
            columns.sort_by_key(|column| column.resource.kind);
            Ok(DaySheet {
                date,
                place: shown::place(&place),
                from: day.from,
                until: day.until,
                columns,
                appointments,
            })
        })
        .await?;
    Ok(Json(sheet))
}

fn visits_of(resource: ResourceId, visits: &[ClinicAppointment]) -> Vec<AppointmentId> {
    let here = visits
        .iter()
        .filter(|visit| visit.resources.iter().any(|one| one.id == resource));
    here.map(|visit| visit.id).collect()
}

/// Columns of resources that do not work here any more and still have visits on the day.
async fn only_visits(
    tx: &Tx,
    columns: &[DayColumn],
    visits: &[ClinicAppointment],
) -> Result<Vec<DayColumn>, ApiError> {
    let mut missing: Vec<&AppointmentResource> = Vec::new();
    let held = visits
        .iter()
        .filter(|visit| visit.state.holds_claims() && visit.state != State::NoShow);
    for resource in held.flat_map(|visit| &visit.resources) {
        let known = columns.iter().map(|column| &column.resource);
        if !known
            .chain(missing.iter().copied())
            .any(|one| one.id == resource.id)
        {
            missing.push(resource);
        }
    }
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = missing.iter().map(|resource| resource.id).collect();
    let deleted = store::deleted_among(tx.shared(), &ids).await?;
    let column = |resource: &AppointmentResource| DayColumn {
        resource: resource.clone(),
        deleted: deleted.contains(&resource.id),
        open: Vec::new(),
        closed: Vec::new(),
        appointment_ids: visits_of(resource.id, visits),
    };
    Ok(missing.into_iter().map(column).collect())
}

/// The visits of a person: those ahead, the soonest first, then those of the last two years.
#[utoipa::path(
    tag = "scheduling",
    params(PersonAppointmentsQuery),
    responses(
        (status = 200, body = Page<ClinicAppointment>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/appointments")]
pub async fn list_appointments(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<PersonAppointmentsQuery>,
) -> Result<Json<Page<ClinicAppointment>>, ApiError> {
    let person = query.0.person;
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::AppointmentDetail)?;
            let now = tx.now;
            let mut records =
                store::appointments_of_person(tx.conn(), &scope, person, None, now).await?;
            let since = Some(now - TimeDelta::days(730));
            records.extend(
                store::appointments_of_person(tx.conn(), &scope, person, since, now).await?,
            );
            tx.shown(&scope, records.iter().map(|r| (r.person, r.rules.id.0)));
            let around = Around::load(tx, &records).await?;
            records
                .iter()
                .map(|record| around.for_clinic(record, &tx.actor.language, now))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Free times for a person, one for each provider. At most 31 days at once.
#[utoipa::path(
    tag = "scheduling",
    params(ClinicSlotsQuery),
    responses(
        (status = 200, body = Page<Slot>),
        (status = 400, body = Problem, description = "`cursor-invalid`"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`search-window-too-wide`; `invalid` where `limit` is out of range"),
    )
)]
#[get("/clinic/slots")]
pub async fn list_slots(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<ClinicSlotsQuery>,
) -> Result<Json<Page<Slot>>, ApiError> {
    let asked = query.0;
    check_span(asked.from, asked.to)?;
    let answer = state
        .run(&caller, async |tx| {
            tx.allow(
                Act::Read,
                DataClass::Appointment,
                About::person(asked.person),
                (),
            )?;
            let now = tx.now;
            let known =
                store::employments_at(tx.shared(), asked.person, asked.location, now).await?;
            if known.is_empty() {
                return Err(tx.missing(Act::Read, DataClass::Appointment, asked.person));
            }

            let place = store::find_location(tx.conn(), asked.location)
                .await?
                .ok_or_else(ApiError::not_found)?;
            let modality = asked.modality.unwrap_or(Modality::InPerson);
            let before = match asked.moving {
                Some(id) => store::find_appointment(tx.shared(), id)
                    .await?
                    .filter(|visit| visit.person == asked.person)
                    .and_then(|visit| visit.region),
                None => None,
            };
            let wish = Wish {
                audience: Audience::Clinic,
                person: asked.person,
                kind: store::find_type(tx.shared(), asked.appointment_type_id, &[asked.location])
                    .await?
                    .ok_or_else(ApiError::not_found)?,
                options: BookingOptions::default(),
                item: None,
                modality,
                region: region(modality, asked.region.as_deref(), before.as_ref())?,
                resource: asked.resource,
                own_hold: None,
                moving: asked.moving,
            };
            page_of_slots(tx, &wish, &[&place], (asked.from, asked.to), &asked.page()).await
        })
        .await?;
    Ok(Json(answer))
}

/// Book a visit for a person.
#[utoipa::path(
    tag = "scheduling",
    request_body = BookForPerson,
    responses(
        (status = 201, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`slot-taken` or `person-busy` with `next_slots`, `override-needed` with `kinds`"),
        (status = 422, body = Problem, description = "`slot-not-offered`, `region-not-covered`, `override-reason-required`, `invalid`"),
    )
)]
#[post("/clinic/appointments")]
pub async fn book_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<BookForPerson>,
) -> Result<Created, ApiError> {
    state
        .create(&caller.competing(), &key, &body, async |tx: &mut Tx| {
            let (org, now, person) = (tx.actor.provider_org, tx.now, body.person_id);
            let written = comment(body.comment.as_deref(), "/comment")?;
            let aside = Aside::read(body.set_aside.as_ref())?;
            let (employer, needed) =
                employer(tx, person, body.employer_id, body.location_id).await?;
            let place = store::find_location(tx.conn(), body.location_id)
                .await?
                .ok_or_else(|| ApiError::field("/location_id", "unknown"))?;
            let wish = Wish {
                audience: Audience::Clinic,
                person,
                kind: store::find_type(tx.shared(), body.appointment_type_id, &[body.location_id])
                    .await?
                    .ok_or_else(|| ApiError::field("/appointment_type_id", "unknown"))?,
                options: BookingOptions::default(),
                item: None,
                modality: body.modality,
                region: needed_region(body.modality, body.region.as_deref(), None)?,
                resource: body.resource_id,
                own_hold: None,
                moving: None,
            };
            let start = if body.walk_in {
                time::next_minute(now)
            } else {
                body.starts_at
            };
            let (slot, beside) = wish.force(tx, &place, start, &aside, needed).await?;
            let id = AppointmentId(Uuid::now_v7());
            let booked = Booked {
                id,
                employer,
                comment: written,
            };
            booking::write(tx, &wish, &place, &slot, booked).await?;
            let held = HeldClaims::Appointment(id);
            store::claim_resources(tx.conn(), org, &slot, held, now).await?;
            aside.note(tx, id, &beside).await?;
            if body.walk_in {
                progress::take_in(tx, id).await?;
            }
            let answer = shown_to_clinic(tx, id).await?;
            Created::at(
                format!("/api/v1/clinic/appointments/{id}"),
                answer.version,
                &answer,
            )
        })
        .await
}

/// The employer a visit is for: the one that was named, or the only one the person works for, else the one
/// they worked for last; and the rule that stands in the way when the location is not open to it.
async fn employer(
    tx: &mut Tx,
    person: PersonId,
    named: Option<EmployerId>,
    location: LocationId,
) -> Result<(EmployerId, Overrides), ApiError> {
    let now = tx.now;
    let all = store::employments_at(tx.shared(), person, location, now).await?;
    let Some(first) = all.first() else {
        return Err(tx.missing(Act::Create, DataClass::Appointment, person));
    };
    let current: Vec<_> = all.iter().copied().filter(|one| one.current).collect();
    let linked: Vec<_> = current.iter().copied().filter(|one| one.linked).collect();
    let chosen = match (named, current.as_slice(), linked.as_slice()) {
        (Some(named), ..) => all
            .iter()
            .find(|one| one.employer == named)
            .ok_or_else(|| ApiError::field("/employer_id", "unknown"))?,
        // Who works for nobody any more comes for whom they worked for last.
        (None, [], _) => first,
        (None, [only], _) | (None, _, [only]) => only,
        (None, ..) => {
            return Err(ApiError::invalid(vec![Field::new(
                "/employer_id",
                "required",
            )]));
        }
    };
    Ok((chosen.employer, unlinked(chosen.linked)))
}

/// The rule that stands in the way at a location that is not open to the employer.
pub(super) fn unlinked(is_linked: bool) -> Overrides {
    let rule = (!is_linked).then_some(Override::LocationNotLinked);
    rule.into_iter().collect()
}

/// One visit.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The visit")),
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/clinic/appointments/{id}")]
pub async fn get_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    let answer = state
        .run(&caller, async |tx| {
            let class = DataClass::AppointmentDetail;
            let Some(record) = store::find_appointment(tx.conn(), id.0).await? else {
                return Err(tx.missing(Act::Read, class, id.0));
            };
            let about = About::person(record.person)
                .employer(record.employer)
                .object(id.0);
            tx.allow(Act::Read, class, about, ())?;
            shown_to_clinic(tx, id.0).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

/// Give a visit back for a person; no notice is asked of staff.
#[utoipa::path(
    tag = "scheduling",
    params(
        ("id" = Uuid, Path, description = "The visit"),
    ),
    request_body = CancelAppointment,
    responses(
        (status = 200, body = ClinicAppointment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`appointment-begun`, `wrong-state`"),
        (status = 412, body = Problem),
        (status = 422, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/appointments/{id}/cancellation")]
pub async fn cancel_appointment(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<AppointmentId>,
    version: IfMatch,
    body: Body<CancelAppointment>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    changed_by_clinic(&state, &caller, id.0, async |tx: &mut Tx| {
        let class = DataClass::AppointmentDetail;
        booking::cancel(tx, id.0, version, class, Audience::Clinic, &body).await
    })
    .await
}

/// Changes a visit, and shows the clinic what it is like then.
pub(super) async fn changed_by_clinic(
    state: &AppState,
    caller: &Caller<Clinic>,
    id: AppointmentId,
    change: impl AsyncFn(&mut Tx) -> Result<(), ApiError>,
) -> Result<Versioned<ClinicAppointment>, ApiError> {
    let answer = state
        .run_retrying(caller, async |tx: &mut Tx| {
            change(tx).await?;
            shown_to_clinic(tx, id).await
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}

async fn shown_to_clinic(tx: &mut Tx, id: AppointmentId) -> Result<ClinicAppointment, ApiError> {
    let record = store::find_appointment(tx.conn(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let records = [record];
    let around = Around::load(tx, &records).await?;
    let [record] = &records;
    around.for_clinic(record, &tx.actor.language, tx.now)
}
