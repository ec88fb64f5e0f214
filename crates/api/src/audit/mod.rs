//! "Who opened my record", the audit trail for privacy officers and auditors, and its sealing.

pub mod checkpoints;
pub mod sealer;

use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::{DateTime, Utc};
use salus_domain::access::{Act, DataClass};
use salus_domain::ids::{AuditEventId, PersonId};
use salus_store::audit::{AuditRow, list_events};
use salus_types::audit::{AuditEvent, LedgerEntry};
use salus_types::page::{Page, PageQuery};
use salus_types::problem::Problem;
use uuid::Uuid;

use crate::access::{Admin, Caller, Me};
use crate::error::ApiError;
use crate::extract::{Query, cursor, limit, place};
use crate::routes::Operations;
use crate::state::AppState;

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(list_my_access_ledger)
        .service(list_audit_events);
}

/// Who opened my record: every look and change, newest first.
#[utoipa::path(
    tag = "audit",
    params(PageQuery),
    responses((status = 200, body = Page<LedgerEntry>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/me/access-ledger")]
pub async fn list_my_access_ledger(
    caller: Caller<Me>,
    state: Data<AppState>,
    query: Query<PageQuery>,
) -> Result<Json<Page<LedgerEntry>>, ApiError> {
    let (rows, next_cursor, own) = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::AuditTrail)?;
            let (limit, before) = (
                limit(&query.0)?,
                place::<(DateTime<Utc>, Uuid)>(query.0.cursor.as_deref())?,
            );
            let rows = list_events(tx.conn(), &scope, before, limit + 1).await?;
            let (rows, next) = page(rows, limit)?;
            Ok((rows, next, tx.actor.account))
        })
        .await?;
    let items = rows.into_iter().map(|row| {
        let own = own.is_some_and(|account| row.account_id == Some(account.0));
        let capacity = capacity(&row).to_owned();
        LedgerEntry {
            id: AuditEventId(row.id),
            at: row.at,
            by: row.account_name,
            capacity,
            role: if matches!(row.hat.as_str(), "clinic" | "admin") {
                row.roles.first().cloned()
            } else {
                None
            },
            own,
            data_class: row.data_class,
            act: row.act,
            purpose: row.purpose,
        }
    });
    Ok(Json(Page {
        items: items.collect(),
        next_cursor,
    }))
}

/// The audit trail, newest first: privacy officers and auditors see all of it, portal
/// administrators what they did themselves.
#[utoipa::path(
    tag = "audit",
    params(PageQuery),
    responses((status = 200, body = Page<AuditEvent>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/admin/audit-events")]
pub async fn list_audit_events(
    caller: Caller<Admin>,
    state: Data<AppState>,
    query: Query<PageQuery>,
) -> Result<Json<Page<AuditEvent>>, ApiError> {
    let (rows, next_cursor) = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::AuditTrail)?;
            let (limit, before) = (
                limit(&query.0)?,
                place::<(DateTime<Utc>, Uuid)>(query.0.cursor.as_deref())?,
            );
            let rows = list_events(tx.conn(), &scope, before, limit + 1).await?;
            page(rows, limit)
        })
        .await?;
    let items = rows.into_iter().map(|row| AuditEvent {
        id: AuditEventId(row.id),
        at: row.at,
        by: row.account_name,
        hat: row.hat,
        roles: row.roles,
        person_id: row.person_id.map(PersonId),
        data_class: row.data_class,
        act: row.act,
        operation: row.operation,
        purpose: row.purpose,
        outcome: row.outcome,
        request_id: row.request_id,
    });
    Ok(Json(Page {
        items: items.collect(),
        next_cursor,
    }))
}

/// Cuts the extra row off that told whether there is a further page.
fn page(mut rows: Vec<AuditRow>, limit: i64) -> Result<(Vec<AuditRow>, Option<String>), ApiError> {
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| cursor(&(row.at, row.id)))
        .transpose()?;
    Ok((rows, next))
}

fn capacity(row: &AuditRow) -> &'static str {
    match row.hat.as_str() {
        "me" if row.on_behalf_of.is_some() => "proxy",
        "me" | "account" => "employee",
        "team" => "supervisor",
        "clinic" => "clinic",
        "admin" => "administration",
        _ => "system",
    }
}
