use actix_web::patch;
use actix_web::web::{Data, Json};
use salus_domain::access::{About, Act, DataClass};
use salus_domain::accounts::normalize_name;
use salus_domain::ids::{PersonId, PickupCodeId, RedemptionId};
use salus_domain::intake::feed::values::is_email;
use salus_domain::intake::pickup_code::WRONG_ANSWERS;
use salus_domain::intake::redemption::StepRefusal;
use salus_store::accounts as accounts_store;
use salus_store::intake::codes::{self as codes_store, CodeRow};
use salus_store::intake::redemptions as store;
use salus_types::intake::{AnswerRedemption, Redemption as Shown, Who};
use salus_types::problem::Problem;
use uuid::Uuid;

use super::{Attempt, attempt, email_place, facts, organization, show, step_refused};
use crate::error::ApiError;
use crate::extract::{Body, Id};
use crate::mail::Letter;
use crate::state::AppState;
use crate::transaction::Tx;
use crate::words;

/// Answer the step an attempt waits for.
#[utoipa::path(
    tag = "intake",
    security(()),
    params(("id" = Uuid, Path, description = "The redemption")),
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
        tx.emit("pickup_code.locked", payload);
    }
    Ok(())
}

fn digits_hash(tx: &Tx, redemption: Uuid, digits: &str) -> Vec<u8> {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let key = tx.state.key_file.derive("six digits");
    key.hash(format!("{redemption}:{digits}").as_bytes())
        .to_vec()
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
        calendar: None,
    };
    tx.mail(kind, language, &letter).await
}
