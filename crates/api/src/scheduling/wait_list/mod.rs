//! Waiting for a time: what one waits for, the times that are offered, the clinic's list.

mod clinic;
mod me;
mod offers;
mod shown;

pub use clinic::{
    close_wait_list_item, escalate_wait_list_item, list_offer_rounds, list_wait_list_items,
};
pub use me::{change_my_wait_list_item, list_my_wait_list_items, wish_earlier_appointment};
pub(super) use offers::{accept, refuse, was_taken};
pub use offers::{accept_my_offer, refuse_my_offer};

use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::WaitListItemId;
use salus_domain::scheduling::Wishes;
use salus_store::scheduling::{
    self as store, DueToVisit, NewWaitListItem, WaitListRecord, WaitsFor,
};
use uuid::Uuid;

use crate::error::ApiError;
use crate::transaction::Tx;

/// The most due items of one transaction.
const AT_ONCE: i64 = 200;

/// Puts what is due and answered by a visit on the wait list, until it has one.
pub(crate) async fn wait_for_due_item(
    tx: &mut Tx,
    id: WaitListItemId,
    due: &DueToVisit,
    wishes: Wishes,
) -> Result<(), ApiError> {
    let new = NewWaitListItem {
        id,
        org: tx.actor.provider_org,
        person: due.person,
        employer: due.employer,
        record: store::record_of(false),
        appointment_type: due.appointment_type,
        waits_for: WaitsFor::DueItem(due.id),
        wishes,
        created_by: tx.actor.account,
        now: due.since,
    };
    let about = About::person(new.person).employer(new.employer).object(id);
    let permission = tx.allow(Act::Create, DataClass::Appointment, about, ())?;
    Ok(store::insert_wait_list_item(tx.shared(), &permission, &new).await?)
}

/// Puts on the wait list what was due before there was one; answers whether there may be more.
pub(super) async fn wait_for_older(tx: &mut Tx) -> Result<bool, ApiError> {
    let older = store::due_items_not_waiting(tx.shared(), AT_ONCE).await?;
    for due in &older {
        let id = WaitListItemId(Uuid::now_v7());
        wait_for_due_item(tx, id, due, Wishes::default()).await?;
    }
    Ok(i64::try_from(older.len()).is_ok_and(|count| count == AT_ONCE))
}

/// An item, locked for an act on it.
async fn find(
    tx: &mut Tx,
    id: WaitListItemId,
    class: DataClass,
) -> Result<(WaitListRecord, Allowed<WaitListItemId>), ApiError> {
    let Some(record) = store::lock_wait_list_item(tx.shared(), id).await? else {
        return Err(tx.missing(Act::Change, class, id));
    };
    let about = About::person(record.person)
        .employer(record.employer)
        .object(id);
    let allowed = tx.allow(Act::Change, class, about, id)?;
    Ok((record, allowed))
}
