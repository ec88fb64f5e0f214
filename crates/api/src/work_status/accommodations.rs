//! Accommodations as the clinic reads and writes them.

use actix_web::web::{Data, Json};
use actix_web::{get, patch, post};
use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{EmployerId, PersonId, RestrictionId};
use salus_domain::private::Private;
use salus_domain::work_status::change::Author;
use salus_domain::work_status::{
    AccommodationDraft, ClinicAccommodation as Accommodation, DayEffect, Ending, Phase, State,
    not_accommodated,
};
use salus_store::work_status::{
    StoredAccommodation, insert_accommodation, list_accommodations, list_restrictions,
    lock_accommodation, save_accommodation,
};
use salus_types::problem::Problem;
use salus_types::work_status::{
    AccommodationAct, ChangeAccommodation, ClinicAccommodation, ClinicAccommodations,
    EndAccommodation, LintConfirmation, MarkAccommodationAsError, Period, RestrictionsQuery,
    WriteAccommodation,
};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::change::refused as refused_change;
use super::lint::{self, Confirmed};
use super::read::person;
use super::refused;
use super::write::{author, noted};
use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// A person's accommodations, the newest start first, ended ones only when asked for; and the
/// restrictions that none of them answers.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The person"), RestrictionsQuery),
    responses((status = 200, body = ClinicAccommodations), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/clinic/people/{id}/accommodations")]
pub async fn list_person_accommodations(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    query: Query<RestrictionsQuery>,
) -> Result<Json<ClinicAccommodations>, ApiError> {
    let answer = state.run(&caller, async |tx| {
        let (_, allowed) = person(tx, Act::Read, id.0).await?;
        let now = tx.now;
        let stored = list_accommodations(tx.conn(), &allowed).await?;
        let restrictions: Vec<_> = list_restrictions(tx.conn(), &allowed)
            .await?
            .into_iter()
            .map(|one| one.restriction)
            .collect();
        let all: Vec<_> = stored.iter().map(|one| one.accommodation.clone()).collect();
        let ended = query.0.ended == Some(true);
        Ok(ClinicAccommodations {
            not_accommodated: not_accommodated(&restrictions, &all, now),
            items: stored
                .into_iter()
                .filter(|one| ended || counts(&one.accommodation, now))
                .map(|one| shown(one, now))
                .collect(),
            next_cursor: None,
        })
    });
    Ok(Json(answer.await?))
}

fn counts(one: &Accommodation, now: DateTime<Utc>) -> bool {
    one.state == State::Current && one.phase(now) != Phase::Ended
}

/// Write an accommodation.
///
/// Dates are in the zone of the person's work location. Details that look like health information
/// need a confirmation when they cross to the supervisor.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = WriteAccommodation,
    responses(
        (status = 201, body = ClinicAccommodation),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`end-before-start`, `lint-confirmation-required`, `lint-token-stale`, `invalid`"),
    )
)]
#[post("/clinic/people/{id}/accommodations")]
pub async fn write_accommodation(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    key: Idempotency,
    body: Body<WriteAccommodation>,
) -> Result<Created, ApiError> {
    let command = (*body).clone();
    state
        .create(&caller, &key, &body, async |tx| {
            let command = command.clone();
            let (person, allowed) = person(tx, Act::Create, id.0).await?;
            let by = author(tx)?;
            let known = answerable(tx, &allowed).await?;
            let draft = AccommodationDraft {
                kind: command.kind,
                details: command.details.clone(),
                starts: command.starts,
                ends: command.ends,
                coverage: command.coverage,
                restrictions: command.restrictions,
            };
            let terms = draft.check(person.zone, tx.now, &known).map_err(refused)?;
            let confirmation = command.lint_confirmation.as_ref();
            let effect = command.kind.effect();
            let confirmed = checked(tx, effect, command.details.as_deref(), confirmation).await?;
            let new = Accommodation {
                id: Uuid::now_v7(),
                person_id: id.0,
                version: 1,
                state: State::Current,
                error_reason: None,
                terms,
                notify: command.notify,
                saved_by: by.account,
                saved_at: by.at,
            };
            let org = tx.actor.provider_org;
            let new = allowed.clone().try_map(|_| Ok::<_, ApiError>(new))?;
            insert_accommodation(tx.conn(), &new, org, person.employer_id).await?;
            noted(tx, &["accommodation"], confirmed.as_ref());
            announce(tx, new.get(), person.employer_id);
            let made = reread(tx, &allowed, new.get().id).await?;
            let address = format!("/api/v1/clinic/accommodations/{}", made.id);
            Created::at(address, made.version, &made)
        })
        .await
}

