//! Extending, ending, ending all, marking as a mistake.

use actix_web::post;
use actix_web::web::{Data, Json};
use salus_domain::access::Act;
use salus_domain::ids::{PersonId, RestrictionId};
use salus_domain::work_status::change::{Author, end_all};
use salus_domain::work_status::{ChangeError, Ending, Extension, Restriction};
use salus_store::work_status::{
    Sealed, Writing, insert_restriction_version, lock_restrictions, save_restriction,
};
use salus_types::problem::{self, Problem};
use salus_types::work_status::{
    ClinicRestriction, END_BEFORE_START, EndAllRestrictions, EndRestriction, EndedRestrictions,
    ExtendRestriction, MarkRestrictionAsError,
};
use std::collections::{BTreeSet, HashMap};

use super::read::person;
use super::shown;
use super::write::{announce, author, keep, locked};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;

/// Set a later end.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The restriction")),
    request_body = ExtendRestriction,
    responses(
        (status = 200, body = ClinicRestriction),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem), (status = 428, body = Problem),
    )
)]
#[post("/clinic/restrictions/{id}/extension")]
pub async fn extend_restriction(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<RestrictionId>,
    version: IfMatch,
    body: Body<ExtendRestriction>,
) -> Result<Versioned<ClinicRestriction>, ApiError> {
    let to = extension(&body)?;
    act(
        &caller,
        &state,
        id.0,
        version,
        "extension",
        |restriction, by| restriction.extend(to, by),
    )
    .await
}

/// End a restriction; a planned one is cancelled.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The restriction")),
    request_body = EndRestriction,
    responses(
        (status = 200, body = ClinicRestriction),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem, description = "`end-before-start`"), (status = 428, body = Problem),
    )
)]
#[post("/clinic/restrictions/{id}/end")]
pub async fn end_restriction(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<RestrictionId>,
    version: IfMatch,
    body: Body<EndRestriction>,
) -> Result<Versioned<ClinicRestriction>, ApiError> {
    let ending = body.ends.map_or(Ending::Now, Ending::At);
    act(&caller, &state, id.0, version, "end", |restriction, by| {
        restriction.end(ending, by)
    })
    .await
}

/// Mark a restriction as a mistake: it leaves every status and every supervisor's view, and stays
/// in the clinic's history.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The restriction")),
    request_body = MarkRestrictionAsError,
    responses(
        (status = 200, body = ClinicRestriction),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem), (status = 428, body = Problem),
    )
)]
#[post("/clinic/restrictions/{id}/error")]
pub async fn mark_restriction_as_error(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<RestrictionId>,
    version: IfMatch,
    body: Body<MarkRestrictionAsError>,
) -> Result<Versioned<ClinicRestriction>, ApiError> {
    let reason = body.into_inner().reason;
    act(
        &caller,
        &state,
        id.0,
        version,
        "entered_in_error",
        |restriction, by| restriction.mark_error(&reason, by),
    )
    .await
}

