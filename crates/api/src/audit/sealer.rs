//! Seals the trail behind the writing, notes each block outside the database, and checks the whole
//! once a day.

use salus_store::audit::blocks::{self, Block, Report};
use salus_store::audit::seal::Hash;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::checkpoints::{self, Signer};
use crate::error::ApiError;
use crate::state::AppState;

/// How long what was written stays unsealed.
const PAUSE: Duration = Duration::from_secs(5);
/// How often the whole trail is checked.
const CHECKED_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Seals until the server stops. What has piled up is sealed a block at a time, with as long a rest
/// after each as it took: people's requests go on meanwhile.
pub async fn work(state: AppState) {
    let mut checked = Instant::now();
    let mut stopping = state.stop.follow();
    let mut pause = PAUSE;
    while stopping.pause(pause).await {
        let begun = Instant::now();
        pause = match seal_next(&state).await {
            Ok(Some(block)) if block.is_full() => begun.elapsed(),
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::warn!(
                    error = error.logged(),
                    "the audit trail could not be sealed"
                );
                PAUSE
            }
        };
        if checked.elapsed() >= CHECKED_EVERY {
            checked = Instant::now();
            check(&state).await;
        }
    }
}

/// Seals everything that is finished; gives back the blocks.
///
/// # Errors
/// What the database says.
pub async fn seal_all(state: &AppState) -> Result<Vec<Block>, ApiError> {
    let mut sealed = Vec::new();
    while let Some(block) = seal_next(state).await? {
        sealed.push(block);
    }
    Ok(sealed)
}

async fn seal_next(state: &AppState) -> Result<Option<Block>, ApiError> {
    let signer = Signer::new(&state.key_file)?;
    let Some(block) = seal(state, &signer).await? else {
        return Ok(None);
    };
    if let Some(file) = &state.settings.audit_checkpoints {
        let (file, noted) = (file.clone(), block.clone());
        let written = tokio::task::spawn_blocking(move || checkpoints::note(&file, &noted)).await;
        if let Err(error) = written.map_err(std::io::Error::other).flatten() {
            tracing::error!(%error, block = block.number, "an audit checkpoint could not be noted");
        }
    }
    Ok(Some(block))
}

async fn seal(state: &AppState, signer: &Signer) -> Result<Option<Block>, ApiError> {
    let mut tx = state.database.authn().await?;
    let block = if blocks::take_turn(tx.connection()).await? {
        let now = state.clock.session_now();
        blocks::seal_next(tx.connection(), now, &|hash| signer.sign(hash)).await?
    } else {
        None
    };
    tx.commit().await?;
    Ok(block)
}

/// Checks the whole trail.
///
/// # Errors
/// What the database says.
pub async fn verify(state: &AppState, noted: &BTreeMap<i64, Hash>) -> Result<Report, ApiError> {
    let signer = Signer::new(&state.key_file)?;
    let mut tx = state.database.authn().await?;
    let report = blocks::verify(tx.connection(), &|block| signer.signed(block), noted).await?;
    tx.rollback().await;
    Ok(report)
}

/// Checks the whole trail and tells what it found in the log and the numbers.
pub async fn check(state: &AppState) {
    match verify(state, &BTreeMap::new()).await {
        Ok(report) if report.broken.is_empty() => {
            state.metrics.trail_checked(true);
            tracing::info!(
                blocks = report.blocks,
                events = report.events,
                "the audit trail is whole"
            );
        }
        Ok(report) => {
            state.metrics.trail_checked(false);
            for broken in &report.broken {
                tracing::error!(%broken, "the audit trail is broken");
            }
        }
        Err(error) => {
            tracing::warn!(
                error = error.logged(),
                "the audit trail could not be checked"
            );
        }
    }
}
