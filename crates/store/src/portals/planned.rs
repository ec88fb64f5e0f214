//! Publications of portals at a time.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::Error;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::{AccountId, PortalId};
use salus_domain::portals::versions::Planned;
use uuid::Uuid;

use super::Saving;
use crate::database::Connection;
use crate::schema::{accounts, employers, planned_publications, portals, provider_organizations};

/// A publication that is planned, or was.
#[derive(Clone, Debug)]
pub struct PlannedRow {
    /// Which one.
    pub id: Uuid,
    /// When it is due.
    pub publish_at: DateTime<Utc>,
    /// The version that comes back; the draft without it.
    pub brings_back: Option<i32>,
    /// What is noted about it.
    pub note: String,
    /// Who planned it.
    pub planned_by: Uuid,
    /// Their name.
    pub planner: Option<String>,
    /// What became of it.
    pub state: Planned,
    /// When that was.
    pub settled_at: Option<DateTime<Utc>>,
}

impl PlannedRow {
    /// Whether it is still to come.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == Planned::Waiting
    }
}

fn unknown(state: &str) -> Error {
    Error::DeserializationError(format!("an unknown publication: {state}").into())
}

/// Something to publish at a time.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// When.
    pub publish_at: DateTime<Utc>,
    /// The version that comes back; the draft without it.
    pub brings_back: Option<i32>,
    /// What is noted about it.
    pub note: &'a str,
}

/// The publication of a portal that was planned last.
///
/// # Errors
/// What the database says.
pub async fn last_planned(
    mut conn: &Connection,
    portal: PortalId,
) -> QueryResult<Option<PlannedRow>> {
    type Row = (
        Uuid,
        DateTime<Utc>,
        Option<i32>,
        String,
        Uuid,
        Option<String>,
        String,
        Option<DateTime<Utc>>,
    );
    let found: Option<Row> = planned_publications::table
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(planned_publications::provider_org_id)
                .and(planned_publications::planned_by.eq(accounts::id))),
        )
        .filter(planned_publications::portal_id.eq(portal.0))
        .order(planned_publications::id.desc())
        .select((
            planned_publications::id,
            planned_publications::publish_at,
            planned_publications::brings_back,
            planned_publications::note,
            planned_publications::planned_by,
            accounts::display_name.nullable(),
            planned_publications::state,
            planned_publications::settled_at,
        ))
        .first(&mut conn)
        .await
        .optional()?;
    let row = |(id, publish_at, brings_back, note, planned_by, planner, state, settled_at): Row| {
        Ok(PlannedRow {
            id,
            publish_at,
            brings_back,
            note,
            planned_by,
            planner,
            state: Planned::parse(&state).ok_or_else(|| unknown(&state))?,
            settled_at,
        })
    };
    found.map(row).transpose()
}

/// Plans a publication.
///
/// # Errors
/// What the database says.
pub async fn plan(
    mut conn: &Connection,
    permission: &Allowed<()>,
    saving: &Saving,
    by: AccountId,
    plan: Plan<'_>,
) -> QueryResult<()> {
    debug_assert!(permission.about().person.is_none());
    diesel::insert_into(planned_publications::table)
        .values((
            planned_publications::id.eq(Uuid::now_v7()),
            planned_publications::provider_org_id.eq(saving.org.0),
            planned_publications::portal_id.eq(saving.portal.0),
            planned_publications::publish_at.eq(plan.publish_at),
            planned_publications::brings_back.eq(plan.brings_back),
            planned_publications::note.eq(plan.note),
            planned_publications::planned_at.eq(saving.now),
            planned_publications::planned_by.eq(by.0),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Says what became of a planned publication.
///
/// # Errors
/// What the database says.
pub async fn settle_planned(
    mut conn: &Connection,
    permission: &Allowed<()>,
    id: Uuid,
    state: Planned,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    debug_assert!(permission.about().person.is_none());
    diesel::update(planned_publications::table)
        .filter(planned_publications::id.eq(id))
        .set((
            planned_publications::state.eq(state.as_str()),
            planned_publications::settled_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// The portals with a publication that is due, the longest due first.
///
/// # Errors
/// What the database says.
pub async fn due_publications(
    mut conn: &Connection,
    now: DateTime<Utc>,
) -> QueryResult<Vec<PortalId>> {
    let found: Vec<Uuid> = planned_publications::table
        .filter(planned_publications::state.eq(Planned::Waiting.as_str()))
        .filter(planned_publications::publish_at.le(now))
        .order((planned_publications::publish_at, planned_publications::id))
        .select(planned_publications::portal_id)
        .load(&mut conn)
        .await?;
    Ok(found.into_iter().map(PortalId).collect())
}

/// The zone of a portal's clocks: its employer's, else the organization's.
///
/// # Errors
/// What the database says.
pub async fn zone_of(mut conn: &Connection, portal: PortalId) -> QueryResult<String> {
    let (own, organizations): (Option<String>, String) = portals::table
        .inner_join(
            provider_organizations::table
                .on(provider_organizations::id.eq(portals::provider_org_id)),
        )
        .left_join(
            employers::table.on(employers::provider_org_id
                .eq(portals::provider_org_id)
                .and(portals::employer_id.eq(employers::id.nullable()))),
        )
        .filter(portals::id.eq(portal.0))
        .select((
            employers::time_zone.nullable(),
            provider_organizations::time_zone,
        ))
        .first(&mut conn)
        .await?;
    Ok(own.unwrap_or(organizations))
}
