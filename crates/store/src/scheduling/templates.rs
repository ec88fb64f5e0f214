//! What schedules can be filled with.

use crate::database::Connection;
use crate::schema::schedule_templates;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, ProviderOrgId, ScheduleTemplateId};
use serde_json::Value;
use uuid::Uuid;

/// A template for schedules.
#[derive(Clone, Debug)]
pub struct TemplateRecord {
    /// Which one.
    pub id: ScheduleTemplateId,
    /// Whose it is; everybody's when absent.
    pub account: Option<AccountId>,
    /// Its name.
    pub name: String,
    /// Hours and limits.
    pub fields: Value,
}

/// The templates the reader may use: everybody's and their own, by name.
///
/// # Errors
/// What the database says.
pub async fn list_templates(conn: &mut Connection) -> QueryResult<Vec<TemplateRecord>> {
    let rows: Vec<(Uuid, Option<Uuid>, String, Value)> = schedule_templates::table
        .order((schedule_templates::name, schedule_templates::id))
        .select((
            schedule_templates::id,
            schedule_templates::account_id,
            schedule_templates::name,
            schedule_templates::fields,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, account, name, fields)| TemplateRecord {
            id: ScheduleTemplateId(id),
            account: account.map(AccountId),
            name,
            fields,
        })
        .collect())
}

/// Keeps a template.
///
/// # Errors
/// What the database says.
pub async fn insert_template(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &TemplateRecord,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(schedule_templates::table)
        .values((
            schedule_templates::id.eq(new.id.0),
            schedule_templates::provider_org_id.eq(org.0),
            schedule_templates::account_id.eq(new.account.map(|id| id.0)),
            schedule_templates::name.eq(&new.name),
            schedule_templates::fields.eq(&new.fields),
            schedule_templates::created_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Deletes a template; says whether there was one.
///
/// # Errors
/// What the database says.
pub async fn delete_template(conn: &mut Connection, id: ScheduleTemplateId) -> QueryResult<bool> {
    let gone = diesel::delete(schedule_templates::table.filter(schedule_templates::id.eq(id.0)))
        .execute(conn)
        .await?;
    Ok(gone == 1)
}
