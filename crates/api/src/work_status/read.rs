//! What the clinic reads: a person's restrictions, and their status as the supervisor sees it.

use actix_web::get;
use actix_web::web::{Data, Json};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::PersonId;
use salus_domain::time::day_start;
use salus_domain::work_status::{Phase, SharedWorkStatus, State, lost_time_days};
use salus_store::work_status::{WorkPerson, list_restrictions, work_people};
use salus_types::problem::Problem;
use salus_types::work_status::{ClinicRestrictions, ClinicWorkStatus, RestrictionsQuery, Since};

use super::me::{LOOK_BACK, OnQuery};
use super::shown;
use super::team::facts;
use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::{Id, Query};
use crate::state::AppState;
use crate::transaction::Tx;

/// A person the clinic may act on, and what they are to the policy.
///
/// # Errors
/// 403, or 404 when the person is out of reach.
pub(super) async fn person(
    tx: &mut Tx,
    act: Act,
    id: PersonId,
) -> Result<(WorkPerson, Allowed<PersonId>), ApiError> {
    // The door first: who may not do this at all learns nothing about ids.
    tx.scope(act, DataClass::WorkStatusReason)?;
    let Some(person) = work_people(tx.conn(), &[id]).await?.pop() else {
        return Err(tx.missing(act, DataClass::WorkStatusReason, id));
    };
    let about = About::person(id).employer(person.employer_id);
    let allowed = tx.allow(act, DataClass::WorkStatusReason, about, id)?;
    Ok((person, allowed))
}

/// A person's status and restrictions exactly as their supervisor sees them.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The person"), OnQuery),
    responses((status = 200, body = ClinicWorkStatus), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/clinic/people/{id}/work-status")]
pub async fn get_person_work_status(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    query: Query<OnQuery>,
) -> Result<Json<ClinicWorkStatus>, ApiError> {
    let status = state
        .run(&caller, async |tx| {
            let (person, _) = person(tx, Act::Read, id.0).await?;
            let asked = query.0.on.map(|date| day_start(date, person.zone));
            let since = asked.unwrap_or(tx.now).min(tx.now) - LOOK_BACK;
            let facts = facts(tx, std::slice::from_ref(&person), since)
                .await?
                .remove(&id.0)
                .ok_or_else(ApiError::not_found)?;
            let seen = match query.0.on {
                Some(date) => SharedWorkStatus::on(&facts, date, tx.now),
                None => SharedWorkStatus::now(&facts, tx.now),
            };
            let language = tx.actor.language.clone();
            Ok(ClinicWorkStatus {
                person_id: id.0,
                on: seen.on,
                status: seen.status,
                part_day: seen.part_day,
                since: Since::of(&seen.release, person.zone),
                lost_time_days: lost_time_days(&facts, seen.on),
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
            })
        })
        .await?;
    Ok(Json(status))
}

/// A person's restrictions, the newest start first; ended ones only when asked for.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The person"), RestrictionsQuery),
    responses((status = 200, body = ClinicRestrictions), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/clinic/people/{id}/restrictions")]
pub async fn list_person_restrictions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    query: Query<RestrictionsQuery>,
) -> Result<Json<ClinicRestrictions>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let (_, allowed) = person(tx, Act::Read, id.0).await?;
            let now = tx.now;
            let mut stored = list_restrictions(tx.conn(), &allowed).await?;
            if query.0.ended != Some(true) {
                stored.retain(|one| {
                    let restriction = &one.restriction;
                    restriction.state == State::Current && restriction.phase(now) != Phase::Ended
                });
            }
            shown::for_the_clinic(tx, stored).await
        })
        .await?;
    Ok(Json(ClinicRestrictions {
        items,
        next_cursor: None,
    }))
}
