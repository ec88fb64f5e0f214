//! Reports' visits, for their supervisor: by public name, time and place.

use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::TimeDelta;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, LocationId, PersonId};
use salus_domain::scheduling::{Modality, State};
use salus_store::scheduling::{self as store, ReportVisitRow};
use salus_types::page::Page;
use salus_types::problem::Problem;
use salus_types::scheduling::{Place, TeamAppointment, TeamState};

use crate::access::{Caller, Team};
use crate::error::ApiError;
use crate::extract::Id;
use crate::state::AppState;

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
            shown(rows, &tx.actor.language)
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// One visit for each id, by its public name in the reader's language, else in English.
fn shown(rows: Vec<ReportVisitRow>, language: &str) -> Result<Vec<TeamAppointment>, ApiError> {
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
        .filter_map(|row| visit(row).transpose())
        .collect()
}

fn visit(row: ReportVisitRow) -> Result<Option<TeamAppointment>, ApiError> {
    let state =
        State::parse(&row.state).ok_or_else(|| ApiError::internal("a visit in no known state"))?;
    let modality = Modality::parse(&row.modality)
        .ok_or_else(|| ApiError::internal("a visit in no known modality"))?;
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
        allowed: Vec::new(),
        version: row.version,
    }))
}
