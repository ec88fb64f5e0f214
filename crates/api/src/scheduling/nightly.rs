//! What the night does with visits that nobody said anything of.

use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{AppointmentId, ProviderOrgId};
use salus_domain::scheduling::appointment::{days_gone_before, perform};
use salus_domain::scheduling::{Act as VisitAct, Audience, State};
use salus_store::scheduling::{self as store, Cancellation};
use std::time::Duration;

use super::booking::{give_back, tell};
use super::rounds::close_settled;
use super::taking::act_refused;
use crate::error::ApiError;
use crate::state::AppState;
use crate::transaction::Tx;

/// The most visits of one location in one transaction.
const AT_ONCE: i64 = 200;

/// Settles the days gone by, each minute, until the server stops.
pub async fn settle(state: AppState) {
    let mut stopping = state.stop.follow();
    loop {
        if let Err(error) = settle_once(&state).await {
            tracing::warn!(
                error = error.logged(),
                "visits of the days gone by could not be settled"
            );
        }
        if !stopping.pause(Duration::from_secs(60)).await {
            return;
        }
    }
}

/// Settles the days gone by: from half past midnight at its location on, a visit without a check-in
/// is missed, and one the clinic never agreed to is given back. Who waits for what is no longer due
/// waits no more.
///
/// # Errors
/// What the database says.
pub async fn settle_once(state: &AppState) -> Result<(), ApiError> {
    let mut tx = state.database.authn().await?;
    let organizations = salus_store::accounts::provider_organizations(tx.connection()).await?;
    tx.commit().await?;
    for (org, _) in organizations {
        state
            .run_system(ProviderOrgId(org), "settle_visits", async |tx: &mut Tx| {
                let now = tx.now;
                for (location, zone) in store::places_that_settle(tx.conn()).await? {
                    let before = days_gone_before(now, zone);
                    for id in store::open_before(tx.conn(), location, before, AT_ONCE).await? {
                        settle_visit(tx, id).await?;
                    }
                }
                close_settled(tx).await
            })
            .await?;
    }
    Ok(())
}

async fn settle_visit(tx: &mut Tx, id: AppointmentId) -> Result<(), ApiError> {
    let now = tx.now;
    let Some(found) = store::lock_appointment(tx.conn(), id).await? else {
        return Ok(());
    };
    let act = match found.rules.state {
        State::Booked => VisitAct::Miss,
        State::Pending => VisitAct::Deny,
        // Somebody was quicker.
        _ => return Ok(()),
    };
    let about = About::person(found.person)
        .employer(found.employer)
        .object(id);
    let allowed = tx.allow(Act::Change, DataClass::Appointment, about, found.rules)?;
    tx.detail(&["state"], None);
    let (visit, event) = allowed
        .decide(|rules| perform(rules, act, Audience::Clinic, now))
        .map_err(act_refused)?;
    if act == VisitAct::Miss {
        store::progress_appointment(tx.shared(), &visit, act, None, now).await?;
    } else {
        let reasons = store::cancel_reasons(tx.conn()).await?;
        let reason = reasons.iter().find(|one| one.rules.is_of_the_night());
        let how = Cancellation {
            reason: reason.map(|reason| reason.id),
            ..Cancellation::by(Audience::Clinic, None, now)
        };
        give_back(tx, &visit, &how).await?;
    }
    tell(tx, event, found.person, found.employer);
    Ok(())
}
