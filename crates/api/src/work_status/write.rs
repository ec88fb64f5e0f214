//! Writing and changing a restriction.

use actix_web::web::Data;
use actix_web::{patch, post};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{AccountId, EmployerId, PersonId, RestrictionId};
use salus_domain::work_status::change::Author;
use salus_domain::work_status::draft::{
    NOTE_MAX, PROBLEM_MAX, PROVIDER_MAX, RestrictionDraft, too_long,
};
use salus_domain::work_status::{Clinical, LocalMoment, Provider, Restriction, Source};
use salus_store::work_status::{
    Sealed, StoredRestriction, Writing, insert_restriction, insert_restriction_version,
    is_clinician, lock_restriction, save_restriction,
};
use salus_types::problem::{self, Problem};
use salus_types::work_status::{ChangeRestriction, ClinicRestriction, Period, WriteRestriction};
use uuid::Uuid;

use super::lint::{self, Confirmed};
use super::read::person;
use super::{refused, shown};
use crate::access::{Caller, Clinic};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// Write a restriction.
///
/// Dates are in the zone of the person's work location. A comment that looks like health
/// information needs a confirmation, because it crosses to the supervisor.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = WriteRestriction,
    responses(
        (status = 201, body = ClinicRestriction),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem, description = "`end-required`, `end-and-permanent`, `end-before-start`, `limit-invalid`, `ladder-not-falling`, `side-required`, `lint-confirmation-required`, `lint-token-stale`, `invalid`"),
    )
)]
#[post("/clinic/people/{id}/restrictions")]
pub async fn write_restriction(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    key: Idempotency,
    body: Body<WriteRestriction>,
) -> Result<Created, ApiError> {
    let command = (*body).clone();
    state
        .create(&caller, &key, &body, async |tx| {
            let command = command.clone();
            let (person, allowed) = person(tx, Act::Create, id.0).await?;
            let by = author(tx)?;
            let draft = RestrictionDraft {
                kind: command.kind,
                limit: command.limit,
                side: command.side,
                starts: command.starts,
                ends: command.ends,
                permanent: command.permanent,
                affects_work: command.affects_work,
                comment: command.comment.clone(),
            };
            let provider = provider(
                tx,
                by.account,
                command.provider_account_id,
                command.provider_name,
            )
            .await?;
            let mut faults = Vec::new();
            let terms = draft
                .check(person.zone, tx.now)
                .map_err(|wrong| faults.extend(wrong))
                .ok();
            faults.extend(too_long(
                command.clinical_note.as_deref(),
                NOTE_MAX,
                "/clinical_note",
            ));
            faults.extend(too_long(
                command.problem.as_deref(),
                PROBLEM_MAX,
                "/problem",
            ));
            let Some(terms) = terms.filter(|_| faults.is_empty()) else {
                return Err(refused(faults));
            };
            let confirmation = command.lint_confirmation.as_ref();
            let confirmed =
                lint::check(tx, "/comment", command.comment.as_deref(), confirmation).await?;
            let source = match provider {
                Some(Provider::Outside(_)) => Source::OutsideNote,
                _ => Source::Clinic,
            };
            let new = Restriction::write(
                RestrictionId(Uuid::now_v7()),
                id.0,
                terms,
                Clinical {
                    occupational: command.occupational,
                    note: None,
                    problem: None,
                    disability_criteria: command.disability_criteria,
                    reason_released: command.reason_released,
                    provider,
                },
                command.notify,
                source,
                by,
            );
            let with = Writing {
                provider_org: tx.actor.provider_org,
                employer: person.employer_id,
                sealed: Sealed {
                    note: seal(tx, &new, shown::NOTE, command.clinical_note).await?,
                    problem: seal(tx, &new, shown::PROBLEM, command.problem).await?,
                },
            };
            let new = allowed.clone().try_map(|_| Ok::<_, ApiError>(new))?;
            insert_restriction(tx.conn(), &new, &with).await?;
            insert_restriction_version(tx.conn(), &new, &with).await?;
            noted(tx, &["restriction"], confirmed.as_ref());
            announce(tx, new.get(), with.employer, false);
            let made = only(shown::reread(tx, &allowed, &[new.get().id]).await?)?;
            Created::at(
                format!("/api/v1/clinic/restrictions/{}", made.id),
                made.version,
                &made,
            )
        })
        .await
}

