//! Reports' visits, for their supervisor: by public name, time and place.

use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::try_join3;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, AppointmentTypeId, LocationId, PersonId};
use salus_domain::people::today;
use salus_domain::scheduling::{Audience, Modality, State, SupervisorOptions};
use salus_store::scheduling::{self as store, ReportVisitRow, ReportVisits};
use salus_store::surveillance::open_due_items;
use salus_store::work_status::work_people;
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{
    AppointmentView, AppointmentsQuery, Place, TeamAppointment, TeamState, TeamWaitListItem,
};

use super::taking::supervisor_options;
use crate::access::{Caller, Team};
use crate::error::ApiError;
use crate::extract::{Id, Query};
use crate::state::AppState;
use crate::transaction::Tx;

/// How long missed and past visits stay in the list.
const DAYS_BACK: i64 = 90;

/// The visits of one report that the supervisor may know of, of the last 90 days and ahead, the
/// soonest first.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The person")),
    responses(
        (status = 200, body = Page<TeamAppointment>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/team/people/{id}/appointments")]
pub async fn list_report_appointments(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<Json<Page<TeamAppointment>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let about = About::person(id.0);
            let permission = tx.allow(Act::Read, DataClass::Appointment, about, id.0)?;
            let since = tx.now - TimeDelta::days(DAYS_BACK);
            let rows = store::appointments_of_report(tx.conn(), &permission, since).await?;
            let options = supervisor_options(tx, id.0).await?;
            shown(rows, &options, tx)
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// The visits of everybody who reports to the caller, as far as a supervisor may know of them: what
/// lies ahead, the soonest first, or what is over, given back or missed in the last 90 days, the
/// latest first.
#[utoipa::path(
    tag = "scheduling",
    params(AppointmentsQuery),
    responses(
        (status = 200, body = Page<TeamAppointment>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/team/appointments")]
pub async fn list_team_appointments(
    caller: Caller<Team>,
    state: Data<AppState>,
    query: Query<AppointmentsQuery>,
) -> Result<Json<Page<TeamAppointment>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Appointment)?;
            let (reports, now) = (others(tx), tx.now);
            let which = match query.0.view {
                AppointmentView::Upcoming => ReportVisits::Ahead,
                AppointmentView::Past => ReportVisits::OverSince(now - TimeDelta::days(DAYS_BACK)),
            };
            let rows =
                store::appointments_of_reports(tx.conn(), &scope, &reports, which, now).await?;
            let options = options_for_team(tx, &reports).await?;
            let items = shown(rows, &options, tx)?;
            tx.shown(&scope, items.iter().map(|one| (one.person_id, one.id.0)));
            Ok(items)
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// What the people who report to the caller still have to be scheduled for, by due date: public
/// names and dates of what is due and has no visit.
#[utoipa::path(
    tag = "scheduling",
    responses(
        (status = 200, body = Page<TeamWaitListItem>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/team/wait-list-items")]
pub async fn list_team_wait_list_items(
    caller: Caller<Team>,
    state: Data<AppState>,
) -> Result<Json<Page<TeamWaitListItem>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::DueItem)?;
            let reports = others(tx);
            let options = options_for_team(tx, &reports).await?;
            let items = to_schedule(tx, &reports, &options).await?;
            tx.shown(&scope, items.iter().map(|one| (one.person_id, one.id.0)));
            Ok(items)
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// What one report still has to be scheduled for, by due date.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "The person")),
    responses(
        (status = 200, body = Page<TeamWaitListItem>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
#[get("/team/people/{id}/wait-list-items")]
pub async fn list_report_wait_list_items(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<Json<Page<TeamWaitListItem>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let about = About::person(id.0);
            tx.allow(Act::Read, DataClass::DueItem, about, ())?;
            let options = supervisor_options(tx, id.0).await?;
            to_schedule(tx, &[id.0], &options).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// What is due for some reports and has no visit, as far as it is to be seen yet, by due date.
async fn to_schedule(
    tx: &Tx,
    reports: &[PersonId],
    options: &SupervisorOptions,
) -> Result<Vec<TeamWaitListItem>, ApiError> {
    let (conn, now) = (tx.shared(), tx.now);
    let (people, due, kinds) = try_join3(
        work_people(conn, reports),
        open_due_items(conn, reports),
        store::report_types(conn),
    )
    .await?;
    let is_bookable = |id: &AppointmentTypeId| {
        kinds
            .iter()
            .any(|kind| kind.rules.id == *id && kind.rules.is_bookable_by(Audience::Supervisor))
    };
    let items = due
        .into_iter()
        .filter(|item| !item.booked)
        .filter_map(|item| {
            let person = people.iter().find(|person| person.id == item.person_id)?;
            let today = today(now, person.zone);
            let kind = item.appointment_type_id.filter(is_bookable);
            let past_due = item.due_on < today;
            (item.visible_on <= today).then(|| TeamWaitListItem {
                id: item.id,
                person_id: item.person_id,
                person_name: person.name.clone(),
                public_name: item.name,
                due_on: item.due_on,
                past_due,
                zone: person.zone.name().to_owned(),
                allowed: options.item_acts(kind.is_some(), past_due),
                appointment_type_id: kind,
            })
        });
    Ok(items.collect())
}

/// What may be done about the visits of a team: what the portal of the first of them says, which is
/// the one its supervisor is shown.
async fn options_for_team(
    tx: &mut Tx,
    reports: &[PersonId],
) -> Result<SupervisorOptions, ApiError> {
    match reports.first() {
        Some(first) => supervisor_options(tx, *first).await,
        None => Ok(SupervisorOptions::OFF),
    }
}

/// The people who report to the caller; nobody is in their own list.
fn others(tx: &Tx) -> Vec<PersonId> {
    let own = tx.actor.person;
    let reports = tx.actor.reports.iter().copied();
    reports.filter(|report| own != Some(*report)).collect()
}

/// One visit for each id, by its public name in the reader's language, else in English.
pub(super) fn shown(
    rows: Vec<ReportVisitRow>,
    options: &SupervisorOptions,
    tx: &Tx,
) -> Result<Vec<TeamAppointment>, ApiError> {
    let language = tx.actor.language.as_str();
    let rank = |row: &ReportVisitRow| (row.language != language, row.language != "en");
    let mut best: Vec<ReportVisitRow> = Vec::new();
    for row in rows {
        match best.last_mut() {
            Some(last) if last.id == row.id => {
                if rank(&row) < rank(last) {
                    *last = row;
                }
            }
            _ => best.push(row),
        }
    }
    best.into_iter()
        .filter_map(|row| visit(row, options, tx.now).transpose())
        .collect()
}

fn visit(
    row: ReportVisitRow,
    options: &SupervisorOptions,
    now: DateTime<Utc>,
) -> Result<Option<TeamAppointment>, ApiError> {
    let state =
        State::parse(&row.state).ok_or_else(|| ApiError::internal("a visit in no known state"))?;
    let modality = Modality::parse(&row.modality)
        .ok_or_else(|| ApiError::internal("a visit in no known modality"))?;
    let rules = row.rules().map_err(ApiError::from)?;
    let allowed = options.acts(&rules, row.bookable, now);
    Ok(TeamState::of(state).map(|state| TeamAppointment {
        id: AppointmentId(row.id),
        person_id: PersonId(row.person_id),
        person_name: format!("{} {}", row.first_name, row.last_name)
            .trim()
            .to_owned(),
        starts_at: row.starts_at,
        ends_at: row.shown_ends_at,
        zone: row.time_zone.clone(),
        location: Place {
            id: LocationId(row.location_id),
            name: row.location_name,
            street: row.street,
            city: row.city,
            state: row.location_state,
            zip: row.zip,
            phone: row.phone,
            zone: row.time_zone,
        },
        modality,
        public_name: row.public_name,
        state,
        allowed,
        version: row.version,
    }))
}