/// Change what an accommodation says.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The accommodation")),
    request_body = ChangeAccommodation,
    responses(
        (status = 200, body = ClinicAccommodation),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem), (status = 428, body = Problem),
    )
)]
#[patch("/clinic/accommodations/{id}")]
pub async fn change_accommodation(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<Uuid>,
    version: IfMatch,
    body: Body<ChangeAccommodation>,
) -> Result<Versioned<ClinicAccommodation>, ApiError> {
    let change = body.into_inner();
    act(
        &caller,
        &state,
        id.0,
        version,
        async |tx, known, one, by| {
            let (before, period) = (&one.terms, Period::from(one.terms.interval));
            let untouched = change.starts.is_none() && change.ends.is_none();
            let details = || before.details.as_ref().map(|text| text.expose().clone());
            let draft = AccommodationDraft {
                kind: change.kind.unwrap_or(before.kind),
                details: change.details.clone().unwrap_or_else(details),
                starts: Some(change.starts.unwrap_or(period.starts)),
                ends: change.ends.unwrap_or(period.ends),
                coverage: change.coverage.unwrap_or(before.coverage),
                restrictions: change
                    .restrictions
                    .clone()
                    .unwrap_or_else(|| before.restrictions.iter().copied().collect()),
            };
            // What it answered before it may go on answering, though that has ended.
            let known = known.union(&before.restrictions).copied().collect();
            let (effect, zone) = (draft.kind.effect(), before.interval.zone);
            let text = draft.details.clone();
            let mut terms = draft.check(zone, tx.now, &known).map_err(refused)?;
            if untouched {
                terms.interval = before.interval;
            }
            // A text that crosses now and did not before is looked at like a new one.
            let crosses = change.details.is_some() || effect != before.kind.effect();
            let shared = text.as_deref().filter(|_| crosses);
            let confirmed = checked(tx, effect, shared, change.lint_confirmation.as_ref()).await?;
            noted(tx, &["accommodation"], confirmed.as_ref());
            let notify = change.notify.unwrap_or(one.notify);
            one.edit(terms, notify, by).map_err(refused_change)
        },
    )
    .await
}

/// End an accommodation; a planned one is cancelled.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The accommodation")),
    request_body = EndAccommodation,
    responses(
        (status = 200, body = ClinicAccommodation),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem, description = "`end-before-start`"), (status = 428, body = Problem),
    )
)]
#[post("/clinic/accommodations/{id}/end")]
pub async fn end_accommodation(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<Uuid>,
    version: IfMatch,
    body: Body<EndAccommodation>,
) -> Result<Versioned<ClinicAccommodation>, ApiError> {
    let ending = body.ends.map_or(Ending::Now, Ending::At);
    act(&caller, &state, id.0, version, async |tx, _, one, by| {
        tx.detail(&["end"], None);
        one.end(ending, by).map_err(refused_change)
    })
    .await
}

/// Mark an accommodation as a mistake: it leaves every status and view, and stays in the clinic's
/// history.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The accommodation")),
    request_body = MarkAccommodationAsError,
    responses(
        (status = 200, body = ClinicAccommodation),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem), (status = 428, body = Problem),
    )
)]
#[post("/clinic/accommodations/{id}/error")]
pub async fn mark_accommodation_as_error(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<Uuid>,
    version: IfMatch,
    body: Body<MarkAccommodationAsError>,
) -> Result<Versioned<ClinicAccommodation>, ApiError> {
    let reason = body.into_inner().reason;
    act(&caller, &state, id.0, version, async |tx, _, one, by| {
        tx.detail(&["entered_in_error"], None);
        one.mark_error(&reason, by).map_err(refused_change)
    })
    .await
}

