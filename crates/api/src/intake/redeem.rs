//! Redeeming a pick-up code, before sign-in: the code, a fact, who is asking, an address with six
//! digits, a password. Nothing here tells whether an address or a code is known to anybody.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, patch, post};
use chrono::{DateTime, Duration, Utc};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::accounts::{
    PasswordProblem, check_new_password, normalize_name, normalize_password,
};
use salus_domain::ids::{AccountId, PersonId, PickupCodeId, ProviderOrgId, RedemptionId};
use salus_domain::intake::PickupCode as Code;
use salus_domain::intake::feed::values::is_email;
use salus_domain::intake::pickup_code::{
    self as rules, CodeRefusal, Purpose, State, WRONG_ANSWERS,
};
use salus_domain::intake::redemption::{ChartFacts, Fact, Redemption, Step, StepRefusal};
use salus_store::accounts as accounts_store;
use salus_store::intake::codes::{self as codes_store, CodeRow};
use salus_store::intake::redemptions::{self as store, RedemptionRow};
use salus_store::sealing::Place;
use salus_types::accounts::SignedIn;
use salus_types::intake::{
    AnswerRedemption, CompleteRedemption, Redemption as Shown, StartRedemption, Who, problems,
};
use salus_types::problem::{self, Problem};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::codes::hash;
use crate::accounts::handlers::{answer_signed_in, device_of};
use crate::accounts::sign_in::{Holder, hash_token, new_refresh_token};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id};
use crate::http::request::current;
use crate::mail::Letter;
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words;

/// Registers the operations of this feature.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(start_code_redemption)
        .service(answer_code_redemption)
        .service(complete_code_redemption);
}

fn refused(refusal: CodeRefusal) -> ApiError {
    match refusal {
        CodeRefusal::NotUsable => ApiError::of(problems::CODE_NOT_USABLE),
        CodeRefusal::Expired(at) => ApiError::of(problems::CODE_EXPIRED).with("expired_at", at),
        CodeRefusal::Locked => ApiError::of(problems::CODE_LOCKED),
    }
}

fn step_refused(refusal: StepRefusal) -> ApiError {
    match refusal {
        StepRefusal::Over => ApiError::of(problems::REDEMPTION_OVER),
        StepRefusal::WrongFact(0) => ApiError::of(problems::CODE_LOCKED),
        StepRefusal::WrongFact(left) | StepRefusal::WrongDigits(left) => {
            ApiError::of(problems::VERIFICATION_FAILED).with("tries_left", left)
        }
        StepRefusal::SomeoneElse => ApiError::of(problems::SOMEONE_ELSE_CODE_NEEDED),
        StepRefusal::DigitsOver => {
            ApiError::of(problems::VERIFICATION_FAILED).with("tries_left", 0)
        }
        StepRefusal::TooManyMessages => ApiError::of(problem::RATE_LIMITED).retry_after(1_800),
    }
}

