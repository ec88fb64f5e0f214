//! The supervisor's team. Every statement here runs in a role that cannot read a clinical column.

use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{DateTime, Duration, Utc};
use futures_util::future::{try_join, try_join5};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::PersonId;
use salus_domain::people::today;
use salus_domain::work_status::{Accommodation, Facts, Limitation, SharedWorkStatus, WorkStatus};
use salus_store::surveillance::{SharedDueRow, open_due_items};
use salus_store::work_status::{
    WorkPerson, clinic_contact, limitations, next_appointments, shared_accommodations, work_people,
};
use salus_types::problem::Problem;
use salus_types::work_status::{
    ClinicContact, Since, TeamFilter, TeamNextDue, TeamPeople, TeamPeopleQuery, TeamPerson,
    TeamWorkStatus,
};
use std::collections::HashMap;
use uuid::Uuid;

use super::me::LOOK_BACK;
use super::shown;
use crate::access::{Caller, Team};
use crate::error::{ApiError, Field};
use crate::extract::{Id, Query, cursor, limit, place};
use crate::state::AppState;
use crate::transaction::Tx;

/// The people who report to the caller: status, since, until, what is due, next visit; by family
/// name, then first name. Nobody is in their own list.
#[utoipa::path(
    tag = "work_status",
    params(TeamPeopleQuery),
    responses((status = 200, body = TeamPeople), (status = 401, body = Problem), (status = 403, body = Problem), (status = 422, body = Problem))
)]
#[get("/team/people")]
pub async fn list_team_people(
    caller: Caller<Team>,
    state: Data<AppState>,
    query: Query<TeamPeopleQuery>,
) -> Result<Json<TeamPeople>, ApiError> {
    let query = query.0;
    let at_most = limit(&salus_types::page::PageQuery {
        limit: query.limit,
        cursor: None,
    })?;
    if query
        .ending_within
        .is_some_and(|days| !(1..=30).contains(&days))
    {
        let field = Field::new("/ending_within", "out_of_range")
            .with("from", 1)
            .with("to", 30);
        return Err(ApiError::invalid(vec![field]));
    }
    let after: Option<(String, String, Uuid)> = place(query.cursor.as_deref())?;
    let page = state
        .run(&caller, async |tx| {
            let reports: Vec<PersonId> = tx
                .actor
                .reports
                .iter()
                .copied()
                .filter(|report| tx.actor.person != Some(*report))
                .collect();
            let scope = tx.scope(Act::Read, DataClass::WorkStatus)?;
            let due_scope = tx.scope(Act::Read, DataClass::DueItem)?;
            let (conn, language, now) = (tx.shared(), &tx.actor.language, tx.now);
            let since = now - LOOK_BACK;
            let (people, restrictions, accommodations, due, visits) = try_join5(
                work_people(conn, &reports),
                limitations(conn, &reports, since),
                shared_accommodations(conn, &reports, since),
                open_due_items(conn, &reports),
                next_appointments(conn, &reports, language, now),
            )
            .await?;
            let mut facts = facts_from(&people, restrictions, accommodations);
            let visits: HashMap<_, _> = visits
                .iter()
                .map(|visit| (visit.person_id, visit))
                .collect();

            let mut rows = Vec::new();
            for person in &people {
                let Some(facts) = facts.remove(&person.id) else {
                    continue;
                };
                let seen = SharedWorkStatus::now(&facts, now);
                let next_due = next_due(&due, person, now);
                let row = TeamPerson {
                    person: shown::summary(person),
                    status: seen.status,
                    part_day: seen.part_day,
                    since: Since::of(&seen.release, person.zone),
                    restrictions: u32::try_from(seen.active()).unwrap_or(u32::MAX),
                    next_due,
                    next_appointment: visits
                        .get(&person.id)
                        .map(|visit| shown::appointment(visit)),
                };
                if wanted(&row, &query, now) {
                    rows.push((key(person), row));
                }
            }
            let rest: Vec<_> = rows
                .into_iter()
                .filter(|(key, _)| after.as_ref().is_none_or(|after| key > after))
                .collect();
            let at_most = usize::try_from(at_most).unwrap_or_default();
            let more = rest.len() > at_most;
            let page: Vec<_> = rest.into_iter().take(at_most).collect();
            let next_cursor = match page.last() {
                Some((key, _)) if more => Some(cursor(key)?),
                _ => None,
            };
            let ids = |row: &(_, TeamPerson)| (row.1.person.id, row.1.person.id.uuid());
            tx.shown(&scope, page.iter().map(ids));
            tx.shown(
                &due_scope,
                page.iter()
                    .filter(|(_, row)| row.next_due.is_some())
                    .map(ids),
            );
            Ok(TeamPeople {
                items: page.into_iter().map(|(_, row)| row).collect(),
                next_cursor,
            })
        })
        .await?;
    Ok(Json(page))
}