/// Change what a restriction says.
#[utoipa::path(
    tag = "work_status",
    params(("id" = Uuid, Path, description = "The restriction")),
    request_body = ChangeRestriction,
    responses(
        (status = 200, body = ClinicRestriction),
        (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem, description = "`version-conflict`"),
        (status = 422, body = Problem), (status = 428, body = Problem),
    )
)]
#[patch("/clinic/restrictions/{id}")]
pub async fn change_restriction(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<RestrictionId>,
    version: IfMatch,
    body: Body<ChangeRestriction>,
) -> Result<Versioned<ClinicRestriction>, ApiError> {
    let change = body.into_inner();
    let made = state
        .run(&caller, async |tx| {
            let (found, allowed) = locked(tx, id.0, version).await?;
            let by = author(tx)?;
            let current = found.restriction;
            let faults: Vec<_> = [
                too_long(text(&change.clinical_note), NOTE_MAX, "/clinical_note"),
                too_long(text(&change.problem), PROBLEM_MAX, "/problem"),
            ]
            .into_iter()
            .flatten()
            .collect();
            if !faults.is_empty() {
                return Err(refused(faults));
            }
            let terms = changed_terms(&current, &change, tx.now)?;
            let confirmation = change.lint_confirmation.as_ref();
            let confirmed =
                lint::check(tx, "/comment", text(&change.comment), confirmation).await?;
            let clinical = Clinical {
                occupational: change.occupational.unwrap_or(current.clinical.occupational),
                disability_criteria: change
                    .disability_criteria
                    .unwrap_or(current.clinical.disability_criteria),
                reason_released: change
                    .reason_released
                    .unwrap_or(current.clinical.reason_released),
                ..current.clinical.clone()
            };
            let notify = change.notify.unwrap_or(current.notify);
            let was_shared = current.terms.affects_work;
            let mut sealed = found.sealed;
            if let Some(note) = change.clinical_note {
                sealed.note = seal(tx, &current, shown::NOTE, note).await?;
            }
            if let Some(problem) = change.problem {
                sealed.problem = seal(tx, &current, shown::PROBLEM, problem).await?;
            }
            let new = current
                .edit(terms, clinical, notify, by)
                .map_err(|_| ApiError::of(problem::WRONG_STATE))?;
            let with = Writing {
                provider_org: tx.actor.provider_org,
                employer: found.employer_id,
                sealed,
            };
            noted(tx, &["restriction"], confirmed.as_ref());
            keep(tx, &allowed, new, &with, was_shared).await
        })
        .await?;
    let version = made.version;
    Ok(Versioned(made, version))
}

/// A restriction locked for a change, when the caller may change it and read the version it has.
///
/// # Errors
/// 403, 404 or 412.
pub(super) async fn locked(
    tx: &mut Tx,
    id: RestrictionId,
    version: IfMatch,
) -> Result<(StoredRestriction, Allowed<PersonId>), ApiError> {
    tx.scope(Act::Change, DataClass::WorkStatusReason)?;
    let Some(found) = lock_restriction(tx.conn(), id).await? else {
        return Err(tx.missing(Act::Change, DataClass::WorkStatusReason, id));
    };
    let about = About::person(found.restriction.person_id)
        .employer(found.employer_id)
        .object(id);
    let person = found.restriction.person_id;
    let allowed = tx.allow(Act::Change, DataClass::WorkStatusReason, about, person)?;
    version.check(found.restriction.version)?;
    Ok((found, allowed))
}

/// Keeps a new version and shows it. `was_shared`: the supervisor saw the version before.
///
/// # Errors
/// What the database says.
pub(super) async fn keep(
    tx: &mut Tx,
    person: &Allowed<PersonId>,
    new: Restriction,
    with: &Writing,
    was_shared: bool,
) -> Result<ClinicRestriction, ApiError> {
    let id = new.id;
    let new = person.clone().try_map(|_| Ok::<_, ApiError>(new))?;
    save_restriction(tx.conn(), &new, with).await?;
    insert_restriction_version(tx.conn(), &new, with).await?;
    announce(tx, new.get(), with.employer, was_shared);
    only(shown::reread(tx, person, &[id]).await?)
}

