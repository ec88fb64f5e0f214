//! Why people give visits back.

use super::audience;
use super::setup::stored;
use super::small;
use crate::database::Connection;
use crate::schema::{cancel_reason_texts, cancel_reasons};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{CancelReasonId, ProviderOrgId};
use salus_domain::scheduling::CancelReason;
use uuid::Uuid;

/// A reason for giving a visit back.
#[derive(Clone, Debug)]
pub struct CancelReasonRecord {
    /// Which one.
    pub id: CancelReasonId,
    /// Who may give it when.
    pub rules: CancelReason,
    /// Language and what people read.
    pub labels: Vec<(String, String)>,
    /// When it was deleted, if it was.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

impl CancelReasonRecord {
    /// What people read in a language, else in English, else in any; the code where nothing was
    /// written.
    #[must_use]
    pub fn label(&self, language: &str) -> &str {
        let of = |wanted: &str| self.labels.iter().find(|(language, _)| language == wanted);
        let found = of(language).or_else(|| of("en"));
        found
            .or_else(|| self.labels.as_slice().first())
            .map_or(&self.rules.code, |(_, label)| label)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = cancel_reasons)]
struct Row {
    id: Uuid,
    code: String,
    used_by: Vec<String>,
    no_show: bool,
    wants_text: bool,
    position: i16,
    active: bool,
    version: i32,
    deleted_at: Option<DateTime<Utc>>,
}

impl Row {
    fn record(self) -> QueryResult<CancelReasonRecord> {
        Ok(CancelReasonRecord {
            id: CancelReasonId(self.id),
            rules: CancelReason {
                code: self.code,
                used_by: self
                    .used_by
                    .iter()
                    .map(|word| audience(word))
                    .collect::<QueryResult<_>>()?,
                no_show: self.no_show,
                wants_text: self.wants_text,
                position: small(self.position)?,
                active: self.active,
                deleted: self.deleted_at.is_some(),
            },
            labels: Vec::new(),
            deleted_at: self.deleted_at,
            version: self.version,
        })
    }
}

/// Every cancel reason, deleted or not, in the clinic's order.
///
/// # Errors
/// What the database says.
pub async fn cancel_reasons(mut conn: &Connection) -> QueryResult<Vec<CancelReasonRecord>> {
    let rows: Vec<(Row, String, String)> = cancel_reasons::table
        .inner_join(
            cancel_reason_texts::table.on(cancel_reason_texts::provider_org_id
                .eq(cancel_reasons::provider_org_id)
                .and(cancel_reason_texts::cancel_reason_id.eq(cancel_reasons::id))),
        )
        .order((
            cancel_reasons::position,
            cancel_reasons::code,
            cancel_reason_texts::language,
        ))
        .select((
            Row::as_select(),
            cancel_reason_texts::language,
            cancel_reason_texts::label,
        ))
        .load(&mut conn)
        .await?;
    let mut all: Vec<CancelReasonRecord> = Vec::new();
    for (row, language, label) in rows {
        if all.last().is_none_or(|last| last.id.0 != row.id) {
            all.push(row.record()?);
        }
        if let Some(last) = all.last_mut() {
            last.labels.push((language, label));
        }
    }
    Ok(all)
}

/// The version of a cancel reason, which is kept from being changed by others until the end of the
/// transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_cancel_reason(
    conn: &mut Connection,
    id: CancelReasonId,
) -> QueryResult<Option<i32>> {
    cancel_reasons::table
        .filter(cancel_reasons::id.eq(id.0))
        .select(cancel_reasons::version)
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// The columns of a cancel reason that a save sets.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = cancel_reasons)]
struct Saved {
    used_by: Vec<&'static str>,
    no_show: bool,
    wants_text: bool,
    position: i16,
    active: bool,
}

impl Saved {
    fn of(rules: &CancelReason) -> QueryResult<Self> {
        Ok(Self {
            used_by: rules.used_by.iter().map(|side| side.as_str()).collect(),
            no_show: rules.no_show,
            wants_text: rules.wants_text,
            position: stored(rules.position)?,
            active: rules.active,
        })
    }
}

/// A cancel reason with what people read, by language.
#[derive(Clone, Debug)]
pub struct NewCancelReason {
    /// Code, who may give it, place in lists.
    pub rules: CancelReason,
    /// Language and label.
    pub labels: Vec<(String, String)>,
}

/// Sets a cancel reason up.
///
/// # Errors
/// What the database says.
pub async fn insert_cancel_reason(
    conn: &mut Connection,
    org: ProviderOrgId,
    id: CancelReasonId,
    new: &NewCancelReason,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(cancel_reasons::table)
        .values((
            Saved::of(&new.rules)?,
            cancel_reasons::id.eq(id.0),
            cancel_reasons::provider_org_id.eq(org.0),
            cancel_reasons::code.eq(&new.rules.code),
            cancel_reasons::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    insert_labels(conn, org, id, &new.labels).await
}

/// Saves a cancel reason; its code stays.
///
/// # Errors
/// What the database says.
pub async fn save_cancel_reason(
    conn: &mut Connection,
    org: ProviderOrgId,
    id: CancelReasonId,
    new: &NewCancelReason,
) -> QueryResult<()> {
    diesel::update(cancel_reasons::table.filter(cancel_reasons::id.eq(id.0)))
        .set((
            Saved::of(&new.rules)?,
            cancel_reasons::version.eq(cancel_reasons::version + 1),
        ))
        .execute(conn)
        .await?;
    let of_reason = cancel_reason_texts::cancel_reason_id.eq(id.0);
    diesel::delete(cancel_reason_texts::table.filter(of_reason))
        .execute(conn)
        .await?;
    insert_labels(conn, org, id, &new.labels).await
}

async fn insert_labels(
    conn: &mut Connection,
    org: ProviderOrgId,
    id: CancelReasonId,
    labels: &[(String, String)],
) -> QueryResult<()> {
    let labels: Vec<_> = labels
        .iter()
        .map(|(language, label)| {
            (
                cancel_reason_texts::provider_org_id.eq(org.0),
                cancel_reason_texts::cancel_reason_id.eq(id.0),
                cancel_reason_texts::language.eq(language),
                cancel_reason_texts::label.eq(label),
            )
        })
        .collect();
    diesel::insert_into(cancel_reason_texts::table)
        .values(labels)
        .execute(conn)
        .await
        .map(drop)
}

/// Deletes a cancel reason softly, or takes it back.
///
/// # Errors
/// What the database says.
pub async fn set_cancel_reason_deleted(
    conn: &mut Connection,
    id: CancelReasonId,
    at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(cancel_reasons::table.filter(cancel_reasons::id.eq(id.0)))
        .set((
            cancel_reasons::deleted_at.eq(at),
            cancel_reasons::version.eq(cancel_reasons::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}
