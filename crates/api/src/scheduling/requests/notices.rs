//! What people are told outside the portal about what the clinic was asked for: that there is
//! something new, and no more.

use salus_domain::ids::AppointmentRequestId;
use salus_domain::scheduling::Audience;
use salus_store::notifications::{events_delivered, recipients, take_events};
use salus_store::scheduling::{self as store, RequestRecord};
use serde::Deserialize;
use std::collections::BTreeSet;
use uuid::Uuid;

use crate::error::ApiError;
use crate::notifications::{Door, something_new};
use crate::transaction::Tx;

/// Kinds of events that are told. What became a visit is told as the visit is.
pub(crate) const KINDS: [&str; 4] = [
    RECEIVED,
    "appointment_request.offered",
    "appointment_request.declined",
    "appointment_request.expired",
];
const RECEIVED: &str = "appointment_request.received";
/// The most events of one transaction.
const AT_ONCE: i64 = 200;

#[derive(Deserialize)]
struct Happened {
    request_id: AppointmentRequestId,
}

/// Tells what happened to requests, each once however much did.
pub(in super::super) async fn tell(tx: &mut Tx) -> Result<(), ApiError> {
    let now = tx.now;
    let mut ids: Vec<Uuid> = Vec::new();
    let (mut received, mut answered) = (BTreeSet::new(), BTreeSet::new());
    for kind in KINDS {
        for event in take_events(tx.conn(), kind, now, AT_ONCE).await? {
            ids.push(event.id);
            if let Ok(happened) = serde_json::from_value::<Happened>(event.payload) {
                let told = match kind {
                    RECEIVED => &mut received,
                    _ => &mut answered,
                };
                told.insert(happened.request_id);
            }
        }
    }
    for id in received.union(&answered) {
        let Some(record) = store::find_request(tx.shared(), *id).await? else {
            continue;
        };
        // Who asked for themselves knows that they did.
        if answered.contains(id) || record.rules.asked_by == Audience::Supervisor {
            of_request(tx, &record).await?;
        }
        if answered.contains(id) {
            to_supervisor(tx, &record).await?;
        }
    }
    events_delivered(tx.conn(), &ids, now).await?;
    Ok(())
}

async fn of_request(tx: &mut Tx, record: &RequestRecord) -> Result<(), ApiError> {
    let now = tx.now;
    let path = format!("/requests/{}", record.rules.id);
    for reader in recipients(tx.conn(), &[record.person], &["self"], now).await? {
        something_new(tx, &reader, Door::Employee, &path).await?;
    }
    Ok(())
}

/// Who asked for a report hears of it too, while they supervise them.
async fn to_supervisor(tx: &mut Tx, record: &RequestRecord) -> Result<(), ApiError> {
    let Some(account) = record.asked_by_account else {
        return Ok(());
    };
    let now = tx.now;
    let supervisors = ["supervisor", "backup_supervisor", "delegate"];
    for reader in recipients(tx.conn(), &[record.person], &supervisors, now).await? {
        if reader.account_id == account.0 {
            something_new(tx, &reader, Door::Supervisor, "/messages").await?;
            break;
        }
    }
    Ok(())
}
