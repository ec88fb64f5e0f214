//! Portals as administrators see them, published or not, and new ones.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::{EmployerId, PortalId, ProviderOrgId};
use salus_domain::portals::Content;
use serde_json::Value;
use uuid::Uuid;

use super::{published, said};
use crate::database::{Connection, planned};
use crate::schema::{employers, portal_drafts, portal_versions, portals};

/// A portal with what is published, or what it begins with.
#[derive(Clone, Debug, Queryable)]
pub struct MadePortalRow {
    /// The portal.
    pub id: Uuid,
    /// The employer it belongs to.
    pub employer_id: Option<Uuid>,
    /// Its name.
    pub employer: Option<String>,
    /// Whom it is for.
    pub audience: String,
    /// Its address name.
    pub slug: String,
    /// Whether people may enter it.
    pub enabled: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Counts its changes.
    pub version: i32,
    begins_with: Option<Value>,
    /// The published version; none before the first publication.
    pub number: Option<i32>,
    content: Option<Value>,
    /// When that was published.
    pub published_at: Option<DateTime<Utc>>,
}

impl MadePortalRow {
    /// What is published, or what it begins with.
    #[must_use]
    pub fn content(&self) -> Content {
        let stored = self.content.as_ref().or(self.begins_with.as_ref());
        stored.map(said).unwrap_or_default()
    }
}

/// Whether a portal of an employer, or of the organization, is within reach.
pub(super) fn reaches(scope: &Scope, employer: Option<Uuid>) -> bool {
    scope.covers(employer.map(EmployerId))
}

/// The portals within reach, by address name.
///
/// # Errors
/// What the database says.
pub async fn list_portals(conn: &Connection, scope: &Scope) -> QueryResult<Vec<MadePortalRow>> {
    made(conn, scope, None).await
}

/// A portal within reach.
///
/// # Errors
/// What the database says.
pub async fn get_portal(
    conn: &Connection,
    scope: &Scope,
    id: PortalId,
) -> QueryResult<Option<MadePortalRow>> {
    Ok(made(conn, scope, Some(id)).await?.into_iter().next())
}

async fn made(
    mut conn: &Connection,
    scope: &Scope,
    only: Option<PortalId>,
) -> QueryResult<Vec<MadePortalRow>> {
    let mut query = portals::table
        .left_join(portal_versions::table.on(published()))
        .left_join(
            employers::table.on(employers::provider_org_id
                .eq(portals::provider_org_id)
                .and(portals::employer_id.eq(employers::id.nullable()))),
        )
        .filter(portals::archived_at.is_null())
        .order(portals::slug)
        .select((
            portals::id,
            portals::employer_id,
            employers::name.nullable(),
            portals::audience,
            portals::slug,
            portals::enabled,
            portals::created_at,
            portals::version,
            portals::begins_with,
            portal_versions::number.nullable(),
            portal_versions::content.nullable(),
            portal_versions::published_at.nullable(),
        ))
        .into_boxed();
    if let Some(only) = only {
        query = query.filter(portals::id.eq(only.0));
    }
    let mut rows: Vec<MadePortalRow> = query.load(&mut conn).await?;
    rows.retain(|row| reaches(scope, row.employer_id));
    Ok(rows)
}

/// A section of a draft, as far as a list of portals tells of it.
#[derive(Clone, Debug, Queryable)]
pub struct DraftedRow {
    /// The portal.
    pub portal_id: Uuid,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// Whether it differs from what is published.
    pub changed: bool,
}

/// The sections of drafts that were ever changed.
///
/// # Errors
/// What the database says.
pub async fn drafted(mut conn: &Connection, _scope: &Scope) -> QueryResult<Vec<DraftedRow>> {
    portal_drafts::table
        .order((portal_drafts::portal_id, portal_drafts::section))
        .select((
            portal_drafts::portal_id,
            portal_drafts::saved_at,
            portal_drafts::content.is_not_null(),
        ))
        .load(&mut conn)
        .await
}

/// The employers within reach and their names, by name.
///
/// # Errors
/// What the database says.
pub async fn list_employers(
    mut conn: &Connection,
    scope: &Scope,
) -> QueryResult<Vec<(EmployerId, String)>> {
    let mut query = employers::table
        .order((employers::name, employers::id))
        .select((employers::id, employers::name))
        .into_boxed();
    if let Bounds::Organization(Some(only)) = scope.bounds() {
        let only = planned(only.iter().map(|employer| employer.0));
        query = query.filter(employers::id.eq_any(only));
    }
    let rows: Vec<(Uuid, String)> = query.load(&mut conn).await?;
    let named = rows.into_iter();
    Ok(named.map(|(id, name)| (EmployerId(id), name)).collect())
}

/// A portal to be made; nobody sees it before it is published.
#[derive(Clone, Debug)]
pub struct PortalToMake {
    /// Its id.
    pub id: PortalId,
    /// The organization.
    pub org: ProviderOrgId,
    /// The employer it belongs to.
    pub employer: Option<EmployerId>,
    /// Whom it is for.
    pub audience: &'static str,
    /// Its address name.
    pub slug: String,
    /// What it begins with.
    pub begins_with: Value,
}

/// Makes a portal; false when there is one of its kind, or of its address name anywhere.
///
/// # Errors
/// What the database says.
pub async fn insert_portal(
    mut conn: &Connection,
    permission: &Allowed<()>,
    new: &PortalToMake,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    debug_assert!(permission.about().person.is_none());
    let made = diesel::insert_into(portals::table)
        .values((
            portals::id.eq(new.id.0),
            portals::provider_org_id.eq(new.org.0),
            portals::employer_id.eq(new.employer.map(|id| id.0)),
            portals::audience.eq(new.audience),
            portals::slug.eq(&new.slug),
            portals::begins_with.eq(&new.begins_with),
            portals::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await?;
    Ok(made == 1)
}