/// Counts a try from an address: so many an hour, right or wrong.
async fn count_try(state: &AppState, request: &HttpRequest) -> Result<(), ApiError> {
    let address = request
        .peer_addr()
        .map(|a| a.ip().to_string())
        .unwrap_or_default();
    let key = format!("code:{address}");
    let now = state.clock.session_now();
    let mut tx = state.database.authn().await?;
    let conn = tx.connection();
    let row = accounts_store::lock_throttles(conn, std::slice::from_ref(&key)).await?;
    let open = row
        .into_iter()
        .next()
        .filter(|row| row.window_started_at > now - Duration::hours(1));
    let (tries, since) = open.map_or((0, now), |row| (row.failures, row.window_started_at));
    if i64::from(tries) >= i64::from(state.settings.rates.codes_per_hour) {
        tx.commit().await?;
        let left = (since + Duration::hours(1) - now).num_seconds();
        let seconds = u32::try_from(left).unwrap_or(3_600);
        return Err(ApiError::of(problem::RATE_LIMITED).retry_after(seconds));
    }
    let row = accounts_store::ThrottleRow {
        key,
        failures: tries + 1,
        window_started_at: since,
        last_failure_at: now,
        locked_until: None,
    };
    accounts_store::save_throttle(conn, &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Begin to redeem a pick-up code.
#[utoipa::path(
    tag = "intake",
    security(()),
    request_body = StartRedemption,
    responses(
        (status = 201, body = Shown),
        (status = 410, body = Problem, description = "`code-expired`"),
        (status = 422, body = Problem, description = "`code-not-usable`, `code-needs-staff`"),
        (status = 423, body = Problem, description = "`code-locked`"),
        (status = 429, body = Problem, description = "`rate-limited`"),
    )
)]
#[post("/public/code-redemptions")]
pub async fn start_code_redemption(
    state: Data<AppState>,
    request: HttpRequest,
    body: Body<StartRedemption>,
) -> Result<HttpResponse, ApiError> {
    count_try(&state, &request).await?;
    let unusable = || ApiError::of(problems::CODE_NOT_USABLE);
    let code = Code::parse(&body.code).map_err(|_| unusable())?;
    let mut tx = state.database.authn().await?;
    let found = codes_store::find_by_hash(tx.connection(), &hash(&state, &code)).await?;
    tx.commit().await?;
    let found = found.ok_or_else(unusable)?;
    let now = state.clock.now();
    usable(&found, now)?;
    let token = new_refresh_token()?;
    let language = current().language;
    let org = ProviderOrgId(found.provider_org_id);
    let shown = state
        .run_system(org, "start_code_redemption", async |tx: &mut Tx| {
            let facts = facts(tx, &found).await?;
            if facts.asked() == Fact::None {
                return Err(ApiError::of(problems::CODE_NEEDS_STAFF));
            }
            let begun = Redemption::begin(purpose(&found), now);
            let row = RedemptionRow {
                id: Uuid::now_v7(),
                provider_org_id: org.0,
                code_id: found.id,
                token_hash: hash_token(&token).to_vec(),
                step: begun.step.word().to_owned(),
                language: language.clone(),
                sealed_email: None,
                digits_hash: None,
                digits_expire_at: None,
                wrong_digits: 0,
                messages: 0,
                created_at: now,
                expires_at: begun.expires_at,
            };
            store::insert_redemption(tx.conn(), &row).await?;
            Ok(show(&row, Some(&facts)))
        })
        .await?;
    let shown = Shown {
        token: Some(token),
        ..shown
    };
    Ok(HttpResponse::build(StatusCode::CREATED).json(shown))
}

fn usable(code: &CodeRow, now: DateTime<Utc>) -> Result<(), ApiError> {
    let state = State::parse(&code.state).unwrap_or(State::Void);
    rules::check(state, code.expires_at, now).map_err(refused)
}

fn purpose(code: &CodeRow) -> Purpose {
    Purpose::parse(&code.purpose).unwrap_or(Purpose::Proxy)
}

async fn facts(tx: &mut Tx, code: &CodeRow) -> Result<ChartFacts, ApiError> {
    let person = PersonId(code.person_id);
    let (birth_date, phones) = store::chart_facts(tx.conn(), person).await?;
    Ok(ChartFacts { birth_date, phones })
}

fn show(row: &RedemptionRow, facts: Option<&ChartFacts>) -> Shown {
    Shown {
        id: RedemptionId(row.id),
        token: None,
        step: row.step.clone(),
        fact: facts.and_then(|facts| match facts.asked() {
            Fact::BirthDate => Some("birth_date".to_owned()),
            Fact::PhoneDigits => Some("phone_digits".to_owned()),
            Fact::None => None,
        }),
        expires_at: row.expires_at,
    }
}

/// An attempt with its code, both locked.
struct Attempt {
    row: RedemptionRow,
    code: CodeRow,
    rule: Redemption,
}

impl Attempt {
    /// Takes over what the rule says.
    fn take(&mut self, rule: Redemption) {
        rule.step.word().clone_into(&mut self.row.step);
        self.row.digits_expire_at = rule.digits_expire_at;
        self.row.wrong_digits = rule.wrong_digits;
        self.row.messages = rule.messages;
        self.rule = rule;
    }
}

async fn organization(state: &AppState, id: RedemptionId) -> Result<ProviderOrgId, ApiError> {
    let mut tx = state.database.authn().await?;
    let org = store::organization_of(tx.connection(), id).await?;
    tx.commit().await?;
    org.map(ProviderOrgId).ok_or_else(ApiError::not_found)
}

