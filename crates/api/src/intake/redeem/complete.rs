use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::accounts::{PasswordProblem, check_new_password, normalize_password};
use salus_domain::ids::{AccountId, PersonId, PickupCodeId, ProviderOrgId, RedemptionId};
use salus_store::accounts as accounts_store;
use salus_store::intake::codes as codes_store;
use salus_store::intake::redemptions as store;
use salus_types::accounts::SignedIn;
use salus_types::intake::{CompleteRedemption, problems};
use salus_types::problem::{self, Problem};
use uuid::Uuid;

use super::{Attempt, attempt, email_place, organization, step_refused};
use crate::accounts::handlers::{answer_signed_in, device_of};
use crate::accounts::sign_in::{Holder, Opened};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id};
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words;

/// End an attempt with a password; signs in as `POST /auth/sessions` does.
#[utoipa::path(
    tag = "intake",
    security(()),
    params(("id" = Uuid, Path, description = "The redemption")),
    request_body = CompleteRedemption,
    responses(
        (status = 201, body = SignedIn),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`redemption-over`"),
        (status = 422, body = Problem, description = "`code-not-usable`, `password-unacceptable`"),
    )
)]
#[post("/public/code-redemptions/{id}/completion")]
pub async fn complete_code_redemption(
    state: Data<AppState>,
    request: HttpRequest,
    id: Id<RedemptionId>,
    body: Body<CompleteRedemption>,
) -> Result<HttpResponse, ApiError> {
    let opened = redeem(&state, &request, id.0, body.into_inner()).await;
    state.metrics.signed_in("code", &opened);
    Ok(answer_signed_in(StatusCode::CREATED, opened?))
}

async fn redeem(
    state: &AppState,
    request: &HttpRequest,
    id: RedemptionId,
    command: CompleteRedemption,
) -> Result<Opened, ApiError> {
    let language = words::offered(&command.language)
        .ok_or_else(|| ApiError::field("/language", "unknown_language"))?;
    let org = organization(state, id).await?;
    // The rules first, without holding anything while the password is hashed.
    state
        .run_system(org, "complete_code_redemption", async |tx: &mut Tx| {
            let attempt = attempt(tx, id, &command.token).await?;
            let now = tx.now;
            attempt.rule.clone().complete(now).map_err(step_refused)?;
            let own = own_words(tx, &attempt).await?;
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            check_new_password(&command.password, &own).map_err(unacceptable)
        })
        .await?;
    let hash = state
        .hasher
        .hash(&normalize_password(&command.password))
        .await?;
    let (account, epoch) = state
        .run_system(org, "complete_code_redemption", async |tx: &mut Tx| {
            let attempt = attempt(tx, id, &command.token).await?;
            activate(tx, attempt, &hash, language).await
        })
        .await?;
    let holder = Holder {
        account,
        org,
        epoch,
        device: device_of(request),
        portal: None,
    };
    state.open_session(holder).await
}

async fn own_words(tx: &mut Tx, attempt: &Attempt) -> Result<Vec<String>, ApiError> {
    let mut own = store::name_of(tx.conn(), PersonId(attempt.code.person_id))
        .await?
        .to_vec();
    own.push(email(tx, attempt).await?);
    Ok(own)
}

async fn email(tx: &mut Tx, attempt: &Attempt) -> Result<String, ApiError> {
    let sealed = attempt.row.sealed_email.clone().unwrap_or_default();
    let key = tx.organization_key().await?;
    let bytes = key.open(&email_place(attempt.row.id), &sealed)?;
    String::from_utf8(bytes).map_err(ApiError::internal)
}

fn unacceptable(problem: PasswordProblem) -> ApiError {
    let field = match problem {
        PasswordProblem::TooShort => Field::new("/password", "too_short")
            .with("limit", salus_domain::accounts::MIN_SINGLE_FACTOR),
        PasswordProblem::TooLong => {
            Field::new("/password", "too_long").with("limit", salus_domain::accounts::MAX_PASSWORD)
        }
        PasswordProblem::TooCommon => Field::new("/password", "password_too_common"),
        PasswordProblem::ContainsName => Field::new("/password", "password_contains_name"),
    };
    ApiError::of(problem::PASSWORD_UNACCEPTABLE).fields(vec![field])
}

/// Spends the code and opens the account, all or nothing. Of two attempts at once, the code's lock
/// lets one through; the other finds it spent.
async fn activate(
    tx: &mut Tx,
    mut attempt: Attempt,
    hash: &str,
    language: &str,
) -> Result<(AccountId, i32), ApiError> {
    let now = tx.now;
    let org = tx.actor.provider_org;
    let rule = attempt.rule.clone().complete(now).map_err(step_refused)?;
    attempt.take(rule);
    let person = PersonId(attempt.code.person_id);
    let name = email(tx, &attempt).await?;
    let account = own_account(tx, person, language).await?;
    let spent =
        codes_store::spend(tx.conn(), PickupCodeId(attempt.code.id), account.0, now).await?;
    if !spent {
        return Err(ApiError::of(problems::CODE_NOT_USABLE));
    }
    accounts_store::activate(tx.conn(), account, hash, language, now).await?;
    let rights = ["self", "portal_user"].map(|kind| right(org, account, person, kind, now));
    accounts_store::insert_relationships(tx.conn(), &rights).await?;
    store::keep_email(tx.conn(), org.0, person, &name, now).await?;
    store::save_redemption(tx.conn(), &attempt.row).await?;
    let about = About::person(person).object(attempt.code.id);
    tx.allow(Act::Change, DataClass::PersonAccess, about, ())?;
    tx.detail(&["account", "pickup_code"], None);
    let payload = serde_json::json!({ "account_id": account, "person_id": person });
    tx.emit("account.activated", payload);
    if !store::claim_sign_in_name(tx.conn(), org, account, &name, now).await? {
        return Err(ApiError::of(problems::REDEMPTION_OVER));
    }
    let epoch = store::epoch_of(tx.conn(), account).await?;
    Ok((account, epoch))
}

/// The account of the person, made now when there is none.
async fn own_account(tx: &mut Tx, person: PersonId, language: &str) -> Result<AccountId, ApiError> {
    if let Some(account) = accounts_store::account_of_person(tx.conn(), person).await? {
        return Ok(account);
    }
    let [preferred, first, last] = store::name_of(tx.conn(), person).await?;
    let first = if preferred.is_empty() {
        first
    } else {
        preferred
    };
    let account = accounts_store::NewAccount {
        id: Uuid::now_v7(),
        provider_org_id: tx.actor.provider_org.0,
        kind: "managed".to_owned(),
        state: "invited".to_owned(),
        display_name: format!("{first} {last}").trim().chars().take(200).collect(),
        language: language.to_owned(),
        password_hash: None,
        password_changed_at: None,
        sandbox: false,
        created_at: tx.now,
        created_by: None,
    };
    let id = AccountId(account.id);
    accounts_store::insert_accounts(tx.conn(), &[account]).await?;
    Ok(id)
}

fn right(
    org: ProviderOrgId,
    account: AccountId,
    person: PersonId,
    kind: &str,
    now: DateTime<Utc>,
) -> accounts_store::NewRelationship {
    accounts_store::NewRelationship {
        id: Uuid::now_v7(),
        provider_org_id: org.0,
        account_id: account.0,
        person_id: person.0,
        kind: kind.to_owned(),
        line: None,
        source: "code".to_owned(),
        starts_at: now,
        created_at: now,
        created_by: None,
    }
}
