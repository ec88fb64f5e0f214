//! Publications at a time.

use actix_web::delete;
use actix_web::web::Data;
use salus_domain::ids::{AccountId, PortalId};
use salus_domain::portals::versions::Planned;
use salus_store::portals::{self as store, Saving};
use salus_types::portals::PortalDraft;
use salus_types::problem::{Problem, WRONG_STATE};
use std::time::Duration;

use super::drafts::{lock_planned, publish, read, saving};
use crate::access::{Admin, Caller};
use crate::error::ApiError;
use crate::extract::{Id, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// Call a planned publication off: the draft can be changed again.
#[utoipa::path(
    tag = "portals",
    params(("id" = Uuid, Path, description = "The portal")),
    responses(
        (status = 200, body = PortalDraft),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`: none is planned, or it was published already"),
    )
)]
#[delete("/admin/portals/{id}/planned-publication")]
pub async fn call_off_publication(
    caller: Caller<Admin>,
    state: Data<AppState>,
    id: Id<PortalId>,
) -> Result<Versioned<PortalDraft>, ApiError> {
    let draft = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let permission = lock_planned(tx, id.0).await?;
            let planned = store::last_planned(tx.shared(), id.0).await?;
            let planned = planned.filter(|planned| planned.waits());
            let planned = planned.ok_or_else(|| ApiError::of(WRONG_STATE))?;
            let (conn, now) = (tx.shared(), tx.now);
            store::settle_planned(conn, &permission, planned.id, Planned::CalledOff, now).await?;
            read(tx, id.0).await?.shown(tx).await
        })
        .await?;
    Ok(Versioned::by(draft, |one| one.version))
}

/// Publishes what is due, each minute, until the server stops.
pub async fn work(state: AppState) {
    let mut stopping = state.stop.follow();
    loop {
        if let Err(error) = publish_due_once(&state).await {
            tracing::warn!(
                error = error.logged(),
                "publications that are due could not be made"
            );
        }
        if !stopping.pause(Duration::from_secs(60)).await {
            return;
        }
    }
}

/// Publishes what is due. What cannot be published any more is a draft again.
///
/// # Errors
/// What the database says.
pub async fn publish_due_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        let due = state
            .run_system(org, "publish_planned", async |tx: &mut Tx| {
                Ok(store::due_publications(tx.shared(), tx.now).await?)
            })
            .await?;
        for portal in due {
            let made = state
                .run_system(org, "publish_planned", async |tx: &mut Tx| {
                    publish_due(tx, portal).await
                })
                .await;
            // It is tried again, and keeps no other one from being published.
            if let Err(error) = made {
                tracing::warn!(
                    error = error.logged(),
                    %portal,
                    "a planned publication could not be made"
                );
            }
        }
    }
    Ok(())
}

async fn publish_due(tx: &mut Tx, id: PortalId) -> Result<(), ApiError> {
    let permission = lock_planned(tx, id).await?;
    let now = tx.now;
    let draft = read(tx, id).await?;
    let due = |planned: &&store::PlannedRow| planned.waits() && planned.publish_at <= now;
    let Some(planned) = draft.planned.as_ref().filter(due) else {
        // Another server was quicker, or somebody called it off.
        return Ok(());
    };
    let content = draft.content_of(tx, planned.brings_back).await?;
    let content = match content {
        Some(content) if draft.unpublishable(&content)?.is_empty() => Some(content),
        _ => None,
    };
    let state = if let Some(content) = content {
        let saving = Saving {
            by: Some(AccountId(planned.planned_by)),
            ..saving(tx, id)
        };
        publish(tx, &permission, &saving, &content, &planned.note).await?;
        Planned::Published
    } else {
        tracing::warn!(portal = %id, "a planned publication cannot be made any more");
        Planned::Failed
    };
    tx.detail(&[state.as_str()], None);
    store::settle_planned(tx.shared(), &permission, planned.id, state, now).await?;
    Ok(())
}
