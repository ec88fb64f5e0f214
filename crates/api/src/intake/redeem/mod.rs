//! Redeeming a pick-up code, before sign-in: the code, a fact, who is asking, an address with six
//! digits, a password. Nothing here tells whether an address or a code is known to anybody.

mod answer;
mod complete;
mod start;

use chrono::{DateTime, Utc};
use salus_domain::ids::{PersonId, PickupCodeId, ProviderOrgId, RedemptionId};
use salus_domain::intake::pickup_code::{self as rules, CodeRefusal, Purpose, State};
use salus_domain::intake::redemption::{ChartFacts, Fact, Redemption, Step, StepRefusal};
use salus_store::intake::codes::{self as codes_store, CodeRow};
use salus_store::intake::redemptions::{self as store, RedemptionRow};
use salus_store::sealing::Place;
use salus_types::intake::{Redemption as Shown, problems};
use salus_types::problem;
use uuid::Uuid;

use crate::accounts::sign_in::hash_token;
use crate::error::ApiError;
use crate::routes::Operations;
use crate::state::AppState;
use crate::transaction::Tx;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(start::start_code_redemption)
        .service(answer::answer_code_redemption)
        .service(complete::complete_code_redemption);
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

fn email_place(redemption: Uuid) -> Place<'static> {
    Place {
        table: "code_redemptions",
        column: "sealed_email",
        row: redemption,
    }
}
