//! Providers, rooms and equipment as the clinic sets them up.

use super::{region, unknown};
use crate::database::{Connection, planned};
use crate::schema::{accounts, appointment_resources, appointments, resources, role_grants};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, AppointmentId, LocationId, ProviderOrgId, ResourceId};
use salus_domain::scheduling::{JoinLink, Region, Resource, ResourceKind, State};
use std::collections::HashMap;
use uuid::Uuid;

/// Those of some resources that were deleted, in no order.
///
/// # Errors
/// What the database says.
pub async fn deleted_among(
    mut conn: &Connection,
    ids: &[ResourceId],
) -> QueryResult<Vec<ResourceId>> {
    let ids = planned(ids.iter().map(|id| id.0));
    let rows: Vec<Uuid> = resources::table
        .filter(resources::id.eq_any(&ids))
        .filter(resources::deleted_at.is_not_null())
        .select(resources::id)
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().map(ResourceId).collect())
}

/// A resource as the clinic sets it up.
#[derive(Clone, Debug)]
pub struct ResourceRecord {
    /// Kind, skills, home.
    pub rules: Resource,
    /// Its name.
    pub name: String,
    /// A provider's account.
    pub account: Option<AccountId>,
    /// Where it sees people online.
    pub join_link: Option<JoinLink>,
    /// Whether it is in use.
    pub active: bool,
    /// When it was deleted, if it was.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = resources)]
struct Row {
    id: Uuid,
    kind: String,
    name: String,
    account_id: Option<Uuid>,
    skills: Vec<String>,
    home_location_id: Uuid,
    join_link: Option<String>,
    regions: Vec<String>,
    active: bool,
    version: i32,
    deleted_at: Option<DateTime<Utc>>,
}

impl Row {
    fn record(self) -> QueryResult<ResourceRecord> {
        Ok(ResourceRecord {
            rules: Resource {
                id: ResourceId(self.id),
                kind: ResourceKind::parse(&self.kind)
                    .ok_or_else(|| unknown("resource kind", &self.kind))?,
                skills: self.skills,
                home_location: LocationId(self.home_location_id),
                regions: regions_of(&self.regions)?,
            },
            name: self.name,
            account: self.account_id.map(AccountId),
            join_link: self.join_link.as_deref().map(link).transpose()?,
            active: self.active,
            deleted_at: self.deleted_at,
            version: self.version,
        })
    }
}

pub(super) fn regions_of(codes: &[String]) -> QueryResult<Vec<Region>> {
    codes.iter().map(|code| region(code)).collect()
}

fn link(text: &str) -> QueryResult<JoinLink> {
    JoinLink::parse(text).map_err(|_| unknown("join link", "not an https address"))
}

/// Where visits are joined online: by the first of each one's resources that has a link.
///
/// # Errors
/// What the database says.
pub async fn join_links_of(
    mut conn: &Connection,
    visits: &[AppointmentId],
) -> QueryResult<HashMap<AppointmentId, JoinLink>> {
    let visits = planned(visits.iter().map(|id| id.0));
    let rows: Vec<(Uuid, Option<String>)> = appointment_resources::table
        .inner_join(
            resources::table.on(resources::provider_org_id
                .eq(appointment_resources::provider_org_id)
                .and(resources::id.eq(appointment_resources::resource_id))),
        )
        .filter(appointment_resources::appointment_id.eq_any(visits))
        .filter(resources::join_link.is_not_null())
        .order((
            appointment_resources::appointment_id,
            appointment_resources::position,
        ))
        .select((appointment_resources::appointment_id, resources::join_link))
        .load(&mut conn)
        .await?;
    let mut links = HashMap::new();
    for (visit, text) in rows {
        if let Some(text) = text {
            links.entry(AppointmentId(visit)).or_insert(link(&text)?);
        }
    }
    Ok(links)
}

/// The resources there are, or those deleted: providers, then rooms, then equipment, by name.
///
/// # Errors
/// What the database says.
pub async fn list_resources(
    conn: &mut Connection,
    deleted: bool,
) -> QueryResult<Vec<ResourceRecord>> {
    let rows: Vec<Row> = resources::table
        .filter(resources::deleted_at.is_not_null().eq(deleted))
        .order((resources::kind, resources::name, resources::id))
        .select(Row::as_select())
        .load(conn)
        .await?;
    let mut answer = rows
        .into_iter()
        .map(Row::record)
        .collect::<QueryResult<Vec<_>>>()?;
    answer.sort_by_key(|record| record.rules.kind);
    Ok(answer)
}

/// One resource, deleted or not.
///
/// # Errors
/// What the database says.
pub async fn find_resource(
    conn: &mut Connection,
    id: ResourceId,
) -> QueryResult<Option<ResourceRecord>> {
    let row: Option<Row> = resources::table
        .filter(resources::id.eq(id.0))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map(Row::record).transpose()
}

/// The same, kept from being changed by others until the end of the transaction.
///
/// # Errors
/// What the database says.
pub async fn lock_resource(
    conn: &mut Connection,
    id: ResourceId,
) -> QueryResult<Option<ResourceRecord>> {
    let row: Option<Row> = resources::table
        .filter(resources::id.eq(id.0))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    row.map(Row::record).transpose()
}

/// How many visits lie ahead that take a resource.
///
/// # Errors
/// What the database says.
pub async fn visits_ahead_with(
    conn: &mut Connection,
    id: ResourceId,
    now: DateTime<Utc>,
) -> QueryResult<i64> {
    let live = [State::Pending.as_str(), State::Booked.as_str()];
    let taking = appointment_resources::table
        .filter(appointment_resources::provider_org_id.eq(appointments::provider_org_id))
        .filter(appointment_resources::appointment_id.eq(appointments::id))
        .filter(appointment_resources::resource_id.eq(id.0));
    appointments::table
        .filter(appointments::starts_at.gt(now))
        .filter(appointments::state.eq_any(live))
        .filter(diesel::dsl::exists(taking))
        .count()
        .get_result(conn)
        .await
}

/// An account that can have a calendar.
#[derive(Clone, Debug)]
pub struct ClinicianRecord {
    /// Which account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// The calendar it has, deleted or not.
    pub resource: Option<ResourceId>,
}

/// Accounts with a clinician's role now, by name.
///
/// # Errors
/// What the database says.
pub async fn list_clinicians(
    conn: &mut Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<ClinicianRecord>> {
    let grants = role_grants::table
        .filter(role_grants::provider_org_id.eq(accounts::provider_org_id))
        .filter(role_grants::account_id.eq(accounts::id))
        .filter(role_grants::role.eq("clinician"))
        .filter(role_grants::starts_at.le(now))
        .filter(
            role_grants::ends_at
                .is_null()
                .or(role_grants::ends_at.gt(now)),
        );
    let rows: Vec<(Uuid, String, Option<Uuid>)> = accounts::table
        .left_join(
            resources::table.on(resources::provider_org_id
                .eq(accounts::provider_org_id)
                .and(resources::account_id.eq(accounts::id.nullable()))),
        )
        .filter(diesel::dsl::exists(grants))
        .order((accounts::display_name, accounts::id))
        .select((
            accounts::id,
            accounts::display_name,
            resources::id.nullable(),
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(account, name, resource)| ClinicianRecord {
            account: AccountId(account),
            name,
            resource: resource.map(ResourceId),
        })
        .collect())
}

/// A resource to set up.
#[derive(Clone, Debug)]
pub struct NewResource {
    /// Kind, skills, home.
    pub rules: Resource,
    /// Its name.
    pub name: String,
    /// A provider's account.
    pub account: Option<AccountId>,
    /// Where it sees people online.
    pub join_link: Option<JoinLink>,
    /// Whether it is in use.
    pub active: bool,
}

fn codes(new: &NewResource) -> Vec<&str> {
    new.rules.regions.iter().map(Region::as_str).collect()
}

/// Sets a resource up.
///
/// # Errors
/// What the database says.
pub async fn insert_resource(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewResource,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(resources::table)
        .values((
            resources::id.eq(new.rules.id.0),
            resources::provider_org_id.eq(org.0),
            resources::kind.eq(new.rules.kind.as_str()),
            resources::name.eq(&new.name),
            resources::account_id.eq(new.account.map(|id| id.0)),
            resources::skills.eq(&new.rules.skills),
            resources::home_location_id.eq(new.rules.home_location.0),
            resources::join_link.eq(new.join_link.as_ref().map(JoinLink::as_str)),
            resources::regions.eq(codes(new)),
            resources::active.eq(new.active),
            resources::created_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Saves a resource; its kind and account stay.
///
/// # Errors
/// What the database says.
pub async fn save_resource(conn: &mut Connection, new: &NewResource) -> QueryResult<()> {
    diesel::update(resources::table.filter(resources::id.eq(new.rules.id.0)))
        .set((
            resources::name.eq(&new.name),
            resources::skills.eq(&new.rules.skills),
            resources::home_location_id.eq(new.rules.home_location.0),
            resources::join_link.eq(new.join_link.as_ref().map(JoinLink::as_str)),
            resources::regions.eq(codes(new)),
            resources::active.eq(new.active),
            resources::version.eq(resources::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Deletes a resource softly, or takes it back.
///
/// # Errors
/// What the database says.
pub async fn set_resource_deleted(
    conn: &mut Connection,
    id: ResourceId,
    at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(resources::table.filter(resources::id.eq(id.0)))
        .set((
            resources::deleted_at.eq(at),
            resources::version.eq(resources::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}
