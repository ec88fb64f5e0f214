//! Portals and their published versions.

mod drafts;
mod making;
mod planned;

pub use drafts::{
    Saving, SectionRow, VersionRow, can_request, content_of, find_section, lock_portal, publish,
    save_section, type_names, versions,
};
pub use making::{
    DraftedRow, MadePortalRow, PortalToMake, drafted, get_portal, insert_portal, list_employers,
    list_portals,
};
pub use planned::{
    Plan, PlannedRow, due_publications, last_planned, plan, settle_planned, zone_of,
};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::SessionId;
use salus_domain::portals::modules::current;
use salus_domain::portals::{Candidate, Content};
use uuid::Uuid;

use crate::database::{Connection, planned};
use crate::schema::{employers, employments, portal_images, portal_versions, portals, sessions};

/// A portal with what is published.
#[derive(Clone, Debug, Queryable)]
pub struct PortalRow {
    /// The portal.
    pub id: Uuid,
    /// The employer it belongs to.
    pub employer_id: Option<Uuid>,
    /// Whom it is for.
    pub audience: String,
    /// Its address name.
    pub slug: String,
    /// Whether people may enter it.
    pub enabled: bool,
    /// The published version.
    pub number: i32,
    /// What it says.
    pub content: serde_json::Value,
}

impl PortalRow {
    /// What it says, read.
    #[must_use]
    pub fn content(&self) -> Content {
        said(&self.content)
    }

    /// The portal as a candidate for somebody's, with what it offers.
    #[must_use]
    pub fn candidate(&self) -> Candidate {
        Candidate {
            employer: self.employer_id,
            live: self.enabled,
            content: self.content().offered(),
            slug: self.slug.clone(),
            version: self.number,
        }
    }
}

/// What was stored, read; a version an older server cannot read counts as untouched.
fn said(stored: &serde_json::Value) -> Content {
    let mut content: Content = serde_json::from_value(stored.clone()).unwrap_or_default();
    content.modules = current(content.modules);
    content
}

type PortalColumns = (
    portals::id,
    portals::employer_id,
    portals::audience,
    portals::slug,
    portals::enabled,
    portal_versions::number,
    portal_versions::content,
);

const COLUMNS: PortalColumns = (
    portals::id,
    portals::employer_id,
    portals::audience,
    portals::slug,
    portals::enabled,
    portal_versions::number,
    portal_versions::content,
);

/// The live portal with an address name, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn find_portal(conn: &mut Connection, slug: &str) -> QueryResult<Option<PortalRow>> {
    portals::table
        .inner_join(portal_versions::table.on(published()))
        .filter(portals::slug.eq(slug))
        .filter(portals::enabled)
        .filter(portals::archived_at.is_null())
        .select(COLUMNS)
        .first(conn)
        .await
        .optional()
}

/// Published portals of an audience that somebody of some employers may get, by address name.
///
/// # Errors
/// What the database says.
pub async fn portals_for(
    mut conn: &Connection,
    audience: &str,
    employers: &[Uuid],
) -> QueryResult<Vec<PortalRow>> {
    portals::table
        .inner_join(portal_versions::table.on(published()))
        .filter(portals::audience.eq(audience))
        .filter(
            portals::employer_id
                .is_null()
                .or(portals::employer_id.eq_any(planned(employers.iter().copied()))),
        )
        .filter(portals::archived_at.is_null())
        .order(portals::slug)
        .select(COLUMNS)
        .load(&mut conn)
        .await
}

/// The employers of the open employments of some people and their names, the newest employment first.
///
/// # Errors
/// What the database says.
pub async fn employers_of(
    mut conn: &Connection,
    persons: &[Uuid],
) -> QueryResult<Vec<(Uuid, String)>> {
    employments::table
        .inner_join(
            employers::table.on(employers::provider_org_id
                .eq(employments::provider_org_id)
                .and(employers::id.eq(employments::employer_id))),
        )
        .filter(employments::person_id.eq_any(planned(persons.iter().copied())))
        .filter(employments::status.ne("ended"))
        .filter(employments::kind.ne("applicant"))
        .order(employments::id.desc())
        .select((employers::id, employers::name))
        .load(&mut conn)
        .await
}

/// Keeps the portal chosen for a session.
///
/// # Errors
/// What the database says.
pub async fn choose_portal(
    conn: &mut Connection,
    session: SessionId,
    slug: &str,
) -> QueryResult<()> {
    diesel::update(sessions::table.filter(sessions::id.eq(session.0)))
        .set(sessions::portal_slug.eq(slug))
        .execute(conn)
        .await
        .map(drop)
}

/// A picture by its content, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn find_image(
    conn: &mut Connection,
    sha256: &str,
) -> QueryResult<Option<(String, Vec<u8>)>> {
    portal_images::table
        .filter(portal_images::sha256.eq(sha256))
        .select((portal_images::media_type, portal_images::bytes))
        .first(conn)
        .await
        .optional()
}

/// The content hash of a picture.
///
/// # Errors
/// What the database says.
pub async fn image_hash(conn: &mut Connection, id: Uuid) -> QueryResult<Option<String>> {
    portal_images::table
        .find(id)
        .select(portal_images::sha256)
        .first(conn)
        .await
        .optional()
}

/// Keeps a picture.
///
/// # Errors
/// What the database says.
pub async fn insert_image(
    conn: &mut Connection,
    org: Uuid,
    id: Uuid,
    sha256: &str,
    bytes: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(portal_images::table)
        .values((
            portal_images::id.eq(id),
            portal_images::provider_org_id.eq(org),
            portal_images::sha256.eq(sha256),
            portal_images::media_type.eq("image/png"),
            portal_images::bytes.eq(bytes),
            portal_images::created_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A portal to be made and published at once.
#[derive(Clone, Debug)]
pub struct NewPortal {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The employer it belongs to.
    pub employer_id: Option<Uuid>,
    /// Whom it is for.
    pub audience: String,
    /// Its address name.
    pub slug: String,
    /// What it says.
    pub content: serde_json::Value,
}

/// Makes a portal and publishes its first version.
///
/// # Errors
/// What the database says.
pub async fn insert_published(
    conn: &mut Connection,
    portal: &NewPortal,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(portals::table)
        .values((
            portals::id.eq(portal.id),
            portals::provider_org_id.eq(portal.provider_org_id),
            portals::employer_id.eq(portal.employer_id),
            portals::audience.eq(&portal.audience),
            portals::slug.eq(&portal.slug),
            portals::enabled.eq(true),
            portals::published_version.eq(1),
            portals::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    diesel::insert_into(portal_versions::table)
        .values((
            portal_versions::id.eq(Uuid::now_v7()),
            portal_versions::provider_org_id.eq(portal.provider_org_id),
            portal_versions::portal_id.eq(portal.id),
            portal_versions::number.eq(1),
            portal_versions::content.eq(&portal.content),
            portal_versions::published_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The version people see is the one the portal names.
#[diesel::dsl::auto_type]
fn published() -> _ {
    portal_versions::provider_org_id
        .eq(portals::provider_org_id)
        .and(portal_versions::portal_id.eq(portals::id))
        .and(portals::published_version.eq(portal_versions::number.nullable()))
}
