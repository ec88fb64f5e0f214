//! The keys that sign access tokens belong to all servers on a database. Each reads them every
//! minute; whichever sees first that the next one is due makes it, a day before it signs. A token of
//! a key this server has not read yet sends it looking at once.

use actix_web::http::header::{self, HeaderMap};
use chrono::{DateTime, Utc};
use salus_store::accounts as store;
use salus_store::accounts::SigningKeyRow;
use salus_store::database::Database;
use salus_store::sealing::KeyFile;

use super::tokens::{Claims, Tokens};
use crate::error::ApiError;
use crate::state::AppState;

const EVERY: std::time::Duration = std::time::Duration::from_secs(60);
/// Looks for an unknown key are so far apart: anybody can make up the name of one.
const BETWEEN_LOOKS: chrono::Duration = chrono::Duration::seconds(1);

/// When this server last looked for a key it did not know. Who asks meanwhile waits for the look
/// that is under way.
#[derive(Default)]
pub struct Looking(tokio::sync::Mutex<Option<DateTime<Utc>>>);

/// The keys, newest first; the next one is made when it is due.
///
/// # Errors
/// What the database says.
pub async fn read(
    database: &Database,
    key_file: &KeyFile,
    now: DateTime<Utc>,
) -> Result<Vec<SigningKeyRow>, ApiError> {
    let mut tx = database.authn().await?;
    let mut rows = store::signing_keys(tx.connection()).await?;
    if Tokens::next_is_due(&rows, now) {
        store::lock_signing_keys(tx.connection()).await?;
        // Another server may have made it while this one waited.
        rows = store::signing_keys(tx.connection()).await?;
        if Tokens::next_is_due(&rows, now) {
            let key = Tokens::new_key(&rows, key_file, now)?;
            store::insert_signing_key(tx.connection(), &key).await?;
            rows.insert(0, key);
        }
    }
    tx.commit().await?;
    Ok(rows)
}

/// Reads the keys again and again until the server stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    while stopping.pause(EVERY).await {
        if let Err(error) = read_again(&state).await {
            tracing::warn!(error = error.logged(), "the signing keys could not be read");
        }
    }
}

/// Reads the keys again.
///
/// # Errors
/// What the database says.
pub async fn read_again(state: &AppState) -> Result<(), ApiError> {
    let now = state.clock.session_now();
    let rows = read(&state.database, &state.key_file, now).await?;
    state.tokens.take(&rows, &state.key_file, now)
}

/// What a request's access token says, if it carries a valid one.
pub async fn claims(headers: &HeaderMap, state: &AppState) -> Option<Claims> {
    let bearer = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let token = bearer.strip_prefix("Bearer ")?;
    let now = state.clock.session_now();
    if state.tokens.is_of_unknown_key(token) {
        look_for(token, state).await;
    }
    state.tokens.verify(token, now)
}

async fn look_for(token: &str, state: &AppState) {
    let mut last = state.looking.0.lock().await;
    let now = state.clock.session_now();
    let recent = last.is_some_and(|last| (now - last).abs() < BETWEEN_LOOKS);
    if recent || !state.tokens.is_of_unknown_key(token) {
        return;
    }
    if let Err(error) = read_again(state).await {
        tracing::warn!(error = error.logged(), "the signing keys could not be read");
    }
    *last = Some(state.clock.session_now());
}