async fn attempt(tx: &mut Tx, id: RedemptionId, token: &str) -> Result<Attempt, ApiError> {
    let row = store::lock_redemption(tx.conn(), id)
        .await?
        .filter(|row| row.token_hash == hash_token(token))
        .ok_or_else(ApiError::not_found)?;
    let code = codes_store::lock_code(tx.conn(), PickupCodeId(row.code_id))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let now = tx.now;
    usable(&code, now)?;
    let rule = Redemption {
        purpose: purpose(&code),
        step: Step::parse(&row.step).unwrap_or(Step::Done),
        expires_at: row.expires_at,
        digits_expire_at: row.digits_expire_at,
        wrong_digits: row.wrong_digits,
        messages: row.messages,
    };
    Ok(Attempt { row, code, rule })
}

/// Answer the step an attempt waits for.
#[utoipa::path(
    tag = "intake",
    security(()),
    params(("id" = Uuid, Path)),
    request_body = AnswerRedemption,
    responses(
        (status = 200, body = Shown),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`redemption-over`"),
        (status = 422, body = Problem, description = "`verification-failed`, `someone-else-code-needed`, `code-not-usable`"),
        (status = 423, body = Problem, description = "`code-locked`"),
    )
)]
#[patch("/public/code-redemptions/{id}")]
pub async fn answer_code_redemption(
    state: Data<AppState>,
    id: Id<RedemptionId>,
    body: Body<AnswerRedemption>,
) -> Result<Json<Shown>, ApiError> {
    let answer = body.into_inner();
    let given = usize::from(answer.birth_date.is_some())
        + usize::from(answer.phone_digits.is_some())
        + usize::from(answer.who.is_some())
        + usize::from(answer.email.is_some())
        + usize::from(answer.digits.is_some());
    if given != 1 {
        return Err(ApiError::field("", "one_of"));
    }
    let org = organization(&state, id.0).await?;
    let taken = if let Some(email) = &answer.email {
        let name = normalize_name(email);
        if !is_email(&name) {
            return Err(ApiError::field("/email", "invalid"));
        }
        let mut tx = state.database.authn().await?;
        let found = accounts_store::find_sign_in(tx.connection(), &name).await?;
        tx.commit().await?;
        found.is_some()
    } else {
        false
    };
    // A wrong answer is counted, so its transaction is kept and the refusal carried out of it.
    let answered = state
        .run_system(org, "answer_code_redemption", async |tx: &mut Tx| {
            let attempt = attempt(tx, id.0, &answer.token).await?;
            take_answer(tx, attempt, &answer, taken).await
        })
        .await?;
    answered.map(Json)
}

async fn take_answer(
    tx: &mut Tx,
    mut attempt: Attempt,
    answer: &AnswerRedemption,
    taken: bool,
) -> Result<Result<Shown, ApiError>, ApiError> {
    let now = tx.now;
    if answer.birth_date.is_some() || answer.phone_digits.is_some() {
        return take_fact(tx, attempt, answer).await;
    }
    let rule = attempt.rule.clone();
    if let Some(who) = answer.who {
        match rule.answer_who(who == Who::Myself, now) {
            Ok(rule) => attempt.take(rule),
            Err(refusal) => return Ok(Err(step_refused(refusal))),
        }
    } else if let Some(email) = &answer.email {
        match rule.send_digits(now) {
            Ok(rule) => attempt.take(rule),
            Err(refusal) => return Ok(Err(step_refused(refusal))),
        }
        send_digits(tx, &mut attempt, &normalize_name(email), taken).await?;
    } else if let Some(digits) = &answer.digits {
        let expected = attempt.row.digits_hash.clone();
        let given = digits_hash(tx, attempt.row.id, digits);
        let right = expected.is_some_and(|expected| expected == given);
        match rule.answer_digits(right, now) {
            Ok(rule) => attempt.take(rule),
            Err((rule, refusal)) => {
                attempt.take(rule);
                store::save_redemption(tx.conn(), &attempt.row).await?;
                return Ok(Err(step_refused(refusal)));
            }
        }
    }
    store::save_redemption(tx.conn(), &attempt.row).await?;
    Ok(Ok(show(&attempt.row, None)))
}

