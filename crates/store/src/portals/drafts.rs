//! What administrators change of a portal before they publish it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Scope};
use salus_domain::ids::{AccountId, AppointmentTypeId, PortalId, ProviderOrgId};
use serde_json::Value;
use uuid::Uuid;

use super::making::reaches;
use crate::database::Connection;
use crate::schema::{
    accounts, appointment_types, message_types, portal_drafts, portal_versions, portals,
};

/// A section of a portal's draft.
#[derive(Clone, Debug, Queryable)]
pub struct SectionRow {
    /// What it says; nothing where it is what is published.
    pub content: Option<Value>,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// Who saved it, by name.
    pub saved_by: Option<String>,
    /// Counts the changes.
    pub version: i32,
}

/// A version of a portal that was published.
#[derive(Clone, Debug, Queryable)]
pub struct VersionRow {
    /// Which one.
    pub number: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// By whom.
    pub published_by: Option<String>,
    /// What was noted about it.
    pub note: String,
}

/// Something to save of a draft, or to publish.
#[derive(Clone, Copy, Debug)]
pub struct Saving {
    /// The organization.
    pub org: ProviderOrgId,
    /// The portal.
    pub portal: PortalId,
    /// Who saves.
    pub by: Option<AccountId>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Locks a portal, so that one at a time saves or publishes; whether there is such a one within reach.
///
/// # Errors
/// What the database says.
pub async fn lock_portal(mut conn: &Connection, scope: &Scope, id: PortalId) -> QueryResult<bool> {
    let found = portals::table
        .filter(portals::id.eq(id.0))
        .filter(portals::archived_at.is_null())
        .select(portals::employer_id)
        .for_update()
        .first::<Option<Uuid>>(&mut conn)
        .await
        .optional()?;
    Ok(found.is_some_and(|employer| reaches(scope, employer)))
}

/// A section of a portal's draft, if anybody ever changed it.
///
/// # Errors
/// What the database says.
pub async fn find_section(
    mut conn: &Connection,
    portal: PortalId,
    section: &str,
) -> QueryResult<Option<SectionRow>> {
    portal_drafts::table
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(portal_drafts::provider_org_id)
                .and(portal_drafts::saved_by.eq(accounts::id.nullable()))),
        )
        .filter(portal_drafts::portal_id.eq(portal.0))
        .filter(portal_drafts::section.eq(section))
        .select((
            portal_drafts::content,
            portal_drafts::saved_at,
            accounts::display_name.nullable(),
            portal_drafts::version,
        ))
        .first(&mut conn)
        .await
        .optional()
}

/// Saves a section of a draft; without content it is what is published.
///
/// # Errors
/// What the database says.
pub async fn save_section(
    mut conn: &Connection,
    permission: &Allowed<()>,
    saving: &Saving,
    section: &str,
    content: Option<&Value>,
) -> QueryResult<()> {
    debug_assert!(permission.about().person.is_none());
    let values = (
        portal_drafts::content.eq(content),
        portal_drafts::saved_at.eq(saving.now),
        portal_drafts::saved_by.eq(saving.by.map(|id| id.0)),
    );
    let changed = diesel::update(portal_drafts::table)
        .filter(portal_drafts::portal_id.eq(saving.portal.0))
        .filter(portal_drafts::section.eq(section))
        .set((
            values,
            portal_drafts::version.eq(portal_drafts::version + 1),
        ))
        .execute(&mut conn)
        .await?;
    if changed == 0 {
        diesel::insert_into(portal_drafts::table)
            .values((
                portal_drafts::id.eq(Uuid::now_v7()),
                portal_drafts::provider_org_id.eq(saving.org.0),
                portal_drafts::portal_id.eq(saving.portal.0),
                portal_drafts::section.eq(section),
                values,
            ))
            .execute(&mut conn)
            .await?;
    }
    Ok(())
}

/// The published versions of a portal, the latest first.
///
/// # Errors
/// What the database says.
pub async fn versions(
    mut conn: &Connection,
    _scope: &Scope,
    portal: PortalId,
) -> QueryResult<Vec<VersionRow>> {
    portal_versions::table
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(portal_versions::provider_org_id)
                .and(portal_versions::published_by.eq(accounts::id.nullable()))),
        )
        .filter(portal_versions::portal_id.eq(portal.0))
        .order(portal_versions::number.desc())
        .select((
            portal_versions::number,
            portal_versions::published_at,
            accounts::display_name.nullable(),
            portal_versions::note,
        ))
        .load(&mut conn)
        .await
}

/// What a published version says.
///
/// # Errors
/// What the database says.
pub async fn content_of(
    mut conn: &Connection,
    portal: PortalId,
    number: i32,
) -> QueryResult<Option<Value>> {
    portal_versions::table
        .filter(portal_versions::portal_id.eq(portal.0))
        .filter(portal_versions::number.eq(number))
        .select(portal_versions::content)
        .first(&mut conn)
        .await
        .optional()
}

/// Publishes a version, which people see from the next request on; its number. The first one opens the
/// portal.
///
/// # Errors
/// What the database says.
pub async fn publish(
    mut conn: &Connection,
    permission: &Allowed<()>,
    saving: &Saving,
    content: &Value,
    note: &str,
) -> QueryResult<i32> {
    debug_assert!(permission.about().person.is_none());
    let last: Option<i32> = portal_versions::table
        .filter(portal_versions::portal_id.eq(saving.portal.0))
        .select(diesel::dsl::max(portal_versions::number))
        .first(&mut conn)
        .await?;
    let number = last.unwrap_or_default() + 1;
    diesel::insert_into(portal_versions::table)
        .values((
            portal_versions::id.eq(Uuid::now_v7()),
            portal_versions::provider_org_id.eq(saving.org.0),
            portal_versions::portal_id.eq(saving.portal.0),
            portal_versions::number.eq(number),
            portal_versions::content.eq(content),
            portal_versions::published_at.eq(saving.now),
            portal_versions::published_by.eq(saving.by.map(|id| id.0)),
            portal_versions::note.eq(note),
        ))
        .execute(&mut conn)
        .await?;
    diesel::update(portals::table)
        .filter(portals::id.eq(saving.portal.0))
        .set((
            portals::published_version.eq(number),
            portals::version.eq(portals::version + 1),
            last.is_none().then(|| portals::enabled.eq(true)),
        ))
        .execute(&mut conn)
        .await?;
    Ok(number)
}

/// Whether people can send the message with which the clinic is asked for a visit.
///
/// # Errors
/// What the database says.
pub async fn can_request(mut conn: &Connection, audience: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        message_types::table
            .filter(message_types::audience.eq(audience))
            .filter(message_types::kind.eq("request"))
            .filter(message_types::sending),
    ))
    .get_result(&mut conn)
    .await
}

/// The kinds of visits there are and what the clinic calls them, in its order.
///
/// # Errors
/// What the database says.
pub async fn type_names(
    mut conn: &Connection,
    _scope: &Scope,
) -> QueryResult<Vec<(AppointmentTypeId, String)>> {
    let rows: Vec<(Uuid, String)> = appointment_types::table
        .filter(appointment_types::deleted_at.is_null())
        .order((appointment_types::display_order, appointment_types::id))
        .select((appointment_types::id, appointment_types::name))
        .load(&mut conn)
        .await?;
    let named = rows.into_iter();
    Ok(named
        .map(|(id, name)| (AppointmentTypeId(id), name))
        .collect())
}
