//! The clinic's wait list, and the log of what was offered to whom.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use salus_domain::access::{Act, Allowed, DataClass};
use salus_domain::ids::{OfferRoundId, WaitListItemId};
use salus_domain::scheduling::ClosedBecause;
use salus_domain::time;
use salus_store::scheduling::{self as store, WaitListFilter};
use salus_types::page::Page;
use salus_types::problem::{Problem, WRONG_STATE};
use salus_types::scheduling::{
    ClinicWaitListItem, EscalateWaitListItem, OfferRound, OffersQuery, WaitListQuery,
};

use super::{find, shown};
use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::{Body, Id, IfMatch, Query, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

const CLASS: DataClass = DataClass::AppointmentDetail;
/// How many of the latest times that became free are shown.
const LATEST: i64 = 50;

/// Who waits for a time and has none, or wants an earlier one; the longest first.
#[utoipa::path(
    tag = "scheduling",
    params(WaitListQuery),
    responses(
        (status = 200, body = Page<ClinicWaitListItem>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/wait-list-items")]
pub async fn list_wait_list_items(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<WaitListQuery>,
) -> Result<Json<Page<ClinicWaitListItem>>, ApiError> {
    let query = query.0;
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, CLASS)?;
            let filter = WaitListFilter {
                location: query.location,
                resource: query.resource,
                appointment_type: query.appointment_type_id,
                due_until: query.due,
                visible_until: match query.hide_future {
                    true => Some(today_at_clinic(tx).await?),
                    false => None,
                },
            };
            let records = store::list_wait_list(tx.shared(), &scope, &filter).await?;
            tx.shown(&scope, records.iter().map(|r| (r.person, r.id.0)));
            shown::for_clinic(tx, &records).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Today at the first of the clinics.
async fn today_at_clinic(tx: &mut Tx) -> Result<chrono::NaiveDate, ApiError> {
    let now = tx.now;
    let clinics = store::list_clinics(tx.conn()).await?;
    let zone = clinics.first().map(|clinic| clinic.place.zone);
    Ok(time::local_date(now, zone.unwrap_or(time::Tz::UTC)))
}

/// Put somebody before all others who wait, or back among them.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "What they wait for")),
    request_body = EscalateWaitListItem,
    responses(
        (status = 200, body = ClinicWaitListItem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/wait-list-items/{id}/escalation")]
pub async fn escalate_wait_list_item(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<WaitListItemId>,
    version: IfMatch,
    body: Body<EscalateWaitListItem>,
) -> Result<Versioned<ClinicWaitListItem>, ApiError> {
    changed(
        &state,
        &caller,
        id.0,
        version,
        async |tx: &mut Tx, allowed: Allowed<WaitListItemId>| {
            tx.detail(&["escalated"], None);
            let (by, now) = (tx.actor.account, tx.now);
            let since = body.escalated.then_some(now);
            Ok(store::escalate_wait_list_item(tx.shared(), &allowed, since, by).await?)
        },
    )
    .await
}

/// Say that somebody does not wait any more. What is due stays due.
#[utoipa::path(
    tag = "scheduling",
    params(("id" = Uuid, Path, description = "What they wait for")),
    responses(
        (status = 200, body = ClinicWaitListItem),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/wait-list-items/{id}/closing")]
pub async fn close_wait_list_item(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<WaitListItemId>,
    version: IfMatch,
) -> Result<Versioned<ClinicWaitListItem>, ApiError> {
    changed(
        &state,
        &caller,
        id.0,
        version,
        async |tx: &mut Tx, allowed: Allowed<WaitListItemId>| {
            tx.detail(&["closed"], None);
            let (by, now) = (tx.actor.account, tx.now);
            let because = ClosedBecause::Clinic;
            Ok(store::close_wait_list_item(tx.shared(), &allowed, because, by, now).await?)
        },
    )
    .await
}

/// Times that became free, the latest first: whom each was offered to, who was passed over and why.
#[utoipa::path(
    tag = "scheduling",
    params(OffersQuery),
    responses(
        (status = 200, body = Page<OfferRound>),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
    )
)]
#[get("/clinic/offers")]
pub async fn list_offer_rounds(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<OffersQuery>,
) -> Result<Json<Page<OfferRound>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, CLASS)?;
            let records = store::latest_rounds(tx.shared(), query.0.item, LATEST).await?;
            let ids: Vec<OfferRoundId> = records.iter().map(|record| record.id).collect();
            let turns = store::turns_of(tx.shared(), &scope, &ids).await?;
            tx.shown(&scope, turns.iter().map(|t| (t.person, t.item.0)));
            shown::rounds(tx, &records, &turns).await
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// Changes an item that is open, and shows the clinic what it is like then.
async fn changed(
    state: &AppState,
    caller: &Caller<Clinic>,
    id: WaitListItemId,
    version: IfMatch,
    change: impl AsyncFn(&mut Tx, Allowed<WaitListItemId>) -> Result<(), ApiError>,
) -> Result<Versioned<ClinicWaitListItem>, ApiError> {
    let answer = state
        .run_retrying(caller, async |tx: &mut Tx| {
            let (record, allowed) = find(tx, id, CLASS).await?;
            version.check(record.version)?;
            if record.closed {
                return Err(ApiError::of(WRONG_STATE));
            }
            change(tx, allowed).await?;
            let record = store::find_wait_list_item(tx.shared(), id)
                .await?
                .ok_or_else(ApiError::not_found)?;
            let mut shown = shown::for_clinic(tx, &[record]).await?;
            shown.pop().ok_or_else(ApiError::not_found)
        })
        .await?;
    let version = answer.version;
    Ok(Versioned(answer, version))
}
