//! Counting tries in the database, so that neither a restart nor a second server forgets them.

use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};
use chrono::{DateTime, Utc};
use salus_domain::accounts::{Counted, Rate, Throttle};
use salus_domain::ids::ProviderOrgId;
use salus_store::accounts as store;
use salus_store::database::Connection;
use salus_types::problem;

use crate::error::ApiError;
use crate::http::rates::Standing;
use crate::http::request::address_of;
use crate::mail::Letter;
use crate::state::AppState;
use crate::words;

/// Counts a try from the caller's address, right or wrong, under a rate.
///
/// # Errors
/// 429 `rate-limited` when there were too many.
pub async fn count_try(
    state: &AppState,
    request: &HttpRequest,
    policy: &'static str,
    rate: Rate,
) -> Result<(), ApiError> {
    let key = format!("{policy}:{}", address_of(request));
    let now = state.clock.session_now();
    let mut tx = state.database.stranger().await?;
    let (tries, since) = store::count_try(tx.connection(), &key, rate.window, now).await?;
    tx.commit().await?;
    let tries = u32::try_from(tries).unwrap_or(u32::MAX);
    let seconds = |span: chrono::Duration| u32::try_from(span.num_seconds()).unwrap_or(u32::MAX);
    let standing = Standing {
        policy,
        quota: rate.limit,
        window: seconds(rate.window),
        remaining: rate.limit.saturating_sub(tries),
        reset: seconds(since + rate.window - now),
    };
    match rate.wait(tries, since, now) {
        Some(wait) => Err(ApiError::rate_limited(standing, seconds(wait))),
        None => {
            request.extensions_mut().insert(standing);
            Ok(())
        }
    }
}

/// How many tries were counted for the caller's address, and the seconds until they are forgotten.
///
/// # Errors
/// What the database says.
pub async fn tries_within(
    state: &AppState,
    request: &HttpRequest,
    policy: &'static str,
    rate: Rate,
) -> Result<(u32, u32), ApiError> {
    let key = format!("{policy}:{}", address_of(request));
    let now = state.clock.session_now();
    let mut tx = state.database.stranger().await?;
    let rows = store::lock_throttles(tx.connection(), &[key]).await?;
    tx.commit().await?;
    let live = rows
        .first()
        .filter(|row| now < row.window_started_at + rate.window);
    Ok(live.map_or((0, 0), |row| {
        let left = (row.window_started_at + rate.window - now).num_seconds() + 1;
        (
            u32::try_from(row.failures).unwrap_or_default(),
            u32::try_from(left).unwrap_or(1),
        )
    }))
}

/// How long a try has to wait, by the failures counted under these keys.
///
/// # Errors
/// What the database says.
pub async fn closed_for(
    conn: &mut Connection,
    keys: &[(String, Counted)],
    now: DateTime<Utc>,
) -> Result<Option<ApiError>, ApiError> {
    let names: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
    for row in store::lock_throttles(conn, &names).await? {
        let counted = keys
            .iter()
            .find(|(key, _)| *key == row.key)
            .map_or(Counted::Account, |(_, counted)| *counted);
        if let Some(until) = throttle(&row).closed_until(counted, now) {
            let seconds = u32::try_from((until - now).num_seconds() + 1).unwrap_or(60);
            return Ok(Some(ApiError::of(problem::LOCKED_OUT).retry_after(seconds)));
        }
    }
    Ok(None)
}

/// Counts a failure under every key; answers whether it closed one of them for a while.
///
/// # Errors
/// What the database says.
pub async fn count_failure(
    conn: &mut Connection,
    keys: &[(String, Counted)],
    now: DateTime<Utc>,
) -> Result<bool, ApiError> {
    let mut closed = false;
    let names: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
    let rows = store::lock_throttles(conn, &names).await?;
    for (key, counted) in keys {
        let before = rows.iter().find(|row| row.key == *key).map(throttle);
        let after = before.map_or_else(
            || Throttle::first(now),
            |before| before.failed(*counted, now),
        );
        closed |= after.locked_until.is_some();
        let row = store::ThrottleRow {
            key: key.clone(),
            failures: i32::try_from(after.failures).unwrap_or(i32::MAX),
            window_started_at: after.window_started_at,
            last_failure_at: after.last_failure_at,
            locked_until: after.locked_until,
        };
        store::save_throttle(conn, &row).await?;
    }
    Ok(closed)
}

/// Tells the holder of an account that it is closed for half an hour, at an address they sign in
/// with. Beside the answer, which is the same and as quick for a name nobody has.
pub fn tell_of_closing(state: Data<AppState>, name: String, account: &store::SignInRow) {
    if !name.contains('@') {
        return;
    }
    let org = ProviderOrgId(account.provider_org_id);
    let language = words::offered(&account.language).unwrap_or("en");
    actix_web::rt::spawn(async move {
        let letter = Letter {
            to: name,
            variables: vec![("minutes".to_owned(), "30".to_owned())],
            calendar: None,
        };
        let told = state
            .run_system(org, "open_session", async |tx| {
                tx.mail("sign-in-closed", language, &letter).await
            })
            .await;
        if let Err(error) = told {
            tracing::error!(
                error = error.logged(),
                "the holder of a closed account could not be told"
            );
        }
    });
}

fn throttle(row: &store::ThrottleRow) -> Throttle {
    Throttle {
        failures: u32::try_from(row.failures).unwrap_or_default(),
        window_started_at: row.window_started_at,
        last_failure_at: row.last_failure_at,
        locked_until: row.locked_until,
    }
}