/// One change of one locked accommodation; the change is told which restrictions may be answered.
async fn act(
    caller: &Caller<Clinic>,
    state: &AppState,
    id: Uuid,
    version: IfMatch,
    change: impl AsyncFnOnce(
        &mut Tx,
        BTreeSet<RestrictionId>,
        Accommodation,
        Author,
    ) -> Result<Accommodation, ApiError>,
) -> Result<Versioned<ClinicAccommodation>, ApiError> {
    let made = state
        .run(caller, async |tx| {
            tx.scope(Act::Change, DataClass::WorkStatusReason)?;
            let Some(found) = lock_accommodation(tx.conn(), id).await? else {
                return Err(tx.missing(Act::Change, DataClass::WorkStatusReason, id));
            };
            let (person, employer) = (found.accommodation.person_id, found.employer_id);
            let about = About::person(person).employer(employer).object(id);
            let allowed = tx.allow(Act::Change, DataClass::WorkStatusReason, about, person)?;
            version.check(found.accommodation.version)?;
            let known = answerable(tx, &allowed).await?;
            let by = author(tx)?;
            let new = change(tx, known, found.accommodation, by).await?;
            let org = tx.actor.provider_org;
            let new = allowed.clone().try_map(|_| Ok::<_, ApiError>(new))?;
            save_accommodation(tx.conn(), &new, org, employer).await?;
            announce(tx, new.get(), employer);
            reread(tx, &allowed, id).await
        })
        .await?;
    let version = made.version;
    Ok(Versioned(made, version))
}

/// The person's restrictions that count and have not ended.
async fn answerable(
    tx: &mut Tx,
    person: &Allowed<PersonId>,
) -> Result<BTreeSet<RestrictionId>, ApiError> {
    let now = tx.now;
    let stored = list_restrictions(tx.conn(), person).await?;
    Ok(stored
        .into_iter()
        .map(|one| one.restriction)
        .filter(|one| one.state == State::Current && one.phase(now) != Phase::Ended)
        .map(|one| one.id)
        .collect())
}

/// Details cross to the supervisor only of somebody who is at work.
async fn checked(
    tx: &mut Tx,
    effect: DayEffect,
    details: Option<&str>,
    confirmation: Option<&LintConfirmation>,
) -> Result<Option<Confirmed>, ApiError> {
    let shared = details.filter(|_| effect == DayEffect::Restricted);
    lint::check(tx, "/details", shared, confirmation).await
}

fn announce(tx: &mut Tx, one: &Accommodation, employer: EmployerId) {
    let payload = serde_json::json!({
        "person_id": one.person_id,
        "employer_id": employer,
        "accommodation_id": one.id,
        "version": one.version,
        // Whether somebody is at work shows to the supervisor, whatever the reason.
        "team": true,
    });
    tx.emit("work_status.changed", payload);
}

async fn reread(
    tx: &mut Tx,
    person: &Allowed<PersonId>,
    id: Uuid,
) -> Result<ClinicAccommodation, ApiError> {
    let now = tx.now;
    let stored = list_accommodations(tx.conn(), person).await?;
    let one = stored.into_iter().find(|one| one.accommodation.id == id);
    one.map(|one| shown(one, now))
        .ok_or_else(ApiError::not_found)
}

fn shown(stored: StoredAccommodation, now: DateTime<Utc>) -> ClinicAccommodation {
    let one = stored.accommodation;
    let phase = one.phase(now);
    let mut allowed = Vec::new();
    if one.state == State::Current {
        allowed.push(AccommodationAct::Change);
        if phase != Phase::Ended {
            allowed.push(AccommodationAct::End);
        }
    }
    if one.state != State::EnteredInError {
        allowed.push(AccommodationAct::MarkAsError);
    }
    ClinicAccommodation {
        id: one.id,
        person_id: one.person_id,
        kind: one.terms.kind,
        away: one.terms.kind.effect() == DayEffect::Away,
        details: one.terms.details.map(Private::into_inner),
        period: one.terms.interval.into(),
        phase,
        state: one.state,
        error_reason: one.error_reason.map(Private::into_inner),
        coverage: one.terms.coverage,
        restrictions: one.terms.restrictions.into_iter().collect(),
        notify: one.notify,
        saved_at: one.saved_at,
        saved_by: stored.saved_by,
        allowed,
        version: one.version,
    }
}