/// A report's work status: what they may do, from when, until when. Never why.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The person")),
    responses((status = 200, body = TeamWorkStatus), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/team/people/{id}/work-status")]
pub async fn get_team_work_status(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<PersonId>,
) -> Result<Json<TeamWorkStatus>, ApiError> {
    let status = state
        .run(&caller, async |tx| {
            let about = About::person(id.0);
            tx.allow(Act::Read, DataClass::WorkStatus, about, id.0)?;
            let person = work_people(tx.conn(), &[id.0])
                .await?
                .pop()
                .ok_or_else(ApiError::not_found)?;
            let since = tx.now - LOOK_BACK;
            let facts = facts(tx, std::slice::from_ref(&person), since)
                .await?
                .remove(&id.0)
                .ok_or_else(ApiError::not_found)?;
            let (language, now) = (tx.actor.language.clone(), tx.now);
            let visit = next_appointments(tx.conn(), &[id.0], &language, now)
                .await?
                .pop();
            let clinic = clinic_contact(tx.conn(), person.employer_id).await?;
            let seen = SharedWorkStatus::now(&facts, now);
            Ok(TeamWorkStatus {
                person: shown::summary(&person),
                on: seen.on,
                status: seen.status,
                part_day: seen.part_day,
                since: Since::of(&seen.release, person.zone),
                restrictions: seen
                    .restrictions
                    .into_iter()
                    .map(|one| shown::restriction(&language, one))
                    .collect(),
                accommodations: seen
                    .accommodations
                    .into_iter()
                    .map(shown::accommodation)
                    .collect(),
                follow_up: visit.as_ref().map(shown::appointment),
                clinic: clinic.map(|(name, phone)| ClinicContact { name, phone }),
            })
        })
        .await?;
    Ok(Json(status))
}

/// What each person's status is computed from, in two statements for all of them: what did not end
/// before `since`.
///
/// # Errors
/// What the database says.
pub(super) async fn facts(
    tx: &mut Tx,
    people: &[WorkPerson],
    since: DateTime<Utc>,
) -> Result<HashMap<PersonId, Facts>, ApiError> {
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let conn = tx.shared();
    let (restrictions, accommodations) = try_join(
        limitations(conn, &ids, since),
        shared_accommodations(conn, &ids, since),
    )
    .await?;
    Ok(facts_from(people, restrictions, accommodations))
}

/// What is known of people, from what was found of them.
fn facts_from(
    people: &[WorkPerson],
    restrictions: Vec<(PersonId, Limitation)>,
    accommodations: Vec<(PersonId, Accommodation)>,
) -> HashMap<PersonId, Facts> {
    let mut facts: HashMap<PersonId, Facts> = people
        .iter()
        .map(|person| {
            let empty = Facts {
                zone: person.zone,
                limitations: Vec::new(),
                accommodations: Vec::new(),
                employed_until: person.employed_until,
            };
            (person.id, empty)
        })
        .collect();
    for (person, limitation) in restrictions {
        if let Some(facts) = facts.get_mut(&person) {
            facts.limitations.push(limitation);
        }
    }
    for (person, accommodation) in accommodations {
        if let Some(facts) = facts.get_mut(&person) {
            facts.accommodations.push(accommodation);
        }
    }
    facts
}

fn key(person: &WorkPerson) -> (String, String, Uuid) {
    (
        person.last_name.to_lowercase(),
        person.name.to_lowercase(),
        person.id.uuid(),
    )
}

fn next_due(due: &[SharedDueRow], person: &WorkPerson, now: DateTime<Utc>) -> Option<TeamNextDue> {
    let today = today(now, person.zone);
    due.iter()
        .find(|item| item.person_id == person.id && item.visible_on <= today)
        .map(|item| TeamNextDue {
            name: item.name.clone(),
            due_on: item.due_on,
            past_due: item.due_on < today,
        })
}

fn wanted(row: &TeamPerson, query: &TeamPeopleQuery, now: DateTime<Utc>) -> bool {
    let status = query.status.is_none_or(|filter| {
        row.status
            == match filter {
                TeamFilter::OffWork => WorkStatus::OffWork,
                TeamFilter::Restricted => WorkStatus::Restricted,
                TeamFilter::FullDuty => WorkStatus::FullDuty,
            }
    });
    let ending = query.ending_within.is_none_or(|days| {
        let limited = matches!(row.status, WorkStatus::OffWork | WorkStatus::Restricted);
        let by = now + Duration::days(i64::from(days));
        limited && row.since.until_at.is_some_and(|until| until <= by)
    });
    let past_due = query
        .past_due
        .is_none_or(|asked| row.next_due.as_ref().is_some_and(|due| due.past_due) == asked);
    status && ending && past_due
}
