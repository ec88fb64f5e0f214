use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use salus_domain::accounts::Rate;
use salus_domain::ids::ProviderOrgId;
use salus_domain::intake::PickupCode as Code;
use salus_domain::intake::redemption::{Fact, Redemption};
use salus_store::intake::codes as codes_store;
use salus_store::intake::redemptions::{self as store, RedemptionRow};
use salus_types::intake::{Redemption as Shown, StartRedemption, problems};
use salus_types::problem::Problem;
use uuid::Uuid;

use super::{facts, purpose, show, usable};
use crate::accounts::sign_in::{hash_token, new_refresh_token};
use crate::accounts::throttling::count_try;
use crate::error::ApiError;
use crate::extract::Body;
use crate::http::request::current;
use crate::intake::codes::hash;
use crate::state::AppState;
use crate::transaction::Tx;

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
    let rate = Rate::an_hour(state.settings.rates.codes_per_hour);
    count_try(&state, &request, "code", rate).await?;
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