/// Who saves, and when.
///
/// # Errors
/// 403 for a job.
pub(super) fn author(tx: &Tx) -> Result<Author, ApiError> {
    Ok(Author {
        account: tx.actor.account()?,
        at: tx.now,
    })
}

/// Tells live listeners and those who write notices, ids only. A supervisor hears of what they see
/// now or saw before.
///
/// # Errors
/// What the database says.
pub(super) fn announce(
    tx: &mut Tx,
    restriction: &Restriction,
    employer: EmployerId,
    was_shared: bool,
) {
    let payload = serde_json::json!({
        "person_id": restriction.person_id,
        "employer_id": employer,
        "restriction_id": restriction.id,
        "version": restriction.version,
        "team": was_shared || restriction.terms.affects_work,
    });
    tx.emit("work_status.changed", payload);
}

pub(super) fn noted(tx: &mut Tx, fields: &[&str], confirmed: Option<&Confirmed>) {
    match confirmed {
        Some(confirmed) => {
            let mut fields = fields.to_vec();
            fields.push(if confirmed.sensitive {
                "shared_text_sensitive"
            } else {
                "shared_text_confirmed"
            });
            tx.detail(&fields, Some(&confirmed.reason));
        }
        None => tx.detail(fields, None),
    }
}

fn only(mut shown: Vec<ClinicRestriction>) -> Result<ClinicRestriction, ApiError> {
    shown.pop().ok_or_else(ApiError::not_found)
}

fn text(change: &Option<Option<String>>) -> Option<&str> {
    change.as_ref().and_then(|text| text.as_deref())
}

async fn seal(
    tx: &mut Tx,
    restriction: &Restriction,
    column: &'static str,
    text: Option<String>,
) -> Result<Option<Vec<u8>>, ApiError> {
    let Some(text) = text
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    let key = tx.chart_key(restriction.person_id).await?;
    Ok(Some(key.seal(
        &shown::place(restriction.id, column),
        text.as_bytes(),
    )?))
}

async fn provider(
    tx: &mut Tx,
    caller: AccountId,
    account: Option<AccountId>,
    name: Option<String>,
) -> Result<Option<Provider>, ApiError> {
    let name = name
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty());
    match (account, name) {
        (Some(_), Some(_)) => Err(ApiError::invalid(vec![
            Field::new("/provider_account_id", "one_of"),
            Field::new("/provider_name", "one_of"),
        ])),
        (None, Some(name)) => match too_long(Some(&name), PROVIDER_MAX, "/provider_name") {
            Some(fault) => Err(refused(vec![fault])),
            None => Ok(Some(Provider::Outside(name))),
        },
        (Some(account), None) => {
            let now = tx.now;
            if is_clinician(tx.conn(), account, now).await? {
                Ok(Some(Provider::Account(account)))
            } else {
                Err(ApiError::field("/provider_account_id", "invalid"))
            }
        }
        (None, None) => Ok(Some(Provider::Account(caller))),
    }
}

/// The terms after a merge: dates that are not touched keep their instants.
fn changed_terms(
    current: &Restriction,
    change: &ChangeRestriction,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<salus_domain::work_status::Terms, ApiError> {
    let terms = &current.terms;
    let period = Period::from(terms.interval);
    let untouched = change.starts.is_none() && change.ends.is_none() && change.permanent.is_none();
    let permanent = change.permanent.unwrap_or(match change.ends {
        Some(Some(_)) => false,
        _ => period.ends.is_none(),
    });
    let ends: Option<LocalMoment> = match change.ends {
        Some(ends) => ends,
        None if change.permanent == Some(true) => None,
        None => period.ends,
    };
    let draft = RestrictionDraft {
        kind: terms.kind,
        limit: change.limit.clone().unwrap_or_else(|| terms.limit.clone()),
        side: change.side.unwrap_or(terms.side),
        starts: Some(change.starts.unwrap_or(period.starts)),
        ends,
        permanent,
        affects_work: change.affects_work.unwrap_or(terms.affects_work),
        comment: match &change.comment {
            Some(comment) => comment.clone(),
            None => terms.comment.as_ref().map(|text| text.expose().clone()),
        },
    };
    let mut new = draft.check(terms.interval.zone, now).map_err(refused)?;
    if untouched {
        new.interval = terms.interval;
    }
    Ok(new)
}