async fn take_fact(
    tx: &mut Tx,
    mut attempt: Attempt,
    answer: &AnswerRedemption,
) -> Result<Result<Shown, ApiError>, ApiError> {
    let now = tx.now;
    let facts = facts(tx, &attempt.code).await?;
    let right = answer.birth_date.is_some_and(|d| facts.is_birth_date(d))
        || answer
            .phone_digits
            .as_deref()
            .is_some_and(|digits| facts.is_phone_ending(digits));
    let wrong_before = attempt.code.wrong_answers;
    match attempt.rule.clone().answer_fact(right, wrong_before, now) {
        Ok(rule) => attempt.take(rule),
        Err(refusal) => {
            if matches!(refusal, StepRefusal::WrongFact(_)) {
                count_wrong(tx, &attempt.code).await?;
            }
            return Ok(Err(step_refused(refusal)));
        }
    }
    store::save_redemption(tx.conn(), &attempt.row).await?;
    Ok(Ok(show(&attempt.row, None)))
}

/// A wrong answer; the fifth locks the code, and the clinic is told.
async fn count_wrong(tx: &mut Tx, code: &CodeRow) -> Result<(), ApiError> {
    let locks = code.wrong_answers + 1 >= WRONG_ANSWERS;
    let (id, now) = (PickupCodeId(code.id), tx.now);
    codes_store::wrong_answer(tx.conn(), id, locks, now).await?;
    if locks {
        let person = PersonId(code.person_id);
        let about = About::person(person).object(code.id);
        tx.allow(Act::Change, DataClass::PersonAccess, about, ())?;
        tx.detail(&["pickup_code"], Some("locked after wrong answers"));
        let payload = serde_json::json!({ "person_id": person, "code_id": id });
        tx.emit("pickup_code.locked", payload).await?;
    }
    Ok(())
}

fn digits_hash(tx: &Tx, redemption: Uuid, digits: &str) -> Vec<u8> {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let key = tx.state.key_file.derive("six digits");
    key.hash(format!("{redemption}:{digits}").as_bytes())
        .to_vec()
}

fn email_place(redemption: Uuid) -> Place<'static> {
    Place {
        table: "code_redemptions",
        column: "sealed_email",
        row: redemption,
    }
}

/// Sends six digits; to an address that has an account, how to sign in instead. The page is told
/// the same.
async fn send_digits(
    tx: &mut Tx,
    attempt: &mut Attempt,
    email: &str,
    taken: bool,
) -> Result<(), ApiError> {
    let number = u32::from_le_bytes(salus_store::sealing::random()?) % 1_000_000;
    let digits = format!("{number:06}");
    let sealed = tx
        .organization_key()
        .await?
        .seal(&email_place(attempt.row.id), email.as_bytes())?;
    attempt.row.sealed_email = Some(sealed);
    let hashed = digits_hash(tx, attempt.row.id, &digits);
    attempt.row.digits_hash = (!taken).then_some(hashed);
    let language = words::offered(&attempt.row.language).unwrap_or("en");
    let (kind, variable) = if taken {
        let link = format!(
            "{}/employee/",
            tx.state.settings.public_url.trim_end_matches('/')
        );
        ("code-check-known", ("link".to_owned(), link))
    } else {
        ("code-check", ("code".to_owned(), digits))
    };
    let letter = Letter {
        to: email.to_owned(),
        variables: vec![variable],
    };
    tx.mail(kind, language, &letter).await
}

/// End an attempt with a password; signs in as `POST /auth/sessions` does.
#[utoipa::path(
    tag = "intake",
    security(()),
    params(("id" = Uuid, Path)),
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
    let command = body.into_inner();
    let language = words::offered(&command.language)
        .ok_or_else(|| ApiError::field("/language", "unknown_language"))?;
    let org = organization(&state, id.0).await?;
    // The rules first, without holding anything while the password is hashed.
    state
        .run_system(org, "complete_code_redemption", async |tx: &mut Tx| {
            let attempt = attempt(tx, id.0, &command.token).await?;
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
            let attempt = attempt(tx, id.0, &command.token).await?;
            activate(tx, attempt, &hash, language).await
        })
        .await?;
    let holder = Holder {
        account,
        org,
        epoch,
        device: device_of(&request),
        portal: None,
    };
    let opened = state.open_session(holder).await?;
    Ok(answer_signed_in(StatusCode::CREATED, opened))
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
    tx.emit("account.activated", payload).await?;
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