/// End every active restriction of a person today and cancel those that start later, in one
/// transaction. The list that was confirmed must still be the one there is.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = EndAllRestrictions,
    responses(
        (status = 200, body = EndedRestrictions),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`: the list has changed; `current` has the ids"),
    )
)]
#[post("/clinic/people/{id}/restrictions/end-all")]
pub async fn end_all_restrictions(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    body: Body<EndAllRestrictions>,
) -> Result<Json<EndedRestrictions>, ApiError> {
    let confirmed: BTreeSet<RestrictionId> = body.confirmed.iter().copied().collect();
    let answer = state
        .run(&caller, async |tx| {
            let (person, allowed) = person(tx, Act::Change, id.0).await?;
            let by = author(tx)?;
            let stored = lock_restrictions(tx.conn(), &allowed).await?;
            let mut sealed: HashMap<RestrictionId, Sealed> = stored
                .iter()
                .map(|one| (one.restriction.id, one.sealed.clone()))
                .collect();
            let restrictions = stored.into_iter().map(|one| one.restriction).collect();
            let done = end_all(restrictions, by);
            let ids = |list: &[Restriction]| list.iter().map(|one| one.id).collect::<Vec<_>>();
            let (ended, cancelled) = (ids(&done.ended), ids(&done.cancelled));
            let current: BTreeSet<_> = ended.iter().chain(&cancelled).copied().collect();
            if current != confirmed {
                return Err(ApiError::of(problem::WRONG_STATE).with("current", current));
            }
            tx.detail(&["end"], None);
            for new in done.ended.into_iter().chain(done.cancelled) {
                let with = Writing {
                    provider_org: tx.actor.provider_org,
                    employer: person.employer_id,
                    sealed: sealed.remove(&new.id).unwrap_or_default(),
                };
                let new = allowed.clone().try_map(|_| Ok::<_, ApiError>(new))?;
                save_restriction(tx.conn(), &new, &with).await?;
                insert_restriction_version(tx.conn(), &new, &with).await?;
                announce(tx, new.get(), with.employer, false);
            }
            Ok(EndedRestrictions {
                ended: shown::reread(tx, &allowed, &ended).await?,
                cancelled: shown::reread(tx, &allowed, &cancelled).await?,
            })
        })
        .await?;
    Ok(Json(answer))
}

/// One change of one locked restriction.
async fn act(
    caller: &Caller<Clinic>,
    state: &AppState,
    id: RestrictionId,
    version: IfMatch,
    field: &'static str,
    change: impl FnOnce(Restriction, Author) -> Result<Restriction, ChangeError>,
) -> Result<Versioned<ClinicRestriction>, ApiError> {
    let made = state
        .run(caller, async |tx| {
            let (found, allowed) = locked(tx, id, version).await?;
            let by = author(tx)?;
            let was_shared = found.restriction.terms.affects_work;
            let new = change(found.restriction, by).map_err(refused)?;
            let with = Writing {
                provider_org: tx.actor.provider_org,
                employer: found.employer_id,
                sealed: found.sealed,
            };
            tx.detail(&[field], None);
            keep(tx, &allowed, new, &with, was_shared).await
        })
        .await?;
    let version = made.version;
    Ok(Versioned(made, version))
}

pub(super) fn refused(error: ChangeError) -> ApiError {
    match error {
        ChangeError::NotCurrent | ChangeError::Permanent => ApiError::of(problem::WRONG_STATE),
        ChangeError::NotLater => ApiError::field("/ends", "not_later"),
        ChangeError::EndBeforeStart => {
            ApiError::of(END_BEFORE_START).fields(vec![Field::new("/ends", "end_before_start")])
        }
        ChangeError::ReasonRequired => ApiError::invalid(vec![
            Field::new("/reason", "reason_length").with("limit", 200),
        ]),
    }
}

fn extension(body: &ExtendRestriction) -> Result<Extension, ApiError> {
    match (body.ends, body.by.as_deref(), body.permanent) {
        (Some(moment), None, false) => Ok(Extension::To(moment)),
        (None, Some(by), false) => duration(by).ok_or_else(|| ApiError::field("/by", "invalid")),
        (None, None, true) => Ok(Extension::Permanent),
        _ => Err(ApiError::invalid(vec![
            Field::new("/ends", "one_of"),
            Field::new("/by", "one_of"),
            Field::new("/permanent", "one_of"),
        ])),
    }
}

/// Reads `P14D`, `P2W`, `P3M`, `P1Y`.
fn duration(text: &str) -> Option<Extension> {
    let amount = text.strip_prefix('P')?;
    let unit = amount.chars().last()?;
    let number: u32 = amount.strip_suffix(unit)?.parse().ok()?;
    if !(1..=1200).contains(&number) {
        return None;
    }
    match unit {
        'D' => Some(Extension::Days(number)),
        'W' => Some(Extension::Days(number * 7)),
        'M' => Some(Extension::Months(number)),
        'Y' => Some(Extension::Months(number * 12)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_days_weeks_months_or_years() {
        assert_eq!(duration("P14D"), Some(Extension::Days(14)));
        assert_eq!(duration("P2W"), Some(Extension::Days(14)));
        assert_eq!(duration("P1Y"), Some(Extension::Months(12)));
        for wrong in ["", "P", "1M", "P0M", "PT5M", "P1.5M", "P9999999999Y"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }
}
