//! What happened to visits, for those who are told of it later.

use super::unknown;
use crate::database::Connection;
use crate::schema::visit_changes;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AppointmentId, LocationId, ProviderOrgId};
use salus_domain::scheduling::Audience;
use salus_domain::scheduling::changes::Change;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Something that happened to a visit.
#[derive(Clone, Copy, Debug)]
pub struct NewChange {
    /// The event that told of it.
    pub event: Uuid,
    /// To which visit.
    pub appointment: AppointmentId,
    /// Where the visit is.
    pub location: LocationId,
    /// What.
    pub what: Change,
    /// By which side.
    pub by: Audience,
    /// When the visit starts after it.
    pub starts_at: DateTime<Utc>,
    /// Whether the scheduling work queue is told.
    pub at_once: bool,
}

/// Writes down what happened to a visit.
///
/// # Errors
/// What the database says.
pub async fn insert_change(
    mut conn: &Connection,
    org: ProviderOrgId,
    new: &NewChange,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(visit_changes::table)
        .values((
            visit_changes::id.eq(new.event),
            visit_changes::provider_org_id.eq(org.0),
            visit_changes::appointment_id.eq(new.appointment.0),
            visit_changes::location_id.eq(new.location.0),
            visit_changes::what.eq(new.what.as_str()),
            visit_changes::changed_by.eq(new.by.as_str()),
            visit_changes::starts_at.eq(new.starts_at),
            visit_changes::at_once.eq(new.at_once),
            visit_changes::happened_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// When a visit started after what happened to it last.
///
/// # Errors
/// What the database says.
pub async fn last_known_start(
    mut conn: &Connection,
    appointment: AppointmentId,
) -> QueryResult<Option<DateTime<Utc>>> {
    visit_changes::table
        .filter(visit_changes::appointment_id.eq(appointment.0))
        .order((visit_changes::happened_at.desc(), visit_changes::id.desc()))
        .select(visit_changes::starts_at)
        .first(&mut conn)
        .await
        .optional()
}

/// What happened how often.
pub type Counted = BTreeMap<Change, usize>;

pub(super) fn counted(happened: Vec<String>) -> QueryResult<Counted> {
    let mut counts = Counted::new();
    for what in happened {
        let known = Change::parse(&what).ok_or_else(|| unknown("change", &what))?;
        *counts.entry(known).or_default() += 1;
    }
    Ok(counts)
}
